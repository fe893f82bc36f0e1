//! The picture: the verdict on top, below it the settings and what comes of them, beside each other where
//! there is room.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::lines::{self, Row};
use super::{Export, Stop};
use crate::text::count::plural;
use crate::text::width::width;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Look, draw};

/// From this width on, what comes of the settings stands beside them.
const BESIDE: u16 = 120;
/// The widest column of settings, and the gap behind it.
const SETTINGS: u16 = 66;
const GAP: u16 = 3;

/// What of the columns is in sight.
#[derive(Debug, Default)]
pub(super) struct Sight {
    columns: [Column; 2],
    /// How many columns there are, less one: the last one is scrolled.
    last: usize,
    /// Whether what is selected is to be brought into sight.
    follows: bool,
    /// Where stops were drawn: columns, row.
    drawn: Vec<(Range<u16>, u16, Stop)>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Column {
    top: usize,
    page: usize,
    height: usize,
}

impl Column {
    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.height.saturating_sub(self.page));
    }
}

impl Sight {
    /// What is selected comes into sight.
    pub fn follow(&mut self) {
        self.follows = true;
    }

    /// The beginning comes into sight.
    pub fn begin(&mut self) {
        self.columns.iter_mut().for_each(|column| column.top = 0);
        self.follows = false;
    }

    /// Scrolls what comes of the settings.
    pub fn scroll(&mut self, by: isize) {
        self.follows = false;
        if let Some(column) = self.columns.get_mut(self.last) {
            column.scroll(by);
        }
    }

    /// Scrolls by so many halves of what is in sight.
    pub fn page(&mut self, halves: isize) {
        let page = self.columns.get(self.last).map_or(1, |column| column.page);
        let half = isize::try_from(page / 2).unwrap_or(1).max(1);
        self.scroll(half.saturating_mul(halves));
    }

    /// Scrolls the column that the wheel was turned over.
    pub fn scroll_at(&mut self, x: u16, by: isize) {
        self.follows = false;
        let at = if self.last > 0 && x < SETTINGS { 0 } else { self.last };
        if let Some(column) = self.columns.get_mut(at) {
            column.scroll(by);
        }
    }

    /// What stands at a cell.
    pub fn stop_at(&self, x: u16, y: u16) -> Option<Stop> {
        let is_there = |(columns, row, _): &&(Range<u16>, u16, Stop)| columns.contains(&x) && *row == y;
        self.drawn.iter().find(is_there).map(|(.., stop)| *stop)
    }
}

pub(super) fn view(screen: &mut Export, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let (sign, says, style) = lines::verdict(screen, theme);
    let room = usize::from(area.width).saturating_sub(4);
    let says = crate::text::width::truncate(&says, room).into_owned();
    paint::line(frame, area, 0, Line::styled(format!(" {sign} {says}"), style));
    let below = 2.min(area.height);
    let body = Rect { y: area.y + below, height: area.height - below, ..area };
    let columns: Vec<(Rect, Vec<Row>)> = if area.width >= BESIDE {
        let wide = SETTINGS.min(body.width * 9 / 20);
        let left = Rect { width: wide, ..body };
        let right = Rect { x: body.x + wide + GAP, width: body.width - wide - GAP, ..body };
        let mut settings = lines::settings(screen, wide.into(), true, theme);
        settings.extend(lines::recent(screen, wide.into(), theme));
        let cells = usize::from(right.width);
        let mut judged = lines::written(screen, cells, theme);
        judged.extend(lines::judged(screen, cells, theme));
        judged.extend(lines::preview(screen, cells, theme));
        vec![(left, settings), (right, judged)]
    } else {
        let cells = usize::from(body.width);
        let mut all = lines::written(screen, cells, theme);
        all.extend(lines::settings(screen, cells, false, theme));
        all.push(Row::default());
        all.extend(lines::judged(screen, cells, theme));
        all.extend(lines::recent(screen, cells, theme));
        all.extend(lines::preview(screen, cells, theme));
        vec![(body, all)]
    };
    screen.stops = columns.iter().flat_map(|(_, rows)| rows.iter().filter_map(|row| row.stop)).collect();
    screen.sight.last = columns.len() - 1;
    screen.sight.drawn.clear();
    for (at, (column, rows)) in columns.into_iter().enumerate() {
        // The mouse counts from the corner of the screen's own area.
        let corner = (column.x - area.x, column.y - area.y);
        one(screen, frame, column, at, corner, &rows, theme);
    }
    screen.sight.follows = false;
}

fn one(
    screen: &mut Export,
    frame: &mut Frame<'_>,
    area: Rect,
    at: usize,
    corner: (u16, u16),
    rows: &[Row],
    theme: &Theme,
) {
    let selected = rows.iter().position(|row| row.stop == Some(screen.at));
    let Some(column) = screen.sight.columns.get_mut(at) else { return };
    (column.page, column.height) = (area.height.into(), rows.len());
    if screen.sight.follows
        && let Some(selected) = selected
    {
        // with what belongs to it below, and the heading above the first
        let before = rows.get(..selected).unwrap_or_default().iter().rev();
        let above = before.take_while(|row| row.stop.is_none()).take(2).count();
        let more = rows.iter().skip(selected + 1).take_while(|row| row.stop.is_none()).take(2).count();
        let last = selected + more;
        let lowest = (last + 1).saturating_sub(column.page).min(selected);
        column.top = column.top.min(selected - above).max(lowest);
    }
    column.scroll(0);
    let top = column.top;
    let left = column.height.saturating_sub(top + column.page);
    let part = screen.preview.shown();
    for (y, row) in (0..area.height).zip(rows.iter().skip(top)) {
        if let Some(range) = &row.part {
            let stretches = part.stretches(range, theme);
            let look = Look { base: theme.text, mark: theme.mark, stretches: &stretches };
            let place = (area.x + lines::INDENT, area.y + y);
            let cells = area.width.saturating_sub(lines::INDENT);
            draw(frame.buffer_mut(), place, cells, part.text(), range.clone(), look);
            continue;
        }
        paint::line(frame, area, y, row.line.clone());
        if let Some(stop) = row.stop {
            screen.sight.drawn.push((corner.0..corner.0 + area.width, corner.1 + y, stop));
            if screen.at == stop {
                let mark = Rect { width: 2.min(area.width), ..area };
                paint::line(frame, mark, y, Line::styled(" ▸", theme.accent));
            }
        }
    }
    if left > 0 && area.height > 1 {
        let says = format!(" ↓ {} ", plural(left as u64, "row"));
        let room = u16::try_from(width(&says)).unwrap_or(area.width).min(area.width);
        let edge = Rect { x: area.right() - room, width: room, ..area };
        paint::line(frame, edge, area.height - 1, Line::styled(says, theme.faint));
    }
}
