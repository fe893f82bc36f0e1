//! Coverage of pairs and larger tuples of values.

use thiserror::Error;

use super::columns::{Column, Columns};
use super::forbidden::Forbidden;
use super::grid::{At, TooLarge};
use super::pairs::PairCounts;
use crate::curation::numbers::float;
use crate::text::count::thousands;
use crate::text::percent;

/// A combination of values of different facets, and how many examples have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuple {
    /// The values, by facet.
    pub values: Vec<At>,
    /// How many examples have all of them.
    pub n: u32,
}

/// How far the combinations of some facets are covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subset {
    /// Which facets.
    pub facets: Vec<usize>,
    /// How many combinations there can be.
    pub possible: u64,
    /// How many have enough examples.
    pub satisfied: u64,
}

impl Subset {
    /// The share of combinations that have enough examples; 1 where none can be.
    pub fn share(&self) -> f64 {
        share(self.satisfied, self.possible)
    }
}

fn share(of: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { float(of) / float(whole) }
}

/// How far all combinations of t facets are covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TupleCoverage {
    /// How far those of each t facets are.
    pub subsets: Vec<Subset>,
    /// Combinations that lack examples, in order, as many as were to be listed.
    pub missing: Vec<Tuple>,
}

impl TupleCoverage {
    /// How many combinations there can be.
    pub fn possible(&self) -> u64 {
        self.subsets.iter().map(|subset| subset.possible).sum()
    }

    /// How many have enough examples.
    pub fn satisfied(&self) -> u64 {
        self.subsets.iter().map(|subset| subset.satisfied).sum()
    }

    /// The share of all combinations that have enough examples; 1 where none can be.
    pub fn share(&self) -> f64 {
        share(self.satisfied(), self.possible())
    }

    /// How many subsets of facets are wholly covered.
    pub fn full(&self) -> usize {
        self.subsets.iter().filter(|subset| subset.satisfied == subset.possible).count()
    }

    /// What it says.
    pub fn told(&self) -> String {
        if self.possible() == 0 {
            return "there is no combination to be covered: it takes as many facets with values as are told together".to_owned();
        }
        format!(
            "{} of {} combinations ({}) have enough examples; {} of {} groups of facets have all of theirs",
            thousands(self.satisfied()),
            thousands(self.possible()),
            percent::down(self.share()),
            self.full(),
            self.subsets.len()
        )
    }

    /// Adds what was counted of some facets, whose cells lie in the order of their values.
    fn add(&mut self, facets: &[At], counted: &[u32], asked: &Asked) {
        let mut subset =
            Subset { facets: facets.iter().map(|at| at.facet).collect(), possible: 0, satisfied: 0 };
        let mut values: Vec<At> = facets.iter().map(|at| At::new(at.facet, 0)).collect();
        for &n in counted {
            if !asked.is_forbidden(&values) {
                subset.possible += 1;
                if n >= asked.least {
                    subset.satisfied += 1;
                } else if self.missing.len() < asked.listed {
                    self.missing.push(Tuple { values: values.clone(), n });
                }
            }
            // The next one: like the digits of a number, the last one fastest.
            for (at, end) in values.iter_mut().zip(facets).rev() {
                at.value += 1;
                if at.value < end.value {
                    break;
                }
                at.value = 0;
            }
        }
        self.subsets.push(subset);
    }
}

/// Why combinations can't be counted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TupleError {
    /// There are too many of them.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// Not one facet at least, each there and named once.
    #[error(
        "combinations of the facets {0:?} (counted from 0): name one facet at least, each that is there once"
    )]
    Facets(Vec<usize>),
}

/// Which combinations are looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    /// Those of each so many facets.
    Strength(usize),
    /// Those of these facets.
    Facets(Vec<usize>),
}

/// Which combinations are looked at, and what they want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TupleWish {
    /// Which.
    pub of: Of,
    /// How many examples each wants.
    pub least: u32,
    /// How many of those that lack some are listed at most.
    pub listed: usize,
}

/// What is asked of combinations.
struct Asked<'a> {
    forbidden: &'a Forbidden,
    least: u32,
    listed: usize,
}

impl Asked<'_> {
    fn is_forbidden(&self, values: &[At]) -> bool {
        let pairs = || {
            values
                .iter()
                .enumerate()
                .flat_map(|(at, one)| values[at + 1..].iter().map(move |other| (one, other)))
        };
        !self.forbidden.is_empty() && pairs().any(|(one, other)| self.forbidden.forbids(*one, *other))
    }
}

/// How far all pairs of values are covered, each of which wants at least `least` examples; at most `listed`
/// of those that lack some are listed.
pub fn pair_coverage(counts: &PairCounts, forbidden: &Forbidden, least: u32, listed: usize) -> TupleCoverage {
    let asked = Asked { forbidden, least, listed };
    let mut coverage = TupleCoverage::default();
    let grid = counts.grid();
    for (a, b) in grid.pairs() {
        let facets = [a, b].map(|facet| At::new(facet, grid.kinds()[facet]));
        coverage.add(&facets, &counts.cells()[grid.of_pair(a, b)], &asked);
    }
    coverage
}

/// How far the combinations of each so many facets are covered, or of some facets. Three facets have many
/// combinations: of large facets they had better be named.
///
/// # Errors
/// Where some facets have too many combinations to count, are not there or named twice.
pub fn tuple_coverage(
    columns: &Columns,
    wish: &TupleWish,
    forbidden: &Forbidden,
) -> Result<TupleCoverage, TupleError> {
    let asked = Asked { forbidden, least: wish.least, listed: wish.listed };
    let mut coverage = TupleCoverage::default();
    let subsets = match &wish.of {
        Of::Strength(t) => combinations(columns.as_slice().len(), *t),
        Of::Facets(facets) => vec![facets.clone()],
    };
    let all = columns.as_slice().len();
    for facets in subsets {
        let is_new = |at: usize| facets[at] < all && !facets[..at].contains(&facets[at]);
        if facets.is_empty() || !(0..facets.len()).all(is_new) {
            return Err(TupleError::Facets(facets));
        }
        let of: Vec<&Column> = facets.iter().map(|&facet| &columns.as_slice()[facet]).collect();
        let ends: Vec<At> = facets.iter().zip(&of).map(|(facet, of)| At::new(*facet, of.kinds())).collect();
        coverage.add(&ends, &count(&of)?, &asked);
    }
    Ok(coverage)
}

/// How many examples have each combination of values of some facets.
fn count(columns: &[&Column]) -> Result<Vec<u32>, TooLarge> {
    let cells = columns.iter().map(|column| usize::from(column.kinds())).fold(1, usize::saturating_mul);
    let mut counted = vec![0; TooLarge::check(cells)?];
    let rows = columns.first().map_or(0, |column| column.rows());
    let (mut places, mut next) = (Vec::new(), Vec::new());
    for row in 0..rows {
        places.clear();
        places.push(0);
        for column in columns {
            next.clear();
            let kinds = usize::from(column.kinds());
            for &code in column.row(row) {
                next.extend(places.iter().map(|place| place * kinds + usize::from(code)));
            }
            std::mem::swap(&mut places, &mut next);
        }
        for &place in &places {
            counted[place] += 1;
        }
    }
    Ok(counted)
}

/// All choices of `t` of so many, in order.
fn combinations(all: usize, t: usize) -> Vec<Vec<usize>> {
    let mut chosen = vec![Vec::new()];
    for _ in 0..t {
        let longer = |begun: Vec<usize>| {
            let next = begun.last().map_or(0, |last| last + 1);
            (next..all).map(move |one| begun.iter().copied().chain([one]).collect())
        };
        chosen = chosen.into_iter().flat_map(longer).collect();
    }
    chosen
}
