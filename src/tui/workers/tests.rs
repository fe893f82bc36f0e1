//! What the threads promise.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, unbounded};

use super::*;
use crate::curation::mend::{Mending, Replacement};
use crate::dataset::{ColumnFiles, Selection, Texts, Verb};
use crate::example::Status;
use crate::tui::effect::{Mended, Rest};
use crate::tui::harness::sample;
use crate::tui::surveying::{Crossed, Crossing};

fn started() -> (tempfile::TempDir, Workers, Receiver<Message>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.goldset");
    let facets = crate::dataset::parse_facets_file("f", crate::tui::harness::FACETS).unwrap();
    let mut dataset = Dataset::create(&path, "ana", &facets).unwrap();
    sample(&mut dataset);
    let (send, messages) = unbounded();
    let workers = Workers::start(dataset, Files::default(), &send).unwrap();
    (folder, workers, messages)
}

fn wait_for(messages: &Receiver<Message>, wanted: impl Fn(&Message) -> bool) -> Message {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let message = messages.recv_deadline(until).expect("the message should come");
        if wanted(&message) {
            return message;
        }
    }
}

fn approve(id: i64) -> WriterJob {
    WriterJob::Perform(3, Box::new(Verb::SetStatus { on: Selection::One(id), status: Status::Approved }))
}

#[test]
fn what_was_handed_over_is_done_before_the_end_which_comes_at_once() {
    let (folder, mut workers, messages) = started();
    for id in 1..=8 {
        assert!(workers.write(approve(id)));
    }
    let start = Instant::now();
    assert!(workers.finish(Duration::from_secs(5)));
    assert!(start.elapsed() < Duration::from_secs(4));
    let done =
        messages.try_iter().filter(|message| matches!(message, Message::Answer(3, Answer::Performed(..))));
    assert_eq!(done.count(), 8);
    let reader = crate::dataset::Reader::open(&folder.path().join("a.goldset")).unwrap();
    assert_eq!(reader.counts().unwrap().usable(), 8);
    assert!(!workers.write(approve(1)));
}

#[test]
fn numbers_follow_every_commit_with_the_example_concerned() {
    let (_folder, workers, messages) = started();
    wait_for(&messages, |message| matches!(message, Message::Refreshed(_)));
    workers.write(approve(3));
    let fresh = wait_for(&messages, |message| matches!(message, Message::Refreshed(_)));
    let Message::Refreshed(fresh) = fresh else { return };
    assert_eq!((fresh.counts.usable(), fresh.changed), (5, true));
}

#[test]
fn who_looks_at_the_coverage_sees_a_change_without_asking_again() {
    let (_folder, workers, messages) = started();
    let crossing = |message: &Message| match message {
        Message::Answer(5, Answer::Crossing(1, crossing)) => Some(crossing.clone()),
        _ => None,
    };
    let usable = |crossing: &Crossing| crossing.cells.iter().flatten().map(|count| count.usable).sum::<u32>();
    let asked = Crossed { rows: Some("intent".to_owned()), columns: None };
    workers.read(5, 1, Request::Cross(Some(asked)));
    let whole = |message: &Message| crossing(message).is_some_and(|crossing| crossing.overall.is_some());
    let before = crossing(&wait_for(&messages, whole)).unwrap();
    workers.write(approve(3));
    let after = crossing(&wait_for(&messages, |message| crossing(message).is_some())).unwrap();
    assert_eq!(usable(&after), usable(&before) + 1);
    // What nobody looks at is not told.
    workers.read(5, 2, Request::Cross(None));
    workers.write(approve(4));
    wait_for(&messages, |message| matches!(message, Message::Answer(3, Answer::Performed(..))));
    std::thread::sleep(Duration::from_millis(50));
    assert!(!messages.try_iter().any(|message| matches!(message, Message::Answer(5, _))));
}

#[test]
fn what_the_coverage_of_many_examples_is_counted_from_is_kept_before_anybody_asks() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.goldset");
    let facets = crate::dataset::parse_facets_file("f", crate::tui::harness::FACETS).unwrap();
    let mut dataset = Dataset::create(&path, "ana", &facets).unwrap();
    sample(&mut dataset);
    // So many that it is worth while; what they say is no matter.
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) \
                INSERT INTO example (uuid, kind, status, created_at) \
                SELECT randomblob(16), 'sft', 'pending', 0 FROM n";
    rusqlite::Connection::open(&path).unwrap().execute_batch(many).unwrap();
    drop(dataset);
    let dataset = Dataset::open(&path, "ana").unwrap();
    let kept = folder.path().join("kept");
    let files = Files { columns: Some(ColumnFiles::of(&kept, &path)), ..Files::default() };
    let (send, _messages) = unbounded();
    let _workers = Workers::start(dataset, files, &send).unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while std::fs::read_dir(&kept).map_or(0, Iterator::count) == 0 {
        assert!(Instant::now() < until, "the tags should be kept");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn another_process_is_seen_within_a_second_and_typing_is_no_change() {
    let (folder, workers, messages) = started();
    wait_for(&messages, |message| matches!(message, Message::Refreshed(_)));
    workers.write(WriterJob::KeepDraft(1, 2, "response".to_owned(), "half a".to_owned()));
    wait_for(&messages, |message| matches!(message, Message::Answer(1, Answer::DraftKept(2, _))));
    std::thread::sleep(Duration::from_millis(600));
    assert!(
        !messages.try_iter().any(|message| matches!(message, Message::Refreshed(fresh) if fresh.changed))
    );
    let mut other = Dataset::open(&folder.path().join("a.goldset"), "bo").unwrap();
    other.perform(&Verb::SetStatus { on: Selection::One(3), status: Status::Submitted }).unwrap();
    let start = Instant::now();
    wait_for(
        &messages,
        |message| matches!(message, Message::Refreshed(fresh) if fresh.changed && fresh.counts.usable() == 5),
    );
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn prompts_that_wait_for_their_sketches_get_them_while_nothing_else_is_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.goldset");
    let facets = crate::dataset::parse_facets_file("f", crate::tui::harness::FACETS).unwrap();
    let mut dataset = Dataset::create(&path, "ana", &facets).unwrap();
    sample(&mut dataset);
    // As an older file comes.
    let forgotten = "DELETE FROM sketch; INSERT OR IGNORE INTO sketch_pending SELECT id FROM example;";
    rusqlite::Connection::open(&path).unwrap().execute_batch(forgotten).unwrap();
    let reader = dataset.reader().unwrap();
    let sketched = || {
        let question = crate::example::Prompt::user("x");
        crate::dataset::Neighbours::new().find(&reader, None, &question, "", 1).unwrap().sketched
    };
    assert_eq!(sketched(), 0);
    let (send, _messages) = unbounded();
    let _workers = Workers::start(dataset, Files::default(), &send).unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while sketched() < reader.counts().unwrap().total() {
        assert!(Instant::now() < until, "the sketches should be made");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_newer_list_takes_the_place_of_the_older() {
    let (_folder, workers, messages) = started();
    for generation in 1..=20 {
        workers.read(7, generation, Request::Ids(Box::default()));
    }
    let last = wait_for(&messages, |message| matches!(message, Message::Answer(7, Answer::Ids(20, _, true))));
    assert!(matches!(last, Message::Answer(..)));
}

#[test]
fn what_a_mend_would_change_comes_until_it_is_stopped_or_done() {
    let (_folder, workers, messages) = started();
    let mending = |find: &str| {
        let replacement = Replacement { find: find.to_owned(), by: "x".to_owned(), ..Replacement::default() };
        let on = Selection::Matching(crate::query::Filter::everything());
        Request::Propose(Box::new(Mended { on, texts: Texts::ALL, mending: Mending::Replace(replacement) }))
    };
    for generation in 1..=20 {
        workers.read(7, generation, mending("refund"));
        workers.read(7, generation, Request::Stop);
    }
    workers.read(7, 21, mending("refund"));
    let mut found = 0;
    loop {
        let message = wait_for(&messages, |message| matches!(message, Message::Answer(7, _)));
        let Message::Answer(7, Answer::Proposals(generation, changes, _, rest)) = message else { continue };
        if generation == 21 {
            found += changes.len();
            if rest == Rest::Done {
                break;
            }
        }
    }
    assert_eq!(found, 5);
    workers.read(7, 22, mending(""));
    let failed = wait_for(&messages, |message| matches!(message, Message::Answer(7, Answer::Failed(22, _))));
    assert!(format!("{failed:?}").contains("say what to find"));
}

#[test]
fn a_panic_becomes_a_sentence() {
    let failed: std::result::Result<(), String> = guarded("this", || panic!("out of cheese"));
    assert!(failed.unwrap_err().ends_with("out of cheese"));
}
