//! `goldset model`: the model that a dataset is for.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::tokens::{Counter, KNOWN, Known, Source, find};
use crate::dataset::{Reader, Verb};
use crate::example::{ChatForm, Model, Vocabulary};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset model --list
  goldset model support.goldset gpt-4o
  goldset model support.goldset qwen2.5 --tokenizer models/qwen/tokenizer.json --limit 8192
  goldset model support.goldset ours --tokenizer tokenizer.json --form chat-ml --limit 4096
  goldset model support.goldset

--json prints one object: model, null where none is chosen: {name, vocabulary, stands_in, form, limit}.
--list --json prints one object: models: [{name, vocabulary, form, limit, written, as_of}].";

/// Choose the model that a dataset is for, or show it
///
/// It says how tokens are counted and how many of them a training example may have. Models that
/// --list names need no more than their name; open ones need the tokenizer.json of their repository
/// too (a path below the dataset's folder is kept relative to it), and your trainer's sequence
/// length as the limit.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    #[arg(required_unless_present = "list")]
    dataset: Option<PathBuf>,
    /// The model's name
    #[arg(value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// Count with this tokenizer.json
    #[arg(long, value_name = "PATH", conflicts_with = "vocabulary")]
    tokenizer: Option<PathBuf>,
    /// Count with a vocabulary that is built in
    #[arg(long, value_name = "NAME", value_parser = ["o200k", "cl100k"])]
    vocabulary: Option<String>,
    /// What conversations have beside their texts
    #[arg(long, value_name = "FORM", value_parser = form_names())]
    form: Option<String>,
    /// The most tokens of a training example; 0 for no limit
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// Choose none
    #[arg(long, conflicts_with_all = ["name", "tokenizer", "vocabulary", "form", "limit"])]
    clear: bool,
    /// List the models that are known by name
    #[arg(long, conflicts_with_all = ["dataset", "name", "tokenizer", "vocabulary", "form", "limit", "clear"])]
    list: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn form_names() -> clap::builder::PossibleValuesParser {
    ChatForm::ALL.iter().map(|form| form.as_str()).collect::<Vec<_>>().into()
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let Some(path) = &args.dataset else { return list(args.json, out) };
    let changes = [args.name.is_some(), args.tokenizer.is_some(), args.vocabulary.is_some()];
    if args.clear {
        session.dataset(path)?.perform(&Verb::SetModel(None))?;
    } else if changes.contains(&true) || args.form.is_some() || args.limit.is_some() {
        // Opened for writing first: a dataset that can't be changed is told before a tokenizer is read.
        let mut dataset = session.dataset(path)?;
        let model = changed(args, path, dataset.reader()?.definitions()?.model)?;
        let counter =
            Counter::load(Some(&model), &base(path)).map_err(|error| Failure::Said(error.to_string()))?;
        dataset.perform(&Verb::SetModel(Some(model.clone())))?;
        if !matches!(model.form, ChatForm::Plain | ChatForm::OpenAi) && !counter.knows_the_form() {
            super::tell(&format!(
                "this vocabulary does not have the markers of the form {} as special tokens, so conversations are \
                 counted about",
                model.form.as_str()
            ));
        }
    }
    let reader = session::reader(path)?;
    show(&reader, args.json, out)
}

/// The folder where relative paths of a dataset begin.
pub(super) fn base(dataset: &Path) -> PathBuf {
    dataset.parent().map(Path::to_owned).unwrap_or_default()
}

/// The model as the options make it, from a known one, from the present one, or from nothing.
fn changed(args: &Args, dataset: &Path, present: Option<Model>) -> Result<Model> {
    let vocabulary = match (&args.tokenizer, args.vocabulary.as_deref()) {
        (Some(path), _) => Some(Vocabulary::File(kept_path(path, dataset)?)),
        (None, Some("cl100k")) => Some(Vocabulary::Cl100k),
        (None, Some(_)) => Some(Vocabulary::O200k),
        (None, None) => None,
    };
    let mut model = if let Some(name) = &args.name {
        named(name, vocabulary)?
    } else {
        let none = || Failure::Said("no model is chosen yet: name it too, after the dataset".to_owned());
        let mut model = present.ok_or_else(none)?;
        if let Some(vocabulary) = vocabulary {
            (model.vocabulary, model.stands_in) = (vocabulary, false);
        }
        model
    };
    if let Some(form) = args.form.as_deref().and_then(ChatForm::parse) {
        model.form = form;
    }
    if let Some(limit) = args.limit {
        model.limit = (limit > 0).then_some(limit);
    }
    Ok(model)
}

/// A model by its name.
fn named(name: &str, vocabulary: Option<Vocabulary>) -> Result<Model> {
    if let Some(known) = find(name) {
        return known.model(name, vocabulary).ok_or_else(|| {
            Failure::Said(format!(
                "{name} counts with the tokenizer.json of its repository: --tokenizer PATH/tokenizer.json"
            ))
        });
    }
    let vocabulary = vocabulary.ok_or_else(|| {
        Failure::Said(format!(
            "the model {name} is not known by name (`goldset model --list` shows those that are); say how it counts: \
             --tokenizer PATH/tokenizer.json, or --vocabulary o200k or cl100k"
        ))
    })?;
    Ok(Model { name: name.to_owned(), vocabulary, stands_in: false, form: ChatForm::Plain, limit: None })
}

/// A path as it is kept: relative to the dataset's folder where it lies below it, so that the two can
/// be moved together.
fn kept_path(path: &Path, dataset: &Path) -> Result<String> {
    let failed = |source| Failure::File { name: path.display().to_string(), source };
    let whole = path.canonicalize().map_err(failed)?;
    let folder = base(dataset);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    let kept = match folder.canonicalize() {
        Ok(folder) => whole.strip_prefix(&folder).map(Path::to_owned).unwrap_or(whole),
        Err(_) => whole,
    };
    kept.into_os_string().into_string().map_err(|kept| {
        Failure::Said(format!(
            "{}: the path is no text, so it can't be kept; rename it",
            kept.to_string_lossy()
        ))
    })
}

fn show(reader: &Reader, as_json: bool, out: &mut Out) -> Result<Ending> {
    let model = reader.definitions()?.model;
    if as_json {
        out.json(&json!({ "model": model.as_ref().map(told) }))?;
        return Ok(Ending::Done);
    }
    let Some(model) = model else {
        out.line("no model is chosen; tokens are counted about, with o200k_base")?;
        out.line("`goldset model --list` shows the models that are known by name")?;
        return Ok(Ending::Done);
    };
    let mut counted = match &model.vocabulary {
        Vocabulary::O200k => "o200k_base, built in".to_owned(),
        Vocabulary::Cl100k => "cl100k_base, built in".to_owned(),
        Vocabulary::File(path) => path.clone(),
    };
    if model.stands_in {
        counted.push_str("; it stands in for the model's own, which is not public: counts are about");
    }
    let limit =
        model.limit.map_or("none".to_owned(), |limit| format!("{} tokens an example", thousands(limit)));
    let form = format!("{}: {}", model.form.as_str(), model.form.about());
    let known = find(&model.name).filter(|known| known.limit.is_some() && known.limit == model.limit);
    let written = known.map(|known| format!("{} ({})", known.written, known.as_of));
    out.heading(&harmless(&model.name))?;
    let rows = [
        ("counted with", Some(counted)),
        ("conversations", Some(form)),
        ("limit", Some(limit)),
        ("as written by", written),
    ];
    for (what, text) in rows {
        if let Some(text) = text {
            out.line(format!("  {what:13}  {}", harmless(&text)))?;
        }
    }
    Ok(Ending::Done)
}

fn told(model: &Model) -> Value {
    json!({
        "name": model.name, "vocabulary": vocabulary_word(&model.vocabulary), "stands_in": model.stands_in,
        "form": model.form, "limit": model.limit,
    })
}

/// The name of a vocabulary that is built in, or the path of the file.
fn vocabulary_word(vocabulary: &Vocabulary) -> &str {
    match vocabulary {
        Vocabulary::O200k => "o200k",
        Vocabulary::Cl100k => "cl100k",
        Vocabulary::File(path) => path,
    }
}

fn list(as_json: bool, out: &mut Out) -> Result<Ending> {
    let word = |known: &Known| match known.source {
        Source::O200k => "o200k",
        Source::Cl100k => "cl100k",
        Source::NotPublic => "about, o200k",
        Source::File => "tokenizer.json",
    };
    if as_json {
        let models: Vec<Value> = KNOWN
            .iter()
            .map(|known| {
                json!({
                    "name": known.name, "vocabulary": word(known), "form": known.form, "limit": known.limit,
                    "written": known.written, "as_of": known.as_of,
                })
            })
            .collect();
        out.json(&json!({ "models": models }))?;
        return Ok(Ending::Done);
    }
    let columns = [
        Column::text("model"),
        Column::text("vocabulary"),
        Column::text("form"),
        Column::number("limit"),
        Column::text("where that is written"),
    ];
    let rows: Vec<Vec<String>> = KNOWN
        .iter()
        .map(|known| {
            vec![
                known.name.to_owned(),
                word(known).to_owned(),
                known.form.as_str().to_owned(),
                known.limit.map(thousands).unwrap_or_default(),
                known.written.to_owned(),
            ]
        })
        .collect();
    out.table(&columns, &rows)?;
    Ok(Ending::Done)
}
