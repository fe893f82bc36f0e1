//! `goldset failures`: slices that fail, and two rounds of the same tests.

use serde_json::{Value, json};

use crate::support::{World, keys};

/// Twenty refunds and twenty cancellations, approved.
fn asked() -> World {
    let world = World::with_dataset();
    let example = |at: usize| {
        let messages = json!([
            {"role": "user", "content": format!("Question {at}")},
            {"role": "assistant", "content": format!("Answer {at}")},
        ]);
        format!("{}\n", json!({ "messages": messages }))
    };
    world.write("asked.jsonl", (1..=40).map(example).collect::<String>());
    world.ok(&["import", "d.goldset", "asked.jsonl"]);
    world.ok(&["set", "d.goldset", "--where", "id:1..20", "--status", "approved", "--tag", "intent:refund"]);
    world.ok(&["set", "d.goldset", "--where", "id:21..40", "--status", "approved", "--tag", "intent:cancel"]);
    world
}

/// Results in which these fail.
fn results(fails: impl Fn(usize) -> bool) -> String {
    let line = |at: usize| format!("{}\n", json!({"example": at, "answer": "…", "passed": !fails(at)}));
    (1..=40).map(line).collect()
}

#[test]
fn the_slice_that_fails_is_told_with_its_interval_and_why() {
    let world = asked();
    world.write("now.jsonl", results(|at| at <= 14 || at == 30));
    let run = world.run(&["failures", "d.goldset", "now.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("40 tests, 15 failed (38 %)"), "{}", run.out);
    assert!(run.out.contains("intent:refund") && run.out.contains("14 of 20"), "{}", run.out);
    assert!(!run.out.contains("intent:cancel"), "{}", run.out);
    let told = world.json(&["failures", "d.goldset", "now.jsonl", "--write", "30", "--json"]);
    assert_eq!(keys(&told), ["tests", "failures", "unknown", "looked_at", "slices", "before"]);
    let slice = &told["slices"][0];
    assert_eq!(slice["values"], json!({"intent": "refund"}));
    assert_eq!(
        (&slice["trained"], &slice["write"], &slice["cause"]),
        (&json!(20), &json!(30), &json!("not_the_data"))
    );
    // Wilson's interval of 14 of 20.
    let bound = |at: usize| slice["interval"][at].as_f64().unwrap();
    assert!((bound(0) - 0.481).abs() < 1e-3 && (bound(1) - 0.855).abs() < 1e-3, "{slice}");
    assert!((slice["lift"].as_f64().unwrap() - 0.7 / 0.375).abs() < 1e-9);
    world.write("even.jsonl", results(|at| at % 4 == 0));
    let run = world.run(&["failures", "d.goldset", "even.jsonl"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("no slice fails more than the rest"), "{}", run.out);
}

#[test]
fn two_rounds_are_compared_test_by_test() {
    let world = asked();
    world.write("before.jsonl", results(|at| at > 36));
    world.write("after.jsonl", results(|at| at <= 10));
    let told = world.json(&["failures", "d.goldset", "after.jsonl", "--before", "before.jsonl", "--json"]);
    let before: &Value = &told["before"];
    let counts = ["both", "broke", "mended", "neither"].map(|name| before[name].as_u64().unwrap());
    assert_eq!(counts, [26, 10, 4, 0]);
    // Twice the chance of 4 or fewer heads of 14.
    assert!((before["p"].as_f64().unwrap() - 0.179_565).abs() < 1e-5, "{before}");
    assert_eq!(before["worse"][0]["values"], json!({"intent": "refund"}));
    let run = world.run(&["failures", "d.goldset", "after.jsonl", "--before", "before.jsonl"]);
    assert!(run.out.contains("no different overall (10 broke, 4 mended), worse on refund"), "{}", run.out);
}

#[test]
fn results_are_joined_by_prompt_and_what_fits_nothing_is_told() {
    let world = asked();
    let mut lines = results(|at| at <= 14);
    lines.push_str("{\"prompt\": \"Question 40\", \"score\": 0.2}\n{\"example\": 99, \"passed\": true}\n");
    world.write("r.jsonl", &lines);
    let run = world.run(&["failures", "d.goldset", "r.jsonl", "--json"]);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&told["tests"], &told["failures"], &told["unknown"]), (&json!(40), &json!(15), &json!([42])));
    let run = world.run(&["failures", "d.goldset", "r.jsonl", "--passes-at", "0.1"]);
    assert!(run.out.contains("40 tests, 14 failed"), "{}", run.out);
    assert!(run.err.contains("1 line about no example") && run.err.contains("42"), "{}", run.err);
    assert!(run.out.contains("1 line about an example that a later line is about too"), "{}", run.out);
    for (text, reason) in [
        ("{\"example\": 1}\n", "line 1: say how it came out"),
        ("\nnonsense\n", "line 2: it is no JSON object"),
        ("{\"example\": 99, \"passed\": true}\n", "about an example of this dataset"),
        ("\n", "no results"),
    ] {
        world.write("bad.jsonl", text);
        let said = world.refused(&["failures", "d.goldset", "bad.jsonl"]);
        assert!(said.contains(reason), "{said}");
    }
    assert!(world.refused(&["failures", "d.goldset", "none.jsonl"]).contains("none.jsonl"));
    assert!(
        world.refused(&["failures", "d.goldset", "r.jsonl", "--false-share", "3"]).contains("from 0 to 1")
    );
}
