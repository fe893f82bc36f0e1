//! `goldset log`, `undo`, `redo` and `verify`, each in a process of its own.

use serde_json::json;

use crate::support::{SFT, World, keys, sql};

#[test]
fn undo_and_redo_reach_across_processes() {
    let world = World::with_examples();
    let whole = world.ok(&["export", "d.goldset", "--format", "goldset"]);
    assert_eq!(world.ok(&["undo", "d.goldset"]), "undid: imported 4 examples from 2 files\n");
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 0);
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
    assert_eq!(world.ok(&["redo", "d.goldset"]), "redid: imported 4 examples from 2 files\n");
    assert_eq!(world.ok(&["export", "d.goldset", "--format", "goldset"]), whole);
    assert_eq!(world.ok(&["list", "d.goldset", "--where", "refund"]).lines().count(), 2, "search knows them");
    assert!(world.refused(&["redo", "d.goldset"]).contains("nothing of ana's to redo"));
}

#[test]
fn the_log_shows_the_words_that_changed_and_earlier_texts_are_restored() {
    let world = World::with_examples();
    let path = world.path("d.goldset");
    let import = world.run(&["log", "d.goldset", "--json"]).lines()[0]["action"].as_i64().unwrap();
    let shown = world.ok(&["show", "d.goldset", "1"]);
    // As another program would: it becomes an action of its own.
    sql(
        &path,
        "UPDATE prompt SET messages = replace(messages, '\"content\":\"', '\"content\":\"Dear \\u001b[31m all, ') WHERE example_id = 1",
    );
    assert!(world.refused(&["restore", "d.goldset", "1", "--to", "99"]).contains("there is no action “99”"));
    let log = world.ok(&["log", "d.goldset", "--example", "1", "--diff"]);
    assert!(log.contains("{+Dear ␛[31m all, +}"), "{log}");
    assert_eq!(
        world.ok(&["restore", "d.goldset", "1", "--to", &import.to_string()]).get(..14),
        Some("restored #1 as")
    );
    assert_eq!(world.ok(&["show", "d.goldset", "1"]), shown);
    let line = &world.run(&["log", "d.goldset", "--example", "#1", "--diff", "--json"]).lines()[0];
    assert_eq!(line["verb"], "restore");
    assert_eq!(line["texts"][0]["became"], "changed");
    world.ok(&["undo", "d.goldset"]);
    assert!(world.ok(&["show", "d.goldset", "1"]).contains("Dear"));
    assert!(world.refused(&["restore", "d.goldset", "77", "--to", "1"]).contains("there is no example 77"));
}

#[test]
fn an_undo_is_of_ones_own_actions() {
    let world = World::with_examples();
    let error = world.refused(&["undo", "d.goldset", "--as", "bo"]);
    assert_eq!(
        error,
        "goldset: there is nothing of bo's to undo. The last action is ana's (imported 4 examples from 2 files); \
         `goldset undo d.goldset --as ana` undoes it\n"
    );
    world.write("b.jsonl", SFT);
    world.ok(&["--as", "bo's team", "import", "d.goldset", "b.jsonl"]);
    let run = world.run(&["undo", "d.goldset"]);
    assert_eq!((run.code, run.out.as_str()), (0, "undid: imported 4 examples from 2 files\n"));
    assert_eq!(
        run.err,
        "goldset: The last action is bo's team's (imported 3 examples from b.jsonl); \
         `goldset undo d.goldset --as 'bo'\\''s team'` undoes it\n"
    );
    let run = world.run(&["undo", "d.goldset", "--as", "bo's team"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "what is one's own needs no hint");
    assert!(run.out.contains("from b.jsonl"));
    assert_eq!(world.refused(&["undo", "d.goldset"]), "goldset: there is nothing of ana's to undo\n");
}

#[test]
fn who_is_at_the_keyboard_is_what_was_said_last() {
    let world = World::with_dataset();
    world.write("a.jsonl", SFT);
    std::fs::create_dir_all(world.path("home/config/goldset")).unwrap();
    let who = |arguments: &[&str], user: Option<&str>| {
        let mut command = world.command(&[&["import", "d.goldset", "a.jsonl"], arguments].concat());
        match user {
            Some(user) => command.env("USER", user),
            None => command.env_remove("USER"),
        };
        assert!(command.output().unwrap().status.success());
        let log = world.run(&["log", "d.goldset", "--limit", "1", "--json"]);
        log.lines()[0]["annotator"].as_str().unwrap().to_owned()
    };
    assert_eq!(who(&[], None), "me");
    assert_eq!(who(&[], Some("cleo")), "cleo");
    world.write("home/config/goldset/config.toml", "annotator = \"dora\"\n");
    assert_eq!(who(&[], Some("cleo")), "dora");
    assert_eq!(who(&["--as", "emil"], Some("cleo")), "emil");
}

#[test]
fn the_log_tells_what_was_done() {
    let world = World::with_examples();
    world.ok(&["undo", "d.goldset"]);
    let out = world.ok(&["log", "d.goldset"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 3, "{out}");
    assert!(lines[1].ends_with("undid: imported 4 examples from 2 files"), "{out}");
    assert!(lines[2].contains("undone") && lines[2].contains("ana"), "{out}");
    let log = world.run(&["log", "d.goldset", "--json"]).lines();
    assert_eq!(
        keys(&log[0]),
        ["action", "id", "at", "annotator", "verb", "sentence", "mode", "target", "undone"]
    );
    assert_eq!((&log[0]["mode"], &log[0]["target"]), (&json!("undo"), &log[1]["action"]));
    assert_eq!((&log[1]["mode"], &log[1]["undone"]), (&json!("do"), &json!(true)));
    assert_eq!(world.run(&["log", "d.goldset", "--limit", "1", "--json"]).lines().len(), 1);
    world.ok(&["redo", "d.goldset"]);
    assert!(world.ok(&["log", "d.goldset", "--example", "#2"]).contains("imported 4 examples"));
    assert!(world.refused(&["log", "d.goldset", "--example", "77"]).contains("there is no example 77"));
    world.ok(&["new", "empty.goldset"]);
    assert_eq!(world.ok(&["log", "empty.goldset"]), "nothing has been done yet\n");
}

#[test]
fn verify_finds_planted_damage() {
    let world = World::with_examples();
    assert_eq!(world.ok(&["verify", "d.goldset"]), "d.goldset: all is as it should be\n");
    let well = world.json(&["verify", "d.goldset", "--json"]);
    assert_eq!(well, json!({"ok": true, "differences": []}));
    sql(
        &world.path("d.goldset"),
        "UPDATE example_count SET n = n + 1 WHERE status = 'pending' AND kind = 'sft'",
    );
    let run = world.run(&["verify", "d.goldset", "--json"]);
    assert_eq!(run.code, 1);
    let found = &run.lines()[0];
    assert_eq!(found["ok"], false);
    assert_eq!(keys(&found["differences"][0]), ["check", "what"]);
    assert_eq!(found["differences"][0]["check"], "live counts");
    let run = world.run(&["verify", "d.goldset"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("live counts"), "{}", run.out);
}

#[test]
fn reading_leaves_no_files_beside_the_dataset() {
    let world = World::with_examples();
    let names = world.names();
    for arguments in [
        vec!["stats", "d.goldset"],
        vec!["list", "d.goldset"],
        vec!["show", "d.goldset", "1"],
        vec!["log", "d.goldset"],
        vec!["verify", "d.goldset"],
    ] {
        world.ok(&arguments);
        assert_eq!(world.names(), names, "{arguments:?}");
    }
}

/// A file of the first schema, as the first release wrote it: two examples imported, one approved.
#[test]
fn an_older_dataset_is_brought_up_to_date_with_its_history_and_a_copy_beside_it() {
    let world = World::new();
    let packed = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/schema1.goldset.zst");
    let bytes = zstd::decode_all(std::fs::File::open(packed).unwrap()).unwrap();
    std::fs::write(world.path("old.goldset"), &bytes).unwrap();
    assert_eq!(world.json(&["stats", "old.goldset", "--json"])["examples"], 2);
    assert!(world.path("old.goldset.v1.bak").exists());
    assert_eq!(world.ok(&["undo", "old.goldset"]), "undid: called #1 approved\n");
    assert_eq!(world.ok(&["redo", "old.goldset"]), "redid: called #1 approved\n");
    assert_eq!(world.json(&["verify", "old.goldset", "--json"])["ok"], true);
    world.ok(&["undo", "old.goldset"]);
    assert_eq!(world.ok(&["undo", "old.goldset"]), "undid: imported 2 examples from a.jsonl\n");
}
