//! The picture of the questions.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Row, Span};

use super::Parting;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::{pad, pad_left, truncate};
use crate::tui::effect::Shared;
use crate::tui::line::Line;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::values;

/// Cells of a count, and of the mark before a row.
const COUNT: u16 = 9;
const MARK: u16 = 3;
/// The widest column of what is typed.
const TYPED: u16 = 56;
/// Rows above those that are typed in, and below them.
const ABOVE: u16 = 3;
const BELOW: u16 = 4;

/// The columns: what says which, and the values.
#[derive(Debug, Clone, Copy)]
struct Columns {
    which: u16,
    value: u16,
}

impl Columns {
    fn of(area: Rect) -> Self {
        let room = area.width.saturating_sub(MARK + COUNT + 4);
        let which = (room / 2).min(TYPED);
        Self { which, value: (room - which).min(TYPED) }
    }

    /// Where the values begin.
    fn value_at(self) -> u16 {
        MARK + self.which + 2
    }

    /// Where the counts begin.
    fn count_at(self) -> u16 {
        self.value_at() + self.value
    }
}

impl Parting {
    /// Draws the questions.
    pub fn view(&mut self, frame: &mut Frame<'_>, area: Rect, shared: &Shared, theme: &Theme) {
        self.drawn.clear();
        let name = format!("{}:{}", self.value.facet, self.value.value);
        let all: u64 = self.counts.iter().sum();
        let told = match (self.counts.is_empty(), self.wrong(shared).is_some()) {
            (true, true) => String::new(),
            (true, false) => "   counting …".to_owned(),
            (false, _) if all == 1 => "   1 example carries it".to_owned(),
            (false, _) => format!("   {} examples carry it", thousands(all)),
        };
        let heading = vec![
            Span::styled(format!(" PART {}", harmless(&name)), theme.heading),
            Span::styled(told, theme.faint),
        ];
        paint::line(frame, area, 0, Row::from(heading));
        let columns = Columns::of(area);
        let [which, value] = [columns.which + 2, columns.value].map(usize::from);
        let head = format!(
            "   {}{}{}",
            pad("those that match", which),
            pad("become", value),
            pad_left("examples", COUNT.into())
        );
        paint::line(frame, area, 2, Row::styled(head, theme.faint));
        let room = usize::from(area.height.saturating_sub(ABOVE + BELOW + 1)).max(1);
        let here = (self.at / 2).min(self.rows.len().saturating_sub(1));
        let first = (here + 1).saturating_sub(room);
        let mut y = ABOVE;
        for at in (first..self.rows.len()).take(room) {
            self.draw_row(frame, area, (y, at), columns, theme);
            y += 1;
        }
        self.draw_rest(frame, area, y, columns, theme);
        let (says, style) = match self.wrong(shared) {
            Some(wrong) => (wrong, theme.look),
            None => (self.about(shared), theme.faint),
        };
        let area =
            Rect { y: area.y + (y + 2).min(area.height), height: area.height.saturating_sub(y + 2), ..area };
        let area = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
        paint::sentence(frame, area, &harmless(&says), 3, style);
    }

    fn draw_row(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        (y, at): (u16, usize),
        columns: Columns,
        theme: &Theme,
    ) {
        let is_here = self.at / 2 == at;
        if is_here {
            paint::line(frame, field(area, 0, MARK), y, Row::styled(" ▸ ", theme.accent));
        }
        let count = self.count_of(at);
        let Some(row) = self.rows.get(at) else { return };
        let lines = [
            (2 * at, &row.which, MARK, columns.which),
            (2 * at + 1, &row.value, columns.value_at(), columns.value),
        ];
        for (line_at, line, x, wide) in lines {
            let field = field(area, x, wide);
            self.drawn.push((field.x - area.x..field.right() - area.x, y, line_at));
            let is_empty = row.which.text().trim().is_empty();
            let style = if is_empty { theme.faint } else { theme.text };
            draw_line(frame, field, y, line, (line_at == self.at, style), theme);
        }
        if let Some(count) = count {
            let style = if count == 0 { theme.look } else { theme.text };
            draw_count(frame, area, y, count, columns, style);
        }
    }

    fn draw_rest(&mut self, frame: &mut Frame<'_>, area: Rect, y: u16, columns: Columns, theme: &Theme) {
        let is_here = self.at == self.last();
        if is_here {
            paint::line(frame, field(area, 0, MARK), y, Row::styled(" ▸ ", theme.accent));
        }
        let label = field(area, MARK, columns.which);
        paint::line(frame, label, y, Row::styled("all others", theme.faint));
        let value = field(area, columns.value_at(), columns.value);
        self.drawn.push((value.x - area.x..value.right() - area.x, y, self.last()));
        let style = if self.rest().is_some() { theme.text } else { theme.faint };
        draw_line(frame, value, y, &self.rest, (is_here, style), theme);
        if let Some(count) = self.counts.last() {
            draw_count(frame, area, y, *count, columns, theme.faint);
        }
    }

    /// What is wrong with a filter.
    fn wrong(&self, shared: &Shared) -> Option<String> {
        self.filters(&shared.vocabulary).err().map(|(_, error)| error.to_string())
    }

    /// What the line that one is at is for.
    fn about(&self, shared: &Shared) -> String {
        let value = &self.value.value;
        let Some(row) = self.rows.get(self.at / 2) else {
            let target = values::target_of(shared, &self.value);
            return match (self.rest(), target) {
                (None, None) => {
                    format!("They stay {value}. Another name here, and there is no {value} any more.")
                }
                (None, Some(target)) => format!(
                    "They stay {value}, and its target stays {target}. Another name here, and there is no {value} any \
                     more."
                ),
                (Some(rest), _) => {
                    format!(
                        "They become {rest}, and there is no {value} any more: what was wanted of it goes along."
                    )
                }
            };
        };
        if self.at.is_multiple_of(2) {
            return "Words, \"exact words\", or a filter as on the list: status:draft, tokens:>200. An example goes with \
                    the first line that matches it. Enter parts the value, as one change that undo takes back."
                .to_owned();
        }
        let name = row.value.text().trim();
        let count = shared.counts.value(&self.value.facet, name);
        match count {
            Some(count) => {
                format!("{name} is there: these come to the {} that carry it.", thousands(count.all()))
            }
            None => format!(
                "A new value; one that begins with {value}/ stands below {value}. Enter parts the value, as one change \
                 that undo takes back."
            ),
        }
    }
}

/// So many cells of an area.
fn field(area: Rect, x: u16, wide: u16) -> Rect {
    let x = x.min(area.width);
    Rect { x: area.x + x, width: wide.min(area.width - x), ..area }
}

fn draw_line(
    frame: &mut Frame<'_>,
    field: Rect,
    y: u16,
    line: &Line,
    (is_here, style): (bool, ratatui::style::Style),
    theme: &Theme,
) {
    let Some(row) = paint::row(field, y) else { return };
    if is_here {
        line.view(frame, row, theme);
    } else if line.text().is_empty() {
        paint::line(frame, row, 0, Row::styled("…", theme.faint));
    } else {
        let shown = truncate(line.text(), row.width.into());
        paint::line(frame, row, 0, Row::from(paint::spans(&shown, style, theme)));
    }
}

fn draw_count(
    frame: &mut Frame<'_>,
    area: Rect,
    y: u16,
    count: u64,
    columns: Columns,
    style: ratatui::style::Style,
) {
    let told = pad_left(&thousands(count), COUNT.into());
    paint::line(frame, field(area, columns.count_at(), COUNT), y, Row::styled(told, style));
}
