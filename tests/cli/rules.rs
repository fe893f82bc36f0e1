//! `goldset rules`.

use serde_json::{Value, json};

use crate::support::{World, is_harmless, keys, sql};

/// Six questions, every other one of a refund; the fifth is tagged as a cancellation.
fn asked() -> World {
    let world = World::with_dataset();
    let mut lines = String::new();
    for at in 1..=6 {
        let text = ["Cancel my contract", "Where is my refund"][at % 2];
        let mut line = json!({"prompt": format!("{text}, number {at}?"), "response": "Yes."});
        if at == 5 {
            line["intent"] = json!("cancel");
        }
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    world.write("in.jsonl", lines);
    world.ok(&[
        "import",
        "d.goldset",
        "in.jsonl",
        "--map",
        "prompt=prompt,response=response,tag:intent=intent",
    ]);
    world
}

const MONEY: [&str; 8] =
    ["rules", "d.goldset", "--add", "money back", "--tag", "intent=refund", "--words", "refund,money back"];

fn rules(world: &World) -> Vec<Value> {
    world.json(&["rules", "d.goldset", "--json"])["rules"].as_array().unwrap().clone()
}

fn listed(world: &World, filter: &str) -> usize {
    world.ok(&["list", "d.goldset", "--where", filter, "--json"]).lines().count()
}

#[test]
fn a_rule_is_made_and_its_counts_are_told() {
    let world = asked();
    assert!(world.ok(&["rules", "d.goldset"]).contains("no rules yet"));
    let out = world.ok(&MONEY);
    assert_eq!(out, "made the rule money back, which proposes intent:refund: open for 2 examples\n");
    let rules = rules(&world);
    assert_eq!(
        rules,
        [json!({
            "name": "money back", "tag": "intent:refund", "words": ["refund", "money back"],
            "pattern": null, "where": null, "in": "prompt",
            "open": 2, "carried": 0, "otherwise": 1, "declined": 0, "broken": null,
        })]
    );
    let out = world.ok(&["rules", "d.goldset"]);
    assert!(
        out.starts_with("rule")
            && out.contains("money back  intent:refund     2        0          1         0  “refund”"),
        "{out}"
    );
    let told = world.json(&["rules", "d.goldset", "--json"]);
    assert_eq!((keys(&told), &told["waiting"]), (vec!["rules", "waiting"], &json!(0)));
}

#[test]
fn a_trial_tells_how_many_and_the_first_and_changes_nothing() {
    let world = asked();
    let told = world.json(&[MONEY.as_slice(), &["--try", "--json"]].concat());
    assert_eq!((&told["open"], &told["otherwise"]), (&json!(2), &json!(1)));
    assert_eq!(told["first"][0], json!({"id": 1, "question": "Where is my refund, number 1?"}));
    let out = world.ok(&[MONEY.as_slice(), &["--try"]].concat());
    assert!(out.contains("would be proposed for 2 examples") && out.contains("#3  Where"), "{out}");
    assert!(rules(&world).is_empty());
    world.ok(&MONEY);
    let before = world.ok(&["log", "d.goldset"]);
    let out = world.ok(&["rules", "d.goldset", "--take", "money back", "--try"]);
    assert!(out.contains("for 2 examples") && out.contains("nothing was changed"), "{out}");
    assert_eq!(world.ok(&["log", "d.goldset"]), before);
}

#[test]
fn what_is_proposed_is_found_taken_declined_and_undone() {
    let world = asked();
    world.ok(&MONEY);
    assert_eq!((listed(&world, "proposed:*"), listed(&world, "intent:refund")), (2, 0));
    let told = world.json(&["rules", "d.goldset", "--decline", "money back", "--where", "#3", "--json"]);
    assert_eq!((&told["examples"], &told["dry_run"]), (&json!(1), &json!(false)));
    assert_eq!(world.json(&["rules", "d.goldset", "--take", "money back", "--json"])["examples"], 1);
    assert_eq!((listed(&world, "proposed:*"), listed(&world, "intent:refund")), (0, 1));
    let rule = &rules(&world)[0];
    assert_eq!((&rule["open"], &rule["carried"], &rule["declined"]), (&json!(0), &json!(1), &json!(1)));
    world.ok(&["undo", "d.goldset"]);
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(listed(&world, "proposed:intent:refund"), 2);
    assert!(world.ok(&["rules", "d.goldset", "--remove", "money back"]).contains("took the rule"));
    assert!(rules(&world).is_empty());
    world.ok(&["verify", "d.goldset"]);
}

#[test]
fn proposals_leave_in_no_export_and_rules_travel_with_the_examples() {
    let world = asked();
    world.ok(&MONEY);
    let text = world.ok(&["export", "d.goldset", "--format", "goldset"]);
    let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records[0]["rules"][0]["name"], "money back");
    assert_eq!(records.iter().filter(|record| record["tags"]["intent"] == json!(["refund"])).count(), 0);
    world.write("copy.jsonl", text);
    world.ok(&["new", "copy.goldset"]);
    world.ok(&["import", "copy.goldset", "copy.jsonl"]);
    assert_eq!(world.json(&["rules", "copy.goldset", "--json"])["rules"][0]["open"], 2);
}

#[test]
fn rules_go_out_and_come_in_as_toml() {
    let world = asked();
    world.ok(&MONEY);
    world.ok(&[
        "rules",
        "d.goldset",
        "--add",
        "numbers",
        "--tag",
        "topic=numbers",
        "--pattern",
        r"number \d",
        "--in",
        "both",
        "--where",
        "intent:none",
    ]);
    let text = world.ok(&["rules", "d.goldset", "--print", "toml"]);
    assert!(text.contains("[[rule]]") && text.contains("where = \"intent:none\""), "{text}");
    world.write("rules.toml", &text);
    world.ok(&["new", "other.goldset", "--facets", "facets.toml"]);
    assert_eq!(world.ok(&["rules", "other.goldset", "--file", "rules.toml"]), "kept 2 rules\n");
    assert_eq!(world.ok(&["rules", "other.goldset", "--print", "toml"]), text);
    world.write("bad.toml", "[[rule]]\nname = \"a\"\ntag = \"intent:refund\"\npattern = \"(\"\n");
    let refused = world.refused(&["rules", "other.goldset", "--file", "bad.toml"]);
    assert!(refused.contains("“a”") && refused.contains("character 1"), "{refused}");
    assert_eq!(world.ok(&["rules", "other.goldset", "--print", "toml"]), text);
}

#[test]
fn what_can_not_be_used_is_refused_and_says_where() {
    let world = asked();
    let add = |more: &[&str]| {
        world.refused(&[&["rules", "d.goldset", "--add", "x", "--tag", "intent=refund"], more].concat())
    };
    assert!(add(&[]).contains("words, a pattern or a filter"));
    assert!(add(&["--pattern", "ab(c"]).contains("unclosed group, at character 3"));
    let filter = add(&["--where", "statsu:draft"]);
    assert!(filter.contains("^^^^^^") && filter.contains("status"), "{filter}");
    assert!(add(&["--words", "a", "--in", "note"]).contains("prompt, response, both"));
    assert!(world.refused(&["rules", "d.goldset", "--take", "nothing"]).contains("nothing"));
    world.refused(&["rules", "d.goldset", "--add", "x"]);
    world.refused(&["rules", "d.goldset", "--where", "status:draft"]);
    world.refused(&["rules", "d.goldset", "--add", "x", "--tag", "intent=refund", "--take", "x"]);
    assert!(rules(&world).is_empty());
}

#[test]
fn hostile_names_are_shown_and_not_obeyed() {
    let world = asked();
    world.ok(&MONEY);
    sql(&world.path("d.goldset"), "UPDATE rule SET name = 'a' || char(27) || '[31mb'");
    let out = world.ok(&["rules", "d.goldset"]);
    assert!(out.contains('b') && is_harmless(&out), "{out:?}");
}
