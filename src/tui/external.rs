//! A text in the program that `$VISUAL` or `$EDITOR` names. The terminal must have been given back.

use std::io::Write;
use std::process::Command;

/// Lets the editor change a text; `None` where it left it as it was.
pub fn edit(text: &str) -> Result<Option<String>, String> {
    let editor = ["VISUAL", "EDITOR"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|editor| !editor.trim().is_empty())
        .unwrap_or_else(|| if cfg!(windows) { "notepad".to_owned() } else { "vi".to_owned() });
    let no_file =
        |error: std::io::Error| format!("the text could not be put into a file for {editor}: {error}");
    let mut file = tempfile::Builder::new().prefix("goldset-").suffix(".md").tempfile().map_err(no_file)?;
    // Editors end a file with a line break; the text need not have one.
    writeln!(file, "{text}").and_then(|()| file.flush()).map_err(no_file)?;
    let status = command(&editor, file.path()).status().map_err(|error| {
        format!("“{editor}” could not be run: {error}; set EDITOR to the editor that you want")
    })?;
    if !status.success() {
        return Err(format!(
            "“{editor}” ended with an error ({status}); the text is as it was{}",
            kept(file)
        ));
    }
    // Some editors put a new file in the place of the old one: it is read by name.
    let bytes =
        std::fs::read(file.path()).map_err(|error| format!("what {editor} left can't be read: {error}"))?;
    let Ok(left) = String::from_utf8(bytes) else {
        return Err(format!("what {editor} left is not UTF-8 text; the text is as it was{}", kept(file)));
    };
    let left = left.strip_suffix('\n').unwrap_or(&left);
    Ok((left != text).then(|| left.to_owned()))
}

/// Lets the file be, for its text may be work; says where it is.
fn kept(file: tempfile::NamedTempFile) -> String {
    file.keep()
        .map_or_else(|_| String::new(), |(_, path)| format!(", and what you wrote is in {}", path.display()))
}

/// The variable may hold arguments, and quotes around them: a shell knows how to read it.
#[cfg(unix)]
fn command(editor: &str, path: &std::path::Path) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(path);
    command
}

#[cfg(not(unix))]
fn command(editor: &str, path: &std::path::Path) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("notepad"));
    command.args(words).arg(path);
    command
}
