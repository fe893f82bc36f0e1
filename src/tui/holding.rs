//! Which example a screen holds, so that nobody else is handed it meanwhile.

use std::time::{Duration, Instant};

use super::effect::{Effect, Shared};

/// How long after an example was held it is held anew with the next key: well before others may have it.
const AGAIN: Duration = Duration::from_mins(1);

/// The example that is held, and since when; without a clock it is held once.
#[derive(Debug, Default)]
pub struct Holding(Option<(i64, Option<Instant>)>);

impl Holding {
    /// It was handed out, and is held with that.
    pub fn was_handed(&mut self, id: i64, shared: &Shared) {
        self.0 = Some((id, shared.now));
    }

    /// Whether that one is held.
    pub fn is_of(&self, id: i64) -> bool {
        self.0.is_some_and(|(held, _)| held == id)
    }

    /// Holds it.
    pub fn hold(&mut self, id: i64, shared: &Shared) -> Effect {
        self.was_handed(id, shared);
        Effect::Hold(id)
    }

    /// Holds it where it is another one, or was held a while ago.
    pub fn go_on(&mut self, id: i64, shared: &Shared) -> Option<Effect> {
        let is_held = self.0.is_some_and(|(held, since)| {
            let is_long_ago = since.zip(shared.now).is_some_and(|(since, now)| now >= since + AGAIN);
            held == id && !is_long_ago
        });
        (!is_held).then(|| self.hold(id, shared))
    }

    /// It is given back.
    pub fn release(&mut self) -> Effect {
        self.0 = None;
        Effect::Release
    }
}
