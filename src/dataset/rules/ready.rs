//! Rules made ready: expressions compiled, filters understood.

use std::collections::HashSet;

use rusqlite::{Connection, params_from_iter};

use super::super::reader::vocabulary;
use super::super::{Error, Result};
use crate::curation::rules::{Matcher, Said};
use crate::example::{Condition, TagRule};
use crate::query::{Filter, Vocabulary, parse};
use crate::store;

/// The rules of a dataset, each with its number.
#[derive(Debug)]
pub(in crate::dataset) struct Ready {
    rules: Vec<(i64, ReadyRule)>,
}

/// A condition that can be asked.
#[derive(Debug)]
pub(in crate::dataset) struct ReadyRule {
    matcher: Matcher,
    filter: Option<Filter>,
}

/// Makes a condition ready. Its filter as the dataset spells it, so that it follows when names change.
///
/// # Errors
/// Says what is wrong with its words, its pattern or its filter, and where.
pub(in crate::dataset) fn check(
    name: &str,
    condition: &Condition,
    vocabulary: &Vocabulary,
) -> Result<(ReadyRule, Condition)> {
    let wrong = |reason: String| Error::Rule { name: name.to_owned(), reason };
    let matcher = Matcher::new(condition).map_err(|error| wrong(error.to_string()))?;
    let Some(text) = &condition.filter else {
        return Ok((ReadyRule { matcher, filter: None }, condition.clone()));
    };
    let filter = parse(text, vocabulary).map_err(|error| {
        let at = 1 + text.get(..error.span.start).unwrap_or_default().chars().count();
        wrong(format!("its filter can't be understood, at character {at}: {error}"))
    })?;
    if filter.names_proposals() {
        return Err(wrong("its filter asks what rules propose, and no rule can wait for another".to_owned()));
    }
    if filter.is_everything() && !matcher.reads() {
        return Err(wrong(
            "its filter finds everything: give it words, a pattern or a narrower filter".to_owned(),
        ));
    }
    let spelt = Condition { filter: Some(filter.to_string()), ..condition.clone() };
    Ok((ReadyRule { matcher, filter: Some(filter) }, spelt))
}

impl ReadyRule {
    /// Those of the examples that the condition holds of. What is said in them is read with `said`.
    fn holds_of(&self, connection: &Connection, ids: &[i64], said: &mut SaidIn<'_>) -> Result<Vec<i64>> {
        let found = match &self.filter {
            Some(filter) => found_by(connection, filter, ids)?,
            None => ids.to_vec(),
        };
        if !self.matcher.reads() {
            return Ok(found);
        }
        let mut holds = Vec::new();
        for id in found {
            if self.matcher.holds(said.of(id)?) {
                holds.push(id);
            }
        }
        Ok(holds)
    }

    /// Whether it holds of an example that says this; `id` is its number, where it has one.
    pub fn holds(&self, connection: &Connection, id: Option<i64>, said: &Said) -> Result<bool> {
        if !self.matcher.holds(said) {
            return Ok(false);
        }
        match (&self.filter, id) {
            (None, _) => Ok(true),
            // What is not made yet is found by no filter.
            (Some(_), None) => Ok(false),
            (Some(filter), Some(id)) => Ok(!found_by(connection, filter, &[id])?.is_empty()),
        }
    }

    /// The same of one rule that is tried.
    pub fn among(&self, connection: &Connection, ids: &[i64]) -> Result<Vec<i64>> {
        self.holds_of(connection, ids, &mut SaidIn::new(connection))
    }
}

/// Those of the examples that a filter finds, in their order.
fn found_by(connection: &Connection, filter: &Filter, ids: &[i64]) -> Result<Vec<i64>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // With the numbers first, the filter is asked of these alone.
    let sql = Filter::ids(ids.iter().copied()).and(filter.clone()).to_sql();
    let mut statement =
        connection.prepare(&format!("SELECT e.id FROM example e WHERE {} ORDER BY e.id", sql.clause))?;
    let found = statement.query_map(params_from_iter(sql.params), |row| row.get(0))?;
    Ok(found.collect::<std::result::Result<_, _>>()?)
}

/// What is said in examples, each read once however many rules ask.
struct SaidIn<'a> {
    connection: &'a Connection,
    read: std::collections::HashMap<i64, Said>,
}

impl<'a> SaidIn<'a> {
    fn new(connection: &'a Connection) -> Self {
        Self { connection, read: std::collections::HashMap::new() }
    }

    fn of(&mut self, id: i64) -> Result<&Said> {
        let connection = self.connection;
        Ok(match self.read.entry(id) {
            std::collections::hash_map::Entry::Occupied(there) => there.into_mut(),
            std::collections::hash_map::Entry::Vacant(place) => {
                let (asked, answered) = store::turns_of(connection, id)?;
                place.insert(Said::of(&asked, &answered))
            }
        })
    }
}

impl Ready {
    /// The rules of a dataset. One that can't be used any more, because a name in its filter is gone,
    /// holds nowhere.
    pub fn of(connection: &Connection) -> Result<Self> {
        let rows = store::rules(connection)?;
        let vocabulary = if rows.iter().any(|row| row.rule.condition.filter.is_some()) {
            vocabulary(connection)?
        } else {
            Vocabulary::default()
        };
        let ready = rows.into_iter().filter_map(|row| {
            let TagRule { name, condition, .. } = row.rule;
            check(&name, &condition, &vocabulary).ok().map(|(rule, _)| (row.id, rule))
        });
        Ok(Self { rules: ready.collect() })
    }

    /// Whether any of these rules (all, where none is named) has a filter.
    pub fn has_filters(&self, only: Option<&[i64]>) -> bool {
        self.among(only).any(|(_, rule)| rule.filter.is_some())
    }

    /// Where these rules (all, where none is named) hold among the examples: rule and example.
    pub fn hold(
        &self,
        connection: &Connection,
        ids: &[i64],
        only: Option<&[i64]>,
    ) -> Result<Vec<(i64, i64)>> {
        let mut said = SaidIn::new(connection);
        let mut found = Vec::new();
        for (id, rule) in self.among(only) {
            found
                .extend(rule.holds_of(connection, ids, &mut said)?.into_iter().map(|example| (*id, example)));
        }
        Ok(found)
    }

    fn among<'a>(&'a self, only: Option<&'a [i64]>) -> impl Iterator<Item = &'a (i64, ReadyRule)> {
        self.rules.iter().filter(move |(id, _)| only.is_none_or(|only| only.contains(id)))
    }

    /// All of them as pairs, for comparing with what is kept.
    pub fn all(&self, connection: &Connection, ids: &[i64]) -> Result<HashSet<(i64, i64)>> {
        Ok(self.hold(connection, ids, None)?.into_iter().collect())
    }
}
