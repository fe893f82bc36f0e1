//! How splits stand, for people.

use super::super::failure::Result;
use super::super::near::likeness;
use super::super::out::{Column, Out};
use crate::curation::splits::compare::{Comparison, Facet, Spread};
use crate::dataset::{Leak, ProposedSplits, SplitReport, count_examples};
use crate::example::{Split, SplitPlan};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;

/// Leaks, members of each, strata and values of a facet that are shown.
const LEAKS: usize = 20;
const MEMBERS: usize = 12;
const STRATA: usize = 8;
const VALUES: usize = 5;
const ALONE: usize = 12;

/// By what was split.
pub(super) fn plan(plan: &SplitPlan, is_new_key: bool, dry_run: bool, out: &mut Out) -> Result<()> {
    let by = if plan.by.is_empty() { String::new() } else { format!(", by {}", plan.by.join(", ")) };
    let shares = plan.shares.to_string().replace('=', " ").replace(',', ", ");
    let alike = likeness(plan.likeness);
    out.line(harmless(&format!(
        "key {}; {shares}{by}; prompts that are alike by {alike} stay together",
        plan.key
    )))?;
    if is_new_key && dry_run {
        out.line(format!("the key is new: --key {} splits in this way, without it comes another", plan.key))?;
    } else if is_new_key {
        out.line("the key is new, and kept for the next time")?;
    }
    Ok(())
}

/// How many examples each split has.
pub(super) fn sizes(proposed: &ProposedSplits, out: &mut Out) -> Result<()> {
    let report = &proposed.report;
    let mut rows: Vec<Vec<String>> = Split::ALL
        .iter()
        .zip(report.counts)
        .map(|(split, count)| {
            let new = proposed.dealt.iter().filter(|dealt| dealt.after == *split).count();
            let wanted = report.wanted.and_then(|wanted| wanted.get(*split as usize).copied());
            vec![
                split.to_string(),
                thousands(count),
                share(count, report.examples),
                wanted.map(|wanted| thousands(whole(wanted))).unwrap_or_default(),
                if new > 0 { thousands(new as u64) } else { String::new() },
            ]
        })
        .collect();
    if report.without > 0 {
        let without = report.without;
        let none = ["none".to_owned(), thousands(without), share(without, report.examples)];
        rows.push([none.as_slice(), &[String::new(), String::new()]].concat());
    }
    let columns = [
        Column::text("split"),
        Column::number("examples"),
        Column::number("share"),
        Column::number("wanted"),
        Column::number("new"),
    ];
    out.line("")?;
    out.table(&columns, &rows)?;
    Ok(())
}

/// What is dealt together, and what that comes to.
pub(super) fn groups(report: &SplitReport, dry_run: bool, out: &mut Out) -> Result<()> {
    out.line("")?;
    if let Some((first, most)) = report.largest {
        out.line(format!(
            "{} of like prompts with {}, the largest of {} from #{first} on",
            plural(report.groups, "group"),
            count_examples(report.grouped),
            thousands(most)
        ))?;
    } else {
        out.line("no prompts are so alike that they have to stay together")?;
    }
    if report.joined > 0 {
        let whose = if report.joined == 1 { "its" } else { "their" };
        let went = if dry_run { "would go" } else { "went" };
        out.line(format!("{} {went} where {whose} like stand", count_examples(report.joined)))?;
    }
    if report.mended > 0 {
        let mended = if dry_run { "would be mended" } else { "mended" };
        out.line(format!("{} {mended}", plural(report.mended, "leak")))?;
    }
    if report.held > 0 {
        let (stay, whose) =
            if report.held == 1 { ("stays as it was", "its") } else { ("stay as they were", "their") };
        out.line(format!("{} {stay}: {whose} like stand in several splits", count_examples(report.held)))?;
    }
    if !report.small.is_empty() {
        let told: Vec<String> = report
            .small
            .iter()
            .take(STRATA)
            .map(|stratum| format!("{} ({})", stratum.values.join(" "), thousands(stratum.examples)))
            .collect();
        let more = more(report.small.len(), STRATA);
        out.line(harmless(&format!(
            "{} too small to be in every split: {}{more}",
            are(report.small.len(), "combination"),
            told.join(", ")
        )))?;
    }
    Ok(())
}

fn are(n: usize, noun: &str) -> String {
    format!("{} {}", plural(n as u64, noun), if n == 1 { "is" } else { "are" })
}

fn more(n: usize, shown: usize) -> String {
    match n.saturating_sub(shown) {
        0 => String::new(),
        more => format!(" and {} more (--json lists all)", thousands(more as u64)),
    }
}

/// Like prompts in several splits.
pub(super) fn leaks(leaks: &[Leak], out: &mut Out) -> Result<()> {
    if leaks.is_empty() {
        out.line("no leaks: no like prompts stand in several splits")?;
        return Ok(());
    }
    let same = leaks.iter().filter(|leak| leak.likeness >= 1.0).count();
    let same = match same {
        0 => String::new(),
        n => format!(", {} of them in the very same words", thousands(n as u64)),
    };
    out.line(format!(
        "{}: like prompts in several splits{same}; --mend-leaks brings each into one",
        plural(leaks.len() as u64, "leak")
    ))?;
    out.line("")?;
    let rows: Vec<Vec<String>> = leaks
        .iter()
        .take(LEAKS)
        .map(|leak| {
            let members = leak.examples.iter().take(MEMBERS).map(|(id, split)| format!("#{id} {split}"));
            let members = members.collect::<Vec<_>>().join(", ");
            vec![likeness(leak.likeness), format!("{members}{}", more(leak.examples.len(), MEMBERS))]
        })
        .collect();
    out.table(&[Column::number("alike"), Column::text("examples")], &rows)?;
    if leaks.len() > LEAKS {
        out.line(format!("…{}", more(leaks.len(), LEAKS)))?;
    }
    Ok(())
}

/// How the splits compare.
pub(super) fn comparison(comparison: &Comparison, out: &mut Out) -> Result<()> {
    if comparison.sides.iter().filter(|side| side.examples > 0).count() < 2 {
        return Ok(());
    }
    let length = |name: &str, of: [Option<f64>; 3]| {
        let cells = of.map(|length| length.map(|length| format!("{length:.1}")).unwrap_or_default());
        row(name, cells, String::new())
    };
    let mut rows = vec![
        length("tokens of a prompt", comparison.sides.map(|side| side.prompt_length())),
        length("tokens of a response", comparison.sides.map(|side| side.response_length())),
    ];
    // What there is one of is everywhere the same.
    for spreads in [&comparison.kinds, &comparison.statuses].into_iter().filter(|spreads| spreads.len() > 1) {
        rows.extend(spreads.iter().map(|spread| of_spread(&spread.name, spread)));
    }
    for facet in &comparison.facets {
        let mut values: Vec<&Spread> = facet.values.iter().collect();
        values.sort_by(|a, b| b.difference().total_cmp(&a.difference()));
        let name = |spread: &Spread| format!("{}:{}", facet.name, spread.name);
        rows.extend(values.iter().take(VALUES).map(|spread| of_spread(&name(spread), spread)));
        if let Some(more) = values.len().checked_sub(VALUES).filter(|more| *more > 0) {
            let rest = format!("  {} more differ less", thousands(more as u64));
            rows.push(row(&rest, Default::default(), String::new()));
        }
    }
    let columns = [
        Column::text("on average, or share"),
        Column::number("train"),
        Column::number("validation"),
        Column::number("test"),
        Column::number("difference"),
    ];
    out.line("")?;
    out.table(&columns, &rows)?;
    sentences(comparison, out)
}

fn sentences(comparison: &Comparison, out: &mut Out) -> Result<()> {
    let mut lines = Vec::new();
    for facet in &comparison.facets {
        if let Some(largest) = facet.largest().filter(|value| value.difference() > 0.0) {
            let difference = points(largest.difference());
            lines.push(format!("{} differs most in {}: by {difference} points", facet.name, largest.name));
        }
    }
    for (one, other) in [(Split::Train, Split::Test), (Split::Test, Split::Train)] {
        let of = |facet: &Facet| -> Vec<String> {
            let alone = facet.values.iter().filter(|value| value.is_only_in(one, other));
            alone.map(|value| format!("{}:{}", facet.name, value.name)).collect()
        };
        let alone: Vec<String> = comparison.facets.iter().flat_map(of).collect();
        if !alone.is_empty() {
            let told = alone.iter().take(ALONE).cloned().collect::<Vec<_>>().join(", ");
            lines.push(format!("in {one} and not in {other}: {told}{}", more(alone.len(), ALONE)));
        }
    }
    if !lines.is_empty() {
        out.line("")?;
    }
    for line in lines {
        out.line(harmless(&line))?;
    }
    Ok(())
}

fn row(name: &str, cells: [String; 3], difference: String) -> Vec<String> {
    let [train, validation, test] = cells;
    vec![name.to_owned(), train, validation, test, difference]
}

fn of_spread(name: &str, spread: &Spread) -> Vec<String> {
    let cells = spread.shares.map(|share| share.map(percent::near_to_tenths).unwrap_or_default());
    row(name, cells, points(spread.difference()))
}

/// A share as percentage points.
fn points(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn share(of: u64, whole: u64) -> String {
    percent::near_to_tenths(of as f64 / whole.max(1) as f64)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count, rounded
fn whole(number: f64) -> u64 {
    number.round() as u64
}
