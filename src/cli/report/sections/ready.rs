//! The verdict, gate by gate.

use serde_json::json;

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use crate::curation::readiness::{Line, Outcome};

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let lines = &facts.readiness.lines;
    for (caption, is_gate) in [("Must be", true), ("Stops nothing", false)] {
        let rows: Vec<Vec<String>> = lines.iter().filter(|line| line.is_gate == is_gate).map(row).collect();
        if !rows.is_empty() {
            page.table(caption, &[Head::Text("gate"), Head::Text("stands"), Head::Text("says")], &rows);
        }
    }
}

fn row(line: &Line) -> Vec<String> {
    let outcome = match line.outcome {
        Outcome::Met => "✓ met",
        Outcome::Short => "✗ not met",
        Outcome::NotMeasured => "? not measured",
    };
    // The name that scripts read, as words.
    let measure = json!(line.measure);
    vec![measure.as_str().unwrap_or_default().replace('_', " "), outcome.to_owned(), line.sentence.clone()]
}
