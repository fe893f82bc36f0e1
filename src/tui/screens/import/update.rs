//! What the screen does with what it hears.

use super::settings::{self, Asked, Setting, ask, files, item, pick, set, targets};
use super::{Ended, Import, Stage, Stop};
use crate::dataset::Progress;
use crate::formats::{Mapping, MappingError, SavedMappings, Target};
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Generation, Request, Shared, Tone};
use crate::tui::importing::{Bringing, Brought, How, Looked};
use crate::tui::screen::Input;

/// The beginning of all work.
const BEGIN: Progress = Progress { step: "bringing in", done: 0, total: None };

/// The question for the name of a mapping.
const NAME: &str = "Under which name is the mapping saved?";

/// What a mapping lacks, as the screen says it.
pub(super) fn lacking(error: &MappingError) -> String {
    match error {
        MappingError::NoPrompt => "no field becomes the prompt yet: choose one of the fields".to_owned(),
        MappingError::HalfPair(other) => {
            format!("chosen and rejected belong together: say which field is {other}")
        }
        other => other.to_string(),
    }
}

impl Import {
    pub(super) fn entered(&mut self) -> Vec<Effect> {
        if self.typed.is_empty() { self.list(String::new()) } else { Vec::new() }
    }

    /// Menus that come late open nothing over another screen.
    pub(super) fn left(&mut self) {
        self.listing = self.next();
    }

    /// Stops what is being brought in; `None` where nothing is.
    pub(super) fn stop(&self) -> Option<Vec<Effect>> {
        // How that ends is told when it has ended.
        matches!(self.stage, Stage::Bringing(_)).then(|| vec![Effect::Ask(self.working, Request::StopImport)])
    }

    fn next(&mut self) -> Generation {
        self.generation += 1;
        self.generation
    }

    fn list(&mut self, folder: String) -> Vec<Effect> {
        self.listing = self.next();
        vec![Effect::Ask(self.listing, Request::Files(folder))]
    }

    /// Looks at the file, read so.
    fn look(&mut self, how: How) -> Vec<Effect> {
        self.looking = self.next();
        self.stage = Stage::Looking;
        vec![Effect::Ask(self.looking, Request::Look(self.typed.clone(), how))]
    }

    /// Another file: nothing of the one before is kept but what somebody set.
    fn open(&mut self, typed: &str) -> Vec<Effect> {
        typed.clone_into(&mut self.typed);
        let Bringing { status, kind, .. } = self.bringing;
        self.bringing = Bringing { status, kind, ..Bringing::default() };
        (self.looked, self.trouble, self.ended, self.nth) = (None, None, None, 0);
        self.at = Stop::Setting(Setting::File);
        self.sight.begin();
        self.show();
        self.look(How::AsItLooks)
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Answer(answer) => return self.answer(answer),
            Input::Picked(purpose, values) => {
                if let (Some(asked), Some(value)) = (Asked::of(&purpose), values.first()) {
                    return self.answered(asked, value);
                }
            }
            Input::Entered(purpose, text) => {
                if let Some(asked) = Asked::of(&purpose) {
                    return self.answered(asked, &text);
                }
            }
            Input::Click { x, y } => {
                if let Some(stop) = self.sight.stop_at(x, y) {
                    // What was selected already is gone into.
                    if std::mem::replace(&mut self.at, stop) == stop {
                        return self.choose(shared);
                    }
                }
            }
            Input::Wheel { x, lines, .. } => self.sight.scroll_at(x, lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        match answer {
            Answer::Files(generation, folder, found) if generation == self.listing => {
                return vec![files(&folder, &found)];
            }
            Answer::Looked(generation, looked) if generation == self.looking => self.take(looked),
            Answer::Mappings(generation, saved) if generation == self.listing => {
                if saved.is_empty() {
                    return Effect::only_look("no mapping was saved yet");
                }
                let items = saved.iter().map(|(name, mapping)| item("", name, &mapping.to_string(), false));
                let menu = pick(Asked::Saved, "Which mapping?", items.collect(), false);
                self.saved = saved;
                return vec![menu];
            }
            Answer::MappingSaved(generation, name) if generation == self.listing => {
                let said =
                    format!("saved the mapping as {name}; `--map {name}` takes it on the command line");
                return vec![Effect::Say(Tone::Good, said)];
            }
            Answer::Importing(generation, progress) if generation == self.working => {
                if let Stage::Bringing(far) = &mut self.stage {
                    *far = progress;
                }
            }
            Answer::Imported(generation, brought, rejects) if generation == self.working => {
                self.stage = Stage::Idle;
                let ended = |report, is_trial| Some(Ended { report, is_trial, rejects });
                match *brought {
                    Brought::In(report) => self.ended = ended(report, false),
                    Brought::Tried(report) => self.ended = ended(report, true),
                    Brought::Stopped | Brought::Failed(_) => {}
                }
                self.sight.begin();
            }
            Answer::Failed(generation, sentence) if generation == self.looking => {
                (self.looked, self.trouble) = (None, Some(sentence));
                self.stage = Stage::Idle;
                self.show();
            }
            _ => {}
        }
        Vec::new()
    }

    fn take(&mut self, looked: Box<Looked>) {
        self.stage = Stage::Idle;
        self.trouble = None;
        self.bringing.path.clone_from(&looked.path);
        self.bringing.how = looked.how.clone();
        let is_new = self.looked.is_none();
        self.nth = self.nth.min(looked.shown.len().saturating_sub(1));
        self.looked = Some(looked);
        match self.at {
            Stop::Field(at) if at >= self.fields().len() => self.at = Stop::Setting(Setting::Format),
            // where fields are what is to be said next, one begins there
            Stop::Setting(Setting::File) if is_new && !self.fields().is_empty() => {
                self.at = Stop::Field(0);
            }
            _ => {}
        }
        self.sight.follow();
        self.show();
    }

    /// What is shown of the record.
    fn show(&mut self) {
        let (record, page) = match self.shown() {
            None => (String::new(), String::new()),
            Some(shown) => {
                let page = shown.made.as_ref().map(|pages| pages.join("\n\n")).unwrap_or_default();
                (shown.record.clone(), page)
            }
        };
        self.record.set(record);
        self.page.set(page);
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        if self.sight.moves(command, &mut self.at) {
            return Vec::new();
        }
        match command {
            Command::ImportNextRecord => self.turn(1),
            Command::ImportPreviousRecord => self.turn(-1),
            Command::ImportNextPart => self.next_part(),
            _ if matches!(self.stage, Stage::Bringing(_)) => {
                return Effect::only_look(
                    "the file is being brought in; once more when that is done, or stop it first",
                );
            }
            Command::ImportChoose => return self.choose(shared),
            Command::ImportFile => return self.change(Setting::File),
            Command::ImportFormat => return self.change(Setting::Format),
            Command::ImportLeave => return self.leave_out(),
            Command::ImportMapping => {
                self.listing = self.next();
                return vec![Effect::Ask(self.listing, Request::Mappings)];
            }
            Command::ImportSave => return self.ask_name(),
            Command::ImportBring => return self.bring(false),
            Command::ImportTry => return self.bring(true),
            _ => {}
        }
        Vec::new()
    }

    /// From the settings to the fields, and back.
    fn next_part(&mut self) {
        let is_field = |stop: &Stop| matches!(stop, Stop::Field(_));
        let here = is_field(&self.at);
        if let Some(other) = self.sight.stops().iter().copied().find(|stop| is_field(stop) != here) {
            self.at = other;
            self.sight.follow();
        }
    }

    /// Shows another of the first records.
    fn turn(&mut self, by: isize) {
        let all = self.looked.as_ref().map_or(0, |looked| looked.shown.len());
        if let Some(nth) = self.nth.checked_add_signed(by).filter(|nth| *nth < all) {
            self.nth = nth;
            self.show();
        }
    }

    fn choose(&mut self, shared: &Shared) -> Vec<Effect> {
        match (self.at, self.field(), self.mapping()) {
            (Stop::Setting(setting), ..) => self.change(setting),
            (Stop::Field(_), Some(path), Some(mapping)) => {
                let now: Vec<&Target> = mapping
                    .fields
                    .iter()
                    .filter(|(_, there)| there == path)
                    .map(|(target, _)| target)
                    .collect();
                vec![targets(path, &now, shared)]
            }
            _ => Vec::new(),
        }
    }

    fn change(&mut self, setting: Setting) -> Vec<Effect> {
        if self.typed.is_empty() || setting == Setting::File {
            let folder = std::path::Path::new(&self.typed).parent().map(|path| path.display().to_string());
            return self.list(folder.unwrap_or_default());
        }
        setting.ask(self).into_iter().collect()
    }

    fn answered(&mut self, asked: Asked, answer: &str) -> Vec<Effect> {
        match asked {
            Asked::File => match answer.trim() {
                "" => Vec::new(),
                folder if folder.ends_with('/') => self.list(folder.to_owned()),
                file => self.open(file),
            },
            Asked::Format => match settings::how(answer) {
                Some(how) => self.look(how),
                None => Effect::refuse(format!("there is no format “{answer}”")),
            },
            Asked::Target => match settings::target(answer) {
                Ok(target) => self.map(target),
                Err(sentence) => Effect::refuse(sentence),
            },
            Asked::Saved => match self.saved.remove(answer) {
                Some(mapping) => self.look(How::Mapping(mapping)),
                None => Vec::new(),
            },
            Asked::Name => match (SavedMappings::name(answer.trim()), self.mapping().cloned()) {
                (Ok(name), Some(mapping)) => {
                    self.listing = self.next();
                    vec![Effect::Ask(self.listing, Request::SaveMapping(name, mapping))]
                }
                (Err(sentence), _) => Effect::refuse(sentence),
                (_, None) => Vec::new(),
            },
            Asked::Status | Asked::Kind | Asked::Rejects => {
                set(&mut self.bringing, asked, answer);
                Vec::new()
            }
        }
    }

    /// Whether a field becomes something.
    pub(super) fn is_mapped(&self, path: &str) -> bool {
        self.mapping().is_some_and(|mapping| mapping.fields.iter().any(|(_, there)| there == path))
    }

    /// The field that one is at becomes that, and nothing else.
    fn map(&mut self, target: Option<Target>) -> Vec<Effect> {
        let (Some(path), Some(mapping)) = (self.field(), self.mapping()) else { return Vec::new() };
        let mut mapping = mapping.clone();
        mapping.fields.retain(|(_, there)| there != path);
        mapping.fields.extend(target.map(|target| (target, path.to_owned())));
        // several that become one are joined in the order in which the file has them
        let place = |path: &String| self.fields().iter().position(|field| field.path == *path);
        mapping.fields.sort_by_key(|(_, path)| place(path).unwrap_or(usize::MAX));
        self.look(How::Mapping(mapping))
    }

    fn leave_out(&mut self) -> Vec<Effect> {
        match self.field() {
            Some(path) if self.is_mapped(path) => self.map(None),
            _ => Effect::only_look("this is for a field that becomes something"),
        }
    }

    fn ask_name(&self) -> Vec<Effect> {
        match self.mapping().map(Mapping::check) {
            None => Effect::only_look("there is no mapping: the form is known"),
            Some(Err(error)) => Effect::only_look(lacking(&error)),
            Some(Ok(())) => vec![ask(Asked::Name, NAME, String::new())],
        }
    }

    fn bring(&mut self, is_trial: bool) -> Vec<Effect> {
        if self.typed.is_empty() {
            return self.list(String::new());
        }
        if self.stage == Stage::Looking {
            return Effect::only_look("the file is still being looked at");
        }
        if let Some(Err(error)) = self.mapping().map(Mapping::check) {
            return Effect::only_look(lacking(&error));
        }
        match &self.looked {
            None => Effect::only_look("the file can't be read, so nothing can be brought in"),
            Some(looked) if looked.trouble.is_some() => {
                Effect::only_look(looked.trouble.clone().unwrap_or_default())
            }
            Some(_) => {
                self.working = self.next();
                self.stage = Stage::Bringing(BEGIN);
                self.ended = None;
                let what = Bringing { is_trial, ..self.bringing.clone() };
                vec![Effect::Ask(self.working, Request::Import(Box::new(what)))]
            }
        }
    }
}
