//! `goldset restore`: puts the texts of an example back to what they were.

use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::Session;
use crate::dataset::Verb;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset log support.goldset --example 412 --diff
  goldset restore support.goldset 412 --to 87
  goldset restore support.goldset 412 --to 87 && goldset undo support.goldset";

/// Put the texts of an example back to what they were after an earlier action
///
/// The prompt, the note and the texts of the responses are again what they were right after that
/// action, whoever changed them since. Responses that were made later stay; one that was removed
/// comes back. It is an action like any other: `goldset undo` takes it back.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The example (412, #412 or its UUID)
    #[arg(value_name = "ID")]
    example: String,
    /// The number of the action, as `goldset log` gives it
    #[arg(long, value_name = "ACTION")]
    to: i64,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let mut dataset = session.dataset(&args.dataset)?;
    let example = dataset.reader()?.find(&args.example)?;
    let done = dataset.perform(&Verb::Restore { example, action: args.to })?;
    let mut meter = Meter::start();
    dataset.index_all(&mut |progress| meter.hear(progress))?;
    meter.clear();
    out.line(harmless(&done.sentence))?;
    Ok(Ending::Done)
}
