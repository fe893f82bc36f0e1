//! What of an example goes out to a consumer, before it is written: what rules are asked about.

use super::{Choice, Unwritable};
use crate::example::{Example, Kind, Message, Prompt, Response};

/// What a record of a format is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// All that an example is, for copies and other programs: nothing of it is for training.
    Everything,
    /// The prompt and the best response.
    Answer,
    /// The prompt with a chosen and a rejected response, a record for each pair.
    Pairs,
    /// The prompt with one response and whether it is good, a record for each.
    Verdicts,
    /// The prompt with its responses in order.
    Order,
    /// The prompt, for trainers that let the model answer, with the best response as what to compare with.
    Question,
}

impl Carries {
    /// The kind of example that it is made of where nobody says otherwise; `None`: of both.
    pub const fn kind(self) -> Option<Kind> {
        match self {
            Self::Pairs | Self::Order => Some(Kind::Preference),
            Self::Everything | Self::Answer | Self::Verdicts | Self::Question => None,
        }
    }

    /// What a record is, in a few words.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Answer => "answers",
            Self::Pairs => "pairs",
            Self::Verdicts => "verdicts",
            Self::Order => "orders",
            Self::Question => "questions",
        }
    }
}

/// A prompt with the responses that go out.
#[derive(Debug)]
pub struct Outgoing<'a> {
    /// The example.
    pub example: &'a Example,
    /// What it becomes.
    pub carries: Carries,
    /// The responses that go out with it; of a question none.
    pub responses: Vec<&'a Response>,
    /// Of each response whether it is good, where verdicts go out; else empty.
    pub verdicts: Vec<bool>,
}

impl<'a> Outgoing<'a> {
    /// What of an example goes out; an error where it has not what the format is made of.
    pub fn of(example: &'a Example, carries: Carries, choice: &Choice) -> Result<Self, Unwritable> {
        let mut verdicts = Vec::new();
        let responses = match carries {
            Carries::Everything => example.responses.iter().collect(),
            Carries::Answer => vec![choice.best(example)?],
            Carries::Question => Vec::new(),
            Carries::Verdicts => {
                let (responses, said) = choice.verdicts(example)?.into_iter().unzip();
                verdicts = said;
                responses
            }
            Carries::Order => choice.tiers(example)?.into_iter().flatten().collect(),
            Carries::Pairs => {
                let mut responses: Vec<&Response> = Vec::new();
                for response in
                    choice.pairs(example)?.into_iter().flat_map(|(chosen, rejected)| [chosen, rejected])
                {
                    if !responses.iter().any(|there| there.id == response.id) {
                        responses.push(response);
                    }
                }
                responses
            }
        };
        Ok(Self { example, carries, responses, verdicts })
    }

    /// The prompt.
    pub fn prompt(&self) -> &'a Prompt {
        &self.example.prompt
    }

    /// Each conversation as a trainer reads it: the prompt and one response, or the prompt alone.
    pub fn conversations(&self) -> impl Iterator<Item = Conversation<'a>> + '_ {
        let alone = self.responses.is_empty().then_some(None);
        let prompt = self.prompt();
        let example = self.example;
        self.responses.iter().map(|response| Some(*response)).chain(alone).map(move |response| {
            let number =
                response.and_then(|one| example.responses.iter().position(|other| other.id == one.id));
            Conversation { prompt, response, number: number.map(|at| at + 1) }
        })
    }
}

/// A prompt and one response to it.
#[derive(Debug, Clone, Copy)]
pub struct Conversation<'a> {
    /// The prompt.
    pub prompt: &'a Prompt,
    /// The response; none where the model is to answer.
    pub response: Option<&'a Response>,
    /// The response's number in the example, from 1.
    pub number: Option<usize>,
}

impl<'a> Conversation<'a> {
    /// The turns in order.
    pub fn messages(&self) -> impl DoubleEndedIterator<Item = &'a Message> + Clone + use<'a> {
        self.prompt.messages.iter().chain(self.response.map_or(&[][..], |response| &response.messages))
    }

    /// Where a turn stands, by its place in [`Conversation::messages`]: `prompt[2]`, `response 1[0]`.
    pub fn place(&self, at: usize) -> String {
        match at.checked_sub(self.prompt.messages.len()) {
            None => format!("prompt[{at}]"),
            Some(inner) => format!("response {}[{inner}]", self.number.unwrap_or(1)),
        }
    }
}
