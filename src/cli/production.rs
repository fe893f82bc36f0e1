//! `goldset facets --as-in-production`: the shares of a facet's values, as a file of real use has them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::Path;

use serde_json::json;

use super::doing::Doing;
use super::failure::{Ending, Failure, Result};
use super::input;
use super::out::{Column, Out};
use crate::dataset::{Dataset, Error, FacetChange, Verb, as_in_production};
use crate::example::{Facet, Share, Target};
use crate::text::count::plural;

/// Values that a dry run shows.
const SHOWN: usize = 20;

/// A value with the share that it gets, and what was wanted of it.
struct Row {
    value: String,
    share: Share,
    was: Option<Target>,
}

/// Sets the shares that a file has, `intent=FILE`, or says which that would be.
pub(super) fn run(
    dataset: &mut Dataset,
    text: &str,
    add: bool,
    doing: Doing,
    out: &mut Out,
) -> Result<Ending> {
    let (name, path) =
        text.split_once('=').ok_or_else(|| Failure::Said(format!("“{text}” should be FACET=FILE")))?;
    let facets = dataset.reader()?.definitions()?.facets;
    let facet = facets.iter().find(|there| there.name == name.trim());
    let facet = facet.ok_or_else(|| Error::NoFacet(name.trim().to_owned()))?;
    let (name, text) = input::text(Path::new(path.trim()))?;
    let change = as_in_production(facet, &name, &text, add).map_err(Error::from)?;
    let (rows, counted) = match &change {
        FacetChange::AsInProduction { shares, records, silent, .. } => {
            (rows(facet, shares), json!({"records": records, "silent": silent}))
        }
        _ => (Vec::new(), json!({})),
    };
    let done = doing.done(dataset, &Verb::ChangeFacets(change))?;
    let shares = rows.iter().map(|Row { value, share, was }| {
        json!({"value": value, "share": share, "was": was.map(|was| was.to_string())})
    });
    let mut besides = json!({"facet": facet.name, "shares": shares.collect::<Vec<_>>()});
    if let (Some(besides), Some(counted)) = (besides.as_object_mut(), counted.as_object()) {
        besides.extend(counted.clone());
    }
    if doing.dry_run && !doing.json {
        show(&rows, out)?;
    }
    doing.tell(&done, besides, out)?;
    Ok(Ending::Done)
}

/// The values of the file and of the facet, the largest share first.
fn rows(facet: &Facet, shares: &[(String, Share)]) -> Vec<Row> {
    let mut was: HashMap<&str, Option<Target>> =
        facet.values.iter().map(|value| (value.name.as_str(), value.target)).collect();
    let real = shares.iter().map(|(value, share)| Row {
        value: value.clone(),
        share: *share,
        was: was.remove(value.as_str()).flatten(),
    });
    let mut rows: Vec<Row> = real.collect();
    let never = facet.values.iter().filter(|value| was.contains_key(value.name.as_str()));
    rows.extend(never.map(|value| Row { value: value.name.clone(), share: Share::NONE, was: value.target }));
    rows.sort_by_key(|row| Reverse(row.share));
    rows
}

fn show(rows: &[Row], out: &mut Out) -> Result<()> {
    let columns = [Column::text("value"), Column::number("share"), Column::number("wanted now")];
    let cells = |Row { value, share, was }: &Row| {
        let was = was.map_or_else(|| "–".to_owned(), |was| was.to_string());
        vec![value.clone(), share.to_string(), was]
    };
    out.table(&columns, &rows.iter().take(SHOWN).map(cells).collect::<Vec<_>>())?;
    if let Some(more) = rows.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        out.line(format!("and {}; --json shows all", plural(more as u64, "more value")))?;
    }
    out.line("")?;
    Ok(())
}
