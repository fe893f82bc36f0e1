//! What the screen does with what it hears.

use super::Failures;
use crate::dataset::Verb;
use crate::example::Tag;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Picker, PickerItem, Place, Prompting, Purpose, Request, Seed};
use crate::tui::failing::Against;
use crate::tui::screen::Input;

/// Which round is it compared with?
const AGAINST: Purpose = Purpose::Own(0);
/// How many are to be written?
const HOW_MANY: Purpose = Purpose::Own(1);
/// What is proposed where one is asked how many.
const USUAL: &str = "20";
/// What is told of a slice by tags that only tests have.
const UNKNOWN: &str = "no tag of this dataset yet: the Coverage screen makes it one";
/// In the menu of rounds, no round.
const NOTHING: &str = "nothing";

impl Failures {
    /// Asks for the rounds; where an answer is waited for, when that has come.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        self.waiting.ask(Request::Rounds(Some(self.asked.clone())))
    }

    /// Nobody looks any more.
    pub(super) fn left_behind(&mut self) -> Vec<Effect> {
        self.waiting.end(Request::Rounds(None))
    }

    /// Whether some slice fails more than the rest.
    pub(super) fn is_any_failing(&self) -> bool {
        let shown = self.rounds.as_ref().and_then(|rounds| rounds.shown.as_ref());
        shown.is_some_and(|shown| !shown.failing.slices.is_empty())
    }

    pub(super) fn heard(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command),
            Input::Answer(Answer::Rounds(generation, rounds)) if generation == self.waiting.generation() => {
                self.rounds = Some(rounds);
                self.at = self.at.min(self.lines().len().saturating_sub(1));
                if self.waiting.came() {
                    return self.ask();
                }
            }
            Input::Answer(Answer::Failed(generation, _)) if generation == self.waiting.generation() => {
                self.waiting.came();
            }
            Input::Changed(_) => return self.ask(),
            Input::Picked(AGAINST, values) => {
                if let Some(value) = values.into_iter().next() {
                    // No round can be called so: the names of rounds stand in quotes in the menu.
                    self.asked.against = match value.strip_prefix('“').and_then(|name| name.strip_suffix('”'))
                    {
                        Some(name) => Against::Round(name.to_owned()),
                        None => Against::Nothing,
                    };
                    return self.ask();
                }
            }
            Input::Entered(HOW_MANY, text) => return self.queue(text.trim()),
            Input::Click { x, y } => return self.click(x, y),
            Input::Wheel { lines, .. } => self.step(lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        let is_there = |(columns, rows, _): &&(std::ops::Range<u16>, std::ops::Range<u16>, usize)| {
            columns.contains(&x) && rows.contains(&y)
        };
        if let Some((_, _, round)) = self.drawn_rounds.iter().find(is_there) {
            return self.choose(*round);
        }
        if let Some((_, line)) = self.drawn.iter().find(|(row, _)| *row == y).copied()
            && std::mem::replace(&mut self.at, line) == line
        {
            // What was selected already is gone into.
            return self.list();
        }
        Vec::new()
    }

    fn step(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.lines().len().saturating_sub(1));
    }

    fn command(&mut self, command: Command) -> Vec<Effect> {
        let page = isize::try_from(self.page.max(1)).unwrap_or(isize::MAX);
        match command {
            Command::MoveUp => self.step(-1),
            Command::MoveDown => self.step(1),
            Command::MovePageUp => self.step(-page),
            Command::MovePageDown => self.step(page),
            Command::MoveHalfPageUp => self.step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.step((page / 2).max(1)),
            Command::MoveTop => self.step(isize::MIN),
            Command::MoveBottom => self.step(isize::MAX),
            Command::MoveLeft | Command::FailuresEarlier => return self.go_by(-1),
            Command::MoveRight | Command::FailuresLater => return self.go_by(1),
            Command::FailuresList => return self.list(),
            Command::FailuresWrite => {
                return match self.line() {
                    Some(line) if line.filter.is_none() => Effect::only_look(UNKNOWN),
                    Some(line) => vec![Effect::Go(Place::WriteNew(Seed::Tagged(line.tags.clone())))],
                    None => Effect::only_look("there is no slice here to write for"),
                };
            }
            Command::FailuresQueue => return self.ask_how_many(),
            Command::FailuresCandidates => {
                return match self.line() {
                    Some(line) => self.bring_in(&line.tags),
                    None => Effect::only_look(
                        "there is no slice here; `C` brings in all failing answers of the round",
                    ),
                };
            }
            Command::FailuresAllCandidates => return self.bring_in(&[]),
            Command::FailuresAgainst => return self.ask_against(),
            _ => {}
        }
        Vec::new()
    }

    /// The round that was asked for last, by its place.
    fn place(&self) -> Option<usize> {
        let rounds = self.rounds.as_ref()?;
        let named = |name: &String| rounds.rounds.iter().position(|round| round.name == *name);
        self.asked.round.as_ref().and_then(named).or_else(|| rounds.rounds.len().checked_sub(1))
    }

    fn go_by(&mut self, by: isize) -> Vec<Effect> {
        let Some(place) = self.place() else { return Vec::new() };
        let last = self.rounds.as_ref().map_or(0, |rounds| rounds.rounds.len().saturating_sub(1));
        self.choose(place.saturating_add_signed(by).min(last))
    }

    /// Looks at another round, against the one before it.
    fn choose(&mut self, place: usize) -> Vec<Effect> {
        let name = self.rounds.as_ref().and_then(|rounds| rounds.rounds.get(place)).map(|round| &round.name);
        if self.place() == Some(place) || name.is_none() {
            return Vec::new();
        }
        self.asked.round = name.cloned();
        self.asked.against = Against::Before;
        (self.at, self.top) = (0, 0);
        self.ask()
    }

    /// The training examples of the slice.
    fn list(&self) -> Vec<Effect> {
        match self.line() {
            Some(line) => match &line.filter {
                Some(filter) => vec![Effect::Go(Place::Browse(Some(filter.clone())))],
                None => Effect::only_look(UNKNOWN),
            },
            None => Effect::only_look("there is no slice here; `b` lists the examples"),
        }
    }

    /// The failing answers to tests that carry these tags become candidates.
    fn bring_in(&self, tags: &[Tag]) -> Vec<Effect> {
        match self.round() {
            Some(name) => {
                let (round, tags) = (name.to_owned(), tags.to_vec());
                vec![Effect::Perform(Box::new(Verb::AddCandidates { round, tags }))]
            }
            None => Effect::only_look("no round is kept yet"),
        }
    }

    fn ask_how_many(&self) -> Vec<Effect> {
        if !self.is_any_failing() {
            return Effect::only_look("no slice fails more than the rest, so there is nothing to queue");
        }
        let title = "How many examples to write, shared out among the slices that fail?".to_owned();
        vec![Effect::Enter(Prompting { title, text: USUAL.to_owned(), purpose: HOW_MANY })]
    }

    fn queue(&self, text: &str) -> Vec<Effect> {
        let shown = self.rounds.as_ref().and_then(|rounds| rounds.shown.as_ref());
        let (Some(shown), Some(round)) = (shown, self.round()) else { return Vec::new() };
        match text.parse::<u64>() {
            Ok(budget) if budget > 0 => vec![Effect::Perform(Box::new(Verb::QueueSiblings {
                round: round.to_owned(),
                siblings: shown.failing.siblings(budget),
            }))],
            _ if text.is_empty() => Vec::new(),
            _ => Effect::refuse(format!("“{text}” is no number of examples")),
        }
    }

    fn ask_against(&self) -> Vec<Effect> {
        let Some(rounds) = self.rounds.as_ref() else { return Vec::new() };
        let Some(shown) = &rounds.shown else { return Effect::only_look("no round is kept yet") };
        if rounds.rounds.len() < 2 {
            return Effect::only_look("there is no other round to compare with");
        }
        let now = shown.against.as_ref().map(|(at, _)| *at);
        let others = rounds.rounds.iter().enumerate().filter(|(at, _)| *at != shown.round).rev();
        let mut items: Vec<PickerItem> = others
            .map(|(at, round)| PickerItem {
                group: String::new(),
                value: format!("“{}”", round.name),
                detail: round.at.local_minute(),
                chosen: now == Some(at),
            })
            .collect();
        items.push(PickerItem {
            group: String::new(),
            value: NOTHING.to_owned(),
            detail: String::new(),
            chosen: now.is_none(),
        });
        let title = "Which round is it compared with?".to_owned();
        vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose: AGAINST })]
    }
}
