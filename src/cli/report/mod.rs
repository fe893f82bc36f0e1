//! `goldset report`: all that is known of a dataset, as one page of HTML.

mod facts;
mod own;
mod page;
mod plots;
mod sections;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::session::Session;
use crate::dataset::WholeFile;
use crate::example::Timestamp;
use crate::text::count::bytes;
use crate::text::harmless::harmless;
use facts::Facts;

const EXAMPLES: &str = "\
Examples:
  goldset report support.goldset -o report.html
  goldset report support.goldset -o report.html --cross intent --cross language
  goldset report support.goldset --at 2026-03-01T09:00:00Z > report.html

The page needs no network and no scripts: it can be mailed, printed, or put on a shelf. Its figures
are those of `goldset ready`, `coverage`, `gaps`, `balance`, `agreement`, `pace` and `cost`.

It states the moment of the last action, and tells the pace up to then, so that the same dataset
gives the same bytes in the same time zone, which it names: days are those of this machine, and
TZ=UTC asks for others. --at tells the pace up to another moment; all other figures are those of now. The file appears whole or not at all. One that is there
already is written over where it is such a page that nobody has changed, and else only with --force.

--json prints one object: file, bytes, sha256, at (null where nothing was done yet), ready.
Exit code: 0 the page was written, 2 it was not.";

/// Write a page that shows how a dataset stands
///
/// One HTML file with the verdict of readiness, counts, coverage and balance of each facet, two facets
/// crossed, what to write next, lengths, agreement, splits, the pace of the work and what it costs; with
/// plots, and tables of the same figures beside them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The file to write [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write over a file that is there, though it is no such page, or somebody changed it
    #[arg(long)]
    force: bool,
    /// Cross these two facets [default: those with targets that have most values]
    #[arg(long, value_name = "FACET", value_delimiter = ',')]
    cross: Vec<String>,
    /// Tell the pace up to this moment [default: that of the last action]
    #[arg(long, value_name = "TIME", value_parser = moment)]
    at: Option<Timestamp>,
    /// Tell the pace of so many weeks
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    weeks: u32,
    /// Print what was written as JSON
    #[arg(long, requires = "output")]
    json: bool,
}

fn moment(text: &str) -> std::result::Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "give a moment such as 2026-03-01T09:00:00Z".to_owned())
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    if let Some(path) = output.filter(|_| !args.force)
        && own::is_in_the_way(path).map_err(|source| failed(path, source))?
    {
        return Err(Failure::Said(format!(
            "{} is there already, and is no report as this program wrote it: choose another name, or write over it \
             with --force",
            path.display()
        )));
    }
    let facts = Facts::gather(args, session)?;
    let html = own::signed(&sections::page(&facts));
    let Some(path) = output else {
        out.bytes(html.as_bytes())?;
        return Ok(Ending::Done);
    };
    let write = || {
        let mut file = WholeFile::begin(path)?;
        file.write_all(html.as_bytes())?;
        file.finish()
    };
    write().map_err(|source| failed(path, source))?;
    let (file, size) = (path.display().to_string(), html.len() as u64);
    if args.json {
        out.json(&json!({
            "file": file, "bytes": size, "sha256": own::hash(&html), "at": facts.moment.at().map(|at| at.to_string()),
            "ready": facts.is_ready(),
        }))?;
    } else {
        out.line(harmless(&format!("wrote {file}, {}", bytes(size))))?;
    }
    Ok(Ending::Done)
}

fn failed(path: &Path, source: std::io::Error) -> Failure {
    Failure::File { name: path.display().to_string(), source }
}
