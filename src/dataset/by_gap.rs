//! The open example of a queue whose completion helps the gaps most.
//!
//! An example is worth what [`crate::curation::gaps`] says: `Σ w₁ · max(0, t − n) / t` over its values, and w₂ for
//! each pair of its values that no usable example carries. What somebody else is at counts as done.
//!
//! What it costs does not grow with the dataset. The values that lack most are known from the live counts, O(v)
//! for v values. Of those, the largest gap first, waiting examples are looked at along an index, and then the
//! first that wait whatever they carry: at most [`OF_VALUE`] of each, in at most [`ROWS`] rows of indices in all.
//! Pairs are looked up of the [`KINDS`] best kinds of examples only, in as many rows again. So of very many that
//! wait it may miss the very best one; the answer is the same for the same dataset.

use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params};

use super::verbs::basis;
use super::{Queue, Result};
use crate::curation::gaps::{Weights, lacking};
use crate::example::Target;
use crate::store;

/// Rows of indices that are gone through for values, and for pairs: each a few milliseconds.
const ROWS: usize = 1_536;
/// The same for one value.
const ROWS_OF_VALUE: usize = 192;
/// Waiting examples of one value that are looked at.
const OF_VALUE: usize = 24;
/// Kinds of examples, by their tags, whose pairs are looked up.
const KINDS: usize = 16;

/// Holds of an example that nobody is at.
pub(super) const FREE: &str = "NOT EXISTS (SELECT 1 FROM lease l WHERE l.example_id = example.id)";

/// A value of a facet.
struct Value {
    id: i64,
    facet: i64,
    /// Whether something is asked of the facet, so that its pairs matter.
    is_asked: bool,
    /// Usable examples.
    usable: u64,
    /// All examples.
    all: u64,
    /// The share of what is wanted that is missing, and how many are.
    lacks: f64,
    missing: u64,
}

/// Looks for it; `None` where nothing that waits helps any gap, as far as was looked. What was `passed` is left out.
pub(super) fn best(
    connection: &Connection,
    queue: Queue,
    person: i64,
    passed: &HashSet<i64>,
) -> Result<Option<i64>> {
    let taken = taken(connection)?;
    let values = values(connection, &taken)?;
    let is_rank = u8::from(queue == Queue::Rank);
    let sql = format!(
        "SELECT id FROM example WHERE (answered >= 2) = {is_rank} AND status IN ('pending', 'draft')
         ORDER BY id LIMIT 1"
    );
    let mut first = connection.prepare_cached(&sql)?;
    let Some(first) = first.query_map([], |row| row.get(0))?.next().transpose()? else { return Ok(None) };
    let open: u64 = connection
        .prepare_cached(
            "SELECT coalesce(sum(n), 0) FROM example_count
             WHERE (answered >= 2) = ?1 AND status IN ('pending', 'draft')",
        )?
        .query_row([is_rank], |row| row.get(0))?;
    let mut search = Search {
        connection,
        queue,
        person,
        passed,
        is_rank,
        first,
        open,
        values: values.into_iter().map(|value| (value.id, value)).collect(),
        taken: taken.into_values().collect(),
        kinds: BTreeMap::new(),
        rows: ROWS,
    };
    search.gather()?;
    search.rows = ROWS;
    search.choose()
}

/// The tags of open examples that somebody is at.
fn taken(connection: &Connection) -> Result<HashMap<i64, Vec<i64>>> {
    let mut statement = connection.prepare_cached(
        "SELECT t.example_id, t.value_id FROM lease l
           JOIN example e ON e.id = l.example_id AND e.status IN ('pending', 'draft')
           JOIN tag t ON t.example_id = l.example_id",
    )?;
    let mut taken: HashMap<i64, Vec<i64>> = HashMap::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        taken.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(taken)
}

/// All values, by the live counts.
fn values(connection: &Connection, taken: &HashMap<i64, Vec<i64>>) -> Result<Vec<Value>> {
    let basis = basis(connection)?;
    let mut statement = connection.prepare_cached(
        "SELECT v.id, v.facet_id, f.required OR EXISTS (SELECT 1 FROM facet_value w
             WHERE w.facet_id = f.id AND (w.target > 0 OR w.share > 0)),
           v.target, v.share,
           coalesce(sum(c.n) FILTER (WHERE c.status IN ('submitted', 'approved')), 0),
           coalesce(sum(c.n), 0), v.name
         FROM facet f JOIN facet_value v ON v.facet_id = f.id LEFT JOIN tag_count c ON c.value_id = v.id
         GROUP BY v.id",
    )?;
    let found = statement.query_map([], |row| {
        let value = Value {
            id: row.get(0)?,
            facet: row.get(1)?,
            is_asked: row.get(2)?,
            usable: row.get(5)?,
            all: row.get(6)?,
            lacks: 0.0,
            missing: 0,
        };
        Ok((value, row.get(7)?, store::target(row)?))
    })?;
    let mut facets: BTreeMap<i64, Vec<(Value, String, Option<Target>)>> = BTreeMap::new();
    for found in found {
        let (value, name, target) = found?;
        facets.entry(value.facet).or_default().push((value, name, target));
    }
    let mut values = Vec::new();
    for found in facets.into_values() {
        let wanted = basis.wanted(found.iter().map(|(_, name, target)| (name.as_str(), *target)));
        for ((value, ..), wanted) in found.into_iter().zip(wanted) {
            let target = wanted.unwrap_or(0).into();
            let begun = taken.values().filter(|values| values.contains(&value.id)).count() as u64;
            let there = value.usable + begun;
            let (lacks, missing) = (lacking(there, target), target.saturating_sub(there));
            values.push(Value { lacks, missing, ..value });
        }
    }
    Ok(values)
}

/// A look through what waits.
struct Search<'a> {
    connection: &'a Connection,
    queue: Queue,
    person: i64,
    passed: &'a HashSet<i64>,
    is_rank: u8,
    /// The first open example, and how many there are.
    first: i64,
    open: u64,
    values: HashMap<i64, Value>,
    /// The tags of what others are at.
    taken: Vec<Vec<i64>>,
    /// The tags of waiting examples, with the first that carries them.
    kinds: BTreeMap<Vec<i64>, i64>,
    /// Rows that may still be gone through.
    rows: usize,
}

impl Search<'_> {
    /// Looks at waiting examples of the values that lack most.
    fn gather(&mut self) -> Result<()> {
        let mut lacking: Vec<&Value> = self.values.values().filter(|value| value.missing > 0).collect();
        lacking.sort_by(|one, other| {
            let by_share = other.lacks.total_cmp(&one.lacks);
            by_share.then(other.missing.cmp(&one.missing)).then(one.id.cmp(&other.id))
        });
        let lacking: Vec<i64> = lacking.into_iter().map(|value| value.id).collect();
        for id in lacking {
            self.look_at(id)?;
        }
        // Pairs may be wanted of values of which there are enough.
        self.look_at_any()
    }

    /// What its values are worth to an example that carries them.
    fn gain(&self, kind: &[i64]) -> f64 {
        let lacks = kind.iter().filter_map(|id| self.values.get(id)).map(|value| value.lacks);
        lacks.sum::<f64>() * Weights::default().single
    }

    /// Looks at waiting examples of that value, along the index of the value or of what is open, whichever
    /// is shorter.
    fn look_at(&mut self, id: i64) -> Result<()> {
        let Some(value) = self.values.get(&id) else { return Ok(()) };
        let condition = self.queue.sql();
        let sql = if value.all <= self.open {
            format!(
                "SELECT example.id, ({condition}) AND {FREE} AND ?4 = ?4
                 FROM tag t CROSS JOIN example ON example.id = t.example_id
                 WHERE t.value_id = ?2 AND t.example_id >= ?3 ORDER BY t.example_id"
            )
        } else {
            let rank = self.is_rank;
            format!(
                "SELECT example.id,
                   EXISTS (SELECT 1 FROM tag t
                     WHERE t.example_id = example.id AND t.facet_id = ?4 AND t.value_id = ?2)
                   AND ({condition}) AND {FREE}
                 FROM example INDEXED BY example_open
                 WHERE (answered >= 2) = {rank} AND status IN ('pending', 'draft') AND id >= ?3 ORDER BY id"
            )
        };
        let bounds = [self.person, id, self.first, value.facet];
        self.look_along(&sql, &bounds)
    }

    /// Looks at the first that wait.
    fn look_at_any(&mut self) -> Result<()> {
        let (condition, rank) = (self.queue.sql(), self.is_rank);
        let sql = format!(
            "SELECT example.id, ({condition}) AND {FREE} FROM example INDEXED BY example_open
             WHERE (answered >= 2) = {rank} AND status IN ('pending', 'draft') AND id >= ?2 ORDER BY id"
        );
        let bounds = [self.person, self.first];
        self.look_along(&sql, &bounds)
    }

    /// Looks at what those rows say waits.
    fn look_along(&mut self, sql: &str, bounds: &[i64]) -> Result<()> {
        let (mut left, mut looked) = (self.rows.min(ROWS_OF_VALUE), 0);
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(rusqlite::params_from_iter(bounds))?;
        while let Some(row) = rows.next()? {
            if left == 0 || looked == OF_VALUE {
                break;
            }
            (left, self.rows) = (left - 1, self.rows - 1);
            let (example, waits): (i64, bool) = (row.get(0)?, row.get(1)?);
            if !waits || self.passed.contains(&example) {
                continue;
            }
            looked += 1;
            let kind = kind(self.connection, example)?;
            let first = self.kinds.entry(kind).or_insert(example);
            *first = example.min(*first);
        }
        Ok(())
    }

    /// The best of what was looked at, pairs and all; of equals the first.
    fn choose(&mut self) -> Result<Option<i64>> {
        let order = |one: &(f64, i64), other: &(f64, i64)| -> Ordering {
            other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
        };
        let kinds = std::mem::take(&mut self.kinds);
        let mut best: Vec<((f64, i64), Vec<i64>)> =
            kinds.into_iter().map(|(kind, example)| ((self.gain(&kind), example), kind)).collect();
        best.sort_by(|one, other| order(&one.0, &other.0));
        best.truncate(KINDS);
        let mut known = HashMap::new();
        for ((gain, _), kind) in &mut best {
            *gain += self.gain_of_pairs(kind, &mut known)?;
        }
        let best = best.into_iter().map(|(worth, _)| worth).filter(|(gain, _)| *gain > 0.0).min_by(order);
        Ok(best.map(|(_, example)| example))
    }

    /// What its pairs are worth.
    fn gain_of_pairs(&mut self, kind: &[i64], known: &mut HashMap<(i64, i64), bool>) -> Result<f64> {
        let mut gain = 0.0;
        for (at, &one) in kind.iter().enumerate() {
            for &other in kind.iter().skip(at + 1) {
                let is_unseen = if let Some(&is_unseen) = known.get(&(one, other)) {
                    is_unseen
                } else {
                    let is_unseen = self.is_unseen(one, other)?;
                    known.insert((one, other), is_unseen);
                    is_unseen
                };
                if is_unseen {
                    gain += Weights::default().pair;
                }
            }
        }
        Ok(gain)
    }

    /// Whether two values that pairs are wanted of are carried by no usable example, nor by one that
    /// somebody is at. Where that would take too long to see they are not.
    fn is_unseen(&mut self, one: i64, other: i64) -> Result<bool> {
        let (Some(one), Some(other)) = (self.values.get(&one), self.values.get(&other)) else {
            return Ok(false);
        };
        let is_taken = |values: &Vec<i64>| values.contains(&one.id) && values.contains(&other.id);
        if one.facet == other.facet || !one.is_asked || !other.is_asked || self.taken.iter().any(is_taken) {
            return Ok(false);
        }
        if one.usable == 0 || other.usable == 0 {
            return Ok(true);
        }
        let (rare, common) = if one.all <= other.all { (one, other) } else { (other, one) };
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM tag o
                WHERE o.example_id = t.example_id AND o.facet_id = ?2 AND o.value_id = ?3)
               AND EXISTS (SELECT 1 FROM example e
                WHERE e.id = t.example_id AND e.status IN ('submitted', 'approved'))
             FROM tag t WHERE t.value_id = ?1 ORDER BY t.example_id",
        )?;
        let mut rows = statement.query(params![rare.id, common.facet, common.id])?;
        while let Some(row) = rows.next()? {
            if self.rows == 0 || row.get(0)? {
                return Ok(false);
            }
            self.rows -= 1;
        }
        Ok(true)
    }
}

/// The values that an example carries.
fn kind(connection: &Connection, example: i64) -> Result<Vec<i64>> {
    let mut statement =
        connection.prepare_cached("SELECT value_id FROM tag WHERE example_id = ?1 ORDER BY value_id")?;
    let values = statement.query_map([example], |row| row.get(0))?;
    Ok(values.collect::<std::result::Result<_, _>>()?)
}
