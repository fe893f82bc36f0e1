//! What becomes of an export that the screen asked for.

use std::path::PathBuf;

use crate::dataset::{ExportReport, Plan, Target};
use crate::text::count::plural;
use crate::tui::effect::Tone;

/// An export that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// How.
    pub plan: Plan,
    /// Where to.
    pub target: Target,
    /// What became of it.
    pub report: ExportReport,
    /// Whether the file took the place of another of the same name.
    pub replaced: bool,
}

/// How writing ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// All files are in their places.
    Made(Box<Exported>),
    /// Something stands in the way: there is no file.
    Held(Box<ExportReport>),
    /// At its place is a file that no export of the dataset made: nothing was written.
    Taken(PathBuf),
    /// Somebody stopped it: there is no file.
    Stopped,
    /// It failed; the sentence says why.
    Failed(String),
}

impl Outcome {
    /// How it is told.
    pub fn told(&self) -> (Tone, String) {
        match self {
            Self::Made(exported) => {
                let Exported { target, report, replaced, .. } = &**exported;
                let to = match target {
                    Target::File(path) | Target::Folder(path) => format!(" to {}", path.display()),
                    Target::Nowhere | Target::Standard => String::new(),
                };
                let kept = report.number.map(|number| format!(" as export {number}")).unwrap_or_default();
                let records = plural(report.records, "record");
                let over = if *replaced { ", over what was there" } else { "" };
                (Tone::Good, format!("wrote {records}{kept}{to}{over}"))
            }
            Self::Held(report) => {
                let what = match report.invalid {
                    0 => "the file does not hold".to_owned(),
                    n => format!("{} of {} do not hold", n, plural(report.examples, "example")),
                };
                (Tone::Look, format!("no file was made: {what}"))
            }
            Self::Taken(path) => {
                (Tone::Look, format!("{} is there already; nothing was written", path.display()))
            }
            Self::Stopped => (Tone::Look, "stopped; no file was made".to_owned()),
            Self::Failed(sentence) => (Tone::Bad, format!("no file was made: {sentence}")),
        }
    }
}
