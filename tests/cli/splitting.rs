//! `goldset split`: train, validation and test.

use serde_json::{Value, json};

use crate::support::World;

/// Prompts that have nothing in common but what is asked of each.
fn prompt(number: usize) -> String {
    let thing = ["parcel", "invoice", "kettle", "bicycle", "umbrella", "guitar", "lantern"][number % 7];
    let place = ["Oslo", "Lagos", "Quito", "Hanoi", "Perth", "Minsk", "Turin", "Cork"][number / 7 % 8];
    format!("{:x} {thing} {place} {:x}", number * 7_919 % 65_521, number * 104_729 % 1_000_003)
}

/// `n` examples, a quarter of them `intent:cancel`, the others `intent:refund`.
fn world(n: usize) -> World {
    let world = World::with_dataset();
    world.write("first.jsonl", rows(0..n));
    import(&world, "first.jsonl");
    world
}

fn rows(numbers: std::ops::Range<usize>) -> String {
    let line = |number: usize| {
        let intent = if number.is_multiple_of(4) { "cancel" } else { "refund" };
        json!({"prompt": prompt(number), "completion": format!("Answer {number}"), "intent": intent})
            .to_string()
    };
    numbers.map(line).collect::<Vec<_>>().join("\n")
}

fn import(world: &World, file: &str) {
    world.ok(&["import", "d.goldset", file, "--map", "prompt=prompt,response=completion,tag:intent=intent"]);
}

/// The split of every example, by number.
fn splits(world: &World) -> Vec<Value> {
    let listed = world.run(&["list", "d.goldset", "--json", "--limit", "100000"]);
    listed.lines().iter().map(|example| example["split"].clone()).collect()
}

fn sizes(report: &Value) -> [u64; 3] {
    ["train", "validation", "test"].map(|split| report["splits"][split]["examples"].as_u64().unwrap())
}

#[test]
fn new_examples_move_none_and_one_undo_takes_all_back() {
    let world = world(120);
    let first = world.json(&["split", "d.goldset", "--json", "--key", "k"]);
    assert_eq!((&first["key"], &first["without"], &first["leaks"]), (&json!("k"), &json!(0), &json!([])));
    assert_eq!(sizes(&first).iter().sum::<u64>(), 120);
    let before = splits(&world);
    world.write("second.jsonl", rows(120..200));
    import(&world, "second.jsonl");
    let second = world.json(&["split", "d.goldset", "--json"]);
    assert_eq!(second["key"], "k", "it is kept");
    assert_eq!(splits(&world)[..120], before);
    assert_eq!(sizes(&second).iter().sum::<u64>(), 200);
    let dealt = splits(&world);
    let again = world.json(&["split", "d.goldset", "--json", "--again"]);
    assert_eq!((&again["action"], splits(&world)), (&Value::Null, dealt), "the same key, the same splits");
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(splits(&world)[..120], before);
    assert!(splits(&world)[120..].iter().all(Value::is_null));
    world.ok(&["redo", "d.goldset"]);
    world.ok(&["split", "d.goldset", "--clear"]);
    assert!(splits(&world).iter().all(Value::is_null));
    world.ok(&["undo", "d.goldset"]);
    assert!(!splits(&world).iter().any(Value::is_null));
    world.ok(&["verify", "d.goldset"]);
}

#[test]
fn a_dry_run_and_a_report_change_nothing() {
    let world = world(40);
    let dry = world.ok(&["split", "d.goldset", "--dry-run"]);
    assert!(dry.contains("this was a dry run") && dry.contains("the key is new: --key "), "{dry}");
    let key = dry.split_once("key ").unwrap().1.split_once(';').unwrap().0.to_owned();
    assert!(splits(&world).iter().all(Value::is_null));
    let dry = world.json(&["split", "d.goldset", "--dry-run", "--json", "--key", &key]);
    let report = world.json(&["split", "d.goldset", "--report", "--json"]);
    assert_eq!((sizes(&report), &report["without"], &report["action"]), ([0; 3], &json!(40), &Value::Null));
    let done = world.json(&["split", "d.goldset", "--json", "--key", &key]);
    assert_eq!(sizes(&done), sizes(&dry));
    let report = world.json(&["split", "d.goldset", "--report", "--json"]);
    assert_eq!((sizes(&report), &report["key"]), (sizes(&done), &json!(key)));
}

#[test]
fn the_shares_hold_over_the_values_of_facets() {
    let world = world(80);
    let report = world.json(&["split", "d.goldset", "--by", "intent", "--shares", "6:2:2", "--json"]);
    assert_eq!(sizes(&report), [48, 16, 16]);
    for (intent, counts) in [("refund", [36, 12, 12]), ("cancel", [12, 4, 4])] {
        for (split, count) in ["train", "validation", "test"].into_iter().zip(counts) {
            let found = world.run(&[
                "list",
                "d.goldset",
                "--json",
                "--where",
                &format!("intent:{intent} split:{split}"),
            ]);
            assert_eq!(found.lines().len(), count, "{intent} in {split}");
        }
    }
    let facet = &report["facets"][0];
    assert!(facet["values"].as_array().unwrap().iter().all(|value| value["difference"] == 0.0), "{facet}");
    assert!(world.refused(&["split", "d.goldset", "--by", "mood"]).contains("there are: intent, topic"));
    let out = world.run(&["split", "d.goldset", "--by", "intent", "--where", "id:1,2,3", "--dry-run"]).out;
    assert!(out.contains("2 combinations are too small to be in every split: intent:cancel (1)"), "{out}");
}

#[test]
fn counts_are_met_and_what_is_wrong_with_shares_is_told() {
    let world = world(60);
    let report = world.json(&["split", "d.goldset", "--shares", "validation=7,test=13", "--json"]);
    assert_eq!(sizes(&report), [40, 7, 13]);
    let refused = |shares: &str| world.refused(&["split", "d.goldset", "--again", "--shares", shares]);
    assert!(refused("test=61").contains("there are only 60"));
    assert!(refused("70/10/10").contains("add up to 90%"));
    assert!(refused("80/20").contains("2 numbers"));
    assert!(refused("train=80%,test=20").contains("together"));
    assert!(world.refused(&["split", "d.goldset", "--key", " "]).contains("a key is a short text"));
    assert!(world.refused(&["split", "d.goldset", "--likeness", "2"]).contains("between 0.5 and 1"));
}

#[test]
fn like_prompts_stay_together_and_leaks_are_told_and_mended() {
    let world = World::with_dataset();
    let alike = ["", "!", " ?", ", please"].map(|end| {
        json!({"prompt": format!("Please cancel my order MF-2041 for the large bread bin{end}"), "completion": "Done.", "intent": "cancel"})
            .to_string()
    });
    world.write("alike.jsonl", alike.join("\n"));
    import(&world, "alike.jsonl");
    world.ok(&["set", "d.goldset", "2", "--split", "test"]);
    let report = world.json(&["split", "d.goldset", "--json"]);
    assert_eq!((sizes(&report), &report["joined"]), ([0, 0, 4], &json!(3)), "{report}");
    world.ok(&["set", "d.goldset", "3", "--split", "train"]);
    world.ok(&["set", "d.goldset", "4", "--split", "none"]);
    let run = world.run(&["split", "d.goldset"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("1 leak: like prompts in several splits, 1 of them in the very same words"),
        "{}",
        run.out
    );
    assert!(run.out.contains("100 %  #1 test, #2 test, #3 train"), "{}", run.out);
    assert!(run.out.contains("1 example stays as it was: its like stand in several splits"), "{}", run.out);
    assert_eq!(
        splits(&world),
        ["test", "test", "train", ""].map(|split| json!(Some(split).filter(|s| !s.is_empty())))
    );
    let mended = world.json(&["split", "d.goldset", "--mend-leaks", "--json"]);
    assert_eq!((sizes(&mended), &mended["mended"], &mended["leaks"]), ([0, 0, 4], &json!(1), &json!([])));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(splits(&world)[2], "train");
    assert_eq!(world.run(&["split", "d.goldset", "--report"]).code, 1);
}

#[test]
fn what_is_discarded_or_not_found_is_left_alone() {
    let world = world(20);
    world.ok(&["set", "d.goldset", "5", "--status", "discarded"]);
    let report = world.json(&["split", "d.goldset", "--where", "id:1..10 -status:discarded", "--json"]);
    assert_eq!(report["examples"], 9);
    let all = splits(&world);
    assert!(all[4].is_null() && all[10..].iter().all(Value::is_null));
    assert_eq!(world.json(&["split", "d.goldset", "--json"])["examples"], 19);
}
