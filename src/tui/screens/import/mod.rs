//! Import: a file, what it is taken for, which of its fields is what where that isn't known, what its first
//! records become; and bringing it in.

mod lines;
mod settings;
mod update;
mod view;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::{ImportReport, Progress};
use crate::formats::Mapping;
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Generation, Shared};
use crate::tui::importing::{Bringing, Looked, Shown};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::Sight;
use crate::tui::widgets::rows::Laid;
use settings::Setting;

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing.
    Idle,
    /// The file's first records are looked at.
    Looking,
    /// The file is brought in, or only tried.
    Bringing(Progress),
}

/// Where one can be on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// At a setting.
    Setting(Setting),
    /// At a field of the records, by its place.
    Field(usize),
}

/// What came of bringing in.
#[derive(Debug)]
struct Ended {
    report: Box<ImportReport>,
    /// Whether it was only tried.
    is_trial: bool,
    /// The first records that were rejected, with the reasons.
    rejects: Vec<String>,
}

/// The screen.
#[derive(Debug)]
pub struct Import {
    /// The file as it was typed; empty where there is none yet.
    typed: String,
    bringing: Bringing,
    stage: Stage,
    /// Counts questions up; and the last ones.
    generation: Generation,
    listing: Generation,
    looking: Generation,
    working: Generation,
    looked: Option<Box<Looked>>,
    /// Why the file can't be looked at.
    trouble: Option<String>,
    /// The mappings of the menu that was shown last.
    saved: BTreeMap<String, Mapping>,
    /// Which of the first records is shown.
    nth: usize,
    record: Laid,
    page: Laid,
    ended: Option<Ended>,
    at: Stop,
    sight: Sight<Stop>,
}

impl Default for Import {
    fn default() -> Self {
        Self {
            typed: String::new(),
            bringing: Bringing::default(),
            stage: Stage::Idle,
            generation: 0,
            listing: 0,
            looking: 0,
            working: 0,
            looked: None,
            trouble: None,
            saved: BTreeMap::new(),
            nth: 0,
            record: Laid::default(),
            page: Laid::default(),
            ended: None,
            at: Stop::Setting(Setting::File),
            sight: Sight::default(),
        }
    }
}

impl Import {
    /// The mapping, where the records are read field by field.
    fn mapping(&self) -> Option<&Mapping> {
        self.bringing.how.mapping()
    }

    /// The paths of the fields, where they are what one chooses among.
    fn fields(&self) -> &[crate::formats::Field] {
        match (&self.looked, self.mapping()) {
            (Some(looked), Some(_)) => &looked.fields,
            _ => &[],
        }
    }

    /// The path of the field that one is at.
    fn field(&self) -> Option<&str> {
        match self.at {
            Stop::Field(at) => self.fields().get(at).map(|field| field.path.as_str()),
            Stop::Setting(_) => None,
        }
    }

    /// The record that is shown.
    fn shown(&self) -> Option<&Shown> {
        self.looked.as_ref()?.shown.get(self.nth)
    }
}

impl Screen for Import {
    fn context(&self) -> Context {
        Context::Import
    }

    fn title(&self, _: &Shared) -> String {
        let name = std::path::Path::new(&self.typed).file_name().map(|name| name.to_string_lossy());
        name.map_or_else(|| "Import".to_owned(), |name| format!("Import  {name}"))
    }

    fn enter(&mut self, _: &Shared) -> Vec<Effect> {
        self.entered()
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, _: &Shared, theme: &Theme) {
        view::view(self, frame, area, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let is_read = self.looked.is_some();
        Some(match command {
            Command::ImportChoose => match self.at {
                Stop::Setting(_) => "change",
                Stop::Field(_) => "what it is",
            },
            Command::ImportLeave => self.field().filter(|path| self.is_mapped(path)).map(|_| "leave out")?,
            Command::ImportSave => {
                self.mapping().filter(|mapping| mapping.check().is_ok()).map(|_| "save mapping")?
            }
            Command::ImportBring | Command::ImportTry | Command::ImportFormat if !is_read => return None,
            Command::ImportMapping if self.typed.is_empty() => return None,
            Command::ImportNextPart if self.fields().is_empty() => return None,
            Command::ImportNextRecord if self.looked.as_ref().is_none_or(|looked| looked.shown.len() < 2) => {
                return None;
            }
            Command::AppBack if matches!(self.stage, Stage::Bringing(_)) => "stop",
            other => other.short(),
        })
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.stop()
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.left();
        Vec::new()
    }
}
