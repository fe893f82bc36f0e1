//! How even each facet is, each measure with its sentence.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use crate::curation::diversity::{Balance, Told};

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let mut is_any = false;
    for facet in &facts.counts.facets {
        let Ok(balance) = Balance::of_facet(facet) else { continue };
        let names: Vec<&str> = facet.values.iter().map(|value| value.name.as_str()).collect();
        let told = balance.told(&names);
        if told.is_empty() {
            continue;
        }
        is_any = true;
        page.line("h3", &[], &facet.name);
        let rows: Vec<Vec<String>> = told.iter().map(row).collect();
        let heads = [Head::Text("what it says"), Head::Number("measure")];
        page.table(&format!("Balance of {}", facet.name), &heads, &rows);
    }
    if !is_any {
        page.paragraph("Nothing is usable yet.");
    }
}

fn row(told: &Told) -> Vec<String> {
    let value = if told.value.is_infinite() { "∞".to_owned() } else { format!("{:.4}", told.value) };
    vec![told.sentence.clone(), value]
}
