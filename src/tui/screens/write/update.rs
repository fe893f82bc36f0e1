//! What happens on the screen: keys, answers, changes, the mouse.

use super::field::Field;
use super::{EXTERNAL, Next, PAGE, Start, Write, types};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Purpose, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::widgets::menus::{self, Subject};
use crate::tui::widgets::{beginnings, trails};

impl Write {
    pub(super) fn handle(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { .. } | Input::Text(_) if self.is_fetching() => {
                self.waiting.push(input);
                Vec::new()
            }
            Input::Command { command, .. } if self.near_view.is_some() => self.command_in_near(command),
            Input::Command { command, .. } if self.open.is_some() => self.command_in_editor(command, shared),
            Input::Command { command, .. } => self.command(command, shared),
            Input::Text(text) => self.type_text(&text),
            Input::Answer(answer) => self.answer(answer, shared),
            Input::Changed(which) => {
                let lacking = self.ask_lacking(shared);
                lacking.into_iter().chain(self.changed(which)).collect()
            }
            Input::Picked(Purpose::Role, values) => self.set_role(&values),
            Input::Picked(Purpose::Template, names) => match beginnings::picked(&names) {
                Some(seed) => self.begin_here(seed, shared),
                None => Vec::new(),
            },
            Input::Picked(purpose, values) => self
                .subject_of_menus()
                .and_then(|subject| menus::picked(&purpose, &values, &subject, shared))
                .unwrap_or_default(),
            Input::Entered(EXTERNAL, text) => self.external(&text),
            Input::Entered(PAGE, text) => self.page_came(text, shared),
            Input::Entered(Purpose::TemplateName, name) => self.keep_template(&name),
            Input::Entered(purpose, text) => self
                .subject_of_menus()
                .and_then(|subject| menus::entered(&purpose, &text, &subject))
                .unwrap_or_default(),
            Input::Woken => {
                self.typing.woken();
                self.keep()
            }
            Input::Click { x, y } => self.click(x, y),
            Input::Wheel { lines, .. } => {
                self.document.scroll(isize::from(lines));
                Vec::new()
            }
        }
    }

    /// The keys that came before their example, where they fit what came.
    pub(super) fn use_waiting(&mut self, start: Start, shared: &Shared) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut is_lost = false;
        for input in std::mem::take(&mut self.waiting) {
            if self.is_fetching() {
                if start == Start::TypingAhead {
                    self.start = start;
                }
                self.waiting.push(input);
                continue;
            }
            let fits = match &input {
                Input::Text(_) => self.open.is_some(),
                Input::Command { command, .. } if types(*command) => self.open.is_some(),
                Input::Command { command, .. } => command.is_valid_in(self.context()),
                _ => true,
            };
            if fits && !effects.iter().any(|effect| matches!(effect, Effect::Pick(_) | Effect::Enter(_))) {
                effects.extend(self.handle(input, shared));
            } else {
                is_lost = true;
            }
        }
        if is_lost {
            effects.extend(Effect::only_look(
                "some keys came before this example was there; they were not used",
            ));
        }
        effects
    }

    /// What menus are about.
    fn subject_of_menus(&self) -> Option<Subject> {
        let subject = self.subject.as_ref()?;
        let response = match self.focused() {
            Some(Field::Response(id, _) | Field::ResponseCalls(id, _)) => {
                let at = subject.example.responses.iter().position(|response| response.id == id)?;
                // Where there is only one, a flag is on the example.
                (subject.example.responses.len() > 1).then_some((id, at + 1))
            }
            _ => None,
        };
        Some(Subject::one(subject.id?, &subject.example, response))
    }

    fn changed(&mut self, which: Option<i64>) -> Vec<Effect> {
        match self.subject.as_ref().map(|subject| (subject.id, subject.is_done)) {
            Some((Some(id), false)) if which.is_none_or(|which| which == id) => vec![self.reload(id)],
            None if matches!(self.next, Next::Nothing) => vec![self.seek(None)],
            _ => Vec::new(),
        }
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        if let Some(begun) =
            beginnings::command(command, self.subject.as_ref().and_then(|subject| subject.id), shared)
        {
            return match begun {
                Ok(seed) => self.begin_here(seed, shared),
                Err(instead) => vec![instead],
            };
        }
        let Some(subject) = &self.subject else {
            return Effect::only_look("nothing waits to be written; a new example can be begun");
        };
        let id = subject.id;
        let is_worked_through = subject.place.is_some() || id.is_some_and(|id| trails::holds(shared, id));
        match command {
            Command::WriteEdit => return self.edit(),
            Command::WriteType => {
                let effects = self.edit();
                self.type_at_once();
                return effects;
            }
            Command::WriteNextField => self.turn(true),
            Command::WritePreviousField => self.turn(false),
            Command::WriteAddResponse => self.add_response(),
            Command::WriteRewrite => return self.rewrite(),
            Command::WriteTools => self.edit_tools(),
            Command::WriteCalls => return self.edit_calls(),
            Command::WriteAddTurn => return self.add_turn(true),
            Command::WriteAddTurnBefore => return self.add_turn(false),
            Command::WriteMoveTurnUp => return self.move_turn(false),
            Command::WriteMoveTurnDown => return self.move_turn(true),
            Command::WriteJoinTurns => return self.join_turns(),
            Command::WriteSplitTurn => return self.split_turn(),
            Command::WriteExternalExample => return self.open_page(),
            Command::ExampleKeepTemplate => return Self::ask_template(),
            Command::WriteWeight => return self.change_weight(),
            Command::WriteFormat => return self.format_json(),
            Command::WriteNearest => return self.toggle_near(),
            Command::WriteTakeTags => return self.take_offers(),
            Command::TagDeclineProposed => return self.decline_offers(),
            Command::WriteNextRemark => return self.next_remark(),
            Command::WriteDeleteTurn => return self.delete_turn(),
            Command::WriteRole => return self.ask_role(),
            Command::WriteAside => self.turns_aside = !self.turns_aside,
            Command::WriteExternal => {
                let mut effects = self.edit();
                effects.extend(self.open.as_ref().map(|open| Effect::External(open.editor.text(), EXTERNAL)));
                return effects;
            }
            Command::ExampleSubmit => return self.submit(shared),
            Command::ExampleNext | Command::ExampleSkip => {
                self.start = Start::Reading;
                return vec![self.pass_on(true, shared)];
            }
            Command::ExamplePrevious => {
                self.start = Start::Reading;
                return vec![self.pass_on(false, shared)];
            }
            Command::ExampleApprove | Command::ExampleDiscard if is_worked_through => {
                let mut effects = self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default();
                self.start = Start::Reading;
                effects.extend(self.go_on(shared));
                return effects;
            }
            Command::MoveUp => self.document.step(false),
            Command::MoveDown => self.document.step(true),
            Command::MovePageUp => self.document.scroll_halves(-2),
            Command::MovePageDown => self.document.scroll_halves(2),
            Command::MoveHalfPageUp => self.document.scroll_halves(-1),
            Command::MoveHalfPageDown => self.document.scroll_halves(1),
            Command::MoveTop => {
                self.document.focus_on(0);
                self.document.rewind();
            }
            Command::MoveBottom => {
                self.document.focus_on(usize::MAX);
                self.document.scroll(isize::MAX / 2);
            }
            _ if id.is_none() => {
                return Effect::only_look(
                    "the example is not made yet: write its prompt, and leave it with “done”",
                );
            }
            _ => {
                return self
                    .subject_of_menus()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default();
            }
        }
        Vec::new()
    }

    /// Types in the focused turn or response.
    fn edit(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        if let Some(field) = self.focused() {
            match field.obstacle(&subject.example) {
                Some(why) => return Effect::only_look(why),
                None => self.open_field(field),
            }
        }
        Vec::new()
    }

    /// The next block, around the ends.
    fn turn(&mut self, forward: bool) {
        let n = self.parts.len().max(1);
        let at = self.document.focus();
        self.document.focus_on(if forward { (at + 1) % n } else { (at + n - 1) % n });
    }

    fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let (x, y) = (x.saturating_add(self.origin.0), y.saturating_add(self.origin.1));
        let Some((at, row, cell)) = self.document.at(x, y) else { return Vec::new() };
        match &mut self.open {
            Some(open) if self.parts.get(at) == Some(&open.field) => {
                open.editor.go_to_cell(row, cell);
                return self.moved();
            }
            Some(_) => return Effect::only_look("end typing here first"),
            None => self.document.focus_on(at),
        }
        Vec::new()
    }
}
