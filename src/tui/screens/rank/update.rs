//! What happens on the screen: keys, answers, changes.

use super::order::{self, Key, Order};
use super::shown::{Focus, Shown};
use super::{CONFIRMS, Layout, MOMENT, Next, Pressed, Rank};
use crate::dataset::Verb;
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Shared, Tone};
use crate::tui::screen::Input;
use crate::tui::widgets::beginnings;
use crate::tui::widgets::menus::{self, Subject};
use crate::tui::widgets::trails::{self, Step};

fn look(sentence: impl Into<String>) -> Effect {
    Effect::Say(Tone::Look, sentence.into())
}

impl Rank {
    pub(super) fn handle(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.rewriting.is_some() => {
                self.command_in_editor(command, shared)
            }
            Input::Command { command, digit } => self.press(Pressed { command, digit }, shared),
            Input::Text(text) => self.type_text(&text),
            Input::Answer(answer) => self.answer(answer, shared),
            Input::Changed(which) => self.changed(which),
            Input::Picked(purpose, values) => beginnings::go_picked(&purpose, &values)
                .or_else(|| {
                    let subject = self.subject_of_menus()?;
                    menus::picked(&purpose, &values, &subject, shared)
                })
                .unwrap_or_default(),
            Input::Entered(purpose, text) => match self.external(&purpose, &text) {
                Some(effects) => effects,
                None => self
                    .subject_of_menus()
                    .and_then(|subject| menus::entered(&purpose, &text, &subject))
                    .unwrap_or_default(),
            },
            Input::Woken => {
                self.typing.woken();
                let mut effects = self.keep();
                if self.is_moment() {
                    effects.extend(self.end_moment(shared));
                }
                effects
            }
            Input::Click { x, y } => {
                self.click(x, y);
                Vec::new()
            }
            Input::Wheel { x, y, lines } => {
                self.wheel(x, y, isize::from(lines));
                Vec::new()
            }
        }
    }

    /// What menus are about.
    fn subject_of_menus(&self) -> Option<Subject> {
        let shown = self.shown.as_ref()?;
        let focused = shown.focused();
        let response = focused.and_then(|at| Some((*shown.presented.get(at)?, at + 1)));
        Some(Subject::one(shown.id, &shown.example, response))
    }

    /// A key: for the shown example, or for the next one where this one is done.
    fn press(&mut self, mut pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        if self.is_confirmation(pressed, shared) {
            return if self.is_moment() { self.end_moment(shared) } else { Vec::new() };
        }
        if pressed.command == Command::AppUndo {
            // What is typed and belongs to no action yet goes key by key.
            pressed.command = Command::RankBack;
        }
        let mut effects = if self.is_moment() { self.end_moment(shared) } else { Vec::new() };
        if self.is_fetching() {
            self.waiting.push_back(pressed);
        } else {
            effects.extend(self.act(pressed, shared));
        }
        effects
    }

    /// Whether a key only says what said itself: people type the whole order. Any key ends the time
    /// for that.
    fn is_confirmation(&mut self, pressed: Pressed, shared: &Shared) -> bool {
        self.confirms.take().is_some_and(|(number, until)| {
            pressed.number() == Some(number) && shared.now.is_none_or(|now| now <= until)
        })
    }

    /// The keys that came before their example.
    pub(super) fn press_waiting(&mut self, shared: &Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(pressed) = self.waiting.pop_front() {
            if self.rewriting.is_some()
                || effects.iter().any(|effect| matches!(effect, Effect::Pick(_) | Effect::Enter(_)))
            {
                // The keys after one that opens something were typed for what it opens, unseen.
                self.waiting.clear();
                effects.push(look("keys typed before this was open were not used"));
                break;
            }
            if self.is_confirmation(pressed, shared) {
                continue;
            }
            if self.is_fetching() {
                self.waiting.push_front(pressed);
                // The example is done already: what comes next shows itself.
                self.end_moment_silently();
                break;
            }
            effects.extend(self.act(pressed, shared));
        }
        effects
    }

    fn end_moment_silently(&mut self) {
        if let Some(shown) = &mut self.shown {
            shown.is_moment = false;
        }
    }

    /// The moment of a completed ranking is over: the next example, where it is there.
    fn end_moment(&mut self, shared: &Shared) -> Vec<Effect> {
        self.end_moment_silently();
        match std::mem::replace(&mut self.next, Next::Still) {
            Next::Ready(next) if trails::holds(shared, next.id) && next.presented.len() < 2 => {
                self.go_over(next.id)
            }
            Next::Ready(next) => {
                self.show(*next);
                self.press_waiting(shared)
            }
            Next::Nothing => {
                self.shown = None;
                self.next = Next::Nothing;
                Vec::new()
            }
            other => {
                self.next = other;
                Vec::new()
            }
        }
    }

    /// The shown example is done: on to the next, after a moment or at once.
    pub(super) fn go_on(&mut self, with_moment: bool, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        if let Some(Step::End(says)) = trails::step(shared, shown.id, true) {
            // There is no other to take its place: it stays, and this is said once it is on disk.
            self.afterwards.push((shown.id, says));
            shown.order = Order::new(shown.presented.len());
            return Vec::new();
        }
        shown.is_done = true;
        shown.is_moment = with_moment;
        let id = shown.id;
        let mut effects = vec![self.pass_on(id, true, shared)];
        if with_moment {
            effects.push(Effect::Wake(MOMENT));
        }
        effects
    }

    fn act(&mut self, pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        let command = pressed.command;
        if let Some(effects) = beginnings::go(command, self.shown.as_ref().map(|shown| shown.id), shared) {
            return effects;
        }
        match command {
            Command::RankLayout => return vec![self.change_layout()],
            Command::RankDifferences => {
                self.differences = !self.differences;
                let word = if self.differences { "marked" } else { "not marked" };
                return vec![Effect::Say(Tone::Good, format!("differing words are {word}"))];
            }
            _ => {}
        }
        let Some(shown) = &mut self.shown else {
            return vec![look("nothing waits to be ranked")];
        };
        let id = shown.id;
        match command {
            Command::RankTie => self.rank(Key::Tie, shared),
            Command::RankBad => self.rank(Key::Bad, shared),
            Command::RankBack => self.rank(Key::Back, shared),
            Command::RankSubmit => self.submit(shared),
            Command::RankRewriteBest => self.rewrite_best(&shared.annotator),
            Command::RankFocusNext | Command::MoveRight => {
                shown.turn(true);
                Vec::new()
            }
            Command::RankFocusPrevious | Command::MoveLeft => {
                shown.turn(false);
                Vec::new()
            }
            Command::ExampleNext | Command::ExampleSkip => vec![self.pass_on(id, true, shared)],
            Command::ExamplePrevious => vec![self.pass_on(id, false, shared)],
            Command::ExampleApprove | Command::ExampleDiscard => {
                let mut effects = self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default();
                effects.extend(self.go_on(false, shared));
                effects
            }
            _ => match pressed.number() {
                Some(number) => self.rank(Key::Place(number), shared),
                None if shown.scroll(command) => Vec::new(),
                None => self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default(),
            },
        }
    }

    fn change_layout(&mut self) -> Effect {
        let (layout, word) = match self.layout {
            Layout::Fitting => (Layout::Columns, "side by side"),
            Layout::Columns => (Layout::Stacked, "stacked, the focused one open"),
            Layout::Stacked => (Layout::One, "one at a time"),
            Layout::One => (Layout::Fitting, "side by side where they fit"),
        };
        self.layout = layout;
        Effect::Say(Tone::Good, format!("responses are shown {word}"))
    }

    fn rank(&mut self, key: Key, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        match shown.order.press(key) {
            order::Effect::Changed => Vec::new(),
            order::Effect::Refused(why) => vec![look(why)],
            order::Effect::Complete => {
                let last = shown.order.placed_itself();
                self.confirms = last.zip(shared.now.map(|now| now + CONFIRMS));
                self.perform(shared)
            }
        }
    }

    /// Submits what is placed so far.
    fn submit(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        if !shown.order.places().tiers.is_empty() {
            return self.perform(shared);
        }
        vec![look(match shown.own(&shared.annotator) {
            Some(own) => format!("nothing new is typed; you ranked {}", shown.told(own)),
            None => "nothing is placed yet: type the number of the best response".to_owned(),
        })]
    }

    fn perform(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let says = menus::lacking(&shown.example.tags, shared);
        self.afterwards.extend(says.map(|says| (shown.id, says)));
        let (tiers, bad) = shown.ranking();
        let verb = Verb::Rank {
            example: shown.id,
            tiers,
            bad,
            presented: shown.presented.clone(),
            details: Box::default(),
            submit: true,
        };
        self.unconfirmed.push(shown.id);
        let mut effects = vec![Effect::Perform(Box::new(verb))];
        effects.extend(self.go_on(true, shared));
        effects
    }

    fn click(&mut self, x: u16, y: u16) {
        let (x, y) = (x.saturating_add(self.origin.0), y.saturating_add(self.origin.1));
        if let Some(shown) = &mut self.shown
            && let Some(focus) = shown.panes.at(x, y)
        {
            shown.focus = focus;
        }
    }

    fn wheel(&mut self, x: u16, y: u16, lines: isize) {
        let (x, y) = (x.saturating_add(self.origin.0), y.saturating_add(self.origin.1));
        let Some(shown) = &mut self.shown else { return };
        match shown.panes.at(x, y) {
            Some(Focus::Response(at)) => shown.panes.scroll(Some(at), lines),
            Some(Focus::Prompt) => shown.prompt.scroll(lines),
            None => {}
        }
    }
}

impl Shown {
    /// Scrolls: by lines what is looked at, by pages all responses together. `false` where the
    /// command is none of these.
    fn scroll(&mut self, command: Command) -> bool {
        let page = isize::try_from(self.panes.height()).unwrap_or(1).max(2);
        let (lines, all) = match command {
            Command::MoveUp => (-1, false),
            Command::MoveDown => (1, false),
            Command::MovePageUp => (1 - page, true),
            Command::MovePageDown => (page - 1, true),
            Command::MoveHalfPageUp => (-page / 2, true),
            Command::MoveHalfPageDown => (page / 2, true),
            Command::MoveTop => (isize::MIN / 2, true),
            Command::MoveBottom => (isize::MAX / 2, true),
            _ => return false,
        };
        match self.focus {
            Focus::Prompt => self.prompt.scroll(lines),
            Focus::Response(at) => self.panes.scroll(if all { None } else { Some(at) }, lines),
        }
        true
    }
}
