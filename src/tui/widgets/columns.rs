//! Rows in one column or two beside each other, among which one goes from stop to stop: what can be set,
//! and what comes of it. Each column scrolls by itself; the last one by keys.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::text::count::plural;
use crate::text::harmless::harmless;
use crate::text::width::width;
use crate::text::wrap::wrap;
use crate::tui::commands::Command;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Laid, Look, draw};

/// From this width on, there are two columns.
const BESIDE: u16 = 120;
/// The widest first column, and the gap behind it.
const FIRST: u16 = 66;
const GAP: u16 = 3;
/// Cells before what is told.
pub const INDENT: u16 = 3;

/// A row.
#[derive(Debug)]
pub struct Row<S> {
    /// What it says.
    pub line: Line<'static>,
    /// Where one is when it is selected.
    pub stop: Option<S>,
    /// The part that it shows instead of one of the texts from the dataset: which text, which bytes.
    pub part: Option<(usize, Range<usize>)>,
}

impl<S> Default for Row<S> {
    fn default() -> Self {
        Self { line: Line::default(), stop: None, part: None }
    }
}

impl<S> Row<S> {
    /// A row of these.
    pub fn of(spans: Vec<Span<'static>>) -> Self {
        Self { line: Line::from(spans), ..Self::default() }
    }

    /// A row of one text.
    pub fn said(text: String, style: Style) -> Self {
        Self { line: Line::styled(text, style), ..Self::default() }
    }

    /// The name of what follows, and what is to be said of it.
    pub fn heading(name: &str, about: &str, theme: &Theme) -> Self {
        let about = if about.is_empty() { String::new() } else { format!("  {about}") };
        Self::of(vec![Span::styled(format!(" {name}"), theme.heading), Span::styled(about, theme.faint)])
    }

    /// The same row as a stop.
    #[must_use]
    pub fn at(self, stop: S) -> Self {
        Self { stop: Some(stop), ..self }
    }
}

/// A text over as many rows as it takes, each behind so many blanks.
pub fn told<S>(text: &str, indent: usize, cells: usize, style: Style) -> Vec<Row<S>> {
    let text = harmless(text).into_owned();
    let room = cells.saturating_sub(indent + 1).max(8);
    let rows = wrap(&text, room);
    rows.iter().map(|row| Row::said(format!("{}{}", " ".repeat(indent), row.text(&text)), style)).collect()
}

/// The rows of a text of the dataset's, which is the `nth` of those that are drawn from.
pub fn laid<S>(nth: usize, text: &mut Laid, cells: usize) -> Vec<Row<S>> {
    let rows = text.lay(cells.saturating_sub(usize::from(INDENT) + 1));
    rows.iter().map(|row| Row { part: Some((nth, row.shown())), ..Row::default() }).collect()
}

/// The places of the columns: two where there is room for them.
pub fn places(body: Rect) -> (Rect, Option<Rect>) {
    if body.width < BESIDE {
        return (body, None);
    }
    let wide = FIRST.min(body.width * 9 / 20);
    let second = Rect { x: body.x + wide + GAP, width: body.width - wide - GAP, ..body };
    (Rect { width: wide, ..body }, Some(second))
}

/// Where one is, and what of the columns is in sight.
#[derive(Debug)]
pub struct Sight<S> {
    columns: [Column; 2],
    /// How many columns there are, less one: the last one is scrolled.
    last: usize,
    /// Whether what is selected is to be brought into sight.
    follows: bool,
    /// Where one can be, as it was drawn last.
    stops: Vec<S>,
    /// Where stops were drawn: columns, row.
    drawn: Vec<(Range<u16>, u16, S)>,
}

impl<S> Default for Sight<S> {
    fn default() -> Self {
        Self {
            columns: [Column::default(); 2],
            last: 0,
            follows: false,
            stops: Vec::new(),
            drawn: Vec::new(),
        }
    }
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

impl<S: Copy + PartialEq> Sight<S> {
    /// What is selected comes into sight.
    pub fn follow(&mut self) {
        self.follows = true;
    }

    /// The beginning comes into sight.
    pub fn begin(&mut self) {
        self.columns.iter_mut().for_each(|column| column.top = 0);
        self.follows = false;
    }

    /// Scrolls the last column.
    fn scroll(&mut self, by: isize) {
        self.follows = false;
        if let Some(column) = self.columns.get_mut(self.last) {
            column.scroll(by);
        }
    }

    /// Scrolls by so many halves of what is in sight.
    fn page(&mut self, halves: isize) {
        let page = self.columns.get(self.last).map_or(1, |column| column.page);
        let half = isize::try_from(page / 2).unwrap_or(1).max(1);
        self.scroll(half.saturating_mul(halves));
    }

    /// Scrolls the column that the wheel was turned over.
    pub fn scroll_at(&mut self, x: u16, by: isize) {
        self.follows = false;
        let at = if self.last > 0 && x < FIRST { 0 } else { self.last };
        if let Some(column) = self.columns.get_mut(at) {
            column.scroll(by);
        }
    }

    /// Goes or scrolls as a command for moving says; `false` where it is none.
    pub fn moves(&mut self, command: Command, here: &mut S) -> bool {
        let next = match command {
            Command::MoveUp => self.step(*here, -1),
            Command::MoveDown => self.step(*here, 1),
            Command::MoveTop => self.stops.first().copied(),
            Command::MoveBottom => {
                *here = self.stops.last().copied().unwrap_or(*here);
                self.scroll(isize::MAX);
                None
            }
            _ => {
                match command {
                    Command::MoveLeft => self.scroll(-1),
                    Command::MoveRight => self.scroll(1),
                    Command::MovePageUp => self.page(-2),
                    Command::MovePageDown => self.page(2),
                    Command::MoveHalfPageUp => self.page(-1),
                    Command::MoveHalfPageDown => self.page(1),
                    _ => return false,
                }
                None
            }
        };
        if let Some(next) = next {
            *here = next;
            self.follow();
        }
        true
    }

    /// Where one can be, in their order.
    pub fn stops(&self) -> &[S] {
        &self.stops
    }

    /// The stop so many after `from`; where there is none, what is below comes into sight.
    fn step(&mut self, from: S, by: isize) -> Option<S> {
        let at = self.stops.iter().position(|stop| *stop == from).unwrap_or(0);
        let next = at.checked_add_signed(by).and_then(|next| self.stops.get(next)).copied();
        if next.is_none() {
            self.scroll(by);
        }
        next
    }

    /// What stands at a cell of the screen.
    pub fn stop_at(&self, x: u16, y: u16) -> Option<S> {
        let is_there = |(columns, row, _): &&(Range<u16>, u16, S)| columns.contains(&x) && *row == y;
        self.drawn.iter().find(is_there).map(|(.., stop)| *stop)
    }

    /// Draws the columns of a screen in that area, where one is at `here`. Parts are taken from `texts`.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        columns: &[(Rect, Vec<Row<S>>)],
        here: S,
        texts: &mut [&mut Laid],
        theme: &Theme,
    ) {
        self.stops = columns.iter().flat_map(|(_, rows)| rows.iter().filter_map(|row| row.stop)).collect();
        self.last = columns.len().saturating_sub(1);
        self.drawn.clear();
        for (at, (place, rows)) in columns.iter().enumerate() {
            self.scroll_to(at, place.height.into(), rows, here);
            let top = self.columns.get(at).map_or(0, |column| column.top);
            for (y, row) in (0..place.height).zip(rows.iter().skip(top)) {
                row.draw(frame, *place, y, texts, theme);
                let Some(stop) = row.stop else { continue };
                // The mouse counts from the corner of the screen's own area.
                let corner = (place.x - area.x, place.y - area.y);
                self.drawn.push((corner.0..corner.0 + place.width, corner.1 + y, stop));
                if stop == here {
                    let mark = Rect { width: 2.min(place.width), ..*place };
                    paint::line(frame, mark, y, Line::styled(" ▸", theme.accent));
                }
            }
            let below = rows.len().saturating_sub(top + usize::from(place.height));
            if below > 0 && place.height > 1 {
                let says = format!(" ↓ {} ", plural(below as u64, "row"));
                let room = u16::try_from(width(&says)).unwrap_or(place.width).min(place.width);
                let edge = Rect { x: place.right() - room, width: room, ..*place };
                paint::line(frame, edge, place.height - 1, Line::styled(says, theme.faint));
            }
        }
        self.follows = false;
    }

    /// Brings what is selected into sight, if it has moved, with what belongs to it below and with the
    /// heading above the first.
    fn scroll_to(&mut self, at: usize, page: usize, rows: &[Row<S>], here: S) {
        let Some(column) = self.columns.get_mut(at) else { return };
        (column.page, column.height) = (page, rows.len());
        let selected = rows.iter().position(|row| row.stop == Some(here));
        if let Some(selected) = selected.filter(|_| self.follows) {
            let before = rows.get(..selected).unwrap_or_default().iter().rev();
            let above = before.take_while(|row| row.stop.is_none()).take(2).count();
            let more = rows.iter().skip(selected + 1).take_while(|row| row.stop.is_none()).take(2).count();
            let lowest = (selected + more + 1).saturating_sub(page).min(selected);
            column.top = column.top.min(selected - above).max(lowest);
        }
        column.scroll(0);
    }
}

impl<S> Row<S> {
    fn draw(&self, frame: &mut Frame<'_>, place: Rect, y: u16, texts: &mut [&mut Laid], theme: &Theme) {
        let Some((nth, range)) = &self.part else {
            paint::line(frame, place, y, self.line.clone());
            return;
        };
        let Some(text) = texts.get_mut(*nth) else { return };
        let stretches = text.stretches(range, theme);
        let look = Look { base: theme.text, mark: theme.mark, stretches: &stretches };
        let corner = (place.x + INDENT, place.y + y);
        let cells = place.width.saturating_sub(INDENT);
        draw(frame.buffer_mut(), corner, cells, text.text(), range.clone(), look);
    }
}
