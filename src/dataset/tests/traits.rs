//! What is read off examples is always what would be read now, and its counts what a recount gives.

use proptest::prelude::*;

use super::steps::{dataset, step, verb_of};
use super::{Dataset, Verb, no_differences};
use crate::dataset::{ImportOptions, Selection};
use crate::example::{Example, Kind, Message, Prompt, Response, Role, Status};
use crate::store;

fn waiting(dataset: &Dataset) -> u64 {
    store::waiting_for_traits(&dataset.connection).unwrap()
}

/// The traits of all examples, in the order of their numbers.
fn traits(dataset: &Dataset) -> Vec<store::TraitRow> {
    let mut rows = Vec::new();
    store::each_trait(&dataset.connection, |row| {
        rows.push(row.clone());
        Ok::<(), store::Error>(())
    })
    .unwrap();
    rows.sort_by_key(|row| row.example);
    rows
}

fn asked(text: &str, answer: Option<&str>) -> Example {
    let mut example = Example::new(Kind::Sft, Prompt::user(text));
    example.responses = answer.map(|answer| Response::new(None, answer)).into_iter().collect();
    example
}

#[test]
fn traits_are_known_as_soon_as_an_example_is_written_or_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let question = "Wie kann ich meine Bestellung stornieren, die ich gestern gemacht habe?";
    dataset.perform(&Verb::Create(Box::new(asked(question, None)))).unwrap();
    let before = traits(&dataset);
    assert_eq!((before[0].language.as_str(), before[0].turns, before[0].answer), ("de", 1, None));
    let response = Box::new(Response::new(None, "Es tut mir leid, aber dabei kann ich dir nicht helfen."));
    dataset.perform(&Verb::AddResponse { example: 1, response }).unwrap();
    let after = traits(&dataset);
    assert!(after[0].answer.is_some_and(|answer| answer.is_refusal && !answer.is_json));
    assert!(after[0].seq > before[0].seq, "who has it in memory reads it anew");
    let messages = ["a", "b", "c"].map(|text| Message::new(Role::User, text)).to_vec();
    let prompt = Prompt { messages, tools: vec![serde_json::json!({"name": "look_up"})] };
    let write =
        Verb::Write { example: 1, prompt: Some(prompt), responses: Vec::new(), note: None, status: None };
    dataset.perform(&write).unwrap();
    assert_eq!((traits(&dataset)[0].turns, traits(&dataset)[0].has_tools), (3, true));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!((traits(&dataset)[0].turns, traits(&dataset)[0].has_tools), (1, false));
    assert_eq!(waiting(&dataset), 0);
    no_differences(&dataset);
}

#[test]
fn an_import_brings_along_what_is_read_off_its_examples() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let file = folder.path().join("many.jsonl");
    let line = |n: usize| {
        format!(r#"{{"prompt":"How do I cancel order {n} of the week?","responses":[{{"text":"{{}}"}}]}}"#)
    };
    std::fs::write(&file, (0..300).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    let report = dataset
        .import(&[file], &ImportOptions::default(), &mut |reject| panic!("{}", reject.reason), &mut |_| true)
        .unwrap();
    assert_eq!(report.examples, 300);
    assert_eq!((waiting(&dataset), traits(&dataset).len()), (0, 300));
    no_differences(&dataset);
    let counts = store::read_trait_counts(&dataset.connection).unwrap();
    let json = |is| counts.json.iter().find(|count| count.value == is).map(|count| count.by_status.clone());
    assert_eq!(json(true).unwrap().iter().map(|(_, n)| n).sum::<u64>(), 300, "the first is the one told of");
    assert_eq!(counts.source.len(), 1);
    assert_eq!(counts.source[0].value.as_deref().map(|source| source.ends_with("many.jsonl")), Some(true));
    no_differences(&dataset);
    dataset
        .perform(&Verb::SetStatus {
            on: Selection::Matching(crate::query::Filter::everything()),
            status: Status::Approved,
        })
        .unwrap();
    no_differences(&dataset);
    dataset.perform(&Verb::Undo).unwrap();
    no_differences(&dataset);
    // What the import had brought comes again row by row, and more of it than is waited for.
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(traits(&dataset), []);
    dataset.perform(&Verb::Redo).unwrap();
    assert!(waiting(&dataset) > 200, "they are not waited for");
    no_differences(&dataset);
    // What is being worked on does not wait for the rest.
    let response = Box::new(Response::new(None, "Sorry, I can't help with that."));
    dataset.perform(&Verb::AddResponse { example: 300, response }).unwrap();
    assert!(traits(&dataset).iter().any(|row| row.example == 300));
    // Many are read by one thread while another writes, a few at a time by the one that writes.
    let (before, mut reader) = (waiting(&dataset), dataset.reader().unwrap());
    let transaction = dataset.begin().unwrap();
    assert_eq!(store::settle_many_traits(&transaction, &mut reader.connection, 100).unwrap(), 100);
    transaction.commit().unwrap();
    assert_eq!(waiting(&dataset), before - 100);
    while dataset.settle_traits_some().unwrap() {}
    assert_eq!((waiting(&dataset), traits(&dataset).len()), (0, 300));
    no_differences(&dataset);
}

#[test]
fn an_import_reads_off_the_first_response_that_says_something() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let file = folder.path().join("pairs.jsonl");
    let lines = [
        r#"{"prompt":"How do I cancel it?","chosen":"{\"how\": 1}","rejected":"I'm sorry, but I can't help with that."}"#,
        r#"{"prompt":"How do I cancel it?","chosen":"  ","rejected":"I'm sorry, but I can't help with that."}"#,
        r#"{"prompt":"How do I cancel it?","chosen":"","rejected":" "}"#,
    ];
    std::fs::write(&file, lines.join("\n")).unwrap();
    let mut rejected = |reject: &crate::dataset::Reject| panic!("{}", reject.reason);
    dataset.import(&[file], &ImportOptions::default(), &mut rejected, &mut |_| true).unwrap();
    let told = |row: store::TraitRow| row.answer.map(|answer| (answer.is_json, answer.is_refusal));
    let said: Vec<_> = traits(&dataset).into_iter().map(told).collect();
    assert_eq!(said, [Some((true, false)), Some((false, true)), None]);
    no_differences(&dataset);
}

#[test]
fn what_waits_in_an_older_dataset_is_read_before_anything_else_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(asked("What is due this week?", Some("Two."))))).unwrap();
    dataset.connection.execute_batch("DELETE FROM trait; INSERT INTO trait_pending VALUES (1)").unwrap();
    let path = dataset.path().to_owned();
    drop(dataset);
    let dataset = Dataset::open(&path, "ana").unwrap();
    assert_eq!((waiting(&dataset), traits(&dataset).len()), (0, 1));
    no_differences(&dataset);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn kept_counts_equal_a_recount_after_any_verbs(steps in prop::collection::vec(step(), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        for step in &steps {
            if let Some(verb) = verb_of(step, &dataset) {
                // a refused verb changes nothing, which is right too
                let _ = dataset.perform(&verb);
            }
        }
        prop_assert_eq!(waiting(&dataset), 0);
        // Counted by hand, example by example: not by the words of the schema.
        let counts = store::read_trait_counts(&dataset.connection).unwrap();
        let mut turns = std::collections::BTreeMap::new();
        let mut languages = std::collections::BTreeMap::new();
        let mut answered = 0;
        for row in traits(&dataset) {
            let example = store::example(&dataset.connection, row.example).unwrap().unwrap();
            let said = example.prompt.messages.iter().filter(|message| message.role == Role::User).count();
            *turns.entry((said, example.status.as_str())).or_insert(0_u64) += 1;
            *languages.entry((row.language.clone(), example.status.as_str())).or_insert(0_u64) += 1;
            answered += u64::from(example.responses.iter().any(|response| !response.is_blank()));
        }
        for count in &counts.turns {
            for (status, n) in &count.by_status {
                let by_hand: u64 = turns
                    .iter()
                    .filter(|((said, is), _)| *said == count.value as usize && *is == status.as_str())
                    .map(|(_, n)| n)
                    .sum();
                prop_assert_eq!(by_hand, *n);
            }
        }
        let kept = counts.language.iter().flat_map(|count| {
            count.by_status.iter().map(|(status, n)| ((count.value.clone(), status.as_str()), *n))
        });
        prop_assert_eq!(kept.collect::<std::collections::BTreeMap<_, _>>(), languages);
        let told = counts.json.iter().flat_map(|count| &count.by_status).map(|(_, n)| n).sum::<u64>();
        prop_assert_eq!(told, answered);
        no_differences(&dataset);
    }
}
