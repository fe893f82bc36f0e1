//! The verdict on examples.

use serde::Serialize;

use super::inputs::{Inputs, Pace};
use super::line::{Line, Measure, Outcome, Work, WorkKind};
use super::lines::lines;
use crate::example::{ThresholdError, Thresholds};
use crate::text::count::thousands;

/// What to do with the examples that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Mend what is wrong first.
    FixFirst,
    /// Look facts up when asked: fine-tune for the form only.
    Retrieve,
    /// Write more.
    WriteMore,
    /// Put a few of them into the prompt.
    FewShot,
    /// The same with those that are like the question; a pilot may be fine-tuned.
    FewShotAndRetrieval,
    /// There are enough, but a gate fails.
    NotYet,
    /// Fine-tune.
    FineTune,
}

/// The gate that costs least to pass.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Next {
    /// Which line it is.
    pub line: usize,
    /// What is to be done.
    pub work: Work,
    /// How many hours that takes.
    pub hours: f64,
    /// What that costs.
    pub money: f64,
}

/// What a dataset is ready for, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Readiness {
    /// What to do.
    pub advice: Advice,
    /// That in a sentence.
    pub sentence: String,
    /// What it is made of.
    pub lines: Vec<Line>,
    /// The gate that costs least to pass, of those that stop fine-tuning and that work helps.
    pub next: Option<Next>,
}

impl Readiness {
    /// The gates that stop and that work helps, each with that work and whether it is the one to begin with.
    pub fn to_do(&self) -> impl Iterator<Item = (&Line, Work, bool)> {
        let next = self.next.map(|next| next.line);
        let open = self.lines.iter().enumerate().filter(|(_, line)| line.stops());
        open.filter_map(move |(at, line)| Some((line, line.work?, next == Some(at))))
    }
}

/// What a dataset is ready for.
///
/// # Errors
/// Where thresholds can't be used.
pub fn readiness(inputs: &Inputs, thresholds: &Thresholds, pace: &Pace) -> Result<Readiness, ThresholdError> {
    thresholds.check()?;
    let lines = lines(inputs, thresholds);
    let advice = advice(inputs, thresholds, &lines);
    let next = cheapest(&lines, pace);
    Ok(Readiness { advice, sentence: sentence(advice, inputs, thresholds, &lines), lines, next })
}

fn advice(inputs: &Inputs, thresholds: &Thresholds, lines: &[Line]) -> Advice {
    match inputs.trainable {
        _ if inputs.flags + inputs.contradictions > 0 => Advice::FixFirst,
        _ if needs_facts(inputs, lines) => Advice::Retrieve,
        n if n < thresholds.fewest => Advice::WriteMore,
        n if n < thresholds.few_shot => Advice::FewShot,
        n if n < thresholds.fine_tune => Advice::FewShotAndRetrieval,
        _ if lines.iter().any(Line::stops) => Advice::NotYet,
        _ => Advice::FineTune,
    }
}

/// Whether somebody answered that facts are to be looked up.
fn is_told(inputs: &Inputs) -> bool {
    inputs.answers.must_cite == Some(true) || inputs.answers.facts_change == Some(true)
}

/// Whether a model would have to learn facts by heart: by what was answered, or else by the outputs.
fn needs_facts(inputs: &Inputs, lines: &[Line]) -> bool {
    let is_seen =
        || lines.iter().any(|line| line.measure == Measure::NewFacts && line.outcome == Outcome::Short);
    is_told(inputs) || inputs.answers.facts_change.is_none() && is_seen()
}

fn sentence(advice: Advice, inputs: &Inputs, thresholds: &Thresholds, lines: &[Line]) -> String {
    let n = thousands(inputs.trainable);
    let hurts = inputs.answers.long_prompts_hurt == Some(true);
    match advice {
        Advice::FixFirst => {
            let open = inputs.flags + inputs.contradictions;
            format!("mend first: open flags and contradictions: {open}")
        }
        Advice::Retrieve if is_told(inputs) => {
            "let the model look facts up; fine-tune for the form only".to_owned()
        }
        Advice::Retrieve => {
            "answers name facts that their prompts don't: let the model look them up, or say that \
             they don't change"
                .to_owned()
        }
        Advice::WriteMore => format!("write more: {n} of the {} that anything needs", thresholds.fewest),
        Advice::FewShot => format!("{n} examples: put a few of them into the prompt"),
        Advice::FewShotAndRetrieval if hurts => {
            format!("{n} examples: fine-tune a pilot, as long prompts hurt, and expect little of it")
        }
        Advice::FewShotAndRetrieval => {
            format!(
                "{n} examples: put those into the prompt that are like the question; expect little of a pilot"
            )
        }
        Advice::NotYet => {
            let stopping = lines.iter().filter(|line| line.stops()).count();
            format!("not yet: {n} examples are enough, but gates not passed: {stopping}")
        }
        Advice::FineTune => format!("fine-tune: {n} examples and every gate passed"),
    }
}

/// The gate that stops and costs least to pass; of equals the first. What a program does by itself comes after all
/// that people have to do.
fn cheapest(lines: &[Line], pace: &Pace) -> Option<Next> {
    let stopping = lines.iter().enumerate().filter(|(_, line)| line.stops());
    let with_work = stopping.filter_map(|(at, line)| {
        let work = line.work?;
        let hours = work.hours(pace);
        Some(Next { line: at, work, hours, money: hours * pace.per_hour })
    });
    let is_dealt = |next: &Next| next.work.kind == WorkKind::HoldOut;
    with_work.min_by(|one, other| is_dealt(one).cmp(&is_dealt(other)).then(one.hours.total_cmp(&other.hours)))
}
