//! How long the board takes on a large dataset: the tags and the derived facets read anew and taken from the
//! files in which they are kept, the first table of two facets, what is said of all facets together, and a change
//! on its way to the table.
//!
//! `GOLDSET_BENCH_DATASET=big.goldset cargo bench --bench coverage` works on a dataset that is there, and takes
//! back what it changes. A frame is 16 ms.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use goldset::dataset::{ColumnFiles, Dataset, Derived, DerivedFacet, Selection, Survey, Tagged, Verb};
use goldset::example::{Author, Response, Status};
use goldset::tui::surveying::{Crossed, Crossing, Overall};

/// Changes that are followed.
const CHANGES: i64 = 100;

fn told(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1_000.0;
    println!("{what:<58} {:>10.3} ms median {:>10.3} ms at most", at(50), at(100));
}

fn timed<T>(times: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    times.push(start.elapsed());
    done
}

fn once<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let mut times = Vec::new();
    let done = timed(&mut times, work);
    told(what, times);
    done
}

fn main() {
    let Some(path) = std::env::var_os("GOLDSET_BENCH_DATASET").map(PathBuf::from) else {
        println!("GOLDSET_BENCH_DATASET names no dataset");
        return;
    };
    let mut dataset = Dataset::open(&path, "bench").unwrap();
    let reader = dataset.reader().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = ColumnFiles::of(folder.path(), &path);

    let tagged = once("tags read anew, and kept in a file", || files.tagged(&reader).unwrap());
    println!("{} examples, {} facets", tagged.columns().rows(), tagged.facets.len());
    let tagged_again = once("tags taken from the file", || files.tagged(&reader).unwrap());
    assert_eq!(tagged.columns(), tagged_again.columns());
    let derived = once("derived facets read anew, and kept in a file", || files.derived(&reader).unwrap());
    let derived_again = once("derived facets taken from the file", || files.derived(&reader).unwrap());
    same(&derived, &derived_again);

    let names: Vec<String> = tagged.facets.iter().map(|facet| facet.name.clone()).collect();
    let crossed = |rows: &String, columns: &String| Crossed {
        rows: Some(rows.clone()),
        columns: Some(columns.clone()),
    };
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for rows in &names {
        for columns in names.iter().filter(|columns| *columns != rows) {
            timed(&mut first, || Crossing::first(&tagged, None, &crossed(rows, columns)).unwrap());
        }
    }
    told("first table of two facets, each with each", first);
    let mut first = Vec::new();
    for rows in derived_names(&tagged) {
        for columns in names.iter().cloned().chain(derived_names(&tagged)).filter(|columns| *columns != rows)
        {
            timed(&mut first, || {
                Crossing::first(&tagged, Some(&derived), &crossed(&rows, &columns)).unwrap()
            });
        }
    }
    told("the same of a derived facet with any other", first);
    let mut survey = once("all pairs counted", || Survey::counted(tagged).unwrap());
    for rows in &names {
        for columns in names.iter().filter(|columns| *columns != rows) {
            timed(&mut later, || Crossing::of(&survey, None, &crossed(rows, columns)));
        }
    }
    told("table of two facets, each with each", later);
    once("what to write next, over all facets", || Overall::of(&survey));

    let (mut written, mut followed) = (Vec::new(), Vec::new());
    let asked =
        names.first().zip(names.get(1)).map(|(rows, columns)| crossed(rows, columns)).unwrap_or_default();
    for at in 0..CHANGES {
        let status = if at % 2 == 0 { Status::Approved } else { Status::Pending };
        let verb = Verb::SetStatus { on: Selection::One(1 + at / 2), status };
        let _ = timed(&mut written, || dataset.perform(&verb));
        timed(&mut followed, || {
            survey.refresh(&reader).unwrap();
            Crossing::of(&survey, None, &asked)
        });
    }
    told("a status written", written);
    told("a changed status, from the journal to the table", followed);
    while dataset.perform(&Verb::Undo).is_ok() {}
    let anew = Survey::of(&reader).unwrap();
    survey.refresh(&reader).unwrap();
    assert_eq!((survey.usable(), survey.kept()), (anew.usable(), anew.kept()));
    follow_responses(&mut dataset, &survey, derived);
}

/// A written response on its way to the table of two derived facets.
fn follow_responses(dataset: &mut Dataset, survey: &Survey, mut derived: Derived) {
    let reader = dataset.reader().unwrap();
    let [rows, columns] = [DerivedFacet::Author, DerivedFacet::ResponseTokens].map(DerivedFacet::name);
    let asked = Crossed { rows: Some(rows.to_owned()), columns: Some(columns.to_owned()) };
    let mut followed = Vec::new();
    for example in 1..=CHANGES {
        let response = Box::new(Response::new(Some(Author::model("bench")), "An answer."));
        dataset.perform(&Verb::AddResponse { example, response }).unwrap();
        timed(&mut followed, || {
            derived.refresh(&reader).unwrap();
            Crossing::of(survey, Some(&derived), &asked)
        });
    }
    told("a response, from the journal to the table", followed);
    while dataset.perform(&Verb::Undo).is_ok() {}
    derived.refresh(&reader).unwrap();
    same(&derived, &reader.derived().unwrap());
}

/// The derived facets as they are called in this dataset.
fn derived_names(tagged: &Tagged) -> Vec<String> {
    let own = || tagged.facets.iter().map(|facet| facet.name.as_str());
    DerivedFacet::ALL.iter().map(|facet| facet.called(own())).collect()
}

fn same(one: &Derived, other: &Derived) {
    for facet in DerivedFacet::ALL {
        for example in 0..100_000 {
            let sorted = |derived: &Derived| {
                let mut values: Vec<String> =
                    derived.of(*facet, example).into_iter().map(str::to_owned).collect();
                values.sort();
                values
            };
            assert_eq!(sorted(one), sorted(other));
        }
    }
}
