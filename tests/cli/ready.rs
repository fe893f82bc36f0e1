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
    let shape =
        ["ready", "advice", "sentence", "lines", "next", "pace", "thresholds", "answers", "gauges", "pairs"];
    assert_eq!(keys(&told), shape);
    assert_eq!(keys(&told["gauges"]), ["coverage", "balance", "consistency", "quality"]);
    let gauge = &told["gauges"]["consistency"];
    assert_eq!(keys(gauge), ["measured", "value", "kinds", "n", "verdict", "sentence"]);
    assert_eq!((gauge["measured"].as_bool(), gauge["n"].as_u64()), (Some(true), told_usable(&world)));
    assert_eq!(keys(&told["pairs"]), ["advice", "sentence", "lines"]);
    assert_eq!(line(&told["pairs"], "pairs")["threshold"], 500.0);
    assert_eq!(told["ready"], false);
    assert_eq!(line(&told, "contract")["outcome"], "short");
    assert_eq!(line(&told, "defects")["outcome"], "not_measured");
    assert_eq!(line(&told, "held_out")["outcome"], "short");
    let stats = world.json(&["stats", "demo.goldset", "--json"]);
    let usable = line(&told, "trainable");
    assert!(usable["value"].as_f64() <= stats["usable"].as_f64(), "{usable}");
    assert_eq!(line(&told, "flags")["is_gate"], true);
}

fn told_usable(world: &World) -> Option<u64> {
    world.json(&["stats", "demo.goldset", "--json"])["usable"].as_u64()
}

#[test]
fn answers_go_before_what_is_kept_and_are_kept_where_that_is_said() {
    let world = World::with_dataset();
    let answers = |arguments: &[&str]| {
        let run = world.run(&[&["ready", "d.goldset", "--json"][..], arguments].concat());
        serde_json::from_str::<Value>(&run.out).unwrap()["answers"].clone()
    };
    let kept =
        world.json(&["ready", "d.goldset", "--facts-change", "yes", "--wage", "45", "--keep", "--json"]);
    assert_eq!(keys(&kept), ["answers", "action", "sentence"]);
    assert_eq!(answers(&[])["facts_change"], true);
    assert_eq!(answers(&["--facts-change", "no"])["facts_change"], false);
    assert_eq!((&answers(&[])["facts_change"], &answers(&[])["wage"]), (&json!(true), &json!(45.0)));
    // One more leaves the others as they are; one undo takes it back.
    world.ok(&["ready", "d.goldset", "--tuned", "yes", "--keep"]);
    let both = answers(&[]);
    assert_eq!((&both["is_tuned"], &both["facts_change"]), (&json!(true), &json!(true)));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(answers(&[])["is_tuned"], json!(null));
    assert!(world.refused(&["ready", "d.goldset", "--keep"]).contains("--keep keeps answers"));
}

#[test]
fn the_gauges_are_told_with_the_counts_and_consistency_where_it_is_asked_for() {
    let world = World::with_samples();
    let gauges = world.json(&["stats", "demo.goldset", "--json"])["gauges"].clone();
    assert_eq!(keys(&gauges), ["coverage", "balance", "consistency", "quality"]);
    assert_eq!(gauges["consistency"]["measured"], false);
    assert!(gauges["coverage"]["n"].as_u64() > Some(0), "{gauges}");
    let measured = world.json(&["stats", "demo.goldset", "--consistency", "--json"])["gauges"].clone();
    assert_eq!(
        (&measured["consistency"]["measured"], &measured["coverage"]),
        (&json!(true), &gauges["coverage"])
    );
    let told = world.ok(&["stats", "demo.goldset"]);
    for part in
        ["coverage", "balance", "consistency", "quality", "not measured", "only quality tells of the answers"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
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
    assert_eq!(line(&told, "trainable")["value"], json!(12.0));
    assert!(line(&told, "trainable")["sentence"].as_str().unwrap().contains("1 more"));
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
