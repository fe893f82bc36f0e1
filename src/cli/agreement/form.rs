//! Agreement, and the habits of annotators, as JSON.

use serde_json::{Map, Value, json};

use super::{Told, made, name};
use crate::curation::agreement::{Agreement, Measured};
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::Share;

fn measured_as_json(measured: &Measured) -> Value {
    match measured.value {
        Ok(value) => {
            json!({"value": value, "interval": measured.interval.map(|interval| [interval.low, interval.high])})
        }
        Err(why) => json!({"value": null, "why": why.to_string()}),
    }
}

fn agreement_as_json(agreement: &Agreement) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("examples".to_owned(), json!(agreement.examples));
    object.insert("pairs".to_owned(), json!(agreement.pairs));
    let remarks: Vec<&str> = agreement.remarks.iter().map(|remark| remark.title()).collect();
    object.insert("remarks".to_owned(), json!(remarks));
    for (measure, measured) in &agreement.measured {
        object.insert(measure.as_str().to_owned(), measured_as_json(measured));
    }
    object
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

fn habits(report: &AnnotatorReport) -> Map<String, Value> {
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("rankings", json!(report.judgements));
    put("cannot", json!(report.abstentions));
    put("median_seconds", json!(report.median_millis.map(|millis| f64::from(millis) / 1e3)));
    put("first_wins", share(report.first_wins, true));
    put("first_best", share(report.first_best, true));
    put("longer_wins", share(report.longer_wins, true));
    put("log_ratio", json!(report.log_ratio));
    put("more_markdown_wins", share(report.more_markdown_wins, true));
    put("fewer_refusals_win", share(report.fewer_refusals_win, true));
    put("ties", share(report.ties, false));
    put("own", report.own.map_or(Value::Null, |own| share(own, false)));
    put("gold", report.gold.map_or(Value::Null, |gold| share(gold, false)));
    put("hasty", share(report.hasty, false));
    object
}

pub(super) fn as_json(told: &Told<'_>) -> Value {
    let judgements = told.judgements;
    let of_two = |agreement: &Agreement| {
        let mut object = agreement_as_json(agreement);
        if let Some((a, b)) = agreement.of {
            let names = json!([name(judgements, a), name(judgements, b)]);
            object.insert("annotators".to_owned(), names);
        }
        Value::Object(object)
    };
    let annotator = |report: &AnnotatorReport| {
        let mut object = Map::new();
        object.insert("name".to_owned(), json!(report.annotator.map(|at| name(judgements, at))));
        object.extend(habits(report));
        Value::Object(object)
    };
    json!({
        "examples": judgements.examples.len(),
        "judgements": made(judgements),
        "all": agreement_as_json(&told.report.all),
        "pairs": told.report.pairs.iter().map(of_two).collect::<Vec<_>>(),
        "annotators": told.annotators.iter().map(annotator).collect::<Vec<_>>(),
        "everybody": habits(&told.everybody),
    })
}
