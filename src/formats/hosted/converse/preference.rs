//! `nova-preference`: a conversation whose last turn has two candidates, one of them preferred.

use serde_json::{Value, json};

use super::blocks::{Converse, begin, take_turns};
use crate::example::{Example, Message, Prompt, Response};
use crate::formats::build::{one, pair};
use crate::formats::calls::CallIds;
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, has_text};
use crate::formats::hosted::blocks::{part_system, read_turn, write_turns};
use crate::formats::hosted::service::{Facts, Service};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, one_text};
use crate::formats::rules::{Alternation, Ends, Limits, NoEmptyTurns, NoTools, OneText, System, TextOnly};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

/// The format.
pub(in crate::formats::hosted) struct NovaPreference;

const LABELS: [&str; 2] = ["preferred", "non-preferred"];

const FACTS: Facts = Facts {
    id: "nova-preference",
    title: "Amazon Nova preference (DPO)",
    about: "The form of bedrock-converse whose last turn has candidates: [{content: [{text}], preferenceLabel: preferred | \
         non-preferred}], one record for each pair. Taken by SageMaker's recipes for Nova. Source: AWS, Nova DPO.",
    rules: &[&Ends, &System, &Alternation::Strict, &NoTools, &OneText, &NoEmptyTurns, &TextOnly],
    limits: Limits { min_records: Some(8), max_records: Some(20_000), ..Limits::NONE },
};

impl Service for NovaPreference {
    fn facts(&self) -> &Facts {
        &FACTS
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn fit(&self, record: &Value) -> Fit {
        let last = record.get("messages").and_then(Value::as_array).and_then(|turns| turns.last());
        let is_compared = last.is_some_and(|turn| turn.get("candidates").is_some_and(Value::is_array));
        if is_compared && has_text(record, "schemaVersion") { Fit::Certain } else { Fit::No }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Candidates)
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Pairs { options: options.clone() })
    }
}

struct Candidates;

impl Reader for Candidates {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let last = match fields.0.get_mut("messages") {
            Some(Value::Array(turns)) => turns.pop().unwrap_or_default(),
            _ => return Err(Misfit::missing("messages")),
        };
        let at = fields.0.get("messages").and_then(Value::as_array).map_or(0, Vec::len);
        let field = format!("messages[{at}].candidates");
        let Some(Value::Array(candidates)) = last.get("candidates") else {
            return Err(Misfit::missing(&field));
        };
        let [chosen, rejected] = LABELS.map(|label| {
            let is_it = |candidate: &&Value| candidate.get("preferenceLabel").is_some_and(|it| it == label);
            let mut labelled = candidates.iter().filter(is_it);
            match (labelled.next(), labelled.next()) {
                (Some(only), None) => read_candidate(only, &field),
                (None, _) => Err(Misfit::new(field.as_str(), format!("has none that is {label}"))),
                (Some(_), Some(_)) => Err(Misfit::new(field.as_str(), format!("has two that are {label}"))),
            }
        });
        let prompt = Prompt { messages: take_turns(&mut fields)?, tools: Vec::new() };
        Ok(one(pair(prompt, chosen?, rejected?, fields.rest())))
    }
}

fn read_candidate(candidate: &Value, field: &str) -> Result<Vec<Message>, Misfit> {
    let content = candidate.get("content").cloned().unwrap_or_default();
    read_turn::<Converse>(json!({"role": "assistant", "content": content}), field)
}

struct Pairs {
    options: WriteOptions,
}

impl Writer for Pairs {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let pairs = self.options.choice.pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        left_out.tools_of(example);
        let (system, prompt) = part_system(&example.prompt.messages, &mut left_out)?;
        let base = begin(system);
        let mut ids = CallIds::of(prompt);
        let asked = write_turns::<Converse>(prompt, &mut ids, &mut left_out)?;
        let judgement = Judgement::of(example, self.options.judged());
        let mut records = Vec::with_capacity(pairs.len());
        for (chosen, rejected) in pairs {
            let mut record = base.clone();
            let mut candidate = |response: &Response, label: &str| -> Result<Value, Unwritable> {
                let text = one_text(response, &mut left_out)?;
                Ok(json!({"content": [{"text": text}], "preferenceLabel": label}))
            };
            let [preferred, other] = LABELS;
            let candidates = [candidate(chosen, preferred)?, candidate(rejected, other)?];
            let mut messages = asked.clone();
            messages.push(json!({"role": "assistant", "candidates": candidates}));
            record.insert("messages".to_owned(), Value::Array(messages));
            if let Some(judgement) = &judgement {
                judgement.put(&mut record, Some((chosen.id, rejected.id)), &mut left_out);
            }
            write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}
