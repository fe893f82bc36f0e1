//! `nemo-aligner-rm`: pairs that stand in two records each, the better one first.

use serde_json::Value;

use super::nemo::ALIGNER_TEXT;
use super::shapes::{is_half, read_half, write_halves};
use crate::example::{Example, Message, Metadata, Prompt};
use crate::formats::build::{one, pair};
use crate::formats::fields::Fields;
use crate::formats::rules::Rule;
use crate::formats::{
    Carries, Finished, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer,
    Written, container,
};

/// The format.
pub(super) struct RewardPairs;

impl Format for RewardPairs {
    fn id(&self) -> &'static str {
        "nemo-aligner-rm"
    }

    fn title(&self) -> &'static str {
        "NeMo-Aligner reward model"
    }

    fn about(&self) -> &'static str {
        "{text}, a whole conversation in NeMo's template of extra_id marks (System, User, Assistant), two records for \
         each pair: the better one, and then the worse one. Such files must never be shuffled. Taken by NeMo-Aligner's \
         reward trainer. Source: NVIDIA/NeMo-Aligner, RLHF guide."
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        ALIGNER_TEXT
    }

    fn fit(&self, record: &Value) -> Fit {
        if is_half(record) { Fit::Certain } else { Fit::No }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::<Halves>::default())
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Twice { options: options.clone() }))
    }
}

/// The better half of a pair, while the worse one has not come.
struct Better {
    number: usize,
    prompt: Vec<Message>,
    answer: Vec<Message>,
    rest: Metadata,
}

/// Reads two records as one example.
#[derive(Default)]
struct Halves {
    records: usize,
    waiting: Option<Better>,
    alone: Vec<(usize, Misfit)>,
}

impl Halves {
    /// Takes note of a better half whose other half is none.
    fn leave(&mut self, better: &Better) {
        let reason =
            "is the better one of a pair, and the record after it is not the worse one of the same prompt";
        self.alone.push((better.number, Misfit::new("text", reason)));
    }
}

impl Reader for Halves {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let number = self.records;
        self.records += 1;
        let half = Fields::of(record).and_then(read_half);
        if number.is_multiple_of(2) {
            let (prompt, answer, rest) = half?;
            self.waiting = Some(Better { number, prompt, answer, rest: rest.rest() });
            return Ok(Vec::new());
        }
        let better = self.waiting.take();
        let (prompt, answer, rest) = match (half, &better) {
            (Ok(half), _) => half,
            (Err(misfit), better) => {
                if let Some(better) = better {
                    self.leave(better);
                }
                return Err(misfit);
            }
        };
        match better {
            Some(better) if better.prompt == prompt => {
                let prompt = Prompt { messages: prompt, tools: Vec::new() };
                let mut example = pair(prompt, better.answer, answer, better.rest);
                if let Some(worse) = example.responses.last_mut() {
                    worse.metadata = rest.rest();
                }
                Ok(one(example))
            }
            Some(better) => {
                self.leave(&better);
                Err(Misfit::new(
                    "text",
                    "should be the worse one of a pair, but its prompt is not that of the record before",
                ))
            }
            None => Err(Misfit::new("text", "is the worse one of a pair whose better one can't be read")),
        }
    }

    fn refuses_late(&self) -> bool {
        true
    }

    fn finish(&mut self) -> Finished {
        let mut misfits = std::mem::take(&mut self.alone);
        if let Some(better) = self.waiting.take() {
            let reason = "is the better one of a pair whose worse one is missing: the file has an odd number of records";
            misfits.push((better.number, Misfit::new("text", reason)));
        }
        Finished { items: Vec::new(), misfits }
    }
}

struct Twice {
    options: WriteOptions,
}

impl Writer for Twice {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        write_halves(example, &self.options)
    }
}
