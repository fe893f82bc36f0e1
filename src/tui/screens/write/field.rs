//! The places of an example that one can type in: turns of the prompt and of responses, their tool
//! calls, the tools, a response that is not there yet, and one that is to beat another.

use super::calls;
use crate::example::{Author, Content, Example, Message, Response, Role, Uuid};
use crate::tui::widgets::readable;

/// A place that one can type in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The tool definitions, as JSON.
    Tools,
    /// A turn of the prompt.
    Turn(usize),
    /// The tool calls of a turn of the prompt, as JSON.
    TurnCalls(usize),
    /// A turn of a response.
    Response(Uuid, usize),
    /// The tool calls of a turn of a response, as JSON.
    ResponseCalls(Uuid, usize),
    /// The response that is to beat this one.
    Rewrite(Uuid),
    /// A response that is not there yet.
    New,
}

/// The conversation that a turn belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The prompt.
    Prompt,
    /// This response.
    Response(Uuid),
}

impl Whose {
    /// Its turns.
    pub fn messages(self, example: &Example) -> Option<&Vec<Message>> {
        match self {
            Self::Prompt => Some(&example.prompt.messages),
            Self::Response(id) => example.response(id).map(|response| &response.messages),
        }
    }

    /// Its turns, to be changed.
    pub fn messages_mut(self, example: &mut Example) -> Option<&mut Vec<Message>> {
        match self {
            Self::Prompt => Some(&mut example.prompt.messages),
            Self::Response(id) => example
                .responses
                .iter_mut()
                .find(|response| response.id == id)
                .map(|response| &mut response.messages),
        }
    }

    /// The field of one of its turns.
    pub const fn turn(self, at: usize) -> Field {
        match self {
            Self::Prompt => Field::Turn(at),
            Self::Response(id) => Field::Response(id, at),
        }
    }

    /// The field of the tool calls of one of its turns.
    pub const fn calls(self, at: usize) -> Field {
        match self {
            Self::Prompt => Field::TurnCalls(at),
            Self::Response(id) => Field::ResponseCalls(id, at),
        }
    }
}

impl Field {
    /// The name under which its typing is kept.
    pub fn name(self) -> String {
        match self {
            Self::Tools => "prompt/tools".to_owned(),
            Self::Turn(at) => format!("prompt/{at}"),
            Self::TurnCalls(at) => format!("prompt/{at}/calls"),
            Self::Response(id, 0) => format!("response/{id}"),
            Self::Response(id, turn) => format!("response/{id}/{turn}"),
            Self::ResponseCalls(id, turn) => format!("response/{id}/{turn}/calls"),
            Self::Rewrite(id) => format!("rewrite/{id}"),
            Self::New => "new".to_owned(),
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let words: Vec<&str> = name.split('/').collect();
        Some(match words.as_slice() {
            ["new"] => Self::New,
            ["prompt", "tools"] => Self::Tools,
            ["prompt", at] => Self::Turn(at.parse().ok()?),
            ["prompt", at, "calls"] => Self::TurnCalls(at.parse().ok()?),
            ["response", id] => Self::Response(id.parse().ok()?, 0),
            ["response", id, turn] => Self::Response(id.parse().ok()?, turn.parse().ok()?),
            ["response", id, turn, "calls"] => Self::ResponseCalls(id.parse().ok()?, turn.parse().ok()?),
            ["rewrite", id] => Self::Rewrite(id.parse().ok()?),
            _ => return None,
        })
    }

    /// The turn that is not on disk yet and whose typing is kept under that name.
    pub fn parse_inserted(name: &str) -> Option<Self> {
        match name.strip_prefix("insert/")?.split_once('/') {
            Some((id, at)) => Some(Self::Response(id.parse().ok()?, at.parse().ok()?)),
            None => Some(Self::Turn(name.strip_prefix("insert/")?.parse().ok()?)),
        }
    }

    /// The turn that it is of: whose, and which.
    pub const fn turn(self) -> Option<(Whose, usize)> {
        match self {
            Self::Turn(at) | Self::TurnCalls(at) => Some((Whose::Prompt, at)),
            Self::Response(id, at) | Self::ResponseCalls(id, at) => Some((Whose::Response(id), at)),
            Self::Tools | Self::Rewrite(_) | Self::New => None,
        }
    }

    /// The response that it is of.
    pub const fn response(self) -> Option<Uuid> {
        match self {
            Self::Response(id, _) | Self::ResponseCalls(id, _) | Self::Rewrite(id) => Some(id),
            Self::Tools | Self::Turn(_) | Self::TurnCalls(_) | Self::New => None,
        }
    }

    /// Whether JSON is typed there.
    pub const fn is_json(self) -> bool {
        matches!(self, Self::Tools | Self::TurnCalls(_) | Self::ResponseCalls(..))
    }

    /// The same place after `by` turns came (or went) at a turn of the same conversation.
    pub fn shifted(self, at: Self, by: isize) -> Self {
        let (Some((whose, from)), Some((own, turn))) = (at.turn(), self.turn()) else { return self };
        if own != whose || turn < from {
            return self;
        }
        let turn = turn.saturating_add_signed(by);
        match self {
            Self::Turn(_) => Self::Turn(turn),
            Self::TurnCalls(_) => Self::TurnCalls(turn),
            Self::Response(id, _) => Self::Response(id, turn),
            Self::ResponseCalls(id, _) => Self::ResponseCalls(id, turn),
            other => other,
        }
    }

    /// The turn, where it is there.
    pub fn message(self, example: &Example) -> Option<&Message> {
        let (whose, at) = self.turn()?;
        whose.messages(example)?.get(at)
    }

    /// What stands there; nothing where the field is not there (yet).
    pub fn text(self, example: &Example) -> String {
        match self {
            Self::Tools => calls::tools_text(&example.prompt.tools),
            Self::TurnCalls(_) | Self::ResponseCalls(..) => self
                .message(example)
                .map_or_else(String::new, |message| calls::calls_text(&message.tool_calls)),
            Self::Turn(_) | Self::Response(..) => {
                self.message(example).map_or_else(String::new, |message| message.text().into_owned())
            }
            Self::Rewrite(id) => example.response(id).map_or_else(String::new, Response::text),
            Self::New => String::new(),
        }
    }

    /// Why one can't type there, where one can't.
    pub fn obstacle(self, example: &Example) -> Option<&'static str> {
        if self.is_json() {
            return None;
        }
        if let Self::Rewrite(id) = self {
            let is_plain = |messages: &[Message]| match messages {
                [only] => readable::is_plain(only) && only.tool_calls.is_empty(),
                _ => false,
            };
            return match example.response(id) {
                Some(response) if is_plain(&response.messages) => None,
                Some(_) => Some(
                    "only a response of one plain turn can be rewritten; this one calls tools or has parts",
                ),
                None => Some("the response is gone"),
            };
        }
        let message = self.message(example)?;
        (!readable::is_plain(message)).then_some(
            "this turn is made of parts, not of plain text; it can be changed with the whole example in your editor",
        )
    }
}

/// Texts typed and not yet written, by field.
#[derive(Debug, Default, Clone)]
pub struct Stretch {
    texts: Vec<(Field, String)>,
}

/// What an example becomes with what was typed.
#[derive(Debug)]
pub struct Applied {
    /// The example.
    pub example: Example,
    /// Responses that are to beat others: which, and what they say.
    pub rewrites: Vec<(Uuid, Vec<Message>)>,
    /// What can't be written as it was typed, and why.
    pub broken: Vec<(Field, String)>,
}

impl Stretch {
    /// The text of a field.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.texts.iter().find(|(known, _)| *known == field).map(|(_, text)| text.as_str())
    }

    /// Sets the text of a field.
    pub fn set(&mut self, field: Field, text: String) {
        self.remove(field);
        self.texts.push((field, text));
    }

    /// Forgets a field.
    pub fn remove(&mut self, field: Field) {
        self.texts.retain(|(known, _)| *known != field);
    }

    /// Gives each field the name that it has now.
    pub fn rename(&mut self, to: impl Fn(Field) -> Field) {
        for (field, _) in &mut self.texts {
            *field = to(*field);
        }
    }

    /// All fields with their texts.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.texts.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.texts.clear();
    }

    /// Forgets everything but these fields, and gives back what is forgotten.
    pub fn take_all_but(&mut self, stay: &[Field]) -> Self {
        let (stay, go) =
            std::mem::take(&mut self.texts).into_iter().partition(|(field, _)| stay.contains(field));
        self.texts = stay;
        Self { texts: go }
    }

    /// The fields that are so, and the others.
    pub fn parted(self, is_so: impl Fn(Field) -> bool) -> (Self, Self) {
        let (yes, no) = self.texts.into_iter().partition(|(field, _)| is_so(*field));
        (Self { texts: yes }, Self { texts: no })
    }

    /// That field alone.
    pub fn only(&self, field: Field) -> Self {
        Self { texts: self.texts.iter().filter(|(known, _)| *known == field).cloned().collect() }
    }

    /// The example with all of it; new responses are the annotator's.
    pub fn applied(&self, before: &Example, annotator: &str) -> Applied {
        let mut applied = Applied { example: before.clone(), rewrites: Vec::new(), broken: Vec::new() };
        for (field, text) in self.fields() {
            applied.take(field, text, before, annotator);
        }
        applied
    }
}

impl Applied {
    fn take(&mut self, field: Field, text: &str, before: &Example, annotator: &str) {
        let example = &mut self.example;
        match field {
            Field::Tools => match calls::tools_of(text) {
                Ok(tools) => example.prompt.tools = tools,
                Err(why) => self.broken.push((field, why)),
            },
            Field::TurnCalls(_) | Field::ResponseCalls(..) => {
                let Some((whose, at)) = field.turn() else { return };
                let old =
                    field.message(before).map(|message| message.tool_calls.as_slice()).unwrap_or_default();
                let turn = whose.messages_mut(example).and_then(|messages| messages.get_mut(at));
                match (calls::calls_of(text, old), turn) {
                    (Ok(calls), Some(message)) => message.tool_calls = calls,
                    (Ok(_), None) => self.broken.push((field, "the turn is gone".to_owned())),
                    (Err(why), _) => self.broken.push((field, why)),
                }
            }
            Field::Turn(_) | Field::Response(..) => {
                if field.message(before).is_some() && field.text(before) == text {
                    return;
                }
                let Some((whose, at)) = field.turn() else { return };
                let role = match whose {
                    Whose::Prompt => Role::User,
                    Whose::Response(_) => Role::Assistant,
                };
                match whose.messages_mut(example) {
                    Some(messages) => match messages.get_mut(at) {
                        Some(message) => message.content = Content::Text(text.to_owned()),
                        // The turn went while one typed in it: it goes to the end.
                        None => messages.push(Message::new(role, text)),
                    },
                    None => self.add(text, annotator),
                }
            }
            Field::Rewrite(id) => {
                let Some(old) = before.response(id) else { return self.add(text, annotator) };
                if text.trim().is_empty() || old.text() == text {
                    return;
                }
                let like = old.messages.first().cloned().unwrap_or_else(|| Message::new(Role::Assistant, ""));
                self.rewrites.push((id, vec![Message { content: Content::Text(text.to_owned()), ..like }]));
            }
            Field::New => self.add(text, annotator),
        }
    }

    fn add(&mut self, text: &str, annotator: &str) {
        if !text.trim().is_empty() {
            let messages = vec![Message::new(Role::Assistant, text)];
            self.example.responses.push(Response::of(Some(Author::person(annotator)), messages));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::screens::fixtures::{example, id, prompt};

    #[test]
    fn names_of_fields_lead_back_to_them() {
        for field in [
            Field::Tools,
            Field::Turn(0),
            Field::Turn(12),
            Field::TurnCalls(2),
            Field::Response(id(7), 0),
            Field::Response(id(7), 3),
            Field::ResponseCalls(id(7), 0),
            Field::Rewrite(id(7)),
            Field::New,
        ] {
            assert_eq!(Field::parse(&field.name()), Some(field));
        }
        assert_eq!(Field::parse("note"), None);
        assert_eq!(Field::parse("response/nonsense"), None);
    }

    #[test]
    fn what_is_typed_is_applied_and_nothing_else_changes() {
        let before = example(1, prompt("Be brief.", "hi"), &["hello", "good day"]);
        let mut stretch = Stretch::default();
        stretch.set(Field::Turn(0), "Be brief.".to_owned());
        stretch.set(Field::New, " \n".to_owned());
        stretch.set(Field::Rewrite(id(101)), "hello".to_owned());
        let applied = stretch.applied(&before, "ana");
        assert_eq!((applied.example, applied.rewrites.len()), (before.clone(), 0));
        stretch.set(Field::Turn(1), "hi!".to_owned());
        stretch.set(Field::Response(id(102), 0), "good evening".to_owned());
        stretch.set(Field::Rewrite(id(101)), "hello there".to_owned());
        let applied = stretch.applied(&before, "ana");
        assert_eq!(applied.example.prompt.messages[1].text(), "hi!");
        assert_eq!(applied.example.responses[1].text(), "good evening");
        assert_eq!(applied.example.responses[0], before.responses[0]);
        assert_eq!(applied.rewrites[0].0, id(101));
    }

    #[test]
    fn what_was_typed_in_a_place_that_is_gone_is_not_lost() {
        let before = example(1, prompt("Be brief.", "hi"), &["hello"]);
        let mut stretch = Stretch::default();
        stretch.set(Field::Turn(5), "and another question".to_owned());
        stretch.set(Field::Response(id(999), 0), "typed".to_owned());
        let applied = stretch.applied(&before, "ana").example;
        assert_eq!(applied.prompt.messages[2].text(), "and another question");
        assert_eq!(applied.responses[1].text(), "typed");
        assert_eq!(applied.responses[1].author, Some(Author::person("ana")));
    }

    #[test]
    fn broken_json_is_told_and_changes_nothing() {
        let before = example(1, prompt("Be brief.", "hi"), &["hello"]);
        let mut stretch = Stretch::default();
        stretch.set(Field::Tools, "[{".to_owned());
        stretch.set(Field::ResponseCalls(id(101), 0), "[{\"name\": \"look\"}]".to_owned());
        let applied = stretch.applied(&before, "ana");
        assert_eq!(applied.broken.len(), 1);
        assert_eq!(applied.example.prompt, before.prompt);
        assert_eq!(applied.example.responses[0].messages[0].tool_calls[0].name, "look");
    }

    #[test]
    fn places_move_with_the_turns_before_them() {
        assert_eq!(Field::Turn(3).shifted(Field::Turn(1), 1), Field::Turn(4));
        assert_eq!(Field::TurnCalls(1).shifted(Field::Turn(1), -1), Field::TurnCalls(0));
        assert_eq!(Field::Turn(0).shifted(Field::Turn(1), 1), Field::Turn(0));
        assert_eq!(Field::Response(id(1), 2).shifted(Field::Turn(1), 1), Field::Response(id(1), 2));
    }
}
