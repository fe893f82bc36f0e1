//! Starts the program.

use std::process::ExitCode;

fn main() -> ExitCode {
    goldset::cli::run(std::env::args_os())
}
