//! Tags: a menu facet by facet, with what each value still lacks; one example's tags become those
//! that are chosen, of several examples one tag is put on or taken off.

use super::{Subject, perform};
use crate::dataset::{Counts, FacetCount, ValueCount, Verb};
use crate::example::Tag;
use crate::text::count::thousands;
use crate::text::width::pad_left;
use crate::tui::effect::{Effect, Picker, PickerItem, Purpose, Shared};

/// Before a tag that is to be taken off.
const OFF: &str = "-";

/// `126 of 150`, or how many there are where no number is wanted; the first number in so many cells.
fn against_target(value: &ValueCount, cells: usize) -> String {
    let usable = pad_left(&thousands(value.usable()), cells);
    match value.target {
        Some(target) => format!("{usable} of {}", thousands(u64::from(target))),
        None => usable,
    }
}

/// The value of a facet that most needs an example: the farthest from its target, or, where no
/// targets are set, the rarest. `None` where every target is reached.
fn emptiest(facet: &FacetCount) -> Option<&ValueCount> {
    let wanted =
        |value: &ValueCount| value.target.map(|target| u64::from(target).saturating_sub(value.usable()));
    if facet.values.iter().any(|value| value.target.is_some()) {
        let most = facet.values.iter().filter_map(wanted).max().filter(|&most| most > 0)?;
        facet.values.iter().filter(|value| wanted(value) == Some(most)).min_by_key(|value| value.usable())
    } else {
        facet.values.iter().min_by_key(|value| value.usable())
    }
}

pub(super) fn picker(subject: &Subject, counts: &Counts) -> Picker {
    let has = |facet: &str, value: &str| {
        let is = |tag: &Tag| tag.facet == facet && tag.value == value;
        subject.known.as_ref().is_some_and(|known| known.tags.iter().any(is))
    };
    let all = counts.facets.iter().flat_map(|facet| &facet.values);
    let cells = all.map(|value| thousands(value.usable()).len()).max().unwrap_or(1);
    let (mut on, mut off) = (Vec::new(), Vec::new());
    for facet in &counts.facets {
        let next = emptiest(facet).map(|value| value.name.as_str());
        for value in &facet.values {
            let tag = format!("{}:{}", facet.name, value.name);
            let mark = if next == Some(value.name.as_str()) { "  ◂ next" } else { "" };
            if subject.known.is_none() && value.all() > 0 {
                off.push(PickerItem {
                    group: "take off".to_owned(),
                    value: format!("{OFF}{tag}"),
                    detail: String::new(),
                    chosen: false,
                });
            }
            on.push(PickerItem {
                group: facet.name.clone(),
                value: tag,
                detail: format!("{}{mark}", against_target(value, cells)),
                chosen: has(&facet.name, &value.name),
            });
        }
    }
    on.extend(off);
    Picker {
        title: format!("Tags of {}", subject.said()),
        items: on,
        several: subject.known.is_some(),
        open: counts.facets.iter().any(|facet| facet.open),
        purpose: Purpose::Tag,
    }
}

/// The tag that is spelt so, of a facet that there is.
fn parse(spelt: &str, shared: &Shared) -> Result<Tag, Effect> {
    let tag = spelt.split_once(':').map(|(facet, value)| Tag::new(facet.trim(), value.trim()));
    tag.filter(|tag| shared.counts.facets.iter().any(|facet| facet.name == tag.facet)).ok_or_else(|| {
        Effect::Refuse(format!("“{spelt}” is no tag: write facet:value, with a facet that there is"))
    })
}

pub(super) fn picked(subject: &Subject, values: &[String], shared: &Shared) -> Vec<Effect> {
    match &subject.known {
        Some(known) => retag(subject, &known.tags, values, shared),
        None => values.iter().map(|spelt| put_on_or_off(subject, spelt, shared)).collect(),
    }
}

/// Of several examples, or one of which nothing is known yet.
fn put_on_or_off(subject: &Subject, spelt: &str, shared: &Shared) -> Effect {
    let on = subject.on.clone();
    let (is_off, spelt) = spelt.strip_prefix(OFF).map_or((false, spelt), |tag| (true, tag));
    match parse(spelt, shared) {
        Ok(tag) if is_off => perform(Verb::RemoveTag { on, tag }),
        Ok(tag) => perform(Verb::AddTag { on, tag }),
        Err(says) => says,
    }
}

/// The verbs that make the example's tags those: new ones put on (of a single-valued facet in the
/// place of the one before), others taken off.
fn retag(subject: &Subject, before: &[Tag], values: &[String], shared: &Shared) -> Vec<Effect> {
    let mut effects = Vec::new();
    let wanted: Result<Vec<Tag>, Effect> = values.iter().map(|value| parse(value, shared)).collect();
    let wanted = match wanted {
        Ok(wanted) => wanted,
        // nothing is done by halves: the menu stays, to be mended
        Err(says) => return vec![says],
    };
    let is_single =
        |facet: &str| shared.counts.facets.iter().any(|known| known.name == facet && !known.several);
    let new: Vec<&Tag> = wanted.iter().filter(|tag| !before.contains(tag)).collect();
    for tag in before {
        let is_replaced = is_single(&tag.facet) && new.iter().any(|other| other.facet == tag.facet);
        if !wanted.contains(tag) && !is_replaced {
            effects.push(perform(Verb::RemoveTag { on: subject.on.clone(), tag: tag.clone() }));
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    for tag in new {
        if is_single(&tag.facet) && taken.contains(&tag.facet.as_str()) {
            effects.push(Effect::look(format!("{} takes one value; {} was left off", tag.facet, tag.value)));
            continue;
        }
        taken.push(&tag.facet);
        effects.push(perform(Verb::AddTag { on: subject.on.clone(), tag: tag.clone() }));
    }
    effects
}
