//! How long the board takes on a large dataset: the tags read anew and taken from the file in which they are
//! kept, the first table of two facets, what is said of all facets together, and a change on its way to the
//! table.
//!
//! `GOLDSET_BENCH_DATASET=big.goldset cargo bench --bench coverage` works on a dataset that is there, and takes
//! back what it changes. A frame is 16 ms.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::PathBuf;
use std::time::{Duration, Instant};

use goldset::dataset::{Dataset, Selection, Survey, TagFile, Verb};
use goldset::example::Status;
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
    let file = TagFile::of(folder.path(), &path);

    let tagged = once("tags read anew, and kept in a file", || file.tagged(&reader).unwrap());
    println!("{} examples, {} facets", tagged.columns().rows(), tagged.facets.len());
    let tagged_again = once("tags taken from the file", || file.tagged(&reader).unwrap());
    assert_eq!(tagged.columns(), tagged_again.columns());

    let names: Vec<String> = tagged.facets.iter().map(|facet| facet.name.clone()).collect();
    let crossed = |rows: &String, columns: &String| Crossed {
        rows: Some(rows.clone()),
        columns: Some(columns.clone()),
    };
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for rows in &names {
        for columns in names.iter().filter(|columns| *columns != rows) {
            timed(&mut first, || Crossing::first(&tagged, &crossed(rows, columns)).unwrap());
        }
    }
    told("first table of two facets, each with each", first);
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
}
