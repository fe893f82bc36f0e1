//! Failing answers of a round beside the right ones, to be ranked against them.

use rusqlite::{Connection, params};

use super::super::failing::name_of;
use super::super::{Candidates, Done, Error, Result};
use crate::example::{Kind, Response, Tag};
use crate::store;
use crate::text::count::plural;

pub(super) fn add(connection: &Connection, name: &str, tags: &[Tag]) -> Result<Done> {
    let round = store::round(connection, name)?.ok_or_else(|| Error::NoRound(name.to_owned()))?;
    let candidates = Candidates::of(connection, &round, tags)?;
    let author = round.author();
    let mut waiting = 0;
    for (example, answer) in &candidates.answers {
        let response = Response::new(Some(author.clone()), answer.as_str());
        store::insert_response(connection, *example, &response)?;
        waiting += to_be_ranked(connection, *example)?;
    }
    let n = candidates.answers.len() as u64;
    let of = if tags.is_empty() { String::new() } else { format!(" for {}", name_of(tags)) };
    let mut sentence = match n {
        0 => format!("brought no answer in{of} from the round “{name}”: no failing one may be ranked"),
        n => format!("brought {} in{of}, to be ranked", plural(n, "failing answer")),
    };
    // what it costs comes before where they are from: a screen may have no room for all
    if waiting > 0 {
        sentence = format!("{sentence}; {} not usable until then", plural(waiting, "example"));
    }
    if n > 0 {
        sentence = format!("{sentence}; of {} from the round “{name}”", author.name);
    }
    let left = candidates.left();
    if !left.is_empty() {
        sentence = format!("{sentence}; left: {left}");
    }
    Ok(Done { action: None, sentence, examples: n, example: None })
}

/// Two responses are there to be ranked: the example's kind says so. Nobody has ranked them where it had
/// one answer, so what is its best one is open again, and it waits for that; answers how many (one or none)
/// were usable before.
fn to_be_ranked(connection: &Connection, example: i64) -> Result<u64> {
    connection
        .prepare_cached("UPDATE example SET kind = ?2 WHERE id = ?1 AND answered >= 2 AND kind <> ?2")?
        .execute(params![example, Kind::Preference.as_str()])?;
    let reopened = connection
        .prepare_cached(
            "UPDATE example SET status = 'pending' WHERE id = ?1 AND status IN ('submitted', 'approved')
               AND NOT EXISTS (SELECT 1 FROM ranking r WHERE r.example_id = ?1)",
        )?
        .execute([example])?;
    Ok(reopened as u64)
}
