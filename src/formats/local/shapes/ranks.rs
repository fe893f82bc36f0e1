//! Completions with their ranks, the lowest the best, below what they complete.

use serde_json::{Map, Value, json};

use super::Shape;
use super::draft::Draft;
use super::speech::{Chat, Speech};
use crate::example::{Example, Prompt, Response, Role, Uuid};
use crate::formats::build::{preference, ranking};
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::left_out::LeftOut;
use crate::formats::messages::take_turns;
use crate::formats::{Carries, Misfit, Unwritable, WriteOptions, Written};

/// Ranked completions.
pub(in crate::formats::local) struct Ranks {
    /// Whether a record has just two, one for each pair, and not all of an example.
    pub paired: bool,
}

const SPEECH: Speech = Speech::Chat(Chat::TEMPLATE);
const PROMPT: &str = "context";
const LIST: &str = "completions";

impl Shape for Ranks {
    fn carries(&self) -> Carries {
        if self.paired { Carries::Pairs } else { Carries::Order }
    }

    fn has_fields(&self, record: &Value) -> bool {
        has_list_of(record, PROMPT, "role") && has_list_of(record, LIST, "rank")
    }

    fn read(&self, mut fields: Fields) -> Result<Example, Misfit> {
        let messages = take_turns(&mut fields, PROMPT, Role::User)?.ok_or_else(|| Misfit::missing(PROMPT))?;
        let list = match fields.take(LIST) {
            Some(Value::Array(list)) => list,
            Some(other) => return Err(Misfit::wrong_type(LIST, &other, "a list of completions")),
            None => return Err(Misfit::missing(LIST)),
        };
        let mut ranked: Vec<(f64, Response)> = Vec::with_capacity(list.len());
        for (index, completion) in list.into_iter().enumerate() {
            ranked.push(read_completion(completion, index)?);
        }
        let responses: Vec<Response> = ranked.iter().map(|(_, response)| response.clone()).collect();
        ranked.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let tiers: Vec<Vec<Uuid>> = ranked
            .chunk_by(|(one, _), (other, _)| one.total_cmp(other).is_eq())
            .map(|tier| tier.iter().map(|(_, response)| response.id).collect())
            .collect();
        let metadata = fields.rest();
        let ranking = (!tiers.is_empty()).then(|| ranking(&metadata, tiers));
        Ok(preference(Prompt { messages, tools: Vec::new() }, responses, ranking, metadata))
    }

    fn write(&self, example: &Example, options: &WriteOptions) -> Result<Written, Unwritable> {
        let pairs = options.choice.pairs(example)?;
        if self.paired {
            let mut draft = Draft::new(example, options, LeftOut::beside_pairs(example, &pairs));
            for (chosen, rejected) in pairs {
                let record = record(&mut draft, &[vec![chosen], vec![rejected]])?;
                draft.add(record, Some((chosen.id, rejected.id)));
            }
            return Ok(draft.finish());
        }
        let tiers = options.choice.tiers(example)?;
        let all: Vec<_> = tiers.iter().flatten().map(|&response| (response, response)).collect();
        let mut draft = Draft::new(example, options, LeftOut::beside_pairs(example, &all));
        let record = record(&mut draft, &tiers)?;
        draft.add(record, None);
        Ok(draft.finish())
    }
}

fn record(draft: &mut Draft<'_>, tiers: &[Vec<&Response>]) -> Result<Map<String, Value>, Unwritable> {
    draft.left_out.tools_of(draft.example);
    let prompt = &draft.example.prompt.messages;
    let mut telling = draft.telling();
    let mut completions = Vec::new();
    for (rank, tier) in tiers.iter().enumerate() {
        for response in tier {
            let completion = SPEECH.answer(prompt, &response.messages, &mut telling)?;
            completions.push(json!({"rank": rank, "completion": completion}));
        }
    }
    let mut record = Map::new();
    record.insert(PROMPT.to_owned(), SPEECH.asked(prompt, &mut telling)?);
    record.insert(LIST.to_owned(), Value::Array(completions));
    Ok(record)
}

fn read_completion(completion: Value, index: usize) -> Result<(f64, Response), Misfit> {
    let path = |inner: &str| format!("{LIST}[{index}]{inner}");
    let Value::Object(map) = completion else {
        return Err(Misfit::wrong_type(path(""), &completion, "an object with rank and completion"));
    };
    let mut fields = Fields(map);
    let rank = fields.take("rank").and_then(|rank| rank.as_f64());
    let rank = rank.ok_or_else(|| Misfit::new(path(".rank"), "is not a number"))?;
    let inside = |misfit: Misfit| Misfit::new(path(&format!(".{}", misfit.field)), misfit.reason);
    let turns = take_turns(&mut fields, "completion", Role::Assistant).map_err(inside)?;
    let turns = turns.filter(|turns| !turns.is_empty());
    let turns = turns.ok_or_else(|| Misfit::new(path(".completion"), "is missing or empty"))?;
    let mut response = Response::of(None, turns);
    response.metadata = fields.rest();
    Ok((rank, response))
}
