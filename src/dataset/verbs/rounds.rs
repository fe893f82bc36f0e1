//! Keeping rounds and taking them away; and making what is to be written for what fails in one.

use rusqlite::Connection;

use super::super::{Done, Error, Result, Siblings, count_examples};
use super::{require, writing};
use crate::example::{Example, Kind, Prompt, Round, Tested};
use crate::store;
use crate::text::count::plural;

/// The most examples that are made for a round at once: more than anybody writes, and a slip of the finger less.
const MOST_QUEUED: u64 = 10_000;

pub(super) fn keep(connection: &Connection, round: &Round) -> Result<Done> {
    let name = round.name.trim();
    if name.is_empty() {
        return Err(Error::Round("it has no name".to_owned()));
    }
    if store::is_round(connection, name)? {
        return Err(Error::RoundThere(name.to_owned()));
    }
    if round.results.is_empty() {
        return Err(Error::Round("it has no results".to_owned()));
    }
    for result in &round.results {
        if let Tested::Example(example) = result.about {
            require(connection, example)?;
        }
    }
    store::insert_round(connection, &Round { name: name.to_owned(), ..round.clone() })?;
    let n = round.results.len() as u64;
    let failed = round.results.iter().filter(|result| !result.passed).count();
    Ok(said(format!("kept the round “{name}”: {}, {failed} failed", plural(n, "test"))))
}

pub(super) fn remove(connection: &Connection, name: &str) -> Result<Done> {
    if !store::remove_round(connection, name)? {
        return Err(Error::NoRound(name.to_owned()));
    }
    Ok(said(format!("took the round “{name}” away")))
}

fn said(sentence: String) -> Done {
    Done { action: None, sentence, examples: 0, example: None }
}

pub(super) fn queue(connection: &Connection, round: &str, wanted: &[Siblings]) -> Result<Done> {
    if !store::is_round(connection, round)? {
        return Err(Error::NoRound(round.to_owned()));
    }
    let n: u64 = wanted.iter().map(|siblings| u64::from(siblings.n)).sum();
    if n > MOST_QUEUED {
        return Err(Error::Round(format!(
            "{n} examples are too many to queue at once; {MOST_QUEUED} are the most"
        )));
    }
    for siblings in wanted {
        let note = note(round, siblings);
        for _ in 0..siblings.n {
            let mut example = Example::new(Kind::Sft, Prompt::user(""));
            example.tags.clone_from(&siblings.tags);
            example.note.clone_from(&note);
            writing::create(connection, &example)?;
        }
    }
    let sentence = if n == 0 {
        format!(
            "queued nothing: no slice of the round “{round}” that examples can be written for fails more than the rest"
        )
    } else {
        let parts: Vec<String> =
            wanted.iter().filter(|s| s.n > 0).map(|s| format!("{} {}", s.n, s.name())).collect();
        format!("queued {} to write for the round “{round}”: {}", count_examples(n), parts.join(", "))
    };
    Ok(Done { action: None, sentence, examples: n, example: None })
}

/// What stands on an example that is to be written: why, from where, and what it must not be.
fn note(round: &str, siblings: &Siblings) -> String {
    format!(
        "To write for the round “{round}”: {}. A sibling of what failed, in words of your own: what was asked in a \
         test stays in the test. The nearest examples show what is usual.",
        siblings.why
    )
}
