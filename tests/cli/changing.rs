//! `goldset set`, `replace` and `normalise`: many examples at once, one undo.

use serde_json::json;

use crate::support::{World, is_harmless, keys};

fn everything(world: &World) -> String {
    world.ok(&["export", "d.goldset", "--format", "goldset"])
}

#[test]
fn a_script_sets_many_things_as_one_action() {
    let world = World::with_examples();
    let before = everything(&world);
    let arguments = [
        "set",
        "d.goldset",
        "--where",
        "status:pending,draft,submitted kind:sft",
        "--status",
        "approved",
        "--tag",
        "intent:refund",
        "--tag",
        "topic=fees",
        "--flag",
        "wrong=see the list",
        "--split",
        "train",
        "--note",
        "by script",
    ];
    let rehearsed = world.ok(&[&arguments[..], &["--dry-run"]].concat());
    assert!(rehearsed.ends_with("this was a dry run: nothing was changed\n"), "{rehearsed}");
    assert_eq!(everything(&world), before);
    let said = world.ok(&arguments);
    assert!(said.starts_with(
        "called 3 examples approved; put 3 examples into train; tagged 3 examples intent:refund"
    ));
    // What was not done is told as what would be.
    let tried =
        "would call 3 examples approved; would put 3 examples into train; would tag 3 examples intent:refund";
    assert!(rehearsed.starts_with(tried), "{rehearsed}");
    let example = world.json(&["show", "d.goldset", "1", "--json"]);
    assert_eq!(
        (&example["status"], &example["split"], &example["note"]),
        (&json!("approved"), &json!("train"), &json!("by script"))
    );
    assert_eq!(example["tags"], json!({"intent": ["refund"], "topic": ["fees"]}));
    assert_eq!(
        (&example["flags"][0]["kind"], &example["flags"][0]["note"]),
        (&json!("wrong"), &json!("see the list"))
    );
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(everything(&world), before, "all of it was one action");
}

#[test]
fn examples_are_named_by_number_or_id_and_flags_are_resolved() {
    let world = World::with_examples();
    let id = world.json(&["show", "d.goldset", "2", "--json"])["id"].as_str().unwrap_or("2").to_owned();
    world.ok(&["set", "d.goldset", "#1", &id, "--flag", "wrong", "--flag", "unclear"]);
    let done = world.json(&["set", "d.goldset", "1", "2", "3", "--resolve=wrong", "--json"]);
    assert_eq!(keys(&done), ["examples", "found", "dry_run", "action", "sentence"]);
    assert_eq!((&done["examples"], &done["found"]), (&json!(2), &json!(3)));
    assert_eq!(world.ok(&["list", "d.goldset", "--where", "flag:wrong"]), "");
    assert_eq!(world.ok(&["list", "d.goldset", "--where", "flag:unclear"]).lines().count(), 3);
    world.ok(&["set", "d.goldset", "--all", "--resolve", "--split", "none"]);
    assert_eq!(world.ok(&["list", "d.goldset", "--where", "flag:*"]), "");
    assert_eq!(
        world.ok(&["set", "d.goldset", "1", "--split", "none"]),
        "nothing to change: it is so already\n"
    );
    assert_eq!(
        world.ok(&["set", "d.goldset", "--where", "split:test", "--status", "draft"]),
        "no example fits; nothing was changed\n"
    );
}

#[test]
fn what_may_not_be_set_is_refused_with_what_may() {
    let world = World::with_examples();
    let before = everything(&world);
    let refused = |arguments: &[&str]| world.refused(&[&["set", "d.goldset"], arguments].concat());
    assert!(refused(&["--status", "approved"]).contains("say which examples"));
    assert!(refused(&["--all"]).contains("say what to set"));
    let error = refused(&["--all", "--status", "draft", "--tag", "intent:nonsense"]);
    assert!(error.contains("which is closed; its values are: refund, cancel"), "{error}");
    assert!(refused(&["--all", "--tag", "mood:good"]).contains("there is no facet “mood”"));
    assert!(refused(&["1", "--flag", "nonsense"]).contains("there are: wrong, unsafe, private"));
    assert!(refused(&["1", "--status", "done"]).contains("pending, draft, submitted, approved, discarded"));
    assert!(refused(&["1", "--split", "half"]).contains("or none"));
    assert!(refused(&["77", "--status", "draft"]).contains("there is no example 77"));
    assert!(refused(&["1", "--all", "--status", "draft"]).contains("cannot be used with"));
    assert_eq!(everything(&world), before);
}

#[test]
fn a_replacement_is_shown_first_and_then_one_undo() {
    let world = World::with_examples();
    let before = everything(&world);
    let run = world.run(&["replace", "d.goldset", "refund", "money", "--dry-run"]);
    assert_eq!((run.code, run.out.as_str()), (0, "#1 user: Where is my [-refund-]{+money+}?\n"));
    assert!(run.err.contains("1 text of 1 example would change; this was a dry run"), "{}", run.err);
    assert_eq!(everything(&world), before);
    let said = world.ok(&["replace", "d.goldset", "--regex", r"(\w+)\.$", "$1!"]);
    assert_eq!(said, "replaced “(\\w+)\\.$” by “$1!” in 4 texts of 3 examples\n");
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
    assert_eq!(
        world.ok(&["undo", "d.goldset"]),
        "undid: replaced “(\\w+)\\.$” by “$1!” in 4 texts of 3 examples\n"
    );
    assert_eq!(everything(&world), before);
}

#[test]
fn a_replacement_stays_where_it_is_wanted() {
    let world = World::with_examples();
    let dry = |arguments: &[&str]| {
        let run = world.run(&[&["replace", "d.goldset", "--dry-run", "--json"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.err);
        run.lines()
    };
    assert_eq!(dry(&["o", "0"]).len(), 5, "prompts and responses");
    assert_eq!(dry(&["o", "0", "--in", "responses"]).len(), 3);
    assert_eq!(dry(&["o", "0", "--in", "prompts", "--where", "cancel"]).len(), 1);
    assert_eq!(dry(&["O", "0"]).len(), 1, "a capital is sought");
    assert_eq!(dry(&["on", "0", "--words"]).len(), 2);
    assert_eq!(dry(&["on", "0", "--words", "--exact-case"]).len(), 1);
    let change = &dry(&["Done", "Gone"])[0];
    assert_eq!(keys(change), ["example", "text", "response", "turn", "before", "after"]);
    assert_eq!((&change["before"], &change["after"]), (&json!("Done."), &json!("Gone.")));
    let done = world.json(&["replace", "d.goldset", "o", "0", "--json"]);
    assert_eq!(keys(&done), ["texts", "examples", "dry_run", "action", "sentence"]);
    assert_eq!((&done["texts"], &done["examples"]), (&json!(5), &json!(4)));
    assert_eq!(world.ok(&["replace", "d.goldset", "zebra", "x"]), "nothing to change: it is so already\n");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let world = World::with_examples();
    assert!(world.refused(&["replace", "d.goldset", "", "x"]).contains("say what to find"));
    assert!(world.refused(&["replace", "d.goldset", "--regex", "(a", "x"]).contains("unclosed group"));
    assert!(world.refused(&["replace", "d.goldset", "--regex", "(a)", "$1st"]).contains("write ${1}st"));
    assert!(world.refused(&["replace", "d.goldset", "a", "b", "--where", "status:done"]).contains("^^^^"));
    assert!(world.refused(&["normalise", "d.goldset", "qoutes"]).contains("there are: line-ends"));
    assert!(
        world.refused(&["normalise", "d.goldset", "json-pretty", "json-compact"]).contains("undo each other")
    );
    assert!(world.refused(&["normalise"]).contains("<DATASET>"));
}

#[test]
fn texts_are_put_into_one_form() {
    let world = World::with_dataset();
    let messages = |user: &str, assistant: &str| {
        json!({"messages": [{"role": "user", "content": user}, {"role": "assistant", "content": assistant}]})
            .to_string()
    };
    let odd = messages("Say “hi”  \r\n", "{\"a\":\u{200b} 1.50}");
    let json = messages("hm", "{\"b\":1.50, \"a\": [ ]}");
    world.write("odd.jsonl", format!("{odd}\n{json}\n"));
    world.ok(&["import", "d.goldset", "odd.jsonl"]);
    let run = world.run(&["normalise", "d.goldset", "--dry-run"]);
    assert!(is_harmless(&run.out), "{}", run.out);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    assert!(run.out.starts_with("#1 user: Say “hi”[-"), "{}", run.out);
    let said = world.ok(&["normalise", "d.goldset"]);
    assert!(said.starts_with("normalised in 2 texts of #1: line ends, "), "{said}");
    assert_eq!(world.ok(&["normalise", "d.goldset"]), "nothing to change: it is so already\n");
    world.ok(&["normalise", "d.goldset", "quotes", "json-compact"]);
    let first = world.json(&["show", "d.goldset", "1", "--json"]);
    assert_eq!(first["prompt"]["messages"][0]["content"], "Say \"hi\"");
    assert_eq!(first["responses"][0]["messages"][0]["content"], "{\"a\":1.50}");
    let second = world.json(&["show", "d.goldset", "2", "--json"]);
    assert_eq!(second["responses"][0]["messages"][0]["content"], "{\"b\":1.50,\"a\":[]}");
}

#[test]
fn the_normalisers_are_listed() {
    let world = World::new();
    let list = world.ok(&["normalise", "--list"]);
    for id in [
        "line-ends",
        "zero-width",
        "spaces",
        "nfc",
        "quotes",
        "json-pretty",
        "json-compact",
        "trailing",
        "blank-lines",
    ] {
        assert!(list.contains(&format!("\n{id} ")), "{id}\n{list}");
    }
    let lines = world.run(&["normalise", "--list", "--json"]).lines();
    assert_eq!(keys(&lines[0]), ["normaliser", "about", "usual"]);
}
