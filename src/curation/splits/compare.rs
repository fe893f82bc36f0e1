//! How splits compare: what is in one and not in the other, and how much of each.
//!
//! A share is that of the examples of its split, so that splits of different sizes compare; the difference
//! of a value is that of its largest share and its smallest over the splits that have examples. A value
//! that the test has and training lacks is what Lanus, Freeman, Kuhn and Kacker (2021) look for in
//! combinations: it is tested, and was never taught.

use crate::example::{Kind, Split, Status};

/// An example with what splits are compared by.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its split.
    pub split: Split,
    /// Its kind.
    pub kind: Kind,
    /// Its status.
    pub status: Status,
    /// Estimated tokens of the prompt.
    pub prompt_tokens: u64,
    /// Estimated tokens of the responses together.
    pub response_tokens: u64,
    /// How many responses say something.
    pub responses: u64,
    /// Its tags: the facet's place, and the value's in the facet.
    pub tags: Vec<(usize, usize)>,
}

/// What is compared of one split.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Side {
    /// How many examples it has.
    pub examples: u64,
    /// How many responses that say something.
    pub responses: u64,
    prompt_tokens: u64,
    response_tokens: u64,
}

impl Side {
    /// The mean length of a prompt in estimated tokens; `None` where there is no example.
    pub fn prompt_length(&self) -> Option<f64> {
        share(self.prompt_tokens, self.examples)
    }

    /// The mean length of a response that says something; `None` where there is none.
    pub fn response_length(&self) -> Option<f64> {
        share(self.response_tokens, self.responses)
    }
}

/// How often something is in each split, in the order of [`Split::ALL`].
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// What it is.
    pub name: String,
    /// How many examples of each split have it.
    pub counts: [u64; 3],
    /// Their shares of the split; `None` where a split has no examples.
    pub shares: [Option<f64>; 3],
}

impl Spread {
    fn new(name: &str, counts: [u64; 3], sides: &[Side; 3]) -> Self {
        let mut shares = [None; 3];
        for ((share_of, count), side) in shares.iter_mut().zip(counts).zip(sides) {
            *share_of = share(count, side.examples);
        }
        Self { name: name.to_owned(), counts, shares }
    }

    /// The largest share less the smallest; 0 where fewer than two splits have examples.
    pub fn difference(&self) -> f64 {
        let shares = || self.shares.into_iter().flatten();
        let (least, most) = (shares().fold(f64::INFINITY, f64::min), shares().fold(0.0, f64::max));
        (most - least).max(0.0)
    }

    /// Whether it is in `one` and, though that has examples, not in `other`.
    pub fn is_only_in(&self, one: Split, other: Split) -> bool {
        let share = |split: Split| self.shares.get(split as usize).copied().flatten();
        share(one).is_some_and(|share| share > 0.0) && share(other).is_some_and(|share| share <= 0.0)
    }
}

/// A facet with its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Facet {
    /// Its name.
    pub name: String,
    /// Its values that are on an example of some split, in their order.
    pub values: Vec<Spread>,
}

impl Facet {
    /// The value whose shares differ most; of equals the first.
    pub fn largest(&self) -> Option<&Spread> {
        self.values.iter().rev().max_by(|a, b| a.difference().total_cmp(&b.difference()))
    }
}

/// How splits compare.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The splits, in the order of [`Split::ALL`].
    pub sides: [Side; 3],
    /// The kinds there are.
    pub kinds: Vec<Spread>,
    /// The statuses there are.
    pub statuses: Vec<Spread>,
    /// The facets of which there are tags.
    pub facets: Vec<Facet>,
}

/// Compares the splits of these examples. `facets` are the names of the facets, each with those of its
/// values.
pub fn compare(rows: &[Row], facets: &[(String, Vec<String>)]) -> Comparison {
    let mut sides = [Side::default(); 3];
    for row in rows {
        let Some(side) = sides.get_mut(row.split as usize) else { continue };
        side.examples += 1;
        side.responses += row.responses;
        side.prompt_tokens += row.prompt_tokens;
        side.response_tokens += row.response_tokens;
    }
    let spread = |name: &str, has: &dyn Fn(&Row) -> bool| {
        let mut counts = [0; 3];
        for row in rows.iter().filter(|row| has(row)) {
            if let Some(count) = counts.get_mut(row.split as usize) {
                *count += 1;
            }
        }
        Some(Spread::new(name, counts, &sides)).filter(|spread| spread.counts != [0; 3])
    };
    let kinds = Kind::ALL.iter().filter_map(|kind| spread(kind.as_str(), &|row| row.kind == *kind));
    let statuses =
        Status::ALL.iter().filter_map(|status| spread(status.as_str(), &|row| row.status == *status));
    Comparison {
        sides,
        kinds: kinds.collect(),
        statuses: statuses.collect(),
        facets: of_facets(rows, facets, &sides),
    }
}

fn of_facets(rows: &[Row], facets: &[(String, Vec<String>)], sides: &[Side; 3]) -> Vec<Facet> {
    let mut counts: Vec<Vec<[u64; 3]>> =
        facets.iter().map(|(_, values)| vec![[0; 3]; values.len()]).collect();
    for row in rows {
        for (facet, value) in &row.tags {
            let count = counts.get_mut(*facet).and_then(|values| values.get_mut(*value));
            if let Some(count) = count.and_then(|counts| counts.get_mut(row.split as usize)) {
                *count += 1;
            }
        }
    }
    let one = |((name, values), counts): (&(String, Vec<String>), Vec<[u64; 3]>)| {
        let values = values.iter().zip(counts).filter(|(_, counts)| *counts != [0; 3]);
        Facet {
            name: name.clone(),
            values: values.map(|(name, counts)| Spread::new(name, counts, sides)).collect(),
        }
    };
    facets.iter().zip(counts).map(one).filter(|facet| !facet.values.is_empty()).collect()
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn share(of: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| of as f64 / whole as f64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn row(split: Split, tokens: u64, tags: &[(usize, usize)]) -> Row {
        Row {
            split,
            kind: Kind::Sft,
            status: Status::Approved,
            prompt_tokens: tokens,
            response_tokens: tokens * 3,
            responses: 2,
            tags: tags.to_vec(),
        }
    }

    #[test]
    fn shares_are_those_of_each_split() {
        let facets = [
            ("intent".to_owned(), ["refund", "cancel", "lost", "never"].map(str::to_owned).to_vec()),
            ("topic".to_owned(), vec!["fees".to_owned()]),
        ];
        let rows = [
            row(Split::Train, 10, &[(0, 0)]),
            row(Split::Train, 20, &[(0, 0)]),
            row(Split::Train, 30, &[(0, 1)]),
            row(Split::Train, 40, &[]),
            row(Split::Test, 8, &[(0, 0)]),
            row(Split::Test, 4, &[(0, 2)]),
        ];
        let comparison = compare(&rows, &facets);
        let [train, validation, test] = comparison.sides;
        assert_eq!((train.examples, validation.examples, test.examples), (4, 0, 2));
        assert_eq!((train.prompt_length(), test.prompt_length()), (Some(25.0), Some(6.0)));
        assert_eq!((train.response_length(), validation.prompt_length()), (Some(37.5), None));
        let [intent] = comparison.facets.as_slice() else { panic!("{:?}", comparison.facets) };
        let [refund, cancel, lost] = intent.values.as_slice() else { panic!("{intent:?}") };
        assert_eq!((refund.counts, refund.shares), ([2, 0, 1], [Some(0.5), None, Some(0.5)]));
        assert_eq!(
            intent.largest().map(|value| (value.name.as_str(), value.difference())),
            Some(("lost", 0.5))
        );
        assert!(cancel.is_only_in(Split::Train, Split::Test) && lost.is_only_in(Split::Test, Split::Train));
        assert!(!cancel.is_only_in(Split::Train, Split::Validation), "that is empty");
        assert_eq!(comparison.kinds[0].shares, [Some(1.0), None, Some(1.0)]);
        assert_eq!((comparison.kinds.len(), comparison.statuses[0].difference()), (1, 0.0));
    }

    #[test]
    fn nothing_compares_to_nothing() {
        let comparison = compare(&[], &[("intent".to_owned(), vec!["refund".to_owned()])]);
        assert_eq!((comparison.facets.len(), comparison.kinds.len()), (0, 0));
        assert_eq!(comparison.sides[0].prompt_length(), None);
    }
}
