//! Samples for review, with what their reviews say so far.

use super::{Reader, Result};
use crate::curation::sampling::{self, Decision, Verdict};
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
    /// Of a sequence, the example whose turn it is.
    pub next: Option<i64>,
}

impl Reader {
    /// The samples, in the order in which they were drawn.
    pub fn samples(&self) -> Result<Vec<SampleProgress>> {
        // Of each example the first review since the draw; of those, how many are no mere approval.
        let mut statement = self.connection.prepare_cached(
            "SELECT s.name, s.plan, a.name, s.at, s.population,
               (SELECT count(*) FROM sampled d WHERE d.sample_id = s.id),
               count(f.verdict), coalesce(sum(f.verdict <> 'approved'), 0), s.id
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
            let (drawn, mut reviewed, mut defects) = (row.get(5)?, row.get(6)?, row.get(7)?);
            let mut next: Option<i64> = None;
            if matches!(plan, Plan::Sequential { .. }) {
                let turns = self.turns_of(row.get(8)?)?;
                next = turns.iter().find(|(_, wrong)| wrong.is_none()).map(|(example, _)| *example);
                (reviewed, defects) = sampling::in_turn(plan, turns.into_iter().map(|(_, wrong)| wrong));
            }
            let verdict = sampling::verdict(plan, drawn, reviewed, defects);
            samples.push(SampleProgress {
                name: row.get(0)?,
                plan,
                by: row.get(2)?,
                at: Timestamp(row.get(3)?),
                population: row.get(4)?,
                drawn,
                reviewed,
                defects,
                next: next.filter(|_| verdict.decision == Decision::GoOn),
                verdict,
            });
        }
        Ok(samples)
    }

    /// The examples of a sample in their order, each with whether its first review since the draw found it
    /// wrong; `None` without one.
    fn turns_of(&self, sample: i64) -> Result<Vec<(i64, Option<bool>)>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.example_id, (SELECT v.verdict <> 'approved' FROM review v
                     WHERE v.example_id = d.example_id AND v.at >= s.at ORDER BY v.id LIMIT 1)
             FROM sampled d JOIN sample s ON s.id = d.sample_id WHERE d.sample_id = ?1 ORDER BY d.place",
        )?;
        let turns = statement.query_map([sample], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(turns.collect::<std::result::Result<_, _>>()?)
    }
}
