//! Each facet: its values against their targets, and by status.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use super::super::plots::{self, Bar};
use super::counts::class;
use crate::curation::coverage::{FacetCoverage, SHARES_OF_NOTHING};
use crate::dataset::{FacetCount, ValueCount};
use crate::example::Status;
use crate::text::count::thousands;
use crate::text::percent;

/// Values of an open facet that are listed, those with most examples.
const VALUES: usize = 200;
/// Statuses in the order in which a bar shows them.
const ORDER: [Status; 5] =
    [Status::Approved, Status::Submitted, Status::Draft, Status::Pending, Status::Discarded];

pub(super) fn write(page: &mut Page, facts: &Facts) {
    if facts.counts.facets.is_empty() {
        page.paragraph("There are no facets yet.");
        return;
    }
    let key = "Dark is usable, light is pending or a draft, pale is discarded; the line marks the target.";
    page.line("p", &[("class", "faint")], key);
    for facet in &facts.counts.facets {
        let covered = facts.coverage.iter().find(|covered| covered.name == facet.name);
        write_facet(page, facet, covered);
    }
}

fn write_facet(page: &mut Page, facet: &FacetCount, covered: Option<&FacetCoverage>) {
    page.line("h3", &[], &facet.name);
    match covered {
        Some(covered) => page.paragraph(&format!(
            "{} of {} wanted are there, {}; {} missing.",
            thousands(covered.reached()),
            thousands(covered.wanted()),
            percent::down(covered.share()),
            thousands(covered.missing())
        )),
        None if facet.wants_shares() => page.paragraph(&format!("{SHARES_OF_NOTHING}.")),
        None => page.paragraph("No value of it has a target."),
    }
    let mut values: Vec<&ValueCount> = facet.values.iter().collect();
    let more = values.len().saturating_sub(VALUES);
    if more > 0 {
        values.sort_by_key(|value| std::cmp::Reverse(value.all()));
        values.truncate(VALUES);
    }
    let bars: Vec<Bar> = values.iter().map(|value| bar(value)).collect();
    plots::bars(page, &format!("Examples by value of {}; the table has the same figures", facet.name), &bars);
    let mut heads =
        vec![Head::Text("value"), Head::Number("usable"), Head::Number("target"), Head::Number("missing")];
    heads.extend(ORDER.map(|status| Head::Number(status.as_str())));
    let rows: Vec<Vec<String>> = values.iter().map(|value| row(value)).collect();
    page.table(&format!("Values of {}", facet.name), &heads, &rows);
    if more > 0 {
        page.paragraph(&format!("… and {} values with fewer examples.", thousands(more as u64)));
    }
}

fn bar(value: &ValueCount) -> Bar {
    let target = value.target.filter(|target| *target > 0).map(u64::from);
    let usable = thousands(value.usable());
    Bar {
        name: value.name.clone(),
        parts: ORDER.map(|status| (class(status), of_status(value, status))).to_vec(),
        target,
        said: target.map_or_else(|| usable.clone(), |target| format!("{usable} / {}", thousands(target))),
    }
}

fn row(value: &ValueCount) -> Vec<String> {
    let target = value.target.filter(|target| *target > 0).map(u64::from);
    let missing = target.map(|target| target.saturating_sub(value.usable()));
    let optional = |n: Option<u64>| n.map(thousands).unwrap_or_default();
    let counted = [value.name.clone(), thousands(value.usable()), optional(target), optional(missing)];
    counted.into_iter().chain(ORDER.map(|status| thousands(of_status(value, status)))).collect()
}

fn of_status(value: &ValueCount, status: Status) -> u64 {
    value.by_status.iter().find(|(there, _)| *there == status).map_or(0, |(_, n)| *n)
}
