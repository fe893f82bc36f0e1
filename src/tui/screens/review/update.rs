//! What happens on the screen: keys, menus, lines that are entered.

use super::super::rank::order::{self, Key};
use super::super::rank::shown::Focus;
use super::shown::Shown;
use super::{Left, Next, Review, protocol};
use crate::dataset::{Decision, Verb};
use crate::example::{Standing, Status};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Place, Prompting, Purpose, Shared, Tone};
use crate::tui::screen::Input;
use crate::tui::widgets::menus::{self, Subject};
use crate::tui::widgets::trails::{self, Step};

/// The questions of this screen: why it is sent back, what is meant, whose ranking is gold.
const REASON: Purpose = Purpose::Own(1);
const NOTE: Purpose = Purpose::Own(2);
const GOLD: Purpose = Purpose::Own(3);

impl Review {
    pub(super) fn handle(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, digit } => {
                let about = self.shown.as_ref().map(|shown| shown.id);
                let mut effects = self.command(command, digit, shared);
                if effects.iter().any(|effect| matches!(effect, Effect::Pick(_) | Effect::Enter(_))) {
                    self.asked_of = about;
                }
                if let Some(shown) = self.shown.as_ref().filter(|shown| !shown.is_done) {
                    effects.extend(self.holding.go_on(shown.id, shared));
                }
                effects
            }
            Input::Answer(answer) => self.answer(answer, shared),
            Input::Changed(which) => self.changed(which),
            Input::Picked(_, ref values) if self.is_of_another() => self.nothing_done(&values.join(", ")),
            Input::Entered(_, ref text) if self.is_of_another() => self.nothing_done(text),
            Input::Picked(REASON, values) => self.reason_given(values.into_iter().next()),
            Input::Picked(GOLD, values) => {
                let annotator = values.into_iter().next();
                annotator.and_then(|name| self.call_gold(name)).into_iter().collect()
            }
            Input::Picked(purpose, values) => self
                .subject()
                .and_then(|subject| menus::picked(&purpose, &values, &subject, shared))
                .unwrap_or_default(),
            Input::Entered(NOTE, note) => match self.reason.take() {
                Some((id, reason)) if self.is_at(id) => {
                    let note = note.trim().to_owned();
                    self.decide(Decision::Return { reason, note, to: Vec::new() }, shared)
                }
                _ => Vec::new(),
            },
            Input::Entered(purpose, text) => self
                .subject()
                .and_then(|subject| menus::entered(&purpose, &text, &subject))
                .unwrap_or_default(),
            Input::Click { x, y } => {
                let (x, y) = (x.saturating_add(self.origin.0), y.saturating_add(self.origin.1));
                if let Some(shown) = &mut self.shown
                    && let Some(focus) = shown.panes.at(x, y)
                {
                    shown.focus = focus;
                }
                Vec::new()
            }
            Input::Wheel { x, y, lines } => {
                self.wheel(x, y, isize::from(lines));
                Vec::new()
            }
            Input::Text(_) | Input::Woken => Vec::new(),
        }
    }

    /// Whether a menu or a line was for an example that is not shown any more.
    fn is_of_another(&self) -> bool {
        self.asked_of.is_some_and(|id| !self.is_at(id))
    }

    fn nothing_done(&mut self, said: &str) -> Vec<Effect> {
        let id = self.asked_of.take().unwrap_or_default();
        self.reason = None;
        vec![Effect::look(format!("#{id} is not on the screen any more; nothing was done with “{said}”"))]
    }

    fn is_at(&self, id: i64) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.id == id && !shown.is_done)
    }

    fn subject(&self) -> Option<Subject> {
        let shown = self.shown.as_ref().filter(|shown| !shown.is_done)?;
        let response = shown.focused().and_then(|at| Some((*shown.presented.get(at)?, at + 1)));
        // A flag on the only response is one on the example.
        let response = response.filter(|_| shown.presented.len() > 1);
        Some(Subject::one(shown.id, &shown.example, response))
    }

    fn command(&mut self, command: Command, digit: Option<u8>, shared: &Shared) -> Vec<Effect> {
        if matches!(self.next, Next::Listing(_) | Next::Reading(_)) {
            // Nobody decides on what they have not seen.
            return vec![Effect::look("the next one is not there yet: press it again")];
        }
        let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done) else {
            return vec![Effect::look("nothing waits for your review")];
        };
        let id = shown.id;
        let number = command.placed_response().or(digit.map(usize::from)).filter(|number| *number > 0);
        match command {
            Command::ExampleApprove => self.decide(Decision::Approve, shared),
            Command::ReviewReturn => self.ask_reason(shared),
            Command::ReviewOverrule => self.overrule(shared),
            Command::ReviewGold => self.gold(shared),
            Command::ReviewEdit => vec![Effect::Go(Place::Write(Some(id)))],
            Command::ReviewAuthors => {
                self.authors = Some(!self.shows_authors(shared));
                Vec::new()
            }
            Command::ReviewDetails => {
                self.details = !self.details;
                self.scrolled = 0;
                Vec::new()
            }
            Command::RankDifferences => {
                self.differences = !self.differences;
                let word = if self.differences { "marked" } else { "not marked" };
                vec![Effect::Say(Tone::Good, format!("differing words are {word}"))]
            }
            Command::RankPlaceFocused => place_focused(shown),
            Command::RankTie => press(shown, Key::Tie),
            Command::RankBad => press(shown, Key::Bad),
            Command::RankBack | Command::AppUndo => press(shown, Key::Back),
            Command::RankFocusNext | Command::MoveRight => {
                shown.turn(true);
                Vec::new()
            }
            Command::RankFocusPrevious | Command::MoveLeft => {
                shown.turn(false);
                Vec::new()
            }
            Command::ExampleNext | Command::ExampleSkip => vec![self.pass_on(id, true, shared)],
            Command::ExamplePrevious => vec![self.pass_on(id, false, shared)],
            Command::ExampleDiscard => {
                let set = self.subject().and_then(|subject| menus::command(command, &subject, shared));
                let mut effects = set.unwrap_or_default();
                effects.extend(self.go_on(shared));
                effects
            }
            _ => match number {
                Some(number) => press(shown, Key::Place(number)),
                None if self.scroll(command) => Vec::new(),
                None => self
                    .subject()
                    .and_then(|subject| menus::command(command, &subject, shared))
                    .unwrap_or_default(),
            },
        }
    }

    /// Why the shown example can't be decided on; nothing where it can.
    fn undecidable(&self) -> Option<Effect> {
        let shown = self.shown.as_ref()?;
        let status = shown.example.status;
        (status != Status::Submitted)
            .then(|| Effect::look(format!("#{} is {status}; only submitted work is reviewed", shown.id)))
    }

    fn decide(&mut self, decision: Decision, shared: &Shared) -> Vec<Effect> {
        if let Some(why) = self.undecidable() {
            return vec![why];
        }
        let Some(shown) = &self.shown else { return Vec::new() };
        let example = shown.id;
        let sent_back = match &decision {
            Decision::Return { reason, note, .. } => Some((reason.clone(), note.clone())),
            _ => None,
        };
        let verb = match &sent_back {
            // A reason that is new is offered from now on.
            Some((reason, _)) if !reason.is_empty() && !protocol(shared).returns.contains(reason) => {
                let mut with_it = protocol(shared);
                with_it.returns.push(reason.clone());
                let review = Verb::Review { example, decision };
                Verb::Several(vec![review, Verb::SetProtocol(Some(Box::new(with_it)))])
            }
            _ => Verb::Review { example, decision },
        };
        self.left = Some(Left { id: example, order: shown.order.clone(), sent_back });
        let mut effects = vec![Effect::Perform(Box::new(verb))];
        effects.extend(self.go_on(shared));
        effects
    }

    /// The shown example is done: on to the next.
    fn go_on(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        let id = shown.id;
        shown.order = order::Order::new(shown.presented.len());
        if let Some(Step::End(says)) = trails::step(shared, id, true) {
            // There is no other to take its place: it stays, and this is said once it is on disk.
            self.afterwards = Some((id, says));
            return Vec::new();
        }
        shown.is_done = true;
        self.unconfirmed.insert(id);
        vec![self.pass_on(id, true, shared)]
    }

    fn ask_reason(&mut self, shared: &Shared) -> Vec<Effect> {
        if let Some(why) = self.undecidable() {
            return vec![why];
        }
        let Some(shown) = &self.shown else { return Vec::new() };
        let item = |word: String| PickerItem {
            group: String::new(),
            value: word,
            detail: String::new(),
            chosen: false,
        };
        vec![Effect::Pick(Picker {
            title: format!("Why is #{} sent back?", shown.id),
            items: protocol(shared).returns.into_iter().map(item).collect(),
            several: false,
            open: true,
            purpose: REASON,
        })]
    }

    fn reason_given(&mut self, reason: Option<String>) -> Vec<Effect> {
        reason.map(|reason| self.ask_note(&reason, String::new())).unwrap_or_default()
    }

    /// Asks for the note that goes with a reason.
    pub(super) fn ask_note(&mut self, reason: &str, text: String) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let title = format!("{reason} — what is meant?");
        self.reason = Some((shown.id, reason.trim().to_owned()));
        self.asked_of = Some(shown.id);
        vec![Effect::Enter(Prompting { title, text, purpose: NOTE })]
    }

    /// The typed order as a decision; nothing where none is typed.
    fn typed(&self) -> Option<Decision> {
        let shown = self.shown.as_ref()?;
        let (tiers, bad) = shown.ranking();
        (!tiers.is_empty() || !bad.is_empty()).then(|| Decision::Overrule {
            tiers,
            bad,
            presented: shown.presented.clone(),
            reason: String::new(),
            note: String::new(),
        })
    }

    fn overrule(&mut self, shared: &Shared) -> Vec<Effect> {
        match self.typed() {
            Some(decision) => self.decide(decision, shared),
            None => {
                vec![Effect::look(
                    "type the order that is to count, best first; “approve” agrees with what is there",
                )]
            }
        }
    }

    /// The typed order counts, and is the known right one; where none is typed, somebody's is.
    fn gold(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let id = shown.id;
        if let Some(decision) = self.typed() {
            if let Some(why) = self.undecidable() {
                return vec![why];
            }
            let standing = Verb::SetStanding {
                example: id,
                annotator: shared.annotator.clone(),
                standing: Standing::Gold,
            };
            self.left = Some(Left { id, order: shown.order.clone(), sent_back: None });
            let both = vec![Verb::Review { example: id, decision }, standing];
            let mut effects = vec![Effect::Perform(Box::new(Verb::Several(both)))];
            effects.extend(self.go_on(shared));
            return effects;
        }
        let rankings = shown.example.rankings.iter().filter(|ranking| !ranking.is_abstention());
        let items: Vec<PickerItem> = rankings
            .map(|ranking| PickerItem {
                group: String::new(),
                value: ranking.annotator.clone(),
                detail: match ranking.details.standing {
                    Standing::Own => String::new(),
                    standing => standing.as_str().to_owned(),
                },
                chosen: ranking.details.standing == Standing::Gold,
            })
            .collect();
        if items.is_empty() {
            return vec![Effect::look("nobody ranked it: type the order that is right")];
        }
        let title = format!("Whose ranking of #{id} is the known right one?");
        vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose: GOLD })]
    }

    /// Calls somebody's ranking the known right one, or no longer so where it is.
    fn call_gold(&self, annotator: String) -> Option<Effect> {
        let shown = self.shown.as_ref()?;
        let example = shown.id;
        let is_gold = shown
            .example
            .rankings
            .iter()
            .any(|ranking| ranking.annotator == annotator && ranking.details.standing == Standing::Gold);
        let standing = if is_gold { Standing::Own } else { Standing::Gold };
        Some(Effect::Perform(Box::new(Verb::SetStanding { example, annotator, standing })))
    }

    /// Scrolls: by lines what is looked at, by pages all responses together.
    fn scroll(&mut self, command: Command) -> bool {
        let Some(shown) = &mut self.shown else { return false };
        let page = isize::try_from(shown.panes.height()).unwrap_or(1).max(2);
        let (lines, all) = match command {
            Command::MoveUp => (-1, false),
            Command::MoveDown => (1, false),
            Command::MovePageUp => (1 - page, true),
            Command::MovePageDown => (page - 1, true),
            Command::MoveHalfPageUp => (-page / 2, true),
            Command::MoveHalfPageDown => (page / 2, true),
            Command::MoveTop => (isize::MIN / 2, true),
            Command::MoveBottom => (isize::MAX / 2, true),
            _ => return false,
        };
        if self.details {
            self.scrolled = self.scrolled.saturating_add_signed(lines);
            return true;
        }
        match shown.focus {
            Focus::Prompt => shown.prompt.scroll(lines),
            Focus::Response(at) => shown.panes.scroll(if all { None } else { Some(at) }, lines),
        }
        true
    }

    fn wheel(&mut self, x: u16, y: u16, lines: isize) {
        let (x, y) = (x.saturating_add(self.origin.0), y.saturating_add(self.origin.1));
        let Some(shown) = &mut self.shown else { return };
        match shown.panes.at(x, y) {
            Some(Focus::Response(at)) => shown.panes.scroll(Some(at), lines),
            Some(Focus::Prompt) => shown.prompt.scroll(lines),
            None => self.scrolled = self.scrolled.saturating_add_signed(lines),
        }
    }
}

/// Places the response that is looked at, and looks at the next one that has no place.
fn place_focused(shown: &mut Shown) -> Vec<Effect> {
    let Some(at) = shown.focused() else {
        return vec![Effect::look("the prompt is looked at: tab goes to the responses")];
    };
    let effects = press(shown, Key::Place(at + 1));
    let rest = shown.order.places().rest;
    if let Some(&next) = rest.iter().find(|&&next| next > at).or(rest.first()) {
        shown.focus = Focus::Response(next);
    }
    effects
}

fn press(shown: &mut Shown, key: Key) -> Vec<Effect> {
    if shown.presented.len() < 2 {
        return vec![Effect::look("there is one response here: nothing to put in order")];
    }
    match shown.order.press(key) {
        order::Effect::Changed | order::Effect::Complete => Vec::new(),
        order::Effect::Refused(why) => vec![Effect::look(why)],
    }
}
