//! A copy in Goldset's own format is the dataset again.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::no_differences;
use super::steps::{dataset, examples_of, step, verb_of};
use crate::dataset::{Dataset, ImportOptions, Plan, Reader, Target, Verb, export};
use crate::example::Example;
use crate::formats::Definitions;
use crate::query::Filter;

fn examples(reader: &Reader) -> Vec<Example> {
    crate::store::examples(&reader.connection, &ids(reader))
        .unwrap()
        .into_iter()
        .map(|(_, example)| example)
        .collect()
}

fn ids(reader: &Reader) -> Vec<i64> {
    let mut ids = Vec::new();
    reader
        .ids(&Filter::everything(), |portion| {
            ids.extend(portion);
            true
        })
        .unwrap();
    ids
}

fn written(reader: &Reader, path: PathBuf) -> PathBuf {
    export(reader, &Plan::of("goldset"), &Target::File(path.clone()), &mut |_| true).unwrap();
    path
}

fn read(path: PathBuf, into: &Path) -> Dataset {
    let mut copy = Dataset::create(into, "bo", &Definitions::default()).unwrap();
    let mut rejects = Vec::new();
    let report = copy.import(
        &[path],
        &ImportOptions::default(),
        &mut |reject| {
            rejects.push(reject.to_string());
            Ok(())
        },
        &mut |_| true,
    );
    assert_eq!(rejects, Vec::<String>::new());
    assert_eq!(report.unwrap().rejected, 0);
    copy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn a_copy_holds_every_field_of_every_example_and_the_facets_with_their_targets(
        steps in prop::collection::vec(step(), 1..30),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut first = dataset(folder.path());
        for step in &steps {
            if let Some(verb) = verb_of(step, &first) {
                // One that is refused leaves nothing; that is another promise.
                let _ = first.perform(&verb);
            }
        }
        if !examples_of(&first).is_empty() {
            let one = first.reader().unwrap();
            let file = written(&one, path("one.jsonl"));
            let mut copy = read(file.clone(), &path("copy.goldset"));
            let other = copy.reader().unwrap();
            prop_assert_eq!(examples(&other), examples(&one));
            prop_assert_eq!(other.definitions().unwrap(), one.definitions().unwrap());
            let again = written(&other, path("again.jsonl"));
            prop_assert!(std::fs::read(file).unwrap() == std::fs::read(again).unwrap(), "other bytes");
            no_differences(&copy);
            // And it is one action, whatever it brought.
            copy.perform(&Verb::Undo).unwrap();
            prop_assert_eq!(examples_of(&copy), Vec::<i64>::new());
            no_differences(&copy);
        }
    }
}
