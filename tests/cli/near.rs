//! `goldset near` and `goldset duplicates`: what is there already.

use serde_json::json;

use crate::support::World;

/// Five prompts, of which three are nearly the same, and two answers contradict each other.
fn world() -> World {
    let world = World::with_dataset();
    let rows = [
        ("Please cancel my order MF-2041 for the bread bin", r#"{"intent": "cancel"}"#),
        ("please cancel my order MF-2041 for the bread bin!", r#"{"intent": "refund"}"#),
        ("Please, cancel my order MF-2041 for the bread bin", r#"{"intent": "cancel"}"#),
        ("When does the warehouse in Leeds close on Sundays?", "At four."),
        ("注文をキャンセルしてください。", "承知しました。"),
    ];
    let lines: Vec<String> = rows
        .iter()
        .map(|(prompt, response)| json!({"prompt": prompt, "completion": response}).to_string())
        .collect();
    world.write("n.jsonl", lines.join("\n"));
    world.ok(&["import", "d.goldset", "n.jsonl"]);
    world
}

#[test]
fn the_nearest_examples_are_found_and_contradictions_told() {
    let world = world();
    let found = world.json(&["near", "d.goldset", "1", "--json"]);
    assert_eq!((&found["examples"], &found["compared"]), (&json!(5), &json!(5)));
    let near = found["near"].as_array().unwrap();
    assert!(near[..2].iter().all(|near| near["kind"] == "duplicate"), "{found}");
    assert!(near[2..].iter().all(|near| near["kind"] == "lexical"), "only words in common: {found}");
    let of = |number: u64| near.iter().find(|near| near["number"] == number).unwrap();
    assert_eq!((&of(2)["kind"], &of(2)["relation"]), (&json!("duplicate"), &json!("different")));
    assert_eq!(of(3)["relation"], "same");
    let out = world.ok(&["near", "d.goldset", "1"]);
    assert!(out.contains("intent: cancel here, refund"), "{out}");
    assert!(world.refused(&["near", "d.goldset", "99"]).contains("no example"));
}

#[test]
fn a_text_is_compared_in_any_language() {
    let world = world();
    let found = world.json(&["near", "d.goldset", "--text", "注文をキャンセルして", "--json"]);
    assert_eq!(found["near"][0]["number"], 5);
    assert_eq!(world.ok(&["near", "d.goldset", "--text", "zzz qqq"]), "nothing is like it\n");
}

#[test]
fn groups_of_duplicates_are_findings() {
    let world = world();
    let run = world.run(&["duplicates", "d.goldset", "--json"]);
    assert_eq!(run.code, 1);
    let lines = run.lines();
    let [group] = &lines[..] else { panic!("{}", run.out) };
    assert_eq!((&group["count"], &group["first"]), (&json!(3), &json!(1)));
    let run = world.run(&["duplicates", "d.goldset", "--where", "id:3,4,5"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(world.refused(&["duplicates", "d.goldset", "--at-least", "0.2"]).contains("between 0.5 and 1"));
}

#[test]
fn a_changed_prompt_is_found_by_its_new_words_only() {
    let world = world();
    world.ok(&["near", "d.goldset", "1"]);
    world.ok(&[
        "replace",
        "d.goldset",
        "cancel my order MF-2041 for the bread bin",
        "tell me a joke",
        "--where",
        "id:3",
    ]);
    let near = world.json(&["near", "d.goldset", "--text", "Please, tell me a joke", "--json"]);
    assert_eq!(near["near"][0]["number"], 3);
    let found = world.json(&["near", "d.goldset", "1", "--json"]);
    let duplicates = found["near"].as_array().unwrap().iter().filter(|near| near["kind"] == "duplicate");
    assert_eq!(duplicates.count(), 1, "{found}");
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}
