//! `gemini-preference`: a conversation with two completions, of which the one with the score 1 is better.

use serde_json::{Map, Value, json};

use super::LIMITS;
use super::contents::{Contents, put_system, take_turns};
use crate::example::{Example, Prompt, Response, Uuid};
use crate::formats::build::{one, preference, ranking};
use crate::formats::calls::CallIds;
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::hosted::blocks::{part_system, read_turn, write_turns};
use crate::formats::hosted::service::{Facts, Service};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::rules::{Alternation, Ends, NoEmptyTurns, NoTools, OneText, System, TextOnly};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format.
pub(in crate::formats::hosted) struct GeminiPreference;

const FACTS: Facts = Facts {
    id: "gemini-preference",
    title: "Gemini preference tuning",
    about: "{systemInstruction?, contents, completions: [{score: 1.0, completion}, {score: 0.0, completion}]}, text only, \
         one record for each pair. Any other scores are read as an order. Taken by Vertex AI. Source: Google's page on \
         preference tuning, and google-genai 3.4.",
    rules: &[&Ends, &System, &Alternation::Strict, &NoTools, &OneText, &NoEmptyTurns, &TextOnly],
    limits: LIMITS,
};

impl Service for GeminiPreference {
    fn facts(&self) -> &Facts {
        &FACTS
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_asked = has_list_of(record, "contents", "parts");
        if is_asked && has_list_of(record, "completions", "completion") { Fit::Certain } else { Fit::No }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Completions)
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Pairs { options: options.clone() })
    }
}

struct Completions;

impl Reader for Completions {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let prompt = Prompt { messages: take_turns(&mut fields)?, tools: Vec::new() };
        let completions = match fields.take("completions") {
            Some(Value::Array(completions)) => completions,
            Some(other) => return Err(Misfit::wrong_type("completions", &other, "a list of completions")),
            None => return Err(Misfit::missing("completions")),
        };
        let mut scored = Vec::with_capacity(completions.len());
        for (index, completion) in completions.into_iter().enumerate() {
            scored.push(read_completion(completion, &format!("completions[{index}]"))?);
        }
        let rest = fields.rest();
        let tiers = tiers(&scored);
        let ranking = (tiers.len() > 1).then(|| ranking(&rest, tiers));
        let responses = scored.into_iter().map(|(_, response)| response).collect();
        Ok(one(preference(prompt, responses, ranking, rest)))
    }
}

fn read_completion(completion: Value, field: &str) -> Result<(f64, Response), Misfit> {
    let Value::Object(mut map) = completion else {
        return Err(Misfit::wrong_type(field, &completion, "an object with score and completion"));
    };
    let score = match map.shift_remove("score") {
        Some(Value::Number(score)) => score,
        Some(other) => return Err(Misfit::wrong_type(format!("{field}.score"), &other, "a number")),
        None => return Err(Misfit::missing(&format!("{field}.score"))),
    };
    let inside = format!("{field}.completion");
    let mut turn = map.shift_remove("completion").ok_or_else(|| Misfit::missing(&inside))?;
    if let Value::Object(turn) = &mut turn {
        turn.entry("role").or_insert_with(|| json!("model"));
    }
    let mut response = Response::of(None, read_turn::<Contents>(turn, &inside)?);
    response.metadata.0 = map;
    let value = score.as_f64().unwrap_or_default();
    let is_usual = [0.0, 1.0].iter().any(|usual| value.total_cmp(usual).is_eq());
    if !is_usual {
        response.metadata.insert("score", Value::Number(score));
    }
    Ok((value, response))
}

/// The responses in tiers, those with the highest score first.
fn tiers(scored: &[(f64, Response)]) -> Vec<Vec<Uuid>> {
    let mut order: Vec<&(f64, Response)> = scored.iter().collect();
    order.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let alike = order.chunk_by(|(one, _), (other, _)| one.total_cmp(other).is_eq());
    alike.map(|tier| tier.iter().map(|(_, response)| response.id).collect()).collect()
}

struct Pairs {
    options: WriteOptions,
}

impl Writer for Pairs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let pairs = self.options.choice.pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        left_out.tools_of(example);
        let mut base = Map::new();
        let (system, prompt) = part_system(&example.prompt.messages, &mut left_out)?;
        put_system(&mut base, system);
        let mut ids = CallIds::of(prompt);
        base.insert("contents".to_owned(), write_turns::<Contents>(prompt, &mut ids, &mut left_out)?.into());
        let judgement = Judgement::of(example, self.options.judged());
        let mut records = Vec::with_capacity(pairs.len());
        for (chosen, rejected) in pairs {
            let mut record = base.clone();
            let mut completion = |response: &Response, score: f64| -> Result<Value, Unwritable> {
                let text = one_text(response, &mut left_out)?;
                Ok(json!({"score": score, "completion": {"role": "model", "parts": [{"text": text}]}}))
            };
            let completions = json!([completion(chosen, 1.0)?, completion(rejected, 0.0)?]);
            record.insert("completions".to_owned(), completions);
            if let Some(judgement) = &judgement {
                judgement.put(&mut record, Some((chosen.id, rejected.id)), &mut left_out);
            }
            write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}
