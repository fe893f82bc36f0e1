//! `goldset balance --lengths`: how long examples are, and what of the length goes into what people choose.

use serde_json::{Map, Value, json};

use super::super::failure::{Ending, Result};
use super::super::out::{Column, Out};
use super::super::progress::Meter;
use crate::curation::balance::Verdict;
use crate::curation::bias::{AnnotatorReport, over_usable, reports};
use crate::curation::proportion::Share;
use crate::curation::spread::{Histogram, Rule, Slot};
use crate::dataset::{Judged, Lengths, Reader};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

/// The cells of the longest bar.
const BAR: usize = 40;

pub(super) fn run(reader: &Reader, as_json: bool, out: &mut Out) -> Result<Ending> {
    let mut meter = Meter::start();
    let lengths = reader.lengths(&mut |progress| meter.hear(progress))?;
    let judged = Judged::load(reader, None)?;
    meter.clear();
    let judgements = judged.judgements();
    let (all, each) = (over_usable(judgements), reports(judgements));
    let is_found = Rule::ALL
        .iter()
        .any(|rule| rule.verdict(rule.share(&all)).is_some_and(|verdict| verdict != Verdict::Good))
        || each.iter().any(|report| Slot(report.first_wins).decides());
    let name =
        |report: &AnnotatorReport| report.annotator.and_then(|at| judgements.annotators.get(at)).cloned();
    let each: Vec<(String, AnnotatorReport)> =
        each.into_iter().filter_map(|report| Some((name(&report)?, report))).collect();
    if as_json {
        out.json(&form(&lengths, &all, &each))?;
    } else {
        print(&lengths, &all, &each, out)?;
    }
    Ok(Ending::with_findings(is_found))
}

/// What is measured, with its name here and in JSON.
fn measured(lengths: &Lengths) -> [(&'static str, &'static str, &Histogram); 4] {
    [
        ("whole examples, tokens (estimated)", "whole", &lengths.whole),
        ("prompts, tokens (estimated)", "prompts", &lengths.prompts),
        ("responses, tokens (estimated)", "responses", &lengths.responses),
        ("turns of the user", "turns", &lengths.turns),
    ]
}

fn print(
    lengths: &Lengths,
    all: &AnnotatorReport,
    each: &[(String, AnnotatorReport)],
    out: &mut Out,
) -> Result<()> {
    for (title, _, histogram) in measured(lengths) {
        if histogram.counted == 0 {
            out.sentence(format!("{title}: nothing yet"))?;
            continue;
        }
        out.heading(title)?;
        let others = histogram.counted - histogram.usable;
        let of = format!("of {}", plural(histogram.usable, "usable example"));
        let said = histogram.quantiles.map_or_else(String::new, |quantiles| {
            let [p5, p50, p95, largest] = [quantiles.p5, quantiles.p50, quantiles.p95, quantiles.largest]
                .map(|number| thousands(number.into()));
            format!("P5 {p5}, P50 {p50}, P95 {p95}, longest {largest}, ")
        });
        let more = match others {
            0 => String::new(),
            1 => "; 1 more is not usable yet".to_owned(),
            n => format!("; {} more are not usable yet", thousands(n)),
        };
        out.sentence(format!("{said}{of}{more}"))?;
        let most = histogram.most();
        let row = |bucket: &crate::curation::spread::Bucket| {
            let ends = if bucket.from == bucket.to {
                thousands(bucket.from.into())
            } else {
                format!("{}–{}", thousands(bucket.from.into()), thousands(bucket.to.into()))
            };
            let (all, usable) = (thousands(bucket.all()), thousands(bucket.usable));
            vec![ends, all, usable, bar(bucket.all(), most)]
        };
        let columns =
            [Column::text("from–to"), Column::number("kept"), Column::number("usable"), Column::text("")];
        out.table_in_full(&columns, &histogram.buckets.iter().map(row).collect::<Vec<_>>())?;
        out.line("")?;
    }
    pairs(all, each, out)
}

fn bar(n: u64, most: u64) -> String {
    let cells = n.saturating_mul(BAR as u64).div_ceil(most.max(1));
    "█".repeat(usize::try_from(cells).unwrap_or(BAR).min(BAR))
}

fn pairs(all: &AnnotatorReport, each: &[(String, AnnotatorReport)], out: &mut Out) -> Result<()> {
    out.heading("pairs of usable examples")?;
    if all.judgements == 0 {
        out.sentence("no usable example is ranked yet")?;
    } else {
        for rule in Rule::ALL {
            let told = rule.told(rule.share(all));
            out.sentence(told.unwrap_or_else(|| {
                format!("{}: no two responses that were ranked differ in it", rule.name())
            }))?;
        }
    }
    if let Some(ratio) = all.log_ratio {
        let times = ratio.exp();
        out.sentence(format!(
            "chosen responses are {times:.2} times as long as rejected ones (mean ln ratio {ratio:.2})"
        ))?;
    }
    let places: Vec<(&String, String)> =
        each.iter().filter_map(|(name, report)| Some((name, Slot(report.first_wins).told()?))).collect();
    if !places.is_empty() {
        out.line("")?;
        out.heading("places on the screen, of all that was ranked")?;
    }
    for (name, told) in places {
        out.sentence(format!("{}: {told}", harmless(name)))?;
    }
    Ok(())
}

fn form(lengths: &Lengths, all: &AnnotatorReport, each: &[(String, AnnotatorReport)]) -> Value {
    let mut object = Map::new();
    for (_, name, histogram) in measured(lengths) {
        let buckets: Vec<Value> = histogram
            .buckets
            .iter()
            .map(|it| json!({"from": it.from, "to": it.to, "usable": it.usable, "others": it.others}))
            .collect();
        let quantiles = histogram
            .quantiles
            .map(|it| json!({"p5": it.p5, "p50": it.p50, "p95": it.p95, "largest": it.largest}));
        let told = json!({
            "counted": histogram.counted, "usable": histogram.usable, "quantiles": quantiles, "buckets": buckets,
        });
        object.insert(name.to_owned(), told);
    }
    let rules: Map<String, Value> =
        Rule::ALL.iter().map(|rule| (rule.name().replace(' ', "_"), share(rule.share(all), false))).collect();
    let position: Vec<Value> = each
        .iter()
        .map(|(name, report)| json!({"name": name, "first_wins": share(report.first_wins, true)}))
        .collect();
    let pairs = json!({"rules": rules, "log_ratio": all.log_ratio, "position": position});
    object.insert("pairs".to_owned(), pairs);
    Value::Object(object)
}

fn share(share: Share, is_choice: bool) -> Value {
    let Some(value) = share.share() else { return Value::Null };
    let interval = share.interval().map(|interval| [interval.low, interval.high]);
    let mut object = json!({"n": share.n, "share": value, "interval": interval});
    if is_choice {
        object["by_chance"] = json!(share.by_chance());
    }
    object
}
