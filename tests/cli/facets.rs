//! `goldset facets`, `coverage`, `balance` and `gaps`, on the samples.

use serde_json::json;

use crate::support::{Run, World, keys};

fn count(world: &World, filter: &str) -> usize {
    world.run(&["list", "demo.goldset", "--where", filter, "--json"]).lines().len()
}

#[test]
fn facets_are_listed_as_a_table_as_json_and_as_a_file() {
    let world = World::with_samples();
    let out = world.ok(&["facets", "demo.goldset"]);
    assert!(out.contains("task  one value, closed, required"), "{out}");
    let facets = world.json(&["facets", "demo.goldset", "--json"])["facets"].clone();
    assert_eq!(keys(&facets[0]), ["name", "several", "open", "required", "values"]);
    let task = &facets[0]["values"][0];
    assert_eq!((&task["name"], &task["target"]), (&json!("support-intent"), &json!(60)));
    assert!(task["examples"].as_u64() >= task["usable"].as_u64());
    world.write("facets.toml", world.ok(&["facets", "demo.goldset", "--toml"]));
    world.ok(&["new", "again.goldset", "--facets", "facets.toml"]);
    let again = world.json(&["facets", "again.goldset", "--json"])["facets"].clone();
    let names = |facets: &serde_json::Value| -> Vec<(serde_json::Value, usize)> {
        let facet =
            |facet: &serde_json::Value| (facet["name"].clone(), facet["values"].as_array().unwrap().len());
        facets.as_array().unwrap().iter().map(facet).collect()
    };
    assert_eq!(names(&again), names(&facets));
}

#[test]
fn facets_are_changed_with_the_tags_of_their_examples() {
    let world = World::with_samples();
    let count = |filter: &str| count(&world, filter);
    let refunds = count("intent:refund");
    let change = |arguments: &[&str]| {
        let all: Vec<&str> = ["facets", "demo.goldset"].iter().chain(arguments).copied().collect();
        world.ok(&all)
    };
    let told = change(&["--rename", "intent:refund", "--to", "money/refund", "--dry-run"]);
    assert!(told.contains("this was a dry run"), "{told}");
    assert_eq!(count("intent:refund"), refunds);
    change(&["--rename", "intent:refund", "--to", "money/refund"]);
    assert_eq!(count("intent:money/refund"), refunds);
    change(&["--retag", "intent:money/refund", "--to", "money/late", "--where", "language:de"]);
    assert_ne!(count("intent:money/refund"), refunds);
    change(&["--merge", "intent:money/late", "--to", "money/refund"]);
    assert_eq!(count("intent:money/refund"), refunds);
    let into = ["--into", "money/late=language:de", "--into", "money/early=language:en"];
    let part = ["--part", "intent:money/refund"].into_iter().chain(into).chain(["--rest", "money/other"]);
    let part: Vec<&str> = part.collect();
    let told = change(&part);
    assert!(told.contains("parted intent:money/refund into money/late on "), "{told}");
    assert_eq!(count("intent:money/late,money/early,money/other"), refunds);
    assert_eq!(count("intent:money/early -language:en"), 0);
    world.ok(&["undo", "demo.goldset"]);
    assert_eq!(count("intent:money/refund"), refunds);
    let refused = world.run(&["facets", "demo.goldset", "--part", "intent:money/refund", "--into", "late"]);
    assert!(refused.err.contains("is no VALUE=FILTER"), "{}", refused.err);
    change(&["--add", "tone", "--open", "--several", "no"]);
    change(&["--add", "tone:kind", "--target", "5"]);
    change(&["--change", "tone:kind", "--target", "0"]);
    change(&["--change", "tone", "--required"]);
    let facets = world.json(&["facets", "demo.goldset", "--json"])["facets"].clone();
    let tone = facets.as_array().unwrap().iter().find(|facet| facet["name"] == "tone").unwrap().clone();
    assert_eq!((&tone["open"], &tone["required"]), (&json!(true), &json!(true)));
    assert_eq!(tone["values"][0]["target"], json!(null));
    change(&["--remove", "tone"]);
    world.write("more.toml", "[[facet]]\nname = \"intent\"\nvalues = [{ name = \"praise\", target = 7 }]\n");
    change(&["--file", "more.toml"]);
    assert_eq!(count("intent:praise"), 0);
    assert_eq!(world.json(&["verify", "demo.goldset", "--json"])["ok"], true);
    for _ in 0..9 {
        world.ok(&["undo", "demo.goldset"]);
    }
    assert_eq!(count("intent:refund"), refunds);
}

#[test]
fn changes_of_facets_that_mean_nothing_are_refused() {
    let world = World::with_examples();
    for (arguments, reason) in [
        (&["--rename", "intent"][..], "--to"),
        (&["--to", "x"], "--"),
        (&["--target", "3"], "--"),
        (&["--dry-run"], "--"),
        (&["--add", "tone", "--target", "3"], "values have targets"),
        (&["--add", "intent:stop", "--open"], "whole facet"),
        (&["--change", "intent"], "say what changes of intent"),
        (&["--change", "intent:refund"], "--target N"),
        (&["--merge", "intent", "--to", "x"], "FACET:VALUE"),
        (&["--remove", "none"], "none"),
        (&["--rename", "intent", "--to", "two words"], "two words"),
        (&["--add", "intent:refund"], "already"),
        (&["--file", "none.toml"], "none.toml"),
    ] {
        let all: Vec<&str> = ["facets", "d.goldset"].iter().chain(arguments).copied().collect();
        let run = world.run(&all);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains(reason), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn coverage_tells_targets_crossed_facets_and_combinations() {
    let world = World::with_samples();
    let run = world.run(&["coverage", "demo.goldset"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("warranty") && run.out.contains("wanted"), "{}", run.out);
    let facets = world.json(&["coverage", "demo.goldset", "--json"])["facets"].clone();
    for facet in facets.as_array().unwrap() {
        let values = facet["values"].as_array().unwrap();
        let sum = |name: &str| values.iter().filter_map(|value| value[name].as_u64()).sum::<u64>();
        assert_eq!(facet["wanted"], sum("target"));
        assert_eq!(facet["missing"], sum("missing"));
    }
    let cross = world.json(&["coverage", "demo.goldset", "--cross", "task,intent", "--json"]);
    let (rows, counts) = (cross["rows"].as_array().unwrap(), cross["counts"].as_array().unwrap());
    assert_eq!((rows[0].as_str(), rows.len()), (Some("support-intent"), counts.len()));
    let usable = "task:support-intent intent:refund (status:submitted or status:approved)";
    assert_eq!(counts[0][0], count(&world, usable));
    let wide = |arguments: &[&str]| Run::of(world.command(arguments).env("COLUMNS", "400"));
    let run = wide(&["coverage", "demo.goldset", "--cross", "task,intent"]);
    assert_eq!((run.code, run.out.lines().count()), (1, 1 + rows.len()));
    // What is not shown is counted.
    let run = wide(&["coverage", "demo.goldset", "--cross", "task,intent", "--limit", "1"]);
    let said = format!("and {} more rows; --limit 0 shows all", rows.len() - 1);
    assert_eq!(run.out.lines().collect::<Vec<_>>()[2..], [said]);
    let run = wide(&["coverage", "demo.goldset", "--cross", "task,intent", "--limit", "0"]);
    assert_eq!(run.out.lines().count(), 1 + rows.len());
    let run = wide(&["coverage", "demo.goldset", "--pairs"]).out;
    let more = run.lines().last().unwrap().strip_prefix("and ").unwrap().split(' ').next().unwrap();
    let all = wide(&["coverage", "demo.goldset", "--pairs", "--limit", "0"]).out;
    assert_eq!((all.lines().count() - run.lines().count() + 1).to_string(), more);
    let pairs = world.json(&["coverage", "demo.goldset", "--pairs", "--limit", "3", "--json"]);
    assert_eq!(keys(&pairs), ["possible", "covered", "share", "groups", "missing"]);
    assert_eq!(pairs["missing"].as_array().unwrap().len(), 3);
    let more = world.json(&["coverage", "demo.goldset", "--pairs", "--least", "3", "--json"]);
    assert!(more["covered"].as_u64() < pairs["covered"].as_u64());
    let all = world.json(&["coverage", "demo.goldset", "--pairs", "--all-statuses", "--json"]);
    assert!(all["covered"].as_u64() > pairs["covered"].as_u64());
    let triples = world.json(&["coverage", "demo.goldset", "--triples", "task,intent,language", "--json"]);
    assert_eq!(triples["groups"][0]["facets"], json!(["task", "intent", "language"]));
    assert_eq!(world.run(&["coverage", "demo.goldset", "--pairs", "task,intent"]).code, 1);
    assert!(world.refused(&["coverage", "demo.goldset", "--cross", "task,nothing"]).contains("“nothing”"));
    assert!(world.refused(&["coverage", "demo.goldset", "--cross", "task,task"]).contains("different"));
    assert!(world.refused(&["coverage", "demo.goldset", "--triples", "task,intent"]).contains("three"));
}

#[test]
fn balance_is_told_in_numbers_and_sentences() {
    let world = World::with_samples();
    let run = world.run(&["balance", "demo.goldset"]);
    assert_eq!(run.code, 1);
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
    assert!(
        run.out.contains("misplaced") && run.out.contains("weight") && !run.out.contains('…'),
        "{}",
        run.out
    );
    let facets = world.json(&["balance", "demo.goldset", "--json"])["facets"].clone();
    let named = |name: &str| facets.as_array().unwrap().iter().find(|facet| facet["name"] == name).unwrap();
    let intent = named("intent");
    assert!(intent["effective"].as_f64() < intent["seen"].as_f64());
    assert_eq!(intent["largest"]["value"], "refund");
    assert!(intent["target"]["total_variation"].as_f64() > Some(0.0));
    let one = world.run(&["balance", "demo.goldset", "--facet", "intent"]);
    assert!(one.out.contains("evenness") && one.out.contains("misplaced"), "{}", one.out);
    assert!(world.refused(&["balance", "demo.goldset", "--facet", "nothing"]).contains("nothing"));
    let world = World::with_examples();
    let facets = world.json(&["balance", "d.goldset", "--json"])["facets"].clone();
    assert_eq!(facets[0]["target"], json!(null), "only one of two values has a target");
}

#[test]
fn lengths_people_and_splits_are_told_beside_the_values() {
    let world = World::with_samples();
    let lengths = world.json(&["balance", "demo.goldset", "--lengths", "--json"]);
    let stats = world.json(&["stats", "demo.goldset", "--json"]);
    let whole = &lengths["whole"];
    let discarded = stats["by_status"]["discarded"].as_u64().unwrap();
    assert_eq!(whole["counted"].as_u64().unwrap() + discarded, stats["examples"].as_u64().unwrap());
    let sum = |what: &str| -> u64 {
        whole["buckets"].as_array().unwrap().iter().map(|bucket| bucket[what].as_u64().unwrap()).sum()
    };
    assert_eq!(sum("usable"), stats["usable"].as_u64().unwrap());
    assert_eq!(sum("usable") + sum("others"), whole["counted"].as_u64().unwrap());
    let [p5, p50, p95] = ["p5", "p50", "p95"].map(|name| whole["quantiles"][name].as_u64().unwrap());
    assert!(p5 <= p50 && p50 <= p95);
    let printed = world.run(&["balance", "demo.goldset", "--lengths"]).out;
    assert!(printed.contains(&format!("P50 {p50}")), "{printed}");

    let people = world.json(&["balance", "demo.goldset", "--people", "--json"]);
    let of = |kind: &str| -> u64 {
        let all = people["responses"].as_array().unwrap().iter().filter(|it| it["is"] == kind);
        all.map(|it| it["n"].as_u64().unwrap()).sum()
    };
    let models = stats["models"].as_array().unwrap();
    assert_eq!(of("model"), models.iter().map(|it| it["responses"].as_u64().unwrap()).sum::<u64>());
    assert!(people["sources"].as_array().unwrap().iter().any(|it| it["source"].is_string()), "{people}");
    assert!(world.run(&["balance", "demo.goldset", "--people"]).out.contains("source"));
}

#[test]
fn what_is_held_out_is_compared_with_what_is_trained_on() {
    let world = World::with_examples();
    assert!(world.ok(&["balance", "d.goldset", "--splits"]).contains("nothing usable is held out"));
    let world = World::with_samples();
    let splits = world.json(&["balance", "demo.goldset", "--splits", "--json"]);
    let is_test = |it: &&serde_json::Value| it["split"] == "test";
    let test = splits["held_out"].as_array().unwrap().iter().find(is_test).unwrap().clone();
    let untrained = test["combinations"]["untrained"].as_u64().unwrap();
    assert_eq!(test["never_trained"].as_array().unwrap().len() as u64, untrained.min(60));
    assert!(world.run(&["balance", "demo.goldset", "--splits"]).out.contains("test against train"));
    for other in [["--people"].as_slice(), &["--facet", "intent"]] {
        let arguments = [&["balance", "demo.goldset", "--splits"], other].concat();
        assert!(world.refused(&arguments).contains(other[0]));
    }
}

#[test]
fn gaps_propose_what_to_write_next() {
    let world = World::with_samples();
    let run = world.run(&["gaps", "demo.goldset", "--limit", "3"]);
    assert_eq!(run.code, 1);
    assert!(run.out.trim_start().starts_with('1'), "{}", run.out);
    let told = world.json(&["gaps", "demo.goldset", "--limit", "3", "--json"]);
    let cards = told["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 3);
    assert_eq!(keys(&cards[0]), ["values", "more", "gain", "waiting", "fills"]);
    assert!(cards[0]["gain"].as_f64() >= cards[1]["gain"].as_f64());
    let single = world.json(&["gaps", "demo.goldset", "--single", "--json"]);
    let gap = &single["gaps"][0];
    assert!(gap["missing"].as_u64() > Some(0) && gap["weight"].as_f64() > Some(0.0), "{gap}");
    assert_eq!(told, world.json(&["gaps", "demo.goldset", "--limit", "3", "--json"]), "always the same");
    assert!(world.refused(&["gaps", "demo.goldset", "--only", "nothing"]).contains("nothing"));
    let world = World::new();
    world.ok(&["new", "none.goldset"]);
    assert!(world.ok(&["gaps", "none.goldset"]).contains("nothing is asked for"));
    assert!(world.ok(&["coverage", "none.goldset"]).contains("no value has a target"));
    let pairs = world.ok(&["coverage", "none.goldset", "--pairs"]);
    assert!(pairs.contains("no combination to be covered"), "{pairs}");
    assert_eq!(world.json(&["coverage", "none.goldset", "--pairs", "--json"])["share"], json!(null));
    assert!(world.ok(&["balance", "none.goldset"]).contains("no facets yet"));
    assert!(world.ok(&["facets", "none.goldset"]).contains("no facets yet"));
}

#[test]
fn shares_are_taken_of_the_goal_and_come_back_by_the_file_and_by_a_copy() {
    let world = World::with_samples();
    world.ok(&["facets", "demo.goldset", "--goal", "1200"]);
    let told = world.ok(&["facets", "demo.goldset", "--change", "intent:refund", "--target", "12.5%"]);
    assert!(told.contains("intent:refund has target 12.5% now"), "{told}");
    let out = world.ok(&["facets", "demo.goldset"]);
    assert!(out.contains("goal: 1,200 usable examples") && out.contains("12.5% = 150"), "{out}");
    let all = world.json(&["facets", "demo.goldset", "--json"]);
    let value = |all: &serde_json::Value, facet: &str, value: &str| {
        let find = |list: &serde_json::Value, name: &str| {
            list.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
        };
        find(&find(&all["facets"], facet)["values"], value)
    };
    assert_eq!(all["goal"], json!(1200));
    let refund = value(&all, "intent", "refund");
    assert_eq!((&refund["target"], &refund["share"]), (&json!(150), &json!("12.5%")));
    let coverage: serde_json::Value =
        serde_json::from_str(&world.run(&["coverage", "demo.goldset", "--json"]).out).unwrap();
    let wanted = value(&coverage, "intent", "refund");
    assert_eq!(wanted["target"], json!(150));
    world.ok(&["facets", "demo.goldset", "--cell", "intent=refund,language=de=never"]);
    world.ok(&["ready", "demo.goldset", "--threshold", "fine_tune=300"]);
    // by the facets file, and by a copy in Goldset's own form
    world.write("facets.toml", world.ok(&["facets", "demo.goldset", "--toml"]));
    world.ok(&["new", "again.goldset", "--facets", "facets.toml"]);
    world.ok(&["export", "demo.goldset", "--format", "goldset", "--output", "copy.jsonl"]);
    world.ok(&["new", "copy.goldset"]);
    world.ok(&["import", "copy.goldset", "copy.jsonl"]);
    for there in ["again.goldset", "copy.goldset"] {
        let all = world.json(&["facets", there, "--json"]);
        assert_eq!(all["goal"], json!(1200), "{there}");
        assert_eq!(value(&all, "intent", "refund")["share"], json!("12.5%"), "{there}");
        let cell = &all["cells"][0];
        assert_eq!(cell["of"], json!({"intent": "refund", "language": "de"}), "{there}");
        assert_eq!((&cell["never"], &cell["target"]), (&json!(true), &serde_json::Value::Null), "{there}");
    }
    let thresholds = world.ok(&["ready", "copy.goldset", "--thresholds"]);
    assert!(thresholds.contains("300"), "{thresholds}");
}

#[test]
fn a_cell_is_set_told_and_taken_back() {
    let world = World::with_samples();
    let told = world.ok(&["facets", "demo.goldset", "--cell", "intent=refund,language=fr=40", "--dry-run"]);
    assert!(told.contains("this was a dry run"), "{told}");
    world.ok(&["facets", "demo.goldset", "--cell", "intent=refund,language=fr=40"]);
    let out = world.run(&["coverage", "demo.goldset"]).out;
    assert!(out.contains("intent:refund × language:fr"), "{out}");
    let gaps = world.run(&["gaps", "demo.goldset", "--single", "--per-pair", "0", "--limit", "500"]).out;
    let gap = |line: &str| line.contains("refund") && line.contains("fr") && line.contains("40");
    assert!(gaps.lines().any(gap), "{gaps}");
    world.ok(&["facets", "demo.goldset", "--cell", "language=fr,intent=refund=never"]);
    let table = world.run(&["coverage", "demo.goldset", "--cross", "intent,language"]).out;
    assert!(table.contains("never"), "{table}");
    world.ok(&["undo", "demo.goldset"]);
    world.ok(&["facets", "demo.goldset", "--cell", "intent=refund,language=fr=none"]);
    assert_eq!(world.json(&["facets", "demo.goldset", "--json"])["cells"], json!([]));
    for (cell, says) in [
        ("intent=refund", "two values are needed"),
        ("intent=refund,intent=cancel=3", "needs two facets"),
        ("intent=refund,language=tlh=3", "language:tlh"),
    ] {
        let error = world.refused(&["facets", "demo.goldset", "--cell", cell]);
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn the_shares_of_production_come_from_a_file() {
    let world = World::with_samples();
    world.write("real.csv", "value,count\nrefund,1\ncancel,2\n");
    let told = world.ok(&["facets", "demo.goldset", "--as-in-production", "intent=real.csv", "--dry-run"]);
    assert!(told.contains("never there, so wanted not at all: ") && told.contains("dry run"), "{told}");
    // It shows what it would set.
    assert!(told.contains("66.6667%") && told.starts_with("value "), "{told}");
    world.write("some.jsonl", "{\"intent\": \"refund\"}\n{\"x\": 1}\n{\"x\": 2}\n");
    let some = ["facets", "demo.goldset", "--as-in-production", "intent=some.jsonl", "--dry-run"];
    assert!(world.ok(&some).contains("2 of 3 records said nothing of it"));
    let told = world.json(&[&some[..], &["--json"]].concat());
    assert_eq!((&told["records"], &told["silent"]), (&json!(3), &json!(2)));
    assert_eq!(told["shares"][0], json!({"value": "refund", "share": "100%", "was": "24"}));
    world.write("none.jsonl", "{\"x\": 1}\n{\"intent\": null}\n");
    let error = world.refused(&["facets", "demo.goldset", "--as-in-production", "intent=none.jsonl"]);
    assert!(error.contains("none of its 2 records has intent"), "{error}");
    world.ok(&["facets", "demo.goldset", "--as-in-production", "intent=real.csv"]);
    let share = |world: &World, at: usize| {
        world.json(&["facets", "demo.goldset", "--json"])["facets"][1]["values"][at]["share"].clone()
    };
    assert_eq!([share(&world, 0), share(&world, 1)], [json!("33.3333%"), json!("66.6667%")]);
    world.ok(&["undo", "demo.goldset"]);
    assert_eq!(share(&world, 0), serde_json::Value::Null);
    world.write("real.json", "{\"refund\": 3, \"teleport\": 1}");
    world.write("real.jsonl", "{\"intent\": \"refund\"}\n{\"intent\": \"teleport\"}\n");
    let error = world.refused(&["facets", "demo.goldset", "--as-in-production", "intent=real.jsonl"]);
    assert!(error.contains("real.jsonl, line 2: “teleport” is no value of intent"), "{error}");
    let all = ["facets", "demo.goldset", "--as-in-production", "intent=real.json", "--add-values"];
    assert!(world.ok(&all).contains("made new: teleport"));
    assert!(
        world
            .refused(&["facets", "demo.goldset", "--as-in-production", "nothing=real.json"])
            .contains("nothing")
    );
}

#[test]
fn gaps_say_what_waits_and_set_the_order_of_the_queues() {
    let world = World::with_examples();
    let told = || world.json(&["gaps", "d.goldset", "--json"]);
    world.ok(&["set", "d.goldset", "3", "--tag", "intent:refund"]);
    let said = world.run(&["gaps", "d.goldset"]).out;
    assert!(said.contains("1 like it waits in the queues"), "{said}");
    assert_eq!((&told()["cards"][0]["waiting"], &told()["queues"]), (&json!(1), &json!("as-they-came")));
    let said = world.ok(&["gaps", "d.goldset", "--queues", "largest-gap"]);
    assert_eq!(said.trim(), "set the order of the queues: largest gap first");
    assert_eq!(told()["queues"], "largest-gap");
    let listed = world.run(&["list", "d.goldset", "--order", "gaps", "--json"]).lines();
    assert_eq!((&listed[0]["number"], listed.len()), (&json!(3), 4), "what helps comes first, and all come");
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(told()["queues"], "as-they-came");
}

#[test]
fn shares_of_an_empty_dataset_are_not_met() {
    let world = World::new();
    world.write(
        "f.toml",
        "[[facet]]\nname = \"intent\"\nvalues = [{ name = \"a\", share = \"60%\" }, { name = \"b\", share = \"40%\" }]\n",
    );
    world.ok(&["new", "e.goldset", "--facets", "f.toml"]);
    for arguments in [&["coverage", "e.goldset"][..], &["gaps", "e.goldset", "--single", "--per-pair", "0"]] {
        let run = world.run(arguments);
        assert_eq!(run.code, 1, "{}", run.out);
        assert!(run.out.contains("shares have nothing to be shares of: set a goal"), "{}", run.out);
    }
    let stats = world.ok(&["stats", "e.goldset"]);
    assert!(stats.contains("set a goal"), "{stats}");
    assert!(world.ok(&["pace", "e.goldset"]).contains("set a goal"));
    assert!(world.run(&["ready", "e.goldset"]).out.contains("set a goal"));
    world.ok(&["facets", "e.goldset", "--goal", "10"]);
    let run = world.run(&["coverage", "e.goldset"]);
    assert!(run.out.contains("0 of 10 wanted"), "{}", run.out);
}

#[test]
fn names_shares_and_cells_that_can_not_be_are_refused_or_told() {
    let world = World::new();
    let file = |text: &str| world.write("f.toml", text);
    file("[[facet]]\nname = \"a\"\nvalues = [\"x\\u001b\"]\n");
    let said = world.refused(&["new", "d.goldset", "--facets", "f.toml"]);
    assert!(said.contains("f.toml, line 3: ") && said.contains("a value of a"), "{said}");
    file("[[facet]]\nname = \"a\"\nvalues = [\"x\"]\n[[cell]]\nof = { a = \"x\", b = \"y\" }\ntarget = 3\n");
    let said = world.refused(&["new", "d.goldset", "--facets", "f.toml"]);
    assert!(said.contains("f.toml, line 5: a:x × b:y has a target, and there is no value b:y"), "{said}");
    file("[[facet]]\nname = \"a\"\nvalues = [\"x\", \"y\"]\n[[facet]]\nname = \"b\"\nvalues = [\"z\"]\n");
    world.ok(&["new", "d.goldset", "--facets", "f.toml"]);
    world.ok(&["facets", "d.goldset", "--change", "a:x", "--target", "70%"]);
    let said = world.ok(&["facets", "d.goldset", "--change", "a:y", "--target", "40%"]);
    assert!(said.contains("the shares of a add up to 110% now"), "{said}");
    let said = world.ok(&["facets", "d.goldset", "--cell", "a=x,b=z=0"]);
    assert!(said.contains("never together now, so that none is asked for"), "{said}");
    // A file may say something of cells of facets that are there already.
    file("[[cell]]\nof = { a = \"y\", b = \"z\" }\ntarget = 3\n");
    world.ok(&["facets", "d.goldset", "--file", "f.toml"]);
    assert!(world.refused(&["facets", "d.goldset", "--add", "c:v\u{1b}"]).contains("no facet"));
    assert!(world.refused(&["facets", "d.goldset", "--add", "a:v\u{1b}"]).contains("control characters"));
    assert!(world.refused(&["facets", "d.goldset", "--add", "c#"]).contains("the name of a facet"));
    world.write("f.toml", b"goal = 3\n# Gr\xfc\xdfe\n");
    let said = world.refused(&["facets", "d.goldset", "--file", "f.toml"]);
    assert!(said.contains("f.toml: line 2, byte 14: byte 0xFC (“ü” in Latin-1) is not UTF-8"), "{said}");
}

#[test]
fn what_is_not_discarded_is_counted_against_targets_too() {
    let world = World::with_dataset();
    world.write("drafts.jsonl", "{\"prompt\":[{\"role\":\"user\",\"content\":\"Money back?\"}]}\n");
    world.ok(&["import", "d.goldset", "drafts.jsonl"]);
    world.ok(&["set", "d.goldset", "--all", "--tag", "intent:refund"]);
    world.ok(&["facets", "d.goldset", "--add", "topic:late"]);
    world.ok(&["facets", "d.goldset", "--cell", "intent=refund,topic=late=2"]);
    let counted = |more: &[&str]| {
        let told = world.json(&[&["coverage", "d.goldset", "--json"][..], more].concat());
        (told["facets"][0]["values"][0]["usable"].as_u64(), told["facets"][0]["missing"].as_u64())
    };
    assert_eq!(counted(&[]), (Some(0), Some(3)));
    assert_eq!(counted(&["--all-statuses"]), (Some(1), Some(2)));
    let said = world.run(&["coverage", "d.goldset", "--all-statuses"]).out;
    assert!(
        said.contains("1 of 3 wanted, 33 %") && said.contains("kept") && !said.contains("usable"),
        "{said}"
    );
}

#[test]
fn a_value_that_is_parted_in_vain_or_twice_into_one_is_told() {
    let world = World::with_samples();
    let part = |into: &[&str]| {
        let into = into.iter().flat_map(|into| ["--into", into]);
        let all: Vec<&str> =
            ["facets", "demo.goldset", "--part", "intent:refund"].into_iter().chain(into).collect();
        world.run(&all)
    };
    let twice = part(&["late=language:de", "late=language:en"]);
    assert!(twice.code == 2 && twice.err.contains("intent:late is named twice"), "{}", twice.err);
    let vain = part(&["late=zzzzqq"]);
    assert!(vain.out.contains("late on none, as its filter finds none of them"), "{}", vain.out);
}

#[test]
fn what_is_not_there_is_said_and_not_shown_as_a_table_of_nothing() {
    let world = World::with_dataset();
    let crossed = world.run(&["coverage", "d.goldset", "--cross", "intent,author"]);
    assert!(crossed.out.contains("nothing to cross: no value of author is there"), "{}", crossed.out);
    let triples = world.run(&["coverage", "d.goldset", "--triples"]);
    assert!(triples.out.contains("it takes three facets with values"), "{}", triples.out);
    assert!(world.refused(&["balance", "d.goldset", "--facet", "mood"]).contains("--add mood"));
    let balance = world.run(&["balance", "d.goldset"]).out;
    assert!(balance.contains('–') && !balance.contains("0.00"), "{balance}");
}
