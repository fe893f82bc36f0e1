//! What is marked in a text from outside: it keeps to its place while one types before it, and goes
//! where its own text is edited.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::text::{Change, Spot, Text};
use crate::tui::theme::Theme;

/// What a mark says of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarkKind {
    /// It is what was looked for.
    Found,
    /// One should look at it.
    Look,
    /// It is wrong.
    Bad,
}

impl MarkKind {
    /// How it is drawn: underlined too, since colours are never the only sign.
    pub fn style(self, theme: &Theme) -> Style {
        let style = match self {
            Self::Found => theme.found,
            Self::Look => theme.look,
            Self::Bad => theme.bad,
        };
        style.add_modifier(Modifier::UNDERLINED)
    }
}

/// A part of the text that is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which bytes of the whole text.
    pub range: Range<usize>,
    /// What it says.
    pub kind: MarkKind,
}

/// All marks, by their places.
#[derive(Debug, Default)]
pub struct Marks {
    /// In the order of their first places.
    marks: Vec<(Spot, Spot, MarkKind)>,
}

impl Marks {
    /// Marks these parts and no others.
    pub fn set(&mut self, text: &Text, mut marks: Vec<Mark>) {
        marks.sort_by_key(|mark| (mark.range.start, mark.range.end));
        let spots = marks.iter().map(|mark| {
            let (from, to) = (text.spot_of(mark.range.start), text.spot_of(mark.range.end));
            // What is missing somewhere has no text of its own: it is shown at what stands there.
            let to = if to <= from { text.right(from) } else { to };
            (from, to, mark.kind)
        });
        self.marks = spots.collect();
    }

    /// The text changed.
    pub fn changed(&mut self, change: &Change) {
        self.marks.retain_mut(|(from, to, _)| {
            if *from >= change.old_end {
                (*from, *to) = (change.moved(*from), change.moved(*to));
                return true;
            }
            *to <= change.from
        });
    }

    /// Those in a part of a line.
    pub fn of_line(
        &self,
        line: usize,
        part: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, MarkKind)> + '_ {
        let (first, last) = (Spot { line, byte: part.start }, Spot { line, byte: part.end });
        self.marks.iter().filter(move |(from, to, _)| *from < last && *to > first).map(
            move |&(from, to, kind)| {
                (from.max(first).byte..if to > last { last.byte } else { to.byte }, kind)
            },
        )
    }
}
