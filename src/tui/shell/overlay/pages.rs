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
use crate::text::width::{pad, width};
use crate::text::wrap::wrap;

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
        let lines = self.lines(area.width.into(), theme);
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

    fn lines(&self, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        let keys_wide = self.rows.iter().filter_map(|row| match row {
            Row::Keys(keys, ..) => Some(width(keys)),
            _ => None,
        });
        let keys_wide = keys_wide.max().unwrap_or(0).min(cells / 3);
        let with_help = cells >= 100;
        let mut lines = Vec::new();
        for row in &self.rows {
            match row {
                Row::Blank => lines.push(Line::default()),
                Row::Heading(text) => lines.push(Line::styled(format!(" {text}"), theme.heading)),
                Row::Keys(keys, title, help) => {
                    let mut spans = vec![Span::styled(format!("   {}   ", pad(keys, keys_wide)), theme.key)];
                    if with_help {
                        spans.push(Span::styled(pad(title, 28), theme.text));
                        spans.push(Span::styled(help.clone(), theme.faint));
                    } else {
                        spans.push(Span::styled(title.clone(), theme.text));
                    }
                    lines.push(Line::from(spans));
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
