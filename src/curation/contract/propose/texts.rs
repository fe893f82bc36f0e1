//! What responses are like as texts: how long they are, and whether they are a few answers.

use super::super::show;
use super::shape::Choices;

/// The texts that were seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    lengths: Vec<u32>,
    choices: Choices,
}

impl Texts {
    pub(super) fn add(&mut self, text: &str) {
        let length = show::characters(text);
        self.lengths.push(u32::try_from(length).unwrap_or(u32::MAX));
        self.choices.add(text.trim());
    }

    pub(super) fn count(&self) -> u64 {
        self.lengths.len() as u64
    }

    /// The answers that are given, where they are few and short.
    pub(super) fn choices(&self) -> Option<Vec<String>> {
        let mut choices = self.choices.of(self.count())?.to_vec();
        choices.sort();
        Some(choices)
    }

    /// The first and the last percentile of the lengths (nearest rank).
    pub(super) fn characters(&self) -> Option<(u64, u64)> {
        let mut lengths = self.lengths.clone();
        lengths.sort_unstable();
        let rank = |percent: usize| (lengths.len() * percent).div_ceil(100).max(1) - 1;
        let at = |percent| lengths.get(rank(percent)).copied().map(u64::from);
        Some((at(1)?, at(99)?))
    }
}
