//! `goldset cost`: tokens, prices, and the work that is left.

use serde_json::{Value, json};

use crate::support::{World, keys};

#[test]
fn the_cost_is_tokens_by_epochs_by_price() {
    let world = World::with_samples();
    let out = world.ok(&["cost", "demo.goldset"]);
    assert!(out.contains("as of") && out.contains("unchecked"), "{out}");
    assert!(out.contains("fewer than 5 were timed"), "{out}");
    let told = world.json(&["cost", "demo.goldset", "--epochs", "2", "--json"]);
    let fields = [
        "model",
        "examples",
        "left_out",
        "tokens",
        "about",
        "limit",
        "validation",
        "prices",
        "training",
        "usual",
        "labour",
    ];
    assert_eq!(keys(&told), fields);
    assert_eq!(told["prices"], json!(null));
    let tokens = told["tokens"].as_u64().unwrap();
    let first = &told["training"][0];
    assert_eq!((first["tokens"].as_u64(), first["epochs"].as_u64()), (Some(tokens * 2), Some(2)));
    #[allow(clippy::cast_precision_loss)]
    let money = tokens as f64 * 2.0 / 1e6 * first["per_million"].as_f64().unwrap();
    assert!((first["money"].as_f64().unwrap() - money).abs() < 1e-9);
    let trained = "(status:submitted or status:approved) -is:blank -split:validation,test";
    let counted = world.json(&["tokens", "demo.goldset", "--where", trained, "--json"]);
    assert_eq!(
        (&counted["conversation"]["total"], &counted["examples"]),
        (&told["tokens"], &told["examples"])
    );
    assert!(told["labour"]["rank"]["left"].as_u64() > Some(0), "{told}");
    let some = world.json(&["cost", "demo.goldset", "--provider", "4o-mini", "--json"]);
    assert_eq!(some["training"].as_array().unwrap().len(), 1);
    assert!(world.ok(&["cost", "demo.goldset", "--provider", "nobody"]).contains("no price is known"));
}

#[test]
fn what_has_no_answer_or_is_held_out_is_left_out_and_told() {
    let world = World::with_dataset();
    let turn = |role: &str, text: String| json!({"role": role, "content": text});
    let lines = (0..4).map(|n| {
        let asked = turn("user", format!("Question {n}?"));
        let answer = (n > 0).then(|| turn("assistant", format!("Answer {n}.")));
        let messages: Vec<_> = std::iter::once(asked).chain(answer).collect();
        format!("{}\n", json!({ "messages": messages }))
    });
    world.write("some.jsonl", lines.collect::<String>());
    world.ok(&["import", "d.goldset", "some.jsonl"]);
    world.ok(&["set", "d.goldset", "--where", "id:1..4", "--status", "approved"]);
    world.ok(&["set", "d.goldset", "--where", "#4", "--split", "test"]);
    let told = world.json(&["cost", "d.goldset", "--json"]);
    assert_eq!((&told["examples"], &told["left_out"]), (&json!(2), &json!({"held_out": 1, "unanswered": 1})));
    let out = world.ok(&["cost", "d.goldset"]);
    assert!(out.contains("left out: 1 held out for validation or test, 1 without an answer"), "{out}");
    let stats = world.json(&["stats", "d.goldset", "--json"]);
    assert_eq!(["examples", "kept", "usable", "trainable"].map(|set| stats[set].clone()), [4, 4, 4, 3]);
    let ready: Value = serde_json::from_str(&world.run(&["ready", "d.goldset", "--json"]).out).unwrap();
    let line = ready["lines"].as_array().unwrap().iter().find(|line| line["measure"] == "trainable");
    let line = line.unwrap_or_else(|| panic!("{ready}"));
    assert_eq!(line["value"], json!(3.0));
    assert!(line["sentence"].as_str().unwrap().contains("1 more is without an answer"), "{line}");
}

#[test]
fn prices_are_written_once_and_read_from_then_on() {
    let world = World::with_examples();
    world.ok(&["set", "d.goldset", "--where", "#1", "--status", "approved"]);
    let out = world.ok(&["cost", "--write-prices"]);
    assert!(out.contains("prices.toml"), "{out}");
    assert!(world.refused(&["cost", "--write-prices"]).contains("there already"));
    let said = world.refused(&["cost", "d.goldset", "--write-prices"]);
    assert!(said.contains("leave d.goldset away"), "{said}");
    let file = "home/config/goldset/prices.toml";
    assert!(world.read(file).contains("noted = \"20"));
    world.write(
        file,
        "[[price]]\nprovider = \"Mine\"\nmodel = \"m\"\nper_million = 1e6\nnoted = \"2026-11-30\"\n",
    );
    let told = world.json(&["cost", "d.goldset", "--json"]);
    assert!(told["prices"].as_str().unwrap().ends_with("prices.toml"));
    assert_eq!(told["training"][0]["money"].as_f64(), told["tokens"].as_f64().map(|tokens| tokens * 3.0));
    world.write(file, "[[price]]\nprovider = \"Mine\"\n");
    let said = world.refused(&["cost", "d.goldset"]);
    assert!(said.contains("prices.toml, line 1: model is missing"), "{said}");
    assert!(world.refused(&["cost"]).contains("DATASET"));
    assert!(world.refused(&["cost", "d.goldset", "--wage", "much"]).contains("no number"));
    assert!(world.refused(&["cost", "d.goldset", "--wage", "-3"]).contains("no amount of money"));
}
