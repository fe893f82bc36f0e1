//! The first record of a Goldset file: facets, kinds of flags, the contract, the model, the protocol and templates.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::VERSION;
use super::path::At;
use crate::example::{Facet, FacetValue, FlagKind, Template};
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
    Ok(Definitions { facets, flag_kinds, contract, model, protocol, templates })
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
    let target = match value.fields.take("target") {
        None => None,
        Some(number) => match number.as_u64().and_then(|number| u32::try_from(number).ok()) {
            Some(target) => Some(target),
            None => {
                return Err(Misfit::new(
                    value.path("target"),
                    format!("is {number}, not a whole number from 0"),
                ));
            }
        },
    };
    Ok(FacetValue { id: value.id()?.0, name: value.needed_text("name")?, target })
}

fn read_kind(kind: Value, path: String) -> Result<FlagKind, Misfit> {
    let mut kind = At::of(named(kind), path)?;
    Ok(FlagKind { name: kind.needed_text("name")?, about: kind.text("about")?.unwrap_or_default() })
}

/// A bare text stands for an object that has only a name.
fn named(value: Value) -> Value {
    if value.is_string() { json!({"name": value}) } else { value }
}

pub(super) fn write(definitions: &Definitions) -> Value {
    let value = |value: &FacetValue| {
        let mut map = Map::new();
        map.insert("id".to_owned(), json!(value.id.to_string()));
        map.insert("name".to_owned(), json!(value.name));
        if let Some(target) = value.target {
            map.insert("target".to_owned(), json!(target));
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
    if let Some(contract) = &definitions.contract {
        header["contract"] = json!(contract);
    }
    if let Some(model) = &definitions.model {
        header["model"] = json!(model);
    }
    if let Some(protocol) = &definitions.protocol {
        header["protocol"] = json!(protocol);
    }
    if !definitions.templates.is_empty() {
        let pages =
            definitions.templates.iter().map(|template| (template.name.clone(), json!(template.page)));
        header["templates"] = Value::Object(pages.collect());
    }
    header
}
