//! `goldset contract`.

use serde_json::{Value, json};

use crate::support::{World, is_harmless, keys};

const SCHEMA: &str =
    r#"{"type": "object", "properties": {"n": {"type": "number", "maximum": 1}}, "required": ["n"]}"#;

/// Responses to judge: two good, one broken by its value, one by its syntax, one not given.
fn world() -> World {
    let world = World::with_dataset();
    let answers = ["{\"n\": 1}", "{\"n\": 0.5}", "{\n \"n\": 1.2}", "{\"n\": 1,}"];
    let mut lines: Vec<String> = answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            json!({"prompt": format!("p{at}"), "responses": [answer], "tags": {"intent": ["refund"]}})
                .to_string()
        })
        .collect();
    lines.push(json!({"prompt": "p4"}).to_string());
    lines.push(json!({"prompt": "p5", "responses": ["no"], "status": "discarded"}).to_string());
    world.write("a.jsonl", lines.join("\n"));
    world.write("schema.json", SCHEMA);
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    world
}

#[test]
fn a_contract_is_set_shown_and_taken_away() {
    let world = world();
    let run = world.run(&["contract", "d.goldset"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""));
    assert!(run.err.contains("there is no contract; --propose"), "{}", run.err);
    assert_eq!(world.ok(&["contract", "d.goldset", "--set", "schema.json"]), "set the contract\n");
    let run = world.run(&["contract", "d.goldset"]);
    let shown: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(shown, json!({"schema": serde_json::from_str::<Value>(SCHEMA).unwrap()}));
    assert_eq!(run.err, "2 of 4 responses break the contract; --test lists what breaks it\n");
    let whole = world.json(&["contract", "d.goldset", "--json"]);
    assert_eq!(
        keys(&whole),
        ["contract", "examples", "others", "judged", "not_judged", "broken", "broken_examples", "by_rule"]
    );
    assert_eq!((&whole["judged"], &whole["broken"]), (&json!(4), &json!(2)));
    assert_eq!(whole["by_rule"], json!({"schema": 2}));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(world.json(&["contract", "d.goldset", "--json"]), json!({"contract": null}));
    world.ok(&["redo", "d.goldset"]);
    assert_eq!(world.ok(&["contract", "d.goldset", "--clear"]), "took the contract away\n");
    assert_eq!(world.json(&["contract", "d.goldset", "--json"]), json!({"contract": null}));
}

#[test]
fn what_is_shown_can_be_set_again() {
    let world = world();
    world.ok(&["contract", "d.goldset", "--set", "schema.json", "--max-tokens", "50"]);
    let shown = world.ok(&["contract", "d.goldset"]);
    world.ok(&["contract", "d.goldset", "--clear"]);
    let run = world.run_with_input(&["contract", "d.goldset", "--set", "-"], shown.clone());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(world.ok(&["contract", "d.goldset"]), shown);
    let run = world.run_with_input(&["contract", "d.goldset", "--set", "-"], shown);
    assert_eq!(run.out, "nothing to change: it is so already\n");
}

#[test]
fn parts_are_changed_one_by_one() {
    let world = world();
    let set = |arguments: &[&str]| {
        world.ok(&[&["contract", "d.goldset"], arguments].concat());
        world.json(&["contract", "d.goldset", "--json"])["contract"].clone()
    };
    assert_eq!(
        set(&["--max-tokens", "9", "--must", "^x", "--must", "y"])["must_match"].as_array().unwrap().len(),
        2
    );
    let contract =
        set(&["--min-tokens", "2", "--must-not", "-z", "--only", "intent:refund", "--allow", "a", "b c"]);
    assert_eq!(
        contract,
        json!({
            "only": {"intent": ["refund"]},
            "must_match": [{"pattern": "^x"}, {"pattern": "y"}], "must_not_match": [{"pattern": "-z"}],
            "allowed": ["a", "b c"], "tokens": {"min": 2, "max": 9},
        })
    );
    assert_eq!(
        set(&["--schema", "schema.json", "--drop", "must", "--drop", "tokens"]).as_object().unwrap().len(),
        4
    );
    let dropped = ["schema", "must", "must-not", "allow", "only", "characters", "tokens"];
    let dropped: Vec<&str> = dropped.iter().flat_map(|part| ["--drop", part]).collect();
    let refused = world.refused(&[&["contract", "d.goldset"], dropped.as_slice()].concat());
    assert!(refused.contains("asks for nothing; --clear"), "{refused}");
}

#[test]
fn a_contract_that_can_not_be_judged_by_is_refused_and_nothing_changes() {
    let world = world();
    world.ok(&["contract", "d.goldset", "--set", "schema.json"]);
    let before = world.ok(&["contract", "d.goldset"]);
    world.write("bad.json", r#"{"must_match": ["a", "(b"]}"#);
    world.write("remote.json", r#"{"$ref": "https://example.com/s.json"}"#);
    world.write("bad.toml", "must_match = [\n");
    for (arguments, sentence) in [
        (vec!["--set", "bad.json"], "must_match[1]: “(b” is no regular expression: unclosed group"),
        (vec!["--set", "remote.json"], "a contract fetches nothing"),
        (
            vec!["--set", "bad.toml"],
            "bad.toml, line 1, column 15: it is no TOML from here on: unclosed array",
        ),
        (vec!["--set", "none.json"], "none.json: "),
        (vec!["--min-tokens", "9", "--max-tokens", "3"], "tokens: the least (9) is more than the most (3)"),
        (vec!["--only", "refund"], "as in task:sql"),
        (vec!["--must", "("], "must_match[0]"),
        (vec!["--test", "--clear"], "cannot be used with"),
        (vec!["--test", "--must", "a"], "cannot be used with"),
        (vec!["--accept"], "--propose"),
        (vec!["--clear", "--where", "x"], "cannot be used with"),
    ] {
        let refused = world.refused(&[&["contract", "d.goldset"], arguments.as_slice()].concat());
        assert!(refused.contains(sentence), "{arguments:?}: {refused}");
    }
    assert_eq!(world.ok(&["contract", "d.goldset"]), before);
}

#[test]
fn a_test_lists_what_breaks_the_contract() {
    let world = world();
    assert!(world.refused(&["contract", "d.goldset", "--test"]).contains("d.goldset has no contract"));
    world.ok(&["contract", "d.goldset", "--set", "schema.json"]);
    let run = world.run(&["contract", "d.goldset", "--test"]);
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines,
        [
            "      #  resp  rule               place  what is wrong",
            "     #3     1  schema               2:7  n: 1.2 is more than 1",
            "     #4     1  schema               1:8  not JSON: there is nothing between this comma and “}”",
        ]
    );
    assert_eq!(run.err, "2 of 4 responses break the contract\n");
    let found = world.run(&["contract", "d.goldset", "--test", "--json", "--where", "#3"]).lines();
    assert_eq!(found.len(), 1);
    assert_eq!(
        keys(&found[0]),
        ["number", "id", "response", "rule", "path", "line", "column", "start", "end", "sentence"]
    );
    assert_eq!(
        (&found[0]["path"], &found[0]["start"], &found[0]["end"]),
        (&json!("n"), &json!(8), &json!(11))
    );
    let run = world.run(&["contract", "d.goldset", "--test", "--where", "#1"]);
    assert_eq!((run.code, run.err.as_str()), (0, "the one response keeps to the contract\n"));
    assert_eq!(world.run(&["contract", "d.goldset", "--test", "--where", "status:discarded"]).code, 1);
    world.ok(&["contract", "d.goldset", "--only", "intent:cancel"]);
    let run = world.run(&["contract", "d.goldset", "--test"]);
    assert_eq!(
        (run.code, run.err.as_str()),
        (0, "there is no response to judge; it is not for 5 examples\n")
    );
}

#[test]
fn a_proposal_can_be_piped_into_set() {
    let world = world();
    let filter = "id:1..3 intent:refund";
    let run = world.run(&["contract", "d.goldset", "--propose", "--closed", "--where", filter]);
    assert_eq!(run.code, 0, "{}", run.err);
    let proposed: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(proposed["only"], json!({"intent": ["refund"]}));
    assert_eq!(
        proposed["schema"]["properties"]["n"],
        json!({"type": "number", "$comment": "seen: 0.5 to 1.2"})
    );
    assert_eq!(proposed["schema"]["additionalProperties"], false);
    assert!(
        run.err.contains("from 3 responses: 3 are JSON, 0 not") && run.err.contains("all of them keep"),
        "{}",
        run.err
    );
    let run = world.run_with_input(&["contract", "d.goldset", "--set", "-"], run.out);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(world.json(&["contract", "d.goldset", "--json"])["contract"], proposed);
    let figures = world.json(&["contract", "d.goldset", "--propose", "--json", "--where", "id:1..3"]);
    assert_eq!(
        (&figures["responses"], &figures["are_json"], &figures["broken"]),
        (&json!(3), &json!(3), &json!(0))
    );
    assert_eq!(
        world.ok(&["contract", "d.goldset", "--propose", "--accept", "--where", "id:1..3"]),
        "set the contract\n"
    );
    let refused = world.refused(&["contract", "d.goldset", "--propose", "--where", "#5"]);
    assert!(refused.contains("no response to propose"), "{refused}");
}

#[test]
fn a_contract_travels_with_a_copy_and_a_broken_one_is_a_reject() {
    let world = world();
    world.ok(&["contract", "d.goldset", "--set", "schema.json"]);
    world.ok(&["export", "d.goldset", "--format", "goldset", "-o", "copy.jsonl"]);
    world.ok(&["new", "e.goldset"]);
    world.ok(&["import", "e.goldset", "copy.jsonl"]);
    assert_eq!(world.ok(&["contract", "e.goldset"]), world.ok(&["contract", "d.goldset"]));
    world.write("bad.jsonl", "{\"goldset\":1,\"contract\":{\"must_match\":[\"(\"]}}\n{\"prompt\":\"x\"}\n");
    world.ok(&["new", "f.goldset"]);
    let report = world.json(&["import", "f.goldset", "bad.jsonl", "--format", "goldset", "--json"]);
    assert_eq!((&report["imported"], &report["rejected"]), (&json!(1), &json!(1)));
    assert!(report["reasons"].to_string().contains("is no regular expression: unclosed group"), "{report}");
}

#[test]
fn hostile_text_in_a_response_or_a_contract_is_shown_and_not_obeyed() {
    let world = World::with_dataset();
    let hostile = "\u{1b}[2J\u{202e}x\u{200b}";
    world.write(
        "a.jsonl",
        json!({"prompt": "p", "responses": [json!({hostile: hostile}).to_string()]}).to_string(),
    );
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    world.write(
        "c.json",
        json!({"schema": {"additionalProperties": {"const": hostile.repeat(2)}}}).to_string(),
    );
    world.ok(&["contract", "d.goldset", "--set", "c.json"]);
    let run = world.run(&["contract", "d.goldset", "--test"]);
    assert_eq!(run.code, 1);
    assert!(is_harmless(&run.out) && is_harmless(&run.err), "{:?} {:?}", run.out, run.err);
}

#[test]
fn the_demo_has_a_contract_that_three_responses_break() {
    let world = World::new();
    world.ok(&["demo"]);
    let demo = world.path("home/data/goldset/demo.goldset");
    let run = world.run(&["contract", demo.to_str().unwrap(), "--test", "--json"]);
    assert_eq!(run.code, 1);
    let found = run.lines();
    let sentences: Vec<&str> =
        found.iter().map(|violation| violation["sentence"].as_str().unwrap()).collect();
    assert_eq!(
        sentences,
        [
            "not JSON: there is nothing between this comma and “]”",
            "confidence: 1.2 is more than 1",
            "not JSON: the text ends inside a string: its closing quote is missing",
        ]
    );
}
