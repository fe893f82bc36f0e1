//! A sheet: rows to scroll, of which some lead somewhere; and what writes them.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::example::Tag;
use crate::query::{Filter, Vocabulary, parse};
use crate::text::count::plural;
use crate::text::width::{pad, pad_left, truncate, whole_parts, width};
use crate::text::wrap::wrap;
use crate::tui::paint;
use crate::tui::theme::Theme;

/// Where a row leads.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Lead {
    /// The examples behind it; `None` where no filter finds them.
    pub filter: Option<Filter>,
    /// The tags that an example written there gets.
    pub tags: Vec<Tag>,
    /// The facet that it belongs to, by its place.
    pub facet: Option<usize>,
}

impl Lead {
    /// To what a filter finds.
    pub fn to(filter: Filter) -> Self {
        Self { filter: Some(filter), ..Self::default() }
    }

    /// To the examples of which a field of filters has that value, where the filter line knows such a field; a
    /// facet that is called so is another thing.
    pub fn to_field(field: &str, value: &str, vocabulary: &Vocabulary) -> Self {
        let is_facet = vocabulary.facets.iter().any(|facet| facet.name == field);
        let text = format!("{field}:{value} -status:discarded");
        let filter = if is_facet { None } else { parse(&text, vocabulary).ok() };
        Self { filter, ..Self::default() }
    }

    /// The value that it is one of, where it is of one.
    pub fn value(&self) -> Option<&Tag> {
        match self.tags.as_slice() {
            [value] => Some(value),
            _ => None,
        }
    }
}

/// A row.
#[derive(Debug, Clone)]
struct Row {
    line: Line<'static>,
    lead: Option<Lead>,
}

/// The rows of a page, which of them is selected, and what is in sight.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rows: Vec<Row>,
    /// The rows that lead somewhere.
    leads: Vec<usize>,
    /// Which of those is selected.
    at: usize,
    top: usize,
    /// How many rows are in sight.
    page: usize,
    /// The width that the rows were written for; `None` where they have to be written anew.
    written_for: Option<u16>,
    /// Columns and rows of the screen, and which row stands first there.
    drawn: Vec<(Range<u16>, Range<u16>, usize)>,
}

impl Sheet {
    /// What it was written of has changed.
    pub fn forget(&mut self) {
        self.written_for = None;
    }

    /// Whether it has to be written, for that width.
    pub fn is_for(&self, width: u16) -> bool {
        self.written_for == Some(width)
    }

    /// Takes rows that were written for a width; what one was at one is still at, by its tags.
    pub fn take(&mut self, writer: Writer<'_>) {
        let was = self.lead().map(|lead| lead.tags.clone()).filter(|tags| !tags.is_empty());
        self.written_for = Some(u16::try_from(writer.width).unwrap_or(u16::MAX));
        self.rows = writer.rows;
        let is_lead = |(at, row): (usize, &Row)| row.lead.is_some().then_some(at);
        self.leads = self.rows.iter().enumerate().filter_map(is_lead).collect();
        if let Some(tags) = was {
            let is_it = |at: &usize| {
                self.rows.get(*at).and_then(|row| row.lead.as_ref()).is_some_and(|lead| lead.tags == tags)
            };
            self.at = self.leads.iter().position(is_it).unwrap_or(self.at);
        }
        self.at = self.at.min(self.leads.len().saturating_sub(1));
    }

    /// What one is at.
    pub fn lead(&self) -> Option<&Lead> {
        self.rows.get(*self.leads.get(self.at)?)?.lead.as_ref()
    }

    /// Goes to the first row of a facet; answers whether there is one.
    pub fn go_to_facet(&mut self, facet: usize) -> bool {
        let of = |at: &usize| {
            self.rows.get(*at).and_then(|row| row.lead.as_ref()).is_some_and(|lead| lead.facet == Some(facet))
        };
        let found = self.leads.iter().position(of);
        if let Some(at) = found {
            self.at = at;
            // Its heading comes with it.
            let row = self.leads.get(at).copied().unwrap_or(0);
            let first =
                self.rows.iter().take(row).rposition(|row| row.line.spans.is_empty()).map_or(0, |at| at + 1);
            self.top = self.top.min(first).max((row + 1).saturating_sub(self.page.max(row + 1 - first)));
        }
        found.is_some()
    }

    /// How many rows are in sight.
    pub fn page(&self) -> isize {
        isize::try_from(self.page.max(1)).unwrap_or(isize::MAX)
    }

    /// Moves by so many rows that lead somewhere; where there is none, or no further one, it scrolls.
    pub fn step(&mut self, by: isize) {
        let last = self.leads.len().saturating_sub(1);
        if self.leads.is_empty() || (by < 0 && self.at == 0) || (by > 0 && self.at == last) {
            self.scroll(by);
            return;
        }
        self.at = self.at.saturating_add_signed(by).min(last);
        if let Some(&row) = self.leads.get(self.at) {
            // the heading above the first one comes with it
            let first = if self.at == 0 { 0 } else { row };
            self.top = self.top.min(first).max((row + 1).saturating_sub(self.page));
        }
    }

    fn scroll(&mut self, by: isize) {
        self.top = self.top.saturating_add_signed(by).min(self.rows.len().saturating_sub(self.page));
    }

    /// Selects what stands in a cell of the screen; answers whether it was selected already.
    pub fn click(&mut self, x: u16, y: u16) -> bool {
        let is_there =
            |(columns, rows, _): &&(Range<u16>, Range<u16>, usize)| columns.contains(&x) && rows.contains(&y);
        let Some((_, rows, first)) = self.drawn.iter().find(is_there) else { return false };
        let row = first + usize::from(y - rows.start);
        match self.leads.iter().position(|at| *at == row) {
            Some(at) => std::mem::replace(&mut self.at, at) == at,
            None => false,
        }
    }

    /// Draws what is in sight, in as many columns of the width that it was written for as there is room for, and how
    /// much there is below it; `screen` is the first row of the screen's own area.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, screen: u16, theme: &Theme) {
        let wide = self.written_for.unwrap_or(area.width).clamp(1, area.width.max(1));
        let columns = usize::from(area.width.saturating_add(BETWEEN) / wide.saturating_add(BETWEEN)).max(1);
        let fits = end_of(&self.parts(0, area.height.into(), columns)) == self.rows.len();
        // the last row is left for what is said of those below
        let height = if fits { area.height } else { area.height.saturating_sub(1) };
        if fits {
            self.top = 0;
        }
        let mut parts = self.parts(self.top, height.into(), columns);
        if let Some(&row) = self.leads.get(self.at) {
            // after a change of size what is selected is in sight
            while row >= end_of(&parts) && height > 0 {
                self.top += row + 1 - end_of(&parts);
                parts = self.parts(self.top, height.into(), columns);
            }
        }
        // no row is left blank below the last one as long as one is hidden above the first
        while self.top > 0 && end_of(&self.parts(self.top - 1, height.into(), columns)) == self.rows.len() {
            self.top -= 1;
            parts = self.parts(self.top, height.into(), columns);
        }
        self.page = end_of(&parts).saturating_sub(self.top);
        self.drawn.clear();
        let y = area.y.saturating_sub(screen);
        for (column, rows) in (0..).zip(&parts) {
            let x = area.x.saturating_add(wide.saturating_add(BETWEEN).saturating_mul(column));
            let part = Rect { x, width: wide.min(area.right().saturating_sub(x)), ..area };
            let height = u16::try_from(rows.len()).unwrap_or(height);
            self.draw_rows(frame, Rect { height, ..part }, rows.start, theme);
            self.drawn.push((part.x..part.right(), y..y + height, rows.start));
        }
        let below = self.rows.len().saturating_sub(end_of(&parts));
        if below > 0 {
            let says = format!("{}↓ {}", " ".repeat(INDENT), plural(below as u64, "row"));
            paint::line(frame, area, height, Line::styled(says, theme.faint));
        }
    }

    /// The rows of each column, from that row on; one ends where a group does, if that is not far above its end.
    fn parts(&self, top: usize, height: usize, columns: usize) -> Vec<Range<usize>> {
        let mut parts = Vec::with_capacity(columns);
        let mut start = top.min(self.rows.len());
        for column in 1..=columns {
            let end = (start + height).min(self.rows.len());
            let is_blank = |row: &usize| self.rows.get(*row).is_some_and(|row| row.line.spans.is_empty());
            let is_last = column == columns || end == self.rows.len();
            let group = (start + height / 2..=end).rev().find(is_blank).filter(|_| !is_last);
            parts.push(start..group.unwrap_or(end));
            // the blank row between two groups is between two columns then
            start = group.map_or(end, |blank| blank + 1);
        }
        parts
    }

    /// Draws rows from that one on, as many as the area has.
    fn draw_rows(&self, frame: &mut Frame<'_>, area: Rect, first: usize, theme: &Theme) {
        let selected = self.leads.get(self.at).copied();
        for (at, (place, row)) in (0..area.height).zip(self.rows.iter().enumerate().skip(first)) {
            paint::line(frame, area, at, row.line.clone());
            if selected == Some(place) {
                let mark = Rect { width: 2.min(area.width), ..area };
                paint::line(frame, mark, at, Line::styled(" ▸", theme.accent));
            }
        }
    }
}

/// The row behind the last one.
fn end_of(parts: &[Range<usize>]) -> usize {
    parts.last().map_or(0, |part| part.end)
}

/// Writes the rows of a sheet.
pub(super) struct Writer<'a> {
    rows: Vec<Row>,
    pub theme: &'a Theme,
    /// The cells of the screen.
    pub width: usize,
}

/// Blank cells between two columns.
const BETWEEN: u16 = 4;

/// The width of a column where a sheet has two.
pub(super) fn half(width: u16) -> u16 {
    width.saturating_sub(BETWEEN) / 2
}

/// Cells before the names of rows that lead somewhere: the mark of the one that is selected.
const INDENT: usize = 3;

impl<'a> Writer<'a> {
    pub fn new(width: u16, theme: &'a Theme) -> Self {
        Self { rows: Vec::new(), theme, width: width.into() }
    }

    pub fn blank(&mut self) {
        if !self.rows.is_empty() {
            self.spans(Vec::new());
        }
    }

    pub fn spans(&mut self, spans: Vec<Span<'static>>) {
        self.rows.push(Row { line: Line::from(spans), lead: None });
    }

    /// A row that leads somewhere; the first cells are left for the mark.
    pub fn lead(&mut self, spans: Vec<Span<'static>>, lead: Lead) {
        let mut all = vec![Span::raw(" ".repeat(INDENT))];
        all.extend(spans);
        self.rows.push(Row { line: Line::from(all), lead: Some(lead) });
    }

    /// A heading, and what is said beside it as far as there is room.
    pub fn heading(&mut self, name: &str, rest: &str) {
        let room = self.width.saturating_sub(width(name) + 4);
        let theme = self.theme;
        let whole = whole_parts(rest, room);
        let rest = if whole.is_empty() { truncate(rest, room).into_owned() } else { whole };
        self.spans(vec![Span::styled(format!(" {name}  "), theme.heading), Span::styled(rest, theme.faint)]);
    }

    /// A sentence, over as many rows as it takes.
    pub fn sentence(&mut self, said: &str, style: Style) {
        for row in wrap(said, self.width.saturating_sub(INDENT + 1)) {
            let text = format!("{}{}", " ".repeat(INDENT), row.text(said));
            self.spans(vec![Span::styled(text, style)]);
        }
    }
}

/// Text at the left, cut to its cells.
pub(super) fn left(text: &str, cells: usize, style: Style) -> Span<'static> {
    Span::styled(pad(&truncate(text, cells), cells), style)
}

/// A number at the right end of its cells.
pub(super) fn right(text: &str, cells: usize, style: Style) -> Span<'static> {
    Span::styled(pad_left(text, cells), style)
}

/// A part of a bar: how much, with what it is filled, and how that is drawn.
pub(super) struct Stack {
    pub n: u64,
    pub fill: &'static str,
    pub style: Style,
}

/// A bar of parts, so many cells for `all`; what is there at all can be seen, as far as there is room.
pub(super) fn stacked(parts: &[Stack], all: u64, cells: usize, room: usize) -> Vec<Span<'static>> {
    let cells_of = |n: u64| {
        if all == 0 {
            return 0;
        }
        let wide = u128::from(n) * cells as u128;
        usize::try_from((wide + u128::from(all) / 2) / u128::from(all)).unwrap_or(cells)
    };
    let (mut spans, mut used, mut sum) = (Vec::new(), 0, 0);
    for part in parts.iter().filter(|part| part.n > 0) {
        sum += part.n;
        // the ends are rounded and not the lengths, so that the whole is as long as it should be
        let end = cells_of(sum).max(used + 1).min(cells);
        spans.push(Span::styled(part.fill.repeat(end.saturating_sub(used)), part.style));
        used = end.max(used);
    }
    spans.push(Span::raw(" ".repeat(room.saturating_sub(used))));
    spans
}

/// A share of counts.
pub(super) fn share_of(n: u64, all: u64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
    if all == 0 { 0.0 } else { n as f64 / all as f64 }
}
