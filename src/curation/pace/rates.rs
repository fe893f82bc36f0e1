//! How fast people are, by the examples that they did last.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Timed, Work};
use crate::curation::cost::labour;

/// What rates are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Each kind of work of each person.
    #[default]
    PersonAndKind,
    /// Each person, whatever they do.
    Person,
    /// Each kind of work, whoever does it.
    Kind,
}

/// How fast something is done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Speed {
    /// Examples an hour: by the median of the last fifty, so that a long one doesn't matter.
    pub per_hour: f64,
    /// The median time of one, in seconds.
    pub median: f64,
    /// The mean time of one, in seconds.
    pub mean: f64,
    /// Of how many that is known: fifty at most.
    pub of: usize,
}

/// How fast a person does a kind of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Who: a place in the list of people; `None`: all.
    pub person: Option<usize>,
    /// What; `None`: whatever they do.
    pub work: Option<Work>,
    /// The examples that were timed, in the order in which they were done; one that was taken up again stands
    /// there again.
    pub examples: Vec<i64>,
    /// The time of all of them, in hours.
    pub hours: f64,
    /// How fast that is; `None` where fewer than five were timed.
    pub speed: Option<Speed>,
}

/// Rates by person, by kind of work, or by both, in the order of people and kinds.
pub fn rates(timed: &[Timed], by: By) -> Vec<Rate> {
    let mut groups: BTreeMap<(Option<usize>, Option<Work>), Vec<&Timed>> = BTreeMap::new();
    for one in timed {
        let key = match by {
            By::PersonAndKind => (Some(one.person), Some(one.work)),
            By::Person => (Some(one.person), None),
            By::Kind => (None, Some(one.work)),
        };
        groups.entry(key).or_default().push(one);
    }
    let rate = |((person, work), group): ((Option<usize>, Option<Work>), Vec<&Timed>)| {
        let seconds: Vec<f64> = group.iter().map(|one| one.seconds).collect();
        let speed = labour(1, &seconds).map(|one| Speed {
            per_hour: one.per_hour,
            median: 3_600.0 / one.per_hour,
            mean: one.hours * 3_600.0,
            of: one.of,
        });
        Rate {
            person,
            work,
            examples: group.iter().map(|one| one.example).collect(),
            hours: seconds.iter().sum::<f64>() / 3_600.0,
            speed,
        }
    };
    groups.into_iter().map(rate).collect()
}
