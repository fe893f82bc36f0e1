//! What one does to examples from a menu or with one key, on any screen: status, tags, flags, note
//! and split, of one example, of the marked ones or of a whole filter. Commands become menus or
//! verbs; what is chosen becomes verbs.

mod required;
mod tags;

#[cfg(test)]
mod tests;

pub use required::lacking;

use crate::dataset::{ListRow, Selection, Verb};
use crate::example::{Example, Split, Status, Tag, Uuid};
use crate::text::count::plural;
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared};

/// The word for no split.
const NO_SPLIT: &str = "none";

/// What a command is about.
#[derive(Debug, Clone)]
pub struct Subject {
    /// Which examples.
    pub on: Selection,
    /// How many.
    pub count: u64,
    /// What is known of the one, where it is one.
    pub known: Option<Known>,
    /// The response that a flag goes on, with what it is called on the screen; the whole example
    /// where none.
    pub response: Option<(Uuid, usize)>,
}

/// What is known of an example.
#[derive(Debug, Clone)]
pub struct Known {
    status: Status,
    split: Option<Split>,
    tags: Vec<Tag>,
    open_flags: usize,
    /// Its note, where that was read.
    pub note: Option<String>,
}

impl From<&Example> for Known {
    fn from(example: &Example) -> Self {
        Self {
            status: example.status,
            split: example.split,
            tags: example.tags.clone(),
            open_flags: example.flags.iter().filter(|flag| !flag.resolved).count(),
            note: Some(example.note.clone()),
        }
    }
}

impl From<&ListRow> for Known {
    fn from(row: &ListRow) -> Self {
        let tags = row.tags.iter().filter_map(|tag| tag.split_once(':'));
        Self {
            status: row.status,
            split: row.split,
            tags: tags.map(|(facet, value)| Tag::new(facet, value)).collect(),
            open_flags: usize::try_from(row.flags).unwrap_or(usize::MAX),
            note: None,
        }
    }
}

impl Subject {
    /// One example.
    pub fn one(id: i64, example: &Example, response: Option<(Uuid, usize)>) -> Self {
        Self { on: Selection::One(id), count: 1, known: Some(example.into()), response }
    }

    /// `#12`, or `1,284 examples`.
    pub fn said(&self) -> String {
        self.on.single().map_or_else(|| plural(self.count, "example"), |id| format!("#{id}"))
    }

    fn flag(&self, kind: &str, note: &str) -> Effect {
        perform(Verb::RaiseFlag {
            on: self.on.clone(),
            kind: kind.to_owned(),
            note: note.trim().to_owned(),
            response: self.response.map(|(id, _)| id),
        })
    }

    fn set_status(&self, status: Status) -> Vec<Effect> {
        vec![perform(Verb::SetStatus { on: self.on.clone(), status })]
    }
}

fn perform(verb: Verb) -> Effect {
    Effect::Perform(Box::new(verb))
}

/// The effects of a command; `None` where it is none of these.
pub fn command(command: Command, subject: &Subject, shared: &Shared) -> Option<Vec<Effect>> {
    let known = subject.known.as_ref();
    Some(match command {
        Command::ExampleSubmit => subject.set_status(Status::Submitted),
        Command::ExampleApprove => subject.set_status(Status::Approved),
        Command::ExampleDiscard => subject.set_status(Status::Discarded),
        Command::ExamplePend => subject.set_status(Status::Pending),
        Command::ExampleStatus => vec![Effect::Pick(statuses(subject))],
        Command::ExampleSplit => vec![Effect::Pick(splits(subject))],
        Command::ExampleTag if shared.counts.facets.is_empty() => {
            vec![Effect::look("there are no facets yet: a facets file makes them")]
        }
        Command::ExampleTag => vec![Effect::Pick(tags::picker(subject, &shared.counts))],
        Command::TagTakeProposed => {
            vec![perform(Verb::TakeProposed { on: subject.on.clone(), rule: None })]
        }
        Command::TagDeclineProposed => {
            vec![perform(Verb::DeclineProposed { on: subject.on.clone(), rule: None })]
        }
        Command::ExampleFlag => vec![Effect::Pick(flags(subject, shared))],
        Command::ExampleResolveFlags if known.is_some_and(|known| known.open_flags == 0) => {
            vec![Effect::look("no flag is open on this example")]
        }
        Command::ExampleResolveFlags => {
            vec![perform(Verb::ResolveFlags { on: subject.on.clone(), kind: None })]
        }
        Command::ExampleNote if subject.on.single().is_none() => {
            vec![Effect::look("a note is for one example; take the marks away first")]
        }
        Command::ExampleNote => {
            let text = known.and_then(|known| known.note.clone()).unwrap_or_default();
            let title = format!("Note on {}", subject.said());
            vec![Effect::Enter(Prompting { title, text, purpose: Purpose::Note })]
        }
        _ => return None,
    })
}

/// The effects of what was chosen from a menu; `None` where the menu is another one's.
pub fn picked(
    purpose: &Purpose,
    values: &[String],
    subject: &Subject,
    shared: &Shared,
) -> Option<Vec<Effect>> {
    let first = values.first().map(String::as_str);
    Some(match purpose {
        Purpose::Status => {
            let status = first.and_then(|word| word.parse().ok());
            status.map(|status| subject.set_status(status)).unwrap_or_default()
        }
        Purpose::Split => {
            let split = first.map(|word| word.parse::<Split>().ok());
            let set = split.map(|split| perform(Verb::SetSplit { on: subject.on.clone(), split }));
            set.into_iter().collect()
        }
        Purpose::Tag => tags::picked(subject, values, shared),
        Purpose::FlagAtOnce => {
            let kind = first.filter(|kind| !kind.is_empty());
            kind.map(|kind| subject.flag(kind, "")).into_iter().collect()
        }
        Purpose::Flag => {
            let Some(kind) = first.filter(|kind| !kind.is_empty()) else { return Some(Vec::new()) };
            let which =
                subject.on.single().map_or_else(|| format!(" in {}", subject.said()), |_| String::new());
            vec![Effect::Enter(Prompting {
                title: format!("What is {kind}{which}? (empty: nothing to add)"),
                text: String::new(),
                purpose: Purpose::FlagNote(kind.to_owned()),
            })]
        }
        _ => return None,
    })
}

/// The effects of a line that was entered; `None` where the question was another one's.
pub fn entered(purpose: &Purpose, text: &str, subject: &Subject) -> Option<Vec<Effect>> {
    let is_same = |known: &Known| known.note.as_deref() == Some(text);
    Some(match (purpose, subject.on.single()) {
        (Purpose::Note, Some(_)) if subject.known.as_ref().is_some_and(is_same) => Vec::new(),
        (Purpose::Note, Some(example)) => vec![perform(Verb::Write {
            example,
            prompt: None,
            responses: Vec::new(),
            note: Some(text.trim().to_owned()),
            status: None,
        })],
        (Purpose::FlagNote(kind), _) => vec![subject.flag(kind, text)],
        _ => return None,
    })
}

fn item(value: impl Into<String>, detail: impl Into<String>, chosen: bool) -> PickerItem {
    PickerItem { group: String::new(), value: value.into(), detail: detail.into(), chosen }
}

/// A menu of which one item is chosen.
fn one_of(title: String, items: Vec<PickerItem>, purpose: Purpose) -> Picker {
    Picker { title, items, several: false, open: false, purpose }
}

fn statuses(subject: &Subject) -> Picker {
    let about = |status| match status {
        Status::Pending => "nobody has worked on it",
        Status::Draft => "work has begun",
        Status::Submitted => "done, says its annotator",
        Status::Approved => "a reviewer agreed",
        Status::Discarded => "set aside, in no export",
    };
    let now = subject.known.as_ref().map(|known| known.status);
    let items = Status::ALL.iter().map(|&status| item(status.as_str(), about(status), now == Some(status)));
    one_of(format!("Status of {}", subject.said()), items.collect(), Purpose::Status)
}

fn splits(subject: &Subject) -> Picker {
    let about = |split| match split {
        Split::Train => "learned from",
        Split::Validation => "watched while training",
        Split::Test => "kept for the end",
    };
    let now = subject.known.as_ref().map(|known| known.split);
    let mut items: Vec<PickerItem> = Split::ALL
        .iter()
        .map(|&split| item(split.as_str(), about(split), now == Some(Some(split))))
        .collect();
    items.push(item(NO_SPLIT, "not decided", now == Some(None)));
    one_of(format!("Split of {}", subject.said()), items, Purpose::Split)
}

fn flags(subject: &Subject, shared: &Shared) -> Picker {
    let title = match subject.response {
        Some((_, label)) => format!("Flag response {label}"),
        None if subject.on.single().is_some() => "Flag the example".to_owned(),
        None => format!("Flag {}", subject.said()),
    };
    let kinds = shared.definitions.flag_kinds.iter().map(|kind| item(&kind.name, &kind.about, false));
    one_of(title, kinds.collect(), Purpose::Flag)
}
