//! Export: what goes out and in which form, what would be written, what stands in its way and would mend
//! it, and the writing.

mod lines;
mod settings;
mod target;
mod update;
mod view;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::dataset::{ExportReport, Failure, Kept, Plan, Progress};
use crate::tui::commands::{Command, Context};
use crate::tui::effect::{Effect, Generation, Shared};
use crate::tui::exporting::Exported;
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::Sight;
use crate::tui::widgets::rows::Laid;
use settings::Setting;

/// Exports of before that are shown.
const RECENT: usize = 3;

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing: what is shown is of the plan.
    Judged,
    /// It is looked at what would be written.
    Judging(Progress),
    /// Looking was stopped.
    Stopped,
    /// The file is being written.
    Writing(Progress),
}

/// Whether somebody looks at the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attention {
    /// They are elsewhere, where this screen asks nothing.
    Away,
    /// They do.
    Here,
    /// They do, and want to write: where to is asked when it is known what.
    Waiting,
}

/// Where one can be on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// At a setting.
    Setting(Setting),
    /// At something that stands in the way, by its place.
    Failure(usize),
    /// At an example of it.
    Place(usize, usize),
    /// At an export of before, by its number.
    Recent(i64),
}

impl Stop {
    /// The part of the screen that it belongs to.
    const fn part(self) -> u8 {
        match self {
            Self::Setting(_) => 0,
            Self::Failure(_) | Self::Place(..) => 1,
            Self::Recent(_) => 2,
        }
    }
}

/// The first record, as it is written and laid out.
#[derive(Debug, Default)]
struct Preview {
    line: Laid,
    pretty: Laid,
    is_line: bool,
}

impl Preview {
    fn take(&mut self, record: Option<&str>) {
        let record = record.unwrap_or_default();
        let value: Option<serde_json::Value> = serde_json::from_str(record).ok();
        let pretty = value.and_then(|value| serde_json::to_string_pretty(&value).ok());
        self.pretty.set(pretty.unwrap_or_else(|| record.to_owned()));
        self.line.set(record.to_owned());
    }

    fn shown(&mut self) -> &mut Laid {
        if self.is_line { &mut self.line } else { &mut self.pretty }
    }
}

/// The screen.
#[derive(Debug)]
pub struct Export {
    plan: Plan,
    /// Somebody chose something: what was exported last no longer says what is wanted.
    is_chosen: bool,
    stage: Stage,
    /// Counts questions up.
    generation: Generation,
    /// Which question was about the plan, and which about the exports of before.
    judging: Generation,
    listing: Generation,
    attention: Attention,
    /// Where it was to be written to last.
    to: String,
    /// The dataset changed while it was looked at: once more, when that is done.
    is_stale: bool,
    report: Option<Box<ExportReport>>,
    /// Why the plan can't be judged.
    trouble: Option<String>,
    preview: Preview,
    recent: Vec<Kept>,
    /// Where it is written to unless somebody says otherwise.
    proposed: String,
    /// The export that is to be made again.
    again: Option<Box<Kept>>,
    /// What was written last, and of one that was made again its number and whether it is the same.
    written: Option<(Box<Exported>, Option<Again>)>,
    at: Stop,
    sight: Sight<Stop>,
}

/// The number of an export that was made again, and whether the bytes are the same.
type Again = (i64, bool);

impl Default for Export {
    fn default() -> Self {
        Self {
            plan: Plan::default(),
            is_chosen: false,
            stage: Stage::Stopped,
            generation: 0,
            judging: 0,
            listing: 0,
            attention: Attention::Away,
            to: String::new(),
            is_stale: false,
            report: None,
            trouble: None,
            preview: Preview::default(),
            recent: Vec::new(),
            proposed: String::new(),
            again: None,
            written: None,
            at: Stop::Setting(Setting::Format),
            sight: Sight::default(),
        }
    }
}

impl Export {
    fn failures(&self) -> &[Failure] {
        self.report.as_ref().map(|report| report.failures.as_slice()).unwrap_or_default()
    }

    /// What stands in the way and one is at; where one is elsewhere, the first that there is.
    fn failure(&self) -> Option<&Failure> {
        match self.at {
            Stop::Failure(at) | Stop::Place(at, _) => self.failures().get(at),
            _ => self.failures().first(),
        }
    }

    /// The example that one is at.
    fn place(&self) -> Option<i64> {
        let (failure, place) = match self.at {
            Stop::Failure(at) => (at, 0),
            Stop::Place(at, place) => (at, place),
            _ => return None,
        };
        self.failures().get(failure)?.places.get(place).map(|(number, _)| *number)
    }

    /// Where it is written to unless somebody says otherwise.
    fn proposal(&self, shared: &Shared) -> String {
        match &self.again {
            Some(kept) if kept.target != "-" => kept.target.clone(),
            _ => target::proposed(&shared.path, &self.plan),
        }
    }

    fn is_busy(&self) -> bool {
        matches!(self.stage, Stage::Judging(_) | Stage::Writing(_))
    }
}

impl Screen for Export {
    fn context(&self) -> Context {
        Context::Export
    }

    fn title(&self, _: &Shared) -> String {
        if self.plan.format.is_empty() {
            "Export".to_owned()
        } else {
            format!("Export  {}", self.plan.format)
        }
    }

    fn enter(&mut self, shared: &Shared) -> Vec<Effect> {
        self.entered(shared)
    }

    fn update(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        self.heard(input, shared)
    }

    fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.proposed = self.proposal(shared);
        view::view(self, frame, area, theme);
    }

    fn hint(&self, command: Command) -> Option<&'static str> {
        let failure = self.failure();
        Some(match command {
            Command::ExportChoose => match self.at {
                Stop::Setting(_) => "change",
                Stop::Recent(_) => "again",
                Stop::Failure(_) | Stop::Place(..) => self.place().map(|_| "open the example")?,
            },
            Command::ExportMend => failure.filter(|failure| !failure.mends.is_empty()).map(|_| "mend")?,
            Command::ExportPass => failure.filter(|failure| update::can_pass(failure)).map(|_| "let pass")?,
            Command::ExportSkip if self.plan.skip_invalid => "stop at invalid",
            Command::ExportSkip => failure.filter(|failure| failure.examples > 0).map(|_| "leave out")?,
            Command::ExportPreview if self.preview.is_line => "lay out",
            Command::ExportPreview => "as a line",
            Command::AppBack if self.is_busy() => "stop",
            other => other.short(),
        })
    }

    fn example(&self) -> Option<i64> {
        self.place()
    }

    fn back(&mut self, _: &Shared) -> Option<Vec<Effect>> {
        self.stop()
    }

    fn leave(&mut self) -> Vec<Effect> {
        self.attention = Attention::Away;
        self.left()
    }
}
