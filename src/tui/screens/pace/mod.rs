//! Pace: how much gets done day by day, how fast people are, when the targets will be met, what it costs;
//! followed live while people work.

mod chart;
mod lines;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::curation::pace::Wage;
use crate::dataset::{Paced, Verb};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Answer, Effect, Generation, Place, Prompting, Purpose, Request, Shared};
use crate::tui::paint;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::{behind, leading};

use lines::Lead;

/// The question of what work costs.
const WAGE: Purpose = Purpose::Own(0);

/// The board of pace.
#[derive(Debug, Default)]
pub struct Pace {
    paced: Option<Box<Paced>>,
    generation: Generation,
    /// Which of the lines that lead somewhere is selected.
    selected: usize,
    top: usize,
    page: usize,
    /// Where the lines lead, as they were drawn last, with the row of each.
    leads: Vec<(usize, Lead)>,
    /// How many lines there are.
    height: usize,
    /// Rows of the screen with the lead that stands there.
    drawn: Vec<(u16, usize)>,
}

impl Pace {
    fn ask(&mut self) -> Vec<Effect> {
        self.generation += 1;
        vec![Effect::Ask(self.generation, Request::Pace)]
    }

    fn open(&self) -> Vec<Effect> {
        match self.leads.get(self.selected) {
            Some((_, Lead::Examples(ids))) => behind::list(ids, "no example is behind this"),
            Some((_, Lead::Journal)) => vec![Effect::Go(Place::History(None))],
            None => Vec::new(),
        }
    }

    /// Moves to another line that leads somewhere, and to the ends of the board from the last of them.
    fn step(&mut self, by: isize) {
        let last = self.leads.len().saturating_sub(1);
        if self.leads.is_empty() || (by < 0 && self.selected == 0) || (by > 0 && self.selected == last) {
            return self.scroll(by);
        }
        self.selected = self.selected.saturating_add_signed(by).min(last);
        if let Some((row, _)) = self.leads.get(self.selected) {
            self.top = self.top.clamp((row + 1).saturating_sub(self.page.max(1)), *row);
        }
    }

    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.height.saturating_sub(self.page));
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.scroll(-page),
            Command::MovePageDown => self.scroll(page),
            Command::MoveHalfPageUp => self.scroll(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.scroll((page / 2).max(1)),
            Command::MoveTop => (self.top, self.selected) = (0, 0),
            Command::MoveBottom => {
                self.selected = self.leads.len().saturating_sub(1);
                self.scroll(isize::MAX);
            }
            Command::ExampleOpen => return self.open(),
            Command::PaceWage => return self.ask_wage(),
            _ => {}
        }
        Vec::new()
    }

    fn ask_wage(&self) -> Vec<Effect> {
        let wage = self.paced.as_ref().and_then(|paced| paced.wage);
        vec![Effect::Enter(Prompting {
            title: "What work costs: 40 an hour, 2.50 each (empty: not said)".to_owned(),
            text: wage.map(|wage| wage.to_string()).unwrap_or_default(),
            purpose: WAGE,
        })]
    }
}

/// What was typed, as something to do.
fn set_wage(typed: &str) -> Effect {
    let wage = if typed.trim().is_empty() { Ok(None) } else { Wage::parse(typed).map(Some) };
    match wage {
        Ok(wage) => Effect::Perform(Box::new(Verb::SetWage(wage))),
        Err(why) => Effect::Refuse(why),
    }
}

impl Screen for Pace {
    fn context(&self) -> Context {
        Context::Pace
    }

    fn title(&self, _: &Shared) -> String {
        "Pace".to_owned()
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.ask()
    }

    fn update(&mut self, input: Input, _: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command),
            Input::Answer(Answer::Pace(generation, paced)) if generation == self.generation => {
                self.paced = Some(paced);
            }
            Input::Entered(purpose, typed) if purpose == WAGE => return vec![set_wage(&typed)],
            Input::Changed(_) => return self.ask(),
            Input::Click { y, .. } => {
                if let Some((_, lead)) = self.drawn.iter().find(|(row, _)| *row == y).copied() {
                    // What was selected already is gone to.
                    if std::mem::replace(&mut self.selected, lead) == lead {
                        return self.open();
                    }
                }
            }
            Input::Wheel { lines, .. } => self.scroll(lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, _: &Shared, theme: &Theme) {
        self.drawn.clear();
        let Some(paced) = &self.paced else {
            paint::line(frame, area, 0, Line::styled(" reading the journal …", theme.faint));
            return;
        };
        let rows = lines::rows(paced, area.width, area.height, theme);
        let leads = rows.iter().enumerate().filter_map(|(at, row)| Some((at, row.lead.clone()?)));
        self.leads = leads.collect();
        self.selected = self.selected.min(self.leads.len().saturating_sub(1));
        (self.page, self.height) = (area.height.into(), rows.len());
        self.top = self.top.min(self.height.saturating_sub(self.page));
        let rows = rows.into_iter().map(|row| (row.line, row.lead.is_some())).collect();
        self.drawn = leading::rows(frame, area, rows, (self.top, self.selected), theme);
    }
}
