//! Chords: one press of a key, as terminals send it and as keymap files spell it.
//!
//! Terminals have several ways of saying the same thing. A chord is always normal: what a plain
//! terminal can't tell apart (`ctrl-i` and `tab`) is one chord, a shifted letter is the capital.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A key that types.
    Char(char),
    /// A function key.
    F(u8),
    /// A key with a name.
    Named(Named),
}

macro_rules! named {
    ($($name:ident = $spelt:literal $shown:literal $(or $other:literal)*;)+) => {
        /// Keys that have a name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Named { $(#[doc = $spelt] $name),+ }

        impl Named {
            /// Every named key.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As keymap files spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $spelt),+ }
            }

            /// As the screen shows it.
            pub const fn shown(self) -> &'static str {
                match self { $(Self::$name => $shown),+ }
            }

            fn parse(word: &str) -> Option<Self> {
                match word { $($spelt | $shown $(| $other)* => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

named! {
    Enter = "enter" "⏎" or "return";
    Tab = "tab" "⇥";
    Esc = "esc" "⎋" or "escape";
    Backspace = "backspace" "⌫";
    Delete = "delete" "⌦" or "del";
    Insert = "insert" "⎀" or "ins";
    Home = "home" "⇱";
    End = "end" "⇲";
    PageUp = "page-up" "⇞" or "pageup" or "pgup";
    PageDown = "page-down" "⇟" or "pagedown" or "pgdn";
    Up = "up" "↑";
    Down = "down" "↓";
    Left = "left" "←";
    Right = "right" "→";
}

/// One press of a key with its modifiers, in normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    key: Key,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// Why words are no chord.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChordError {
    /// Nothing is written there.
    #[error("a key is missing; write one such as \"x\", \"ctrl-s\" or \"g g\"")]
    Empty,
    /// The word names no key.
    #[error(
        "“{0}” is not a key; keys are single characters, f1 to f24 and names such as enter, space, page-up"
    )]
    Unknown(String),
    /// Terminals don't send it so.
    #[error("“{0}” can't be told from other keys by a terminal; write the character that it types")]
    ShiftedCharacter(String),
}

impl Chord {
    /// A key without modifiers.
    pub fn of(key: Key) -> Self {
        Self::normal(key, false, false, false)
    }

    /// The chord in its normal form.
    pub fn normal(key: Key, ctrl: bool, alt: bool, shift: bool) -> Self {
        let Key::Char(typed) = key else { return Self { key, ctrl, alt, shift } };
        // AltGr comes as ctrl and alt with what it types, which no ctrl-alt chord types.
        if ctrl && alt && !typed.is_ascii_alphanumeric() && typed != ' ' {
            return Self { key, ctrl: false, alt: false, shift: false };
        }
        if !ctrl {
            let capital = if shift && typed.is_lowercase() { single_upper(typed) } else { typed };
            return Self { key: Key::Char(capital), ctrl, alt, shift: false };
        }
        let named = |named| Self { key: Key::Named(named), ctrl: false, alt, shift };
        let letter = typed.to_ascii_lowercase();
        match letter {
            'i' if !shift => named(Named::Tab),
            'm' if !shift => named(Named::Enter),
            '[' | '3' => named(Named::Esc),
            // The control codes 0 and 28 to 31, by their other names. (With alt the signs would be
            // AltGr's.)
            '@' | '2' => Self { key: Key::Char(' '), ctrl, alt, shift: false },
            '4' if !alt => Self { key: Key::Char('\\'), ctrl, alt, shift: false },
            '5' if !alt => Self { key: Key::Char(']'), ctrl, alt, shift: false },
            '6' if !alt => Self { key: Key::Char('^'), ctrl, alt, shift: false },
            '7' | '_' if !alt => Self { key: Key::Char('/'), ctrl, alt, shift: false },
            // Capitals here tell of caps lock, which is no modifier.
            _ => Self { key: Key::Char(letter), ctrl, alt, shift: shift && letter.is_ascii_alphabetic() },
        }
    }

    /// The chord of a terminal's event; nothing for the release of a key, and for keys that the
    /// program has no use for.
    pub fn from_event(event: &KeyEvent) -> Option<Self> {
        if event.kind == KeyEventKind::Release
            || event.modifiers.intersects(KeyModifiers::SUPER | KeyModifiers::HYPER)
        {
            return None;
        }
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let key = match event.code {
            KeyCode::BackTab => {
                return Some(Self { shift: true, ..Self::with(Key::Named(Named::Tab), event) });
            }
            KeyCode::Char(typed) if typed.is_control() => return None,
            KeyCode::Char(typed) => Key::Char(typed),
            KeyCode::F(number @ 1..=24) => Key::F(number),
            KeyCode::Enter => Key::Named(Named::Enter),
            KeyCode::Tab => Key::Named(Named::Tab),
            KeyCode::Esc => Key::Named(Named::Esc),
            KeyCode::Backspace => Key::Named(Named::Backspace),
            KeyCode::Delete => Key::Named(Named::Delete),
            KeyCode::Insert => Key::Named(Named::Insert),
            KeyCode::Home => Key::Named(Named::Home),
            KeyCode::End => Key::Named(Named::End),
            KeyCode::PageUp => Key::Named(Named::PageUp),
            KeyCode::PageDown => Key::Named(Named::PageDown),
            KeyCode::Up => Key::Named(Named::Up),
            KeyCode::Down => Key::Named(Named::Down),
            KeyCode::Left => Key::Named(Named::Left),
            KeyCode::Right => Key::Named(Named::Right),
            _ => return None,
        };
        let chord = Self::with(key, event);
        Some(Self::normal(key, chord.ctrl, chord.alt, shift))
    }

    fn with(key: Key, event: &KeyEvent) -> Self {
        let has = |modifier| event.modifiers.contains(modifier);
        let alt = has(KeyModifiers::ALT) || has(KeyModifiers::META);
        Self { key, ctrl: has(KeyModifiers::CONTROL), alt, shift: has(KeyModifiers::SHIFT) }
    }

    /// The character that it types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(typed) if !self.ctrl && !self.alt => Some(typed),
            _ => None,
        }
    }

    /// Whether it is the plain key of that name.
    pub fn is(self, named: Named) -> bool {
        self == Self::of(Key::Named(named))
    }

    /// Whether every terminal can send it: no modifier but ctrl with a letter or blank, alt with a
    /// character or backspace, shift with tab.
    pub fn is_plain(self) -> bool {
        match self.key {
            Key::Char(c) if self.ctrl => {
                !self.shift && !self.alt && (c.is_ascii_alphabetic() || " \\]^/".contains(c))
            }
            Key::Char(_) => !self.shift,
            Key::Named(Named::Tab) => !self.ctrl && !self.alt,
            Key::F(number) => !self.ctrl && !self.alt && !self.shift && number <= 12,
            Key::Named(Named::Backspace) => !self.ctrl && !self.shift,
            Key::Named(_) => !self.ctrl && !self.alt && !self.shift,
        }
    }

    /// As the screen shows it: short names as they are spelt, the longest ones as signs.
    pub fn shown(self) -> String {
        match self.key {
            Key::Named(
                named @ (Named::Backspace
                | Named::Up
                | Named::Down
                | Named::Left
                | Named::Right
                | Named::Delete),
            ) => format!("{}{}", self.modifiers(), named.shown()),
            _ => self.to_string(),
        }
    }

    fn modifiers(self) -> String {
        [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")]
            .into_iter()
            .filter_map(|(held, name)| held.then_some(name))
            .collect()
    }
}

/// The capital of a letter, where it is one character.
fn single_upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(capital), None) => capital,
        _ => c,
    }
}

impl fmt::Display for Chord {
    /// As keymap files spell it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.modifiers())?;
        match self.key {
            Key::Char(' ') => f.write_str("space"),
            Key::Char(typed) => write!(f, "{typed}"),
            Key::F(number) => write!(f, "f{number}"),
            Key::Named(named) => f.write_str(named.as_str()),
        }
    }
}

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(spelt: &str) -> Result<Self, ChordError> {
        let unknown = || ChordError::Unknown(spelt.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = spelt;
        while let Some((modifier, key)) = rest.split_once('-').filter(|(_, key)| !key.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => break,
            }
            rest = key;
        }
        let mut chars = rest.chars();
        let key = match (chars.next(), chars.next()) {
            (None, _) => return Err(ChordError::Empty),
            (Some(only), None) if Named::parse(rest).is_none() => {
                if only.is_control() || only.is_whitespace() {
                    return Err(unknown());
                }
                if shift && !only.is_alphabetic() {
                    return Err(ChordError::ShiftedCharacter(spelt.to_owned()));
                }
                // With ctrl, a capital is only the way the letter is written.
                Key::Char(only)
            }
            _ => named_key(&rest.to_lowercase()).ok_or_else(unknown)?,
        };
        Ok(Self::normal(key, ctrl, alt, shift))
    }
}

fn named_key(word: &str) -> Option<Key> {
    if word == "space" {
        return Some(Key::Char(' '));
    }
    let function = word.strip_prefix('f').and_then(|number| number.parse().ok());
    match function {
        Some(number @ 1..=24) => Some(Key::F(number)),
        _ => Named::parse(word).map(Key::Named),
    }
}

/// Chords pressed one after the other, as they are spelt: parted by blanks.
pub fn parse_sequence(spelt: &str) -> Result<Vec<Chord>, ChordError> {
    let chords: Vec<Chord> = spelt.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if chords.is_empty() { Err(ChordError::Empty) } else { Ok(chords) }
}

/// Chords as keymap files spell them.
pub fn print_sequence(chords: &[Chord]) -> String {
    chords.iter().map(Chord::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "chord_tests.rs"]
mod tests;
