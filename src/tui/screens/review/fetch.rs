//! Which example is on the screen: the list of what waits, and what comes of asking.

use super::shown::Shown;
use super::{Next, Review};
use crate::dataset::{ReviewQueue, Selection, Verb};
use crate::example::{Example, Status};
use crate::tui::effect::{Answer, Effect, Request, Shared};
use crate::tui::widgets::trails::{self, Step};

impl Review {
    fn ask(&mut self, request: Request) -> Effect {
        self.generation += 1;
        Effect::Ask(self.generation, request)
    }

    /// Looks what waits.
    pub(super) fn list(&mut self) -> Effect {
        let ask = self.ask(Request::Reviews(self.scope.clone()));
        self.next = Next::Listing(self.generation);
        ask
    }

    /// Fetches an example to be shown.
    pub(super) fn read(&mut self, id: i64) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.next = Next::Reading(self.generation);
        ask
    }

    /// Fetches the shown example again.
    pub(super) fn reload(&mut self, id: i64) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.reloading = Some(self.generation);
        ask
    }

    /// On from an example, or back: along the list that one follows, else in what waits.
    pub(super) fn pass_on(&mut self, from: i64, forward: bool, shared: &Shared) -> Effect {
        self.is_going_back = !forward;
        match trails::step(shared, from, forward) {
            Some(Step::To(next)) => return self.read(next),
            Some(Step::End(says)) => return Effect::look(says),
            None => {}
        }
        let ids = &self.queue.ids;
        let at = ids.iter().position(|there| *there == from);
        let waits = |id: &&i64| !self.held.contains(id) && !self.unconfirmed.contains(id);
        let found = match (at, forward) {
            (Some(at), true) => ids.iter().skip(at + 1).find(waits),
            (Some(at), false) => ids.iter().take(at).rev().find(|id| !self.held.contains(id)),
            (None, _) => None,
        };
        match found.copied() {
            Some(id) => self.read(id),
            None if !forward && at.is_some() => Effect::look("this is the first that waits"),
            // At the end, or from elsewhere: whatever waits now.
            None => self.list(),
        }
    }

    pub(super) fn answer(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Reviews(generation, queue) if self.next == Next::Listing(generation) => {
                self.listed(queue)
            }
            Answer::Example(generation, id, example, _) => {
                if self.reloading == Some(generation) {
                    self.reloading = None;
                    return self.renewed(id, example, shared);
                }
                if self.next == Next::Reading(generation) {
                    return self.arrived(id, example, shared);
                }
                Vec::new()
            }
            Answer::Since(generation, id, since) if self.since == Some(generation) => {
                if let Some(shown) = self.shown.as_mut().filter(|shown| shown.id == id) {
                    shown.since = Some(since);
                    shown.facts = None;
                }
                Vec::new()
            }
            Answer::Held(id, who) => self.held_by(id, &who, shared),
            Answer::Failed(generation, _) => {
                if self.next == Next::Listing(generation) || self.next == Next::Reading(generation) {
                    self.next = Next::Still;
                }
                Vec::new()
            }
            Answer::Performed(verb, done) => match (*verb, done.example) {
                (Verb::Undo | Verb::Redo | Verb::UndoTo(_), Some(id)) => {
                    self.is_going_back = true;
                    vec![self.read(id)]
                }
                (verb, _) => {
                    let Some(id) = decided(&verb) else { return Vec::new() };
                    self.unconfirmed.remove(&id);
                    self.left.take_if(|left| left.id == id);
                    let says =
                        self.afterwards.take_if(|(of, _)| *of == id).map(|(_, says)| Effect::look(says));
                    says.into_iter().collect()
                }
            },
            // What was on its way is not done: back to it.
            Answer::Refused(verb, _) => match decided(&verb) {
                Some(id) => {
                    self.unconfirmed.remove(&id);
                    self.afterwards = None;
                    // What was typed for it is there again.
                    self.is_going_back = true;
                    vec![self.read(id)]
                }
                None => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn listed(&mut self, queue: ReviewQueue) -> Vec<Effect> {
        self.queue = queue;
        let waits = |id: &&i64| !self.unconfirmed.contains(id) && !self.held.contains(id);
        let from = self.shown.as_ref().filter(|shown| !shown.is_done).map(|shown| shown.id);
        let first = self.queue.ids.iter().find(|id| waits(id) && Some(**id) != from).copied();
        self.is_going_back = false;
        match (first, from) {
            (Some(id), _) => vec![self.read(id)],
            (None, Some(_)) => {
                self.next = Next::Still;
                vec![Effect::look("nothing else waits for your review")]
            }
            (None, None) => {
                self.next = Next::Nothing;
                self.shown = None;
                vec![Effect::Release]
            }
        }
    }

    fn arrived(&mut self, id: i64, example: Option<Box<Example>>, shared: &Shared) -> Vec<Effect> {
        let Some(example) = example else {
            let on = self.pass_on(id, true, shared);
            return vec![Effect::look(format!("#{id} is gone")), on];
        };
        if example.is_to_be_ranked_by(&shared.annotator) {
            // What others said of it is not to be seen before one has said what one thinks.
            let on = self.list();
            return vec![
                Effect::look(format!("#{id} is still to be ranked by you; these wait for review")),
                on,
            ];
        }
        let is_of_queue = self.queue.ids.contains(&id) && !trails::holds(shared, id);
        if is_of_queue && !self.is_going_back && example.status != Status::Submitted {
            // Somebody else was faster.
            return vec![self.pass_on(id, true, shared)];
        }
        self.next = Next::Still;
        self.reloading = None;
        self.reason = None;
        self.details = false;
        self.scrolled = 0;
        // Who wrote what is hidden again with each example.
        self.authors = None;
        let mut shown = Shown::new(id, *example, &shared.annotator);
        let left = self.left.take_if(|left| left.id == id && !self.unconfirmed.contains(&id));
        if let Some(left) = &left {
            shown.order = left.order.clone();
        }
        self.shown = Some(shown);
        let mut effects = vec![self.holding.hold(id, shared), self.ask_since(id)];
        if let Some((reason, note)) = left.and_then(|left| left.sent_back) {
            effects.extend(self.ask_note(&reason, note));
        }
        effects
    }

    fn ask_since(&mut self, id: i64) -> Effect {
        let ask = self.ask(Request::Since(id));
        self.since = Some(self.generation);
        ask
    }

    /// The shown example as it is on disk now.
    fn renewed(&mut self, id: i64, example: Option<Box<Example>>, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.id == id && !shown.is_done) else {
            return Vec::new();
        };
        let Some(example) = example else {
            shown.is_done = true;
            return vec![Effect::look(format!("#{id} is gone")), self.pass_on(id, true, shared)];
        };
        shown.renew(*example, &shared.annotator);
        vec![self.ask_since(id)]
    }

    /// Somebody else works on it: on to another, unless it was opened on purpose.
    fn held_by(&mut self, id: i64, who: &str, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.id == id && !shown.is_done) else {
            return Vec::new();
        };
        let says = Effect::look(format!("{who} works on #{id} right now"));
        if !self.queue.ids.contains(&id) {
            return vec![says];
        }
        shown.is_done = true;
        self.held.insert(id);
        vec![says, self.pass_on(id, true, shared)]
    }

    /// The dataset changed.
    pub(super) fn changed(&mut self, which: Option<i64>) -> Vec<Effect> {
        match &self.shown {
            Some(shown) if !shown.is_done && which.is_none_or(|id| id == shown.id) => {
                let id = shown.id;
                vec![self.reload(id)]
            }
            None if self.next == Next::Nothing => {
                self.held.clear();
                vec![self.list()]
            }
            _ => Vec::new(),
        }
    }
}

/// The example that a verb decides on.
fn decided(verb: &Verb) -> Option<i64> {
    match verb {
        Verb::Review { example, .. } => Some(*example),
        Verb::SetStatus { on: Selection::One(id), .. } => Some(*id),
        Verb::Several(verbs) => verbs.iter().find_map(|verb| match verb {
            Verb::Review { example, .. } => Some(*example),
            _ => None,
        }),
        _ => None,
    }
}
