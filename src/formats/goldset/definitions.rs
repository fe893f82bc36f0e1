//! The first record of a Goldset file: facets and what is wanted of them, kinds of flags, the contract,
//! the model, the protocol, the thresholds, templates and rules.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::VERSION;
use super::path::At;
use crate::example::{CellTarget, CellWish, Facet, FacetValue, FlagKind, Share, Tag, Target, Template};
use crate::formats::{Definitions, Misfit};

pub(super) fn read(record: Value) -> Result<Definitions, Misfit> {
    let mut record = At::of(record, String::new())?;
    match record.fields.take("goldset") {
        Some(version) if version.as_u64() == Some(VERSION) => {}
        Some(version) if version.as_u64().is_some_and(|version| version > VERSION) => {
            return Err(Misfit::new("goldset", format!("is {version}: a newer Goldset wrote this file")));
        }
        Some(other) => return Err(Misfit::new("goldset", format!("is {other}; it should be {VERSION}"))),
        None => return Err(Misfit::new("goldset", "is missing")),
    }
    let facets = record.list("facets")?.into_iter().enumerate();
    let facets = facets
        .map(|(index, facet)| read_facet(facet, format!("facets[{index}]")))
        .collect::<Result<_, _>>()?;
    let cells = record.list("cells")?.into_iter().enumerate();
    let cells =
        cells.map(|(index, cell)| read_cell(cell, format!("cells[{index}]"))).collect::<Result<_, _>>()?;
    let kinds = record.list("flag_kinds")?.into_iter().enumerate();
    let flag_kinds = kinds
        .map(|(index, kind)| read_kind(kind, format!("flag_kinds[{index}]")))
        .collect::<Result<_, _>>()?;
    let templates = record.object("templates")?.into_iter().map(|(name, page)| match page {
        Value::String(page) => Ok(Template { name, page }),
        other => Err(Misfit::wrong_type(format!("templates.{name}"), &other, "text")),
    });
    let templates = templates.collect::<Result<_, _>>()?;
    let contract = setting(record.fields.take("contract"), "contract")?;
    let model = setting(record.fields.take("model"), "model")?;
    let protocol = setting(record.fields.take("protocol"), "protocol")?;
    let goal = setting(record.fields.take("goal"), "goal")?;
    let thresholds = setting(record.fields.take("thresholds"), "thresholds")?;
    let rules = record.list("rules")?.into_iter().enumerate();
    let rules = rules
        .map(|(index, rule)| {
            serde_json::from_value(rule)
                .map_err(|error| Misfit::new(format!("rules[{index}]"), format!("is wrong: {error}")))
        })
        .collect::<Result<_, _>>()?;
    Ok(Definitions {
        facets,
        cells,
        flag_kinds,
        contract,
        model,
        protocol,
        goal,
        thresholds,
        templates,
        rules,
    })
}

fn setting<T: DeserializeOwned>(value: Option<Value>, field: &str) -> Result<Option<T>, Misfit> {
    let read = |value| {
        serde_json::from_value(value).map_err(|error| Misfit::new(field, format!("is wrong: {error}")))
    };
    value.map(read).transpose()
}

fn read_facet(facet: Value, path: String) -> Result<Facet, Misfit> {
    let mut facet = At::of(named(facet), path)?;
    let values = facet.list("values")?.into_iter().enumerate();
    let values = values
        .map(|(index, value)| read_value(value, facet.path(&format!("values[{index}]"))))
        .collect::<Result<_, _>>()?;
    Ok(Facet {
        id: facet.id()?.0,
        name: facet.needed_text("name")?,
        several: facet.truth("several")?,
        open: facet.truth("open")?,
        required: facet.truth("required")?,
        values,
    })
}

fn read_value(value: Value, path: String) -> Result<FacetValue, Misfit> {
    let mut value = At::of(named(value), path)?;
    let count = value.fields.take("target").map(|number| count(&number, value.path("target"))).transpose()?;
    let path = value.path("share");
    let share: Option<Share> = match value.text("share")? {
        None => None,
        Some(text) => Some(text.parse().map_err(|error| Misfit::new(&path, format!("is wrong: {error}")))?),
    };
    if count.is_some() && share.is_some() {
        return Err(Misfit::new(path, "stands beside a target: a value has one of them"));
    }
    let target = share.map(Target::Share).or(count.map(Target::Count));
    Ok(FacetValue { id: value.id()?.0, name: value.needed_text("name")?, target })
}

fn read_cell(cell: Value, path: String) -> Result<CellTarget, Misfit> {
    let mut cell = At::of(cell, path)?;
    let path = cell.path("target");
    let target = cell.fields.take("target").map(|number| count(&number, path.clone())).transpose()?;
    let wish = match (target, cell.truth("never")?) {
        (Some(target), false) => CellWish::from_number(target),
        (None, true) => CellWish::Never,
        (Some(_), true) => return Err(Misfit::new(path, "stands beside never: a cell has one of them")),
        (None, false) => return Err(Misfit::new(path, "is missing, and never is not true")),
    };
    let path = cell.path("of");
    let mut tags = cell.object("of")?.into_iter().map(|(facet, value)| match value {
        Value::String(value) => Ok(Tag::new(facet, value)),
        other => Err(Misfit::wrong_type(format!("{path}.{facet}"), &other, "text")),
    });
    let cell = match (tags.next().transpose()?, tags.next().transpose()?, tags.next()) {
        (Some(one), Some(other), None) => CellTarget::new(one, other, wish),
        _ => None,
    };
    cell.ok_or_else(|| Misfit::new(&path, "should name a value of each of two facets"))
}

fn count(number: &Value, path: String) -> Result<u32, Misfit> {
    let count = number.as_u64().and_then(|number| u32::try_from(number).ok());
    count.ok_or_else(|| Misfit::new(path, format!("is {number}, not a whole number from 0")))
}

fn read_kind(kind: Value, path: String) -> Result<FlagKind, Misfit> {
    let mut kind = At::of(named(kind), path)?;
    Ok(FlagKind { name: kind.needed_text("name")?, about: kind.text("about")?.unwrap_or_default() })
}

/// A bare text stands for an object that has only a name.
fn named(value: Value) -> Value {
    if value.is_string() { json!({"name": value}) } else { value }
}

fn cell(cell: &CellTarget) -> Value {
    let of: Map<String, Value> = cell.of().iter().map(|tag| (tag.facet.clone(), json!(tag.value))).collect();
    match cell.wish {
        CellWish::Never => json!({"of": of, "never": true}),
        CellWish::Count(count) => json!({"of": of, "target": count}),
    }
}

pub(super) fn write(definitions: &Definitions) -> Value {
    let value = |value: &FacetValue| {
        let mut map = Map::new();
        map.insert("id".to_owned(), json!(value.id.to_string()));
        map.insert("name".to_owned(), json!(value.name));
        match value.target {
            Some(Target::Count(count)) => {
                map.insert("target".to_owned(), json!(count));
            }
            Some(Target::Share(share)) => {
                map.insert("share".to_owned(), json!(share));
            }
            None => {}
        }
        Value::Object(map)
    };
    let facet = |facet: &Facet| {
        json!({
            "id": facet.id.to_string(),
            "name": facet.name,
            "several": facet.several,
            "open": facet.open,
            "required": facet.required,
            "values": facet.values.iter().map(value).collect::<Vec<_>>(),
        })
    };
    let kind = |kind: &FlagKind| json!({"name": kind.name, "about": kind.about});
    let mut header = json!({
        "goldset": VERSION,
        "facets": definitions.facets.iter().map(facet).collect::<Vec<_>>(),
        "flag_kinds": definitions.flag_kinds.iter().map(kind).collect::<Vec<_>>(),
    });
    if !definitions.cells.is_empty() {
        header["cells"] = definitions.cells.iter().map(cell).collect();
    }
    if let Some(contract) = &definitions.contract {
        header["contract"] = json!(contract);
    }
    if let Some(model) = &definitions.model {
        header["model"] = json!(model);
    }
    if let Some(protocol) = &definitions.protocol {
        header["protocol"] = json!(protocol);
    }
    if let Some(goal) = &definitions.goal {
        header["goal"] = json!(goal);
    }
    if let Some(thresholds) = &definitions.thresholds {
        header["thresholds"] = json!(thresholds);
    }
    if !definitions.templates.is_empty() {
        let pages =
            definitions.templates.iter().map(|template| (template.name.clone(), json!(template.page)));
        header["templates"] = Value::Object(pages.collect());
    }
    if !definitions.rules.is_empty() {
        header["rules"] = json!(definitions.rules);
    }
    header
}
