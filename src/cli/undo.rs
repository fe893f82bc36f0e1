//! `goldset undo` and `goldset redo`: turn the last action back, and do it again.

use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::Session;
use crate::dataset::Verb;
use crate::text::harmless::harmless;

const UNDO_EXAMPLES: &str = "\
Examples:
  goldset undo support.goldset
  goldset undo support.goldset --as ana";

const REDO_EXAMPLES: &str = "\
Examples:
  goldset redo support.goldset
  goldset undo support.goldset && goldset redo support.goldset";

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

fn perform(path: &std::path::Path, verb: &Verb, session: &Session, out: &mut Out) -> Result<Ending> {
    let mut dataset = session.dataset(path)?;
    let done = dataset.perform(verb)?;
    let mut meter = Meter::start();
    dataset.index_all(&mut |progress| meter.hear(progress))?;
    meter.clear();
    out.line(harmless(&done.sentence))?;
    Ok(Ending::Done)
}
