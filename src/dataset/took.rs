//! How long examples took so far, by the journal: from one action of a person to the next.

use crate::curation::cost::labour;

/// The seconds that each example took, by what was done with it; the last one last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Took {
    /// Those that were written.
    pub write: Vec<f64>,
    /// Those of which something was mended.
    pub mend: Vec<f64>,
    /// Those that were ranked.
    pub rank: Vec<f64>,
    /// Those that were reviewed.
    pub review: Vec<f64>,
}

impl Took {
    /// How many minutes one takes, by the last ones; `None` where they are too few to tell.
    pub fn minutes(&self, seconds: &[f64]) -> Option<f64> {
        labour(1, seconds).map(|one| one.hours * 60.0)
    }
}
