//! `goldset replace`: find and replace in many examples at once.

use std::path::PathBuf;

use super::failure::{Ending, Result};
use super::mending::{self, Options};
use super::out::Out;
use super::session::Session;
use crate::curation::mend::{Mending, Replacement};

const EXAMPLES: &str = "\
Examples:
  goldset replace support.goldset 'late fee' 'late charge' --dry-run
  goldset replace support.goldset 'late fee' 'late charge' --where status:draft --in responses
  goldset replace support.goldset --words --exact-case IT 'the IT desk'
  goldset replace support.goldset --regex '(\\d+) ?EUR' '€$1'
  goldset replace support.goldset --regex '[ \\t]+$' '' --in all

Capitals count only where there are some in FIND: `fee` finds Fee, `Fee` does not find fee.
With --regex, ^ and $ are the ends of a line, the replacement may name groups ($1, ${1}, ${name}; $$ is
a dollar sign), and \\n, \\t and \\\\ in it are a line end, a tab and a backslash. What begins with a dash
comes after --: goldset replace support.goldset -- '--' '–'
Of content made of parts the text parts are searched; the arguments of tool calls never are.
--json prints one object: texts, examples, dry_run, action, sentence; with --dry-run a line for each text:
example, text (prompt, response or note), turn, before, after.";

/// Find and replace in many examples at once
///
/// Looks through prompts and responses of every example, or of those that --where finds, and
/// replaces what it finds. All is one action, which `goldset undo` takes back. With --dry-run it
/// prints what would change, a text a line: what goes stands in [-…-], what comes in {+…+}.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// What to find
    find: String,
    /// What to put in its place; '' takes it out
    replacement: String,
    /// FIND is a regular expression
    #[arg(long)]
    regex: bool,
    /// Capitals must be as in FIND
    #[arg(long)]
    exact_case: bool,
    /// Find whole words only
    #[arg(long)]
    words: bool,
    #[command(flatten)]
    options: Options,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let mending = Mending::Replace(Replacement {
        find: args.find.clone(),
        by: args.replacement.clone(),
        regex: args.regex,
        exact_case: args.exact_case,
        words: args.words,
    });
    mending::run(&args.dataset, &mending, &args.options, session, out)
}
