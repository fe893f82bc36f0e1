//! The texts of an example: each by its place, to be read and to be written.

use serde_json::Value;

use super::{TextField, Texts};
use crate::example::{Content, Example, Message, Role};

/// Every text that is meant, with its place.
pub(super) fn for_each<'a>(example: &'a Example, texts: Texts, mut tell: impl FnMut(TextField, &'a str)) {
    for (turn, message) in example.prompt.messages.iter().enumerate() {
        let role = message.role;
        let is_meant = if role == Role::System { texts.system } else { texts.prompts };
        if is_meant {
            in_message(message, |part, text| tell(TextField::Prompt { turn, part, role }, text));
        }
    }
    if texts.responses {
        for (number, response) in (1..).zip(&example.responses) {
            for (turn, message) in response.messages.iter().enumerate() {
                let field = |part| TextField::Response { id: response.id, number, turn, part };
                in_message(message, |part, text| tell(field(part), text));
            }
        }
    }
    if texts.notes && !example.note.is_empty() {
        tell(TextField::Note, &example.note);
    }
}

fn in_message<'a>(message: &'a Message, mut tell: impl FnMut(Option<usize>, &'a str)) {
    match &message.content {
        Content::Absent | Content::Null => {}
        Content::Text(text) => tell(None, text),
        Content::Parts(parts) => {
            for (at, part) in parts.iter().enumerate() {
                if let Some(text) = part_text(part) {
                    tell(Some(at), text);
                }
            }
        }
    }
}

/// The text there, to be changed; `None` where there is none (any more).
pub(in crate::dataset) fn text_mut<'a>(
    example: &'a mut Example,
    field: &TextField,
) -> Option<&'a mut String> {
    match *field {
        TextField::Prompt { turn, part, .. } => in_turn(&mut example.prompt.messages, turn, part),
        TextField::Response { id, turn, part, .. } => {
            let response = example.responses.iter_mut().find(|response| response.id == id)?;
            in_turn(&mut response.messages, turn, part)
        }
        TextField::Note => Some(&mut example.note),
    }
}

fn in_turn(messages: &mut [Message], turn: usize, part: Option<usize>) -> Option<&mut String> {
    match (&mut messages.get_mut(turn)?.content, part) {
        (Content::Text(text), None) => Some(text),
        (Content::Parts(parts), Some(at)) => part_text_mut(parts.get_mut(at)?),
        _ => None,
    }
}

/// The field of a part in which its text stands; `None` where it is no text but an image or the like.
fn text_key(part: &Value) -> Option<&'static str> {
    let is_text = match part.get("type") {
        None => true,
        Some(Value::String(kind)) => matches!(kind.as_str(), "text" | "input_text" | "output_text"),
        Some(_) => false,
    };
    ["text", "value"].into_iter().find(|key| is_text && part.get(key).is_some_and(Value::is_string))
}

fn part_text(part: &Value) -> Option<&str> {
    match part {
        Value::String(text) => Some(text),
        part => part.get(text_key(part)?)?.as_str(),
    }
}

fn part_text_mut(part: &mut Value) -> Option<&mut String> {
    let found = match part {
        Value::String(_) => part,
        part => {
            let key = text_key(part)?;
            part.get_mut(key)?
        }
    };
    match found {
        Value::String(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::example::{Kind, Prompt, Response};

    fn example() -> Example {
        let turns = json!([
            {"role": "system", "content": "rules"},
            {"role": "user", "content": [
                {"type": "text", "text": "look"}, {"type": "image_url", "text": "not this"}, "plain"]},
            {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "args"}}]},
            {"role": "tool", "content": "result"}]);
        let messages = turns.as_array().unwrap().iter().map(|turn| Message::from_json(turn).unwrap());
        let mut example = Example::new(Kind::Sft, Prompt { messages: messages.collect(), tools: Vec::new() });
        example.responses = vec![Response::new(None, "one"), Response::new(None, "two")];
        example.note = "noted".to_owned();
        example
    }

    fn told(texts: Texts) -> Vec<String> {
        let (example, mut told) = (example(), Vec::new());
        for_each(&example, texts, |field, text| told.push(format!("{field}: {text}")));
        told
    }

    #[test]
    fn every_text_has_its_place_and_arguments_of_calls_are_none() {
        assert_eq!(
            told(Texts::ALL),
            [
                "system: rules",
                "user, turn 2: look",
                "user, turn 2: plain",
                "tool, turn 4: result",
                "response 1: one",
                "response 2: two",
                "note: noted"
            ]
        );
        assert_eq!(told(Texts { system: true, ..Texts::NONE }), ["system: rules"]);
        assert_eq!(told(Texts { responses: true, ..Texts::NONE }), ["response 1: one", "response 2: two"]);
    }

    #[test]
    fn what_is_read_at_a_place_is_what_is_written_there() {
        let mut example = example();
        let mut fields = Vec::new();
        let before = example.clone();
        for_each(&before, Texts::ALL, |field, text| fields.push((field, text)));
        for (field, text) in fields {
            assert_eq!(text_mut(&mut example, &field).map(|text| text.clone()), Some(text.to_owned()));
        }
        let gone = TextField::Prompt { turn: 9, part: None, role: Role::User };
        assert_eq!(text_mut(&mut example, &gone), None);
    }
}
