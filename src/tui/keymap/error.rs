//! What can be wrong with a keymap file.

use std::path::PathBuf;

use super::chord::ChordError;

/// A row (or the whole of) a keymap file that can't be used, with where and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}, line {line}: {reason}", file.display())]
pub struct KeymapError {
    /// The file.
    pub file: PathBuf,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub reason: Reason,
}

/// Why a row can't be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The file is not TOML; nothing of it is used.
    #[error("this is not TOML: {0}; the file is left out")]
    Syntax(String),
    /// A keymap that is built upon doesn't exist.
    #[error("there is no keymap “{0}” to build on; there are: default, vim, emacs")]
    UnknownBase(String),
    /// A table is none of the contexts.
    #[error("[{name}] is no place where keys are pressed{}", nearest(nearest_name.as_ref()))]
    UnknownContext {
        /// As written.
        name: String,
        /// What may have been meant.
        nearest_name: Option<String>,
    },
    /// Something else stands where a table or a command must.
    #[error("a row must be like \"ctrl-s\" = \"editor.save-and-next\", in a table such as [editor]")]
    NotARow,
    /// The key is none.
    #[error(transparent)]
    Chord(#[from] ChordError),
    /// There is no such command.
    #[error("“{id}” is not a command{}", nearest(nearest_id.as_ref()))]
    UnknownCommand {
        /// As written.
        id: String,
        /// What may have been meant.
        nearest_id: Option<String>,
    },
    /// The command does nothing in that context.
    #[error("“{id}” does nothing in [{context}]; it works in {works_in}")]
    NotHere {
        /// The command.
        id: &'static str,
        /// The table.
        context: &'static str,
        /// The tables where it can stand.
        works_in: String,
    },
    /// The same key is bound above, maybe in another spelling.
    #[error("“{spelt}” is the same key as “{other}” in line {other_line}; take one of them out")]
    Twice {
        /// The key as spelt here.
        spelt: String,
        /// The key as spelt above.
        other: String,
        /// Where.
        other_line: usize,
    },
    /// One sequence begins with another, so that one of them can't be pressed.
    #[error(
        "“{spelt}” and “{other}” in line {other_line} begin alike, so that the longer one can't be pressed"
    )]
    Hidden {
        /// The keys as spelt here.
        spelt: String,
        /// The keys as spelt above.
        other: String,
        /// Where.
        other_line: usize,
    },
    /// A sequence begins with a character where characters are typed.
    #[error("“{spelt}” begins with a key that types in [{context}]; begin it with ctrl or alt")]
    Typed {
        /// The keys.
        spelt: String,
        /// The table.
        context: &'static str,
    },
}

fn nearest(name: Option<&String>) -> String {
    name.map(|name| format!("; the nearest is “{name}”")).unwrap_or_default()
}
