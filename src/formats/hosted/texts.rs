//! `bedrock-text`, `oci-text`, `palm-text`: a question and its answer, as bare text.

use serde_json::{Map, Value};

use super::service::{Facts, Service};
use crate::example::{Example, Prompt, Response};
use crate::formats::build::{one, sft};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, bare_prompt, one_text};
use crate::formats::rules::{Limits, NoEmptyTurns, NoTools, OneQuestion, OneText, Rule, TextOnly, Weights};
use crate::formats::{Carries, Fit, Item, Misfit, Reader, Unwritable, WriteOptions, Writer, Written};

const RULES: &[&dyn Rule] =
    &[&OneQuestion::BARE, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Weights::LearnsLast];

/// The format of one service.
pub(super) struct Texts {
    facts: Facts,
    fit: Fit,
    /// The names of the two fields; what stands after the first pair is read too.
    names: &'static [[&'static str; 2]],
}

impl Texts {
    pub const BEDROCK: Self = Self {
        facts: Facts {
            id: "bedrock-text",
            title: "Bedrock prompt and completion",
            about: "{prompt: text, completion: text}, the form of trl-prompt-completion-text under the limits of Amazon \
                Bedrock. Taken for Titan, Command and Llama. Source: AWS, model-customization-prepare.",
            limits: Limits { max_records: Some(10_000), ..Limits::NONE },
            rules: RULES,
        },
        // it says no more than trl-prompt-completion-text
        fit: Fit::Possible,
        names: &[["prompt", "completion"]],
    };
    pub const OCI: Self = Self {
        facts: Facts {
            id: "oci-text",
            title: "OCI prompt and completion",
            about: "{prompt: text, completion: text} and not a field more. Taken by Oracle's OCI Generative AI, which wants \
                32 records and keeps a fifth for validation. Source: docs.oracle.com, training-data-requirements.",
            limits: Limits { min_records: Some(32), ..Limits::NONE },
            rules: RULES,
        },
        ..Self::BEDROCK
    };
    pub const PALM: Self = Self {
        facts: Facts {
            id: "palm-text",
            title: "PaLM 2 text",
            about: "{input_text, output_text}, the form of text-bison on Vertex AI, which is retired; text_input and output \
                of AI Studio are read too. Source: GoogleCloudPlatform/generative-ai, tuning_text_bison.ipynb.",
            limits: Limits::NONE,
            rules: RULES,
        },
        fit: Fit::Certain,
        names: &[["input_text", "output_text"], ["text_input", "output"]],
    };
}

impl Service for Texts {
    fn facts(&self) -> &Facts {
        &self.facts
    }

    fn carries(&self) -> Carries {
        Carries::Answer
    }

    fn fit(&self, record: &Value) -> Fit {
        let is_more = ["chosen", "label", "system"].iter().any(|key| record.get(key).is_some());
        let has = |names: &[&str; 2]| names.iter().all(|name| has_text(record, name));
        if !is_more && self.names.iter().any(has) { self.fit } else { Fit::No }
    }

    fn reader(&self) -> Box<dyn Reader> {
        Box::new(Pairs { names: self.names })
    }

    fn writer(&self, options: &WriteOptions) -> Box<dyn Writer> {
        Box::new(Completions { names: self.names, options: options.clone() })
    }
}

struct Pairs {
    names: &'static [[&'static str; 2]],
}

impl Reader for Pairs {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let is_there = |names: &&[&str; 2]| names.iter().any(|name| fields.0.contains_key(*name));
        let Some([asked, answered]) = self.names.iter().find(is_there).or(self.names.first()) else {
            return Err(Misfit::new("", "has no fields"));
        };
        let prompt = Prompt::user(fields.text(asked)?);
        let response = fields.optional_text(answered)?.map(|text| Response::new(None, text));
        Ok(one(sft(prompt, response, fields.rest())))
    }
}

struct Completions {
    names: &'static [[&'static str; 2]],
    options: WriteOptions,
}

impl Writer for Completions {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let best = self.options.choice.best_unmasked(example)?;
        let mut left_out = LeftOut::beside(example, best);
        left_out.tools_of(example);
        let mut record = Map::new();
        if let Some([asked, answered]) = self.names.first() {
            record.insert((*asked).to_owned(), bare_prompt(&example.prompt, &mut left_out)?.into());
            record.insert((*answered).to_owned(), one_text(best, &mut left_out)?.into());
        }
        if let Some(judgement) = Judgement::of(example, self.options.judged()) {
            judgement.put(&mut record, None, &mut left_out);
        }
        write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
        Ok(Written { records: vec![Value::Object(record)], left_out: left_out.list() })
    }
}
