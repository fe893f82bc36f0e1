//! The command line: one file a subcommand, and the registry of them.
//!
//! Results go to the standard output, talk to the standard error. Exit codes: 0 done, 1 done with
//! rejects or findings, 2 not done.

mod add;
mod agreement;
mod balance;
mod cells;
mod completions;
mod contract;
mod cost;
mod coverage;
mod demo;
mod diff;
mod differences;
mod doing;
mod duplicates;
mod edit;
mod export;
mod exports;
mod facets;
mod failure;
mod failures;
mod folders;
mod formats;
mod gaps;
mod gauges;
mod home;
mod import;
mod input;
mod keys;
mod list;
mod log;
mod mapping;
mod mending;
mod model;
mod near;
mod new;
mod normalise;
mod open;
mod out;
mod pace;
mod pages;
mod parting;
mod pick;
mod production;
mod progress;
mod protocol;
mod ranks;
mod ready;
mod recent;
mod record;
mod rejects;
mod replace;
mod report;
mod restore;
mod review;
mod rules;
mod session;
mod set;
mod show;
mod split;
mod stats;
mod suggest;
mod template;
mod terminal;
mod tokens;
mod undo;
mod unseen;
mod verify;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use failure::{Ending, Failure, Result};
use out::Out;
use session::{Options, Session};

use crate::text::harmless::harmless_lines;

const AFTER_HELP: &str = "\
Begin with:
  goldset demo                                  a dataset to try everything on
  goldset new mine.goldset                      an empty dataset of your own
  goldset import mine.goldset chats.jsonl       what you have already
  goldset mine.goldset                          go to work

`goldset help SUBCOMMAND` explains each of them, with examples. Settings (annotator, keymap, color,
theme, mouse) are read from config.toml in your folder of settings, or in GOLDSET_CONFIG_DIR.
Exit code: 0 done, 1 done with rejects or findings, 2 not done.";

/// A keyboard-driven workbench for the examples that language models are fine-tuned on
///
/// Experts write, edit, rank and flag examples in the terminal; every count of coverage and balance
/// moves as they work; what they made leaves as the files that trainers accept. A dataset is one
/// .goldset file.
#[derive(Debug, Parser)]
#[command(name = "goldset", version, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    /// The dataset to work on [default: the one used last]
    dataset: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    subcommand: Option<Subcommand>,
}

/// The registry: the next subcommand is a file and a line here and in [`perform`].
#[derive(Debug, clap::Subcommand)]
enum Subcommand {
    Demo(demo::Args),
    New(new::Args),
    Add(add::Args),
    Edit(edit::Args),
    Template(template::Args),
    Import(import::Args),
    Export(export::Args),
    Exports(exports::Args),
    Diff(diff::Args),
    List(list::Args),
    Show(show::Args),
    Stats(stats::Args),
    Facets(facets::Args),
    Coverage(coverage::Args),
    Balance(balance::Args),
    Gaps(gaps::Args),
    Ready(ready::Args),
    Cost(cost::Args),
    Pace(pace::Args),
    Report(report::Args),
    Pick(pick::Args),
    Failures(failures::Args),
    Near(near::Args),
    Agreement(agreement::Args),
    Ranks(ranks::Args),
    Duplicates(duplicates::Args),
    Model(model::Args),
    Tokens(tokens::Args),
    Suggest(suggest::Args),
    Rules(rules::Args),
    Set(set::Args),
    Split(split::Args),
    Replace(replace::Args),
    Normalise(normalise::Args),
    Log(log::Args),
    Undo(undo::UndoArgs),
    Redo(undo::RedoArgs),
    Restore(restore::Args),
    Verify(verify::Args),
    Contract(contract::Args),
    Protocol(protocol::Args),
    Review(review::Args),
    Formats(formats::Args),
    Mapping(mapping::Args),
    Keys(keys::Args),
    Completions(completions::Args),
}

/// Runs the program with these arguments, the first of which is its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match perform(&cli) {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Findings) => ExitCode::from(1),
        // Nobody reads on: that is no failure of ours.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::from(2)
        }
    }
}

fn perform(cli: &Cli) -> Result<Ending> {
    let color = cli.options.color();
    // These need no settings, so that they work whatever stands in config.toml.
    match &cli.subcommand {
        Some(Subcommand::Formats(args)) => return printed(color, |out| formats::run(args, out)),
        Some(Subcommand::Completions(args)) => return printed(color, |out| completions::run(args, out)),
        _ => {}
    }
    if let (Some(_), Some(_)) = (&cli.dataset, &cli.subcommand) {
        return Err(Failure::Said(
            "the dataset is named after the subcommand: goldset stats DATASET".to_owned(),
        ));
    }
    let session = Session::begin(&cli.options)?;
    let session = &session;
    printed(Some(session.color), |out| match &cli.subcommand {
        None => open::run(cli.dataset.as_deref(), session, out),
        Some(Subcommand::Demo(args)) => demo::run(args, session, out),
        Some(Subcommand::New(args)) => new::run(args, session, out),
        Some(Subcommand::Add(args)) => add::run(args, session, out),
        Some(Subcommand::Edit(args)) => edit::run(args, session, out),
        Some(Subcommand::Template(args)) => template::run(args, session, out),
        Some(Subcommand::Import(args)) => import::run(args, session, out),
        Some(Subcommand::Export(args)) => export::run(args, session, out),
        Some(Subcommand::Exports(args)) => exports::run(args, out),
        Some(Subcommand::Diff(args)) => diff::run(args, out),
        Some(Subcommand::List(args)) => list::run(args, session, out),
        Some(Subcommand::Show(args)) => show::run(args, session, out),
        Some(Subcommand::Stats(args)) => stats::run(args, session, out),
        Some(Subcommand::Facets(args)) => facets::run(args, session, out),
        Some(Subcommand::Coverage(args)) => coverage::run(args, session, out),
        Some(Subcommand::Balance(args)) => balance::run(args, session, out),
        Some(Subcommand::Gaps(args)) => gaps::run(args, session, out),
        Some(Subcommand::Ready(args)) => ready::run(args, session, out),
        Some(Subcommand::Cost(args)) => cost::run(args, session, out),
        Some(Subcommand::Pace(args)) => pace::run(args, session, out),
        Some(Subcommand::Report(args)) => report::run(args, session, out),
        Some(Subcommand::Pick(args)) => pick::run(args, out),
        Some(Subcommand::Failures(args)) => failures::run(args, session, out),
        Some(Subcommand::Agreement(args)) => agreement::run(args, session, out),
        Some(Subcommand::Ranks(args)) => ranks::run(args, session, out),
        Some(Subcommand::Near(args)) => near::run(args, session, out),
        Some(Subcommand::Duplicates(args)) => duplicates::run(args, session, out),
        Some(Subcommand::Model(args)) => model::run(args, session, out),
        Some(Subcommand::Tokens(args)) => tokens::run(args, session, out),
        Some(Subcommand::Suggest(args)) => suggest::run(args, session, out),
        Some(Subcommand::Rules(args)) => rules::run(args, session, out),
        Some(Subcommand::Set(args)) => set::run(args, session, out),
        Some(Subcommand::Split(args)) => split::run(args, session, out),
        Some(Subcommand::Replace(args)) => replace::run(args, session, out),
        Some(Subcommand::Normalise(args)) => normalise::run(args, session, out),
        Some(Subcommand::Log(args)) => log::run(args, session, out),
        Some(Subcommand::Undo(args)) => undo::undo(args, session, out),
        Some(Subcommand::Redo(args)) => undo::redo(args, session, out),
        Some(Subcommand::Restore(args)) => restore::run(args, session, out),
        Some(Subcommand::Verify(args)) => verify::run(args, session, out),
        Some(Subcommand::Contract(args)) => contract::run(args, session, out),
        Some(Subcommand::Protocol(args)) => protocol::run(args, session, out),
        Some(Subcommand::Review(args)) => review::run(args, session, out),
        Some(Subcommand::Formats(args)) => formats::run(args, out),
        Some(Subcommand::Mapping(args)) => mapping::run(args, session, out),
        Some(Subcommand::Keys(args)) => keys::run(args, session, out),
        Some(Subcommand::Completions(args)) => completions::run(args, out),
    })
}

/// Runs a subcommand with an output that is handed over whole before the exit code is known.
fn printed(color: Option<out::Color>, subcommand: impl FnOnce(&mut Out) -> Result<Ending>) -> Result<Ending> {
    let mut out = Out::new(color.unwrap_or_default());
    let ending = subcommand(&mut out)?;
    out.flush()?;
    Ok(ending)
}

/// Says it on the standard error; whoever closed that does not want to hear it.
fn tell(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "goldset: {}", harmless_lines(sentence));
}

/// What clap has to say: help and version on the standard output, bad usage in our own voice.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // Nobody reads on where this fails.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.render().to_string();
    tell(text.strip_prefix("error: ").unwrap_or(&text).trim_end());
    ExitCode::from(2)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_registry_holds_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_subcommand_teaches_by_examples() {
        for subcommand in Cli::command().get_subcommands() {
            let name = subcommand.get_name();
            assert!(subcommand.get_about().is_some(), "{name}");
            assert!(subcommand.get_long_about().is_some(), "{name} has no paragraph");
            let help = subcommand.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Examples:"), "{name}");
            assert!(help.matches(&format!("goldset {name}")).count() >= 2, "{name}");
        }
    }
}
