//! How splits stand, as JSON.

use serde_json::{Map, Value, json};

use super::super::near::rounded;
use super::Ended;
use crate::curation::splits::compare::{Side, Spread};
use crate::dataset::{Leak, ProposedSplits};
use crate::example::{Split, SplitPlan};

pub(super) fn of(proposed: &ProposedSplits, plan: &SplitPlan, ended: &Ended) -> Value {
    let report = &proposed.report;
    let comparison = &report.comparison;
    let splits: Map<String, Value> = Split::ALL
        .iter()
        .zip(report.counts)
        .zip(comparison.sides)
        .map(|((split, examples), side)| {
            let new = proposed.dealt.iter().filter(|dealt| dealt.after == *split).count();
            let wanted = report.wanted.and_then(|wanted| wanted.get(*split as usize).copied());
            (split.to_string(), of_split(examples, report.examples, wanted, new, &side))
        })
        .collect();
    let facet = |facet: &crate::curation::splits::compare::Facet| json!({"name": facet.name, "values": facet.values.iter().map(value).collect::<Vec<_>>()});
    let small = report.small.iter().map(
        |stratum| json!({"values": stratum.values, "groups": stratum.groups, "examples": stratum.examples}),
    );
    let mut object = json!({
        "examples": report.examples,
        "without": report.without,
        "held": report.held,
        "joined": report.joined,
        "key": plan.key,
        "shares": plan.shares.to_string(),
        "by": plan.by,
        "likeness": rounded(plan.likeness),
        "splits": splits,
        "groups": report.groups,
        "grouped": report.grouped,
        "small_strata": small.collect::<Vec<_>>(),
        "mended": report.mended,
        "leaks": report.leaks.iter().map(leak).collect::<Vec<_>>(),
        "kinds": comparison.kinds.iter().map(spread).collect::<Vec<_>>(),
        "statuses": comparison.statuses.iter().map(spread).collect::<Vec<_>>(),
        "facets": comparison.facets.iter().map(facet).collect::<Vec<_>>(),
    });
    if let (Value::Object(object), Value::Object(ended)) = (&mut object, ended.as_json()) {
        object.extend(ended);
    }
    object
}

fn of_split(examples: u64, of: u64, wanted: Option<f64>, new: usize, side: &Side) -> Value {
    json!({
        "examples": examples,
        "share": share(examples, of),
        "wanted": wanted.map(exactly),
        "new": new,
        "prompt_tokens": side.prompt_length().map(exactly),
        "response_tokens": side.response_length().map(exactly),
    })
}

fn leak(leak: &Leak) -> Value {
    let examples = leak.examples.iter().map(|(id, split)| json!({"number": id, "split": split.as_str()}));
    json!({"likeness": rounded(leak.likeness), "examples": examples.collect::<Vec<_>>()})
}

fn spread(spread: &Spread) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(spread.name));
    for (split, share) in Split::ALL.iter().zip(spread.shares) {
        object.insert(split.to_string(), json!(share.map(exactly)));
    }
    object.insert("difference".to_owned(), json!(exactly(spread.difference())));
    object.into()
}

/// A value of a facet: also where it is alone, of train and test.
fn value(of: &Spread) -> Value {
    let mut value = spread(of);
    let only = if of.is_only_in(Split::Train, Split::Test) {
        Some(Split::Train)
    } else if of.is_only_in(Split::Test, Split::Train) {
        Some(Split::Test)
    } else {
        None
    };
    if let Value::Object(object) = &mut value {
        object.insert("only_in".to_owned(), json!(only.map(Split::as_str)));
    }
    value
}

/// To four places.
fn exactly(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn share(of: u64, whole: u64) -> f64 {
    exactly(of as f64 / whole.max(1) as f64)
}
