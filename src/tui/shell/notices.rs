//! What the program has to say: shown for a moment, kept to be read again.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::super::effect::Tone;
use crate::example::Timestamp;

/// How many are kept.
const KEPT: usize = 500;

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it was meant.
    pub tone: Tone,
    /// The sentence.
    pub sentence: String,
    /// When.
    pub at: Timestamp,
}

/// All that was said, and what is shown of it now.
#[derive(Debug, Default)]
pub struct Notices {
    kept: VecDeque<Notice>,
    shown_until: Option<Instant>,
}

impl Notices {
    /// Says something.
    pub fn say(&mut self, tone: Tone, sentence: impl Into<String>, now: Instant) {
        let seconds = if tone == Tone::Good { 4 } else { 12 };
        self.shown_until = Some(now + Duration::from_secs(seconds));
        self.kept.push_back(Notice { tone, sentence: sentence.into(), at: Timestamp::now() });
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// What is to be shown now.
    pub fn shown(&self) -> Option<&Notice> {
        self.shown_until.and_then(|_| self.kept.back())
    }

    /// Shows it no longer.
    pub fn dismiss(&mut self) {
        self.shown_until = None;
    }

    /// When what is shown is to go.
    pub fn deadline(&self) -> Option<Instant> {
        self.shown_until
    }

    /// Lets go what has been shown long enough.
    pub fn expire(&mut self, now: Instant) {
        if self.shown_until.is_some_and(|until| until <= now) {
            self.shown_until = None;
        }
    }

    /// All that is kept, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter().rev()
    }
}
