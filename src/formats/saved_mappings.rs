//! The mappings that a person saved by name, in a file of their settings.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::Mapping;
use crate::text::toml_error::TomlError;
use crate::text::utf8;

/// The file with the mappings that a person saved: a TOML table of names and mappings as they are typed.
#[derive(Debug, Clone)]
pub struct SavedMappings {
    path: PathBuf,
}

/// Why saved mappings can't be had, or not kept.
#[derive(Debug, thiserror::Error)]
pub enum SavedMappingsError {
    /// There is none of that name; the rest says which there are.
    #[error(
        "there is no saved mapping “{0}” ({1}); a mapping itself is TARGET=FIELD, as in \
         prompt=question,response=answer"
    )]
    Missing(String, String),
    /// The file can't be read or written.
    #[error("{}: {source}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// What stands in the file can't be understood.
    #[error("{}: {reason}", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// Where and why.
        reason: String,
    },
}

type Result<T> = std::result::Result<T, SavedMappingsError>;

impl SavedMappings {
    /// Those in that file, which need not be there.
    pub fn in_file(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// What a mapping may be called: letters, digits, `-`, `_` and `.`.
    pub fn name(text: &str) -> std::result::Result<String, String> {
        let fits = |c: char| c.is_alphanumeric() || "-_.".contains(c);
        if text.is_empty() || !text.chars().all(fits) {
            return Err("the name of a mapping is made of letters, digits, -, _ and .".to_owned());
        }
        Ok(text.to_owned())
    }

    /// All of them, by name.
    pub fn all(&self) -> Result<BTreeMap<String, Mapping>> {
        let text = match std::fs::read(&self.path).and_then(utf8::decode) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeMap::new()),
            Err(error) => return Err(self.failed(error)),
        };
        let wrong = |reason| SavedMappingsError::Broken { path: self.path.clone(), reason };
        let texts: BTreeMap<String, String> = toml::from_str(&text).map_err(|error| {
            let TomlError { line, reason } = TomlError::of(&text, &error);
            wrong(format!("line {line}: {reason}"))
        })?;
        let parse = |(name, map): (String, String)| match map.parse() {
            Ok(mapping) => Ok((name, mapping)),
            Err(error) => Err(wrong(format!("{name}: {error}"))),
        };
        texts.into_iter().map(parse).collect()
    }

    /// The one of that name.
    pub fn find(&self, name: &str) -> Result<Mapping> {
        let mut mappings = self.all()?;
        mappings.remove(name).ok_or_else(|| {
            let known = match mappings.keys().map(String::as_str).collect::<Vec<_>>().as_slice() {
                [] => "none was saved yet".to_owned(),
                names => format!("there are: {}", names.join(", ")),
            };
            SavedMappingsError::Missing(name.to_owned(), known)
        })
    }

    /// Saves one, in the place of the one of that name.
    pub fn save(&self, name: &str, mapping: &Mapping) -> Result<()> {
        let mut mappings = self.all()?;
        mappings.insert(name.to_owned(), mapping.clone());
        self.write(&mappings)
    }

    /// Deletes the one of that name.
    pub fn delete(&self, name: &str) -> Result<()> {
        let mut mappings = self.all()?;
        mappings.remove(name);
        self.write(&mappings)
    }

    /// Whole or not at all: another process may be reading it.
    fn write(&self, mappings: &BTreeMap<String, Mapping>) -> Result<()> {
        let failed = |error| self.failed(error);
        let texts: BTreeMap<&str, String> =
            mappings.iter().map(|(name, mapping)| (name.as_str(), mapping.to_string())).collect();
        let text = toml::to_string(&texts).map_err(|error| failed(std::io::Error::other(error)))?;
        let folder = self.path.parent().unwrap_or(Path::new(""));
        std::fs::create_dir_all(folder).map_err(failed)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(text.as_bytes()).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(&self.path).map_err(|error| failed(error.error))?;
        Ok(())
    }

    fn failed(&self, source: std::io::Error) -> SavedMappingsError {
        SavedMappingsError::File { path: self.path.clone(), source }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_found_again_and_a_broken_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings/mappings.toml");
        let saved = SavedMappings::in_file(&path);
        let error = saved.find("faq").unwrap_err().to_string();
        assert!(error.starts_with("there is no saved mapping “faq” (none was saved yet)"), "{error}");
        let mapping: Mapping = "prompt=a,tag:x=\"b c\"".parse().unwrap();
        saved.save("faq", &mapping).unwrap();
        saved.save("v1.2", &"prompt=b".parse().unwrap()).unwrap();
        assert_eq!(saved.find("faq").unwrap(), mapping);
        assert!(saved.find("fa").unwrap_err().to_string().contains("there are: faq, v1.2"));
        saved.delete("v1.2").unwrap();
        assert_eq!(saved.all().unwrap().len(), 1);
        std::fs::write(&path, "faq = \"prompt=a\"\nb = 1\n").unwrap();
        assert!(saved.find("faq").unwrap_err().to_string().contains("mappings.toml: line 2: "));
        std::fs::write(&path, "faq = \"response=a\"\n").unwrap();
        let error = saved.save("faq", &mapping).unwrap_err().to_string();
        assert!(error.contains("faq: no field becomes the prompt"), "{error}");
    }

    #[test]
    fn a_name_is_one_word() {
        assert_eq!(SavedMappings::name("faq-2.ä").as_deref(), Ok("faq-2.ä"));
        for wrong in ["", "a b", "a=b", "a/b"] {
            assert!(SavedMappings::name(wrong).is_err(), "{wrong}");
        }
    }
}
