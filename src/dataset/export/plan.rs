//! What a person says of an export: data that can be kept with it, and carried out again.

use serde::{Deserialize, Serialize};

use super::super::{Error, Reader, Result};
use super::balance::Balance;
use super::gate::TOKENS;
use super::whole;
use crate::example::{Split, Status};
use crate::formats::mends::{self, Mend};
use crate::formats::{self, Carries, Choice, Format, WriteOptions};
use crate::query::Filter;

/// What to export, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools)] // each is a wish of its own
pub struct Plan {
    /// The id of the format.
    pub format: String,
    /// The filter, as it was typed; empty: every example.
    pub filter: String,
    /// The statuses that go out. `None`: what is done (submitted or approved) into formats for training,
    /// everything that is not discarded into tables, everything into copies; a filter that names a
    /// status decides for itself.
    pub statuses: Option<Vec<Status>>,
    /// Only the examples of this split.
    pub split: Option<Split>,
    /// Which responses go out.
    pub choice: Choice,
    /// Whether fields that came along are written, where the format leaves them out otherwise.
    pub extra_fields: bool,
    /// Whether what people said is written, where the format leaves it out otherwise.
    pub judgements: bool,
    /// The ids of the mends that may be made.
    pub mends: Vec<String>,
    /// The ids of the rules that need not hold.
    pub allow: Vec<String>,
    /// Whether examples that do not hold are left out. Otherwise nothing is written where one does not.
    pub skip_invalid: bool,
    /// How often which examples go out.
    pub balance: Option<Balance>,
    /// Whether the file begins with a byte order mark, which some versions of Azure want.
    pub bom: bool,
    /// Whether the files that its consumers want beside it stay away.
    pub bare: bool,
    /// Whether a data card goes with it.
    pub card: bool,
    /// Whether a manifest with the hashes of all files goes with it.
    pub manifest: bool,
}

impl Plan {
    /// A plan for a format, with everything else as it is without being told.
    pub fn of(format: &str) -> Self {
        Self { format: format.to_owned(), ..Self::default() }
    }

    /// The format.
    pub fn format(&self) -> Result<&'static dyn Format> {
        formats::by_id(&self.format).ok_or_else(|| {
            let reason =
                format!("there is no format “{}”; `goldset formats` shows what there is", self.format);
            Error::Export(reason)
        })
    }

    /// The mends that may be made, in the order in which they are made.
    pub(super) fn mends(&self) -> Result<Vec<&'static dyn Mend>> {
        for id in &self.mends {
            if mends::by_id(id).is_none() {
                let known: Vec<&str> = mends::ALL.iter().map(|mend| mend.id()).collect();
                let reason = format!("there is no mend “{id}”; there are: {}", known.join(", "));
                return Err(Error::Export(reason));
            }
        }
        let is_taken = |mend: &&'static dyn Mend| self.mends.iter().any(|id| id == mend.id());
        Ok(mends::ALL.iter().copied().filter(is_taken).collect())
    }

    /// Whether a rule need not hold.
    pub(super) fn allows(&self, rule: &str) -> bool {
        self.allow.iter().any(|allowed| allowed == rule)
    }

    /// That the rules which need not hold are rules of some format.
    pub(super) fn check_allowed(&self) -> Result<()> {
        let mut known: Vec<&str> = formats::all().flat_map(Format::rules).map(|rule| rule.id()).collect();
        known.push(TOKENS);
        known.extend(whole::IDS);
        known.sort_unstable();
        known.dedup();
        match self.allow.iter().find(|id| !known.contains(&id.as_str())) {
            None => Ok(()),
            Some(id) => {
                let there = known.join(", ");
                Err(Error::Export(format!(
                    "there is no rule “{id}” that could be let pass; there are: {there}"
                )))
            }
        }
    }

    /// How the format is to write.
    pub(super) fn write_options(&self) -> WriteOptions {
        WriteOptions {
            extra_fields: self.extra_fields.then_some(true),
            judgements: self.judgements.then_some(true),
            choice: self.choice.clone(),
        }
    }

    /// What was asked for, before the status is looked at.
    pub(super) fn asked(&self, reader: &Reader) -> Result<Filter> {
        let mut filter = match self.filter.trim() {
            "" => Filter::everything(),
            text => reader.filter(text)?,
        };
        if let Some(split) = self.split {
            filter = filter.and(Filter::split(Some(split)));
        }
        // pairs are made of examples that are to be ranked; the others are not asked for them
        if let Some(kind) = self.format()?.carries().kind()
            && !filter.names_kind()
        {
            filter = filter.and(Filter::kind(kind));
        }
        Ok(filter)
    }

    /// The examples that go out.
    pub fn filter(&self, reader: &Reader) -> Result<Filter> {
        let asked = self.asked(reader)?;
        let Some(statuses) = self.wanted_statuses(&asked)? else { return Ok(asked) };
        let any = statuses.iter().map(|&status| Filter::status(status)).reduce(Filter::or);
        Ok(any.map_or_else(|| asked.clone(), |any| asked.clone().and(any)))
    }

    /// The statuses that go out; `None`: all of them, or those that the filter names.
    pub(super) fn wanted_statuses(&self, asked: &Filter) -> Result<Option<Vec<Status>>> {
        if let Some(statuses) = &self.statuses {
            return Ok(Some(statuses.clone()));
        }
        if asked.names_status() { Ok(None) } else { self.usual_statuses() }
    }

    /// Whether it is a copy, which holds all that the dataset does.
    pub(super) fn is_copy(&self) -> bool {
        self.format == COPY
    }

    /// The statuses that go out where neither the plan nor its filter names any; `None`: all of them.
    pub fn usual_statuses(&self) -> Result<Option<Vec<Status>>> {
        if self.is_copy() {
            return Ok(None);
        }
        let is_for_training = self.format()?.carries() != Carries::Everything;
        Ok(Some(if is_for_training {
            vec![Status::Submitted, Status::Approved]
        } else {
            let kept = |status: &Status| *status != Status::Discarded;
            Status::ALL.iter().copied().filter(kept).collect()
        }))
    }
}

/// The format of copies, which leave nothing out.
const COPY: &str = "goldset";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_kept_and_read_back() -> std::result::Result<(), serde_json::Error> {
        let plan = Plan {
            filter: "intent:refund".to_owned(),
            statuses: Some(vec![Status::Approved]),
            split: Some(Split::Train),
            mends: vec!["merge-turns".to_owned()],
            choice: Choice { min_agreement: Some(0.75), max_pairs: Some(3), ..Choice::default() },
            ..Plan::of("openai-chat")
        };
        let kept = serde_json::to_string(&plan)?;
        assert_eq!(serde_json::from_str::<Plan>(&kept)?, plan);
        Ok(())
    }
}
