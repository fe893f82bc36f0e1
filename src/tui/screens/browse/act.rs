//! What is done to the selected example, to the marked ones, or to all of the filter: each one verb,
//! and so one undo.

use crate::dataset::{ListRow, Selection, Verb};
use crate::example::{Split, Status, Tag};
use crate::text::count::{plural, thousands};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared, Tone};

/// The word for no split.
const NO_SPLIT: &str = "none";
/// Before a tag that is to be taken off.
const OFF: &str = "-";

/// What an action is for.
#[derive(Debug, Clone)]
pub struct Target {
    /// Which examples.
    pub on: Selection,
    /// How many.
    pub count: u64,
    /// The line of the one, where it is one and known.
    pub row: Option<ListRow>,
}

impl Target {
    /// `#12`, or `1,284 examples`.
    pub fn said(&self) -> String {
        self.on.single().map_or_else(|| plural(self.count, "example"), |id| format!("#{id}"))
    }
}

fn perform(verb: Verb) -> Vec<Effect> {
    vec![Effect::Perform(Box::new(verb))]
}

fn item(value: impl Into<String>, detail: impl Into<String>, chosen: bool) -> PickerItem {
    PickerItem { value: value.into(), detail: detail.into(), chosen }
}

/// The effects of a command; `None` where it is none of these.
pub fn command(command: Command, target: &Target, shared: &Shared) -> Option<Vec<Effect>> {
    let status = |status| perform(Verb::SetStatus { on: target.on.clone(), status });
    let menu = |what: &str, items, open, purpose| {
        let title = format!("{what} {}", target.said());
        vec![Effect::Pick(Picker { title, items, several: false, open, purpose })]
    };
    Some(match command {
        Command::ExampleSubmit => status(Status::Submitted),
        Command::ExampleApprove => status(Status::Approved),
        Command::ExampleDiscard => status(Status::Discarded),
        Command::ExamplePend => status(Status::Pending),
        Command::ExampleResolveFlags => perform(Verb::ResolveFlags { on: target.on.clone(), kind: None }),
        Command::ExampleStatus => {
            let now = target.row.as_ref().map(|row| row.status);
            let items = Status::ALL.iter().map(|&status| item(status.as_str(), "", now == Some(status)));
            menu("Status of", items.collect(), false, Purpose::Status)
        }
        Command::ExampleSplit => {
            let now = target.row.as_ref().map(|row| row.split);
            let mut items: Vec<_> =
                Split::ALL.iter().map(|&split| item(split.as_str(), "", now == Some(Some(split)))).collect();
            items.push(item(NO_SPLIT, "not decided", now == Some(None)));
            menu("Split of", items, false, Purpose::Split)
        }
        Command::ExampleTag if shared.counts.facets.is_empty() => {
            vec![Effect::Say(Tone::Look, "there are no facets yet: a facets file makes them".to_owned())]
        }
        Command::ExampleTag => {
            let open = shared.counts.facets.iter().any(|facet| facet.open);
            menu("Tag", tags(target, shared), open, Purpose::Tag)
        }
        Command::ExampleFlag => {
            let kinds = shared.definitions.flag_kinds.iter().map(|kind| item(&kind.name, &kind.about, false));
            menu("Flag", kinds.collect(), false, Purpose::Flag)
        }
        _ => return None,
    })
}

fn tags(target: &Target, shared: &Shared) -> Vec<PickerItem> {
    let has = |tag: &String| target.row.as_ref().is_some_and(|row| row.tags.contains(tag));
    let (mut on, mut off) = (Vec::new(), Vec::new());
    for facet in &shared.counts.facets {
        for value in &facet.values {
            let tag = format!("{}:{}", facet.name, value.name);
            let usable = thousands(value.usable());
            let detail = match value.target {
                Some(target) => format!("{usable} of {}", thousands(target.into())),
                None => usable,
            };
            let chosen = has(&tag);
            if value.all() > 0 && (target.row.is_none() || chosen) {
                off.push(item(format!("{OFF}{tag}"), "take it off", false));
            }
            on.push(item(tag, detail, chosen));
        }
    }
    on.extend(off);
    on
}

/// The effects of what was chosen from a menu.
pub fn picked(purpose: &Purpose, values: &[String], target: &Target, shared: &Shared) -> Vec<Effect> {
    let Some(value) = values.first() else { return Vec::new() };
    let on = target.on.clone();
    match purpose {
        Purpose::Status => {
            value.parse().map(|status| perform(Verb::SetStatus { on, status })).unwrap_or_default()
        }
        Purpose::Split => perform(Verb::SetSplit { on, split: value.parse().ok() }),
        Purpose::Tag => tagged(value, target, shared),
        Purpose::Flag => {
            let title = format!("Flag {}: what is {value}?", target.said());
            vec![Effect::Enter(Prompting {
                title,
                text: String::new(),
                purpose: Purpose::FlagNote(value.clone()),
            })]
        }
        _ => Vec::new(),
    }
}

fn tagged(typed: &str, target: &Target, shared: &Shared) -> Vec<Effect> {
    let (off, tag) = match typed.strip_prefix(OFF) {
        Some(tag) => (true, tag),
        None => (false, typed),
    };
    let known = tag.split_once(':').map(|(facet, value)| Tag::new(facet.trim(), value.trim()));
    let Some(tag) = known.filter(|tag| shared.counts.facets.iter().any(|facet| facet.name == tag.facet))
    else {
        let sentence = format!("“{typed}” is no tag: write facet:value, with a facet that there is");
        return vec![Effect::Say(Tone::Look, sentence)];
    };
    let on = target.on.clone();
    // A tag that is there is taken off by choosing it again.
    let is_there =
        target.row.as_ref().is_some_and(|row| row.tags.contains(&format!("{}:{}", tag.facet, tag.value)));
    perform(if off || is_there { Verb::RemoveTag { on, tag } } else { Verb::AddTag { on, tag } })
}

/// The effects of a line that was entered.
pub fn entered(purpose: Purpose, text: &str, target: &Target) -> Vec<Effect> {
    match (purpose, target.on.single()) {
        (Purpose::FlagNote(kind), _) => perform(Verb::RaiseFlag {
            on: target.on.clone(),
            kind,
            note: text.trim().to_owned(),
            response: None,
        }),
        (Purpose::Note, Some(example)) => perform(Verb::Write {
            example,
            prompt: None,
            responses: Vec::new(),
            note: Some(text.trim().to_owned()),
            status: None,
        }),
        _ => Vec::new(),
    }
}
