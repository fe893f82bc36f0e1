//! `goldset mapping`: the mappings that were saved, which say which field of a file is what.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::str::FromStr;

use serde_json::{Value, json};

use super::failure::{Ending, Failure, Result};
use super::folders::Folders;
use super::out::{Column, Out};
use super::session::Session;
use crate::formats::{Mapping, MappingError};

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
    #[arg(value_parser = name_of)]
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
        match name_of(text) {
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
            Self::Saved(name) => find(folders, name),
        }
    }
}

/// What a mapping may be called: letters, digits, `-`, `_` and `.`.
pub(super) fn name_of(text: &str) -> std::result::Result<String, String> {
    let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if text.is_empty() || !text.chars().all(fits) {
        return Err("the name of a mapping is made of letters, digits, -, _ and .".to_owned());
    }
    Ok(text.to_owned())
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let folders = &session.folders;
    let Some(name) = &args.name else {
        let mappings = read(folders)?;
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
    let mapping = find(folders, name)?;
    if args.delete {
        let mut mappings = read(folders)?;
        mappings.remove(name);
        write(folders, &mappings)?;
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

/// Saves a mapping, in the place of the one of that name.
pub(super) fn save(folders: &Folders, name: &str, mapping: &Mapping) -> Result<()> {
    let mut mappings = read(folders)?;
    mappings.insert(name.to_owned(), mapping.clone());
    write(folders, &mappings)
}

fn find(folders: &Folders, name: &str) -> Result<Mapping> {
    let mut mappings = read(folders)?;
    mappings.remove(name).ok_or_else(|| {
        let known = match mappings.keys().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => "none was saved yet".to_owned(),
            names => format!("there are: {}", names.join(", ")),
        };
        Failure::Said(format!(
            "there is no saved mapping “{name}” ({known}); a mapping itself is TARGET=FIELD, as in \
             prompt=question,response=answer"
        ))
    })
}

fn file_of(folders: &Folders) -> Result<PathBuf> {
    folders.mappings_file().ok_or_else(|| {
        Failure::Said("there is no folder of settings; say where in GOLDSET_CONFIG_DIR".to_owned())
    })
}

fn read(folders: &Folders) -> Result<BTreeMap<String, Mapping>> {
    let path = file_of(folders)?;
    let failed = |source| Failure::File { name: path.display().to_string(), source };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(failed(error)),
    };
    let wrong = |reason: String| Failure::Said(format!("{}: {reason}", path.display()));
    let texts: BTreeMap<String, String> = toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        wrong(format!("line {}: {}", 1 + before.matches('\n').count(), error.message().trim_end()))
    })?;
    let parse = |(name, map): (String, String)| match map.parse() {
        Ok(mapping) => Ok((name, mapping)),
        Err(error) => Err(wrong(format!("{name}: {error}"))),
    };
    texts.into_iter().map(parse).collect()
}

/// Whole or not at all: another process may be reading it.
fn write(folders: &Folders, mappings: &BTreeMap<String, Mapping>) -> Result<()> {
    let path = file_of(folders)?;
    let failed = |source| Failure::File { name: path.display().to_string(), source };
    let texts: BTreeMap<&str, String> =
        mappings.iter().map(|(name, mapping)| (name.as_str(), mapping.to_string())).collect();
    let text = toml::to_string(&texts).map_err(|error| failed(std::io::Error::other(error)))?;
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    std::fs::create_dir_all(&folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_found_again_and_a_broken_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::all_in(folder.path());
        let error = find(&folders, "faq").unwrap_err().to_string();
        assert!(error.starts_with("there is no saved mapping “faq” (none was saved yet)"), "{error}");
        let mapping: Mapping = "prompt=a,tag:x=\"b c\"".parse().unwrap();
        save(&folders, "faq", &mapping).unwrap();
        save(&folders, "v1.2", &"prompt=b".parse().unwrap()).unwrap();
        assert_eq!(find(&folders, "faq").unwrap(), mapping);
        assert!(find(&folders, "fa").unwrap_err().to_string().contains("there are: faq, v1.2"));
        std::fs::write(folders.mappings_file().unwrap(), "faq = \"prompt=a\"\nb = 1\n").unwrap();
        assert!(find(&folders, "faq").unwrap_err().to_string().contains("mappings.toml: line 2: "));
        std::fs::write(folders.mappings_file().unwrap(), "faq = \"response=a\"\n").unwrap();
        assert!(
            save(&folders, "faq", &mapping)
                .unwrap_err()
                .to_string()
                .contains("faq: no field becomes the prompt")
        );
    }
}
