//! Setting what holds for the whole dataset: the contract, the model, templates.

use rusqlite::Connection;

use super::super::{Done, Result};
use crate::curation::contract::Judge;
use crate::curation::pace::{Money, Wage};
use crate::curation::readiness::{Answers, Thresholds};
use crate::example::{Contract, Model, QueueOrder, Template};
use crate::store;

fn said(sentence: String) -> Done {
    Done { action: None, sentence, examples: 0, example: None }
}

pub(super) fn set_contract(connection: &Connection, contract: Option<&Contract>) -> Result<Done> {
    contract.map(Judge::new).transpose()?;
    store::put_setting(connection, contract)?;
    Ok(said(if contract.is_some() { "set the contract" } else { "took the contract away" }.to_owned()))
}

pub(super) fn set_model(connection: &Connection, model: Option<&Model>) -> Result<Done> {
    store::put_setting(connection, model)?;
    Ok(said(match model {
        Some(model) => format!("set the model to {}", model.name),
        None => "took the model away".to_owned(),
    }))
}

pub(super) fn set_thresholds(connection: &Connection, thresholds: Option<&Thresholds>) -> Result<Done> {
    thresholds.map(Thresholds::check).transpose()?;
    store::put_setting(connection, thresholds)?;
    Ok(said(match thresholds {
        Some(_) => "set from where on it is ready".to_owned(),
        None => "from where on it is ready is as usual".to_owned(),
    }))
}

pub(super) fn set_queue_order(connection: &Connection, order: QueueOrder) -> Result<Done> {
    // The usual order is that of a dataset in which nobody ever set one.
    store::put_setting(connection, Some(&order).filter(|order| **order != QueueOrder::default()))?;
    Ok(said(format!("set the order of the queues: {}", order.told())))
}

pub(super) fn set_answers(connection: &Connection, answers: Option<&Answers>) -> Result<Done> {
    answers.map(Answers::check).transpose()?;
    // what an hour costs is one setting, whoever asks for it
    let before: Option<Wage> = store::setting(connection)?;
    let hourly = answers
        .and_then(|answers| answers.wage)
        .and_then(|wage| Money::try_from(wage).ok())
        .map(Wage::PerHour);
    let wage = hourly.or(before.filter(|wage| matches!(wage, Wage::PerExample(_))));
    store::put_setting(connection, wage.as_ref())?;
    let rest = answers.map(|answers| Answers { wage: None, ..*answers });
    store::put_setting(connection, rest.as_ref().filter(|rest| **rest != Answers::default()))?;
    Ok(said(match answers {
        Some(_) => "kept what was answered".to_owned(),
        None => "took back what was answered".to_owned(),
    }))
}

pub(super) fn set_wage(connection: &Connection, wage: Option<&Wage>) -> Result<Done> {
    store::put_setting(connection, wage)?;
    Ok(said(match wage {
        Some(wage) => format!("work costs {wage}"),
        None => "it is not said any more what work costs".to_owned(),
    }))
}

pub(super) fn put_template(connection: &Connection, template: &Template) -> Result<Done> {
    store::put_template(connection, template)?;
    Ok(said(format!("kept the template “{}”", template.name)))
}

pub(super) fn remove_template(connection: &Connection, name: &str) -> Result<Done> {
    store::remove_template(connection, name)?;
    Ok(said(format!("took the template “{name}” away")))
}
