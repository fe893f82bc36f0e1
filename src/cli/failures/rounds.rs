//! Rounds that are kept: listed, kept, taken away; and what is made of one.

use serde_json::json;

use super::results::Results;
use super::{Args, Failing};
use crate::cli::doing::Doing;
use crate::cli::failure::{Ending, Result};
use crate::cli::out::{Column, Out};
use crate::cli::session::{self, Session};
use crate::curation::proportion::Share;
use crate::dataset::{Done, KeptRound, Verb};
use crate::example::{Round, TestResult, Timestamp, new_id};
use crate::text::count::thousands;
use crate::text::percent;

/// How many of its tests were passed.
#[allow(clippy::cast_precision_loss)] // counts stay far below 2^52
fn passed(round: &KeptRound) -> Share {
    Share { x: round.passed as f64, n: round.tests as f64 }
}

pub(super) fn list(args: &Args, out: &mut Out) -> Result<Ending> {
    let rounds = session::reader(args.dataset())?.rounds()?;
    if args.json {
        let round = |round: &KeptRound| {
            let share = passed(round);
            json!({
                "name": round.name, "model": round.model, "source": round.source, "at": round.at.to_string(),
                "tests": round.tests, "passed": round.passed, "rate": share.share(),
                "interval": share.interval().map(|interval| [interval.low, interval.high]),
            })
        };
        out.json(&json!({"rounds": rounds.iter().map(round).collect::<Vec<_>>()}))?;
        return Ok(Ending::Done);
    }
    if rounds.is_empty() {
        let name = args.dataset().display();
        out.line("no round is kept yet")?;
        out.line(crate::text::harmless::harmless(&format!(
            "`goldset failures {name} RESULTS.jsonl --round NAME` keeps one"
        )))?;
        return Ok(Ending::Done);
    }
    let columns = [
        Column::text("round"),
        Column::number("passed"),
        Column::number(""),
        Column::number("95 %"),
        Column::text("model"),
        Column::text("kept"),
        Column::text("from"),
    ];
    let row = |round: &KeptRound| {
        let share = passed(round);
        let interval = share
            .interval()
            .map(|interval| format!("{}–{}", percent::near(interval.low), percent::near(interval.high)));
        vec![
            round.name.clone(),
            share.share().map(percent::near).unwrap_or_default(),
            format!("{} of {}", thousands(round.passed), thousands(round.tests)),
            interval.unwrap_or_default(),
            round.model.clone().unwrap_or_default(),
            round.at.local_minute(),
            round.source.clone(),
        ]
    };
    out.table(&columns, &rounds.iter().map(row).collect::<Vec<_>>())?;
    Ok(Ending::Done)
}

pub(super) fn remove(args: &Args, name: &str, session: &Session, out: &mut Out) -> Result<Ending> {
    let mut dataset = session.dataset(args.dataset())?;
    Doing { dry_run: false, json: args.json }.perform(&mut dataset, &Verb::RemoveRound(name.to_owned()), out)
}

/// Keeps what was read as a round.
pub(super) fn keep(
    args: &Args,
    name: &str,
    read: &Results,
    results: Vec<TestResult>,
    session: &Session,
) -> Result<Done> {
    let round = Round {
        id: new_id(),
        name: name.to_owned(),
        model: args.model.clone().or_else(|| read.model.clone()),
        source: read.source.clone(),
        at: Timestamp::now(),
        results,
    };
    Ok(session.dataset(args.dataset())?.perform(&Verb::KeepRound(Box::new(round)))?)
}

/// Makes what was asked for of a round that is kept.
pub(super) fn follow_up(args: &Args, name: &str, failing: &Failing, session: &Session) -> Result<Vec<Done>> {
    let mut verbs = Vec::new();
    if let Some(budget) = args.queue {
        verbs.push(Verb::QueueSiblings { round: name.to_owned(), siblings: failing.siblings(budget) });
    }
    if args.candidates {
        verbs.push(Verb::AddCandidates { round: name.to_owned(), tags: args.of.clone() });
    }
    if verbs.is_empty() {
        return Ok(Vec::new());
    }
    let mut dataset = session.dataset(args.dataset())?;
    verbs.iter().map(|verb| Ok(dataset.perform(verb)?)).collect()
}
