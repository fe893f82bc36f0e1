//! Hands over to the terminal interface.

use std::io::IsTerminal;
use std::path::Path;

use super::failure::{Ending, Failure, Result};
use super::recent;
use super::session::Session;
use crate::tui::theme::Choice;
use crate::tui::{self, RunError, RunOptions};

/// Whether there is a terminal to work on.
pub(super) fn is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// That there is none, and what works without.
pub(super) fn needed() -> Failure {
    Failure::Said(
        "this needs a terminal, and there is none here; `goldset stats DATASET` and the other subcommands of \
         `goldset --help` work without one"
            .to_owned(),
    )
}

/// Runs the terminal interface on a dataset until the person leaves it. `welcome` greets one who
/// is here for the first time.
pub(super) fn run(session: &Session, path: &Path, welcome: bool) -> Result<Ending> {
    if !is_there() {
        return Err(needed());
    }
    recent::remember(&session.folders, path);
    let options = RunOptions {
        path: path.to_owned(),
        annotator: session.annotator.clone(),
        name_from: session.name_from,
        settings: session.folders.config_file(),
        mappings: session.folders.mappings_file(),
        columns: session.folders.columns_folder(),
        prices: session.folders.prices_file(),
        keymap: session.keymap.clone(),
        user_keys: session.user_keys()?,
        welcome,
        theme: if session.color.wanted(true) { session.theme } else { Choice::None },
        mouse: session.mouse,
        moment: session.moment,
    };
    let outcome = tui::run(&options).map_err(|error| match error {
        RunError::Dataset(error) => Failure::Dataset(error),
        RunError::NoTerminal => needed(),
        RunError::Terminal(_) => Failure::Said(error.to_string()),
    })?;
    if outcome.lost.is_empty() { Ok(Ending::Done) } else { Err(Failure::Said(outcome.lost.join("\n"))) }
}
