//! What was typed on a screen that is gone, and could not be saved: it is kept here, tried again,
//! and told when the program ends, so that it is never lost without a word.

use std::time::{Duration, Instant};

use super::super::effect::{Answer, Effect, Tone};
use super::super::message::{Draft, Order, ScreenId, WriterJob};
use super::super::screen::Input;
use super::super::screens;
use super::Shell;
use crate::dataset::Verb;

/// The time between two tries.
const AGAIN: Duration = Duration::from_secs(2);

/// Texts that are on no disk.
#[derive(Debug, Default)]
pub(super) struct Unkept {
    /// Each with who typed it.
    drafts: Vec<(String, Draft)>,
    /// When they are tried again.
    pub(super) at: Option<Instant>,
}

impl Unkept {
    fn hold(&mut self, annotator: &str, draft: Draft, now: Instant) {
        self.forget(draft.example, Some(&draft.field));
        self.drafts.push((annotator.to_owned(), draft));
        self.at = Some(now + AGAIN);
    }

    /// Something newer is on its way for this field, or for the whole example.
    pub(super) fn forget(&mut self, example: i64, field: Option<&str>) {
        self.drafts
            .retain(|(_, held)| held.example != example || field.is_some_and(|field| field != held.field));
    }

    /// Each in a sentence, for when the program ends.
    pub(super) fn told(&self) -> impl Iterator<Item = String> + '_ {
        self.drafts.iter().map(|(_, Draft { example, field, text })| match example {
            0 => format!("this was typed in a new example ({field}) and could not be kept:\n{text}"),
            example => format!("this was typed in #{example} ({field}) and could not be kept:\n{text}"),
        })
    }
}

impl Shell {
    /// A draft did not come to disk: its screen tries again where it is still there, else we do.
    pub(super) fn draft_lost(&mut self, id: ScreenId, draft: Draft, now: Instant, orders: &mut Vec<Order>) {
        let answer = Answer::DraftLost(draft.example, draft.field.clone());
        let shared = std::mem::take(&mut self.shared);
        let effects = self.entry(id).map(|entry| entry.screen.update(Input::Answer(answer), &shared));
        self.shared = shared;
        match effects.filter(|effects| !effects.is_empty()) {
            Some(effects) => self.carry(id, effects, now, orders),
            None => self.unkept.hold(&self.shared.annotator, draft, now),
        }
    }

    /// A verb of a screen that is gone was not done: what was typed for it becomes a draft again.
    pub(super) fn keep_refused(
        &mut self,
        verb: &Verb,
        sentence: &str,
        now: Instant,
        orders: &mut Vec<Order>,
    ) {
        let drafts = screens::drafts_of(verb);
        let Some(example) = drafts.first().map(|draft| draft.example) else { return };
        // No screen has this number: answers to it come to nobody.
        let keep: Vec<Effect> = drafts.into_iter().map(Draft::keep).collect();
        self.carry(ScreenId::MAX, keep, now, orders);
        let which = if example == 0 { "the new example".to_owned() } else { format!("#{example}") };
        let says = format!("{sentence}; what you typed in {which} is kept as a draft again");
        self.notices.say(Tone::Bad, says, now);
    }

    /// Tries again, where it is time.
    pub(super) fn keep_unkept(&mut self, now: Instant, orders: &mut Vec<Order>) {
        if self.unkept.at.is_none_or(|at| at > now) {
            return;
        }
        self.unkept.at = None;
        // What somebody else typed waits until they are back.
        let own = |(annotator, _): &mut (String, Draft)| *annotator == self.shared.annotator;
        let drafts: Vec<(String, Draft)> = self.unkept.drafts.extract_if(.., own).collect();
        for (_, Draft { example, field, text }) in drafts {
            self.unanswered += 1;
            orders.push(Order::Write(WriterJob::KeepDraft(ScreenId::MAX, example, field, text)));
        }
    }
}
