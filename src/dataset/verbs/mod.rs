//! How each verb changes rows, inside the transaction that its caller opened: a file for each kind of verb.

mod candidates;
mod cells;
mod definitions;
mod editing;
mod facet_names;
mod facets;
mod flags;
mod parting;
mod protocol;
mod ranking;
mod reopening;
mod restoring;
mod review;
mod rounds;
mod rules;
mod samples;
mod settings;
mod several;
mod splitting;
mod standing;
mod states;
mod tags;
mod targets;
mod texts;
mod writing;

pub(super) use targets::basis;

use rusqlite::Connection;

use super::{Done, Error, Result, Selection, Verb, count_examples};
use crate::example::{Details, Flag, Ranking, Split, Timestamp, Uuid, new_id};

pub(super) use definitions::{define, ensure_facet};
pub(super) use protocol::current as protocol_of;
pub(super) use reopening::{may_reopen, reopen, submit_again};
pub(super) use tags::resolve_tag;

/// Does what the verb says; the caller has begun its action.
pub(super) fn perform(connection: &Connection, annotator: &str, verb: &Verb) -> Result<Done> {
    match verb {
        Verb::Create(example) => writing::create(connection, example),
        Verb::Write { example, prompt, responses, note, status } => {
            let parts = writing::Written {
                prompt: prompt.as_ref(),
                responses,
                note: note.as_deref(),
                status: *status,
            };
            writing::write(connection, annotator, *example, &parts)
        }
        Verb::Edit { example, changes } => editing::edit(connection, annotator, *example, changes),
        Verb::AddResponse { example, response } => writing::add_response(connection, *example, response),
        Verb::RemoveResponse { example, response } => {
            writing::remove_response(connection, *example, *response)
        }
        Verb::Rewrite { example, origin, messages, submit } => {
            ranking::rewrite(connection, annotator, (*example, *origin), messages, *submit)
        }
        Verb::Rank { example, tiers, bad, presented, details, submit } => {
            let given = ranked(annotator, tiers, bad, presented, details);
            ranking::rank(connection, *example, &given, *submit)
        }
        Verb::Repeat { example, tiers, bad, presented, details } => {
            let given = ranked(annotator, tiers, bad, presented, details);
            ranking::repeat(connection, *example, &given)
        }
        Verb::SetStanding { example, annotator: whose, standing } => {
            standing::set(connection, annotator, *example, whose, *standing)
        }
        Verb::Review { example, decision } => review::review(connection, annotator, *example, decision),
        Verb::DrawSample { name, plan, from } => samples::draw(connection, annotator, name, *plan, from),
        Verb::DropSample(name) => samples::drop(connection, name),
        Verb::SetProtocol(protocol) => protocol::set(connection, protocol.as_deref()),
        Verb::WithdrawRanking { example } => ranking::withdraw(connection, annotator, *example),
        Verb::SetStatus { on, status } => states::set_status(connection, annotator, on, *status),
        Verb::SetKind { on, kind } => {
            states::set(connection, on, "kind", Some(kind.as_str()), &format!("made {{}} {kind}"))
        }
        Verb::SetSplit { on, split } => {
            let sentence = match split {
                Some(split) => format!("put {{}} into {split}"),
                None => "took {} out of the splits".to_owned(),
            };
            states::set(connection, on, "split", split.map(Split::as_str), &sentence)
        }
        Verb::Deal { plan, dealt } => splitting::deal(connection, plan, dealt),
        Verb::AddTag { on, tag } => tags::add(connection, on, tag),
        Verb::RemoveTag { on, tag } => tags::remove(connection, on, tag),
        Verb::RaiseFlag { on, kind, note, response } => {
            let flag = Flag {
                id: new_id(),
                kind: kind.clone(),
                note: note.clone(),
                response: *response,
                by: Some(annotator.to_owned()),
                resolved: false,
                at: Timestamp::now(),
            };
            flags::raise(connection, on, &flag)
        }
        Verb::ResolveFlags { on, kind } => flags::resolve(connection, on, kind.as_deref()),
        Verb::Define(definitions) => {
            define(connection, definitions)?;
            let mut sentence = "changed the facets".to_owned();
            for facet in &definitions.facets {
                sentence.push_str(&targets::more_than_all(connection, &facet.name)?);
            }
            Ok(Done { action: None, sentence, examples: 0, example: None })
        }
        Verb::ChangeFacets(change) => facets::change(connection, change),
        Verb::SetContract(contract) => settings::set_contract(connection, contract.as_deref()),
        Verb::SetModel(model) => settings::set_model(connection, model.as_ref()),
        Verb::SetThresholds(thresholds) => settings::set_thresholds(connection, thresholds.as_deref()),
        Verb::SetQueueOrder(order) => settings::set_queue_order(connection, *order),
        Verb::SetAnswers(answers) => settings::set_answers(connection, answers.as_deref()),
        Verb::SetWage(wage) => settings::set_wage(connection, wage.as_ref()),
        Verb::PutTemplate(template) => settings::put_template(connection, template),
        Verb::RemoveTemplate(name) => settings::remove_template(connection, name),
        Verb::PutRule { was, rule } => rules::put(connection, was.as_deref(), rule),
        Verb::PutRules(rules) => rules::put_all(connection, rules),
        Verb::RemoveRule(name) => rules::remove(connection, name),
        Verb::TakeProposed { on, rule } => rules::take(connection, on, rule.as_deref()),
        Verb::DeclineProposed { on, rule } => rules::decline(connection, on, rule.as_deref()),
        Verb::DeclineTags { example, tags } => rules::decline_tags(connection, *example, tags),
        Verb::KeepRound(round) => rounds::keep(connection, round),
        Verb::RemoveRound(name) => rounds::remove(connection, name),
        Verb::QueueSiblings { round, siblings } => rounds::queue(connection, round, siblings),
        Verb::AddCandidates { round, tags } => candidates::add(connection, round, tags),
        Verb::SetNote { on, note } => texts::set_note(connection, on, note),
        Verb::ReplaceTexts { changes, what } => texts::replace(connection, changes, what),
        Verb::Several(verbs) => several::perform(connection, annotator, verbs),
        Verb::Restore { example, action } => restoring::restore(connection, *example, *action),
        // Undo and redo walk the journal: `Dataset::perform` takes them before it comes here.
        Verb::Undo | Verb::Redo | Verb::UndoTo(_) => {
            Ok(Done { action: None, sentence: String::new(), examples: 0, example: None })
        }
    }
}

/// A ranking as it was given just now.
fn ranked(
    annotator: &str,
    tiers: &[Vec<Uuid>],
    bad: &[Uuid],
    presented: &[Uuid],
    details: &Details,
) -> Ranking {
    Ranking {
        bad: bad.to_vec(),
        presented: presented.to_vec(),
        details: details.clone(),
        ..Ranking::new(annotator, tiers.to_vec())
    }
}

fn about(example: i64, sentence: String) -> Done {
    Done { action: None, sentence, examples: 1, example: Some(example) }
}

fn require(connection: &Connection, example: i64) -> Result<()> {
    let there: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM example WHERE id = ?1)")?
        .query_row([example], |row| row.get(0))?;
    if there { Ok(()) } else { Err(Error::NoExample(format!("#{example}"))) }
}

/// `{}` in the sentence is the examples: `#12` or `12 examples`.
fn tell(on: &Selection, n: u64, sentence: &str) -> Done {
    let what = match on.single() {
        Some(id) => format!("#{id}"),
        None => count_examples(n),
    };
    Done { action: None, sentence: sentence.replace("{}", &what), examples: n, example: on.single() }
}

fn fill(connection: &Connection, on: &Selection) -> Result<u64> {
    let n = on.fill(connection)?;
    match on.single() {
        Some(id) if n == 0 => Err(Error::NoExample(format!("#{id}"))),
        _ => Ok(n),
    }
}
