//! Rows some of which lead somewhere: drawn from one on, with a mark at the one that is selected, and how many are
//! below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::text::count::plural;
use crate::text::width::width;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// Draws rows, each with whether it leads somewhere, from the row `top` on; `selected` counts those that lead.
/// Answers where those are that lead: the row of the area, and which one it is.
pub fn rows(
    frame: &mut Frame<'_>,
    area: Rect,
    rows: Vec<(Line<'_>, bool)>,
    (top, selected): (usize, usize),
    theme: &Theme,
) -> Vec<(u16, usize)> {
    let below = rows.len().saturating_sub(top + usize::from(area.height));
    let mut lead = rows.iter().take(top).filter(|(_, leads)| *leads).count();
    let mut drawn = Vec::new();
    for (at, (line, leads)) in (0..area.height).zip(rows.into_iter().skip(top)) {
        paint::line(frame, area, at, line);
        if leads {
            drawn.push((at, lead));
            if lead == selected {
                let mark = Rect { width: 2.min(area.width), ..area };
                paint::line(frame, mark, at, Line::styled(" ▸", theme.accent));
            }
            lead += 1;
        }
    }
    if below > 0 && area.height > 1 {
        let says = format!(" ↓ {} ", plural(below as u64, "row"));
        let room = u16::try_from(width(&says)).unwrap_or(area.width).min(area.width);
        let corner = Rect { x: area.right() - room, width: room, ..area };
        paint::line(frame, corner, area.height - 1, Line::styled(says, theme.faint));
    }
    drawn
}
