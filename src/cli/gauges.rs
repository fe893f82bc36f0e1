//! The four gauges, for people and for programs; `goldset stats` and `goldset ready` tell them.

use serde_json::{Map, Value, json};

use super::failure::Result;
use super::out::{Column, Out};
use crate::curation::gauges::{self, Gauge};
use crate::text::count::thousands;

/// A table of the gauges with a blank line above.
pub(super) fn print(gauges: &[Gauge; 4], out: &mut Out) -> Result<()> {
    out.line("")?;
    let row = |gauge: &Gauge| {
        vec![
            gauge.word.as_str().to_owned(),
            gauge.shown(),
            thousands(gauge.n),
            gauge.verdict().to_owned(),
            gauge.sentence.clone(),
        ]
    };
    let columns = [
        Column::text("gauge"),
        Column::number("is"),
        Column::number("n"),
        Column::text(""),
        Column::text("only quality tells of the answers"),
    ];
    out.table_of_sentences(&columns, &gauges.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

/// By their words: `value` is a share, or null where the facet has no targets (then there are `kinds`) or
/// nothing was measured.
pub(super) fn as_json(gauges: &[Gauge; 4]) -> Value {
    let gauge = |gauge: &Gauge| {
        let (share, kinds) = match gauge.reading.map(|reading| reading.value) {
            None => (None, None),
            Some(gauges::Value::Share(share)) => (Some(share), None),
            Some(gauges::Value::Kinds { effective, of }) => {
                (None, Some(json!({"effective": effective, "of": of})))
            }
        };
        let verdict = Some(gauge.verdict()).filter(|verdict| !verdict.is_empty());
        let told = json!({
            "measured": gauge.reading.is_some(), "value": share, "kinds": kinds, "n": gauge.n,
            "verdict": verdict, "sentence": gauge.sentence,
        });
        (gauge.word.as_str().to_owned(), told)
    };
    gauges.iter().map(gauge).collect::<Map<_, _>>().into()
}
