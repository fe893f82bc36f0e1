//! Where facets and values are named beside the examples: the contract, which may be for some values only,
//! and the plan of the splits. Both follow when something is called otherwise.

use rusqlite::Connection;

use super::super::{Error, Result};
use crate::example::{Contract, SplitPlan};
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

/// A facet is called otherwise.
pub(super) fn rename_facet(connection: &Connection, from: &str, to: &str) -> Result<()> {
    change_contract(connection, |contract| {
        if let Some(values) = contract.only.remove(from) {
            contract.only.insert(to.to_owned(), values);
        }
    })?;
    change_plan(connection, |by| {
        by.iter_mut().filter(|name| *name == from).for_each(|name| to.clone_into(name));
    })
}

/// Values of a facet are called otherwise, each by its name before and after; several may become one.
pub(super) fn rename_values(connection: &Connection, facet: &str, names: &[(String, String)]) -> Result<()> {
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

/// That the contract is not only for that facet, or that value: without it, it would be for other examples.
pub(super) fn check_unused(connection: &Connection, facet: &str, value: Option<&str>) -> Result<()> {
    let Some(contract) = store::setting::<Contract>(connection)? else { return Ok(()) };
    let Some(values) = contract.only.get(facet) else { return Ok(()) };
    if value.is_none_or(|value| values.iter().any(|only| only == value)) {
        let named = value.map_or_else(|| facet.to_owned(), |value| format!("{facet}:{value}"));
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
