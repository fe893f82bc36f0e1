//! `goldset keys`: the keys of the terminal interface, from the keymap that is in force.

use std::io::Write;

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::Session;
use crate::text::harmless::harmless;
use crate::tui::commands::Context;
use crate::tui::keymap;

const EXAMPLES: &str = "\
Examples:
  goldset keys
  goldset keys --keymap vim --context rank
  goldset keys --markdown > KEYS.md

--json prints one object: keymap, keys: [{context, keys, command, title, help}].
Your own keys are in keys.toml in the folder of settings; what is wrong in it is told on the
standard error, and makes the exit code 1.";

/// List the keys of the terminal interface
///
/// Every command with its keys, as the keymap and your own keys.toml have them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only the keys of one place
    #[arg(long, value_name = "NAME", value_parser = contexts())]
    context: Option<String>,
    /// Print JSON
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Print Markdown
    #[arg(long, conflicts_with = "context")]
    markdown: bool,
}

fn contexts() -> PossibleValuesParser {
    PossibleValuesParser::new(Context::ALL.iter().map(|context| context.name()))
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let user = session.user_keys()?;
    let user = user.as_ref().map(|(path, text)| (path.as_path(), text.as_str()));
    let (keymap, errors) = keymap::load(user, &session.keymap);
    for error in &errors {
        // Whoever closed the standard error does not want to hear it.
        let _ = writeln!(std::io::stderr(), "goldset: {}", harmless(&error.to_string()));
    }
    let ending = Ending::with_findings(!errors.is_empty());
    if args.markdown {
        out.bytes(keymap.markdown_table().as_bytes())?;
        return Ok(ending);
    }
    let mut rows = keymap.rows();
    rows.retain(|row| args.context.as_deref().is_none_or(|context| row.context == context));
    if args.json {
        let keys = serde_json::to_value(&rows).map_err(|error| Failure::Said(error.to_string()))?;
        out.json(&json!({"keymap": session.keymap, "keys": keys}))?;
        return Ok(ending);
    }
    for (at, table) in rows.chunk_by(|one, next| one.context == next.context).enumerate() {
        if at > 0 {
            out.line("")?;
        }
        let name = table.first().map_or("", |row| row.context);
        let title = Context::from_name(name).map_or(name, Context::title);
        out.heading(&format!("{title} [{name}]"))?;
        let cells: Vec<Vec<String>> =
            table.iter().map(|row| vec![format!("  {}", row.keys.join(", ")), row.help.to_owned()]).collect();
        out.table(&[Column::text(""), Column::text("")], &cells)?;
    }
    Ok(ending)
}
