//! Doing a verb, or only saying what it would do; and how that is told.

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::Out;
use crate::dataset::{Dataset, Done, Verb};
use crate::text::harmless::harmless;

/// How it is done and told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doing {
    /// Only say what it would do.
    pub dry_run: bool,
    /// As JSON.
    pub json: bool,
}

impl Doing {
    /// Does it.
    pub fn perform(self, dataset: &mut Dataset, verb: &Verb, out: &mut Out) -> Result<Ending> {
        let done = self.done(dataset, verb)?;
        self.tell(&done, json!({}), out)?;
        Ok(Ending::Done)
    }

    /// Does it, and leaves the telling to whoever asks.
    pub fn done(self, dataset: &mut Dataset, verb: &Verb) -> Result<Done> {
        Ok(if self.dry_run { dataset.rehearse(verb)? } else { dataset.perform(verb)? })
    }

    /// Tells what was done; `besides` are fields that only JSON has.
    pub fn tell(self, done: &Done, besides: Value, out: &mut Out) -> Result<()> {
        let Done { action, sentence, examples, .. } = done;
        if self.json {
            let mut told = json!({"examples": examples, "dry_run": self.dry_run, "action": action, "sentence": sentence});
            if let (Value::Object(told), Value::Object(besides)) = (&mut told, besides) {
                told.extend(besides);
            }
            return Ok(out.json(&told)?);
        }
        out.line(harmless(sentence))?;
        if self.dry_run {
            out.line("this was a dry run: nothing was changed")?;
        }
        Ok(())
    }
}
