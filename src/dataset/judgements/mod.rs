//! What annotators said, as measures count with it, kept in memory and brought up to date from the journal.

mod read;

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, params};

use super::{Reader, Result};
use crate::curation::judged::{JudgedExample, Judgements};
use crate::query::Filter;
use crate::store;

use read::{Named, examples};

/// More examples than this that changed are read all at once with the others.
const MANY: usize = 2_000;

/// The judgements of a dataset, or of the examples that a filter finds. [`Judged::refresh`] reads
/// again only what actions since the last time touched.
#[derive(Debug, Clone, Default)]
pub struct Judged {
    filter: Option<Filter>,
    /// The examples that the filter finds; `None`: all.
    chosen: Option<BTreeSet<i64>>,
    /// The last action that is taken into account.
    action: i64,
    is_loaded: bool,
    names: Names,
    judgements: Judgements,
}

impl Judged {
    /// Judgements that are not read yet; of the examples that the filter finds, or of all.
    pub fn new(filter: Option<Filter>) -> Self {
        Self { filter, ..Self::default() }
    }

    /// The judgements of the dataset as it is now.
    pub fn load(reader: &Reader, filter: Option<Filter>) -> Result<Self> {
        let mut judged = Self::new(filter);
        judged.refresh(reader)?;
        Ok(judged)
    }

    /// What was said, as far as it was read.
    pub fn judgements(&self) -> &Judgements {
        &self.judgements
    }

    /// Catches up with the dataset; answers whether anything of it may be another.
    pub fn refresh(&mut self, reader: &Reader) -> Result<bool> {
        // All of it at one moment.
        let snapshot = reader.connection.unchecked_transaction()?;
        let last = last_action(&snapshot)?;
        let touched = if self.is_loaded { touched_since(&snapshot, self.action)? } else { None };
        self.names.annotators = annotators(&snapshot)?;
        let chosen = self.chosen(reader)?;
        let is_new = match touched {
            None => {
                self.read_all(&snapshot, chosen.as_ref())?;
                true
            }
            Some(mut touched) => {
                if let (Some(now), Some(before)) = (&chosen, &self.chosen) {
                    touched.extend(now.symmetric_difference(before));
                }
                if !touched.is_empty() {
                    let found = self.read(&snapshot, Some(&touched), chosen.as_ref())?;
                    self.put(&touched, found);
                    if self.has_idle_names() {
                        self.read_all(&snapshot, chosen.as_ref())?;
                    }
                }
                !touched.is_empty()
            }
        };
        (self.chosen, self.action, self.is_loaded) = (chosen, last, true);
        Ok(is_new)
    }

    fn read_all(&mut self, connection: &Connection, chosen: Option<&BTreeSet<i64>>) -> Result<()> {
        self.judgements = Judgements::default();
        self.names.known.clear();
        self.names.authors.clear();
        self.judgements.examples = self.read(connection, None, chosen)?;
        Ok(())
    }

    /// Whether a name is left of whom nothing is: whose only ranking was undone.
    fn has_idle_names(&self) -> bool {
        let Judgements { annotators, authors, examples } = &self.judgements;
        let (mut idle, mut unread) = (vec![true; annotators.len()], vec![true; authors.len()]);
        for example in examples {
            for judgement in example.judgements.iter().chain(&example.repeats) {
                idle.get_mut(judgement.annotator).into_iter().for_each(|idle| *idle = false);
            }
            for author in example.authors.iter().flatten() {
                unread.get_mut(*author).into_iter().for_each(|unread| *unread = false);
            }
        }
        idle.contains(&true) || unread.contains(&true)
    }

    fn chosen(&self, reader: &Reader) -> Result<Option<BTreeSet<i64>>> {
        let Some(filter) = &self.filter else { return Ok(None) };
        let mut chosen = BTreeSet::new();
        reader.ids(filter, |ids| {
            chosen.extend(ids);
            true
        })?;
        Ok(Some(chosen))
    }

    fn read(
        &mut self,
        connection: &Connection,
        only: Option<&BTreeSet<i64>>,
        chosen: Option<&BTreeSet<i64>>,
    ) -> Result<Vec<JudgedExample>> {
        let is_chosen = |id: i64| chosen.is_none_or(|chosen| chosen.contains(&id));
        let mut named = Naming { names: &mut self.names, judgements: &mut self.judgements };
        examples(connection, only, &is_chosen, &mut named)
    }

    /// Puts examples in the place of those that were touched.
    fn put(&mut self, touched: &BTreeSet<i64>, found: Vec<JudgedExample>) {
        let examples = &mut self.judgements.examples;
        examples.retain(|example| !touched.contains(&example.id));
        examples.extend(found);
        // Two sorted runs: this is quick.
        examples.sort_by_key(|example| example.id);
    }
}

/// Where names have their numbers.
#[derive(Debug, Clone, Default)]
struct Names {
    /// Every annotator of the dataset by the number of its row.
    annotators: HashMap<i64, String>,
    /// Those who judged, by the number of their row.
    known: HashMap<i64, usize>,
    authors: HashMap<String, usize>,
}

/// Gives names their numbers as they come.
struct Naming<'a> {
    names: &'a mut Names,
    judgements: &'a mut Judgements,
}

impl Named for Naming<'_> {
    fn annotator(&mut self, row: i64) -> usize {
        let Names { annotators, known, .. } = &mut *self.names;
        *known.entry(row).or_insert_with(|| {
            self.judgements.annotators.push(annotators.get(&row).cloned().unwrap_or_default());
            self.judgements.annotators.len() - 1
        })
    }

    fn author(&mut self, name: &str) -> usize {
        if let Some(&at) = self.names.authors.get(name) {
            return at;
        }
        let at = self.judgements.authors.len();
        self.judgements.authors.push(name.to_owned());
        self.names.authors.insert(name.to_owned(), at);
        at
    }
}

fn last_action(connection: &Connection) -> Result<i64> {
    let last = connection
        .prepare_cached("SELECT coalesce(max(id), 0) FROM action")?
        .query_row([], |row| row.get(0))?;
    Ok(last)
}

/// The examples that actions after this one touched; `None` where they are too many to be read one by
/// one, or where an import does not say which.
fn touched_since(connection: &Connection, action: i64) -> Result<Option<BTreeSet<i64>>> {
    let mut statement = connection.prepare_cached(
        "SELECT example, op = 'import', tbl FROM change
             WHERE action_id > ?1 AND (op = 'import' OR example NOT NULL)",
    )?;
    let mut rows = statement.query(params![action])?;
    let mut touched = BTreeSet::new();
    while let Some(row) = rows.next()? {
        let table: String = row.get(2)?;
        if row.get(1)? || touched.len() > MANY {
            return Ok(None);
        }
        if let (Some(example), "response" | "ranking" | "placement" | "repeat" | "example") =
            (row.get::<_, Option<i64>>(0)?, table.as_str())
        {
            touched.insert(example);
        }
    }
    Ok(Some(touched))
}

fn annotators(connection: &Connection) -> Result<HashMap<i64, String>> {
    let mut statement = connection.prepare_cached("SELECT id, name FROM annotator")?;
    let names = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(names.collect::<std::result::Result<_, _>>().map_err(store::Error::from)?)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
