//! Keeping rules, and taking or declining what they propose.

use rusqlite::{Connection, params};

use super::super::reader::vocabulary;
use super::super::{Done, Error, Result, Selection, rules};
use super::tags::resolve_tag;
use super::{fill, tell};
use crate::example::{Tag, TagRule};
use crate::store;
use crate::text::count::plural;

fn said(sentence: String) -> Done {
    Done { action: None, sentence, examples: 0, example: None }
}

fn find(connection: &Connection, name: &str) -> Result<i64> {
    let missing = || store::Error::NotFound { what: "rule", name: name.to_owned() };
    Ok(store::rule_id(connection, name)?.ok_or_else(missing)?)
}

/// Keeps a rule: in the place of the one that `was` called so, or of one of its own name.
pub(super) fn put(connection: &Connection, was: Option<&str>, rule: &TagRule) -> Result<Done> {
    let name = rule.name.trim();
    if name.is_empty() || name != rule.name {
        return Err(Error::Rule {
            name: rule.name.clone(),
            reason: "it needs a name, without blanks around it".to_owned(),
        });
    }
    let (_, condition) = rules::check(name, &rule.condition, &vocabulary(connection)?)?;
    let there = store::rule_id(connection, name)?;
    let own = was.map(|was| find(connection, was)).transpose()?;
    if own.is_some() && there.is_some_and(|there| Some(there) != own) {
        return Err(Error::Rule {
            name: name.to_owned(),
            reason: "there is a rule of that name already".to_owned(),
        });
    }
    let (_, _, value) = resolve_tag(connection, &rule.tag)?;
    let Tag { facet, value: of } = &rule.tag;
    let did = if let Some(id) = own.or(there) {
        store::update_rule(connection, id, name, value, &condition)?;
        "changed"
    } else {
        store::insert_rule(connection, name, value, &condition)?;
        "made"
    };
    Ok(said(format!("{did} the rule {name}, which proposes {facet}:{of}")))
}

/// Keeps rules, each in the place of one that has its name.
pub(super) fn put_all(connection: &Connection, rules: &[TagRule]) -> Result<Done> {
    for rule in rules {
        put(connection, None, rule)?;
    }
    Ok(said(format!("kept {}", plural(rules.len() as u64, "rule"))))
}

/// Takes a rule away; what was declined stays so.
pub(super) fn remove(connection: &Connection, name: &str) -> Result<Done> {
    store::delete_rule(connection, find(connection, name)?)?;
    Ok(said(format!("took the rule {name} away")))
}

/// What is open of the selected examples: of one rule, or of all, and then only where rules that propose
/// values of a facet which takes one say the same.
fn open(connection: &Connection, on: &Selection, rule: Option<&str>) -> Result<u64> {
    let rule = rule.map(|name| find(connection, name)).transpose()?;
    fill(connection, on)?;
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS offered
           (example_id INTEGER, facet_id INTEGER, value_id INTEGER, several INTEGER, PRIMARY KEY (example_id, value_id));
         DELETE FROM temp.offered;",
    )?;
    connection.execute(
        "INSERT OR IGNORE INTO temp.offered
         SELECT s.example_id, s.facet_id, s.value_id, s.several FROM standing_proposal s
         WHERE s.standing = 'open' AND (?1 IS NULL OR s.rule_id = ?1)
           AND s.example_id IN (SELECT id FROM temp.selected)",
        [rule],
    )?;
    Ok(connection.query_row("SELECT count(*) FROM temp.offered", [], |row| row.get(0))?)
}

/// Makes tags of what is open.
pub(super) fn take(connection: &Connection, on: &Selection, rule: Option<&str>) -> Result<Done> {
    open(connection, on, rule)?;
    // Who is right where rules differ, is for a person to say.
    let left: u64 = connection.query_row(
        "SELECT count(*) FROM (SELECT 1 FROM temp.offered WHERE several = 0 GROUP BY example_id, facet_id HAVING count(*) > 1)",
        [],
        |row| row.get(0),
    )?;
    connection.execute(
        "DELETE FROM temp.offered WHERE several = 0 AND (example_id, facet_id) IN (
           SELECT example_id, facet_id FROM temp.offered WHERE several = 0
           GROUP BY example_id, facet_id HAVING count(*) > 1)",
        [],
    )?;
    let n = examples(connection)?;
    connection.execute(
        "INSERT INTO tag (example_id, facet_id, value_id, several)
         SELECT example_id, facet_id, value_id, several FROM temp.offered",
        [],
    )?;
    let by = rule.map_or_else(|| "rules propose".to_owned(), |name| format!("the rule {name} proposes"));
    let left = match left {
        0 => String::new(),
        left => format!("; rules differ on {}, which were left", plural(left, "tag")),
    };
    Ok(told(on, n, "took", &by, &left))
}

fn examples(connection: &Connection) -> Result<u64> {
    Ok(connection.query_row("SELECT count(DISTINCT example_id) FROM temp.offered", [], |row| row.get(0))?)
}

/// Says no to what is open.
pub(super) fn decline(connection: &Connection, on: &Selection, rule: Option<&str>) -> Result<Done> {
    open(connection, on, rule)?;
    let n = examples(connection)?;
    connection.execute(
        "INSERT INTO declined (example_id, value_id) SELECT example_id, value_id FROM temp.offered
         WHERE true ON CONFLICT DO NOTHING",
        [],
    )?;
    let by = rule.map_or_else(|| "rules propose".to_owned(), |name| format!("the rule {name} proposes"));
    Ok(told(on, n, "declined", &by, ""))
}

fn told(on: &Selection, n: u64, did: &str, by: &str, left: &str) -> Done {
    let done = tell(on, n, &format!("{did} what {by} for {{}}{left}"));
    match n {
        0 => Done { sentence: format!("nothing that {by} is open there{left}"), ..done },
        _ => done,
    }
}

/// Says no to these tags of one example, whether a rule has looked at it since it was typed or not.
pub(super) fn decline_tags(connection: &Connection, example: i64, tags: &[Tag]) -> Result<Done> {
    super::require(connection, example)?;
    let mut names = Vec::new();
    for tag in tags {
        let (_, _, value) = resolve_tag(connection, tag)?;
        connection.execute(
            "INSERT INTO declined (example_id, value_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![example, value],
        )?;
        names.push(format!("{}:{}", tag.facet, tag.value));
    }
    Ok(super::about(example, format!("declined {} for #{example}", names.join(", "))))
}

/// A value becomes another one: rules propose that, and who said no to it says no to that.
pub(super) fn merge_value(connection: &Connection, going: i64, stays: i64) -> Result<()> {
    connection.execute("UPDATE rule SET value_id = ?2 WHERE value_id = ?1", [going, stays])?;
    connection.execute(
        "INSERT INTO declined (example_id, value_id) SELECT example_id, ?2 FROM declined WHERE value_id = ?1
         ON CONFLICT DO NOTHING",
        [going, stays],
    )?;
    connection.execute("DELETE FROM declined WHERE value_id = ?1", [going])?;
    Ok(())
}

/// Values go, those that the query finds for `of`: with them the rules that propose them, and what was said
/// of them. Answers the end of a sentence that tells of the rules.
pub(super) fn forget_values(connection: &Connection, values: &str, of: i64) -> Result<String> {
    let gone = connection.execute(&format!("DELETE FROM rule WHERE value_id IN ({values})"), [of])?;
    connection.execute(&format!("DELETE FROM declined WHERE value_id IN ({values})"), [of])?;
    Ok(if gone == 0 { String::new() } else { format!(", with {}", plural(gone as u64, "rule")) })
}
