//! How long the long work takes, beside what the same disk and the same SQLite can do at best.
//!
//! `cargo bench --bench pipeline` makes 20,000 examples; `GOLDSET_BENCH_FILE` names a file of JSON
//! Lines with `prompt` and `response` (or `candidates`) to take instead. Read the figures as ratios
//! to their neighbours: machines differ, and so do hours of the day.
//! `GOLDSET_BENCH_MAP` maps other fields, `GOLDSET_BENCH_IMPORT_ONLY` ends after the import,
//! `GOLDSET_BENCH_FOLDER` says where the files go.
#![allow(clippy::unwrap_used, missing_docs, clippy::cast_precision_loss)]

mod floors;
mod made;
mod measure;

use std::path::PathBuf;

use floors::{bare_export, bare_index, typed_rows};
use made::made;
use measure::{ratio, size, timed, timed_with_memory};

use goldset::dataset::{Dataset, ImportOptions, Plan, Queue, Seek, Selection, Target, Verb, export};
use goldset::example::Status;
use goldset::formats::Definitions;
use goldset::query::Filter;

fn main() {
    let folder = tempfile::tempdir_in(
        std::env::var_os("GOLDSET_BENCH_FOLDER").map_or_else(std::env::temp_dir, PathBuf::from),
    )
    .unwrap();
    let source = std::env::var_os("GOLDSET_BENCH_FILE").map_or_else(|| made(folder.path()), PathBuf::from);
    println!("{}: {} MB", source.display(), source.metadata().unwrap().len() / 1_000_000);

    let (typed, floor) = timed("floor: typed rows, then indexes", || typed_rows(&source, folder.path()));
    let path = folder.path().join("bench.goldset");
    let mut dataset = Dataset::create(&path, "bench", &Definitions::default()).unwrap();
    let options = ImportOptions {
        mapping: std::env::var("GOLDSET_BENCH_MAP").ok().map(|map| map.parse().unwrap()),
        ..ImportOptions::default()
    };
    let (report, rows) = timed_with_memory("import: rows usable", || {
        dataset.import(&[source], &options, &mut |_| Ok(()), &mut |_| true).unwrap()
    });
    println!("{:<58} {:>10}", "examples", report.examples);
    ratio("import / floor (aim: 1.5)", rows, floor);
    if std::env::var_os("GOLDSET_BENCH_IMPORT_ONLY").is_some() {
        return;
    }

    let ((), floor) = timed("floor: FTS5 in one transaction", || bare_index(&typed));
    let ((), index) =
        timed_with_memory("search index behind the import", || dataset.index_all(&mut |_| true).unwrap());
    ratio("index / floor (aim: 1.2)", index, floor);

    let (reader, _) = timed("open a reader", || dataset.reader().unwrap());
    timed("read all counts", || reader.counts().unwrap());
    timed("read all counts again (aim: 1 ms)", || reader.counts().unwrap());
    timed("all ids", || reader.ids(&Filter::everything(), |_| true).unwrap());
    timed("60 list lines in the middle", || {
        let middle = i64::try_from(report.examples / 2).unwrap();
        reader.rows(&(middle..middle + 60).collect::<Vec<_>>()).unwrap()
    });
    timed("hand out the next to write", || dataset.hand(Queue::Write, Seek::After(None)).unwrap());
    timed("hand out the next to rank", || dataset.hand(Queue::Rank, Seek::After(None)).unwrap());
    dataset.release().unwrap();
    for text in ["status:submitted", "intent:intent_03", "the", "re* ta", "-status:approved"] {
        if let Ok(filter) = reader.filter(text) {
            timed(&format!("count of `{text}`"), || reader.count(&filter).unwrap());
        }
    }

    // Tags by the mapping of the file: without one there is nothing to learn.
    let (suggester, _) = timed("learn suggestions from at most 50,000", || {
        reader.learn_suggestions(50_000, &|| true).unwrap()
    });
    println!("{:<58} {:>10}", "examples learned", suggester.examples());
    let (words, _) = reader.lesson(1).unwrap().unwrap_or_default();
    timed("suggest (aim: 1 ms)", || suggester.suggest(&words, Some(1)));

    let target = folder.path().join("floor.jsonl");
    let ((), floor) = timed("floor: SQLite to JSON Lines", || bare_export(&typed, &target));
    size("  written", &target, floor);
    let plan = Plan { skip_invalid: true, ..Plan::of("openai-chat") };
    let path = folder.path().join("ours.jsonl");
    let target = Target::File(path.clone());
    let (report, took) =
        timed_with_memory("export: openai-chat", || export(&reader, &plan, &target, &mut |_| true).unwrap());
    size("  written", &path, took);
    println!("{:<58} {:>10}", "records", report.records);
    ratio("export / floor (aim: 1.5)", took, floor);

    let ((), one) = timed("200 verbs on one example each", || {
        for id in 1..=200 {
            dataset.perform(&Verb::SetStatus { on: Selection::One(id), status: Status::Approved }).unwrap();
        }
    });
    println!("{:<58} {:>10.2} ms", "one verb, on disk", one.wall.as_secs_f64() * 5.0);
    let all = Selection::Matching(Filter::everything());
    timed("one verb on every example", || {
        dataset.perform(&Verb::SetStatus { on: all, status: Status::Discarded }).unwrap()
    });
    timed("its undo", || dataset.perform(&Verb::Undo).unwrap());
    timed("recount of everything", || assert_eq!(dataset.verify().unwrap(), []));
    for _ in 0..200 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    timed("undo of the import", || dataset.perform(&Verb::Undo).unwrap());
    timed("redo of the import", || dataset.perform(&Verb::Redo).unwrap());
}
