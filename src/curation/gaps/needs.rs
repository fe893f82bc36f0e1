//! The values that lack examples, by the live counts alone: what can be asked at any moment.

use crate::curation::numbers::float;
use crate::example::{Status, Tag};
use crate::store::FacetCount;

/// A value of which fewer usable examples are there than are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The facet and the value.
    pub tag: Tag,
    /// Submitted and approved examples that carry it.
    pub usable: u64,
    /// How many are wanted.
    pub target: u64,
    /// Pending ones and drafts that carry it.
    pub waiting: u64,
}

impl Need {
    /// How many are missing.
    pub fn missing(&self) -> u64 {
        self.target.saturating_sub(self.usable)
    }

    /// The share of what is wanted that is missing.
    pub fn lacking(&self) -> f64 {
        lacking(self.usable, self.target)
    }
}

/// `max(0, t − n) / t`; 0 where nothing is wanted.
pub fn lacking(usable: u64, target: u64) -> f64 {
    if target == 0 { 0.0 } else { float(target.saturating_sub(usable)) / float(target) }
}

/// The values that lack examples, the largest gap first: that of which the largest share is missing; of
/// equals the one of which most are; of those the first. O(v log v) for v values.
pub fn needs(facets: &[FacetCount]) -> Vec<Need> {
    let mut needs: Vec<Need> = Vec::new();
    for facet in facets {
        for value in &facet.values {
            let target = value.target.map_or(0, u64::from);
            let waiting: u64 =
                value.by_status.iter().filter(|(status, _)| Status::is_open(*status)).map(|(_, n)| n).sum();
            let need =
                Need { tag: Tag::new(&facet.name, &value.name), usable: value.usable(), target, waiting };
            if need.missing() > 0 {
                needs.push(need);
            }
        }
    }
    needs.sort_by(|one, other| {
        let by_share = other.lacking().total_cmp(&one.lacking());
        by_share.then(other.missing().cmp(&one.missing()))
    });
    needs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ValueCount;

    #[test]
    fn what_lacks_the_largest_share_comes_first_and_what_is_met_does_not_come() {
        let value = |name: &str, target, usable, open| ValueCount {
            name: name.to_owned(),
            target,
            share: None,
            by_status: vec![(Status::Approved, usable), (Status::Draft, open), (Status::Discarded, 1_000)],
        };
        let facet =
            |name: &str, values| FacetCount { name: name.to_owned(), several: false, open: false, values };
        let facets = [
            facet(
                "intent",
                vec![
                    value("refund", Some(150), 286, 3),
                    value("cancel", Some(150), 126, 0),
                    value("lost", Some(10), 4, 2),
                    value("other", None, 0, 9),
                ],
            ),
            facet("language", vec![value("fr", Some(5), 2, 1), value("tr", Some(50), 20, 0)]),
        ];
        let found = needs(&facets);
        let told: Vec<(&str, u64, u64)> =
            found.iter().map(|need| (need.tag.value.as_str(), need.missing(), need.waiting)).collect();
        // three lack the same share: the one that lacks most is the larger gap
        assert_eq!(told, [("tr", 30, 0), ("lost", 6, 2), ("fr", 3, 1), ("cancel", 24, 0)]);
    }
}
