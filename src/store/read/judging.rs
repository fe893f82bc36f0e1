//! Reading what people said of examples: rankings, hidden repeats, reviews.

use rusqlite::{Connection, Row};

use super::{Batch, word};
use crate::example::{Details, Ranking, Rating, Review, SentBack, Standing, Timestamp, Uuid, Verdict};
use crate::store::{Error, Result};

/// Reads a JSON column.
fn json<T: serde::de::DeserializeOwned>(example: i64, column: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Unreadable {
        example,
        column,
        reason: error.to_string(),
    })
}

/// What was said beside an order; the columns follow each other from `first`.
fn details(row: &Row<'_>, example: i64, first: usize) -> Result<Details> {
    let standing: Option<String> = row.get(first)?;
    let certainty: Option<String> = row.get(first + 3)?;
    let reasons: Option<String> = row.get(first + 4)?;
    Ok(Details {
        standing: match standing {
            Some(standing) => word(example, "standing", &standing)?,
            None => Standing::Own,
        },
        cannot: row.get(first + 1)?,
        strength: row.get(first + 2)?,
        certainty: certainty.map(|certainty| word(example, "certainty", &certainty)).transpose()?,
        reasons: reasons.map_or_else(|| Ok(Vec::new()), |reasons| json(example, "reasons", &reasons))?,
        ratings: Vec::new(),
        millis: row.get(first + 5)?,
    })
}

impl Batch {
    pub(super) fn read_rankings(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT r.example_id, r.id, r.uuid, r.at, a.name,
               r.standing, r.cannot, r.strength, r.certainty, r.reasons, r.millis
             FROM ranking r JOIN annotator a ON a.id = r.annotator_id
             WHERE r.example_id BETWEEN ?1 AND ?2 ORDER BY r.example_id, r.id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let example: i64 = row.get(0)?;
            let mut ranking = Ranking {
                id: Uuid::from_bytes(row.get(2)?),
                annotator: row.get(4)?,
                tiers: Vec::new(),
                bad: Vec::new(),
                presented: Vec::new(),
                at: Timestamp(row.get(3)?),
                details: details(row, example, 5)?,
            };
            self.read_places(connection, row.get(1)?, &mut ranking)?;
            self.read_ratings(connection, row.get(1)?, &mut ranking)?;
            if let Some(example) = self.of(example) {
                example.rankings.push(ranking);
            }
        }
        Ok(())
    }

    fn read_places(&self, connection: &Connection, row: i64, ranking: &mut Ranking) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT p.response_id, p.tier, p.shown FROM placement p JOIN response s ON s.id = p.response_id
             WHERE p.ranking_id = ?1 ORDER BY s.position, s.id",
        )?;
        let mut rows = statement.query([row])?;
        let mut tiers: Vec<(i64, Uuid)> = Vec::new();
        let mut shown: Vec<(i64, Uuid)> = Vec::new();
        while let Some(place) = rows.next()? {
            let Some(&response) = self.responses.get(&place.get::<_, i64>(0)?) else { continue };
            match place.get::<_, Option<i64>>(1)? {
                Some(0) => ranking.bad.push(response),
                Some(tier) => tiers.push((tier, response)),
                None => {}
            }
            if let Some(at) = place.get(2)? {
                shown.push((at, response));
            }
        }
        // Stable: within a tier the responses keep their own order.
        tiers.sort_by_key(|(tier, _)| *tier);
        ranking.tiers =
            tiers.chunk_by(|a, b| a.0 == b.0).map(|tier| tier.iter().map(|(_, id)| *id).collect()).collect();
        shown.sort_unstable_by_key(|(at, _)| *at);
        ranking.presented = shown.into_iter().map(|(_, response)| response).collect();
        Ok(())
    }

    fn read_ratings(&self, connection: &Connection, row: i64, ranking: &mut Ranking) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT g.response_id, g.criterion, g.value FROM rating g JOIN response s ON s.id = g.response_id
             WHERE g.ranking_id = ?1 ORDER BY s.position, s.id, g.criterion",
        )?;
        let mut rows = statement.query([row])?;
        while let Some(rating) = rows.next()? {
            if let Some(&response) = self.responses.get(&rating.get::<_, i64>(0)?) {
                ranking.details.ratings.push(Rating {
                    response,
                    criterion: rating.get(1)?,
                    value: rating.get(2)?,
                });
            }
        }
        Ok(())
    }

    pub(super) fn read_repeats(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT r.example_id, r.uuid, a.name, r.tiers, r.bad, r.presented, r.cannot, r.millis, r.at
             FROM repeat r JOIN annotator a ON a.id = r.annotator_id
             WHERE r.example_id BETWEEN ?1 AND ?2 ORDER BY r.example_id, r.id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let ids = |column: usize| -> Result<Vec<Uuid>> {
                json(id, "repeat", row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?)
            };
            let ranking = Ranking {
                id: Uuid::from_bytes(row.get(1)?),
                annotator: row.get(2)?,
                tiers: json(id, "repeat", row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?)?,
                bad: ids(4)?,
                presented: ids(5)?,
                at: Timestamp(row.get(8)?),
                details: Details { cannot: row.get(6)?, millis: row.get(7)?, ..Details::default() },
            };
            if let Some(example) = self.of(id) {
                // A response that is gone by now has no place any more.
                let mut ranking = ranking;
                let there = |id: &Uuid| example.responses.iter().any(|response| response.id == *id);
                ranking.tiers.iter_mut().for_each(|tier| tier.retain(there));
                ranking.tiers.retain(|tier| !tier.is_empty());
                ranking.bad.retain(there);
                ranking.presented.retain(there);
                // Where nothing has a place any more, nothing is said.
                if !ranking.tiers.is_empty() || !ranking.bad.is_empty() || ranking.is_abstention() {
                    example.repeats.push(ranking);
                }
            }
        }
        Ok(())
    }

    pub(super) fn read_reviews(&mut self, connection: &Connection, first: i64, last: i64) -> Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT v.example_id, v.id, v.uuid, a.name, v.verdict, v.reason, v.note, v.at
             FROM review v JOIN annotator a ON a.id = v.annotator_id
             WHERE v.example_id BETWEEN ?1 AND ?2 ORDER BY v.example_id, v.id",
        )?;
        let mut to = connection.prepare_cached(
            "SELECT a.name, s.done FROM sent_back s JOIN annotator a ON a.id = s.annotator_id
             WHERE s.review_id = ?1 ORDER BY a.id",
        )?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let sent = to.query_map([row.get::<_, i64>(1)?], |row| {
                Ok(SentBack { annotator: row.get(0)?, done: row.get(1)? })
            })?;
            let review = Review {
                id: Uuid::from_bytes(row.get(2)?),
                reviewer: row.get(3)?,
                verdict: word::<Verdict>(id, "verdict", &row.get::<_, String>(4)?)?,
                reason: row.get(5)?,
                note: row.get(6)?,
                to: sent.collect::<std::result::Result<_, _>>()?,
                at: Timestamp(row.get(7)?),
            };
            if let Some(example) = self.of(id) {
                example.reviews.push(review);
            }
        }
        Ok(())
    }
}
