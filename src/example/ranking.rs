//! Rankings: one annotator's order of an example's responses, and the pairs that follow from it.

use std::collections::HashSet;

use uuid::Uuid;

use super::{Standing, Timestamp, new_id};

/// The steps of the strength of a preference, from 1.
pub const STRENGTHS: [&str; 4] = ["barely", "slightly", "clearly", "by far"];

/// One annotator's order. Ties share a tier; what is in no tier and not bad was not placed.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Unique across copies of the dataset.
    pub id: Uuid,
    /// Who ranked.
    pub annotator: String,
    /// From best to worst; responses of one tier are tied.
    pub tiers: Vec<Vec<Uuid>>,
    /// Below the line: worse than every tier, and not to be learned from.
    pub bad: Vec<Uuid>,
    /// The order in which the responses stood on the screen; empty where that is unknown.
    pub presented: Vec<Uuid>,
    /// When it was made.
    pub at: Timestamp,
    /// What was said beside the order.
    pub details: Details,
}

/// What an annotator says beside the order, all of it optional.
#[derive(Debug, Clone, PartialEq)]
pub struct Details {
    /// What the ranking stands for.
    pub standing: Standing,
    /// Why this can't be judged: then there is no order.
    pub cannot: Option<String>,
    /// How much better the best is than the next: 1 to 4, see [`STRENGTHS`].
    pub strength: Option<u8>,
    /// How sure the judge is that the better of two is the better, 0.5 to 1: what models that judge
    /// give. `None`: a choice.
    pub certainty: Option<f64>,
    /// Why, by words of the dataset's list.
    pub reasons: Vec<String>,
    /// Responses rated by criteria.
    pub ratings: Vec<Rating>,
    /// The time spent in milliseconds, pauses left out.
    pub millis: Option<u32>,
}

impl Default for Details {
    fn default() -> Self {
        Self {
            standing: Standing::Own,
            cannot: None,
            strength: None,
            certainty: None,
            reasons: Vec::new(),
            ratings: Vec::new(),
            millis: None,
        }
    }
}

/// How well a response does by one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Which response.
    pub response: Uuid,
    /// The criterion's name.
    pub criterion: String,
    /// From 1, the worst.
    pub value: u8,
}

/// A chosen and a rejected response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The better one.
    pub chosen: Uuid,
    /// The worse one.
    pub rejected: Uuid,
}

/// What makes a ranking one that can't be kept.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RankingError {
    /// Two places for one response.
    #[error("response {0} is placed twice")]
    Twice(Uuid),
    /// A response that the example doesn't have.
    #[error("response {0} is not one of the example's")]
    Unknown(Uuid),
    /// A tier without responses.
    #[error("tier {0} is empty")]
    EmptyTier(usize),
    /// Neither tiers nor bad ones.
    #[error("nothing is placed")]
    Empty,
    /// An order by somebody who can't judge.
    #[error("it says that this can't be judged, and places responses all the same")]
    Undecided,
    /// A number out of its bounds.
    #[error("{what} is {value}; it should be from {least} to {most}")]
    OutOfBounds {
        /// Which.
        what: &'static str,
        /// What it is.
        value: f64,
        /// The least that it can be.
        least: f64,
        /// The most that it can be.
        most: f64,
    },
}

impl Details {
    fn check(&self, responses: &[Uuid]) -> Result<(), RankingError> {
        let bounds = |what, value: Option<f64>, least: f64, most: f64| match value {
            Some(value) if !(least..=most).contains(&value) => {
                Err(RankingError::OutOfBounds { what, value, least, most })
            }
            _ => Ok(()),
        };
        bounds("the strength", self.strength.map(f64::from), 1.0, 4.0)?;
        bounds("the certainty", self.certainty, 0.5, 1.0)?;
        for rating in &self.ratings {
            bounds("a rating", Some(f64::from(rating.value)), 1.0, 100.0)?;
            if !responses.contains(&rating.response) {
                return Err(RankingError::Unknown(rating.response));
            }
        }
        Ok(())
    }
}

impl Ranking {
    /// A ranking made now, with nothing said beside the order.
    pub fn new(annotator: impl Into<String>, tiers: Vec<Vec<Uuid>>) -> Self {
        Self {
            id: new_id(),
            annotator: annotator.into(),
            tiers,
            bad: Vec::new(),
            presented: Vec::new(),
            at: Timestamp::now(),
            details: Details::default(),
        }
    }

    /// Whether the annotator said that this can't be judged.
    pub fn is_abstention(&self) -> bool {
        self.details.cannot.is_some()
    }

    /// Checks that each response is placed once at most, is one of `responses`, that no tier is
    /// empty, and that an order is there unless this can't be judged.
    pub fn check(&self, responses: &[Uuid]) -> Result<(), RankingError> {
        self.details.check(responses)?;
        match (self.tiers.is_empty() && self.bad.is_empty(), self.is_abstention()) {
            (true, false) => return Err(RankingError::Empty),
            (false, true) => return Err(RankingError::Undecided),
            _ => {}
        }
        if let Some(at) = self.tiers.iter().position(Vec::is_empty) {
            return Err(RankingError::EmptyTier(at + 1));
        }
        let mut seen = HashSet::new();
        for &id in self.tiers.iter().flatten().chain(&self.bad) {
            if !responses.contains(&id) {
                return Err(RankingError::Unknown(id));
            }
            if !seen.insert(id) {
                return Err(RankingError::Twice(id));
            }
        }
        Ok(())
    }

    /// The one response above all others, where there is exactly one in the first tier.
    pub fn best(&self) -> Option<Uuid> {
        match self.tiers.first().map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }

    /// Every pair that the order gives, better ones first. Ties give none, nor do two bad ones;
    /// every placed response is better than every bad one.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (at, tier) in self.tiers.iter().enumerate() {
            let worse = self.tiers.iter().skip(at + 1).flatten().chain(&self.bad);
            let worse: Vec<Uuid> = worse.copied().collect();
            for &chosen in tier {
                pairs.extend(worse.iter().map(|&rejected| Pair { chosen, rejected }));
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::new_id;

    fn ranking(tiers: &[&[Uuid]], bad: &[Uuid]) -> Ranking {
        Ranking { bad: bad.to_vec(), ..Ranking::new("ana", tiers.iter().map(|tier| tier.to_vec()).collect()) }
    }

    #[test]
    fn pairs_follow_the_order_and_skip_ties() {
        let [a, b, c, d] = [new_id(), new_id(), new_id(), new_id()];
        let pairs = ranking(&[&[b], &[a, c]], &[d]).pairs();
        let expected = [(b, a), (b, c), (b, d), (a, d), (c, d)];
        assert_eq!(pairs, expected.map(|(chosen, rejected)| Pair { chosen, rejected }));
    }

    #[test]
    fn all_bad_gives_no_pairs_and_is_valid() {
        let [a, b] = [new_id(), new_id()];
        let all_bad = ranking(&[], &[a, b]);
        assert_eq!(all_bad.pairs(), []);
        assert_eq!(all_bad.check(&[a, b]), Ok(()));
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let [a, b, stranger] = [new_id(), new_id(), new_id()];
        assert_eq!(ranking(&[&[a], &[a]], &[]).check(&[a, b]), Err(RankingError::Twice(a)));
        assert_eq!(ranking(&[&[stranger]], &[]).check(&[a, b]), Err(RankingError::Unknown(stranger)));
        assert_eq!(ranking(&[&[a], &[]], &[b]).check(&[a, b]), Err(RankingError::EmptyTier(2)));
        assert_eq!(ranking(&[], &[]).check(&[a, b]), Err(RankingError::Empty));
    }
}
