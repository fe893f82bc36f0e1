//! The picture of the line in which one types what is looked for, and the matches in the text.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as Row, Span};

use super::super::super::rows::Stretch;
use super::super::Editor;
use super::super::view::{SELECTED, within};
use super::{Find, Part};
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::{truncate, width};
use crate::tui::line::Line;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// How a match is drawn.
const FOUND: Style = Style::new().add_modifier(Modifier::UNDERLINED);

impl Editor {
    /// The rows that the line at the bottom takes; 0 where it is closed.
    pub fn find_rows(&self) -> u16 {
        self.find.as_ref().map_or(0, |find| if find.replacement.is_some() { 2 } else { 1 })
    }

    /// Draws the line at the bottom; texts begin at the cell `left` of it.
    pub fn view_find(&mut self, frame: &mut Frame<'_>, area: Rect, left: u16, theme: &Theme) {
        let revision = self.buffer.revision();
        let Some(find) = &mut self.find else { return };
        let current = find.current.map(|(from, _)| from);
        if find.tally.is_none_or(|(of, at, _)| (of, at) != (revision, current)) {
            let tally = find.pattern.as_ref().map(|pattern| pattern.tally(self.buffer.text(), current));
            find.tally = tally.map(|tally| (revision, current, tally));
        }
        let says = find.says();
        let wide = u16::try_from(width(&says)).unwrap_or(u16::MAX).min(area.width / 2);
        let style = if find.is_amiss() { theme.look } else { theme.faint };
        let asks = find.asking.is_some();
        let rows = [
            ("FIND", Part::Sought, Some(&find.sought)),
            ("REPLACE BY", Part::Replacement, find.replacement.as_ref()),
        ];
        let rows = rows.into_iter().filter_map(|(word, part, line)| Some((word, part, line?)));
        for (y, (word, part, line)) in (area.top()..area.bottom()).zip(rows) {
            let is_typed = !asks && part == find.part;
            let heading = if is_typed { theme.accent } else { theme.heading };
            let room = left.saturating_sub(1);
            frame.buffer_mut().set_span(area.x + 1, y, &Span::styled(word, heading), room);
            let said = if part == Part::Sought { wide + 2 } else { 0 };
            let place =
                Rect { x: area.x + left, y, width: area.width.saturating_sub(left + said), height: 1 };
            if is_typed {
                line.view(frame, place, theme);
            } else {
                still(frame, place, line, theme);
            }
            if part == Part::Sought {
                let x = area.right().saturating_sub(wide + 1);
                frame.buffer_mut().set_stringn(x, y, &says, usize::from(wide), style);
            }
        }
    }

    /// The matches in a part of a line, that which one is at above the others.
    pub(in super::super) fn found(&self, line: usize, part: &Range<usize>, theme: &Theme) -> Vec<Stretch> {
        let Some(find) = &self.find else { return Vec::new() };
        let Some(pattern) = &find.pattern else { return Vec::new() };
        let style = FOUND.patch(theme.found);
        let text = self.buffer.text().line(line);
        let mut found: Vec<Stretch> =
            pattern.all_in(text, part.clone()).map(|range| Stretch { range, style }).collect();
        let current = find.current.and_then(|range| within(range, line, part));
        found.extend(current.map(|range| Stretch { range, style: SELECTED }));
        found
    }
}

impl Find {
    /// Whether there is something to look at.
    fn is_amiss(&self) -> bool {
        self.wrong.is_some() || self.pattern.is_some() && self.current.is_none()
    }

    /// What is said beside what is looked for.
    fn says(&self) -> String {
        if let Some(wrong) = &self.wrong {
            return harmless(wrong).into_owned();
        }
        let kind = if self.is_regex { " · regular expression" } else { "" };
        let Some((_, _, tally)) = self.tally else { return kind.trim_start_matches(" · ").to_owned() };
        let count = |number: usize| thousands(u64::try_from(number).unwrap_or(u64::MAX));
        let more = if tally.is_open { "+" } else { "" };
        let all = format!("{}{more}", count(tally.all));
        let found = match (tally.all, tally.at) {
            (0, _) if !tally.is_open => "not found".to_owned(),
            (_, 0) => format!("{all} found"),
            (_, at) => format!("{} of {all}", count(at)),
        };
        format!("{found}{kind}")
    }
}

/// A line in which one does not type now.
fn still(frame: &mut Frame<'_>, place: Rect, line: &Line, theme: &Theme) {
    if place.width > 0 {
        let text = truncate(line.text(), usize::from(place.width));
        frame.render_widget(Row::from(paint::spans(&text, theme.text, theme)), place);
    }
}
