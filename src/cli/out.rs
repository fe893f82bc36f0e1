//! What is printed: lines, tables and JSON on the standard output, harmless to any terminal.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write as _};

use serde_json::Value;

use crate::text::harmless::{harmless, harmless_json};
use crate::text::width::{pad, pad_left, truncate, width};
use crate::text::wrap::wrap;

/// Columns where neither a terminal nor `COLUMNS` says how many there are.
const USUAL_WIDTH: usize = 80;
/// Narrower than this nothing can be read.
const LEAST_WIDTH: usize = 20;

/// Columns of text that have to break words give way to no less.
const LEAST_TEXT: usize = 10;

/// When colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Never.
    Never,
    /// Always.
    Always,
}

impl Color {
    /// Whether a stream gets colours.
    pub fn wanted(self, is_terminal: bool) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Auto => {
                let said_no = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                is_terminal && !said_no
            }
        }
    }
}

/// The standard output.
pub(super) struct Out {
    /// Not locked: the terminal interface, which other threads may have to take off the screen,
    /// writes there too.
    stdout: BufWriter<Stdout>,
    is_terminal: bool,
    /// Whether tables are cut to the width: what goes to a file or another program is not, unless it is said
    /// how wide that is.
    is_cut: bool,
    color: bool,
    width: usize,
}

impl Out {
    /// Prints to the standard output.
    pub fn new(color: Color) -> Self {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        Self {
            stdout: BufWriter::new(stdout),
            is_terminal,
            is_cut: is_terminal || columns_said().is_some(),
            color: color.wanted(is_terminal),
            width: width_of_output(is_terminal),
        }
    }

    /// How many columns a table may take.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Prints one line; what is in it of a dataset must have been made harmless.
    pub fn line(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        self.stdout.write_all(line.as_ref().as_bytes())?;
        self.stdout.write_all(b"\n")
    }

    /// Prints a sentence, on a terminal fitted into the width: it goes on below itself, as far in as it begins.
    /// What is in it of a dataset must have been made harmless.
    pub fn sentence(&mut self, sentence: impl AsRef<str>) -> io::Result<()> {
        let sentence = sentence.as_ref();
        let text = sentence.trim_start_matches(' ');
        self.item(sentence.strip_suffix(text).unwrap_or_default(), text)
    }

    /// The same with a mark before it, below which nothing stands.
    pub fn item(&mut self, mark: &str, sentence: &str) -> io::Result<()> {
        for line in self.lines_of(mark, sentence) {
            self.line(line)?;
        }
        Ok(())
    }

    /// Prints a heading that is a sentence, fitted like one.
    pub fn headline(&mut self, sentence: &str) -> io::Result<()> {
        for line in self.lines_of("", sentence) {
            self.heading(&line)?;
        }
        Ok(())
    }

    fn lines_of(&self, mark: &str, sentence: &str) -> Vec<String> {
        let before = width(mark);
        if !self.is_cut || before + width(sentence) <= self.width {
            return vec![format!("{mark}{sentence}")];
        }
        let lines = folded(sentence, self.width.saturating_sub(before).max(LEAST_WIDTH)).into_iter();
        let mark = |at: usize| if at == 0 { mark.to_owned() } else { " ".repeat(before) };
        lines.enumerate().map(|(at, line)| format!("{}{line}", mark(at))).collect()
    }

    /// Prints text as it is.
    pub fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)
    }

    /// Prints a heading.
    pub fn heading(&mut self, line: &str) -> io::Result<()> {
        let line = self.bold(line).into_owned();
        self.line(line)
    }

    /// The text, to stand out where there are colours.
    pub fn bold<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.color { format!("\u{1b}[1m{text}\u{1b}[0m").into() } else { text.into() }
    }

    /// Prints JSON on one line. To a terminal goes an escape in the place of every character that
    /// it might obey; to a reader of JSON that is the same text.
    pub fn json(&mut self, value: &Value) -> io::Result<()> {
        let text = value.to_string();
        if self.is_terminal {
            let escaped = harmless_json(&text);
            return self.line(escaped);
        }
        self.line(text)
    }

    /// Prints JSON for people: a line for each part of it, and as harmless as [`Self::json`].
    pub fn json_pretty(&mut self, value: &Value) -> io::Result<()> {
        // A value that is held can be written.
        let text = serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string());
        if self.is_terminal { self.line(harmless_json(&text)) } else { self.line(text) }
    }

    /// Prints a table of few rows, on a terminal fitted into the width: the last column gives way.
    pub fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
        let rows: Vec<Vec<Cow<'_, str>>> =
            rows.iter().map(|row| row.iter().map(|cell| harmless(cell)).collect()).collect();
        let titles: Vec<Cow<'_, str>> = columns.iter().map(|column| harmless(&column.title)).collect();
        let mut widths: Vec<usize> = titles.iter().map(|title| width(title)).collect();
        for row in &rows {
            for (cell, widest) in row.iter().zip(&mut widths) {
                *widest = (*widest).max(width(cell));
            }
        }
        let before: usize = widths.iter().take(widths.len().saturating_sub(1)).map(|width| width + 2).sum();
        if let Some(last) = widths.last_mut().filter(|_| self.is_cut) {
            *last = (*last).min(self.width.saturating_sub(before).max(8));
        }
        if titles.iter().any(|title| !title.is_empty()) {
            let head = layout(columns, &widths, &titles);
            self.heading(&head)?;
        }
        for row in &rows {
            let line = layout(columns, &widths, row);
            self.line(line)?;
        }
        Ok(())
    }

    /// Prints a table of which nothing is cut: where it doesn't fit into the width of a terminal, titles and texts
    /// go on below themselves.
    pub fn table_in_full(&mut self, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
        if !self.is_cut {
            return self.table(columns, rows);
        }
        let cells = |row: &Vec<String>| row.iter().map(|cell| harmless(cell).into_owned()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let titles: Vec<String> = columns.iter().map(|column| harmless(&column.title).into_owned()).collect();
        let widths = narrowed(columns, &titles, &rows, self.width);
        for line in side_by_side(&titles, &widths) {
            self.heading(&layout(columns, &widths, &line))?;
        }
        for line in rows.iter().flat_map(|row| side_by_side(row, &widths)) {
            self.line(layout(columns, &widths, &line))?;
        }
        Ok(())
    }

    /// Prints a table whose last column is a sentence: where it doesn't fit, it goes on below itself.
    pub fn table_of_sentences(&mut self, columns: &[Column], rows: &[Vec<String>]) -> io::Result<()> {
        let room = self.is_cut.then(|| {
            let cells = |at: usize, title: &str| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width(&harmless(cell)));
                cells.max().unwrap_or(0).max(width(title))
            };
            let before = columns.len().saturating_sub(1);
            let taken: usize =
                (0..).zip(columns).take(before).map(|(at, column)| cells(at, &column.title) + 2).sum();
            self.width.saturating_sub(taken).max(LEAST_WIDTH)
        });
        let Some(room) = room else { return self.table(columns, rows) };
        let wrapped: Vec<Vec<String>> = rows.iter().flat_map(|row| wrapped(row, room)).collect();
        self.table(columns, &wrapped)
    }

    /// Hands over all that was printed.
    pub fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// A text in lines of so many cells.
fn folded(text: &str, room: usize) -> Vec<String> {
    wrap(text, room).into_iter().map(|line| line.text(text).trim_end().to_owned()).collect()
}

/// The lines that the cells of a row take in columns of these widths.
fn side_by_side(cells: &[String], widths: &[usize]) -> Vec<Vec<Cow<'static, str>>> {
    let columns: Vec<Vec<String>> =
        cells.iter().zip(widths).map(|(cell, room)| folded(cell, (*room).max(1))).collect();
    let lines = columns.iter().map(Vec::len).max().unwrap_or(0);
    let line =
        |at: usize| columns.iter().map(|lines| lines.get(at).cloned().unwrap_or_default().into()).collect();
    (0..lines).map(line).collect()
}

/// How wide columns are that have to fit into so many cells: the widest of those that can, by breaking titles and
/// texts, give way first, and words are broken only where nothing else helps. Numbers never are.
fn narrowed(columns: &[Column], titles: &[String], rows: &[Vec<String>], room: usize) -> Vec<usize> {
    let word = |text: &str| text.split(' ').map(width).max().unwrap_or(0);
    let of = |(at, (column, title)): (usize, (&Column, &String))| {
        let cells = || rows.iter().filter_map(|row| row.get(at));
        let widest = |of: &dyn Fn(&str) -> usize| cells().map(|cell| of(cell)).max().unwrap_or(0);
        let wide = widest(&width);
        let (words, least) =
            if column.right { (wide, wide) } else { (widest(&word), widest(&word).min(LEAST_TEXT)) };
        (wide.max(width(title)), words.max(word(title)), least.max(word(title)))
    };
    let of: Vec<(usize, usize, usize)> = columns.iter().zip(titles).enumerate().map(of).collect();
    let mut widths: Vec<usize> = of.iter().map(|(wide, ..)| *wide).collect();
    let whole_words: Vec<usize> = of.iter().map(|(_, words, _)| *words).collect();
    let least: Vec<usize> = of.iter().map(|(.., least)| *least).collect();
    for least in [whole_words, least] {
        let taken: usize = widths.iter().map(|width| width + 2).sum();
        for _ in room + 2..taken {
            let able = widths.iter_mut().zip(&least).filter(|(is, least)| **is > **least);
            let Some((widest, _)) = able.max_by_key(|(is, _)| **is) else { break };
            *widest -= 1;
        }
    }
    widths
}

/// A row, and as many below it as its last cell takes in a column of so many cells.
fn wrapped(row: &[String], room: usize) -> Vec<Vec<String>> {
    let Some((sentence, before)) = row.split_last() else { return Vec::new() };
    let sentence = harmless(sentence);
    let lines = folded(&sentence, room).into_iter();
    let below = || vec![String::new(); before.len()];
    let rows = lines.enumerate().map(|(at, line)| {
        let mut row = if at == 0 { before.to_vec() } else { below() };
        row.push(line);
        row
    });
    rows.collect()
}

/// A column of a table.
pub(super) struct Column {
    title: Cow<'static, str>,
    right: bool,
}

impl Column {
    /// A column of text.
    pub fn text(title: impl Into<Cow<'static, str>>) -> Self {
        Self { title: title.into(), right: false }
    }

    /// A column of numbers.
    pub fn number(title: impl Into<Cow<'static, str>>) -> Self {
        Self { title: title.into(), right: true }
    }
}

fn layout(columns: &[Column], widths: &[usize], cells: &[Cow<'_, str>]) -> String {
    let mut line = String::new();
    for (at, ((column, &cells_wide), cell)) in columns.iter().zip(widths).zip(cells).enumerate() {
        if at > 0 {
            line.push_str("  ");
        }
        match (column.right, at + 1 == columns.len()) {
            (true, _) => line.push_str(&pad_left(cell, cells_wide)),
            (false, false) => line.push_str(&pad(cell, cells_wide)),
            (false, true) => line.push_str(&truncate(cell, cells_wide)),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The width that the environment gives.
fn columns_said() -> Option<usize> {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok())
}

fn width_of_output(is_terminal: bool) -> usize {
    let said = columns_said();
    let measured = || crossterm::terminal::size().ok().map(|(columns, _)| usize::from(columns));
    let columns = said.or_else(|| if is_terminal { measured() } else { None });
    columns.filter(|&columns| columns > 0).unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_on_a_terminal_is_escaped_and_says_the_same() {
        let value = serde_json::json!({"a": "x\u{202e}y\u{9b}31m\u{e0041}z"});
        let escaped = harmless_json(&value.to_string());
        assert!(escaped.is_ascii(), "{escaped}");
        assert_eq!(serde_json::from_str::<Value>(&escaped).ok(), Some(value));
    }

    #[test]
    fn a_sentence_goes_on_below_itself_and_loses_nothing() {
        let sentence = "a sentence of several words that is longer than its column";
        let rows = wrapped(&["not met".to_owned(), sentence.to_owned()], 20);
        assert!(rows.len() > 2 && rows.iter().all(|row| row.len() == 2 && width(&row[1]) <= 20), "{rows:?}");
        assert_eq!((rows[0][0].as_str(), rows[1][0].as_str()), ("not met", ""));
        let words: Vec<&str> = rows.iter().flat_map(|row| row[1].split(' ')).collect();
        assert_eq!(words.join(" "), sentence);
        assert_eq!(wrapped(&["a".to_owned(), String::new()], 20), [["a", ""]]);
    }

    #[test]
    fn columns_give_way_until_a_table_fits_and_lose_nothing() {
        let columns = [Column::text("facet"), Column::number("carry the weight"), Column::text("the most")];
        let titles = columns.iter().map(|column| column.title.clone().into_owned()).collect::<Vec<_>>();
        let row = ["intent", "12.5", "support intent 39 %"].map(str::to_owned).to_vec();
        let narrow = |room| narrowed(&columns, &titles, std::slice::from_ref(&row), room);
        assert_eq!(narrow(80), [6, 16, 19], "with room to spare as it is");
        let widths = narrow(36);
        assert_eq!(widths.iter().sum::<usize>() + 4, 36, "{widths:?}");
        let lines = side_by_side(&row, &widths);
        let last: Vec<&str> = lines.iter().map(|line| line[2].as_ref()).collect();
        assert!(last.len() > 1 && last.join(" ") == "support intent 39 %", "{last:?}");
        assert_eq!(lines[1][..2], ["", ""]);
        assert_eq!(narrow(10), [6, 6, 7], "numbers and words stay whole");
    }

    #[test]
    fn no_color_is_obeyed_only_where_nobody_said_otherwise() {
        assert!(!Color::Never.wanted(true));
        assert!(Color::Always.wanted(false));
        assert!(!Color::Auto.wanted(false));
    }
}
