//! Setting a contract, changing parts of it, and taking it away.

use std::path::PathBuf;

use serde_json::json;

use super::{Args, form, talk};
use crate::cli::failure::{Ending, Failure, Result};
use crate::cli::out::Out;
use crate::cli::session::{self, Session};
use crate::dataset::Verb;
use crate::example::{Bounds, Contract, Pattern};
use crate::text::harmless::harmless;

/// Parts of a contract that are changed one by one.
#[derive(Debug, clap::Args)]
#[group(multiple = true)]
pub(super) struct Parts {
    /// Ask for JSON that satisfies the schema in a file
    #[arg(long, value_name = "FILE")]
    schema: Option<PathBuf>,
    /// Ask for a pattern; again for more of them
    #[arg(long, value_name = "REGEX", allow_hyphen_values = true)]
    must: Vec<String>,
    /// Exclude a pattern; again for more of them
    #[arg(long, value_name = "REGEX", allow_hyphen_values = true)]
    must_not: Vec<String>,
    /// Allow only these texts
    #[arg(long, value_name = "TEXT", num_args = 1..)]
    allow: Vec<String>,
    /// Judge only examples with this tag; again for more of them
    #[arg(long, value_name = "FACET:VALUE")]
    only: Vec<String>,
    /// Ask for so many characters
    #[arg(long, value_name = "N")]
    min_characters: Option<u64>,
    /// Allow so many characters
    #[arg(long, value_name = "N")]
    max_characters: Option<u64>,
    /// Ask for so many tokens
    #[arg(long, value_name = "N")]
    min_tokens: Option<u64>,
    /// Allow so many tokens
    #[arg(long, value_name = "N")]
    max_tokens: Option<u64>,
    /// Ask no longer for a part
    #[arg(long, value_name = "PART")]
    drop: Vec<Part>,
}

/// A part that can be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Schema,
    Must,
    MustNot,
    Allow,
    Only,
    Characters,
    Tokens,
}

impl Parts {
    /// Whether none is given.
    pub(super) fn is_empty(&self) -> bool {
        let numbers = [self.min_characters, self.max_characters, self.min_tokens, self.max_tokens];
        self.schema.is_none()
            && [&self.must, &self.must_not, &self.allow, &self.only].iter().all(|list| list.is_empty())
            && numbers.iter().all(Option::is_none)
            && self.drop.is_empty()
    }

    /// First drops, then sets.
    fn change(&self, contract: &mut Contract) -> Result<()> {
        for part in &self.drop {
            match part {
                Part::Schema => contract.schema = None,
                Part::Must => contract.must_match.clear(),
                Part::MustNot => contract.must_not_match.clear(),
                Part::Allow => contract.allowed.clear(),
                Part::Only => contract.only.clear(),
                Part::Characters => contract.characters = Bounds::default(),
                Part::Tokens => contract.tokens = Bounds::default(),
            }
        }
        if let Some(path) = &self.schema {
            contract.schema = Some(form::schema(path)?);
        }
        for (given, list) in
            [(&self.must, &mut contract.must_match), (&self.must_not, &mut contract.must_not_match)]
        {
            if !given.is_empty() {
                *list = given.iter().map(Pattern::new).collect();
            }
        }
        if !self.allow.is_empty() {
            contract.allowed.clone_from(&self.allow);
        }
        if !self.only.is_empty() {
            contract.only.clear();
        }
        for tag in &self.only {
            let (facet, value) =
                tag.split_once(':').filter(|(facet, _)| !facet.is_empty()).ok_or_else(|| {
                    Failure::Said(format!(
                        "--only takes a facet and a value, as in task:sql, and not “{tag}”"
                    ))
                })?;
            contract.only.entry(facet.to_owned()).or_default().push(value.to_owned());
        }
        let bounds = [
            (self.min_characters, &mut contract.characters.min),
            (self.max_characters, &mut contract.characters.max),
            (self.min_tokens, &mut contract.tokens.min),
            (self.max_tokens, &mut contract.tokens.max),
        ];
        for (given, bound) in bounds {
            *bound = given.or(*bound);
        }
        Ok(())
    }
}

pub(super) fn set(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let mut contract = match &args.set {
        Some(path) => form::contract(path)?,
        None => reader.contract()?.unwrap_or_default(),
    };
    args.parts.change(&mut contract)?;
    if contract.is_empty() {
        return Err(Failure::Said(
            "that contract asks for nothing; --clear takes the contract away".to_owned(),
        ));
    }
    let facets = reader.definitions()?.facets;
    for facet in contract.only.keys().filter(|name| !facets.iter().any(|facet| facet.name == **name)) {
        talk(&format!("there is no facet “{facet}” yet, so that no example is meant by “only”"));
    }
    drop(reader);
    perform(args, Some(contract), session, out)
}

pub(super) fn clear(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    perform(args, None, session, out)
}

/// Sets it; the dataset refuses what can't be judged by.
pub(super) fn perform(
    args: &Args,
    contract: Option<Contract>,
    session: &Session,
    out: &mut Out,
) -> Result<Ending> {
    let verb = Verb::SetContract(contract.map(Box::new));
    let done = session.dataset(&args.dataset)?.perform(&verb)?;
    if args.json {
        let Verb::SetContract(contract) = verb else { return Ok(Ending::Done) };
        out.json(&json!({"contract": contract, "action": done.action, "sentence": done.sentence}))?;
    } else {
        out.line(harmless(&done.sentence))?;
    }
    Ok(Ending::Done)
}
