//! What comes of several rankings in an export, and what people said beside it.

use serde_json::json;

use super::super::{Carries, Unwritable, WriteOptions};
use super::local_rules::NEEDING_MORE;
use super::{read_first, write, write_one};
use crate::example::{Author, AuthorKind, Example, Kind, Prompt, Ranking, Response, Uuid};

/// Two people on three responses; they don't agree on the second and the third.
fn judged_by_two() -> Example {
    let model = |name: &str| Some(Author { name: name.to_owned(), kind: AuthorKind::Model });
    let responses: Vec<Response> = ["large", "middle", "small"]
        .iter()
        .map(|name| Response::new(model(name), format!("by {name}")))
        .collect();
    let ids: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
    let by =
        |name: &str, order: [usize; 3]| Ranking::new(name, order.iter().map(|&at| vec![ids[at]]).collect());
    let mut eva = by("eva", [0, 1, 2]);
    eva.details.reasons = vec!["more exact".to_owned()];
    Example {
        responses,
        rankings: vec![eva, by("ben", [0, 2, 1])],
        ..Example::new(Kind::Preference, Prompt::user("q"))
    }
}

#[test]
fn pairs_come_of_what_most_say_and_not_of_the_last_ranking() {
    let example = judged_by_two();
    let written = write("trl-preference", &example, None).unwrap();
    let pairs: Vec<(&str, &str)> = written
        .records
        .iter()
        .map(|record| {
            let said = |name: &str| record[name][0]["content"].as_str().unwrap();
            (said("chosen"), said("rejected"))
        })
        .collect();
    assert_eq!(pairs.len(), 2);
    assert!(pairs.contains(&("by large", "by middle")) && pairs.contains(&("by large", "by small")));
    assert_eq!(write_one("openai-chat", &example)["messages"][1]["content"], "by large");
    let mut circle = example;
    let ids: Vec<Uuid> = circle.responses.iter().map(|response| response.id).collect();
    let turned = |turn: usize| (0..3).map(|at| vec![ids[(at + turn) % 3]]).collect::<Vec<_>>();
    circle.rankings = (0..3).map(|turn| Ranking::new(format!("p{turn}"), turned(turn))).collect();
    let Err(Unwritable(why)) = write("trl-preference", &circle, None) else {
        panic!("a circle has no pairs")
    };
    assert_eq!(why, "its rankings lead round in a circle");
}

#[test]
fn what_people_said_goes_along_where_it_is_asked_for() {
    let example = judged_by_two();
    let options = WriteOptions { judgements: Some(true), ..WriteOptions::default() };
    for format in super::super::all().filter(|format| format.writer(&options).is_some()) {
        let (id, mut writer) = (format.id(), format.writer(&options).unwrap());
        let Ok(written) = writer.write(&example) else {
            let is_order = format.carries() == Carries::Order;
            assert!(is_order || NEEDING_MORE.contains(&id), "{id}: two people, and no order of all three");
            continue;
        };
        if ["goldset", "columns"].contains(&id) {
            continue;
        }
        let said = &written.records[0]["judgement"];
        assert_eq!((&said["outcome"], &said["judgements"]), (&json!("unresolved"), &json!(2)), "{id}");
        assert_eq!(said["agreement"], json!(2.0 / 3.0), "{id}");
        assert_eq!(said["authors"], json!(["large", "middle", "small"]), "{id}");
        assert_eq!(said["rankings"][0]["tiers"], json!([[1], [2], [3]]), "{id}");
        assert_eq!(said["rankings"][0]["reasons"], json!(["more exact"]), "{id}");
        assert!(!written.left_out.contains(&"rankings"), "{id}");
        if written.records.len() > 1 && format.carries() == Carries::Pairs {
            assert_eq!((&said["chosen"], &said["share"]), (&json!(1), &json!(1.0)), "{id}");
        }
        // An export that comes in again says it anew.
        let mut again = read_first(id, &written.records);
        again
            .rankings
            .push(Ranking::new("zoe", again.responses.iter().map(|response| vec![response.id]).collect()));
        if let Ok(twice) = format.writer(&options).unwrap().write(&again) {
            let rankings = twice.records[0]["judgement"]["rankings"].as_array().unwrap();
            assert!(rankings.iter().any(|ranking| ranking["annotator"] == "zoe"), "{id}");
        }
    }
}
