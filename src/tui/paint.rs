//! Small helps for drawing: text of the dataset as spans, rows of left and right parts.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::theme::Theme;
use crate::text::harmless::visible;
use crate::text::width::{pad, truncate, width};
use crate::text::wrap::wrap;

/// The heights of a cell.
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Text of the dataset as it can be drawn; what stands for a character has a style of its own.
pub fn spans<'a>(text: &'a str, style: Style, theme: &Theme) -> Vec<Span<'a>> {
    let style_of = |is_mark| if is_mark { theme.mark } else { style };
    visible(text).map(|run| Span::styled(run.text, style_of(run.is_mark))).collect()
}

/// One row of `area`, `at` rows below its top; nothing where it has no such row.
pub fn row(area: Rect, at: u16) -> Option<Rect> {
    (at < area.height).then(|| Rect { y: area.y + at, height: 1, ..area })
}

/// Draws a line into a row of `area`, where it has that row.
pub fn line<'a>(frame: &mut Frame<'_>, area: Rect, at: u16, line: impl Into<Line<'a>>) {
    if let Some(row) = row(area, at) {
        frame.render_widget(line.into(), row);
    }
}

/// Draws a sentence from the first row on, in at most so many; returns what is left below it and a blank row.
pub fn sentence(frame: &mut Frame<'_>, area: Rect, said: &str, most: u16, style: Style) -> Rect {
    let cells = usize::from(area.width.saturating_sub(2));
    let most = usize::from(most.max(1));
    let rows = wrap(said, cells);
    let shown = rows.len().min(most);
    for (at, row) in (0..area.height).zip(rows.iter().take(shown)) {
        let is_cut = usize::from(at) + 1 == shown && rows.len() > shown;
        let end = if is_cut { said.len() } else { row.shown_end };
        let text = said.get(row.start..end).unwrap_or_default();
        self::line(frame, area, at, Line::styled(format!(" {}", truncate(text, cells)), style));
    }
    let blank = u16::from(area.height > 12);
    let taken = u16::try_from(shown).unwrap_or(area.height).saturating_add(blank).min(area.height);
    Rect { y: area.y + taken, height: area.height - taken, ..area }
}

/// One part at the left and one at the right end of a row; the left one is cut where both don't fit.
pub fn two_ends<'a>(left: &str, left_style: Style, right: Vec<Span<'a>>, cells: usize) -> Line<'a> {
    let right_width: usize = right.iter().map(|span| width(&span.content)).sum();
    let room = cells.saturating_sub(right_width);
    let mut spans = vec![Span::styled(pad(left, room), left_style)];
    spans.extend(right);
    Line::from(spans)
}

/// A bar of `cells` cells, filled to that share (0 to 1), in halves of a cell: a line and no block,
/// so that many below each other stay lighter than the text beside them.
pub fn bar(share: f64, cells: usize) -> String {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    // A screen has some hundred cells, and the share is between 0 and 1.
    let mut filled = (share * (cells * 2) as f64).round() as usize;
    // What is there at all can be seen.
    if share > 0.0 {
        filled = filled.max(1);
    }
    let half = if filled.is_multiple_of(2) { "" } else { "╸" };
    pad(&format!("{}{half}", "━".repeat(filled / 2)), cells)
}

/// Small columns, one for each number, in proportion to the largest.
pub fn columns(numbers: &[u64]) -> String {
    let largest = numbers.iter().copied().max().unwrap_or(0);
    let level = |&number: &u64| {
        // The least of it is seen: a day with work stands out from one without.
        let at = (u128::from(number) * 7).div_ceil(u128::from(largest.max(1)));
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(LEVELS.len() - 1);
        LEVELS.get(at).copied().unwrap_or(' ')
    };
    numbers.iter().map(level).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_with_the_share_and_show_the_smallest() {
        assert_eq!(bar(0.0, 4), "    ");
        assert_eq!(bar(0.5, 4), "━━  ");
        assert_eq!(bar(1.0, 4), "━━━━");
        assert_eq!(bar(7.0, 4), "━━━━");
        assert_eq!(bar(0.001, 4), "╸   ");
        assert_eq!(bar(f64::NAN, 2), "  ");
    }

    #[test]
    fn columns_are_in_proportion() {
        assert_eq!(columns(&[0, 1, 8, 4]), "▁▂█▅");
        assert_eq!(columns(&[]), "");
        assert_eq!(columns(&[0, 0]), "▁▁");
    }
}
