//! `goldset new` and `goldset import`.

use serde_json::json;

use crate::support::{SFT, World, keys, sql};

#[test]
fn a_new_dataset_is_made_once() {
    let world = World::new();
    assert_eq!(world.ok(&["new", "d.goldset"]), "made d.goldset\n");
    let before = std::fs::read(world.path("d.goldset")).unwrap();
    assert!(world.refused(&["new", "d.goldset"]).contains("is there already"));
    assert_eq!(std::fs::read(world.path("d.goldset")).unwrap(), before);
    assert!(world.refused(&["new", "no/such/d.goldset"]).contains("no/such/d.goldset"));
}

#[test]
fn a_new_dataset_takes_its_facets_from_a_file_or_the_standard_input() {
    let world = World::new();
    let facets = "[[facet]]\nname = \"intent\"\nvalues = [\"refund\"]\n";
    let run = world.run_with_input(&["new", "d.goldset", "--facets", "-"], facets);
    assert_eq!((run.code, run.out.as_str()), (0, "made d.goldset with 1 facet\n"));
    world.write("bad.toml", "[[facet]]\nname = \"a b\"\n");
    assert!(world.refused(&["new", "e.goldset", "--facets", "bad.toml"]).contains("bad.toml, line 2: "));
    assert!(world.refused(&["new", "e.goldset", "--facets", "none.toml"]).contains("none.toml"));
    let cell = "[[facet]]\nname = \"a\"\nvalues = [\"x\"]\n\n[[facet]]\nname = \"b\"\nvalues = [\"y\"]\n\n\
                [[cell]]\nof = { a = \"x\", b = \"z\" }\nnever = true\n";
    world.write("cell.toml", cell);
    assert!(world.refused(&["new", "e.goldset", "--facets", "cell.toml"]).contains("no value b:z"));
    assert!(!world.path("e.goldset").exists(), "what is refused leaves no file behind");
}

#[test]
fn an_import_tells_what_it_did() {
    let world = World::with_dataset();
    world.write("a.jsonl", SFT);
    let out = world.ok(&["import", "d.goldset", "a.jsonl"]);
    assert_eq!(
        out,
        "a.jsonl: openai-chat (likely: 3 of 3 records looked at fit; next best is openai-rft)\nimported 3 examples from 3 of 3 records\n"
    );
    let report = world.json(&["import", "d.goldset", "a.jsonl", "--json"]);
    assert_eq!(
        keys(&report),
        [
            "read",
            "imported",
            "rejected",
            "examples",
            "definitions",
            "format",
            "formats",
            "reasons",
            "dry_run",
            "action"
        ]
    );
    assert_eq!(report["read"], 3);
    assert_eq!(report["format"], "openai-chat");
    assert_eq!(
        report["formats"],
        json!([{
            "file": "a.jsonl", "format": "openai-chat",
            "sure": "likely", "fitting": 3, "looked_at": 3, "equal": [], "next": "openai-rft",
        }])
    );
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 6);
}

#[test]
fn an_import_reads_the_standard_input() {
    let world = World::with_dataset();
    let run = world.run_with_input(&["import", "d.goldset", "-", "--json"], SFT);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 3);
    assert!(world.ok(&["log", "d.goldset"]).contains("imported 3 examples from the standard input"));
}

#[test]
fn what_is_rejected_is_told_with_line_and_reason() {
    let world = World::with_dataset();
    world.write("a.jsonl", format!("{SFT}{{broken\n{{\"messages\": 3}}\n"));
    let run = world.run(&["import", "d.goldset", "a.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("imported 3 examples from 3 of 5 records"), "{}", run.out);
    assert!(run.out.contains("rejected 2 records"), "{}", run.out);
    assert!(run.err.contains("goldset: a.jsonl, line 4, column 2: the record is not JSON"), "{}", run.err);
    assert!(run.err.contains("goldset: a.jsonl, line 5: messages "), "{}", run.err);
}

#[test]
fn only_the_first_rejects_are_told_one_by_one() {
    let world = World::with_dataset();
    world.write("a.jsonl", format!("{SFT}{}", "{\"messages\": 3}\n".repeat(25)));
    let run = world.run(&["import", "d.goldset", "a.jsonl"]);
    assert_eq!(run.err.matches("a.jsonl, line ").count(), 10);
    assert!(run.err.contains("… and 15 more (use --rejects FILE"), "{}", run.err);
    assert!(run.out.contains("25  messages "), "{}", run.out);
}

#[test]
fn the_file_of_rejects_holds_every_record_as_it_stands() {
    let world = World::with_dataset();
    world.write("a.jsonl", format!("{SFT}  {{broken\n{{\"messages\": 3}}\n"));
    let run = world.run(&["import", "d.goldset", "a.jsonl", "--rejects", "bad.jsonl", "--json"]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let report = &run.lines()[0];
    assert_eq!(report["read"], 5);
    assert_eq!((&report["imported"], &report["rejected"]), (&json!(3), &json!(2)));
    assert_eq!(report["reasons"].as_object().unwrap().len(), 2);
    let rejects: Vec<serde_json::Value> =
        world.read("bad.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(keys(&rejects[0]), ["file", "line", "column", "reason", "record"]);
    assert_eq!(keys(&rejects[1]), ["file", "line", "field", "reason", "record"]);
    assert_eq!((&rejects[0]["line"], &rejects[0]["record"]), (&json!(4), &json!("  {broken")));
    assert_eq!((&rejects[1]["line"], &rejects[1]["field"]), (&json!(5), &json!("messages")));
}

#[test]
fn the_file_of_rejects_is_empty_where_all_is_well_and_must_be_writable() {
    let world = World::with_dataset();
    world.write("a.jsonl", SFT);
    world.write("b.jsonl", "{broken\n");
    world.run(&["import", "d.goldset", "b.jsonl", "--rejects", "bad.jsonl"]);
    assert!(world.read("bad.jsonl").contains("{broken"));
    // what is from the last time makes way, and nothing else
    world.ok(&["import", "d.goldset", "a.jsonl", "--rejects", "bad.jsonl"]);
    assert_eq!(world.read("bad.jsonl"), "");
    world.write("thesis.txt", "mine\n");
    let error = world.refused(&["import", "d.goldset", "a.jsonl", "--rejects", "thesis.txt"]);
    assert!(error.contains("holds something else"), "{error}");
    assert_eq!(world.read("thesis.txt"), "mine\n");
    let error = world.refused(&["import", "d.goldset", "a.jsonl", "--rejects", "no/bad.jsonl"]);
    assert!(error.contains("no/bad.jsonl"), "{error}");
    world.refused(&["import", "d.goldset", "a.jsonl", "--rejects", "-"]);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 3);
}

#[test]
fn a_dry_run_changes_no_byte() {
    let world = World::with_examples();
    world.write("b.jsonl", format!("{}{{broken\n", SFT.repeat(2_000)));
    let before = std::fs::read(world.path("d.goldset")).unwrap();
    let names = world.names();
    let run = world.run(&["import", "d.goldset", "b.jsonl", "--dry-run", "--tag", "topic=new", "--json"]);
    assert_eq!(run.code, 1);
    let report = &run.lines()[0];
    assert_eq!((&report["examples"], &report["rejected"]), (&json!(6_000), &json!(1)));
    assert_eq!((&report["dry_run"], &report["action"]), (&json!(true), &json!(null)));
    assert!(std::fs::read(world.path("d.goldset")).unwrap() == before, "the file was changed");
    assert_eq!(world.names(), names);
}

#[test]
fn tags_status_and_kind_are_given_to_every_example() {
    let world = World::with_dataset();
    world.write("a.jsonl", SFT);
    let options = [
        "--tag",
        "intent=refund",
        "--tag",
        "topic=late fees",
        "--status",
        "approved",
        "--kind",
        "preference",
    ];
    world.ok(&[&["import", "d.goldset", "a.jsonl"], &options[..]].concat());
    let filter = "intent:refund topic:\"late fees\" status:approved kind:preference";
    let run = world.run(&["list", "d.goldset", "--where", filter, "--json"]);
    assert_eq!(run.lines().len(), 3);
    let error = world.refused(&["import", "d.goldset", "a.jsonl", "--tag", "intent=praise"]);
    assert!(error.contains("“praise” is not a value of intent"), "{error}");
    world.refused(&["import", "d.goldset", "a.jsonl", "--tag", "intent"]);
    assert!(
        world.refused(&["import", "d.goldset", "a.jsonl", "--status", "done"]).contains("pending, draft")
    );
}

/// A Goldset file's first line.
const DEFINITIONS: &str = r#"{"goldset":1,"facets":[{"name":"intent","values":[{"name":"refund","target":9},{"name":"praise"}]},{"name":"tone","several":true,"open":true,"values":["warm"]}],"flag_kinds":[{"name":"stale","about":"out of date"}]}
"#;

#[test]
fn a_file_of_definitions_alone_is_taken_over_as_one_action() {
    let world = World::with_dataset();
    world.write("facets.jsonl", DEFINITIONS);
    let dry = world.ok(&["import", "d.goldset", "facets.jsonl", "--dry-run"]);
    assert!(dry.contains("would take over 5 definitions"), "{dry}");
    let out = world.ok(&["import", "d.goldset", "facets.jsonl"]);
    assert_eq!(
        out,
        "facets.jsonl: goldset (certain: 1 of 1 record looked at fit)\nimported 0 examples from 1 of 1 record\n\
         took over 5 definitions (facets, values, targets, kinds of flags)\n"
    );
    let facets = || world.json(&["stats", "d.goldset", "--json"])["facets"].clone();
    let after = facets();
    let named = |facets: &serde_json::Value, facet: usize| {
        let values = facets[facet]["values"].as_array().unwrap().clone();
        values.iter().map(|value| (value["name"].clone(), value["target"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        named(&after, 0),
        [(json!("refund"), json!(9)), (json!("cancel"), json!(null)), (json!("praise"), json!(null))]
    );
    assert_eq!((&after[2]["name"], &after[2]["several"]), (&json!("tone"), &json!(true)));
    assert!(world.ok(&["log", "d.goldset"]).contains("imported 5 definitions from facets.jsonl"));

    let again = world.json(&["import", "d.goldset", "facets.jsonl", "--json"]);
    assert_eq!((&again["imported"], &again["definitions"]), (&json!(1), &json!(0)));
    assert_eq!(again["action"], json!(null), "what is so already is no action");

    world.ok(&["undo", "d.goldset"]);
    assert_eq!(named(&facets(), 0), [(json!("refund"), json!(3)), (json!("cancel"), json!(null))]);
    world.ok(&["redo", "d.goldset"]);
    assert_eq!(facets(), after);
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}

#[test]
fn a_tag_that_is_asked_for_takes_the_place_of_the_records_own() {
    let world = World::with_dataset();
    let record = |tags: &str| format!("{{\"prompt\":\"Hello\",\"responses\":[],\"tags\":{tags}}}\n");
    let records = [
        r#"{"intent":"cancel","topic":["a","b"]}"#,
        r#"{"intent":"no such value"}"#,
        r#"{"intent":["refund","cancel"]}"#,
        "{}",
    ];
    world.write("a.jsonl", records.map(record).concat());
    let import = |tags: &[&str]| world.run(&[&["import", "d.goldset", "a.jsonl"], tags].concat());
    let run = import(&["--tag", "intent=refund", "--tag", "topic=c", "--tag", "topic=a"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let tags = |id: &str| world.json(&["show", "d.goldset", id, "--json"])["tags"].clone();
    assert_eq!(tags("1"), json!({"intent": ["refund"], "topic": ["c", "a", "b"]}));
    for id in ["2", "3", "4"] {
        assert_eq!(tags(id), json!({"intent": ["refund"], "topic": ["c", "a"]}));
    }
    let run = import(&["--tag", "intent=refund", "--tag", "intent=cancel"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("intent takes one value"), "{}", run.err);
    assert!(world.ok(&["import", "--help"]).contains("takes the place of what a record says"));
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}

#[test]
fn fields_without_a_known_name_are_mapped() {
    let world = World::with_dataset();
    world.write("a.csv", "frage,antwort,art\nWas?,Das.,refund\nWie?,\"So, und so\",refund\n");
    let map = "prompt=frage,response=antwort,tag:intent=art";
    let report = world.json(&["import", "d.goldset", "a.csv", "--map", map, "--json"]);
    assert_eq!((&report["examples"], &report["format"]), (&json!(2), &json!("columns")));
    assert!(world.refused(&["import", "d.goldset", "a.csv", "--map", "promt=frage"]).contains("promt"));
    let error = world.refused(&["import", "d.goldset", "a.csv", "--map", map, "--format", "openai-chat"]);
    assert!(error.contains("--format"), "{error}");
    assert!(world.ok(&["list", "d.goldset", "--where", "intent:refund"]).contains("Wie?"));
}

#[test]
fn what_can_not_be_imported_leaves_everything_as_it_was() {
    let world = World::with_dataset();
    world.write("empty.jsonl", "");
    world.write("odd.jsonl", "{\"a\": 1, \"b\": 2}\n");
    world.write("a.jsonl", SFT);
    let before = world.names();
    for (files, sentence) in [
        (vec!["none.jsonl"], "none.jsonl"),
        (vec!["empty.jsonl"], "empty.jsonl holds no records"),
        (vec!["a.jsonl", "odd.jsonl"], "odd.jsonl: no format fits"),
        (vec!["a.jsonl", "."], "it is a folder"),
    ] {
        let error = world.refused(&[&["import", "d.goldset"], &files[..]].concat());
        assert!(error.contains(sentence), "{error}");
        assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 0, "{sentence}");
    }
    assert!(world.refused(&["import", "x.goldset", "a.jsonl"]).contains("`goldset new x.goldset` makes one"));
    assert_eq!(world.names(), before);
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}

#[test]
fn what_is_there_already_is_rejected() {
    let world = World::with_examples();
    world.ok(&["export", "d.goldset", "--format", "goldset", "-o", "copy.jsonl"]);
    let run = world.run(&["import", "d.goldset", "copy.jsonl", "--json"]);
    assert_eq!(run.code, 1);
    let report = &run.lines()[0];
    assert_eq!(report["reasons"], json!({"the dataset has this example already, as #N": 4}));
    assert_eq!(report["read"].as_u64().unwrap(), 5, "the definitions are a record too");
}

/// Ctrl-C while the standard input says nothing: the import ends at once and leaves nothing.
#[cfg(unix)]
#[test]
fn an_interrupted_import_leaves_nothing_behind() {
    use std::io::Write;
    use std::process::Stdio;
    use std::time::{Duration, Instant};

    let world = World::with_examples();
    let names = world.names();
    let mut child = world.process(&["import", "d.goldset", "-", "--rejects", "bad.jsonl"]);
    let mut child =
        child.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(SFT.repeat(1_000).as_bytes()).unwrap();
    input.flush().unwrap();
    std::thread::sleep(Duration::from_millis(700));
    let asked = Instant::now();
    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    drop(input);
    assert!(asked.elapsed() < Duration::from_secs(5));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "goldset: stopped; nothing was changed\n");
    assert_eq!(world.names(), names);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 4);
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}

#[test]
fn a_file_that_is_no_dataset_is_refused_and_not_changed() {
    let world = World::new();
    world.write("text.goldset", "hello ".repeat(100));
    world.write("a.jsonl", SFT);
    sql(&world.path("other.goldset"), "CREATE TABLE t (a); INSERT INTO t VALUES (1);");
    for name in ["text.goldset", "other.goldset"] {
        let before = std::fs::read(world.path(name)).unwrap();
        for arguments in [
            vec![name],
            vec!["import", name, "a.jsonl"],
            vec!["export", name, "--format", "goldset"],
            vec!["list", name],
            vec!["show", name, "1"],
            vec!["stats", name],
            vec!["log", name],
            vec!["undo", name],
            vec!["redo", name],
            vec!["verify", name],
        ] {
            assert!(world.refused(&arguments).contains("not a Goldset dataset"), "{arguments:?}");
        }
        assert_eq!(std::fs::read(world.path(name)).unwrap(), before);
    }
}

#[test]
fn a_file_says_which_format_it_is_in_and_how_sure_that_is() {
    let world = World::new();
    world.write("a.jsonl", SFT);
    world.write("faq.csv", "question,answer\nWhy?,So.\n");
    let told = world.ok(&["formats", "a.jsonl", "faq.csv"]);
    assert!(
        told.contains(
            "a.jsonl: openai-chat in jsonl (likely: 3 of 3 records looked at fit; next best is openai-rft)"
        ),
        "{told}"
    );
    assert!(told.contains("faq.csv: columns in csv (possible: 1 of 1 record looked at fit)"), "{told}");
    assert!(told.contains("  prompt    Why?\n  response  So.\n"), "{told}");
    world.write("odd.jsonl", "{\"frage\": \"x\"}\n");
    let run = world.run(&["formats", "odd.jsonl", "none.jsonl", "faq.csv", "--json"]);
    assert_eq!(run.code, 1, "{}", run.err);
    let files = &run.lines()[0]["files"];
    assert_eq!(files[0]["format"], json!(null));
    assert!(files[0]["reason"].as_str().unwrap().contains("--map prompt=frage"), "{files}");
    assert!(files[1]["reason"].as_str().unwrap().starts_with("can't open none.jsonl"), "{files}");
    assert_eq!((&files[2]["sure"], &files[2]["example"]["response"]), (&json!("possible"), &json!("So.")));
}

#[test]
fn a_mapping_is_saved_listed_taken_again_and_deleted() {
    let world = World::with_dataset();
    world.write("a.csv", "frage,antwort,von\nWas?,Das.,bo\n");
    let map = "prompt=frage,response=antwort,author=von";
    world.ok(&["import", "d.goldset", "a.csv", "--map", map, "--save-map", "faq"]);
    assert_eq!(world.ok(&["mapping", "faq"]), format!("{map}\n"));
    assert!(world.ok(&["mapping"]).contains(&format!("faq   {map}")));
    assert_eq!(world.json(&["mapping", "--json"])["mappings"], json!([{"name": "faq", "map": map}]));
    let report = world.json(&["import", "d.goldset", "a.csv", "--map", "faq", "--json"]);
    assert_eq!(report["imported"], 1);
    let listed = world.run(&["list", "d.goldset", "--where", "by:bo", "--json"]);
    assert_eq!(listed.lines().len(), 2);
    world.ok(&["mapping", "faq", "--delete"]);
    assert!(
        world.refused(&["import", "d.goldset", "a.csv", "--map", "faq"]).contains("no saved mapping “faq”")
    );
    let error = world.refused(&["import", "d.goldset", "a.csv", "--map", "prompt=question"]);
    assert!(error.contains("no record has a field “question”; there are: frage, antwort, von"), "{error}");
    world.refused(&["import", "d.goldset", "a.csv", "--save-map", "faq"]);
}

#[test]
fn parquet_goes_out_and_comes_in_as_jsonl_does() {
    let world = World::with_examples();
    for file in ["copy.parquet", "copy.jsonl"] {
        world.ok(&["export", "d.goldset", "--format", "goldset", "-o", file]);
    }
    world.ok(&["new", "e.goldset"]);
    let out = world.ok(&["import", "e.goldset", "copy.parquet"]);
    assert!(out.starts_with("copy.parquet: goldset (certain"), "{out}");
    world.ok(&["export", "e.goldset", "--format", "goldset", "-o", "again.jsonl"]);
    assert_eq!(world.read("again.jsonl"), world.read("copy.jsonl"));
}

#[test]
fn one_ragged_row_does_not_hide_which_columns_there_are() {
    let world = World::with_dataset();
    world.write("faq.csv", "frage,antwort\nWas ist das?,Ein Test.\nUnd das?,Noch einer,zu viel\nWer?,Ich.\n");
    let run = world.run(&["import", "d.goldset", "faq.csv"]);
    let advice = "whose fields are: frage, antwort. Say which field is what, for instance --map prompt=frage,response=antwort";
    let told = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(told.contains(advice), "{told}");
    assert!(told.contains("has 3 fields where the header has 2"), "{told}");
    let run = world.run(&["formats", "faq.csv"]);
    assert!(run.out.contains(advice), "{}", run.out);
    assert!(
        run.out.contains("1 of 3 records can't be read; the first is line 3: has 3 fields"),
        "{}",
        run.out
    );
    world.write("one.csv", "frage,antwort\na,b,c\n");
    let run = world.run(&["formats", "one.csv"]);
    assert!(
        run.out.contains("none of 1 record can be read; line 2: has 3 fields where the header has 2"),
        "{}",
        run.out
    );
    let run =
        world.run(&["import", "d.goldset", "faq.csv", "--map", "prompt=frage,response=antwort", "--json"]);
    assert_eq!((&run.lines()[0]["imported"], &run.lines()[0]["rejected"]), (&json!(2), &json!(1)));
}
