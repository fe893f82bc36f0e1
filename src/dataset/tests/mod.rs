//! The promises of verbs: undo gives back, redo gives again, counts are what a recount says.

mod by_gap;
mod changes;
mod copies;
mod derived;
mod facets;
mod handing;
mod importing;
mod joining;
mod judging;
mod neighbours;
mod outcomes;
mod pacing;
mod people;
mod readying;
mod reopening;
mod restoring;
mod reviewing;
mod rounds;
mod rules;
mod samples;
mod splitting;
mod standing;
pub(super) mod steps;
mod suggesting;
mod targets;
mod traits;

use proptest::prelude::*;
use rusqlite::Connection;

use self::steps::{dataset, example, examples_of, step, verb_of};
use super::{Dataset, Queue, ResponseText, Seek, Selection, Verb};
use crate::example::{Author, Changes, Message, Response, Role, Status, Tag};
use crate::store::DOMAIN;

/// Every row of every domain table, as text, in the order of the key.
fn snapshot(connection: &Connection) -> Vec<String> {
    let mut rows = Vec::new();
    for table in DOMAIN {
        let sql = format!("SELECT * FROM {} ORDER BY {}", table.name, table.key.join(", "));
        let mut statement = connection.prepare(&sql).unwrap();
        let width = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect();
            rows.push(format!("{}: {}", table.name, cells.join(" | ")));
        }
    }
    rows
}

fn no_differences(dataset: &Dataset) {
    assert_eq!(dataset.verify().unwrap(), []);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_gives_back_the_first_state_and_redoing_the_last(steps in prop::collection::vec(step(), 1..30)) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let first = snapshot(&dataset.connection);
        for step in &steps {
            let Some(verb) = verb_of(step, &dataset) else { continue };
            let before = snapshot(&dataset.connection);
            if dataset.perform(&verb).is_err() {
                prop_assert_eq!(&snapshot(&dataset.connection), &before, "a refused verb left something: {:?}", verb);
            }
        }
        no_differences(&dataset);
        let last = snapshot(&dataset.connection);
        let mut undone = 0;
        while dataset.perform(&Verb::Undo).is_ok() {
            undone += 1;
        }
        prop_assert_eq!(snapshot(&dataset.connection), first);
        no_differences(&dataset);
        // What was undone before the end stays so: only what we undid is redone.
        for _ in 0..undone {
            dataset.perform(&Verb::Redo).unwrap();
        }
        prop_assert_eq!(snapshot(&dataset.connection), last);
        no_differences(&dataset);
    }
}

#[test]
fn undo_and_redo_go_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.goldset");
    let mut first = dataset(folder.path());
    first.perform(&Verb::Create(Box::new(example(2)))).unwrap();
    first.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Approved }).unwrap();
    drop(first);
    let mut second = Dataset::open(&path, "ana").unwrap();
    let done = second.perform(&Verb::Undo).unwrap();
    assert_eq!(done.sentence, "undid: called #1 approved");
    assert_eq!(done.example, Some(1));
    drop(second);
    let mut third = Dataset::open(&path, "ana").unwrap();
    assert_eq!(third.perform(&Verb::Redo).unwrap().sentence, "redid: called #1 approved");
    assert!(matches!(third.perform(&Verb::Redo), Err(super::Error::NothingToRedo(_))));
}

#[test]
fn one_does_not_undo_what_another_built_on() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(folder.path());
    ana.perform(&Verb::Create(Box::new(example(2)))).unwrap();
    let mut bo = Dataset::open(ana.path(), "bo").unwrap();
    bo.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Approved }).unwrap();
    let error = ana.perform(&Verb::Undo).unwrap_err().to_string();
    assert!(error.contains("bo changed this since (called #1 approved)"), "{error}");
    bo.perform(&Verb::Undo).unwrap();
    ana.perform(&Verb::Undo).unwrap();
    assert_eq!(examples_of(&ana), Vec::<i64>::new());
}

#[test]
fn what_another_program_writes_is_seen_and_can_be_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let path = dataset.path().to_owned();
    drop(dataset);
    Connection::open(&path).unwrap().execute("UPDATE example SET status = 'approved'", []).unwrap();
    let dataset = Dataset::open(&path, "ana").unwrap();
    no_differences(&dataset);
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.counts().unwrap().usable(), 1);
    assert_eq!(reader.actions(None, 1).unwrap()[0].sentence, "changed by another program");
}

#[test]
fn a_verb_that_changes_nothing_is_no_action() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let verb = Verb::SetStatus { on: Selection::One(1), status: Status::Pending };
    assert_eq!(dataset.perform(&verb).unwrap().action, None);
    assert_eq!(dataset.reader().unwrap().actions(None, 10).unwrap().len(), 1);
}

#[test]
fn the_schema_itself_keeps_one_value_of_a_single_valued_facet() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let insert = |several, value| {
        dataset.connection.execute(
            "INSERT INTO tag (example_id, facet_id, value_id, several) VALUES (1, 1, ?1, ?2)",
            rusqlite::params![value, several],
        )
    };
    insert(0, 1).unwrap();
    assert!(insert(0, 2).is_err(), "a second value");
    assert!(insert(1, 2).is_err(), "called several where the facet is not");
}

#[test]
fn queues_hold_what_is_open_and_go_round() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for responses in [0, 2, 1, 3] {
        dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
    }
    let mut handed =
        |queue, seek| dataset.hand(queue, seek).unwrap().map(|handed| (handed.example, handed.place));
    assert_eq!(handed(Queue::Write, Seek::After(None)), Some((1, 1)));
    assert_eq!(handed(Queue::Write, Seek::After(Some(1))), Some((3, 2)));
    assert_eq!(handed(Queue::Write, Seek::After(Some(3))), Some((1, 1)));
    assert_eq!(handed(Queue::Rank, Seek::Before(2)), Some((4, 2)));
    let reader = dataset.reader().unwrap();
    let (counts, own) = (reader.counts().unwrap(), reader.own("ana").unwrap());
    assert_eq!((Queue::Write.len(&counts, &own), Queue::Rank.len(&counts, &own)), (2, 2));
    let plan: String = dataset
        .connection
        .query_row(
            &format!(
                "EXPLAIN QUERY PLAN SELECT id FROM example WHERE {} AND id > 5 ORDER BY id LIMIT 1",
                Queue::Rank.sql()
            ),
            [1],
            |row| row.get(3),
        )
        .unwrap();
    assert!(plan.contains("example_open") && !plan.contains("TEMP"), "{plan}");
}

#[test]
fn typing_is_kept_until_the_verb_that_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(0)))).unwrap();
    dataset.keep_draft(1, "new", "half a sen").unwrap();
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.drafts(1, "ana").unwrap().get("new").map(String::as_str), Some("half a sen"));
    let messages = vec![Message::new(Role::Assistant, "half a sentence")];
    let write = Verb::Write {
        example: 1,
        prompt: None,
        responses: vec![ResponseText { id: None, messages }],
        note: None,
        status: None,
    };
    dataset.perform(&write).unwrap();
    assert!(reader.drafts(1, "ana").unwrap().is_empty());
    let written = reader.example(1).unwrap().unwrap();
    assert_eq!(written.status, Status::Draft);
    assert_eq!(written.responses[0].author, Some(crate::example::Author::person("ana")));
}

#[test]
fn a_value_that_others_have_come_to_use_stays_when_its_maker_undoes() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(folder.path());
    ana.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    ana.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let tag = || Tag::new("topic", "brand new");
    ana.perform(&Verb::AddTag { on: Selection::One(1), tag: tag() }).unwrap();
    let mut bo = Dataset::open(ana.path(), "bo").unwrap();
    bo.perform(&Verb::AddTag { on: Selection::One(2), tag: tag() }).unwrap();
    ana.perform(&Verb::Undo).unwrap();
    let reader = ana.reader().unwrap();
    assert_eq!(reader.example(1).unwrap().unwrap().tags, []);
    assert_eq!(reader.example(2).unwrap().unwrap().tags, [tag()]);
    no_differences(&ana);
    ana.perform(&Verb::Redo).unwrap();
    assert_eq!(reader.example(1).unwrap().unwrap().tags, [tag()]);
    no_differences(&ana);
}

#[test]
fn a_note_leaves_what_is_being_typed_elsewhere_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(2)))).unwrap();
    for field in ["new", "prompt/0", "rewrite/1"] {
        dataset.keep_draft(1, field, "half").unwrap();
    }
    let note = Verb::Write {
        example: 1,
        prompt: None,
        responses: Vec::new(),
        note: Some("later".to_owned()),
        status: None,
    };
    dataset.perform(&note).unwrap();
    assert_eq!(dataset.reader().unwrap().drafts(1, "ana").unwrap().len(), 3);
}

#[test]
fn an_edit_is_one_action_and_one_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(3)))).unwrap();
    let first = snapshot(&dataset.connection);
    let before = dataset.reader().unwrap().example(1).unwrap().unwrap();
    let mut after = before.clone();
    after.prompt.messages[0] = Message::new(Role::User, "And now?");
    after.responses.remove(1);
    after.responses[0].messages = vec![Message::new(Role::Assistant, "Mended")];
    after.responses.push(Response::new(Some(Author::person("ana")), "New"));
    after.tags = vec![Tag::new("topic", "brand new"), Tag::new("intent", "refund")];
    after.note = "short".to_owned();
    let changes = Box::new(Changes::between(&before, &after));
    let done = dataset.perform(&Verb::Edit { example: 1, changes }).unwrap();
    assert_eq!(
        done.sentence,
        "edited #1: the prompt, a response, a new response, a response removed, 4 tags, the note"
    );
    let now = dataset.reader().unwrap().example(1).unwrap().unwrap();
    assert_eq!(now.status, Status::Draft);
    let sorted = |mut tags: Vec<Tag>| {
        tags.sort();
        tags
    };
    assert_eq!(sorted(now.tags.clone()), sorted(after.tags.clone()));
    assert_eq!(Changes::between(&after, &now).words(), ["now draft"]);
    no_differences(&dataset);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), first);
    let nothing = Box::new(Changes::between(&before, &before));
    assert_eq!(dataset.perform(&Verb::Edit { example: 1, changes: nothing }).unwrap().action, None);
}
