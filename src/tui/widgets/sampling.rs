//! Drawing a sample for review: the question how, and what is done with the answer.

use crate::dataset::{Selection, Verb};
use crate::example::Plan;
use crate::query::Filter;
use crate::tui::effect::{Effect, Prompting, Purpose};

/// How a sample is drawn where nobody says otherwise.
const USUAL: &str = "<=5%@95%";

/// Asks how a sample is drawn; what is entered comes back with [`Purpose::Sample`].
pub fn ask() -> Vec<Effect> {
    vec![Effect::Enter(Prompting {
        title: "Draw which sample for review? 10%, <=5%@95% or seq:1%..5%".to_owned(),
        text: USUAL.to_owned(),
        purpose: Purpose::Sample,
    })]
}

/// Draws it of all examples, under the name of how it is drawn.
pub fn draw(typed: &str) -> Vec<Effect> {
    match typed.trim().parse::<Plan>() {
        Ok(plan) => vec![Effect::Perform(Box::new(Verb::DrawSample {
            name: typed.trim().to_owned(),
            plan,
            from: Selection::Matching(Filter::everything()),
        }))],
        Err(error) => Effect::refuse(error.to_string()),
    }
}
