//! How far the values of a facet have come.

use crate::store::{FacetCount, ValueCount};

/// A value with its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueCoverage {
    /// The value.
    pub name: String,
    /// Usable examples that carry it.
    pub usable: u64,
    /// How many are wanted.
    pub target: u64,
}

/// How far a value has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing is usable.
    Empty,
    /// Less than half of what is wanted.
    Thin,
    /// Less than what is wanted.
    Short,
    /// What is wanted.
    Met,
    /// More than one and a half times what is wanted.
    Over,
}

impl ValueCoverage {
    /// How many are missing.
    pub fn missing(&self) -> u64 {
        self.target.saturating_sub(self.usable)
    }

    /// n / t; 1 where nothing is wanted.
    pub fn share(&self) -> f64 {
        share(self.usable, self.target)
    }

    /// How far it has come.
    pub fn reach(&self) -> Reach {
        match (self.usable, self.target) {
            (0, 1..) => Reach::Empty,
            (n, t) if n * 2 < t => Reach::Thin,
            (n, t) if n < t => Reach::Short,
            (n, t) if n * 2 > t * 3 => Reach::Over,
            _ => Reach::Met,
        }
    }
}

/// A facet of which some values have targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCoverage {
    /// The facet.
    pub name: String,
    /// Its values with a target, in their order.
    pub values: Vec<ValueCoverage>,
    /// How many values it has in all.
    pub of: usize,
}

impl FacetCoverage {
    /// The coverage of a facet; `None` where none of its values has a target.
    pub fn of(facet: &FacetCount) -> Option<Self> {
        Self::counting(facet, ValueCount::usable)
    }

    /// The same with what else is counted of each value in place of what is usable.
    pub fn counting(facet: &FacetCount, count: impl Fn(&ValueCount) -> u64) -> Option<Self> {
        let wanted = |value: &ValueCount| {
            let target = value.target.filter(|&target| target > 0)?;
            Some(ValueCoverage { name: value.name.clone(), usable: count(value), target: target.into() })
        };
        let values: Vec<_> = facet.values.iter().filter_map(wanted).collect();
        (!values.is_empty()).then(|| Self { name: facet.name.clone(), values, of: facet.values.len() })
    }

    /// Σ t.
    pub fn wanted(&self) -> u64 {
        self.values.iter().map(|value| value.target).sum()
    }

    /// Σ min(n, t).
    pub fn reached(&self) -> u64 {
        self.values.iter().map(|value| value.usable.min(value.target)).sum()
    }

    /// Σ min(n, t) / Σ t.
    pub fn share(&self) -> f64 {
        share(self.reached(), self.wanted())
    }

    /// Σ max(0, t − n).
    pub fn missing(&self) -> u64 {
        self.values.iter().map(ValueCoverage::missing).sum()
    }

    /// How many values have not reached their target.
    pub fn short_values(&self) -> usize {
        self.values.iter().filter(|value| value.missing() > 0).count()
    }

    /// The value of which the largest share is missing, by its place in `values`; of equals that of which most
    /// are; of those the first. It is the order in which gaps are filled (`curation::gaps`).
    pub fn largest_gap(&self) -> Option<usize> {
        let gaps = self.values.iter().enumerate().filter(|(_, value)| value.missing() > 0);
        let lacking = |value: &ValueCoverage| share(value.missing(), value.target);
        gaps.rev()
            .max_by(|(_, one), (_, other)| {
                lacking(one).total_cmp(&lacking(other)).then(one.missing().cmp(&other.missing()))
            })
            .map(|(at, _)| at)
    }
}

#[allow(clippy::cast_precision_loss)]
// Counts stay far below 2^52.
pub(super) fn share(of: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { of as f64 / whole as f64 }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::Status;

    fn facet(values: &[(&str, Option<u32>, u64)]) -> FacetCount {
        let value = |&(name, target, usable): &(&str, Option<u32>, u64)| ValueCount {
            name: name.to_owned(),
            target,
            share: None,
            by_status: vec![(Status::Approved, usable), (Status::Pending, 1_000)],
        };
        FacetCount {
            name: "intent".to_owned(),
            several: false,
            open: false,
            values: values.iter().map(value).collect(),
        }
    }

    #[test]
    fn plenty_of_one_kind_does_not_hide_the_lack_of_another() {
        let coverage = FacetCoverage::of(&facet(&[
            ("refund", Some(150), 286),
            ("lost", Some(150), 9),
            ("other", None, 50),
        ]));
        let coverage = coverage.unwrap();
        assert_eq!((coverage.wanted(), coverage.reached(), coverage.missing()), (300, 159, 141));
        assert!((coverage.share() - 0.53).abs() < 1e-12);
        assert_eq!((coverage.largest_gap(), coverage.short_values(), coverage.of), (Some(1), 1, 3));
    }

    #[test]
    fn values_are_called_by_how_far_they_have_come() {
        let reach = |usable| ValueCoverage { name: String::new(), usable, target: 10 }.reach();
        assert_eq!(
            [0, 4, 5, 9, 10, 15, 16].map(reach),
            [Reach::Empty, Reach::Thin, Reach::Short, Reach::Short, Reach::Met, Reach::Met, Reach::Over]
        );
    }

    #[test]
    fn without_targets_there_is_no_coverage_and_of_equal_gaps_the_first_is_next() {
        assert_eq!(FacetCoverage::of(&facet(&[("a", None, 5), ("b", Some(0), 5)])), None);
        let equal = FacetCoverage::of(&facet(&[("a", Some(5), 5), ("b", Some(5), 1), ("c", Some(5), 1)]));
        assert_eq!(equal.unwrap().largest_gap(), Some(1));
    }
}
