//! History: what was changed, when and by whom, the newest first; what each action changed; and the
//! way back to any moment.

mod words;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::dataset::{ActionRow, Mode, ToldChange, Verb};
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Answer, Effect, Generation, Place, Request, Shared, Tone};
use crate::tui::paint;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;

/// Lines that are read at a time.
const PORTION: usize = 100;
/// From this width on, what changed stands beside the lines.
const BESIDE: u16 = 120;
/// Changes of actions that are kept.
const KEPT: usize = 50;

/// The journal.
#[derive(Debug)]
pub struct History {
    /// Of this example only.
    of: Option<i64>,
    actions: Vec<ActionRow>,
    /// No older ones are left to be read.
    complete: bool,
    generation: Generation,
    asked: bool,
    selected: Option<i64>,
    top: usize,
    page: usize,
    changes: HashMap<i64, Vec<ToldChange>>,
    /// What the selected action changed, laid out.
    told: Option<((i64, u16, Theme), Vec<Line<'static>>)>,
    asked_changes: Option<i64>,
    scrolled: usize,
    drawn: Rect,
}

impl History {
    /// The journal of all, or of one example.
    pub fn new(of: Option<i64>) -> Self {
        Self {
            of,
            actions: Vec::new(),
            complete: false,
            generation: 0,
            asked: false,
            selected: None,
            top: 0,
            page: 10,
            changes: HashMap::new(),
            told: None,
            asked_changes: None,
            scrolled: 0,
            drawn: Rect::default(),
        }
    }

    fn at(&self) -> usize {
        let find = |id| self.actions.iter().position(|action| action.id == id);
        self.selected.and_then(find).unwrap_or(0)
    }

    fn action(&self) -> Option<&ActionRow> {
        self.actions.get(self.at())
    }

    fn select(&mut self, at: usize) {
        let at = at.min(self.actions.len().saturating_sub(1));
        self.selected = self.actions.get(at).map(|action| action.id);
        self.scrolled = 0;
    }

    fn step(&mut self, by: isize) {
        self.select(self.at().saturating_add_signed(by));
    }

    fn load(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.asked = true;
        let request = match self.of {
            Some(example) => Request::ActionsOf(example),
            None => Request::Actions(None, self.actions.len().max(PORTION)),
        };
        vec![Effect::Ask(self.generation, request)]
    }

    /// Older lines before one comes to the end, and what the selected action changed.
    fn ask(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        let near_end = self.at() + 2 * self.page.max(20) > self.actions.len();
        if near_end && !self.complete && !self.asked && self.of.is_none() {
            self.asked = true;
            let before = self.actions.last().map(|action| action.id);
            effects.push(Effect::Ask(self.generation, Request::Actions(before, PORTION)));
        }
        if let Some(id) = self.action().map(|action| action.id)
            && !self.changes.contains_key(&id)
            && self.asked_changes != Some(id)
        {
            self.asked_changes = Some(id);
            effects.push(Effect::Ask(self.generation, Request::ChangesOf(id)));
        }
        effects
    }

    fn take(&mut self, rows: Vec<ActionRow>) {
        self.asked = false;
        let is_first = self.actions.is_empty()
            || rows.first().map(|row| row.id) >= self.actions.first().map(|row| row.id);
        if is_first {
            self.complete = self.of.is_some() || rows.len() < self.actions.len().max(PORTION);
            self.actions = rows;
        } else {
            self.complete = rows.len() < PORTION;
            let last = self.actions.last().map_or(i64::MAX, |action| action.id);
            self.actions.extend(rows.into_iter().filter(|row| row.id < last));
        }
        if self.selected.is_none() {
            self.select(0);
        }
    }

    fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Answer(Answer::Actions(generation, rows)) if generation == self.generation => {
                self.take(rows);
            }
            Input::Answer(Answer::Changes(_, action, rows)) => {
                if self.changes.len() >= KEPT {
                    self.changes.clear();
                }
                self.changes.insert(action, rows);
                self.told = None;
            }
            Input::Changed(_) => {
                self.told = None;
                // One who reads the newest goes on reading the newest.
                if self.at() == 0 {
                    self.selected = None;
                }
                return self.load();
            }
            Input::Click { x, y } if self.drawn.contains((x, y).into()) => {
                let at = self.top + usize::from(y - self.drawn.y);
                if at == self.at() {
                    return self.open();
                }
                if at < self.actions.len() {
                    self.select(at);
                }
            }
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

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.step(-page),
            Command::MovePageDown => self.step(page),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.step((page / 2).max(1)),
            Command::MoveTop => self.select(0),
            Command::MoveBottom => self.select(usize::MAX),
            Command::MoveLeft => self.scrolled = self.scrolled.saturating_sub(5),
            Command::MoveRight => self.scrolled = self.scrolled.saturating_add(5),
            Command::ExampleOpen => return self.open(),
            Command::HistoryUndoToHere => return self.undo_to_here(shared),
            Command::HistoryRestore => return self.restore(),
            _ => {}
        }
        Vec::new()
    }

    /// The examples that the action was about; `None` where that is not known yet.
    fn examples(&self) -> Option<Vec<i64>> {
        let changes = self.changes.get(&self.action()?.id)?;
        let mut ids: Vec<i64> = changes.iter().filter_map(|told| told.change.example()).collect();
        ids.sort_unstable();
        ids.dedup();
        Some(ids)
    }

    /// Puts the texts of the example back to what they were after the selected action.
    fn restore(&self) -> Vec<Effect> {
        let Some(action) = self.action().map(|action| action.id) else { return Vec::new() };
        let example = match (self.of, self.examples()) {
            (Some(example), _) => example,
            (None, None) => return Vec::new(),
            (None, Some(ids)) => match ids.as_slice() {
                [only] => *only,
                [] => return vec![Effect::Say(Tone::Look, "this was about no example".to_owned())],
                _ => {
                    let sentence = "this was about several examples; open one, and go to its history";
                    return vec![Effect::Say(Tone::Look, sentence.to_owned())];
                }
            },
        };
        vec![Effect::Perform(Box::new(Verb::Restore { example, action }))]
    }

    /// Goes to the examples that the action was about.
    fn open(&self) -> Vec<Effect> {
        if let Some(example) = self.of {
            return vec![Effect::Go(Place::Write(Some(example)))];
        }
        let Some(ids) = self.examples() else { return Vec::new() };
        match ids.as_slice() {
            [] => vec![Effect::Say(Tone::Look, "this was about no example".to_owned())],
            [only] => vec![Effect::Go(Place::Write(Some(*only)))],
            several => {
                let list: Vec<String> = several.iter().map(ToString::to_string).collect();
                vec![Effect::Go(Place::Browse(Some(format!("id:{}", list.join(",")))))]
            }
        }
    }

    fn undo_to_here(&self, shared: &Shared) -> Vec<Effect> {
        let Some(action) = self.action() else { return Vec::new() };
        let after = |other: &&ActionRow| {
            other.id > action.id
                && other.mode == Mode::Do
                && !other.undone
                && other.annotator == shared.annotator
        };
        if !self.actions.iter().any(|other| after(&other)) {
            return vec![Effect::Say(Tone::Look, "nothing that you did came after this".to_owned())];
        }
        // The verb takes back an action too that it is given: here, the first one after this.
        vec![Effect::Perform(Box::new(Verb::UndoTo(action.id + 1)))]
    }

    fn listed(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        self.page = usize::from(area.height);
        let at = self.at();
        self.top = self.top.clamp((at + 1).saturating_sub(self.page), at);
        let names = self
            .actions
            .iter()
            .skip(self.top)
            .take(self.page)
            .map(|action| width(&harmless(&action.annotator)));
        let name = names.max().unwrap_or(0).min(16);
        if self.actions.is_empty() && !self.asked {
            paint::line(frame, area, 0, Line::styled("   nothing was changed yet", theme.faint));
        }
        for (row, (place, action)) in (0..area.height).zip(self.actions.iter().enumerate().skip(self.top)) {
            let is_selected = place == at;
            let style = match (is_selected, action.undone || action.mode != Mode::Do) {
                (true, _) => theme.accent,
                (false, true) => theme.faint,
                (false, false) => theme.text,
            };
            let undone = if action.undone { "  undone" } else { "" };
            let room = usize::from(area.width).saturating_sub(3 + 16 + 2 + name + 2 + undone.len() + 1);
            let sentence = harmless(&action.sentence);
            paint::line(
                frame,
                area,
                row,
                Line::from(vec![
                    Span::styled(if is_selected { " ▸ " } else { "   " }, theme.accent),
                    Span::styled(format!("{}  ", action.at.local_minute()), theme.faint),
                    Span::styled(format!("{}  ", pad(&harmless(&action.annotator), name)), theme.faint),
                    Span::styled(truncate(&sentence, room).into_owned(), style),
                    Span::styled(undone, theme.look),
                ]),
            );
        }
    }

    fn changed(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let Some(action) = self.action().map(|action| action.id) else { return };
        let Some(changes) = self.changes.get(&action) else { return };
        let key = (action, area.width, *theme);
        if self.told.as_ref().is_none_or(|(laid, _)| *laid != key) {
            let lines = words::tell(changes, self.of, &shared.definitions, area.width.into(), theme);
            self.told = Some((key, lines));
        }
        let Some((_, lines)) = &self.told else { return };
        let rows = usize::from(area.height);
        self.scrolled = self.scrolled.min(lines.len().saturating_sub(rows));
        let below = lines.len().saturating_sub(self.scrolled + rows);
        for (at, line) in (0..area.height).zip(lines.iter().skip(self.scrolled)) {
            paint::line(frame, area, at, line.clone());
        }
        if below > 0 && area.height > 1 {
            let says = Line::styled(format!(" … {below} more rows "), theme.faint).right_aligned();
            paint::line(frame, area, area.height - 1, says);
        }
    }
}

impl Screen for History {
    fn context(&self) -> Context {
        Context::History
    }

    fn title(&self, _: &Shared) -> String {
        self.of.map_or_else(|| "History".to_owned(), |id| format!("History of #{id}"))
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.load()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.heard(input, shared);
        effects.extend(self.ask());
        effects
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        let (list, aside) = if area.width >= BESIDE {
            let list = area.width / 2;
            (
                Rect { width: list, ..area },
                Rect { x: area.x + list + 2, width: area.width - list - 2, ..area },
            )
        } else {
            // Of one example the texts are what one looks for, and the list is short.
            let list = match self.of {
                Some(_) => {
                    u16::try_from(self.actions.len()).unwrap_or(u16::MAX).clamp(2, (area.height / 3).max(2))
                }
                None => (area.height * 3 / 5).max(1),
            };
            let list = list.min(area.height);
            let edge = Rect { y: area.y + list, height: 1.min(area.height - list), ..area };
            paint::line(frame, edge, 0, Line::styled("─".repeat(edge.width.into()), theme.faint));
            let below = area.height.saturating_sub(list + 1);
            let margin = 3.min(area.width);
            let aside =
                Rect { x: area.x + margin, y: area.y + list + 1, width: area.width - margin, height: below };
            (Rect { height: list, ..area }, aside)
        };
        self.drawn = Rect { x: list.x - area.x, y: list.y - area.y, ..list };
        self.listed(frame, list, theme);
        self.changed(frame, aside, shared, theme);
    }
}
