//! `goldset undo` and `goldset redo`: turn the last action back, and do it again.

use std::path::{Path, PathBuf};

use super::failure::{Ending, Failure, Result};
use super::home::quoted;
use super::out::Out;
use super::progress::Meter;
use super::session::Session;
use crate::dataset::{ActionRow, Dataset, Error, Mode, StoreError, Verb};
use crate::text::harmless::harmless;

const UNDO_EXAMPLES: &str = "\
Examples:
  goldset undo support.goldset
  goldset undo support.goldset --as ana";

const REDO_EXAMPLES: &str = "\
Examples:
  goldset redo support.goldset
  goldset undo support.goldset && goldset redo support.goldset";

/// Actions that are looked at in one go.
const PORTION: usize = 100;

/// Turn your last action back
///
/// An import of a million examples is one action, and so is an edit. Each call turns back the one
/// before; what others did is left alone (--as says who you are). `goldset log` shows what there
/// is, and an undo is an action too, so that `goldset redo` brings it back.
#[derive(Debug, clap::Args)]
#[command(after_help = UNDO_EXAMPLES)]
pub(super) struct UndoArgs {
    /// The dataset
    dataset: PathBuf,
}

/// Do again what you undid last
///
/// As long as you have done nothing new since.
#[derive(Debug, clap::Args)]
#[command(after_help = REDO_EXAMPLES)]
pub(super) struct RedoArgs {
    /// The dataset
    dataset: PathBuf,
}

pub(super) fn undo(args: &UndoArgs, session: &Session, out: &mut Out) -> Result<Ending> {
    perform(&args.dataset, &Verb::Undo, session, out)
}

pub(super) fn redo(args: &RedoArgs, session: &Session, out: &mut Out) -> Result<Ending> {
    perform(&args.dataset, &Verb::Redo, session, out)
}

fn perform(path: &Path, verb: &Verb, session: &Session, out: &mut Out) -> Result<Ending> {
    let mut dataset = session.dataset(path)?;
    let another = match verb {
        Verb::Undo => last_of_another(&dataset)?,
        _ => None,
    };
    let done = dataset.perform(verb).map_err(|error| match (&error, &another) {
        (Error::NothingToUndo(_) | Error::Store(StoreError::Conflict(_)), Some(last)) => {
            Failure::Said(format!("{error}. {}", way_to(path, last)))
        }
        _ => error.into(),
    })?;
    let mut meter = Meter::start();
    dataset.index_all(&mut |progress| meter.hear(progress))?;
    meter.clear();
    out.line(harmless(&done.sentence))?;
    if let Some(last) = another {
        super::tell(&way_to(path, &last));
    }
    Ok(Ending::Done)
}

/// The last action that holds, where another person did it: an undo leaves it alone.
fn last_of_another(dataset: &Dataset) -> Result<Option<ActionRow>> {
    let reader = dataset.reader()?;
    let mut before = None;
    loop {
        let actions = reader.actions(before, PORTION)?;
        let Some(oldest) = actions.last() else { return Ok(None) };
        before = Some(oldest.id);
        if let Some(last) = actions.into_iter().find(|action| action.mode == Mode::Do && !action.undone) {
            return Ok(Some(last).filter(|last| last.annotator != dataset.annotator()));
        }
    }
}

fn way_to(path: &Path, last: &ActionRow) -> String {
    let (who, sentence) = (&last.annotator, &last.sentence);
    let (path, name) = (quoted(path), quoted(Path::new(who)));
    format!("The last action is {who}'s ({sentence}); `goldset undo {path} --as {name}` undoes it")
}
