//! The datasets used last, newest first, so that `goldset` alone goes on with the work.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::folders::Folders;

/// How many are remembered.
const REMEMBERED: usize = 20;

/// Those that are still there. A list that can't be read is an empty one.
pub(super) fn list(folders: &Folders) -> Vec<PathBuf> {
    read(folders).into_iter().filter(|path| path.is_file()).collect()
}

fn read(folders: &Folders) -> Vec<PathBuf> {
    let text = folders.recent_file().and_then(|path| std::fs::read_to_string(path).ok());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Puts a dataset on top of the list. It is a convenience: where it can't be kept, nothing is said.
pub(super) fn remember(folders: &Folders, path: &Path) {
    let Ok(path) = path.canonicalize() else { return };
    let mut paths = read(folders);
    paths.retain(|other| *other != path);
    paths.insert(0, path);
    paths.truncate(REMEMBERED);
    let _ = write(folders, &paths);
}

/// Whole or not at all: another process may be reading it.
fn write(folders: &Folders, paths: &[PathBuf]) -> std::io::Result<()> {
    let Some(target) = folders.recent_file() else { return Ok(()) };
    let Some(folder) = target.parent() else { return Ok(()) };
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    // A path that is not Unicode can't be in JSON; it is not remembered.
    let paths: Vec<&str> = paths.iter().filter_map(|path| path.to_str()).collect();
    file.write_all(serde_json::json!(paths).to_string().as_bytes())?;
    file.persist(&target)?;
    Ok(())
}
