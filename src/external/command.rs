//! The editor's command line.

use std::io;
use std::path::Path;
use std::process::ExitStatus;

use super::EditorError;

/// Editors that put the cursor into a line that is named before the file: `vi +12 FILE`.
const GO_TO_LINES: &[&str] = &[
    "vi",
    "vim",
    "nvim",
    "gvim",
    "nvi",
    "view",
    "elvis",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "joe",
    "jed",
    "mg",
    "ne",
    "zile",
];

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Command {
    program: String,
    arguments: Vec<String>,
}

impl Command {
    /// What `$VISUAL` says, or else `$EDITOR`, or else what is there everywhere.
    pub fn of_environment() -> Result<Self, EditorError> {
        let said = ["VISUAL", "EDITOR"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|editor| !editor.trim().is_empty());
        match said {
            Some(said) => Self::parse(&said),
            None => Self::parse(if cfg!(windows) { "notepad" } else { "vi" }),
        }
    }

    fn parse(said: &str) -> Result<Self, EditorError> {
        // On Windows a backslash parts folders and escapes nothing.
        let readable = if cfg!(windows) { said.replace('\\', "\\\\") } else { said.to_owned() };
        let words = shell_words::split(&readable).map_err(|_| EditorError::Variable(said.to_owned()))?;
        let mut words = words.into_iter();
        let program = words.next().filter(|program| !program.is_empty());
        let program = program.ok_or_else(|| EditorError::Variable(said.to_owned()))?;
        Ok(Self { program, arguments: words.collect() })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.program
    }

    fn goes_to_lines(&self) -> bool {
        let stem = Path::new(&self.program).file_stem().and_then(|stem| stem.to_str());
        stem.is_some_and(|stem| GO_TO_LINES.contains(&stem))
    }

    /// Runs it on the file until it ends.
    pub fn open(&self, file: &Path, line: Option<usize>) -> io::Result<ExitStatus> {
        let mut command = std::process::Command::new(&self.program);
        command.args(&self.arguments);
        if let Some(line) = line.filter(|_| self.goes_to_lines()) {
            command.arg(format!("+{line}"));
        }
        command.arg(file).status()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_and_quotes_are_understood() {
        let command = Command::parse("  '/opt/my editor/vim' -u \"no ne\" --x=a\\ b ").unwrap();
        assert_eq!(command.program, "/opt/my editor/vim");
        assert_eq!(command.arguments, ["-u", "no ne", "--x=a b"]);
        assert!(command.goes_to_lines());
        assert!(!Command::parse("code --wait").unwrap().goes_to_lines());
    }

    #[test]
    fn nothing_of_a_shell_is_obeyed() {
        let command = Command::parse("vi; rm -rf $HOME `x` | y").unwrap();
        assert_eq!(command.program, "vi;");
        assert_eq!(command.arguments, ["rm", "-rf", "$HOME", "`x`", "|", "y"]);
        Command::parse("vi 'x").unwrap_err();
        Command::parse("''").unwrap_err();
    }
}
