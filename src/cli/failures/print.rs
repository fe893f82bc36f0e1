//! Slices that fail, for people and for programs.

use serde_json::{Map, Value, json};

use super::{Before, Results, Told};
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::failures::{Cause, Worse};
use crate::curation::proportion::Interval;
use crate::dataset::{Done, Failing, FailingSlice, UnknownTag};
use crate::example::Tag;
use crate::query::Filter;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;

/// Lines about no example that are told by their numbers.
const SHOWN: usize = 10;

/// `intent:refund language:tr`, as a filter has it.
fn named(tags: &[Tag]) -> String {
    let named = |tag: &Tag| Filter::tag(tag.facet.as_str(), Some(&tag.value)).to_string();
    tags.iter().map(named).collect::<Vec<_>>().join(" ")
}

pub(super) fn print(told: &Told, out: &mut Out) -> Result<()> {
    let Told { failing, .. } = told;
    for Done { sentence, .. } in &told.done {
        out.sentence(harmless(sentence))?;
    }
    if !told.done.is_empty() {
        out.line("")?;
    }
    let tests = plural(failing.tests, "test");
    #[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
    let rate = failing.failures as f64 / failing.tests.max(1) as f64;
    let of = told.round.as_ref().map(|name| format!("{}: ", harmless(name))).unwrap_or_default();
    out.headline(&format!("{of}{tests}, {} failed ({})", thousands(failing.failures), percent::near(rate)))?;
    if let Some(read) = &told.read {
        of_file(read, out)?;
    }
    if failing.predicted > 0 {
        let tests = plural(failing.predicted, "test");
        out.sentence(format!("{tests} about no example, told by the tags that their words suggest"))?;
    }
    unknown_tags(failing, out)?;
    if let Some(Before { round, compared }) = &told.before {
        let sentence = compared.runs.told(&compared.worse, &failing.coded.names());
        let (p, name) = (compared.runs.p(), round.as_deref().unwrap_or("the earlier round"));
        out.sentence(harmless(&format!("against {name}: {sentence}; p = {p:.3}")))?;
    }
    out.line("")?;
    if failing.slices.is_empty() {
        let looked_at = failing.looked_at;
        out.sentence(if failing.failures == 0 {
            "no test fails, so no slice does".to_owned()
        } else {
            let of = match looked_at {
                0 => "none has as many tests as are looked at (--least)".to_owned(),
                n => format!("{} had enough tests to be looked at", plural(n as u64, "slice")),
            };
            format!("no slice fails more than the rest, but by chance; {of}")
        })?;
    } else {
        slices(told, out)?;
    }
    if let Some(Before { compared, .. }) = &told.before
        && !compared.worse.is_empty()
    {
        out.line("")?;
        worse_slices(&compared.worse, failing, out)?;
    }
    Ok(())
}

/// Tells of lines that were not counted, or not as they stood.
fn of_file(read: &Results, out: &mut Out) -> Result<()> {
    let unknown = &read.unknown;
    if !unknown.is_empty() {
        let shown: Vec<String> = unknown.iter().take(SHOWN).map(ToString::to_string).collect();
        let more = if unknown.len() > SHOWN { ", …" } else { "" };
        let lines = plural(unknown.len() as u64, "line");
        crate::cli::tell(&format!(
            "{lines} about no example of this dataset, not counted: {}{more}",
            shown.join(", ")
        ));
    }
    if read.replaced > 0 {
        let lines = plural(read.replaced, "line");
        out.sentence(format!(
            "{lines} about an example that a later line is about too: the last one counts"
        ))?;
    }
    if read.others > 0 {
        out.sentence(format!("{} that no example of the dataset asks", plural(read.others, "prompt")))?;
    }
    Ok(())
}

/// Tells of tags that the dataset has not: a slip of the hand, or a facet of the tests alone.
fn unknown_tags(failing: &Failing, out: &mut Out) -> Result<()> {
    for (is_slice, what) in [
        (true, "that the dataset has not, looked at as slices of their own"),
        (false, "that the dataset has not, on too few tests to be slices"),
    ] {
        let those: Vec<&UnknownTag> = failing.unknown.iter().filter(|tag| tag.is_slice == is_slice).collect();
        if those.is_empty() {
            continue;
        }
        let name = |of: &&UnknownTag| {
            let tests = plural(of.tests, "test");
            format!("{} ({tests}, from line {})", named(std::slice::from_ref(&of.tag)), of.line)
        };
        let shown: Vec<String> = those.iter().take(SHOWN).map(name).collect();
        let more = if those.len() > SHOWN { ", …" } else { "" };
        let tags = plural(those.len() as u64, "tag");
        out.sentence(harmless(&format!("{tags} {what}: {}{more}", shown.join(", "))))?;
    }
    Ok(())
}

fn slices(told: &Told, out: &mut Out) -> Result<()> {
    let row = |(at, failing): (usize, &FailingSlice)| {
        let slice = &failing.slice;
        let Interval { low, high } = slice.interval;
        let mut cells = vec![
            named(&failing.tags),
            percent::near(slice.rate),
            format!("{} of {}", slice.failures, slice.tests),
            format!("{}–{}", percent::near(low), percent::near(high)),
            format!("×{:.1}", slice.lift),
            format!("{:.3}", slice.q),
            failing.known.map_or_else(|| "–".to_owned(), |known| thousands(known.trained)),
        ];
        cells.extend(write_of(told, at).map(thousands));
        cells.push(failing.told_cause().to_owned());
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
    if told.write.is_some() {
        columns.push(Column::number("write"));
    }
    columns.push(Column::text("why"));
    let rows: Vec<Vec<String>> = told.failing.slices.iter().enumerate().map(row).collect();
    out.table_in_full(&columns, &rows)?;
    Ok(())
}

/// How many new examples a slice gets, where that was asked for.
fn write_of(told: &Told, at: usize) -> Option<u64> {
    told.write.as_ref().and_then(|write| write.get(at).copied())
}

fn worse_slices(worse: &[Worse], failing: &Failing, out: &mut Out) -> Result<()> {
    let row = |worse: &Worse| {
        vec![
            named(&failing.tags(&worse.values)),
            worse.broke.to_string(),
            worse.mended.to_string(),
            format!("{:.3}", worse.q),
        ]
    };
    let columns =
        [Column::text("got worse"), Column::number("broke"), Column::number("mended"), Column::number("q")];
    out.table_in_full(&columns, &worse.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn values(tags: Vec<Tag>) -> Value {
    tags.into_iter().map(|tag| (tag.facet, json!(tag.value))).collect::<Map<_, _>>().into()
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
    let Told { failing, .. } = told;
    let interval = |interval: Interval| json!([interval.low, interval.high]);
    let slice = |(at, of): (usize, &FailingSlice)| {
        let slice = &of.slice;
        json!({
            "values": values(of.tags.clone()), "tests": slice.tests, "failures": slice.failures,
            "rate": slice.rate, "interval": interval(slice.interval), "lift": slice.lift,
            "difference": interval(slice.difference), "p": slice.p, "q": slice.q,
            "cause": of.cause().map(word), "trained": of.known.map(|known| known.trained), "write": write_of(told, at),
        })
    };
    let before = told.before.as_ref().map(|Before { round, compared }| {
        let runs = compared.runs;
        let worse = compared.worse.iter().map(|worse| {
            json!({
                "values": values(failing.tags(&worse.values)), "broke": worse.broke, "mended": worse.mended,
                "p": worse.p, "q": worse.q,
            })
        });
        json!({
            "round": round, "both": runs.both, "broke": runs.broke, "mended": runs.mended,
            "neither": runs.neither, "p": runs.p(),
            "sentence": runs.told(&compared.worse, &failing.coded.names()), "worse": worse.collect::<Vec<_>>(),
        })
    });
    let done = told.done.iter().map(|Done { action, sentence, examples, .. }| {
        json!({"examples": examples, "action": action, "sentence": sentence})
    });
    let unknown = told.read.as_ref().map(|read| read.unknown.clone()).unwrap_or_default();
    let unknown_tags = failing.unknown.iter().map(|UnknownTag { tag, tests, line, is_slice, .. }| {
        json!({"facet": tag.facet, "value": tag.value, "tests": tests, "line": line, "slice": is_slice})
    });
    out.json(&json!({
        "round": told.round, "tests": failing.tests, "failures": failing.failures, "unknown": unknown,
        "unknown_tags": unknown_tags.collect::<Vec<_>>(),
        "predicted": failing.predicted, "looked_at": failing.looked_at,
        "slices": failing.slices.iter().enumerate().map(slice).collect::<Vec<_>>(),
        "before": before, "done": done.collect::<Vec<_>>(),
    }))?;
    Ok(())
}
