//! `goldset import`: brings files into a dataset.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::mapping::{self, Named};
use super::out::Out;
use super::progress::Meter;
use super::recent;
use super::rejects::Rejects;
use super::session::Session;
use crate::dataset::{ImportOptions, ImportReport};
use crate::example::{Kind, Status, Tag};
use crate::formats::{self, Certainty, ReadOptions, SavedMappings};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::wrap::wrap;

/// Reasons that the report lists.
const REASONS_SHOWN: usize = 10;

const EXAMPLES: &str = "\
Examples:
  goldset import support.goldset chats.jsonl more.jsonl.gz
  goldset import support.goldset faq.csv --map prompt=question,response=answer,tag:topic=area --save-map faq
  goldset import support.goldset more.parquet --map faq
  zcat big.jsonl.gz | goldset import support.goldset - --dry-run --rejects bad.jsonl

--json prints one object: read, imported, rejected, examples, definitions, format, formats (of each file
also sure, fitting, looked_at, equal, next where it was recognised), reasons, dry_run, action. `read` is always the sum of `imported` and `rejected`.
--rejects writes one JSON object a line: file, line, column, field, reason, record.
Exit code: 0 all was imported, 1 there are rejects, 2 nothing was imported.";

/// Bring examples from files into a dataset
///
/// Finds out by itself what a file is: JSON Lines, a JSON array, Parquet, CSV or TSV, plain or compressed
/// (gzip, zstd), in any format that `goldset formats` lists as read. Every record becomes part of
/// an example or is rejected with its line and the reason; none vanishes. The facets, targets and
/// kinds of flags that a file of the format `goldset` begins with are added to the dataset's, and a
/// file may hold nothing else. All files together are one action, which `goldset undo` takes back; if something goes wrong on the way, or Ctrl-C is
/// pressed, the dataset stays as it was.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset; `goldset new` makes one
    dataset: PathBuf,
    /// The files; "-" is the standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format, where it should not be found out
    #[arg(long, value_name = "ID", value_parser = readable_formats())]
    format: Option<String>,
    /// Which field is what: prompt, response, system, chosen, rejected, note, id, author, model, status,
    /// split, annotator or tag:FACET; or the name under which a mapping was saved
    #[arg(long, value_name = "WHAT=FIELD,…|NAME")]
    map: Option<Named>,
    /// Save the mapping under this name; `goldset mapping` lists what is saved
    #[arg(long, value_name = "NAME", requires = "map", value_parser = SavedMappings::name)]
    save_map: Option<String>,
    /// Tell what would be imported, and leave the dataset as it is
    #[arg(long)]
    dry_run: bool,
    /// Write what is rejected, and why, to this file
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Put a tag on every example (may be given several times); of a facet that takes one value it
    /// takes the place of what a record says
    #[arg(long = "tag", value_name = "FACET=VALUE", value_parser = parse_tag)]
    tags: Vec<Tag>,
    /// Give every example this status
    #[arg(long)]
    status: Option<Status>,
    /// Make every example of this kind
    #[arg(long)]
    kind: Option<Kind>,
    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// No file can be two things at once: what is read and what is written.
fn refuse_own_input(args: &Args) -> Result<()> {
    let same = |file: &PathBuf, other: &PathBuf| matches!((file.canonicalize(), other.canonicalize()), (Ok(file), Ok(other)) if file == other);
    if args.files.iter().any(|file| same(file, &args.dataset)) {
        return Err(Failure::Said("a dataset can't be imported into itself".to_owned()));
    }
    let Some(rejects) = args.rejects.as_deref().and_then(|path| path.canonicalize().ok()) else {
        return Ok(());
    };
    if args.files.iter().any(|file| file.canonicalize().is_ok_and(|file| file == rejects && file.is_file())) {
        return Err(Failure::Said(format!(
            "--rejects {} would write over a file that is to be imported; choose another name",
            rejects.display()
        )));
    }
    Ok(())
}

fn readable_formats() -> PossibleValuesParser {
    let readable = formats::all().filter(|format| format.reader(&ReadOptions::default()).is_some());
    PossibleValuesParser::new(readable.map(formats::Format::id))
}

fn parse_tag(text: &str) -> std::result::Result<Tag, String> {
    match text.split_once('=') {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Tag::new(facet.trim(), value.trim()))
        }
        _ => Err("a tag is FACET=VALUE, as in intent=refund".to_owned()),
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if args.map.is_some() && args.format.as_deref().is_some_and(|format| format != "columns") {
        return Err(Failure::Said(
            "--map says which field is what, so the format is columns: leave --format away".to_owned(),
        ));
    }
    refuse_own_input(args)?;
    let map = args.map.as_ref().map(|map| map.find(&session.folders)).transpose()?;
    let mut dataset = session.dataset(&args.dataset)?;
    let mut rejects = Rejects::begin(args.rejects.as_deref())?;
    let options = ImportOptions {
        format: args.format.as_deref().and_then(formats::by_id),
        mapping: map.clone(),
        dry_run: args.dry_run,
        tags: args.tags.clone(),
        status: args.status,
        kind: args.kind,
    };
    let mut meter = Meter::start();
    let report =
        dataset.import(&args.files, &options, &mut |reject| rejects.take(reject), &mut |progress| {
            meter.hear(progress)
        })?;
    meter.clear();
    rejects.finish()?;
    if let (Some(name), Some(map)) = (&args.save_map, map) {
        if args.dry_run {
            super::tell(&format!("the mapping would be saved as {name}"));
        } else {
            mapping::saved(&session.folders)?.save(name, &map)?;
            super::tell(&format!("saved the mapping as {name}"));
        }
    }
    if report.action.is_some() {
        recent::remember(&session.folders, &args.dataset);
        dataset.index_all(&mut |progress| meter.hear(progress))?;
        meter.clear();
    }
    if args.json {
        out.json(&as_json(&report, args.dry_run))?;
    } else {
        print(&report, args, out)?;
    }
    Ok(Ending::with_findings(report.rejected > 0))
}

fn as_json(report: &ImportReport, dry_run: bool) -> Value {
    // One format is the usual case; several are told as such, and file by file.
    let mut ids: Vec<&str> = report.formats.iter().map(|(_, id)| *id).collect();
    ids.dedup();
    let format = match ids.as_slice() {
        [] => Value::Null,
        [only] => json!(only),
        several => json!(several.join(",")),
    };
    let file = |(file, id): &(String, &str)| {
        let mut told = json!({"file": file, "format": id});
        if let (Some(told), Some(certainty)) = (told.as_object_mut(), report.certainties.get(file)) {
            told.extend(certainty_as_json(certainty));
        }
        told
    };
    let files: Vec<Value> = report.formats.iter().map(file).collect();
    json!({
        "read": report.read,
        "imported": report.imported,
        "rejected": report.rejected,
        "examples": report.examples,
        "definitions": report.definitions,
        "format": format,
        "formats": files,
        "reasons": report.reasons,
        "dry_run": dry_run,
        "action": report.action,
    })
}

/// How sure a format is, as fields of what is told of a file.
pub(super) fn certainty_as_json(certainty: &Certainty) -> Map<String, Value> {
    let Certainty { sure, fitting, looked_at, equal, next } = certainty;
    let fields = [
        ("sure", json!(sure.as_str())),
        ("fitting", json!(fitting)),
        ("looked_at", json!(looked_at)),
        ("equal", json!(equal)),
        ("next", json!(next)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn print(report: &ImportReport, args: &Args, out: &mut Out) -> Result<()> {
    for (file, format) in &report.formats {
        let certainty = report.certainties.get(file);
        let certainty = certainty.map(|certainty| format!(" ({certainty})")).unwrap_or_default();
        out.line(format!("{}: {format}{certainty}", harmless(file)))?;
    }
    let done = if args.dry_run { "would import" } else { "imported" };
    let examples = plural(report.examples, "example");
    let read = plural(report.read, "record");
    out.line(format!("{done} {examples} from {} of {read}", thousands(report.imported)))?;
    if report.definitions > 0 {
        let done = if args.dry_run { "would take over" } else { "took over" };
        let definitions = plural(report.definitions, "definition");
        out.line(format!("{done} {definitions} (facets, values, targets, kinds of flags)"))?;
    }
    if report.rejected > 0 {
        let done = if args.dry_run { "would reject" } else { "rejected" };
        out.line(format!("{done} {}:", plural(report.rejected, "record")))?;
        let mut reasons: Vec<(&String, &u64)> = report.reasons.iter().collect();
        reasons.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
        let shown: Vec<(String, &String)> =
            reasons.iter().take(REASONS_SHOWN).map(|(reason, n)| (thousands(**n), *reason)).collect();
        let widest = shown.iter().map(|(n, _)| n.len()).max().unwrap_or_default();
        for (n, reason) in shown {
            // whole, for it says what to do
            let reason = harmless(reason);
            for (at, row) in wrap(&reason, out.width().saturating_sub(widest + 4)).iter().enumerate() {
                let n = if at == 0 { n.as_str() } else { "" };
                out.line(format!("  {n:>widest$}  {}", row.text(&reason).trim_end()))?;
            }
        }
        if let Some(more) = reasons.len().checked_sub(REASONS_SHOWN).filter(|more| *more > 0) {
            out.line(format!("  … and {} (--json lists them all)", plural(more as u64, "other reason")))?;
        }
    }
    if args.dry_run {
        out.line("this was a dry run: nothing was changed")?;
    } else if report.action.is_none() {
        out.line("nothing was changed")?;
    }
    Ok(())
}
