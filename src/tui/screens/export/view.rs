//! The picture: the verdict on top, below it the settings and what comes of them, beside each other where
//! there is room.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::Export;
use super::lines::{self, Row};
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::places;

pub(super) fn view(screen: &mut Export, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let (sign, says, style) = lines::verdict(screen, theme);
    let room = usize::from(area.width).saturating_sub(4);
    let says = crate::text::width::truncate(&says, room).into_owned();
    paint::line(frame, area, 0, Line::styled(format!(" {sign} {says}"), style));
    let below = 2.min(area.height);
    let body = Rect { y: area.y + below, height: area.height - below, ..area };
    let columns: Vec<(Rect, Vec<Row>)> = match places(body) {
        (left, Some(right)) => {
            let wide = usize::from(left.width);
            let mut settings = lines::settings(screen, wide, true, theme);
            settings.extend(lines::recent(screen, wide, theme));
            let cells = usize::from(right.width);
            let mut judged = lines::written(screen, cells, theme);
            judged.extend(lines::judged(screen, cells, theme));
            judged.extend(lines::preview(screen, cells, theme));
            vec![(left, settings), (right, judged)]
        }
        (body, None) => {
            let cells = usize::from(body.width);
            let mut all = lines::written(screen, cells, theme);
            all.extend(lines::settings(screen, cells, false, theme));
            all.push(Row::default());
            all.extend(lines::judged(screen, cells, theme));
            all.extend(lines::recent(screen, cells, theme));
            all.extend(lines::preview(screen, cells, theme));
            vec![(body, all)]
        }
    };
    screen.sight.draw(frame, area, &columns, screen.at, &mut [screen.preview.shown()], theme);
}
