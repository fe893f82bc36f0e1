//! Ranking responses, and rewriting the one that ranks best.

use rusqlite::{Connection, params};

use super::super::{Done, Error, Result};
use super::{about, protocol, require, standing};
use crate::example::{Author, Details, Message, Ranking, Response, Uuid};
use crate::store;

pub(super) fn rewrite(
    connection: &Connection,
    annotator: &str,
    (example, origin): (i64, Uuid),
    messages: &[Message],
    submit: bool,
) -> Result<Done> {
    let before =
        store::example(connection, example)?.ok_or_else(|| Error::NoExample(format!("#{example}")))?;
    if before.response(origin).is_none() {
        return Err(store::Error::NotFound { what: "response", name: origin.to_string() }.into());
    }
    let mut response = Response::of(Some(Author::person(annotator)), messages.to_vec());
    response.origin = Some(origin);
    store::insert_response(connection, example, &response)?;
    let mine = before.rankings.iter().find(|ranking| ranking.annotator == annotator);
    let mut tiers = vec![vec![response.id]];
    let (mut bad, mut presented, mut details) = (Vec::new(), Vec::new(), Details::default());
    match mine {
        Some(ranking) => {
            tiers.extend(ranking.tiers.iter().cloned());
            bad.clone_from(&ranking.bad);
            presented.clone_from(&ranking.presented);
            // There is an order now.
            details = Details { cannot: None, ..ranking.details.clone() };
        }
        None => tiers.push(vec![origin]),
    }
    let ranking = Ranking { bad, presented, details, ..Ranking::new(annotator, tiers) };
    let done = rank(connection, example, &ranking, submit)?;
    super::writing::drop_drafts(connection, annotator, example, &format!("rewrite/{origin}*"))?;
    Ok(Done { sentence: format!("rewrote a response of #{example} and put it on top"), ..done })
}

pub(super) fn rank(connection: &Connection, example: i64, ranking: &Ranking, submit: bool) -> Result<Done> {
    require(connection, example)?;
    ranking.check(&responses(connection, example)?)?;
    standing::put(connection, example, ranking)?;
    let annotator = store::annotator_id(connection, &ranking.annotator)?;
    store::look_after(connection, example, annotator)?;
    if submit {
        submit_where_enough(connection, example)?;
    }
    Ok(about(example, said(example, ranking)))
}

/// The journal line of a ranking, hidden repeat or not.
fn said(example: i64, ranking: &Ranking) -> String {
    let what = if ranking.is_abstention() { "can't judge" } else { "ranked" };
    format!("{what} #{example}")
}

/// An open example with as many rankings as the protocol wants is submitted; one with fewer is begun.
pub(super) fn submit_where_enough(connection: &Connection, example: i64) -> Result<()> {
    let wanted = protocol::current(connection)?.rankings;
    let judged: u32 = connection
        .prepare_cached("SELECT count(*) FROM ranking WHERE example_id = ?1 AND standing IS NULL")?
        .query_row([example], |row| row.get(0))?;
    let decided: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM ranking WHERE example_id = ?1 AND standing NOT NULL)")?
        .query_row([example], |row| row.get(0))?;
    let is_enough = (judged >= wanted || decided) && !store::waits_for_somebody(connection, example)?;
    let status = if is_enough { "submitted" } else { "draft" };
    connection
        .prepare_cached("UPDATE example SET status = ?2 WHERE id = ?1 AND status IN ('pending', 'draft')")?
        .execute(params![example, status])?;
    Ok(())
}

fn responses(connection: &Connection, example: i64) -> Result<Vec<Uuid>> {
    Ok(connection
        .prepare_cached("SELECT uuid FROM response WHERE example_id = ?1")?
        .query_map([example], |row| row.get::<_, [u8; 16]>(0).map(Uuid::from_bytes))?
        .collect::<std::result::Result<_, _>>()?)
}

pub(super) fn repeat(connection: &Connection, example: i64, ranking: &Ranking) -> Result<Done> {
    require(connection, example)?;
    ranking.check(&responses(connection, example)?)?;
    store::insert_repeat(connection, example, ranking)?;
    // Hidden: the journal line says no more than that of any ranking.
    Ok(about(example, said(example, ranking)))
}

/// Takes the annotator's ranking of an example back.
pub(super) fn withdraw(connection: &Connection, annotator: &str, example: i64) -> Result<Done> {
    require(connection, example)?;
    if let Some(annotator) = store::find_annotator(connection, annotator)? {
        store::remove_ranking(connection, example, annotator)?;
    }
    Ok(about(example, format!("took the ranking of #{example} back")))
}
