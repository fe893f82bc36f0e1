//! The four gauges of a dataset: three of them at once, consistency as far as somebody measured it.

use super::readying::last_sample;
use super::{Counts, Reader, Result, SampleProgress};
use crate::curation::gauges::{Gauge, balance, consistency, coverage, quality};
use crate::curation::readiness::{Counted, Thresholds};
use crate::example::Facet;

/// The gauges, in the order of [`Word::ALL`](crate::curation::gauges::Word::ALL). `clean` are the usable
/// examples in which nothing inconsistent was found, of all usable ones; `None`: nobody looked yet.
pub fn gauges(
    counts: &Counts,
    facets: &[Facet],
    samples: &[SampleProgress],
    clean: Option<Counted>,
    thresholds: &Thresholds,
) -> [Gauge; 4] {
    [
        coverage(counts, thresholds),
        balance(counts, facets, thresholds),
        consistency(clean, thresholds),
        quality(last_sample(samples), thresholds),
    ]
}

impl Reader {
    /// The gauges of the dataset as it is now; what [`Reader::consistency`] found is `clean`.
    pub fn gauges(&self, clean: Option<Counted>) -> Result<[Gauge; 4]> {
        let thresholds = self.thresholds()?.unwrap_or_default();
        let facets = self.definitions()?.facets;
        Ok(gauges(&self.counts()?, &facets, &self.samples()?, clean, &thresholds))
    }
}
