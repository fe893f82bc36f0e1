//! Where a model fails, from the results of a round: slices with what their training examples tell of why, and
//! what two rounds of the same tests say.

use std::collections::{HashMap, HashSet};

use rusqlite::params_from_iter;

use super::unknown_tags::{unknown_tags, with_unknown};
use super::{Coded, Counts, Error, Likeness, Neighbours, OnProgress, Reader, Result, UnknownTag};
use crate::curation::failures::{
    Cause, Found, Known, Need, Options, Runs, Slice, Worse, cause, share_out, slices, worse_slices,
};
use crate::curation::nearest::DUPLICATE;
use crate::curation::tway::{At, Columns, PairCounts};
use crate::example::{Tag, TestResult, TestTag, Tested};
use crate::query::Filter;
use crate::store;

/// Of new examples each slice that gets any gets so many.
const FEWEST_NEW: u64 = 5;
/// Agreement of fewer examples tells nothing.
const FEWEST_JUDGED: u64 = 5;

/// A slice that fails more than the rest, with what is known of why.
#[derive(Debug, Clone, PartialEq)]
pub struct FailingSlice {
    /// The slice.
    pub slice: Slice,
    /// Its values.
    pub tags: Vec<Tag>,
    /// What is known of its training examples; `None` where the dataset has no such tag, so that nothing can be.
    pub known: Option<Known>,
}

impl FailingSlice {
    /// Why it fails, as far as its training examples tell.
    pub fn cause(&self) -> Option<Cause> {
        self.known.as_ref().map(cause)
    }

    /// The same in words.
    pub fn told_cause(&self) -> &'static str {
        self.cause().map_or("no tag of this dataset: make it one to see why", Cause::told)
    }
}

/// Two rounds of the same tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// How the tests came out that are in both.
    pub runs: Runs,
    /// The slices that got worse, the surest first.
    pub worse: Vec<Worse>,
}

/// Examples that are to be written for a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Siblings {
    /// The tags that they get.
    pub tags: Vec<Tag>,
    /// How many.
    pub n: u32,
    /// Why, as a sentence without its point.
    pub why: String,
}

impl Siblings {
    /// What they are for, as a filter has it.
    pub fn name(&self) -> String {
        name_of(&self.tags)
    }
}

/// `intent:refund language:tr`, as a filter has it.
pub(super) fn name_of(tags: &[Tag]) -> String {
    tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect::<Vec<_>>().join(" ")
}

/// Where a model fails.
#[derive(Debug, Clone)]
pub struct Failing {
    /// The facets by which slices are told, with the values that only tests have.
    pub coded: Coded,
    /// The tags of tests that the dataset has not, those of most tests first.
    pub unknown: Vec<UnknownTag>,
    /// How many slices were large enough to be looked at, how many tests there were, and how many failed.
    pub looked_at: usize,
    /// Tests in all.
    pub tests: u64,
    /// Those that failed.
    pub failures: u64,
    /// How many tests carry tags that were only suggested by their words.
    pub predicted: u64,
    /// The slices, what mending promises most first.
    pub slices: Vec<FailingSlice>,
}

impl Failing {
    /// How many of so many new examples each slice gets: by what is asked of it, and how far it surely fails
    /// more than all; none where it is not for the data, unless that is so of all of them, and none where
    /// examples can't carry its tags.
    pub fn shared_out(&self, budget: u64) -> Vec<u64> {
        let is_for_data =
            |slice: &FailingSlice| slice.cause().is_some_and(|cause| cause != Cause::NotTheData);
        let is_any = self.slices.iter().any(is_for_data);
        let need = |slice: &FailingSlice| Need {
            traffic: match slice.cause() {
                None => 0.0,
                Some(Cause::NotTheData) if is_any => 0.0,
                _ => share(slice.slice.tests, self.tests),
            },
            fails: slice.slice.interval.low,
        };
        let needs: Vec<Need> = self.slices.iter().map(need).collect();
        share_out(budget, &needs, share(self.failures, self.tests), FEWEST_NEW.min(budget).max(1))
    }

    /// What is to be written of so many new examples; slices that get none are left out.
    pub fn siblings(&self, budget: u64) -> Vec<Siblings> {
        let names = self.coded.names();
        let given = self.shared_out(budget);
        let of = |(slice, n): (&FailingSlice, u64)| Siblings {
            tags: slice.tags.clone(),
            n: u32::try_from(n).unwrap_or(u32::MAX),
            why: format!("{}; {}", slice.slice.told(&names), slice.told_cause()),
        };
        self.slices.iter().zip(given).map(of).filter(|siblings| siblings.n > 0).collect()
    }

    /// Whether examples of the dataset can carry all of these tags of a slice.
    pub fn has_all(&self, tags: &[Tag]) -> bool {
        !self.unknown.iter().any(|unknown| !unknown.fits && tags.contains(&unknown.tag))
    }

    /// The values of a slice as tags.
    pub fn tags(&self, values: &[At]) -> Vec<Tag> {
        tags_of(&self.coded, values)
    }
}

fn tags_of(coded: &Coded, values: &[At]) -> Vec<Tag> {
    values.iter().filter_map(|at| coded.tag(*at)).collect()
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn share(of: u64, all: u64) -> f64 {
    of as f64 / all.max(1) as f64
}

fn uncountable(error: &dyn std::fmt::Display) -> Error {
    Error::Uncountable(error.to_string())
}

/// Tests with what they carry.
struct Tests {
    columns: Columns,
    came_out: Vec<bool>,
}

impl Tests {
    fn new<'a>(
        reader: &Reader,
        coded: &Coded,
        tests: impl Iterator<Item = (&'a TestResult, bool)>,
    ) -> Result<Self> {
        let (mut rows, mut came_out) = (Vec::new(), Vec::new());
        for (test, out) in tests {
            let mut tags: Vec<Tag> = test.tags.iter().map(TestTag::tag).collect();
            if let Tested::Example(id) = test.about {
                let carried = store::status_and_tags(&reader.connection, id)?;
                let (_, carried) = carried.ok_or_else(|| Error::NoExample(format!("#{id}")))?;
                tags.extend(carried);
            }
            let mut values = coded.values(&tags);
            values.sort_unstable();
            values.dedup();
            rows.push(values);
            came_out.push(out);
        }
        Ok(Self { columns: coded.columns(&rows)?, came_out })
    }

    fn all(&self) -> Result<PairCounts> {
        PairCounts::of_those(&self.columns, |row| row < self.came_out.len())
            .map_err(|error| uncountable(&error))
    }

    fn those(&self, came_out: bool) -> Result<PairCounts> {
        let is_meant = |row: usize| self.came_out.get(row) == Some(&came_out);
        PairCounts::of_those(&self.columns, is_meant).map_err(|error| uncountable(&error))
    }
}

impl Reader {
    /// The slices in which these tests fail more than in the rest, and why, as far as counts of their training
    /// examples, their flags and the agreement on them tell. Whether these contradict each other takes longer:
    /// [`Reader::seek_contradictions`] asks that.
    pub fn failing(&self, results: &[TestResult], options: &Options) -> Result<Failing> {
        let facets = self.definitions()?.facets;
        let unknown = unknown_tags(&facets, results, options.tests);
        let coded = Coded::new(with_unknown(facets, &unknown));
        let tests = Tests::new(self, &coded, results.iter().map(|test| (test, test.passed)))?;
        let found =
            slices(&tests.all()?, &tests.those(false)?, options).map_err(|error| uncountable(&error))?;
        let is_predicted = |test: &&TestResult| test.tags.iter().any(|tag| tag.predicted.is_some());
        let Found { slices, looked_at, tests, failures } = found;
        let usable = self.to_train_on()?;
        let counts = self.counts()?;
        let mut failing = Failing {
            coded,
            unknown,
            looked_at,
            tests,
            failures,
            predicted: results.iter().filter(is_predicted).count() as u64,
            slices: Vec::with_capacity(slices.len()),
        };
        for slice in slices {
            let tags = failing.tags(&slice.values);
            let known = if failing.has_all(&tags) {
                Some(self.known(&with_tags(usable.clone(), &tags), wanted(&counts, &tags))?)
            } else {
                None
            };
            failing.slices.push(FailingSlice { slice, tags, known });
        }
        Ok(failing)
    }

    /// What two rounds of the same tests say, by the facets that the later one is told by; `None` where no test
    /// is in both.
    pub fn compare_rounds(
        &self,
        coded: &Coded,
        before: &[TestResult],
        after: &[TestResult],
        false_share: f64,
    ) -> Result<Option<Compared>> {
        let was: HashMap<&Tested, bool> = before.iter().map(|test| (&test.about, test.passed)).collect();
        let both: Vec<(&TestResult, bool)> =
            after.iter().filter_map(|test| Some((test, *was.get(&test.about)?))).collect();
        if both.is_empty() {
            return Ok(None);
        }
        let differing = both.iter().filter(|(test, was)| test.passed != *was);
        let differing = Tests::new(self, coded, differing.map(|(test, _)| (*test, test.passed)))?;
        let worse = worse_slices(&differing.those(false)?, &differing.those(true)?, false_share);
        Ok(Some(Compared {
            runs: Runs::of(both.iter().map(|(test, was)| (*was, test.passed))),
            worse: worse.map_err(|error| uncountable(&error))?,
        }))
    }

    /// Looks for training examples of the failing slices that answer like prompts in contradictory ways, and
    /// says anew why they fail. It compares their prompts, which takes seconds where there are many.
    pub fn seek_contradictions(
        &self,
        failing: &mut Failing,
        neighbours: &mut Neighbours,
        on_progress: OnProgress<'_>,
    ) -> Result<()> {
        let usable = self.to_train_on()?;
        let filters: Vec<Filter> =
            failing.slices.iter().map(|slice| with_tags(usable.clone(), &slice.tags)).collect();
        let Some(any) = filters.iter().cloned().reduce(Filter::or) else { return Ok(()) };
        let mut contradictory: Vec<HashSet<i64>> = Vec::new();
        let mut likeness = Likeness::new(self);
        for group in neighbours.duplicates(self, &any, DUPLICATE, on_progress)? {
            if !self.contradictory(&group, &mut likeness)?.is_empty() {
                contradictory.push(group.into_iter().collect());
            }
        }
        if contradictory.is_empty() {
            return Ok(());
        }
        for (slice, filter) in failing.slices.iter_mut().zip(filters) {
            let ids = self.all_ids(&filter)?;
            let is_there = |group: &&HashSet<i64>| ids.iter().any(|id| group.contains(id));
            if let Some(known) = &mut slice.known {
                known.contradictions = contradictory.iter().filter(is_there).count() as u64;
            }
        }
        Ok(())
    }

    /// The training examples of a slice.
    pub fn trained_in(&self, tags: &[Tag]) -> Result<Filter> {
        Ok(with_tags(self.to_train_on()?, tags))
    }

    fn known(&self, of: &Filter, wanted: Option<u64>) -> Result<Known> {
        Ok(Known {
            trained: self.count(of)?,
            wanted,
            suspects: self.count(&of.clone().and(Filter::flag(None)))?,
            contradictions: 0,
            agreement: self.agreement_on(of)?,
        })
    }

    /// How far annotators agree on the examples of a filter, on average; `None` where few were judged by two.
    fn agreement_on(&self, filter: &Filter) -> Result<Option<f64>> {
        let sql = filter.to_sql();
        let query = format!(
            "SELECT count(o.agreement), avg(o.agreement) FROM example e JOIN outcome o ON o.example_id = e.id WHERE {}",
            sql.clause
        );
        let (judged, mean): (u64, Option<f64>) =
            self.connection
                .query_row(&query, params_from_iter(sql.params), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(mean.filter(|_| judged >= FEWEST_JUDGED))
    }
}

fn with_tags(filter: Filter, tags: &[Tag]) -> Filter {
    tags.iter().fold(filter, |filter, tag| filter.and(Filter::tag(tag.facet.as_str(), Some(&tag.value))))
}

/// What is wanted of a single value, or where two meet.
fn wanted(counts: &Counts, tags: &[Tag]) -> Option<u64> {
    match tags {
        [tag] => counts.value(&tag.facet, &tag.value)?.target.map(u64::from),
        [one, other] => {
            let there = counts.cells.iter().find(|there| there.cell.is_of(one, other))?;
            Some(there.wanted())
        }
        _ => None,
    }
}
