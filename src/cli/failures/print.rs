//! Slices that fail, for people and for programs.

use serde_json::{Map, Value, json};

use super::{Before, Told, Trained};
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::failures::{Cause, Slice, Worse};
use crate::curation::proportion::Interval;
use crate::curation::tway::At;
use crate::dataset::Coded;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

/// Lines about no example that are told by their numbers.
const SHOWN: usize = 10;

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// `intent:refund language:tr`, as a filter has it.
fn named(coded: &Coded, values: &[At]) -> String {
    let tags = values.iter().filter_map(|at| coded.tag(*at));
    tags.map(|tag| format!("{}:{}", tag.facet, tag.value)).collect::<Vec<_>>().join(" ")
}

pub(super) fn print(told: &Told, out: &mut Out) -> Result<()> {
    let Told { found, results, .. } = told;
    left_out(told);
    let tests = plural(found.tests, "test");
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
    let rate = found.failures as f64 / found.tests.max(1) as f64;
    out.heading(&format!("{tests}, {} failed ({})", thousands(found.failures), percent(rate)))?;
    if results.replaced > 0 {
        let lines = plural(results.replaced, "line");
        out.line(format!("{lines} about an example that a later line is about too: the last one counts"))?;
    }
    if let Some(before) = &told.before {
        let sentence = before.runs.told(&before.worse, &told.coded.names());
        let p = before.runs.p();
        out.line(harmless(&format!("against the earlier round: {sentence}; p = {p:.3}")))?;
    }
    out.line("")?;
    if found.slices.is_empty() {
        let looked_at = found.looked_at;
        out.line(format!(
            "no slice fails more than the rest, but by chance ({looked_at} were large enough)"
        ))?;
    } else {
        slices(told, out)?;
    }
    if let Some(Before { worse, .. }) = &told.before
        && !worse.is_empty()
    {
        out.line("")?;
        worse_slices(worse, &told.coded, out)?;
    }
    Ok(())
}

/// Tells of lines that no example was found for.
fn left_out(told: &Told) {
    let unknown = &told.results.unknown;
    if unknown.is_empty() {
        return;
    }
    let shown: Vec<String> = unknown.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if unknown.len() > SHOWN { ", …" } else { "" };
    let lines = plural(unknown.len() as u64, "line");
    crate::cli::tell(&format!(
        "{lines} about no example of this dataset, not counted: {}{more}",
        shown.join(", ")
    ));
}

fn slices(told: &Told, out: &mut Out) -> Result<()> {
    let row = |(slice, trained): (&Slice, &Trained)| {
        let Interval { low, high } = slice.interval;
        let mut cells = vec![
            named(&told.coded, &slice.values),
            percent(slice.rate),
            format!("{} of {}", slice.failures, slice.tests),
            format!("{}–{}", percent(low), percent(high)),
            format!("×{:.1}", slice.lift),
            format!("{:.3}", slice.q),
            thousands(trained.count),
        ];
        cells.extend(trained.write.map(thousands));
        cells.push(trained.cause.told().to_owned());
        cells
    };
    let mut columns = vec![
        Column::text("slice"),
        Column::number("fails"),
        Column::number(""),
        Column::number("95 %"),
        Column::number("as all"),
        Column::number("q"),
        Column::number("trained on"),
    ];
    if told.trained.iter().any(|trained| trained.write.is_some()) {
        columns.push(Column::number("write"));
    }
    columns.push(Column::text("why"));
    let rows: Vec<Vec<String>> = told.found.slices.iter().zip(&told.trained).map(row).collect();
    out.table(&columns, &rows)?;
    Ok(())
}

fn worse_slices(worse: &[Worse], coded: &Coded, out: &mut Out) -> Result<()> {
    let row = |worse: &Worse| {
        vec![
            named(coded, &worse.values),
            worse.broke.to_string(),
            worse.mended.to_string(),
            format!("{:.3}", worse.q),
        ]
    };
    let columns =
        [Column::text("got worse"), Column::number("broke"), Column::number("mended"), Column::number("q")];
    out.table(&columns, &worse.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn values(coded: &Coded, values: &[At]) -> Value {
    let tags = values.iter().filter_map(|at| coded.tag(*at));
    tags.map(|tag| (tag.facet, json!(tag.value))).collect::<Map<_, _>>().into()
}

const fn word(cause: Cause) -> &'static str {
    match cause {
        Cause::Contradictory => "contradictory",
        Cause::Noisy => "noisy",
        Cause::Thin => "thin",
        Cause::NotTheData => "not_the_data",
    }
}

pub(super) fn json(told: &Told, out: &mut Out) -> Result<()> {
    let interval = |interval: Interval| json!([interval.low, interval.high]);
    let slice = |(slice, trained): (&Slice, &Trained)| {
        json!({
            "values": values(&told.coded, &slice.values), "tests": slice.tests, "failures": slice.failures,
            "rate": slice.rate, "interval": interval(slice.interval), "lift": slice.lift,
            "difference": interval(slice.difference), "p": slice.p, "q": slice.q,
            "cause": word(trained.cause), "trained": trained.count, "write": trained.write,
        })
    };
    let before = told.before.as_ref().map(|Before { runs, worse }| {
        let worse_json = worse.iter().map(|worse| {
            json!({
                "values": values(&told.coded, &worse.values), "broke": worse.broke, "mended": worse.mended,
                "p": worse.p, "q": worse.q,
            })
        });
        json!({
            "both": runs.both, "broke": runs.broke, "mended": runs.mended, "neither": runs.neither,
            "p": runs.p(), "sentence": runs.told(worse, &told.coded.names()),
            "worse": worse_json.collect::<Vec<_>>(),
        })
    });
    out.json(&json!({
        "tests": told.found.tests, "failures": told.found.failures, "unknown": told.results.unknown,
        "looked_at": told.found.looked_at,
        "slices": told.found.slices.iter().zip(&told.trained).map(slice).collect::<Vec<_>>(),
        "before": before,
    }))?;
    Ok(())
}
