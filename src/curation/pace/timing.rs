//! How long each example took: the time of all acts on it, one after the other.

use super::{Act, Work};

/// Who does nothing for longer took a break; how long the work on what came after it took is not known.
pub const BREAK_SECONDS: f64 = 15.0 * 60.0;
/// What took less was done by a script.
const BY_HAND_SECONDS: f64 = 1.0;

/// The work of one person on one example, without a break or other work in between.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Timed {
    /// Who: a place in the list of people.
    pub person: usize,
    /// What was done.
    pub work: Work,
    /// The example.
    pub example: i64,
    /// How long it took.
    pub seconds: f64,
}

/// What is known of one person while their acts are gone through.
#[derive(Debug, Clone, Default)]
struct Clock {
    /// When they did something last, in milliseconds; `None` where what follows began at no known time.
    last: Option<i64>,
    turn: Option<Timed>,
}

/// How long the examples took that people worked on, in the order in which they were done with them.
pub fn timed<'a>(acts: impl IntoIterator<Item = &'a Act>) -> Vec<Timed> {
    let mut clocks: Vec<Clock> = Vec::new();
    let mut all = Vec::new();
    for act in acts {
        if clocks.len() <= act.person {
            clocks.resize(act.person + 1, Clock::default());
        }
        let Some(clock) = clocks.get_mut(act.person) else { continue };
        let seconds = clock.last.and_then(|last| active_seconds(last, act.at));
        clock.last = act.began_next();
        match (act.work(), clock.turn.take()) {
            (Some((example, work)), Some(turn)) if turn.example == example && turn.work == work => {
                clock.turn = Some(Timed { seconds: turn.seconds + seconds.unwrap_or(0.0), ..turn });
            }
            (work, turn) => {
                all.extend(turn);
                clock.turn = work.zip(seconds).map(|((example, work), seconds)| Timed {
                    person: act.person,
                    work,
                    example,
                    seconds,
                });
            }
        }
    }
    all.extend(clocks.into_iter().filter_map(|clock| clock.turn));
    all.retain(|timed| timed.seconds >= BY_HAND_SECONDS);
    all
}

/// The time from one moment of work to the next; `None` where there was a break in between, or the clock was
/// put back.
#[allow(clippy::cast_precision_loss)] // years of milliseconds are far below 2^52
pub(super) fn active_seconds(before: i64, after: i64) -> Option<f64> {
    let seconds = after.saturating_sub(before) as f64 / 1_000.0;
    (0.0..=BREAK_SECONDS).contains(&seconds).then_some(seconds)
}
