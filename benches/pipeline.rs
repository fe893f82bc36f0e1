//! How long the long work takes, beside what the same disk and the same SQLite can do at best.
//!
//! `cargo bench --bench pipeline` makes 20,000 examples; `GOLDSET_BENCH_FILE` names a file of JSON
//! Lines with `prompt` and `response` (or `candidates`) to take instead. Read the figures as ratios
//! to their neighbours: machines differ, and so do hours of the day.
#![allow(clippy::unwrap_used, missing_docs, clippy::cast_precision_loss)]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use goldset::dataset::{Dataset, ImportOptions, Plan, Queue, Seek, Selection, Target, Verb, export};
use goldset::example::Status;
use goldset::formats::Definitions;
use goldset::query::Filter;
use rusqlite::{Connection, params};
use serde_json::Value;

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    let took = start.elapsed();
    println!("{what:<58} {:>10.1} ms", took.as_secs_f64() * 1000.0);
    (result, took)
}

fn ratio(what: &str, ours: Duration, best: Duration) {
    println!("{what:<58} {:>10.2} x", ours.as_secs_f64() / best.as_secs_f64());
}

/// Examples of the bench's own making: words by a small generator, the same in every run.
fn made(folder: &Path) -> PathBuf {
    let path = folder.join("made.jsonl");
    let mut out = BufWriter::new(std::fs::File::create(&path).unwrap());
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let syllables = ["ta", "re", "lo", "min", "ka", "su", "ver", "do", "pi", "an"];
    let mut text = |words: u64| {
        let mut text = String::new();
        for _ in 0..words {
            // Squared: a few words are common, most are rare.
            let mut word = (next() % 4000) * (next() % 4000) / 2000;
            for _ in 0..3 {
                text.push_str(syllables[usize::try_from(word % 10).unwrap()]);
                word /= 10;
            }
            text.push(' ');
        }
        text
    };
    let languages = ["en", "de", "fr"];
    for at in 0..20_000_u64 {
        let record = serde_json::json!({"prompt": text(20 + at % 180), "response": text(30 + at % 370),
            "intent": format!("intent_{}", at % 50), "language": languages[usize::try_from(at % 3).unwrap()]});
        writeln!(out, "{record}").unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
    path
}

fn texts(record: &Value) -> Vec<&str> {
    match record.get("candidates").and_then(Value::as_array) {
        Some(several) => several.iter().filter_map(Value::as_str).collect(),
        None => record.get("response").and_then(Value::as_str).into_iter().collect(),
    }
}

/// The floor under an import: the same lines parsed into two typed tables, then indexed.
fn typed_rows(source: &Path, folder: &Path) -> PathBuf {
    let path = folder.join("typed.db");
    let mut connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA page_size = 8192; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;
             CREATE TABLE example (id INTEGER PRIMARY KEY, intent TEXT, language TEXT, prompt TEXT);
             CREATE TABLE response (id INTEGER PRIMARY KEY, example_id INTEGER, text TEXT);",
        )
        .unwrap();
    let transaction = connection.transaction().unwrap();
    let mut example = transaction.prepare("INSERT INTO example VALUES (?1, ?2, ?3, ?4)").unwrap();
    let mut response =
        transaction.prepare("INSERT INTO response (example_id, text) VALUES (?1, ?2)").unwrap();
    for (id, line) in
        (1_i64..).zip(BufReader::with_capacity(1 << 20, std::fs::File::open(source).unwrap()).lines())
    {
        let record: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let field = |name: &str| record.get(name).and_then(Value::as_str);
        example.execute(params![id, field("intent"), field("language"), field("prompt")]).unwrap();
        for text in texts(&record) {
            response.execute(params![id, text]).unwrap();
        }
    }
    drop((example, response));
    transaction
        .execute_batch(
            "CREATE INDEX i ON example(intent); CREATE INDEX l ON example(language); CREATE INDEX r ON response(example_id);",
        )
        .unwrap();
    transaction.commit().unwrap();
    path
}

/// The floor under the search index: FTS5 fed with the same texts in one transaction.
fn bare_index(typed: &Path) {
    let connection = Connection::open(typed).unwrap();
    connection
        .execute_batch(
            "BEGIN; CREATE VIRTUAL TABLE search USING fts5(text, content = '', contentless_delete = 1);
             INSERT INTO search (search, rank) VALUES ('hashsize', 67108864);
             INSERT INTO search (rowid, text) SELECT id, prompt || char(10) ||
               (SELECT group_concat(text, char(10)) FROM response WHERE example_id = example.id) FROM example;
             COMMIT;",
        )
        .unwrap();
}

/// The floor under an export: the same texts read in order and written as JSON Lines.
fn bare_export(typed: &Path, target: &Path) {
    let connection = Connection::open(typed).unwrap();
    let mut out = BufWriter::with_capacity(1 << 17, std::fs::File::create(target).unwrap());
    let mut statement = connection
        .prepare(
            "SELECT e.prompt, r.text FROM example e JOIN response r ON r.example_id = e.id ORDER BY e.id",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (prompt, response): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let record = serde_json::json!({"messages": [{"role": "user", "content": prompt}, {"role": "assistant", "content": response}]});
        serde_json::to_writer(&mut out, &record).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
}

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
    let (report, rows) = timed("import: rows usable", || {
        dataset.import(&[source], &options, &mut |_| Ok(()), &mut |_| true).unwrap()
    });
    println!("{:<58} {:>10}", "examples", report.examples);
    ratio("import / floor (aim: 1.5)", rows, floor);
    if std::env::var_os("GOLDSET_BENCH_IMPORT_ONLY").is_some() {
        return;
    }

    let ((), floor) = timed("floor: FTS5 in one transaction", || bare_index(&typed));
    let ((), index) = timed("search index behind the import", || dataset.index_all(&mut |_| true).unwrap());
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
    let plan = Plan { skip_invalid: true, ..Plan::of("openai-chat") };
    let target = Target::File(folder.path().join("ours.jsonl"));
    let (report, took) =
        timed("export: openai-chat", || export(&reader, &plan, &target, &mut |_| true).unwrap());
    println!("{:<58} {:>10}", "records", report.records);
    ratio("export / floor (aim: 1.5)", took, floor);

    let ((), one) = timed("200 verbs on one example each", || {
        for id in 1..=200 {
            dataset.perform(&Verb::SetStatus { on: Selection::One(id), status: Status::Approved }).unwrap();
        }
    });
    println!("{:<58} {:>10.2} ms", "one verb, on disk", one.as_secs_f64() * 5.0);
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
