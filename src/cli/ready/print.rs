//! The page that tells what a dataset is ready for.

use crate::cli::failure::Result;
use crate::cli::gauges;
use crate::cli::out::{Column, Out};
use crate::curation::readiness::{Line, Question, Readiness, WorkKind};
use crate::dataset::Assessment;
use crate::text::harmless::harmless;

pub(super) fn print(name: &str, told: &Assessment, out: &mut Out) -> Result<()> {
    let readiness = &told.readiness;
    out.headline(&harmless(&format!("{name}: {}", readiness.sentence)))?;
    gauges::print(&told.gauges, out)?;
    gates(&readiness.lines, out)?;
    if let Some(pairs) = &told.pairs {
        out.line("")?;
        out.headline(&harmless(&format!("pairs: {}", pairs.sentence)))?;
        gates(&pairs.lines, out)?;
    }
    let answers = Question::ALL.into_iter().filter_map(|question| {
        let answer = if told.answers.get(question)? { "yes" } else { "no" };
        Some(format!("{} {answer}", question.sentence()))
    });
    let answers: Vec<String> = answers.collect();
    if !answers.is_empty() {
        out.line("")?;
        out.sentence(format!("answered: {}", answers.join("; ")))?;
    }
    if readiness.to_do().next().is_none() {
        return Ok(());
    }
    out.line("")?;
    out.heading("what is left to do")?;
    for (line, work, is_next) in readiness.to_do() {
        let first = if is_next { "  (the least work: begin here)" } else { "" };
        out.sentence(format!("  {}: {}{first}", line.measure.title(), line.work_told(work, &told.pace)))?;
    }
    if to_write(readiness) > 1 {
        out.sentence(
            "one example may count for several of these gates; all targets, reached wholly: `goldset pace`",
        )?;
    }
    out.sentence(format!("hours are reckoned {}", told.pace_told()))?;
    Ok(())
}

/// How many gates ask for examples to be written.
fn to_write(readiness: &Readiness) -> usize {
    readiness.to_do().filter(|(_, work, _)| work.kind == WorkKind::Write).count()
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
        out.table_of_sentences(&columns, &lines.iter().map(row).collect::<Vec<_>>())?;
    }
    Ok(())
}
