//! What is asked after an order is complete, where the protocol asks: how strong the preference is, how
//! well each response does by each criterion, and why. Each is answered by one key; none is pre-filled
//! and none must be answered.

use super::half::Answers;
use super::order::Places;
use crate::example::{Criterion, Details, Protocol, Rating, STRENGTHS, Uuid};

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// How much better the best is than the next.
    Strength,
    /// How well each response does by that criterion.
    Criterion(usize),
    /// Why.
    Reasons,
}

/// A key of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A digit from 1.
    Digit(usize),
    /// On to the next question.
    Enter,
    /// Back to the last answer.
    Back,
    /// To the next response or reason, without an answer.
    Next,
    /// To the one before.
    Previous,
    /// Gives the reason that the cursor is at, or takes it away.
    Toggle,
}

/// What a key did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is more to be asked, or to be seen.
    Changed,
    /// That was all.
    Done,
    /// Before the first question: back to the order.
    Left,
    /// Nothing; the sentence says why.
    Refused(String),
}

/// The questions and what was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Questions {
    steps: Vec<Step>,
    at: usize,
    /// Which response or reason the next key is for.
    cursor: usize,
    strength: Option<u8>,
    criteria: Vec<Criterion>,
    scale: u8,
    /// By criterion and response, as they stand on the screen.
    ratings: Vec<Vec<Option<u8>>>,
    reasons: Vec<(String, bool)>,
}

impl Questions {
    /// What the protocol asks after that order; `None` where it asks nothing.
    pub fn new(protocol: Option<&Protocol>, places: &Places, responses: usize) -> Option<Self> {
        let protocol = protocol?;
        let mut steps = Vec::new();
        if protocol.strength && places.has_gap() {
            steps.push(Step::Strength);
        }
        steps.extend((0..protocol.criteria.len()).map(Step::Criterion));
        if !protocol.reasons.is_empty() {
            steps.push(Step::Reasons);
        }
        (!steps.is_empty()).then(|| Self {
            steps,
            at: 0,
            cursor: 0,
            strength: None,
            criteria: protocol.criteria.clone(),
            scale: protocol.scale,
            ratings: vec![vec![None; responses]; protocol.criteria.len()],
            reasons: protocol.reasons.iter().map(|reason| (reason.clone(), false)).collect(),
        })
    }

    /// The question that is asked.
    pub fn step(&self) -> Option<Step> {
        self.steps.get(self.at).copied()
    }

    /// The response that the next key rates.
    pub fn rated(&self) -> Option<usize> {
        matches!(self.step(), Some(Step::Criterion(_))).then_some(self.cursor)
    }

    /// Which response or reason the next key is for.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The strength that was answered.
    pub fn strength(&self) -> Option<u8> {
        self.strength
    }

    /// The best rating.
    pub fn scale(&self) -> u8 {
        self.scale
    }

    /// A criterion, with what each response was given.
    pub fn criterion(&self, at: usize) -> Option<(&Criterion, &[Option<u8>])> {
        Some((self.criteria.get(at)?, self.ratings.get(at)?.as_slice()))
    }

    /// The reasons, and which were given.
    pub fn reasons(&self) -> &[(String, bool)] {
        &self.reasons
    }

    /// Comes back to the last question with all that was answered.
    pub fn come_back(&mut self) {
        self.at = self.steps.len().saturating_sub(1);
        self.cursor = match self.step() {
            Some(Step::Criterion(_)) => self.responses().saturating_sub(1),
            _ => 0,
        };
    }

    /// What was answered so far.
    pub fn answers(&self) -> Answers {
        Answers {
            at: self.at,
            cursor: self.cursor,
            strength: self.strength,
            ratings: self.ratings.clone(),
            reasons: self.reasons.iter().map(|(_, given)| *given).collect(),
        }
    }

    /// The questions with what was answered of them; `None` where those were others.
    pub fn with(mut self, answers: Answers) -> Option<Self> {
        let same_ratings = answers.ratings.len() == self.ratings.len()
            && answers.ratings.iter().zip(&self.ratings).all(|(given, asked)| given.len() == asked.len());
        let is_same = same_ratings
            && answers.reasons.len() == self.reasons.len()
            && answers.at < self.steps.len()
            && (answers.strength.is_none() || self.steps.contains(&Step::Strength))
            && answers.ratings.iter().flatten().flatten().all(|value| (1..=self.scale).contains(value));
        if !is_same {
            return None;
        }
        (self.at, self.cursor) = (answers.at, answers.cursor);
        self.cursor = self.cursor.min(self.len().saturating_sub(1));
        (self.strength, self.ratings) = (answers.strength, answers.ratings);
        for ((_, given), was) in self.reasons.iter_mut().zip(answers.reasons) {
            *given = was;
        }
        Some(self)
    }

    fn responses(&self) -> usize {
        self.ratings.first().map_or(0, Vec::len)
    }

    /// How many the cursor moves over in this question.
    fn len(&self) -> usize {
        match self.step() {
            Some(Step::Criterion(_)) => self.responses(),
            Some(Step::Reasons) => self.reasons.len(),
            Some(Step::Strength) | None => 0,
        }
    }

    fn advance(&mut self) -> Outcome {
        self.at += 1;
        self.cursor = 0;
        if self.at < self.steps.len() { Outcome::Changed } else { Outcome::Done }
    }

    /// Types a key.
    pub fn press(&mut self, key: Key) -> Outcome {
        match key {
            Key::Enter => self.advance(),
            Key::Back => self.back(),
            Key::Next if self.cursor + 1 < self.len() => self.move_to(self.cursor + 1),
            Key::Previous if self.cursor > 0 => self.move_to(self.cursor - 1),
            Key::Next | Key::Previous => Outcome::Changed,
            Key::Toggle => self.toggle(self.cursor),
            Key::Digit(digit) => self.answer(digit),
        }
    }

    fn move_to(&mut self, cursor: usize) -> Outcome {
        self.cursor = cursor;
        Outcome::Changed
    }

    fn toggle(&mut self, at: usize) -> Outcome {
        match (self.step(), self.reasons.get_mut(at)) {
            (Some(Step::Reasons), Some((_, given))) => {
                *given = !*given;
                self.cursor = at;
                Outcome::Changed
            }
            _ => Outcome::Refused("a digit answers this; enter goes on without an answer".to_owned()),
        }
    }

    fn answer(&mut self, digit: usize) -> Outcome {
        let wrong =
            |most: usize| Outcome::Refused(format!("{digit} is no answer here: they are 1 to {most}"));
        let value = u8::try_from(digit).unwrap_or(u8::MAX);
        match self.step() {
            Some(Step::Strength) if (1..=STRENGTHS.len()).contains(&digit) => {
                self.strength = Some(value);
                self.advance()
            }
            Some(Step::Strength) => wrong(STRENGTHS.len()),
            Some(Step::Criterion(_)) if !(1..=self.scale).contains(&value) => wrong(self.scale.into()),
            Some(Step::Criterion(criterion)) => {
                let cursor = self.cursor;
                if let Some(rating) = self.ratings.get_mut(criterion).and_then(|all| all.get_mut(cursor)) {
                    *rating = Some(value);
                }
                if cursor + 1 < self.len() { self.move_to(cursor + 1) } else { self.advance() }
            }
            Some(Step::Reasons) if (1..=self.reasons.len()).contains(&digit) => self.toggle(digit - 1),
            Some(Step::Reasons) => wrong(self.reasons.len().min(9)),
            None => Outcome::Done,
        }
    }

    /// To the answer before, which is taken away.
    fn back(&mut self) -> Outcome {
        if let Some(Step::Criterion(_)) = self.step()
            && self.cursor > 0
        {
            self.cursor -= 1;
            self.clear();
            return Outcome::Changed;
        }
        let Some(before) = self.at.checked_sub(1) else { return Outcome::Left };
        self.at = before;
        self.cursor = match self.step() {
            Some(Step::Criterion(_)) => self.responses().saturating_sub(1),
            _ => 0,
        };
        self.clear();
        Outcome::Changed
    }

    /// Takes away the answer that the cursor is at.
    fn clear(&mut self) {
        let cursor = self.cursor;
        match self.step() {
            Some(Step::Strength) => self.strength = None,
            Some(Step::Criterion(criterion)) => {
                if let Some(rating) = self.ratings.get_mut(criterion).and_then(|all| all.get_mut(cursor)) {
                    *rating = None;
                }
            }
            Some(Step::Reasons) | None => {}
        }
    }

    /// Puts what was answered beside the order; `presented` are the responses as they stand on the
    /// screen.
    pub fn tell(&self, presented: &[Uuid], details: &mut Details) {
        details.strength = self.strength;
        let given = self.reasons.iter().filter(|(_, given)| *given);
        details.reasons = given.map(|(reason, _)| reason.clone()).collect();
        details.ratings.clear();
        for (criterion, ratings) in self.criteria.iter().zip(&self.ratings) {
            details.ratings.extend(presented.iter().zip(ratings).filter_map(|(&response, &value)| {
                Some(Rating { response, criterion: criterion.name.clone(), value: value? })
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protocol() -> Protocol {
        Protocol {
            strength: true,
            criteria: vec![
                Criterion { name: "helpful".to_owned(), about: String::new() },
                Criterion { name: "true".to_owned(), about: String::new() },
            ],
            reasons: vec!["clearer".to_owned(), "shorter".to_owned()],
            ..Protocol::default()
        }
    }

    fn decided() -> Places {
        Places { tiers: vec![vec![1], vec![0]], ..Places::default() }
    }

    fn asked() -> Questions {
        Questions::new(Some(&protocol()), &decided(), 2).unwrap()
    }

    fn ids() -> [Uuid; 2] {
        [Uuid::from_u128(1), Uuid::from_u128(2)]
    }

    fn told(questions: &Questions) -> Details {
        let mut details = Details::default();
        questions.tell(&ids(), &mut details);
        details
    }

    fn press(questions: &mut Questions, keys: &str) -> Outcome {
        let mut last = Outcome::Changed;
        for key in keys.chars().filter(|key| *key != ' ') {
            last = questions.press(match key {
                '.' => Key::Enter,
                '<' => Key::Back,
                digit => Key::Digit(digit as usize - '0' as usize),
            });
        }
        last
    }

    #[test]
    fn nothing_is_asked_where_no_protocol_asks() {
        assert_eq!(Questions::new(None, &decided(), 2), None);
        assert_eq!(Questions::new(Some(&Protocol::default()), &decided(), 2), None);
        // Nor how strong a preference is that there is not.
        let tied = Places { tiers: vec![vec![0, 1]], ..Places::default() };
        let strength = Protocol { strength: true, ..Protocol::default() };
        assert_eq!(Questions::new(Some(&strength), &tied, 2), None);
        assert!(Questions::new(Some(&strength), &decided(), 2).is_some());
    }

    #[test]
    fn nothing_is_pre_filled_and_enter_skips() {
        let mut questions = asked();
        assert_eq!(press(&mut questions, "...."), Outcome::Done);
        assert_eq!(told(&questions), Details::default());
    }

    #[test]
    fn each_answer_is_one_key() {
        let mut questions = asked();
        assert_eq!(press(&mut questions, "3  4 2  5 1  2"), Outcome::Changed);
        assert_eq!(press(&mut questions, "."), Outcome::Done);
        let details = told(&questions);
        assert_eq!(details.strength, Some(3));
        let rated: Vec<(u128, &str, u8)> = details
            .ratings
            .iter()
            .map(|rating| (rating.response.as_u128(), rating.criterion.as_str(), rating.value))
            .collect();
        assert_eq!(rated, [(1, "helpful", 4), (2, "helpful", 2), (1, "true", 5), (2, "true", 1)]);
        assert_eq!(details.reasons, ["shorter"]);
    }

    #[test]
    fn back_takes_the_last_answer_away_and_leads_to_the_order() {
        let mut questions = asked();
        press(&mut questions, "3 4 2 <");
        assert_eq!((questions.step(), questions.cursor()), (Some(Step::Criterion(0)), 1));
        assert_eq!(told(&questions).ratings.len(), 1);
        assert_eq!(press(&mut questions, "< <"), Outcome::Changed);
        assert_eq!((questions.step(), questions.strength()), (Some(Step::Strength), None));
        assert_eq!(press(&mut questions, "<"), Outcome::Left);
    }

    #[test]
    fn what_is_no_answer_is_refused_with_what_is() {
        let mut questions = asked();
        let says = |most: u8| Outcome::Refused(format!("7 is no answer here: they are 1 to {most}"));
        assert_eq!(press(&mut questions, "7"), says(4));
        assert_eq!(press(&mut questions, ". 7"), says(5));
        assert_eq!(press(&mut questions, ". . 7"), says(2));
    }
}
