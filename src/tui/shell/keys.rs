//! From a key press to what it means: for what lies over the screen, for the shell, or for the
//! screen.

use std::time::Instant;

use crossterm::event::KeyEvent;

use super::super::commands::{Command, Context};
use super::super::effect::{Place, Tone};
use super::super::keymap::{Chord, Pressed};
use super::super::message::Order;
use super::super::screen::Input;
use super::super::widgets::trails;
use super::Shell;
use super::overlay::{Outcome, Overlay};
use crate::dataset::{Queue, Verb};

impl Shell {
    /// Where the keys go now.
    pub(super) fn context(&self) -> Context {
        self.overlay.as_ref().map_or_else(|| self.front_ref().screen.context(), Overlay::context)
    }

    pub(super) fn key(&mut self, event: &KeyEvent, now: Instant, orders: &mut Vec<Order>) {
        let Some(chord) = Chord::from_event(event) else { return };
        // who goes on is not asked again
        self.asked = None;
        let waited = !self.pending.is_empty();
        let mut pending = std::mem::take(&mut self.pending);
        let pressed = self.keymap.press(self.context(), &mut pending, chord);
        self.pending = pending;
        if !matches!(pressed, Pressed::Wait) {
            self.notices.dismiss();
        }
        match pressed {
            Pressed::Run(command) => self.command(command, now, orders),
            Pressed::Text(typed) => self.text(typed.encode_utf8(&mut [0; 4]), now, orders),
            Pressed::Wait => {}
            // The greeting goes with any key, and the key does what it does behind it.
            Pressed::Nothing if matches!(self.overlay, Some(Overlay::Welcome)) => {
                self.overlay = None;
                self.key(event, now, orders);
            }
            Pressed::Nothing => {
                if !waited && chord.typed().is_some() {
                    let help = self.keymap.key_for(Command::AppHelp, self.context());
                    let hint = help.map(|key| format!("; {key} shows the keys")).unwrap_or_default();
                    self.notices.say(Tone::Look, format!("{} does nothing here{hint}", chord.shown()), now);
                }
            }
        }
    }

    pub(super) fn text(&mut self, text: &str, now: Instant, orders: &mut Vec<Order>) {
        if let Some(overlay) = &mut self.overlay {
            if let Outcome::Tell(id, input) = overlay.text(text) {
                self.question_answered(id, input, now, orders);
            }
        } else if self.context().is_in_text() {
            let id = self.front_ref().id;
            self.input(id, Input::Text(text.to_owned()), now, orders);
        } else {
            self.notices.say(Tone::Look, "nothing is typed here, so what you pasted was left out", now);
        }
    }

    pub(super) fn command(&mut self, command: Command, now: Instant, orders: &mut Vec<Order>) {
        if let Some(overlay) = &mut self.overlay {
            let outcome = overlay.command(command);
            match outcome {
                Outcome::Stay => {}
                Outcome::Close => self.name_closed(),
                Outcome::Named(typed) => self.named(&typed, now, orders),
                Outcome::Run(command) => {
                    self.overlay = None;
                    self.command(command, now, orders);
                }
                Outcome::Tell(id, input) => self.question_answered(id, input, now, orders),
                Outcome::Pass => {
                    let is_welcome = matches!(self.overlay, Some(Overlay::Welcome));
                    if is_welcome || is_program(command) {
                        if is_welcome {
                            self.overlay = None;
                        }
                        self.on_screen(command, now, orders);
                    }
                }
            }
            return;
        }
        self.on_screen(command, now, orders);
    }

    fn on_screen(&mut self, command: Command, now: Instant, orders: &mut Vec<Order>) {
        let here = self.front_ref().screen.context();
        let at = self.front_ref().screen.example();
        match command {
            Command::AppQuit => self.leave(false, now, orders),
            Command::AppHelp => self.overlay = Some(Overlay::help(&self.keymap, here)),
            Command::AppPalette => {
                self.overlay = Some(Overlay::commands(&self.keymap, here, self.behind()));
            }
            Command::AppMessages => self.overlay = Some(Overlay::messages(&self.notices)),
            Command::AppAnnotator => self.ask_name(),
            Command::AppBack => self.back(now, orders),
            Command::AppUndo if !self.front_ref().screen.takes_undo() => self.perform(Verb::Undo, orders),
            Command::AppRedo => self.perform(Verb::Redo, orders),
            Command::AppSuspend => orders.push(Order::Suspend),
            Command::AppRedraw => orders.push(Order::Repaint),
            Command::GoHome => self.go(Place::Home, now, orders),
            Command::GoBrowse => self.go(Place::Browse(None), now, orders),
            Command::GoWrite => self.go(Place::Write(at), now, orders),
            // Where one is already there is nothing to go to, and what is typed stays.
            Command::GoRank if here == Context::Rank => {}
            Command::GoRank => self.go(Place::Rank(at), now, orders),
            Command::GoReview => {
                self.go(at.map_or(Place::Review(None), Place::ReviewOf), now, orders);
            }
            // Where one is already all stays as it is set.
            Command::GoImport if here == Context::Import => {}
            Command::GoImport => self.go(Place::Import, now, orders),
            Command::GoCoverage if here == Context::Coverage => {}
            Command::GoCoverage => self.go(Place::Coverage(None), now, orders),
            Command::GoReadiness if here == Context::Readiness => {}
            Command::GoReadiness => self.go(Place::Readiness, now, orders),
            Command::GoRules if here == Context::Rules => {}
            Command::GoRules => self.go(Place::Rules, now, orders),
            Command::GoFailures if here == Context::Failures => {}
            Command::GoFailures => self.go(Place::Failures, now, orders),
            Command::GoBalance if here == Context::Balance => {}
            Command::GoBalance => self.go(Place::Balance(None), now, orders),
            Command::GoExport if here == Context::Export => {}
            Command::GoExport => self.go(Place::Export, now, orders),
            Command::GoPace if here == Context::Pace => {}
            Command::GoPace => self.go(Place::Pace, now, orders),
            Command::GoAgreement => self.go(Place::Agreement, now, orders),
            Command::GoHistory => {
                // Of the example that one is at; from Home, or from its history, of all.
                self.go(Place::History(at), now, orders);
            }
            Command::QueueOrder => {
                self.perform(Verb::SetQueueOrder(self.shared.order.other()), orders);
            }
            Command::GoNextWork => self.next_work(now, orders),
            Command::BrowseFilter if !matches!(here, Context::Browse | Context::Filter) => {
                self.go(Place::Browse(None), now, orders);
                self.tell(command, now, orders);
            }
            command => {
                if let Some((screen, way)) = command.elsewhere(here).filter(|_| self.behind().is_none()) {
                    self.on_screen(way, now, orders);
                    self.tell_key(command, screen, now);
                    return;
                }
                // A command of the screen behind what is typed: the typing ends first, and is kept.
                if self.behind().is_some_and(|behind| command.is_valid_in(behind))
                    && !command.is_valid_in(here)
                {
                    if here.is_of_modes() {
                        // Else it would be no more than the end of a count.
                        self.tell(Command::EditorCancel, now, orders);
                    }
                    self.tell(Command::EditorDone, now, orders);
                }
                self.tell(command, now, orders);
            }
        }
    }

    /// Says with which key a command is done on a screen that was gone to for it.
    fn tell_key(&mut self, command: Command, screen: Context, now: Instant) {
        let keys = self.keymap.keys_for(command, screen);
        let key = keys.first().map_or_else(|| ":".to_owned(), Clone::clone);
        self.notices.say(Tone::Look, format!("{key} does it here: {}", command.help()), now);
    }

    /// The screen that one comes back to when one ends typing in a text.
    fn behind(&self) -> Option<Context> {
        let front = self.front_ref();
        front.screen.context().is_in_editor().then_some(match front.place {
            Place::Rank(_) => Context::Rank,
            _ => Context::Write,
        })
    }

    /// A step back on the screen, or from it.
    fn back(&mut self, now: Instant, orders: &mut Vec<Order>) {
        let shared = std::mem::take(&mut self.shared);
        let front = self.front();
        let (id, effects) = (front.id, front.screen.back(&shared));
        self.shared = shared;
        match effects {
            Some(effects) => self.carry(id, effects, now, orders),
            None => self.go(Place::Back, now, orders),
        }
    }

    /// The screen knows what to do.
    fn tell(&mut self, command: Command, now: Instant, orders: &mut Vec<Order>) {
        let digit = command.placed_response().and_then(|place| u8::try_from(place).ok());
        let id = self.front_ref().id;
        self.input(id, Input::Command { command, digit }, now, orders);
    }

    pub(super) fn next_work(&mut self, now: Instant, orders: &mut Vec<Order>) {
        if !self.loaded {
            // The key came before the first counts: it waits for them.
            self.work_wanted = true;
            return;
        }
        if !self.shared.returned.is_empty() {
            // Somebody waits for it.
            let effects = trails::go_to_returned(&self.shared);
            let id = self.front_ref().id;
            return self.carry(id, effects, now, orders);
        }
        let (counts, own) = (&self.shared.counts, &self.shared.own);
        let len = |queue: &Queue| queue.len(counts, own);
        let open = [Queue::Write, Queue::Rank].into_iter().filter(|queue| len(queue) > 0).max_by_key(len);
        let to_review = own.to_review(counts, self.shared.definitions.protocol.as_ref());
        match open {
            Some(Queue::Rank) => self.go(Place::Rank(None), now, orders),
            Some(_) => self.go(Place::Write(None), now, orders),
            None if to_review > 0 => self.go(Place::Review(None), now, orders),
            None => self.notices.say(
                Tone::Good,
                "nothing waits: every example is submitted, approved or discarded",
                now,
            ),
        }
    }
}

/// What also works while a menu is open.
fn is_program(command: Command) -> bool {
    matches!(command, Command::AppQuit | Command::AppSuspend | Command::AppRedraw)
}
