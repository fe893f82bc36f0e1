//! Where one is: Home, and the places above it that one can go back from.

use std::time::Instant;

use super::super::effect::Place;
use super::super::message::{Order, ScreenId};
use super::super::screens;
use super::{AnyScreen, Shell};

/// A place one has gone to.
pub(super) struct Entry {
    pub(super) id: ScreenId,
    pub(super) place: Place,
    pub(super) screen: AnyScreen,
}

impl Entry {
    pub(super) fn home() -> Self {
        Self { id: 0, place: Place::Home, screen: screens::open(&Place::Home) }
    }
}

/// Whether both are the same kind of place: one is never there twice.
fn alike(one: &Place, other: &Place) -> bool {
    matches!(
        (one, other),
        (Place::Home, Place::Home)
            | (Place::Browse(_), Place::Browse(_))
            | (Place::Write(_) | Place::WriteNew(_), Place::Write(_) | Place::WriteNew(_))
            | (Place::Rank(_), Place::Rank(_))
            | (Place::Review(_) | Place::ReviewOf(_), Place::Review(_) | Place::ReviewOf(_))
            | (Place::History(_), Place::History(_))
            | (Place::Agreement, Place::Agreement)
            | (Place::Export, Place::Export)
            | (Place::Import, Place::Import)
            | (Place::Coverage(_), Place::Coverage(_))
            | (Place::Readiness, Place::Readiness)
            | (Place::Rules, Place::Rules)
            | (Place::Failures, Place::Failures)
            | (Place::Pace, Place::Pace)
            | (Place::Balance(_), Place::Balance(_))
            | (Place::Changes(_), Place::Changes(_))
    )
}

impl Shell {
    /// Goes there: back down to it where one came from it, or on top of where one is.
    pub(super) fn go(&mut self, place: Place, now: Instant, orders: &mut Vec<Order>) {
        self.pending.clear();
        if matches!(place, Place::Home | Place::Write(None) | Place::Rank(None) | Place::Review(_)) {
            // Who goes to a queue has left the list.
            self.shared.trail = None;
        }
        match place {
            Place::Home => self.go_down_to(0, now, orders),
            Place::Back => {
                let below = self.above.len().saturating_sub(1);
                self.go_down_to(below, now, orders);
            }
            place => {
                // From an example that an export names one comes back to the export, wherever that was
                // gone to from.
                let from = if matches!(self.place(), Place::Export) { self.above.len() } else { 0 };
                let below = self.above.iter().skip(from).position(|entry| alike(&entry.place, &place));
                match (below, &place) {
                    (
                        Some(at),
                        Place::Browse(None)
                        | Place::Coverage(None)
                        | Place::Readiness
                        | Place::Rules
                        | Place::Failures
                        | Place::Pace
                        | Place::Balance(None)
                        | Place::Export
                        | Place::Import,
                    ) => {
                        self.go_down_to(at + 1, now, orders);
                    }
                    (Some(at), _) => {
                        self.close_above(at, now, orders);
                        self.push(place, now, orders);
                    }
                    (None, _) => {
                        self.leave_front(now, orders);
                        self.push(place, now, orders);
                    }
                }
            }
        }
    }

    fn push(&mut self, place: Place, now: Instant, orders: &mut Vec<Order>) {
        let kept = match place {
            Place::Browse(None) => self.browse.take(),
            _ => None,
        };
        let entry = kept.unwrap_or_else(|| {
            let id = self.next_id;
            self.next_id += 1;
            Entry { id, screen: screens::open(&place), place }
        });
        self.above.push(entry);
        self.enter_front(now, orders);
    }

    fn go_down_to(&mut self, height: usize, now: Instant, orders: &mut Vec<Order>) {
        self.close_above(height, now, orders);
        self.enter_front(now, orders);
    }

    pub(super) fn enter_front(&mut self, now: Instant, orders: &mut Vec<Order>) {
        let shared = std::mem::take(&mut self.shared);
        let entry = self.front();
        let (id, effects) = (entry.id, entry.screen.enter(&shared));
        self.shared = shared;
        self.carry(id, effects, now, orders);
    }

    /// The front screen saves what is being typed before another one comes over it.
    fn leave_front(&mut self, now: Instant, orders: &mut Vec<Order>) {
        let entry = self.front();
        let (id, effects) = (entry.id, entry.screen.leave());
        self.carry(id, effects, now, orders);
    }

    pub(super) fn close_above(&mut self, height: usize, now: Instant, orders: &mut Vec<Order>) {
        while self.above.len() > height {
            let Some(mut entry) = self.above.pop() else { return };
            let effects = entry.screen.leave();
            let id = entry.id;
            self.wakes.retain(|(_, screen)| *screen != id);
            if matches!(entry.place, Place::Browse(_)) {
                self.browse = Some(entry);
            }
            self.carry(id, effects, now, orders);
        }
    }
}
