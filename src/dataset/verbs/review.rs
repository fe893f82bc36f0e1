//! Reviewing submitted work: approving it, overruling it, sending it back.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{Decision, Done, Error, Result};
use super::{about, protocol, ranked};
use crate::example::{
    AuthorKind, Details, Example, Review, SentBack, Standing, Status, Timestamp, Verdict, new_id,
};
use crate::store;

/// Verbs that change what an example says.
const EDITING: &str = "('write', 'edit', 'rewrite', 'respond', 'remove-response', 'replace', 'restore')";

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
            let details = Details { standing: Standing::Final, ..Details::default() };
            let given = ranked(reviewer, tiers, bad, presented, &details);
            given.check(&example.responses.iter().map(|response| response.id).collect::<Vec<_>>())?;
            connection.execute("UPDATE ranking SET standing = NULL WHERE example_id = ?1", [id])?;
            store::put_ranking(connection, id, &given)?;
            review.verdict = Verdict::Overruled;
            (review.reason, review.note) = (reason.clone(), note.clone());
            ("approved", "overruled")
        }
        Decision::Return { reason, note, to } => {
            let to = if to.is_empty() { whose(connection, id, reviewer, &makers)? } else { to.clone() };
            if to.is_empty() {
                return Err(Error::NobodyMadeIt(id));
            }
            review.verdict = Verdict::Returned;
            (review.reason, review.note) = (reason.clone(), note.clone());
            review.to = to.into_iter().map(|annotator| SentBack { annotator, done: false }).collect();
            ("draft", "sent back")
        }
    };
    store::insert_review(connection, id, &review)?;
    connection.execute("UPDATE example SET status = ?2 WHERE id = ?1", params![id, status])?;
    Ok(about(id, format!("{said} #{id}")))
}

/// Who made it: the people who ranked it, and those who wrote its responses.
pub(in crate::dataset) fn makers(example: &Example) -> BTreeSet<String> {
    let ranked = example.rankings.iter().filter(|ranking| ranking.details.standing == Standing::Own);
    let people = example.responses.iter().filter_map(|response| response.author.as_ref());
    let people = people.filter(|author| author.kind == AuthorKind::Person);
    ranked.map(|ranking| ranking.annotator.clone()).chain(people.map(|author| author.name.clone())).collect()
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

/// Whether the reviewer changed what the example says since somebody else last touched it.
fn was_edited(connection: &Connection, example: i64, reviewer: &str) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM change c JOIN action a ON a.id = c.action_id
           WHERE c.example = ?1 AND a.annotator = ?2 AND a.mode = 'do' AND a.verb IN {EDITING}
             AND a.id > coalesce((SELECT max(d.action_id) FROM change d JOIN action b ON b.id = d.action_id
               WHERE d.example = ?1 AND (b.annotator <> ?2 OR b.verb = 'review')), 0)
             AND coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'redo')"
    );
    Ok(connection.prepare_cached(&sql)?.query_row(params![example, reviewer], |row| row.get(0))?)
}
