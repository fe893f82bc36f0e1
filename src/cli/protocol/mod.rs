//! `goldset protocol`: how the dataset is ranked and reviewed: shown, set, changed and taken away.

mod change;
mod form;
mod show;

use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::out::Out;
use super::session::Session;

const EXAMPLES: &str = "\
Examples:
  goldset protocol support.goldset                              what holds, and what it means
  goldset protocol support.goldset --rankings 2 --dry-run       how many would wait again
  goldset protocol support.goldset --rankings 2 --strength yes
  goldset protocol support.goldset --criteria helpful,correct --scale 5
  goldset protocol support.goldset --reasons 'more exact' --reasons 'kinder tone'
  goldset protocol support.goldset --drop reasons --gold 10
  goldset protocol support.goldset --file protocol.toml
  goldset protocol support.goldset --clear

The file of --file is TOML, with any of these parts; what is left out is as without a protocol:
  rankings = 2            how many people rank an example before it is submitted
  blind = true            are authors hidden until one has submitted?
  own_work = false        may people review their own work?
  strength = true         is it asked by how much the best is better?
  criteria = [\"correct\", { name = \"helpful\", about = \"does it solve the problem?\" }]
  scale = 5               the best rating; 1 is the worst
  reasons = [\"more exact\", \"kinder tone\"]      why one is better, offered by key
  cannot = [\"not my subject\"]                  why something can't be judged
  returns = [\"mistake\", \"guideline gap\"]       why work is sent back
  repeats = 5             in how many of 100 turns one's own earlier example comes again
  gold = 5                in how many of 100 turns a gold example comes

--json prints one object: set (whether there is a protocol), protocol; after a change protocol,
examples (how many wait again, or are submitted now), dry_run, action, sentence.";

/// Say how the dataset is ranked and reviewed, and by how many
///
/// A protocol says how many people rank an example, what they are asked beside the order, what is
/// hidden from them, and who reviews. Without more it is shown. Options change only what they name;
/// --file sets the whole of it. Where more rankings are wanted than before, examples that have too
/// few wait again. It is an action that `goldset undo` turns back.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Set the protocol that stands in a file (- for the standard input)
    #[arg(long, value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// Take the protocol away
    #[arg(long, group = "what", conflicts_with = "Parts")]
    clear: bool,
    #[command(flatten)]
    parts: change::Parts,
    /// Say what it would do, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.clear {
        change::perform(args, None, session, out)
    } else if args.file.is_some() || !args.parts.is_empty() {
        change::set(args, session, out)
    } else {
        show::run(args, out)
    }
}
