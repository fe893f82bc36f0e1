//! Reading what rules propose: of an example, of one that is being written, and how many in all.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::reader::vocabulary;
use super::super::{Error, OnProgress, Progress, Reader, Result};
use super::ready::{ReadyRule, check};
use crate::curation::rules::Said;
use crate::example::{Example, Tag, TagRule};
use crate::store;

/// Examples that are looked at between two words of how far it has come.
const PORTION: usize = 500;

/// A tag that a rule proposes for an example, and that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The tag.
    pub tag: Tag,
    /// Whether the example may carry several of the facet.
    pub several: bool,
    /// The rule's name.
    pub rule: String,
}

/// How many examples stand how to a rule whose condition holds of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standings {
    /// Its tag is proposed for them.
    pub open: u64,
    /// They carry it, taken from the rule or tagged otherwise.
    pub carried: u64,
    /// They carry another value of a facet that takes one.
    pub other: u64,
    /// Somebody said no.
    pub declined: u64,
}

impl Standings {
    /// Of how many examples the condition holds.
    pub const fn holds(&self) -> u64 {
        self.open + self.carried + self.other + self.declined
    }

    fn count(&mut self, standing: &str, n: u64) {
        match standing {
            "open" => self.open += n,
            "carried" => self.carried += n,
            "other" => self.other += n,
            _ => self.declined += n,
        }
    }
}

/// A rule and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCounts {
    /// The rule.
    pub rule: TagRule,
    /// How many examples, as far as they have been looked at.
    pub standings: Standings,
    /// Why it can't be used any more, where that is so: then it holds nowhere.
    pub broken: Option<String>,
}

/// What a rule would propose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// How many examples.
    pub standings: Standings,
    /// The first ones for which its tag would be proposed.
    pub first: Vec<i64>,
}

/// Rules that are ready to be asked of what is being written.
#[derive(Debug, Default)]
pub struct ReadyRules(Vec<(String, Tag, ReadyRule)>);

impl Reader {
    /// The rules, in the order in which they were made.
    pub fn rules(&self) -> Result<Vec<TagRule>> {
        Ok(store::rules(&self.connection)?.into_iter().map(|row| row.rule).collect())
    }

    /// How many examples wait to be looked at by rules.
    pub fn rules_pending(&self) -> Result<u64> {
        Ok(store::waiting_for_rules(&self.connection)?)
    }

    /// The rules with their counts. It takes about a microsecond for each example that a rule holds of.
    pub fn rule_counts(&self) -> Result<Vec<RuleCounts>> {
        let snapshot = self.connection.unchecked_transaction()?;
        let rows = store::rules(&self.connection)?;
        let vocabulary = vocabulary(&self.connection)?;
        let mut standings: HashMap<i64, Standings> = HashMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT rule_id, standing, count(*) FROM standing_proposal GROUP BY rule_id, standing",
        )?;
        let mut counted = statement.query([])?;
        while let Some(row) = counted.next()? {
            let of = standings.entry(row.get(0)?).or_default();
            of.count(row.get_ref(1)?.as_str().unwrap_or_default(), row.get(2)?);
        }
        drop(snapshot);
        let told = rows.into_iter().map(|row| {
            let broken = check(&row.rule.name, &row.rule.condition, &vocabulary).err();
            RuleCounts {
                broken: broken.map(|error| error.to_string()),
                standings: standings.remove(&row.id).unwrap_or_default(),
                rule: row.rule,
            }
        });
        Ok(told.collect())
    }

    /// What is proposed for an example and open, as far as rules have looked at it.
    pub fn proposals_of(&self, example: i64) -> Result<Vec<Proposal>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.facet, s.value, s.several, s.rule FROM standing_proposal s JOIN rule r ON r.id = s.rule_id
             WHERE s.example_id = ?1 AND s.standing = 'open' ORDER BY r.position, r.id",
        )?;
        let open = statement.query_map([example], |row| {
            let tag = Tag { facet: row.get(0)?, value: row.get(1)? };
            Ok(Proposal { tag, several: row.get(2)?, rule: row.get(3)? })
        })?;
        Ok(open.collect::<std::result::Result<_, _>>()?)
    }

    /// Makes rules ready to be asked of what is being written; one that can't be used any more is left out.
    pub fn ready_rules(&self, rules: &[TagRule]) -> Result<ReadyRules> {
        if rules.is_empty() {
            return Ok(ReadyRules::default());
        }
        let vocabulary = vocabulary(&self.connection)?;
        let ready = rules.iter().filter_map(|rule| {
            let (ready, _) = check(&rule.name, &rule.condition, &vocabulary).ok()?;
            Some((rule.name.clone(), rule.tag.clone(), ready))
        });
        Ok(ReadyRules(ready.collect()))
    }

    /// What the rules propose for an example as it is being written, and is open; `id` is its number,
    /// where it has one. Filters are asked of what is kept of it.
    pub fn proposals_for(
        &self,
        rules: &ReadyRules,
        id: Option<i64>,
        example: &Example,
    ) -> Result<Vec<Proposal>> {
        let answered = example.responses.iter().flat_map(|response| &response.messages);
        let said = Said::of(&example.prompt.messages, answered);
        let mut proposals = Vec::new();
        for (name, tag, rule) in &rules.0 {
            let Some(several) = store::facet_id(&self.connection, &tag.facet)?.map(|(_, several)| several)
            else {
                continue;
            };
            let is_settled = example
                .tags
                .iter()
                .any(|there| there.facet == tag.facet && (!several || there.value == tag.value));
            if !is_settled && !self.is_declined(id, tag)? && rule.holds(&self.connection, id, &said)? {
                proposals.push(Proposal { tag: tag.clone(), several, rule: name.clone() });
            }
        }
        Ok(proposals)
    }

    fn is_declined(&self, id: Option<i64>, tag: &Tag) -> Result<bool> {
        let Some(id) = id else { return Ok(false) };
        let mut statement = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM declined d JOIN facet_value v ON v.id = d.value_id
               JOIN facet f ON f.id = v.facet_id WHERE d.example_id = ?1 AND f.name = ?2 AND v.name = ?3)",
        )?;
        Ok(statement.query_row(params![id, tag.facet, tag.value], |row| row.get(0))?)
    }

    /// What a rule would propose, without keeping it: how many, and the first `most` of them.
    pub fn try_rule(&self, rule: &TagRule, most: usize, on_progress: OnProgress<'_>) -> Result<Tried> {
        let snapshot = self.connection.unchecked_transaction()?;
        let (ready, _) = check(&rule.name, &rule.condition, &vocabulary(&self.connection)?)?;
        let (facet, several) = store::facet_id(&self.connection, &rule.tag.facet)?
            .ok_or_else(|| Error::NoFacet(rule.tag.facet.clone()))?;
        let value = store::value_id(&self.connection, facet, &rule.tag.value)?;
        let total: u64 = self.connection.query_row("SELECT count(*) FROM example", [], |row| row.get(0))?;
        let trying = Trying { connection: &self.connection, rule: &ready, facet, several, value };
        let mut tried = Tried { standings: Standings::default(), first: Vec::new() };
        let (mut after, mut done) = (0, 0);
        loop {
            let ids = store::examples_after(&self.connection, after, PORTION)?;
            let Some(last) = ids.last() else { break };
            after = *last;
            trying.portion(&ids, most, &mut tried)?;
            done += ids.len() as u64;
            if !on_progress(Progress { step: "trying the rule", done, total: Some(total) }) {
                return Err(Error::Stopped);
            }
        }
        drop(snapshot);
        Ok(tried)
    }
}

/// A rule that is being tried.
struct Trying<'a> {
    connection: &'a Connection,
    rule: &'a ReadyRule,
    facet: i64,
    several: bool,
    /// None where the value would be a new one.
    value: Option<i64>,
}

impl Trying<'_> {
    fn portion(&self, ids: &[i64], most: usize, tried: &mut Tried) -> Result<()> {
        for id in self.rule.among(self.connection, ids)? {
            let standing = self.standing(id)?;
            tried.standings.count(standing, 1);
            if standing == "open" && tried.first.len() < most {
                tried.first.push(id);
            }
        }
        Ok(())
    }

    /// As the view of the schema has it, for a rule that is not kept.
    fn standing(&self, id: i64) -> Result<&'static str> {
        let is_there = |sql: &str, of: i64| -> Result<bool> {
            let mut statement = self.connection.prepare_cached(sql)?;
            Ok(statement.query_row([id, of], |_| Ok(())).optional()?.is_some())
        };
        if let Some(value) = self.value {
            if is_there("SELECT 1 FROM tag WHERE example_id = ?1 AND value_id = ?2", value)? {
                return Ok("carried");
            }
            if is_there("SELECT 1 FROM declined WHERE example_id = ?1 AND value_id = ?2", value)? {
                return Ok("declined");
            }
        }
        let is_taken = !self.several
            && is_there("SELECT 1 FROM tag WHERE example_id = ?1 AND facet_id = ?2", self.facet)?;
        Ok(if is_taken { "other" } else { "open" })
    }
}
