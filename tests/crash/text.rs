//! The model of a text that is typed: what it has been, where the cursor was, and when it was seen.

use std::time::Instant;

use super::dice::Dice;

const WORDS: &[&str] = &[
    "refund",
    "the",
    "late",
    "fee",
    "naïve",
    "größer",
    "où",
    "привет",
    "мир",
    "ελλάδα",
    "漢字",
    "日本語",
    "한국어",
    "שלום",
    "ok",
    "I",
    "88-1204",
    "Straße",
    "😀",
    "Ωμέγα",
];
/// Longer texts might not fit the screen.
const LONG: usize = 260;
const MOST: usize = 700;

/// A key, or a paste.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stroke {
    Type(char),
    Word(String),
    Newline,
    DeleteLeft,
    DeleteRight,
    Left,
    Right,
    Top,
    Bottom,
    Paste(String),
}

impl Stroke {
    /// What somebody may press next.
    pub fn any(dice: &mut Dice, text: &Text) -> Self {
        let word = |dice: &mut Dice| dice.one_of(WORDS).to_owned();
        match dice.between(0, 23) {
            0 | 1 => Self::Newline,
            2..=4 => Self::DeleteLeft,
            5 => Self::DeleteRight,
            6 | 7 => Self::Left,
            8 => Self::Right,
            9 => Self::Top,
            10 | 11 => Self::Bottom,
            _ if text.now().chars().count() > MOST => Self::DeleteLeft,
            12 => Self::Paste(format!("{} {}\n{}", word(dice), word(dice), word(dice))),
            _ => Self::Word(format!("{} ", word(dice))),
        }
    }

    /// A letter.
    pub fn letter(dice: &mut Dice) -> Self {
        Self::Type(char::from(b'a' + u8::try_from(dice.between(0, 25)).unwrap()))
    }

    /// As a terminal sends it.
    pub fn keys(&self) -> String {
        match self {
            Self::Type(c) => c.to_string(),
            Self::Word(word) => word.clone(),
            Self::Newline => "\r".to_owned(),
            Self::DeleteLeft => "\x7f".to_owned(),
            Self::DeleteRight => "\x1b[3~".to_owned(),
            Self::Left => "\x1b[D".to_owned(),
            Self::Right => "\x1b[C".to_owned(),
            Self::Top => "\x1b[1;5H".to_owned(),
            Self::Bottom => "\x1b[1;5F".to_owned(),
            Self::Paste(text) => format!("\x1b[200~{text}\x1b[201~"),
        }
    }
}

/// The text at a moment.
#[derive(Debug, Clone)]
struct Version {
    text: String,
    cursor: usize,
    seen: Option<Instant>,
}

/// A text and all that it has been since the program was started.
#[derive(Debug)]
pub struct Text {
    versions: Vec<Version>,
}

impl Text {
    /// A text as it came back, with the byte where the cursor is (`None`: at the end).
    pub fn of(text: &str, cursor: Option<usize>) -> Self {
        let cursor = cursor.unwrap_or(text.len()).min(text.len());
        Self { versions: vec![Version { text: text.to_owned(), cursor, seen: None }] }
    }

    fn last(&self) -> &Version {
        self.versions.last().unwrap()
    }

    pub fn now(&self) -> &str {
        &self.last().text
    }

    pub fn is_blank(&self) -> bool {
        self.now().trim().is_empty()
    }

    pub fn is_long(&self) -> bool {
        self.now().chars().count() > LONG
    }

    /// It is on the screen.
    pub fn seen(&mut self, at: Instant) {
        let last = self.versions.last_mut().unwrap();
        last.seen.get_or_insert(at);
    }

    pub fn go_to_end(&mut self) {
        self.push(self.now().to_owned(), self.now().len());
    }

    fn push(&mut self, text: String, cursor: usize) {
        self.versions.push(Version { text, cursor, seen: None });
    }

    fn insert(&mut self, typed: &str) {
        let Version { mut text, cursor, .. } = self.last().clone();
        text.insert_str(cursor, typed);
        self.push(text, cursor + typed.len());
    }

    /// What a key does.
    pub fn apply(&mut self, stroke: &Stroke) {
        let Version { mut text, cursor, .. } = self.last().clone();
        // No word here has marks of their own, so that a character is what the cursor steps over.
        let before = text[..cursor].chars().next_back().map_or(0, char::len_utf8);
        let after = text[cursor..].chars().next().map_or(0, char::len_utf8);
        match stroke {
            Stroke::Type(c) => self.insert(&c.to_string()),
            // Keys come one by one, and a draft may be kept between any two.
            Stroke::Word(word) => word.chars().for_each(|c| self.insert(&c.to_string())),
            Stroke::Paste(text) => self.insert(text),
            Stroke::Newline => self.insert("\n"),
            Stroke::DeleteLeft => {
                text.replace_range(cursor - before..cursor, "");
                self.push(text, cursor - before);
            }
            Stroke::DeleteRight => {
                text.replace_range(cursor..cursor + after, "");
                self.push(text, cursor);
            }
            Stroke::Left => self.push(text, cursor - before),
            Stroke::Right => self.push(text, cursor + after),
            Stroke::Top => self.push(text, 0),
            Stroke::Bottom => {
                let end = text.len();
                self.push(text, end);
            }
        }
    }

    /// The newest version that was seen at that moment; what it was at the beginning, where none was.
    pub fn seen_before(&self, moment: Instant) -> usize {
        let seen = |version: &Version| version.seen.is_some_and(|seen| seen <= moment);
        self.versions.iter().rposition(seen).unwrap_or(0)
    }

    pub fn version(&self, at: usize) -> &str {
        &self.versions[at].text
    }

    /// Whether it was that in one of the versions from that one on.
    pub fn has_been(&self, text: &str, from: usize) -> bool {
        // A text of nothing but blanks is none.
        let whole = |text: &str| if text.trim().is_empty() { String::new() } else { text.to_owned() };
        self.versions[from..].iter().any(|version| whole(&version.text) == whole(text))
    }

    /// Whether the cursor was there in one of the versions from that one on.
    pub fn cursor_was(&self, byte: usize, from: usize) -> bool {
        self.versions[from..].iter().any(|version| version.cursor == byte)
    }
}

/// A text without its blanks: what can be compared with a screen on which lines are wrapped.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
