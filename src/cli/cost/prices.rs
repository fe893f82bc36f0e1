//! `prices.toml`, read from the folder of settings, or written there to be edited.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::cli::failure::{Failure, Result};
use crate::cli::folders::Folders;
use crate::curation::cost::Prices;

/// Reads the person's own prices, or takes those that are built in where there is no file.
pub(super) fn read(folders: &Folders) -> Result<Prices> {
    Prices::read(folders.prices_file().as_deref()).map_err(|error| Failure::Said(error.to_string()))
}

/// Writes the file; one that is there is left as it is.
pub(super) fn write(folders: &Folders) -> Result<PathBuf> {
    let none = "there is no folder of settings; say where in GOLDSET_CONFIG_DIR";
    let path = folders.prices_file().ok_or_else(|| Failure::Said(none.to_owned()))?;
    let failed = |source| Failure::File { name: path.display().to_string(), source };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(is_there(&path)),
        Err(source) => return Err(failed(source)),
    };
    file.write_all(Prices::as_file().as_bytes()).map_err(failed)?;
    Ok(path)
}

fn is_there(path: &Path) -> Failure {
    Failure::Said(format!("{} is there already: edit it, or move it away first", path.display()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_written_once_and_read_then() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::all_in(folder.path());
        assert_eq!(read(&folders).unwrap().file, None);
        let path = write(&folders).unwrap();
        assert_eq!(read(&folders).unwrap().file, Some(path));
        assert!(write(&folders).unwrap_err().to_string().contains("there already"));
    }
}
