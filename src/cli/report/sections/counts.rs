//! How many examples there are, by status and by split.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use super::super::plots::{self, Bar};
use crate::dataset::ExampleCount;
use crate::example::{Kind, Split, Status};
use crate::text::count::thousands;

/// The class of a status in the style sheet.
pub(super) const fn class(status: Status) -> &'static str {
    match status {
        Status::Submitted | Status::Approved => "usable",
        Status::Pending | Status::Draft => "waiting",
        Status::Discarded => "away",
    }
}

pub(super) fn statuses(page: &mut Page, facts: &Facts) {
    let count = |status: Status, kind: Kind| {
        facts.counts.count(|count: &ExampleCount| count.status == status && count.kind == kind)
    };
    let all = |status: Status| Kind::ALL.iter().map(|kind| count(status, *kind)).sum::<u64>();
    let bars: Vec<Bar> = Status::ALL
        .iter()
        .map(|&status| Bar {
            name: status.to_string(),
            parts: vec![(class(status), all(status))],
            target: None,
            said: thousands(all(status)),
        })
        .collect();
    plots::bars(page, "Examples by status; the table below has the same figures", &bars);
    let mut heads = vec![Head::Text("status"), Head::Number("examples")];
    heads.extend(Kind::ALL.iter().map(|kind| Head::Number(kind.as_str())));
    let rows: Vec<Vec<String>> = Status::ALL
        .iter()
        .map(|&status| {
            let kinds = Kind::ALL.iter().map(|kind| thousands(count(status, *kind)));
            [status.to_string(), thousands(all(status))].into_iter().chain(kinds).collect()
        })
        .collect();
    page.table("Examples by status and kind", &heads, &rows);
}

pub(super) fn splits(page: &mut Page, facts: &Facts) {
    let splits: Vec<Option<Split>> = Split::ALL.iter().map(|split| Some(*split)).chain([None]).collect();
    let count = |split: Option<Split>, usable: bool| {
        facts.counts.count(|count| count.split == split && (!usable || count.status.is_usable()))
    };
    let rows: Vec<Vec<String>> = splits
        .iter()
        .map(|&split| {
            let name = split.map_or("none", Split::as_str).to_owned();
            vec![name, thousands(count(split, true)), thousands(count(split, false))]
        })
        .collect();
    let heads = [Head::Text("split"), Head::Number("usable"), Head::Number("examples")];
    page.table("Examples by split", &heads, &rows);
    let leaks = "Whether like prompts stand in several splits is told above, under “leaks”.";
    page.line("p", &[("class", "faint")], leaks);
}
