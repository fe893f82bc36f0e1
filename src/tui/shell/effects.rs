//! Carries out what screens ask for, as far as the shell can, and orders the rest.

use std::time::{Duration, Instant};

use super::super::effect::{Effect, Request};
use super::super::message::{Order, ScreenId, WriterJob};
use super::Shell;
use super::overlay::Overlay;
use crate::dataset::Verb;

impl Shell {
    pub(super) fn carry(
        &mut self,
        id: ScreenId,
        effects: Vec<Effect>,
        now: Instant,
        orders: &mut Vec<Order>,
    ) {
        for effect in effects {
            self.may_be_refused(id, &effect);
            match effect {
                Effect::Perform(verb) => {
                    if let Verb::Write { example, .. }
                    | Verb::Edit { example, .. }
                    | Verb::Rewrite { example, .. } = &*verb
                    {
                        self.unkept.forget(*example, None);
                    }
                    self.unanswered += 1;
                    orders.push(Order::Write(WriterJob::Perform(id, verb)));
                }
                Effect::KeepDraft { example, field, text } => {
                    self.unkept.forget(example, Some(&field));
                    self.unanswered += 1;
                    orders.push(Order::Write(WriterJob::KeepDraft(id, example, field, text)));
                }
                Effect::DropDraft { example, field } => {
                    self.unkept.forget(example, Some(&field));
                    orders.push(Order::Write(WriterJob::DropDraft(example, field)));
                }
                Effect::Ask(generation, Request::Next(queue, seek)) => {
                    orders.push(Order::Write(WriterJob::Hand(id, generation, queue, seek)));
                }
                Effect::Hold(example) => orders.push(Order::Write(WriterJob::Hold(id, example))),
                Effect::Release => orders.push(Order::Write(WriterJob::Release)),
                Effect::Ask(generation, request @ (Request::Export(..) | Request::Import(_))) => {
                    self.unanswered += 1;
                    orders.push(Order::Read(id, generation, request));
                }
                Effect::Ask(generation, request) => orders.push(Order::Read(id, generation, request)),
                Effect::Go(place) => self.go(place, now, orders),
                Effect::Follow(trail) => self.shared.trail = trail,
                Effect::Pick(picker) => {
                    self.pending.clear();
                    self.overlay = Some(Overlay::pick(id, picker));
                }
                Effect::PickByKey(picker, at_once) => {
                    self.pending.clear();
                    self.overlay = Some(Overlay::pick_by_key(id, picker, at_once));
                }
                Effect::Enter(prompting) => {
                    self.pending.clear();
                    self.overlay = Some(Overlay::prompt(id, prompting));
                }
                Effect::Refuse(sentence) => self.refuse(sentence, now),
                Effect::External(text, purpose) => orders.push(Order::Edit(id, purpose, text)),
                Effect::Say(tone, sentence) => self.notices.say(tone, sentence, now),
                Effect::Copy(text) => orders.push(Order::Copy(text)),
                Effect::Wake(milliseconds) => {
                    self.wakes.push((now + Duration::from_millis(milliseconds), id));
                }
            }
        }
    }
}
