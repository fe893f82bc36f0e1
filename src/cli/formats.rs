//! `goldset formats`: what can be read and written, and what a file is.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::import::certainty_as_json;
use super::out::Out;
use crate::example::Response;
use crate::formats::container::{Kind, open_path};
use crate::formats::rules::Rule;
use crate::formats::{
    FAMILIES, Format, ReadOptions, Recognised, Sample, Unrecognised, WriteOptions, all, by_id, checked,
};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::wrap::wrap;

const EXAMPLES: &str = "\
Examples:
  goldset formats
  goldset formats --show mistral                 its fields, rules and limits
  goldset formats chats.jsonl faq.csv
  goldset formats --json | jq -r '.formats[] | select(.writes) | .id'

--json prints one object: formats: [{id, title, about, reads, writes, container, carries, checked, rules:
[{rule, demand, mends}], limits: {min_records, max_records, max_tokens, max_bytes}}]. Of files it is
files: [{file, container, format, sure, fitting, looked_at, equal, next, example, reason}].
Exit code: 0 all files are of a known format, 1 some are not.";

/// List the formats that can be read and written, or tell which one a file is in
///
/// Each with its id for --format, its fields and who takes it. Of a file it tells the format, how sure that
/// is, what else fits, and the first example as it would come in; nothing is imported.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files to tell the format of; "-" is the standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Tell all of one format: its fields, what its consumers demand, their limits, how it was checked
    #[arg(long, value_name = "ID", conflicts_with = "files")]
    show: Option<String>,
    /// Print the tables of this program's manual
    #[arg(long, hide = true, conflicts_with_all = ["files", "json", "show"])]
    markdown: bool,
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

/// What is told of a file.
struct Told {
    file: String,
    container: Option<Kind>,
    /// The format, or why there is none.
    format: std::result::Result<Recognised, String>,
    /// What the first example would be, or why there is none.
    example: Option<std::result::Result<(String, String), String>>,
}

/// Records that are looked at.
const SAMPLE: usize = 200;
/// Characters of a text that are shown.
const SHOWN: usize = 200;

fn look(path: &Path) -> Told {
    let file = path.display().to_string();
    let looked = open_path(path, None).and_then(|mut records| {
        let sample = Sample::read(&mut records, SAMPLE)?;
        Ok((records.kind(), sample))
    });
    let (kind, sample) = match looked {
        Ok(looked) => looked,
        Err(error) => return Told { file, container: None, format: Err(error.to_string()), example: None },
    };
    let format =
        sample.recognise().map_err(|unrecognised| format!("{file}: {}", why(&sample, &unrecognised)));
    let example = format.as_ref().ok().and_then(|recognised| {
        let first = sample.preview(recognised.format, &ReadOptions::default(), 1).into_iter().next()?;
        Some(first.map_err(|misfit| misfit.to_string()).map(|example| {
            let response = example.responses.first().map(Response::text).unwrap_or_default();
            (short(&example.prompt.question()), short(&response))
        }))
    });
    Told { file, container: Some(kind), format, example }
}

/// Why a file is in no format, with what can't be read of it.
fn why(sample: &Sample, unrecognised: &Unrecognised) -> String {
    let Some(first) = &sample.first_broken else { return unrecognised.to_string() };
    if sample.records.is_empty() {
        return format!("none of {} can be read; {first}", plural(sample.broken as u64, "record"));
    }
    let all = plural((sample.records.len() + sample.broken) as u64, "record");
    format!("{unrecognised}. Besides, {} of {all} can't be read; the first is {first}", sample.broken)
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let line: String =
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(SHOWN + 1).collect();
    if line.chars().count() > SHOWN { line.chars().take(SHOWN).chain(['…']).collect() } else { line }
}

fn run_files(args: &Args, out: &mut Out) -> Result<Ending> {
    let told: Vec<Told> = args.files.iter().map(|file| look(file)).collect();
    let unknown = told.iter().any(|told| told.format.is_err());
    if args.json {
        let files: Vec<Value> = told.iter().map(as_json).collect();
        out.json(&json!({ "files": files }))?;
        return Ok(Ending::with_findings(unknown));
    }
    for told in &told {
        let recognised = match &told.format {
            Ok(recognised) => recognised,
            Err(reason) => {
                out.line(harmless(reason))?;
                continue;
            }
        };
        let container = told.container.map(|kind| format!(" in {}", kind.ending())).unwrap_or_default();
        let id = out.bold(recognised.format.id()).into_owned();
        out.line(format!("{}: {id}{container} ({})", harmless(&told.file), recognised.certainty))?;
        match &told.example {
            Some(Ok((prompt, response))) => {
                out.line(format!("  prompt    {}", harmless(prompt)))?;
                if !response.is_empty() {
                    out.line(format!("  response  {}", harmless(response)))?;
                }
            }
            Some(Err(reason)) => {
                out.line(format!("  the first record can't come in: {}", harmless(reason)))?;
            }
            None => {}
        }
    }
    Ok(Ending::with_findings(unknown))
}

fn as_json(told: &Told) -> Value {
    let mut json = Map::new();
    json.insert("file".to_owned(), json!(told.file));
    json.insert("container".to_owned(), json!(told.container.map(Kind::ending)));
    json.insert("format".to_owned(), json!(told.format.as_ref().ok().map(|found| found.format.id())));
    if let Ok(recognised) = &told.format {
        json.extend(certainty_as_json(&recognised.certainty));
    }
    let example = told.example.as_ref().and_then(|example| example.as_ref().ok());
    json.insert(
        "example".to_owned(),
        example.map_or(Value::Null, |(prompt, response)| json!({"prompt": prompt, "response": response})),
    );
    let reason = match (&told.format, &told.example) {
        (Err(reason), _) | (_, Some(Err(reason))) => Some(reason),
        _ => None,
    };
    json.insert("reason".to_owned(), json!(reason));
    Value::Object(json)
}

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    if !args.files.is_empty() {
        return run_files(args, out);
    }
    if args.markdown {
        return markdown(out);
    }
    if let Some(id) = &args.show {
        let format = by_id(id).ok_or_else(|| {
            Failure::Said(format!("there is no format “{id}”; `goldset formats` lists those that there are"))
        })?;
        return if args.json { out.json(&format_as_json(format)) } else { show(format, out) }
            .map(|()| Ending::Done)
            .map_err(Failure::from);
    }
    if args.json {
        let formats: Vec<Value> = all().map(format_as_json).collect();
        out.json(&json!({ "formats": formats }))?;
        return Ok(Ending::Done);
    }
    for family in FAMILIES {
        out.heading(family.title)?;
        for format in family.formats {
            out.line("")?;
            head(*format, out)?;
        }
        out.line("")?;
    }
    Ok(Ending::Done)
}

fn can(format: &dyn Format) -> &'static str {
    match (reads(format), writes(format)) {
        (true, true) => "read and written",
        (true, false) => "only read",
        _ => "only written",
    }
}

/// Its name, on two lines where one is too short, and what it is.
fn head(format: &dyn Format, out: &mut Out) -> std::io::Result<()> {
    let id = out.bold(format.id()).into_owned();
    let title = format!("{} ({})", format.title(), can(format));
    if format.id().len() + 2 + title.len() <= out.width() {
        out.line(format!("{id}  {title}"))?;
    } else {
        out.line(id)?;
        out.line(format!("  {title}"))?;
    }
    let about = format.about();
    for row in wrap(about, out.width().min(100).saturating_sub(2)) {
        out.line(format!("  {}", row.text(about)))?;
    }
    Ok(())
}

fn format_as_json(format: &dyn Format) -> Value {
    let rule = |rule: &&dyn Rule| {
        let mends: Vec<&str> = rule.mends().iter().map(|mend| mend.id()).collect();
        json!({ "rule": rule.id(), "demand": rule.demand(), "mends": mends })
    };
    let limits = format.limits();
    json!({
        "id": format.id(),
        "title": format.title(),
        "about": format.about(),
        "reads": reads(format),
        "writes": writes(format),
        "container": format.container().ending(),
        "carries": format.carries().as_str(),
        "checked": checked(format.id()).map(|checked| checked.to_string()),
        "rules": format.rules().iter().map(rule).collect::<Vec<_>>(),
        "limits": {
            "min_records": limits.min_records,
            "max_records": limits.max_records,
            "max_tokens": limits.max_tokens,
            "max_bytes": limits.max_bytes,
        },
    })
}

/// All of one format.
fn show(format: &dyn Format, out: &mut Out) -> std::io::Result<()> {
    head(format, out)?;
    out.line("")?;
    out.line(format!("  carries   {}", format.carries().as_str()))?;
    out.line(format!("  files     .{}", format.container().ending()))?;
    if let Some(checked) = checked(format.id()) {
        out.line(format!("  checked   {checked}"))?;
    }
    let limits = format.limits();
    for (limit, what) in [
        (limits.min_records, "records at least"),
        (limits.max_records, "records at most"),
        (limits.max_tokens, "tokens a record at most"),
        (limits.max_bytes, "bytes a file at most"),
    ] {
        if let Some(limit) = limit {
            out.line(format!("  limit     {} {what}", thousands(limit)))?;
        }
    }
    for rule in format.rules() {
        let mends: Vec<&str> = rule.mends().iter().map(|mend| mend.id()).collect();
        let mends = if mends.is_empty() { String::new() } else { format!("  (--mend {})", mends.join(",")) };
        out.line(format!("  rule      {}: {}{mends}", rule.id(), rule.demand()))?;
    }
    Ok(())
}

/// The tables of the manual.
fn markdown(out: &mut Out) -> Result<Ending> {
    for family in FAMILIES {
        out.line(format!("### {}\n", family.title))?;
        out.line("| id | read | write | carries | form | checked |")?;
        out.line("| --- | :-: | :-: | --- | --- | --- |")?;
        for format in family.formats {
            let mark = |yes: bool| if yes { "✓" } else { "" };
            let form = format.about().split(". ").next().unwrap_or_default().replace('|', "\\|");
            let checked = checked(format.id()).map(|checked| checked.to_string()).unwrap_or_default();
            out.line(format!(
                "| `{}` | {} | {} | {} | {} | {checked} |",
                format.id(),
                mark(reads(*format)),
                mark(writes(*format)),
                format.carries().as_str(),
                form.trim_end_matches('.'),
            ))?;
        }
        out.line("")?;
    }
    Ok(Ending::Done)
}
