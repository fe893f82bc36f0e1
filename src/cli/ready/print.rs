//! The page that tells what a dataset is ready for.

use super::Told;
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::readiness::{Line, Measure, Outcome, Pace, Work, WorkKind};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

pub(super) fn print(name: &str, told: &Told, out: &mut Out) -> Result<()> {
    let readiness = &told.readiness;
    out.heading(&harmless(&format!("{name}: {}", readiness.sentence)))?;
    let (gates, advice): (Vec<&Line>, Vec<&Line>) = readiness.lines.iter().partition(|line| line.is_gate);
    for (title, lines) in [("must be", gates), ("stops nothing", advice)] {
        if lines.is_empty() {
            continue;
        }
        out.line("")?;
        let columns = [Column::text(title), Column::text(""), Column::text("")];
        let row = |line: &&Line| {
            vec![verdict(line.outcome).to_owned(), word(line.measure).to_owned(), line.sentence.clone()]
        };
        out.table(&columns, &lines.iter().map(row).collect::<Vec<_>>())?;
    }
    let open: Vec<&Line> = readiness.lines.iter().filter(|line| line.stops()).collect();
    let works: Vec<Work> = open.iter().filter_map(|line| line.work).collect();
    if works.is_empty() {
        return Ok(());
    }
    out.line("")?;
    out.heading("what is left to do")?;
    for line in &open {
        let Some(work) = line.work else { continue };
        let next = readiness.next.is_some_and(|next| readiness.lines.get(next.line) == Some(*line));
        let first = if next { "  (the least work: begin here)" } else { "" };
        out.line(format!("  {}: {}{first}", word(line.measure), work_told(work, &told.pace)))?;
    }
    let by = if told.is_known { "by how long it took so far" } else { "by a guess: little was done yet" };
    out.line(format!("hours are reckoned {by}"))?;
    Ok(())
}

const fn verdict(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "✓ met",
        Outcome::Short => "✗ not met",
        Outcome::NotMeasured => "? not measured",
    }
}

/// The word for a gate.
const fn word(measure: Measure) -> &'static str {
    match measure {
        Measure::Flags => "flags",
        Measure::Contradictions => "contradictions",
        Measure::Usable => "examples",
        Measure::Coverage => "coverage",
        Measure::Required => "required values",
        Measure::Contract => "contract",
        Measure::Defects => "quality",
        Measure::Balance => "balance",
        Measure::Agreement => "agreement",
        Measure::HeldOut => "held out",
        Measure::Leaks => "leaks",
        Measure::NewFacts => "new facts",
        Measure::Pairs => "pairs",
        Measure::SameAgain => "same again",
        Measure::LongerWins => "longer wins",
    }
}

/// `write 120: about 20 hours, 900.00`.
fn work_told(work: Work, pace: &Pace) -> String {
    let verb = match work.kind {
        WorkKind::Write => "write",
        WorkKind::Mend => "mend",
        WorkKind::Review => "review",
    };
    let hours = work.hours(pace);
    let money = if pace.per_hour > 0.0 { format!(", {:.2}", hours * pace.per_hour) } else { String::new() };
    format!("{verb} {}: about {hours:.1} hours{money}", thousands(work.count))
}
