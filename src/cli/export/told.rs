//! What is told of an export.

use std::io::Write;

use serde_json::{Value, json};

use crate::dataset::{ExportReport, Failure, Plan, Target};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

/// Tells on the standard error; whoever closed it does not want to hear it.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

pub(super) fn json(report: &ExportReport, plan: &Plan, target: &Target) -> Value {
    // where no file was made, or would be made, nothing is written
    let is_made = !report.files.is_empty();
    let failures = report.failures.iter().map(|failure| {
        let place = |(number, what): &(i64, String)| json!({ "number": number, "what": what });
        json!({
            "rule": failure.rule,
            "demand": failure.demand,
            "reason": failure.reason,
            "examples": failure.examples,
            "places": failure.places.iter().map(place).collect::<Vec<_>>(),
            "mends": failure.mends,
            "advice": failure.advice,
        })
    });
    let others = report.other_statuses.iter().map(|(status, n)| (status.as_str().to_owned(), json!(n)));
    json!({
        "format": plan.format,
        "file": match target {
            Target::File(path) | Target::Folder(path) => Some(path.display().to_string()),
            Target::Nowhere | Target::Standard => None,
        },
        "examples": report.examples,
        "written": if is_made { report.written } else { 0 },
        "records": if is_made { report.records } else { 0 },
        "invalid": report.invalid,
        "failures": failures.collect::<Vec<_>>(),
        "mended": report.mended,
        "left_out": report.left_out,
        "other_statuses": others.collect::<serde_json::Map<_, _>>(),
        "balanced": report.balanced,
        "files": report.files,
        "number": report.number,
        "first": report.first.as_ref().filter(|_| is_made),
    })
}

pub(super) fn print(report: &ExportReport, plan: &Plan, target: &Target) {
    let is_trial = *target == Target::Nowhere;
    if report.files.is_empty() {
        let was = if is_trial { "would be" } else { "was" };
        say(&format!("nothing {was} written: {} do not hold", these(report)));
    } else {
        wrote(report, plan, target);
    }
    for failure in &report.failures {
        tell_failure(failure);
    }
    if report.files.is_empty() {
        hint(report);
    }
    if !report.mended.is_empty() {
        let would = if is_trial { "would be " } else { "" };
        say(&format!("{would}mended on the way (the dataset stays as it is):"));
        for (mend, n) in &report.mended {
            say(&format!("  {:>9}  {mend}", thousands(*n)));
        }
    }
    if !report.left_out.is_empty() {
        let would = if is_trial { "would be " } else { "" };
        say(&format!("{would}left out, because {} has no place for it:", plan.format));
        for (what, n) in &report.left_out {
            say(&format!("  {:>9}  {what}", thousands(*n)));
        }
    }
    if !report.balanced.is_empty() {
        say("balanced:");
        for value in &report.balanced {
            let name = value
                .value
                .as_deref()
                .map_or_else(|| "(none)".to_owned(), |name| harmless(name).into_owned());
            say(&format!("  {:>9} of {:>9}  {name}", thousands(value.out), thousands(value.there)));
        }
    }
    if !report.other_statuses.is_empty() {
        let others: Vec<String> =
            report.other_statuses.iter().map(|(status, n)| format!("{} {status}", thousands(*n))).collect();
        say(&format!("not asked for, by their status: {} (--status says which)", others.join(", ")));
    }
}

fn these(report: &ExportReport) -> String {
    if report.invalid == 0 {
        return "the number or the size of the records".to_owned();
    }
    format!("{} of {}", thousands(report.invalid), plural(report.examples, "example"))
}

fn wrote(report: &ExportReport, plan: &Plan, target: &Target) {
    let what = if report.records == 0 {
        "the definitions alone, for the dataset has no examples".to_owned()
    } else {
        format!("{} of {}", plural(report.records, "record"), plural(report.written, "example"))
    };
    let to = match target {
        Target::Nowhere => {
            say(&format!("would write {what} ({})", plan.format));
            left_out(report, "would be ");
            return;
        }
        Target::Standard => String::new(),
        Target::File(path) | Target::Folder(path) => format!(" to {}", harmless(&path.display().to_string())),
    };
    let kept = report.number.map(|number| format!(", kept as export {number}")).unwrap_or_default();
    say(&format!("wrote {what}{to} ({}){kept}", plan.format));
    let several = report.files.len() > 1;
    for file in report.files.iter().filter(|_| several) {
        let records = file.records.map_or_else(|| "goes with it".to_owned(), |n| plural(n, "record"));
        say(&format!("  {}: {records}", harmless(&file.name)));
    }
    left_out(report, "");
}

/// Those that do not hold, where the others went out without them.
fn left_out(report: &ExportReport, would: &str) {
    if report.invalid > 0 {
        let examples = plural(report.invalid, "example");
        say(&format!("{would}left out, because they do not hold: {examples}"));
    }
}

fn tell_failure(failure: &Failure) {
    let examples = if failure.examples == 0 { String::new() } else { thousands(failure.examples) };
    let what = match failure.reason {
        Some(reason) => reason.to_owned(),
        None => failure.demand.clone(),
    };
    say(&format!("  {examples:>9}  {}: {}", failure.rule, harmless(&what)));
    if failure.reason.is_none() {
        for (number, what) in &failure.places {
            say(&format!("             #{number}: {}", harmless(what)));
        }
        if failure.examples > failure.places.len() as u64 && !failure.places.is_empty() {
            say("             …");
        }
    } else if !failure.places.is_empty() {
        let numbers: Vec<String> = failure.places.iter().map(|(number, _)| format!("#{number}")).collect();
        let more = if failure.examples > failure.places.len() as u64 { " …" } else { "" };
        say(&format!("             {}{more}", numbers.join(" ")));
    }
    if failure.mends.is_empty() {
        say(&format!("             {}", failure.advice));
    } else {
        say(&format!("             --mend {} would do", failure.mends.join(",")));
    }
}

fn hint(report: &ExportReport) {
    if report.invalid == 0 {
        return say("no file was made");
    }
    let passing: Vec<&str> =
        report.failures.iter().filter(|failure| failure.can_pass).map(|failure| failure.rule).collect();
    if passing.is_empty() {
        say("no file was made; --skip-invalid leaves such examples out");
    } else {
        let rules = passing.join(",");
        say(&format!(
            "no file was made; --skip-invalid leaves such examples out, --allow {rules} lets them pass"
        ));
    }
}
