//! Finding and replacing in the text: the line at the bottom in which one types what is looked for,
//! and the question of each replacement.

mod pattern;
#[cfg(test)]
mod tests;
mod view;

use super::buffer::Buffer;
use super::text::{Change, Spot};
use super::{Editor, Outcome};
use crate::tui::commands::{Command, Context};
use crate::tui::line::Line;
use pattern::{Pattern, Tally};

/// Where one types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What is looked for.
    Sought,
    /// What stands in its place then.
    Replacement,
}

/// Replacing one by one.
#[derive(Debug, Clone, Copy)]
struct Asking {
    /// Where it began, which is where it ends, once around.
    start: Spot,
    is_around: bool,
}

/// The line at the bottom.
#[derive(Debug)]
pub struct Find {
    sought: Line,
    replacement: Option<Line>,
    part: Part,
    is_regex: bool,
    is_backwards: bool,
    pattern: Option<Pattern>,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    /// Where the cursor was.
    origin: Spot,
    /// The match that one is at.
    current: Option<(Spot, Spot)>,
    asking: Option<Asking>,
    /// How many there are, for this revision and this match.
    tally: Option<(u64, Option<Spot>, Tally)>,
}

/// What was looked for last.
#[derive(Debug, Clone, Default)]
pub struct Last {
    sought: String,
    is_regex: bool,
    is_backwards: bool,
}

impl Find {
    fn line(&mut self) -> &mut Line {
        match (&mut self.replacement, self.part) {
            (Some(line), Part::Replacement) => line,
            _ => &mut self.sought,
        }
    }

    /// Which keys are valid.
    pub fn context(&self) -> Context {
        match (&self.asking, &self.replacement) {
            (Some(_), _) => Context::Ask,
            (None, Some(_)) => Context::Replace,
            (None, None) => Context::Find,
        }
    }

    fn look(&mut self) {
        (self.pattern, self.wrong) = match Pattern::new(self.sought.text(), self.is_regex) {
            Ok(pattern) => (pattern, None),
            Err(wrong) => (None, Some(wrong)),
        };
        self.tally = None;
    }
}

impl Editor {
    /// Opens the line at the bottom.
    pub(super) fn find(&mut self, is_backwards: bool, replaces: bool) -> Outcome {
        let text = self.buffer.text();
        let chosen =
            self.buffer.selection().filter(|(from, to)| from.line == to.line && to.byte - from.byte < 200);
        let chosen = chosen.map(|(from, to)| text.slice(from, to)).unwrap_or_default();
        let origin = self.buffer.selection().map_or(self.buffer.cursor(), |(from, _)| from);
        let mut find = Find {
            sought: Line::new(&chosen),
            replacement: replaces.then(Line::default),
            part: Part::Sought,
            is_regex: self.last_find.is_regex,
            is_backwards,
            pattern: None,
            wrong: None,
            origin,
            current: None,
            asking: None,
            tally: None,
        };
        find.look();
        if !self.holds_selection() {
            self.buffer.deselect();
        }
        self.find = Some(find);
        self.find_from_origin();
        Outcome::Same
    }

    /// Goes to what was looked for last; opens the line where nothing was.
    pub(super) fn find_again(&mut self, command: Command) -> Outcome {
        if self.last_find.sought.is_empty() {
            return self.find(command == Command::EditorFindPrevious, false);
        }
        let is_forward = command == Command::EditorFindNext;
        self.find_next(is_forward != self.last_find.is_backwards);
        Outcome::Same
    }

    /// Text typed in the line.
    pub(super) fn type_in_find(&mut self, text: &str) -> Outcome {
        let Some(find) = self.find.as_mut().filter(|find| find.asking.is_none()) else {
            return Outcome::Same;
        };
        find.line().type_text(text);
        self.find_changed();
        Outcome::Same
    }

    fn find_changed(&mut self) {
        if let Some(find) = self.find.as_mut().filter(|find| find.part == Part::Sought) {
            find.look();
            self.find_from_origin();
        }
    }

    /// Goes to the first match from where one was; there, where there is none.
    fn find_from_origin(&mut self) {
        let Some(find) = &mut self.find else { return };
        let text = self.buffer.text();
        find.current = find.pattern.as_ref().and_then(|pattern| {
            if find.is_backwards {
                pattern.previous_around(text, find.origin)
            } else {
                pattern.next_around(text, find.origin)
            }
        });
        let to = find.current.map_or(find.origin, |(from, _)| from);
        self.buffer.go(to);
    }

    /// Goes to the match after that at the cursor, or before it.
    pub(super) fn find_next(&mut self, forward: bool) -> bool {
        let (at, text) = (self.buffer.cursor(), self.buffer.text());
        let go = |pattern: &Pattern| {
            if forward {
                pattern.next_around(text, text.right(at))
            } else {
                pattern.previous_around(text, at)
            }
        };
        let found = if let Some(find) = &mut self.find {
            if find.sought.text().is_empty() && !self.last_find.sought.is_empty() {
                find.sought = Line::new(&self.last_find.sought);
                find.is_regex = self.last_find.is_regex;
                find.look();
            }
            find.current = find.pattern.as_ref().and_then(go);
            find.current
        } else {
            let last = Pattern::new(&self.last_find.sought, self.last_find.is_regex);
            last.ok().flatten().as_ref().and_then(go)
        };
        if let Some((from, _)) = found {
            self.buffer.go(from);
        }
        found.is_some()
    }

    /// Closes the line.
    pub(super) fn close_find(&mut self) {
        let Some(find) = self.find.take() else { return };
        if find.pattern.is_some() {
            self.last_find = Last {
                sought: find.sought.text().to_owned(),
                is_regex: find.is_regex,
                is_backwards: find.is_backwards,
            };
        }
    }

    /// A command while the line is open; `None` where it is none of it.
    pub(super) fn find_command(&mut self, command: Command) -> Option<Outcome> {
        let find = self.find.as_mut()?;
        match command {
            Command::EditorFindNext => {
                self.find_next(true);
            }
            Command::EditorFindPrevious => {
                self.find_next(false);
            }
            Command::EditorFind => find.is_backwards = false,
            Command::EditorFindBackwards => find.is_backwards = true,
            Command::FindRegex => {
                find.is_regex = !find.is_regex;
                find.look();
                self.find_from_origin();
            }
            Command::EditorReplace => {
                find.replacement.get_or_insert_default();
            }
            Command::FindClose | Command::ReplaceDone => self.close_find(),
            Command::FindCancel => {
                let origin = find.origin;
                self.close_find();
                self.buffer.go(origin);
            }
            Command::ReplaceSwitch => find.part = other(find.part),
            Command::ReplaceAccept if find.part == Part::Sought => find.part = Part::Replacement,
            Command::ReplaceAccept => self.begin_asking(),
            Command::ReplaceYes => return Some(self.replace_current()),
            Command::ReplaceNo => self.ask_next(None),
            Command::ReplaceAll => return Some(self.replace_all()),
            command if find.asking.is_none() && find.line().command(command) => self.find_changed(),
            _ => return None,
        }
        Some(Outcome::Same)
    }

    fn begin_asking(&mut self) {
        let Some(find) = &mut self.find else { return };
        if find.current.is_none() {
            self.find_from_origin();
        }
        if let Some(find) = &mut self.find
            && let Some((start, _)) = find.current
        {
            find.asking = Some(Asking { start, is_around: false });
        }
    }

    /// Goes to the next match that is to be asked about; behind the last one it is over.
    fn ask_next(&mut self, change: Option<Change>) {
        let Some(find) = &mut self.find else { return };
        let (Some(asking), Some((_, end)), Some(pattern)) = (&mut find.asking, find.current, &find.pattern)
        else {
            return;
        };
        if let Some(change) = change.filter(|change| asking.is_around && asking.start >= change.old_end) {
            asking.start = change.moved(asking.start);
        }
        let text = self.buffer.text();
        let from = change.map_or(end, |change| change.new_end);
        let mut found = pattern.next(text, from);
        if found.is_none() && !asking.is_around {
            asking.is_around = true;
            found = pattern.next(text, Spot::default());
        }
        if let Some(over) = found.filter(|(at, _)| !asking.is_around || *at < asking.start) {
            find.current = Some(over);
            self.buffer.go(over.0);
        } else {
            self.close_find();
        }
    }

    /// Puts the replacement in the place of the match that is asked about.
    fn replace_current(&mut self) -> Outcome {
        let Some(find) = &self.find else { return Outcome::Same };
        let (Some((from, to)), Some(pattern), Some(with)) = (find.current, &find.pattern, &find.replacement)
        else {
            return Outcome::Same;
        };
        let mut out = String::new();
        pattern.expand(self.buffer.text(), from, with.text(), &mut out);
        let change = self.buffer.replace(from, to, &out);
        self.ask_next(Some(change));
        Outcome::Changed
    }

    /// Puts the replacement in the place of all matches that were not refused, as one step of undo.
    fn replace_all(&mut self) -> Outcome {
        let Some(find) = &self.find else { return Outcome::Same };
        let (Some(pattern), Some(with)) = (find.pattern.clone(), &find.replacement) else {
            return Outcome::Same;
        };
        let with = with.text().to_owned();
        let end = self.buffer.text().end();
        let before = self.buffer.revision();
        self.buffer.begin_group();
        match (find.asking, find.current) {
            (Some(Asking { start, is_around: true }), Some((from, _))) => {
                replace_between(&mut self.buffer, &pattern, &with, from, start);
            }
            (Some(Asking { start, is_around: false }), Some((from, _))) => {
                // The later part first, so that the other keeps its place.
                replace_between(&mut self.buffer, &pattern, &with, from, end);
                replace_between(&mut self.buffer, &pattern, &with, Spot::default(), start);
            }
            _ => replace_between(&mut self.buffer, &pattern, &with, Spot::default(), end),
        }
        self.buffer.end_group();
        self.close_find();
        if self.buffer.revision() == before { Outcome::Same } else { Outcome::Changed }
    }
}

/// Replaces the matches that begin between two places, in one edit.
fn replace_between(buffer: &mut Buffer, pattern: &Pattern, with: &str, from: Spot, to: Spot) {
    let text = buffer.text();
    let Some((start, _)) = pattern.next(text, from).filter(|(at, _)| *at < to) else { return };
    let (mut out, mut end) = (String::new(), start);
    while let Some((at, behind)) = pattern.next(text, end).filter(|(at, _)| *at < to) {
        text.copy(end, at, &mut out);
        pattern.expand(text, at, with, &mut out);
        end = behind;
    }
    buffer.replace(start, end, &out);
}

fn other(part: Part) -> Part {
    match part {
        Part::Sought => Part::Replacement,
        Part::Replacement => Part::Sought,
    }
}
