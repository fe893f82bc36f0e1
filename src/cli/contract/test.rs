//! Every response judged, and what breaks the contract listed.

use serde_json::{Value, json};

use super::{Args, filter_of, summary, talk, tell_problem};
use crate::cli::failure::{Ending, Failure, Result};
use crate::cli::out::Out;
use crate::cli::progress::Meter;
use crate::cli::session;
use crate::curation::contract::{Judge, Violation};
use crate::dataset::Broken;
use crate::text::harmless::harmless;

pub(super) fn run(args: &Args, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let contract = reader.contract()?.ok_or_else(|| {
        let none = "has no contract to test by; --propose proposes one, --set FILE sets one";
        Failure::Said(format!("{} {none}", args.dataset.display()))
    })?;
    let judge = Judge::new(&contract).map_err(crate::dataset::Error::from)?;
    let filter = filter_of(args, &reader)?;
    let mut meter = Meter::start();
    let mut listing = Listing { args, out, headed: false, failed: None };
    let report = reader.judge_all(&judge, &filter, &mut |progress| meter.hear(progress), &mut |broken| {
        listing.add(broken).map_err(|error| listing.failed = Some(error)).is_ok()
    });
    meter.clear();
    if let Some(failure) = listing.failed {
        return Err(failure);
    }
    let report = report?;
    out.flush()?;
    tell_problem(&report);
    if !args.json {
        talk(&summary(&report));
    }
    Ok(Ending::with_findings(report.broken > 0))
}

struct Listing<'a> {
    args: &'a Args,
    out: &'a mut Out,
    headed: bool,
    failed: Option<Failure>,
}

impl Listing<'_> {
    fn add(&mut self, broken: &Broken<'_>) -> Result<()> {
        for violation in broken.violations {
            if self.args.json {
                self.out.json(&as_json(broken, violation))?;
                continue;
            }
            if !self.headed {
                self.headed = true;
                self.out.heading(&row("#", "resp", "rule", "place", "what is wrong"))?;
            }
            let place = violation.place.as_ref();
            let place = place.map(|place| format!("{}:{}", place.line, place.column)).unwrap_or_default();
            let number = format!("#{}", broken.number);
            let response = (broken.response + 1).to_string();
            let sentence = harmless(&violation.sentence);
            self.out.line(row(&number, &response, violation.rule.as_str(), &place, &sentence))?;
        }
        Ok(())
    }
}

fn row(number: &str, response: &str, rule: &str, place: &str, sentence: &str) -> String {
    format!("{number:>7}  {response:>4}  {rule:<14}  {place:>8}  {sentence}")
}

fn as_json(broken: &Broken<'_>, violation: &Violation) -> Value {
    let place = violation.place.as_ref();
    json!({
        "number": broken.number,
        "id": broken.example.id.to_string(),
        "response": broken.response + 1,
        "rule": violation.rule.as_str(),
        "path": violation.path,
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "start": place.map(|place| place.range.start),
        "end": place.map(|place| place.range.end),
        "sentence": violation.sentence,
    })
}
