//! Two facets crossed, as the screen of coverage shows them, with what to write next.

mod fair;
mod families;
mod lacking;
mod overall;

pub use lacking::Lacking;
pub use overall::{Overall, ToWrite};

use crate::curation::coverage::{FacetCoverage, ValueCoverage};
use crate::curation::tway::{At, Cell};
use crate::dataset::{Carried, Derived, DerivedFacet, Result, Side, Survey, Tagged};
use crate::example::{CellWish, Facet, Tag, Target};

/// What the surveyor can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Two facets crossed.
    Cross(Crossed),
    /// What is lacking, of pairs of values too.
    Lacking,
}

/// The tag of a value.
fn tag_of(facets: &[Facet], at: At) -> Option<Tag> {
    let facet = facets.get(at.facet)?;
    Some(Tag::new(&facet.name, &facet.values.get(usize::from(at.value))?.name))
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
    /// Whether none is wanted at all of a value that it is of.
    pub is_unwanted: bool,
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

impl Crossing {
    /// Crosses two facets of a survey, without what is said of all together; the derived ones are there where
    /// [`Crossed::names_derived`] says that one of them is asked for.
    pub fn of(survey: &Survey, derived: Option<&Derived>, crossed: &Crossed) -> Self {
        let facets = &survey.tagged().facets;
        Self::among(facets, survey, derived, chosen(facets, derived, crossed))
    }

    /// Crosses two facets of tags that were not counted yet: counts only those two.
    pub fn first(tagged: &Tagged, derived: Option<&Derived>, crossed: &Crossed) -> Result<Self> {
        let (rows, columns) = chosen(&tagged.facets, derived, crossed);
        let places: Vec<usize> = [own(rows), own(columns)].into_iter().flatten().collect();
        let only = Survey::counted(tagged.only(&places)?)?;
        let among_those = |side: Side| match side {
            Side::Own(at) => places.iter().position(|place| *place == at).map(Side::Own),
            derived @ Side::Derived(_) => Some(derived),
        };
        let sides = (rows.and_then(among_those), columns.and_then(among_those));
        Ok(Self::among(&tagged.facets, &only, derived, sides))
    }

    /// Crosses two facets of a survey that knows all of these facets or some of them.
    fn among(
        facets: &[Facet],
        survey: &Survey,
        derived: Option<&Derived>,
        (rows, columns): (Option<Side>, Option<Side>),
    ) -> Self {
        let (rows_axis, columns_axis, cells) = match (rows, columns, derived) {
            (Some(down), across, Some(derived)) if is_derived(down) || across.is_some_and(is_derived) => {
                with_derived(facets, survey, derived, (down, across))
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
        .in_families()
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
    facets: &[Facet],
    survey: &Survey,
    derived: &Derived,
    (rows, columns): (Side, Option<Side>),
) -> (Axis, Axis, Vec<Vec<Count>>) {
    let table = derived.table(survey.tagged(), rows, columns);
    let count = |carried: Carried| Count { usable: carried.usable, kept: carried.kept, ..Count::default() };
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
            (Axis { facet: called(facet, facets), values, derived: Some(facet) }, places)
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
            is_unwanted: value.target.is_some_and(Target::is_nothing),
        };
        Line { name: value.name.clone(), count }
    };
    let values = (0..).zip(&facet.values).map(line).collect();
    Axis { facet: facet.name.clone(), values, derived: None }
}

/// What is counted where two facets cross, and what is wanted there ([`fair`]).
fn cells(
    survey: &Survey,
    (down, rows): (usize, &Axis),
    (across, columns): (usize, &Axis),
) -> Vec<Vec<Count>> {
    let tagged = survey.tagged();
    let place = |row: u16, column: u16| Cell::new(At::new(down, row), At::new(across, column)).ok();
    let codes = |axis: &Axis| 0..u16::try_from(axis.values.len()).unwrap_or(u16::MAX);
    let wish = |row, column| tagged.wish(place(row, column)?);
    let said: Vec<Vec<Option<u32>>> = codes(rows)
        .map(|row| codes(columns).map(|column| wish(row, column).map(CellWish::number)).collect())
        .collect();
    let of = |axis: &Axis| axis.values.iter().map(|line| line.count.wanted).collect::<Vec<_>>();
    let wanted = fair::wanted(&of(rows), &of(columns), &said);
    let count = |row: u16, column: u16, wanted: u32| {
        let cell = place(row, column);
        let wish = wish(row, column);
        let is_unwanted =
            wish.is_none() && cell.is_some_and(|cell| tagged.forbidden().forbids(cell.first, cell.second));
        Count {
            usable: cell.map_or(0, |cell| survey.usable().pair(cell)),
            kept: cell.map_or(0, |cell| survey.kept().pair(cell)),
            wanted: if is_unwanted { 0 } else { wanted },
            wish,
            is_unwanted,
        }
    };
    let counts = |(row, wanted): (u16, Vec<u32>)| {
        codes(columns).zip(wanted).map(|(column, wanted)| count(row, column, wanted)).collect()
    };
    codes(rows).zip(wanted).map(counts).collect()
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::dataset::{Dataset, Verb};
    use crate::example::{Example, FacetValue, Kind, Prompt, Response, Status, new_id};
    use crate::formats::Definitions;

    fn facet(name: &str, values: &[&str]) -> Facet {
        let value = |name: &&str| FacetValue { id: new_id(), name: (*name).to_owned(), target: None };
        Facet {
            id: new_id(),
            name: name.to_owned(),
            several: false,
            open: false,
            required: false,
            values: values.iter().map(value).collect(),
        }
    }

    #[test]
    fn the_first_table_is_the_one_that_comes_when_everything_is_counted() {
        let folder = tempfile::tempdir().unwrap();
        let facets = vec![facet("tone", &["warm"]), facet("intent", &["a", "b"]), facet("source", &["shop"])];
        let definitions = Definitions { facets, ..Definitions::default() };
        let mut dataset = Dataset::create(&folder.path().join("d.goldset"), "ana", &definitions).unwrap();
        for (intent, said, status) in [
            ("a", "How do I cancel the order?", Status::Approved),
            ("b", "Wie kann ich das stornieren?", Status::Pending),
            ("b", "How do I do that?", Status::Discarded),
        ] {
            let mut example = Example::new(Kind::Sft, Prompt::user(said));
            example.responses = vec![Response::new(None, "{}")];
            example.tags = vec![Tag::new("intent", intent), Tag::new("source", "shop")];
            example.status = status;
            dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        }
        let reader = dataset.reader().unwrap();
        let (tagged, derived) = (reader.tagged().unwrap(), reader.derived().unwrap());
        let survey = Survey::counted(tagged.clone()).unwrap();
        let names = ["intent", "source", "derived:source", "lang", "json"];
        for (rows, columns) in names.iter().flat_map(|rows| names.map(|columns| (*rows, columns))) {
            let crossed = Crossed { rows: Some(rows.to_owned()), columns: Some(columns.to_owned()) };
            let first = Crossing::first(&tagged, Some(&derived), &crossed).unwrap();
            assert_eq!(first, Crossing::of(&survey, Some(&derived), &crossed), "{rows} × {columns}");
            assert_eq!(first.rows.facet, rows);
        }
    }
}
