//! The page that tells what a dataset is ready for.

use crate::cli::failure::Result;
use crate::cli::gauges;
use crate::cli::out::{Column, Out};
use crate::curation::readiness::{Line, Question};
use crate::dataset::Assessment;
use crate::text::harmless::harmless;

pub(super) fn print(name: &str, told: &Assessment, out: &mut Out) -> Result<()> {
    let readiness = &told.readiness;
    out.heading(&harmless(&format!("{name}: {}", readiness.sentence)))?;
    gauges::print(&told.gauges, out)?;
    gates(&readiness.lines, out)?;
    if let Some(pairs) = &told.pairs {
        out.line("")?;
        out.heading(&harmless(&format!("pairs: {}", pairs.sentence)))?;
        gates(&pairs.lines, out)?;
    }
    let answers = Question::ALL.into_iter().filter_map(|question| {
        let answer = if told.answers.get(question)? { "yes" } else { "no" };
        Some(format!("{} {answer}", question.sentence()))
    });
    let answers: Vec<String> = answers.collect();
    if !answers.is_empty() {
        out.line("")?;
        out.line(format!("answered: {}", answers.join("; ")))?;
    }
    let open: Vec<&Line> = readiness.lines.iter().filter(|line| line.stops()).collect();
    if open.iter().all(|line| line.work.is_none()) {
        return Ok(());
    }
    out.line("")?;
    out.heading("what is left to do")?;
    for line in &open {
        let Some(work) = line.work else { continue };
        let next = readiness.next.is_some_and(|next| readiness.lines.get(next.line) == Some(*line));
        let first = if next { "  (the least work: begin here)" } else { "" };
        out.line(format!("  {}: {}{first}", line.measure.title(), work.told(&told.pace)))?;
    }
    let by =
        if told.is_pace_known { "by how long it took so far" } else { "by a guess: little was done yet" };
    out.line(format!("hours are reckoned {by}"))?;
    Ok(())
}

/// The lines that must be met, and those that stop nothing.
fn gates(lines: &[Line], out: &mut Out) -> Result<()> {
    let (gates, advice): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.is_gate);
    for (title, lines) in [("must be", gates), ("stops nothing", advice)] {
        if lines.is_empty() {
            continue;
        }
        out.line("")?;
        let columns = [Column::text(title), Column::text(""), Column::text("")];
        let row = |line: &&Line| {
            vec![line.outcome.told().to_owned(), line.measure.title().to_owned(), line.sentence.clone()]
        };
        out.table(&columns, &lines.iter().map(row).collect::<Vec<_>>())?;
    }
    Ok(())
}
