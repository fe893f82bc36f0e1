//! The time spent on an example: from when it is on the screen to when its ranking is complete,
//! pauses left out.
//!
//! A pause is told by what comes of it: between two inputs (keys, the mouse, what menus answer) at most
//! [`PAUSE`] counts. Who reads a long example without a key for longer is counted with that much, who
//! goes for a walk too.

use std::time::{Duration, Instant};

/// The most that counts between two inputs.
pub const PAUSE: Duration = Duration::from_mins(2);

/// A clock that leaves out pauses.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    total: Duration,
    last: Option<Instant>,
}

impl Spent {
    /// Begins, or goes on after having been away: what lies between does not count.
    pub fn begin(&mut self, now: Option<Instant>) {
        self.last = now;
    }

    /// Something was pressed.
    pub fn tick(&mut self, now: Option<Instant>) {
        if let (Some(now), Some(last)) = (now, self.last) {
            self.total += now.saturating_duration_since(last).min(PAUSE);
        }
        self.last = now;
    }

    /// Milliseconds; `None` where no clock ever ran.
    pub fn millis(&self) -> Option<u32> {
        self.last.map(|_| u32::try_from(self.total.as_millis()).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_between_two_keys_counts_up_to_two_minutes() {
        let start = Instant::now();
        let at = |seconds| Some(start + Duration::from_secs(seconds));
        let mut spent = Spent::default();
        assert_eq!(spent.millis(), None);
        spent.begin(at(0));
        spent.tick(at(5));
        assert_eq!(spent.millis(), Some(5_000));
        spent.tick(at(5 + 3_600));
        assert_eq!(spent.millis(), Some(125_000));
        // Away, and back.
        spent.begin(at(9_000));
        spent.tick(at(9_001));
        assert_eq!(spent.millis(), Some(126_000));
    }
}
