//! What a proposal promises.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::curation::contract::Judge;
use crate::text::json::locate::tests::any_json;

fn schema_of(values: impl IntoIterator<Item = Value>) -> Value {
    let mut proposal = Proposal::default();
    values.into_iter().for_each(|value| proposal.add(&value));
    proposal.finish(false).unwrap()
}

/// The objects and the schema of the reference, made by `genson`: required is what all have.
#[test]
fn a_few_objects_give_the_schema_of_the_reference() {
    let schema = schema_of([
        json!({"intent": "refund", "entities": [{"type": "order", "value": "12"}], "confidence": 0.9}),
        json!({"intent": "cancel", "entities": [], "confidence": 1}),
        json!({"intent": "status", "entities": [{"type": "id", "value": "7"}], "confidence": 0.4, "note": "x"}),
    ]);
    let text = json!({"type": "string"});
    assert_eq!(
        schema,
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "properties": {
                "intent": text,
                "entities": {"type": "array", "items": {
                    "type": "object", "properties": {"type": text, "value": text}, "required": ["type", "value"],
                }},
                "confidence": {"type": "number", "$comment": "seen: 0.4 to 1"},
                "note": text,
            },
            "required": ["intent", "entities", "confidence"],
        })
    );
}

#[test]
fn one_bad_row_of_a_hundred_loosens_nothing() {
    let good = || json!({"intent": "refund", "n": 1});
    let with = |n: usize, bad: Value| schema_of(std::iter::repeat_with(good).take(n).chain([bad]));
    let strict = with(99, good());
    assert_eq!(with(99, json!({"n": 1}))["required"], strict["required"]);
    assert_eq!(with(99, json!({"intent": 3, "n": 1}))["properties"]["intent"]["type"], "string");
    assert_eq!(with(98, json!({"n": 1}))["required"], json!(["n"]), "98 of 99 is less than 99 %");
    assert_eq!(with(18, json!({"n": 1}))["required"], json!(["n"]), "of a few every one counts");
    assert_eq!(
        with(18, json!({"intent": null, "n": 1}))["properties"]["intent"]["type"],
        json!(["string", "null"])
    );
}

#[test]
fn choices_are_listed_where_they_are_few_and_often_seen() {
    let of = |n: usize, kinds: usize| {
        let schema = schema_of((0..n).map(|at| json!({"a": format!("v{}", at % kinds)})));
        schema["properties"]["a"]["enum"].as_array().map(Vec::len)
    };
    assert_eq!([of(50, 12), of(49, 12), of(50, 13), of(500, 2)], [Some(12), None, None, Some(2)]);
    let long = schema_of((0..60).map(|_| json!({"a": "x".repeat(41)})));
    assert_eq!(long["properties"]["a"], json!({"type": "string"}));
    let nulls = schema_of((0..60).map(|at| json!({"a": if at % 2 == 0 { json!("x") } else { Value::Null }})));
    let several = schema_of((0..120).map(|at| json!({"a": if at % 2 == 0 { json!("x") } else { json!(1) }})));
    assert_eq!(nulls["properties"]["a"], json!({"type": ["string", "null"]}), "30 texts are not 50");
    assert_eq!(several["properties"]["a"]["enum"], Value::Null);
    let nulls =
        schema_of((0..120).map(|at| json!({"a": if at % 2 == 0 { json!("x") } else { Value::Null }})));
    assert_eq!(nulls["properties"]["a"]["enum"], json!(["x", null]));
}

#[test]
fn other_keys_are_excluded_only_where_that_is_asked_for() {
    let mut proposal = Proposal::default();
    proposal.add(&json!({"a": [{"b": 1}]}));
    let (open, closed) = (proposal.finish(false).unwrap(), proposal.finish(true).unwrap());
    assert_eq!(open["additionalProperties"], Value::Null);
    assert_eq!(closed["additionalProperties"], false);
    assert_eq!(closed["properties"]["a"]["items"]["additionalProperties"], false);
}

#[test]
fn a_table_whose_keys_are_data_has_no_keys_in_its_schema() {
    let schema = schema_of((0..300).map(|at| json!({"by_id": {format!("id-{at}"): at}})));
    assert_eq!(schema["properties"]["by_id"], json!({"type": "object"}));
}

#[test]
fn texts_that_are_no_json_give_answers_or_lengths() {
    let of = |texts: Vec<String>| {
        let mut proposal = Proposal::default();
        for text in &texts {
            proposal.add_text(text);
        }
        (proposal.contract(false), proposal.seen())
    };
    let (contract, _) = of((0..60).map(|at| ["yes", "no", " no\n"][at % 3].to_owned()).collect());
    assert_eq!(contract.unwrap().allowed, ["no", "yes"]);
    let (contract, seen) = of((1..=200).map(|at| "ä".repeat(at)).collect());
    let contract = contract.unwrap();
    assert_eq!((contract.characters.min, contract.characters.max), (Some(2), Some(198)));
    assert_eq!(seen, Seen { responses: 200, json: 0, characters: Some((2, 198)) });
    assert_eq!(of(vec!["a".to_owned(), "b".to_owned()]).0, None);
    assert_eq!(of(Vec::new()), (None, Seen::default()));
    let (contract, seen) =
        of((0..20).map(|at| if at < 18 { "{\"a\": 1}" } else { "{\"a\": 1,}" }.to_owned()).collect());
    assert!(contract.unwrap().schema.is_some(), "90 % are JSON");
    assert_eq!((seen.responses, seen.json), (20, 18));
    let numbers = of((0..60).map(|at| (at % 3).to_string()).collect()).0.unwrap();
    assert_eq!(
        (numbers.schema, numbers.allowed.len()),
        (None, 3),
        "a bare number is an answer, not a document"
    );
}

proptest! {
    #[test]
    fn fewer_than_twenty_values_all_keep_to_their_proposal(values in prop::collection::vec(any_json(), 1..19)) {
        for closed in [false, true] {
            let mut proposal = Proposal::default();
            for value in &values {
                proposal.add(value);
            }
            let contract = Contract { schema: proposal.finish(closed), ..Contract::default() };
            let judge = Judge::new(&contract).unwrap();
            for value in &values {
                prop_assert_eq!(judge.judge(&value.to_string(), None), []);
            }
        }
    }
}
