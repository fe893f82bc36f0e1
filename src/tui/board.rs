//! What is measured of rankings, as the screen of agreement shows it.

use crate::curation::agreement::Report;
use crate::curation::judged::Judgements;
use crate::curation::wins::{Table, Wins};

/// The figures of a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// How many examples have a ranking.
    pub examples: u64,
    /// How many rankings there are.
    pub rankings: u64,
    /// The names of annotators, as the report numbers them.
    pub annotators: Vec<String>,
    /// Of each annotator, how many rankings.
    pub made: Vec<u64>,
    /// How far they agree.
    pub report: Report,
    /// Whether the report has its intervals, or they are still being made.
    pub is_whole: bool,
    /// Authors and how they fare against the others, best first.
    pub authors: Vec<(String, Wins)>,
}

impl Board {
    /// The figures of these judgements, with a report on them.
    pub fn of(judgements: &Judgements, report: Report, is_whole: bool) -> Self {
        let mut made = vec![0; judgements.annotators.len()];
        let all = judgements.examples.iter().flat_map(|example| &example.judgements);
        for judgement in all {
            if let Some(made) = made.get_mut(judgement.annotator) {
                *made += 1;
            }
        }
        let table = Table::of(judgements);
        let mut authors: Vec<(String, Wins)> = (0..)
            .zip(&judgements.authors)
            .map(|(at, name)| (name.clone(), table.of_author(at)))
            .filter(|(_, wins)| wins.share.n > 0.0)
            .collect();
        let rate = |wins: &Wins| wins.rate().unwrap_or(0.0);
        authors.sort_by(|(a, x), (b, y)| rate(y).total_cmp(&rate(x)).then_with(|| a.cmp(b)));
        Self {
            examples: judgements.examples.len() as u64,
            rankings: made.iter().sum(),
            annotators: judgements.annotators.clone(),
            made,
            report,
            is_whole,
            authors,
        }
    }
}
