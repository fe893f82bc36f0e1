//! Questions for a line of text: a threshold, what an hour costs, how a sample is drawn.

use super::Readiness;
use super::lines::Lead;
use crate::curation::readiness::{Answers, Thresholds};
use crate::dataset::{Selection, Verb};
use crate::example::Plan;
use crate::query::Filter;
use crate::tui::effect::{Effect, Prompting, Purpose, Tone};

/// How a sample is drawn where nobody says otherwise.
const USUAL_SAMPLE: &str = "<=5%@95%";

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// What an hour of work costs.
    Wage,
    /// How a sample is drawn.
    Sample,
    /// The threshold of that place in [`Thresholds::meanings`].
    Threshold(u8),
}

impl Asked {
    fn purpose(self) -> Purpose {
        Purpose::Own(match self {
            Self::Wage => 0,
            Self::Sample => 1,
            Self::Threshold(at) => at.saturating_add(2),
        })
    }

    fn of(purpose: &Purpose) -> Option<Self> {
        match purpose {
            Purpose::Own(0) => Some(Self::Wage),
            Purpose::Own(1) => Some(Self::Sample),
            Purpose::Own(at) => Some(Self::Threshold(at - 2)),
            _ => None,
        }
    }
}

fn ask(asked: Asked, title: String, text: String) -> Vec<Effect> {
    vec![Effect::Enter(Prompting { title, text, purpose: asked.purpose() })]
}

fn look(sentence: impl Into<String>) -> Vec<Effect> {
    vec![Effect::Say(Tone::Look, sentence.into())]
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
            return look("there is no threshold here: go to a line that has one");
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

    /// Asks how a sample is drawn, where there is none.
    pub(super) fn ask_sample() -> Vec<Effect> {
        let title = "Draw which sample for review? 10%, <=5%@95% or seq:1%..5%".to_owned();
        ask(Asked::Sample, title, USUAL_SAMPLE.to_owned())
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
                    Err(error) => look(error.to_string()),
                }
            }
            Asked::Wage => {
                let typed = typed.trim();
                let wage = if typed.is_empty() { Ok(None) } else { typed.parse::<f64>().map(Some) };
                let answers = wage.map(|wage| Answers { wage, ..assessed.page.answers });
                match answers {
                    Ok(answers) => match answers.check() {
                        Ok(()) => keep(answers),
                        Err(error) => look(error.to_string()),
                    },
                    Err(_) => look(format!("“{typed}” is no amount of money: type a number such as 45")),
                }
            }
            Asked::Sample => match typed.trim().parse::<Plan>() {
                Ok(plan) => vec![Effect::Perform(Box::new(Verb::DrawSample {
                    name: typed.trim().to_owned(),
                    plan,
                    from: Selection::Matching(Filter::everything()),
                }))],
                Err(error) => look(error.to_string()),
            },
        }
    }
}
