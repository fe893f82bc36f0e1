//! Circles: A over B, B over C, C over A. Where they last, people judge by several criteria at once.

use std::collections::HashSet;

/// Who beats whom: `beats[a][b]` where more prefer `a`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tournament {
    beats: Vec<Vec<bool>>,
}

/// How many circles of three there are, of how many at most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Triads {
    /// Circles of three.
    pub circular: f64,
    /// `1 − circular / most` (Kendall & Babington Smith 1940): 1 without any.
    pub consistency: f64,
}

impl Tournament {
    /// By majority over wins: who has more of the two beats the other.
    pub fn of(wins: &super::Wins) -> Self {
        let of = |a: usize, b: usize| wins.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0.0);
        let n = wins.len();
        Self { beats: (0..n).map(|a| (0..n).map(|b| a != b && of(a, b) > of(b, a)).collect()).collect() }
    }

    /// By pairs: the first of each beats the second.
    pub fn of_pairs(n: usize, pairs: &[(usize, usize)]) -> Self {
        let mut beats = vec![vec![false; n]; n];
        for &(a, b) in pairs {
            if let Some(cell) = beats.get_mut(a).and_then(|row| row.get_mut(b)) {
                *cell = true;
            }
        }
        Self { beats }
    }

    fn beats(&self, a: usize, b: usize) -> bool {
        self.beats.get(a).and_then(|row| row.get(b)).copied().unwrap_or(false)
    }

    /// Circles of three, counted one by one.
    #[allow(clippy::cast_precision_loss)] // a few hundred
    pub fn triads(&self) -> Triads {
        let n = self.beats.len();
        let mut circular = 0.0;
        for a in 0..n {
            for b in a + 1..n {
                for c in b + 1..n {
                    let one_way = self.beats(a, b) && self.beats(b, c) && self.beats(c, a);
                    let other_way = self.beats(a, c) && self.beats(c, b) && self.beats(b, a);
                    circular += f64::from(u8::from(one_way || other_way));
                }
            }
        }
        let m = n as f64;
        let most = if n.is_multiple_of(2) { (m.powi(3) - 4.0 * m) / 24.0 } else { (m.powi(3) - m) / 24.0 };
        Triads { circular, consistency: if most > 0.0 { 1.0 - circular / most } else { 1.0 } }
    }
}

/// The shortest circle through each win that is in one: each circle once, from its smallest number, the
/// shortest first; at most `limit`.
pub fn cycles(tournament: &Tournament, limit: usize) -> Vec<Vec<usize>> {
    let n = tournament.beats.len();
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut seen = HashSet::new();
    for start in 0..n {
        for next in (0..n).filter(|&next| tournament.beats(start, next)) {
            // From whom `start` beats back to `start`, as short as it goes.
            let Some(mut circle) = path(tournament, next, start) else { continue };
            circle.pop();
            circle.insert(0, start);
            let least = circle.iter().enumerate().min_by_key(|(_, who)| **who).map_or(0, |(at, _)| at);
            circle.rotate_left(least);
            if seen.insert(circle.clone()) {
                found.push(circle);
            }
        }
    }
    found.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    found.truncate(limit);
    found
}

/// The shortest way from one to another, both included.
fn path(tournament: &Tournament, from: usize, to: usize) -> Option<Vec<usize>> {
    let n = tournament.beats.len();
    let mut before = vec![usize::MAX; n];
    let mut queue = std::collections::VecDeque::from([from]);
    *before.get_mut(from)? = from;
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut way = vec![to];
            let mut here = to;
            while here != from {
                here = *before.get(here)?;
                way.push(here);
            }
            way.reverse();
            return Some(way);
        }
        for next in (0..n).filter(|&next| tournament.beats(at, next)) {
            if let Some(place) = before.get_mut(next).filter(|place| **place == usize::MAX) {
                *place = at;
                queue.push_back(next);
            }
        }
    }
    None
}
