//! Judging: the order as it is typed, the questions after it, what can't be judged; and the verbs that
//! come of these.

use super::order::{self, Key, Order};
use super::questions::{self, Outcome, Questions};
use super::shown::{Focus, Shown};
use super::{CONFIRMS, Pressed, Rank};
use crate::dataset::Verb;
use crate::example::{Details, Protocol};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared, Tone};
use crate::tui::widgets::menus;

/// Why it can't be judged: chosen from the menu, or written.
const CANNOT: Purpose = Purpose::Own(2);
/// What the menu says for a reason that is not on it.
const ANOTHER: &str = "another reason …";

fn look(sentence: impl Into<String>) -> Effect {
    Effect::Say(Tone::Look, sentence.into())
}

impl Rank {
    /// A key of the order.
    pub(super) fn rank(&mut self, key: Key, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        match shown.order.press(key) {
            order::Effect::Changed => Vec::new(),
            order::Effect::Refused(why) => vec![look(why)],
            order::Effect::Complete => {
                let last = shown.order.placed_itself();
                self.confirms = last.zip(shared.now.map(|now| now + CONFIRMS));
                self.complete(shared)
            }
        }
    }

    /// Places the response that is looked at, and looks at the next one that has no place.
    pub(super) fn place_focused(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        let Some(at) = shown.focused() else {
            return vec![look("the prompt is looked at: tab goes to the responses")];
        };
        let effects = self.rank(Key::Place(at + 1), shared);
        if let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done) {
            shown.look_at_unplaced(at);
        }
        effects
    }

    /// Submits what is placed so far.
    pub(super) fn submit(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        if !shown.order.places().tiers.is_empty() {
            return self.complete(shared);
        }
        vec![look(match shown.own(&shared.annotator) {
            Some(own) => format!("nothing new is typed; you ranked {}", shown.told(own)),
            None => "nothing is placed yet: type the number of the best response".to_owned(),
        })]
    }

    /// The order is as it is to be: what the protocol asks beside it, or on its way to disk.
    fn complete(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        let protocol = shared.definitions.protocol.as_ref();
        shown.questions = Questions::new(protocol, &shown.order.places(), shown.presented.len());
        if shown.questions.is_none() {
            return self.perform(shared);
        }
        shown.look_at_rated();
        Vec::new()
    }

    /// A key of an answer.
    pub(super) fn answer_question(&mut self, pressed: Pressed, shared: &Shared) -> Vec<Effect> {
        let together = self.together;
        let Some(shown) = &mut self.shown else { return Vec::new() };
        let key = match pressed.command {
            Command::RankNextQuestion | Command::RankSubmit => questions::Key::Enter,
            Command::RankBack => questions::Key::Back,
            Command::RankFocusNext | Command::MoveRight => questions::Key::Next,
            Command::RankFocusPrevious | Command::MoveLeft => questions::Key::Previous,
            Command::RankPlaceFocused => questions::Key::Toggle,
            other => match pressed.number() {
                Some(number) => questions::Key::Digit(number),
                None if shown.scroll(other, together) => return Vec::new(),
                None => return vec![look("a question is open: a digit answers it, enter goes on")],
            },
        };
        let Some(asked) = &mut shown.questions else { return Vec::new() };
        match asked.press(key) {
            Outcome::Changed => {
                shown.look_at_rated();
                Vec::new()
            }
            Outcome::Refused(why) => vec![look(why)],
            Outcome::Left => self.back_to_order(shared),
            Outcome::Done => self.perform(shared),
        }
    }

    /// From the questions back to the order, whose last key is taken back.
    pub(super) fn back_to_order(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        shown.questions = None;
        if shown.order.places().is_complete() {
            return self.rank(Key::Back, shared);
        }
        Vec::new()
    }

    /// On its way to disk, and on to the next.
    fn perform(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let says = menus::lacking(&shown.example.tags, shared).filter(|_| !shown.again);
        self.afterwards.extend(says.map(|says| (shown.id, says)));
        let mut effects = vec![Effect::Perform(Box::new(shown.verb(true)))];
        effects.extend(self.go_on(true, shared));
        effects
    }

    /// Asks why this can't be judged.
    pub(super) fn ask_why_not(&mut self, shared: &Shared) -> Vec<Effect> {
        let protocol = shared.definitions.protocol.clone().unwrap_or_default();
        let Protocol { cannot, .. } = protocol;
        let another = std::iter::once(ANOTHER.to_owned());
        let item =
            |value: String| PickerItem { group: String::new(), value, detail: String::new(), chosen: false };
        vec![Effect::PickByKey(
            Picker {
                title: "Why can't this be judged?".to_owned(),
                items: cannot.into_iter().chain(another).map(item).collect(),
                several: false,
                open: true,
                purpose: CANNOT,
            },
            CANNOT,
        )]
    }

    pub(super) fn picked_cannot(
        &mut self,
        purpose: &Purpose,
        values: &[String],
        shared: &Shared,
    ) -> Option<Vec<Effect>> {
        let why = values.first().filter(|_| *purpose == CANNOT)?;
        if why == ANOTHER {
            let title = "Why can't this be judged?".to_owned();
            return Some(vec![Effect::Enter(Prompting { title, text: String::new(), purpose: CANNOT })]);
        }
        self.entered_cannot(purpose, why, shared)
    }

    pub(super) fn entered_cannot(
        &mut self,
        purpose: &Purpose,
        why: &str,
        shared: &Shared,
    ) -> Option<Vec<Effect>> {
        let why = Some(why.trim()).filter(|_| *purpose == CANNOT)?;
        let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done) else { return Some(Vec::new()) };
        if why.is_empty() {
            return Some(vec![look("nothing was said, so nothing is done")]);
        }
        shown.order = Order::new(shown.presented.len());
        shown.cannot = Some(why.to_owned());
        let effects = self.perform(shared);
        Some(effects)
    }

    /// Asks for the kind of a flag: one letter raises it, enter asks for a note too.
    pub(super) fn ask_for_flag(&self, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = self.subject_of_menus() else { return Vec::new() };
        let effects = menus::command(Command::ExampleFlag, &subject, shared).unwrap_or_default();
        let by_key = |effect| match effect {
            Effect::Pick(picker) => Effect::PickByKey(picker, Purpose::FlagAtOnce),
            other => other,
        };
        effects.into_iter().map(by_key).collect()
    }
}

impl Shown {
    /// What is typed as a verb: a ranking, or of a hidden repeat what is only measured.
    pub(super) fn verb(&self, submit: bool) -> Verb {
        let (tiers, bad) = self.ranking();
        let mut details = Box::new(Details {
            cannot: self.cannot.clone(),
            millis: self.spent.millis(),
            ..Details::default()
        });
        if let Some(questions) = &self.questions {
            questions.tell(&self.presented, &mut details);
        }
        let (example, presented) = (self.id, self.presented.clone());
        if self.again {
            return Verb::Repeat { example, tiers, bad, presented, details };
        }
        Verb::Rank { example, tiers, bad, presented, details, submit }
    }

    /// Looks at the next response that has no place yet.
    fn look_at_unplaced(&mut self, from: usize) {
        let rest = self.order.places().rest;
        let next = rest.iter().find(|&&at| at > from).or(rest.first());
        if let Some(&next) = next {
            self.focus = Focus::Response(next);
        }
    }

    /// Looks at the response that is being rated.
    fn look_at_rated(&mut self) {
        if let Some(at) = self.questions.as_ref().and_then(Questions::rated) {
            self.focus = Focus::Response(at);
        }
    }
}
