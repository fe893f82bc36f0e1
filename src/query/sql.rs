//! From tree to SQL: a condition over `example e` that stays fast on a million examples.
//!
//! Rare things are found from their index (`e.id IN (SELECT …)`, not correlated, so that it
//! runs once); what nearly every example has is asked of each example as it comes (`EXISTS`).
//! No condition is ever NULL, so that NOT means the others.

mod fulltext;
mod scan;

use rusqlite::types::Value;

use crate::example::{Agreed, Traits, Verdict};

use super::tree::{Expr, Has, Interval, Is, Measure, Pick, Term};

/// How many examples are asked a condition that has no index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nearly all: then reading the table from end to end is four times as fast as row by row.
    All,
    /// Those that a condition with an index has left.
    Few,
}

impl Reach {
    /// Examples with a row `m` of that table of which the condition holds.
    fn rows(self, table: &str, condition: &str) -> String {
        match self {
            Self::All => format!("e.id IN (SELECT m.example_id FROM {table} m WHERE {condition})"),
            Self::Few => {
                format!("EXISTS (SELECT 1 FROM {table} m WHERE m.example_id = e.id AND {condition})")
            }
        }
    }
}

/// Whether an index leads to the few examples that are so.
fn is_selective(tree: &Expr) -> bool {
    let names = |list: &[Pick<String>]| list.iter().all(|pick| matches!(pick, Pick::Value(_)));
    match tree {
        Expr::Term(
            Term::Flag(list)
            | Term::By(list)
            | Term::Author(list)
            | Term::Annotator(list)
            | Term::Proposed(list)
            | Term::Tag { values: list, .. },
        ) => names(list),
        Expr::Term(Term::Number { measure, .. }) => *measure == Measure::Id,
        other => fulltext::query(other).is_some(),
    }
}

/// A piece of SQL with its parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Sql {
    /// A condition for WHERE over the alias `e` of the table `example`. Its parameters are `?`,
    /// in order.
    pub clause: String,
    /// A value for each `?`.
    pub params: Vec<Value>,
}

impl Sql {
    fn bare(clause: impl Into<String>) -> Self {
        Self { clause: clause.into(), params: Vec::new() }
    }

    fn with(clause: impl Into<String>, params: Vec<Value>) -> Self {
        Self { clause: clause.into(), params }
    }

    fn not(self) -> Self {
        Self { clause: format!("NOT ({})", self.clause), params: self.params }
    }
}

/// The conditions joined as a balanced tree: the database refuses one that is 1,000 deep.
fn joined(mut parts: Vec<Sql>, operator: &str) -> Sql {
    if parts.len() < 2 {
        // nothing is demanded by no AND, and nothing allowed by no OR
        return parts.pop().unwrap_or_else(|| Sql::bare(if operator == "AND" { "1" } else { "0" }));
    }
    let right = joined(parts.split_off(parts.len() / 2), operator);
    let left = joined(parts, operator);
    let clause = format!("({} {operator} {})", left.clause, right.clause);
    Sql { clause, params: [left.params, right.params].concat() }
}

/// The condition of a tree.
pub(super) fn condition(tree: &Expr) -> Sql {
    within(tree, Reach::All)
}

/// The condition of a tree where only so many examples are asked.
fn within(tree: &Expr, reach: Reach) -> Sql {
    if let Some(sought) = fulltext::query(tree) {
        return matching(sought);
    }
    match tree {
        Expr::Everything => Sql::bare("1"),
        Expr::Not(inner) => within(inner, reach).not(),
        Expr::And(parts) => {
            let reach = if parts.iter().any(is_selective) { Reach::Few } else { reach };
            joined(conditions(parts, fulltext::all, reach), "AND")
        }
        Expr::Or(parts) => joined(conditions(parts, fulltext::any, reach), "OR"),
        Expr::Term(term) => of_term(term, reach),
    }
}

/// The conditions of the parts, those on the text first and as one search.
fn conditions(parts: &[Expr], join: fn(&[String]) -> String, reach: Reach) -> Vec<Sql> {
    let (mut searches, mut others) = (Vec::new(), Vec::new());
    for part in parts {
        match fulltext::query(part) {
            Some(search) => searches.push(search),
            None => others.push(within(part, reach)),
        }
    }
    if !searches.is_empty() {
        others.insert(0, matching(join(&searches)));
    }
    others
}

fn matching(sought: String) -> Sql {
    let clause = "e.id IN (SELECT s.rowid FROM search s WHERE s.search MATCH ?)";
    Sql::with(clause, vec![Value::Text(sought)])
}

fn of_term(term: &Term, reach: Reach) -> Sql {
    match term {
        // Words and phrases come here where the index does not keep them.
        Term::Word(text) | Term::Phrase(text) | Term::Part(text) => scan::part(text, reach),
        Term::Status(list) => among("e.status", list.iter().map(|status| status.as_str().to_owned())),
        Term::Kind(list) => among("e.kind", list.iter().map(|kind| kind.as_str().to_owned())),
        Term::Split(list) => of_picks(list, "e.split IS NOT NULL", |values| {
            among("ifnull(e.split, '')", values.iter().map(|split| split.as_str().to_owned()))
        }),
        Term::Flag(list) => flag(list),
        Term::By(list) => by(list),
        Term::Note(list) => note(list, reach),
        Term::Outcome(list) => outcome(list),
        Term::Returned(list) => returned(list),
        Term::Reviewed(list) => reviewed(list),
        Term::Proposed(list) => proposed(list),
        Term::Is(list) => joined(list.iter().map(|is| state(*is, reach)).collect(), "OR"),
        Term::Has(list) => joined(list.iter().map(|has| belonging(*has, reach)).collect(), "OR"),
        Term::Language(list) => language(list, reach),
        Term::Source(list) => source(list),
        Term::Author(list) => author(list),
        Term::Annotator(list) => annotator(list),
        Term::Tag { facet, values } => tag(facet, values),
        Term::Number { measure, ranges } => number(*measure, ranges, reach),
    }
}

/// One of the values, any (`there` says that one is there) or none.
fn of_picks<T: Clone>(list: &[Pick<T>], there: impl Into<Sql>, values: impl Fn(&[T]) -> Sql) -> Sql {
    let there = there.into();
    let named: Vec<T> = list
        .iter()
        .filter_map(|pick| match pick {
            Pick::Value(value) => Some(value.clone()),
            Pick::Any | Pick::Without => None,
        })
        .collect();
    let mut parts = Vec::new();
    if !named.is_empty() {
        parts.push(values(&named));
    }
    if list.iter().any(|pick| matches!(pick, Pick::Any)) {
        parts.push(there.clone());
    }
    if list.iter().any(|pick| matches!(pick, Pick::Without)) {
        parts.push(there.not());
    }
    joined(parts, "OR")
}

impl From<&str> for Sql {
    fn from(clause: &str) -> Self {
        Self::bare(clause)
    }
}

fn among(column: &str, values: impl Iterator<Item = String>) -> Sql {
    let params: Vec<Value> = values.map(Value::Text).collect();
    Sql::with(format!("{column} IN ({})", marks(params.len())), params)
}

/// `?, ?, ?`
fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

fn texts(values: &[String]) -> Vec<Value> {
    values.iter().cloned().map(Value::Text).collect()
}

fn flag(list: &[Pick<String>]) -> Sql {
    let open = |kinds: &str| {
        format!(
            "e.id IN (SELECT g.example_id FROM flag g \
             WHERE g.kind_id IN (SELECT k.id FROM flag_kind k{kinds}) AND g.resolved = 0)"
        )
    };
    of_picks(list, open("").as_str(), |kinds| {
        Sql::with(open(&format!(" WHERE k.name IN ({})", marks(kinds.len()))), texts(kinds))
    })
}

fn by(list: &[Pick<String>]) -> Sql {
    let anyone = "(EXISTS (SELECT 1 FROM response r WHERE r.example_id = e.id AND r.author IS NOT NULL) \
                  OR EXISTS (SELECT 1 FROM ranking k WHERE k.example_id = e.id))";
    of_picks(list, anyone, |names| {
        let marks = marks(names.len());
        let clause = format!(
            "e.id IN (SELECT r.example_id FROM response r WHERE r.author IN ({marks}) \
             UNION ALL SELECT k.example_id FROM ranking k \
             WHERE k.annotator_id IN (SELECT a.id FROM annotator a WHERE a.name IN ({marks})))"
        );
        Sql::with(clause, [texts(names), texts(names)].concat())
    })
}

fn belonging(has: Has, reach: Reach) -> Sql {
    match has {
        Has::Tools => Sql::bare(reach.rows("trait", "m.tools = 1")),
    }
}

fn language(list: &[Pick<String>], reach: Reach) -> Sql {
    let there = reach.rows("trait", &format!("m.language <> '{}'", Traits::UNKNOWN));
    of_picks(list, there.as_str(), |codes| {
        let condition = format!("m.language IN ({})", marks(codes.len()));
        Sql::with(reach.rows("trait", &condition), texts(codes))
    })
}

fn source(list: &[Pick<String>]) -> Sql {
    // by the whole path, or by the name of the file at the end of it
    let one = |name: &String| {
        let clause = "ifnull(e.import_id, 0) IN (SELECT i.id FROM import i \
            WHERE substr(replace(i.source, char(92), '/'), -length(?)) = replace(?, char(92), '/') \
              AND (length(i.source) = length(?) OR substr(i.source, -length(?) - 1, 1) IN ('/', char(92))))";
        Sql::with(clause, vec![Value::Text(name.clone()); 4])
    };
    of_picks(list, "e.import_id IS NOT NULL", |names| joined(names.iter().map(one).collect(), "OR"))
}

fn author(list: &[Pick<String>]) -> Sql {
    let anyone = "EXISTS (SELECT 1 FROM response r WHERE r.example_id = e.id AND r.author IS NOT NULL)";
    of_picks(list, anyone, |names| {
        let clause = format!(
            "e.id IN (SELECT r.example_id FROM response r WHERE r.author IN ({}))",
            marks(names.len())
        );
        Sql::with(clause, texts(names))
    })
}

fn annotator(list: &[Pick<String>]) -> Sql {
    let anyone = "EXISTS (SELECT 1 FROM ranking k WHERE k.example_id = e.id)";
    of_picks(list, anyone, |names| {
        let clause = format!(
            "e.id IN (SELECT k.example_id FROM ranking k \
             WHERE k.annotator_id IN (SELECT a.id FROM annotator a WHERE a.name IN ({})))",
            marks(names.len())
        );
        Sql::with(clause, texts(names))
    })
}

/// Who has no outcome has no ranking.
fn outcome(list: &[Agreed]) -> Sql {
    let there: Vec<String> = list
        .iter()
        .filter(|state| **state != Agreed::Unranked)
        .map(|state| state.as_str().to_owned())
        .collect();
    let mut parts = Vec::new();
    if !there.is_empty() {
        let clause =
            format!("e.id IN (SELECT o.example_id FROM outcome o WHERE o.state IN ({}))", marks(there.len()));
        parts.push(Sql::with(clause, texts(&there)));
    }
    if list.contains(&Agreed::Unranked) {
        parts.push(Sql::bare("e.id NOT IN (SELECT o.example_id FROM outcome o)"));
    }
    joined(parts, "OR")
}

fn returned(list: &[Pick<String>]) -> Sql {
    // As the queue of those to whom it was sent counts it: what is done with is not waited for.
    let there = "(e.status IN ('pending', 'draft') \
        AND e.id IN (SELECT b.example_id FROM sent_back b WHERE b.done = 0))";
    of_picks(list, there, |names| {
        let clause = format!(
            "(e.status IN ('pending', 'draft') \
             AND e.id IN (SELECT b.example_id FROM sent_back b WHERE b.done = 0 \
             AND b.annotator_id IN (SELECT a.id FROM annotator a WHERE a.name IN ({}))))",
            marks(names.len())
        );
        Sql::with(clause, texts(names))
    })
}

fn reviewed(list: &[Pick<Verdict>]) -> Sql {
    of_picks(list, "e.id IN (SELECT v.example_id FROM review v)", |verdicts| {
        let words: Vec<String> = verdicts.iter().map(|verdict| verdict.as_str().to_owned()).collect();
        let clause = format!(
            "e.id IN (SELECT v.example_id FROM review v WHERE v.verdict IN ({}))",
            marks(words.len())
        );
        Sql::with(clause, texts(&words))
    })
}

/// By the rules' indexes: what is open of them is few, or somebody is about to look at all of it.
fn proposed(list: &[Pick<String>]) -> Sql {
    let there = |which: &str| {
        format!("e.id IN (SELECT p.example_id FROM standing_proposal p WHERE p.standing = 'open'{which})")
    };
    of_picks(list, there("").as_str(), |names| {
        let marks = marks(names.len());
        let which = format!(
            " AND (p.rule IN ({marks}) OR p.facet IN ({marks}) OR p.value IN ({marks}) \
             OR p.facet || ':' || p.value IN ({marks}))"
        );
        let names = texts(names);
        Sql::with(there(&which), [names.clone(), names.clone(), names.clone(), names].concat())
    })
}

fn note(list: &[Pick<String>], reach: Reach) -> Sql {
    let there = reach.rows("prompt", "m.note <> ''");
    of_picks(list, there.as_str(), |parts| {
        joined(parts.iter().map(|part| scan::note(part, reach)).collect(), "OR")
    })
}

fn state(is: Is, reach: Reach) -> Sql {
    Sql::bare(match is {
        Is::Refusal => return Sql::bare(reach.rows("trait", "m.refusal = 1")),
        Is::Json => return Sql::bare(reach.rows("trait", "m.json = 1")),
        Is::Blank => "e.answered = 0",
        Is::Ranked => "EXISTS (SELECT 1 FROM ranking k WHERE k.example_id = e.id)",
        Is::Gold => "e.id IN (SELECT k.example_id FROM ranking k WHERE k.standing = 'gold')",
        Is::Unsure => "EXISTS (SELECT 1 FROM ranking k WHERE k.example_id = e.id AND k.cannot IS NOT NULL)",
        Is::Circular => "e.id IN (SELECT o.example_id FROM outcome o WHERE o.circular = 1)",
    })
}

fn tag(facet: &str, values: &[Pick<String>]) -> Sql {
    let there = Sql::with(
        "EXISTS (SELECT 1 FROM tag t WHERE t.example_id = e.id \
         AND t.facet_id = (SELECT f.id FROM facet f WHERE f.name = ?))",
        vec![Value::Text(facet.to_owned())],
    );
    of_picks(values, there, |names| {
        let clause = format!(
            "e.id IN (SELECT t.example_id FROM tag t WHERE t.value_id IN (SELECT v.id FROM facet_value v \
             WHERE v.facet_id = (SELECT f.id FROM facet f WHERE f.name = ?) AND v.name IN ({})))",
            marks(names.len())
        );
        Sql::with(clause, [vec![Value::Text(facet.to_owned())], texts(names)].concat())
    })
}

fn number(measure: Measure, ranges: &[Interval], reach: Reach) -> Sql {
    let of_traits = |column| {
        let Sql { clause, params } = within_ranges(column, ranges);
        Sql::with(reach.rows("trait", &clause), params)
    };
    let column = match measure {
        Measure::Turns => return of_traits("m.turns"),
        Measure::PromptTokens => return of_traits("m.prompt_tokens"),
        Measure::ResponseTokens => return of_traits("m.response_tokens"),
        Measure::Tokens => "e.tokens",
        Measure::Responses => "e.answered",
        Measure::Id => "e.id",
        // Where fewer than two judged, nothing is the number: no range holds it.
        Measure::Agreement => {
            "ifnull((SELECT CAST(round(100 * o.agreement) AS INTEGER) FROM outcome o WHERE o.example_id = e.id), -1)"
        }
        Measure::Rankings => "ifnull((SELECT o.judgements FROM outcome o WHERE o.example_id = e.id), 0)",
    };
    within_ranges(column, ranges)
}

fn within_ranges(column: &str, ranges: &[Interval]) -> Sql {
    let single: Vec<Value> = ranges.iter().filter_map(|range| range.single()).map(Value::Integer).collect();
    let wide = ranges.iter().filter(|range| range.single().is_none()).map(|range| match range.to() {
        Some(to) => {
            let params = vec![Value::Integer(range.from()), Value::Integer(to)];
            Sql::with(format!("{column} BETWEEN ? AND ?"), params)
        }
        None => Sql::with(format!("{column} >= ?"), vec![Value::Integer(range.from())]),
    });
    let mut parts: Vec<Sql> = wide.collect();
    if !single.is_empty() {
        parts.push(Sql::with(format!("{column} IN ({})", marks(single.len())), single));
    }
    joined(parts, "OR")
}
