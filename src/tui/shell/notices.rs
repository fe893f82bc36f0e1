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
    /// What can be done about it, in a few words; shown even where the sentence is cut.
    pub hint: String,
    /// When.
    pub at: Timestamp,
}

/// All that was said, and what is shown of it now.
#[derive(Debug, Default)]
pub struct Notices {
    kept: VecDeque<Notice>,
    shown: Option<Shown>,
}

/// What is shown, and until when; what went wrong stays until a key.
#[derive(Debug)]
struct Shown {
    notice: Notice,
    until: Option<Instant>,
}

impl Notices {
    /// Says something. What went wrong is not covered by anything milder before a key was pressed.
    pub fn say(&mut self, tone: Tone, sentence: impl Into<String>, now: Instant) {
        self.say_with(tone, sentence, String::new(), now);
    }

    /// The same, with what can be done about it.
    pub fn say_with(&mut self, tone: Tone, sentence: impl Into<String>, hint: String, now: Instant) {
        let notice = Notice { tone, sentence: sentence.into(), hint, at: Timestamp::now() };
        let seconds = match tone {
            Tone::Good => Some(4),
            Tone::Look => Some(12),
            Tone::Bad => None,
        };
        let stays = self.shown.as_ref().is_some_and(|shown| shown.notice.tone == Tone::Bad);
        if tone == Tone::Bad || !stays {
            let until = seconds.map(|seconds| now + Duration::from_secs(seconds));
            self.shown = Some(Shown { notice: notice.clone(), until });
        }
        self.kept.push_back(notice);
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// What is to be shown now.
    pub fn shown(&self) -> Option<&Notice> {
        self.shown.as_ref().map(|shown| &shown.notice)
    }

    /// Shows it no longer.
    pub fn dismiss(&mut self) {
        self.shown = None;
    }

    /// When what is shown is to go.
    pub fn deadline(&self) -> Option<Instant> {
        self.shown.as_ref()?.until
    }

    /// Lets go what has been shown long enough.
    pub fn expire(&mut self, now: Instant) {
        if self.deadline().is_some_and(|until| until <= now) {
            self.shown = None;
        }
    }

    /// All that is kept, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &Notice> {
        self.kept.iter().rev()
    }
}
