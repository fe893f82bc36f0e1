//! The ranks of authors as JSON.

use serde_json::{Map, Value, json};

use super::{IDS, Told, whole};
use crate::curation::proportion::Interval;
use crate::curation::ranks::AuthorRank;

fn interval(interval: Option<Interval>) -> Value {
    json!(interval.map(|interval| [interval.low, interval.high]))
}

fn author(told: &Told<'_>, rank: &AuthorRank) -> Value {
    json!({
        "name": told.name(rank.author),
        "comparisons": whole(rank.wins.share.n),
        "win_rate": rank.wins.rate(),
        "standard_error": rank.wins.standard_error(),
        "interval": interval(rank.wins.interval()),
        "strength": rank.strength,
        "strength_interval": interval(rank.interval),
        "group": rank.group,
    })
}

pub(super) fn as_json(told: &Told<'_>) -> Value {
    let mut cells = Vec::new();
    for (a, author) in told.judgements.authors.iter().enumerate() {
        for (b, other) in told.judgements.authors.iter().enumerate() {
            if let Some(wins) = told.table.between(a, b) {
                let n = whole(wins.share.n);
                cells.push(
                    json!({"author": author, "other": other, "comparisons": n, "win_rate": wins.rate()}),
                );
            }
        }
    }
    let outcomes: Map<String, Value> =
        told.outcomes.iter().map(|outcome| (outcome.state.as_str().to_owned(), json!(outcome.n))).collect();
    let circle = |circle: &Vec<usize>| circle.iter().map(|&author| told.name(author)).collect::<Vec<_>>();
    let judgements: usize = told.judgements.examples.iter().map(|example| example.judgements.len()).sum();
    json!({
        "examples": told.judgements.examples.len(),
        "judgements": judgements,
        "comparisons": whole(told.table.comparisons()),
        "against": told.against,
        "by": told.by.name(),
        "ties": told.ranks.ties,
        "left_out": told.ranks.left_out,
        "authors": told.ranks.authors.iter().map(|rank| author(told, rank)).collect::<Vec<_>>(),
        "table": cells,
        "circles": told.ranks.circles.iter().map(circle).collect::<Vec<_>>(),
        "consistency": told.ranks.consistency,
        "circular_examples": {
            "n": told.circular.len(),
            "ids": told.circular.iter().take(IDS).collect::<Vec<_>>(),
        },
        "outcomes": outcomes,
    })
}
