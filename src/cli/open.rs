//! `goldset` and `goldset DATASET`: the terminal interface on a dataset.

use std::path::Path;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::session::Session;
use super::{recent, terminal};
use crate::dataset::{Error, Reader, StoreError};

const WELCOME: &str = "\
Goldset is a workbench for the examples that language models are fine-tuned on.

  goldset demo                                    try it on a dataset of its own
  goldset new NAME.goldset                        make an empty dataset
  goldset import NAME.goldset FILE…               bring in what you have
  goldset NAME.goldset                            go to work on it
  goldset --help                                  all the rest";

/// Opens this dataset, or the one used last.
pub(super) fn run(dataset: Option<&Path>, session: &Session, out: &mut Out) -> Result<Ending> {
    if let Some(path) = dataset {
        // What is wrong with the file is told whether there is a terminal or not.
        drop(Reader::open(path).map_err(|error| maybe_a_subcommand(path, error.into()))?);
        return terminal::run(session, path, false);
    }
    if !terminal::is_there() {
        return Err(terminal::needed());
    }
    let recent = recent::list(&session.folders);
    let Some(last) = recent.first() else {
        out.line(WELCOME)?;
        return Ok(Ending::Done);
    };
    super::tell(&format!("opening {}, the dataset used last", last.display()));
    terminal::run(session, last, false)
}

/// A mistyped subcommand looks like the name of a dataset that is not there.
fn maybe_a_subcommand(path: &Path, failure: Failure) -> Failure {
    use clap::CommandFactory;
    let missing = matches!(&failure, Failure::Dataset(Error::Store(StoreError::Missing(_))));
    let Some(word) = path.to_str().filter(|word| missing && !word.contains(['.', '/', '\\'])) else {
        return failure;
    };
    let cli = super::Cli::command();
    let names: Vec<&str> = cli.get_subcommands().map(clap::Command::get_name).collect();
    match similar::get_close_matches(word, &names, 1, 0.6).first() {
        Some(near) => Failure::Said(format!(
            "there is no subcommand “{word}”, and no file of that name; did you mean `goldset {near}`?"
        )),
        None => failure,
    }
}
