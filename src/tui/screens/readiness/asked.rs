//! Questions for a line of text: a threshold, what an hour costs.

use super::Readiness;
use super::lines::Lead;
use crate::curation::readiness::{Answers, Thresholds};
use crate::dataset::Verb;
use crate::tui::effect::{Effect, Prompting, Purpose};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What an hour of work costs.
    Wage,
    /// The threshold of that place in [`Thresholds::meanings`].
    Threshold(u8),
}

impl Asked {
    fn purpose(self) -> Purpose {
        Purpose::Own(match self {
            Self::Wage => 0,
            Self::Threshold(at) => at.saturating_add(1),
        })
    }

    fn of(purpose: &Purpose) -> Option<Self> {
        match purpose {
            Purpose::Own(0) => Some(Self::Wage),
            Purpose::Own(at) => Some(Self::Threshold(at - 1)),
            _ => None,
        }
    }
}

fn ask(asked: Asked, title: String, text: String) -> Vec<Effect> {
    vec![Effect::Enter(Prompting { title, text, purpose: asked.purpose() })]
}

/// Keeps answers; those that say nothing are taken away.
pub(super) fn keep(answers: Answers) -> Vec<Effect> {
    let kept = (answers != Answers::default()).then(|| Box::new(answers));
    vec![Effect::Perform(Box::new(Verb::SetAnswers(kept)))]
}

impl Readiness {
    /// The name of the threshold of the line that was chosen.
    pub(super) fn threshold(&self) -> Option<&'static str> {
        let first = || self.assessed.as_ref().and_then(|assessed| super::lines::first(assessed));
        match self.chosen.or_else(first)? {
            Lead::Gate(_, measure) => measure.threshold(),
            _ => None,
        }
    }

    pub(super) fn ask_threshold(&self) -> Vec<Effect> {
        let Some((assessed, name)) = self.assessed.as_ref().zip(self.threshold()) else {
            return Effect::only_look("there is no threshold here: go to a line that has one");
        };
        let at = Thresholds::meanings().iter().position(|(known, _)| *known == name);
        let Some(at) = at.and_then(|at| u8::try_from(at).ok()) else { return Vec::new() };
        let meaning = Thresholds::meaning(name).unwrap_or_default();
        let now = assessed.page.thresholds.named(name).unwrap_or_default();
        ask(Asked::Threshold(at), format!("{name}: {meaning} (empty: as usual)"), now)
    }

    pub(super) fn ask_wage(&self) -> Vec<Effect> {
        let now = self.assessed.as_ref().and_then(|assessed| assessed.page.answers.wage);
        let now = now.map(|wage| wage.to_string()).unwrap_or_default();
        ask(Asked::Wage, "What does an hour of work cost? (empty: not said)".to_owned(), now)
    }

    /// What was typed for one of these questions.
    pub(super) fn entered(&self, purpose: &Purpose, typed: &str) -> Vec<Effect> {
        let Some((asked, assessed)) = Asked::of(purpose).zip(self.assessed.as_ref()) else {
            return Vec::new();
        };
        match asked {
            Asked::Threshold(at) => {
                let Some((name, _)) = Thresholds::meanings().get(usize::from(at)) else { return Vec::new() };
                match assessed.page.thresholds.with_named(name, typed) {
                    Ok(after) => {
                        let kept = (after != Thresholds::default()).then(|| Box::new(after));
                        vec![Effect::Perform(Box::new(Verb::SetThresholds(kept)))]
                    }
                    Err(error) => Effect::refuse(error.to_string()),
                }
            }
            Asked::Wage => {
                let typed = typed.trim();
                let wage = if typed.is_empty() { Ok(None) } else { typed.parse::<f64>().map(Some) };
                let answers = wage.map(|wage| Answers { wage, ..assessed.page.answers });
                match answers {
                    Ok(answers) => match answers.check() {
                        Ok(()) => keep(answers),
                        Err(error) => Effect::refuse(error.to_string()),
                    },
                    Err(_) => {
                        Effect::refuse(format!("“{typed}” is no amount of money: type a number such as 45"))
                    }
                }
            }
        }
    }
}
