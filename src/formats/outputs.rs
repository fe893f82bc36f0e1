//! `outputs`: the answers of several models to one instruction, to be ranked.

use serde_json::{Map, Value, json};

use super::build::{by_model, one, preference, sft, take_prompt};
use super::extra::write_extra_where;
use super::fields::{Fields, Hints, has_list_of, has_text, hint};
use super::judgement::Judgement;
use super::left_out::{LeftOut, bare_prompt, one_text};
use super::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written,
    container,
};
use crate::example::{AuthorKind, Example, Kind, Prompt, Response};

const ID: &str = "outputs";
const PROMPTS: &[&str] = &["instruction", "prompt", "input", "question"];

/// The format.
pub(super) struct Outputs;

impl Format for Outputs {
    fn id(&self) -> &'static str {
        ID
    }

    fn title(&self) -> &'static str {
        "Model outputs"
    }

    fn about(&self) -> &'static str {
        "{instruction, outputs: [{generator, output}]}: one example with a response by each generator, to be ranked; \
         or {instruction, output, generator}: one response. The files of AlpacaEval. Source: \
         tatsu-lab/alpaca_eval, model_outputs.json."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Carries::Everything
    }

    fn fit(&self, record: &Value) -> Fit {
        let asked = PROMPTS.iter().any(|name| has_text(record, name));
        let several = has_list_of(record, "outputs", "output");
        let single = has_text(record, "output") && record.get("generator").is_some();
        if asked && (several || single) { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Generated))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Generations {
            extra_fields: options.extra_fields.unwrap_or(true),
            judgements: options.judgements.unwrap_or(true),
        }))
    }
}

struct Generated;

impl Reader for Generated {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(ID);
        let (name, text) = take_prompt(&mut fields, PROMPTS)?;
        if name != "instruction" {
            hints.note("prompt", json!(name));
        }
        let prompt = Prompt::user(text);
        let Some(outputs) = fields.take("outputs") else {
            let response = by_model(fields.optional_text("generator")?, fields.text("output")?);
            let mut metadata = fields.rest();
            hints.keep(&mut metadata);
            return Ok(one(sft(prompt, Some(response), metadata)));
        };
        let Value::Array(outputs) = outputs else {
            return Err(Misfit::wrong_type("outputs", &outputs, "a list of outputs"));
        };
        let responses = outputs
            .into_iter()
            .enumerate()
            .map(|(index, output)| read_output(output, index))
            .collect::<Result<_, _>>()?;
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(preference(prompt, responses, None, metadata)))
    }
}

fn read_output(output: Value, index: usize) -> Result<Response, Misfit> {
    let inside = |misfit: Misfit| match misfit.field.as_str() {
        "" => Misfit::new(format!("outputs[{index}]"), misfit.reason),
        field => Misfit::new(format!("outputs[{index}].{field}"), misfit.reason),
    };
    let mut fields = Fields::of(output).map_err(inside)?;
    let text = fields.text("output").map_err(inside)?;
    let mut response = by_model(fields.optional_text("generator").map_err(inside)?, text);
    response.metadata = fields.rest();
    Ok(response)
}

struct Generations {
    extra_fields: bool,
    judgements: bool,
}

impl Generations {
    fn output(&self, response: &Response, left_out: &mut LeftOut) -> Result<Map<String, Value>, Unwritable> {
        let mut output = Map::new();
        if let Some(author) = &response.author {
            output.insert("generator".to_owned(), json!(author.name));
            if author.kind != AuthorKind::Model {
                left_out.note("that authors are people");
            }
        }
        output.insert("output".to_owned(), one_text(response, left_out)?.into());
        for (key, value) in &response.metadata.0 {
            if self.extra_fields && key != "generator" && key != "output" {
                output.entry(key.as_str()).or_insert_with(|| value.clone());
            } else {
                left_out.note("extra fields");
            }
        }
        Ok(output)
    }
}

impl Writer for Generations {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        if example.responses.is_empty() {
            return Err(Unwritable("no response"));
        }
        let mut left_out = LeftOut::beside_all(example);
        left_out.tools_of(example);
        let mut record = Map::new();
        let name = hint(&example.metadata, ID, "prompt").and_then(Value::as_str).unwrap_or("instruction");
        record.insert(name.to_owned(), bare_prompt(&example.prompt, &mut left_out)?.into());
        match example.responses.as_slice() {
            [only] if example.kind == Kind::Sft => record.extend(self.output(only, &mut left_out)?),
            several => {
                let outputs =
                    several.iter().map(|response| Ok(Value::Object(self.output(response, &mut left_out)?)));
                record.insert("outputs".to_owned(), Value::Array(outputs.collect::<Result<_, _>>()?));
            }
        }
        if let Some(judgement) = Judgement::of(example, self.judgements) {
            judgement.put(&mut record, None, &mut left_out);
        }
        // what the reader would take for a part of the form is none
        let is_read =
            |name: &str| PROMPTS.contains(&name) || ["outputs", "output", "generator"].contains(&name);
        let may = |name: &str| self.extra_fields && !is_read(name);
        write_extra_where(&mut record, example, may, &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}
