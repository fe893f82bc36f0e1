//! What was done lately: where an example stood in the queue, and what was typed of it, so that one
//! who comes back to it finds it as it was left, and nothing tells a hidden repeat from any other.

use std::collections::VecDeque;

use super::asking::Asking;
use super::order::Order;
use super::questions::Questions;
use super::shown::Shown;
use super::spent::Spent;
use crate::example::Uuid;

/// How many examples are remembered.
const MOST: usize = 200;

/// An example as it was left.
#[derive(Debug, Clone)]
pub struct Left {
    id: i64,
    /// Its place in the queue, where it came from there.
    pub place: Option<u64>,
    /// The example of the queue in whose place it came, where that is another one.
    pub stands_for: Option<i64>,
    /// Whether it was a hidden repeat.
    pub again: bool,
    presented: Vec<Uuid>,
    order: Order,
    asking: Option<Asking>,
    questions: Option<Questions>,
    spent: Spent,
}

/// The examples that were left last, the newest at the end.
#[derive(Debug, Default)]
pub struct Past(VecDeque<Left>);

impl Past {
    /// Remembers an example as it is.
    pub fn remember(&mut self, shown: &Shown) {
        self.0.retain(|left| left.id != shown.id);
        while self.0.len() >= MOST {
            self.0.pop_front();
        }
        self.0.push_back(Left {
            id: shown.id,
            place: shown.place,
            stands_for: shown.stands_for,
            again: shown.again,
            presented: shown.presented.clone(),
            order: shown.order.clone(),
            asking: shown.asking.clone(),
            questions: shown.questions.clone(),
            spent: shown.spent,
        });
    }

    /// An example as it was left.
    pub fn of(&self, id: i64) -> Option<&Left> {
        self.0.iter().rev().find(|left| left.id == id)
    }
}

impl Left {
    /// Puts what was typed back, where the responses are the same: an order that was not complete, or
    /// one with what was answered after it. What a single run of digits said is typed again.
    pub fn restore(&self, shown: &mut Shown, annotator: &str) {
        shown.spent = self.spent;
        if self.presented != shown.presented || shown.own(annotator).is_some() {
            return;
        }
        if let Some(mut asking) = self.asking.clone() {
            // What is complete would leave nothing to ask.
            if asking.known().question.is_none() && self.questions.is_none() {
                asking.undo();
            }
            shown.asking = Some(asking);
        }
        let is_complete = self.order.places().is_complete();
        if self.questions.is_some() || !is_complete {
            shown.order = self.order.clone();
        }
        shown.questions.clone_from(&self.questions);
        if let Some(questions) = &mut shown.questions {
            questions.come_back();
        }
        shown.look_at_asked();
    }
}
