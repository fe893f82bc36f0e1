//! `dolly`: an instruction, what it is about, a person's response, and the category of the task.

use serde_json::Value;

use super::judged::tag;
use super::source::{Reading, Source};
use crate::example::{Example, Prompt, Response};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const DOLLY: Source = Source {
    id: "dolly",
    title: "Dolly",
    about: "{instruction, context, response, category}: the context is a text that the question is about, not a system \
            turn; the category becomes a tag. Read only. Source: databricks/databricks-dolly-15k.",
    container: container::Kind::JsonLines,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let all = ["instruction", "context", "response", "category"].iter().all(|name| has_text(record, name));
    if all { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let mut question = fields.text("instruction")?;
    if let Some(context) = fields.optional_text("context")?.filter(|context| !context.trim().is_empty()) {
        question = format!("{question}\n\n{context}");
    }
    let response = Response::new(None, fields.text("response")?);
    let category = fields.optional_text("category")?;
    let mut example = sft(Prompt::user(question), Some(response), fields.rest());
    tag(&mut example, "category", &category.unwrap_or_default());
    Ok(vec![example])
}
