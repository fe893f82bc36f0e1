//! `goldset pick`: a few examples for a prompt.

use serde_json::{Value, json};

use crate::support::{World, keys};

#[test]
fn a_few_examples_are_picked_within_the_tokens() {
    let world = World::with_samples();
    let pick = |more: &[&str]| world.run(&[&["pick", "demo.goldset"][..], more].concat());
    let told = world.json(&["pick", "demo.goldset", "-k", "4", "--tokens", "800", "--json"]);
    assert_eq!(keys(&told), ["examples", "tokens", "among", "lacking"]);
    let examples = told["examples"].as_array().unwrap();
    assert!((1..=4).contains(&examples.len()) && told["tokens"].as_u64() <= Some(800), "{told}");
    let sum: u64 = examples.iter().map(|example| example["tokens"].as_u64().unwrap()).sum();
    assert_eq!(told["tokens"], sum);
    assert_eq!(
        told,
        world.json(&["pick", "demo.goldset", "-k", "4", "--tokens", "800", "--json"]),
        "always the same"
    );
    let messages: Value = serde_json::from_str(&pick(&["-k", "2", "--print", "messages"]).out).unwrap();
    let roles: Vec<&str> =
        messages.as_array().unwrap().iter().map(|turn| turn["role"].as_str().unwrap()).collect();
    assert_eq!(roles.iter().filter(|role| **role == "assistant").count(), 2);
    assert!(!roles.contains(&"system") && roles[0] == "user", "{roles:?}");
    let text = pick(&["-k", "2", "--print", "text"]).out;
    assert_eq!(text.matches("Input: ").count(), 2);
    let table = pick(&["-k", "3"]);
    assert_eq!((table.code, table.out.lines().count()), (0, 5));
    assert!(pick(&["--tokens", "1"]).out.contains("fits into so few tokens"));
}

#[test]
fn every_value_of_a_facet_is_covered_where_that_can_be() {
    let world = World::with_samples();
    let told = world.json(&["pick", "demo.goldset", "-k", "6", "--cover", "task", "--json"]);
    let has = |task: &str| {
        told["examples"]
            .as_array()
            .unwrap()
            .iter()
            .any(|example| example["tags"].as_array().unwrap().contains(&json!(format!("task:{task}"))))
    };
    let lacking = told["lacking"].as_array().unwrap();
    for task in ["support-intent", "sql", "legal", "reply"] {
        assert!(has(task) || lacking.contains(&json!(format!("task:{task}"))), "{task}: {told}");
    }
    assert!(has("sql"));
    let run = world.run(&["pick", "demo.goldset", "-k", "1", "--cover", "task"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("in none of them, as there may be 1 at the most (-k): "), "{}", run.err);
    assert!(!run.err.contains("tokens"), "{}", run.err);
    assert!(world.refused(&["pick", "demo.goldset", "--among", "0"]).contains("--among"));
    assert!(world.refused(&["pick", "demo.goldset", "--cover", "nothing"]).contains("nothing"));
    let world = World::with_dataset();
    assert!(world.ok(&["pick", "d.goldset"]).contains("nothing to pick"));
}

#[test]
fn none_is_no_number_to_pick() {
    let world = World::with_examples();
    let said = world.refused(&["pick", "d.goldset", "-k", "0"]);
    assert!(said.contains("0 is not in 1.."), "{said}");
}
