//! Who is at the keyboard: what a name may be, and where it is kept.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::text::utf8;
use toml::Spanned;

/// The longest name, in characters.
const LONGEST: usize = 60;

/// Where the name comes from of who is at the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NameFrom {
    /// They said so for this time: it is kept nowhere.
    #[default]
    Said,
    /// From the file of settings, where another one takes its place.
    Settings,
    /// Nobody has said yet: it is asked for.
    Guessed,
}

/// The name as it is kept, or what is wrong with it.
pub fn name_of(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let characters = name.chars().count();
    if name.is_empty() {
        Err("a name has at least one letter".to_owned())
    } else if name.chars().any(char::is_control) {
        Err("a name has no control characters; type it anew".to_owned())
    } else if characters > LONGEST {
        Err(format!("that has {characters} characters; a name has {LONGEST} at most"))
    } else {
        Ok(name.to_owned())
    }
}

/// Writes the name into the file of settings, which is there whole or as it was.
pub fn keep_name(file: &Path, name: &str) -> Result<(), String> {
    let failed = |error: &std::io::Error| format!("{}: {error}", file.display());
    // The file that is meant by a link is changed, and not the link.
    let file: PathBuf = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let before = match std::fs::read(&file).and_then(utf8::decode) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(&error)),
    };
    let after = with_name(&before, name).map_err(|error| format!("{}: {error}", file.display()))?;
    let folder = file.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        let mut new = tempfile::NamedTempFile::new_in(folder)?;
        new.write_all(after.as_bytes())?;
        if let Ok(there) = std::fs::metadata(&file) {
            new.as_file().set_permissions(there.permissions())?;
        }
        new.as_file().sync_all()?;
        new.persist(&file)?;
        Ok(())
    };
    write().map_err(|error| failed(&error))
}

/// The settings with that name in them; all else stays as it stands there.
fn with_name(settings: &str, name: &str) -> Result<String, toml::de::Error> {
    let parts: BTreeMap<String, Spanned<toml::Value>> = toml::from_str(settings)?;
    let value = toml::Value::String(name.to_owned()).to_string();
    let mut text = settings.to_owned();
    if let Some(there) = parts.get("annotator") {
        // The span is one of that text, as the parser found it.
        text.replace_range(there.span(), &value);
    } else {
        let at = if settings.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        text.insert_str(at, &format!("annotator = {value}\n"));
    }
    Ok(text)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_has_nothing_in_it_that_no_name_has() {
        assert_eq!(name_of("  Ana B. \n").unwrap(), "Ana B.");
        assert!(name_of(" ").is_err() && name_of("a\u{1b}[2J").is_err());
        assert!(name_of(&"é".repeat(60)).is_ok() && name_of(&"é".repeat(61)).is_err());
    }

    #[test]
    fn other_settings_and_comments_stay_as_they_are() {
        let before = "# mine\nkeymap = \"vim\" # hands\n\n[table]\na = 1\n";
        assert_eq!(with_name(before, "ana").unwrap(), format!("annotator = \"ana\"\n{before}"));
        let named = "keymap = \"vim\"\nannotator = 'bo' # me\ncolor = \"never\"\n";
        let after = "keymap = \"vim\"\nannotator = \"cleo\" # me\ncolor = \"never\"\n";
        assert_eq!(with_name(named, "cleo").unwrap(), after);
        let hard = with_name("", r#"a "b" \ c"#).unwrap();
        let read: BTreeMap<String, String> = toml::from_str(&hard).unwrap();
        assert_eq!(read["annotator"], r#"a "b" \ c"#);
    }

    #[test]
    fn the_file_is_made_with_its_folder_and_what_fails_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/b/config.toml");
        keep_name(&file, "ana").unwrap();
        keep_name(&file, "bo").unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "annotator = \"bo\"\n");
        assert_eq!(std::fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
        assert!(keep_name(&file.join("config.toml"), "ana").unwrap_err().contains("config.toml"));
        std::fs::write(&file, "keymap = ").unwrap();
        assert!(keep_name(&file, "ana").is_err());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "keymap = ");
    }
}
