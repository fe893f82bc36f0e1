//! `trl-prompt-completion` and `trl-prompt-completion-text`: a prompt and what follows it, as
//! messages or as bare text.

use serde_json::{Map, Value};

use crate::example::{Example, Prompt, Role};
use crate::formats::build::{one, response, sft};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints, has_list_of, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, bare_prompt, one_text};
use crate::formats::messages::take_turns;
use crate::formats::rules::{
    CallsAnswered, Ends, NoEmptyTurns, OneQuestion, OneText, Reserved, Rule, System, TextOnly, ToolNames,
    Weights,
};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written,
    container, tools,
};

/// The format, in one of its two forms.
pub(super) struct PromptCompletion {
    id: &'static str,
    text: bool,
}

impl PromptCompletion {
    pub const MESSAGES: Self = Self { id: "trl-prompt-completion", text: false };
    pub const TEXT: Self = Self { id: "trl-prompt-completion-text", text: true };
}

impl Format for PromptCompletion {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        if self.text { "TRL prompt and completion, text" } else { "TRL prompt and completion" }
    }

    fn about(&self) -> &'static str {
        if self.text {
            "{prompt: text, completion: text}. No chat template is applied, so the prompt is one user turn and \
             nothing else; trainers join the two with nothing between, so a space there must be in one of them. \
             Taken by TRL, MLX-LM and Bedrock. Source: trl 1.16 data_utils."
        } else {
            "{prompt: [messages], completion: [messages], tools?}. Only the completion is learned from. Taken by \
             TRL; arguments of tool calls are JSON, tools JSON text, and content is never null. Source: trl 1.16 data_utils."
        }
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        if self.text {
            &[&OneQuestion::BARE, &OneText, &NoEmptyTurns, &TextOnly, &Weights::LearnsLast]
        } else {
            &[
                &Ends,
                &NoEmptyTurns,
                &TextOnly,
                &System,
                &CallsAnswered,
                &ToolNames,
                &Weights::LearnsLast,
                &Reserved::CONTROL_TOKENS,
            ]
        }
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_more = record.get("chosen").is_some() || record.get("system").is_some();
        if is_more || record.get("label").is_some_and(Value::is_boolean) {
            return Fit::No;
        }
        let has = |key| if self.text { has_text(record, key) } else { has_list_of(record, key, "role") };
        match (has("prompt"), has("completion")) {
            (true, true) => Fit::Likely,
            (true, false) if !self.text && record.get("completion").is_none() => Fit::Possible,
            _ => Fit::No,
        }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Completion { id: self.id }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Completions { text: self.text, options: options.clone() }))
    }
}

struct Completion {
    id: &'static str,
}

impl Reader for Completion {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(self.id);
        let messages =
            take_turns(&mut fields, "prompt", Role::User)?.ok_or_else(|| Misfit::missing("prompt"))?;
        let answer = take_turns(&mut fields, "completion", Role::Assistant)?.unwrap_or_default();
        if messages.is_empty() {
            return Err(Misfit::new("prompt", "is an empty list"));
        }
        let prompt = Prompt { messages, tools: tools::read(&mut fields, &mut hints)? };
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(sft(prompt, response(answer), metadata)))
    }
}

struct Completions {
    text: bool,
    options: WriteOptions,
}

impl Writer for Completions {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best_unmasked(example)?;
        let mut left_out = LeftOut::beside(example, best);
        let mut record = Map::new();
        if self.text {
            record.insert("prompt".to_owned(), bare_prompt(&example.prompt, &mut left_out)?.into());
            record.insert("completion".to_owned(), one_text(best, &mut left_out)?.into());
            left_out.tools_of(example);
        } else {
            let style = Style::template(self.options.extra());
            let mut ids = CallIds::of(example.prompt.messages.iter().chain(&best.messages));
            let mut write = |messages| write_messages(messages, &style, &mut ids, &mut left_out);
            record.insert("prompt".to_owned(), write(&example.prompt.messages)?);
            record.insert("completion".to_owned(), write(&best.messages)?);
            if let Some(tools) = tools::text(example)? {
                record.insert("tools".to_owned(), tools);
            }
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}
