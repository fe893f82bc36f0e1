//! `goldset export`: writes the file that a trainer reads.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::Out;
use super::progress::Meter;
use super::session::{self, Session};
use crate::dataset::{ExportOptions, ExportReport, Reader, export};
use crate::example::{Split, Status};
use crate::formats::{self, WriteOptions};
use crate::query::{Expr, Filter, Term};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset export support.goldset --format openai-chat -o train.jsonl --where status:approved --split train
  goldset export support.goldset --format trl-preference -o pairs.jsonl.gz --where 'kind:preference is:ranked'
  goldset export support.goldset --format goldset | gzip > copy.jsonl.gz

--json prints one object: examples, written, records, skipped, left_out, format, file.
Exit code: 0 all examples were written, 1 some were skipped, 2 no file was made.";

/// Write examples in a training format
///
/// The file appears whole or not at all; its name may end in .jsonl, .json, .csv or .tsv, and in
/// .gz or .zst. The same dataset gives the same bytes. Without --where every example is written
/// that is not discarded; a filter that names a status decides for itself, and the format
/// `goldset`, which is for copies, takes them all. What an example needs and does not have (a
/// response, a ranking) is told, and what a format has no place for.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[allow(clippy::struct_excessive_bools)] // each is a flag of the command line
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// The format; `goldset formats` tells about them
    #[arg(long, value_name = "ID", value_parser = writable_formats())]
    format: String,
    /// The file to write [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Only the examples of this split
    #[arg(long)]
    split: Option<Split>,
    /// Discarded examples too
    #[arg(long)]
    all_statuses: bool,
    /// Write the fields that came along from elsewhere in training formats too, save those whose
    /// names mean something to trainers (`goldset`, `columns` and `outputs` write all of them anyway)
    #[arg(long)]
    extra_fields: bool,
    /// Write into a field `judgement` what people said: outcome, agreement, rankings, reviews, authors
    /// (`goldset` writes it in full and `outputs` has it anyway; `columns` has no room)
    #[arg(long)]
    judgements: bool,
    /// Print the report as JSON (on the standard error, where the examples go to the standard output)
    #[arg(long)]
    json: bool,
}

fn writable_formats() -> PossibleValuesParser {
    let writable = formats::ALL.iter().filter(|format| format.writer(&WriteOptions::default()).is_some());
    PossibleValuesParser::new(writable.map(|format| format.id()))
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = filter_of(args, &reader)?;
    let format = formats::by_id(&args.format).ok_or_else(|| {
        // clap has taken only known ones.
        super::failure::Failure::Said(format!("there is no format “{}”", args.format))
    })?;
    let write = WriteOptions {
        extra_fields: args.extra_fields.then_some(true),
        judgements: args.judgements.then_some(true),
    };
    let options = ExportOptions { format, filter: &filter, write, container: None };
    let target = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let mut meter = Meter::start();
    let report = export(&reader, &options, target, &mut |progress| meter.hear(progress))?;
    meter.clear();
    let name = target.map(|path| path.display().to_string());
    if args.json {
        let json = as_json(&report, &args.format, name.as_deref());
        if target.is_some() {
            out.json(&json)?;
        } else {
            tell(&json.to_string());
        }
    } else {
        print(&report, &args.format, name.as_deref());
    }
    Ok(Ending::with_findings(!report.skipped.is_empty()))
}

fn filter_of(args: &Args, reader: &Reader) -> Result<Filter> {
    let mut filter = match &args.filter {
        Some(text) => session::filter(reader, text)?,
        None => Filter::everything(),
    };
    if !args.all_statuses && args.format != "goldset" && !names_status(filter.tree()) {
        filter = filter.and(Filter::status(Status::Discarded).negated());
    }
    if let Some(split) = args.split {
        filter = filter.and(Filter::split(Some(split)));
    }
    Ok(filter)
}

/// Whether a filter says something of the status, wherever in it.
pub(super) fn names_status(tree: &Expr) -> bool {
    match tree {
        Expr::And(parts) | Expr::Or(parts) => parts.iter().any(names_status),
        Expr::Not(part) => names_status(part),
        Expr::Term(term) => matches!(term, Term::Status(_)),
        Expr::Everything => false,
    }
}

fn as_json(report: &ExportReport, format: &str, file: Option<&str>) -> Value {
    json!({
        "examples": report.examples,
        "written": report.written,
        "records": report.records,
        "skipped": report.skipped,
        "left_out": report.left_out,
        "format": format,
        "file": file,
    })
}

/// Tells on the standard error; whoever closed it does not want to hear it.
fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

fn print(report: &ExportReport, format: &str, file: Option<&str>) {
    let records = plural(report.records, "record");
    let examples = plural(report.written, "example");
    let to = file.map(|file| format!(" to {}", harmless(file))).unwrap_or_default();
    tell(&format!("wrote {records} of {examples}{to} ({format})"));
    if !report.skipped.is_empty() {
        tell(&format!("skipped {}:", plural(report.examples - report.written, "example")));
        for (reason, n) in &report.skipped {
            tell(&format!("  {:>9}  {reason}", thousands(*n)));
        }
    }
    if !report.left_out.is_empty() {
        tell(&format!("left out, because {format} has no place for it:"));
        for (what, n) in &report.left_out {
            tell(&format!("  {:>9}  {what}", thousands(*n)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_names_a_status_wherever_it_stands_in_it() {
        let status = || Filter::status(Status::Draft);
        let word = || Filter::word("x");
        for names in [status(), word().and(status()), word().or(status().negated())] {
            assert!(names_status(names.tree()));
        }
        assert!(!names_status(word().negated().tree()));
        assert!(!names_status(Filter::everything().tree()));
    }
}
