//! How rules, trials and changes of them are printed.

use serde_json::{Value, json};

use super::super::failure::Result;
use super::super::out::{Column, Out};
use crate::dataset::{Done, Reader, RuleCounts, Standings, count_examples};
use crate::example::TagRule;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::first_line;

fn standings_as_json(standings: Standings) -> Value {
    json!({
        "open": standings.open, "carried": standings.carried, "otherwise": standings.other,
        "declined": standings.declined,
    })
}

/// The members of one object after those of another.
fn joined(mut one: Value, other: Value) -> Value {
    if let (Some(one), Value::Object(other)) = (one.as_object_mut(), other) {
        one.extend(other);
    }
    one
}

fn rule_as_json(rule: &TagRule) -> Value {
    let TagRule { name, tag, condition } = rule;
    json!({
        "name": name, "tag": format!("{}:{}", tag.facet, tag.value), "words": condition.words,
        "pattern": condition.pattern, "where": condition.filter, "in": condition.place,
    })
}

/// The rules with their counts.
pub(super) fn list(reader: &Reader, as_json: bool, out: &mut Out) -> Result<()> {
    let counts = reader.rule_counts()?;
    let waiting = reader.rules_pending()?;
    if as_json {
        let rules = counts.iter().map(|RuleCounts { rule, standings, broken }| {
            let told = joined(rule_as_json(rule), standings_as_json(*standings));
            joined(told, json!({"broken": broken}))
        });
        let rules: Vec<Value> = rules.collect();
        out.json(&json!({"rules": rules, "waiting": waiting}))?;
        return Ok(());
    }
    if counts.is_empty() {
        out.line("no rules yet; `goldset help rules` says how to make one")?;
        return Ok(());
    }
    let rows: Vec<Vec<String>> = counts
        .iter()
        .map(|RuleCounts { rule, standings, broken }| {
            vec![
                rule.name.clone(),
                format!("{}:{}", rule.tag.facet, rule.tag.value),
                thousands(standings.open),
                thousands(standings.carried),
                thousands(standings.other),
                thousands(standings.declined),
                broken.clone().unwrap_or_else(|| rule.condition.said()),
            ]
        })
        .collect();
    let columns = [
        Column::text("rule"),
        Column::text("proposes"),
        Column::number("open"),
        Column::number("carried"),
        Column::number("otherwise"),
        Column::number("declined"),
        Column::text("where"),
    ];
    out.table(&columns, &rows)?;
    if waiting > 0 {
        out.line(format!("{} still to be looked at", count_examples(waiting)))?;
    }
    Ok(())
}

/// What a rule would propose.
pub(super) fn trial(
    reader: &Reader,
    rule: &TagRule,
    standings: Standings,
    first: &[i64],
    as_json: bool,
    out: &mut Out,
) -> Result<()> {
    let rows = reader.rows(first)?;
    if as_json {
        let first: Vec<Value> =
            rows.iter().map(|row| json!({"id": row.id, "question": row.question})).collect();
        let told = joined(rule_as_json(rule), standings_as_json(standings));
        out.json(&joined(told, json!({"first": first})))?;
        return Ok(());
    }
    let tag = format!("{}:{}", rule.tag.facet, rule.tag.value);
    out.line(harmless(&format!("{tag} would be proposed for {}", count_examples(standings.open))))?;
    let others = [
        (standings.carried, "carry it already"),
        (standings.other, "carry another value"),
        (standings.declined, "where somebody said no"),
    ];
    for (n, what) in others.into_iter().filter(|(n, _)| *n > 0) {
        out.line(format!("  {} more {what}", thousands(n)))?;
    }
    for row in rows {
        let question = first_line(&row.question, out.width().saturating_sub(10));
        out.line(format!("  #{}  {question}", row.id))?;
    }
    out.line("this was a trial: no rule was kept")?;
    Ok(())
}

/// What was done, or would be.
pub(super) fn done(
    done: &Done,
    open: Option<u64>,
    is_trial: bool,
    as_json: bool,
    out: &mut Out,
) -> Result<()> {
    let sentence = match open {
        Some(open) => format!("{}: open for {}", done.sentence, count_examples(open)),
        None => done.sentence.clone(),
    };
    if as_json {
        out.json(&json!({
            "examples": done.examples, "dry_run": is_trial, "action": done.action, "sentence": sentence,
        }))?;
        return Ok(());
    }
    out.line(harmless(&sentence))?;
    if is_trial {
        out.line("this was a trial: nothing was changed")?;
    }
    Ok(())
}
