//! `sharegpt` and `sharegpt-preference`: conversations of `from` and `value`.

use serde_json::{Map, Value, json};

use super::sharegpt_turns::{Turns, Words, read_turn, read_turns};
use crate::example::{Example, Message, Prompt, Role};
use crate::formats::build::{one, pair, response, sft};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints, has_list_of, hint};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::LeftOut;
use crate::formats::messages::split;
use crate::formats::plain::plain;
use crate::formats::rules::{
    Alternation, CallsAlone, Ends, NoEmptyTurns, OneTurn, Rule, System, TextOnly, ToolNames, Weights,
};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written,
    container, tools,
};

/// The format, in one of its two forms.
pub(super) struct ShareGpt {
    id: &'static str,
    preference: bool,
}

impl ShareGpt {
    pub const SFT: Self = Self { id: "sharegpt", preference: false };
    pub const PREFERENCE: Self = Self { id: "sharegpt-preference", preference: true };
}

impl Format for ShareGpt {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        if self.preference { "ShareGPT preference" } else { "ShareGPT" }
    }

    fn about(&self) -> &'static str {
        if self.preference {
            "{conversations: [{from, value}], chosen: {from, value}, rejected: {from, value}, system?, tools?}, one \
             record for each pair. Taken by LLaMA-Factory with ranking: true. Source: LLaMA-Factory's data/README."
        } else {
            "{conversations: [{from: human|gpt|system|function_call|observation, value}], system?, tools?: JSON \
             text}. Taken by LLaMA-Factory, FastChat and, by helpers, by most local trainers. Source: \
             LLaMA-Factory's data/README; lm-sys/FastChat."
        }
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonArray
    }

    fn carries(&self) -> Carries {
        if self.preference { Carries::Pairs } else { Carries::Answer }
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        if self.preference {
            &[
                &Ends,
                &NoEmptyTurns,
                &TextOnly,
                &System,
                &Alternation::Strict,
                &ToolNames,
                &CallsAlone,
                &OneTurn,
            ]
        } else {
            &[
                &Ends,
                &NoEmptyTurns,
                &TextOnly,
                &System,
                &Alternation::Strict,
                &ToolNames,
                &CallsAlone,
                &Weights::LearnsAll,
            ]
        }
    }

    fn fit(&self, record: &Value) -> Fit {
        let turns =
            has_list_of(record, "conversations", "from") || has_list_of(record, "conversations", "role");
        let paired = record.get("chosen").is_some() && record.get("rejected").is_some();
        // what KTO trainers and NeMo have beside it says more than these forms can
        let is_more = ["kto_tag", "mask"].iter().any(|key| record.get(key).is_some());
        if turns && paired == self.preference && !is_more { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Conversations { id: self.id, preference: self.preference }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Dialogues { id: self.id, preference: self.preference, options: options.clone() }))
    }
}

struct Conversations {
    id: &'static str,
    preference: bool,
}

impl Reader for Conversations {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(self.id);
        let turns = fields.take("conversations").ok_or_else(|| Misfit::missing("conversations"))?;
        let mut turns = read_turns(turns, "conversations")?;
        if let Some(system) = fields.optional_text("system")? {
            hints.note("system", json!(if system.is_empty() { "empty" } else { "field" }));
            if !system.is_empty() {
                turns.insert(0, Message::new(Role::System, system));
            }
        }
        let tools = tools::read(&mut fields, &mut hints)?;
        if turns.is_empty() {
            return Err(Misfit::new("conversations", "is an empty list"));
        }
        if self.preference {
            let chosen = answer(&mut fields, "chosen")?;
            let rejected = answer(&mut fields, "rejected")?;
            let mut metadata = fields.rest();
            hints.keep(&mut metadata);
            return Ok(one(pair(Prompt { messages: turns, tools }, chosen, rejected, metadata)));
        }
        let (messages, answer) = split(turns);
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(sft(Prompt { messages, tools }, response(answer), metadata)))
    }
}

/// One turn, or several where a trainer allows it, or bare text.
fn answer(fields: &mut Fields, name: &str) -> Result<Vec<Message>, Misfit> {
    match fields.take(name) {
        None => Err(Misfit::missing(name)),
        Some(Value::String(text)) => Ok(vec![Message::new(Role::Assistant, text)]),
        Some(Value::Array(list)) if list.is_empty() => Err(Misfit::new(name, "is an empty list")),
        Some(list @ Value::Array(_)) => read_turns(list, name),
        Some(turn) => Ok(vec![read_turn(turn, name)?]),
    }
}

struct Dialogues {
    id: &'static str,
    preference: bool,
    options: WriteOptions,
}

impl Dialogues {
    /// The system's text, where the record came with a field for it, and the turns of the prompt.
    fn prompt(
        &self,
        example: &Example,
        left_out: &mut LeftOut,
    ) -> Result<(Option<String>, Turns), Unwritable> {
        let (system, messages) =
            match (hint(&example.metadata, self.id, "system"), example.prompt.messages.as_slice()) {
                (Some(how), [first, rest @ ..]) if how == "field" && first.role == Role::System => {
                    left_out.beside_text(first);
                    (Some(plain(first)?.into_owned()), rest)
                }
                (Some(how), messages) if how == "empty" => (Some(String::new()), messages),
                (_, messages) => (None, messages),
            };
        let mut turns = Turns::new(&Words::SHAREGPT);
        self.add(&mut turns, messages, left_out)?;
        Ok((system, turns))
    }

    fn add(&self, turns: &mut Turns, messages: &[Message], left_out: &mut LeftOut) -> Result<(), Unwritable> {
        messages.iter().try_for_each(|message| turns.push(message, self.options.extra(), left_out))
    }

    fn record(&self, example: &Example, conversations: Value, system: Option<String>) -> Map<String, Value> {
        let mut record = Map::new();
        record.insert("conversations".to_owned(), conversations);
        if let Some(system) = system {
            record.insert("system".to_owned(), Value::String(system));
        }
        if let Some(tools) = tools::as_it_came(example, self.id) {
            record.insert("tools".to_owned(), tools);
        }
        record
    }
}

impl Writer for Dialogues {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        if !self.preference {
            let best = self.options.choice.best_unmasked(example)?;
            let mut left_out = LeftOut::beside(example, best);
            let (system, mut turns) = self.prompt(example, &mut left_out)?;
            self.add(&mut turns, &best.messages, &mut left_out)?;
            let mut record = self.record(example, turns.answered()?, system);
            if let Some(judgement) = Judgement::of(example, self.options.judged()) {
                judgement.put(&mut record, None, &mut left_out);
            }
            write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
            return Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() });
        }
        let pairs = self.options.choice.pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        let (system, prompt) = self.prompt(example, &mut left_out)?;
        let base = self.record(example, prompt.clone().asked()?, system);
        let judgement = Judgement::of(example, self.options.judged());
        let mut records = Vec::with_capacity(pairs.len());
        for (chosen, rejected) in pairs {
            let mut record = base.clone();
            for (name, response) in [("chosen", chosen), ("rejected", rejected)] {
                let mut turns = prompt.clone();
                self.add(&mut turns, &response.messages, &mut left_out)?;
                record.insert(name.to_owned(), turns.beyond(&prompt)?);
            }
            if let Some(judgement) = &judgement {
                judgement.put(&mut record, Some((chosen.id, rejected.id)), &mut left_out);
            }
            write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}
