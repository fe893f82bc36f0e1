//! What the list does with what it hears.

use std::sync::Arc;

use super::filter::Typing;
use super::{Browse, Filter, STILL_READ};
use crate::tui::commands::{Command, Group};
use crate::tui::effect::{Answer, Effect, Place, Request, Shared, Tone, Trail};
use crate::tui::screen::Input;
use crate::tui::widgets::{beginnings, menus};

pub(super) fn look(why: Option<String>) -> Vec<Effect> {
    why.map(|why| Effect::Say(Tone::Look, why)).into_iter().collect()
}

/// What is typed is searched for when nothing more was typed for so long, in milliseconds.
const PAUSE: u64 = 80;

impl Browse {
    pub(super) fn entered_screen(&mut self, shared: &Shared) -> Vec<Effect> {
        self.preview.set_rules(!shared.definitions.rules.is_empty());
        let mut effects = Vec::new();
        match self.to_show.take() {
            Some(text) => effects.extend(self.show(&text, shared)),
            // Something may have changed while one was elsewhere.
            None => effects.extend(self.refresh(shared)),
        }
        self.count_hidden();
        effects.extend(self.ask_for_what_is_seen());
        effects
    }

    /// Rows and the preview that are in sight and not known yet.
    pub(super) fn ask_for_what_is_seen(&mut self) -> Vec<Effect> {
        let rows = self.rows.ask(self.list.near());
        let preview = self.preview.ask(self.list.selected());
        rows.into_iter().chain(preview).collect()
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } if self.typing.is_some() => self.type_command(command, shared),
            Input::Command { command, .. } => self.command(command, shared),
            Input::Text(text) => {
                if let Some(typing) = &mut self.typing {
                    typing.text(&text, &shared.vocabulary);
                }
                self.search_soon()
            }
            Input::Woken => self.search_typed(shared),
            Input::Answer(answer) => self.answer(answer, shared),
            Input::Changed(_) => {
                self.preview.set_rules(!shared.definitions.rules.is_empty());
                self.preview.changed();
                self.refresh(shared)
            }
            Input::Picked(purpose, values) => {
                if let Some(effects) = beginnings::go_picked(&purpose, &values) {
                    return effects;
                }
                let mut target = self.target.take();
                if purpose == super::mending::NORMALISE {
                    let chosen = target.take().map(|subject| self.normalise(subject, &values));
                    return chosen.unwrap_or_default();
                }
                let effects = target
                    .as_ref()
                    .and_then(|target| menus::picked(&purpose, &values, target, shared))
                    .unwrap_or_default();
                // A question that follows is for the same examples, and so is one that stays.
                if effects.iter().any(|effect| matches!(effect, Effect::Enter(_) | Effect::Refuse(_))) {
                    self.target = target;
                }
                effects
            }
            Input::Entered(purpose, text) => {
                // the question comes again where the dataset refuses what was entered
                let target = self.target.as_ref();
                target.and_then(|target| menus::entered(&purpose, &text, target)).unwrap_or_default()
            }
            Input::Click { x, y } => self.click(x, y),
            Input::Wheel { x, lines, .. } => {
                if x >= self.drawn.right() {
                    self.preview.scroll(isize::from(lines));
                } else {
                    self.went_through = true;
                    self.list.step(isize::from(lines));
                }
                Vec::new()
            }
        }
    }

    fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if !self.drawn.contains((x, y).into()) {
            return Vec::new();
        }
        let at = self.list.in_sight().start + usize::from(y - self.drawn.y);
        if at == self.list.at() {
            return self.open();
        }
        if at < self.list.ids().len() {
            self.went_through = true;
            self.list.select(at);
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Ids(generation, ids, last) if generation == self.generation => {
                self.list.take(ids, last);
                return if last { self.followed_whole(shared) } else { Vec::new() };
            }
            Answer::Rows(generation, rows) => self.rows.take(generation, rows),
            Answer::Example(generation, id, example, _) => {
                let known = example.as_deref().map(menus::Known::from);
                self.preview.take(generation, id, example);
                if self.note_of == Some(id)
                    && let Some(target) = &mut self.target
                {
                    self.note_of = None;
                    target.known = known;
                    return menus::command(Command::ExampleNote, target, shared).unwrap_or_default();
                }
            }
            Answer::Proposed(_, id, proposals) => self.preview.take_proposals(id, proposals),
            Answer::Failed(generation, _) if generation == self.generation => self.list.give_up(),
            _ => {}
        }
        Vec::new()
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = isize::try_from(self.list.page()).unwrap_or(isize::MAX);
        if let Some(effects) = beginnings::go(command, crate::tui::screen::Screen::example(self), shared) {
            return effects;
        }
        self.went_through |= command.group() == Group::Move || command == Command::BrowseMark;
        match command {
            Command::MoveUp => self.list.step(-1),
            Command::MoveDown => self.list.step(1),
            Command::MovePageUp => self.list.step(-page),
            Command::MovePageDown => self.list.step(page),
            Command::MoveHalfPageUp => self.list.step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.list.step((page / 2).max(1)),
            Command::MoveTop => self.list.select(0),
            Command::MoveBottom => self.list.select(usize::MAX),
            Command::MoveLeft => self.preview.scroll(-(page / 2).max(1)),
            Command::MoveRight => self.preview.scroll((page / 2).max(1)),
            Command::ExampleOpen => return self.open(),
            Command::BrowseFilter => {
                self.typing = Some(Typing::further(&self.text, &shared.vocabulary));
                self.held = self.list.selected();
            }
            Command::BrowseClearFilter => return self.show("", shared),
            Command::BrowsePreview => self.preview.toggle(),
            Command::BrowseMark => {
                if let Some(id) = self.list.selected() {
                    self.marks.toggle(id);
                    self.list.step(1);
                }
            }
            Command::BrowseMarkAll => return self.with_all(super::Marks::add_all),
            Command::BrowseInvertMarks => return self.with_all(super::Marks::invert),
            Command::BrowseUnmarkAll => self.marks.clear(),
            Command::BrowseActOnAll => return self.act_on_all(),
            Command::BrowseReplace | Command::BrowseNormalise => return self.mend(command),
            Command::ExampleNote => return self.note(shared),
            command => return self.act(command, shared),
        }
        self.on_all = false;
        Vec::new()
    }

    fn with_all(&mut self, change: impl FnOnce(&mut super::Marks, &[i64])) -> Vec<Effect> {
        if !self.list.is_complete() {
            return vec![Effect::Say(Tone::Look, STILL_READ.to_owned())];
        }
        change(&mut self.marks, self.list.ids());
        Vec::new()
    }

    fn act_on_all(&mut self) -> Vec<Effect> {
        self.on_all = !self.on_all;
        let Some(target) = self.acts_on().ok().filter(|_| self.on_all) else { return Vec::new() };
        vec![Effect::Say(Tone::Look, format!("the next command is for {}", target.said()))]
    }

    fn note(&mut self, shared: &Shared) -> Vec<Effect> {
        self.on_all = false;
        let target = match self.acts_on() {
            Ok(target) => target,
            Err(why) => return look(why),
        };
        let Some(id) = target.on.single() else {
            return menus::command(Command::ExampleNote, &target, shared).unwrap_or_default();
        };
        // Its note is read first.
        self.target = Some(target);
        self.note_of = Some(id);
        vec![Effect::Ask(self.preview.generation(), Request::Example(id))]
    }

    fn act(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        if command.group() != Group::Example {
            return Vec::new();
        }
        let target = match self.acts_on() {
            Ok(target) => target,
            Err(why) => return look(why),
        };
        let Some(effects) = menus::command(command, &target, shared) else { return Vec::new() };
        if effects.iter().any(|effect| matches!(effect, Effect::Pick(_))) {
            self.target = Some(target);
        }
        self.on_all = false;
        effects
    }

    /// Opens the selected example where its work is.
    fn open(&mut self) -> Vec<Effect> {
        let Some(id) = self.list.selected() else { return Vec::new() };
        let answered = self.rows.get(id).map_or(0, |row| row.answered);
        let place = if answered >= 2 { Place::Rank(Some(id)) } else { Place::Write(Some(id)) };
        vec![Effect::Follow(self.trail()), Effect::Go(place)]
    }

    /// The list, to be followed: where it is one of somebody's choice, or somebody moved in it.
    fn trail(&mut self) -> Option<Trail> {
        if self.shown.is_everything() && !self.went_through {
            return None;
        }
        let ids = self.list.shared();
        self.partly = (!self.list.is_complete()).then(|| ids.clone());
        Some(Trail { filter: self.shown_text(), ids })
    }

    /// All are there now, for who follows what was there before.
    fn followed_whole(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(partly) = self.partly.take() else { return Vec::new() };
        let trail = shared.trail.as_ref().filter(|trail| Arc::ptr_eq(&trail.ids, &partly));
        let whole = trail.map(|trail| Trail { filter: trail.filter.clone(), ids: self.list.shared() });
        whole.map(|whole| Effect::Follow(Some(whole))).into_iter().collect()
    }

    /// The filter that the list shows, as it was typed.
    fn shown_text(&self) -> String {
        let typed = self.typing.as_ref().filter(|_| self.shown != self.filter);
        typed.map_or_else(|| self.text.clone(), |typing| typing.line.text().trim().to_owned())
    }

    fn type_command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let Some(typing) = &mut self.typing else { return Vec::new() };
        match command {
            Command::FilterAccept => {
                let text = typing.line.text().to_owned();
                self.show(&text, shared)
            }
            Command::FilterCancel | Command::AppBack => {
                self.typing = None;
                let filter = self.filter.clone();
                self.search(filter)
            }
            command => {
                if typing.command(command, &self.earlier, &shared.vocabulary) {
                    self.search_soon()
                } else {
                    Vec::new()
                }
            }
        }
    }

    fn search_soon(&mut self) -> Vec<Effect> {
        self.to_search = true;
        vec![Effect::Wake(PAUSE)]
    }

    /// While one types, the list shows what is found so far.
    fn search_typed(&mut self, shared: &Shared) -> Vec<Effect> {
        if !std::mem::take(&mut self.to_search) {
            return Vec::new();
        }
        let typed = self.typing.as_ref().and_then(|typing| typing.filter(&shared.vocabulary).ok());
        typed.map(|filter| self.search(filter)).unwrap_or_default()
    }

    /// Makes the text the filter, or, where it can't be understood, leaves it to be mended.
    pub(super) fn show(&mut self, text: &str, shared: &Shared) -> Vec<Effect> {
        match crate::query::parse(text, &shared.vocabulary) {
            Ok(filter) => {
                self.typing = None;
                self.on_all = false;
                if text.trim() != self.text {
                    self.went_through = false;
                }
                text.trim().clone_into(&mut self.text);
                self.earlier.keep(&self.text);
                self.filter = filter.clone();
                self.search(filter)
            }
            Err(error) => {
                self.typing = Some(Typing::new(text, &shared.vocabulary));
                vec![Effect::Say(Tone::Bad, error.to_string())]
            }
        }
    }

    fn search(&mut self, filter: Filter) -> Vec<Effect> {
        self.to_search = false;
        if filter == self.shown && self.generation > 0 {
            return Vec::new();
        }
        self.preview.set_words(filter.words());
        self.shown = filter;
        self.list.want(self.held);
        if self.typing.is_none() {
            self.held = None;
        }
        self.ask_for_list(false)
    }

    fn ask_for_list(&mut self, keep: bool) -> Vec<Effect> {
        self.generation += 1;
        self.list.begin(keep);
        vec![Effect::Ask(self.generation, Request::Ids(Box::new(self.shown.clone())))]
    }

    /// Reads the list again; what is in sight stays so until all is there.
    fn refresh(&mut self, shared: &Shared) -> Vec<Effect> {
        self.rows.changed();
        let is_whole = self.shown.is_everything() && self.list.is_complete();
        if is_whole && self.list.ids().len() as u64 == shared.counts.total() {
            // Nothing came and nothing went.
            return Vec::new();
        }
        self.ask_for_list(true)
    }
}
