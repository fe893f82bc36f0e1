//! The lines of a text, the places in it, and the one way in which it changes.

use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

/// A place: the line, and the byte in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Spot {
    /// The line, counted from 0.
    pub line: usize,
    /// The byte in the line; a boundary of clusters.
    pub byte: usize,
}

/// What an edit did: what stood between two places stands between others now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Where both begin.
    pub from: Spot,
    /// Where what was taken out ended.
    pub old_end: Spot,
    /// Where what was put in ends.
    pub new_end: Spot,
}

impl Change {
    /// Where a place behind what was taken out is now.
    pub fn moved(&self, spot: Spot) -> Spot {
        let byte = if spot.line == self.old_end.line {
            spot.byte - self.old_end.byte + self.new_end.byte
        } else {
            spot.byte
        };
        Spot { line: spot.line - self.old_end.line + self.new_end.line, byte }
    }
}

/// A text in lines; there is always one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    lines: Vec<String>,
}

impl Text {
    /// A text as its lines.
    pub fn new(text: &str) -> Self {
        Self { lines: text.split('\n').map(str::to_owned).collect() }
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// A line; empty where there is none.
    pub fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", String::as_str)
    }

    /// The whole text.
    pub fn whole(&self) -> String {
        self.lines.join("\n")
    }

    /// The last place.
    pub fn end(&self) -> Spot {
        self.line_end(self.lines.len() - 1)
    }

    /// The last place of a line.
    pub fn line_end(&self, line: usize) -> Spot {
        Spot { line, byte: self.line(line).len() }
    }

    /// The nearest place that there is, and before which a cluster ends.
    pub fn floor(&self, spot: Spot) -> Spot {
        let line = spot.line.min(self.lines.len() - 1);
        Spot { line, byte: floor(self.line(line), spot.byte) }
    }

    /// The same, behind the cluster that the place is in.
    pub fn ceil(&self, spot: Spot) -> Spot {
        let floor = self.floor(spot);
        let is_inside = floor.line == spot.line && floor.byte < spot.byte.min(self.line(floor.line).len());
        if is_inside { Spot { byte: next(self.line(floor.line), floor.byte), ..floor } } else { floor }
    }

    /// The place one cluster to the left, over line ends too.
    pub fn left(&self, at: Spot) -> Spot {
        match at.byte.checked_sub(1) {
            Some(_) => Spot { byte: previous(self.line(at.line), at.byte), ..at },
            None if at.line > 0 => self.line_end(at.line - 1),
            None => at,
        }
    }

    /// The place one cluster to the right, over line ends too.
    pub fn right(&self, at: Spot) -> Spot {
        let line = self.line(at.line);
        if at.byte < line.len() {
            Spot { byte: next(line, at.byte), ..at }
        } else if at.line + 1 < self.lines.len() {
            Spot { line: at.line + 1, byte: 0 }
        } else {
            at
        }
    }

    /// The byte of the whole text at which a place lies.
    pub fn byte_of(&self, spot: Spot) -> usize {
        self.lines.iter().take(spot.line).map(|line| line.len() + 1).sum::<usize>() + spot.byte
    }

    /// The place of a byte of the whole text; that before it where it is inside a cluster.
    pub fn spot_of(&self, byte: usize) -> Spot {
        let mut start = 0;
        for (line, text) in self.lines.iter().enumerate() {
            if byte <= start + text.len() {
                return Spot { line, byte: floor(text, byte - start) };
            }
            start += text.len() + 1;
        }
        self.end()
    }

    /// What stands between two places.
    pub fn slice(&self, from: Spot, to: Spot) -> String {
        let mut text = String::new();
        self.copy(from, to, &mut text);
        text
    }

    /// Adds what stands between two places.
    pub fn copy(&self, from: Spot, to: Spot, out: &mut String) {
        if from.line == to.line {
            out.push_str(self.line(from.line).get(from.byte..to.byte).unwrap_or_default());
            return;
        }
        out.push_str(self.line(from.line).get(from.byte..).unwrap_or_default());
        for line in self.lines.get(from.line + 1..to.line).unwrap_or_default() {
            out.push('\n');
            out.push_str(line);
        }
        out.push('\n');
        out.push_str(self.line(to.line).get(..to.byte).unwrap_or_default());
    }

    /// Puts a text in the place of what stands between two places: the only way to change it.
    /// Returns what was taken out.
    pub fn replace(&mut self, from: Spot, to: Spot, text: &str) -> (Change, String) {
        let from = self.near(from);
        let to = self.near(to).max(from);
        let removed = self.slice(from, to);
        let mut pieces = text.split('\n');
        let first = pieces.next().unwrap_or_default();
        let count = text.len() - first.len();
        if from.line == to.line && count == 0 {
            if let Some(line) = self.lines.get_mut(from.line) {
                line.replace_range(from.byte..to.byte, first);
            }
            let new_end = Spot { byte: from.byte + first.len(), ..from };
            return (Change { from, old_end: to, new_end }, removed);
        }
        let tail = self.line(to.line).get(to.byte..).unwrap_or_default().to_owned();
        let mut fresh: Vec<String> = pieces.map(str::to_owned).collect();
        let new_line = from.line + fresh.len();
        if let Some(line) = self.lines.get_mut(from.line) {
            line.truncate(from.byte);
            line.push_str(first);
        }
        let last = match fresh.last_mut() {
            Some(last) => Some(last),
            None => self.lines.get_mut(from.line),
        };
        let new_byte = last.as_ref().map_or(0, |line| line.len());
        if let Some(line) = last {
            line.push_str(&tail);
        }
        self.lines.splice(from.line + 1..=to.line, fresh);
        (Change { from, old_end: to, new_end: Spot { line: new_line, byte: new_byte } }, removed)
    }

    /// The place itself, or the nearest one between two characters.
    fn near(&self, spot: Spot) -> Spot {
        let line = spot.line.min(self.lines.len() - 1);
        let text = self.line(line);
        Spot { line, byte: character(text, spot.byte) }
    }
}

/// Where a text ends that begins at a place.
pub fn end_of(at: Spot, text: &str) -> Spot {
    match text.rfind('\n') {
        None => Spot { byte: at.byte + text.len(), ..at },
        Some(last) => {
            let breaks = text.bytes().filter(|&byte| byte == b'\n').count();
            Spot { line: at.line + breaks, byte: text.len() - last - 1 }
        }
    }
}

/// The last boundary of characters that is not behind a byte.
pub fn character(line: &str, byte: usize) -> usize {
    let mut byte = byte.min(line.len());
    while !line.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

/// Whether a byte lies between two clusters of a line.
pub fn is_boundary(line: &str, byte: usize) -> bool {
    byte <= line.len()
        && line.is_char_boundary(byte)
        && GraphemeCursor::new(byte, line.len(), true).is_boundary(line, 0).unwrap_or(true)
}

/// The last boundary of clusters that is not behind a byte.
pub fn floor(line: &str, byte: usize) -> usize {
    let byte = character(line, byte);
    if is_boundary(line, byte) { byte } else { previous(line, byte) }
}

/// The boundary of clusters before a byte.
pub fn previous(line: &str, byte: usize) -> usize {
    let found = GraphemeCursor::new(byte, line.len(), true).prev_boundary(line, 0);
    found.ok().flatten().unwrap_or(0)
}

/// The boundary of clusters behind a byte.
pub fn next(line: &str, byte: usize) -> usize {
    let found = GraphemeCursor::new(byte, line.len(), true).next_boundary(line, 0);
    found.ok().flatten().unwrap_or(line.len())
}

/// The cluster that begins at a byte; empty at the end of the line.
pub fn cluster(line: &str, byte: usize) -> &str {
    let end = if byte < line.len() { next(line, byte) } else { byte };
    line.get(byte..end).unwrap_or_default()
}

/// A range of a line, widened to whole clusters.
pub fn whole_clusters(line: &str, range: Range<usize>) -> Range<usize> {
    let end = floor(line, range.end);
    let end = if end < range.end.min(line.len()) { next(line, end) } else { end };
    floor(line, range.start)..end
}
