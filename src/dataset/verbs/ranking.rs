//! Ranking responses, and rewriting the one that ranks best.

use rusqlite::Connection;

use super::super::{Done, Error, Result};
use super::{about, require};
use crate::example::{Author, Message, Ranking, Response, Timestamp, Uuid, new_id};
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
    let (mut bad, mut presented) = (Vec::new(), Vec::new());
    match mine {
        Some(ranking) => {
            tiers.extend(ranking.tiers.iter().cloned());
            bad.clone_from(&ranking.bad);
            presented.clone_from(&ranking.presented);
        }
        None => tiers.push(vec![origin]),
    }
    let ranking = Ranking {
        id: new_id(),
        annotator: annotator.to_owned(),
        tiers,
        bad: std::mem::take(&mut bad),
        presented: std::mem::take(&mut presented),
        at: Timestamp::now(),
    };
    let done = rank(connection, example, &ranking, submit)?;
    super::writing::drop_drafts(connection, annotator, example, &format!("rewrite/{origin}*"))?;
    Ok(Done { sentence: format!("rewrote a response of #{example} and put it on top"), ..done })
}

pub(super) fn rank(connection: &Connection, example: i64, ranking: &Ranking, submit: bool) -> Result<Done> {
    require(connection, example)?;
    let responses: Vec<Uuid> = connection
        .prepare_cached("SELECT uuid FROM response WHERE example_id = ?1")?
        .query_map([example], |row| row.get::<_, [u8; 16]>(0).map(Uuid::from_bytes))?
        .collect::<std::result::Result<_, _>>()?;
    ranking.check(&responses)?;
    store::put_ranking(connection, example, ranking)?;
    if submit {
        connection
            .prepare_cached(
                "UPDATE example SET status = 'submitted' WHERE id = ?1 AND status IN ('pending', 'draft')",
            )?
            .execute([example])?;
    }
    Ok(about(example, format!("ranked #{example}")))
}
