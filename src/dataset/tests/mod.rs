//! The promises of verbs: undo gives back, redo gives again, counts are what a recount says.

use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;

use super::{Dataset, Queue, ResponseText, Selection, Verb};
use crate::example::{
    Example, Facet, FacetValue, Kind, Message, Prompt, Response, Role, Split, Status, Tag, Uuid, new_id,
};
use crate::formats::Definitions;
use crate::query::Filter;
use crate::store::DOMAIN;

fn definitions() -> Definitions {
    let value = |name: &str, target| FacetValue { id: new_id(), name: name.to_owned(), target };
    let facet = |name: &str, several, open, values| Facet {
        id: new_id(),
        name: name.to_owned(),
        several,
        open,
        required: false,
        values,
    };
    Definitions {
        facets: vec![
            facet("intent", false, false, vec![value("refund", Some(3)), value("cancel", None)]),
            facet("topic", true, true, vec![value("fees", None)]),
        ],
        flag_kinds: Vec::new(),
    }
}

fn dataset(folder: &Path) -> Dataset {
    Dataset::create(&folder.join("t.goldset"), "ana", &definitions()).unwrap()
}

fn example(responses: usize) -> Example {
    let kind = if responses > 1 { Kind::Preference } else { Kind::Sft };
    let mut example = Example::new(kind, Prompt::user("What is due?\0 \u{1b}[31m"));
    example.responses = (0..responses).map(|at| Response::new(None, format!("Answer {at}"))).collect();
    example
}

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

/// A verb with small numbers where it will name examples and responses: made real when performed.
#[derive(Debug, Clone)]
enum Step {
    Create(usize),
    Write { example: usize, text: String, status: Option<Status>, note: bool },
    WritePrompt { example: usize, text: String },
    AddResponse(usize),
    RemoveResponse(usize, usize),
    Rewrite(usize, usize),
    Rank { example: usize, order: Vec<usize>, bad: bool },
    Withdraw(usize),
    Status { on: On, status: Status },
    Kind { on: On, kind: Kind },
    Split { on: On, split: Option<Split> },
    Tag { on: On, tag: usize },
    Untag { on: On, tag: usize },
    Flag { on: On, kind: usize },
    Resolve { on: On },
    Undo,
    Redo,
}

#[derive(Debug, Clone)]
enum On {
    One(usize),
    These(Vec<usize>),
    All,
}

fn on() -> impl Strategy<Value = On> {
    prop_oneof![
        3 => (0..6usize).prop_map(On::One),
        1 => prop::collection::vec(0..6usize, 0..4).prop_map(On::These),
        1 => Just(On::All),
    ]
}

fn status() -> impl Strategy<Value = Status> {
    prop::sample::select(Status::ALL)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4usize).prop_map(Step::Create),
        2 => (0..6usize, ".{0,12}", prop::option::of(status()), any::<bool>())
            .prop_map(|(example, text, status, note)| Step::Write { example, text, status, note }),
        1 => (0..6usize, ".{0,12}").prop_map(|(example, text)| Step::WritePrompt { example, text }),
        1 => (0..6usize).prop_map(Step::AddResponse),
        1 => (0..6usize, 0..3usize).prop_map(|(a, b)| Step::RemoveResponse(a, b)),
        1 => (0..6usize, 0..3usize).prop_map(|(a, b)| Step::Rewrite(a, b)),
        3 => (0..6usize, Just(vec![0, 1, 2]).prop_shuffle(), any::<bool>())
            .prop_map(|(example, order, bad)| Step::Rank { example, order, bad }),
        1 => (0..6usize).prop_map(Step::Withdraw),
        2 => (on(), status()).prop_map(|(on, status)| Step::Status { on, status }),
        1 => (on(), prop::sample::select(Kind::ALL)).prop_map(|(on, kind)| Step::Kind { on, kind }),
        1 => (on(), prop::option::of(prop::sample::select(Split::ALL))).prop_map(|(on, split)| Step::Split { on, split }),
        3 => (on(), 0..5usize).prop_map(|(on, tag)| Step::Tag { on, tag }),
        1 => (on(), 0..5usize).prop_map(|(on, tag)| Step::Untag { on, tag }),
        2 => (on(), 0..3usize).prop_map(|(on, kind)| Step::Flag { on, kind }),
        1 => on().prop_map(|on| Step::Resolve { on }),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

const TAGS: [(&str, &str); 5] = [
    ("intent", "refund"),
    ("intent", "cancel"),
    ("topic", "fees"),
    ("topic", "new one"),
    ("intent", "unknown"),
];

fn examples_of(dataset: &Dataset) -> Vec<i64> {
    let mut statement = dataset.connection.prepare("SELECT id FROM example ORDER BY id").unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn responses_of(dataset: &Dataset, example: i64) -> Vec<Uuid> {
    let example = crate::store::example(&dataset.connection, example).unwrap();
    example.map(|example| example.responses.iter().map(|response| response.id).collect()).unwrap_or_default()
}

/// What the step is in this dataset; `None` where it makes no sense there.
fn verb_of(step: &Step, dataset: &Dataset) -> Option<Verb> {
    let ids = examples_of(dataset);
    let id = |at: &usize| ids.get(at % ids.len().max(1)).copied();
    let response = |example: i64, at: usize| {
        let responses = responses_of(dataset, example);
        responses.get(at % responses.len().max(1)).copied()
    };
    let selection = |on: &On| {
        Some(match on {
            On::One(at) => Selection::One(id(at)?),
            On::These(ats) => Selection::These(ats.iter().filter_map(id).collect()),
            On::All => Selection::Matching(Filter::everything()),
        })
    };
    let tag = |at: usize| TAGS.get(at).map(|(facet, value)| Tag::new(*facet, *value));
    Some(match step {
        Step::Create(n) => Verb::Create(Box::new(example(*n))),
        Step::Write { example, text, status, note } => Verb::Write {
            example: id(example)?,
            prompt: None,
            responses: vec![ResponseText {
                id: response(id(example)?, 0),
                messages: vec![Message::new(Role::Assistant, text.clone())],
            }],
            note: note.then(|| text.clone()),
            status: *status,
        },
        Step::WritePrompt { example, text } => Verb::Write {
            example: id(example)?,
            prompt: Some(Prompt::user(text.clone())),
            responses: Vec::new(),
            note: None,
            status: None,
        },
        Step::AddResponse(at) => {
            Verb::AddResponse { example: id(at)?, response: Box::new(Response::new(None, "More")) }
        }
        Step::RemoveResponse(at, which) => {
            let example = id(at)?;
            Verb::RemoveResponse { example, response: response(example, *which)? }
        }
        Step::Rewrite(at, which) => {
            let example = id(at)?;
            let messages = vec![Message::new(Role::Assistant, "Better")];
            Verb::Rewrite { example, origin: response(example, *which)?, messages }
        }
        Step::Rank { example, order, bad } => {
            let example = id(example)?;
            let responses = responses_of(dataset, example);
            let mut placed: Vec<Uuid> = order.iter().filter_map(|at| responses.get(*at).copied()).collect();
            let bad = if *bad { placed.pop().into_iter().collect() } else { Vec::new() };
            let tiers = placed.into_iter().map(|id| vec![id]).collect();
            Verb::Rank { example, tiers, bad, presented: responses, submit: true }
        }
        Step::Withdraw(at) => Verb::WithdrawRanking { example: id(at)? },
        Step::Status { on, status } => Verb::SetStatus { on: selection(on)?, status: *status },
        Step::Kind { on, kind } => Verb::SetKind { on: selection(on)?, kind: *kind },
        Step::Split { on, split } => Verb::SetSplit { on: selection(on)?, split: *split },
        Step::Tag { on, tag: at } => Verb::AddTag { on: selection(on)?, tag: tag(*at)? },
        Step::Untag { on, tag: at } => Verb::RemoveTag { on: selection(on)?, tag: tag(*at)? },
        Step::Flag { on, kind } => Verb::RaiseFlag {
            on: selection(on)?,
            kind: ["wrong", "unclear", "nonsense"].get(*kind)?.to_string(),
            note: "a \0 note".to_owned(),
            response: None,
        },
        Step::Resolve { on } => Verb::ResolveFlags { on: selection(on)?, kind: None },
        Step::Undo => Verb::Undo,
        Step::Redo => Verb::Redo,
    })
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
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.next_in(Queue::Write, None).unwrap(), Some(1));
    assert_eq!(reader.next_in(Queue::Write, Some(1)).unwrap(), Some(3));
    assert_eq!(reader.next_in(Queue::Write, Some(3)).unwrap(), Some(1));
    assert_eq!(reader.previous_in(Queue::Rank, 2).unwrap(), Some(4));
    assert_eq!(reader.place_in(Queue::Rank, 4).unwrap(), 2);
    let counts = reader.counts().unwrap();
    assert_eq!((Queue::Write.len(&counts), Queue::Rank.len(&counts)), (2, 2));
    let plan: String = dataset
        .connection
        .query_row(
            &format!(
                "EXPLAIN QUERY PLAN SELECT id FROM example WHERE {} AND id > 5 ORDER BY id LIMIT 1",
                Queue::Rank.sql()
            ),
            [],
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
