//! The questions of a rule: what it is called, what it proposes, and when.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Row, Span};

use crate::dataset::Verb;
use crate::example::{Condition, Place, Tag, TagRule};
use crate::text::width::{pad, truncate};
use crate::tui::commands::Command;
use crate::tui::line::Line;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// A line that one types in: its name, and what it is for.
const LINES: [(&str, &str); 5] = [
    ("name", "what the rule is called"),
    ("proposes", "the tag: FACET:VALUE, as in intent:refund"),
    ("words", "any of these, as whole words, parted by commas: refund, money back"),
    ("pattern", "a regular expression that is found: \\d{2}-\\d{4}"),
    ("filter", "and what a filter finds: status:draft -flag:*"),
];
const NAME: usize = 0;
const TAG: usize = 1;
const WORDS: usize = 2;
const PATTERN: usize = 3;
const FILTER: usize = 4;
/// The row of the first line, and the cells of names before what is typed.
const FIRST: usize = 2;
const LABEL: usize = 12;

/// The questions and what was answered so far.
#[derive(Debug, Default)]
pub(super) struct Form {
    /// The rule that is changed; none where it is a new one.
    was: Option<TagRule>,
    lines: [Line; LINES.len()],
    place: Place,
    /// The line one is at; behind them stand the places.
    at: usize,
}

impl Form {
    /// The questions about a rule that is there.
    pub fn of(rule: &TagRule) -> Self {
        let TagRule { name, tag, condition } = rule;
        let texts = [
            name.clone(),
            format!("{}:{}", tag.facet, tag.value),
            words(condition),
            condition.pattern.clone().unwrap_or_default(),
            condition.filter.clone().unwrap_or_default(),
        ];
        Self {
            was: Some(rule.clone()),
            lines: texts.map(|text| Line::new(&text)),
            place: condition.place,
            at: WORDS,
        }
    }

    /// What the top line says.
    pub fn title(&self) -> String {
        if self.was.is_some() { "Rules  change one" } else { "Rules  a new one" }.to_owned()
    }

    /// Something was typed: in a line it stands there, on a place a blank chooses it.
    pub fn text(&mut self, text: &str) {
        match self.lines.get_mut(self.at) {
            Some(line) => line.type_text(text),
            None if text == " " => self.choose(),
            None => {}
        }
    }

    /// Does what a command does here.
    pub fn command(&mut self, command: Command) {
        let rows = LINES.len() + Place::ALL.len();
        match command {
            Command::FormNext => self.at = (self.at + 1) % rows,
            Command::FormPrevious => self.at = (self.at + rows - 1) % rows,
            other => {
                if let Some(line) = self.lines.get_mut(self.at) {
                    line.command(other);
                }
            }
        }
    }

    /// A click on a row: a line is gone to, a place chosen.
    pub fn click(&mut self, row: usize) {
        match row.checked_sub(FIRST) {
            Some(at) if at < LINES.len() => self.at = at,
            // A blank row parts the lines from the places.
            Some(at) if at > LINES.len() && at <= LINES.len() + Place::ALL.len() => {
                self.at = at - 1;
                self.choose();
            }
            _ => {}
        }
    }

    fn choose(&mut self) {
        let place = self.at.checked_sub(LINES.len()).and_then(|at| Place::ALL.get(at));
        self.place = place.copied().unwrap_or(self.place);
    }

    fn typed(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", Line::text).trim()
    }

    /// The rule that is wanted, or what is missing.
    pub fn answer(&self) -> Result<Verb, String> {
        let name = self.typed(NAME);
        if name.is_empty() {
            return Err("type what the rule is called first".to_owned());
        }
        let tag = self.typed(TAG).split_once(':').map(|(facet, value)| (facet.trim(), value.trim()));
        let Some((facet, value)) = tag.filter(|(facet, value)| !facet.is_empty() && !value.is_empty()) else {
            return Err("type what the rule proposes: FACET:VALUE, as in intent:refund".to_owned());
        };
        let given = |line| Some(self.typed(line).to_owned()).filter(|text| !text.is_empty());
        let before = self.was.as_ref().map(|rule| &rule.condition);
        let words = match before {
            // Words that were not touched may have commas in them.
            Some(before) if words(before) == self.typed(WORDS) => before.words.clone(),
            _ => self
                .typed(WORDS)
                .split(',')
                .map(str::trim)
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        };
        let condition =
            Condition { words, pattern: given(PATTERN), filter: given(FILTER), place: self.place };
        if condition.words.is_empty() && condition.pattern.is_none() && condition.filter.is_none() {
            return Err("type when it proposes that: words, a pattern or a filter".to_owned());
        }
        let rule = TagRule { name: name.to_owned(), tag: Tag::new(facet, value), condition };
        Ok(Verb::PutRule { was: self.was.as_ref().map(|was| was.name.clone()), rule: Box::new(rule) })
    }

    /// Draws it.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let heading = Row::from(vec![
            Span::styled(" A RULE", theme.heading),
            Span::styled("   all that is given here must hold", theme.faint),
        ]);
        paint::line(frame, area, 0, heading);
        for (at, ((name, about), line)) in LINES.iter().zip(&self.lines).enumerate() {
            let row = u16::try_from(FIRST + at).unwrap_or(u16::MAX);
            let is_here = self.at == at;
            let style = if is_here { theme.accent } else { theme.faint };
            let sign = if is_here { " ▸ " } else { "   " };
            paint::line(frame, area, row, Row::styled(format!("{sign}{}", pad(name, LABEL)), style));
            let Some(row) = paint::row(area, row) else { continue };
            let wide = u16::try_from(3 + LABEL + 2).unwrap_or(u16::MAX).min(row.width);
            let row = Rect { x: row.x + wide, width: row.width - wide, ..row };
            if is_here {
                line.view(frame, row, theme);
            } else if line.text().is_empty() {
                let about = truncate(about, usize::from(row.width).saturating_sub(1));
                paint::line(frame, row, 0, Row::styled(about, theme.faint));
            } else {
                paint::line(frame, row, 0, Row::from(paint::spans(line.text(), theme.text, theme)));
            }
        }
        for (at, place) in Place::ALL.iter().enumerate() {
            let is_here = self.at == at + LINES.len();
            let row = u16::try_from(FIRST + LINES.len() + 1 + at).unwrap_or(u16::MAX);
            let (sign, style) =
                if self.place == *place { ("● ", theme.accent) } else { ("○ ", theme.faint) };
            let (name, about) = match place {
                Place::Prompt => ("in the prompt", "what is asked; the system's turns are not looked at"),
                Place::Response => ("in a response", "in any of them"),
                Place::Both => ("in either", "in what is asked or in what is answered"),
            };
            let line = Row::from(vec![
                Span::styled(if is_here { " ▸ " } else { "   " }, theme.accent),
                Span::styled(sign, style),
                Span::styled(pad(name, LABEL + 4), if is_here { theme.accent } else { theme.text }),
                Span::styled(about, theme.faint),
            ]);
            paint::line(frame, area, row, line);
        }
        let row = u16::try_from(FIRST + LINES.len() + Place::ALL.len() + 2).unwrap_or(u16::MAX);
        let says = match LINES.get(self.at) {
            Some((_, about)) => *about,
            None => "space chooses where words and pattern are looked for",
        };
        let row = row.min(area.height);
        let below = Rect {
            x: area.x + 2.min(area.width),
            y: area.y + row,
            width: area.width.saturating_sub(2),
            height: area.height - row,
        };
        paint::sentence(frame, below, says, 2, theme.faint);
    }
}

fn words(condition: &Condition) -> String {
    condition.words.join(", ")
}
