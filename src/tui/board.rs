//! What is measured of rankings, as the screen of agreement shows it.

use crate::curation::agreement::{self, Report};
use crate::curation::bias::{AnnotatorReport, over_all, over_usable, reports};
use crate::curation::judged::Judgements;
use crate::curation::ranks::{Model, Ranks, ranks};

/// The figures of a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// How many examples have a ranking.
    pub examples: u64,
    /// How many rankings there are.
    pub rankings: u64,
    /// The names of annotators, as the reports number them.
    pub annotators: Vec<String>,
    /// How far they agree.
    pub report: Report,
    /// Whether the figures have all their intervals, or they are still being made.
    pub is_whole: bool,
    /// What each annotator prefers, and how careful they are.
    pub habits: Vec<AnnotatorReport>,
    /// The same over all.
    pub everybody: AnnotatorReport,
    /// The same over all, of usable examples only.
    pub usable: AnnotatorReport,
    /// The names of authors, as the ranks number them.
    pub authors: Vec<String>,
    /// Authors and how they fare against the others, best first.
    pub ranks: Ranks,
    /// In how many examples most say a over b, b over c and c over a.
    pub circular: u64,
}

impl Board {
    /// The figures of these judgements; the intervals that take long only where it is to be `whole`.
    pub fn of(judgements: &Judgements, circular: u64, whole: bool) -> Self {
        let rankings = judgements.examples.iter().map(|example| example.judgements.len() as u64).sum();
        Self {
            examples: judgements.examples.len() as u64,
            rankings,
            annotators: judgements.annotators.clone(),
            report: if whole { agreement::intervals(judgements) } else { agreement::report(judgements) },
            is_whole: whole,
            habits: reports(judgements),
            everybody: over_all(judgements),
            usable: over_usable(judgements),
            authors: judgements.authors.clone(),
            ranks: ranks(judgements, None, Model::BradleyTerry, whole),
            circular,
        }
    }
}
