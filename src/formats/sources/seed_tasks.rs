//! `seed-tasks`: an instruction with several inputs, each with its output.

use serde_json::Value;

use super::source::{Reading, Source};
use super::turns::{inside, needed_list};
use crate::example::{Example, Metadata, Prompt, Response};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_list_of, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const SEED_TASKS: Source = Source {
    id: "seed-tasks",
    title: "Self-Instruct tasks",
    about: "{instruction, instances: [{input, output}], id?, name?, is_classification?}: an example for each instance. \
            Read only. Source: yizhongw/self-instruct, seed_tasks.jsonl.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let instances = has_list_of(record, "instances", "output");
    if has_text(record, "instruction") && instances { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let instruction = fields.text("instruction")?;
    let instances = needed_list(&mut fields, "instances")?;
    if instances.is_empty() {
        return Err(Misfit::new("instances", "is an empty list"));
    }
    let mut examples = Vec::new();
    for (index, instance) in instances.into_iter().enumerate() {
        let at = |misfit| inside(&format!("instances[{index}]"), misfit);
        let mut instance = Fields::of(instance).map_err(at)?;
        let question = match instance.optional_text("input").map_err(at)? {
            Some(input) if !input.trim().is_empty() => format!("{instruction}\n\n{input}"),
            _ => instruction.clone(),
        };
        let output = instance.optional_text("output").map_err(at)?;
        let mut rest = fields.0.clone();
        rest.extend(instance.0);
        examples.push(sft(
            Prompt::user(question),
            output.map(|text| Response::new(None, text)),
            Metadata(rest),
        ));
    }
    Ok(examples)
}
