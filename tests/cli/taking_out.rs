//! `goldset export`.

use serde_json::{Value, json};

use crate::support::{World, keys};

/// Every example of a dataset of a handful: the services want ten.
const FEW: &[&str] = &["--allow", "records"];

fn export<'a>(format: &'a str, extra: &[&'a str]) -> Vec<&'a str> {
    [&["export", "d.goldset", "--format", format], FEW, extra].concat()
}

#[test]
fn an_export_writes_and_tells_what_it_left_out() {
    let world = World::with_examples();
    let run = world.run(&export("openai-chat", &["-o", "out.jsonl"]));
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{}", run.err);
    let told = "wrote 3 records of 3 examples to out.jsonl (openai-chat), kept as export 1\n";
    assert!(run.err.starts_with(told), "{}", run.err);
    assert!(run.err.contains("not asked for, by their status: 1 pending"), "{}", run.err);
    assert!(run.err.contains("rankings"), "{}", run.err);
    let lines = world.read("out.jsonl");
    let record: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(record["messages"][1]["content"], "On its way.");
    let again = world.run(&export("openai-chat", &[]));
    assert_eq!(again.out, lines, "the standard output gets the same bytes");
}

#[test]
fn nothing_is_left_out_unless_that_was_said() {
    let world = World::with_examples();
    let names = world.names();
    let asked = ["--status", "all", "-o", "out.jsonl"];
    let run = world.run(&export("openai-chat", &asked));
    assert_eq!(run.code, 1, "one example has no response");
    assert!(run.err.starts_with("nothing was written: 1 of 4 examples do not hold\n"), "{}", run.err);
    assert!(run.err.contains("          1  missing: no response\n             #3\n"), "{}", run.err);
    assert_eq!(world.names(), names);
    let run = world.run(&export("openai-chat", &[&asked[..], &["--skip-invalid"]].concat()));
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.err.contains("wrote 3 records")
            && run.err.contains("left out, because they do not hold: 1 example")
    );
    assert_eq!(world.read("out.jsonl").lines().count(), 3);
}

#[test]
fn too_few_records_stand_in_the_way() {
    let world = World::with_examples();
    let run = world.run(&["export", "d.goldset", "--format", "openai-chat", "-o", "out.jsonl", "--json"]);
    assert_eq!(run.code, 1);
    let failures = &run.lines()[0]["failures"];
    assert_eq!((&failures[0]["rule"], &failures[0]["examples"]), (&json!("records"), &json!(0)));
    assert!(!world.path("out.jsonl").exists());
}

#[test]
fn a_mend_makes_what_does_not_hold_go_out_and_leaves_the_dataset_as_it_is() {
    let world = World::with_dataset();
    let turns = |roles: &[&str]| {
        let turns: Vec<Value> = roles.iter().map(|role| json!({"role": role, "content": *role})).collect();
        json!({ "messages": turns }).to_string()
    };
    let lines = [turns(&["user", "user", "assistant"]), turns(&["user", "assistant"])].join("\n");
    world.write("a.jsonl", lines);
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    let run = world.run(&export("alpaca", &["--json"]));
    assert_eq!(run.code, 1);
    let failure = &run.lines()[0]["failures"][0];
    assert_eq!((&failure["rule"], &failure["places"][0]["number"]), (&json!("alternate"), &json!(1)));
    assert_eq!(failure["places"][0]["what"], "prompt[1] is a second user turn in a row");
    assert!(failure["mends"].as_array().unwrap().contains(&json!("merge-turns")));
    let run = world.run(&export("alpaca", &["--mend", "merge-turns"]));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("1  merge-turns"), "{}", run.err);
    assert!(run.out.contains("user\\n\\nuser"), "{}", run.out);
    assert_eq!(
        world.run(&["list", "d.goldset", "--json"]).lines()[0]["prompt"]["messages"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let world = World::with_examples();
    let names = world.names();
    let run = world.run(&export("openai-chat", &["--dry-run", "-o", "out.jsonl"]));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.starts_with("would write 3 records of 3 examples"), "{}", run.err);
    assert_eq!((world.names(), run.out.as_str()), (names, ""));
    assert_eq!(world.ok(&["exports", "d.goldset"]), "nothing has been exported yet\n");
}

#[test]
fn an_export_is_kept_and_made_again_byte_for_byte() {
    let world = World::with_examples();
    world.ok(&export("openai-chat", &["-o", "out.jsonl", "--where", "refund"]));
    let kept = &world.json(&["exports", "d.goldset", "--json"])["exports"][0];
    assert_eq!(
        (&kept["number"], &kept["records"], &kept["annotator"]),
        (&json!(1), &json!(1), &json!("ana"))
    );
    assert_eq!((&kept["plan"]["filter"], &kept["files"][0]["name"]), (&json!("refund"), &json!("out.jsonl")));
    let bytes = std::fs::read(world.path("out.jsonl")).unwrap();
    let run = world.run(&["export", "d.goldset", "--again", "1", "-o", "again.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("the same bytes as export 1"), "{}", run.err);
    assert_eq!(std::fs::read(world.path("again.jsonl")).unwrap(), bytes);
    assert_eq!(world.run(&["diff", "d.goldset", "1"]).code, 0);
    world.ok(&["set", "d.goldset", "1", "--note", "later"]);
    let changed = world.run(&["diff", "d.goldset", "1", "--json"]);
    assert_eq!(changed.code, 1);
    assert_eq!(changed.lines()[0]["examples"], json!([{"number": 1, "what": ["prompt or note"]}]));
    world.write("more.jsonl", json!({"instruction": "refund?", "output": "yes"}).to_string());
    world.ok(&["import", "d.goldset", "more.jsonl"]);
    let run = world.run(&["export", "d.goldset", "--again", "1"]);
    assert!(run.err.contains("not the bytes of export 1: 2 examples changed since"), "{}", run.err);
    assert_eq!(world.json(&["exports", "d.goldset", "--json"])["exports"].as_array().unwrap().len(), 3);
    let refused = world.refused(&["export", "d.goldset", "--again", "9"]);
    assert!(refused.contains("there is no export 9"), "{refused}");
}

#[test]
fn a_folder_gets_a_file_for_each_split_with_a_card_and_a_manifest() {
    let world = World::with_examples();
    world.ok(&["set", "d.goldset", "1", "--split", "test"]);
    world.ok(&export("openai-chat", &["-o", "data/", "--card", "--manifest"]));
    assert_eq!(world.read("data/train.jsonl").lines().count(), 2);
    assert_eq!(world.read("data/test.jsonl").lines().count(), 1);
    let manifest: Value = serde_json::from_str(&world.read("data/dataset.manifest.json")).unwrap();
    let names: Vec<&str> =
        manifest["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["test.jsonl", "train.jsonl", "dataset.card.md"]);
    let card = world.read("data/dataset.card.md");
    for heading in ["# d", "## Files", "## How it was chosen", "## What is in it", "## Limits"] {
        assert!(card.contains(heading), "{card}");
    }
    let hash = manifest["files"][1]["sha256"].as_str().unwrap();
    assert!(card.contains(hash) && hash.len() == 64, "{card}");
}

#[test]
fn a_folder_is_not_left_with_files_that_do_not_fit_together() {
    let world = World::with_examples();
    world.ok(&["set", "d.goldset", "1", "--split", "test"]);
    world.ok(&export("openai-chat", &["-o", "data/"]));
    world.ok(&["set", "d.goldset", "1", "--split", "train"]);
    let before = world.read("data/train.jsonl");
    let refused = world.refused(&export("openai-chat", &["-o", "data/"]));
    assert!(refused.contains("data/ holds test.jsonl of another export"), "{refused}");
    assert_eq!(world.read("data/train.jsonl"), before);
}

#[test]
fn entries_are_added_to_what_a_trainer_has_or_nothing_is_written() {
    let world = World::with_examples();
    world.write("dataset_info.json", "[1]");
    let arguments = export("llamafactory-alpaca", &["-o", "mine.jsonl"]);
    let refused = world.refused(&arguments);
    assert!(refused.contains("dataset_info.json is there already, and is no JSON object"), "{refused}");
    assert!(!world.path("mine.jsonl").exists());
    world.write("dataset_info.json", r#"{"theirs": {"file_name": "theirs.json"}}"#);
    world.ok(&arguments);
    let info: Value = serde_json::from_str(&world.read("dataset_info.json")).unwrap();
    assert_eq!(
        (&info["theirs"]["file_name"], &info["mine"]["file_name"]),
        (&json!("theirs.json"), &json!("mine.jsonl"))
    );
}

#[test]
fn verdicts_of_one_side_stand_in_the_way() {
    let world = World::with_dataset();
    let record = |label: bool| {
        json!({"prompt": [{"role": "user", "content": "q"}],
               "completion": [{"role": "assistant", "content": "a"}], "label": label})
        .to_string()
    };
    world.write("kto.jsonl", [record(true), record(false)].join("\n"));
    world.ok(&["import", "d.goldset", "kto.jsonl"]);
    let run = world.run(&export("trl-unpaired", &["--json"]));
    assert_eq!((run.code, &run.lines()[0]["failures"][0]["rule"]), (1, &json!("verdicts")));
    let run = world.run(&export("trl-unpaired", &["--status", "all"]));
    assert_eq!(run.code, 0, "{}", run.err);
    let labels: Vec<Value> = run.lines().iter().map(|record| record["label"].clone()).collect();
    assert_eq!(labels, [json!(true), json!(false)]);
    let refused = world.refused(&export("trl-unpaired", &["--allow", "typo"]));
    assert!(refused.contains("there is no rule “typo” that could be let pass"), "{refused}");
}

#[test]
fn balancing_gives_each_kind_its_number_and_the_same_ones_every_time() {
    let world = World::with_dataset();
    for (kind, n) in [("refund", 7), ("cancel", 3)] {
        let record = |at: usize| json!({"instruction": format!("{kind} {at}"), "output": "yes"}).to_string();
        let records: Vec<String> = (0..n).map(record).collect();
        world.write("a.jsonl", records.join("\n"));
        world.ok(&["import", "d.goldset", "a.jsonl", "--tag", &format!("intent={kind}")]);
    }
    let balanced = |how: &str| {
        let run = world.run(&export("alpaca", &["--balance", how]));
        assert_eq!(run.code, 0, "{}", run.err);
        let count = |kind: &str| run.out.matches(&format!("\"{kind} ")).count();
        ((count("refund"), count("cancel")), run.out.clone())
    };
    assert_eq!(balanced("intent=cap:4").0, (4, 3));
    assert_eq!(balanced("intent=under").0, (3, 3));
    assert_eq!(balanced("intent=over").0, (7, 7));
    assert_eq!(balanced("intent=refund:1,cancel:1").0, (3, 3));
    assert_eq!(balanced("intent=under@1").1, balanced("intent=under@1").1);
    // three of seven: one seed in 35 chooses the same ones by chance
    let first = balanced("intent=under@1").1;
    assert!((2..10).any(|seed| balanced(&format!("intent=under@{seed}")).1 != first));
    let refused = world.refused(&export("alpaca", &["--balance", "size=under"]));
    assert!(refused.contains("there is no facet “size” to balance by; there are: intent"), "{refused}");
}

#[test]
fn the_report_is_json_where_the_examples_are_not() {
    let world = World::with_examples();
    let arguments = export("openai-preference", &["--json"]);
    let run = world.run(&[&arguments[..], &["-o", "out.jsonl"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let report = &run.lines()[0];
    assert_eq!(
        keys(report),
        [
            "format",
            "file",
            "examples",
            "written",
            "records",
            "invalid",
            "failures",
            "mended",
            "left_out",
            "other_statuses",
            "balanced",
            "files",
            "number",
            "first"
        ]
    );
    assert_eq!(
        (&report["examples"], &report["records"], &report["failures"]),
        (&json!(1), &json!(1), &json!([])),
        "pairs are made of what is to be ranked"
    );
    let run = world.run(&arguments);
    let report: Value = serde_json::from_str(&run.err).unwrap();
    assert_eq!(report["file"], Value::Null);
    assert_eq!(run.lines().len(), 1);
}

#[test]
fn fields_from_elsewhere_are_written_where_they_are_asked_for() {
    let world = World::with_dataset();
    world.write(
        "a.jsonl",
        json!({"instruction": "q", "output": "a", "source": "mail", "label": 1}).to_string(),
    );
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    let written = |format: &str, extra: &[&str]| {
        let run = world.run(&export(format, extra));
        (run.lines().remove(0), run.err)
    };
    let (record, report) = written("openai-chat", &[]);
    assert_eq!(keys(&record), ["messages"]);
    assert!(report.contains("1  extra fields"), "{report}");
    assert_eq!(keys(&written("openai-chat", &["--extra-fields"]).0), ["messages", "source"]);
    let table = world.ok(&["export", "d.goldset", "--format", "columns"]);
    assert_eq!(table.lines().next(), Some("prompt,response,source,label"));
}

#[test]
fn discarded_examples_stay_out_unless_they_are_asked_for() {
    let world = World::with_dataset();
    world.write("a.jsonl", crate::support::SFT);
    world.ok(&["import", "d.goldset", "a.jsonl", "--status", "discarded"]);
    world.ok(&["import", "d.goldset", "a.jsonl", "--status", "approved"]);
    let count = |extra: &[&str]| {
        let run = world.run(&export("openai-chat", &[&["--skip-invalid"], extra].concat()));
        run.out.lines().count()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--where", "refund"]), 1);
    assert_eq!(count(&["--status", "all"]), 4);
    assert_eq!(count(&["--where", "status:discarded"]), 2);
    assert_eq!(count(&["--where", "refund status:discarded,approved"]), 2);
    let copy = world.ok(&["export", "d.goldset", "--format", "goldset"]);
    assert_eq!(copy.lines().count(), 1 + 6, "a copy holds everything");
}

#[test]
fn an_export_may_be_of_one_split() {
    let world = World::with_dataset();
    let record = |split: &str| {
        json!({"split": split, "prompt": {"messages": [{"role": "user", "content": split}]},
               "responses": [{"messages": [{"role": "assistant", "content": "x"}]}]})
    };
    world.write("a.jsonl", format!("{}\n{}\n{}\n", record("train"), record("test"), record("train")));
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    let out = world.ok(&export("openai-chat", &["--split", "train", "--status", "all"]));
    assert_eq!(out.lines().count(), 2);
    assert!(
        world
            .refused(&["export", "d.goldset", "--format", "openai-chat", "--split", "dev"])
            .contains("validation")
    );
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let world = World::with_examples();
    world.write("kept.jsonl", "as it was\n");
    let names = world.names();
    let nothing = world.refused(&[
        "export",
        "d.goldset",
        "--format",
        "openai-chat",
        "-o",
        "kept.jsonl",
        "--force",
        "--where",
        "zebra",
    ]);
    assert!(nothing.contains("there is nothing to write"), "{nothing}");
    let arguments =
        export("openai-preference", &["-o", "new.jsonl", "--where", "kind:sft", "--skip-invalid"]);
    let none_fits = world.refused(&arguments);
    assert!(none_fits.contains("none of 2 examples holds (2: not ranked)"), "{none_fits}");
    assert!(
        world
            .refused(&["export", "d.goldset", "--format", "goldset", "--where", "zebra"])
            .contains("nothing to write")
    );
    let error = world.refused(&["export", "d.goldset", "--format", "goldset", "-o", "no/such/a.jsonl"]);
    assert!(error.starts_with("goldset: no/such/a.jsonl: No such file"), "{error}");
    assert!(!error.contains(".goldset-"), "{error}");
    world.refused(&["export", "d.goldset", "--format", "goldset", "-o", "."]);
    assert_eq!(world.names(), names);
    assert_eq!(world.read("kept.jsonl"), "as it was\n");
}

#[test]
fn the_name_says_what_surrounds_the_records() {
    let world = World::with_examples();
    let written = |name: &str| {
        world.ok(&export("openai-chat", &["-o", name, "--where", "refund"]));
        std::fs::read(world.path(name)).unwrap()
    };
    assert!(written("a.json").starts_with(b"[\n{"));
    assert!(written("a.jsonl.gz").starts_with(&[0x1f, 0x8b]));
    assert!(written("a.jsonl.zst").starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
    for name in ["a.json", "a.jsonl.gz", "a.jsonl.zst"] {
        assert_eq!(world.json(&["import", "d.goldset", name, "--dry-run", "--json"])["imported"], 1);
    }
}

#[test]
fn what_goes_out_as_goldset_comes_in_elsewhere_as_the_same() {
    let world = World::with_examples();
    let copy = world.ok(&["export", "d.goldset", "--format", "goldset"]);
    world.ok(&["new", "e.goldset"]);
    let run = world.run_with_input(&["import", "e.goldset", "-"], copy.clone());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(world.ok(&["export", "e.goldset", "--format", "goldset"]), copy);
}

/// Whoever reads our output may stop: `goldset export … | head -1` says nothing about it.
#[cfg(unix)]
#[test]
fn a_broken_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let world = World::with_dataset();
    world.write("a.jsonl", crate::support::SFT.repeat(3_000));
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    for arguments in [
        "export d.goldset --format goldset",
        "list d.goldset --json",
        "list d.goldset --limit 0",
        "completions zsh",
    ] {
        let program = world.command(&[]).get_program().to_owned();
        let mut child = Command::new(program)
            .args(arguments.split(' '))
            .current_dir(world.path("."))
            .env_clear()
            .env("HOME", world.path("home"))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
        assert_eq!(output.status.code(), Some(0), "{arguments}");
    }
}

#[test]
fn no_output_takes_the_place_of_a_dataset_or_of_what_is_read() {
    let world = World::new();
    world.ok(&["new", "a.goldset"]);
    world.write("in.jsonl", crate::support::SFT);
    world.ok(&["import", "a.goldset", "in.jsonl"]);
    let dataset = std::fs::read(world.path("a.goldset")).unwrap();
    let run = world.run(&["export", "a.goldset", "--format", "goldset", "-o", "a.goldset"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = world.run(&["import", "a.goldset", "in.jsonl", "--rejects", "a.goldset"]);
    assert_eq!(run.code, 2, "{}", run.err);
    let run = world.run(&["import", "a.goldset", "in.jsonl", "--rejects", "in.jsonl"]);
    assert_eq!(run.code, 2, "{}", run.err);
    assert_eq!(std::fs::read(world.path("a.goldset")).unwrap(), dataset);
    assert_eq!(std::fs::read_to_string(world.path("in.jsonl")).unwrap(), crate::support::SFT);
}

#[test]
fn a_filter_may_begin_with_a_minus() {
    let world = World::new();
    world.ok(&["new", "a.goldset"]);
    world.write("in.jsonl", crate::support::SFT);
    world.ok(&["import", "a.goldset", "in.jsonl"]);
    assert!(!world.ok(&["list", "a.goldset", "--where", "-status:discarded"]).is_empty());
}

#[test]
fn what_would_let_nothing_out_is_refused_with_what_to_do() {
    let world = World::with_examples();
    let refused = |extra: &[&str]| world.refused(&export("alpaca", extra));
    let run = world.run(&export("openai-preference", &["--max-pairs", "0"]));
    assert_eq!(run.code, 2);
    assert!(run.err.contains("--max-pairs") && run.err.contains("0 is not in 1.."), "{}", run.err);
    let cap = refused(&["--balance", "intent=cap:0"]);
    assert!(
        cap.contains("a cap of 0 would leave out every example") && cap.contains("--where intent:none"),
        "{cap}"
    );
    let shares = refused(&["--balance", "intent=refund:0"]);
    assert!(shares.contains("shares of 0 alone"), "{shares}");
    let targets = refused(&["--balance", "topic=targets"]);
    assert!(
        targets.contains("no value of topic has a target to balance by: import a line like"),
        "{targets}"
    );
    // what the sentence advises does it
    world.write(
        "t.jsonl",
        r#"{"goldset": 1, "facets": [{"name": "intent", "values": [{"name": "cancel", "target": 2}]}]}"#,
    );
    world.ok(&["import", "d.goldset", "t.jsonl"]);
    assert_eq!(world.run(&export("alpaca", &["--balance", "intent=targets"])).code, 0);
}

#[test]
fn a_rule_is_offered_to_be_let_pass_only_where_that_helps() {
    let world = World::with_examples();
    let missing = world.run(&export("openai-chat", &["--status", "all"]));
    assert!(
        missing.err.contains("no file was made; --skip-invalid leaves such examples out\n"),
        "{}",
        missing.err
    );
    let turns = json!({"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "<|im_end|>"}]});
    world.write("a.jsonl", turns.to_string());
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    let run = world.run(&export("trl-messages", &["--status", "all"]));
    assert!(run.err.contains("--allow control-tokens lets them pass\n"), "{}", run.err);
    let run = world
        .run(&export("trl-messages", &["--status", "all", "--skip-invalid", "--allow", "control-tokens"]));
    assert!(run.out.contains("<|im_end|>"), "{}", run.err);
}

#[test]
fn a_report_of_what_was_not_written_says_so() {
    let world = World::with_examples();
    let run = world.run(&export("openai-chat", &["--status", "all", "--json", "-o", "out.jsonl"]));
    let report = &run.lines()[0];
    assert_eq!(
        (run.code, &report["examples"], &report["written"], &report["records"], &report["invalid"]),
        (1, &json!(4), &json!(0), &json!(0), &json!(1))
    );
    assert_eq!((&report["first"], &report["files"]), (&Value::Null, &json!([])));
    let run = world.run(&export("openai-chat", &["--where", "zebra", "--json"]));
    let report = &run.lines()[0];
    assert_eq!((run.code, &report["examples"], &report["written"]), (2, &json!(0), &json!(0)));
    assert!(run.err.contains("there is nothing to write"), "{}", run.err);
    let skipped = export("openai-preference", &["--where", "kind:sft", "--skip-invalid", "--json"]);
    let report = world.run(&skipped).lines().remove(0);
    assert_eq!(report["failures"][0]["reason"], "not ranked");
}

#[test]
fn rules_of_the_file_are_told_together_with_those_of_examples() {
    let world = World::with_examples();
    let run = world.run(&["export", "d.goldset", "--format", "openai-chat", "--status", "all", "--json"]);
    let failures = run.lines().remove(0)["failures"].take();
    let rules: Vec<&str> =
        failures.as_array().unwrap().iter().map(|failure| failure["rule"].as_str().unwrap()).collect();
    assert_eq!((run.code, rules), (1, vec!["missing", "records"]));
    assert_eq!(failures[1]["demand"], "at least 10 records a file: there would be 4");
    world.ok(&["set", "d.goldset", "1", "--split", "test"]);
    let run =
        world.run(&["export", "d.goldset", "--format", "openai-chat", "--status", "all", "-o", "data/"]);
    assert!(
        run.err.contains("test.jsonl would have 1") && run.err.contains("train.jsonl would have 3"),
        "{}",
        run.err
    );
}

#[test]
fn files_of_splits_go_into_a_folder_and_not_into_a_file_s_name() {
    let world = World::with_examples();
    let names = world.names();
    let refused = world.refused(&export("openai-chat", &["--by-split", "-o", "x.jsonl"]));
    assert!(
        refused.contains("-o should name a folder, and x.jsonl is a file or called like one"),
        "{refused}"
    );
    assert_eq!(world.names(), names);
    std::fs::create_dir(world.path("x.jsonl")).unwrap();
    world.ok(&export("openai-chat", &["--by-split", "-o", "x.jsonl"]));
    world.ok(&export("openai-chat", &["--by-split", "-o", "data"]));
    assert!(world.path("x.jsonl/train.jsonl").exists() && world.path("data/train.jsonl").exists());
    let listed = world.run(&["exports", "d.goldset"]).out;
    assert!(listed.contains("x.jsonl/train.jsonl") && listed.contains("data/train.jsonl"), "{listed}");
}

#[test]
fn a_dataset_of_definitions_alone_can_be_copied() {
    let world = World::with_dataset();
    let run = world.run(&["export", "d.goldset", "--format", "goldset", "-o", "copy.jsonl"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.starts_with("wrote the definitions alone"), "{}", run.err);
    let copy = world.read("copy.jsonl");
    assert_eq!(copy.lines().count(), 1);
    world.ok(&["new", "e.goldset"]);
    world.ok(&["import", "e.goldset", "copy.jsonl"]);
    assert_eq!(world.ok(&["export", "e.goldset", "--format", "goldset"]), copy);
    let refused = world.refused(&export("openai-chat", &[]));
    assert!(refused.contains("there is nothing to write"), "{refused}");
    let refused = world.refused(&["export", "d.goldset", "--format", "goldset", "--where", "zebra"]);
    assert!(refused.contains("there is nothing to write"), "{refused}");
}

#[test]
fn a_file_that_no_export_made_is_written_over_only_by_force() {
    let world = World::with_examples();
    world.write("mine.jsonl", "by hand\n");
    let refused = world.refused(&export("openai-chat", &["-o", "mine.jsonl"]));
    assert!(refused.contains("mine.jsonl is there already") && refused.contains("--force"), "{refused}");
    assert_eq!(world.read("mine.jsonl"), "by hand\n");
    assert_eq!(world.run(&export("openai-chat", &["-o", "mine.jsonl", "--dry-run"])).code, 0);
    world.ok(&export("openai-chat", &["-o", "mine.jsonl", "--force"]));
    // what an export made can be made anew, unless somebody changed it since
    world.ok(&export("openai-chat", &["-o", "mine.jsonl", "--where", "refund"]));
    let made = world.read("mine.jsonl");
    world.write("mine.jsonl", format!("{made}{made}"));
    assert!(world.refused(&export("openai-chat", &["-o", "mine.jsonl"])).contains("--force"));
    std::fs::create_dir(world.path("data")).unwrap();
    world.write("data/train.jsonl", "by hand\n");
    let refused = world.refused(&export("openai-chat", &["-o", "data/"]));
    assert!(refused.contains("data/train.jsonl is there already"), "{refused}");
}
