//! What people said of an example, from a record: rankings, repeats, reviews.

use serde_json::Value;

use super::path::At;
use super::read::Names;
use crate::example::{Details, Ranking, Rating, Response, Review, SentBack, Standing, Uuid, Verdict};
use crate::formats::Misfit;

/// Reads rankings or repeats: the list of that field.
pub(super) fn rankings(
    field: &str,
    list: Vec<Value>,
    names: &Names,
    responses: &[Response],
) -> Result<Vec<Ranking>, Misfit> {
    let known: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
    let mut rankings = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        let mut at = At::of(value, format!("{field}[{index}]"))?;
        let mut tiers = Vec::new();
        for (place, tier) in at.list("tiers")?.into_iter().enumerate() {
            let path = at.path(&format!("tiers[{place}]"));
            tiers.push(match tier {
                Value::Array(tier) => read_ids(&tier, names, &path)?,
                one => vec![names.get(&one, || path)?],
            });
        }
        let ranking = Ranking {
            id: at.id()?.0,
            annotator: at.needed_text("annotator")?,
            tiers,
            bad: read_ids(&at.list("bad")?, names, &at.path("bad"))?,
            presented: read_ids(&at.list("presented")?, names, &at.path("presented"))?,
            at: at.moment("at")?,
            details: read_details(&mut at, names)?,
        };
        if let Err(error) = ranking.check(&known) {
            return Err(Misfit::new(at.path, format!("can't be kept: {error}")));
        }
        rankings.push(ranking);
    }
    Ok(rankings)
}

/// Ids of responses.
pub(super) fn read_ids(list: &[Value], names: &Names, path: &str) -> Result<Vec<Uuid>, Misfit> {
    list.iter().enumerate().map(|(index, id)| names.get(id, || format!("{path}[{index}]"))).collect()
}

/// Each annotator ranks once, and one ranking at most decides.
pub(super) fn check_annotators(rankings: &[Ranking]) -> Result<(), Misfit> {
    for (index, ranking) in rankings.iter().enumerate() {
        let before = rankings.get(..index).unwrap_or_default();
        if before.iter().any(|other| other.annotator == ranking.annotator) {
            let reason = format!("is “{}”, who has ranked these responses already", ranking.annotator);
            return Err(Misfit::new(format!("rankings[{index}].annotator"), reason));
        }
        let decides = |ranking: &Ranking| ranking.details.standing != Standing::Own;
        if decides(ranking) && before.iter().any(decides) {
            let reason = format!("is {}, and another ranking decides already", ranking.details.standing);
            return Err(Misfit::new(format!("rankings[{index}].standing"), reason));
        }
    }
    Ok(())
}

fn read_details(at: &mut At, names: &Names) -> Result<Details, Misfit> {
    let mut ratings = Vec::new();
    for (index, value) in at.list("ratings")?.into_iter().enumerate() {
        let mut rating = At::of(value, at.path(&format!("ratings[{index}]")))?;
        let response = rating.fields.take("response").unwrap_or(Value::Null);
        ratings.push(Rating {
            response: names.get(&response, || rating.path("response"))?,
            criterion: rating.needed_text("criterion")?,
            value: number(&mut rating, "value")?
                .ok_or_else(|| Misfit::new(rating.path("value"), "is missing"))?,
        });
    }
    let certainty = match at.fields.take("certainty") {
        None => None,
        Some(value) => Some(value.as_f64().ok_or_else(|| at.wrong("certainty", &value, "a number"))?),
    };
    let mut reasons = Vec::new();
    for (index, value) in at.list("reasons")?.into_iter().enumerate() {
        match value {
            Value::String(reason) => reasons.push(reason),
            other => return Err(at.wrong(&format!("reasons[{index}]"), &other, "text")),
        }
    }
    Ok(Details {
        standing: at.word("standing")?.unwrap_or(Standing::Own),
        cannot: at.text("cannot")?,
        strength: number(at, "strength")?,
        certainty,
        reasons,
        ratings,
        millis: number(at, "millis")?,
    })
}

/// A whole number that the type can hold.
fn number<T: TryFrom<u64>>(at: &mut At, field: &str) -> Result<Option<T>, Misfit> {
    let Some(value) = at.fields.take(field) else { return Ok(None) };
    match value.as_u64().and_then(|number| T::try_from(number).ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(Misfit::new(at.path(field), format!("is {value}, not a whole number in its bounds"))),
    }
}

/// Reads reviews.
pub(super) fn reviews(list: Vec<Value>) -> Result<Vec<Review>, Misfit> {
    let mut reviews = Vec::with_capacity(list.len());
    for (index, value) in list.into_iter().enumerate() {
        let mut at = At::of(value, format!("reviews[{index}]"))?;
        let mut to: Vec<SentBack> = Vec::new();
        for (place, value) in at.list("to")?.into_iter().enumerate() {
            let mut sent = At::of(value, at.path(&format!("to[{place}]")))?;
            to.push(SentBack { annotator: sent.needed_text("annotator")?, done: sent.truth("done")? });
        }
        let verdict: Option<Verdict> = at.word("verdict")?;
        reviews.push(Review {
            id: at.id()?.0,
            reviewer: at.needed_text("reviewer")?,
            verdict: verdict.ok_or_else(|| Misfit::new(at.path("verdict"), "is missing"))?,
            reason: at.text("reason")?.unwrap_or_default(),
            note: at.text("note")?.unwrap_or_default(),
            to,
            at: at.moment("at")?,
        });
    }
    Ok(reviews)
}
