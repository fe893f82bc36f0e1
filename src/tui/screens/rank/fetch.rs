//! Which example is on the screen: asking for the next one, and taking what comes.

use std::collections::HashMap;

use super::rewrite::{drafts_of, field, origin_of};
use super::shown::{Shown, Stage};
use super::{Coming, Next, Rank};
use crate::dataset::{Handed, Queue, Seek, Selection, Verb};
use crate::example::Example;
use crate::tui::effect::{Answer, Effect, Place, Request, Shared};
use crate::tui::message::Draft;
use crate::tui::widgets::trails::{self, Step};

impl Rank {
    fn ask(&mut self, request: Request) -> Effect {
        self.generation += 1;
        Effect::Ask(self.generation, request)
    }

    /// Looks for the next example of the queue.
    pub(super) fn seek(&mut self, after: Option<i64>) -> Effect {
        let ask = self.ask(Request::Next(Queue::Rank, Seek::After(after)));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// Looks for that example of the queue, or where it waits no more, for the one after it.
    fn seek_at(&mut self, there: i64) -> Effect {
        let ask = self.ask(Request::Next(Queue::Rank, Seek::At(there)));
        self.next = Next::Seeking(self.generation);
        ask
    }

    pub(super) fn seek_back(&mut self, before: i64) -> Effect {
        let ask = self.ask(Request::Next(Queue::Rank, Seek::Before(before)));
        self.next = Next::Seeking(self.generation);
        ask
    }

    /// On from an example, or back: along the list that one follows, else in the queue.
    pub(super) fn pass_on(&mut self, from: i64, forward: bool, shared: &Shared) -> Effect {
        match trails::step(shared, from, forward) {
            Some(Step::To(next)) => self.read(next, Coming::default()),
            Some(Step::End(says)) => Effect::look(says),
            None => {
                let shown = self.shown.as_ref().filter(|shown| shown.id == from);
                match shown.and_then(|shown| shown.stands_for) {
                    // The one whose place it took has not come yet.
                    Some(there) if forward => self.seek_at(there),
                    Some(there) => self.seek_back(there),
                    None if forward => self.seek(Some(from)),
                    None => self.seek_back(from),
                }
            }
        }
    }

    /// Fetches an example to be shown.
    pub(super) fn read(&mut self, id: i64, coming: Coming) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.next = Next::Reading(self.generation, coming);
        ask
    }

    /// Holds the shown example, where it was held a while ago.
    pub(super) fn hold_on(&mut self, shared: &Shared) -> Option<Effect> {
        let id = self.shown.as_ref().filter(|shown| !shown.is_done())?.id;
        self.holding.go_on(id, shared)
    }

    /// Fetches the shown example again.
    pub(super) fn reload(&mut self, id: i64) -> Effect {
        let ask = self.ask(Request::Example(id));
        self.reloading = Some(self.generation);
        ask
    }

    pub(super) fn answer(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Queued(generation, Queue::Rank, found) => match self.next {
                Next::Seeking(asked) if asked == generation => self.found(found),
                Next::Returning(asked, id) if asked == generation => {
                    let left = self.past.of(id);
                    let again = left.is_some_and(|left| left.again);
                    let place = found.filter(|found| found.example == id).map(|found| found.place);
                    let place = place.or_else(|| left.and_then(|left| left.place));
                    let stands_for = left.and_then(|left| left.stands_for);
                    vec![self.read(id, Coming { place, stands_for, again, is_handed: false })]
                }
                _ => Vec::new(),
            },
            Answer::Example(generation, id, example, drafts) => {
                if self.reloading == Some(generation) {
                    self.reloading = None;
                    return self.renewed(id, example, shared);
                }
                match self.next {
                    Next::Reading(asked, coming) if asked == generation => {
                        self.arrived(id, coming, example, &drafts, shared)
                    }
                    _ => Vec::new(),
                }
            }
            Answer::Failed(generation, _) => {
                if let Next::Returning(asked, id) = self.next
                    && asked == generation
                {
                    // Nothing can be written just now; what was typed is to be seen all the same.
                    let left = self.past.of(id);
                    let again = left.is_some_and(|left| left.again);
                    let (place, stands_for) = left.map_or((None, None), |left| (left.place, left.stands_for));
                    return vec![self.read(id, Coming { place, stands_for, again, is_handed: true })];
                }
                // The shell says why; the keys that came for what is not there go with it.
                if matches!(self.next, Next::Seeking(asked) | Next::Reading(asked, _) if asked == generation)
                {
                    self.next = Next::Still;
                    self.waiting.clear();
                }
                Vec::new()
            }
            Answer::DraftKept(_, field) => {
                self.typing.kept(&field);
                Vec::new()
            }
            Answer::DraftLost(example, field) if self.is_rewriting(example) => {
                self.typing.lost(&field).into_iter().collect()
            }
            Answer::Performed(verb, done) => match (*verb, done.example) {
                (
                    Verb::Rank { example, .. } | Verb::Repeat { example, .. } | Verb::Rewrite { example, .. },
                    _,
                ) => self.say_afterwards(example),
                (Verb::SetStatus { on: Selection::One(id), .. }, _) => self.say_afterwards(id),
                (Verb::Undo | Verb::Redo | Verb::UndoTo(_), Some(id)) => self.brought_back(id),
                _ => Vec::new(),
            },
            Answer::Held(id, who) if self.shown.as_ref().is_some_and(|shown| shown.id == id) => {
                vec![Effect::look(format!("{who} is ranking this right now"))]
            }
            Answer::Refused(verb, _) => {
                // Of what was not done nothing is to be said.
                self.afterwards.clear();
                self.refused(&verb)
            }
            _ => Vec::new(),
        }
    }

    fn refused(&mut self, verb: &Verb) -> Vec<Effect> {
        match *verb {
            // What was on its way is not done: back to where it was typed.
            Verb::Rank { example, .. } | Verb::Repeat { example, .. } => self.brought_back(example),
            Verb::SetStatus { on: Selection::One(id), .. } => self.brought_back(id),
            Verb::Rewrite { example, .. } | Verb::AddResponse { example, .. } => {
                let mut effects: Vec<Effect> = drafts_of(verb).into_iter().map(Draft::keep).collect();
                effects.push(Effect::look(format!("what you wrote for #{example} is kept as a draft")));
                effects.extend(self.brought_back(example));
                effects
            }
            _ => Vec::new(),
        }
    }

    fn say_afterwards(&mut self, id: i64) -> Vec<Effect> {
        let says = self.afterwards.extract_if(.., |(of, _)| *of == id).map(|(_, says)| says);
        let says = says.collect::<Vec<_>>().join("; ");
        if says.is_empty() { Vec::new() } else { vec![Effect::look(says)] }
    }

    /// The next one's number is known.
    fn found(&mut self, found: Option<Handed>) -> Vec<Effect> {
        if let Some(Handed { example: id, place, stands_for, again }) = found {
            return vec![self.read(id, Coming { place: Some(place), stands_for, again, is_handed: true })];
        }
        self.next = Next::Nothing;
        if self.is_moment() {
            return Vec::new();
        }
        let lost = !self.waiting.is_empty();
        self.waiting.clear();
        if self.shown.as_ref().is_some_and(|shown| !shown.is_done()) {
            self.next = Next::Still;
            return vec![Effect::look("nothing else waits to be ranked")];
        }
        self.shown = None;
        if lost { vec![Effect::look("nothing waits to be ranked")] } else { Vec::new() }
    }

    /// The next one is there.
    fn arrived(
        &mut self,
        id: i64,
        coming: Coming,
        example: Option<Box<Example>>,
        drafts: &HashMap<String, String>,
        shared: &Shared,
    ) -> Vec<Effect> {
        let Some(example) = example else {
            let on = match trails::step(shared, id, true) {
                Some(Step::To(next)) => self.read(next, Coming::default()),
                _ => self.seek(Some(id)),
            };
            return vec![Effect::look(format!("#{id} is gone")), on];
        };
        let Coming { place, stands_for, again, is_handed } = coming;
        let mut next = Box::new(Shown::new(id, (place, again), *example, &shared.annotator));
        next.stands_for = stands_for;
        // What was begun when it was there first would tell that it is there again.
        let draft =
            drafts.iter().find_map(|(field, text)| Some((origin_of(field)?, text))).filter(|_| !again);
        next.rewriting =
            draft.map(|(origin, text)| Draft { example: id, field: field(origin), text: text.clone() });
        if let Some(left) = self.past.of(id).filter(|left| left.again == again) {
            left.restore(&mut next, &shared.annotator);
        }
        self.begin_asking(&mut next, drafts, shared);
        let is_listed = trails::holds(shared, id);
        if self.shown.is_none() && place.is_none() && !is_listed && next.presented.len() < 2 {
            // One came here from an example that has nothing to rank: the queue is what is meant, and
            // keys typed for the one are not for another.
            self.waiting.clear();
            let says = format!("#{id} has fewer than two responses; these wait to be ranked");
            return vec![Effect::look(says), self.seek(None)];
        }
        if self.is_moment() {
            self.next = Next::Ready(next, is_handed);
            return Vec::new();
        }
        if is_listed && next.presented.len() < 2 {
            return self.go_over(id);
        }
        let mut effects: Vec<Effect> = self.show(*next, is_handed, shared).into_iter().collect();
        let may_type = std::mem::take(&mut self.may_type) && self.waiting.is_empty();
        if let Some((origin, text)) = draft
            && may_type
            && self.begin_rewriting(origin, Some(text)).is_ok()
        {
            effects.push(Effect::look("this is what you were writing here"));
        }
        if let Some(undone) = self.shown.take() {
            effects.extend(self.undone_rewriting(id, &undone.example));
            self.shown = Some(undone);
        }
        effects.extend(self.press_waiting(shared));
        effects
    }

    /// The list leads to an example with nothing to rank: Write shows it.
    pub(super) fn go_over(&mut self, id: i64) -> Vec<Effect> {
        self.next = Next::Still;
        self.waiting.clear();
        if let Some(shown) = &mut self.shown {
            // Who comes back finds the one before.
            shown.stage = Stage::Judging;
        }
        vec![Effect::Go(Place::Write(Some(id)))]
    }

    pub(super) fn show(&mut self, mut next: Shown, is_handed: bool, shared: &Shared) -> Option<Effect> {
        self.next = Next::Still;
        self.reloading = None;
        self.rewriting = None;
        self.typing.clear();
        next.spent.begin(shared.now);
        let id = next.id;
        if let Some(draft) = next.rewriting.take() {
            self.set_aside = Some(draft);
        }
        self.shown = Some(next);
        if is_handed {
            self.holding.was_handed(id, shared);
            return None;
        }
        Some(self.holding.hold(id, shared))
    }

    /// The shown example as it is on disk now.
    fn renewed(&mut self, id: i64, example: Option<Box<Example>>, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = self.shown.as_mut().filter(|shown| shown.id == id && !shown.is_done()) else {
            return Vec::new();
        };
        let Some(example) = example else {
            shown.stage = Stage::Done;
            return vec![Effect::look(format!("#{id} is gone")), self.seek(Some(id))];
        };
        let is_lost = shown.renew(*example, &shared.annotator);
        if is_lost {
            vec![Effect::look("there are other responses now: type the order again")]
        } else {
            Vec::new()
        }
    }

    /// Something was undone, or not done after all: back to the example that it was about.
    fn brought_back(&mut self, id: i64) -> Vec<Effect> {
        if self.rewriting.is_some() {
            return Vec::new();
        }
        match &self.shown {
            Some(shown) if shown.id == id && !shown.is_done() => vec![self.reload(id)],
            _ => {
                if let Some(shown) = &mut self.shown {
                    if !shown.is_done() {
                        // What is typed stands here again when one comes back.
                        self.past.remember(shown);
                    }
                    shown.end_moment();
                }
                let were_typed = self.waiting.iter().any(|pressed| pressed.ranks());
                self.waiting.clear();
                // In its place of the queue, where it waits again.
                let ask = self.ask(Request::Next(Queue::Rank, Seek::At(id)));
                self.next = Next::Returning(self.generation, id);
                let says =
                    were_typed.then(|| Effect::look(format!("back to #{id}: keys typed since are not used")));
                std::iter::once(ask).chain(says).collect()
            }
        }
    }

    pub(super) fn changed(&mut self, which: Option<i64>) -> Vec<Effect> {
        match &self.shown {
            Some(shown) if !shown.is_done() && which.is_none_or(|id| id == shown.id) => {
                let id = shown.id;
                vec![self.reload(id)]
            }
            None if matches!(self.next, Next::Nothing) => vec![self.seek(None)],
            _ => Vec::new(),
        }
    }
}
