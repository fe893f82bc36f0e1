//! Traits: what is read off an example and never typed, so that it is always up to date.

mod bands;

use std::borrow::Cow;

pub use bands::Band;

use super::{Message, Prompt, Role};
use crate::text::language::language;
use crate::text::refusal::is_refusal;

/// So many letters of a conversation tell its language, and from so many on what is asked is enough.
const SAMPLE: usize = 2_000;
const ENOUGH: usize = 200;

/// What is read off an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traits {
    /// User turns of the prompt.
    pub turns: u32,
    /// Estimated tokens of the prompt.
    pub prompt_tokens: u32,
    /// The language of the conversation, as ISO 639-1 has it; [`Traits::UNKNOWN`] where too little is said.
    pub language: &'static str,
    /// Whether tools are defined.
    pub has_tools: bool,
    /// What is read off the response; `None` where nothing is answered.
    pub answer: Option<Answer>,
}

/// What is read off a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Estimated tokens.
    pub tokens: u32,
    /// Whether it declines what was asked.
    pub is_refusal: bool,
    /// Whether all of it is one JSON object or array.
    pub is_json: bool,
}

impl Traits {
    /// The language of what is too short to tell.
    pub const UNKNOWN: &'static str = "unknown";

    /// Reads them off a prompt and a response, of which the tokens are known already.
    pub fn of(prompt: &Prompt, prompt_tokens: u32, response: Option<(&[Message], u32)>) -> Self {
        let turns = prompt.messages.iter().filter(|message| message.role == Role::User).count();
        let said = response.map(|(messages, tokens)| (said_by(messages, Role::Assistant), tokens));
        let asked = said_by(&prompt.messages, Role::User);
        let told = said.as_ref().map_or("", |(text, _)| text.as_ref());
        Self {
            turns: u32::try_from(turns).unwrap_or(u32::MAX),
            prompt_tokens,
            language: language_of(&asked, told),
            has_tools: !prompt.tools.is_empty(),
            answer: said.as_ref().map(|(text, tokens)| Answer {
                tokens: *tokens,
                is_refusal: is_refusal(text),
                is_json: is_json(text),
            }),
        }
    }
}

/// What is asked says it; where that is too short, what is answered says it too.
fn language_of(asked: &str, told: &str) -> &'static str {
    let asked = head(asked);
    let both = || if asked.len() < ENOUGH { language(&format!("{asked}\n{}", head(told))) } else { None };
    language(asked).or_else(both).unwrap_or(Traits::UNKNOWN)
}

/// So much of a text as tells its language.
fn head(text: &str) -> &str {
    // most are shorter, and need not be counted
    let end = if text.len() <= SAMPLE { None } else { text.char_indices().nth(SAMPLE) };
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// What one of them says, line by line.
fn said_by(messages: &[Message], role: Role) -> Cow<'_, str> {
    let mut said = Cow::Borrowed("");
    for message in messages.iter().filter(|message| message.role == role) {
        if said.is_empty() {
            said = message.text();
        } else {
            let said = said.to_mut();
            said.push('\n');
            said.push_str(&message.text());
        }
    }
    said
}

/// Whether a text is one JSON object or array, with nothing around it.
fn is_json(text: &str) -> bool {
    let text = text.trim();
    let is_closed =
        (text.starts_with('{') && text.ends_with('}')) || (text.starts_with('[') && text.ends_with(']'));
    is_closed && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(turns: &[(Role, &str)], answer: Option<&str>) -> Traits {
        let messages = turns.iter().map(|(role, text)| Message::new(*role, *text)).collect();
        let prompt = Prompt { messages, tools: Vec::new() };
        let answer = answer.map(|text| vec![Message::new(Role::Assistant, text)]);
        Traits::of(&prompt, 7, answer.as_deref().map(|messages| (messages, 9)))
    }

    #[test]
    fn turns_are_those_of_the_user() {
        let said = [(Role::System, "Be kind."), (Role::User, "a"), (Role::Assistant, "b"), (Role::User, "c")];
        assert_eq!(of(&said, None).turns, 2);
        assert_eq!(of(&[], None).turns, 0);
    }

    #[test]
    fn what_is_asked_says_the_language_and_what_is_answered_where_that_is_too_short() {
        let asked = "Wie kann ich das Abonnement kündigen, das ich gestern bestellt habe?";
        assert_eq!(
            of(&[(Role::User, asked)], Some("You can do it in the settings of your account.")).language,
            "de"
        );
        assert_eq!(
            of(&[(Role::User, "12 * 4?")], Some("Das ist 48, und das ist nicht wenig.")).language,
            "de"
        );
        assert_eq!(of(&[(Role::User, "ok")], None).language, Traits::UNKNOWN);
        // the instructions are not the conversation
        let said = [(Role::System, "You are a helpful assistant of the bank."), (Role::User, asked)];
        assert_eq!(of(&said, None).language, "de");
    }

    #[test]
    fn json_is_an_object_or_an_array_and_nothing_else() {
        for json in [r#"{"a": [1, 2]}"#, " [1, null]\n", "{}"] {
            assert!(is_json(json), "{json}");
        }
        for other in ["12", "\"text\"", "{a: 1}", "Here it is: {}", "```json\n{}\n```", "", "{} {}", "[1"] {
            assert!(!is_json(other), "{other}");
        }
    }

    #[test]
    fn nothing_is_said_of_a_response_that_is_not_there() {
        let traits = of(&[(Role::User, "Hi")], None);
        assert_eq!(traits.answer, None);
        assert!(!traits.has_tools);
        let answered = of(&[(Role::User, "Hi")], Some("I'm sorry, but I can't help with that."));
        assert_eq!(answered.answer, Some(Answer { tokens: 9, is_refusal: true, is_json: false }));
    }
}
