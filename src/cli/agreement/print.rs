//! Agreement, and the habits of annotators, as tables.

use super::{Told, name};
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::agreement::{Agreement, Measure, Measured, Remark};
use crate::curation::bias::AnnotatorReport;
use crate::curation::judged::Judgements;
use crate::curation::proportion::{Interval, Share};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;

pub(super) fn print(told: &Told<'_>, out: &mut Out) -> Result<()> {
    let (judgements, report) = (told.judgements, &told.report);
    let examples = plural(judgements.examples.len() as u64, "ranked example");
    out.sentence(format!("{examples}, {}", judgements.rankings_told()))?;
    if report.all.examples == 0 {
        out.sentence(
            "no two people ranked the same example yet: two are what it takes to see whether they agree",
        )?;
        out.sentence("ask for them: goldset protocol DATASET --rankings 2")?;
        return annotators(told, out);
    }
    let shared = plural(report.all.examples as u64, "example");
    out.sentence(format!(
        "{shared} by two or more, {} of responses",
        plural(report.all.pairs as u64, "pair")
    ))?;
    for remark in &report.all.remarks {
        out.sentence(format!("{}: {}", remark.title(), remark.sentence()))?;
    }
    out.line("")?;
    let rows: Vec<Vec<String>> = report.all.measured.iter().map(row).collect();
    out.table_in_full(
        &[Column::text("over all"), Column::number("value"), Column::text("95 % interval")],
        &rows,
    )?;
    let rows: Vec<Vec<String>> =
        report.pairs.iter().map(|agreement| pair_row(judgements, agreement)).collect();
    out.line("")?;
    let columns = [
        Column::text("annotators"),
        Column::number("examples"),
        Column::number("same"),
        Column::number("alpha"),
        Column::number("kappa"),
        Column::number("AC1"),
        Column::number("tau-b"),
        Column::text("alpha's interval"),
    ];
    out.table_in_full(&columns, &rows)?;
    annotators(told, out)
}

/// What each annotator prefers besides the better response, and how careful they are.
fn annotators(told: &Told<'_>, out: &mut Out) -> Result<()> {
    if told.annotators.is_empty() {
        return Ok(());
    }
    let row = |who: String, report: &AnnotatorReport| {
        vec![
            who,
            thousands(report.judgements),
            bias(report.first_wins),
            bias(report.longer_wins),
            with_interval(Some(report.ties)),
            with_interval(report.own),
            with_interval(report.gold),
            report.median_millis.map_or_else(|| "–".to_owned(), time),
        ]
    };
    let of = |report: &AnnotatorReport| {
        let who = report.annotator.map(|at| harmless(name(told.judgements, at)).into_owned());
        row(who.unwrap_or_default(), report)
    };
    let mut rows: Vec<Vec<String>> = told.annotators.iter().map(of).collect();
    if rows.len() > 1 {
        rows.push(row("all".to_owned(), &told.everybody));
    }
    let columns = [
        Column::text("annotator"),
        Column::number("rankings"),
        Column::text("first shown"),
        Column::text("longer"),
        Column::text("ties"),
        Column::text("with themselves"),
        Column::text("right"),
        Column::number("time"),
    ];
    out.line("")?;
    out.table_in_full(&columns, &rows)?;
    let biased = told.annotators.iter().filter(|report| is_bias(report.first_wins));
    let names: Vec<&str> =
        biased.filter_map(|report| Some(name(told.judgements, report.annotator?))).collect();
    if !names.is_empty() {
        out.line("")?;
        let names = harmless(&names.join(", ")).into_owned();
        out.sentence(format!("! {names}: the place on the screen decides more than chance would"))?;
    }
    Ok(())
}

/// Whether a share is farther from a half than its interval.
fn is_bias(share: Share) -> bool {
    share.interval().is_some_and(|interval| !interval.contains(0.5))
}

fn bias(share: Share) -> String {
    format!("{}{}", with_interval(Some(share)), if is_bias(share) { " !" } else { "" })
}

fn with_interval(share: Option<Share>) -> String {
    let told = share.and_then(|share| Some((share.share()?, share.interval()?)));
    told.map_or_else(
        || "–".to_owned(),
        |(share, Interval { low, high })| {
            format!("{} ({:.0}–{:.0})", percent::near(share), low * 100.0, high * 100.0)
        },
    )
}

fn time(millis: u32) -> String {
    format!("{:.1} s", f64::from(millis) / 1e3)
}

fn row((measure, measured): &(Measure, Measured)) -> Vec<String> {
    let (value, beside) = match measured.value {
        Ok(value) => {
            let interval = measured.interval.map(|interval| match measure {
                Measure::Percent => {
                    format!("{:.1} to {:.1} %", interval.low * 100.0, interval.high * 100.0)
                }
                _ => range(interval),
            });
            (shown(*measure, value), interval.unwrap_or_default())
        }
        Err(why) => ("–".to_owned(), why.to_string()),
    };
    vec![measure.title().to_owned(), value, beside]
}

fn pair_row(judgements: &Judgements, agreement: &Agreement) -> Vec<String> {
    let figure = |measure| {
        let value = agreement.get(measure).and_then(|measured| measured.value.ok());
        value.map_or_else(|| "–".to_owned(), |value| shown(measure, value))
    };
    let (a, b) = agreement.of.unwrap_or_default();
    let few = if agreement.remarks.contains(&Remark::Few) { "  too few" } else { "" };
    let interval = agreement.get(Measure::AlphaOrdinal).and_then(|measured| measured.interval);
    vec![
        format!("{} and {}", harmless(name(judgements, a)), harmless(name(judgements, b))),
        thousands(agreement.examples as u64),
        figure(Measure::Percent),
        figure(Measure::AlphaOrdinal),
        figure(Measure::Cohen),
        figure(Measure::Ac1),
        figure(Measure::Tau),
        format!("{}{few}", interval.map(range).unwrap_or_default()),
    ]
}

/// A coefficient as people read it.
fn shown(measure: Measure, value: f64) -> String {
    if measure == Measure::Percent { percent::near_to_tenths(value) } else { format!("{value:.3}") }
}

fn range(interval: Interval) -> String {
    format!("{:.3} to {:.3}", interval.low, interval.high)
}
