//! The derived facets of all examples in memory, a column each, kept up with what people do.
//!
//! Beside [`Tagged`], which has the columns of the facets that people set. Pairs are not kept counted: where
//! a derived facet is crossed with another one, two columns are gone through once.

use std::collections::HashMap;

use rusqlite::Connection;

use super::read_off::{NO, WRITTEN_HERE, YES};
use super::{DerivedFacet, Error, Reader, Result, Tagged};
use crate::curation::tway::NONE;
use crate::example::{Band, Status};
use crate::store::{self, TraitRow};

/// So many changed examples are looked at one by one; where there are more, all is read anew.
const ONE_BY_ONE: usize = 5_000;

/// The derived facets of all examples.
#[derive(Debug, Clone)]
pub struct Derived {
    /// A column for each of [`DerivedFacet::ALL`], in that order.
    columns: Vec<Column>,
    /// The last traits that are in it.
    seq: i64,
}

/// A side of a table: one of the facets that people set, by its place in [`Tagged`], or a derived one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// One that people set.
    Own(usize),
    /// One that is read off.
    Derived(DerivedFacet),
}

/// How many examples carry what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Carried {
    /// Submitted or approved.
    pub usable: u32,
    /// Not discarded.
    pub kept: u32,
}

/// What is counted where two facets cross; a line and a column for each value, in the order of the values.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Each value of the one down the side.
    pub rows: Vec<Carried>,
    /// Each value of the one along the top.
    pub columns: Vec<Carried>,
    /// Row by row.
    pub cells: Vec<Vec<Carried>>,
}

impl Reader {
    /// Reads the derived facets of all examples, which takes the longer the more there are.
    pub fn derived(&self) -> Result<Derived> {
        let snapshot = self.connection.unchecked_transaction()?;
        let mut derived =
            Derived { columns: DerivedFacet::ALL.iter().map(|_| Column::default()).collect(), seq: 0 };
        derived.begin();
        loop {
            let rows = store::traits_after(&snapshot, derived.seq, ONE_BY_ONE)?;
            for row in &rows {
                derived.take(row)?;
            }
            if rows.len() < ONE_BY_ONE {
                break;
            }
        }
        for (example, source) in sources(&snapshot)? {
            derived.column(DerivedFacet::Source).put_one(example, &source)?;
        }
        for facet in [DerivedFacet::Author, DerivedFacet::Annotator] {
            derived.column(facet).put_all(people(&snapshot, facet, None)?)?;
        }
        Ok(derived)
    }

    /// How many examples wait for what is read off them.
    pub fn trait_pending(&self) -> Result<u64> {
        Ok(store::waiting_for_traits(&self.connection)?)
    }
}

impl Derived {
    /// Takes in what was changed since; answers whether that was anything.
    pub fn refresh(&mut self, reader: &Reader) -> Result<bool> {
        let rows = store::traits_after(&reader.connection, self.seq, ONE_BY_ONE + 1)?;
        if rows.len() > ONE_BY_ONE {
            *self = reader.derived()?;
            return Ok(true);
        }
        for row in &rows {
            self.take(row)?;
            let source = source_of(&reader.connection, row.example)?;
            self.column(DerivedFacet::Source).put_one(row.example, &source)?;
            for facet in [DerivedFacet::Author, DerivedFacet::Annotator] {
                let names = people(&reader.connection, facet, Some(row.example))?;
                let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
                self.column(facet).put(row.example, &names)?;
            }
        }
        Ok(!rows.is_empty())
    }

    /// The values of a facet, in the order in which people see them: all that there are or were.
    pub fn values(&self, facet: DerivedFacet) -> &[String] {
        self.columns.get(facet as usize).map_or(&[], |column| column.values.as_slice())
    }

    /// The places of the values that are worth showing where so many are counted: those that there are
    /// examples of; names with the most examples first.
    pub fn shown(&self, facet: DerivedFacet, counted: &[Carried], n: impl Fn(&Carried) -> u32) -> Vec<usize> {
        let n = |at: &usize| counted.get(*at).map_or(0, &n);
        let mut shown: Vec<usize> = (0..self.values(facet).len()).filter(|at| n(at) > 0).collect();
        if facet.is_named() {
            shown.sort_by_key(|at| std::cmp::Reverse(n(at)));
        }
        shown
    }

    /// The values of a facet that an example has.
    pub fn of(&self, facet: DerivedFacet, example: i64) -> Vec<&str> {
        let Some(column) = self.columns.get(facet as usize) else { return Vec::new() };
        let values = column.codes(example).iter().filter_map(|code| column.values.get(usize::from(*code)));
        values.map(String::as_str).collect()
    }

    /// Counts two facets crossed, or one alone, in one go through all examples.
    pub fn table(&self, tagged: &Tagged, rows: Side, columns: Option<Side>) -> Table {
        let height = self.kinds(tagged, rows);
        let width = columns.map_or(0, |side| self.kinds(tagged, side));
        let mut table = Table {
            rows: vec![Carried::default(); height],
            columns: vec![Carried::default(); width],
            cells: vec![vec![Carried::default(); width]; height],
        };
        for (example, row, status) in tagged.examples().filter(|(.., status)| *status != Status::Discarded) {
            let is_usable = status.is_usable();
            let across = columns.map_or(&[][..], |side| self.codes(tagged, side, example, row));
            let count = |carried: Option<&mut Carried>| {
                if let Some(carried) = carried {
                    carried.kept += 1;
                    carried.usable += u32::from(is_usable);
                }
            };
            for &code in across {
                count(table.columns.get_mut(usize::from(code)));
            }
            for &code in self.codes(tagged, rows, example, row) {
                count(table.rows.get_mut(usize::from(code)));
                let Some(cells) = table.cells.get_mut(usize::from(code)) else { continue };
                for &other in across {
                    count(cells.get_mut(usize::from(other)));
                }
            }
        }
        table
    }

    fn kinds(&self, tagged: &Tagged, side: Side) -> usize {
        match side {
            Side::Own(at) => tagged.facets.get(at).map_or(0, |facet| facet.values.len()),
            Side::Derived(facet) => self.values(facet).len(),
        }
    }

    fn codes<'a>(&'a self, tagged: &'a Tagged, side: Side, example: i64, row: usize) -> &'a [u16] {
        match side {
            Side::Own(at) => tagged.columns().as_slice().get(at).map_or(&[], |column| column.row(row)),
            Side::Derived(facet) => {
                self.columns.get(facet as usize).map_or(&[], |column| column.codes(example))
            }
        }
    }

    /// The values that are there from the start, in their order.
    fn begin(&mut self) {
        for facet in DerivedFacet::ALL {
            let values = match facet {
                DerivedFacet::Turns => Band::TURNS.iter().map(ToString::to_string).collect(),
                DerivedFacet::PromptTokens | DerivedFacet::ResponseTokens => {
                    Band::TOKENS.iter().map(ToString::to_string).collect()
                }
                DerivedFacet::Tools | DerivedFacet::Refusal | DerivedFacet::Json => {
                    vec![YES.to_owned(), NO.to_owned()]
                }
                _ => Vec::new(),
            };
            self.column(*facet).begin(facet.name(), values);
        }
    }

    fn column(&mut self, facet: DerivedFacet) -> &mut Column {
        let at = facet as usize;
        if at >= self.columns.len() {
            self.columns.resize_with(at + 1, Column::default);
        }
        // there are that many now
        &mut self.columns[at]
    }

    fn take(&mut self, row: &TraitRow) -> Result<()> {
        let example = row.example;
        self.seq = self.seq.max(row.seq);
        self.column(DerivedFacet::Turns).put_code(example, band(Band::TURNS, row.turns));
        self.column(DerivedFacet::PromptTokens).put_code(example, band(Band::TOKENS, row.prompt_tokens));
        self.column(DerivedFacet::Language).put_one(example, &row.language)?;
        self.column(DerivedFacet::Tools).put_code(example, yes_or_no(row.has_tools));
        let answer = row.answer;
        let tokens = answer.map_or(NONE, |answer| band(Band::TOKENS, answer.tokens));
        self.column(DerivedFacet::ResponseTokens).put_code(example, tokens);
        self.column(DerivedFacet::Refusal)
            .put_code(example, answer.map_or(NONE, |answer| yes_or_no(answer.is_refusal)));
        self.column(DerivedFacet::Json)
            .put_code(example, answer.map_or(NONE, |answer| yes_or_no(answer.is_json)));
        Ok(())
    }
}

/// The place of a number's band.
fn band(bands: &[Band], n: u32) -> u16 {
    let at = bands.iter().rposition(|band| band.low <= n).unwrap_or(0);
    u16::try_from(at).unwrap_or(NONE)
}

/// The place of [`YES`] or [`NO`].
fn yes_or_no(is: bool) -> u16 {
    u16::from(!is)
}

/// The values of one facet, and which of them each example has: the number of a list of codes, since the
/// same few lists come again and again.
#[derive(Debug, Clone, Default)]
struct Column {
    name: &'static str,
    values: Vec<String>,
    by_name: HashMap<String, u16>,
    /// Each list of codes that an example has; the first one is empty.
    lists: Vec<Vec<u16>>,
    by_list: HashMap<Vec<u16>, u32>,
    /// By the number of the example.
    rows: Vec<u32>,
}

impl Column {
    fn begin(&mut self, name: &'static str, values: Vec<String>) {
        self.name = name;
        self.by_name = (0..).zip(&values).map(|(code, value)| (value.clone(), code)).collect();
        self.values = values;
        self.lists = vec![Vec::new()];
        self.by_list = HashMap::from([(Vec::new(), 0)]);
    }

    fn codes(&self, example: i64) -> &[u16] {
        let row = usize::try_from(example).ok().and_then(|at| self.rows.get(at));
        row.and_then(|list| self.lists.get(*list as usize)).map_or(&[], Vec::as_slice)
    }

    fn code(&mut self, value: &str) -> Result<u16> {
        if let Some(code) = self.by_name.get(value) {
            return Ok(*code);
        }
        let code = u16::try_from(self.values.len()).ok().filter(|code| *code < NONE).ok_or_else(|| {
            let name = self.name;
            Error::Uncountable(format!(
                "{name} has more than {NONE} values, more than can be counted together"
            ))
        })?;
        self.values.push(value.to_owned());
        self.by_name.insert(value.to_owned(), code);
        Ok(code)
    }

    fn put_code(&mut self, example: i64, code: u16) {
        self.put_list(example, if code == NONE { Vec::new() } else { vec![code] });
    }

    fn put_one(&mut self, example: i64, value: &str) -> Result<()> {
        let code = self.code(value)?;
        self.put_code(example, code);
        Ok(())
    }

    fn put(&mut self, example: i64, values: &[String]) -> Result<()> {
        let mut codes = values.iter().map(|value| self.code(value)).collect::<Result<Vec<_>>>()?;
        codes.sort_unstable();
        codes.dedup();
        self.put_list(example, codes);
        Ok(())
    }

    /// The values of many examples, in whichever order they come.
    fn put_all(&mut self, carried: Vec<(i64, String)>) -> Result<()> {
        let mut coded = Vec::with_capacity(carried.len());
        for (example, value) in carried {
            coded.push((example, self.code(&value)?));
        }
        coded.sort_unstable();
        coded.dedup();
        for codes in coded.chunk_by(|one, other| one.0 == other.0) {
            if let Some((example, _)) = codes.first() {
                self.put_list(*example, codes.iter().map(|(_, code)| *code).collect());
            }
        }
        Ok(())
    }

    fn put_list(&mut self, example: i64, codes: Vec<u16>) {
        let Ok(at) = usize::try_from(example) else { return };
        let known = self.by_list.get(&codes).copied();
        let list = known.unwrap_or_else(|| {
            let list = u32::try_from(self.lists.len()).unwrap_or(0);
            self.lists.push(codes.clone());
            self.by_list.insert(codes, list);
            list
        });
        if at >= self.rows.len() {
            self.rows.resize(at + 1, 0);
        }
        if let Some(row) = self.rows.get_mut(at) {
            *row = list;
        }
    }
}

fn sources(connection: &Connection) -> Result<Vec<(i64, String)>> {
    let mut statement = connection
        .prepare("SELECT e.id, i.source FROM example e LEFT JOIN import i ON i.id = e.import_id")?;
    let rows = statement.query_map([], |row| {
        let source: Option<String> = row.get(1)?;
        Ok((row.get(0)?, said_source(source.as_deref())))
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

fn source_of(connection: &Connection, example: i64) -> Result<String> {
    let mut statement = connection.prepare_cached(
        "SELECT i.source FROM example e JOIN import i ON i.id = e.import_id WHERE e.id = ?1",
    )?;
    let mut rows = statement.query([example])?;
    let source: Option<String> = rows.next()?.map(|row| row.get(0)).transpose()?;
    Ok(said_source(source.as_deref()))
}

fn said_source(source: Option<&str>) -> String {
    source.map_or(WRITTEN_HERE, store::file_name).to_owned()
}

/// Who wrote responses of all examples or of one, or ranked them, each with the example.
fn people(connection: &Connection, facet: DerivedFacet, example: Option<i64>) -> Result<Vec<(i64, String)>> {
    let of = |table: &str| match example {
        Some(_) => format!("{table}.example_id = ?1"),
        None => "?1 IS NULL".to_owned(),
    };
    let sql = if facet == DerivedFacet::Author {
        format!("SELECT r.example_id, r.author FROM response r WHERE r.author IS NOT NULL AND {}", of("r"))
    } else {
        format!(
            "SELECT k.example_id, a.name FROM ranking k JOIN annotator a ON a.id = k.annotator_id WHERE {}",
            of("k")
        )
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([example], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}
