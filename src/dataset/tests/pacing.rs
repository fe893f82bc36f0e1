//! What the journal tells of the pace.

use super::*;
use crate::curation::pace::{Forecast, Wage, Work};
use crate::dataset::{ImportOptions, PaceLog};
use crate::example::Timestamp;

const WEEKS: u32 = 4;

fn set(dataset: &mut Dataset, example: i64, status: Status) {
    dataset.perform(&Verb::SetStatus { on: Selection::One(example), status }).unwrap();
}

fn finished(dataset: &Dataset) -> Vec<i64> {
    let paced = dataset.reader().unwrap().paced(WEEKS, Timestamp::now()).unwrap();
    let mut all: Vec<i64> = paced.pace.days.into_iter().flat_map(|day| day.finished).collect();
    all.sort_unstable();
    all
}

#[test]
fn what_became_usable_is_finished_once_and_an_undo_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for _ in 0..3 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    }
    assert!(finished(&dataset).is_empty());
    set(&mut dataset, 1, Status::Submitted);
    set(&mut dataset, 1, Status::Approved);
    set(&mut dataset, 2, Status::Approved);
    set(&mut dataset, 3, Status::Submitted);
    set(&mut dataset, 3, Status::Draft);
    assert_eq!(finished(&dataset), [1, 2]);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(finished(&dataset), [1, 2, 3]);
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(finished(&dataset), [1]);
    dataset.perform(&Verb::Redo).unwrap();
    assert_eq!(finished(&dataset), [1, 2]);
}

#[test]
fn what_became_usable_without_an_answer_is_not_finished() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for (id, responses) in [(1, 1), (2, 0)] {
        dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
        set(&mut dataset, id, Status::Approved);
    }
    assert_eq!(finished(&dataset), [1]);
}

#[test]
fn only_the_weeks_that_are_asked_for_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let now = Timestamp::now();
    for n in 1..=20_i64 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
        set(&mut dataset, n, Status::Submitted);
        let at = now.0 - (20 - n) * 3 * 24 * 60 * 60 * 1_000;
        dataset.connection.execute("UPDATE action SET at = ?2 WHERE id > ?1 * 2 - 2", [n, at]).unwrap();
    }
    // Every third day of 28 days, today among them.
    let reader = dataset.reader().unwrap();
    let paced = reader.paced(WEEKS, now).unwrap();
    assert_eq!(paced.pace.finished(), 10);
    assert_eq!(reader.paced(52, now).unwrap().pace.finished(), 20);
    let Forecast::MetBy(arrival) = paced.forecast else { panic!("{:?}", paced.forecast) };
    // One each third day, and the target of the one value that has one is three.
    assert_eq!((arrival.worked, paced.remaining), (9, Some(3)));
    assert!((7..=10).contains(&arrival.days), "{arrival:?}");
}

#[test]
fn the_time_of_work_is_known_by_person_and_kind() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for _ in 0..6 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    }
    let now = Timestamp::now();
    dataset.connection.execute("UPDATE action SET at = ?1 - (6 - id) * 60000", [now.0]).unwrap();
    let reader = dataset.reader().unwrap();
    let paced = reader.paced(WEEKS, now).unwrap();
    let (work, speed) = paced.own_speed("ana").unwrap();
    assert_eq!((work, speed.per_hour, speed.of), (Work::Write, 60.0, 5));
    assert_eq!(paced.own_speed("bo"), None);
    assert_eq!(reader.took().unwrap().write, vec![60.0; 5]);
    let wage = Wage::parse("30/h").unwrap();
    dataset.perform(&Verb::SetWage(Some(wage))).unwrap();
    assert_eq!(dataset.reader().unwrap().wage().unwrap(), Some(wage));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(dataset.reader().unwrap().wage().unwrap(), None);
}

#[test]
fn the_time_after_an_import_or_a_change_of_many_is_time_for_no_example() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let file = folder.path().join("more.jsonl");
    std::fs::write(&file, "{\"prompt\": \"a\", \"completion\": \"b\"}\n".repeat(3)).unwrap();
    let create = |dataset: &mut Dataset| dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    create(&mut dataset);
    create(&mut dataset);
    dataset.import(&[file], &ImportOptions::default(), &mut |_| Ok(()), &mut |_| true).unwrap();
    create(&mut dataset);
    create(&mut dataset);
    let on = Selection::Matching(dataset.reader().unwrap().filter("status:pending,draft,submitted").unwrap());
    dataset.perform(&Verb::SetStatus { on, status: Status::Draft }).unwrap();
    create(&mut dataset);
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    create(&mut dataset);
    create(&mut dataset);
    dataset.connection.execute("UPDATE action SET at = id * 60000", []).unwrap();
    // The second, the fourth and the last one; that which was undone is no work.
    assert_eq!(dataset.reader().unwrap().took().unwrap().write, vec![60.0; 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_up_equals_what_is_read_anew(steps in prop::collection::vec(step(), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let reader = dataset.reader().unwrap();
        let mut log = PaceLog::read(&reader, WEEKS, Timestamp::now()).unwrap();
        for step in &steps {
            if let Some(verb) = verb_of(step, &dataset) {
                // a refused verb changes nothing, which is right too
                let _ = dataset.perform(&verb);
            }
            log.refresh(&reader).unwrap();
        }
        let now = Timestamp::now();
        let anew = PaceLog::read(&reader, WEEKS, now).unwrap();
        prop_assert_eq!(log.paced(&reader, now).unwrap(), anew.paced(&reader, now).unwrap());
    }
}
