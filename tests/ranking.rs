//! Ranking in a terminal as fast as one can send: no key is lost, and what is stored is what was typed.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::time::Instant;

use serde_json::{Value, json};
use support::Home;

/// So many examples, of so many responses each.
fn candidates(home: &Home, examples: usize, responses: usize) -> String {
    let file = home.path().join("candidates.jsonl");
    let lines: Vec<String> = (0..examples)
        .map(|n| {
            let said: Vec<String> = (0..responses).map(|at| format!("answer {at} to question {n}")).collect();
            json!({"prompt": format!("question {n}"), "responses": said, "kind": "preference"}).to_string()
        })
        .collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let dataset = home.dataset("candidates.goldset");
    let path = dataset.to_str().unwrap().to_owned();
    home.run(&["import", &path, file.to_str().unwrap()], 0);
    path
}

/// Every example as it is stored, in its order.
fn examples(home: &Home, dataset: &str) -> Vec<Value> {
    let text = home.run(&["export", dataset, "--format", "goldset"], 0);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|record: &Value| record.get("prompt").is_some())
        .collect()
}

#[test]
fn a_thousand_rankings_sent_at_once_lose_no_key() {
    const EXAMPLES: usize = 1_000;
    let home = Home::new();
    let dataset = candidates(&home, EXAMPLES, 2);
    let keys: String = (0..EXAMPLES).map(|n| ['1', '2', '=', '0', '2'][n % 5]).collect();
    let mut terminal = home.start(&[&dataset, "--as", "ana"], 100, 30);
    terminal.wait_for("NEXT");
    terminal.send("gr");
    terminal.wait_for("Rank 1 of 1000");
    let begun = Instant::now();
    terminal.send(&keys);
    terminal.wait_for("Nothing waits to be ranked");
    let took = begun.elapsed();
    eprintln!("{EXAMPLES} rankings in {took:?}: {:.1} ms each", took.as_secs_f64() * 1e3 / 1_000.0);
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    let stored = examples(&home, &dataset);
    assert_eq!(stored.len(), EXAMPLES);
    for (example, key) in stored.iter().zip(keys.chars()) {
        let [ranking] = example["rankings"].as_array().unwrap().as_slice() else { panic!("{example}") };
        let shown = ranking["presented"].as_array().unwrap();
        let (first, second) = (&shown[0], &shown[1]);
        let tiers = &ranking["tiers"];
        match key {
            '1' => assert_eq!(*tiers, json!([[first], [second]]), "{example}"),
            '2' => assert_eq!(*tiers, json!([[second], [first]]), "{example}"),
            '=' => {
                let tier = tiers[0].as_array().unwrap();
                assert!(tier.len() == 2 && tier.contains(first) && tier.contains(second), "{example}");
            }
            _ => {
                assert_eq!(*tiers, json!([]), "{example}");
                assert_eq!(ranking["bad"].as_array().unwrap().len(), 2);
            }
        }
        assert_eq!(example["status"], "submitted");
    }
}

#[test]
fn two_who_rank_as_fast_as_they_can_are_never_handed_the_same_example() {
    const EXAMPLES: usize = 300;
    let home = Home::new();
    let dataset = candidates(&home, EXAMPLES, 2);
    home.run(&["protocol", &dataset, "--gold", "0"], 0);
    let mut people = ["ana", "ben"].map(|name| home.start(&[&dataset, "--as", name], 100, 30));
    for terminal in &mut people {
        terminal.wait_for("NEXT");
        terminal.send("gr");
        terminal.wait("a pair to rank", |screen| screen.contains("of 300"));
    }
    // Each could do all of them; what one does is done for the other too.
    let keys = "1".repeat(EXAMPLES);
    for terminal in &mut people {
        terminal.send(&keys);
    }
    for terminal in &mut people {
        terminal.wait_for("Nothing waits to be ranked");
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
    }
    let mut by: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for example in examples(&home, &dataset) {
        let [ranking] = example["rankings"].as_array().unwrap().as_slice() else { panic!("{example}") };
        *by.entry(ranking["annotator"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(by.values().sum::<usize>(), EXAMPLES);
    assert_eq!(by.len(), 2, "both had a part in it: {by:?}");
}
