//! What people said of an example, as a field beside its texts, for formats that have room for one.
//!
//! Responses are named by their numbers in the example, from 1, as everywhere on the screen that is not
//! shuffled. Goldset's own format carries all of this in full, and reads it back; here it is for people
//! and scripts that read an export.

use serde_json::{Map, Value, json};

use super::left_out::LeftOut;
use crate::example::{Author, Consensus, Details, Example, Pair, Ranking, Rating, Review, Standing, Uuid};

/// The name of the field.
pub(super) const FIELD: &str = "judgement";

/// What people said of an example.
pub(super) struct Judgement {
    field: Map<String, Value>,
    consensus: Consensus,
    responses: Vec<Uuid>,
}

impl Judgement {
    /// What there is to say. `None` where nothing is wanted, or nobody said anything.
    pub fn of(example: &Example, wanted: bool) -> Option<Self> {
        if !wanted || example.rankings.is_empty() && example.reviews.is_empty() {
            return None;
        }
        let responses: Vec<Uuid> = example.responses.iter().map(|response| response.id).collect();
        let consensus = Consensus::of(&example.rankings);
        let mut field = Map::new();
        let mut put = |name: &str, value: Value| field.insert(name.to_owned(), value);
        if !example.rankings.is_empty() {
            put("outcome", json!(consensus.state.as_str()));
            put("judgements", json!(consensus.judgements));
            if let Some(agreement) = consensus.agreement {
                put("agreement", json!(agreement));
            }
            put("strength", json!(consensus.strength));
            let ranking = |ranking| write_ranking(ranking, &responses);
            put("rankings", example.rankings.iter().map(ranking).collect());
        }
        if !example.reviews.is_empty() {
            put("reviews", example.reviews.iter().map(write_review).collect());
        }
        if example.responses.iter().any(|response| response.author.is_some()) {
            let author = |author: &Author| author.name.clone();
            put(
                "authors",
                example.responses.iter().map(|one| json!(one.author.as_ref().map(author))).collect(),
            );
        }
        Some(Self { field, consensus, responses })
    }

    /// Puts it into a record; of a pair also which two it is made of, and the share of the votes for it.
    pub fn put(&self, record: &mut Map<String, Value>, pair: Option<(Uuid, Uuid)>, left_out: &mut LeftOut) {
        left_out.is_carried("rankings");
        left_out.is_carried("response authors");
        let mut field = Map::new();
        if let Some((chosen, rejected)) = pair {
            field.insert("chosen".to_owned(), json!(number(chosen, &self.responses)));
            field.insert("rejected".to_owned(), json!(number(rejected, &self.responses)));
            let is_this = |pair: Pair| (pair.chosen, pair.rejected) == (chosen, rejected);
            if let Some(decided) = self.consensus.pairs.iter().find(|decided| is_this(decided.pair)) {
                field.insert("share".to_owned(), json!(decided.share));
            }
        }
        field.extend(self.field.iter().map(|(name, value)| (name.clone(), value.clone())));
        record.insert(FIELD.to_owned(), Value::Object(field));
    }
}

fn number(id: Uuid, responses: &[Uuid]) -> Option<usize> {
    responses.iter().position(|other| *other == id).map(|at| at + 1)
}

fn write_ranking(ranking: &Ranking, responses: &[Uuid]) -> Value {
    let numbers = |ids: &[Uuid]| ids.iter().map(|&id| json!(number(id, responses))).collect::<Value>();
    let mut map = Map::new();
    let mut put = |name: &str, value: Value| map.insert(name.to_owned(), value);
    put("annotator", json!(ranking.annotator));
    if !ranking.is_abstention() {
        put("tiers", ranking.tiers.iter().map(|tier| numbers(tier)).collect());
    }
    if !ranking.bad.is_empty() {
        put("bad", numbers(&ranking.bad));
    }
    if !ranking.presented.is_empty() {
        put("presented", numbers(&ranking.presented));
    }
    let Details { standing, cannot, strength, certainty, reasons, ratings, millis } = &ranking.details;
    if *standing != Standing::Own {
        put("standing", json!(standing.as_str()));
    }
    if let Some(cannot) = cannot {
        put("cannot", json!(cannot));
    }
    if let Some(strength) = strength {
        put("strength", json!(strength));
    }
    if let Some(certainty) = certainty {
        put("certainty", json!(certainty));
    }
    if !reasons.is_empty() {
        put("reasons", json!(reasons));
    }
    if !ratings.is_empty() {
        let rating = |rating: &Rating| json!({"response": number(rating.response, responses), "criterion": rating.criterion, "value": rating.value});
        put("ratings", ratings.iter().map(rating).collect());
    }
    if let Some(millis) = millis {
        put("millis", json!(millis));
    }
    Value::Object(map)
}

fn write_review(review: &Review) -> Value {
    let mut map = Map::new();
    let mut put = |name: &str, value: &str| map.insert(name.to_owned(), json!(value));
    put("reviewer", &review.reviewer);
    put("verdict", review.verdict.as_str());
    for (name, said) in [("reason", &review.reason), ("note", &review.note)] {
        if !said.is_empty() {
            put(name, said);
        }
    }
    Value::Object(map)
}
