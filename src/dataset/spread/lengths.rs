//! How long examples are.

use super::super::{OnProgress, Reader, Result};
use super::rows;
use crate::curation::spread::Histogram;

/// How long the examples are that are kept; tokens are estimated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lengths {
    /// Tokens of a prompt and its responses together.
    pub whole: Histogram,
    /// Tokens of the prompt.
    pub prompts: Histogram,
    /// Tokens of the response that rankings put first, or else of the first that says something.
    pub responses: Histogram,
    /// Turns of the prompt that are the user's.
    pub turns: Histogram,
}

/// The numbers of usable examples, and of others.
#[derive(Default)]
struct Numbers {
    usable: Vec<u32>,
    others: Vec<u32>,
}

impl Numbers {
    fn add(&mut self, is_usable: bool, number: u32) {
        if is_usable { self.usable.push(number) } else { self.others.push(number) }
    }

    fn histogram(&self) -> Histogram {
        Histogram::of(&self.usable, &self.others)
    }
}

impl Reader {
    /// Reads how long the examples are.
    pub fn lengths(&self, on_progress: OnProgress<'_>) -> Result<Lengths> {
        let (mut whole, mut prompts) = (Numbers::default(), Numbers::default());
        let (mut responses, mut turns) = (Numbers::default(), Numbers::default());
        rows::each(self, on_progress, &mut |row| {
            whole.add(row.is_usable, row.whole);
            prompts.add(row.is_usable, row.prompt);
            turns.add(row.is_usable, row.turns);
            if let Some(response) = row.response {
                responses.add(row.is_usable, response);
            }
        })?;
        Ok(Lengths {
            whole: whole.histogram(),
            prompts: prompts.histogram(),
            responses: responses.histogram(),
            turns: turns.histogram(),
        })
    }
}
