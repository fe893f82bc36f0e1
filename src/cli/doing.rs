//! Doing a verb, or only saying what it would do; and how that is told.

use serde_json::json;

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
        let Self { dry_run, json } = self;
        let Done { action, sentence, examples, .. } =
            if dry_run { dataset.rehearse(verb)? } else { dataset.perform(verb)? };
        if json {
            out.json(
                &json!({"examples": examples, "dry_run": dry_run, "action": action, "sentence": sentence}),
            )?;
            return Ok(Ending::Done);
        }
        out.line(harmless(&sentence))?;
        if dry_run {
            out.line("this was a dry run: nothing was changed")?;
        }
        Ok(Ending::Done)
    }
}
