//! `goldset ready`: gates, thresholds, exit codes.

use serde_json::{Value, json};

use crate::support::{World, keys};

fn line(told: &Value, measure: &str) -> Value {
    let lines = told["lines"].as_array().unwrap();
    lines
        .iter()
        .find(|line| line["measure"] == measure)
        .unwrap_or_else(|| panic!("{measure}: {told}"))
        .clone()
}

#[test]
fn the_samples_are_not_ready_and_why_is_told() {
    let world = World::with_samples();
    let run = world.run(&["ready", "demo.goldset", "--wage", "30"]);
    assert_eq!(run.code, 1);
    for word in ["must be", "✗ not met", "? not measured", "what is left to do", "begin here", "by a guess"]
    {
        assert!(run.out.contains(word), "{word}: {}", run.out);
    }
    let told = world.json(&["ready", "demo.goldset", "--json"]);
    assert_eq!(keys(&told), ["ready", "advice", "sentence", "lines", "next", "pace", "thresholds"]);
    assert_eq!(told["ready"], false);
    assert_eq!(line(&told, "contract")["outcome"], "short");
    assert_eq!(line(&told, "defects")["outcome"], "not_measured");
    assert_eq!(line(&told, "held_out")["outcome"], "short");
    let stats = world.json(&["stats", "demo.goldset", "--json"]);
    let usable = line(&told, "usable");
    assert!(usable["value"].as_f64() <= stats["usable"].as_f64(), "{usable}");
    assert_eq!(line(&told, "flags")["is_gate"], true);
}

/// Twelve questions that are quite different, all answered and approved, four of them for the test.
fn small() -> World {
    let world = World::with_dataset();
    let topics = [
        "fees",
        "opening hours",
        "a lost parcel",
        "changing one's password",
        "the warranty of a kettle",
        "vegan soups",
        "train tickets",
        "library cards",
        "broken windows",
        "a second invoice",
        "garden chairs",
        "gift wrapping",
    ];
    let examples: Vec<String> = topics
        .iter()
        .enumerate()
        .map(|(at, topic)| {
            let split = if at < 4 { "test" } else { "train" };
            let messages = json!([
                {"role": "user", "content": format!("Please tell me all about {topic}")},
                {"role": "assistant", "content": format!("With pleasure: {topic}, {at} times.")},
            ]);
            let example = json!({"messages": messages, "split": split});
            format!("{example}\n")
        })
        .collect();
    world.write("small.jsonl", examples.concat());
    world.ok(&["import", "d.goldset", "small.jsonl"]);
    world.ok(&["set", "d.goldset", "--where", "id:1..", "--status", "approved", "--tag", "intent:refund"]);
    world.ok(&["set", "d.goldset", "--where", "id:1..4", "--split", "test"]);
    world.ok(&["set", "d.goldset", "--where", "id:5..", "--split", "train"]);
    world
}

#[test]
fn with_thresholds_of_its_own_a_small_dataset_is_ready() {
    let world = small();
    let run = world.run(&["ready", "d.goldset"]);
    assert_eq!(run.code, 1, "{}", run.out);
    let change = ["ready", "d.goldset", "--threshold", "fine_tune=12", "--threshold", "few_shot=10"];
    let more = ["--threshold", "held_out=4", "--threshold", "reviewed=0", "--threshold", "defects=1"];
    world.ok(&[&change[..], &more[..]].concat());
    let told = world.ok(&["ready", "d.goldset"]);
    assert!(told.contains("fine-tune: 12 examples and every gate passed"), "{told}");
    let listed = world.ok(&["ready", "d.goldset", "--thresholds"]);
    assert!(listed.lines().any(|line| line.starts_with("fine_tune") && line.contains("500")), "{listed}");
    assert_eq!(world.json(&["ready", "d.goldset", "--thresholds", "--json"])["thresholds"]["fine_tune"], 12);
    world.ok(&["set", "d.goldset", "--where", "#7", "--flag", "wrong"]);
    let told = world.json(&["ready", "d.goldset", "--json"]);
    assert_eq!((&told["advice"], &line(&told, "flags")["value"]), (&json!("fix_first"), &json!(1.0)));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(world.run(&["ready", "d.goldset", "--must-cite", "yes"]).code, 1);
    world.ok(&["ready", "d.goldset", "--threshold", "fine-tune=default"]);
    assert_eq!(world.run(&["ready", "d.goldset"]).code, 1);
    world.ok(&["undo", "d.goldset"]);
    world.ok(&["ready", "d.goldset"]);
}

#[test]
fn leaks_copies_and_contradictions_are_seen() {
    let world = small();
    let copy = |answer: &str| {
        let messages = json!([
            {"role": "user", "content": "Please tell me all about vegan soups"},
            {"role": "assistant", "content": answer},
        ]);
        format!("{}\n", json!({"messages": messages}))
    };
    world.write("copy.jsonl", copy("With pleasure: vegan soups, 99 times."));
    world.ok(&["import", "d.goldset", "copy.jsonl"]);
    world.ok(&["set", "d.goldset", "--where", "#13", "--status", "approved", "--split", "test"]);
    let told = world.json(&["ready", "d.goldset", "--json"]);
    assert_eq!(line(&told, "usable")["value"], json!(12.0));
    assert!(line(&told, "usable")["sentence"].as_str().unwrap().contains("1 more"));
    assert_eq!(line(&told, "leaks")["value"], json!(1.0));
    assert_eq!(line(&told, "contradictions")["value"], json!(1.0));
    world.ok(&["contract", "d.goldset", "--must-not", "99"]);
    let told = world.json(&["ready", "d.goldset", "--json"]);
    assert_eq!(
        (&line(&told, "contract")["n"], &line(&told, "contract")["outcome"]),
        (&json!(13), &json!("short"))
    );
}

#[test]
fn thresholds_that_can_not_be_are_refused() {
    let world = World::with_dataset();
    for (change, reason) in
        [("coverage=80", "from 0 to 1"), ("covrage=1", "there are: fewest"), ("x", "NAME=VALUE")]
    {
        assert!(world.refused(&["ready", "d.goldset", "--threshold", change]).contains(reason), "{change}");
    }
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}
