//! `goldset protocol`.

use serde_json::{Value, json};

use crate::support::World;

/// Two examples that one person has ranked, and one that nobody has.
fn world() -> World {
    let world = World::with_dataset();
    let said = |id: &str| json!({"id": id, "messages": [{"role": "assistant", "content": id}]});
    let ranked = |at: u8| {
        json!({"prompt": format!("p{at}"), "responses": [said("a"), said("b")], "status": "submitted",
            "rankings": [{"annotator": "bo", "tiers": [["a"], ["b"]]}]})
        .to_string()
    };
    let lines = [ranked(0), ranked(1), json!({"prompt": "p2", "responses": ["a", "b"]}).to_string()];
    world.write("a.jsonl", lines.join("\n"));
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    world
}

fn object(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_protocol_is_shown_changed_in_part_and_taken_away() {
    let world = world();
    let run = world.run(&["protocol", "d.goldset"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("there is no protocol"), "{}", run.err);
    assert!(run.out.starts_with("rankings   1 "), "{}", run.out);
    assert_eq!(object(&world.ok(&["protocol", "d.goldset", "--json"]))["set"], false);
    let said = world.ok(&["protocol", "d.goldset", "--strength", "yes", "--criteria", "helpful,correct"]);
    assert_eq!(said, "set the protocol\n");
    world.ok(&["protocol", "d.goldset", "--gold", "10"]);
    let shown = object(&world.ok(&["protocol", "d.goldset", "--json"]));
    assert_eq!(shown["set"], true);
    let parts = &shown["protocol"];
    assert_eq!(
        (&parts["strength"], &parts["gold"], &parts["blind"]),
        (&json!(true), &json!(10), &json!(true))
    );
    assert_eq!(parts["criteria"], json!([{"name": "helpful"}, {"name": "correct"}]));
    world.ok(&["protocol", "d.goldset", "--clear"]);
    assert_eq!(object(&world.ok(&["protocol", "d.goldset", "--json"]))["set"], false);
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(object(&world.ok(&["protocol", "d.goldset", "--json"]))["protocol"]["gold"], 10);
}

#[test]
fn a_dry_run_says_how_many_would_wait_again_and_changes_nothing() {
    let world = world();
    let two = ["protocol", "d.goldset", "--rankings", "2"];
    let dry = world.ok(&[&two[..], &["--dry-run"]].concat());
    assert_eq!(
        dry,
        "would set the protocol: 2 wait for more rankings\nthis was a dry run: nothing was changed\n"
    );
    let told = object(&world.ok(&[&two[..], &["--dry-run", "--json"]].concat()));
    assert_eq!(
        (&told["examples"], &told["dry_run"], &told["action"]),
        (&json!(2), &json!(true), &json!(null))
    );
    assert_eq!(object(&world.ok(&["protocol", "d.goldset", "--json"]))["set"], false);
    assert_eq!(world.ok(&two), "set the protocol: 2 wait for more rankings\n");
    let waiting = world.ok(&["list", "d.goldset", "--where", "status:draft", "--json"]);
    assert_eq!(waiting.lines().count(), 2);
}

#[test]
fn what_can_t_be_kept_is_refused_with_its_place() {
    let world = world();
    let refused = |arguments: &[&str], sentence: &str| {
        let said = world.refused(&[&["protocol", "d.goldset"], arguments].concat());
        assert!(said.contains(sentence), "{said}");
    };
    world.write("p.toml", "rankings = 2\nscale = 99\n");
    refused(&["--file", "p.toml"], "p.toml, line 2: scale: is 99; it should be from 2 to 9");
    refused(&["--rankings", "0"], "rankings: is 0; it should be from 1 to 20");
    refused(&["--reasons", "a", "--reasons", "a"], "reasons: has “a” twice");
    refused(&["--clear", "--gold", "1"], "cannot be used with");
    refused(&["--file", "none.toml"], "none.toml");
    assert_eq!(object(&world.ok(&["protocol", "d.goldset", "--json"]))["set"], false);
    world.write("p.toml", "rankings = 2\nreasons = [\"more exact\"]\n");
    world.ok(&["protocol", "d.goldset", "--file", "p.toml"]);
    assert!(world.ok(&["protocol", "d.goldset"]).contains("more exact"));
}
