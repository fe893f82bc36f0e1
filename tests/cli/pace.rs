//! `goldset pace`: what was finished, how fast, when it will be enough, and what it costs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::support::{World, keys, sql};

const DAY: i64 = 24 * 60 * 60 * 1_000;

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// Twelve examples that ana wrote on the last four days, three a day, six minutes each.
fn worked() -> World {
    let world = World::with_dataset();
    for n in 0..12 {
        let user = format!("question {n}");
        world.ok(&[
            "add",
            "d.goldset",
            "--user",
            &user,
            "--response",
            "answer",
            "--tag",
            "intent:cancel",
            "--status",
            "submitted",
        ]);
    }
    let noon = now() / DAY * DAY + DAY / 2;
    let mut statements = String::new();
    for n in 0..12_i64 {
        let at = noon - DAY * (4 - n / 3) + n % 3 * 6 * 60_000;
        writeln!(statements, "UPDATE action SET at = {at} WHERE id = {};", n + 1).unwrap();
    }
    sql(&world.path("d.goldset"), &statements);
    world
}

fn pace(world: &World, more: &[&str]) -> Value {
    world.json(&[&["pace", "d.goldset", "--json"], more].concat())
}

#[test]
fn the_pace_is_that_of_the_days_that_were_worked() {
    let world = worked();
    let told = pace(&world, &[]);
    let fields = [
        "weeks",
        "at",
        "zone",
        "finished",
        "hours",
        "worked",
        "cut",
        "days",
        "by_week",
        "rates",
        "remaining",
        "to_hold_out",
        "forecast",
        "wage",
        "spending",
    ];
    assert_eq!(keys(&told), fields);
    assert_eq!((&told["finished"], &told["worked"], &told["weeks"]), (&json!(12), &json!(4), &json!(8)));
    assert_eq!(told["days"].as_array().unwrap().len(), 56);
    let days: Vec<u64> =
        told["days"].as_array().unwrap().iter().map(|day| day["finished"].as_u64().unwrap()).collect();
    assert_eq!(days[51..], [3, 3, 3, 3, 0]);
    assert_eq!(told["days"][51]["people"], json!({"ana": 3}));
    let rate = &told["rates"][0];
    assert_eq!(
        (&rate["person"], &rate["kind"], &rate["examples"]),
        (&json!("ana"), &json!("write"), &json!(8))
    );
    assert_eq!(rate["speed"]["per_hour"], json!(10.0));
    // refund wants three and has none: a day of work.
    let forecast = &told["forecast"];
    assert_eq!(
        (&told["remaining"], &forecast["state"], &forecast["days"]),
        (&json!(3), &json!("met_by"), &json!(1))
    );
    assert!(forecast["from"].as_str() <= forecast["on"].as_str());
    let out = world.run(&["pace", "d.goldset"]).flowing();
    assert!(out.contains("12 examples finished in 8 weeks"), "{out}");
    assert!(out.contains("at this rate they are met in about 1 day"), "{out}");
    assert!(out.contains("nobody said what work costs"), "{out}");
    assert_eq!(pace(&world, &["--by", "kind"])["rates"][0]["person"], json!(null));
    assert_eq!(pace(&world, &["--weeks", "1"])["days"].as_array().unwrap().len(), 7);
}

#[test]
fn what_work_costs_is_kept_in_the_dataset_and_can_be_undone() {
    let world = worked();
    assert!(world.ok(&["pace", "d.goldset", "--per-hour", "40"]).contains("work costs 40.00 an hour"));
    let told = pace(&world, &[]);
    assert_eq!(told["wage"], json!({"per_hour": 40.0}));
    let money = |value: &Value| format!("{:.2}", value.as_f64().unwrap());
    // Twice six minutes on each of four days; the first of a day is not timed.
    assert_eq!(money(&told["spending"]["so_far"]), "32.00");
    assert_eq!(money(&told["spending"]["each"]), "2.67");
    assert_eq!(money(&told["spending"]["to_targets"]["about"]), "8.00");
    world.ok(&["pace", "d.goldset", "--per-example", "2.50"]);
    assert_eq!(pace(&world, &[])["spending"]["so_far"], json!(30.0));
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(pace(&world, &[])["wage"], json!({"per_hour": 40.0}));
    world.ok(&["pace", "d.goldset", "--no-wage"]);
    assert_eq!(pace(&world, &[])["spending"], json!(null));
    assert!(world.refused(&["pace", "d.goldset", "--per-hour", "much"]).contains("a number from 0"));
    assert!(
        world
            .refused(&["pace", "d.goldset", "--per-hour", "1", "--per-example", "2"])
            .contains("cannot be used")
    );
    world.ok(&["verify", "d.goldset"]);
}

#[test]
fn what_an_import_or_a_change_of_very_many_brought_is_no_work() {
    let world = World::with_dataset();
    let mut lines = String::new();
    for n in 0..600 {
        writeln!(
            lines,
            "{{\"messages\":[{{\"role\":\"user\",\"content\":\"question {n}\"}},{{\"role\":\"assistant\",\"content\":\"a\"}}]}}"
        )
        .unwrap();
    }
    world.write("many.jsonl", lines);
    world.ok(&["import", "d.goldset", "many.jsonl", "--status", "draft"]);
    world.ok(&["set", "d.goldset", "--all", "--status", "approved"]);
    assert_eq!(pace(&world, &[])["finished"], json!(0));
    world.ok(&["set", "d.goldset", "1", "2", "--status", "draft"]);
    world.ok(&["set", "d.goldset", "1", "2", "--status", "submitted"]);
    let told = pace(&world, &[]);
    assert_eq!((&told["finished"], &told["forecast"]["state"]), (&json!(2), &json!("too_early")));
}
