//! Ranking by questions: by pairs, each response placed among those before it by binary insertion; or
//! by extremes, the best and the worst of those left in turn. The answers are all that is kept: what
//! they say so far is worked out of them, so that one can take the last back or go on another day.

use std::fmt::Write as _;

use xxhash_rust::xxh3::xxh3_64;

use crate::example::Uuid;

/// The fewest responses that are asked for by extremes.
pub const FOR_EXTREMES: usize = 5;
/// The fewest that are asked for by pairs.
pub const FOR_PAIRS: usize = 3;

/// How one ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// By typing the order.
    #[default]
    Order,
    /// By pairs.
    Pairs,
    /// By the best and the worst of those left.
    Extremes,
}

impl Method {
    /// The next one that makes sense for so many responses.
    pub fn next(self, responses: usize) -> Self {
        match self {
            Self::Order if responses >= FOR_PAIRS => Self::Pairs,
            Self::Pairs if responses >= FOR_EXTREMES => Self::Extremes,
            _ => Self::Order,
        }
    }

    /// The method for so many responses: with few, typing the order is quicker than any question.
    pub fn for_responses(self, responses: usize) -> Self {
        match self {
            Self::Pairs if responses >= FOR_PAIRS => self,
            Self::Extremes if responses >= FOR_EXTREMES => self,
            _ => Self::Order,
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Of a pair: the first (0) or the second (1). Of several: the response, by its place from 0.
    This(usize),
    /// Both are the same; or all that are left.
    Same,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which of two is the better.
    Pair(usize, usize),
    /// Which of those left is the best.
    Best(Vec<usize>),
    /// Which of those left is the worst.
    Worst(Vec<usize>),
}

/// The answers so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asking {
    extremes: bool,
    responses: usize,
    answers: Vec<Answer>,
}

/// What the answers say: all tiers that are known, or the next question, and how many more there are at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// From best to worst.
    pub top: Vec<Vec<usize>>,
    /// From worst to best: the worst of those left, as they were named.
    pub bottom: Vec<usize>,
    /// What is asked next; `None`: all have their place, in `top`.
    pub question: Option<Question>,
    /// How many questions there are at most from here.
    pub most_left: usize,
}

impl Asking {
    /// Nothing answered yet. `None` where one types the order.
    pub fn new(method: Method, responses: usize) -> Option<Self> {
        let extremes = match method.for_responses(responses) {
            Method::Order => return None,
            Method::Pairs => false,
            Method::Extremes => true,
        };
        Some(Self { extremes, responses, answers: Vec::new() })
    }

    /// How one ranks with it.
    pub fn method(&self) -> Method {
        if self.extremes { Method::Extremes } else { Method::Pairs }
    }

    /// How many questions were answered.
    pub fn asked(&self) -> usize {
        self.answers.len()
    }

    /// Answers; `false` where that is no answer to what is asked.
    pub fn answer(&mut self, answer: Answer) -> bool {
        let is_answer = match (self.known().question, answer) {
            (None, _) => false,
            (Some(_), Answer::Same) => true,
            (Some(Question::Pair(..)), Answer::This(which)) => which < 2,
            (Some(Question::Best(left) | Question::Worst(left)), Answer::This(at)) => left.contains(&at),
        };
        if is_answer {
            self.answers.push(answer);
        }
        is_answer
    }

    /// Takes the last answer back; `false` where there is none.
    pub fn undo(&mut self) -> bool {
        self.answers.pop().is_some()
    }

    /// What the answers say.
    pub fn known(&self) -> Known {
        if self.extremes { self.by_extremes() } else { self.by_pairs() }
    }

    fn by_pairs(&self) -> Known {
        let mut tiers: Vec<Vec<usize>> = (self.responses > 0).then(|| vec![0]).into_iter().collect();
        let mut answers = self.answers.iter();
        for next in 1..self.responses {
            let (mut low, mut high) = (0, tiers.len());
            let mut is_tied = false;
            while low < high {
                let middle = usize::midpoint(low, high);
                let Some(other) = tiers.get(middle).and_then(|tier| tier.first().copied()) else { break };
                let pair = (next.min(other), next.max(other));
                match answers.next() {
                    None => {
                        let most_left =
                            steps(high - low) + (next + 1..self.responses).map(steps).sum::<usize>();
                        let question = Some(Question::Pair(pair.0, pair.1));
                        return Known { top: tiers, bottom: Vec::new(), question, most_left };
                    }
                    Some(Answer::Same) => {
                        if let Some(tier) = tiers.get_mut(middle) {
                            tier.push(next);
                        }
                        is_tied = true;
                        break;
                    }
                    Some(Answer::This(which)) => {
                        let better = if *which == 0 { pair.0 } else { pair.1 };
                        if better == next { high = middle } else { low = middle + 1 }
                    }
                }
            }
            if !is_tied {
                tiers.insert(low, vec![next]);
            }
        }
        Known { top: tiers, bottom: Vec::new(), question: None, most_left: 0 }
    }

    fn by_extremes(&self) -> Known {
        let mut left: Vec<usize> = (0..self.responses).collect();
        let (mut top, mut bottom) = (Vec::new(), Vec::new());
        for answer in &self.answers {
            match answer {
                Answer::Same => top.push(std::mem::take(&mut left)),
                Answer::This(at) => {
                    left.retain(|other| other != at);
                    if top.len() <= bottom.len() { top.push(vec![*at]) } else { bottom.push(*at) }
                }
            }
        }
        if left.len() > 1 {
            let most_left = left.len() - 1;
            let is_best = top.len() <= bottom.len();
            let question = if is_best { Question::Best(left) } else { Question::Worst(left) };
            return Known { top, bottom, question: Some(question), most_left };
        }
        top.extend(left.pop().map(|last| vec![last]));
        top.extend(bottom.iter().rev().map(|&at| vec![at]));
        Known { top, bottom: Vec::new(), question: None, most_left: 0 }
    }

    /// The answers as a draft keeps them, with a sign of the order in which the responses stand.
    pub fn text(&self, presented: &[Uuid]) -> String {
        let mut text =
            format!("{} {:016x}", if self.extremes { "extremes" } else { "pairs" }, sign(presented));
        for answer in &self.answers {
            // Writing to a string can't fail.
            let _ = match answer {
                Answer::Same => write!(text, " ="),
                Answer::This(at) => write!(text, " {}", at + 1),
            };
        }
        text
    }

    /// Reads them again; `None` where the responses stand otherwise now, or it is no such text.
    pub fn parse(text: &str, presented: &[Uuid]) -> Option<Self> {
        let mut words = text.split_whitespace();
        let method = match words.next()? {
            "pairs" => Method::Pairs,
            "extremes" => Method::Extremes,
            _ => return None,
        };
        if words.next()? != format!("{:016x}", sign(presented)) {
            return None;
        }
        let mut asking = Self::new(method, presented.len())?;
        for word in words {
            let answer = match word {
                "=" => Answer::Same,
                number => Answer::This(number.parse::<usize>().ok()?.checked_sub(1)?),
            };
            if !asking.answer(answer) {
                return None;
            }
        }
        Some(asking)
    }
}

/// How many halvings tell a place among so many: the whole of log2(n + 1), rounded up.
fn steps(among: usize) -> usize {
    (usize::BITS - among.leading_zeros()) as usize
}

fn sign(presented: &[Uuid]) -> u64 {
    xxh3_64(&presented.iter().flat_map(|id| *id.as_bytes()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Answers every question as one who likes responses by these numbers, best the highest.
    fn answered(method: Method, worth: &[u8]) -> Asking {
        let mut asking = Asking::new(method, worth.len()).unwrap();
        while let Some(question) = asking.known().question {
            let by = |at: &usize| worth[*at];
            let is_same = |left: &[usize]| left.iter().all(|at| worth[*at] == worth[left[0]]);
            let answer = match question {
                Question::Pair(one, other) if worth[one] == worth[other] => Answer::Same,
                Question::Pair(one, other) => Answer::This(usize::from(worth[other] > worth[one])),
                Question::Best(left) | Question::Worst(left) if is_same(&left) => Answer::Same,
                Question::Best(left) => Answer::This(left.into_iter().max_by_key(by).unwrap()),
                Question::Worst(left) => Answer::This(left.into_iter().min_by_key(by).unwrap()),
            };
            let before = asking.known().most_left;
            assert!(asking.answer(answer));
            assert!(asking.known().most_left < before);
        }
        asking
    }

    proptest! {
        #[test]
        fn pairs_give_the_order_that_one_has_in_mind(worth in prop::collection::vec(0u8..30, 3..=20)) {
            let tiers = answered(Method::Pairs, &worth).known().top;
            prop_assert!(tiers.iter().all(|tier| tier.iter().all(|at| worth[*at] == worth[tier[0]])));
            prop_assert!(tiers.windows(2).all(|two| worth[two[0][0]] > worth[two[1][0]]));
            prop_assert_eq!(tiers.iter().map(Vec::len).sum::<usize>(), worth.len());
        }

        #[test]
        fn extremes_give_it_too(worth in prop::collection::vec(0u8..30, 5..=20)) {
            let tiers = answered(Method::Extremes, &worth).known().top;
            prop_assert!(tiers.windows(2).all(|two| worth[two[0][0]] >= worth[two[1][0]]));
            prop_assert_eq!(tiers.iter().map(Vec::len).sum::<usize>(), worth.len());
        }

        #[test]
        fn a_draft_reads_back_as_it_was(worth in prop::collection::vec(0u8..9, 5..=12), back in 0usize..5) {
            let ids: Vec<Uuid> = (0..worth.len()).map(|n| Uuid::from_u128(n as u128)).collect();
            for method in [Method::Pairs, Method::Extremes] {
                let mut asking = answered(method, &worth);
                for _ in 0..back { asking.undo(); }
                let text = asking.text(&ids);
                prop_assert_eq!(Asking::parse(&text, &ids), Some(asking));
                let mut others = ids.clone();
                others.reverse();
                prop_assert_eq!(Asking::parse(&text, &others), None);
            }
        }
    }

    #[test]
    fn four_responses_take_less_than_five_questions_on_average() {
        let orders = (0..4_u8).flat_map(|a| (0..4).flat_map(move |b| (0..4).map(move |c| [a, b, c])));
        let orders: Vec<[u8; 4]> = orders
            .filter(|[a, b, c]| a != b && b != c && a != c)
            .map(|[a, b, c]| [a, b, c, 6 - a - b - c])
            .collect();
        assert_eq!(orders.len(), 24);
        let asked: usize = orders.iter().map(|worth| answered(Method::Pairs, worth).asked()).sum();
        // 4.67 on average, where all pairs are 6.
        assert_eq!(asked, 112);
    }

    #[test]
    fn four_responses_take_five_questions_at_most() {
        assert_eq!(Asking::new(Method::Pairs, 4).unwrap().known().most_left, 5);
        assert_eq!(Asking::new(Method::Pairs, 2), None);
        assert_eq!(Asking::new(Method::Extremes, 4), None);
    }
}
