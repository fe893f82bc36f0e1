//! A text in the annotator's own editor: the program that `$VISUAL` or `$EDITOR` names.
//!
//! No shell is run: the variable is parted into words as a shell would part it, and the last word is
//! the file. That file is the annotator's alone, in a folder that is theirs alone, and stays where
//! what they wrote could not be taken over. Whoever calls this has given the terminal back.

mod command;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::text::utf8;
use command::Command;

/// What is opened in the editor.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    /// What the file is called, without its ending: `goldset-412`.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The line that the cursor is to stand in, counted from 1, where the editor knows how.
    pub line: Option<usize>,
}

/// Why a text could not be changed in an editor; the text is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// The variable can't be parted into words.
    #[error(
        "“{0}” can't be understood as an editor with arguments: a quotation mark is not closed; set EDITOR anew"
    )]
    Variable(String),
    /// The text can't be put where an editor finds it.
    #[error("the text could not be put into a file for your editor: {0}")]
    NoFile(#[source] io::Error),
    /// There is no such program, or it can't be run.
    #[error("“{editor}” could not be run: {source}; set EDITOR to the editor that you want")]
    NotRun {
        /// The program.
        editor: String,
        /// Why not.
        source: io::Error,
    },
    /// The editor says that something went wrong.
    #[error("“{editor}” ended with an error ({status}); the text is as it was{}", kept_at(.kept.as_deref()))]
    Failed {
        /// The program.
        editor: String,
        /// What it ended with.
        status: std::process::ExitStatus,
        /// Where what was written is.
        kept: Option<PathBuf>,
    },
    /// What the editor left can't be read.
    #[error("what “{editor}” left can't be read ({source}); the text is as it was{}", kept_at(.kept.as_deref()))]
    Unreadable {
        /// The program.
        editor: String,
        /// Why not.
        source: io::Error,
        /// Where what was written is.
        kept: Option<PathBuf>,
    },
}

fn kept_at(path: Option<&Path>) -> String {
    path.map(|path| format!(", and what you wrote is in {}", path.display())).unwrap_or_default()
}

/// Lets the editor change a text; `None` where it left it as it was.
pub fn edit(opening: &Opening<'_>) -> Result<Option<String>, EditorError> {
    let command = Command::of_environment()?;
    let file = Private::holding(opening).map_err(EditorError::NoFile)?;
    let editor = command.name().to_owned();
    let status = match command.open(&file.path, opening.line) {
        Ok(status) => status,
        Err(source) => return Err(EditorError::NotRun { editor, source }),
    };
    if !status.success() {
        return Err(EditorError::Failed { editor, status, kept: file.keep_if_changed(opening.text) });
    }
    // Some editors put a new file in the place of the old one: it is read by name.
    let left = fs::read(&file.path).and_then(utf8::decode);
    match left {
        Ok(left) => {
            let left = left.strip_suffix('\n').unwrap_or(&left);
            Ok((left != opening.text).then(|| left.to_owned()))
        }
        Err(source) => {
            Err(EditorError::Unreadable { editor, source, kept: file.keep_if_changed(opening.text) })
        }
    }
}

/// Puts a text that could not be taken over where its writer finds it again: a file of their own
/// among the temporary ones.
pub fn keep(name: &str, text: &str) -> io::Result<PathBuf> {
    let file =
        Private::holding(&Opening { name, text: text.strip_suffix('\n').unwrap_or(text), line: None })?;
    Ok(file.keep())
}

/// A file in a folder of its own; both go when this is dropped.
struct Private {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Private {
    fn holding(opening: &Opening<'_>) -> io::Result<Self> {
        let mut folder = tempfile::Builder::new();
        folder.prefix("goldset-");
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
            folder.permissions(fs::Permissions::from_mode(0o700));
            options.mode(0o600);
        }
        let folder = folder.tempdir()?;
        // The name is ours; what is odd in it all the same is no part of a path.
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let stem: String = opening.name.chars().map(|c| if fits(c) { c } else { '-' }).collect();
        let path = folder.path().join(format!("{stem}.md"));
        // Editors end a file with a line break; the text need not have one.
        writeln!(options.open(&path)?, "{}", opening.text)?;
        Ok(Self { folder, path })
    }

    /// Lets the file be, for its text may be work, and says where it is.
    fn keep(self) -> PathBuf {
        // The folder is let go, not its place.
        let _ = self.folder.keep();
        self.path
    }

    /// The same, where an editor has left something else in it.
    fn keep_if_changed(self, text: &str) -> Option<PathBuf> {
        let left = fs::read(&self.path).ok()?;
        (left.strip_suffix(b"\n") != Some(text.as_bytes())).then(|| self.keep())
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn nobody_else_can_read_the_file_and_it_goes_by_itself() {
        let file =
            Private::holding(&Opening { name: "goldset-412/../x", text: "secret", line: None }).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file.path), mode(file.folder.path())), (0o600, 0o700));
        assert_eq!(file.path.file_name().unwrap(), "goldset-412----x.md");
        assert_eq!(fs::read_to_string(&file.path).unwrap(), "secret\n");
        let path = file.path.clone();
        drop(file);
        assert!(!path.exists());
    }

    #[test]
    fn what_is_kept_stays() {
        let path = keep("goldset-new", "a\n").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "a\n");
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
