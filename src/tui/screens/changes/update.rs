//! What the screen does with what it hears.

use super::{Changes, Stage};
use crate::dataset::{Progress, Verb};
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Place, Request, Rest, Shared};
use crate::tui::screen::Input;

/// Rows that the difference is scrolled by.
const SCROLL: usize = 5;

impl Changes {
    pub(super) fn entered(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.stopped) && self.stage == Stage::Looking {
            self.begin()
        } else {
            Vec::new()
        }
    }

    /// Looks for what would change.
    fn begin(&mut self) -> Vec<Effect> {
        let Some(mended) = self.mended.clone() else { return Vec::new() };
        self.stage = Stage::Looking;
        self.proposals.clear();
        self.difference = None;
        self.generation += 1;
        self.rest = Rest::More;
        self.reading = Some(Progress { step: "comparing", done: 0, total: None });
        vec![Effect::Ask(self.generation, Request::Propose(Box::new(mended)))]
    }

    /// What is still being looked for is looked for no longer.
    pub(super) fn stop(&mut self) -> Vec<Effect> {
        if self.reading.take().is_none() {
            return Vec::new();
        }
        self.stopped = true;
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Stop)]
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.stage == Stage::Asking => return self.ask(command),
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Text(text) => {
                if let Some(form) = self.form.as_mut().filter(|_| self.stage == Stage::Asking) {
                    form.text(&text);
                }
            }
            Input::Answer(answer) => return self.answer(answer),
            Input::Click { x, y } => self.click(x, y),
            Input::Wheel { x, y, lines } => {
                if self.drawn.contains((x, y).into()) {
                    self.step(lines.into());
                } else {
                    self.scrolled = self.scrolled.saturating_add_signed(lines.into());
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn ask(&mut self, command: Command) -> Vec<Effect> {
        let Some(form) = &mut self.form else { return Vec::new() };
        if command != Command::FormAccept {
            form.command(command);
            return Vec::new();
        }
        match form.answer() {
            Ok((mending, texts)) => {
                self.want(mending, texts);
                self.stopped = false;
                self.begin()
            }
            Err(missing) => Effect::only_look(missing),
        }
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Proposals(generation, changes, progress, rest) if generation == self.generation => {
                self.proposals.take(changes);
                self.rest = rest;
                self.reading = Some(progress).filter(|_| rest == Rest::More);
            }
            // The sentence is on the message line; what was asked can be mended.
            Answer::Failed(generation, _) if generation == self.generation => {
                self.reading = None;
                self.rest = Rest::Done;
                if self.form.is_some() {
                    self.stage = Stage::Asking;
                }
            }
            Answer::Performed(verb, _) if matches!(*verb, Verb::ReplaceTexts { .. }) => {
                return vec![Effect::Go(Place::Back)];
            }
            // Nothing was changed: what was taken is there again.
            Answer::Refused(verb, _) => {
                if let Verb::ReplaceTexts { changes, .. } = *verb {
                    self.stage = Stage::Looking;
                    self.proposals.take(changes);
                }
            }
            _ => {}
        }
        Vec::new()
    }

    fn step(&mut self, by: isize) {
        self.proposals.step(by);
        self.scrolled = 0;
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = self.proposals.page();
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.step(-page),
            Command::MovePageDown => self.step(page),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.step((page / 2).max(1)),
            Command::MoveTop => self.step(isize::MIN),
            Command::MoveBottom => self.step(isize::MAX),
            Command::MoveLeft => self.scrolled = self.scrolled.saturating_sub(SCROLL),
            Command::MoveRight => self.scrolled = self.scrolled.saturating_add(SCROLL),
            Command::ChangesTake => {
                self.proposals.toggle();
                self.scrolled = 0;
            }
            Command::ChangesTakeAll => self.proposals.set_all(true),
            Command::ChangesTakeNone => self.proposals.set_all(false),
            Command::ChangesApply => return self.apply(),
            Command::ExampleOpen => {
                let open =
                    self.proposals.selected().map(|change| Effect::Go(Place::Write(Some(change.example))));
                // The queue or list that one followed is not what one looks at here.
                let follow = shared.trail.is_some().then_some(Effect::Follow(None));
                return follow.filter(|_| open.is_some()).into_iter().chain(open).collect();
            }
            _ => {}
        }
        Vec::new()
    }

    fn apply(&mut self) -> Vec<Effect> {
        if self.stage == Stage::Making {
            return Effect::only_look("these changes are being made");
        }
        if self.reading.is_some() {
            return Effect::only_look(
                "it is still being looked for what would change; once more when that is done",
            );
        }
        if self.proposals.taken() == 0 {
            return Effect::only_look("no change is taken, so there is nothing to do");
        }
        self.stage = Stage::Making;
        self.difference = None;
        let changes = self.proposals.hand_over();
        vec![Effect::Perform(Box::new(Verb::ReplaceTexts { changes, what: self.what.clone() }))]
    }

    fn click(&mut self, x: u16, y: u16) {
        if self.stage == Stage::Asking {
            if let Some(form) = &mut self.form {
                form.click(y.into());
            }
            return;
        }
        if !self.drawn.contains((x, y).into()) {
            return;
        }
        let at = self.proposals.top() + usize::from(y - self.drawn.y);
        if at == self.proposals.at() {
            self.proposals.toggle();
        } else if at < self.proposals.len() {
            self.proposals.select(at);
        }
        self.scrolled = 0;
    }
}
