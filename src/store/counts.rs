//! The live counts: read in one go, at a price that doesn't depend on the number of examples.

use rusqlite::{Connection, Transaction};

use super::cells::{CellCount, cell_counts};
use super::outcomes::{OutcomeCount, read_outcomes};
use super::read::target;
use super::{Result, setting};
use crate::example::{Agreed, Basis, Goal, Kind, Share, Split, Status, Target, UnknownWord};

/// How many examples share these states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleCount {
    /// Their status.
    pub status: Status,
    /// Their kind.
    pub kind: Kind,
    /// Their split.
    pub split: Option<Split>,
    /// How many responses say something: 0, 1, or 2 for two or more.
    pub answered: u8,
    /// How many examples.
    pub n: u64,
}

impl ExampleCount {
    /// Whether these are not discarded.
    pub fn is_kept(&self) -> bool {
        self.status != Status::Discarded
    }

    /// Whether these are usable: submitted or approved.
    pub fn is_usable(&self) -> bool {
        self.status.is_usable()
    }
}

/// A facet with the counts of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// The facet's name.
    pub name: String,
    /// Whether an example may carry several of its values.
    pub several: bool,
    /// Whether new values may be made while working.
    pub open: bool,
    /// Its values, in their order.
    pub values: Vec<ValueCount>,
}

/// A facet value with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCount {
    /// The value's name.
    pub name: String,
    /// How many usable examples are wanted: of a share, so many as it is now.
    pub target: Option<u32>,
    /// The share that is wanted, where it is one.
    pub share: Option<Share>,
    /// Examples by status, only those above 0.
    pub by_status: Vec<(Status, u64)>,
}

impl FacetCount {
    /// Whether a share of the examples is wanted of any of its values.
    pub fn wants_shares(&self) -> bool {
        self.values.iter().any(|value| value.share.is_some_and(|share| share > Share::NONE))
    }
}

impl ValueCount {
    /// Submitted and approved examples.
    pub fn usable(&self) -> u64 {
        self.by_status.iter().filter(|(status, _)| status.is_usable()).map(|(_, n)| n).sum()
    }

    /// Examples that are not discarded.
    pub fn kept(&self) -> u64 {
        self.by_status.iter().filter(|(status, _)| *status != Status::Discarded).map(|(_, n)| n).sum()
    }

    /// All examples.
    pub fn all(&self) -> u64 {
        self.by_status.iter().map(|(_, n)| n).sum()
    }
}

/// A kind of flag with its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagCount {
    /// The kind's name.
    pub kind: String,
    /// Flags that nobody has dealt with.
    pub open: u64,
    /// Flags that somebody has.
    pub resolved: u64,
}

/// What one person or model made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuthorCount {
    /// The name.
    pub name: String,
    /// Responses written as a person.
    pub written: u64,
    /// Responses written as a model.
    pub generated: u64,
    /// Rankings.
    pub rankings: u64,
    /// Flags raised.
    pub flags: u64,
}

/// All live counts of a dataset at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Examples by their states.
    pub examples: Vec<ExampleCount>,
    /// Tags.
    pub facets: Vec<FacetCount>,
    /// Where values of two facets meet and something is wanted, in the order in which that was said.
    pub cells: Vec<CellCount>,
    /// Flags.
    pub flags: Vec<FlagCount>,
    /// People and models, by name.
    pub authors: Vec<AuthorCount>,
    /// How many usable examples are wanted altogether, where that was said.
    pub goal: Option<Goal>,
    /// What came of rankings, in the order of [`Agreed::ALL`](crate::example::Agreed::ALL).
    pub outcomes: Vec<OutcomeCount>,
}

impl Counts {
    /// How many examples a condition holds for.
    pub fn count(&self, condition: impl Fn(&ExampleCount) -> bool) -> u64 {
        self.examples.iter().filter(|count| condition(count)).map(|count| count.n).sum()
    }

    /// All examples.
    pub fn total(&self) -> u64 {
        self.count(|_| true)
    }

    /// Examples that are not discarded.
    pub fn kept(&self) -> u64 {
        self.count(ExampleCount::is_kept)
    }

    /// Submitted and approved examples.
    pub fn usable(&self) -> u64 {
        self.count(ExampleCount::is_usable)
    }

    /// Usable examples that have an answer.
    pub fn trainable(&self) -> u64 {
        self.count(|count| count.status.is_usable() && count.answered > 0)
    }

    /// Usable examples that are held out for validation or test.
    pub fn held_out(&self) -> u64 {
        let is_held_out = |split| matches!(split, Some(Split::Validation | Split::Test));
        self.count(|count| count.is_usable() && is_held_out(count.split))
    }

    /// The counts of a value.
    pub fn value(&self, facet: &str, value: &str) -> Option<&ValueCount> {
        let facet = self.facets.iter().find(|count| count.name == facet)?;
        facet.values.iter().find(|count| count.name == value)
    }

    /// What shares that are wanted are taken of.
    pub fn basis(&self) -> Basis {
        Basis::new(self.goal, self.usable())
    }

    /// Examples with that outcome.
    pub fn outcome(&self, state: Agreed) -> u64 {
        self.outcomes.iter().filter(|count| count.state == state).map(|count| count.n).sum()
    }

    /// Open flags of every kind.
    pub fn open_flags(&self) -> u64 {
        self.flags.iter().map(|flag| flag.open).sum()
    }
}

fn word<T: std::str::FromStr<Err = UnknownWord>>(text: &str) -> rusqlite::Result<T> {
    text.parse().map_err(|error: UnknownWord| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// A transaction to read in, so that everything read is of one moment; `None` where the caller has one open.
pub(super) fn snapshot(connection: &Connection) -> Result<Option<Transaction<'_>>> {
    Ok(connection.is_autocommit().then(|| connection.unchecked_transaction()).transpose()?)
}

/// Reads all counts, in one snapshot; in that of the caller where there is one.
pub fn read(connection: &Connection) -> Result<Counts> {
    let _snapshot = snapshot(connection)?;
    let mut counts = Counts {
        examples: read_examples(connection)?,
        facets: Vec::new(),
        cells: cell_counts(connection)?,
        flags: read_flags(connection)?,
        authors: read_authors(connection)?,
        goal: setting(connection)?,
        outcomes: read_outcomes(connection)?,
    };
    counts.facets = read_facets(connection, counts.basis())?;
    Ok(counts)
}

fn read_examples(connection: &Connection) -> Result<Vec<ExampleCount>> {
    let mut statement = connection
        .prepare_cached("SELECT status, kind, split, answered, n FROM example_count WHERE n <> 0")?;
    let rows = statement.query_map([], |row| {
        let split: String = row.get(2)?;
        Ok(ExampleCount {
            status: word(&row.get::<_, String>(0)?)?,
            kind: word(&row.get::<_, String>(1)?)?,
            split: if split.is_empty() { None } else { Some(word(&split)?) },
            answered: row.get(3)?,
            n: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn read_facets(connection: &Connection, basis: Basis) -> Result<Vec<FacetCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT f.name, f.several, f.open, v.name AS value, v.target, v.share, c.status, c.n
         FROM facet f LEFT JOIN facet_value v ON v.facet_id = f.id
           LEFT JOIN tag_count c ON c.value_id = v.id AND c.n <> 0
         ORDER BY f.position, f.id, v.position, v.id, c.status",
    )?;
    let mut facets: Vec<FacetCount> = Vec::new();
    let mut targets: Vec<Vec<Option<Target>>> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if facets.last().is_none_or(|facet| facet.name != name) {
            facets.push(FacetCount { name, several: row.get(1)?, open: row.get(2)?, values: Vec::new() });
            targets.push(Vec::new());
        }
        let (Some(facet), Some(value)) = (facets.last_mut(), row.get::<_, Option<String>>(3)?) else {
            continue;
        };
        if facet.values.last().is_none_or(|last| last.name != value) {
            let target = target(row)?;
            targets.last_mut().into_iter().for_each(|targets| targets.push(target));
            facet.values.push(ValueCount {
                name: value,
                target: None,
                share: target.and_then(Target::share),
                by_status: Vec::new(),
            });
        }
        if let (Some(value), Some(status)) = (facet.values.last_mut(), row.get::<_, Option<String>>(6)?) {
            value.by_status.push((word(&status)?, row.get(7)?));
        }
    }
    for (facet, targets) in facets.iter_mut().zip(targets) {
        let wanted = basis.wanted(facet.values.iter().map(|value| value.name.as_str()).zip(targets));
        for (value, wanted) in facet.values.iter_mut().zip(wanted) {
            value.target = wanted;
        }
    }
    Ok(facets)
}

fn read_flags(connection: &Connection) -> Result<Vec<FlagCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT k.name,
           coalesce((SELECT n FROM flag_count WHERE kind_id = k.id AND resolved = 0), 0),
           coalesce((SELECT n FROM flag_count WHERE kind_id = k.id AND resolved = 1), 0)
         FROM flag_kind k ORDER BY k.position, k.id",
    )?;
    let rows = statement
        .query_map([], |row| Ok(FlagCount { kind: row.get(0)?, open: row.get(1)?, resolved: row.get(2)? }))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn read_authors(connection: &Connection) -> Result<Vec<AuthorCount>> {
    let mut statement =
        connection.prepare_cached("SELECT author, what, n FROM author_count WHERE n <> 0 ORDER BY author")?;
    let mut authors: Vec<AuthorCount> = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        if authors.last().is_none_or(|last| last.name != name) {
            authors.push(AuthorCount { name, ..AuthorCount::default() });
        }
        let Some(author) = authors.last_mut() else { continue };
        let n = row.get(2)?;
        match row.get::<_, String>(1)?.as_str() {
            "person" => author.written = n,
            "model" => author.generated = n,
            "ranking" => author.rankings = n,
            _ => author.flags = n,
        }
    }
    Ok(authors)
}
