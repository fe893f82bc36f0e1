//! The ranks of authors as tables.

use super::{By, Told, whole};
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::proportion::Interval;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;

/// More authors than this make a table that nobody reads.
const TABLE: usize = 8;
/// Circles and examples that are named.
const NAMED: usize = 10;

pub(super) fn print(told: &Told<'_>, out: &mut Out) -> Result<()> {
    if told.ranks.authors.is_empty() {
        return Ok(out.line("no two responses of different known authors were ranked yet")?);
    }
    let examples = plural(told.judgements.examples.len() as u64, "ranked example");
    let comparisons = plural(whole(told.table.comparisons()), "comparison");
    let against = told.against.map(|name| format!("; win rates are against {}", harmless(name)));
    out.line(format!("{examples}, {comparisons}{}", against.unwrap_or_default()))?;
    out.line("")?;
    authors(told, out)?;
    remarks(told, out)?;
    if (3..=TABLE).contains(&told.judgements.authors.len()) {
        let columns = [
            Column::text("author"),
            Column::text("against"),
            Column::number("comparisons"),
            Column::number("win rate"),
        ];
        out.line("")?;
        out.table(&columns, &pairs(told))?;
    }
    circles(told, out)?;
    let outcomes: Vec<Vec<String>> =
        told.outcomes.iter().map(|count| vec![count.state.as_str().to_owned(), thousands(count.n)]).collect();
    if !outcomes.is_empty() {
        out.line("")?;
        out.table(&[Column::text("outcome"), Column::number("examples")], &outcomes)?;
    }
    Ok(())
}

fn authors(told: &Told<'_>, out: &mut Out) -> Result<()> {
    let lines: Vec<Vec<String>> = told
        .ranks
        .authors
        .iter()
        .map(|rank| {
            vec![
                told.name(rank.author).to_owned(),
                thousands(whole(rank.wins.share.n)),
                rank.wins
                    .rate()
                    .map(|rate| beside(percent::near_to_tenths(rate), rank.wins.interval().map(percents)))
                    .unwrap_or_default(),
                rank.strength.map_or_else(
                    || "–".to_owned(),
                    |strength| beside(signed(strength), rank.interval.map(strengths)),
                ),
            ]
        })
        .collect();
    let columns = [
        Column::text("author"),
        Column::number("of"),
        Column::text("win rate, 95 %"),
        Column::text("strength, 95 %"),
    ];
    Ok(out.table(&columns, &lines)?)
}

/// What the table of authors doesn't say by itself.
fn remarks(told: &Told<'_>, out: &mut Out) -> Result<()> {
    let ranks = &told.ranks;
    let groups: std::collections::BTreeSet<usize> = ranks.authors.iter().map(|rank| rank.group).collect();
    if groups.len() > 1 {
        let apart = groups.iter().map(|group| {
            let names = ranks.authors.iter().filter(|rank| rank.group == *group);
            names.map(|rank| harmless(told.name(rank.author)).into_owned()).collect::<Vec<_>>().join(", ")
        });
        let apart = apart.collect::<Vec<_>>().join(" / ");
        out.line(format!("strengths are to be compared only among those who met: {apart}"))?;
    }
    if told.by == By::Davidson {
        match ranks.ties {
            Some(nu) => {
                let share = percent::near_to_tenths(nu / (2.0 + nu));
                out.line(format!("equals tie in {share} of comparisons (nu {nu:.3})"))?;
            }
            None => out.line(
                "no strengths by this model: somebody won or lost every comparison; --by bradley-terry has them",
            )?,
        }
    }
    let lacks =
        |rank: &crate::curation::ranks::AuthorRank| rank.strength.is_some() && rank.interval.is_none();
    if ranks.authors.iter().any(lacks) {
        out.line("no intervals of strengths: drawn again, too often somebody won or lost all; rank more")?;
    }
    if ranks.left_out > 0 {
        let left_out = plural(ranks.left_out as u64, "ranking");
        out.line(format!("{left_out} with ties left out: --by davidson takes them"))?;
    }
    Ok(())
}

/// Each pair of authors once, seen from the one that wins more.
fn pairs(told: &Told<'_>) -> Vec<Vec<String>> {
    let mut pairs = Vec::new();
    for (a, author) in told.judgements.authors.iter().enumerate() {
        for (b, other) in told.judgements.authors.iter().enumerate() {
            let Some((wins, rate)) = told.table.between(a, b).and_then(|wins| Some((wins, wins.rate()?)))
            else {
                continue;
            };
            if rate > 0.5 || (rate >= 0.5 && a < b) {
                let n = whole(wins.share.n);
                pairs.push((
                    rate,
                    vec![author.clone(), other.clone(), thousands(n), percent::near_to_tenths(rate)],
                ));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs.into_iter().map(|(_, row)| row).collect()
}

fn circles(told: &Told<'_>, out: &mut Out) -> Result<()> {
    if !told.ranks.circles.is_empty() {
        out.line("")?;
        let consistency = told.ranks.consistency.map(|share| format!(" (consistency {share:.2})"));
        out.heading(&format!("circles{}", consistency.unwrap_or_default()))?;
        for circle in told.ranks.circles.iter().take(NAMED) {
            out.line(circle_line(told, circle))?;
        }
        let more = told.ranks.circles.len().saturating_sub(NAMED);
        if more > 0 {
            out.line(format!("… {more} more"))?;
        }
    }
    if !told.circular.is_empty() {
        out.line("")?;
        let examples = plural(told.circular.len() as u64, "example");
        let numbers: Vec<String> = told.circular.iter().take(NAMED).map(|id| format!("#{id}")).collect();
        let more = if told.circular.len() > NAMED { " …" } else { "" };
        out.line(format!("circles in {examples} (is:circular): {}{more}", numbers.join(" ")))?;
    }
    Ok(())
}

/// `a over b 56 % of 12, b over c 61 % of 20, c over a 52 % of 9`.
fn circle_line(told: &Told<'_>, circle: &[usize]) -> String {
    let next = circle.iter().skip(1).chain(circle.first());
    let steps = circle.iter().zip(next).map(|(&a, &b)| {
        let wins = told.table.between(a, b).copied().unwrap_or_default();
        let share = wins.rate().map(percent::near_to_tenths).unwrap_or_default();
        let n = thousands(whole(wins.share.n));
        format!("{} over {} {share} of {n}", harmless(told.name(a)), harmless(told.name(b)))
    });
    steps.collect::<Vec<_>>().join(", ")
}

fn percents(interval: Interval) -> String {
    format!("{:.1}–{:.1}", interval.low * 100.0, interval.high * 100.0)
}

fn strengths(interval: Interval) -> String {
    format!("{} to {}", signed(interval.low), signed(interval.high))
}

/// A figure and its interval: `59.4 % (52.1–66.3)`.
fn beside(figure: String, interval: Option<String>) -> String {
    match interval {
        Some(interval) => format!("{figure} ({interval})"),
        None => figure,
    }
}

fn signed(strength: f64) -> String {
    format!("{strength:+.2}").replace('-', "−")
}
