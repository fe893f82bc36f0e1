//! Balancing at export: how often each example goes out, so that no kind drowns the others.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use rusqlite::params_from_iter;
use serde::{Deserialize, Serialize};

use super::super::{Error, Reader, Result};
use crate::curation::rebalance::{Aim, quotas};
use crate::example::Facet;
use crate::query::Filter;

/// How often which examples go out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Balance {
    /// The facet whose values are balanced.
    pub facet: String,
    /// How.
    pub how: How,
    /// What decides which ones go out: the same number gives the same ones.
    pub seed: u64,
}

/// How a facet's values are balanced.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// At most so many of each value.
    Cap(u64),
    /// As many of each as there are of the rarest.
    Under,
    /// As many of each as there are of the most frequent, by repeating examples.
    Over,
    /// As many of each as the facet's targets say, by leaving out and by repeating.
    Targets,
    /// In these proportions; values that are not named stay away.
    Shares(Vec<(String, f64)>),
}

/// What balancing makes of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Balanced {
    /// The value; `None`: examples without one.
    pub value: Option<String>,
    /// How many there are.
    pub there: u64,
    /// How many go out.
    pub out: u64,
}

/// What is wrong with a balance that was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{0}” should be FACET=HOW, where HOW is cap:N, under, over, targets or shares like refund:2,cancel:1; \
     a seed may follow, as in intent=under@7"
)]
pub struct BalanceError(String);

impl FromStr for Balance {
    type Err = BalanceError;

    fn from_str(text: &str) -> std::result::Result<Self, BalanceError> {
        let wrong = || BalanceError(text.to_owned());
        let (facet, how) = text.split_once('=').ok_or_else(wrong)?;
        let (how, seed) = match how.rsplit_once('@') {
            Some((how, seed)) => (how, seed.trim().parse().map_err(|_| wrong())?),
            None => (how, 0),
        };
        let how = match how.trim() {
            "under" => How::Under,
            "over" => How::Over,
            "targets" => How::Targets,
            other => match other.strip_prefix("cap:") {
                Some(most) => How::Cap(most.trim().parse().map_err(|_| wrong())?),
                None => How::Shares(shares(other).ok_or_else(wrong)?),
            },
        };
        let facet = facet.trim();
        if facet.is_empty() { Err(wrong()) } else { Ok(Self { facet: facet.to_owned(), how, seed }) }
    }
}

fn shares(text: &str) -> Option<Vec<(String, f64)>> {
    let share = |part: &str| {
        let (value, share) = part.rsplit_once(':')?;
        let share: f64 = share.trim().trim_end_matches('%').parse().ok()?;
        (share.is_finite() && share >= 0.0 && !value.trim().is_empty())
            .then(|| (value.trim().to_owned(), share))
    };
    text.split(',').map(share).collect()
}

impl fmt::Display for Balance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=", self.facet)?;
        match &self.how {
            How::Cap(most) => write!(f, "cap:{most}")?,
            How::Under => f.write_str("under")?,
            How::Over => f.write_str("over")?,
            How::Targets => f.write_str("targets")?,
            How::Shares(shares) => {
                for (at, (value, share)) in shares.iter().enumerate() {
                    write!(f, "{}{value}:{share}", if at == 0 { "" } else { "," })?;
                }
            }
        }
        write!(f, "@{}", self.seed)
    }
}

impl From<Balance> for String {
    fn from(balance: Balance) -> Self {
        balance.to_string()
    }
}

impl TryFrom<String> for Balance {
    type Error = BalanceError;

    fn try_from(text: String) -> std::result::Result<Self, BalanceError> {
        text.parse()
    }
}

/// How often each example goes out.
pub(super) struct Times {
    times: HashMap<i64, u64>,
}

impl Times {
    /// Of an example, by its number.
    pub fn of(&self, id: i64) -> u64 {
        self.times.get(&id).copied().unwrap_or(0)
    }
}

/// Works out how often each example that the filter finds goes out.
pub(super) fn plan(
    reader: &Reader,
    filter: &Filter,
    balance: &Balance,
    facets: &[Facet],
) -> Result<(Times, Vec<Balanced>)> {
    let Some(facet) = facets.iter().find(|facet| facet.name == balance.facet) else {
        let known: Vec<&str> = facets.iter().map(|facet| facet.name.as_str()).collect();
        let there = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        return Err(Error::Export(format!(
            "there is no facet “{}” to balance by; there are: {there}",
            balance.facet
        )));
    };
    leaves_something(balance, facet)?;
    let values: Vec<String> = facet.values.iter().map(|value| value.name.clone()).collect();
    let targets = targets(reader, facet)?;
    let mut strata = strata(reader, filter, balance, &values)?;
    let have: Vec<u64> = strata.iter().map(|stratum| stratum.len() as u64).collect();
    let aim = aim(&balance.how, &values, targets)?;
    let (of_values, untagged) = have.split_at(values.len().min(have.len()));
    let mut out = quotas(of_values, &aim);
    // what has no value is of no kind that could drown others, and of no share
    out.extend(untagged.iter().map(|&n| if matches!(balance.how, How::Shares(_)) { 0 } else { n }));
    let mut times = HashMap::new();
    for (stratum, &quota) in strata.iter_mut().zip(&out) {
        let there = stratum.len() as u64;
        if there == 0 {
            continue;
        }
        stratum.sort_unstable();
        let (each, once_more) = (quota / there, quota % there);
        for (at, (_, id)) in (0_u64..).zip(stratum.iter()) {
            times.insert(*id, each + u64::from(at < once_more));
        }
    }
    let names = values.into_iter().map(Some).chain([None]);
    let balanced = names.zip(have.iter().zip(&out));
    let balanced = balanced.filter(|(value, (there, _))| value.is_some() || **there > 0);
    let balanced = balanced.map(|(value, (&there, &out))| Balanced { value, there, out }).collect();
    Ok((Times { times }, balanced))
}

/// How many of each value are wanted.
fn targets(reader: &Reader, facet: &Facet) -> Result<Vec<Option<u64>>> {
    let counts = reader.counts()?;
    let target = |name: &str| counts.value(&facet.name, name)?.target;
    Ok(facet.values.iter().map(|value| target(&value.name).map(u64::from)).collect())
}

/// Refuses what would let nothing out that has a value, or would change nothing.
fn leaves_something(balance: &Balance, facet: &Facet) -> Result<()> {
    let name = &facet.name;
    let reason = match &balance.how {
        How::Cap(0) => format!(
            "a cap of 0 would leave out every example that has a value of {name}: say 1 or more, or leave them out \
             with --where {name}:none"
        ),
        How::Shares(shares) if shares.iter().all(|(_, share)| *share <= 0.0) => {
            format!(
                "shares of 0 alone would leave out every example: give one value of {name} at least a share above 0"
            )
        }
        How::Targets if facet.values.iter().all(|value| value.target.is_none()) => format!(
            "no value of {name} has a target to balance by: import a line like {{\"goldset\": 1, \"facets\": [{{\"name\": \
             \"{name}\", \"values\": [{{\"name\": …, \"target\": 100}}]}}]}}, or balance by cap:N, under, over or shares"
        ),
        _ => return Ok(()),
    };
    Err(Error::Export(reason))
}

fn aim(how: &How, values: &[String], targets: Vec<Option<u64>>) -> Result<Aim> {
    Ok(match how {
        How::Cap(most) => Aim::Cap(*most),
        How::Under => Aim::Fewest,
        How::Over => Aim::Most,
        How::Targets => Aim::Numbers(targets),
        How::Shares(shares) => {
            if let Some((unknown, _)) = shares.iter().find(|(value, _)| !values.contains(value)) {
                return Err(Error::Export(format!(
                    "“{unknown}” is no value of the facet; there are: {}",
                    values.join(", ")
                )));
            }
            let share = |value: &String| {
                shares.iter().find(|(named, _)| named == value).map_or(0.0, |(_, share)| *share)
            };
            Aim::Shares(values.iter().map(share).collect())
        }
    })
}

/// The examples of each value, and last those without one, each with what it is chosen by: a hash of its
/// id, so that it does not depend on what else there is.
fn strata(
    reader: &Reader,
    filter: &Filter,
    balance: &Balance,
    values: &[String],
) -> Result<Vec<Vec<(u64, i64)>>> {
    let place: HashMap<&str, usize> =
        values.iter().enumerate().map(|(at, value)| (value.as_str(), at)).collect();
    let sql = filter.to_sql();
    let query = format!(
        "SELECT e.id, e.uuid, (SELECT v.name FROM tag t JOIN facet f ON f.id = t.facet_id
           JOIN facet_value v ON v.id = t.value_id
           WHERE t.example_id = e.id AND f.name = {facet} ORDER BY v.position, v.id LIMIT 1)
         FROM example e WHERE {clause}",
        facet = quoted(&balance.facet),
        clause = sql.clause
    );
    let mut statement = reader.connection.prepare(&query)?;
    let mut rows = statement.query(params_from_iter(sql.params))?;
    let mut strata = vec![Vec::new(); values.len() + 1];
    while let Some(row) = rows.next()? {
        let (id, uuid, value): (i64, Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let at = value.and_then(|value| place.get(value.as_str()).copied()).unwrap_or(values.len());
        let hash = xxhash_rust::xxh3::xxh3_64_with_seed(&uuid, balance.seed);
        if let Some(stratum) = strata.get_mut(at) {
            stratum.push((hash, id));
        }
    }
    Ok(strata)
}

/// A text as SQL: it stands before the filter's own numbered parameters.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_reads_back_as_it_was_typed() {
        for typed in
            ["intent=cap:200@0", "intent=under@7", "a=over@0", "a=targets@1", "intent=refund:2,cancel:0.5@3"]
        {
            assert_eq!(typed.parse::<Balance>().unwrap().to_string(), typed);
        }
        assert_eq!("intent = under".parse::<Balance>().unwrap().seed, 0);
        for wrong in [
            "intent",
            "=under",
            "intent=",
            "intent=cap:x",
            "intent=refund",
            "intent=refund:-1",
            "intent=under@x",
        ] {
            let error = wrong.parse::<Balance>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("“{wrong}” should be")), "{error}");
        }
    }
}
