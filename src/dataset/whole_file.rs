//! A file that appears whole or not at all: written under another name beside its place, and
//! renamed when all is on disk. What is no ordinary file (a pipe, a device) is written straight.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::straight::open_straight;

/// A file on its way. Dropped before [`WholeFile::finish`], it leaves nothing behind.
#[derive(Debug)]
pub struct WholeFile(Way);

#[derive(Debug)]
enum Way {
    /// Renamed at the end.
    Beside { path: PathBuf, file: NamedTempFile },
    /// What has no end of its own to appear at.
    Straight(File),
}

impl WholeFile {
    /// Begins a file that will be called `path`; what is there under that name stays until the end.
    /// A link is followed. A database is never written over: it is somebody's dataset.
    pub fn begin(path: &Path) -> io::Result<Self> {
        if path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
        }
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        match path.metadata() {
            Ok(there) if !there.is_file() => {
                return Ok(Self(Way::Straight(open_straight(&path)?)));
            }
            Ok(_) if is_database(&path) => {
                let sentence =
                    "it is a dataset or another SQLite file, and would be lost; choose another name";
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, sentence));
            }
            _ => {}
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".goldset-");
        #[cfg(unix)]
        {
            // As any program's files: what the person's umask leaves of this.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder_of(&path)).map_err(without_path)?;
        Ok(Self(Way::Beside { path, file }))
    }

    /// Puts the file in its place, when all of it is on disk.
    pub fn finish(self) -> io::Result<()> {
        let (path, file) = match self.0 {
            Way::Beside { path, file } => (path, file),
            Way::Straight(mut file) => return file.flush(),
        };
        file.as_file().sync_all()?;
        file.persist(&path).map_err(|error| error.error)?;
        // The name is on disk once the folder is; not every file system can be asked for that.
        if let Ok(folder) = File::open(folder_of(&path)) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Way::Beside { file, .. } => file.write(bytes),
            Way::Straight(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Beside { file, .. } => file.flush(),
            Way::Straight(file) => file.flush(),
        }
    }
}

fn is_database(path: &Path) -> bool {
    let mut head = [0; 16];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"SQLite format 3\0"
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The error without the name that only we know of.
fn without_path(error: io::Error) -> io::Error {
    let sentence = error.to_string();
    match sentence.split_once(" at path ") {
        Some((what, _)) => io::Error::new(error.kind(), what.to_owned()),
        None => error,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "before").unwrap();
        let mut file = WholeFile::begin(&path).unwrap();
        file.write_all(b"half").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        drop(file);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut file = WholeFile::begin(&path).unwrap();
        file.write_all(b"after").unwrap();
        file.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "after");
    }

    #[test]
    fn what_is_wrong_is_told_without_a_name_that_nobody_gave() {
        let folder = tempfile::tempdir().unwrap();
        let error = WholeFile::begin(&folder.path().join("none/a")).unwrap_err().to_string();
        assert!(!error.contains(".goldset-"), "{error}");
        assert!(WholeFile::begin(folder.path()).is_err());
    }

    #[test]
    fn a_dataset_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.goldset");
        std::fs::write(&path, b"SQLite format 3\0 and people's work").unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(WholeFile::begin(&path).is_err());
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_a_device_stays_one() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&file, "before").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut whole = WholeFile::begin(&link).unwrap();
        whole.write_all(b"after").unwrap();
        whole.finish().unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "after");
        let null = Path::new("/dev/null");
        let mut whole = WholeFile::begin(null).unwrap();
        whole.write_all(b"nothing").unwrap();
        whole.finish().unwrap();
        assert!(null.metadata().unwrap().file_type().is_char_device());
    }
}
