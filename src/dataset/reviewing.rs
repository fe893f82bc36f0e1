//! What waits for a reviewer, what came back to an annotator, and what changed in an example since it
//! was last reviewed.

use rusqlite::{OptionalExtension, params};

use super::told::{Became, ToldChange, told};
use super::{ChangeRow, Reader, Result};
use crate::example::Timestamp;
use crate::store::{self, STANDS};

/// Changed rows of one example that are put together.
const ROWS: usize = 2_000;

/// Submitted examples that are sorted by agreement faster than they are looked for in that order.
const FEW: u64 = 10_000;

/// Submitted work that is not the reviewer's own (`:own` says whether that may be reviewed too).
const REVIEWABLE: &str = "e.status = 'submitted' AND (:own OR (
    NOT EXISTS (SELECT 1 FROM ranking r
      WHERE r.example_id = e.id AND r.annotator_id = :person AND r.standing IS NOT 'final')
    AND NOT EXISTS (SELECT 1 FROM response s
      WHERE s.example_id = e.id AND s.author = :name AND s.author_kind = 'person')))";

/// Which submitted examples are reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Scope {
    /// All.
    #[default]
    All,
    /// Those of the sample of that name.
    Sample(String),
}

/// What waits for a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReviewQueue {
    /// The examples, in the order in which they are reviewed.
    pub ids: Vec<i64>,
    /// How many of the scope need no review by this person any more.
    pub before: u64,
    /// How many there are in the scope.
    pub of: u64,
}

/// Work that came back to an annotator, who has not looked after it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The example's number.
    pub example: i64,
    /// How many of its responses say something.
    pub answered: u32,
    /// Who sent it back.
    pub by: String,
    /// Why, by a word of the protocol's list; may be empty.
    pub reason: String,
    /// What is meant; may be empty.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// What changed in the texts of an example.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Since {
    /// Who reviewed it last, and when; `None`: nobody has, and the changes are all that were made to
    /// the texts that it came with.
    pub review: Option<(String, Timestamp)>,
    /// The changes, each text once.
    pub changes: Vec<ToldChange>,
}

impl Reader {
    /// The submitted examples that this person may review, at most `limit`. Of all, those first on
    /// which people agree least, then those that fewer than two judged; of a sample, in its order.
    pub fn review_queue(&self, reviewer: &str, scope: &Scope, limit: usize) -> Result<ReviewQueue> {
        match scope {
            Scope::All => {
                // Two queries that end early, in the place of one that sorts all there is. Where few are
                // submitted, most of what lies in the order of agreement is not.
                let from = if self.submitted()? <= FEW {
                    "example e INDEXED BY example_submitted CROSS JOIN outcome o ON o.example_id = e.id"
                } else {
                    "outcome o CROSS JOIN example e ON e.id = o.example_id"
                };
                let mut ids = self.reviewable(
                    reviewer,
                    from,
                    "o.agreement IS NOT NULL",
                    "o.agreement, o.example_id",
                    limit,
                )?;
                let room = limit.saturating_sub(ids.len());
                ids.extend(self.reviewable(
                    reviewer,
                    "example e INDEXED BY example_submitted",
                    "NOT EXISTS (SELECT 1 FROM outcome o WHERE o.example_id = e.id AND o.agreement IS NOT NULL)",
                    "e.id",
                    room,
                )?);
                Ok(ReviewQueue { ids, before: 0, of: self.to_review(reviewer)? })
            }
            Scope::Sample(name) => {
                let Some((sample, of)) = self.sample_named(name)? else { return Ok(ReviewQueue::default()) };
                let from = "sampled d JOIN example e ON e.id = d.example_id";
                // A number of ours, never what somebody typed.
                let condition = format!("d.sample_id = {sample}");
                let ids = self.reviewable(reviewer, from, &condition, "d.place", limit)?;
                let waiting = self.count_reviewable(reviewer, from, &condition)?;
                Ok(ReviewQueue { before: of.saturating_sub(waiting), of, ids })
            }
        }
    }

    fn reviews_own(&self) -> Result<bool> {
        Ok(self.protocol()?.is_some_and(|protocol| protocol.own_work))
    }

    /// How many examples are submitted.
    pub(super) fn submitted(&self) -> Result<u64> {
        let sql = "SELECT coalesce(sum(n), 0) FROM example_count WHERE status = 'submitted'";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// How many there are, however many are handed over.
    fn count_reviewable(&self, reviewer: &str, from: &str, condition: &str) -> Result<u64> {
        let sql = format!("SELECT count(*) FROM {from} WHERE {condition} AND {REVIEWABLE}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let bound = rusqlite::named_params! {
            ":own": self.reviews_own()?,
            ":person": store::find_annotator(&self.connection, reviewer)?.unwrap_or(0),
            ":name": reviewer,
        };
        Ok(statement.query_row(bound, |row| row.get(0))?)
    }

    /// `from`, `condition` and `order` are our own words.
    fn reviewable(
        &self,
        reviewer: &str,
        from: &str,
        condition: &str,
        order: &str,
        limit: usize,
    ) -> Result<Vec<i64>> {
        let person = store::find_annotator(&self.connection, reviewer)?.unwrap_or(0);
        let sql = format!(
            "SELECT e.id FROM {from} WHERE {condition} AND {REVIEWABLE} ORDER BY {order} LIMIT :limit"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let bound = rusqlite::named_params! {
            ":own": self.reviews_own()?,
            ":person": person,
            ":name": reviewer,
            ":limit": i64::try_from(limit).unwrap_or(i64::MAX),
        };
        let ids = statement.query_map(bound, |row| row.get(0))?;
        Ok(ids.collect::<std::result::Result<_, _>>()?)
    }

    fn sample_named(&self, name: &str) -> Result<Option<(i64, u64)>> {
        let sql = "SELECT id, (SELECT count(*) FROM sampled WHERE sample_id = sample.id) FROM sample WHERE name = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_row([name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// What came back to this annotator and waits for them, the newest first, each example once.
    pub fn returned(&self, annotator: &str, limit: usize) -> Result<Vec<Returned>> {
        let Some(person) = store::find_annotator(&self.connection, annotator)? else { return Ok(Vec::new()) };
        let mut statement = self.connection.prepare_cached(
            "SELECT s.example_id, e.answered, a.name, r.reason, r.note, r.at
             FROM sent_back s JOIN review r ON r.id = s.review_id JOIN annotator a ON a.id = r.annotator_id
               JOIN example e ON e.id = s.example_id
             WHERE s.annotator_id = ?1 AND s.done = 0 AND e.status IN ('pending', 'draft')
             ORDER BY r.id DESC LIMIT ?2",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![person, limit])?;
        let (mut seen, mut returned) = (std::collections::HashSet::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let example = row.get(0)?;
            if seen.insert(example) {
                returned.push(Returned {
                    example,
                    answered: row.get(1)?,
                    by: row.get(2)?,
                    reason: row.get(3)?,
                    note: row.get(4)?,
                    at: Timestamp(row.get(5)?),
                });
            }
        }
        Ok(returned)
    }

    /// What changed in the texts of an example since it was last reviewed; where nobody reviewed it,
    /// since it came in, without what is wholly new.
    pub fn changed_since_review(&self, example: i64) -> Result<Since> {
        // By the row of the review: several verbs may be one action.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT a.id, a.annotator, a.at FROM change c JOIN action a ON a.id = c.action_id
             WHERE c.example = ?1 AND c.tbl = 'review' AND c.op = 'insert' AND a.mode = 'do' AND {STANDS}
             ORDER BY c.id DESC LIMIT 1"
        ))?;
        let review: Option<(i64, String, i64)> =
            statement.query_row([example], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let base = match &review {
            Some((action, ..)) => *action,
            None => self
                .connection
                .prepare_cached("SELECT coalesce(min(action_id), 0) FROM change WHERE example = ?1")?
                .query_row([example], |row| row.get(0))?,
        };
        let mut changes = told(self.composed(example, base)?);
        for change in &mut changes {
            change.texts.retain(|text| review.is_some() || matches!(text.became, Became::Changed(_)));
        }
        changes.retain(|change| !change.texts.is_empty());
        Ok(Since { review: review.map(|(_, name, at)| (name, Timestamp(at))), changes })
    }

    /// All changes of an example's texts after an action, as one change of each row.
    fn composed(&self, example: i64, after: i64) -> Result<Vec<ChangeRow>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT tbl, op, row, before, after FROM change
             WHERE example = ?1 AND action_id > ?2 AND tbl IN ('prompt', 'response') ORDER BY id LIMIT ?3",
        )?;
        let json = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
        let mut rows = statement.query(params![example, after, i64::try_from(ROWS).unwrap_or(i64::MAX)])?;
        let mut composed: Vec<ChangeRow> = Vec::new();
        while let Some(row) = rows.next()? {
            let change = ChangeRow {
                table: row.get(0)?,
                op: row.get(1)?,
                row: row.get(2)?,
                before: json(row.get(3)?),
                after: json(row.get(4)?),
            };
            match composed.iter_mut().find(|before| before.table == change.table && before.row == change.row)
            {
                Some(before) => before.after = change.after,
                None => composed.push(change),
            }
        }
        Ok(composed)
    }
}
