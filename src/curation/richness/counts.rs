//! How many kinds were seen how often, kept up with every change.

use std::collections::BTreeMap;

use thiserror::Error;

use super::Richness;

/// A change that doesn't fit to what was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("no kind was seen {0} times: count anew")]
pub struct NoSuchCount(pub u64);

/// How many kinds were seen once, twice and so on. A change of one kind costs the logarithm of how many
/// different counts there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CountOfCounts {
    kinds: BTreeMap<u64, u64>,
    seen: u64,
    observed: u64,
}

impl CountOfCounts {
    /// Of so many observations of each kind.
    pub fn of(counts: impl IntoIterator<Item = u64>) -> Self {
        let mut all = Self::default();
        for n in counts.into_iter().filter(|&n| n > 0) {
            all.count(n);
        }
        all
    }

    /// A kind that was seen `was` times is seen `is` times from now on; a new one was seen 0 times.
    ///
    /// # Errors
    /// Where no kind was seen so often; nothing changes then.
    pub fn change(&mut self, was: u64, is: u64) -> Result<(), NoSuchCount> {
        if was > 0 {
            let kinds = self.kinds.get_mut(&was).ok_or(NoSuchCount(was))?;
            *kinds -= 1;
            if *kinds == 0 {
                self.kinds.remove(&was);
            }
            self.seen -= 1;
            self.observed -= was;
        }
        if is > 0 {
            self.count(is);
        }
        Ok(())
    }

    fn count(&mut self, n: u64) {
        *self.kinds.entry(n).or_default() += 1;
        self.seen += 1;
        self.observed += n;
    }

    /// What it says of the kinds.
    pub fn richness(&self) -> Richness {
        let kinds = |n| self.kinds.get(&n).copied().unwrap_or(0);
        Richness { seen: self.seen, observed: self.observed, once: kinds(1), twice: kinds(2) }
    }
}
