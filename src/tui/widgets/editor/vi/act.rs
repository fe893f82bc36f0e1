//! The commands of the modes.

use super::super::buffer::Cut;
use super::super::text::{Spot, cluster, next};
use super::super::{Editor, Outcome};
use super::objects::Object;
use super::{Awaiting, Mode, Operator, Search};
use crate::tui::commands::Command;

fn changed(changed: bool) -> Outcome {
    if changed { Outcome::Changed } else { Outcome::Same }
}

impl Editor {
    /// A command where there are modes.
    pub(super) fn act(&mut self, command: Command) -> Outcome {
        if self.vi.mode == Mode::Insert {
            if command != Command::EditorNormalMode {
                return self.plain(command);
            }
            self.buffer.end_group();
            self.buffer.deselect();
            self.vi.mode = Mode::Normal;
            let to = self.buffer.text().left_in_line(self.buffer.cursor());
            self.buffer.go(to);
            return Outcome::Same;
        }
        let goal = self.goal.take();
        if self.vi.awaiting.is_some() {
            self.vi.cancel();
        }
        if let Some(outcome) = self.act_on_part(command) {
            return outcome;
        }
        if let Some(outcome) = self.begin_typing(command) {
            return outcome;
        }
        if let Some(outcome) = self.travel(command, goal) {
            return outcome;
        }
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.cancel();
        match command {
            // A new line is for where one types.
            Command::EditorCancel | Command::EditorNewline => Outcome::Same,
            Command::EditorNormalMode => {
                self.buffer.deselect();
                self.vi.mode = Mode::Normal;
                Outcome::Same
            }
            Command::EditorPasteAfter => self.put(count, true),
            Command::EditorPasteBefore => self.put(count, false),
            Command::EditorJoinLines => self.join(count),
            Command::EditorUndo | Command::EditorRedo => {
                self.buffer.deselect();
                self.vi.mode = Mode::Normal;
                let mut any = false;
                for _ in 0..count {
                    let did =
                        if command == Command::EditorUndo { self.buffer.undo() } else { self.buffer.redo() };
                    if !did {
                        break;
                    }
                    any = true;
                }
                changed(any)
            }
            _ => {
                self.take_selection();
                self.plain(command)
            }
        }
    }

    /// Operators, and what selects.
    fn act_on_part(&mut self, command: Command) -> Option<Outcome> {
        let search = |forward, till| Some(Awaiting::Letter(Search { forward, till }));
        let awaits = match command {
            Command::EditorLetterRight => search(true, false),
            Command::EditorLetterLeft => search(false, false),
            Command::EditorBeforeLetterRight => search(true, true),
            Command::EditorBeforeLetterLeft => search(false, true),
            Command::EditorReplaceCharacter => Some(Awaiting::Replacement),
            Command::EditorInside => Some(Awaiting::Object(false)),
            Command::EditorAround => Some(Awaiting::Object(true)),
            _ => None,
        };
        if awaits.is_some() {
            self.vi.awaiting = awaits;
            return Some(Outcome::Same);
        }
        let at = self.buffer.cursor();
        let text = self.buffer.text();
        let operator = match command {
            Command::EditorVisual | Command::EditorVisualLines => {
                let mode = Mode::Visual(command == Command::EditorVisualLines);
                self.vi.cancel();
                if self.vi.mode == mode {
                    self.vi.mode = Mode::Normal;
                    self.buffer.deselect();
                } else {
                    if self.vi.mode == Mode::Normal {
                        self.buffer.deselect();
                        self.buffer.toggle_selection();
                    }
                    self.vi.mode = mode;
                }
                return Some(Outcome::Same);
            }
            Command::EditorOtherEnd => {
                self.buffer.swap_ends();
                return Some(Outcome::Same);
            }
            // What is short for an operator with a movement.
            Command::EditorDeleteRight | Command::EditorDeleteLeft if self.selected().is_none() => {
                let count = self.vi.take_count().unwrap_or(1);
                self.vi.cancel();
                let (from, to) = if command == Command::EditorDeleteRight {
                    (at, self.clusters_on(at, count))
                } else {
                    ((0..count).fold(at, |spot, _| text.left_in_line(spot)), at)
                };
                return Some(if from == to {
                    Outcome::Same
                } else {
                    self.operate(Operator::Delete, Object { from, to, is_lines: false })
                });
            }
            Command::EditorSubstitute if self.selected().is_none() => {
                let count = self.vi.take_count().unwrap_or(1);
                let to = self.clusters_on(at, count);
                return Some(self.operate(Operator::Change, Object { from: at, to, is_lines: false }));
            }
            Command::EditorDeleteToEnd | Command::EditorChangeToEnd if self.selected().is_none() => {
                let last = text.lines().len() - 1;
                let line = (at.line + self.vi.take_count().unwrap_or(1) - 1).min(last);
                let to = self.buffer.text().line_end(line);
                let operator =
                    if command == Command::EditorDeleteToEnd { Operator::Delete } else { Operator::Change };
                return Some(self.operate(operator, Object { from: at, to, is_lines: false }));
            }
            Command::EditorDeleteToEnd => return Some(self.on_selection(Operator::Delete, true)),
            Command::EditorChangeToEnd => return Some(self.on_selection(Operator::Change, true)),
            Command::EditorChangeLine => return Some(self.on_lines(Operator::Change)),
            Command::EditorYankLine => return Some(self.on_lines(Operator::Yank)),
            Command::EditorDeleteLine => return Some(self.on_lines(Operator::Delete)),
            Command::EditorSwitchCase => return Some(self.switch_case()),
            Command::EditorOperatorDelete | Command::EditorDeleteRight | Command::EditorDeleteLeft => {
                Operator::Delete
            }
            Command::EditorOperatorChange | Command::EditorSubstitute => Operator::Change,
            Command::EditorOperatorYank => Operator::Yank,
            _ => return None,
        };
        if self.selected().is_some() {
            return Some(self.on_selection(operator, false));
        }
        Some(match self.vi.operator {
            Some((pending, _)) if pending == operator => self.on_lines(operator),
            Some(_) => {
                self.vi.cancel();
                Outcome::Same
            }
            None => {
                self.vi.operator = Some((operator, self.vi.count.take()));
                Outcome::Same
            }
        })
    }

    /// The operator acts on what is selected.
    fn on_selection(&mut self, operator: Operator, lines: bool) -> Outcome {
        let is_lines = lines || self.vi.mode == Mode::Visual(true);
        self.vi.cancel();
        let Some((from, to)) = self.selected() else { return Outcome::Same };
        self.operate(operator, Object { from, to, is_lines })
    }

    /// The operator acts on so many lines from that of the cursor on, or on those of the selection.
    fn on_lines(&mut self, operator: Operator) -> Outcome {
        if self.selected().is_some() {
            return self.on_selection(operator, true);
        }
        let at = self.buffer.cursor();
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.cancel();
        let line = (at.line + count - 1).min(self.buffer.text().lines().len() - 1);
        self.operate(operator, Object { from: at, to: Spot { line, byte: 0 }, is_lines: true })
    }

    /// The place so many clusters on in the line.
    fn clusters_on(&self, at: Spot, count: usize) -> Spot {
        let text = self.buffer.text();
        let mut to = at;
        for _ in 0..count {
            let next = text.right_in_line(to);
            if next == to {
                break;
            }
            to = next;
        }
        to
    }

    /// Commands after which one types.
    fn begin_typing(&mut self, command: Command) -> Option<Outcome> {
        let at = self.buffer.cursor();
        let text = self.buffer.text();
        let selected = self.selected();
        let start = selected.map_or(at, |(from, _)| from);
        let (to, breaks) = match command {
            Command::EditorInsert => (start, None),
            Command::EditorAppend => (selected.map_or_else(|| text.right_in_line(at), |(_, to)| to), None),
            Command::EditorInsertAtStart => (text.first_letter(start.line), None),
            Command::EditorAppendAtEnd => (text.line_end(at.line), None),
            Command::EditorOpenBelow => (text.line_end(at.line), Some(true)),
            Command::EditorOpenAbove => (Spot { byte: 0, ..at }, Some(false)),
            _ => return None,
        };
        self.vi.cancel();
        self.buffer.deselect();
        self.buffer.begin_group();
        self.vi.mode = Mode::Insert;
        self.buffer.go(to);
        let Some(below) = breaks else { return Some(Outcome::Same) };
        self.buffer.insert("\n");
        if !below {
            self.buffer.go(to);
        }
        Some(Outcome::Changed)
    }

    /// A character that was waited for.
    pub(super) fn character(&mut self, awaiting: Awaiting, character: &str) -> Outcome {
        match awaiting {
            Awaiting::Letter(search) => self.go_to_letter(search, character),
            Awaiting::Replacement => self.replace_clusters(character),
            Awaiting::Object(around) => {
                let operator = self.vi.operator.map(|(operator, _)| operator);
                self.vi.cancel();
                let Some(part) = self.buffer.text().object(self.buffer.cursor(), character, around) else {
                    return Outcome::Same;
                };
                match (operator, self.vi.mode) {
                    (Some(operator), _) => self.operate(operator, part),
                    (None, Mode::Visual(_)) => {
                        let last = self.buffer.text().left_in_line(self.buffer.text().ceil(part.to));
                        self.vi.mode = Mode::Visual(part.is_lines);
                        self.buffer.select(part.from, last.max(part.from));
                        self.buffer.hold();
                        Outcome::Same
                    }
                    _ => Outcome::Same,
                }
            }
        }
    }

    fn replace_clusters(&mut self, character: &str) -> Outcome {
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.cancel();
        let (from, to) = match self.selected() {
            Some(range) => range,
            None => (self.buffer.cursor(), self.clusters_on(self.buffer.cursor(), count)),
        };
        self.buffer.deselect();
        self.vi.mode = Mode::Normal;
        let old = self.buffer.text().slice(from, to);
        let new: String = map_clusters(&old, |_| character.to_owned());
        if old.is_empty() {
            return Outcome::Same;
        }
        let change = self.buffer.replace(from, to, &new);
        let last = self.buffer.text().left_in_line(change.new_end);
        self.buffer.go(if from.line == last.line { last.max(from) } else { from });
        Outcome::Changed
    }

    fn switch_case(&mut self) -> Outcome {
        let count = self.vi.take_count().unwrap_or(1);
        self.vi.cancel();
        let selected = self.selected();
        let at = self.buffer.cursor();
        let (from, to) = selected.unwrap_or((at, self.clusters_on(at, count)));
        self.buffer.deselect();
        self.vi.mode = Mode::Normal;
        let old = self.buffer.text().slice(from, to);
        let new = map_clusters(&old, |cluster| {
            let is_lower = cluster.chars().any(char::is_lowercase);
            if is_lower { cluster.to_uppercase() } else { cluster.to_lowercase() }
        });
        let is_other = new != old;
        if is_other {
            self.buffer.replace(from, to, &new);
        }
        let to = if selected.is_some() {
            from
        } else if is_other {
            self.buffer.cursor()
        } else {
            to
        };
        self.buffer.go(to);
        changed(is_other)
    }

    /// Puts in what was cut or copied last, behind the cursor or before it.
    fn put(&mut self, count: usize, after: bool) -> Outcome {
        let Cut { text: cut, is_lines } = self.buffer.last_cut().clone();
        if cut.is_empty() && !is_lines {
            return Outcome::Same;
        }
        let replaced = self.selected().map(|range| (range, self.vi.mode == Mode::Visual(true)));
        self.buffer.begin_group();
        let mut after = after;
        if let Some(((from, to), whole_lines)) = replaced {
            let was_last = to == self.buffer.text().end();
            self.operate(Operator::Delete, Object { from, to, is_lines: whole_lines });
            after = was_last && (whole_lines || from.byte > 0) || !whole_lines && after && is_lines;
        }
        let at = self.buffer.cursor();
        // What would fill the memory is a slip of the fingers.
        let count = count.min(1 + (1 << 24) / (cut.len() + 1));
        let text = self.buffer.text();
        if is_lines {
            let all = vec![cut.as_str(); count].join("\n");
            let (to, all) = if after {
                (text.line_end(at.line), format!("\n{all}"))
            } else {
                (Spot { byte: 0, ..at }, format!("{all}\n"))
            };
            self.buffer.replace(to, to, &all);
            let line = if after { at.line + 1 } else { at.line };
            self.buffer.go(self.buffer.text().first_letter(line));
        } else {
            let to = if after { text.right_in_line(at) } else { at };
            let change = self.buffer.replace(to, to, &cut.repeat(count));
            let last = self.buffer.text().left(change.new_end);
            self.buffer.go(last.max(to));
        }
        self.buffer.end_group();
        Outcome::Changed
    }

    /// Joins so many lines, or those of the selection, with a blank between them.
    fn join(&mut self, count: usize) -> Outcome {
        let times = match self.selected() {
            Some((from, to)) => {
                self.buffer.deselect();
                self.buffer.go(from);
                (to.line - from.line).max(1)
            }
            None => count.max(2) - 1,
        };
        self.vi.mode = Mode::Normal;
        let before = self.buffer.revision();
        let line = self.buffer.cursor().line;
        let text = self.buffer.text();
        let last = (line + times).min(text.lines().len() - 1);
        if last == line {
            return Outcome::Same;
        }
        let mut joined = text.line(line).trim_end_matches([' ', '\t']).to_owned();
        let mut at = joined.len();
        for next in line + 1..=last {
            let text = text.line(next).trim_matches([' ', '\t']);
            at = joined.len();
            if !joined.is_empty() && !text.is_empty() && !text.starts_with(')') {
                joined.push(' ');
            }
            joined.push_str(text);
        }
        let (from, to) = (Spot { line, byte: 0 }, text.line_end(last));
        self.buffer.replace(from, to, &joined);
        self.buffer.go(Spot { line, byte: at });
        changed(self.buffer.revision() != before)
    }
}

/// Each cluster of a text as another; line breaks stay.
fn map_clusters(text: &str, map: impl Fn(&str) -> String) -> String {
    let lines = text.split('\n').map(|line| {
        let mut mapped = String::with_capacity(line.len());
        let mut at = 0;
        while at < line.len() {
            mapped.push_str(&map(cluster(line, at)));
            at = next(line, at);
        }
        mapped
    });
    lines.collect::<Vec<_>>().join("\n")
}
