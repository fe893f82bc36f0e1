//! The picture: the verdict on top, below it the settings and fields and what comes of them, beside each
//! other where there is room.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Import;
use super::lines::{self, Row};
use crate::text::width::truncate;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::places;

pub(super) fn view(screen: &mut Import, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let (sign, says, style) = lines::verdict(screen, theme);
    let room = usize::from(area.width).saturating_sub(4);
    paint::line(frame, area, 0, Line::styled(format!(" {sign} {}", truncate(&says, room)), style));
    let below = 2.min(area.height);
    let body = Rect { y: area.y + below, height: area.height - below, ..area };
    let columns: Vec<(Rect, Vec<Row>)> = match places(body) {
        (left, Some(right)) => {
            let wide = usize::from(left.width);
            let mut chosen = lines::settings(screen, wide, theme);
            chosen.extend(lines::fields(screen, wide, theme));
            let cells = usize::from(right.width);
            let mut shown = lines::ended(screen, cells, theme);
            shown.extend(lines::becomes(screen, cells, theme));
            shown.extend(lines::record(screen, cells, theme));
            vec![(left, chosen), (right, shown)]
        }
        (body, None) => {
            let cells = usize::from(body.width);
            let mut all = lines::ended(screen, cells, theme);
            all.extend(lines::settings(screen, cells, theme));
            all.extend(lines::fields(screen, cells, theme));
            all.extend(lines::becomes(screen, cells, theme));
            all.extend(lines::record(screen, cells, theme));
            vec![(body, all)]
        }
    };
    let Import { sight, page, record, at, .. } = screen;
    sight.draw(frame, area, &columns, *at, &mut [page, record], theme);
}
