//! The promises of samples.

use super::steps::{dataset, example};
use super::{Selection, Verb, no_differences};
use crate::dataset::{Dataset, Error};
use crate::example::{Plan, Status};
use crate::query::Filter;

fn drawn(dataset: &Dataset, name: &str) -> Vec<i64> {
    let sql = "SELECT d.example_id FROM sampled d JOIN sample s ON s.id = d.sample_id WHERE s.name = ?1 ORDER BY place";
    let mut statement = dataset.connection.prepare(sql).unwrap();
    statement.query_map([name], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
}

fn draw(name: &str, share: f64) -> Verb {
    let from = Selection::Matching(Filter::everything());
    Verb::DrawSample { name: name.to_owned(), plan: Plan::Share { share }, from }
}

#[test]
fn a_sample_is_the_same_each_time_and_goes_with_an_undo() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    assert!(matches!(dataset.perform(&draw("a", 0.5)), Err(Error::NothingToSample)));
    for _ in 0..40 {
        dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    }
    let half = Selection::These((1..=20).collect());
    dataset.perform(&Verb::SetStatus { on: half, status: Status::Submitted }).unwrap();
    // Others made them.
    dataset.set_annotator("a reviewer of none of it").unwrap();
    let done = dataset.perform(&draw("august", 0.25)).unwrap();
    assert_eq!((done.sentence.as_str(), done.examples), ("drew the sample “august”: 5 of 20 examples", 5));
    let first = drawn(&dataset, "august");
    assert!(first.len() == 5 && first.iter().all(|id| *id <= 20), "{first:?}");
    assert!(matches!(dataset.perform(&draw("august", 0.25)), Err(Error::SampleThere(_))));
    dataset.perform(&Verb::Undo).unwrap();
    assert!(drawn(&dataset, "august").is_empty());
    dataset.perform(&draw("august", 0.5)).unwrap();
    assert_eq!(drawn(&dataset, "august")[..5], first, "a larger share goes on where the smaller one ended");
    dataset.perform(&Verb::DropSample("august".to_owned())).unwrap();
    dataset.perform(&draw("september", 0.25)).unwrap();
    assert_ne!(drawn(&dataset, "september"), first);
    no_differences(&dataset);
}
