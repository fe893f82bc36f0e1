//! The responses as they are drawn: laid out once for a width, scrolled together or alone, with the
//! words marked in which they differ from the one that is looked at.

use std::ops::Range;
use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::shown::Focus;
use crate::text::width::first_line;
use crate::text::wrap::Row;
use crate::tui::theme::Theme;
use crate::tui::widgets::rows::{Laid, Look, Stretch, draw, layered};
use crate::tui::widgets::words::{Difference, difference};

/// How long all comparisons for one picture may take together.
const COMPARING: Duration = Duration::from_millis(6);

#[derive(Debug, Default)]
struct Pane {
    text: Laid,
    /// The first row that is seen, and how many were seen last.
    top: usize,
    height: usize,
    /// How it differs from each of the others; empty where that was never asked for.
    against: Vec<Option<Against>>,
}

/// How a response differs from another one.
#[derive(Debug)]
enum Against {
    /// In these words.
    Words(Vec<Stretch>),
    /// In most words: none is marked.
    Throughout,
}

/// All responses.
#[derive(Debug, Default)]
pub struct Panes {
    all: Vec<Pane>,
    /// What stood where in the last picture.
    places: Vec<(Rect, Focus)>,
    /// The response that the others are compared with in this picture.
    with: Option<usize>,
}

impl Panes {
    /// Takes the texts, in their order on the screen.
    pub fn set(&mut self, texts: Vec<String>) {
        let is_same = self.all.len() == texts.len()
            && self.all.iter().zip(&texts).all(|(pane, text)| pane.text.text() == text);
        if is_same {
            return;
        }
        self.all.resize_with(texts.len(), Pane::default);
        for (pane, text) in self.all.iter_mut().zip(texts) {
            pane.against.clear();
            if pane.text.text() != text {
                *pane = Pane { text: Laid::new(text), ..Pane::default() };
            }
        }
    }

    /// How many rows the tallest pane showed.
    pub fn height(&self) -> usize {
        self.all.iter().map(|pane| pane.height).max().unwrap_or(0)
    }

    /// What stands at a cell.
    pub fn at(&self, x: u16, y: u16) -> Option<Focus> {
        self.places.iter().find(|(area, _)| area.contains((x, y).into())).map(|&(_, focus)| focus)
    }

    /// Scrolls one, or all together.
    pub fn scroll(&mut self, which: Option<usize>, lines: isize) {
        for (at, pane) in self.all.iter_mut().enumerate() {
            if which.is_none_or(|which| which == at) {
                pane.top = pane.top.saturating_add_signed(lines).min(pane.last_top());
            }
        }
    }

    /// Begins a picture: forgets where things stood.
    pub fn begin(&mut self) {
        self.places.clear();
        for pane in &mut self.all {
            pane.height = 0;
        }
    }

    /// Remembers where something stands.
    pub fn place(&mut self, area: Rect, focus: Focus) {
        self.places.push((area, focus));
    }

    /// Marks the words in which the others differ from the response `with`; `None` marks none. Each
    /// two are compared once.
    pub fn compare(&mut self, with: Option<usize>, theme: &Theme) {
        self.with = with;
        let Some((with, base)) = with.and_then(|with| Some((with, self.all.get(with)?))) else { return };
        let n = self.all.len();
        let is_known =
            |(at, pane): (usize, &Pane)| at == with || pane.against.get(with).is_some_and(Option::is_some);
        if self.all.iter().enumerate().all(is_known) {
            return;
        }
        let base = base.text.text().to_owned();
        let others = u32::try_from(n - 1).unwrap_or(u32::MAX).max(1);
        for (_, pane) in self.all.iter_mut().enumerate().filter(|(at, _)| *at != with) {
            pane.against.resize_with(n, || None);
            if let Some(known @ None) = pane.against.get_mut(with) {
                *known = Some(match difference(&base, pane.text.text(), COMPARING / others) {
                    Some(Difference::Parts(parts)) => {
                        let marked = parts.into_iter().map(|range| Stretch { range, style: theme.found });
                        Against::Words(marked.collect())
                    }
                    Some(Difference::Throughout) => Against::Throughout,
                    None => Against::Words(Vec::new()),
                });
            }
        }
    }

    /// Draws the rows of a response that are seen in `area`.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, at: usize, theme: &Theme) {
        let Some(pane) = self.all.get_mut(at) else { return };
        pane.text.lay(usize::from(area.width));
        pane.height = usize::from(area.height);
        pane.top = pane.top.min(pane.last_top());
        let words = match self.with.and_then(|with| pane.against.get(with)?.as_ref()) {
            Some(Against::Words(words)) => words.as_slice(),
            Some(Against::Throughout) | None => &[],
        };
        for (y, row) in (area.top()..area.bottom()).zip(pane.top..) {
            let Some(shown) = pane.text.rows().1.get(row).map(Row::shown) else { break };
            let marked = layered(&pane.text.stretches(&shown, theme), near(words, &shown));
            let look = Look { base: theme.text, mark: theme.mark, stretches: &marked };
            draw(frame.buffer_mut(), (area.x, y), area.width, pane.text.text(), shown, look);
        }
    }

    /// Whether a response differs in most words from the one that is looked at.
    pub fn differs_throughout(&self, at: usize) -> bool {
        let against = |with: usize| self.all.get(at)?.against.get(with)?.as_ref();
        matches!(self.with.and_then(against), Some(Against::Throughout))
    }

    /// How many rows are not seen, above and below.
    pub fn hidden(&self, at: usize) -> (usize, usize) {
        self.all.get(at).map_or((0, 0), |pane| {
            let rows = pane.text.rows().1.len();
            (pane.top, rows.saturating_sub(pane.top + pane.height))
        })
    }

    /// Whether more than its first line was drawn in this picture.
    pub fn is_drawn(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|pane| pane.height > 0)
    }

    /// How many rows a response takes in a width.
    pub fn rows(&mut self, at: usize, width: u16) -> usize {
        self.all.get_mut(at).map_or(0, |pane| pane.text.lay(usize::from(width)).len())
    }

    /// The beginning of a response in one row.
    pub fn first_line(&self, at: usize, cells: usize) -> String {
        self.all.get(at).map_or_else(String::new, |pane| first_line(pane.text.text(), cells))
    }
}

/// The stretches that lie in a row.
fn near<'a>(stretches: &'a [Stretch], row: &Range<usize>) -> &'a [Stretch] {
    let first = stretches.partition_point(|stretch| stretch.range.end <= row.start);
    let last = stretches.partition_point(|stretch| stretch.range.start < row.end);
    stretches.get(first..last).unwrap_or_default()
}

impl Pane {
    fn last_top(&self) -> usize {
        self.text.rows().1.len().saturating_sub(self.height)
    }
}
