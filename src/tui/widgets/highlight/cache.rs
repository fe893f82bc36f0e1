//! Highlights that are kept: after a change only the lines are lexed again that it concerns, and
//! only as far down as one looks.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64;

use super::{Language, Piece, State, line};

/// A line as it was lexed last.
#[derive(Debug, Clone)]
struct Lexed {
    /// What it was lexed in, and what the next one begins in; `None` where that is still to be done.
    states: Option<(State, State)>,
    pieces: Vec<Piece>,
}

impl Lexed {
    const STALE: Self = Self { states: None, pieces: Vec::new() };
}

/// Lines, the first of which are up to date.
#[derive(Debug, Clone, Default)]
struct Lines {
    language: Language,
    lexed: Vec<Lexed>,
    /// So many lines are up to date.
    fresh: usize,
    /// How often a line was lexed: what the tests count.
    #[cfg(test)]
    count: usize,
}

impl Lines {
    /// Brings the lines up to date down to `at`.
    fn reach<'a>(&mut self, at: usize, text: impl Fn(usize) -> &'a str) {
        let before = self.fresh.checked_sub(1).and_then(|last| self.lexed.get(last)?.states);
        let mut state = before.map_or_else(|| State::start(self.language), |(_, after)| after);
        let from = self.fresh;
        for (number, lexed) in self.lexed.iter_mut().enumerate().take(at + 1).skip(from) {
            state = match lexed.states {
                Some((before, after)) if before == state => after,
                _ => {
                    let (pieces, after) = line(state, text(number));
                    *lexed = Lexed { states: Some((state, after)), pieces };
                    #[cfg(test)]
                    {
                        self.count += 1;
                    }
                    after
                }
            };
            self.fresh = number + 1;
        }
    }

    fn speak(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.fresh = 0;
            // In another language not even the states can be the same.
            self.lexed.fill(Lexed::STALE);
        }
    }

    fn pieces(&self, at: usize) -> &[Piece] {
        self.lexed.get(at).map_or(&[], |lexed| &lexed.pieces)
    }
}

/// The pieces that lie in a part of a line, in order.
fn within(pieces: &[Piece], shown: &Range<usize>) -> impl Iterator<Item = Piece> {
    let first = pieces.partition_point(|piece| piece.range.end <= shown.start);
    let shown = shown.clone();
    let seen = pieces.get(first..).unwrap_or_default().iter();
    seen.take_while(move |piece| piece.range.start < shown.end).cloned()
}

/// The highlight of lines that are typed in.
#[derive(Debug, Clone, Default)]
pub struct Highlight {
    lines: Lines,
    hashes: Vec<u64>,
    /// Whether the language is told rather than found out.
    is_told: bool,
}

impl Highlight {
    /// For lines in this language; [`Highlight::default`] finds out which it is.
    pub fn of(language: Language) -> Self {
        Self { lines: Lines { language, ..Lines::default() }, is_told: true, ..Self::default() }
    }

    /// What the lines are written in.
    pub fn language(&self) -> Language {
        self.lines.language
    }

    /// Takes the lines as they are now: to be called after they may have changed. Lexes nothing yet.
    pub fn update<L: AsRef<str>>(&mut self, lines: &[L]) {
        let hash = |line: &L| xxh3_64(line.as_ref().as_bytes());
        let same = |(old, line): &(&u64, &L)| **old == hash(line);
        let before = self.hashes.iter().zip(lines).take_while(same).count();
        if before == lines.len() && before == self.hashes.len() {
            return;
        }
        let most = lines.len().min(self.hashes.len()) - before;
        let after = self.hashes.iter().rev().zip(lines.iter().rev()).take(most).take_while(same).count();
        self.change(lines, before..self.hashes.len() - after, lines.len() - after - before);
    }

    /// The same where it is known what changed: in the place of the lines `old` of the last time so
    /// many are there now. No other line is looked at.
    pub fn change<L: AsRef<str>>(&mut self, lines: &[L], old: Range<usize>, count: usize) {
        let end = old.end.min(self.hashes.len());
        let old = old.start.min(end)..end;
        let changed = lines.iter().skip(old.start).take(count);
        self.lines.lexed.splice(old.clone(), changed.clone().map(|_| Lexed::STALE));
        self.lines.fresh = self.lines.fresh.min(old.start);
        self.hashes.splice(old, changed.map(|line| xxh3_64(line.as_ref().as_bytes())));
        if !self.is_told {
            self.lines.speak(Language::of_lines(lines.iter().map(AsRef::as_ref)));
        }
    }

    /// What is seen of a line: the parts of it within `shown` (bytes of the line), in order. The lines
    /// are those of the last [`Highlight::update`].
    pub fn pieces<L: AsRef<str>>(
        &mut self,
        lines: &[L],
        at: usize,
        shown: &Range<usize>,
    ) -> impl Iterator<Item = Piece> {
        if self.lines.language != Language::Plain {
            self.lines.reach(at, |number| lines.get(number).map_or("", AsRef::as_ref));
        }
        within(self.lines.pieces(at), shown)
    }

    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.lines.count
    }
}

/// The highlight of a whole text that is only read.
#[derive(Debug, Clone, Default)]
pub struct Whole {
    lines: Lines,
    /// Where the lines begin; none before one has looked.
    starts: Vec<usize>,
}

impl Whole {
    /// What is seen of a text: the parts of it within `shown`, in order. The text is to be the same with
    /// every call.
    pub fn pieces(&mut self, text: &str, shown: &Range<usize>) -> Vec<Piece> {
        if self.starts.is_empty() {
            self.lines.language = Language::of(text);
            self.starts.push(0);
            if self.lines.language != Language::Plain {
                self.starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
                self.lines.lexed = vec![Lexed::STALE; self.starts.len()];
            }
        }
        if self.lines.language == Language::Plain {
            return Vec::new();
        }
        let starts = &self.starts;
        let line_at = |at: usize| {
            let start = starts.get(at).copied().unwrap_or(text.len());
            let end = starts.get(at + 1).map_or(text.len(), |next| next - 1);
            text.get(start..end).unwrap_or_default()
        };
        let first = starts.partition_point(|&start| start <= shown.start).saturating_sub(1);
        let last = starts.partition_point(|&start| start < shown.end).saturating_sub(1).max(first);
        self.lines.reach(last, line_at);
        let mut seen = Vec::new();
        for at in first..=last {
            let start = starts.get(at).copied().unwrap_or(0);
            let part = shown.start.saturating_sub(start)..shown.end.saturating_sub(start);
            let moved = within(self.lines.pieces(at), &part)
                .map(|piece| Piece { range: piece.range.start + start..piece.range.end + start, ..piece });
            seen.extend(moved);
        }
        seen
    }
}
