//! Learning from a dataset which tags its words suggest.

use std::cell::Cell;

use super::steps::dataset;
use crate::curation::suggest::hashes_of;
use crate::dataset::{Dataset, Error, Selection, Verb};
use crate::example::{Example, Kind, Message, Prompt, Role, Status, Tag};

/// Forty tagged questions under one system turn, and one without a tag.
fn with_questions(folder: &std::path::Path) -> Dataset {
    let mut dataset = dataset(folder);
    for at in 0..41_usize {
        let (text, value) = [("please refund my money", "refund"), ("cancel the contract", "cancel")][at % 2];
        let messages = vec![
            Message::new(Role::System, "You are the shop"),
            Message::new(Role::User, text),
            Message::new(Role::Assistant, "Why?"),
            Message::new(Role::User, format!("because {at}")),
        ];
        let mut example = Example::new(Kind::Sft, Prompt { messages, tools: Vec::new() });
        if at < 40 {
            example.tags = vec![Tag::new("intent", value), Tag::new("topic", "fees")];
        }
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
    dataset
}

#[test]
fn tagged_examples_teach_by_what_the_user_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = with_questions(folder.path());
    let reader = dataset.reader().unwrap();
    let suggester = reader.learn_suggestions(50_000, &|| true).unwrap();
    assert_eq!(suggester.examples(), 40);
    let found = suggester.suggest(&hashes_of("refund the money"), None);
    // all have the topic: of it nothing can be told
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].facet.as_str(), found[0].value.as_str(), found[0].n), ("intent", "refund", 20));
    assert_eq!(suggester.suggest(&hashes_of("you are the shop why"), None), []);

    let (words, tags) = reader.lesson(1).unwrap().unwrap();
    assert_eq!(words, hashes_of("please refund my money because 0"));
    assert_eq!(tags, [Tag::new("intent", "refund"), Tag::new("topic", "fees")]);
    assert_eq!(reader.lesson(41).unwrap(), None);
    assert_eq!(reader.lesson(4_100).unwrap(), None);

    dataset
        .perform(&Verb::SetStatus { on: Selection::These(vec![1, 2]), status: Status::Discarded })
        .unwrap();
    assert_eq!(reader.lesson(1).unwrap(), None);
    assert_eq!(reader.learn_suggestions(50_000, &|| true).unwrap().examples(), 38);
}

#[test]
fn of_many_a_part_is_learned_that_stands_evenly_among_them() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = with_questions(folder.path());
    let reader = dataset.reader().unwrap();
    let mut suggester = reader.learn_suggestions(10, &|| true).unwrap();
    assert_eq!(suggester.examples(), 10);
    assert!((1..=40).step_by(4).all(|id| suggester.forget(id)));
    assert_eq!(reader.learn_suggestions(0, &|| true).unwrap().examples(), 0);
}

#[test]
fn learning_that_is_no_longer_wanted_stops() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = with_questions(folder.path());
    let asked = Cell::new(0);
    let is_wanted = || {
        asked.set(asked.get() + 1);
        false
    };
    let stopped = dataset.reader().unwrap().learn_suggestions(50_000, &is_wanted);
    assert!(matches!(stopped, Err(Error::Stopped)));
    assert_eq!(asked.get(), 1);
}
