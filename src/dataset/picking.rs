//! Picking few examples that stand for all, for a prompt.

use super::assessing::evenly;
use super::{Coded, Error, OnProgress, Progress, Reader, Result};
use crate::curation::fewshot::{Candidate, Picked, Pool, TfIdf, Wish, pick};
use crate::curation::tokens::Counter;
use crate::example::{Example, Message, Response, Role};
use crate::query::Filter;
use crate::text::words::words;

/// An example that may be picked.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Its number.
    pub number: i64,
    /// With no response but the best one.
    pub example: Example,
    /// Its tokens and values.
    pub candidate: Candidate,
}

impl Choice {
    /// The answer that it shows.
    pub fn answer(&self) -> Option<&Response> {
        self.example.responses.first()
    }

    /// Its turns as a prompt shows them, without what the system says.
    pub fn turns(&self) -> Vec<&Message> {
        let prompt = self.example.prompt.messages.iter().filter(|message| message.role != Role::System);
        prompt.chain(self.answer().into_iter().flat_map(|answer| &answer.messages)).collect()
    }

    /// Its turns as a text: what comes in, and what goes out.
    pub fn text(&self) -> String {
        let mut before = self.turns();
        let answers = self.answer().map_or(0, |answer| answer.messages.len());
        before.truncate(before.len().saturating_sub(answers));
        let input = match before.as_slice() {
            [only] => only.text().into_owned(),
            several => {
                let turn = |message: &&Message| format!("{}: {}", message.role.as_str(), message.text());
                several.iter().map(turn).collect::<Vec<_>>().join("\n")
            }
        };
        format!("Input: {input}\nOutput: {}", self.answer().map(Response::text).unwrap_or_default())
    }
}

/// What may be picked, and what was.
#[derive(Debug, Clone)]
pub struct Pick {
    /// All that could be.
    pub choices: Vec<Choice>,
    /// Those that were.
    pub picked: Picked,
}

impl Pick {
    /// Those picked in the order in which a prompt has them, each with what it added.
    pub fn in_order(&self) -> impl Iterator<Item = (&Choice, f64)> {
        self.picked.order.iter().filter_map(|at| {
            let gain = self.picked.chosen.iter().find(|chosen| chosen.candidate == *at)?.gain;
            Some((self.choices.get(*at)?, gain))
        })
    }

    /// All of them as the text of a prompt, a blank line between two.
    pub fn text(&self) -> String {
        self.in_order().map(|(choice, _)| choice.text()).collect::<Vec<_>>().join("\n\n")
    }
}

impl Reader {
    /// Picks as it is wished, by words and by the values of facets, of what the filter finds; of more than
    /// `among` so many are looked at, drawn evenly.
    pub fn pick(
        &self,
        filter: &Filter,
        among: usize,
        wish: &Wish,
        counter: &Counter,
        on_progress: OnProgress<'_>,
    ) -> Result<Pick> {
        let coded = Coded::new(self.definitions()?.facets);
        let ids = evenly(&self.all_ids(filter)?, among);
        let mut choices = Vec::new();
        for (done, &number) in (0..).zip(&ids) {
            if !on_progress(Progress { step: "counting tokens", done, total: Some(ids.len() as u64) }) {
                return Err(Error::Stopped);
            }
            let Some(mut example) = self.example(number)? else { continue };
            let first = || example.responses.iter().find(|response| !response.is_blank());
            let best = example.best_response().or_else(first).filter(|best| !best.is_blank()).cloned();
            let Some(answer) = best else { continue };
            example.responses = vec![answer];
            let tokens = counter.example(&example).conversation;
            let candidate = Candidate { tokens, values: coded.values(&example.tags) };
            choices.push(Choice { number, example, candidate });
        }
        let picked = picked(&choices, wish);
        Ok(Pick { choices, picked })
    }
}

fn picked(choices: &[Choice], wish: &Wish) -> Picked {
    let texts: Vec<Vec<String>> = choices
        .iter()
        .map(|choice| {
            let answer = choice.answer().map(Response::text).unwrap_or_default();
            words(&format!("{}\n{answer}", choice.example.prompt.conversation()))
        })
        .collect();
    let weights = TfIdf::of(&texts);
    let vectors = texts.iter().map(|text| weights.vector(text));
    let values = choices.iter().map(|choice| choice.candidate.values.clone());
    let pool = Pool::new(vectors.zip(values), Pool::BONUS);
    let candidates: Vec<Candidate> = choices.iter().map(|choice| choice.candidate.clone()).collect();
    pick(&pool, &candidates, wish)
}
