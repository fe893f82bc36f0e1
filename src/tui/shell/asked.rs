//! Questions that were answered: one opens again, with what was typed in it, where the answer is refused.

use std::time::Instant;

use super::super::effect::{Effect, Generation, Request, Tone};
use super::super::message::{Order, ScreenId};
use super::super::screen::Input;
use super::Shell;
use super::overlay::Overlay;
use crate::dataset::Verb;

/// A question whose answer may be refused yet: by the screen, or by whoever carries out what it asked for then.
pub(super) struct Asked {
    screen: ScreenId,
    overlay: Overlay,
    awaited: Option<Awaited>,
}

/// What the answer led to.
#[derive(Debug, PartialEq)]
enum Awaited {
    Verb(Box<Verb>),
    File(Generation),
}

impl Shell {
    /// The screen hears what was answered to the question that lies over it, which goes.
    pub(super) fn question_answered(
        &mut self,
        id: ScreenId,
        input: Input,
        now: Instant,
        orders: &mut Vec<Order>,
    ) {
        self.asked = self.overlay.take().map(|overlay| Asked { screen: id, overlay, awaited: None });
        self.input(id, input, now, orders);
        // with nothing to wait for the answer holds
        self.asked = self.asked.take().filter(|asked| asked.awaited.is_some());
    }

    /// A screen asks for something: where a line was answered just now, it may be refused still.
    pub(super) fn may_be_refused(&mut self, id: ScreenId, effect: &Effect) {
        let is_line = |asked: &&mut Asked| asked.screen == id && matches!(asked.overlay, Overlay::Prompt(..));
        let Some(asked) = self.asked.as_mut().filter(is_line) else { return };
        asked.awaited = match effect {
            Effect::Perform(verb) => Some(Awaited::Verb(verb.clone())),
            Effect::Ask(
                generation,
                Request::Production(..) | Request::Export(..) | Request::SaveMapping(..),
            ) => Some(Awaited::File(*generation)),
            _ => return,
        };
    }

    /// The screen can't take the answer.
    pub(super) fn refuse(&mut self, sentence: String, now: Instant) {
        self.ask_again();
        self.notices.say(Tone::Look, sentence, now);
    }

    /// A verb was refused: the question opens again whose answer led to it.
    pub(super) fn verb_refused(&mut self, verb: &Verb) {
        let is_it =
            |asked: &Asked| matches!(&asked.awaited, Some(Awaited::Verb(awaited)) if **awaited == *verb);
        if self.asked.as_ref().is_some_and(is_it) {
            self.ask_again();
        }
    }

    /// A file could not be read or written: the question opens again whose answer named it.
    pub(super) fn file_failed(&mut self, id: ScreenId, generation: Generation) {
        let awaited = Some(Awaited::File(generation));
        if self.asked.as_ref().is_some_and(|asked| asked.screen == id && asked.awaited == awaited) {
            self.ask_again();
        }
    }

    /// The question opens again, unless another one is open, or one has gone elsewhere.
    fn ask_again(&mut self) {
        let Some(asked) = self.asked.take() else { return };
        if self.overlay.is_none() && self.front_ref().id == asked.screen {
            self.overlay = Some(asked.overlay);
        }
    }
}
