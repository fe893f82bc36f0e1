//! `goldset demo`: a private dataset to try everything on.

use std::ffi::OsString;
use std::io::{Cursor, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::session::{self, Session};
use super::{home, terminal};
use crate::dataset::{Dataset, ImportOptions, parse_facets_file};
use crate::formats::container;

/// Who brought the demo's examples in. Not the person: an undo of theirs is not to empty it.
const MAKER: &str = "Goldset";

const FACETS: &str = include_str!("../../sample-data/facets.toml");

const FILES: [(&str, &[u8]); 5] = [
    ("support-intents.jsonl", include_bytes!("../../sample-data/support-intents.jsonl")),
    ("sql-questions.jsonl", include_bytes!("../../sample-data/sql-questions.jsonl")),
    ("legal-answers.jsonl", include_bytes!("../../sample-data/legal-answers.jsonl")),
    ("support-replies.jsonl", include_bytes!("../../sample-data/support-replies.jsonl")),
    ("templates.jsonl", include_bytes!("../../sample-data/templates.jsonl")),
];

const EXAMPLES: &str = "\
Examples:
  goldset demo
  goldset demo --fresh
  goldset demo | cat        the first screen as text, with commands to try

The copy is demo.goldset in your data folder, or in the folder that GOLDSET_DATA_DIR names.";

/// Try everything on a dataset of your own
///
/// Makes a private copy of a small dataset (customer messages to label, questions to turn into
/// SQL, legal answers, replies to rank) and opens it. It is yours to spoil: the next `goldset
/// demo` finds it as you left it, and --fresh starts again.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Start again with a new copy; the old one is kept beside it as demo.goldset.bak
    #[arg(long)]
    fresh: bool,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let path = session.folders.demo_file()?;
    if args.fresh {
        set_aside(&path)?;
    }
    let welcome = !path.exists();
    if welcome {
        make(&path)?;
    }
    if terminal::is_there() {
        return terminal::run(session, &path, welcome);
    }
    let reader = session::reader(&path).map_err(|failure| {
        Failure::Said(format!("{failure}; `goldset demo --fresh` starts again with a new copy"))
    })?;
    home::print(&path, &reader.counts()?, &session.annotator, out)?;
    Ok(Ending::Done)
}

/// Builds the dataset beside its place and moves it there, so that it is never there by half.
fn make(path: &Path) -> Result<()> {
    let failed = |source| Failure::File { name: path.display().to_string(), source };
    let folder = path.parent().unwrap_or(Path::new("."));
    let workshop = tempfile::Builder::new().prefix(".demo-").tempdir_in(folder).map_err(failed)?;
    let copy = workshop.path().join("demo.goldset");
    let definitions = parse_facets_file("facets.toml", FACETS).map_err(crate::dataset::Error::from)?;
    let mut dataset = Dataset::create(&copy, MAKER, &definitions)?;
    let mut files = Vec::new();
    for (name, bytes) in FILES {
        let records = container::open(Cursor::new(bytes), name, None)
            .map_err(|error| Failure::Said(error.to_string()))?;
        files.push(records);
    }
    let options = ImportOptions::default();
    dataset.import_records(files, &options, &mut |_| Ok(()), &mut |_| true)?;
    dataset.index_all(&mut |_| true)?;
    drop(dataset);
    std::fs::rename(&copy, path).map_err(failed)
}

/// Renames the copy that is there, with the log that belongs to it.
fn set_aside(path: &Path) -> Result<()> {
    let beside = |ending: &str| {
        let mut name: OsString = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    for ending in ["-wal", "-shm", ""] {
        let (from, to) = (beside(ending), beside(&format!(".bak{ending}")));
        match std::fs::rename(&from, &to) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Failure::File { name: from.display().to_string(), source: error });
            }
            // What is left of an older copy's log must not pass for a part of this one.
            Err(_) if !ending.is_empty() && path.exists() => drop(std::fs::remove_file(&to)),
            _ => {}
        }
    }
    Ok(())
}
