//! Two facets crossed as a heat map, pairs that are missing, and what to write next.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use crate::text::count::thousands;
use crate::text::percent;
use crate::tui::surveying::Count;

/// Rows and columns of the table.
const SIDE: usize = 40;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let crossing = &facts.crossing;
    if crossing.cells.is_empty() || crossing.columns.values.is_empty() {
        page.paragraph("It takes two facets with values to cross them.");
    } else {
        heat_map(page, facts);
    }
    page.line("h3", &[], "Pairs of values");
    page.paragraph(&format!("{}.", facts.pairs.told()));
    let rows: Vec<Vec<String>> = facts
        .pairs
        .missing
        .iter()
        .map(|pair| {
            let told: Vec<String> = pair.values.iter().map(|at| facts.names.told(*at)).collect();
            vec![told.join(" × "), thousands(pair.n.into())]
        })
        .collect();
    if !rows.is_empty() {
        let caption = "Pairs that no usable example carries, or the first of them";
        page.table(caption, &[Head::Text("pair"), Head::Number("has")], &rows);
    }
}

fn heat_map(page: &mut Page, facts: &Facts) {
    let crossing = &facts.crossing;
    let (rows, columns) = (&crossing.rows, &crossing.columns);
    page.put("div", &[("class", "wide")], |page| {
        page.put("table", &[], |page| {
            let caption = format!(
                "{} down, {} across: usable of those wanted; the darker, the nearer",
                rows.facet, columns.facet
            );
            page.line("caption", &[], &caption);
            page.put("thead", &[], |page| {
                page.put("tr", &[], |page| {
                    page.line("th", &[("scope", "col")], &rows.facet);
                    for value in columns.values.iter().take(SIDE) {
                        page.line("th", &[("scope", "col"), ("class", "n")], &value.name);
                    }
                    page.line("th", &[("scope", "col"), ("class", "n")], "all");
                });
            });
            page.put("tbody", &[], |page| {
                for (value, cells) in rows.values.iter().zip(&crossing.cells).take(SIDE) {
                    page.put("tr", &[], |page| {
                        page.line("th", &[("scope", "row")], &value.name);
                        for cell in cells.iter().take(SIDE).chain([&value.count]) {
                            page.line("td", &[("class", heat(*cell))], &told(*cell));
                        }
                    });
                }
            });
        });
    });
    let more = (rows.values.len().saturating_sub(SIDE), columns.values.len().saturating_sub(SIDE));
    if more != (0, 0) {
        page.paragraph(&format!("… and {} more down, {} more across.", more.0, more.1));
    }
}

/// `12 / 20`, or `12` where nobody said how many are wanted.
fn told(count: Count) -> String {
    let usable = thousands(count.usable.into());
    if count.wanted > 0 { format!("{usable} / {}", thousands(count.wanted.into())) } else { usable }
}

/// The class of a cell: how far it has come, in quarters.
fn heat(Count { usable, wanted, .. }: Count) -> &'static str {
    let (usable, wanted) = (u64::from(usable), u64::from(wanted));
    match wanted {
        0 => "heat",
        _ if usable == 0 => "heat h0",
        _ if usable * 2 > wanted * 3 => "heat over",
        _ if usable >= wanted => "heat h4",
        _ if usable * 2 >= wanted => "heat h3",
        _ if usable * 4 >= wanted => "heat h2",
        _ => "heat h1",
    }
}

pub(super) fn to_write(page: &mut Page, facts: &Facts) {
    if facts.to_write.is_empty() {
        page.paragraph(&format!("{}.", facts.nothing_missing));
    } else {
        let rows: Vec<Vec<String>> =
            facts.to_write.iter().map(|(what, why)| vec![what.clone(), why.clone()]).collect();
        let caption = "Whole examples that fill most of what is missing, the first first";
        page.table(caption, &[Head::Text("write"), Head::Text("because")], &rows);
    }
    page.line("h3", &[], "Kinds still unseen");
    let unseen = facts.counts.kinds_unseen();
    if unseen.is_empty() {
        page.paragraph(
            "Nothing is estimated: it takes an open facet with thirty tagged examples, some kinds of which were seen \
             once only.",
        );
    }
    for sentence in &unseen {
        page.paragraph(sentence);
    }
    let (possible, covered) = facts.overall.pairs;
    if possible > 0 {
        #[allow(clippy::cast_precision_loss)] // counts are far below 2^52
        let share = covered as f64 / possible as f64;
        let (covered, possible) = (thousands(covered), thousands(possible));
        let says =
            format!("Of all pairs of values {covered} of {possible} were seen, {}.", percent::down(share));
        page.paragraph(&says);
    }
}
