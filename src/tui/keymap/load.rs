//! Reads keymap files: those built in, then the user's, row by row.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::chord::{Chord, parse_sequence};
use super::error::{KeymapError, Reason};
use super::table::{NewRow, Tables};
use super::{Keymap, print_sequence};
use crate::tui::commands::{Command, Context};

/// The keymaps that come with the program: name and file.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("default", include_str!("../../../keymaps/default.toml")),
    ("vim", include_str!("../../../keymaps/vim.toml")),
    ("emacs", include_str!("../../../keymaps/emacs.toml")),
];

/// What a file writes for a key that is to do nothing.
const UNBOUND: &str = "unbound";

/// The keymap of that name (unless the user's file names another one with `base`), with the
/// user's file laid over it. What is wrong in a file is told and left out; all the rest holds, and
/// a file that can't be read at all leaves the keymap as it is without it.
pub fn load(user: Option<(&Path, &str)>, name: &str) -> (Keymap, Vec<KeymapError>) {
    let user = user.map(|(path, text)| File::read(path, text));
    let mut tables = Tables::default();
    let mut errors = Vec::new();
    let user_base = user.as_ref().and_then(|file| file.base.as_ref());
    let base = match user_base {
        Some((base, _)) => base.as_str(),
        None => name,
    };
    if built_in(base).is_none() {
        let file = user.as_ref().map_or_else(|| PathBuf::from(base), |file| file.path.clone());
        let line = user_base.map_or(1, |&(_, line)| line);
        errors.push(KeymapError { file, line, reason: Reason::UnknownBase(base.to_owned()) });
    }
    let (start, text) = built_in(base).unwrap_or(BUILT_IN[0]);
    let first = File::read(Path::new(&format!("{start}.toml")), text);
    // Built-in keymaps build on the default one and on nothing else (a test sees to it).
    if first.base.is_some() {
        let (name, text) = BUILT_IN[0];
        errors.extend(File::read(Path::new(&format!("{name}.toml")), text).lay_over(&mut tables));
    }
    errors.extend(first.lay_over(&mut tables));
    errors.extend(user.into_iter().flat_map(|file| file.lay_over(&mut tables)));
    (Keymap { tables }, errors)
}

fn built_in(name: &str) -> Option<(&'static str, &'static str)> {
    BUILT_IN.into_iter().find(|(known, _)| *known == name)
}

/// A row that can be used, with where it stands.
struct Row {
    context: Context,
    chords: Vec<Chord>,
    command: Option<Command>,
    spelt: String,
    line: usize,
}

/// A keymap file, read.
struct File<'a> {
    path: PathBuf,
    text: &'a str,
    base: Option<(String, usize)>,
    rows: Vec<Row>,
    errors: Vec<KeymapError>,
}

impl<'a> File<'a> {
    fn read(path: &Path, text: &'a str) -> Self {
        let mut file = Self { path: path.to_owned(), text, base: None, rows: Vec::new(), errors: Vec::new() };
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let reason = Reason::Syntax(error.message().lines().collect::<Vec<_>>().join(", "));
            file.wrong(&error.span().unwrap_or_default(), reason);
        }
        if errors.is_empty() {
            for (name, value) in document.get_ref() {
                file.take(name.get_ref(), &name.span(), value);
            }
        }
        file
    }

    fn line(&self, span: &Range<usize>) -> usize {
        self.text.char_indices().take_while(|&(at, _)| at < span.start).filter(|&(_, c)| c == '\n').count()
            + 1
    }

    fn wrong(&mut self, span: &Range<usize>, reason: Reason) {
        let error = KeymapError { file: self.path.clone(), line: self.line(span), reason };
        self.errors.push(error);
    }

    fn take(&mut self, name: &str, span: &Range<usize>, value: &Spanned<DeValue<'_>>) {
        match (name, value.get_ref()) {
            ("base", DeValue::String(base)) => self.base = Some((base.to_string(), self.line(span))),
            (_, DeValue::Table(rows)) => {
                let Some(context) = Context::from_name(name) else {
                    let names: Vec<_> = Context::ALL.iter().map(|context| context.name()).collect();
                    let nearest_name = nearest(name, &names);
                    return self.wrong(span, Reason::UnknownContext { name: name.to_owned(), nearest_name });
                };
                for (key, value) in rows {
                    match row(context, key.get_ref(), value.get_ref()) {
                        Ok((chords, command)) => self.add(context, key, chords, command),
                        Err(reason) => self.wrong(&key.span(), reason),
                    }
                }
            }
            _ => self.wrong(span, Reason::NotARow),
        }
    }

    /// Adds a row, unless one above it in the same file can't be told from it.
    fn add<S: AsRef<str>>(
        &mut self,
        context: Context,
        key: &Spanned<S>,
        chords: Vec<Chord>,
        command: Option<Command>,
    ) {
        let spelt = key.get_ref().as_ref().to_owned();
        let same = |row: &&Row| {
            row.context == context && (row.chords.starts_with(&chords) || chords.starts_with(&row.chords))
        };
        if let Some(row) = self.rows.iter().find(same) {
            let (other, other_line) = (row.spelt.clone(), row.line);
            let is_same = row.chords == chords;
            let reason = if is_same {
                Reason::Twice { spelt, other, other_line }
            } else {
                Reason::Hidden { spelt, other, other_line }
            };
            self.wrong(&key.span(), reason);
        } else {
            let line = self.line(&key.span());
            self.rows.push(Row { context, chords, command, spelt, line });
        }
    }

    fn lay_over(self, tables: &mut Tables) -> Vec<KeymapError> {
        let rows: Vec<NewRow> =
            self.rows.into_iter().map(|row| (row.context, row.chords, row.command)).collect();
        tables.overlay(rows);
        self.errors
    }
}

/// What one row says.
fn row(context: Context, key: &str, value: &DeValue<'_>) -> Result<(Vec<Chord>, Option<Command>), Reason> {
    let chords = parse_sequence(key)?;
    let DeValue::String(id) = value else { return Err(Reason::NotARow) };
    let begins_typing = chords.first().is_some_and(|chord| chord.typed().is_some());
    if context.types_text() && chords.len() > 1 && begins_typing {
        return Err(Reason::Typed { spelt: print_sequence(&chords), context: context.name() });
    }
    if id == UNBOUND {
        return Ok((chords, None));
    }
    let Some(command) = Command::from_id(id) else {
        let ids: Vec<_> = Command::ALL.iter().map(|command| command.id()).collect();
        return Err(Reason::UnknownCommand { id: id.to_string(), nearest_id: nearest(id, &ids) });
    };
    if !command.is_valid_in(context) {
        let works_in: Vec<_> = command.contexts().map(|context| format!("[{}]", context.name())).collect();
        return Err(Reason::NotHere {
            id: command.id(),
            context: context.name(),
            works_in: works_in.join(", "),
        });
    }
    Ok((chords, Some(command)))
}

/// The known name that looks most like what was written.
fn nearest(word: &str, known: &[&str]) -> Option<String> {
    similar::get_close_matches(word, known, 1, 0.6).first().map(|&name| name.to_owned())
}
