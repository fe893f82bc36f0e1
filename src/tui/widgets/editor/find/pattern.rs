//! What is looked for in a text, and where it is found: line by line, only whole clusters, never
//! nothing.

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::super::text::{Spot, Text, character, is_boundary};

/// How much a pattern may take when it is made ready, in bytes.
const SIZE: usize = 1 << 21;
/// Matches that are counted at most.
pub const MOST: usize = 10_000;
/// Bytes of the text in which they are counted at most: the screen must not wait.
const LOOKED_AT: usize = 2_000_000;
/// The first stretch of a long line that is looked at backwards.
const BACK: usize = 1 << 13;
/// How far a match may reach out of the stretch of a long line that is looked at.
const REACH: usize = 1 << 12;

/// What is looked for.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
    is_regex: bool,
}

/// How many matches there are, and which of them one is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Those up to the one that one is at, with it; 0 where it was not come to.
    pub at: usize,
    /// All.
    pub all: usize,
    /// Whether there may be more.
    pub is_open: bool,
}

impl Pattern {
    /// What a person typed, as it stands or as a regular expression. Without a capital in it, capitals
    /// don't matter. `None` for nothing; an error says what is wrong.
    pub fn new(sought: &str, is_regex: bool) -> Result<Option<Self>, String> {
        if sought.is_empty() {
            return Ok(None);
        }
        let source = if is_regex { sought.to_owned() } else { regex::escape(sought) };
        let regex = RegexBuilder::new(&source)
            .case_insensitive(!has_capital(sought, is_regex))
            .size_limit(SIZE)
            .dfa_size_limit(SIZE)
            .build();
        match regex {
            Ok(regex) => Ok(Some(Self { regex, is_regex })),
            Err(regex::Error::CompiledTooBig(_)) => Err("this expression is too large".to_owned()),
            Err(error) => {
                let told = error.to_string();
                let last = told.lines().last().unwrap_or_default();
                Err(last.trim_start_matches("error: ").to_owned())
            }
        }
    }

    /// The first match in a line that begins at a byte or behind it.
    pub fn next_in(&self, line: &str, from: usize) -> Option<Range<usize>> {
        let mut at = from;
        loop {
            let found = (at <= line.len()).then(|| self.regex.find_at(line, at)).flatten()?;
            if !found.is_empty() && is_boundary(line, found.start()) && is_boundary(line, found.end()) {
                return Some(found.range());
            }
            // Nothing, or half a cluster.
            let first = line.get(found.start()..).and_then(|rest| rest.chars().next())?;
            at = found.start() + first.len_utf8();
        }
    }

    /// The last match in a line that begins before a byte.
    fn last_in(&self, line: &str, before: usize) -> Option<Range<usize>> {
        let mut back = BACK;
        let line = until(line, before + REACH);
        loop {
            let mut at = character(line, before.saturating_sub(back));
            let is_all = at == 0;
            let mut last = None;
            while let Some(found) = self.next_in(line, at).filter(|found| found.start < before) {
                at = found.end;
                last = Some(found);
            }
            if last.is_some() || is_all {
                return last;
            }
            back *= 16;
        }
    }

    /// The first match that begins at a place or behind it.
    pub fn next(&self, text: &Text, from: Spot) -> Option<(Spot, Spot)> {
        text.lines().iter().enumerate().skip(from.line).find_map(|(line, content)| {
            let start = if line == from.line { from.byte } else { 0 };
            Some(spots(line, &self.next_in(content, start)?))
        })
    }

    /// The same, around the end of the text.
    pub fn next_around(&self, text: &Text, from: Spot) -> Option<(Spot, Spot)> {
        self.next(text, from).or_else(|| self.next(text, Spot::default()))
    }

    /// The last match that begins before a place, around the start of the text.
    pub fn previous_around(&self, text: &Text, before: Spot) -> Option<(Spot, Spot)> {
        let find = |before: Spot| {
            text.lines().iter().enumerate().take(before.line + 1).rev().find_map(|(line, content)| {
                let end = if line == before.line { before.byte } else { content.len() };
                Some(spots(line, &self.last_in(content, end)?))
            })
        };
        find(before).or_else(|| find(text.end()))
    }

    /// The matches in a part of a line.
    pub fn all_in<'a>(
        &'a self,
        line: &'a str,
        part: Range<usize>,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        // One that began before the part may reach into it; the longest of them are cut off.
        let mut at = character(line, part.start.saturating_sub(REACH));
        let line = until(line, part.end + REACH);
        std::iter::from_fn(move || {
            let found = self.next_in(line, at).filter(|found| found.start < part.end)?;
            at = found.end;
            Some(found)
        })
    }

    /// Counts the matches.
    pub fn tally(&self, text: &Text, current: Option<Spot>) -> Tally {
        let mut tally = Tally { at: 0, all: 0, is_open: false };
        let mut looked_at = 0;
        for (line, content) in text.lines().iter().enumerate() {
            let mut at = 0;
            while let Some(found) = self.next_in(content, at) {
                if tally.all == MOST || looked_at + found.end > LOOKED_AT {
                    tally.is_open = true;
                    return tally;
                }
                tally.all += 1;
                if current == Some(Spot { line, byte: found.start }) {
                    tally.at = tally.all;
                }
                at = found.end;
            }
            looked_at += content.len();
            if looked_at > LOOKED_AT && line + 1 < text.lines().len() {
                tally.is_open = true;
                return tally;
            }
        }
        tally
    }

    /// Adds what is to stand in the place of the match at a place: of a regular expression with its
    /// groups (`$1`), and with `\n` and `\t` for what can't be typed.
    pub fn expand(&self, text: &Text, at: Spot, replacement: &str, out: &mut String) {
        let line = text.line(at.line);
        let groups =
            if self.is_regex && at.byte <= line.len() { self.regex.captures_at(line, at.byte) } else { None };
        match groups {
            Some(groups) => groups.expand(&replacement.replace("\\n", "\n").replace("\\t", "\t"), out),
            None => out.push_str(replacement),
        }
    }
}

fn spots(line: usize, range: &Range<usize>) -> (Spot, Spot) {
    (Spot { line, byte: range.start }, Spot { line, byte: range.end })
}

/// The beginning of a line: what is behind it is not looked at, however long it is.
fn until(line: &str, byte: usize) -> &str {
    line.get(..character(line, byte)).unwrap_or(line)
}

/// Whether a capital is meant; of a regular expression, `\W` has none.
fn has_capital(sought: &str, is_regex: bool) -> bool {
    let mut is_escaped = false;
    sought.chars().any(|c| {
        let counts = c.is_uppercase() && !(is_regex && is_escaped);
        is_escaped = c == '\\' && !is_escaped;
        counts
    })
}
