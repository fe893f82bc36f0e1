//! `goldset new`: makes an empty dataset.

use std::path::{Path, PathBuf};

use super::failure::{Ending, Result};
use super::input;
use super::out::Out;
use super::recent;
use super::session::Session;
use crate::dataset::{Dataset, parse_facets_file_onto};
use crate::example::Facet;
use crate::formats::Definitions;
use crate::text::count::plural;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset new support.goldset
  goldset new support.goldset --facets facets.toml

A file of facets:
  [[facet]]
  name = \"intent\"        # the word before the colon in filters: intent:refund
  several = false        # may one example carry several values?
  open = false           # may new values be made while working?
  required = true        # should every example carry one?
  values = [\"cancel\", { name = \"refund\", target = 150 }, { name = \"pause\", share = \"12.5%\" }]

  [[flag]]
  kind = \"wrong\"
  about = \"something in it is not true\"";

/// Make an empty dataset
///
/// A dataset is one file that holds examples, the facets that they must cover with the targets
/// of their values, and the whole history of the work. A file that is there already is never
/// overwritten.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The file to make, usually NAME.goldset
    dataset: PathBuf,
    /// Facets, values, targets and kinds of flags, as TOML ("-": the standard input)
    #[arg(long, value_name = "FILE")]
    facets: Option<PathBuf>,
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let definitions = match &args.facets {
        Some(path) => read_facets(path, &[])?,
        None => Definitions::default(),
    };
    drop(Dataset::create(&args.dataset, &session.annotator, &definitions)?);
    recent::remember(&session.folders, &args.dataset);
    let with = match definitions.facets.len() as u64 {
        0 => String::new(),
        n => format!(" with {}", plural(n, "facet")),
    };
    let name = args.dataset.display().to_string();
    out.line(format!("made {}{with}", harmless(&name)))?;
    Ok(Ending::Done)
}

/// Reads a facets file that comes to facets that are there already; `-` is the standard input.
pub(super) fn read_facets(path: &Path, there: &[Facet]) -> Result<Definitions> {
    let (name, text) = input::text(path)?;
    parse_facets_file_onto(&name, &text, there).map_err(|error| crate::dataset::Error::from(error).into())
}
