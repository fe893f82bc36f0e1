//! Samples for review, with what their reviews say so far.

use super::{Reader, Result};
use crate::curation::sampling::{self, Verdict};
use crate::example::{Plan, Timestamp};
use crate::store;

/// A sample and how far its review has come.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleProgress {
    /// What it is called.
    pub name: String,
    /// How many were to be drawn, and when they are enough.
    pub plan: Plan,
    /// Who drew it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How many examples it was drawn from.
    pub population: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// How many have a review made since. The first one counts.
    pub reviewed: u64,
    /// How many of those found something wrong.
    pub defects: u64,
    /// What that says so far.
    pub verdict: Verdict,
}

impl Reader {
    /// The samples, in the order in which they were drawn.
    pub fn samples(&self) -> Result<Vec<SampleProgress>> {
        // Of each example the first review since the draw; of those, how many are no mere approval.
        let mut statement = self.connection.prepare_cached(
            "SELECT s.name, s.plan, a.name, s.at, s.population,
               (SELECT count(*) FROM sampled d WHERE d.sample_id = s.id),
               count(f.verdict), coalesce(sum(f.verdict <> 'approved'), 0)
             FROM sample s JOIN annotator a ON a.id = s.annotator_id
               LEFT JOIN (
                 SELECT d.sample_id AS sample_id, v.verdict AS verdict, min(v.id)
                 FROM sampled d JOIN sample t ON t.id = d.sample_id
                   JOIN review v ON v.example_id = d.example_id AND v.at >= t.at
                 GROUP BY d.sample_id, d.example_id
               ) f ON f.sample_id = s.id
             GROUP BY s.id ORDER BY s.id",
        )?;
        let mut rows = statement.query([])?;
        let mut samples = Vec::new();
        while let Some(row) = rows.next()? {
            let plan: Plan = serde_json::from_str(&row.get::<_, String>(1)?).map_err(|error| {
                store::Error::Setting { name: "plan of a sample", reason: error.to_string() }
            })?;
            let (drawn, reviewed, defects) = (row.get(5)?, row.get(6)?, row.get(7)?);
            samples.push(SampleProgress {
                name: row.get(0)?,
                plan,
                by: row.get(2)?,
                at: Timestamp(row.get(3)?),
                population: row.get(4)?,
                drawn,
                reviewed,
                defects,
                verdict: sampling::verdict(plan, drawn, reviewed, defects),
            });
        }
        Ok(samples)
    }
}
