//! `goldset completions`: completion scripts for shells.

use clap::CommandFactory;
use clap_complete::Shell;

use super::failure::{Ending, Result};
use super::out::Out;

const EXAMPLES: &str = "\
Examples:
  goldset completions bash > ~/.local/share/bash-completion/completions/goldset
  goldset completions zsh > ~/.zfunc/_goldset
  goldset completions fish > ~/.config/fish/completions/goldset.fish";

/// Print a completion script for a shell
///
/// Put it where your shell looks for such scripts; it then completes subcommands and options.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "goldset", &mut script);
    out.bytes(&script)?;
    Ok(Ending::Done)
}
