//! `judged-pair`: two answers and which of them was judged the better.

use serde_json::Value;

use crate::example::Prompt;
use crate::formats::build::{by_model, one, preference, ranking, take_prompt};
use crate::formats::fields::{Fields, has_text};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, WriteOptions, Writer, container,
};

/// The format.
pub(super) struct JudgedPair;

impl Format for JudgedPair {
    fn id(&self) -> &'static str {
        "judged-pair"
    }

    fn title(&self) -> &'static str {
        "Judged pair"
    }

    fn about(&self) -> &'static str {
        "{instruction|input, output_1, output_2, label|preference, generator_1?, generator_2?, annotator?}: below 1.5 \
         the first is better, above it the second, at 1.5 (or 0) they are tied. AlpacaEval's annotations and LLMBar. \
         Read only. Source: tatsu-lab/alpaca_eval; princeton-nlp/LLMBar."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonArray
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn fit(&self, record: &Value) -> Fit {
        if has_text(record, "output_1") && has_text(record, "output_2") { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Judgements))
    }

    fn writer(&self, _: &WriteOptions) -> Option<Box<dyn Writer>> {
        None
    }
}

struct Judgements;

impl Reader for Judgements {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let (_, text) = take_prompt(&mut fields, &["instruction", "input", "prompt", "question"])?;
        let first = fields.text("output_1")?;
        let second = fields.text("output_2")?;
        let first = by_model(fields.optional_text("generator_1")?, first);
        let second = by_model(fields.optional_text("generator_2")?, second);
        let judgement = ["preference", "label"].iter().find_map(|name| Some((*name, fields.0.get(*name)?)));
        let judged = match judgement {
            None | Some((_, Value::Null)) => None,
            Some((name, value)) => {
                let weight = value.as_f64().filter(|weight| is_tie(*weight) || (1.0..=2.0).contains(weight));
                let Some(weight) = weight else {
                    let reason =
                        format!("is {value}; it should be from 1 (the first is better) to 2 (the second is)");
                    return Err(Misfit::new(name, reason));
                };
                let (first, second) = (first.id, second.id);
                Some(if is_tie(weight) {
                    (vec![vec![first, second]], None)
                } else if weight < 1.5 {
                    (vec![vec![first], vec![second]], certainty(2.0 - weight))
                } else {
                    (vec![vec![second], vec![first]], certainty(weight - 1.0))
                })
            }
        };
        let metadata = fields.rest();
        let ranking = judged.map(|(tiers, certainty)| {
            let mut ranking = ranking(&metadata, tiers);
            ranking.details.certainty = certainty;
            ranking
        });
        Ok(one(preference(Prompt::user(text), vec![first, second], ranking, metadata)))
    }
}

/// How sure a judge is who gives a weight; a whole number is a choice.
fn certainty(weight: f64) -> Option<f64> {
    (weight < 1.0).then_some(weight)
}

/// Some write a tie as the middle, some as no winner.
fn is_tie(weight: f64) -> bool {
    weight.abs() < f64::EPSILON || (weight - 1.5).abs() < f64::EPSILON
}
