//! Keymaps: which keys do what, where. A keymap is read from TOML, asked with every key press,
//! and is what every hint on the screen is drawn from.

mod chord;
mod error;
mod hints;
mod load;
mod reference;
mod table;

use super::commands::{Command, Context};

pub use chord::{Chord, ChordError, Key, Named, parse_sequence, print_sequence};
pub use error::{KeymapError, Reason};
pub use hints::{HelpRow, Hint};
pub use load::{BUILT_IN, load};
pub use reference::KeyRow;
use table::{Found, Tables};

/// What keys do.
#[derive(Debug, Clone)]
pub struct Keymap {
    tables: Tables,
}

/// Chords that are the beginning of a longer sequence: the rest is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pending {
    chords: Vec<Chord>,
}

impl Pending {
    /// Whether nothing is waited for.
    pub fn is_empty(&self) -> bool {
        self.chords.is_empty()
    }

    /// What was pressed so far, to be shown.
    pub fn shown(&self) -> String {
        shown(&self.chords)
    }

    /// Forgets it: for when the context changes.
    pub fn clear(&mut self) {
        self.chords.clear();
    }
}

/// What a key press means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// A command.
    Run(Command),
    /// A character for the text.
    Text(char),
    /// The beginning of a sequence.
    Wait,
    /// Nothing here.
    Nothing,
}

impl Default for Keymap {
    /// The keys of `keymaps/default.toml`.
    fn default() -> Self {
        load(None, "default").0
    }
}

impl Keymap {
    /// Takes one key press. A chord that does not continue what is pending counts by itself, so
    /// that no press is swallowed; only esc ends the waiting and does nothing else.
    pub fn press(&self, context: Context, pending: &mut Pending, chord: Chord) -> Pressed {
        let mut chords = std::mem::take(&mut pending.chords);
        chords.push(chord);
        match self.resolve(context, &chords) {
            Found::Command(command) => Pressed::Run(command),
            Found::Prefix => {
                pending.chords = chords;
                Pressed::Wait
            }
            Found::Blocked | Found::Nothing if chords.len() > 1 => {
                if chord.is(Named::Esc) {
                    Pressed::Nothing
                } else {
                    self.press(context, pending, chord)
                }
            }
            Found::Blocked | Found::Nothing => match chord.typed() {
                Some(typed) if context.types_text() => Pressed::Text(typed),
                // Counts what comes after it.
                Some(digit) if context.is_moving() && digit.is_ascii_digit() => Pressed::Text(digit),
                _ => Pressed::Nothing,
            },
        }
    }

    /// Whether texts have modes, as in vi: whether a key leads from typing to commands.
    pub fn has_modes(&self) -> bool {
        !self.keys_for(Command::EditorNormalMode, Context::Editor).is_empty()
    }

    /// What a sequence does in a context: the nearest table that knows it decides.
    fn resolve(&self, context: Context, chords: &[Chord]) -> Found {
        heard(context, chords)
            .map(|near| self.tables.find(near, chords))
            .find(|found| *found != Found::Nothing)
            .unwrap_or(Found::Nothing)
    }
}

/// The tables in which a sequence is looked up: where one types, a key that types is not looked up
/// in the global one.
fn heard(context: Context, chords: &[Chord]) -> impl Iterator<Item = Context> + use<> {
    let types = context.is_in_text() && chords.first().is_some_and(|chord| chord.typed().is_some());
    context.chain().filter(move |&near| !(types && near == Context::Global))
}

/// Chords as the screen shows them.
fn shown(chords: &[Chord]) -> String {
    chords.iter().map(|chord| chord.shown()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod shipped_tests;
#[cfg(test)]
mod tests;
