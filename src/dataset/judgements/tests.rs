//! The promises of judgements: what was said is counted, and stays up to date.

use super::*;
use crate::dataset::{Dataset, Verb};
use crate::example::{Author, Details, Example, Kind, Prompt, Response, Uuid};
use crate::formats::Definitions;

fn example(authors: &[&str]) -> Example {
    let mut example = Example::new(Kind::Preference, Prompt::user("Which is better?"));
    for (at, author) in authors.iter().enumerate() {
        let text = "x".repeat(at + 1);
        example.responses.push(Response::new(Some(Author::model(*author)), text));
    }
    example
}

fn rank(dataset: &mut Dataset, example: i64, tiers: &[&[usize]], bad: &[usize]) {
    let ids: Vec<Uuid> =
        dataset.reader().unwrap().example(example).unwrap().unwrap().responses.iter().map(|r| r.id).collect();
    let tiers: Vec<Vec<Uuid>> = tiers.iter().map(|tier| tier.iter().map(|&at| ids[at]).collect()).collect();
    let verb = Verb::Rank {
        example,
        tiers,
        bad: bad.iter().map(|&at| ids[at]).collect(),
        presented: ids.iter().rev().copied().collect(),
        details: Box::new(Details { millis: Some(1_500), ..Details::default() }),
        submit: false,
    };
    dataset.perform(&verb).unwrap();
}

#[test]
fn what_was_said_is_read_in_the_order_of_the_responses() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.goldset");
    let mut ana = Dataset::create(&path, "ana", &Definitions::default()).unwrap();
    ana.perform(&Verb::Create(Box::new(example(&["p", "q", "p"])))).unwrap();
    rank(&mut ana, 1, &[&[2], &[0]], &[1]);
    let judged = Judged::load(&ana.reader().unwrap(), None).unwrap();
    let judgements = judged.judgements();
    assert_eq!(
        (judgements.annotators.clone(), judgements.authors.clone()),
        (vec!["ana".to_owned()], vec!["p".to_owned(), "q".to_owned()])
    );
    let example = &judgements.examples[0];
    assert_eq!(
        (example.authors.clone(), example.lengths.clone()),
        (vec![Some(0), Some(1), Some(0)], vec![1, 2, 3])
    );
    let judgement = &example.judgements[0];
    assert_eq!(judgement.places, [Some(2), Some(3), Some(1)]);
    assert_eq!(judgement.bad, [false, true, false]);
    assert_eq!(judgement.shown, [Some(2), Some(1), Some(0)]);
    assert_eq!(judgement.millis, Some(1_500));
}

#[test]
fn refreshed_they_are_what_is_read_anew_whatever_was_done() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.goldset");
    let mut ana = Dataset::create(&path, "ana", &Definitions::default()).unwrap();
    for _ in 0..3 {
        ana.perform(&Verb::Create(Box::new(example(&["p", "q"])))).unwrap();
    }
    let reader = ana.reader().unwrap();
    let filter = reader.filter("rankings>=1").ok();
    let mut all = Judged::load(&reader, None).unwrap();
    let mut some = Judged::load(&reader, filter.clone()).unwrap();
    assert!(all.judgements().examples.is_empty());
    let mut check = |dataset: &Dataset| {
        let reader = dataset.reader().unwrap();
        assert!(all.refresh(&reader).unwrap());
        some.refresh(&reader).unwrap();
        assert_eq!(all.judgements(), Judged::load(&reader, None).unwrap().judgements());
        let anew = Judged::load(&reader, filter.clone()).unwrap();
        assert_eq!(some.judgements().examples, anew.judgements().examples);
        assert!(!all.refresh(&reader).unwrap(), "nothing happened since");
    };
    rank(&mut ana, 2, &[&[0], &[1]], &[]);
    check(&ana);
    drop(ana);
    let mut ben = Dataset::open(&path, "ben").unwrap();
    rank(&mut ben, 1, &[&[0, 1]], &[]);
    check(&ben);
    rank(&mut ben, 2, &[&[1], &[0]], &[]);
    check(&ben);
    ben.perform(&Verb::Undo).unwrap();
    check(&ben);
    ben.perform(&Verb::Undo).unwrap();
    check(&ben);
}
