//! Where facets and values are named beside the examples: the contract, which may be for some values only,
//! the plan of the splits, and the filters of rules. All follow when something is called otherwise.

use rusqlite::Connection;

use super::super::reader::vocabulary;
use super::super::{Error, Result};
use crate::example::{Condition, Contract, SplitPlan, Tag};
use crate::query::{FacetWords, Filter, Vocabulary, parse};
use crate::store;

fn change_contract(connection: &Connection, change: impl Fn(&mut Contract)) -> Result<()> {
    let Some(before) = store::setting::<Contract>(connection)? else { return Ok(()) };
    let mut after = before.clone();
    change(&mut after);
    if after != before {
        store::put_setting(connection, Some(&after))?;
    }
    Ok(())
}

fn change_plan(connection: &Connection, change: impl Fn(&mut Vec<String>)) -> Result<()> {
    let Some(mut plan) = store::setting::<SplitPlan>(connection)? else { return Ok(()) };
    let before = plan.by.clone();
    change(&mut plan.by);
    if plan.by != before {
        store::put_setting(connection, Some(&plan))?;
    }
    Ok(())
}

/// The rules that have a filter, as the names of before are understood; one that can't be understood any
/// more stays as it is.
fn filters_of_rules(connection: &Connection, before: &Vocabulary) -> Result<Vec<(store::RuleRow, Filter)>> {
    let filter = |row: store::RuleRow| {
        let filter = parse(row.rule.condition.filter.as_deref()?, before).ok()?;
        Some((row, filter))
    };
    Ok(store::rules(connection)?.into_iter().filter_map(filter).collect())
}

fn change_rules(
    connection: &Connection,
    before: &Vocabulary,
    change: impl Fn(Filter) -> Filter,
) -> Result<()> {
    for (row, filter) in filters_of_rules(connection, before)? {
        let after = change(filter.clone());
        if after != filter {
            let condition = Condition { filter: Some(after.to_string()), ..row.rule.condition };
            store::set_condition(connection, row.id, &condition)?;
        }
    }
    Ok(())
}

/// A facet is called otherwise.
pub(super) fn rename_facet(connection: &Connection, from: &str, to: &str) -> Result<()> {
    change_contract(connection, |contract| {
        if let Some(values) = contract.only.remove(from) {
            contract.only.insert(to.to_owned(), values);
        }
    })?;
    let mut before = vocabulary(connection)?;
    // As it was called until now, beside its new name.
    let words = before.facets.iter().find(|facet| facet.name == to).cloned();
    before.facets.extend(words.map(|words| FacetWords { name: from.to_owned(), ..words }));
    change_rules(connection, &before, |filter| {
        let renamed = |facet: &str| if facet == from { to.to_owned() } else { facet.to_owned() };
        filter.renamed(&renamed, &|_, value| value.to_owned())
    })?;
    change_plan(connection, |by| {
        by.iter_mut().filter(|name| *name == from).for_each(|name| to.clone_into(name));
    })
}

/// Values of a facet are called otherwise, each by its name before and after; several may become one.
pub(super) fn rename_values(connection: &Connection, facet: &str, names: &[(String, String)]) -> Result<()> {
    let mut before = vocabulary(connection)?;
    if let Some(words) = before.facets.iter_mut().find(|words| words.name == facet) {
        words.values.extend(names.iter().map(|(from, _)| from.clone()));
    }
    change_rules(connection, &before, |filter| {
        let renamed = |of: &str, value: &str| {
            let to = names.iter().find(|(from, _)| of == facet && from == value).map(|(_, to)| to);
            to.map_or(value, String::as_str).to_owned()
        };
        filter.renamed(&str::to_owned, &renamed)
    })?;
    change_contract(connection, |contract| {
        let Some(values) = contract.only.get_mut(facet) else { return };
        for value in values.iter_mut() {
            if let Some((_, to)) = names.iter().find(|(from, _)| from == value) {
                value.clone_from(to);
            }
        }
        let mut seen = std::collections::HashSet::new();
        values.retain(|value| seen.insert(value.clone()));
    })
}

/// Examples of a value get new ones: where the contract is only for some values, and that is one of them, it is for
/// the new ones too, so that it asks of every example what it asked before.
pub(super) fn extend_contract(connection: &Connection, value: &Tag, made: &[&str]) -> Result<()> {
    change_contract(connection, |contract| {
        let Some(values) = contract.only.get_mut(&value.facet) else { return };
        if values.contains(&value.value) {
            values.extend(made.iter().map(|name| (*name).to_owned()));
        }
    })
}

/// That the contract is not only for that facet, or that value, and that no rule asks for it: without it, they
/// would be for other examples.
pub(super) fn check_unused(connection: &Connection, facet: &str, value: Option<&str>) -> Result<()> {
    let named = value.map_or_else(|| facet.to_owned(), |value| format!("{facet}:{value}"));
    for (row, filter) in filters_of_rules(connection, &vocabulary(connection)?)? {
        if filter.names_tag(facet, value) {
            return Err(Error::FacetChange(format!(
                "the filter of the rule {} asks for {named}: change the rule first",
                row.rule.name
            )));
        }
    }
    let Some(contract) = store::setting::<Contract>(connection)? else { return Ok(()) };
    let Some(values) = contract.only.get(facet) else { return Ok(()) };
    if value.is_none_or(|value| values.iter().any(|only| only == value)) {
        return Err(Error::FacetChange(format!(
            "the contract is only for what carries {named}: change the contract first"
        )));
    }
    Ok(())
}

/// A facet is gone.
pub(super) fn forget_facet(connection: &Connection, facet: &str) -> Result<()> {
    change_plan(connection, |by| by.retain(|name| name != facet))
}
