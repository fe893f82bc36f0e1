//! Rules: what proposes tags, how often, and what people made of that. A rule is made and changed by a
//! form; what it proposes is listed, taken and declined where the examples are.

mod form;
mod lines;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::dataset::{RuleCounts, Selection, Verb};
use crate::query::Filter;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Answer, Effect, Generation, Place, Request, Shared};
use crate::tui::paint;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;

use form::Form;

/// The screen.
#[derive(Debug, Default)]
pub struct Rules {
    counts: Option<Vec<RuleCounts>>,
    generation: Generation,
    selected: usize,
    top: usize,
    /// Rows that the list has.
    page: usize,
    form: Option<Form>,
    /// Where the list begins, for the mouse.
    first: u16,
}

impl Rules {
    fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Rules)]
    }

    fn rules(&self) -> &[RuleCounts] {
        self.counts.as_deref().unwrap_or_default()
    }

    fn here(&self) -> Option<&RuleCounts> {
        self.rules().get(self.selected)
    }

    fn step(&mut self, by: isize) {
        let last = self.rules().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.step(-page),
            Command::MovePageDown => self.step(page),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.step((page / 2).max(1)),
            Command::MoveTop => self.step(isize::MIN),
            Command::MoveBottom => self.step(isize::MAX),
            Command::RulesAdd => self.form = Some(Form::default()),
            Command::RulesList | Command::RulesEdit | Command::RulesTake | Command::RulesRemove => {
                return self.with_rule(command);
            }
            _ => {}
        }
        Vec::new()
    }

    /// What is done with the rule that one is at.
    fn with_rule(&mut self, command: Command) -> Vec<Effect> {
        let Some(RuleCounts { rule, .. }) = self.here() else {
            return Effect::only_look("there is no rule yet: “new rule” makes one");
        };
        let name = rule.name.clone();
        let verb = match command {
            Command::RulesList => {
                let filter = Filter::proposed(Some(&name)).to_string();
                return vec![Effect::Go(Place::Browse(Some(filter)))];
            }
            Command::RulesEdit => {
                self.form = Some(Form::of(rule));
                return Vec::new();
            }
            Command::RulesTake => {
                Verb::TakeProposed { on: Selection::Matching(Filter::everything()), rule: Some(name) }
            }
            _ => Verb::RemoveRule(name),
        };
        vec![Effect::Perform(Box::new(verb))]
    }

    fn form_command(&mut self, command: Command) -> Vec<Effect> {
        let Some(form) = &mut self.form else { return Vec::new() };
        if command != Command::FormAccept {
            form.command(command);
            return Vec::new();
        }
        match form.answer() {
            Ok(verb) => vec![Effect::Perform(Box::new(verb))],
            Err(missing) => Effect::only_look(missing),
        }
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Rules(generation, counts) if generation == self.generation => {
                let is_first = self.counts.is_none();
                let at = self.here().map(|here| here.rule.name.clone());
                let same = counts.iter().position(|count| Some(&count.rule.name) == at.as_ref());
                self.selected = same.unwrap_or(if is_first {
                    0
                } else {
                    self.selected.min(counts.len().saturating_sub(1))
                });
                self.counts = Some(counts);
            }
            // What was refused stays in the form, to be mended.
            Answer::Performed(verb, _) => {
                if let Verb::PutRule { rule, .. } = *verb {
                    self.form = None;
                    // Its counts come with the change; it is the one that one is at then.
                    if let Some(counts) = &mut self.counts {
                        let at = counts.iter().position(|count| count.rule.name == rule.name);
                        self.selected = at.unwrap_or(counts.len());
                    }
                }
            }
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for Rules {
    fn context(&self) -> Context {
        if self.form.is_some() { Context::Form } else { Context::Rules }
    }

    fn title(&self, _: &Shared) -> String {
        match &self.form {
            Some(form) => form.title(),
            None => "Rules".to_owned(),
        }
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_about_one = matches!(
            command,
            Command::RulesList | Command::RulesEdit | Command::RulesTake | Command::RulesRemove
        );
        let is_any = self.form.is_some() || !self.rules().is_empty();
        (is_any || !is_about_one).then(|| command.short())
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.ask()
    }

    fn update(&mut self, input: Input, _: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.form.is_some() => self.form_command(command),
            Input::Command { command, .. } => self.command(command),
            Input::Text(text) => {
                if let Some(form) = &mut self.form {
                    form.text(&text);
                }
                Vec::new()
            }
            Input::Answer(answer) => self.answer(answer),
            Input::Changed(_) => self.ask(),
            Input::Click { y, .. } => {
                if let Some(form) = &mut self.form {
                    form.click(y.into());
                } else if let Some(row) = y.checked_sub(self.first) {
                    let at = self.top + usize::from(row);
                    if usize::from(row) < self.page && at < self.rules().len() {
                        // What was selected already is gone into.
                        if std::mem::replace(&mut self.selected, at) == at {
                            return self.with_rule(Command::RulesList);
                        }
                    }
                }
                Vec::new()
            }
            Input::Wheel { lines, .. } => {
                self.step(lines.into());
                Vec::new()
            }
            Input::Picked(..) | Input::Entered(..) | Input::Woken => Vec::new(),
        }
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        if let Some(form) = &self.form {
            form.view(frame, area, theme);
            return;
        }
        let Some(counts) = &self.counts else {
            paint::line(frame, area, 0, Line::styled(" counting …", theme.faint));
            return;
        };
        self.selected = self.selected.min(counts.len().saturating_sub(1));
        let below = lines::below(counts.get(self.selected), shared, area.width, theme);
        let rows =
            area.height.saturating_sub(u16::try_from(below.len()).unwrap_or(u16::MAX).saturating_add(3));
        self.page = usize::from(rows).min(counts.len()).max(1);
        self.top = self.top.min(self.selected).max((self.selected + 1).saturating_sub(self.page));
        self.top = self.top.min(counts.len().saturating_sub(self.page));
        let shown: Vec<Line<'static>> =
            lines::table(counts, self.selected, self.top..self.top + self.page, area.width, theme);
        self.first = 1;
        let list = u16::try_from(shown.len()).unwrap_or(u16::MAX);
        for (at, line) in (0..).zip(shown) {
            paint::line(frame, area, at, line);
        }
        for (at, line) in (list.saturating_add(1)..).zip(below) {
            paint::line(frame, area, at, line);
        }
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.form.take().map(|_| Vec::new())
    }
}
