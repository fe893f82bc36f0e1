//! `goldset export`.

use serde_json::{Value, json};

use crate::support::{World, keys};

#[test]
fn an_export_writes_and_tells_what_it_left_out() {
    let world = World::with_examples();
    let run = world.run(&["export", "d.goldset", "--format", "openai-chat", "-o", "out.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "one example has no response");
    assert!(run.err.starts_with("wrote 3 records of 3 examples to out.jsonl (openai-chat)\n"), "{}", run.err);
    assert!(run.err.contains("skipped 1 example:\n          1  no response\n"), "{}", run.err);
    assert!(run.err.contains("rankings"), "{}", run.err);
    let lines = world.read("out.jsonl");
    let record: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(record["messages"][1]["content"], "On its way.");
    let again = world.run(&["export", "d.goldset", "--format", "openai-chat"]);
    assert_eq!(again.out, lines, "the standard output gets the same bytes");
}

#[test]
fn the_report_is_json_where_the_examples_are_not() {
    let world = World::with_examples();
    let arguments =
        ["export", "d.goldset", "--format", "openai-preference", "--where", "kind:preference", "--json"];
    let run = world.run(&[&arguments[..], &["-o", "out.jsonl"]].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let report = &run.lines()[0];
    assert_eq!(keys(report), ["examples", "written", "records", "skipped", "left_out", "format", "file"]);
    assert_eq!(
        (&report["examples"], &report["records"], &report["skipped"]),
        (&json!(1), &json!(1), &json!({}))
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
    let export = |format: &str, extra: &[&str]| {
        let run = world.run(&[&["export", "d.goldset", "--format", format], extra].concat());
        (run.lines().remove(0), run.err)
    };
    let (record, report) = export("openai-chat", &[]);
    assert_eq!(keys(&record), ["messages"]);
    assert!(report.contains("1  extra fields"), "{report}");
    assert_eq!(keys(&export("openai-chat", &["--extra-fields"]).0), ["messages", "source"]);
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
        let run = world.run(&[&["export", "d.goldset", "--format", "openai-chat"], extra].concat());
        run.out.lines().count()
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--where", "refund"]), 1);
    assert_eq!(count(&["--all-statuses"]), 4);
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
    let out = world.ok(&["export", "d.goldset", "--format", "openai-chat", "--split", "train"]);
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
        "--where",
        "zebra",
    ]);
    assert!(nothing.contains("there is nothing to write"), "{nothing}");
    let none_fits = world.refused(&[
        "export",
        "d.goldset",
        "--format",
        "openai-preference",
        "-o",
        "new.jsonl",
        "--where",
        "kind:sft",
    ]);
    assert!(none_fits.contains("none of 3 examples"), "{none_fits}");
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
    let export = |name: &str| {
        world.ok(&["export", "d.goldset", "--format", "openai-chat", "-o", name, "--where", "refund"]);
        std::fs::read(world.path(name)).unwrap()
    };
    assert!(export("a.json").starts_with(b"[\n{"));
    assert!(export("a.jsonl.gz").starts_with(&[0x1f, 0x8b]));
    assert!(export("a.jsonl.zst").starts_with(&[0x28, 0xb5, 0x2f, 0xfd]));
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
