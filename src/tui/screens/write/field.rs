//! The places of an example that one can type in: turns of the prompt, turns of responses, and a
//! response that is not there yet.

use crate::dataset::ResponseText;
use crate::example::{Content, Example, Message, Prompt, Role, Uuid};
use crate::tui::widgets::readable;

/// A place that one can type in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A turn of the prompt.
    Turn(usize),
    /// A turn of a response.
    Response(Uuid, usize),
    /// A response that is not there yet.
    New,
}

impl Field {
    /// The name under which its typing is kept.
    pub fn name(self) -> String {
        match self {
            Self::Turn(at) => format!("prompt/{at}"),
            Self::Response(id, 0) => format!("response/{id}"),
            Self::Response(id, turn) => format!("response/{id}/{turn}"),
            Self::New => "new".to_owned(),
        }
    }

    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        if name == "new" {
            return Some(Self::New);
        }
        match name.split_once('/')? {
            ("prompt", at) => Some(Self::Turn(at.parse().ok()?)),
            ("response", rest) => match rest.split_once('/') {
                Some((id, turn)) => Some(Self::Response(id.parse().ok()?, turn.parse().ok()?)),
                None => Some(Self::Response(rest.parse().ok()?, 0)),
            },
            _ => None,
        }
    }

    /// The turn, where it is there.
    pub fn message(self, example: &Example) -> Option<&Message> {
        match self {
            Self::Turn(at) => example.prompt.messages.get(at),
            Self::Response(id, turn) => example.response(id)?.messages.get(turn),
            Self::New => None,
        }
    }

    /// What stands there; nothing where the field is not there (yet).
    pub fn text(self, example: &Example) -> String {
        self.message(example).map_or_else(String::new, |message| message.text().into_owned())
    }

    /// Why one can't type there, where one can't.
    pub fn obstacle(self, example: &Example) -> Option<&'static str> {
        let message = self.message(example)?;
        (!readable::is_plain(message))
            .then_some("this turn is made of parts, not of plain text; it can be read here, but not changed")
    }
}

/// Texts typed and not yet written, by field.
#[derive(Debug, Default, Clone)]
pub struct Stretch {
    texts: Vec<(Field, String)>,
}

/// What is to be written of an example.
#[derive(Debug, Default)]
pub struct Written {
    /// The new prompt.
    pub prompt: Option<Prompt>,
    /// New texts of responses.
    pub responses: Vec<ResponseText>,
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

    /// Gives a field another name.
    pub fn rename(&mut self, from: Field, to: Field) {
        for (field, _) in &mut self.texts {
            if *field == from {
                *field = to;
            }
        }
    }

    /// All fields with their texts.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.texts.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.texts.clear();
    }

    /// What of it differs from the example as it is.
    pub fn written(&self, example: &Example) -> Written {
        let mut written = Written::default();
        for (field, text) in self.fields() {
            if field != Field::New && field.message(example).is_some() && field.text(example) == text {
                continue;
            }
            match field {
                Field::Turn(at) => {
                    let prompt = written.prompt.get_or_insert_with(|| example.prompt.clone());
                    match prompt.messages.get_mut(at) {
                        Some(message) => message.content = Content::Text(text.to_owned()),
                        // The turn went while one typed in it: it goes to the end.
                        None => prompt.messages.push(Message::new(Role::User, text)),
                    }
                }
                Field::Response(id, turn) => {
                    let Some(response) = example.response(id) else {
                        written.add(text);
                        continue;
                    };
                    let known = written.responses.iter().position(|known| known.id == Some(id));
                    let mut new = match known {
                        Some(at) => written.responses.remove(at),
                        None => ResponseText { id: Some(id), messages: response.messages.clone() },
                    };
                    match new.messages.get_mut(turn) {
                        Some(message) => message.content = Content::Text(text.to_owned()),
                        None => new.messages.push(Message::new(Role::Assistant, text)),
                    }
                    written.responses.push(new);
                }
                Field::New => written.add(text),
            }
        }
        written
    }
}

impl Written {
    fn add(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.responses
                .push(ResponseText { id: None, messages: vec![Message::new(Role::Assistant, text)] });
        }
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.prompt.is_none() && self.responses.is_empty()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::tui::screens::fixtures::{example, id, prompt};

    #[test]
    fn names_of_fields_lead_back_to_them() {
        for field in [
            Field::Turn(0),
            Field::Turn(12),
            Field::Response(id(7), 0),
            Field::Response(id(7), 3),
            Field::New,
        ] {
            assert_eq!(Field::parse(&field.name()), Some(field));
        }
        assert_eq!(Field::parse("note"), None);
        assert_eq!(Field::parse("response/nonsense"), None);
    }

    #[test]
    fn only_what_differs_is_written() {
        let example = example(1, prompt("Be brief.", "hi"), &["hello", "good day"]);
        let mut stretch = Stretch::default();
        stretch.set(Field::Turn(0), "Be brief.".to_owned());
        assert!(stretch.written(&example).is_empty());
        stretch.set(Field::Turn(1), "hi!".to_owned());
        stretch.set(Field::Response(id(102), 0), "good evening".to_owned());
        stretch.set(Field::New, " \n".to_owned());
        let written = stretch.written(&example);
        assert_eq!(written.prompt.unwrap().messages[1].text(), "hi!");
        assert_eq!(written.responses.len(), 1);
        assert_eq!(written.responses[0].id, Some(id(102)));
    }

    #[test]
    fn what_was_typed_in_a_place_that_is_gone_is_not_lost() {
        let example = example(1, prompt("Be brief.", "hi"), &["hello"]);
        let mut stretch = Stretch::default();
        stretch.set(Field::Turn(5), "and another question".to_owned());
        stretch.set(Field::Response(id(999), 0), "typed".to_owned());
        let written = stretch.written(&example);
        assert_eq!(written.prompt.unwrap().messages[2].text(), "and another question");
        assert_eq!(
            (written.responses[0].id, written.responses[0].messages[0].text().as_ref()),
            (None, "typed")
        );
    }
}
