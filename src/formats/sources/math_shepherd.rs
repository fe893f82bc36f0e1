//! `math-shepherd`: solutions in which a mark ends each step, and beside them the same with + or - for it.

use serde_json::{Value, json};

use super::source::{Reading, Source};
use crate::example::{Example, Prompt};
use crate::formats::build::sft;
use crate::formats::fields::Fields;
use crate::formats::steps::{self, Step};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const MATH_SHEPHERD: Source = Source {
    id: "math-shepherd",
    title: "Math-Shepherd",
    about: "{input, label, task}: a question and the steps of a solution, “Step 1: … ки”, and in label the same with + \
            or - in the place of the mark. The response is the steps, a line each; its metadata keeps them with whether \
            they are right, as trl-stepwise wants them. Read only. Source: peiyi9979/Math-Shepherd.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

/// What ends a step.
const MARK: &str = "ки";
/// What begins the first one.
const FIRST: [&str; 2] = ["Step 1:", "step 1:"];

fn fit(record: &Value) -> Fit {
    let text = |name: &str| record.get(name).and_then(Value::as_str);
    let (Some(input), Some(label)) = (text("input"), text("label")) else { return Fit::No };
    // the letters of the mark end many a word as well
    let is_marked = input.contains(&format!(" {MARK}")) && steps_of(input, label).is_ok();
    if is_marked { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let input = fields.text("input")?;
    let label = fields.text("label")?;
    let (question, read) = steps_of(&input, &label)?;
    Ok(vec![sft(Prompt::user(question), Some(steps::response(read, "input")?), fields.rest())])
}

/// The question and the steps.
fn steps_of(input: &str, label: &str) -> Result<(String, Vec<Step>), Misfit> {
    let (marked, tail) = input
        .rsplit_once(MARK)
        .ok_or_else(|| Misfit::new("input", format!("has no step that ends with “{MARK}”")))?;
    if !tail.trim().is_empty() {
        return Err(Misfit::new("input", "ends with a step that no mark follows, so that it has no label"));
    }
    let at = FIRST.iter().find_map(|first| marked.find(first));
    let at = at.ok_or_else(|| Misfit::new("input", "has no “Step 1:” where its question would end"))?;
    let (question, marked) = marked.split_at(at);
    let mut beside = label.strip_prefix(question);
    let mut read: Vec<Step> = Vec::new();
    for step in marked.split(MARK) {
        let after = beside.and_then(|beside| beside.strip_prefix(step));
        let is_right = after.and_then(|after| after.chars().next()).filter(|sign| ['+', '-'].contains(sign));
        let is_right = is_right.ok_or_else(|| {
            let number = read.len() + 1;
            Misfit::new(
                "label",
                format!("is not what input says with + or - for its mark, from step {number} on"),
            )
        })?;
        beside = after.and_then(|after| after.strip_prefix(['+', '-']));
        read.push(Step::new(step.trim(), json!(is_right == '+')));
    }
    Ok((question.trim().to_owned(), read))
}
