//! A document of blocks: headings in a left column, texts beside them, one focused, scrolled by
//! rows. Only texts that changed are laid out again, and only rows that are seen are drawn.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use super::editor::{Editor, Mark};
use super::rows::{Laid, Look, Stretch, draw, layered};
use crate::text::harmless::harmless;
use crate::tui::theme::Theme;

/// The cells of the left column.
const HEADING: u16 = 12;

/// The cells of the texts. One is left for the cursor behind a full row, so that nothing moves when
/// one begins to type.
fn text_cells(width: u16) -> usize {
    usize::from((width - HEADING.min(width / 3)).saturating_sub(1)).max(1)
}

/// One block.
#[derive(Debug, Default)]
pub struct Block {
    /// What it is: `USER`.
    pub heading: String,
    /// What is said of it below the heading, each in a row: the author, the name.
    pub notes: Vec<String>,
    /// The text.
    pub body: Laid,
    /// Shown in the place of a text that is not there.
    pub instead: &'static str,
    /// What is marked in the text.
    pub marks: Vec<Mark>,
}

/// What is marked in a part of a text: in order and without overlap. What is missing somewhere is shown
/// at the character that stands there.
fn marked(marks: &[Mark], shown: &Range<usize>, theme: &Theme) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for mark in marks {
        let from = stretches.last().map_or(shown.start, |last| last.range.end);
        let range = mark.range.start.max(from)..mark.range.end.max(mark.range.start + 1).min(shown.end);
        if !range.is_empty() {
            stretches.push(Stretch { range, style: mark.kind.style(theme) });
        }
    }
    stretches
}

/// Blocks, one below the other.
#[derive(Debug, Default)]
pub struct Document {
    blocks: Vec<Block>,
    /// The row at which each begins, and where the last ends: of the last layout.
    starts: Vec<usize>,
    /// The first row that is seen.
    top: usize,
    /// How many rows were seen last.
    height: usize,
    focus: usize,
    /// Whether the focused block is to be brought to sight with the next picture.
    follow: bool,
    /// Where the texts stood last.
    area: Rect,
    /// Whether the focus is shown: not where something else on the screen has it.
    pub shows_focus: bool,
}

impl Document {
    /// Shows these blocks; what is laid out already and is the same stays.
    pub fn set(&mut self, blocks: Vec<Block>) {
        let mut old: Vec<Block> = std::mem::take(&mut self.blocks);
        self.blocks = blocks;
        for block in &mut self.blocks {
            if let Some(at) = old.iter().position(|before| before.body.text() == block.body.text()) {
                block.body = old.swap_remove(at).body;
            }
        }
        self.focus = self.focus.min(self.blocks.len().saturating_sub(1));
    }

    /// The blocks.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Marks these parts of a block's text, and no others.
    pub fn mark(&mut self, block: usize, mut marks: Vec<Mark>) {
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        if let Some(block) = self.blocks.get_mut(block) {
            block.marks = marks;
        }
    }

    /// A note of a block, to be changed.
    pub fn note(&mut self, block: usize, note: usize) -> Option<&mut String> {
        self.blocks.get_mut(block)?.notes.get_mut(note)
    }

    /// Which block is focused.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// Focuses a block and brings it to sight.
    pub fn focus_on(&mut self, at: usize) {
        self.focus = at.min(self.blocks.len().saturating_sub(1));
        self.follow = true;
    }

    /// Begins again from the top.
    pub fn rewind(&mut self) {
        self.top = 0;
        self.follow = true;
    }

    fn end(&self) -> usize {
        self.starts.last().copied().unwrap_or(0)
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, by: isize) {
        self.follow = false;
        self.top = self.top.saturating_add_signed(by).min(self.end().saturating_sub(self.height));
    }

    /// Scrolls by halves of what is seen, and focuses what comes to sight.
    pub fn scroll_halves(&mut self, halves: isize) {
        let half = isize::try_from(self.height / 2).unwrap_or(1).max(1);
        self.scroll(half * halves);
        let (top, bottom) = (self.top, self.top + self.height);
        let seen = |at: usize| self.span(at).is_some_and(|(start, end)| start < bottom && end > top);
        if !seen(self.focus) {
            let near = if halves > 0 {
                (0..self.blocks.len()).find(|&at| seen(at))
            } else {
                (0..self.blocks.len()).rev().find(|&at| seen(at))
            };
            self.focus = near.unwrap_or(self.focus);
        }
    }

    /// The rows of a block in the last layout, without the blank one after it.
    fn span(&self, at: usize) -> Option<(usize, usize)> {
        Some((*self.starts.get(at)?, self.starts.get(at + 1)?.saturating_sub(1)))
    }

    /// One step: through a block that is longer than the screen by rows, else to the next one.
    pub fn step(&mut self, down: bool) {
        let (top, bottom) = (self.top, self.top + self.height);
        match self.span(self.focus) {
            Some((_, end)) if down && end > bottom => self.scroll(2),
            Some((start, _)) if !down && start < top => self.scroll(-2),
            _ if down => self.focus_on(self.focus + 1),
            _ => self.focus_on(self.focus.saturating_sub(1)),
        }
    }

    /// The block that stands in a row of the screen, and the row and cell in its text.
    pub fn at(&self, x: u16, y: u16) -> Option<(usize, usize, usize)> {
        let row = self.top + usize::from(y.checked_sub(self.area.y).filter(|&row| row < self.area.height)?);
        let at = self.starts.partition_point(|&start| start <= row).checked_sub(1)?;
        (at < self.blocks.len()).then(|| {
            let start = self.starts.get(at).copied().unwrap_or(0);
            (at, row - start, usize::from(x.saturating_sub(self.area.x)))
        })
    }

    /// Lays out what changed; the block `editing` has the rows of the editor.
    fn lay(&mut self, cells: usize, editing: Option<(usize, usize)>) {
        let mut row = 0;
        self.starts.clear();
        for (at, block) in self.blocks.iter_mut().enumerate() {
            self.starts.push(row);
            let rows = match editing {
                Some((which, rows)) if which == at => rows,
                _ => block.body.lay(cells).len(),
            };
            row += rows.max(1 + block.notes.len()) + 1;
        }
        self.starts.push(row);
    }

    fn bring_to_sight(&mut self, cursor: Option<usize>) {
        if let Some(cursor) = cursor {
            let row = self.starts.get(self.focus).copied().unwrap_or(0) + cursor;
            if row < self.top {
                self.top = row;
            } else if row >= self.top + self.height {
                self.top = row + 1 - self.height;
            }
            // The heading too, where the cursor stays in sight with it.
            let start = self.starts.get(self.focus).copied().unwrap_or(0);
            if start < self.top && row < start + self.height {
                self.top = start;
            }
        } else if self.follow
            && let Some((start, end)) = self.span(self.focus)
        {
            if start < self.top || end - start >= self.height {
                self.top = start;
            } else if end > self.top + self.height {
                self.top = end - self.height;
            }
            self.follow = false;
        }
        self.top = self.top.min(self.end().saturating_sub(1).saturating_sub(self.height.saturating_sub(1)));
    }

    /// How many rows it takes in a width.
    pub fn rows(&mut self, width: u16) -> usize {
        self.lay(text_cells(width), None);
        self.end().saturating_sub(1)
    }

    /// Draws what is seen; the editor is shown in the place of the focused block's text.
    pub fn view(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        theme: &Theme,
        mut editor: Option<&mut Editor>,
    ) {
        let left = HEADING.min(area.width / 3);
        let area = match editor.as_deref_mut().map(|editor| (editor.find_rows().min(area.height), editor)) {
            Some((rows @ 1.., editor)) => {
                let line = Rect { y: area.bottom() - rows, height: rows, ..area };
                editor.view_find(frame, line, left, theme);
                // A blank row parts it from the text, where there is room for one.
                Rect { height: (area.height - rows).saturating_sub(u16::from(area.height > 8)), ..area }
            }
            _ => area,
        };
        let body = Rect { x: area.x + left, width: area.width - left, ..area };
        self.area = body;
        self.height = usize::from(area.height);
        let cells = text_cells(area.width);
        let rows = editor.as_deref_mut().map(|editor| editor.lay(cells));
        self.lay(cells, rows.map(|rows| (self.focus, rows)));
        self.bring_to_sight(editor.as_deref().map(Editor::cursor_row));
        let first = self.starts.partition_point(|&start| start <= self.top).saturating_sub(1);
        for at in first..self.blocks.len() {
            let Some((start, end)) = self.span(at) else { break };
            if start >= self.top + self.height {
                break;
            }
            let y = |row: usize| {
                u16::try_from(row - self.top).ok().map(|y| area.y + y).filter(|&y| y < area.bottom())
            };
            let shown = match rows.filter(|_| at == self.focus) {
                Some(edited) => edited,
                None => self.blocks.get(at).map_or(0, |block| block.body.rows().1.len()),
            };
            self.head(frame, (area, left), at, shown, theme);
            if at == self.focus
                && let Some(editor) = editor.as_deref_mut()
            {
                let skip = self.top.saturating_sub(start);
                let Some(y) = y(start + skip) else { continue };
                let rows = u16::try_from(end.saturating_sub(start + skip))
                    .unwrap_or(u16::MAX)
                    .min(area.bottom() - y);
                editor.view(frame, Rect { y, height: rows, ..body }, skip, theme);
                continue;
            }
            let Some(block) = self.blocks.get(at) else { break };
            if block.body.text().is_empty() && start >= self.top {
                if let Some(y) = y(start) {
                    frame.buffer_mut().set_stringn(body.x, y, block.instead, cells, theme.faint);
                }
                continue;
            }
            let top = self.top;
            let Some(block) = self.blocks.get_mut(at) else { break };
            for row in top.saturating_sub(start).. {
                let (Some(line), Some(y)) = (block.body.rows().1.get(row), y(start + row)) else { break };
                let shown = line.shown();
                let stretches =
                    layered(&block.body.stretches(&shown, theme), &marked(&block.marks, &shown, theme));
                let look = Look { base: theme.text, mark: theme.mark, stretches: &stretches };
                draw(frame.buffer_mut(), (body.x, y), body.width, block.body.text(), shown, look);
            }
        }
    }

    /// The left column of a block: where its beginning is not seen, the heading stays in the first row.
    fn head(&self, frame: &mut Frame<'_>, (area, left): (Rect, u16), at: usize, rows: usize, theme: &Theme) {
        let Some(((start, end), block)) = self.span(at).zip(self.blocks.get(at)) else { return };
        let cells = usize::from(left.saturating_sub(2));
        let is_focused = self.shows_focus && at == self.focus;
        let style = if is_focused { theme.accent } else { theme.heading };
        // Without a row of its text in sight a heading would seem to be that of the next block.
        if self.top > start && self.top >= start + rows.max(1) {
            return;
        }
        let from = start.max(self.top);
        let mut put = |row: usize, text: &str, style: Style| {
            let Ok(y) = u16::try_from(row - self.top) else { return };
            if y < area.height && left > 1 && row < end.max(from + 1) {
                let text = crate::text::width::truncate(&harmless(text), cells).into_owned();
                frame.buffer_mut().set_span(
                    area.x + 1,
                    area.y + y,
                    &Span::styled(text, style),
                    left.saturating_sub(1),
                );
            }
        };
        put(from, &block.heading, style);
        for (row, note) in (from + 1..).zip(&block.notes) {
            put(row, note, theme.faint);
        }
        if is_focused
            && let Ok(y) = u16::try_from(from - self.top)
            && y < area.height
        {
            frame.buffer_mut().set_string(area.x, area.y + y, "▸", theme.accent);
        }
    }

    /// Whether there is more above and below what is seen: rows.
    pub fn hidden(&self) -> (usize, usize) {
        (self.top, self.end().saturating_sub(1).saturating_sub(self.top + self.height))
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
