//! What is found like a prompt that is being written.

use super::steps::{dataset, example};
use crate::curation::contradiction::{Difference, Relation};
use crate::dataset::{Dataset, Found, Near, Nearness, Neighbours, Selection, Verb};
use crate::example::{Example, Kind, Prompt, Response, Status, Tag};

fn asked(dataset: &mut Dataset, question: &str, answer: &str) -> i64 {
    let mut example = Example::new(Kind::Sft, Prompt::user(question));
    example.responses = vec![Response::new(None, answer)];
    dataset.perform(&Verb::Create(Box::new(example))).unwrap().example.unwrap()
}

fn found(dataset: &Dataset, of: Option<i64>, question: &str, response: &str) -> Found {
    let reader = dataset.reader().unwrap();
    Neighbours::new().find(&reader, of, &Prompt::user(question), response, 5).unwrap()
}

fn ids(found: &Found) -> Vec<i64> {
    found.near.iter().map(|near| near.id).collect()
}

#[test]
fn the_likest_comes_first_with_what_was_answered_and_how_that_stands_to_what_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let mut first = Example::new(Kind::Sft, Prompt::user("How long can I return the shoes that I bought?"));
    first.responses = vec![Response::new(None, " "), Response::new(None, "Within 30 days of delivery.")];
    first.tags = vec![Tag::new("intent", "refund")];
    dataset.perform(&Verb::Create(Box::new(first))).unwrap();
    asked(&mut dataset, "How long may I wait to return the shoes that I bought?", "A month.");
    asked(&mut dataset, "My boots never came; what about the shoes?", "Sorry!");
    asked(&mut dataset, "Write a poem.", "Roses …");
    let question = "How long can I return the shoes that I bought ?";
    let found = found(&dataset, None, question, "Within 14 days of delivery.");
    assert_eq!((ids(&found), found.sketched, found.of), (vec![1, 2, 3], 4, 4));
    let [near, close, lexical] = found.near.as_slice() else { panic!("{found:?}") };
    let [mine, theirs] = ["14", "30"].map(|days| vec![days.to_owned()]);
    assert_eq!(
        *near,
        Near {
            id: 1,
            similarity: near.similarity,
            kind: Nearness::Duplicate,
            question: "How long can I return the shoes that I bought?".to_owned(),
            answer: "Within 30 days of delivery.".to_owned(),
            status: Status::Pending,
            tags: vec!["intent:refund".to_owned()],
            relation: Some(Relation::DifferentAnswer(Difference::Numbers { mine, theirs })),
        }
    );
    assert!((near.similarity - 1.0).abs() < 1e-6);
    assert_eq!((close.kind, &close.relation), (Nearness::Close, &None));
    assert_eq!(lexical.kind, Nearness::Lexical);
}

#[test]
fn scripts_without_blanks_are_compared_and_sought_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    asked(&mut dataset, "请问怎么取消我的订单？", "好的。");
    asked(&mut dataset, "ฉันต้องการคืนสินค้าที่สั่งซื้อเมื่อวานนี้", "ได้ค่ะ");
    asked(&mut dataset, "订单的发票在哪里可以下载", "在这里。");
    let chinese = found(&dataset, None, "请问怎么取消我的订单", "好的");
    assert_eq!(ids(&chinese), [1, 3]);
    assert_eq!(chinese.near[0].relation, Some(Relation::SameAnswer));
    let thai = found(&dataset, None, "ฉันต้องการคืนสินค้าที่สั่งซื้อเมื่อวาน", "");
    assert_eq!((ids(&thai), thai.near[0].kind), (vec![2], Nearness::Duplicate));
    assert_eq!(thai.near[0].relation, None, "nothing is typed yet");
}

#[test]
fn an_example_is_not_its_own_neighbour_and_nothing_is_like_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for _ in 0..2 {
        asked(&mut dataset, "Where is my parcel?", "There.");
    }
    assert_eq!(ids(&found(&dataset, Some(1), "Where is my parcel?", "")), [2]);
    assert_eq!(ids(&found(&dataset, None, "  ?!", "")), [0; 0]);
    assert_eq!(ids(&found(&dataset, None, "\"", "")), [0; 0]);
}

#[test]
fn one_memory_follows_what_is_written_changed_undone_and_discarded() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let reader = dataset.reader().unwrap();
    let mut neighbours = Neighbours::new();
    let mut find =
        |question: &str| neighbours.find(&reader, None, &Prompt::user(question), "Yes.", 9).unwrap();
    assert_eq!(find("Do you ship to Norway?"), Found::default());
    asked(&mut dataset, "Do you ship to Norway?", "No.");
    let found = find("Do you ship to Norway?");
    assert!(matches!(found.near[0].relation, Some(Relation::DifferentAnswer(_))), "{found:?}");

    let prompt = Prompt::user("When does the shop in Oslo open?");
    dataset
        .perform(&Verb::Write {
            example: 1,
            prompt: Some(prompt),
            responses: vec![],
            note: None,
            status: None,
        })
        .unwrap();
    assert_eq!(ids(&find("Do you ship to Norway?")), [0; 0]);
    assert_eq!(find("When does the shop in Oslo open?").near[0].kind, Nearness::Duplicate);

    dataset.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Discarded }).unwrap();
    let discarded = &find("When does the shop in Oslo open?").near[0];
    assert_eq!((discarded.status, &discarded.relation), (Status::Discarded, &None));

    for _ in 0..3 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    assert_eq!(find("When does the shop in Oslo open?"), Found::default());
    assert_eq!(find("Do you ship to Norway?"), Found::default());
    dataset.perform(&Verb::Redo).unwrap();
    assert_eq!(ids(&find("Do you ship to Norway?")), [1]);
}

#[test]
fn many_that_are_gone_hide_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let reader = dataset.reader().unwrap();
    let mut neighbours = Neighbours::new();
    let mut find = || neighbours.find(&reader, None, &Prompt::user("What is due today?"), "", 3).unwrap();
    for _ in 0..60 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        asked(&mut dataset, "What is due today?", "Two.");
    }
    assert_eq!(ids(&find()), [2, 4, 6]);
    for _ in 0..120 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    let last = asked(&mut dataset, "What is due today, please?", "Two.");
    assert_eq!(ids(&find()), [last]);
}

#[test]
fn sketches_are_made_in_portions_or_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for number in 0..40 {
        asked(&mut dataset, &format!("Where is the parcel of order {number}, please?"), "There.");
    }
    dataset
        .connection
        .execute_batch("DELETE FROM sketch; INSERT INTO sketch_pending SELECT id FROM example;")
        .unwrap();
    let reader = dataset.reader().unwrap();
    let question = Prompt::user("Where is the parcel of order 7, please?");
    let mut neighbours = Neighbours::new();
    let before = neighbours.find(&reader, None, &question, "", 1).unwrap();
    assert_eq!((before.sketched, before.of), (0, 40));
    neighbours.make_missing(&reader, &mut |_| true).unwrap();
    let here = neighbours.find(&reader, None, &question, "", 1).unwrap();
    assert_eq!((ids(&here), here.sketched), (vec![8], 40));
    while dataset.sketch_some().unwrap() {}
    assert!(!dataset.sketch_some().unwrap());
    let there = Neighbours::new().find(&reader, None, &question, "", 1).unwrap();
    assert_eq!(there, here);
    assert_eq!(dataset.verify().unwrap(), []);
}

#[test]
fn long_texts_are_compared_as_far_as_it_pays() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let long = (0..60_000).map(|number| format!("{number} of them, ")).collect::<Vec<_>>().concat();
    asked(&mut dataset, &long, "Many.");
    assert_eq!(found(&dataset, None, &long[..200_000], "").near.len(), 1);
}
