//! What is read off examples: on the command line beside the facets that people set.

use crate::support::World;

/// German and English questions, one of them declined, one answered in JSON, one with tools.
const LINES: &str = r#"{"prompt":"How do I cancel the order that I made this week?","responses":[{"text":"You can do it in your account."}],"status":"approved"}
{"prompt":"Wie kann ich die Bestellung stornieren, die ich gestern gemacht habe?","responses":[{"text":"Es tut mir leid, aber dabei kann ich nicht helfen."}],"status":"approved"}
{"prompt":"What is the state of my order, and when will it be here?","responses":[{"text":"{\"state\": \"sent\"}"}],"status":"approved"}
{"prompt":"42?","responses":[{"text":"42"}],"status":"draft"}
"#;

fn world() -> World {
    let world = World::with_dataset();
    world.write("a.jsonl", LINES);
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    world
}

fn found(world: &World, filter: &str) -> usize {
    world.ok(&["list", "d.goldset", "--where", filter, "--json"]).lines().count()
}

#[test]
fn filters_find_what_nobody_typed() {
    let world = world();
    for (filter, n) in [
        ("lang:en", 2),
        ("lang:de", 1),
        ("lang:none", 1),
        ("is:refusal", 1),
        ("is:json", 1),
        ("has:tools", 0),
        ("turns:1", 4),
        ("source:a.jsonl", 4),
        ("source:none", 0),
        ("lang:en -is:json", 1),
    ] {
        assert_eq!(found(&world, filter), n, "{filter}");
    }
    let refused = world.refused(&["list", "d.goldset", "--where", "lang:German"]);
    assert!(refused.contains("lang:de"), "{refused}");
}

/// The filters that the tables of `goldset stats` print, with how many examples they count.
fn printed(world: &World) -> Vec<(String, usize)> {
    let told = world.ok(&["stats", "d.goldset"]);
    let row = |line: &str| {
        let (name, numbers) = line.split_once("  ")?;
        let count = numbers.split_whitespace().next()?.parse().ok()?;
        name.contains(':').then(|| (name.to_owned(), count))
    };
    told.lines().filter_map(row).collect()
}

#[test]
fn what_is_printed_is_a_filter_that_finds_as_many() {
    let world = world();
    let turns: String = [3, 5, 8]
        .map(|n| {
            let turn =
                "{\"role\":\"user\",\"content\":\"and this?\"},{\"role\":\"assistant\",\"content\":\"that\"}";
            format!("{{\"messages\":[{}]}}\n", vec![turn; n].join(","))
        })
        .concat();
    world.write("of two, words.jsonl", turns);
    world.ok(&["import", "d.goldset", "of two, words.jsonl"]);
    let tools = r#"{"prompt":{"messages":[{"role":"user","content":"Is it raining in Oslo?"}],"tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":{}}}}]},"responses":[{"text":"No."}]}"#;
    world.write("tools.jsonl", tools);
    world.ok(&["import", "d.goldset", "tools.jsonl", "--format", "goldset"]);
    world.ok(&[
        "add",
        "d.goldset",
        "--user",
        "Written by hand?",
        "--response",
        "Yes.",
        "--tag",
        "topic:a new one",
    ]);
    let printed = printed(&world);
    for name in [
        "turns:4-6",
        "turns:7+",
        "tools:yes",
        "tools:no",
        "refusal:no",
        "json:yes",
        "source:\"written here\"",
    ] {
        assert!(printed.iter().any(|(there, _)| there == name), "{name}: {printed:?}");
    }
    for (filter, n) in printed {
        assert_eq!(found(&world, &filter), n, "{filter}");
    }
    assert_eq!(found(&world, "json:yes,no"), found(&world, "response_tokens>=0"));
    let refused = world.refused(&["list", "d.goldset", "--where", "tools:maybe"]);
    assert!(refused.contains("it has yes, no"), "{refused}");
}

#[test]
fn a_facet_of_the_datasets_own_keeps_the_name_in_filters() {
    let world = world();
    world.ok(&["facets", "d.goldset", "--add", "tools", "--open"]);
    world.ok(&["set", "d.goldset", "1", "2", "--tag", "tools:yes"]);
    assert_eq!(found(&world, "tools:yes"), 2);
    for (filter, n) in printed(&world) {
        assert_eq!(found(&world, &filter), n, "{filter}");
    }
}

#[test]
fn they_are_counted_beside_the_facets_that_people_set() {
    let world = world();
    let stats = world.json(&["stats", "d.goldset", "--json"]);
    let languages =
        stats["derived"].as_array().unwrap().iter().find(|facet| facet["name"] == "lang").unwrap();
    assert_eq!(
        (&languages["values"][0]["name"], &languages["values"][0]["examples"]),
        (&"en".into(), &2.into())
    );
    assert!(world.ok(&["stats", "d.goldset"]).contains("lang:de"));
    let table = world.run(&["coverage", "d.goldset", "--cross", "lang,json", "--json"]);
    let table: serde_json::Value = serde_json::from_str(&table.out).unwrap();
    assert_eq!(table["rows"], serde_json::json!(["en", "de"]));
    assert_eq!(table["columns"], serde_json::json!(["yes", "no"]));
    assert_eq!(table["counts"], serde_json::json!([[1, 1], [0, 1]]));
    let balance = world.ok(&["balance", "d.goldset", "--facet", "lang"]);
    assert!(balance.contains("largest share"), "{balance}");
    let refused = world.refused(&["coverage", "d.goldset", "--cross", "lang,nope"]);
    assert!(refused.contains("response_tokens"), "{refused}");
    world.ok(&["verify", "d.goldset"]);
}
