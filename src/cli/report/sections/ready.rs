//! The verdict, gate by gate, and what is left to do, in the words of `goldset ready`.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use crate::curation::readiness::Line;
use crate::text::count::thousands;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    gates(page, "", &facts.assessment.readiness.lines);
    if let Some(pairs) = &facts.assessment.pairs {
        page.line("h3", &[], "Pairs");
        page.paragraph(&format!("{}.", pairs.sentence));
        gates(page, " of pairs", &pairs.lines);
    }
}

fn gates(page: &mut Page, of: &str, lines: &[Line]) {
    for (caption, is_gate) in [("Must be", true), ("Stops nothing", false)] {
        let rows: Vec<Vec<String>> = lines.iter().filter(|line| line.is_gate == is_gate).map(row).collect();
        if !rows.is_empty() {
            let heads = [Head::Text("gate"), Head::Text("stands"), Head::Text("says")];
            page.table(&format!("{caption}{of}"), &heads, &rows);
        }
    }
}

fn row(line: &Line) -> Vec<String> {
    vec![line.measure.title().to_owned(), line.outcome.told().to_owned(), line.sentence.clone()]
}

/// The work that gates take, and what waits in the queues.
pub(super) fn left(page: &mut Page, facts: &Facts) {
    let told = &facts.assessment;
    let rows: Vec<Vec<String>> = told
        .readiness
        .to_do()
        .map(|(line, work, is_next)| {
            let first = if is_next { "the least work: begin here" } else { "" };
            vec![line.measure.title().to_owned(), line.work_told(work, &told.pace), first.to_owned()]
        })
        .collect();
    if rows.is_empty() {
        page.paragraph("No gate asks for any work.");
    } else {
        page.table("Gates", &[Head::Text("gate"), Head::Text("to do"), Head::Text("")], &rows);
        page.line("p", &[("class", "faint")], &format!("Hours are reckoned {}.", told.pace_told()));
    }
    let rows: Vec<Vec<String>> =
        told.left.iter().map(|work| vec![work.what.to_owned(), thousands(work.count)]).collect();
    page.table("What waits, and what targets lack", &[Head::Text("work"), Head::Number("left")], &rows);
}
