//! `goldset coverage`: facets against their targets, crossed facets, and what was never seen together.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::cells;
use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use super::unseen;
use crate::curation::coverage::{Coverage, FacetCoverage, SHARES_OF_NOTHING};
use crate::curation::tway::{At, Cell, Of, Tuple, TupleCoverage, TupleWish, pair_coverage, tuple_coverage};
use crate::dataset::{Carried, CellCount, Derived, DerivedFacet, Reader, Side, Tagged, ValueCount};
use crate::example::{CellWish, Facet, Status, Tag};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;

const EXAMPLES: &str = "\
Examples:
  goldset coverage support.goldset                              each facet against its targets
  goldset coverage support.goldset --cross intent,language      a table of two facets
  goldset coverage support.goldset --cross intent,lang          the second one is read off the examples
  goldset coverage support.goldset --pairs --least 3            which pairs of values lack examples
  goldset coverage support.goldset --triples intent,language,difficulty
  goldset coverage support.goldset --unseen                     what an open list still lacks

Usable are examples that are submitted or approved; --all-statuses counts all that are not
discarded, and calls them kept, as --unseen does in any case (of words, all that the search index has);
in JSON they are under usable too. Coverage of a facet is what is reached of its targets, each value counting at most its
own: plenty of one never hides the lack of another. A pair of values is covered where enough
examples carry both; what is never together is no pair that can be covered.

--cross takes derived facets too, which nobody types: turns, prompt_tokens, response_tokens, lang,
tools, refusal, json, source, author, annotator; where the dataset has a facet of that name, the
derived one is derived:NAME. Their values are those that there are examples of.

--json prints one object: facets [{name, wanted, reached, share, missing, values: [{name, usable,
target, missing}]}], cells [{of, target, never, usable}],
shares_of_nothing (shares are wanted, and there is neither an example nor a goal to take them of); with --cross rows, columns, counts, never
[[row, column]]; with --pairs or --triples possible, covered, share (null where none is possible), groups [{facets, possible,
covered}], missing [{values: {facet: value}, n}]; with --unseen facets and words, each {name, seen,
observed, once, twice, at_least, interval, unseen, covered, new_in_next_100, is_enough}, where at_least
is the classic estimate of Chao (1984) and interval its own, 95 % sure.
Exit code: 0 all is covered that was asked for, 1 something is missing.";

/// Compare facets with their targets, and tell which combinations lack examples
///
/// Without more, each value with a target, how many usable examples it has and how many are missing.
/// With --cross a table of two facets; with --pairs and --triples the combinations of values that have
/// too few examples together, though each alone may have enough.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// A table of two facets, derived ones too
    #[arg(long, value_name = "FACET,FACET", group = "what", value_delimiter = ',')]
    cross: Vec<String>,
    /// The pairs of values, of all facets or of these
    #[arg(long, value_name = "FACETS", group = "what", value_delimiter = ',', num_args = 0..=1, default_missing_value = "")]
    pairs: Option<Vec<String>>,
    /// The triples of values, of all facets or of these three
    #[arg(long, value_name = "FACETS", group = "what", value_delimiter = ',', num_args = 0..=1, default_missing_value = "")]
    triples: Option<Vec<String>>,
    /// How many kinds nobody has seen yet, of open facets and of words
    #[arg(long, group = "what")]
    unseen: bool,
    /// So many examples cover a combination
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    least: u32,
    /// So many combinations, or rows of a table, are shown; 0 stands for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Count all that are not discarded, not only what is usable
    #[arg(long)]
    all_statuses: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Args {
    /// How many rows or combinations are shown.
    const fn shown(&self) -> usize {
        if self.limit == 0 { usize::MAX } else { self.limit }
    }

    /// What those are called that are counted.
    const fn counted(&self) -> &'static str {
        if self.all_statuses { "kept" } else { "usable" }
    }

    fn counts(&self, status: Status) -> bool {
        if self.all_statuses { status != Status::Discarded } else { status.is_usable() }
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    if args.unseen {
        return unseen::run(&reader, args.json, out);
    }
    if args.cross.is_empty() && args.pairs.is_none() && args.triples.is_none() {
        let counts = reader.counts()?;
        if !args.all_statuses {
            return facets_told(&Coverage::of(&counts), &counts.cells, args, out);
        }
        let facets = counts.facets.iter();
        let facets = facets.filter_map(|facet| FacetCoverage::counting(facet, ValueCount::kept)).collect();
        let coverage = Coverage { facets, ..Coverage::of(&counts) };
        let cells = kept_cells(&session.tagged(&reader)?, &counts.cells)?;
        return facets_told(&coverage, &cells, args, out);
    }
    let tagged = session.tagged(&reader)?;
    if !args.cross.is_empty() {
        return cross(&reader, &tagged, args, session, out);
    }
    let (size, named) = match (&args.pairs, &args.triples) {
        (Some(named), _) => (2, named),
        (None, named) => (3, named.as_ref().unwrap_or(&args.cross)),
    };
    combinations(&tagged, size, named, args, out)
}

/// Cells with all examples that are not discarded in place of those that are usable.
fn kept_cells(tagged: &Tagged, cells: &[CellCount]) -> Result<Vec<CellCount>> {
    let counts = tagged.counts(|status| status != Status::Discarded)?;
    let at = |tag: &Tag| {
        let facet = tagged.facet(&tag.facet)?;
        let value = tagged.facets.get(facet)?.values.iter().position(|value| value.name == tag.value)?;
        Some(At::new(facet, u16::try_from(value).ok()?))
    };
    let kept = |there: &CellCount| {
        let [one, other] = there.cell.of();
        let cell = at(one).zip(at(other)).and_then(|(one, other)| Cell::new(one, other).ok());
        let n = cell.map_or(0, |cell| counts.pair(cell));
        CellCount { cell: there.cell.clone(), usable: n.into() }
    };
    Ok(cells.iter().map(kept).collect())
}

/// Whether a cell lacks examples, or has some that can't be.
fn is_amiss(there: &CellCount) -> bool {
    match there.cell.wish {
        CellWish::Never => there.usable > 0,
        CellWish::Count(_) => there.missing() > 0,
    }
}

fn facets_told(coverage: &Coverage, cells: &[CellCount], args: &Args, out: &mut Out) -> Result<Ending> {
    let facets = &coverage.facets;
    let is_short = facets.iter().any(|facet| facet.missing() > 0) || coverage.has_shares_of_nothing;
    let is_amiss = is_short || cells.iter().any(is_amiss);
    if args.json {
        let values = |facet: &FacetCoverage| -> Vec<Value> {
            let value = facet.values.iter().map(|value| {
                json!({
                    "name": value.name, "usable": value.usable, "target": value.target,
                    "missing": value.missing(),
                })
            });
            value.collect()
        };
        let facets: Vec<Value> = facets
            .iter()
            .map(|facet| {
                json!({
                    "name": facet.name, "wanted": facet.wanted(), "reached": facet.reached(),
                    "share": facet.share(), "missing": facet.missing(), "values": values(facet),
                })
            })
            .collect();
        let cells: Vec<Value> = cells.iter().map(cells::as_json).collect();
        let shares_of_nothing = coverage.has_shares_of_nothing;
        out.json(&json!({ "facets": facets, "cells": cells, "shares_of_nothing": shares_of_nothing }))?;
        return Ok(Ending::with_findings(is_amiss));
    }
    if coverage.has_shares_of_nothing {
        out.sentence(SHARES_OF_NOTHING)?;
    } else if facets.is_empty() && cells.is_empty() {
        out.sentence(
            "no value has a target yet; `goldset facets DATASET --change FACET:VALUE --target N` sets one",
        )?;
    }
    for (at, facet) in facets.iter().enumerate() {
        if at > 0 || coverage.has_shares_of_nothing {
            out.line("")?;
        }
        let (reached, wanted) = (thousands(facet.reached()), thousands(facet.wanted()));
        let share = percent::down(facet.share());
        out.heading(&harmless(&format!("{}  {reached} of {wanted} wanted, {share}", facet.name)))?;
        let columns = [
            Column::text("value"),
            Column::number(args.counted()),
            Column::number("target"),
            Column::number("missing"),
        ];
        let row = |value: &crate::curation::coverage::ValueCoverage| {
            let missing = match value.missing() {
                0 => String::new(),
                n => thousands(n),
            };
            vec![value.name.clone(), thousands(value.usable), thousands(value.target), missing]
        };
        out.table_in_full(&columns, &facet.values.iter().map(row).collect::<Vec<_>>())?;
    }
    if !cells.is_empty() {
        if !facets.is_empty() {
            out.line("")?;
        }
        cells::told(cells, args.counted(), out)?;
    }
    Ok(Ending::with_findings(is_amiss))
}

fn place(tagged: &Tagged, name: &str) -> Result<usize> {
    tagged.facet(name.trim()).ok_or_else(|| {
        let known: Vec<&str> = tagged.facets.iter().map(|facet| facet.name.as_str()).collect();
        Failure::Said(format!("there is no facet “{name}”; there are: {}", known.join(", ")))
    })
}

/// A table of two facets: the names of the values, and what is counted.
struct Crossing {
    down: Vec<String>,
    across: Vec<String>,
    counts: Vec<Vec<u32>>,
}

/// The facet of that name: one of the dataset's own, or a derived one.
fn side(tagged: &Tagged, name: &str) -> Result<Side> {
    let name = name.trim();
    let own = || tagged.facets.iter().map(|facet| facet.name.as_str());
    if let Some(at) = tagged.facet(name) {
        return Ok(Side::Own(at));
    }
    DerivedFacet::named(name, own()).map(Side::Derived).ok_or_else(|| {
        let derived = DerivedFacet::ALL.iter().map(|facet| facet.called(own()));
        let known: Vec<String> = own().map(str::to_owned).chain(derived).collect();
        Failure::Said(format!("there is no facet “{name}”; there are: {}", known.join(", ")))
    })
}

fn cross(reader: &Reader, tagged: &Tagged, args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let [one, other] = args.cross.as_slice() else {
        return Err(Failure::Said("a table has two facets: --cross intent,language".to_owned()));
    };
    let (rows, columns) = (side(tagged, one)?, side(tagged, other)?);
    if rows == columns {
        return Err(Failure::Said("a table has two different facets".to_owned()));
    }
    let Crossing { down, across, counts } = if let (Side::Own(rows), Side::Own(columns)) = (rows, columns) {
        crossed(tagged, (rows, columns), args)?
    } else {
        // what is known of them by now is read by a connection that sees it
        let caught_up = session::reader_of_traits(reader.path(), session)?;
        crossed_with_derived(&session.derived(&caught_up)?, tagged, (rows, columns), args)
    };
    let never = match (rows, columns) {
        (Side::Own(rows), Side::Own(columns)) => never(tagged, (rows, down.len()), (columns, across.len())),
        // nobody says what can't be of what is read off
        _ => Vec::new(),
    };
    let is_never = |row: usize, column: usize| never.contains(&(row, column));
    let amiss = |(row, counted): (usize, &Vec<u32>)| {
        counted.iter().enumerate().any(|(column, n)| (*n == 0) != is_never(row, column))
    };
    let is_amiss = counts.iter().enumerate().any(amiss);
    if args.json {
        out.json(&json!({"rows": down, "columns": across, "counts": counts, "never": never}))?;
        return Ok(Ending::with_findings(is_amiss));
    }
    for (side, values) in [(one, &down), (other, &across)] {
        if values.is_empty() {
            out.sentence(harmless(&format!("nothing to cross: no value of {} is there", side.trim())))?;
            return Ok(Ending::with_findings(is_amiss));
        }
    }
    let mut heads = vec![Column::text(one.clone())];
    heads.extend(across.iter().cloned().map(Column::number));
    let row = |(at, (value, counted)): (usize, (&String, &Vec<u32>))| {
        let cells = counted.iter().enumerate().map(|(column, n)| match (*n, is_never(at, column)) {
            (0, true) => "never".to_owned(),
            (n, true) => format!("{}, never", thousands(n.into())),
            (0, false) => "·".to_owned(),
            (n, false) => thousands(n.into()),
        });
        std::iter::once(value.clone()).chain(cells).collect::<Vec<_>>()
    };
    let rows = down.iter().zip(&counts).enumerate().map(row);
    out.table_in_full(&heads, &rows.take(args.shown()).collect::<Vec<_>>())?;
    more(down.len(), args.shown(), "row", out)?;
    Ok(Ending::with_findings(is_amiss))
}

/// Says how many are not shown, where there are more.
fn more(all: usize, shown: usize, what: &str, out: &mut Out) -> Result<()> {
    if let Some(more) = all.checked_sub(shown).filter(|more| *more > 0) {
        let more = plural(more as u64, &format!("more {what}"));
        out.sentence(format!("and {more}; --limit 0 shows all"))?;
    }
    Ok(())
}

/// The cells of two facets that can't be, by row and column.
fn never(
    tagged: &Tagged,
    (rows, down): (usize, usize),
    (columns, across): (usize, usize),
) -> Vec<(usize, usize)> {
    let at = |facet: usize, value: usize| u16::try_from(value).ok().map(|value| At::new(facet, value));
    let places = (0..down).flat_map(|row| (0..across).map(move |column| (row, column)));
    let is_never = |(row, column): &(usize, usize)| {
        let values = at(rows, *row).zip(at(columns, *column));
        values.is_some_and(|(one, other)| tagged.forbidden().forbids(one, other))
    };
    places.filter(is_never).collect()
}

fn crossed(tagged: &Tagged, (rows, columns): (usize, usize), args: &Args) -> Result<Crossing> {
    let counts = tagged.counts(|status| args.counts(status))?;
    let (down, across) = (values(tagged, rows), values(tagged, columns));
    let count = |row: u16, column: u16| {
        let cell = Cell::new(At::new(rows, row), At::new(columns, column));
        cell.map_or(0, |cell| counts.pair(cell))
    };
    let counts = (0..)
        .zip(&down)
        .map(|(row, _)| (0..).zip(&across).map(|(column, _)| count(row, column)).collect())
        .collect();
    Ok(Crossing { down, across, counts })
}

/// Of a derived facet only the values that there are examples of.
fn crossed_with_derived(
    derived: &Derived,
    tagged: &Tagged,
    (rows, columns): (Side, Side),
    args: &Args,
) -> Crossing {
    let table = derived.table(tagged, rows, Some(columns));
    let n = |carried: &Carried| if args.all_statuses { carried.kept } else { carried.usable };
    let shown = |side: Side, counted: &[Carried]| -> Vec<(usize, String)> {
        let (names, places) = match side {
            Side::Own(at) => {
                let names = values(tagged, at);
                let places = (0..names.len()).collect();
                (names, places)
            }
            Side::Derived(facet) => (derived.values(facet).to_vec(), derived.shown(facet, counted, n)),
        };
        places.into_iter().filter_map(|at| Some((at, names.get(at)?.clone()))).collect()
    };
    let (down, across) = (shown(rows, &table.rows), shown(columns, &table.columns));
    let cell =
        |row: usize, column: usize| table.cells.get(row).and_then(|cells| cells.get(column)).map_or(0, n);
    Crossing {
        counts: down
            .iter()
            .map(|(row, _)| across.iter().map(|(column, _)| cell(*row, *column)).collect())
            .collect(),
        down: down.into_iter().map(|(_, name)| name).collect(),
        across: across.into_iter().map(|(_, name)| name).collect(),
    }
}

fn values(tagged: &Tagged, facet: usize) -> Vec<String> {
    let of = |facet: &Facet| facet.values.iter().map(|value| value.name.clone()).collect();
    tagged.facets.get(facet).map(of).unwrap_or_default()
}

fn combinations(
    tagged: &Tagged,
    size: usize,
    named: &[String],
    args: &Args,
    out: &mut Out,
) -> Result<Ending> {
    let named: Vec<&String> = named.iter().filter(|name| !name.trim().is_empty()).collect();
    let facets = named.iter().map(|name| place(tagged, name)).collect::<Result<Vec<_>>>()?;
    if !facets.is_empty() && facets.len() != size {
        let says = if size == 2 { "name two facets, or none" } else { "name three facets, or none" };
        return Err(Failure::Said(says.to_owned()));
    }
    let told = if facets.is_empty() && size == 2 {
        let counts = tagged.counts(|status| args.counts(status))?;
        pair_coverage(&counts, tagged.forbidden(), args.least, args.shown())
    } else {
        let of = if facets.is_empty() { Of::Strength(size) } else { Of::Facets(facets) };
        let wish = TupleWish { of, least: args.least, listed: args.shown() };
        let columns = tagged.those(|status| args.counts(status));
        tuple_coverage(&columns, &wish, tagged.forbidden())
            .map_err(|error| Failure::Said(error.to_string()))?
    };
    combinations_told(tagged, &told, args, out)
}

fn combinations_told(tagged: &Tagged, told: &TupleCoverage, args: &Args, out: &mut Out) -> Result<Ending> {
    let name_of =
        |facet: &usize| tagged.facets.get(*facet).map(|facet| facet.name.clone()).unwrap_or_default();
    let value_of = |at: &At| values(tagged, at.facet).get(usize::from(at.value)).cloned().unwrap_or_default();
    let is_missing = told.satisfied() < told.possible();
    if args.json {
        let groups = told.subsets.iter().map(|subset| {
            json!({
                "facets": subset.facets.iter().map(name_of).collect::<Vec<_>>(),
                "possible": subset.possible, "covered": subset.satisfied,
            })
        });
        let missing = told.missing.iter().map(|tuple| {
            let values: serde_json::Map<String, Value> =
                tuple.values.iter().map(|at| (name_of(&at.facet), json!(value_of(at)))).collect();
            json!({"values": values, "n": tuple.n})
        });
        let share = (told.possible() > 0).then(|| told.share());
        out.json(&json!({
            "possible": told.possible(), "covered": told.satisfied(), "share": share,
            "groups": groups.collect::<Vec<_>>(), "missing": missing.collect::<Vec<_>>(),
        }))?;
        return Ok(Ending::with_findings(is_missing));
    }
    if told.possible() == 0 {
        let so_many = if args.triples.is_some() { "three facets" } else { "two facets" };
        out.sentence(format!("there is no combination to be covered: it takes {so_many} with values"))?;
        return Ok(Ending::Done);
    }
    out.sentence(told.told())?;
    if told.missing.is_empty() {
        return Ok(Ending::with_findings(is_missing));
    }
    out.line("")?;
    let row = |tuple: &Tuple| {
        let named = tuple.values.iter().map(|at| format!("{}:{}", name_of(&at.facet), value_of(at)));
        vec![thousands(tuple.n.into()), named.collect::<Vec<_>>().join("  ")]
    };
    out.table_in_full(
        &[Column::number("has"), Column::text("missing")],
        &told.missing.iter().map(row).collect::<Vec<_>>(),
    )?;
    let missing = usize::try_from(told.possible() - told.satisfied()).unwrap_or(usize::MAX);
    more(missing, told.missing.len(), "combination", out)?;
    Ok(Ending::with_findings(is_missing))
}
