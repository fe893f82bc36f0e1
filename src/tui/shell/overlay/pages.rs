//! Pages of text over a screen: the keys, what was said, the greeting.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Clear;

use super::super::super::commands::{Command, Context};
use super::super::super::effect::Tone;
use super::super::super::keymap::Keymap;
use super::super::super::paint;
use super::super::super::theme::Theme;
use super::super::Notices;
use super::Outcome;
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};
use crate::text::wrap::wrap;

/// From this width on the keys stand in two columns.
const TWO_COLUMNS: usize = 160;
/// From this width on a key has its title and its sentence; in one of two columns only the sentence.
const SENTENCES: usize = 100;
/// The column of titles.
const TITLES: usize = 28;

/// A row of a page.
enum Row {
    Heading(String),
    Keys(String, String, String),
    Said(Tone, String, String),
    Blank,
}

/// A page that one can scroll.
pub(in crate::tui::shell) struct Page {
    pub(super) context: Context,
    title: String,
    rows: Vec<Row>,
    top: usize,
    /// Rows of the last picture, and how many of the page there were.
    seen: (usize, usize),
}

/// The keys that work in a context.
pub(super) fn help(keymap: &Keymap, context: Context) -> Page {
    let mut rows = Vec::new();
    for (group, keys) in keymap.help(context) {
        if !rows.is_empty() {
            rows.push(Row::Blank);
        }
        rows.push(Row::Heading(group.title().to_owned()));
        rows.extend(
            keys.into_iter().map(|row| Row::Keys(row.keys, row.title.to_owned(), row.help.to_owned())),
        );
    }
    Page {
        context: Context::Help, title: format!("Keys ─ {}", context.title()), rows, top: 0, seen: (1, 0)
    }
}

/// What the program had to say, the newest first.
pub(super) fn messages(notices: &Notices) -> Page {
    let rows: Vec<Row> = notices
        .all()
        .map(|notice| Row::Said(notice.tone, notice.at.local_minute(), notice.sentence.clone()))
        .collect();
    let rows = if rows.is_empty() { vec![Row::Heading("Nothing was said yet.".to_owned())] } else { rows };
    Page { context: Context::Log, title: "Messages".to_owned(), rows, top: 0, seen: (1, 0) }
}

impl Page {
    pub(super) fn scroll(&mut self, by: isize) {
        let last = self.seen.1.saturating_sub(self.seen.0);
        self.top = self.top.saturating_add_signed(by).min(last);
    }

    pub(super) fn command(&mut self, command: Command) -> Outcome {
        let page = isize::try_from(self.seen.0).unwrap_or(1);
        match command {
            Command::MoveUp => self.scroll(-1),
            Command::MoveDown => self.scroll(1),
            Command::MovePageUp => self.scroll(-page),
            Command::MovePageDown => self.scroll(page),
            Command::MoveHalfPageUp => self.scroll(-(page / 2)),
            Command::MoveHalfPageDown => self.scroll(page / 2),
            Command::MoveTop => self.top = 0,
            Command::MoveBottom => self.scroll(isize::MAX),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    pub(super) fn view(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        frame.render_widget(Clear, area);
        paint::line(frame, area, 0, Line::styled(format!(" {}", self.title), theme.heading));
        let cells = usize::from(area.width);
        let is_help = self.context == Context::Help;
        let lines = if is_help && cells >= TWO_COLUMNS {
            beside(self.lines(cells / 2 - 1, true, theme), cells / 2)
        } else {
            self.lines(cells, false, theme)
        };
        let body = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        self.seen = (body.height.into(), lines.len());
        self.scroll(0);
        for (at, line) in (0..body.height).zip(lines.into_iter().skip(self.top)) {
            paint::line(frame, body, at, line);
        }
        let more = self.seen.1.saturating_sub(self.top + self.seen.0);
        if more > 0 {
            let says = format!("{more} more ↓ ");
            let line = Line::styled(says, theme.faint).right_aligned();
            paint::line(frame, area, 0, line);
        }
    }

    fn lines(&self, cells: usize, sentences: bool, theme: &Theme) -> Vec<Line<'static>> {
        let keys_wide = self.rows.iter().filter_map(|row| match row {
            Row::Keys(keys, ..) => Some(width(keys)),
            _ => None,
        });
        let keys_wide = keys_wide.max().unwrap_or(0).min(cells / 3);
        let mut lines = Vec::new();
        for row in &self.rows {
            match row {
                Row::Blank => lines.push(Line::default()),
                Row::Heading(text) => lines.push(Line::styled(format!(" {text}"), theme.heading)),
                Row::Keys(keys, title, help) => {
                    let mut begin = vec![Span::styled(format!("   {}   ", pad(keys, keys_wide)), theme.key)];
                    let mut used = keys_wide + 6;
                    let (text, style) = match (sentences, cells >= SENTENCES) {
                        (true, _) => (help, theme.text),
                        (false, false) => (title, theme.text),
                        (false, true) => {
                            begin.push(Span::styled(pad(title, TITLES), theme.text));
                            used += TITLES;
                            (help, theme.faint)
                        }
                    };
                    // What is too long for the row goes on below itself.
                    let room = cells.saturating_sub(used + 1).max(1);
                    for row in wrap(text, room) {
                        let mut spans = std::mem::take(&mut begin);
                        if spans.is_empty() {
                            spans.push(Span::raw(" ".repeat(used)));
                        }
                        spans.push(Span::styled(truncate(row.text(text), room).into_owned(), style));
                        lines.push(Line::from(spans));
                    }
                }
                Row::Said(tone, at, sentence) => {
                    let sign = match tone {
                        Tone::Good => " ",
                        Tone::Look => "·",
                        Tone::Bad => "!",
                    };
                    let sentence = harmless(sentence).into_owned();
                    for (at_row, row) in wrap(&sentence, cells.saturating_sub(22)).iter().enumerate() {
                        let begin = if at_row == 0 { format!(" {at} ") } else { " ".repeat(18) };
                        lines.push(Line::from(vec![
                            Span::styled(begin, theme.faint),
                            Span::styled(
                                if at_row == 0 { format!("{sign} ") } else { "  ".to_owned() },
                                theme.tone(*tone),
                            ),
                            Span::styled(row.text(&sentence).to_owned(), theme.text),
                        ]));
                    }
                }
            }
        }
        lines
    }
}

/// The lines in two columns, the second of which begins with a group, as near the middle as can be.
fn beside(lines: Vec<Line<'static>>, column: usize) -> Vec<Line<'static>> {
    let middle = lines.len() / 2;
    let is_blank = |line: &Line<'_>| line.width() == 0;
    let blanks = lines.iter().enumerate().filter(|(_, line)| is_blank(line)).map(|(at, _)| at);
    let Some(split) = blanks.min_by_key(|at| at.abs_diff(middle)) else { return lines };
    let mut left = lines;
    let right = left.split_off(split);
    // The first of the rest is the blank line between the groups.
    let mut right = right.into_iter().skip(1);
    let mut rows = Vec::new();
    for mut line in left {
        if let Some(other) = right.next() {
            let gap = column.saturating_sub(line.width());
            line.spans.push(Span::raw(" ".repeat(gap)));
            line.spans.extend(parts(other));
        }
        rows.push(line);
    }
    let indent = |line| {
        let mut spans = vec![Span::raw(" ".repeat(column))];
        spans.extend(parts(line));
        Line::from(spans)
    };
    rows.extend(right.map(indent));
    rows
}

/// The parts of a line with the style of the whole.
fn parts(line: Line<'static>) -> impl Iterator<Item = Span<'static>> {
    let style = line.style;
    line.spans.into_iter().map(move |span| span.patch_style(style))
}

/// The greeting: the keys that matter, in under a minute of reading.
pub(super) fn welcome(frame: &mut Frame<'_>, area: Rect, keymap: &Keymap, theme: &Theme) {
    frame.render_widget(Clear, area);
    let key = |command, context| keymap.key_for(command, context).unwrap_or_else(|| ":".to_owned());
    let rows = [
        (
            key(Command::HomeWork, Context::Home),
            "goes to the work that is selected: writing answers, ranking them",
        ),
        (key(Command::GoBrowse, Context::Home), "shows all examples; there you filter, mark and tag them"),
        (key(Command::AppUndo, Context::Home), "takes back whatever was done last, also yesterday’s"),
        (key(Command::AppBack, Context::Browse), "goes back to where you came from"),
        (key(Command::AppHelp, Context::Home), "shows every key that works where you are"),
    ];
    let mut lines = vec![
        Line::styled("Welcome to Goldset", theme.accent),
        Line::default(),
        Line::from("Here people make the examples that a language model learns from. What is"),
        Line::from("in this dataset is a sample: try everything, it is yours."),
        Line::default(),
    ];
    let wide = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    for (keys, what) in &rows {
        lines.push(Line::from(vec![
            Span::styled(format!("  {}   ", pad(keys, wide)), theme.key),
            Span::styled(*what, theme.text),
        ]));
    }
    lines.extend([
        Line::default(),
        Line::from("Nothing needs to be saved: what you do is on disk when the ✓ stands at the"),
        Line::from("top, and what you type is kept as you type it. The lowest line always says"),
        Line::from("which keys work now."),
        Line::default(),
        Line::styled(format!("{} begins", key(Command::WelcomeChoose, Context::Welcome)), theme.faint),
    ]);
    let top = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(0)) / 3;
    let left = area.width.saturating_sub(76) / 2 + 1;
    let area = Rect { x: area.x + left.min(area.width), width: area.width.saturating_sub(left), ..area };
    for (at, line) in (top..).zip(lines) {
        paint::line(frame, area, at, line);
    }
}
