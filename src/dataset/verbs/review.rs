//! Reviewing submitted work: approving it, overruling it, sending it back.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{Decision, Done, Error, Result};
use super::{about, protocol, ranked, standing};
use crate::example::{
    AuthorKind, Details, Example, Review, SentBack, Standing, Status, Timestamp, Verdict, new_id,
};
use crate::store::{self, STANDS};

/// How many names are told to who misspelt one.
const NAMES_TOLD: usize = 8;

pub(super) fn review(connection: &Connection, reviewer: &str, id: i64, decision: &Decision) -> Result<Done> {
    let example = store::example(connection, id)?.ok_or_else(|| Error::NoExample(format!("#{id}")))?;
    if example.status != Status::Submitted {
        return Err(Error::NotSubmitted { example: id, status: example.status });
    }
    let makers = makers(&example);
    if makers.contains(reviewer) && !protocol::current(connection)?.own_work {
        return Err(Error::OwnWork { example: id, name: reviewer.to_owned() });
    }
    let mut review = Review {
        id: new_id(),
        reviewer: reviewer.to_owned(),
        verdict: Verdict::Approved,
        reason: String::new(),
        note: String::new(),
        to: Vec::new(),
        at: Timestamp::now(),
    };
    let (status, said) = match decision {
        Decision::Approve => {
            if was_edited(connection, id, reviewer)? {
                review.verdict = Verdict::Edited;
            }
            ("approved", "approved")
        }
        Decision::Overrule { tiers, bad, presented, reason, note } => {
            refuse_gold(&example, id, reviewer)?;
            let given = ranked(reviewer, tiers, bad, presented, &Details::default());
            given.check(&example.responses.iter().map(|response| response.id).collect::<Vec<_>>())?;
            standing::decide(connection, id, &given)?;
            review.verdict = Verdict::Overruled;
            (review.reason, review.note) = (reason.clone(), note.clone());
            ("approved", "overruled")
        }
        Decision::Return { reason, note, to } => {
            let mut to = named(connection, to, &makers)?;
            if to.is_empty() {
                to = whose(connection, id, reviewer, &makers)?;
            }
            if to.is_empty() {
                return Err(Error::NobodyMadeIt(id));
            }
            review.verdict = Verdict::Returned;
            (review.reason, review.note) = (reason.clone(), note.clone());
            review.to = to.into_iter().map(|annotator| SentBack { annotator, done: false }).collect();
            ("draft", "sent back")
        }
    };
    if status == "approved" {
        // Nobody has to look after it any more.
        store::close_returns(connection, id)?;
    }
    store::insert_review(connection, id, &review)?;
    connection.execute("UPDATE example SET status = ?2 WHERE id = ?1", params![id, status])?;
    Ok(about(id, format!("{said} #{id}")))
}

/// A gold example is not overruled, but for the reviewer's own gold: that is put right.
fn refuse_gold(example: &Example, id: i64, reviewer: &str) -> Result<()> {
    let gold = example.rankings.iter().find(|ranking| ranking.details.standing == Standing::Gold);
    match gold.filter(|gold| gold.annotator != reviewer) {
        Some(gold) => Err(Error::GoldExample { example: id, name: gold.annotator.clone() }),
        None => Ok(()),
    }
}

/// Who made it: the people who ranked it, whether theirs is called gold or not, and those who wrote its
/// responses. Who decided it in review made nothing of it.
pub(in crate::dataset) fn makers(example: &Example) -> BTreeSet<String> {
    let ranked = example.rankings.iter().filter(|ranking| ranking.details.standing != Standing::Final);
    let people = example.responses.iter().filter_map(|response| response.author.as_ref());
    let people = people.filter(|author| author.kind == AuthorKind::Person);
    ranked.map(|ranking| ranking.annotator.clone()).chain(people.map(|author| author.name.clone())).collect()
}

/// Those to whom it is to go back by name. Nobody comes into being by being named.
fn named(connection: &Connection, to: &[String], makers: &BTreeSet<String>) -> Result<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in to.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        if !makers.contains(name) && !is_known(connection, name)? {
            return Err(Error::NoAnnotator { name: name.to_owned(), known: known(connection, makers)? });
        }
        if !names.iter().any(|there| there == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Whether somebody of that name ranked, wrote, or did anything else here.
fn is_known(connection: &Connection, name: &str) -> Result<bool> {
    Ok(connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM annotator WHERE name = ?1)
               OR EXISTS (SELECT 1 FROM response WHERE author = ?1 AND author_kind = 'person')
               OR EXISTS (SELECT 1 FROM action WHERE annotator = ?1)",
        )?
        .query_row([name], |row| row.get(0))?)
}

/// A few names that are known, those who made the example first, as the end of a sentence.
fn known(connection: &Connection, makers: &BTreeSet<String>) -> Result<String> {
    let mut names: Vec<String> = makers.iter().cloned().collect();
    let mut statement = connection.prepare_cached("SELECT name FROM annotator ORDER BY name LIMIT ?1")?;
    let others = statement.query_map([NAMES_TOLD + names.len()], |row| row.get::<_, String>(0))?;
    for name in others {
        let name = name?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let more = if names.len() > NAMES_TOLD { " and others" } else { "" };
    names.truncate(NAMES_TOLD);
    Ok(match names.as_slice() {
        [] => "nobody has ranked, flagged or reviewed yet".to_owned(),
        names => format!("it knows {}{more}", names.join(", ")),
    })
}

/// To whom it goes back: who ranked it, or wrote it, or else who touched it last. Never the reviewer,
/// unless nobody else had a part in it.
fn whose(
    connection: &Connection,
    example: i64,
    reviewer: &str,
    makers: &BTreeSet<String>,
) -> Result<Vec<String>> {
    let others: Vec<String> = makers.iter().filter(|name| *name != reviewer).cloned().collect();
    if !others.is_empty() {
        return Ok(others);
    }
    if makers.contains(reviewer) {
        return Ok(vec![reviewer.to_owned()]);
    }
    let last: Option<String> = connection
        .prepare_cached(
            "SELECT a.annotator FROM change c JOIN action a ON a.id = c.action_id
             WHERE c.example = ?1 AND a.annotator <> ?2 ORDER BY c.id DESC LIMIT 1",
        )?
        .query_row(params![example, reviewer], |row| row.get(0))
        .optional()?;
    Ok(last.into_iter().collect())
}

/// Whether the reviewer changed what the example says since it was last submitted, whoever did that; what
/// is undone doesn't count.
fn was_edited(connection: &Connection, example: i64, reviewer: &str) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM change c JOIN action a ON a.id = c.action_id
           WHERE c.example = ?1 AND c.tbl IN ('prompt', 'response')
             AND a.annotator = ?2 AND a.mode = 'do' AND {STANDS}
             AND c.id > coalesce((SELECT max(s.id) FROM change s JOIN action a ON a.id = s.action_id
               WHERE s.example = ?1 AND s.tbl = 'example' AND a.mode = 'do' AND {STANDS}
                 AND json_extract(s.after, '$.status') = 'submitted'
                 AND json_extract(s.before, '$.status') IS NOT 'submitted'), 0)
             AND (c.tbl = 'response'
               OR json_extract(c.before, '$.messages') IS NOT json_extract(c.after, '$.messages')
               OR json_extract(c.before, '$.tools') IS NOT json_extract(c.after, '$.tools')))"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(params![example, reviewer], |row| row.get(0))?)
}
