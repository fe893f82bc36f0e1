//! Whatever is typed and pressed, in whatever script: the promises that hold of every text.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::layout::Layout;
use super::text::{Spot, is_boundary};
use super::*;

/// Pieces of many scripts, and what is hard in them: clusters, their halves, controls, line breaks.
const PIECES: &[&str] = &[
    "a",
    "b c",
    "Word",
    " ",
    "  ",
    ".",
    "(x)",
    "\"q\"",
    "{",
    "}",
    "\t",
    "\n",
    "\n\n",
    "x\ny",
    "\r\n",
    "\r",
    "\0",
    "\x1b[2J",
    "\u{7f}",
    "e\u{301}",
    "\u{301}",
    "\u{200d}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "👩\u{200d}🔬",
    "👩",
    "🔬",
    "👍🏽",
    "🏽",
    "🇫🇷",
    "🇫",
    "🇩🇪🇯",
    "漢字",
    "、",
    "カ",
    "ｶﾞ",
    "ภาษาไทย",
    "ที่",
    "\u{e48}",
    "مرحبا",
    "שָׁלוֹם",
    "\u{5b8}",
    "क्षि",
    "\u{94d}",
    "한",
    "\u{1161}",
    "\u{600}",
    "ﬁ",
    "ß",
];

pub(super) fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

pub(super) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..20).prop_map(|pieces| pieces.concat())
}

#[derive(Debug, Clone)]
pub(super) enum Key {
    Type(String),
    Do(Command),
}

pub(super) fn commands() -> Vec<Command> {
    let ours = ["editor.", "find.", "replace."];
    let is_ours = |command: &Command| ours.iter().any(|ours| command.id().starts_with(ours));
    Command::ALL.iter().copied().filter(is_ours).collect()
}

fn keys(commands: Vec<Command>) -> impl Strategy<Value = Vec<Key>> {
    let key = prop_oneof![
        1 => piece().prop_map(Key::Type),
        2 => prop::sample::select(commands).prop_map(Key::Do),
    ];
    prop::collection::vec(key, 0..60)
}

fn press(editor: &mut Editor, key: &Key) {
    match key {
        Key::Type(text) => editor.insert(text),
        Key::Do(command) => editor.command(*command),
    };
}

/// What is highlighted after all changes is what would be highlighted without them.
fn highlighted_as_anew(editor: &mut Editor) -> Result<(), TestCaseError> {
    editor.follow();
    let mut anew = super::super::highlight::Highlight::default();
    let lines = editor.buffer.text().lines();
    anew.update(lines);
    for (at, line) in lines.iter().enumerate() {
        let all = 0..line.len();
        let kept: Vec<_> = editor.highlight.pieces(lines, at, &all).collect();
        prop_assert_eq!(kept, anew.pieces(lines, at, &all).collect::<Vec<_>>());
    }
    Ok(())
}

/// What holds of every text at any time.
fn sound(editor: &mut Editor, cells: usize) -> Result<(), TestCaseError> {
    editor.lay(cells);
    let cursor = editor.buffer.cursor();
    prop_assert!(is_boundary(&editor.lines()[cursor.line], cursor.byte), "{cursor:?}");
    if let Some((from, to)) = editor.selected() {
        prop_assert!(is_boundary(&editor.lines()[from.line], from.byte), "{from:?}");
        prop_assert!(is_boundary(&editor.lines()[to.line], to.byte), "{to:?}");
        prop_assert!(from <= to);
    }
    prop_assert!(editor.lines().iter().all(|line| !line.contains('\n')));
    let mut fresh = Layout::default();
    fresh.lay(editor.lines(), cells);
    prop_assert_eq!(editor.buffer.layout.height(), fresh.height());
    for at in 0..fresh.height() {
        prop_assert_eq!(editor.buffer.layout.row(at), fresh.row(at));
    }
    if cells.is_multiple_of(2) {
        highlighted_as_anew(editor)?;
    }
    Ok(())
}

/// The model of the plain commands: a text and how many bytes of it are before the cursor.
#[derive(Debug)]
struct Model {
    text: String,
    at: usize,
}

impl Model {
    /// Line by line, as lines know nothing of each other's clusters.
    fn boundaries(&self) -> Vec<usize> {
        let mut all = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            all.extend(line.grapheme_indices(true).map(|(at, _)| start + at));
            all.push(start + line.len());
            start += line.len() + 1;
        }
        all
    }

    fn before(&self, at: usize) -> usize {
        self.boundaries().into_iter().rfind(|&b| b < at).unwrap_or(0)
    }

    fn after(&self, at: usize) -> usize {
        self.boundaries().into_iter().find(|&b| b > at).unwrap_or(self.text.len())
    }

    fn put(&mut self, range: std::ops::Range<usize>, text: &str) {
        self.text.replace_range(range.clone(), text);
        let end = range.start + text.len();
        self.at = self.boundaries().into_iter().find(|&b| b >= end).unwrap();
    }

    fn press(&mut self, key: &Key) {
        match key {
            Key::Type(text) if text.is_empty() => {}
            Key::Type(text) => {
                let text = text.replace("\r\n", "\n").replace('\r', "\n");
                self.put(self.at..self.at, &text);
            }
            Key::Do(Command::EditorNewline) => self.put(self.at..self.at, "\n"),
            Key::Do(Command::EditorLeft) => self.at = self.before(self.at),
            Key::Do(Command::EditorRight) => self.at = self.after(self.at),
            Key::Do(Command::EditorDeleteLeft) if self.at > 0 => self.put(self.before(self.at)..self.at, ""),
            Key::Do(Command::EditorDeleteRight) if self.at < self.text.len() => {
                self.put(self.at..self.after(self.at), "");
            }
            Key::Do(Command::EditorLineEnd) => {
                self.at = self.text[self.at..].find('\n').map_or(self.text.len(), |len| self.at + len);
            }
            Key::Do(Command::EditorTop) => self.at = 0,
            Key::Do(Command::EditorBottom) => self.at = self.text.len(),
            Key::Do(_) => {}
        }
    }
}

/// What holds at any time, and that undoing all gives the first text back, and redoing it the last.
fn holds(mut editor: Editor, keys: &[Key], cells: usize) -> Result<(), TestCaseError> {
    let first = editor.text();
    editor.lay(cells);
    for key in keys {
        press(&mut editor, key);
        sound(&mut editor, cells)?;
    }
    // The rest is asked of the text alone, whatever the keys mean by now.
    let buffer = &mut editor.buffer;
    while buffer.redo() {}
    let last = buffer.text().whole();
    let mut steps = 0;
    while editor.buffer.undo() {
        steps += 1;
        sound(&mut editor, cells)?;
    }
    prop_assert_eq!(editor.text(), first);
    for _ in 0..steps {
        editor.buffer.redo();
        sound(&mut editor, cells)?;
    }
    prop_assert_eq!(editor.text(), last);
    Ok(())
}

/// Keys as they are pressed where keys are commands: characters for letters and names, counts.
fn keys_of_modes() -> impl Strategy<Value = Vec<Key>> {
    let key = prop_oneof![
        2 => prop::sample::select(vec!["1", "3", "0", "w", "p", "(", "\"", "a", "e\u{301}", "漢", "👩\u{200d}🔬"])
            .prop_map(|text| Key::Type(text.to_owned())),
        1 => piece().prop_map(Key::Type),
        8 => prop::sample::select(commands()).prop_map(Key::Do),
        // Back to where keys are commands.
        2 => Just(Key::Do(Command::EditorNormalMode)),
        1 => Just(Key::Do(Command::FindClose)),
    ];
    prop::collection::vec(key, 0..80)
}

proptest! {
    /// Whatever is pressed, undoing all of it gives the first text back, and redoing it the last.
    #[test]
    fn undo_gives_everything_back(first in text(), keys in keys(commands()), cells in 1usize..20) {
        holds(Editor::new(&first), &keys, cells)?;
    }

    /// The same where there are modes.
    #[test]
    fn so_it_does_where_keys_are_commands(first in text(), keys in keys_of_modes(), cells in 1usize..20) {
        holds(Editor::open(&first, true), &keys, cells)?;
    }

    /// The plain commands do to the text what they do to a string and a place in it.
    #[test]
    fn plain_keys_do_what_they_do_to_a_string(
        first in text(),
        keys in keys(vec![
            Command::EditorNewline,
            Command::EditorLeft,
            Command::EditorRight,
            Command::EditorDeleteLeft,
            Command::EditorDeleteRight,
            Command::EditorLineEnd,
            Command::EditorTop,
            Command::EditorBottom,
        ]),
    ) {
        let mut editor = Editor::new(&first);
        let mut model = Model { at: first.len(), text: first };
        for key in &keys {
            press(&mut editor, key);
            model.press(key);
            prop_assert_eq!(&editor.text(), &model.text);
            prop_assert_eq!(editor.cursor_byte(), model.at, "after {:?}", key);
        }
    }

    /// Every place is shown at a cell that leads back to it or to one before in the same row.
    #[test]
    fn cells_lead_back_to_places(text in text(), cells in 4usize..20) {
        let mut editor = Editor::new(&text);
        editor.lay(cells);
        let lines = editor.lines();
        for (line, content) in lines.iter().enumerate() {
            for (byte, _) in content.grapheme_indices(true) {
                let (row, x) = editor.buffer.layout.cell(lines, Spot { line, byte });
                let back = editor.buffer.layout.spot(lines, row, x);
                prop_assert_eq!(back.line, line);
                prop_assert!(back.byte <= byte);
                prop_assert_eq!(editor.buffer.layout.cell(lines, back).0, row);
            }
        }
    }
}
