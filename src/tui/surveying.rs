//! Two facets crossed, as the screen of coverage shows them, with what to write next.

use std::collections::HashSet;

use crate::curation::coverage::{FacetCoverage, ValueCoverage};
use crate::curation::gaps::{Card, Gap, Largest, Place, Surveyed, cards, open_gaps};
use crate::curation::richness::Richness;
use crate::curation::tway::{At, Cell, Of, TupleCoverage, TupleWish, pair_coverage, tuple_coverage};
use crate::dataset::{Carried, Derived, DerivedFacet, Result, Side, Survey, Tagged};
use crate::example::{CellWish, Facet, Goal, Status, Tag};

/// Combinations that are missing that are listed: of two values, and of three.
const LISTED: usize = 200;
/// Cards of what to write next.
const CARDS: usize = 8;
/// Pairs that nobody has written yet of which is told that they would be the first.
const PAIRS: usize = 20_000;
/// The list of cards is the same as long as the counts are.
const SEED: u64 = 1;

/// What the surveyor can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Two facets crossed.
    Cross(Crossed),
    /// What is lacking, of pairs of values too.
    Lacking,
}

/// What is lacking, as the screen of writing knows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lacking {
    /// What is known beside the live counts.
    pub surveyed: Surveyed,
    /// The tags of the example that is best written next; none where nothing is missing.
    pub card: Vec<Tag>,
}

impl Lacking {
    /// What a survey says.
    pub fn of(survey: &Survey) -> Self {
        let card = to_write(survey).into_iter().next().map(|card| card.tags).unwrap_or_default();
        Self { surveyed: Surveyed { unseen: unseen_pairs(survey), largest: largest(survey) }, card }
    }
}

/// The tag of a value.
fn tag_of(facets: &[Facet], at: At) -> Option<Tag> {
    let facet = facets.get(at.facet)?;
    Some(Tag::new(&facet.name, &facet.values.get(usize::from(at.value))?.name))
}

/// The largest gap, whatever waits for it.
fn largest(survey: &Survey) -> Option<Largest> {
    let facets = &survey.tagged().facets;
    let wanted = survey.tagged().wanted(1);
    // what is wanted was just read from the same facets, so it fits
    let gaps = open_gaps(&wanted, survey.usable(), None, 1).unwrap_or_default();
    let gap = gaps.first()?;
    let queued = survey.queued();
    let (ats, waiting) = match gap.place {
        Place::Value(at) => (vec![at], queued.single(at)),
        Place::Pair(cell) => (vec![cell.first, cell.second], queued.pair(cell)),
    };
    let tags = ats.into_iter().filter_map(|at| tag_of(facets, at)).collect();
    Some(Largest { tags, missing: gap.missing().into(), waiting: waiting.into() })
}

/// The pairs that no usable example carries, of facets that something is asked of.
fn unseen_pairs(survey: &Survey) -> HashSet<(Tag, Tag)> {
    let facets = &survey.tagged().facets;
    let is_asked = |at: At| facets.get(at.facet).is_some_and(Facet::is_asked_for);
    let usable = survey.usable();
    let pairs = usable
        .grid()
        .all()
        .zip(usable.cells())
        .filter(|(cell, n)| **n == 0 && is_asked(cell.first) && is_asked(cell.second));
    let tags = |cell: Cell| Some((tag_of(facets, cell.first)?, tag_of(facets, cell.second)?));
    pairs.filter_map(|(cell, _)| tags(cell)).take(PAIRS).collect()
}

/// Which facets are crossed, by their names. Where none is named it is the first ones that have targets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crossed {
    /// Down the side.
    pub rows: Option<String>,
    /// Along the top.
    pub columns: Option<String>,
}

/// A facet of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// Its name.
    pub facet: String,
    /// Its values with their counts.
    pub values: Vec<Line>,
    /// Which one it is where it is read off the examples: its values can't be set or changed.
    pub derived: Option<DerivedFacet>,
}

/// A value of a facet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// How many usable examples carry it, and how many that are not discarded.
    pub count: Count,
}

/// How many examples there are, and how many are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Submitted or approved.
    pub usable: u32,
    /// Not discarded.
    pub kept: u32,
    /// Wanted; 0 where nobody said.
    pub wanted: u32,
    /// What somebody said of this cell in particular.
    pub wish: Option<CellWish>,
}

impl Count {
    /// How many are missing.
    pub fn missing(self) -> u32 {
        self.wanted.saturating_sub(self.usable)
    }

    /// Whether a larger share is missing here; where it is the same, whether more are.
    fn lacks_more_than(self, other: Self) -> bool {
        let share = |one: Self, of: Self| u64::from(one.missing()) * u64::from(of.wanted);
        (share(self, other), self.missing()) > (share(other, self), other.missing())
    }

    /// Whether there can be none.
    pub fn is_never(self) -> bool {
        self.wish == Some(CellWish::Never)
    }
}

/// An example to write next.
#[derive(Debug, Clone, PartialEq)]
pub struct ToWrite {
    /// Its tags.
    pub tags: Vec<Tag>,
    /// How many more.
    pub more: u32,
    /// Why.
    pub reason: String,
}

/// Two facets crossed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Crossing {
    /// Every facet by its name.
    pub facets: Vec<String>,
    /// The derived ones, by the names that they are called by here, with what they are.
    pub derived: Vec<(String, &'static str)>,
    /// The facet down the side.
    pub rows: Axis,
    /// The facet along the top, where there is a second one.
    pub columns: Axis,
    /// What is counted where they cross, row by row.
    pub cells: Vec<Vec<Count>>,
    /// What is said of all facets together; `None` as long as that is being reckoned.
    pub overall: Option<Overall>,
}

/// What is said of all facets together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Overall {
    /// What to write next.
    pub to_write: Vec<ToWrite>,
    /// Pairs of values: how many there can be, and how many some usable example carries.
    pub pairs: (u64, u64),
    /// The same of three values together, of those facets.
    pub triples: Option<(Vec<String>, u64, u64)>,
    /// Some of the pairs, and of three values together, that no usable example has.
    pub missing: Vec<Vec<Tag>>,
    /// How many examples are usable, and how many are wanted altogether, where that was said.
    pub goal: Option<(u64, Goal)>,
    /// What is estimated of kinds that were never seen, of open facets.
    pub unseen: Vec<String>,
}

impl Overall {
    /// Reckons it. The search for what to write takes longer than anything else that is shown.
    pub fn of(survey: &Survey) -> Self {
        let facets = survey.tagged().facets.iter().enumerate();
        let pairs = pair_coverage(survey.usable(), survey.tagged().forbidden(), 1, LISTED);
        let triples = triples(survey);
        let missing = pairs.missing.iter().chain(triples.iter().flat_map(|(_, told)| &told.missing));
        Self {
            to_write: to_write(survey),
            pairs: (pairs.possible(), pairs.satisfied()),
            missing: missing.filter_map(|tuple| tags_of(&survey.tagged().facets, &tuple.values)).collect(),
            triples: triples.map(|(facets, told)| (facets, told.possible(), told.satisfied())),
            goal: survey.tagged().goal(),
            unseen: facets.filter_map(|(at, facet)| unseen(survey, at, facet)).collect(),
        }
    }
}

impl Crossing {
    /// Crosses two facets of a survey, without what is said of all together; the derived ones are there where
    /// [`Crossed::names_derived`] says that one of them is asked for.
    pub fn of(survey: &Survey, derived: Option<&Derived>, crossed: &Crossed) -> Self {
        let facets = &survey.tagged().facets;
        let (rows, columns) = chosen(facets, derived, crossed);
        let (rows_axis, columns_axis, cells) = match (rows, columns, derived) {
            (Some(down), across, Some(derived)) if is_derived(down) || across.is_some_and(is_derived) => {
                with_derived(survey, derived, down, across)
            }
            _ => own_only(survey, own(rows), own(columns)),
        };
        Self {
            facets: facets.iter().map(|facet| facet.name.clone()).collect(),
            derived: derived_of(facets),
            rows: rows_axis,
            columns: columns_axis,
            cells,
            overall: None,
        }
    }

    /// Crosses two facets of tags that were not counted yet: counts only those two.
    pub fn first(tagged: &Tagged, crossed: &Crossed) -> Result<Self> {
        let (rows, columns) = chosen(&tagged.facets, None, crossed);
        let (rows, columns) = (own(rows), own(columns));
        let places: Vec<usize> = rows.into_iter().chain(columns).collect();
        let only = Survey::counted(tagged.only(&places)?)?;
        let name = |at: Option<usize>| at.and_then(|at| Some(tagged.facets.get(at)?.name.clone()));
        let crossing = Self::of(&only, None, &Crossed { rows: name(rows), columns: name(columns) });
        Ok(Self {
            facets: tagged.facets.iter().map(|facet| facet.name.clone()).collect(),
            derived: derived_of(&tagged.facets),
            ..crossing
        })
    }

    /// What to write next, as far as it is reckoned.
    pub fn to_write(&self) -> &[ToWrite] {
        self.overall.as_ref().map_or(&[], |overall| &overall.to_write)
    }

    /// The cell in which the largest share is missing, by row and column; of equals that in which most are, of
    /// those the first.
    pub fn largest_gap(&self) -> Option<(usize, usize)> {
        let mut largest: Option<(Count, (usize, usize))> = None;
        for (row, cells) in self.cells.iter().enumerate() {
            for (column, count) in cells.iter().enumerate().filter(|(_, count)| count.missing() > 0) {
                if largest.is_none_or(|(most, _)| count.lacks_more_than(most)) {
                    largest = Some((*count, (row, column)));
                }
            }
        }
        largest.map(|(_, place)| place)
    }
}

impl Crossed {
    /// Whether one of them is read off the examples, in a dataset of these facets.
    pub fn names_derived(&self, facets: &[Facet]) -> bool {
        let is_derived =
            |name: &Option<String>| name.as_deref().is_some_and(|name| derived_named(name, facets).is_some());
        is_derived(&self.rows) || is_derived(&self.columns)
    }
}

fn derived_named(name: &str, facets: &[Facet]) -> Option<DerivedFacet> {
    DerivedFacet::named(name, facets.iter().map(|facet| facet.name.as_str()))
}

fn called(facet: DerivedFacet, facets: &[Facet]) -> String {
    facet.called(facets.iter().map(|facet| facet.name.as_str()))
}

fn is_derived(side: Side) -> bool {
    matches!(side, Side::Derived(_))
}

/// The place of one of the dataset's own facets.
fn own(side: Option<Side>) -> Option<usize> {
    match side {
        Some(Side::Own(at)) => Some(at),
        _ => None,
    }
}

/// The derived facets, by the names that they are called by in a dataset of these facets, with what they are.
fn derived_of(facets: &[Facet]) -> Vec<(String, &'static str)> {
    DerivedFacet::ALL.iter().map(|facet| (called(*facet, facets), facet.about())).collect()
}

/// The facets that are meant.
fn chosen(facets: &[Facet], derived: Option<&Derived>, crossed: &Crossed) -> (Option<Side>, Option<Side>) {
    let named = |name: &Option<String>| {
        let name = name.as_deref()?;
        let own = facets.iter().position(|facet| facet.name == name).map(Side::Own);
        own.or_else(|| derived.and_then(|_| derived_named(name, facets).map(Side::Derived)))
    };
    // those with targets first
    let mut usual: Vec<usize> = (0..facets.len()).collect();
    usual.sort_by_key(|at| facets.get(*at).map(|facet| !facet.has_targets()));
    let mut usual = usual.into_iter().map(Side::Own);
    let rows = named(&crossed.rows).or_else(|| usual.clone().next());
    let other = |side: &Side| Some(*side) != rows;
    let columns = named(&crossed.columns).filter(other).or_else(|| usual.find(other));
    (rows, columns)
}

/// Two facets that people set, as they are kept counted.
fn own_only(survey: &Survey, rows: Option<usize>, columns: Option<usize>) -> (Axis, Axis, Vec<Vec<Count>>) {
    let axis = |at: Option<usize>| at.map(|at| axis(survey, at)).unwrap_or_default();
    let (rows_axis, columns_axis) = (axis(rows), axis(columns));
    let cells = match (rows, columns) {
        (Some(down), Some(across)) => cells(survey, (down, &rows_axis), (across, &columns_axis)),
        _ => Vec::new(),
    };
    (rows_axis, columns_axis, cells)
}

/// Two facets of which one is derived, counted now. Nothing is wanted where they cross: nobody sets targets
/// for what is read off.
fn with_derived(
    survey: &Survey,
    derived: &Derived,
    rows: Side,
    columns: Option<Side>,
) -> (Axis, Axis, Vec<Vec<Count>>) {
    let tagged = survey.tagged();
    let table = derived.table(tagged, rows, columns);
    let count =
        |carried: Carried| Count { usable: carried.usable, kept: carried.kept, wanted: 0, wish: None };
    let axis = |side: Side, counted: &[Carried]| match side {
        Side::Own(at) => {
            let axis = axis(survey, at);
            let places = (0..axis.values.len()).collect();
            (axis, places)
        }
        Side::Derived(facet) => {
            let places: Vec<usize> = derived.shown(facet, counted, |carried| carried.kept);
            let line = |at: &usize| Line {
                name: derived.values(facet).get(*at).cloned().unwrap_or_default(),
                count: counted.get(*at).copied().map(count).unwrap_or_default(),
            };
            let values = places.iter().map(line).collect();
            (Axis { facet: called(facet, &tagged.facets), values, derived: Some(facet) }, places)
        }
    };
    let (rows_axis, down) = axis(rows, &table.rows);
    let (columns_axis, across) =
        columns.map_or((Axis::default(), Vec::new()), |side| axis(side, &table.columns));
    let cell = |row: usize, column: usize| {
        let cell = table.cells.get(row).and_then(|cells| cells.get(column));
        cell.copied().map(count).unwrap_or_default()
    };
    let cells = down.iter().map(|row| across.iter().map(|column| cell(*row, *column)).collect()).collect();
    (rows_axis, columns_axis, cells)
}

fn axis(survey: &Survey, at: usize) -> Axis {
    let Some(facet) = survey.tagged().facets.get(at) else { return Axis::default() };
    let targets = survey.tagged().targets(at);
    let line = |(code, value): (u16, &crate::example::FacetValue)| {
        let place = At::new(at, code);
        let count = Count {
            usable: survey.usable().single(place),
            kept: survey.kept().single(place),
            wanted: targets.get(usize::from(code)).copied().unwrap_or(0),
            wish: None,
        };
        Line { name: value.name.clone(), count }
    };
    let values = (0..).zip(&facet.values).map(line).collect();
    Axis { facet: facet.name.clone(), values, derived: None }
}

/// What is counted where two facets cross. Wanted is what was said of the cell; of the others what the row
/// wants beyond that, shared out as the columns want it. Where a row or the columns want nothing, an example
/// of each is.
fn cells(
    survey: &Survey,
    (down, rows): (usize, &Axis),
    (across, columns): (usize, &Axis),
) -> Vec<Vec<Count>> {
    let count = |(row_code, row): (u16, &Line)| {
        let places: Vec<Option<Cell>> = (0..)
            .zip(&columns.values)
            .map(|(code, _)| Cell::new(At::new(down, row_code), At::new(across, code)).ok())
            .collect();
        let wishes: Vec<_> = places.iter().map(|cell| survey.tagged().wish((*cell)?)).collect();
        let shared = shared_out(row.count.wanted, columns, &wishes);
        let counted = places.iter().zip(wishes).zip(shared).map(|((cell, wish), shared)| Count {
            usable: cell.map_or(0, |cell| survey.usable().pair(cell)),
            kept: cell.map_or(0, |cell| survey.kept().pair(cell)),
            wanted: wish.map_or(shared, CellWish::number),
            wish,
        });
        counted.collect()
    };
    (0..).zip(&rows.values).map(count).collect()
}

/// What a row wants of the columns of which nothing in particular is wanted in it.
fn shared_out(row: u32, columns: &Axis, wishes: &[Option<CellWish>]) -> Vec<u32> {
    let all_of = |is: fn(&Option<CellWish>) -> bool| -> u64 {
        let columns = columns.values.iter().zip(wishes).filter(|(_, wish)| is(wish));
        columns.map(|(column, _)| u64::from(column.count.wanted)).sum()
    };
    let (all, open) = (all_of(|_| true), all_of(Option::is_none));
    let said: u64 = wishes.iter().flatten().map(|wish| u64::from(wish.number())).sum();
    let rest = u64::from(row).saturating_sub(said);
    let wanted = |column: &Line| match open {
        _ if all == 0 => 1,
        open if row > 0 && open > 0 => {
            let share = rest * u64::from(column.count.wanted);
            u32::try_from((share + open / 2) / open).unwrap_or(u32::MAX)
        }
        _ => u32::from(column.count.wanted > 0),
    };
    columns.values.iter().map(wanted).collect()
}

fn to_write(survey: &Survey) -> Vec<ToWrite> {
    let facets = &survey.tagged().facets;
    let wanted = survey.tagged().wanted(1);
    let names = survey.tagged().names();
    let queued = survey.queued();
    // what is wanted was just read from the same facets, so it fits
    let found = cards(&wanted, survey.usable(), Some(&queued), CARDS * 3, SEED).unwrap_or_default();
    let tag = |card: &Card, at: At| {
        let facet = facets.get(at.facet)?;
        let value = facet.values.get(usize::from(at.value))?;
        // a facet that nobody asks anything of is left to the writer, but where it is asked for beside another
        let is_beside =
            |gap: &Gap| matches!(gap.place, Place::Pair(cell) if cell.first == at || cell.second == at);
        let is_meant = facet.is_asked_for() || card.fills.iter().any(is_beside);
        is_meant.then(|| Tag::new(&facet.name, &value.name))
    };
    let card = |card: &Card| ToWrite {
        tags: card.chosen().into_iter().filter_map(|at| tag(card, at)).collect(),
        more: card.more,
        reason: card.reason(&names),
    };
    let mut all: Vec<ToWrite> = Vec::new();
    for one in found.cards.iter().map(card).filter(|card| !card.tags.is_empty()) {
        // what is proposed again later is one thing to write for who reads it
        match all.iter_mut().find(|there| there.tags == one.tags) {
            Some(there) => there.more += one.more,
            None => all.push(one),
        }
    }
    all.truncate(CARDS);
    all
}

/// How far three values together are covered, of the first three facets that something is asked of; `None` where
/// there are fewer, or they have too many values.
fn triples(survey: &Survey) -> Option<(Vec<String>, TupleCoverage)> {
    let tagged = survey.tagged();
    let asked = tagged.facets.iter().enumerate().filter(|(_, facet)| facet.is_asked_for()).take(3);
    let (places, names): (Vec<usize>, Vec<String>) =
        asked.map(|(at, facet)| (at, facet.name.clone())).unzip();
    if places.len() < 3 {
        return None;
    }
    let wish = TupleWish { of: Of::Facets(places), least: 1, listed: LISTED };
    let told = tuple_coverage(&tagged.those(Status::is_usable), &wish, tagged.forbidden()).ok()?;
    Some((names, told))
}

fn tags_of(facets: &[Facet], values: &[At]) -> Option<Vec<Tag>> {
    let tag = |at: &At| {
        let facet = facets.get(at.facet)?;
        Some(Tag::new(&facet.name, &facet.values.get(usize::from(at.value))?.name))
    };
    values.iter().map(tag).collect()
}

/// What is estimated of the kinds of an open facet that were never seen.
fn unseen(survey: &Survey, at: usize, facet: &Facet) -> Option<String> {
    let codes = 0..u16::try_from(facet.values.len()).ok()?;
    let counts: Vec<u64> = codes.map(|code| survey.kept().single(At::new(at, code)).into()).collect();
    let is_enough = counts.iter().sum::<u64>() >= 30;
    if !facet.open || !is_enough {
        return None;
    }
    let richness = Richness::of(&counts);
    let about = richness.unseen().round();
    (about >= 1.0).then(|| format!("{}: about {about} kinds unseen", facet.name))
}

/// The coverage of an axis.
pub fn coverage_of(axis: &Axis) -> Option<FacetCoverage> {
    let value = |line: &Line| {
        (line.count.wanted > 0).then(|| ValueCoverage {
            name: line.name.clone(),
            usable: line.count.usable.into(),
            target: line.count.wanted.into(),
        })
    };
    let values: Vec<_> = axis.values.iter().filter_map(value).collect();
    (!values.is_empty()).then(|| FacetCoverage { name: axis.facet.clone(), values, of: axis.values.len() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shares_out_what_is_left_beside_what_was_said_of_its_cells() {
        let line = |wanted| Line { count: Count { wanted, ..Count::default() }, ..Line::default() };
        let columns = Axis { values: [60, 30, 10].map(line).into(), ..Axis::default() };
        let shared = |row, wishes: [Option<u32>; 3]| {
            shared_out(row, &columns, &wishes.map(|wish| wish.map(CellWish::from_number)))
        };
        assert_eq!(shared(100, [None, None, None]), [60, 30, 10]);
        assert_eq!(shared(100, [Some(20), None, None])[1..], [60, 20]);
        assert_eq!(shared(100, [Some(0), None, None])[1..], [75, 25]);
        assert_eq!(shared(100, [Some(300), None, None])[1..], [0, 0]);
        assert_eq!(shared(0, [None, None, None]), [1, 1, 1]);
    }
}
