//! The data card: what the file is, how it was made, what is in it, and its limits, in Markdown.
//!
//! Its sections follow the data cards of Pushkarna, Zaldivar and Kjartansson (2022) in the parts that a
//! dataset knows of itself; what only people know is asked for in so many words.

use std::fmt::Write;

use rusqlite::params_from_iter;

use super::super::{Judged, Reader, Result};
use super::{ExportReport, Plan};
use crate::curation::agreement;
use crate::example::Timestamp;
use crate::query::Filter;
use crate::text::count::{plural, thousands};

/// The card of an export.
pub(super) fn of(reader: &Reader, plan: &Plan, report: &ExportReport) -> Result<String> {
    let filter = plan.filter(reader)?;
    let format = plan.format()?;
    let name = reader.path().file_stem().map_or_else(|| "dataset".into(), |name| name.to_string_lossy());
    let mut card = Card(String::new());
    card.line(&format!("# {}", inline(&name)));
    card.line(&format!(
        "{} of {}, in the form `{}` ({}). Made with Goldset {} at {}.",
        plural(report.records, "record"),
        plural(report.written, "example"),
        format.id(),
        format.title(),
        env!("CARGO_PKG_VERSION"),
        Timestamp::now()
    ));
    card.heading("What it is");
    card.line("_Say here what the data is for, who may use it, and under which licence._");
    files(&mut card, report);
    how(&mut card, plan, report);
    contents(&mut card, reader, &filter, report)?;
    people(&mut card, reader, &filter)?;
    card.heading("Limits");
    limits(&mut card, report);
    Ok(card.0)
}

fn files(card: &mut Card, report: &ExportReport) {
    card.heading("Files");
    card.row(&["file", "records", "bytes", "SHA-256"]);
    card.row(&["---", "---:", "---:", "---"]);
    for file in &report.files {
        let records = file.records.map(thousands).unwrap_or_default();
        card.row(&[&inline(&file.name), &records, &thousands(file.bytes), &format!("`{}`", file.sha256)]);
    }
    card.end();
}

fn how(card: &mut Card, plan: &Plan, report: &ExportReport) {
    card.heading("How it was chosen");
    let filter = plan.filter.trim();
    card.item(&if filter.is_empty() {
        "no filter".to_owned()
    } else {
        format!("filter: `{}`", inline(filter))
    });
    if let Some(statuses) = &plan.statuses {
        let words: Vec<&str> = statuses.iter().map(|status| status.as_str()).collect();
        card.item(&format!("status: {}", words.join(", ")));
    } else {
        card.item("status: what is done, unless the filter says otherwise");
    }
    if let Some(split) = plan.split {
        card.item(&format!("split: {split}"));
    }
    if plan.choice != crate::formats::Choice::default() {
        let choice = serde_json::to_string(&plan.choice).unwrap_or_default();
        card.item(&format!("responses: `{choice}`"));
    }
    if let Some(balance) = &plan.balance {
        card.item(&format!("balanced: `{}`", inline(&balance.to_string())));
        for value in &report.balanced {
            let name = value.value.as_deref().unwrap_or("(none)");
            card.item(&format!("  {}: {} of {}", inline(name), value.out, value.there));
        }
    }
    for (mend, n) in &report.mended {
        card.item(&format!("mended by `{mend}`: {}", plural(*n, "example")));
    }
    for failure in &report.failures {
        let why = failure.reason.unwrap_or(&failure.demand);
        card.item(&format!("left out, {}: {}", plural(failure.examples, "example"), inline(why)));
    }
    for rule in &plan.allow {
        card.item(&format!("rule not asked: `{}`", inline(rule)));
    }
    card.end();
}

fn contents(card: &mut Card, reader: &Reader, filter: &Filter, report: &ExportReport) -> Result<()> {
    if report.written == report.examples && report.balanced.is_empty() {
        card.heading("What is in it");
    } else {
        card.heading("What it was chosen from");
        card.line(&format!(
            "These are the numbers of all {} that were asked for.",
            plural(report.examples, "example")
        ));
    }
    for (title, column) in [("kind", "kind"), ("status", "status"), ("split", "coalesce(split, '(none)')")] {
        let counts = grouped(
            reader,
            filter,
            &format!("SELECT {column}, count(*) FROM example e WHERE "),
            "GROUP BY 1 ORDER BY 2 DESC, 1",
        )?;
        let counts: Vec<String> =
            counts.iter().map(|(name, n)| format!("{name} {}", thousands(*n))).collect();
        card.item(&format!("{title}: {}", counts.join(", ")));
    }
    let tokens =
        grouped(reader, filter, "SELECT 'tokens', coalesce(sum(e.tokens), 0) FROM example e WHERE ", "")?;
    if let Some((_, n)) = tokens.first() {
        card.item(&format!("about {} tokens in prompts and responses", thousands(*n)));
    }
    card.end();
    for facet in reader.definitions()?.facets {
        let sql = format!(
            "SELECT v.name, count(*) FROM example e JOIN tag t ON t.example_id = e.id
               JOIN facet f ON f.id = t.facet_id AND f.name = '{}'
               JOIN facet_value v ON v.id = t.value_id WHERE ",
            facet.name.replace('\'', "''")
        );
        let counts = grouped(reader, filter, &sql, "GROUP BY v.id ORDER BY 2 DESC, v.position, v.id")?;
        if counts.is_empty() {
            continue;
        }
        card.row(&[&inline(&facet.name), "examples"]);
        card.row(&["---", "---:"]);
        for (value, n) in counts {
            card.row(&[&inline(&value), &thousands(n)]);
        }
        card.end();
    }
    Ok(())
}

fn people(card: &mut Card, reader: &Reader, filter: &Filter) -> Result<()> {
    let judged = Judged::load(reader, Some(filter.clone()))?;
    let judgements = judged.judgements();
    card.heading("Who made it, and how far they agree");
    let authors = grouped(
        reader,
        filter,
        "SELECT r.author || ' (' || r.author_kind || ')', count(*) FROM example e
           JOIN response r ON r.example_id = e.id WHERE r.author NOT NULL AND ",
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20",
    )?;
    if authors.is_empty() {
        card.item("the authors of responses are not known");
    }
    for (author, n) in authors {
        card.item(&format!("{}: {}", inline(&author), plural(n, "response")));
    }
    if !judgements.annotators.is_empty() {
        let names: Vec<String> = judgements.annotators.iter().map(|name| inline(name)).collect();
        card.item(&format!("ranked by {}", names.join(", ")));
    }
    let agreement = agreement::report(judgements).all;
    if agreement.pairs > 0 {
        card.item(&format!("{} of responses judged by two or more", plural(agreement.pairs as u64, "pair")));
        for (measure, measured) in &agreement.measured {
            if let Ok(value) = measured.value {
                card.item(&format!("{}: {value:.3}", measure.title()));
            }
        }
        for remark in &agreement.remarks {
            card.item(remark.sentence());
        }
    }
    card.end();
    Ok(())
}

fn limits(card: &mut Card, report: &ExportReport) {
    for (what, n) in &report.left_out {
        card.item(&format!("the form has no place for {what}: {}", plural(*n, "example")));
    }
    for (status, n) in &report.other_statuses {
        card.item(&format!("not in it, by status: {} {status}", thousands(*n)));
    }
    card.end();
    card.line(
        "_Say here what the data must not be used for, what is known to be wrong with it, and who to ask._",
    );
}

/// Rows of a name and a number, over the examples that the filter finds.
fn grouped(reader: &Reader, filter: &Filter, select: &str, rest: &str) -> Result<Vec<(String, u64)>> {
    let sql = filter.to_sql();
    let mut statement = reader.connection.prepare(&format!("{select}({}) {rest}", sql.clause))?;
    let rows = statement.query_map(params_from_iter(sql.params), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Text as it may stand in a line of Markdown: names come from data.
fn inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => safe.push(' '),
            '|' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '\\' | '#' => {
                safe.push('\\');
                safe.push(c);
            }
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

struct Card(String);

impl Card {
    fn line(&mut self, text: &str) {
        // writing to a string can't fail
        let _ = writeln!(self.0, "{text}\n");
    }

    fn heading(&mut self, text: &str) {
        self.line(&format!("## {text}"));
    }

    fn item(&mut self, text: &str) {
        let _ = writeln!(self.0, "- {text}");
    }

    fn row(&mut self, cells: &[&str]) {
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }

    fn end(&mut self) {
        self.0.push('\n');
    }
}
