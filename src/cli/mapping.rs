//! `goldset mapping`: the mappings that were saved, which say which field of a file is what.

use std::str::FromStr;

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::folders::Folders;
use super::out::{Column, Out};
use super::session::Session;
use crate::formats::{Mapping, MappingError, SavedMappings};

const EXAMPLES: &str = "\
Examples:
  goldset import support.goldset faq.csv --map prompt=question,response=answer --save-map faq
  goldset import support.goldset more.csv --map faq
  goldset mapping
  goldset mapping faq
  goldset mapping faq --delete

--json prints one object: mappings: [{name, map}]; of one mapping: name, map, fields: [{target, field}].
Exit code: 0 done, 2 there is no such mapping.";

/// List, show and delete saved mappings
///
/// A mapping says which field of a file becomes what; `goldset import --map … --save-map NAME` saves one,
/// `--map NAME` takes it again. They are in mappings.toml in your folder of settings.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The mapping to show [default: list all]
    #[arg(value_parser = SavedMappings::name)]
    name: Option<String>,
    /// Delete it
    #[arg(long, requires = "name")]
    delete: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What `--map` says: a mapping, or the name of a saved one.
#[derive(Debug, Clone)]
pub(super) enum Named {
    /// A mapping.
    Typed(Mapping),
    /// A name.
    Saved(String),
}

impl FromStr for Named {
    type Err = MappingError;

    fn from_str(text: &str) -> std::result::Result<Self, MappingError> {
        match SavedMappings::name(text) {
            Ok(name) => Ok(Self::Saved(name)),
            Err(_) => text.parse().map(Self::Typed),
        }
    }
}

impl Named {
    /// The mapping.
    pub fn find(&self, folders: &Folders) -> Result<Mapping> {
        match self {
            Self::Typed(mapping) => Ok(mapping.clone()),
            Self::Saved(name) => Ok(saved(folders)?.find(name)?),
        }
    }
}

/// The mappings that this person saved.
pub(super) fn saved(folders: &Folders) -> Result<SavedMappings> {
    let none = || Failure::Said("there is no folder of settings; say where in GOLDSET_CONFIG_DIR".to_owned());
    folders.mappings_file().map(SavedMappings::in_file).ok_or_else(none)
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let saved = saved(&session.folders)?;
    let Some(name) = &args.name else {
        let mappings = saved.all()?;
        if args.json {
            let mappings: Vec<Value> =
                mappings.iter().map(|(name, map)| json!({"name": name, "map": map.to_string()})).collect();
            out.json(&json!({ "mappings": mappings }))?;
        } else if mappings.is_empty() {
            out.line("no mapping was saved yet; `goldset import --map … --save-map NAME` saves one")?;
        } else {
            let rows: Vec<Vec<String>> =
                mappings.into_iter().map(|(name, map)| vec![name, map.to_string()]).collect();
            out.table(&[Column::text("name"), Column::text("mapping")], &rows)?;
        }
        return Ok(Ending::Done);
    };
    let mapping = saved.find(name)?;
    if args.delete {
        saved.delete(name)?;
    }
    if args.json {
        let fields: Vec<Value> = mapping
            .fields
            .iter()
            .map(|(target, field)| json!({"target": target.to_string(), "field": field}))
            .collect();
        out.json(&json!({"name": name, "map": mapping.to_string(), "fields": fields}))?;
    } else if args.delete {
        out.line(format!("deleted {name}: {mapping}"))?;
    } else {
        out.line(mapping.to_string())?;
    }
    Ok(Ending::Done)
}
