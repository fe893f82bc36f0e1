//! Rankings: one annotator's order of an example's responses, and the pairs that follow from it.

use std::collections::HashSet;

use uuid::Uuid;

use super::Timestamp;

/// One annotator's order. Ties share a tier; what is in no tier and not bad was not placed.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
}

impl Ranking {
    /// Checks that each response is placed once at most, is one of `responses`, and that no tier is empty.
    pub fn check(&self, responses: &[Uuid]) -> Result<(), RankingError> {
        if self.tiers.is_empty() && self.bad.is_empty() {
            return Err(RankingError::Empty);
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
        Ranking {
            id: new_id(),
            annotator: "ana".to_owned(),
            tiers: tiers.iter().map(|tier| tier.to_vec()).collect(),
            bad: bad.to_vec(),
            presented: Vec::new(),
            at: Timestamp(0),
        }
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
