//! How far annotators agree, and what they prefer besides the better response.

use super::super::facts::{Facts, Judgement};
use super::super::page::{Head, Page};
use super::super::plots::{self, Dot};
use crate::curation::agreement::{Measure, Measured};
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::{Interval, Share};
use crate::text::count::{plural, thousands};
use crate::text::percent;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let Some(judged) = &facts.judged else {
        page.paragraph("Nothing is ranked yet.");
        return;
    };
    let examples = plural(judged.judgements.examples.len() as u64, "ranked example");
    page.paragraph(&format!("{examples}, whatever their status, {}.", judged.judgements.rankings_told()));
    agreement(page, judged);
    preferences(page, judged);
}

fn agreement(page: &mut Page, judged: &Judgement) {
    page.line("h3", &[], "Agreement");
    let all = &judged.report.all;
    if all.examples == 0 {
        page.paragraph(
            "No two people ranked the same example yet: two are what it takes to see whether they agree.",
        );
        return;
    }
    for remark in &all.remarks {
        page.paragraph(&format!("{}: {}.", remark.title(), remark.sentence()));
    }
    let known = |(measure, measured): &(Measure, Measured)| {
        let at = measured.value.ok()?;
        let said = number(*measure, at);
        Some(Dot { name: measure.title().to_owned(), at, interval: measured.interval, said })
    };
    let dots: Vec<Dot> = all.measured.iter().filter_map(known).collect();
    let below = |dot: &Dot| dot.at.min(dot.interval.map_or(dot.at, |interval| interval.low)) < 0.0;
    let least = if dots.iter().any(below) { -1.0 } else { 0.0 };
    plots::dots(
        page,
        "Measures of agreement with their 95 % intervals; the table has the same figures",
        &dots,
        least,
    );
    let row = |(measure, measured): &(Measure, Measured)| {
        let (value, beside) = match measured.value {
            Ok(value) => {
                let interval = measured.interval.map(|it| range(*measure, it)).unwrap_or_default();
                (number(*measure, value), interval)
            }
            Err(why) => ("–".to_owned(), why.to_string()),
        };
        vec![measure.title().to_owned(), value, beside]
    };
    let heads = [Head::Text("over all"), Head::Number("value"), Head::Text("95 % interval")];
    page.table("Agreement of annotators", &heads, &all.measured.iter().map(row).collect::<Vec<_>>());
}

fn number(measure: Measure, value: f64) -> String {
    if measure == Measure::Percent { percent::near_to_tenths(value) } else { format!("{value:.3}") }
}

fn range(measure: Measure, Interval { low, high }: Interval) -> String {
    if measure == Measure::Percent {
        format!("{:.1} to {:.1} %", low * 100.0, high * 100.0)
    } else {
        format!("{low:.3} to {high:.3}")
    }
}

fn preferences(page: &mut Page, judged: &Judgement) {
    page.line("h3", &[], "What is preferred besides the better response");
    page.paragraph(
        "A share near a half means no bias. A mark (!) stands where chance alone would hardly go so far from a half.",
    );
    let name = |report: &AnnotatorReport| {
        let who = report.annotator.and_then(|at| judged.judgements.annotators.get(at));
        who.cloned().unwrap_or_else(|| "all".to_owned())
    };
    let mut all: Vec<&AnnotatorReport> = judged.annotators.iter().collect();
    if all.len() > 1 {
        all.push(&judged.everybody);
    }
    let dots: Vec<Dot> = all
        .iter()
        .filter_map(|report| {
            let at = report.first_wins.share()?;
            let name = format!("{}: first shown", name(report));
            Some(Dot { name, at, interval: report.first_wins.interval(), said: share(report.first_wins) })
        })
        .collect();
    if !dots.is_empty() {
        let says = "How often the response shown first wins, by annotator; the table has the same figures";
        plots::dots(page, says, &dots, 0.0);
    }
    let row = |report: &&AnnotatorReport| {
        vec![
            name(report),
            thousands(report.judgements),
            bias(report.first_wins),
            bias(report.longer_wins),
            share(report.ties),
        ]
    };
    let heads = [
        Head::Text("annotator"),
        Head::Number("rankings"),
        Head::Text("first shown wins"),
        Head::Text("longer wins"),
        Head::Text("ties"),
    ];
    page.table("Preferences of annotators", &heads, &all.iter().map(row).collect::<Vec<_>>());
}

fn bias(of: Share) -> String {
    let is_bias = of.interval().is_some_and(|interval| !interval.contains(0.5));
    format!("{}{}", share(of), if is_bias { " !" } else { "" })
}

fn share(share: Share) -> String {
    share.share().zip(share.interval()).map_or_else(
        || "–".to_owned(),
        |(share, Interval { low, high })| {
            format!("{} ({:.0}–{:.0})", percent::near(share), low * 100.0, high * 100.0)
        },
    )
}
