//! Which responses of an example go out: the best one, pairs, verdicts or an order, and how good they
//! must be.

use serde::{Deserialize, Serialize};

use super::Unwritable;
use crate::example::{Agreed, Consensus, Decided, Example, Kind, Pair, Response, Role, Uuid};

/// Which pairs of a ranking go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairMode {
    /// Every pair that is decided.
    #[default]
    All,
    /// The best against the worst alone.
    BestWorst,
    /// Each against the next one down.
    Adjacent,
    /// The best against each of the others.
    BestRest,
}

impl PairMode {
    /// Every mode.
    pub const ALL: &'static [Self] = &[Self::All, Self::BestWorst, Self::Adjacent, Self::BestRest];

    /// The word for it on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::BestWorst => "best-worst",
            Self::Adjacent => "adjacent",
            Self::BestRest => "best-rest",
        }
    }
}

/// What a person says of which responses may go out.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choice {
    /// Which pairs of a ranking.
    pub pairs: PairMode,
    /// The least strength of preference that annotators gave on average, of 1 to 4.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_strength: Option<f64>,
    /// The least share of the votes that a pair, or the best response against each other one, must
    /// have, of ½ to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_agreement: Option<f64>,
    /// The least mean rating that the chosen or best response must have, over all criteria.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_rating: Option<f64>,
    /// The most pairs of an example: the first ones, which are those of its best responses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_pairs: Option<usize>,
    /// Whether responses that were called bad stay out of pairs also as rejected ones.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub without_bad: bool,
}

const NOT_AGREED: Unwritable = Unwritable("too few agree (--min-agreement)");
const NOT_RATED: Unwritable = Unwritable("not rated high enough (--min-rating)");
const NOT_STRONG: Unwritable = Unwritable("the preference is not strong enough (--min-strength)");
const MASKED: Unwritable = Unwritable("its answer is not to be learned from (weight 0)");

impl Choice {
    /// The response to learn from.
    pub(super) fn best<'a>(&self, example: &'a Example) -> Result<&'a Response, Unwritable> {
        let Some(best) = example.best_response().filter(|best| !best.is_blank()) else {
            return Err(Unwritable(if example.responses.iter().all(Response::is_blank) {
                "no response"
            } else if example.kind == Kind::Preference {
                "a preference example without a single best response"
            } else {
                "several responses, none of them ranked best"
            }));
        };
        self.is_strong_enough(example)?;
        self.is_rated_enough(example, best.id)?;
        if let Some(least) = self.min_agreement
            && !example.rankings.is_empty()
        {
            let consensus = Consensus::of(&example.rankings);
            let won = consensus.pairs.iter().filter(|decided| decided.pair.chosen == best.id);
            if won.map(|decided| decided.share).fold(1.0, f64::min) < least {
                return Err(NOT_AGREED);
            }
        }
        Ok(best)
    }

    /// The response to learn from, for formats that can't say that it is not to be learned from.
    pub(super) fn best_unmasked<'a>(&self, example: &'a Example) -> Result<&'a Response, Unwritable> {
        let best = self.best(example)?;
        if is_masked(best) { Err(MASKED) } else { Ok(best) }
    }

    /// The pairs that come of the rankings, are wanted, and teach something, chosen before rejected: a
    /// trainer makes nothing good of a blank one, of two that say the same, or of one that is not to be
    /// learned from.
    pub(super) fn pairs<'a>(
        &self,
        example: &'a Example,
    ) -> Result<Vec<(&'a Response, &'a Response)>, Unwritable> {
        if example.rankings.is_empty() {
            return Err(Unwritable("not ranked"));
        }
        let consensus = Consensus::of(&example.rankings);
        if consensus.is_circular {
            return Err(Unwritable("its rankings lead round in a circle"));
        }
        self.is_strong_enough(example)?;
        let both = |pair: Pair| Some((example.response(pair.chosen)?, example.response(pair.rejected)?));
        let mut pairs = Vec::new();
        let mut reason = Unwritable(if consensus.state == Agreed::Unresolved {
            "its rankings have no majority"
        } else {
            "the ranking gives no pair"
        });
        for decided in self.wanted(&consensus) {
            let Some((chosen, rejected)) = both(decided.pair) else { continue };
            if chosen.is_blank() || rejected.is_blank() {
                reason = Unwritable("a ranked response is blank");
            } else if chosen.text().trim() == rejected.text().trim() {
                reason = Unwritable("the ranking's responses say the same");
            } else if is_masked(chosen) {
                reason = MASKED;
            } else if self.min_agreement.is_some_and(|least| decided.share < least) {
                reason = NOT_AGREED;
            } else if self.is_rated_enough(example, chosen.id).is_err() {
                reason = NOT_RATED;
            } else {
                pairs.push((chosen, rejected));
            }
        }
        pairs.truncate(self.max_pairs.unwrap_or(usize::MAX));
        if pairs.is_empty() { Err(reason) } else { Ok(pairs) }
    }

    /// Responses with what they are worth, good or bad: in a ranking those that only win are good, and
    /// those that only lose, or were called bad, are bad; what stands in the middle is neither. The one
    /// response of an example without rankings is good, unless the file that it came from said otherwise.
    pub(super) fn verdicts<'a>(&self, example: &'a Example) -> Result<Vec<(&'a Response, bool)>, Unwritable> {
        if example.rankings.is_empty() {
            let good = example.metadata.get("label").and_then(serde_json::Value::as_bool).unwrap_or(true);
            return Ok(vec![(self.best_unmasked(example)?, good)]);
        }
        let pairs = self.pairs(example)?;
        let consensus = Consensus::of(&example.rankings);
        let wins = |id: Uuid| consensus.pairs.iter().any(|decided| decided.pair.chosen == id);
        let loses = |id: Uuid| consensus.pairs.iter().any(|decided| decided.pair.rejected == id);
        let mut verdicts: Vec<(&Response, bool)> = Vec::new();
        for response in pairs.iter().flat_map(|(chosen, rejected)| [*chosen, *rejected]) {
            let is_bad = consensus.bad.contains(&response.id);
            let good = match (wins(response.id), loses(response.id)) {
                (true, false) if !is_bad => true,
                (_, true) if is_bad || !wins(response.id) => false,
                _ => continue,
            };
            if !verdicts.iter().any(|(there, _)| there.id == response.id) {
                verdicts.push((response, good));
            }
        }
        if verdicts.is_empty() {
            Err(Unwritable("no response is only good or only bad"))
        } else {
            Ok(verdicts)
        }
    }

    /// Responses in tiers, the best first, with the bad ones as a last tier; at least two tiers.
    pub(super) fn tiers<'a>(&self, example: &'a Example) -> Result<Vec<Vec<&'a Response>>, Unwritable> {
        self.pairs(example)?;
        let consensus = Consensus::of(&example.rankings);
        let tiers = consensus.tiers.iter().map(|tier| {
            let responses = tier.iter().filter_map(|&id| example.response(id));
            let mut responses: Vec<&Response> = responses
                .filter(|one| !(one.is_blank() || self.without_bad && consensus.bad.contains(&one.id)))
                .collect();
            responses.sort_by_key(|one| example.responses.iter().position(|other| other.id == one.id));
            responses
        });
        let tiers: Vec<Vec<&Response>> = tiers.filter(|tier| !tier.is_empty()).collect();
        if tiers.len() < 2 {
            return Err(Unwritable("its rankings make no order of all its responses"));
        }
        Ok(tiers)
    }

    fn wanted(&self, consensus: &Consensus) -> Vec<Decided> {
        let pairs = consensus.pairs.iter().copied();
        let pairs =
            pairs.filter(|decided| !(self.without_bad && consensus.bad.contains(&decided.pair.rejected)));
        let pairs: Vec<Decided> = pairs.collect();
        let loses = |id: Uuid| pairs.iter().any(|other| other.pair.rejected == id);
        let wins = |id: Uuid| pairs.iter().any(|other| other.pair.chosen == id);
        let between = |pair: Pair| {
            pairs.iter().any(|one| {
                let middle = one.pair.rejected;
                one.pair.chosen == pair.chosen
                    && middle != pair.rejected
                    && pairs
                        .iter()
                        .any(|other| other.pair == Pair { chosen: middle, rejected: pair.rejected })
            })
        };
        let is_wanted = |decided: &Decided| match self.pairs {
            PairMode::All => true,
            PairMode::BestWorst => !loses(decided.pair.chosen) && !wins(decided.pair.rejected),
            PairMode::Adjacent => !between(decided.pair),
            PairMode::BestRest => !loses(decided.pair.chosen),
        };
        pairs.iter().copied().filter(is_wanted).collect()
    }

    fn is_strong_enough(&self, example: &Example) -> Result<(), Unwritable> {
        let Some(least) = self.min_strength.filter(|_| !example.rankings.is_empty()) else { return Ok(()) };
        let said = example.rankings.iter().filter_map(|ranking| ranking.details.strength);
        if mean(said.map(f64::from)).is_some_and(|mean| mean >= least) { Ok(()) } else { Err(NOT_STRONG) }
    }

    fn is_rated_enough(&self, example: &Example, response: Uuid) -> Result<(), Unwritable> {
        let Some(least) = self.min_rating else { return Ok(()) };
        let ratings = example.rankings.iter().flat_map(|ranking| &ranking.details.ratings);
        let of_it =
            ratings.filter(|rating| rating.response == response).map(|rating| f64::from(rating.value));
        if mean(of_it).is_some_and(|mean| mean >= least) { Ok(()) } else { Err(NOT_RATED) }
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = numbers.fold((0.0, 0.0), |(sum, n), number| (sum + number, n + 1.0));
    (n > 0.0).then(|| sum / n)
}

fn is_masked(response: &Response) -> bool {
    let last = response.messages.iter().rev().find(|message| message.role == Role::Assistant);
    last.and_then(|last| last.weight.as_ref()?.as_f64()) == Some(0.0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::{Details, Prompt, Ranking, Rating};

    /// Four responses, `a` to `d`, in that order by one annotator, the last one bad.
    fn ranked() -> Example {
        let mut example = Example::new(Kind::Preference, Prompt::user("q"));
        example.responses = ["a", "b", "c", "d"].map(|text| Response::new(None, text)).to_vec();
        let ids: Vec<Uuid> = example.responses.iter().map(|response| response.id).collect();
        let mut ranking = Ranking::new("ana", ids[..3].iter().map(|&id| vec![id]).collect());
        ranking.bad = vec![ids[3]];
        let rating = |(&response, value)| Rating { response, criterion: "helpful".to_owned(), value };
        ranking.details = Details {
            strength: Some(3),
            ratings: ids.iter().zip([5, 4, 2, 1]).map(rating).collect(),
            ..Details::default()
        };
        example.rankings = vec![ranking];
        example
    }

    fn pairs(choice: &Choice, example: &Example) -> Vec<String> {
        let pairs = choice.pairs(example).unwrap_or_default();
        pairs.iter().map(|(chosen, rejected)| format!("{}>{}", chosen.text(), rejected.text())).collect()
    }

    #[test]
    fn the_mode_says_which_pairs_of_an_order_go_out() {
        let example = ranked();
        let of = |pairs| Choice { pairs, ..Choice::default() };
        assert_eq!(pairs(&of(PairMode::All), &example), ["a>b", "a>c", "a>d", "b>c", "b>d", "c>d"]);
        assert_eq!(pairs(&of(PairMode::BestWorst), &example), ["a>d"]);
        assert_eq!(pairs(&of(PairMode::Adjacent), &example), ["a>b", "b>c", "c>d"]);
        assert_eq!(pairs(&of(PairMode::BestRest), &example), ["a>b", "a>c", "a>d"]);
        let bad = Choice { without_bad: true, ..of(PairMode::BestWorst) };
        assert_eq!(pairs(&bad, &example), ["a>c"]);
        let two = Choice { max_pairs: Some(2), ..Choice::default() };
        assert_eq!(pairs(&two, &example), ["a>b", "a>c"]);
    }

    #[test]
    fn what_is_too_weak_or_too_poor_stays_away() {
        let example = ranked();
        let weak = Choice { min_strength: Some(3.5), ..Choice::default() };
        assert_eq!(weak.pairs(&example).unwrap_err(), NOT_STRONG);
        assert_eq!(weak.best(&example).unwrap_err(), NOT_STRONG);
        let strong = Choice { min_strength: Some(3.0), ..Choice::default() };
        assert_eq!(strong.best(&example).unwrap().text(), "a");
        let rated = Choice { min_rating: Some(4.0), ..Choice::default() };
        assert_eq!(pairs(&rated, &example).last().unwrap(), "b>d");
        let high = Choice { min_rating: Some(5.1), ..Choice::default() };
        assert_eq!(high.best(&example).unwrap_err(), NOT_RATED);
        let mut split = example;
        let mut other = split.rankings[0].clone();
        other.annotator = "ben".to_owned();
        let mut third = other.clone();
        third.annotator = "cy".to_owned();
        third.tiers.swap(0, 1);
        split.rankings.extend([other, third]);
        let agreed = Choice { min_agreement: Some(0.75), ..Choice::default() };
        assert!(!pairs(&agreed, &split).contains(&"a>b".to_owned()));
        assert_eq!(agreed.best(&split).unwrap_err(), NOT_AGREED);
        assert!(pairs(&Choice::default(), &split).contains(&"a>b".to_owned()));
    }

    #[test]
    fn a_verdict_is_of_what_only_wins_or_only_loses() {
        let example = ranked();
        let verdicts = Choice::default().verdicts(&example).unwrap();
        let told: Vec<(String, bool)> =
            verdicts.iter().map(|(response, good)| (response.text(), *good)).collect();
        assert_eq!(told, [("a".to_owned(), true), ("d".to_owned(), false)]);
        let tiers = Choice::default().tiers(&example).unwrap();
        assert_eq!(tiers.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1]);
        let without = Choice { without_bad: true, ..Choice::default() };
        assert_eq!(without.tiers(&example).unwrap().len(), 3);
    }

    #[test]
    fn a_single_answer_is_good_unless_its_file_said_otherwise() {
        let mut example = Example::new(Kind::Sft, Prompt::user("q"));
        example.responses.push(Response::new(None, "a"));
        assert!(Choice::default().verdicts(&example).unwrap()[0].1);
        example.metadata.insert("label", false.into());
        assert!(!Choice::default().verdicts(&example).unwrap()[0].1);
    }
}
