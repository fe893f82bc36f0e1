//! What is half typed when one leaves: the order and the answers after it, kept as a draft, so that one
//! goes on with it another day. Where the responses or the questions are others by then, it is let go.

use serde::{Deserialize, Serialize};

use super::Rank;
use super::order::{Key, Order};
use super::questions::Questions;
use super::shown::Shown;
use crate::dataset::ORDER_FIELD;
use crate::example::{Protocol, Uuid};
use crate::tui::effect::Effect;

#[derive(Serialize, Deserialize)]
struct Half {
    /// The responses as they stood on the screen.
    presented: Vec<Uuid>,
    /// The keys of the order: numbers of responses, `=` and `0`.
    keys: Vec<String>,
    /// What was answered after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Answers>,
}

/// The answers to the questions after an order, and at which of them one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    pub at: usize,
    pub cursor: usize,
    pub strength: Option<u8>,
    /// By criterion and response, as they stand on the screen.
    pub ratings: Vec<Vec<Option<u8>>>,
    pub reasons: Vec<bool>,
}

impl Shown {
    /// What is half typed, as a text; `None` where there is nothing.
    fn half(&self) -> Option<String> {
        // A hidden repeat leaves nothing that would tell of it.
        if self.again || self.is_done() || self.order.is_empty() && self.questions.is_none() {
            return None;
        }
        let half = Half {
            presented: self.presented.clone(),
            keys: self.order.keys().iter().map(|key| key.spelt()).collect(),
            answers: self.questions.as_ref().map(Questions::answers),
        };
        serde_json::to_string(&half).ok()
    }

    /// Goes on with a text that [`Shown::half`] gave, where it still fits.
    pub(super) fn take_up(&mut self, text: &str, protocol: Option<&Protocol>) {
        self.kept = Some(text.to_owned());
        let Ok(half) = serde_json::from_str::<Half>(text) else { return };
        if half.presented != self.presented {
            return;
        }
        let mut order = Order::new(self.presented.len());
        for key in half.keys.iter().filter_map(|word| Key::of(word)) {
            order.press(key);
        }
        let is_complete = order.places().is_complete();
        let questions = half.answers.and_then(|answers| {
            let questions = Questions::new(protocol, &order.places(), self.presented.len())?;
            questions.with(answers)
        });
        // What is complete and asks nothing would have been on its way.
        if questions.is_some() || !is_complete {
            (self.order, self.questions) = (order, questions);
        }
    }
}

impl Rank {
    /// On the way out: what is half typed is kept, and what was kept and is no more is dropped.
    pub(super) fn keep_half(&self) -> Option<Effect> {
        let shown = self.shown.as_ref()?;
        let field = ORDER_FIELD.to_owned();
        match (shown.half(), &shown.kept) {
            (Some(text), kept) if kept.as_ref() != Some(&text) => {
                Some(Effect::KeepDraft { example: shown.id, field, text })
            }
            (None, Some(_)) => Some(Effect::DropDraft { example: shown.id, field }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::questions;
    use super::super::tests::parcel;
    use super::*;
    use crate::example::Criterion;

    fn protocol() -> Protocol {
        let criteria = vec![Criterion { name: "helpful".to_owned(), about: String::new() }];
        Protocol { strength: true, criteria, reasons: vec!["clearer".to_owned()], ..Protocol::default() }
    }

    fn shown() -> Shown {
        Shown::new(1, (None, false), parcel(1), "ana")
    }

    #[test]
    fn an_order_and_the_answers_after_it_come_back_as_they_were_left() {
        let mut left = shown();
        assert_eq!(left.half(), None);
        for key in [Key::Place(3), Key::Tie] {
            left.order.press(key);
        }
        let mut back = shown();
        back.take_up(&left.half().unwrap(), None);
        assert_eq!(back.order, left.order);
        left.order.press(Key::Place(1));
        let mut questions = Questions::new(Some(&protocol()), &left.order.places(), 3).unwrap();
        for digit in [3, 4, 2] {
            questions.press(questions::Key::Digit(digit));
        }
        left.questions = Some(questions);
        let mut back = shown();
        back.take_up(&left.half().unwrap(), Some(&protocol()));
        assert_eq!((&back.order, &back.questions), (&left.order, &left.questions));
    }

    #[test]
    fn what_does_not_fit_any_more_is_let_go() {
        let mut left = shown();
        left.order.press(Key::Place(3));
        let text = left.half().unwrap();
        let mut other = Shown::new(2, (None, false), parcel(2), "zoe");
        other.presented.reverse();
        other.take_up(&text, None);
        assert!(other.order.is_empty() || other.presented == left.presented);
        for broken in ["", "{}", "[1]", &text.replace('3', "99")] {
            let mut back = shown();
            back.take_up(broken, None);
            assert!(back.order.is_empty(), "{broken}");
        }
    }
}
