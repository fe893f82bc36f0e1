//! What the example that somebody is at does to the gaps, in words.

use std::collections::HashSet;

use super::needs::{Need, lacking, needs};
use crate::curation::coverage::Reach;
use crate::curation::coverage::ValueCoverage;
use crate::example::Tag;
use crate::store::FacetCount;

/// What a survey knows beside the live counts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Surveyed {
    /// Pairs of values of facets that something is asked of which no usable example carries, each with the
    /// facet first that comes first.
    pub unseen: HashSet<(Tag, Tag)>,
    /// The largest gap, over values and pairs.
    pub largest: Option<Largest>,
}

/// The largest gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Largest {
    /// The value, or the two values.
    pub tags: Vec<Tag>,
    /// How many examples are missing.
    pub missing: u64,
    /// How many that carry it wait in the queues.
    pub waiting: u64,
}

impl Largest {
    /// The largest gap by the live counts alone.
    fn of(need: &Need) -> Self {
        Self { tags: vec![need.tag.clone()], missing: need.missing(), waiting: need.waiting }
    }

    /// `lost card × fr`.
    pub fn told(&self) -> String {
        self.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>().join(" × ")
    }
}

/// What an example does to one gap, or doesn't.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// It is usable already, and counts for this value.
    Counts {
        /// The facet.
        facet: String,
        /// Usable examples, this one among them.
        usable: u64,
        /// How many are wanted.
        target: u64,
    },
    /// With it the value has what is wanted.
    Closes {
        /// The value.
        value: String,
        /// How many are wanted.
        target: u64,
    },
    /// It brings the value nearer to what is wanted.
    Fills {
        /// The facet.
        facet: String,
        /// Usable examples without it.
        usable: u64,
        /// How many are wanted.
        target: u64,
    },
    /// It would be the first usable one with these two values.
    First {
        /// Of the facet that comes first.
        one: String,
        /// Of the other.
        other: String,
        /// Other pairs of which it would be the first, too.
        more: usize,
    },
    /// There are enough of the value without it.
    Enough {
        /// The value.
        value: String,
        /// Usable examples without it.
        usable: u64,
        /// How many are wanted.
        target: u64,
    },
    /// What would help more.
    Elsewhere(Largest),
    /// It carries no value of which so many are wanted.
    Untold,
}

impl Step {
    /// Whether something is nearer to what is wanted with it.
    pub fn helps(&self) -> bool {
        matches!(self, Self::Closes { .. } | Self::Fills { .. } | Self::First { .. })
    }

    /// What it says: `intent 126 → 127 of 150`.
    pub fn told(&self) -> String {
        match self {
            Self::Counts { facet, usable, target } => format!("{facet} {usable} of {target}"),
            Self::Closes { value, target } => {
                format!("closes the last gap of {value} ({target} of {target})")
            }
            Self::Fills { facet, usable, target } => {
                format!("{facet} {usable} → {} of {target}", usable + 1)
            }
            Self::First { one, other, more: 0 } => format!("the first {one} × {other}"),
            Self::First { one, other, more } => format!("the first {one} × {other}, and {more} more pairs"),
            Self::Enough { value, usable, target } => {
                let count = ValueCoverage { name: String::new(), usable: *usable, target: *target };
                let word = if count.reach() == Reach::Over { "over" } else { "enough" };
                format!("{value} {usable} of {target}: {word}")
            }
            Self::Elsewhere(largest) => {
                format!("{} more {} would close the largest gap", largest.missing, largest.told())
            }
            Self::Untold => "no value here has a target".to_owned(),
        }
    }
}

/// What completing an example with these tags does to the gaps, what matters most first; nothing where
/// nothing is wanted of anything. Of values by the live counts, of pairs by a survey where there is one. `is_counted`
/// says whether the example is usable already. O(values).
pub fn at_hand(
    facets: &[FacetCount],
    tags: &[Tag],
    is_counted: bool,
    surveyed: Option<&Surveyed>,
) -> Vec<Step> {
    let mut wanted: Vec<(f64, &Tag, u64, u64)> = tags.iter().filter_map(|tag| counted(facets, tag)).collect();
    wanted.sort_by(|one, other| other.0.total_cmp(&one.0));
    if is_counted {
        let step = |(_, tag, usable, target): (f64, &Tag, u64, u64)| Step::Counts {
            facet: tag.facet.clone(),
            usable,
            target,
        };
        return wanted.into_iter().map(step).collect();
    }
    let mut steps: Vec<Step> =
        wanted.iter().filter_map(|&(_, tag, usable, target)| fills(tag, usable, target)).collect();
    // what is done with is said before what goes on
    steps.sort_by_key(|step| !matches!(step, Step::Closes { .. }));
    steps.extend(surveyed.and_then(|surveyed| first_of_pairs(&surveyed.unseen, tags)));
    if !steps.is_empty() {
        return steps;
    }
    let largest = largest(facets, surveyed);
    // the one of which there are most too many
    let most = wanted.iter().max_by_key(|(_, _, usable, target)| usable.saturating_sub(*target));
    let enough =
        most.map(|&(_, tag, usable, target)| Step::Enough { value: tag.value.clone(), usable, target });
    let untold = (enough.is_none() && largest.is_some()).then_some(Step::Untold);
    enough.into_iter().chain(untold).chain(largest.map(Step::Elsewhere)).collect()
}

/// The largest gap, where no example that waits would fill it: one has to be begun.
pub fn nothing_waits(facets: &[FacetCount], surveyed: Option<&Surveyed>) -> Option<Largest> {
    largest(facets, surveyed).filter(|largest| largest.waiting == 0)
}

fn largest(facets: &[FacetCount], surveyed: Option<&Surveyed>) -> Option<Largest> {
    match surveyed {
        Some(surveyed) => surveyed.largest.clone(),
        None => needs(facets).first().map(Largest::of),
    }
}

/// What a tag's value lacks, how many there are and how many are wanted; `None` where nobody said.
fn counted<'a>(facets: &[FacetCount], tag: &'a Tag) -> Option<(f64, &'a Tag, u64, u64)> {
    let facet = facets.iter().find(|facet| facet.name == tag.facet)?;
    let value = facet.values.iter().find(|value| value.name == tag.value)?;
    let target = value.target.filter(|target| *target > 0).map(u64::from)?;
    let usable = value.usable();
    Some((lacking(usable, target), tag, usable, target))
}

fn fills(tag: &Tag, usable: u64, target: u64) -> Option<Step> {
    match target.checked_sub(usable)? {
        0 => None,
        1 => Some(Step::Closes { value: tag.value.clone(), target }),
        _ => Some(Step::Fills { facet: tag.facet.clone(), usable, target }),
    }
}

/// The pairs of which an example with these tags would be the first.
fn first_of_pairs(unseen: &HashSet<(Tag, Tag)>, tags: &[Tag]) -> Option<Step> {
    let is_unseen = |one: &Tag, other: &Tag| unseen.contains(&(one.clone(), other.clone()));
    let pairs =
        tags.iter().enumerate().flat_map(|(at, one)| tags.iter().skip(at + 1).map(move |two| (one, two)));
    let found: Vec<(&Tag, &Tag)> = pairs
        .filter_map(|(one, two)| match (is_unseen(one, two), is_unseen(two, one)) {
            (true, _) => Some((one, two)),
            (_, true) => Some((two, one)),
            _ => None,
        })
        .collect();
    let (one, other) = found.first()?;
    let more = found.len() - 1;
    Some(Step::First { one: one.value.clone(), other: other.value.clone(), more })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Status;
    use crate::store::ValueCount;

    fn facets(cancel: u64) -> Vec<FacetCount> {
        let value = |name: &str, target, usable, open| ValueCount {
            name: name.to_owned(),
            target,
            share: None,
            by_status: vec![(Status::Submitted, usable), (Status::Pending, open)],
        };
        let facet =
            |name: &str, values| FacetCount { name: name.to_owned(), several: false, open: false, values };
        vec![
            facet(
                "intent",
                vec![
                    value("refund", Some(150), 286, 4),
                    value("cancel", Some(150), cancel, 9),
                    value("lost card", Some(150), 9, 0),
                    value("pause", None, 3, 1),
                    value("bill", Some(20), 20, 1),
                ],
            ),
            facet("language", vec![value("en", Some(600), 640, 5), value("fr", Some(40), 10, 0)]),
        ]
    }

    fn tags(values: &[&str]) -> Vec<Tag> {
        let facet = |value: &str| if matches!(value, "en" | "fr") { "language" } else { "intent" };
        values.iter().map(|value| Tag::new(facet(value), *value)).collect()
    }

    fn told(cancel: u64, values: &[&str], surveyed: Option<&Surveyed>) -> Vec<String> {
        at_hand(&facets(cancel), &tags(values), false, surveyed).iter().map(Step::told).collect()
    }

    #[test]
    fn one_more_of_what_is_missing_is_counted_what_lacks_most_first() {
        assert_eq!(told(126, &["cancel"], None), ["intent 126 → 127 of 150"]);
        assert_eq!(told(126, &["cancel", "fr"], None), ["language 10 → 11 of 40", "intent 126 → 127 of 150"]);
        // what has enough is not worth a word beside what hasn't
        assert_eq!(told(126, &["cancel", "en"], None), ["intent 126 → 127 of 150"]);
    }

    #[test]
    fn the_last_one_that_is_missing_closes_the_gap_and_that_is_said_first() {
        assert_eq!(
            told(149, &["fr", "cancel"], None),
            ["closes the last gap of cancel (150 of 150)", "language 10 → 11 of 40"]
        );
    }

    #[test]
    fn where_there_is_enough_it_says_what_would_help_more() {
        let elsewhere = "141 more lost card would close the largest gap";
        assert_eq!(told(126, &["refund", "en"], None), ["refund 286 of 150: over", elsewhere]);
        assert_eq!(told(126, &["bill"], None), ["bill 20 of 20: enough", elsewhere]);
        assert_eq!(told(126, &["pause"], None), ["no value here has a target", elsewhere]);
        assert_eq!(told(126, &[], None), ["no value here has a target", elsewhere]);
    }

    #[test]
    fn a_survey_knows_of_pairs_too() {
        let pair = |one: &str, other: &str| (tags(&[one]).remove(0), tags(&[other]).remove(0));
        let surveyed = Surveyed {
            unseen: HashSet::from([pair("refund", "fr"), pair("cancel", "fr")]),
            largest: Some(Largest { tags: tags(&["lost card", "fr"]), missing: 12, waiting: 0 }),
        };
        assert_eq!(
            told(126, &["refund", "en"], Some(&surveyed)),
            ["refund 286 of 150: over", "12 more lost card × fr would close the largest gap"]
        );
        // in whatever order the tags were put on
        assert_eq!(
            told(126, &["fr", "refund"], Some(&surveyed)),
            ["language 10 → 11 of 40", "the first refund × fr"]
        );
        let waits = nothing_waits(&facets(126), Some(&surveyed)).map(|largest| largest.told());
        assert_eq!(waits.as_deref(), Some("lost card × fr"));
    }

    #[test]
    fn what_is_usable_already_is_counted_and_not_once_more() {
        let steps = at_hand(&facets(127), &tags(&["cancel"]), true, None);
        assert_eq!(steps.iter().map(Step::told).collect::<Vec<_>>(), ["intent 127 of 150"]);
        assert!(!steps[0].helps());
    }

    #[test]
    fn without_targets_there_is_nothing_to_say() {
        let mut all = facets(0);
        all.iter_mut().flat_map(|facet| &mut facet.values).for_each(|value| value.target = None);
        assert_eq!(at_hand(&all, &tags(&["refund"]), false, None), []);
        assert_eq!(nothing_waits(&all, None), None);
    }

    #[test]
    fn the_largest_gap_waits_for_nothing_only_where_no_open_example_carries_it() {
        let told = |facets: &[FacetCount]| nothing_waits(facets, None).map(|largest| largest.told());
        let mut all = facets(126);
        assert_eq!(told(&all).as_deref(), Some("lost card"));
        all[0].values[2].by_status.push((Status::Draft, 1));
        assert_eq!(told(&all), None);
    }
}
