//! `helpsteer-preference`: two responses, and how much better one of them is.

use serde_json::Value;

use super::helpsteer::turns;
use super::judged::{Preferred, note, number, tag};
use super::source::{Reading, Source};
use super::turns::{inside, take_list};
use crate::example::{Example, Prompt, Ranking, Response, Standing, Uuid};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_text};
use crate::formats::messages::read_messages;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const HELPSTEER_PREFERENCE: Source = Source {
    id: "helpsteer-preference",
    title: "HelpSteer preference",
    about: "{prompt, response_1, response_2, preference_strength, preference_statement?} (HelpSteer2) or {context: \
            [messages], response1, response2, overall_preference, individual_preference?} (HelpSteer3): from -3, the \
            first is much better, to 3, the second is; 0 is a tie. Read only. Source: nvidia/HelpSteer2 and 3.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

/// What the two and the judgement are called.
const NAMES: [[&str; 3]; 2] =
    [["response_1", "response_2", "preference_strength"], ["response1", "response2", "overall_preference"]];
/// Who made the judgement that counts.
const ANNOTATOR: &str = "helpsteer";

fn fit(record: &Value) -> Fit {
    let has = |[first, second, judged]: &[&str; 3]| {
        has_text(record, first) && has_text(record, second) && record.get(judged).is_some()
    };
    if NAMES.iter().any(has) { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let [older, newer] = NAMES;
    let [first, second, judged] = if fields.0.contains_key(newer[0]) { newer } else { older };
    let messages = match fields.take("context") {
        Some(list @ Value::Array(_)) => read_messages(list, "context")?,
        Some(other) => return Err(Misfit::wrong_type("context", &other, "a list of messages")),
        None => turns(&fields.text("prompt")?),
    };
    let responses = [Response::new(None, fields.text(first)?), Response::new(None, fields.text(second)?)];
    let [one, other] = [responses[0].id, responses[1].id];
    let mut rankings = Vec::new();
    let mut notes = Vec::new();
    for (index, said) in take_list(&mut fields, "individual_preference")?.into_iter().flatten().enumerate() {
        let at = |misfit| inside(&format!("individual_preference[{index}]"), misfit);
        let mut said = Fields::of(said).map_err(at)?;
        if let Some(score) = said.take("score") {
            rankings.push(
                ranking(format!("annotator {}", index + 1), "score", &score, [one, other]).map_err(at)?,
            );
        }
        notes.extend(said.optional_text("reasoning").map_err(at)?);
    }
    if let Some(score) = fields.take(judged) {
        let mut overall = ranking(ANNOTATOR.to_owned(), judged, &score, [one, other])?;
        if !rankings.is_empty() {
            // what came of the others counts in their place
            overall.details.standing = Standing::Final;
        }
        rankings.push(overall);
    }
    notes.extend(fields.optional_text("preference_statement")?);
    let mut categories = Vec::new();
    for facet in ["domain", "language"] {
        categories.extend(fields.optional_text(facet)?.map(|value| (facet, value)));
    }
    let prompt = Prompt { messages, tools: Vec::new() };
    let mut rankings = rankings.into_iter();
    let mut example = preference(prompt, responses.into(), rankings.next(), fields.rest());
    example.rankings.extend(rankings);
    for (facet, value) in categories {
        tag(&mut example, facet, &value);
    }
    for said in notes {
        note(&mut example, &said);
    }
    Ok(vec![example])
}

fn ranking(
    annotator: String,
    field: &str,
    value: &Value,
    [first, second]: [Uuid; 2],
) -> Result<Ranking, Misfit> {
    let points =
        number(value).and_then(|points| (-3..=3_i8).find(|whole| (f64::from(*whole) - points).abs() < 1e-9));
    let Some(points) = points else {
        return Err(Misfit::new(field, format!("is {value}; it should be a whole number from -3 to 3")));
    };
    let mut ranking = Preferred::by_sign(points.into()).ranking(annotator, first, second);
    // slightly better, better and much better; there is nothing as weak as “barely”
    ranking.details.strength = (points != 0).then(|| points.unsigned_abs() + 1);
    Ok(ranking)
}
