//! What is read of a dataset, against what was put into it.

use super::super::{Dataset, Error, Progress, Selection, Verb, parse_facets_file};
use super::*;
use crate::example::{Author, Example, Kind, Message, Prompt, Response, Role, Split, Status, Tag};
use crate::query::Filter;

const FACETS: &str = r#"
[[facet]]
name = "intent"
values = ["refund", "cancel"]
[[facet]]
name = "language"
values = ["en", "de"]
"#;

fn dataset(folder: &std::path::Path) -> Dataset {
    let definitions = parse_facets_file("facets.toml", FACETS).unwrap();
    Dataset::create(&folder.join("d.goldset"), "ana", &definitions).unwrap()
}

fn example(text: &str, tags: [&str; 2], responses: &[(&str, &str)]) -> Example {
    let mut prompt = Prompt::user(text);
    prompt.messages.insert(0, Message::new(Role::System, "Answer."));
    let person = |(who, text): &(&str, &str)| Response::new(Some(Author::person(*who)), *text);
    Example {
        responses: responses.iter().map(person).collect(),
        tags: vec![Tag::new("intent", tags[0]), Tag::new("language", tags[1])],
        ..Example::new(Kind::Sft, prompt)
    }
}

fn go_on(_: Progress) -> bool {
    true
}

fn put(dataset: &mut Dataset, example: Example) {
    dataset.perform(&Verb::Create(Box::new(example))).unwrap();
}

#[test]
fn lengths_are_those_of_the_examples() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    put(
        &mut dataset,
        example("One two three four.", ["refund", "en"], &[("ana", "Yes."), ("ben", "No, never again.")]),
    );
    put(&mut dataset, example("Six?", ["cancel", "de"], &[]));
    let mut gone =
        example("Gone, and a good deal longer than all the others here.", ["cancel", "de"], &[("ana", "x")]);
    gone.status = Status::Discarded;
    put(&mut dataset, gone);
    dataset.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Approved }).unwrap();
    let reader = dataset.reader().unwrap();
    let lengths = reader.lengths(&mut go_on).unwrap();
    let estimated = |sql: &str| reader.connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap();
    let of_first = estimated("SELECT tokens FROM example WHERE id = 1");
    let of_prompt = estimated("SELECT tokens FROM prompt WHERE example_id = 1");
    let whole = lengths.whole.quantiles.unwrap();
    assert_eq!((lengths.whole.counted, whole.largest), (2, of_first), "what is discarded is left out");
    assert_eq!(lengths.prompts.quantiles.unwrap().largest, of_prompt);
    // the first of two, and of the one example that has any
    let of_response = estimated("SELECT tokens FROM response WHERE example_id = 1 ORDER BY position LIMIT 1");
    assert_eq!((lengths.responses.counted, lengths.responses.quantiles.unwrap().p50), (1, of_response));
    assert_eq!(lengths.turns.quantiles.unwrap().largest, 1, "the system's is none");
    let usable: u64 = lengths.whole.buckets.iter().map(|bucket| bucket.usable).sum();
    assert_eq!(usable, 1);
    assert!(matches!(reader.lengths(&mut |_| false), Err(Error::Stopped)));
}

#[test]
fn who_writes_which_kind_alone_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for n in 0..40 {
        let (who, intent) = if n % 2 == 0 { ("ana", "refund") } else { ("ben", "cancel") };
        let language = if n % 4 < 2 { "en" } else { "de" };
        put(&mut dataset, example(&format!("Question {n}?"), [intent, language], &[(who, "Yes.")]));
    }
    let people = dataset.reader().unwrap().people(&mut go_on).unwrap();
    let [intent, language] = people.written.as_slice() else { panic!("{people:?}") };
    assert_eq!((intent.facet.as_str(), language.facet.as_str()), ("intent", "language"));
    assert!((intent.association.v - 1.0).abs() < 1e-12 && intent.association.is_strong());
    assert!(language.association.v < 1e-12 && !language.association.is_strong());
    assert_eq!(intent.told("writes"), "ana writes 100 % of intent:refund, and 50 % of all");
    assert!(people.ranked.is_empty(), "nobody ranked");
    assert_eq!((people.sources.len(), people.sources[0].source.as_deref()), (1, None));
    assert_eq!((people.sources[0].usable, people.sources[0].others), (0, 40));
}

#[test]
fn what_is_tested_and_was_never_trained_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let rows = [
        (Some(Split::Train), "refund", "en"),
        (Some(Split::Train), "refund", "en"),
        (Some(Split::Train), "cancel", "de"),
        (Some(Split::Train), "cancel", "en"),
        (Some(Split::Test), "refund", "de"),
        (Some(Split::Test), "refund", "en"),
        (None, "cancel", "en"),
    ];
    for (split, intent, language) in rows {
        put(
            &mut dataset,
            Example { split, ..example("A question?", [intent, language], &[("ana", "Yes.")]) },
        );
    }
    let on = |filter: Filter| Selection::Matching(filter);
    dataset.perform(&Verb::SetStatus { on: on(Filter::everything()), status: Status::Submitted }).unwrap();
    // What is kept and not usable has no say.
    let draft = Example { split: Some(Split::Test), ..example("B?", ["cancel", "de"], &[("ana", "Yes.")]) };
    put(&mut dataset, draft);
    let splits = dataset.reader().unwrap().splits(&mut go_on).unwrap();
    assert_eq!((splits.sizes, splits.without), ([(4, 0), (0, 0), (2, 1)], (1, 0)));
    assert_eq!(splits.facets[0].values, [("refund".to_owned(), [2, 0, 2]), ("cancel".to_owned(), [2, 0, 0])]);
    let [test] = splits.held_out.as_slice() else { panic!("{splits:?}") };
    assert_eq!(test.split, Split::Test);
    // refund 100 % against 50 %; en 50 % against 75 %
    let away: Vec<f64> = test.facets.iter().map(|far| far.unwrap().total_variation).collect();
    assert_eq!(away, [0.5, 0.25]);
    assert!(test.prompts.unwrap().distance.abs() < 1e-12);
    let unseen = test.unseen.unwrap();
    assert_eq!((unseen.tested, unseen.untrained), (2, 1));
    assert_eq!(
        test.untrained,
        [Untrained { tags: [Tag::new("intent", "refund"), Tag::new("language", "de")], n: 1 }]
    );
}

#[test]
fn nothing_is_spread_over_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let reader = dataset(folder.path()).reader().unwrap();
    assert_eq!(reader.lengths(&mut go_on).unwrap(), Lengths::default());
    assert!(reader.people(&mut go_on).unwrap().sources.is_empty());
    assert!(reader.splits(&mut go_on).unwrap().held_out.is_empty());
}
