//! What annotators said of responses, in the small numbers that measures count with.
//!
//! Everything that is measured of rankings (agreement, bias, strengths, outcomes) is measured on
//! this: it holds no text, so that a dataset of a hundred thousand rankings fits into memory and
//! one changed example is one changed entry.

use std::cmp::Ordering;

use super::spread::Look;
use crate::example::Standing;
use crate::text::count::{plural, thousands};

/// Where a judgement puts a response: 1 is the best tier. Bad ones share the place after the last tier.
pub type Place = u8;

/// One annotator's ranking of one example. Responses are numbered as they stand in the example.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Who: an index into [`Judgements::annotators`].
    pub annotator: usize,
    /// The place of each response; `None`: not placed. Empty where the annotator could not judge.
    pub places: Vec<Option<Place>>,
    /// Which responses are below the line: not to be learned from.
    pub bad: Vec<bool>,
    /// Where each response stood on the screen, from 0; `None` where that is not known.
    pub shown: Vec<Option<u8>>,
    /// How strong the preference is, 1 to 4, where it was asked for.
    pub strength: Option<u8>,
    /// How sure the judge is that the better of two is the better, 0.5 to 1; `None`: a choice, which counts whole.
    pub certainty: Option<f64>,
    /// The time spent on it in milliseconds, pauses left out; `None` where that is not known.
    pub millis: Option<u32>,
    /// What it stands for.
    pub standing: Standing,
}

impl Judgement {
    /// Whether the annotator said that this can't be judged.
    pub fn is_abstention(&self) -> bool {
        self.places.iter().all(Option::is_none)
    }

    /// What it says of two responses: `Greater` where `a` is better than `b`, `Equal` where they are
    /// tied (two bad ones are); `None` where it does not place both.
    pub fn relation(&self, a: usize, b: usize) -> Option<Ordering> {
        let place = |at: usize| self.places.get(at).copied().flatten();
        Some(place(b)?.cmp(&place(a)?))
    }

    /// What `a` wins against `b` of one comparison: 1, 0, ½ for a tie; in between where the judge was
    /// not sure. `None` where it does not place both.
    pub fn win(&self, a: usize, b: usize) -> Option<f64> {
        let sure = self.certainty.unwrap_or(1.0);
        Some(match self.relation(a, b)? {
            Ordering::Greater => sure,
            Ordering::Less => 1.0 - sure,
            Ordering::Equal => 0.5,
        })
    }
}

/// An example that somebody ranked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct JudgedExample {
    /// Its number.
    pub id: i64,
    /// Whether it is usable: submitted or approved.
    pub is_usable: bool,
    /// Who wrote each response: an index into [`Judgements::authors`]; `None` where that is not known.
    pub authors: Vec<Option<usize>>,
    /// The length of each response in characters.
    pub lengths: Vec<u32>,
    /// What each response looks like; empty where nobody looked.
    pub looks: Vec<Look>,
    /// The rankings, in the order in which they were made; one at most of each annotator.
    pub judgements: Vec<Judgement>,
    /// Hidden repeats: second rankings by annotators who ranked it already, for measuring only.
    pub repeats: Vec<Judgement>,
}

impl JudgedExample {
    /// How many responses there are.
    pub fn responses(&self) -> usize {
        self.authors.len()
    }

    /// The known right ranking, where the example is a gold one.
    pub fn gold(&self) -> Option<&Judgement> {
        self.judgements.iter().find(|judgement| judgement.standing == Standing::Gold)
    }

    /// The rankings that were made independently: neither the gold one nor a reviewer's.
    pub fn independent(&self) -> impl Iterator<Item = &Judgement> {
        self.judgements.iter().filter(|judgement| judgement.standing == Standing::Own)
    }
}

/// All that annotators said, in the order of the examples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgements {
    /// Names of annotators.
    pub annotators: Vec<String>,
    /// Names of authors: people and models.
    pub authors: Vec<String>,
    /// The examples with a ranking.
    pub examples: Vec<JudgedExample>,
}

impl Judgements {
    /// How many rankings there are, and how many of them are no annotator's own: those are counted of nobody.
    pub fn rankings_told(&self) -> String {
        let made: u64 = self.examples.iter().map(|example| example.judgements.len() as u64).sum();
        let own: u64 = self.examples.iter().map(|example| example.independent().count() as u64).sum();
        let rankings = plural(made, "ranking");
        match made.saturating_sub(own) {
            0 => rankings,
            n => format!("{rankings} ({} known right or a reviewer's, counted of nobody)", thousands(n)),
        }
    }
}
