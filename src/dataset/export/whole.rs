//! What a consumer demands of a file as a whole: how many records, how many bytes, answers of both verdicts.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::Plan;
use super::report::Failure;
use crate::formats::rules::Limits;
use crate::formats::{Carries, Format};

/// The rule that is about the number of records.
const RECORDS: &str = "records";
/// The rule that is about the size of a file.
const SIZE: &str = "size";
/// The rule that answers of both verdicts go out.
const VERDICTS: &str = "verdicts";

/// The rules of a file as a whole.
pub(super) const IDS: [&str; 3] = [RECORDS, SIZE, VERDICTS];

/// What a file would have.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counted {
    /// The records of the examples that hold.
    pub records: u64,
    /// The examples that do not.
    pub in_the_way: u64,
}

/// The rules of a file as a whole, less those that need not hold.
pub(super) struct WholeRules {
    limits: Limits,
    of_verdicts: bool,
}

impl WholeRules {
    pub fn of(format: &dyn Format, plan: &Plan) -> Self {
        let mut limits = format.limits();
        if plan.allows(RECORDS) {
            (limits.min_records, limits.max_records) = (None, None);
        }
        if plan.allows(SIZE) {
            limits.max_bytes = None;
        }
        Self { limits, of_verdicts: format.carries() == Carries::Verdicts && !plan.allows(VERDICTS) }
    }

    /// Files that have too few or too many records. Where examples stand in the way that are not left out,
    /// what is told is what will be so when they are mended as well.
    pub fn counts<'a>(
        &'a self,
        counted: &'a BTreeMap<String, Counted>,
        skip_invalid: bool,
    ) -> impl Iterator<Item = Failure> + 'a {
        counted.iter().filter_map(move |(name, counted)| {
            let file = if name == "-" { "there would be".to_owned() } else { format!("{name} would have") };
            let n = counted.records;
            let mended = n + if skip_invalid { 0 } else { counted.in_the_way };
            let demand = match (self.limits.min_records, self.limits.max_records) {
                _ if mended == 0 => return None,
                (Some(least), _) if mended < least => {
                    format!("at least {least} records a file: {file} {mended}")
                }
                (_, Some(most)) if n > most => format!("at most {most} records a file: {file} {n}"),
                _ => return None,
            };
            let advice = "export more or fewer, or let it pass with --allow records";
            Some(Failure::new(RECORDS, demand, advice))
        })
    }

    /// Where all answers are called good, or all bad: a trainer learns nothing of that.
    pub fn one_sided(&self, verdicts: &BTreeSet<bool>) -> Option<Failure> {
        let only = verdicts.first().filter(|_| self.of_verdicts && verdicts.len() == 1)?;
        let all = if *only { "good" } else { "bad" };
        let demand = format!("answers that are good and answers that are bad: all would be {all}");
        let advice = "ask for others too (answers that a file called bad come in as pending: --status all), or let \
                      it pass with --allow verdicts";
        Some(Failure::new(VERDICTS, demand, advice))
    }

    /// A file that is too large.
    pub fn size(&self, name: &str, bytes: u64) -> Option<Failure> {
        let most = self.limits.max_bytes.filter(|most| bytes > *most)?;
        let demand = format!("at most {most} bytes a file: {name} would have {bytes}");
        Some(Failure::new(SIZE, demand, "export fewer (--where, --split), or let it pass with --allow size"))
    }
}
