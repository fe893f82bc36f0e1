//! Reading judgements in a few streaming queries: all of them, or those of a few examples.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, Rows};
use serde::Deserialize;
use serde_json::Value;

use super::Result;
use crate::curation::judged::{JudgedExample, Judgement, Place};
use crate::curation::spread::Look;
use crate::example::{Message, Standing, Status, Uuid, plain_text};

/// Who numbers names.
pub(super) trait Named {
    /// The number of the annotator of this row.
    fn annotator(&mut self, row: i64) -> usize;
    /// The number of this author.
    fn author(&mut self, name: &str) -> usize;
}

/// An example while it is being read.
#[derive(Default)]
struct Raw {
    is_usable: bool,
    responses: Vec<RawResponse>,
    /// The rankings, each with the number of its row.
    judgements: Vec<(i64, Judgement)>,
    repeats: Vec<Judgement>,
}

struct RawResponse {
    position: i64,
    id: i64,
    uuid: Uuid,
    author: Option<usize>,
    length: u32,
    look: Look,
}

/// Takes up a row of one of the streams.
type Take<'a> = fn(&mut Reading<'a>, &Row<'_>) -> Result<()>;

/// The examples with a ranking, in order: of those `only`, where that is said.
pub(super) fn examples(
    connection: &Connection,
    only: Option<&BTreeSet<i64>>,
    is_chosen: &dyn Fn(i64) -> bool,
    named: &mut dyn Named,
) -> Result<Vec<JudgedExample>> {
    let mut reading = Reading { raw: BTreeMap::new(), is_chosen, named };
    // In this order: rankings place responses that are known.
    let steps: [(&str, &str, Take<'_>); 4] = [
        (
            "SELECT id, status FROM example WHERE id IN (SELECT example_id FROM ranking{of})",
            "",
            Reading::status,
        ),
        (
            "SELECT example_id, id, position, uuid, author, messages FROM response
             WHERE example_id IN (SELECT example_id FROM ranking{of})",
            "",
            Reading::response,
        ),
        (
            "SELECT r.example_id, r.id, r.annotator_id, r.standing, r.certainty, r.strength, r.millis,
               p.response_id, p.tier, p.shown
             FROM ranking r LEFT JOIN placement p ON p.ranking_id = r.id{of} ORDER BY r.id",
            "r.",
            Reading::placement,
        ),
        (
            "SELECT example_id, annotator_id, tiers, bad, presented, millis FROM repeat{of} ORDER BY id",
            "",
            Reading::repeat,
        ),
    ];
    for (sql, table, take) in steps {
        match only {
            None => {
                let mut statement = connection.prepare_cached(&sql.replace("{of}", ""))?;
                reading.all(statement.query([])?, take)?;
            }
            Some(only) => {
                let of = format!(" WHERE {table}example_id = ?1");
                let mut statement = connection.prepare_cached(&sql.replace("{of}", &of))?;
                for id in only {
                    reading.all(statement.query([id])?, take)?;
                }
            }
        }
        reading.sort_responses();
    }
    Ok(reading.done())
}

struct Reading<'a> {
    raw: BTreeMap<i64, Raw>,
    is_chosen: &'a dyn Fn(i64) -> bool,
    named: &'a mut dyn Named,
}

impl<'a> Reading<'a> {
    fn all(&mut self, mut rows: Rows<'_>, take: fn(&mut Reading<'a>, &Row<'_>) -> Result<()>) -> Result<()> {
        while let Some(row) = rows.next()? {
            if (self.is_chosen)(row.get(0)?) {
                take(self, row)?;
            }
        }
        Ok(())
    }

    fn status(&mut self, row: &Row<'_>) -> Result<()> {
        let status: Option<Status> = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?.parse().ok();
        self.raw.entry(row.get(0)?).or_default().is_usable = status.is_some_and(Status::is_usable);
        Ok(())
    }

    fn response(&mut self, row: &Row<'_>) -> Result<()> {
        let author: Option<Cow<'_, str>> =
            row.get_ref(4)?.as_str_or_null().map_err(rusqlite::Error::from)?.map(Cow::Borrowed);
        let json = row.get_ref(5)?.as_str().map_err(rusqlite::Error::from)?;
        let (length, look) = measured(json);
        let response = RawResponse {
            id: row.get(1)?,
            position: row.get(2)?,
            uuid: Uuid::from_bytes(row.get(3)?),
            author: author.map(|name| self.named.author(&name)),
            length,
            look,
        };
        self.raw.entry(row.get(0)?).or_default().responses.push(response);
        Ok(())
    }

    /// As they stand in the example; numbers are places in this order.
    fn sort_responses(&mut self) {
        for raw in self.raw.values_mut() {
            raw.responses.sort_by_key(|response| (response.position, response.id));
        }
    }

    fn placement(&mut self, row: &Row<'_>) -> Result<()> {
        let Some(raw) = self.raw.get_mut(&row.get(0)?) else { return Ok(()) };
        let (id, annotator): (i64, i64) = (row.get(1)?, row.get(2)?);
        if raw.judgements.last().is_none_or(|(last, _)| *last != id) {
            let standing: Option<String> = row.get(3)?;
            let certainty: Option<String> = row.get(4)?;
            let judgement = Judgement {
                certainty: certainty.and_then(|number| number.parse().ok()),
                strength: row.get(5)?,
                millis: row.get(6)?,
                standing: standing.and_then(|word| word.parse().ok()).unwrap_or(Standing::Own),
                ..nothing_placed(self.named.annotator(annotator), raw.responses.len())
            };
            raw.judgements.push((id, judgement));
        }
        let Some(response) = row.get::<_, Option<i64>>(7)? else { return Ok(()) };
        let at = raw.responses.iter().position(|known| known.id == response);
        if let (Some(at), Some((_, judgement))) = (at, raw.judgements.last_mut()) {
            place(judgement, at, row.get(8)?);
            if let Some(shown) = judgement.shown.get_mut(at) {
                let from_one: Option<i64> = row.get(9)?;
                *shown = from_one.and_then(|place| u8::try_from(place - 1).ok());
            }
        }
        Ok(())
    }

    fn repeat(&mut self, row: &Row<'_>) -> Result<()> {
        let Some(raw) = self.raw.get_mut(&row.get(0)?) else { return Ok(()) };
        let ids = |column: usize| -> Result<Vec<Uuid>> {
            // What can't be read says nothing; `goldset verify` tells of it.
            Ok(serde_json::from_str(row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
                .unwrap_or_default())
        };
        let tiers: Vec<Vec<Uuid>> =
            serde_json::from_str(row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?)
                .unwrap_or_default();
        let (bad, presented) = (ids(3)?, ids(4)?);
        let mut judgement = Judgement {
            millis: row.get(5)?,
            ..nothing_placed(self.named.annotator(row.get(1)?), raw.responses.len())
        };
        let at_of = |id: &Uuid| raw.responses.iter().position(|response| response.uuid == *id);
        for (tier, ids) in (1_i64..).zip(&tiers) {
            ids.iter().filter_map(at_of).for_each(|at| place(&mut judgement, at, Some(tier)));
        }
        bad.iter().filter_map(at_of).for_each(|at| place(&mut judgement, at, Some(0)));
        for (shown, id) in (0_u8..).zip(&presented) {
            if let Some(place) = at_of(id).and_then(|at| judgement.shown.get_mut(at)) {
                *place = Some(shown);
            }
        }
        // What it placed may all be gone: then it says nothing, not even that this can't be judged.
        let placed = tiers.iter().flatten().chain(&bad).next().is_some();
        if !(placed && judgement.is_abstention()) {
            raw.repeats.push(judgement);
        }
        Ok(())
    }

    fn done(self) -> Vec<JudgedExample> {
        let examples = self.raw.into_iter().filter(|(_, raw)| !raw.judgements.is_empty());
        examples
            .map(|(id, raw)| JudgedExample {
                id,
                is_usable: raw.is_usable,
                authors: raw.responses.iter().map(|response| response.author).collect(),
                lengths: raw.responses.iter().map(|response| response.length).collect(),
                looks: raw.responses.iter().map(|response| response.look).collect(),
                judgements: raw.judgements.into_iter().map(|(_, judgement)| settled(judgement)).collect(),
                repeats: raw.repeats.into_iter().map(settled).collect(),
            })
            .collect()
    }
}

fn nothing_placed(annotator: usize, responses: usize) -> Judgement {
    Judgement {
        annotator,
        places: vec![None; responses],
        bad: vec![false; responses],
        shown: vec![None; responses],
        strength: None,
        certainty: None,
        millis: None,
        standing: Standing::Own,
    }
}

/// Places a response in a tier; 0 is below the line, and gets its place when all tiers are known.
fn place(judgement: &mut Judgement, at: usize, tier: Option<i64>) {
    let (Some(place), Some(bad)) = (judgement.places.get_mut(at), judgement.bad.get_mut(at)) else { return };
    *place = tier.map(|tier| Place::try_from(tier).unwrap_or(Place::MAX - 1));
    *bad = tier == Some(0);
}

/// Bad ones share the place after the last tier; who placed nothing has no places.
fn settled(mut judgement: Judgement) -> Judgement {
    if judgement.is_abstention() {
        judgement.places = Vec::new();
        return judgement;
    }
    let last = judgement.places.iter().copied().flatten().max().unwrap_or(0);
    for (place, _) in judgement.places.iter_mut().zip(&judgement.bad).filter(|(_, bad)| **bad) {
        *place = Some(last.saturating_add(1));
    }
    judgement
}

/// The plain form of a turn, which nearly all are: it is counted without being copied.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Turn<'a> {
    #[serde(borrow, rename = "role")]
    _role: Cow<'a, str>,
    #[serde(borrow)]
    content: Cow<'a, str>,
}

/// The length of all that the messages say, in characters, and what it looks like.
fn measured(json: &str) -> (u32, Look) {
    let count = |text: &str| (text.chars().count(), Look::of(text));
    let (length, look) = if let Ok(turns) = serde_json::from_str::<Vec<Turn<'_>>>(json) {
        let said = turns.iter().filter(|turn| !turn.content.is_empty()).map(|turn| count(&turn.content));
        // Turns are parted by a line break.
        said.reduce(|(all, look), (length, next)| (all + 1 + length, look.and(next))).unwrap_or_default()
    } else {
        let values: Vec<Value> = serde_json::from_str(json).unwrap_or_default();
        let messages: Vec<Message> =
            values.iter().filter_map(|value| Message::from_json(value).ok()).collect();
        count(&plain_text(&messages))
    };
    (u32::try_from(length).unwrap_or(u32::MAX), look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_response_looks_like_is_read_with_its_length() {
        let turns = r##"[{"role":"assistant","content":"# One\n- two"},{"role":"assistant","content":"I can't say **more**."}]"##;
        assert_eq!(measured(turns).1, Look { marks: 3, refuses: false });
        let refused = r#"[{"role":"assistant","content":"I\u2019m sorry, but I can\u2019t help."}]"#;
        assert_eq!(measured(refused).1, Look { marks: 0, refuses: true });
    }

    #[test]
    fn a_length_is_that_of_the_plain_text_whichever_way_it_is_counted() {
        let plain = r#"[{"role":"assistant","content":"Grüße\n\"x\""},{"role":"assistant","content":"ok"}]"#;
        assert_eq!(measured(plain).0, 9 + 1 + 2);
        let with_calls = r#"[{"role":"assistant","content":"one","tool_calls":[{"type":"function","id":"1","function":{"name":"f","arguments":"{}"}}]}]"#;
        assert_eq!(measured(with_calls).0, 3 + 1 + 4);
        assert_eq!(measured("[]").0, 0);
        assert_eq!(measured("no JSON").0, 0);
    }
}
