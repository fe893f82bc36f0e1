//! What happens on the screen: keys, answers, changes.

use std::time::Duration;

use super::order::{Key, Order};
use super::shown::{Focus, Shown, Stage};
use super::{Layout, Next, Pressed, Rank};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Shared, Tone};
use crate::tui::screen::Input;
use crate::tui::widgets::beginnings;
use crate::tui::widgets::menus::{self, Subject};
use crate::tui::widgets::trails::{self, Step};

/// Whether an effect opens something that the next keys are for.
fn opens(effect: &Effect) -> bool {
    matches!(effect, Effect::Pick(_) | Effect::PickByKey(..) | Effect::Enter(_) | Effect::Go(_))
}

impl Rank {
    pub(super) fn handle(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        if matches!(input, Input::Answer(_) | Input::Changed(_) | Input::Woken) {
            return self.hear(input, shared);
        }
        if let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done()) {
            shown.spent.tick(shared.now);
        }
        let mut effects = self.hear(input, shared);
        effects.extend(self.hold_on(shared));
        effects
    }

    fn hear(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.rewriting.is_some() => {
                self.command_in_editor(command, shared)
            }
            Input::Command { command, digit } => self.press(Pressed { command, digit }, shared),
            Input::Text(text) => self.type_text(&text),
            Input::Answer(answer) => self.answer(answer, shared),
            Input::Changed(which) => self.changed(which),
            Input::Picked(purpose, values) => beginnings::go_picked(&purpose, &values)
                .or_else(|| self.of_another(&values.join(", ")))
                .or_else(|| self.picked_cannot(&purpose, &values, shared))
                .or_else(|| {
                    let subject = self.subject_of_menus()?;
                    menus::picked(&purpose, &values, &subject, shared)
                })
                .unwrap_or_default(),
            Input::Entered(purpose, text) => self
                .external(&purpose, &text)
                .or_else(|| self.of_another(&text))
                .or_else(|| self.entered_cannot(&purpose, &text, shared))
                .or_else(|| {
                    let subject = self.subject_of_menus()?;
                    menus::entered(&purpose, &text, &subject)
                })
                .unwrap_or_default(),
            Input::Woken => {
                self.typing.woken();
                let mut effects = self.keep();
                // Not by the time of a moment before this one.
                let is_over = self.moment_until.zip(shared.now).is_none_or(|(until, now)| now >= until);
                if self.is_moment() && is_over {
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

    /// What was chosen or written for an example that is not shown any more: it is for no other one.
    fn of_another(&self, said: &str) -> Option<Vec<Effect>> {
        let asked = self.asked_of?;
        let is_shown = self.shown.as_ref().is_some_and(|shown| shown.id == asked);
        let says = format!("#{asked} is not on the screen any more; nothing was done with “{said}”");
        (!is_shown).then(|| vec![Effect::look(says)])
    }

    /// What menus are about.
    pub(super) fn subject_of_menus(&self) -> Option<Subject> {
        let shown = self.shown.as_ref()?;
        let focused = shown.focused();
        let response = focused.and_then(|at| Some((*shown.presented.get(at)?, shown.number(at))));
        Some(Subject::one(shown.id, &shown.example, response))
    }

    /// A key: for the shown example, or for the next one where this one is done.
    fn press(&mut self, mut pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        if self.is_confirmation(pressed, shared) {
            if self.is_moment() {
                return self.end_moment(shared);
            }
            if self.is_fetching() {
                return Vec::new();
            }
            let number = pressed.number().unwrap_or_default();
            let is_asked = self.shown.as_ref().is_some_and(|shown| shown.questions.is_some());
            return vec![Effect::look(if is_asked {
                format!("{number} had placed itself; what you type now answers the question")
            } else {
                format!("{number} had placed itself in the one before; type it again if it is for this one")
            })];
        }
        if pressed.command == Command::AppUndo {
            // What is typed and belongs to no action yet goes key by key.
            pressed.command = Command::RankBack;
        }
        let mut effects = if self.is_moment() { self.end_moment(shared) } else { Vec::new() };
        if !self.is_fetching() {
            effects.extend(self.act(pressed, shared));
        } else if pressed.command == Command::RankBack && self.waiting.back().is_some_and(|last| last.ranks())
        {
            // It takes back the key before it, which waits too.
            self.waiting.pop_back();
        } else {
            self.waiting.push_back(pressed);
        }
        effects
    }

    /// Whether a key only says what said itself: people type the whole order. Any key ends the time
    /// for that. Where it could have been an answer, it is told that it was none.
    fn is_confirmation(&mut self, pressed: Pressed, shared: &Shared) -> bool {
        self.confirms.take().is_some_and(|(number, until)| {
            pressed.number() == Some(number) && shared.now.is_none_or(|now| now <= until)
        })
    }

    /// The keys that came before their example.
    pub(super) fn press_waiting(&mut self, shared: &Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        while let Some(pressed) = self.waiting.pop_front() {
            if self.rewriting.is_some() || effects.iter().any(opens) {
                // The keys after one that opens something were typed for what it opens, unseen.
                self.waiting.clear();
                effects.push(Effect::look("keys typed before this was open were not used"));
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
            shown.end_moment();
        }
    }

    /// The moment of a completed ranking is over: the next example, where it is there.
    fn end_moment(&mut self, shared: &Shared) -> Vec<Effect> {
        self.end_moment_silently();
        match std::mem::replace(&mut self.next, Next::Still) {
            Next::Ready(next, _) if trails::holds(shared, next.id) && next.presented.len() < 2 => {
                self.go_over(next.id)
            }
            Next::Ready(next, is_handed) => {
                let mut effects: Vec<Effect> = self.show(*next, is_handed, shared).into_iter().collect();
                effects.extend(self.press_waiting(shared));
                effects
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
        self.past.remember(shown);
        if let Some(Step::End(says)) = trails::step(shared, shown.id, true) {
            // There is no other to take its place: it stays, and this is said once it is on disk.
            self.afterwards.push((shown.id, says));
            shown.order = Order::new(shown.presented.len());
            (shown.questions, shown.cannot) = (None, None);
            return Vec::new();
        }
        let moment = if with_moment { shared.moment.0 } else { 0 };
        shown.stage = if moment > 0 { Stage::Moment } else { Stage::Done };
        self.moment_until = shared.now.map(|now| now + Duration::from_millis(moment));
        shown.is_prompt_whole = false;
        let id = shown.id;
        let mut effects = vec![self.pass_on(id, true, shared)];
        if moment > 0 {
            effects.push(Effect::Wake(moment));
        }
        effects
    }

    fn act(&mut self, pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        let about = self.shown.as_ref().map(|shown| shown.id);
        let effects = self.do_act(pressed, shared);
        if effects.iter().any(opens) {
            self.asked_of = about;
        }
        effects
    }

    fn do_act(&mut self, pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        let command = pressed.command;
        if let Some(effects) = beginnings::go(command, self.shown.as_ref().map(|shown| shown.id), shared) {
            return effects;
        }
        match command {
            Command::RankLayout => return vec![self.change_layout()],
            Command::RankDifferences => {
                self.looks.differences = !self.looks.differences;
                let word = if self.looks.differences { "marked" } else { "not marked" };
                return vec![Effect::Say(Tone::Good, format!("differing words are {word}"))];
            }
            Command::RankScroll => {
                self.looks.together = !self.looks.together;
                let which =
                    if self.looks.together { "all responses" } else { "the response that is looked at" };
                return vec![Effect::Say(Tone::Good, format!("keys scroll {which}"))];
            }
            _ => {}
        }
        let Some(shown) = &mut self.shown else {
            return vec![Effect::look("nothing waits to be ranked")];
        };
        let (id, together) = (shown.id, self.looks.together);
        if shown.questions.is_some() {
            return self.answer_question(pressed, shared);
        }
        if shown.known().is_some()
            && let Some(effects) = self.answer_asked(pressed, shared)
        {
            return effects;
        }
        let Some(shown) = &mut self.shown else { return Vec::new() };
        match command {
            Command::RankMethod => self.change_method(),
            Command::RankTie => self.rank(Key::Tie, shared),
            Command::RankBad => self.rank(Key::Bad, shared),
            Command::RankBack => self.rank(Key::Back, shared),
            Command::RankSubmit => self.submit(shared),
            Command::RankPlaceFocused => self.place_focused(shared),
            Command::RankCannot => Self::ask_why_not(shared),
            Command::ExampleFlag => self.ask_for_flag(shared),
            Command::RankWholePrompt => {
                shown.show_whole_prompt();
                Vec::new()
            }
            Command::RankRewriteBest => self.rewrite_best(&shared.annotator),
            Command::RankFocusNext | Command::MoveRight => {
                shown.turn(true);
                Vec::new()
            }
            Command::RankFocusPrevious | Command::MoveLeft => {
                shown.turn(false);
                Vec::new()
            }
            Command::ExampleNext | Command::ExampleSkip | Command::ExamplePrevious => {
                // What is typed stands here again when one comes back.
                self.past.remember(shown);
                vec![self.pass_on(id, command != Command::ExamplePrevious, shared)]
            }
            Command::ExampleApprove if shown.own(&shared.annotator).is_none() => {
                vec![Effect::look("rank it first: nobody approves what they have not ranked")]
            }
            Command::ExampleApprove | Command::ExampleDiscard => {
                let mut effects = self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default();
                effects.extend(self.drop_answers());
                effects.extend(self.go_on(false, shared));
                effects
            }
            _ => match pressed.number() {
                Some(number) => self.rank(Key::Place(number), shared),
                None if shown.scroll(command, together) => Vec::new(),
                None => self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default(),
            },
        }
    }

    fn change_layout(&mut self) -> Effect {
        let (layout, word) = match self.looks.layout {
            Layout::Fitting => (Layout::Columns, "side by side"),
            Layout::Columns => (Layout::Stacked, "stacked, the focused one open"),
            Layout::Stacked => (Layout::One, "one at a time"),
            Layout::One => (Layout::Fitting, "side by side where they fit"),
        };
        self.looks.layout = layout;
        Effect::Say(Tone::Good, format!("responses are shown {word}"))
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
    /// Scrolls all responses together, or the one that is looked at; the prompt where that is looked
    /// at. `false` where the command scrolls nothing.
    pub(super) fn scroll(&mut self, command: Command, together: bool) -> bool {
        let rows = match self.focus {
            Focus::Prompt => self.prompt_rows,
            Focus::Response(_) => self.panes.height(),
        };
        let page = isize::try_from(rows).unwrap_or(1).max(2);
        let lines = match command {
            Command::MoveUp => -1,
            Command::MoveDown => 1,
            Command::MovePageUp => 1 - page,
            Command::MovePageDown => page - 1,
            Command::MoveHalfPageUp => -page / 2,
            Command::MoveHalfPageDown => page / 2,
            Command::MoveTop => isize::MIN / 2,
            Command::MoveBottom => isize::MAX / 2,
            _ => return false,
        };
        match self.focus {
            Focus::Prompt => self.prompt.scroll(lines),
            Focus::Response(at) => self.panes.scroll(if together { None } else { Some(at) }, lines),
        }
        true
    }

    /// Shows the whole prompt in the place of the responses, or these again.
    fn show_whole_prompt(&mut self) {
        self.is_prompt_whole = !self.is_prompt_whole;
        if self.is_prompt_whole {
            self.prompt.scroll(isize::MIN / 2);
            self.focus = Focus::Prompt;
        } else {
            self.focus = Focus::Response(0);
            self.look_at_asked();
            self.look_at_rated();
        }
    }
}
