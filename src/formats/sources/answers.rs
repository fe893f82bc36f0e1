//! `answers`: one model's answers a file; the answers of several files to one prompt are one example.

use std::collections::HashMap;

use serde_json::Value;

use super::source::{Reading, Source};
use crate::example::{Metadata, Prompt, Response};
use crate::formats::build::{by_model, preference, sft, take_prompt};
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Finished, Fit, Item, Misfit, Reader, container};

pub(super) const ANSWERS: Source = Source {
    id: "answers",
    title: "Models' answers, a file each",
    about: "{instruction, output, generator}: one model's answer. Answers to the same prompt are joined, also over all \
            files that are imported together: two or more are an example to be ranked, with a response by each \
            generator. Read only. Source: tatsu-lab/alpaca_eval, model_outputs.json.",
    container: container::Kind::JsonArray,
    carries: Carries::Order,
    fit,
    reading: Reading::Joined(|| Box::<Joined>::default()),
};

/// What the prompt may be called.
const PROMPTS: &[&str] = &["instruction", "prompt", "input", "question"];

fn fit(record: &Value) -> Fit {
    let asked = PROMPTS.iter().any(|name| has_text(record, name));
    let answered = has_text(record, "output") && has_text(record, "generator");
    if asked && answered && record.get("outputs").is_none() { Fit::Certain } else { Fit::No }
}

/// The prompts in the order in which they came first, with the answers so far.
#[derive(Default)]
struct Joined {
    asked: Vec<Asked>,
    by_prompt: HashMap<String, usize>,
}

struct Asked {
    prompt: String,
    responses: Vec<Response>,
    rest: Metadata,
}

impl Reader for Joined {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let (_, prompt) = take_prompt(&mut fields, PROMPTS)?;
        let generator = fields.optional_text("generator")?;
        let mut response = by_model(generator, fields.text("output")?);
        let rest = fields.rest();
        let Some(asked) = self.by_prompt.get(&prompt).and_then(|&at| self.asked.get_mut(at)) else {
            self.by_prompt.insert(prompt.clone(), self.asked.len());
            self.asked.push(Asked { prompt, responses: vec![response], rest });
            return Ok(Vec::new());
        };
        // what says the same of every answer is said of the example
        let own = rest.0.into_iter().filter(|(name, value)| asked.rest.get(name) != Some(value));
        response.metadata = Metadata(own.collect());
        asked.responses.push(response);
        Ok(Vec::new())
    }

    fn finish(&mut self) -> Finished {
        self.by_prompt.clear();
        let items = std::mem::take(&mut self.asked).into_iter().map(|mut asked| {
            let prompt = Prompt::user(asked.prompt);
            let example = if asked.responses.len() > 1 {
                preference(prompt, asked.responses, None, asked.rest)
            } else {
                sft(prompt, asked.responses.pop(), asked.rest)
            };
            Item::Example(Box::new(example))
        });
        Finished { items: items.collect(), misfits: Vec::new() }
    }
}
