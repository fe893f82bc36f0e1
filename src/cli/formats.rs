//! `goldset formats`: what can be read and written.

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::Out;
use crate::formats::{ALL, Format, ReadOptions, WriteOptions};
use crate::text::wrap::wrap;

const EXAMPLES: &str = "\
Examples:
  goldset formats
  goldset formats --json | jq -r '.formats[] | select(.writes) | .id'

--json prints one object: formats: [{id, title, about, reads, writes, container}].";

/// List the formats that can be read and written
///
/// Each with its id for --format, its fields and who takes it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn reads(format: &dyn Format) -> bool {
    format.reader(&ReadOptions::default()).is_some()
}

fn writes(format: &dyn Format) -> bool {
    format.writer(&WriteOptions::default()).is_some()
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    if args.json {
        let formats: Vec<Value> = ALL
            .iter()
            .map(|format| {
                json!({
                    "id": format.id(),
                    "title": format.title(),
                    "about": format.about(),
                    "reads": reads(*format),
                    "writes": writes(*format),
                    "container": format.container().ending(),
                })
            })
            .collect();
        out.json(&json!({ "formats": formats }))?;
        return Ok(Ending::Done);
    }
    for (at, format) in ALL.iter().enumerate() {
        if at > 0 {
            out.line("")?;
        }
        let can = match (reads(*format), writes(*format)) {
            (true, true) => "read and written",
            (true, false) => "only read",
            _ => "only written",
        };
        let id = out.bold(format.id()).into_owned();
        out.line(format!("{id}  {} ({can})", format.title()))?;
        let about = format.about();
        for row in wrap(about, out.width().min(100).saturating_sub(2)) {
            out.line(format!("  {}", row.text(about)))?;
        }
    }
    Ok(Ending::Done)
}
