//! What is measured of rankings, printed: `goldset ranks` and `goldset agreement`.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::World;

/// Responses of three models, ranked by three people; example 3 by ana alone.
fn world() -> World {
    let world = World::new();
    let rankings = |orders: &[(&str, &[&str])]| -> Vec<Value> {
        orders
            .iter()
            .map(|(who, order)| json!({"annotator": who, "tiers": order, "presented": ["a", "b", "c"], "millis": 9000}))
            .collect()
    };
    let example = |question: &str, orders: &[(&str, &[&str])]| {
        let response = |id: &str, model: &str, text: &str| json!({"id": id, "author": {"name": model, "kind": "model"}, "messages": [{"role": "assistant", "content": text}]});
        json!({
            "goldset": 1, "kind": "preference",
            "prompt": {"messages": [{"role": "user", "content": question}]},
            "responses": [response("a", "large", "yes"), response("b", "middle", "well, yes"), response("c", "small", "no")],
            "rankings": rankings(orders),
        })
    };
    let examples = [
        example("one?", &[("ana", &["a", "b", "c"]), ("ben", &["a", "b", "c"]), ("eva", &["b", "a", "c"])]),
        example("two?", &[("ana", &["a", "c", "b"]), ("ben", &["a", "b", "c"])]),
        example("three?", &[("ana", &["b", "a", "c"])]),
    ];
    let lines: Vec<String> = examples.iter().map(ToString::to_string).collect();
    world.write("r.jsonl", lines.join("\n"));
    world.ok(&["new", "d.goldset"]);
    world.ok(&["import", "d.goldset", "r.jsonl"]);
    world
}

#[test]
fn ranks_are_printed_best_first_with_how_sure_they_are() {
    let world = world();
    let ranks = world.json(&["ranks", "d.goldset", "--json"]);
    assert_eq!(
        (&ranks["examples"], &ranks["judgements"], &ranks["comparisons"]),
        (&json!(3), &json!(6), &json!(18))
    );
    let authors = ranks["authors"].as_array().unwrap();
    let names: Vec<&str> = authors.iter().map(|author| author["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["large", "middle", "small"]);
    // Against middle 4 of 6, against small 6 of 6.
    assert!((authors[0]["win_rate"].as_f64().unwrap() - 10.0 / 12.0).abs() < 1e-12);
    let against = world.json(&["ranks", "d.goldset", "--against", "middle", "--where", "id:1", "--json"]);
    assert_eq!(against["authors"][0]["name"], "large");
    assert!((against["authors"][0]["win_rate"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12);
    let out = world.ok(&["ranks", "d.goldset"]);
    assert!(out.contains("3 ranked examples, 18 comparisons"), "{out}");
    assert!(out.contains("unanimous") || out.contains("majority"), "{out}");
    let refused = world.refused(&["ranks", "d.goldset", "--against", "nobody"]);
    assert!(refused.contains("nobody") && refused.contains("large"), "{refused}");
}

#[test]
fn agreement_is_measured_over_all_and_for_each_two() {
    let world = world();
    let found = world.json(&["agreement", "d.goldset", "--json"]);
    assert_eq!((&found["examples"], &found["judgements"]), (&json!(3), &json!(6)));
    // Two examples were ranked by two or more, each with three pairs of responses.
    assert_eq!((&found["all"]["examples"], &found["all"]["pairs"]), (&json!(2), &json!(6)));
    // One example's pairs: 3 people, of whom one says otherwise of one pair: (1/3 + 1 + 1); the other's: 2 of 3.
    let percent = found["all"]["percent"]["value"].as_f64().unwrap();
    assert!((percent - (7.0 / 3.0 + 2.0) / 6.0).abs() < 1e-12, "{percent}");
    assert_eq!(found["all"]["remarks"], json!(["too few"]));
    let pairs = found["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 3);
    assert_eq!((&pairs[0]["annotators"], &pairs[0]["examples"]), (&json!(["ana", "ben"]), &json!(2)));
    assert!(pairs[0]["cohen_kappa"]["value"].is_number() && pairs[0]["fleiss_kappa"].is_null());
    let out = world.ok(&["agreement", "d.goldset"]);
    assert!(out.contains("ana and ben") && out.contains("alpha, ordinal"), "{out}");
    let units = world.ok(&["agreement", "d.goldset", "--units", "--where", "id:2"]);
    let units: Vec<Value> = units.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(units.len(), 6, "three pairs, two people");
    let of = |who: &str, a: u64, b: u64| {
        let unit = units.iter().find(|unit| {
            unit["annotator"] == who
                && [(a, b), (b, a)].iter().any(|(x, y)| unit["first"] == *x && unit["second"] == *y)
        });
        let unit = unit.unwrap();
        unit["value"].as_i64().unwrap() * if unit["first"] == a { 1 } else { -1 }
    };
    assert_eq!((of("ana", 1, 2), of("ana", 3, 2), of("ben", 3, 2)), (1, 1, -1));
}

#[test]
fn where_nobody_shares_an_example_it_is_said_what_it_takes() {
    let world = world();
    let out = world.ok(&["agreement", "d.goldset", "--where", "id:3"]);
    assert!(out.contains("no two people") && out.contains("--rankings 2"), "{out}");
    let found = world.json(&["agreement", "d.goldset", "--where", "id:3", "--json"]);
    assert_eq!(
        found["all"]["alpha_ordinal"],
        json!({"value": null, "why": "no two people judged the same pair"})
    );
}

/// The records of `AlpacaEval`'s annotations, joined from answers and preferences.
fn alpaca_eval(folder: &Path) -> String {
    let file = std::fs::File::open(folder.join("alpaca_eval_8_models.jsonl.gz")).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let examples: Vec<(String, HashMap<String, String>)> = text
        .lines()
        .map(|line| {
            let record: Value = serde_json::from_str(line).unwrap();
            let outputs = record["outputs"].as_array().unwrap().iter().map(|output| {
                let field = |name: &str| output[name].as_str().unwrap().to_owned();
                (field("generator"), field("output"))
            });
            (record["instruction"].as_str().unwrap().to_owned(), outputs.collect())
        })
        .collect();
    let preferences = std::fs::read_to_string(folder.join("alpaca_eval_8_models_preferences.jsonl")).unwrap();
    let records = preferences.lines().map(|line| {
        let mut record: Value = serde_json::from_str(line).unwrap();
        let (instruction, outputs) = &examples[usize::try_from(record["index"].as_u64().unwrap()).unwrap()];
        for at in ["1", "2"] {
            let generator = record[format!("generator_{at}")].as_str().unwrap();
            // One model's answers to two of them were not kept, and some are empty.
            let output = outputs.get(generator).filter(|output| !output.trim().is_empty());
            record[format!("output_{at}")] = json!(output.map_or("(none)", String::as_str));
        }
        record["instruction"] = json!(instruction);
        record.to_string()
    });
    records.collect::<Vec<_>>().join("\n")
}

#[test]
fn win_rates_are_those_of_the_published_leaderboard() {
    let Some(data) = std::env::var_os("GOLDSET_DATA").map(std::path::PathBuf::from) else {
        eprintln!("skipped: GOLDSET_DATA names no folder of public datasets");
        return;
    };
    let folder = data.join("ranking");
    let world = World::new();
    world.write("pairs.jsonl", alpaca_eval(&folder));
    world.ok(&["new", "d.goldset"]);
    world.ok(&["import", "d.goldset", "pairs.jsonl", "--format", "judged-pair"]);
    let ranks = world.json(&["ranks", "d.goldset", "--against", "gpt4_1106_preview", "--json"]);
    let authors = ranks["authors"].as_array().unwrap();
    assert_eq!(authors.len(), 7);
    let mut published = csv::Reader::from_path(folder.join("alpaca_eval_2_leaderboard.csv")).unwrap();
    let published: HashMap<String, (f64, f64)> = published
        .records()
        .map(|record| record.unwrap())
        .map(|record| (record[0].to_owned(), (record[1].parse().unwrap(), record[2].parse().unwrap())))
        .collect();
    for author in authors {
        let (rate, error) = published[author["name"].as_str().unwrap()];
        let of = |name: &str| author[name].as_f64().unwrap() * 100.0;
        assert!((of("win_rate") - rate).abs() < 1e-6 * rate, "{author} is not {rate}");
        assert!((of("standard_error") - error).abs() < 1e-6 * error, "{author} has not {error}");
    }
}
