//! `goldset list`, `show`, `stats`, `formats`, `keys` and `completions`.

use serde_json::{Value, json};

use crate::support::{World, is_harmless, keys};

/// What a hostile record may try: move the cursor, set the clipboard, reorder, hide.
const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{202e}drows\u{202c}ssap\u{200b}\u{feff}\r\0 end";

#[test]
fn a_list_is_a_table_that_fits() {
    let world = World::with_examples();
    let out = world.ok(&["list", "d.goldset"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 5);
    assert!(lines[0].ends_with("question"), "{out}");
    assert!(lines[1].contains("#1  ") && lines[1].ends_with("Where is my refund?"), "{out}");
    for columns in ["30", "60", "80", "200"] {
        let output = world.command(&["list", "d.goldset"]).env("COLUMNS", columns).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= columns.parse().unwrap(), "{columns}:\n{text}");
    }
}

#[test]
fn a_list_is_cut_where_it_is_asked_to_be() {
    let world = World::with_dataset();
    world.write("a.jsonl", crate::support::SFT.repeat(30));
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    let run = world.run(&["list", "d.goldset"]);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (51, "… and 40 more (--limit 0 shows all)\n"));
    assert_eq!(world.ok(&["list", "d.goldset", "--limit", "3"]).lines().count(), 4);
    assert_eq!(world.ok(&["list", "d.goldset", "--limit", "0"]).lines().count(), 91);
    assert_eq!(world.ok(&["list", "d.goldset", "--json"]).lines().count(), 90);
    assert_eq!(world.ok(&["list", "d.goldset", "--json", "--limit", "7"]).lines().count(), 7);
    let run = world.run(&["list", "d.goldset", "--where", "zebra"]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (0, "", "no example fits\n"));
}

#[test]
fn an_example_is_shown_whole() {
    let world = World::with_examples();
    let out = world.ok(&["show", "d.goldset", "4"]);
    for part in
        ["#4  preference, ", "user\n  Late fees?\n", "response 1\n  2 a day.\n", "response 2\n", "  1 > 2\n"]
    {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    assert_eq!(world.ok(&["show", "d.goldset", "#4"]), out);
    let example = world.json(&["show", "d.goldset", "4", "--json"]);
    assert_eq!(example["number"], 4);
    assert_eq!(&keys(&example)[..4], ["number", "id", "kind", "status"]);
    assert_eq!(example["prompt"]["messages"][0]["content"], "Late fees?");
    let id = example["id"].as_str().unwrap();
    assert_eq!(world.ok(&["show", "d.goldset", id]), out);
    assert!(world.refused(&["show", "d.goldset", "99"]).contains("there is no example 99"));
    assert!(world.refused(&["show", "d.goldset", "x"]).contains("there is no example x"));
    let listed = world.run(&["list", "d.goldset", "--where", "#4", "--json"]).lines();
    assert_eq!(listed, [example]);
}

#[test]
fn text_from_a_dataset_is_shown_and_not_obeyed() {
    let world = World::with_dataset();
    let record = json!({
        "prompt": {"messages": [{"role": "user", "content": HOSTILE, "name": HOSTILE}]},
        "responses": [{"author": {"name": HOSTILE, "kind": "model"}, "messages": [{"role": "assistant", "content": HOSTILE}]}],
        "note": HOSTILE, "tags": {"topic": [HOSTILE]}, "flags": [{"kind": "other", "note": HOSTILE, "by": HOSTILE}],
        "metadata": {"x": HOSTILE},
    });
    let name = "a\u{1b}[31m\u{202e}.jsonl";
    world.write(name, format!("{record}\n{{\"prompt\": {}}}\n", json!({"messages": HOSTILE})));
    let run = world.run(&["import", "d.goldset", name]);
    assert_eq!(run.code, 1);
    assert!(is_harmless(&run.out) && is_harmless(&run.err), "{:?} {:?}", run.out, run.err);
    for arguments in [
        vec!["list", "d.goldset"],
        vec!["show", "d.goldset", "1"],
        vec!["stats", "d.goldset"],
        vec!["log", "d.goldset"],
    ] {
        let wide = world.command(&arguments).env("COLUMNS", "200").output().unwrap();
        let text = String::from_utf8(wide.stdout).unwrap();
        assert!(is_harmless(&text), "{arguments:?}: {text:?}");
        assert!(text.contains('␛') || text.contains("<U+"), "{arguments:?}: {text:?}");
    }
    let filter = format!("status:{}", &HOSTILE[..4]);
    for arguments in [
        vec!["list", "d.goldset", "--where", &filter],
        vec!["show", "d.goldset", "\u{1b}[2J"],
        vec!["stats", "\u{1b}[2J\u{202e}.goldset"],
        vec!["\u{1b}[2J"],
        vec!["list", "d.goldset", "--\u{1b}[2J"],
    ] {
        let error = world.refused(&arguments);
        assert!(is_harmless(&error), "{error:?}");
    }
    let exact = world.json(&["show", "d.goldset", "1", "--json"]);
    assert_eq!(exact["prompt"]["messages"][0]["content"], HOSTILE, "JSON says exactly what is there");
}

#[test]
fn stats_count_everything() {
    let world = World::with_examples();
    world.write("a.jsonl", crate::support::SFT);
    world.ok(&["import", "d.goldset", "a.jsonl", "--status", "approved", "--tag", "intent=refund"]);
    let stats = world.json(&["stats", "d.goldset", "--json"]);
    assert_eq!(
        keys(&stats),
        [
            "examples",
            "kept",
            "usable",
            "trainable",
            "by_status",
            "by_kind",
            "by_split",
            "facets",
            "derived",
            "flags",
            "annotators",
            "models",
            "gauges"
        ]
    );
    assert_eq!(stats["examples"], 7);
    assert_eq!(stats["by_status"]["approved"], 3);
    assert_eq!(keys(&stats["by_status"]), ["pending", "draft", "submitted", "approved", "discarded"]);
    assert_eq!(stats["by_kind"], json!({"sft": 6, "preference": 1}));
    assert_eq!(stats["by_split"], json!({"train": 0, "validation": 0, "test": 0, "none": 7}));
    let refund = &stats["facets"][0]["values"][0];
    assert_eq!(keys(refund), ["name", "target", "share", "examples", "usable", "by_status"]);
    assert_eq!((&refund["target"], &refund["usable"]), (&json!(3), &json!(3)));
    assert_eq!(keys(&stats["flags"][0]), ["kind", "open", "resolved"]);
    assert!(stats["annotators"].as_array().unwrap().iter().all(|one| one["rankings"].is_u64()));
    let out = world.ok(&["stats", "d.goldset"]);
    assert!(out.starts_with("d.goldset: 7 examples, 6 usable"), "{out}");
    assert!(out.contains("intent:refund         3       3       3"), "{out}");
}

#[test]
fn formats_are_listed() {
    let world = World::new();
    let formats = world.json(&["formats", "--json"]);
    let formats = formats["formats"].as_array().unwrap();
    let fields =
        ["id", "title", "about", "reads", "writes", "container", "carries", "checked", "rules", "limits"];
    assert_eq!(keys(&formats[0]), fields);
    let chat = formats.iter().find(|format| format["id"] == "openai-chat").unwrap();
    assert_eq!(
        (&chat["reads"], &chat["writes"], &chat["container"]),
        (&json!(true), &json!(true), &json!("jsonl"))
    );
    let out = world.ok(&["formats"]);
    assert!(out.contains("openai-chat  "));
    assert!(out.lines().all(|line| line.chars().count() <= 80), "{out}");
}

#[test]
fn keys_are_those_of_the_keymap_in_force() {
    let world = World::new();
    let of = |arguments: &[&str]| world.json(&[&["keys", "--json"], arguments].concat());
    let default = of(&[]);
    assert_eq!(default["keymap"], "default");
    assert_eq!(keys(&default["keys"][0]), ["context", "keys", "command", "title", "help"]);
    assert_ne!(of(&["--keymap", "emacs"])["keys"], default["keys"]);
    let rank = of(&["--context", "rank"]);
    assert!(rank["keys"].as_array().unwrap().iter().all(|row| row["context"] == "rank"));
    assert!(world.ok(&["keys", "--context", "rank"]).starts_with("Rank [rank]\n"));
    assert!(world.ok(&["keys", "--markdown"]).contains("| key | does | command |"));
    assert!(world.refused(&["keys", "--keymap", "nano"]).contains("vim"));
    world.refused(&["keys", "--context", "nowhere"]);

    std::fs::create_dir_all(world.path("settings")).unwrap();
    world.write("settings/config.toml", "keymap = \"vim\"\n");
    world.write("settings/keys.toml", "[rank]\n\"Z\" = \"no.such-command\"\n");
    let run = |arguments: &[&str]| {
        let output =
            world.command(arguments).env("GOLDSET_CONFIG_DIR", world.path("settings")).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, out, err) = run(&["keys", "--json"]);
    let keys: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &keys["keymap"]), (Some(1), &json!("vim")));
    assert!(err.contains("keys.toml, line 2: “no.such-command” is not a command"), "{err}");
}

#[test]
fn settings_that_can_not_be_read_are_told_with_their_place() {
    let world = World::new();
    std::fs::create_dir_all(world.path("settings")).unwrap();
    for (text, sentence) in [
        ("annotator = \"bo\"\nkeymap = \"nano\"\n", "config.toml, line 2: there is no keymap “nano”"),
        ("annotator = 3\n", "config.toml, line 1: "),
    ] {
        world.write("settings/config.toml", text);
        let output =
            world.command(&["keys"]).env("GOLDSET_CONFIG_DIR", world.path("settings")).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains(sentence), "{err}");
    }
    // What only means nothing stops nobody.
    world.write("settings/config.toml", "anotator = \"bo\"\n");
    let output = world.command(&["keys"]).env("GOLDSET_CONFIG_DIR", world.path("settings")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8(output.stderr).unwrap().contains("“anotator” means nothing here"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = world.ok(&["completions", shell]);
        assert!(script.contains("goldset") && script.contains("import"), "{shell}");
    }
    assert!(world.refused(&["completions", "tcsh"]).contains("bash"));
}
