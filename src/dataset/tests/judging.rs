//! Judging a whole dataset.

use serde_json::json;

use super::steps::dataset;
use crate::curation::contract::Judge;
use crate::dataset::{Error, Verb};
use crate::example::{
    Arguments, Content, Contract, Example, Kind, Message, Prompt, Response, Role, Tag, ToolCall,
};
use crate::query::Filter;

fn contract(parts: serde_json::Value) -> Contract {
    serde_json::from_value(parts).unwrap()
}

/// Two answers, one of them after a call of a tool; a call alone; nothing; and another task.
fn examples() -> Vec<Example> {
    let call = ToolCall { id: None, name: "look".to_owned(), arguments: Arguments::Json(json!({})) };
    let calls =
        Message { tool_calls: vec![call], content: Content::Null, ..Message::new(Role::Assistant, "") };
    let then = |text: &str| {
        Response::of(
            None,
            vec![calls.clone(), Message::new(Role::Tool, "7"), Message::new(Role::Assistant, text)],
        )
    };
    let of = |responses: Vec<Response>, value: &str| {
        let mut example = Example::new(Kind::Sft, Prompt::user("What?"));
        example.responses = responses;
        example.tags = vec![Tag::new("intent", value)];
        example
    };
    vec![
        of(vec![Response::new(None, "yes"), then("no")], "refund"),
        of(vec![Response::of(None, vec![calls.clone()]), Response::new(None, " ")], "refund"),
        of(vec![Response::new(None, "perhaps, perhaps not")], "cancel"),
    ]
}

#[test]
fn every_response_is_judged_by_its_last_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for example in examples() {
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
    let reader = dataset.reader().unwrap();
    let judged = |parts| {
        let judge = Judge::new(&contract(parts)).unwrap();
        let mut broken = Vec::new();
        let report = reader
            .judge_all(&judge, &Filter::everything(), &mut |_| true, &mut |found| {
                broken.push((found.number, found.response));
                true
            })
            .unwrap();
        (broken, [report.examples, report.others, report.judged, report.not_judged, report.broken])
    };
    assert_eq!(judged(json!({"allowed": ["yes"]})), (vec![(1, 1), (3, 0)], [3, 0, 3, 2, 2]));
    assert_eq!(
        judged(json!({"only": {"intent": ["refund"]}, "allowed": ["yes"]})),
        (vec![(1, 1)], [2, 1, 2, 2, 1])
    );
    assert_eq!(
        judged(json!({"tokens": {"max": 1}})).0,
        [(3, 0)],
        "tokens are counted where they are bounded"
    );
    let judge = Judge::new(&contract(json!({"allowed": ["x"]}))).unwrap();
    let mut seen = 0;
    let stopped = reader.judge_all(&judge, &Filter::everything(), &mut |_| true, &mut |_| {
        seen += 1;
        false
    });
    assert!(matches!(stopped, Err(Error::Stopped)) && seen == 1);
    let stopped = reader.judge_all(&judge, &Filter::everything(), &mut |_| false, &mut |_| true);
    assert!(matches!(stopped, Err(Error::Stopped)));
}

#[test]
fn a_contract_that_can_not_be_judged_by_is_never_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let bad = contract(json!({"schema": {"type": "strin"}}));
    let refused = dataset.perform(&Verb::SetContract(Some(Box::new(bad.clone()))));
    assert!(matches!(refused, Err(Error::Contract(_))));
    let definitions = crate::formats::Definitions { contract: Some(Box::new(bad)), ..Default::default() };
    assert!(matches!(dataset.perform(&Verb::Define(definitions)), Err(Error::Contract(_))));
    assert_eq!(dataset.reader().unwrap().contract().unwrap(), None);
}
