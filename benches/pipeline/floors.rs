//! What the same disk and the same SQLite can do at best with the same data.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

/// A record of the file.
#[derive(Deserialize)]
struct Record {
    prompt: String,
    intent: Option<String>,
    language: Option<String>,
    response: Option<String>,
    #[serde(default)]
    candidates: Vec<String>,
}

/// A record as `openai-chat` has it.
#[derive(Serialize)]
struct Chat<'a> {
    messages: [Turn<'a>; 2],
}

#[derive(Serialize)]
struct Turn<'a> {
    role: &'a str,
    content: &'a str,
}

/// The floor under an import: the same lines parsed into two typed tables, then indexed.
pub fn typed_rows(source: &Path, folder: &Path) -> PathBuf {
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
        let line = line.unwrap();
        let record: Record = serde_json::from_str(&line).unwrap();
        example.execute(params![id, record.intent, record.language, record.prompt]).unwrap();
        for text in record.response.iter().chain(&record.candidates) {
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
pub fn bare_index(typed: &Path) {
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

/// The floor under an export: the same texts read in order and written as JSON Lines, each response
/// with its prompt.
pub fn bare_export(typed: &Path, target: &Path) {
    let connection = Connection::open(typed).unwrap();
    let mut out = BufWriter::with_capacity(1 << 17, std::fs::File::create(target).unwrap());
    let mut statement = connection
        .prepare(
            "SELECT e.prompt, r.text FROM example e JOIN response r ON r.example_id = e.id ORDER BY e.id",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let turn = |role, column| Turn { role, content: row.get_ref(column).unwrap().as_str().unwrap() };
        let record = Chat { messages: [turn("user", 0), turn("assistant", 1)] };
        serde_json::to_writer(&mut out, &record).unwrap();
        out.write_all(b"\n").unwrap();
    }
    out.into_inner().unwrap().sync_all().unwrap();
}
