//! What the screen says of keys: footers, the overlay with the keys, what can follow a prefix.

use super::table::Found;
use super::{Chord, Keymap, Pending, heard, shown};
use crate::text::width::width;
use crate::tui::commands::{Command, Context, Group};

/// A key with what it does, for one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What to press.
    pub keys: String,
    /// What it does, in a word or two.
    pub title: &'static str,
    /// What it does.
    pub command: Command,
}

impl Hint {
    /// The cells between two hints of a footer.
    pub const GAP: usize = 3;

    /// The cells that it takes: keys, a blank, title.
    pub fn width(&self) -> usize {
        width(&self.keys) + 1 + width(self.title)
    }
}

/// A row of the overlay with the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpRow {
    /// All that can be pressed, parted by two blanks.
    pub keys: String,
    /// What it does.
    pub title: &'static str,
    /// The same in a sentence.
    pub help: &'static str,
    /// What it does.
    pub command: Command,
}

impl Keymap {
    /// The sequences that run a command in a context, the first choice first.
    pub(super) fn sequences_for(&self, command: Command, context: Context) -> Vec<&[Chord]> {
        context
            .chain()
            .flat_map(|near| self.tables.sequences(near, command))
            .filter(|chords| {
                self.resolve(context, chords) == Found::Command(command) && self.can_begin(context, chords)
            })
            .collect()
    }

    /// Whether no shorter sequence answers before the last chord of this one is pressed.
    fn can_begin(&self, context: Context, chords: &[Chord]) -> bool {
        (1..chords.len()).all(|len| {
            chords.get(..len).is_some_and(|beginning| self.resolve(context, beginning) == Found::Prefix)
        })
    }

    /// What can be pressed to run a command in a context, the first choice first, as shown.
    pub fn keys_for(&self, command: Command, context: Context) -> Vec<String> {
        self.sequences_for(command, context).into_iter().map(shown).collect()
    }

    /// The key to show for a command: the first choice; for those that rank, from first to last.
    pub fn key_for(&self, command: Command, context: Context) -> Option<String> {
        if command == Command::PLACES[0]
            && let Some(range) = self.ranking_keys(context)
        {
            return Some(range);
        }
        self.keys_for(command, context).into_iter().next()
    }

    /// `1-9`, where the keys that rank follow each other so.
    fn ranking_keys(&self, context: Context) -> Option<String> {
        let mut typed = Vec::new();
        for command in Command::PLACES {
            match *self.sequences_for(command, context).first()? {
                [only] => typed.push(only.typed()?),
                _ => return None,
            }
        }
        let follow = typed.windows(2).all(|pair| matches!(*pair, [a, b] if u32::from(a) + 1 == u32::from(b)));
        match (follow, typed.first(), typed.last()) {
            (true, Some(first), Some(last)) => Some(format!("{first}-{last}")),
            _ => None,
        }
    }

    /// The most useful keys of a context, in order, as many as `cells` hold with
    /// [`Hint::GAP`] between them. The key that shows all keys is always the last.
    pub fn footer(&self, context: Context, cells: usize) -> Vec<Hint> {
        self.footer_of(context, cells, |command| Some(command.short()))
    }

    /// The same, of those commands for which `says` has words.
    pub fn footer_of(
        &self,
        context: Context,
        cells: usize,
        says: impl Fn(Command) -> Option<&'static str>,
    ) -> Vec<Hint> {
        let mut placed: Vec<(u8, Command)> = Command::ALL
            .iter()
            .filter(|&&command| command != Command::AppHelp)
            .filter_map(|&command| Some((command.footer_place(context)?, command)))
            .collect();
        placed.sort_by_key(|&(place, _)| place);
        let hint = |command: Command| {
            let title = says(command)?;
            Some(Hint { keys: self.key_for(command, context)?, title, command })
        };
        let last = if context == Context::Help { None } else { hint(Command::AppHelp) };
        let mut room = cells.saturating_sub(last.as_ref().map_or(0, Hint::width));
        let mut hints = Vec::new();
        for hint in placed.into_iter().filter_map(|(_, command)| hint(command)) {
            let wanted = hint.width() + Hint::GAP;
            if wanted > room {
                break;
            }
            room -= wanted;
            hints.push(hint);
        }
        hints.extend(last.filter(|hint| hint.width() <= cells));
        hints
    }

    /// Every key that works in a context, in groups, each group in the order of the table.
    pub fn help(&self, context: Context) -> Vec<(Group, Vec<HelpRow>)> {
        let rows_of = |group: Group| -> Vec<HelpRow> {
            let commands = Command::ALL.iter().copied().filter(|command| command.group() == group);
            commands.filter_map(|command| self.help_row(command, context)).collect()
        };
        let groups = Group::ALL.iter().map(|&group| (group, rows_of(group)));
        groups.filter(|(_, rows)| !rows.is_empty()).collect()
    }

    fn help_row(&self, command: Command, context: Context) -> Option<HelpRow> {
        if !command.is_valid_in(context) {
            return None;
        }
        let row = |keys| HelpRow { keys, title: command.title(), help: command.help(), command };
        if command.placed_response().is_some()
            && let Some(keys) = self.ranking_keys(context)
        {
            return (command == Command::PLACES[0]).then(|| HelpRow {
                title: "Place a response",
                help: "Says that the response of that number is the next best.",
                ..row(keys)
            });
        }
        let keys = self.keys_for(command, context);
        if keys.is_empty() { None } else { Some(row(keys.join("  "))) }
    }

    /// What can be pressed after what is pending, with what it leads to: the rest of the keys.
    pub fn continuations(&self, context: Context, pending: &Pending) -> Vec<Hint> {
        let mut hints = Vec::new();
        for near in heard(context, &pending.chords) {
            for (chords, command) in self.tables.continuations(near, &pending.chords) {
                let is_heard = self.resolve(context, chords) == Found::Command(command);
                let rest = chords.get(pending.chords.len()..).unwrap_or_default();
                let keys = shown(rest);
                if is_heard && !hints.iter().any(|hint: &Hint| hint.keys == keys) {
                    hints.push(Hint { keys, title: command.short(), command });
                }
            }
        }
        hints
    }
}
