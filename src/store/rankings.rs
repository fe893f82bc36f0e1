//! Writing rankings, with all that is said beside the order, and hidden repeats.

use rusqlite::{Connection, OptionalExtension, params};

use super::Result;
use super::batch::{Batch, next_row};
use super::write::{annotator_id, json_text, response_row};
use crate::example::{Ranking, Rating, Standing, Uuid};

/// Takes an annotator's ranking of an example away; says whether there was one.
pub fn remove_ranking(connection: &Connection, example: i64, annotator: i64) -> Result<bool> {
    let found: Option<i64> = connection
        .prepare_cached("SELECT id FROM ranking WHERE example_id = ?1 AND annotator_id = ?2")?
        .query_row([example, annotator], |row| row.get(0))
        .optional()?;
    let Some(ranking) = found else { return Ok(false) };
    connection.prepare_cached("DELETE FROM rating WHERE ranking_id = ?1")?.execute([ranking])?;
    connection.prepare_cached("DELETE FROM placement WHERE ranking_id = ?1")?.execute([ranking])?;
    connection.prepare_cached("DELETE FROM ranking WHERE id = ?1")?.execute([ranking])?;
    Ok(true)
}

/// Keeps a ranking (already checked), in the place of the annotator's one before.
pub fn put_ranking(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = annotator_id(connection, &ranking.annotator)?;
    remove_ranking(connection, example, annotator)?;
    let mut rows = RankingRows::new();
    let row = next_row(connection, "ranking")?;
    rows.put(connection, (row, example, annotator), ranking, |response| {
        response_row(connection, example, response)
    })?;
    rows.flush(connection)
}

/// The tables of rankings, as rows go into them.
#[derive(Debug)]
pub(super) struct RankingRows {
    rankings: Batch<11>,
    placements: Batch<5>,
    ratings: Batch<5>,
}

impl RankingRows {
    pub fn new() -> Self {
        Self {
            rankings: Batch::into(
                "ranking",
                [
                    "id",
                    "uuid",
                    "example_id",
                    "annotator_id",
                    "at",
                    "standing",
                    "cannot",
                    "strength",
                    "certainty",
                    "reasons",
                    "millis",
                ],
            ),
            placements: Batch::into(
                "placement",
                ["ranking_id", "response_id", "example_id", "tier", "shown"],
            ),
            ratings: Batch::into("rating", ["ranking_id", "response_id", "example_id", "criterion", "value"]),
        }
    }

    /// Puts the rows of a ranking in, under that number; `row_of` finds the row of a response.
    pub fn put(
        &mut self,
        connection: &Connection,
        (row, example, annotator): (i64, i64, i64),
        ranking: &Ranking,
        row_of: impl Fn(Uuid) -> Result<i64>,
    ) -> Result<()> {
        let details = &ranking.details;
        let standing = Some(details.standing).filter(|standing| *standing != Standing::Own);
        let cells = [
            row.into(),
            ranking.id.into(),
            example.into(),
            annotator.into(),
            ranking.at.0.into(),
            standing.map(Standing::as_str).into(),
            details.cannot.clone().into(),
            details.strength.map(i64::from).into(),
            details.certainty.map(|certainty| certainty.to_string()).into(),
            (!details.reasons.is_empty()).then(|| json_text(&details.reasons)).into(),
            details.millis.map(i64::from).into(),
        ];
        self.rankings.push(connection, cells)?;
        for (response, tier, shown) in places(ranking) {
            let response = row_of(response)?;
            let cells = [row.into(), response.into(), example.into(), tier.into(), shown.into()];
            self.placements.push(connection, cells)?;
        }
        for (at, rating) in details.ratings.iter().enumerate() {
            let same =
                |other: &Rating| (other.response, &other.criterion) == (rating.response, &rating.criterion);
            // Of several by one criterion the last counts.
            if details.ratings.iter().skip(at + 1).any(same) {
                continue;
            }
            let response = row_of(rating.response)?;
            let (criterion, value) = (rating.criterion.clone(), i64::from(rating.value));
            let cells = [row.into(), response.into(), example.into(), criterion.into(), value.into()];
            self.ratings.push(connection, cells)?;
        }
        Ok(())
    }

    /// Writes the rows that wait.
    pub fn flush(&mut self, connection: &Connection) -> Result<()> {
        self.rankings.flush(connection)?;
        self.placements.flush(connection)?;
        self.ratings.flush(connection)
    }
}

/// Keeps a hidden repeat (already checked).
pub fn insert_repeat(connection: &Connection, example: i64, ranking: &Ranking) -> Result<()> {
    let annotator = annotator_id(connection, &ranking.annotator)?;
    insert_repeat_row(connection, example, annotator, ranking)
}

/// The row of a repeat whose annotator is found.
pub(super) fn insert_repeat_row(
    connection: &Connection,
    example: i64,
    annotator: i64,
    ranking: &Ranking,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO repeat (uuid, example_id, annotator_id, tiers, bad, presented, cannot, millis, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            ranking.id.as_bytes(),
            example,
            annotator,
            json_text(&ranking.tiers),
            json_text(&ranking.bad),
            json_text(&ranking.presented),
            ranking.details.cannot,
            ranking.details.millis,
            ranking.at.0,
        ])?;
    Ok(())
}

/// Every response that a ranking mentions, with its tier (0: bad; none: not placed) and its place
/// on the screen.
fn places(ranking: &Ranking) -> Vec<(Uuid, Option<i64>, Option<i64>)> {
    let mut places: Vec<(Uuid, Option<i64>, Option<i64>)> = Vec::new();
    for (tier, responses) in (1..).zip(&ranking.tiers) {
        places.extend(responses.iter().map(|&response| (response, Some(tier), None)));
    }
    places.extend(ranking.bad.iter().map(|&response| (response, Some(0), None)));
    for (shown, &response) in (1..).zip(&ranking.presented) {
        match places.iter_mut().find(|place| place.0 == response) {
            Some(place) => place.2 = Some(shown),
            None => places.push((response, None, Some(shown))),
        }
    }
    places
}
