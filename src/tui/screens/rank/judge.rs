//! Judging: the order as it is typed, the questions after it, what can't be judged; and the verbs that
//! come of these.

use std::collections::HashMap;

use super::asking::{Answer, Asking, FOR_PAIRS, Method, Question};
use super::order::{self, Key, Order};
use super::questions::{self, Outcome, Questions};
use super::shown::{Focus, Shown};
use super::{CONFIRMS, Pressed, Rank};
use crate::dataset::{ANSWERS_FIELD, ORDER_FIELD, Verb};
use crate::example::{Details, Protocol, Ranking};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared, Tone};
use crate::tui::widgets::menus;

/// Why it can't be judged: chosen from the menu, or written.
const CANNOT: Purpose = Purpose::Own(2);
/// What the menu says for a reason that is not on it.
const ANOTHER: &str = "another reason …";

impl Rank {
    /// A key of the order.
    pub(super) fn rank(&mut self, key: Key, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        match shown.order.press(key) {
            order::Effect::Changed => Vec::new(),
            order::Effect::Refused(why) => vec![Effect::look(why)],
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
            return vec![Effect::look("the prompt is looked at: tab goes to the responses")];
        };
        let effects = self.rank(Key::Place(at + 1), shared);
        if let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done()) {
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
        if shown.sent_back(&shared.annotator).is_some()
            && let Some(own) = shown.own(&shared.annotator).cloned()
        {
            // Who stands by what they said says it again.
            return self.say_again(own, shared);
        }
        vec![Effect::look(match shown.own(&shared.annotator) {
            Some(own) => format!("nothing new is typed; you ranked {}", shown.told(own)),
            None => "nothing is placed yet: type the number of the best response".to_owned(),
        })]
    }

    /// The same ranking once more, with all that was said beside it.
    fn say_again(&mut self, own: Ranking, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let verb = Verb::Rank {
            example: shown.id,
            tiers: own.tiers,
            bad: own.bad,
            presented: shown.presented.clone(),
            details: Box::new(own.details),
            submit: true,
        };
        let mut effects = vec![
            Effect::Perform(Box::new(verb)),
            Effect::Say(Tone::Good, "handed in again as it was".to_owned()),
        ];
        effects.extend(self.go_on(false, shared));
        effects
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
        let together = self.looks.together;
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
                None => return vec![Effect::look("a question is open: a digit answers it, enter goes on")],
            },
        };
        let Some(asked) = &mut shown.questions else { return Vec::new() };
        match asked.press(key) {
            Outcome::Changed => {
                shown.look_at_rated();
                Vec::new()
            }
            Outcome::Refused(why) => vec![Effect::look(why)],
            Outcome::Left => self.back_to_order(shared),
            Outcome::Done => self.perform(shared),
        }
    }

    /// From the questions back to the order, whose last key is taken back.
    pub(super) fn back_to_order(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        shown.questions = None;
        if shown.asking.is_some() {
            shown.order = Order::new(shown.presented.len());
            return self.take_answer_back();
        }
        if shown.order.places().is_complete() {
            return self.rank(Key::Back, shared);
        }
        Vec::new()
    }

    /// Goes on with what is kept of ranking by questions, or begins it.
    pub(super) fn begin_asking(&self, shown: &mut Shown, drafts: &HashMap<String, String>, shared: &Shared) {
        if let Some(text) = drafts.get(ORDER_FIELD).filter(|_| !shown.again && !shown.has_typed()) {
            if shown.own(&shared.annotator).is_none() {
                shown.take_up(text, shared.definitions.protocol.as_ref());
            } else {
                // What was said in full since, or before, is not to give way to half of something.
                shown.kept = Some(text.clone());
            }
        }
        if shown.asking.is_some() {
            return;
        }
        let kept = drafts.get(ANSWERS_FIELD).and_then(|text| Asking::parse(text, &shown.presented));
        if kept.is_some() {
            shown.asking = kept;
            shown.look_at_asked();
        } else if shown.own(&shared.annotator).is_none() && shown.order.is_empty() {
            shown.ask(self.method);
        }
    }

    /// Another way to rank, here and from here on.
    pub(super) fn change_method(&mut self) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        let n = shown.presented.len();
        let now = shown.asking.as_ref().map(Asking::method).unwrap_or_default();
        self.method = now.next(n);
        shown.order = Order::new(n);
        let drop = self.drop_answers();
        let Some(shown) = &mut self.shown else { return Vec::new() };
        shown.ask(self.method);
        let says = match self.method {
            Method::Order if n < FOR_PAIRS => "with two responses one key ranks: 1, 2, = or 0",
            Method::Order => "ranking by typing the order",
            Method::Pairs => "ranking by pairs: 1 or 2 is the better one, = says that they are the same",
            Method::Extremes => "ranking by extremes: the best, then the worst of those left, in turn",
        };
        drop.into_iter().chain([Effect::Say(Tone::Good, says.to_owned())]).collect()
    }

    /// Nothing is kept any more of what was answered.
    pub(super) fn drop_answers(&self) -> Option<Effect> {
        let shown = self.shown.as_ref().filter(|shown| shown.asking.is_some())?;
        Some(Effect::DropDraft { example: shown.id, field: ANSWERS_FIELD.to_owned() })
    }

    /// A key while questions take the place of the order; `None` where it is none of their answers.
    pub(super) fn answer_asked(&mut self, pressed: Pressed, shared: &Shared) -> Option<Vec<Effect>> {
        let shown = self.shown.as_mut()?;
        let question = shown.known()?.question?;
        let is_pair = matches!(question, Question::Pair(..));
        let answer = match pressed.command {
            Command::RankTie => Answer::Same,
            Command::RankBack => return Some(self.take_answer_back()),
            Command::RankSubmit | Command::RankBad => {
                return Some(vec![Effect::look("a question is open: answer it, or rank in another way")]);
            }
            Command::RankPlaceFocused => {
                let at = shown.focused()?;
                match shown.pair() {
                    Some((one, other)) if at != one && at != other => {
                        return Some(vec![Effect::look("look at one of the two that are asked about")]);
                    }
                    Some(_) => Answer::This(shown.number(at) - 1),
                    None => Answer::This(at),
                }
            }
            _ => Answer::This(pressed.number()?.checked_sub(1)?),
        };
        let Some(known) = shown.answer(answer) else {
            let says = if is_pair { "1, 2 or = answers this" } else { "that one is not among those left" };
            return Some(vec![Effect::look(says)]);
        };
        let mut effects: Vec<Effect> = self.keep_answers().into_iter().collect();
        if known.question.is_none() {
            effects.extend(self.complete(shared));
        }
        Some(effects)
    }

    fn take_answer_back(&mut self) -> Vec<Effect> {
        let Some(shown) = &mut self.shown else { return Vec::new() };
        if !shown.asking.as_mut().is_some_and(Asking::undo) {
            return vec![Effect::look("nothing is answered here; undo takes back the ranking before")];
        }
        shown.look_at_asked();
        let is_begun = shown.asking.as_ref().is_some_and(|asking| asking.asked() > 0);
        let effect = if is_begun { self.keep_answers() } else { self.drop_answers() };
        effect.into_iter().collect()
    }

    /// The answers so far, on their way to disk.
    fn keep_answers(&self) -> Option<Effect> {
        let shown = self.shown.as_ref()?;
        let text = shown.asking.as_ref()?.text(&shown.presented);
        Some(Effect::KeepDraft { example: shown.id, field: ANSWERS_FIELD.to_owned(), text })
    }

    /// On its way to disk, and on to the next.
    fn perform(&mut self, shared: &Shared) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let says = menus::lacking(&shown.example.tags, shared).filter(|_| !shown.again);
        self.afterwards.extend(says.map(|says| (shown.id, says)));
        let mut effects = vec![Effect::Perform(Box::new(shown.verb(true)))];
        effects.extend(self.drop_answers());
        if shown.kept.is_some() {
            effects.push(Effect::DropDraft { example: shown.id, field: ORDER_FIELD.to_owned() });
        }
        effects.extend(self.go_on(true, shared));
        effects
    }

    /// Asks why this can't be judged.
    pub(super) fn ask_why_not(shared: &Shared) -> Vec<Effect> {
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
        let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_done()) else {
            return Some(Vec::new());
        };
        if why.is_empty() {
            return Some(Effect::refuse("nothing was said, so nothing is done"));
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
    pub(super) fn look_at_rated(&mut self) {
        if let Some(at) = self.questions.as_ref().and_then(Questions::rated) {
            self.focus = Focus::Response(at);
        }
    }
}
