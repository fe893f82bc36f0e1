//! The outcomes of rankings: how they catch up with the domain tables, and how they are read.
//!
//! Triggers put every example whose rankings changed into `outcome_pending`; whoever writes settles
//! them, those of a verb inside its own transaction.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::Result;
use super::batch::Cell;
use super::queue::Queue;
use crate::example::{Agreed, Consensus, Details, Ranking, Standing, Uuid};

/// Waiting outcomes that are settled in one transaction where that is all that is being done.
const PORTION: usize = 20_000;

const QUEUE: Queue = Queue { table: "outcome_pending", filled_by: "'ranking', 'placement'" };

/// What came of the rankings of an example, without the pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// How far people agree.
    pub state: Agreed,
    /// The mean agreement of two annotators; `None` with fewer than two.
    pub agreement: Option<f64>,
    /// The strength of the decided pairs.
    pub strength: f64,
    /// How many people judged it.
    pub judgements: u32,
    /// Whether what most say leads round in a circle.
    pub is_circular: bool,
}

impl Outcome {
    /// The row of it: example, state, agreement, strength, judgements, circular.
    pub(super) fn cells(&self, example: i64) -> [Cell; 6] {
        [
            example.into(),
            self.state.as_str().into(),
            self.agreement.into(),
            self.strength.into(),
            i64::from(self.judgements).into(),
            self.is_circular.into(),
        ]
    }
}

impl From<&Consensus> for Outcome {
    fn from(consensus: &Consensus) -> Self {
        Self {
            state: consensus.state,
            agreement: consensus.agreement,
            strength: consensus.strength,
            judgements: u32::try_from(consensus.judgements).unwrap_or(u32::MAX),
            is_circular: consensus.is_circular,
        }
    }
}

/// How many examples share an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutcomeCount {
    /// The outcome.
    pub state: Agreed,
    /// How many examples.
    pub n: u64,
}

/// How many examples wait for their outcome.
pub fn waiting_for_outcome(connection: &Connection) -> Result<u64> {
    QUEUE.waiting(connection)
}

/// Settles all outcomes that wait, in portions of a transaction each.
pub fn settle_all(connection: &mut Connection) -> Result<()> {
    while waiting_for_outcome(connection)? > 0 {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        settle_pending(&transaction, PORTION)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Settles the outcomes of at most `limit` waiting examples, inside the open transaction; those that the
/// action at hand changed come first. Returns how many it took.
pub fn settle_pending(connection: &Connection, limit: usize) -> Result<usize> {
    let ids = QUEUE.first(connection, limit)?;
    for &id in &ids {
        QUEUE.remove(connection, id)?;
        match of_example(connection, id)? {
            Some(outcome) => {
                connection
                    .prepare_cached(
                        "INSERT INTO outcome (example_id, state, agreement, strength, judgements, circular)
                         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                         ON CONFLICT DO UPDATE SET state = excluded.state, agreement = excluded.agreement,
                           strength = excluded.strength, judgements = excluded.judgements,
                           circular = excluded.circular",
                    )?
                    .execute(params![
                        id,
                        outcome.state.as_str(),
                        outcome.agreement,
                        outcome.strength,
                        outcome.judgements,
                        outcome.is_circular
                    ])?;
            }
            None => {
                connection.prepare_cached("DELETE FROM outcome WHERE example_id = ?1")?.execute([id])?;
            }
        }
    }
    Ok(ids.len())
}

/// What comes of the rankings of an example as they are now; `None` where there are none.
fn of_example(connection: &Connection, example: i64) -> Result<Option<Outcome>> {
    let rankings = rankings_by_row(connection, example)?;
    Ok((!rankings.is_empty()).then(|| Outcome::from(&Consensus::of(&rankings))))
}

/// How a response is called in [`rankings_by_row`]: by its number within the file.
pub(super) fn name_of_row(response: i64) -> Uuid {
    Uuid::from_u128(u128::from(response.unsigned_abs()))
}

/// The rankings of an example as they are now, with the rows of its responses for their names.
pub(super) fn rankings_by_row(connection: &Connection, example: i64) -> Result<Vec<Ranking>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.id, r.annotator_id, r.standing, r.cannot, p.response_id, p.tier
         FROM ranking r LEFT JOIN placement p ON p.ranking_id = r.id
         WHERE r.example_id = ?1 ORDER BY r.id, p.tier, p.response_id",
    )?;
    let mut rows = statement.query([example])?;
    let mut rankings: Vec<(i64, Ranking, Option<i64>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        if rankings.last().is_none_or(|(last, ..)| *last != id) {
            let standing: Option<String> = row.get(2)?;
            let details = Details {
                standing: standing.and_then(|word| word.parse().ok()).unwrap_or(Standing::Own),
                cannot: row.get(3)?,
                ..Details::default()
            };
            // Who they are matters to nothing here, only that they are different people.
            let annotator = row.get::<_, i64>(1)?.to_string();
            rankings.push((id, Ranking { details, ..Ranking::new(annotator, Vec::new()) }, None));
        }
        let (Some((_, ranking, last)), Some(response), Some(tier)) =
            (rankings.last_mut(), row.get::<_, Option<i64>>(4)?, row.get::<_, Option<i64>>(5)?)
        else {
            continue;
        };
        let response = name_of_row(response);
        match (tier, ranking.tiers.last_mut()) {
            (0, _) => ranking.bad.push(response),
            (tier, Some(same)) if *last == Some(tier) => same.push(response),
            (tier, _) => {
                ranking.tiers.push(vec![response]);
                *last = Some(tier);
            }
        }
    }
    Ok(rankings.into_iter().map(|(_, ranking, _)| ranking).collect())
}

/// The outcome of an example as it is kept.
pub fn outcome(connection: &Connection, example: i64) -> Result<Option<Outcome>> {
    let mut statement = connection.prepare_cached(
        "SELECT state, agreement, strength, judgements, circular FROM outcome WHERE example_id = ?1",
    )?;
    let found = statement
        .query_row([example], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    Ok(found.and_then(|(state, agreement, strength, judgements, is_circular)| {
        Some(Outcome { state: state.parse().ok()?, agreement, strength, judgements, is_circular })
    }))
}

/// How many examples there are of each outcome.
pub(super) fn read_outcomes(connection: &Connection) -> Result<Vec<OutcomeCount>> {
    let mut counts = Vec::new();
    let mut statement = connection.prepare_cached("SELECT state, n FROM outcome_count WHERE n <> 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        // A word that this program doesn't know is a newer one's.
        if let Ok(state) = row.get::<_, String>(0)?.parse() {
            counts.push(OutcomeCount { state, n: row.get(1)? });
        }
    }
    counts.sort_by_key(|count| count.state);
    Ok(counts)
}

/// Settles the outcome of every `nth` example again, and says which are kept otherwise.
pub(super) fn wrong_outcomes(connection: &Connection, made_again: u64) -> Result<Vec<String>> {
    let all: u64 = connection.query_row("SELECT count(*) FROM outcome", [], |row| row.get(0))?;
    let nth = (all / made_again).max(1);
    let ids: Vec<i64> = connection
        .prepare(
            "SELECT DISTINCT example_id FROM ranking WHERE example_id % ?1 = 0
               AND example_id NOT IN (SELECT example_id FROM outcome_pending)
             UNION SELECT example_id FROM outcome WHERE example_id NOT IN (SELECT example_id FROM ranking)
               AND example_id NOT IN (SELECT example_id FROM outcome_pending)",
        )?
        .query_map([nth], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    let mut wrong = Vec::new();
    for id in ids {
        let (kept, again) = (outcome(connection, id)?, of_example(connection, id)?);
        if kept != again {
            let word = |outcome: Option<Outcome>| outcome.map_or("none", |outcome| outcome.state.as_str());
            wrong.push(format!("#{id} is kept as {}, its rankings give {}", word(kept), word(again)));
        }
    }
    Ok(wrong)
}
