//! A small dataset in memory, and the vocabulary that goes with it.

use rusqlite::{Connection, params, params_from_iter};

use crate::example::{Message, Role, plain_text};
use crate::query::{FacetWords, Filter, Vocabulary, parse};
use crate::text::search_form::search_form;

pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        facets: vec![
            FacetWords::new("intent", false, ["refund", "cancel", "none"]),
            FacetWords::new("topic", true, ["late fees", "card, lost", "ÄRGER"]),
            FacetWords::new("status", false, ["odd"]),
            FacetWords::new("call reason", false, ["a\"b"]),
        ],
        flag_kinds: vec!["wrong".to_owned(), "unsafe".to_owned()],
        people: vec!["Ana".to_owned(), "gpt-4".to_owned()],
        proposed: ["money back", "intent", "refund", "intent:refund"].map(str::to_owned).to_vec(),
        languages: vec!["de".to_owned(), "en".to_owned()],
        sources: vec!["old tickets.jsonl".to_owned()],
    }
}

pub fn read(text: &str) -> Filter {
    parse(text, &vocabulary()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// An empty dataset with the names of the vocabulary.
pub fn empty() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    for migration in [
        include_str!("../../store/migrations/0001_dataset.sql"),
        include_str!("../../store/migrations/0002_writing.sql"),
        include_str!("../../store/migrations/0003_judging.sql"),
        include_str!("../../store/migrations/0008_rules.sql"),
        include_str!("../../store/migrations/0005_traits.sql"),
    ] {
        db.execute_batch(migration).unwrap();
    }
    for (facet_id, facet) in (1..).zip(vocabulary().facets) {
        db.execute(
            "INSERT INTO facet VALUES (?1, randomblob(16), ?2, 1, ?3, 0, ?1)",
            params![facet_id, facet.name, facet.open],
        )
        .unwrap();
        for (place, value) in (0..).zip(facet.values) {
            let id = facet_id * 100 + place;
            db.execute(
                "INSERT INTO facet_value VALUES (?1, randomblob(16), ?2, ?3, NULL, ?4)",
                params![id, facet_id, value, place],
            )
            .unwrap();
        }
    }
    for (id, kind) in (1..).zip(vocabulary().flag_kinds) {
        db.execute("INSERT INTO flag_kind VALUES (?1, randomblob(16), ?2, '', ?1)", params![id, kind])
            .unwrap();
    }
    for (id, person) in (1..).zip(vocabulary().people) {
        db.execute("INSERT INTO annotator VALUES (?1, randomblob(16), ?2)", params![id, person]).unwrap();
    }
    db
}

/// One example as a test writes it down.
pub struct Row<'a> {
    pub id: i64,
    pub status: &'a str,
    pub split: Option<&'a str>,
    pub tokens: i64,
    pub prompt: &'a str,
    pub response: Option<(&'a str, &'a str)>,
    pub note: &'a str,
    pub tags: &'a [(&'a str, &'a str)],
}

impl Default for Row<'_> {
    fn default() -> Self {
        Self {
            id: 1,
            status: "draft",
            split: None,
            tokens: 10,
            prompt: "",
            response: None,
            note: "",
            tags: &[],
        }
    }
}

pub fn insert(db: &Connection, row: &Row<'_>) {
    let id = row.id;
    let json = |role, text: &str| serde_json::json!([Message::new(role, text).to_json()]).to_string();
    db.execute(
        "INSERT INTO example VALUES (?1, randomblob(16), 'sft', ?2, ?3, NULL, 0, ?4, ?5, NULL)",
        params![id, row.status, row.split, i64::from(row.response.is_some()), row.tokens],
    )
    .unwrap();
    db.execute(
        "INSERT INTO prompt VALUES (?1, ?2, NULL, NULL, ?3, 1)",
        params![id, json(Role::User, row.prompt), row.note],
    )
    .unwrap();
    let mut said = vec![Message::new(Role::User, row.prompt)];
    if let Some((author, text)) = row.response {
        db.execute(
            "INSERT INTO response VALUES (NULL, randomblob(16), ?1, 0, ?2, 'person', ?3, NULL, NULL, 1, 0)",
            params![id, author, json(Role::Assistant, text)],
        )
        .unwrap();
        said.push(Message::new(Role::Assistant, text));
    }
    for (facet, value) in row.tags {
        let added = db
            .execute(
                "INSERT INTO tag SELECT ?1, f.id, v.id, f.several FROM facet f \
                 JOIN facet_value v ON v.facet_id = f.id WHERE f.name = ?2 AND v.name = ?3",
                params![id, facet, value],
            )
            .unwrap();
        assert_eq!(added, 1, "{facet}:{value}");
    }
    db.execute(
        "INSERT INTO search(rowid, text) VALUES (?1, ?2)",
        params![id, search_form(&plain_text(&said))],
    )
    .unwrap();
}

/// The ids that the filter means.
pub fn run(db: &Connection, filter: &Filter) -> rusqlite::Result<Vec<i64>> {
    let sql = filter.to_sql();
    let mut statement =
        db.prepare(&format!("SELECT e.id FROM example e WHERE {} ORDER BY e.id", sql.clause))?;
    statement.query_map(params_from_iter(sql.params), |row| row.get(0))?.collect()
}

pub fn found(db: &Connection, text: &str) -> Vec<i64> {
    run(db, &read(text)).unwrap_or_else(|error| panic!("{text}: {error}"))
}
