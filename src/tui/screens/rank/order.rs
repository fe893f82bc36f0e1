//! The order as it is typed: digits place responses, `=` ties, `0` calls the rest bad, backspace
//! takes the last key back. Every key changes the order or says why it doesn't.
//!
//! | keys | three responses |
//! | --- | --- |
//! | `3 1` | 3 > 1 > 2: the last one places itself |
//! | `3 = 1` | 3 = 1 > 2 |
//! | `3 = =` | 3 > 1 = 2: twice says that the rest are the same |
//! | `= =` | 1 = 2 = 3; with two responses `=` alone says it |
//! | `3 0` | 3 > the rest, which are bad |
//! | `0` | all are bad |

use std::fmt::Write as _;

/// A key of the ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// The response of that number (from 1) is the next best.
    Place(usize),
    /// As good as the one before; twice: the rest are the same.
    Tie,
    /// The rest are bad.
    Bad,
    /// Takes the last key back.
    Back,
}

impl Key {
    /// The key as a word: `3`, `=`, `0`.
    pub fn spelt(self) -> String {
        match self {
            Self::Place(number) => number.to_string(),
            Self::Tie => "=".to_owned(),
            Self::Bad => "0".to_owned(),
            Self::Back => "back".to_owned(),
        }
    }

    /// The key of that word.
    pub fn of(word: &str) -> Option<Self> {
        Some(match word {
            "=" => Self::Tie,
            "0" => Self::Bad,
            "back" => Self::Back,
            number => Self::Place(number.parse().ok()?),
        })
    }
}

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The order is another; more keys can follow.
    Changed,
    /// Every response has its place now.
    Complete,
    /// Nothing; the sentence says why.
    Refused(String),
}

/// An order being typed. Responses are numbered from 0 here, and from 1 for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Order {
    responses: usize,
    keys: Vec<Key>,
}

/// What the keys say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// From best to worst; ties share a tier.
    pub tiers: Vec<Vec<usize>>,
    /// Below the line.
    pub bad: Vec<usize>,
    /// Not placed yet.
    pub rest: Vec<usize>,
    /// Whether the next one placed ties with the last.
    pub ties: bool,
}

impl Places {
    /// Whether every response has a place.
    pub fn is_complete(&self) -> bool {
        self.rest.is_empty() && !(self.tiers.is_empty() && self.bad.is_empty())
    }

    /// Whether the best are better than something: there is a first gap.
    pub fn has_gap(&self) -> bool {
        self.tiers.len() > 1 || !self.tiers.is_empty() && !self.bad.is_empty()
    }

    fn place(&mut self, response: usize) {
        self.rest.retain(|&other| other != response);
        match self.tiers.last_mut() {
            Some(tier) if self.ties => tier.push(response),
            _ => self.tiers.push(vec![response]),
        }
        self.ties = false;
        // The last one left places itself.
        if let &[last] = self.rest.as_slice() {
            self.rest.clear();
            self.tiers.push(vec![last]);
        }
    }

    /// Of each pair of placed responses the better one first, best pairs first; the bad ones last.
    pub fn pairs(&self) -> Vec<(usize, usize)> {
        self.pairs_with(|at| self.tiers.iter().skip(at + 1).flatten().chain(&self.bad))
    }

    /// The pairs that come with those that have no place yet, once they have one.
    pub fn pairs_to_come(&self) -> Vec<(usize, usize)> {
        // The next one is tied with the last tier, and which one that is nobody knows yet.
        let sure = self.tiers.len() - usize::from(self.ties && !self.tiers.is_empty());
        self.pairs_with(|at| self.rest.iter().filter(move |_| at < sure))
    }

    /// Each response of a tier with each of those that are worse than the tier.
    fn pairs_with<'a, Worse: Iterator<Item = &'a usize>>(
        &'a self,
        worse: impl Fn(usize) -> Worse,
    ) -> Vec<(usize, usize)> {
        let tiers = self.tiers.iter().enumerate();
        let better = tiers.flat_map(|(at, tier)| tier.iter().map(move |&better| (at, better)));
        better.flat_map(|(at, better)| worse(at).map(move |&other| (better, other))).collect()
    }
}

impl Order {
    /// Nothing typed yet, for so many responses.
    pub fn new(responses: usize) -> Self {
        Self { responses, keys: Vec::new() }
    }

    /// The order that puts so many responses into these tiers, as if it had been typed.
    pub fn of(responses: usize, tiers: &[Vec<usize>]) -> Self {
        let mut order = Self::new(responses);
        for (at, tier) in tiers.iter().enumerate() {
            if at + 1 == tiers.len() && tier.len() > 1 {
                // Twice: the rest are the same; with two responses once.
                order.press(Key::Tie);
                if !order.places().is_complete() {
                    order.press(Key::Tie);
                }
                continue;
            }
            for (within, response) in tier.iter().enumerate() {
                if within > 0 {
                    order.press(Key::Tie);
                }
                // The last one has placed itself already.
                order.press(Key::Place(response + 1));
            }
        }
        order
    }

    /// Whether no key is typed.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The keys that were typed and count.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// What the keys say.
    pub fn places(&self) -> Places {
        let mut places = Places { rest: (0..self.responses).collect(), ..Places::default() };
        for key in &self.keys {
            match *key {
                Key::Place(number) => places.place(number - 1),
                Key::Tie if places.ties || self.responses == 2 && places.tiers.is_empty() => {
                    let rest = std::mem::take(&mut places.rest);
                    places.tiers.push(rest);
                    places.ties = false;
                }
                Key::Tie => places.ties = true,
                Key::Bad => {
                    places.bad = std::mem::take(&mut places.rest);
                    places.ties = false;
                }
                // Never kept: it takes away the one before.
                Key::Back => {}
            }
        }
        places
    }

    /// The number of the response that the last key left over, so that it placed itself; only where
    /// people may be typing the whole order, which is with three or more.
    pub fn placed_itself(&self) -> Option<usize> {
        let (Some(Key::Place(number)), true) = (self.keys.last(), self.responses > 2) else { return None };
        let places = self.places();
        match places.tiers.last().map(Vec::as_slice) {
            Some(&[last]) if places.is_complete() && last + 1 != *number => Some(last + 1),
            _ => None,
        }
    }

    /// Types a key.
    pub fn press(&mut self, key: Key) -> Effect {
        let places = self.places();
        let refused = |reason: String| Effect::Refused(reason);
        if key == Key::Back {
            return match self.keys.pop() {
                Some(_) => Effect::Changed,
                None => refused("nothing is typed here; undo takes back the ranking before".to_owned()),
            };
        }
        if self.responses == 0 {
            return refused("there is no response to rank".to_owned());
        }
        if places.is_complete() {
            return refused("every response has its place; backspace takes the last key back".to_owned());
        }
        match key {
            Key::Place(number) if number == 0 || number > self.responses => {
                return refused(match self.responses {
                    1 => format!("there is no response {number}: there is only 1"),
                    n => format!("there is no response {number}: they are 1 to {n}"),
                });
            }
            Key::Place(number) if !places.rest.contains(&(number - 1)) => {
                return refused(format!("{number} has its place already; backspace takes keys back"));
            }
            Key::Tie if self.responses == 1 => {
                return refused("there is only one response: 1 keeps it, 0 calls it bad".to_owned());
            }
            _ => self.keys.push(key),
        }
        if self.places().is_complete() { Effect::Complete } else { Effect::Changed }
    }

    /// The order in a line, as far as it is typed: `best 1  then 3 = _`.
    pub fn line(&self) -> String {
        let places = self.places();
        let mut line = String::from("best ");
        let between = if places.tiers.is_empty() { "" } else { "  then " };
        line.push_str(&joined(&places.tiers, "  then ", " = "));
        if !places.bad.is_empty() {
            let before = if places.tiers.is_empty() { "none" } else { "" };
            // Writing to a string can't fail.
            let _ = write!(line, "{before}  bad {}", numbers(&places.bad, " = "));
        } else if places.ties {
            line.push_str(if places.tiers.is_empty() { "= _" } else { " = _" });
        } else if !places.rest.is_empty() {
            line.push_str(between);
            line.push('_');
        }
        line
    }

    /// The same in as few cells as it takes: `1>3=_`, with how many are left.
    pub fn short(&self) -> String {
        let places = self.places();
        let mut line = joined(&places.tiers, ">", "=");
        if !places.bad.is_empty() {
            let _ = write!(line, "  bad {}", numbers(&places.bad, " "));
        } else if !places.rest.is_empty() {
            let before = if places.ties { "=" } else { ">" };
            let _ =
                write!(line, "{}_  {} left", if line.is_empty() { "" } else { before }, places.rest.len());
        }
        line
    }

    /// The pairs that it gives: `gives  1>3`, and behind them those that come once the rest has its place:
    /// `gives  1>3  once placed  1>2 3>2`. Empty where there are none.
    pub fn gives(&self) -> String {
        let places = self.places();
        let told = |pairs: &[(usize, usize)]| {
            let pair = |(better, worse): &(usize, usize)| format!("{}>{}", better + 1, worse + 1);
            pairs.iter().map(pair).collect::<Vec<_>>().join(" ")
        };
        let parts = [("gives", places.pairs()), ("once placed", places.pairs_to_come())];
        let parts = parts.iter().filter(|(_, pairs)| !pairs.is_empty());
        parts.map(|(what, pairs)| format!("{what}  {}", told(pairs))).collect::<Vec<_>>().join("  ")
    }
}

fn numbers(tier: &[usize], tie: &str) -> String {
    tier.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(tie)
}

fn joined(tiers: &[Vec<usize>], then: &str, tie: &str) -> String {
    tiers.iter().map(|tier| numbers(tier, tie)).collect::<Vec<_>>().join(then)
}

#[cfg(test)]
#[path = "order_tests.rs"]
mod tests;
