//! Recounting everything from scratch, and comparing it with what is kept.

use rusqlite::Connection;

use super::Result;
use super::outcomes::wrong_outcomes;
use super::sketches::wrong_sketches;
use super::traits::wrong_traits;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was checked: `live counts`, `derived columns`, `search index`, `sketches`,
    /// `outcomes`, `traits`, `foreign keys`, `file`.
    pub check: &'static str,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// A table that can be computed from others: its name, its key, and the query that recounts it.
struct Kept {
    check: &'static str,
    name: &'static str,
    stored: &'static str,
    recount: &'static str,
}

const KEPT: &[Kept] = &[
    Kept {
        check: "live counts",
        name: "examples by status, kind, split and answers",
        stored: "SELECT status || '/' || kind || '/' || split || '/' || answered, n FROM example_count WHERE n <> 0",
        recount: "SELECT status || '/' || kind || '/' || coalesce(split, '') || '/' || min(answered, 2), count(*)
                  FROM example GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "tags by value and status",
        stored: "SELECT value_id || '/' || status, n FROM tag_count WHERE n <> 0",
        recount: "SELECT t.value_id || '/' || e.status, count(*) FROM tag t JOIN example e ON e.id = t.example_id GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "cells by status",
        stored: "SELECT cell_id || '/' || status, n FROM cell_count WHERE n <> 0",
        recount: "SELECT c.id || '/' || e.status, count(*) FROM cell c JOIN tag a ON a.value_id = c.value_id
                  JOIN tag b ON b.example_id = a.example_id AND b.value_id = c.other_id
                  JOIN example e ON e.id = a.example_id GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "flags by kind",
        stored: "SELECT kind_id || '/' || resolved, n FROM flag_count WHERE n <> 0",
        recount: "SELECT kind_id || '/' || resolved, count(*) FROM flag GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "work by author",
        stored: "SELECT what || '/' || author, n FROM author_count WHERE n <> 0",
        recount: "SELECT author_kind || '/' || author, count(*) FROM response WHERE author NOT NULL GROUP BY 1
                  UNION ALL SELECT 'ranking/' || a.name, count(*) FROM ranking r JOIN annotator a ON a.id = r.annotator_id GROUP BY 1
                  UNION ALL SELECT 'flag/' || a.name, count(*) FROM flag f JOIN annotator a ON a.id = f.annotator_id GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "outcomes of rankings",
        stored: "SELECT state, n FROM outcome_count WHERE n <> 0",
        recount: "SELECT state, count(*) FROM outcome GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "examples by their traits",
        stored: "SELECT status || '/' || turns_band || '/' || prompt_band || '/' || response_band || '/' || language
                   || '/' || tools || '/' || refusal || '/' || json, n FROM trait_count WHERE n <> 0",
        recount: "SELECT e.status || '/' || t.turns_band || '/' || t.prompt_band || '/' || t.response_band || '/' || t.language
                   || '/' || t.tools || '/' || coalesce(t.refusal, -1) || '/' || coalesce(t.json, -1), count(*)
                  FROM trait t JOIN example e ON e.id = t.example_id GROUP BY 1",
    },
    Kept {
        check: "live counts",
        name: "examples by their source",
        stored: "SELECT import_id || '/' || status, n FROM source_count WHERE n <> 0",
        recount: "SELECT coalesce(import_id, 0) || '/' || status, count(*) FROM example GROUP BY 1",
    },
];

/// At most so many differences of one table are told one by one.
const TOLD: usize = 20;
/// Of the sketches about so many are made again.
const SKETCHES_MADE_AGAIN: u64 = 500;
/// Of the outcomes about so many are settled again.
const OUTCOMES_MADE_AGAIN: u64 = 20_000;
/// Of the traits about so many are read again.
const TRAITS_READ_AGAIN: u64 = 5_000;

/// Compares every kept count and derived column with a recount, the search index, the
/// sketches and the traits with the examples, and asks SQLite to check foreign keys and the file itself.
pub fn recount_differences(connection: &Connection) -> Result<Vec<Difference>> {
    let snapshot = connection.unchecked_transaction()?;
    let mut differences = Vec::new();
    for kept in KEPT {
        compare(&snapshot, kept, &mut differences)?;
    }
    check_derived(&snapshot, &mut differences)?;
    check_search(&snapshot, &mut differences)?;
    let wrong = wrong_sketches(&snapshot, SKETCHES_MADE_AGAIN)?;
    differences.extend(wrong.into_iter().map(|what| Difference { check: "sketches", what }));
    let wrong = wrong_outcomes(&snapshot, OUTCOMES_MADE_AGAIN)?;
    differences.extend(wrong.into_iter().map(|what| Difference { check: "outcomes", what }));
    let wrong = wrong_traits(&snapshot, TRAITS_READ_AGAIN)?;
    differences.extend(wrong.into_iter().map(|what| Difference { check: "traits", what }));
    check_sqlite(&snapshot, &mut differences)?;
    Ok(differences)
}

fn compare(connection: &Connection, kept: &Kept, differences: &mut Vec<Difference>) -> Result<()> {
    let sql = format!(
        "WITH kept(k, v) AS MATERIALIZED ({}), recount(k, v) AS MATERIALIZED ({})
         SELECT coalesce(kept.k, recount.k), kept.v, recount.v FROM kept FULL JOIN recount ON kept.k = recount.k
         WHERE kept.v IS NOT recount.v LIMIT {TOLD}",
        kept.stored, kept.recount
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let show = |value: rusqlite::types::Value| match value {
        rusqlite::types::Value::Integer(n) => n.to_string(),
        rusqlite::types::Value::Text(text) => text,
        _ => "nothing".to_owned(),
    };
    while let Some(row) = rows.next()? {
        let (key, is, should) = (show(row.get(0)?), show(row.get(1)?), show(row.get(2)?));
        differences.push(Difference {
            check: kept.check,
            what: format!("{}: {key} is {is}, a recount gives {should}", kept.name),
        });
    }
    Ok(())
}

/// The derived columns of examples stand beside what they derive from: no join of two lists.
fn check_derived(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    let mut statement = connection.prepare(&format!(
        "SELECT e.id, e.answered, e.tokens, sum(r.tokens > 0), p.tokens + coalesce(sum(r.tokens), 0)
         FROM example e LEFT JOIN prompt p ON p.example_id = e.id LEFT JOIN response r ON r.example_id = e.id
         GROUP BY e.id
         HAVING e.answered IS NOT coalesce(sum(r.tokens > 0), 0)
             OR e.tokens IS NOT p.tokens + coalesce(sum(r.tokens), 0)
         LIMIT {TOLD}"
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, answered, tokens): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (should_answered, should_tokens): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
        let what = match should_tokens {
            Some(should) => format!(
                "#{id} is kept with {answered} answers and {tokens} tokens, a recount gives {} and {should}",
                should_answered.unwrap_or(0)
            ),
            None => format!("#{id} has no prompt"),
        };
        differences.push(Difference { check: "derived columns", what });
    }
    Ok(())
}

fn check_search(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    let missing: i64 = connection.query_row(
        "SELECT count(*) FROM example WHERE id NOT IN (SELECT id FROM search_docsize)
           AND id NOT IN (SELECT example_id FROM search_pending)",
        [],
        |row| row.get(0),
    )?;
    let stale: i64 = connection.query_row(
        "SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM example)
           AND id NOT IN (SELECT example_id FROM search_pending)",
        [],
        |row| row.get(0),
    )?;
    for (n, what) in
        [(missing, "examples are missing from the index"), (stale, "entries are of examples that are gone")]
    {
        if n > 0 {
            differences.push(Difference { check: "search index", what: format!("{n} {what}") });
        }
    }
    Ok(())
}

fn check_sqlite(connection: &Connection, differences: &mut Vec<Difference>) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        differences.push(Difference {
            check: "foreign keys",
            what: format!("a row of {table} refers to a {parent} that is not there"),
        });
    }
    let mut statement = connection.prepare("PRAGMA integrity_check(20)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let what: String = row.get(0)?;
        if what != "ok" {
            differences.push(Difference { check: "file", what });
        }
    }
    Ok(())
}
