//! `goldset suggest`.

use serde_json::json;

use crate::support::{World, is_harmless, sql};

/// A dataset with forty tagged questions: of refunds, the odd ones, and cancelling.
fn taught() -> World {
    let world = World::with_dataset();
    let mut lines = String::new();
    for at in 0..40 {
        let (text, value) = [("Cancel my contract", "cancel"), ("Where is my refund", "refund")][at % 2];
        let line = json!({"prompt": format!("{text} number {at}"), "response": "Yes.", "intent": value});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    world.write("tagged.jsonl", lines);
    world.ok(&[
        "import",
        "d.goldset",
        "tagged.jsonl",
        "--map",
        "prompt=prompt,response=response,tag:intent=intent",
    ]);
    world
}

#[test]
fn words_suggest_tags_and_are_named() {
    let world = taught();
    let out = world.ok(&["suggest", "d.goldset", "--text", "is the refund on its way, my refund?"]);
    assert!(!out.contains("intent:cancel"), "{out}");
    let told = world.json(&["suggest", "d.goldset", "--text", "where is the refund", "--json"]);
    assert_eq!(told["learned"], 40);
    let found = &told["suggestions"][0];
    assert_eq!((&found["facet"], &found["value"]), (&json!("intent"), &json!("refund")));
    assert_eq!((&found["examples"], &found["carried"]), (&json!(20), &json!(false)));
    assert!(found["words"].as_array().unwrap().contains(&json!("refund")), "{found}");
    assert!(found["probability"].as_f64().unwrap() > 0.8, "{found}");
    let out = world.ok(&["suggest", "d.goldset", "--text", "where is the refund"]);
    assert!(out.starts_with("tag") && out.contains("intent:refund") && out.contains("where"), "{out}");
}

#[test]
fn an_example_is_judged_by_the_others() {
    let world = taught();
    world.ok(&["set", "d.goldset", "1", "--untag", "intent:cancel", "--tag", "intent:refund"]);
    let told = world.json(&["suggest", "d.goldset", "1", "--json"]);
    let found = &told["suggestions"][0];
    assert_eq!(
        (&found["value"], &found["examples"], &found["carried"]),
        (&json!("cancel"), &json!(19), &json!(false))
    );
    let told = world.json(&["suggest", "d.goldset", "2", "--json"]);
    assert_eq!(told["suggestions"][0]["carried"], true);
    assert!(world.ok(&["suggest", "d.goldset", "#2"]).contains("carried"));
}

#[test]
fn where_nothing_decides_nothing_is_suggested() {
    let world = taught();
    let out = world.ok(&["suggest", "d.goldset", "--text", "-- the weather"]);
    assert!(out.contains("nothing is suggested") && out.contains("40 tagged examples"), "{out}");
    let world = World::with_examples();
    assert_eq!(
        world.json(&["suggest", "d.goldset", "1", "--json"]),
        json!({"learned": 0, "suggestions": []})
    );
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let world = World::with_examples();
    world.refused(&["suggest", "d.goldset"]);
    world.refused(&["suggest", "d.goldset", "1", "--text", "refund"]);
    assert!(world.refused(&["suggest", "d.goldset", "99"]).contains("99"));
}

#[test]
fn hostile_names_are_shown_and_not_obeyed() {
    let world = taught();
    sql(
        &world.path("d.goldset"),
        "UPDATE facet_value SET name = 'ref' || char(27) || '[31mund' WHERE name = 'refund'",
    );
    let out = world.ok(&["suggest", "d.goldset", "--text", "where is the refund"]);
    assert!(out.contains("und") && is_harmless(&out), "{out:?}");
}
