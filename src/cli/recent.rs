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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_last_used_comes_first_once_and_only_while_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::all_in(folder.path());
        assert_eq!(list(&folders), Vec::<PathBuf>::new());
        let path = |name: &str| folder.path().canonicalize().unwrap().join(name);
        for name in ["a", "b"] {
            std::fs::write(path(name), "").unwrap();
        }
        for name in ["a", "b", "a", "none"] {
            remember(&folders, &path(name));
        }
        assert_eq!(list(&folders), [path("a"), path("b")]);
        std::fs::remove_file(path("a")).unwrap();
        assert_eq!(list(&folders), [path("b")]);
        for n in 0..REMEMBERED + 5 {
            let path = path(&format!("n{n}"));
            std::fs::write(&path, "").unwrap();
            remember(&folders, &path);
        }
        assert_eq!(list(&folders).len(), REMEMBERED);
        std::fs::write(folders.recent_file().unwrap(), "not JSON").unwrap();
        assert_eq!(list(&folders), Vec::<PathBuf>::new());
    }
}
