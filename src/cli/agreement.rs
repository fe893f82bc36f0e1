//! `goldset agreement`: how far annotators say the same, and how sure that is.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::failure::{Ending, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::agreement::{Agreement, Measure, Measured, Remark, Report, intervals, units};
use crate::curation::judged::Judgements;
use crate::curation::proportion::Interval;
use crate::dataset::Judged;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset agreement support.goldset
  goldset agreement support.goldset --where 'intent:refund'
  goldset agreement support.goldset --json | jq '.all.alpha_ordinal'
  goldset agreement support.goldset --units > units.jsonl

What is counted are pairs of responses: each annotator says that the first is better, that they are
the same, or that the second is. Rankings by review and known right ones are left out.

same answer      the share of two annotators who say the same of a pair; chance is in it
alpha, ordinal   Krippendorff's: 1 is full agreement, 0 is what chance gives; a tie lies between the
                 two sides. 0.8 and more is reliable, from 0.667 on tentative. Begin with this one
alpha, nominal   the same where a tie is as far from each side as they are from each other
Gwet's AC1       chance counted otherwise: look at it where nearly all pairs go one way
Cohen's kappa    of two annotators, each with habits of their own; Fleiss' kappa: of all together
Kendall's tau-b  of two orders of one example, from -1 to 1, the mean over the examples
Kendall's W      of the orders of three or more, from 0 to 1

Where it is low: read what is not agreed together, mend the guideline, rank anew. Every figure has
its 95 % interval, by drawing the examples again; where that is wide, more has to be ranked by two.

--json prints one object:
  examples, judgements    with a ranking, and how many of those there are
  all           {examples, pairs, remarks, and of each measure {value, interval: [low, high]} or
                {value: null, why}}: percent, alpha_ordinal, alpha_nominal, ac1, fleiss_kappa, tau_b, w
  pairs         the same with annotators: [a, b], and cohen_kappa for fleiss_kappa and w
--units prints a JSON line for each thing said: {example, first, second, annotator, value}; first and
second are places of responses from 1, value is 1 (the first is better), 0 or -1.";

/// Measure how far annotators agree
///
/// Over all of them and for each two: shares, Krippendorff's alpha, kappas, AC1, Kendall's tau-b and W,
/// each with its interval, or the reason why it is not defined. Two people who rank the same examples
/// are what it takes: `goldset protocol DATASET --rankings 2` asks for them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Print what was counted, for other programs
    #[arg(long, conflicts_with = "json")]
    units: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = args.filter.as_deref().map(|filter| reader.filter(filter)).transpose()?;
    let judged = Judged::load(&reader, filter)?;
    let judgements = judged.judgements();
    if args.units {
        return print_units(judgements, out);
    }
    let report = intervals(judgements);
    if args.json {
        out.json(&as_json(judgements, &report))?;
    } else {
        print(judgements, &report, out)?;
    }
    Ok(Ending::Done)
}

fn name(judgements: &Judgements, at: usize) -> &str {
    judgements.annotators.get(at).map_or("", String::as_str)
}

fn made(judgements: &Judgements) -> u64 {
    judgements.examples.iter().map(|example| example.judgements.len() as u64).sum()
}

fn print_units(judgements: &Judgements, out: &mut Out) -> Result<Ending> {
    for example in &judgements.examples {
        for unit in units(example) {
            for (who, value) in &unit.values {
                let (first, second) = (unit.first + 1, unit.second + 1);
                let value = i64::from(*value as u8) - 1;
                out.json(&json!({
                    "example": example.id, "first": first, "second": second,
                    "annotator": name(judgements, *who), "value": value,
                }))?;
            }
        }
    }
    Ok(Ending::Done)
}

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

fn as_json(judgements: &Judgements, report: &Report) -> Value {
    let of_two = |agreement: &Agreement| {
        let mut object = agreement_as_json(agreement);
        if let Some((a, b)) = agreement.of {
            let names = json!([name(judgements, a), name(judgements, b)]);
            object.insert("annotators".to_owned(), names);
        }
        Value::Object(object)
    };
    json!({
        "examples": judgements.examples.len(),
        "judgements": made(judgements),
        "all": agreement_as_json(&report.all),
        "pairs": report.pairs.iter().map(of_two).collect::<Vec<_>>(),
    })
}

fn print(judgements: &Judgements, report: &Report, out: &mut Out) -> Result<()> {
    let examples = plural(judgements.examples.len() as u64, "ranked example");
    out.line(format!("{examples}, {}", plural(made(judgements), "ranking")))?;
    if report.all.examples == 0 {
        out.line(
            "no two people ranked the same example yet: two are what it takes to see whether they agree",
        )?;
        out.line("ask for them: goldset protocol DATASET --rankings 2")?;
        return Ok(());
    }
    let shared = plural(report.all.examples as u64, "example");
    out.line(format!("{shared} by two or more, {} of responses", plural(report.all.pairs as u64, "pair")))?;
    for remark in &report.all.remarks {
        out.line(format!("{}: {}", remark.title(), remark.sentence()))?;
    }
    out.line("")?;
    let rows: Vec<Vec<String>> = report.all.measured.iter().map(row).collect();
    out.table(&[Column::text("over all"), Column::number("value"), Column::text("95 % interval")], &rows)?;
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
    out.table(&columns, &rows)?;
    Ok(())
}

fn row((measure, measured): &(Measure, Measured)) -> Vec<String> {
    let (value, beside) = match measured.value {
        Ok(value) => (shown(*measure, value), measured.interval.map(range).unwrap_or_default()),
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
    if measure == Measure::Percent { format!("{:.1} %", value * 100.0) } else { format!("{value:.3}") }
}

fn range(interval: Interval) -> String {
    format!("{:.3} to {:.3}", interval.low, interval.high)
}
