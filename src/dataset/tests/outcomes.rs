//! What comes of rankings is known in time, and what an import brings is kept or told.

use super::people::{by, cannot, first, rank, wanting};
use super::{Dataset, Verb, no_differences};
use crate::dataset::{ImportOptions, Plan, Target, export};
use crate::example::{Agreed, Details};

/// So many outcomes wait, of examples that others ranked.
fn waiting(dataset: &Dataset) -> u64 {
    crate::store::waiting_for_outcome(&dataset.connection).unwrap()
}

fn many(dataset: &mut Dataset, n: usize) {
    let line = r#"{"id":"ID","prompt":"Q","responses":[{"id":"a","text":"x"},{"id":"b","text":"y"}],"rankings":[{"annotator":"ana","tiers":[["a"],["b"]]}]}"#;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.jsonl");
    let lines: Vec<String> = (0..n).map(|at| line.replace("ID", &format!("e{at}"))).collect();
    std::fs::write(&file, lines.join("\n")).unwrap();
    let options = ImportOptions::default();
    let report =
        dataset.import(&[file], &options, &mut |reject| panic!("{}", reject.reason), &mut |_| true).unwrap();
    assert_eq!(report.examples, n as u64);
    assert_eq!(waiting(dataset), 0);
    no_differences(dataset);
    // An import brings its outcomes along; what is done again by the journal has them made.
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Redo).unwrap();
}

#[test]
fn the_outcome_of_what_one_has_just_ranked_is_known_whatever_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    many(&mut dataset, 700);
    assert!(waiting(&dataset) > 256);
    no_differences(&dataset);
    // The highest number of all: whoever went by numbers would come to it last.
    let last = super::people::another(&mut dataset);
    let example = super::people::example(&dataset, last);
    let tiers = example.responses.iter().map(|response| vec![response.id]).collect();
    let (bad, presented) = (Vec::new(), Vec::new());
    let verb = Verb::Rank { example: last, tiers, bad, presented, details: Box::default(), submit: true };
    let before = waiting(&dataset);
    dataset.perform(&verb).unwrap();
    let state = dataset.reader().unwrap().outcome(last).unwrap().map(|outcome| outcome.state);
    assert_eq!(state, Some(Agreed::Single), "{before} waited before");
    no_differences(&dataset);
}

#[test]
fn who_opens_a_dataset_for_writing_settles_what_waits() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    many(&mut dataset, 700);
    let path = dataset.path().to_owned();
    drop(dataset);
    let dataset = Dataset::open(&path, "ana").unwrap();
    assert_eq!(waiting(&dataset), 0);
    assert_eq!(dataset.reader().unwrap().counts().unwrap().outcome(Agreed::Single), 700);
    no_differences(&dataset);
}

#[test]
fn a_repeat_without_any_response_left_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let Verb::Rank { example, bad, presented, details, .. } = rank(&dataset, false) else { return };
    let only = first(&dataset).responses[0].id;
    let tiers = vec![vec![only]];
    let repeat = Verb::Repeat { example, tiers, bad, presented, details };
    by(&mut dataset, "bo", &repeat).unwrap();
    let Verb::Rank { example, tiers, bad, presented, details, .. } = cannot() else { return };
    by(&mut dataset, "cy", &Verb::Repeat { example, tiers, bad, presented, details }).unwrap();
    assert_eq!(first(&dataset).repeats.len(), 2);
    by(&mut dataset, "ana", &Verb::RemoveResponse { example: 1, response: only }).unwrap();
    let left = first(&dataset).repeats;
    assert_eq!(left.iter().map(|repeat| repeat.annotator.as_str()).collect::<Vec<_>>(), ["cy"]);
    assert!(left[0].details != Details::default());
}

const EXAMPLE: &str = r#""prompt":"Q","responses":[{"id":"a","text":"x"},{"id":"b","text":"y"}]"#;

/// The reasons for which the lines of a Goldset file are rejected, and how many examples came in.
fn imported(dataset: &mut Dataset, lines: &[String]) -> (u64, Vec<(u64, String)>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let mut rejects = Vec::new();
    let report = dataset
        .import(
            &[file],
            &ImportOptions::default(),
            &mut |reject| {
                rejects.push((reject.line, reject.reason.clone()));
                Ok(())
            },
            &mut |_| true,
        )
        .unwrap();
    (report.examples, rejects)
}

#[test]
fn ids_of_repeats_and_reviews_that_clash_reject_their_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = super::dataset(folder.path());
    let id = |n: u8| format!("01900000-0000-7000-8000-0000000000{n:02}");
    let repeat = |n| format!(r#"{{"id":"{}","annotator":"ana","tiers":[["a"],["b"]]}}"#, id(n));
    let review = |n| format!(r#"{{"id":"{}","reviewer":"rita","verdict":"approved"}}"#, id(n));
    let lines = [
        format!("{{{EXAMPLE},\"repeats\":[{}],\"reviews\":[{}]}}", repeat(1), review(2)),
        format!("{{{EXAMPLE},\"repeats\":[{}]}}", repeat(1)),
        format!("{{{EXAMPLE},\"reviews\":[{}]}}", review(2)),
        format!("{{{EXAMPLE},\"repeats\":[{},{}]}}", repeat(3), repeat(3)),
        format!("{{{EXAMPLE},\"reviews\":[{},{}]}}", review(4), review(4)),
    ];
    let (examples, rejects) = imported(&mut dataset, &lines);
    assert_eq!(examples, 1);
    let expected = [
        (2, "the dataset has a repeat of this example already, in #1"),
        (3, "the dataset has a review of this example already, in #1"),
        (4, "two of its repeats have one id"),
        (5, "two of its reviews have one id"),
    ];
    assert_eq!(rejects, expected.map(|(line, reason)| (line, reason.to_owned())));
    no_differences(&dataset);
}

#[test]
fn a_protocol_that_cannot_be_kept_rejects_its_record() {
    let source = tempfile::tempdir().unwrap();
    let from = wanting(source.path(), 3);
    let file = source.path().join("out.jsonl");
    let target = Target::File(file.clone());
    export(&from.reader().unwrap(), &Plan::of("goldset"), &target, &mut |_| true).unwrap();
    let header = std::fs::read_to_string(&file).unwrap();
    let header = header.replace("\"rankings\":3", "\"rankings\":0");
    assert!(header.contains("\"rankings\":0"), "{header}");
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = super::dataset(folder.path());
    let lines: Vec<String> = header.lines().map(ToOwned::to_owned).collect();
    let (examples, rejects) = imported(&mut dataset, &lines);
    assert_eq!(examples, 1);
    assert_eq!(
        rejects,
        [(1, "the protocol can't be kept: rankings: is 0; it should be from 1 to 20".to_owned())]
    );
    assert_eq!(dataset.reader().unwrap().protocol().unwrap(), None);
}
