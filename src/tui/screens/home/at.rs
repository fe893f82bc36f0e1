//! Where one is on Home: at what waits, at a gauge, or at the verdict.

use super::next::Next;
use crate::curation::gauges::Word;
use crate::tui::effect::Shared;

/// What can be selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A line of what waits.
    Next(Next),
    /// A gauge.
    Gauge(Word),
    /// The verdict.
    Ready,
}

impl At {
    /// The one that stands so many lines below this one: the gauges are one line, entered at the first.
    pub fn step(self, by: isize, shared: &Shared) -> Self {
        let mut lines: Vec<Self> = Next::all(shared).map(Self::Next).collect();
        lines.extend([Self::Gauge(Word::Coverage), Self::Ready]);
        let is_here = |line: &Self| match (line, self) {
            (Self::Gauge(_), Self::Gauge(_)) => true,
            (line, here) => *line == here,
        };
        let now = lines.iter().position(is_here).unwrap_or(0);
        let to = now.saturating_add_signed(by).min(lines.len().saturating_sub(1));
        if to == now { self } else { lines.get(to).copied().unwrap_or(self) }
    }

    /// The gauge so many to the right of this one; `None` where one is at none.
    pub fn beside(self, by: isize) -> Option<Self> {
        let Self::Gauge(word) = self else { return None };
        let now = Word::ALL.iter().position(|known| *known == word)?;
        let to = now.saturating_add_signed(by).min(Word::ALL.len() - 1);
        Word::ALL.get(to).copied().map(Self::Gauge)
    }
}
