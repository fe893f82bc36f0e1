//! `goldset failures`: slices that fail, and two rounds of the same tests.

use serde_json::{Value, json};

use crate::support::{World, keys};

/// Twenty refunds and twenty cancellations, approved.
fn asked() -> World {
    let world = World::with_dataset();
    let example = |at: usize| {
        let messages = json!([
            {"role": "user", "content": format!("Question {at}")},
            {"role": "assistant", "content": "It is on its way."},
        ]);
        format!("{}\n", json!({ "messages": messages }))
    };
    world.write("asked.jsonl", (1..=40).map(example).collect::<String>());
    world.ok(&["import", "d.goldset", "asked.jsonl"]);
    world.ok(&["set", "d.goldset", "--where", "id:1..20", "--status", "approved", "--tag", "intent:refund"]);
    world.ok(&["set", "d.goldset", "--where", "id:21..40", "--status", "approved", "--tag", "intent:cancel"]);
    world
}

/// Results in which these fail.
fn results(fails: impl Fn(usize) -> bool) -> String {
    let line = |at: usize| format!("{}\n", json!({"example": at, "answer": "…", "passed": !fails(at)}));
    (1..=40).map(line).collect()
}

#[test]
fn the_slice_that_fails_is_told_with_its_interval_and_why() {
    let world = asked();
    world.write("now.jsonl", results(|at| at <= 14 || at == 30));
    let run = world.run(&["failures", "d.goldset", "now.jsonl"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("40 tests, 15 failed (38 %)"), "{}", run.out);
    assert!(run.out.contains("intent:refund") && run.out.contains("14 of 20"), "{}", run.out);
    assert!(!run.out.contains("intent:cancel"), "{}", run.out);
    let told = world.json(&["failures", "d.goldset", "now.jsonl", "--write", "30", "--json"]);
    assert_eq!(
        keys(&told),
        [
            "round",
            "tests",
            "failures",
            "unknown",
            "unknown_tags",
            "predicted",
            "looked_at",
            "slices",
            "before",
            "done"
        ]
    );
    let slice = &told["slices"][0];
    assert_eq!(slice["values"], json!({"intent": "refund"}));
    assert_eq!(
        (&slice["trained"], &slice["write"], &slice["cause"]),
        (&json!(20), &json!(30), &json!("not_the_data"))
    );
    // Wilson's interval of 14 of 20.
    let bound = |at: usize| slice["interval"][at].as_f64().unwrap();
    assert!((bound(0) - 0.481).abs() < 1e-3 && (bound(1) - 0.855).abs() < 1e-3, "{slice}");
    assert!((slice["lift"].as_f64().unwrap() - 0.7 / 0.375).abs() < 1e-9);
    world.write("even.jsonl", results(|at| at % 4 == 0));
    let run = world.run(&["failures", "d.goldset", "even.jsonl"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("no slice fails more than the rest"), "{}", run.out);
}

#[test]
fn two_rounds_are_compared_test_by_test() {
    let world = asked();
    world.write("before.jsonl", results(|at| at > 36));
    world.write("after.jsonl", results(|at| at <= 10));
    let told = world.json(&["failures", "d.goldset", "after.jsonl", "--before", "before.jsonl", "--json"]);
    let before: &Value = &told["before"];
    let counts = ["both", "broke", "mended", "neither"].map(|name| before[name].as_u64().unwrap());
    assert_eq!(counts, [26, 10, 4, 0]);
    // Twice the chance of 4 or fewer heads of 14.
    assert!((before["p"].as_f64().unwrap() - 0.179_565).abs() < 1e-5, "{before}");
    assert_eq!(before["worse"][0]["values"], json!({"intent": "refund"}));
    let run = world.run(&["failures", "d.goldset", "after.jsonl", "--before", "before.jsonl"]);
    assert!(
        run.flowing().contains("no different overall (10 broke, 4 mended), worse on refund"),
        "{}",
        run.out
    );
}

#[test]
fn results_are_joined_by_prompt_and_what_fits_nothing_is_told() {
    let world = asked();
    let mut lines = results(|at| at <= 14);
    lines.push_str("{\"prompt\": \"Question 40\", \"score\": 0.2}\n{\"example\": 99, \"passed\": true}\n");
    world.write("r.jsonl", &lines);
    let run = world.run(&["failures", "d.goldset", "r.jsonl", "--json"]);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&told["tests"], &told["failures"], &told["unknown"]), (&json!(40), &json!(15), &json!([42])));
    let run = world.run(&["failures", "d.goldset", "r.jsonl", "--passes-at", "0.1"]);
    assert!(run.out.contains("40 tests, 14 failed"), "{}", run.out);
    assert!(run.err.contains("1 line about no example") && run.err.contains("42"), "{}", run.err);
    assert!(run.out.contains("1 line about an example that a later line is about too"), "{}", run.out);
    for (text, reason) in [
        ("{\"example\": 1}\n", "line 1: say how it came out"),
        ("\nnonsense\n", "line 2: it is no JSON object"),
        ("{\"example\": 99, \"passed\": true}\n", "about an example of this dataset"),
        ("\n", "no results"),
    ] {
        world.write("bad.jsonl", text);
        let said = world.refused(&["failures", "d.goldset", "bad.jsonl"]);
        assert!(said.contains(reason), "{said}");
    }
    assert!(world.refused(&["failures", "d.goldset", "none.jsonl"]).contains("none.jsonl"));
    assert!(
        world.refused(&["failures", "d.goldset", "r.jsonl", "--false-share", "3"]).contains("from 0 to 1")
    );
}

#[test]
fn tags_that_the_dataset_has_not_are_told_and_are_slices_of_their_own() {
    let world = asked();
    let line = |at: usize| {
        let tags =
            if at <= 12 { json!({"channel": "phone", "intent": "rfund\u{1b}[31m"}) } else { json!({}) };
        let tags = if at == 40 { json!({"channel": ["fax"]}) } else { tags };
        format!("{}\n", json!({"example": at, "passed": at > 12, "tags": tags}))
    };
    world.write("r.jsonl", (1..=40).map(line).collect::<String>());
    let run = world.run(&["failures", "d.goldset", "r.jsonl"]);
    assert_eq!(run.code, 1);
    let said = "2 tags that the dataset has not, looked at as slices of their own: channel:phone (12 tests, from line 1), \
                intent:rfund";
    assert!(run.flowing().contains(said) && !run.out.contains('\u{1b}'), "{}", run.out);
    let said =
        "1 tag that the dataset has not, on too few tests to be slices: channel:fax (1 test, from line 40)";
    assert!(run.flowing().contains(said), "{}", run.out);
    assert!(run.out.contains("–  no tag"), "{}", run.out);
    let run = world.run(&["failures", "d.goldset", "r.jsonl", "--round", "r", "--json"]);
    let told: Value = serde_json::from_str(&run.out).unwrap();
    let phone = json!({"facet": "channel", "value": "phone", "tests": 12, "line": 1, "slice": true});
    assert_eq!(told["unknown_tags"][0], phone);
    let slices = told["slices"].as_array().unwrap();
    let slice = slices.iter().find(|slice| slice["values"] == json!({"channel": "phone"})).unwrap();
    assert_eq!(
        [&slice["failures"], &slice["cause"], &slice["trained"]],
        [&json!(12), &Value::Null, &Value::Null]
    );
    // Of a round that is kept the same is told.
    let kept = world.run(&["failures", "d.goldset", "--round", "r", "--json"]);
    let kept: Value = serde_json::from_str(&kept.out).unwrap();
    assert_eq!((&kept["unknown_tags"], &kept["slices"]), (&told["unknown_tags"], &told["slices"]));
}

/// Results with an answer each, of which these fail.
fn answered(fails: impl Fn(usize) -> bool) -> String {
    let line = |at: usize| {
        let answer = format!("A wrong answer to {at}");
        format!("{}\n", json!({"example": at, "answer": answer, "passed": !fails(at), "model": "tuned"}))
    };
    (1..=40).map(line).collect()
}

#[test]
fn rounds_are_kept_by_name_and_listed_and_compared_and_taken_away() {
    let world = asked();
    assert!(world.ok(&["failures", "d.goldset"]).contains("no round is kept yet"));
    world.write("one.jsonl", answered(|at| at > 36));
    world.write("two.jsonl", answered(|at| at <= 10));
    let told = world.json(&["failures", "d.goldset", "one.jsonl", "--round", "first", "--json"]);
    assert_eq!(told["round"], json!("first"));
    assert_eq!(told["done"][0]["sentence"], json!("kept the round “first”: 40 tests, 4 failed"));
    let again = world.refused(&["failures", "d.goldset", "two.jsonl", "--round", "first"]);
    assert!(again.contains("there is a round “first” already"), "{again}");
    let two = ["failures", "d.goldset", "two.jsonl", "--round", "second", "--model", "tuned-2"];
    assert_eq!(world.run(&two).code, 1);
    let listed = world.json(&["failures", "d.goldset", "--json"]);
    let rounds = listed["rounds"].as_array().unwrap();
    assert_eq!(keys(&rounds[0]), ["name", "model", "source", "at", "tests", "passed", "rate", "interval"]);
    let of = |at: usize| ["name", "model", "passed"].map(|field| rounds[at][field].clone());
    assert_eq!(of(0), [json!("first"), json!("tuned"), json!(36)]);
    assert_eq!(of(1), [json!("second"), json!("tuned-2"), json!(30)]);
    let run = world.run(&["failures", "d.goldset", "--round", "second", "--against", "first"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("second: 40 tests, 10 failed"), "{}", run.out);
    let said = "against first: no different overall (10 broke, 4 mended), worse on refund";
    assert!(run.out.contains(said), "{}", run.out);
    let told = world.json(&["failures", "d.goldset", "--round", "second", "--against", "first", "--json"]);
    let before = &told["before"];
    assert_eq!((&before["round"], &before["broke"]), (&json!("first"), &json!(10)));
    assert!(
        world.ok(&["failures", "d.goldset", "--remove", "first"]).contains("took the round “first” away")
    );
    assert!(world.refused(&["failures", "d.goldset", "--round", "first"]).contains("no round “first”"));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(world.json(&["failures", "d.goldset", "--json"])["rounds"], listed["rounds"]);
    let unclear = world.refused(&["failures", "d.goldset", "--against", "first"]);
    assert!(unclear.contains("say of which results"), "{unclear}");
}

#[test]
fn of_a_file_with_bad_lines_nothing_is_kept_and_each_is_told() {
    let world = asked();
    world.write("bad.jsonl", "{\"example\": 1, \"passed\": true}\n{\"example\": 2}\n[]\n");
    let said = world.refused(&["failures", "d.goldset", "bad.jsonl", "--round", "r"]);
    assert!(said.contains("line 2: say how it came out") && said.contains("line 3: "), "{said}");
    assert_eq!(world.json(&["failures", "d.goldset", "--json"])["rounds"], json!([]));
    // Nor where what it is to be compared with is not there.
    world.write("good.jsonl", answered(|at| at <= 10));
    world.refused(&["failures", "d.goldset", "good.jsonl", "--round", "r", "--against", "none"]);
    assert_eq!(world.json(&["failures", "d.goldset", "--json"])["rounds"], json!([]));
}

#[test]
fn what_fails_is_queued_to_write_and_its_answers_to_be_ranked() {
    let world = asked();
    world.ok(&["set", "d.goldset", "--where", "id:1..4", "--split", "test"]);
    world.write("now.jsonl", answered(|at| at <= 14));
    let asked =
        ["failures", "d.goldset", "now.jsonl", "--round", "r", "--queue", "6", "--candidates", "--json"];
    let told = world.json(&asked);
    let said = |at: usize| told["done"][at]["sentence"].as_str().unwrap().to_owned();
    assert_eq!(said(1), "queued 6 examples to write for the round “r”: 6 intent:refund");
    assert_eq!(
        said(2),
        "brought 10 failing answers in, to be ranked; 10 examples not usable until then; of tuned from the round \
         “r”; left: 4 held out as test or validation"
    );
    assert_eq!(told["slices"][0]["write"], json!(6));
    let count = |filter: &str| world.ok(&["list", "d.goldset", "--where", filter, "--json"]).lines().count();
    assert_eq!(count("status:pending intent:refund kind:sft"), 6);
    assert_eq!(count("kind:preference by:tuned status:pending"), 10);
    world.ok(&["undo", "d.goldset"]);
    world.ok(&["undo", "d.goldset"]);
    assert_eq!((count("status:pending"), count("kind:preference")), (0, 0));
    assert!(world.refused(&["failures", "d.goldset", "now.jsonl", "--queue", "6"]).contains("--round"));
    // Only of a slice, and of no tag where there is none to bring in.
    let of = |tag: &str| {
        let asked = ["failures", "d.goldset", "--round", "r", "--candidates", "--of", tag, "--json"];
        world.json(&asked)["done"][0]["sentence"].as_str().unwrap().to_owned()
    };
    assert!(
        of("intent:cancel").starts_with("brought no answer in for intent:cancel"),
        "{}",
        of("intent:cancel")
    );
    let brought = of("intent:refund");
    assert!(brought.contains("in for intent:refund, to be ranked"), "{brought}");
    assert!(brought.contains("of tuned from the round “r”"), "{brought}");
    assert!(
        world
            .refused(&["failures", "d.goldset", "--round", "r", "--of", "intent:refund"])
            .contains("--candidates")
    );
    world.ok(&["undo", "d.goldset"]);
    // Nothing fails more than the rest: nothing is queued, and that is told.
    world.write("even.jsonl", answered(|at| at % 4 == 0));
    let run = world.run(&["failures", "d.goldset", "even.jsonl", "--round", "even", "--queue", "6"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("queued nothing"), "{}", run.out);
}

#[test]
fn names_and_answers_of_rounds_do_not_drive_the_terminal() {
    let world = asked();
    let evil = "\u{1b}[31mred\u{202e}";
    let line = json!({"prompt": format!("what{evil}"), "passed": false, "answer": evil, "model": evil});
    world.write("evil.jsonl", format!("{line}\n"));
    for asked in [
        vec!["failures", "d.goldset", "evil.jsonl", "--round", evil, "--candidates"],
        vec!["failures", "d.goldset"],
        vec!["failures", "d.goldset", "--round", evil, "--against", evil],
        vec!["failures", "d.goldset", "--remove", evil],
    ] {
        let run = world.run(&asked);
        assert!(run.code == 0, "{}{}", run.out, run.err);
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}{}", run.out, run.err);
    }
}

#[test]
fn numbers_that_mean_nothing_are_refused() {
    let world = asked();
    world.write("now.jsonl", results(|at| at <= 14));
    for absurd in [
        ["--write", "18446744073709551615"],
        ["--least", "0"],
        ["--passes-at", "nan"],
        ["--passes-at", "inf"],
    ] {
        let said = world.refused(&[&["failures", "d.goldset", "now.jsonl"][..], &absurd].concat());
        assert!(said.contains(absurd[0]), "{said}");
    }
    let most = world.run(&["failures", "d.goldset", "now.jsonl", "--write", "1000000"]);
    assert!(most.code == 1 && most.out.contains("1,000,000"), "{}", most.out);
}

#[test]
fn candidates_of_a_value_that_is_nowhere_are_refused_before_anything_is_kept() {
    let world = asked();
    world.write("now.jsonl", results(|at| at <= 14));
    let of =
        ["failures", "d.goldset", "now.jsonl", "--round", "now", "--candidates", "--of", "intent:nosuch"];
    assert!(world.refused(&of).contains("neither the dataset nor a test has that value"));
    assert!(world.ok(&["failures", "d.goldset"]).contains("no round is kept yet"));
}
