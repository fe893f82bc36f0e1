//! The tables of a keymap: a sequence of chords leads to a command, or to nothing on purpose.

use std::collections::BTreeMap;

use super::chord::Chord;
use crate::tui::commands::{Command, Context};

/// What a table says of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It does this.
    Command(Command),
    /// It is unbound on purpose: what is behind does not count.
    Blocked,
    /// A longer sequence begins with it.
    Prefix,
    /// The table doesn't know it.
    Nothing,
}

/// A row: what the sequence does, and its rank among the keys of one command.
#[derive(Debug, Clone, Copy)]
struct Row {
    command: Option<Command>,
    /// Files that are read later come first: a user's key is the one that hints show.
    rank: (usize, usize),
}

/// All tables. A sorted map of sequences is a trie: those with one beginning stand together.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    tables: BTreeMap<Context, BTreeMap<Vec<Chord>, Row>>,
    files: usize,
}

/// A row as a file has it.
pub(super) type NewRow = (Context, Vec<Chord>, Option<Command>);

impl Tables {
    /// Lays the rows of one more file over those that are there. A row takes the place of every
    /// row of its table that can't be told from it while it is being pressed.
    pub(super) fn overlay(&mut self, rows: Vec<NewRow>) {
        for (context, chords, _) in &rows {
            self.tables
                .entry(*context)
                .or_default()
                .retain(|old, _| !old.starts_with(chords) && !chords.starts_with(old));
        }
        self.files += 1;
        let layer = usize::MAX - self.files;
        for (at, (context, chords, command)) in rows.into_iter().enumerate() {
            self.tables.entry(context).or_default().insert(chords, Row { command, rank: (layer, at) });
        }
    }

    pub(super) fn find(&self, context: Context, chords: &[Chord]) -> Found {
        let Some(table) = self.tables.get(&context) else { return Found::Nothing };
        match table.range(chords.to_vec()..).next() {
            Some((bound, row)) if bound == chords => row.command.map_or(Found::Blocked, Found::Command),
            Some((bound, _)) if bound.starts_with(chords) => Found::Prefix,
            _ if (1..chords.len()).any(|len| self.is_blocked(context, chords.get(..len))) => Found::Blocked,
            _ => Found::Nothing,
        }
    }

    fn is_blocked(&self, context: Context, chords: Option<&[Chord]>) -> bool {
        let row = chords.and_then(|chords| self.tables.get(&context)?.get(chords));
        row.is_some_and(|row| row.command.is_none())
    }

    /// The sequences of a table that lead to a command, the first choice first.
    pub(super) fn sequences(&self, context: Context, command: Command) -> Vec<&[Chord]> {
        let mut found: Vec<_> = self
            .rows(context)
            .filter(|(_, row)| row.command == Some(command))
            .map(|(chords, row)| (row.rank, chords))
            .collect();
        found.sort_unstable();
        found.into_iter().map(|(_, chords)| chords).collect()
    }

    /// The sequences of a table that go on from what was pressed, with what they do.
    pub(super) fn continuations<'a>(
        &'a self,
        context: Context,
        chords: &'a [Chord],
    ) -> impl Iterator<Item = (&'a [Chord], Command)> + 'a {
        self.rows(context)
            .filter(move |(bound, _)| bound.len() > chords.len() && bound.starts_with(chords))
            .filter_map(|(bound, row)| Some((bound, row.command?)))
    }

    fn rows(&self, context: Context) -> impl Iterator<Item = (&[Chord], &Row)> {
        self.tables.get(&context).into_iter().flatten().map(|(chords, row)| (chords.as_slice(), row))
    }
}
