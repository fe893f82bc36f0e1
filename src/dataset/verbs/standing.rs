//! What a ranking stands for: one's own judgement, what review decided, the known right one.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::{Done, Error, Result};
use super::{about, protocol, require};
use crate::example::{Ranking, Standing, Uuid};
use crate::store;

/// An annotator's ranking of an example, as far as it matters here.
struct Kept {
    /// What it stands for.
    standing: Standing,
    /// Whether it was made to decide: then it never was an independent judgement.
    is_decision: bool,
    /// Whether it says that this can't be judged.
    is_abstention: bool,
}

fn kept(connection: &Connection, example: i64, annotator: i64) -> Result<Option<Kept>> {
    let mut statement = connection.prepare_cached(
        "SELECT uuid, standing, cannot NOT NULL FROM ranking WHERE example_id = ?1 AND annotator_id = ?2",
    )?;
    let row: Option<([u8; 16], Option<String>, bool)> = statement
        .query_row([example, annotator], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((id, word, is_abstention)) = row else { return Ok(None) };
    Ok(Some(Kept {
        is_decision: was_made_to_decide(connection, example, Uuid::from_bytes(id), word.as_deref())?,
        standing: word.and_then(|word| word.parse().ok()).unwrap_or(Standing::Own),
        is_abstention,
    }))
}

/// Whether a ranking was made to decide: by the first that the journal says of it, or, where it came
/// with an import and nobody has changed it since, by what it is `now`.
fn was_made_to_decide(
    connection: &Connection,
    example: i64,
    ranking: Uuid,
    now: Option<&str>,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT json_extract(coalesce(before, after), '$.standing') IS 'final' FROM change
         WHERE example = ?1 AND tbl = 'ranking' AND row = ?2 ORDER BY id LIMIT 1",
    )?;
    let told =
        statement.query_row(params![example, ranking.simple().to_string()], |row| row.get(0)).optional()?;
    Ok(told.unwrap_or(now == Some(Standing::Final.as_str())))
}

fn call(connection: &Connection, example: i64, annotator: i64, standing: Standing) -> Result<()> {
    let word = Some(standing).filter(|standing| *standing != Standing::Own).map(Standing::as_str);
    connection
        .prepare_cached("UPDATE ranking SET standing = ?3 WHERE example_id = ?1 AND annotator_id = ?2")?
        .execute(params![example, annotator, word])?;
    Ok(())
}

/// Whatever ranking of somebody else decides does so no more: a judgement is one like any other again,
/// a reviewer's decision is gone.
pub(super) fn supersede(connection: &Connection, example: i64, by: i64) -> Result<()> {
    let deciding: Vec<i64> = connection
        .prepare_cached(
            "SELECT annotator_id FROM ranking
             WHERE example_id = ?1 AND annotator_id <> ?2 AND standing NOT NULL",
        )?
        .query_map([example, by], |row| row.get(0))?
        .collect::<std::result::Result<_, _>>()?;
    for annotator in deciding {
        if kept(connection, example, annotator)?.is_some_and(|kept| kept.is_decision) {
            store::remove_ranking(connection, example, annotator)?;
        } else {
            call(connection, example, annotator, Standing::Own)?;
        }
    }
    Ok(())
}

/// Keeps an annotator's ranking (already checked). In the place of one that decides it decides too.
pub(super) fn put(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = store::annotator_id(connection, &ranking.annotator)?;
    let before = kept(connection, example, annotator)?;
    let standing = before.as_ref().map_or(Standing::Own, |before| before.standing);
    if standing != Standing::Own && ranking.is_abstention() {
        return Err(Error::DecidesAndCannot { example, name: ranking.annotator.clone() });
    }
    // As it was made first: so that it is known later what it never was.
    let is_decision = standing != Standing::Own && before.is_some_and(|before| before.is_decision);
    let made_as = if is_decision { Standing::Final } else { Standing::Own };
    let mut given = ranking.clone();
    given.details.standing = made_as;
    store::put_ranking(connection, example, &given)?;
    if standing == made_as { Ok(()) } else { call(connection, example, annotator, standing) }
}

/// Keeps a reviewer's ranking (already checked) as what counts; a gold one stays gold.
pub(super) fn decide(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = store::annotator_id(connection, &ranking.annotator)?;
    let is_gold = kept(connection, example, annotator)?.is_some_and(|kept| kept.standing == Standing::Gold);
    supersede(connection, example, annotator)?;
    let mut given = ranking.clone();
    given.details.standing = Standing::Final;
    store::put_ranking(connection, example, &given)?;
    if is_gold { call(connection, example, annotator, Standing::Gold) } else { Ok(()) }
}

/// Says what somebody's ranking stands for. Nobody but review makes one's own judgement decide.
pub(super) fn set(
    connection: &Connection,
    acting: &str,
    example: i64,
    name: &str,
    standing: Standing,
) -> Result<Done> {
    require(connection, example)?;
    let none = || Error::NoRanking { example, name: name.to_owned() };
    let annotator = store::find_annotator(connection, name)?.ok_or_else(none)?;
    let kept = kept(connection, example, annotator)?.filter(|kept| !kept.is_abstention).ok_or_else(none)?;
    let is_own_judgement = acting == name && kept.standing == Standing::Own;
    if standing != Standing::Own && is_own_judgement && !protocol::current(connection)?.own_work {
        return Err(Error::OwnWork { example, name: acting.to_owned() });
    }
    if standing != Standing::Own {
        supersede(connection, example, annotator)?;
    }
    let said = match (standing, kept.is_decision, kept.standing) {
        (Standing::Own, true, Standing::Final) => {
            store::remove_ranking(connection, example, annotator)?;
            return Ok(about(example, format!("took back what {name} decided of #{example}")));
        }
        // It never was a judgement like any other.
        (Standing::Own, true, _) | (Standing::Final, ..) => {
            call(connection, example, annotator, Standing::Final)?;
            "what counts"
        }
        (Standing::Own, false, _) => {
            call(connection, example, annotator, Standing::Own)?;
            "a judgement like any other"
        }
        (Standing::Gold, ..) => {
            call(connection, example, annotator, Standing::Gold)?;
            "the known right one"
        }
    };
    Ok(about(example, format!("called {name}'s ranking of #{example} {said}")))
}
