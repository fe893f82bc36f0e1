//! What one does to an example from a menu or with one key, on any screen that shows one: status,
//! tags, flags, note and split. Commands become menus or verbs; what is chosen becomes verbs.

use crate::dataset::{Counts, FacetCount, Selection, ValueCount, Verb};
use crate::example::{Example, Split, Status, Tag, Uuid};
use crate::text::count::thousands;
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared, Tone};

/// The word for no split.
const NO_SPLIT: &str = "none";

/// The example that a command is about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its number.
    pub id: i64,
    /// The example.
    pub example: &'a Example,
    /// The response that a flag goes on; the whole example where none. With what it is called on
    /// the screen.
    pub response: Option<(Uuid, usize)>,
}

fn perform(verb: Verb) -> Effect {
    Effect::Perform(Box::new(verb))
}

fn say(tone: Tone, sentence: impl Into<String>) -> Effect {
    Effect::Say(tone, sentence.into())
}

/// The effects of a command about an example; `None` where it is none of these.
pub fn command(command: Command, subject: Subject<'_>, shared: &Shared) -> Option<Vec<Effect>> {
    let on = Selection::One(subject.id);
    let example = subject.example;
    let set = |status| vec![perform(Verb::SetStatus { on: Selection::One(subject.id), status })];
    Some(match command {
        Command::ExampleApprove => set(Status::Approved),
        Command::ExampleDiscard => set(Status::Discarded),
        Command::ExamplePend => set(Status::Pending),
        Command::ExampleStatus => vec![Effect::Pick(statuses(example))],
        Command::ExampleSplit => vec![Effect::Pick(splits(example))],
        Command::ExampleTag if shared.counts.facets.is_empty() => {
            vec![say(Tone::Look, "there are no facets yet: `goldset facets` or a facets file makes them")]
        }
        Command::ExampleTag => vec![Effect::Pick(tags(example, &shared.counts))],
        Command::ExampleFlag => vec![Effect::Pick(flags(subject, shared))],
        Command::ExampleResolveFlags if example.flags.iter().all(|flag| flag.resolved) => {
            vec![say(Tone::Look, "no flag is open on this example")]
        }
        Command::ExampleResolveFlags => vec![perform(Verb::ResolveFlags { on, kind: None })],
        Command::ExampleNote => {
            let title = format!("Note on #{}", subject.id);
            vec![Effect::Enter(Prompting { title, text: example.note.clone(), purpose: Purpose::Note })]
        }
        _ => return None,
    })
}

/// The effects of what was chosen from a menu; `None` where the menu is another one's.
pub fn picked(
    purpose: &Purpose,
    values: &[String],
    subject: Subject<'_>,
    shared: &Shared,
) -> Option<Vec<Effect>> {
    let on = Selection::One(subject.id);
    let first = values.first().map(String::as_str);
    Some(match purpose {
        Purpose::Status => {
            let status = first.and_then(|word| word.parse().ok());
            status.map(|status| perform(Verb::SetStatus { on, status })).into_iter().collect()
        }
        Purpose::Split => {
            let split = first.map(|word| word.parse::<Split>().ok());
            split.map(|split| perform(Verb::SetSplit { on, split })).into_iter().collect()
        }
        Purpose::Tag => retag(subject, values, shared),
        Purpose::Flag => {
            let Some(kind) = first.filter(|kind| !kind.is_empty()) else { return Some(Vec::new()) };
            let title = format!("What is {kind}? (empty: nothing to add)");
            vec![Effect::Enter(Prompting {
                title,
                text: String::new(),
                purpose: Purpose::FlagNote(kind.to_owned()),
            })]
        }
        _ => return None,
    })
}

/// The effects of a line that was entered; `None` where the question was another one's.
pub fn entered(purpose: &Purpose, text: &str, subject: Subject<'_>) -> Option<Vec<Effect>> {
    Some(match purpose {
        Purpose::Note if text == subject.example.note => Vec::new(),
        Purpose::Note => vec![perform(Verb::Write {
            example: subject.id,
            prompt: None,
            responses: Vec::new(),
            note: Some(text.to_owned()),
            status: None,
        })],
        Purpose::FlagNote(kind) => vec![perform(Verb::RaiseFlag {
            on: Selection::One(subject.id),
            kind: kind.clone(),
            note: text.trim().to_owned(),
            response: subject.response.map(|(id, _)| id),
        })],
        _ => return None,
    })
}

fn item(value: impl Into<String>, detail: impl Into<String>, chosen: bool) -> PickerItem {
    PickerItem { value: value.into(), detail: detail.into(), chosen }
}

fn statuses(example: &Example) -> Picker {
    let about = |status| match status {
        Status::Pending => "nobody has worked on it",
        Status::Draft => "work has begun",
        Status::Submitted => "done, says its annotator",
        Status::Approved => "a reviewer agreed",
        Status::Discarded => "set aside, in no export",
    };
    let items =
        Status::ALL.iter().map(|&status| item(status.as_str(), about(status), status == example.status));
    Picker {
        title: "Status".to_owned(),
        items: items.collect(),
        several: false,
        open: false,
        purpose: Purpose::Status,
    }
}

fn splits(example: &Example) -> Picker {
    let about = |split| match split {
        Split::Train => "learned from",
        Split::Validation => "watched while training",
        Split::Test => "kept for the end",
    };
    let mut items: Vec<PickerItem> = Split::ALL
        .iter()
        .map(|&split| item(split.as_str(), about(split), example.split == Some(split)))
        .collect();
    items.push(item(NO_SPLIT, "not decided", example.split.is_none()));
    Picker { title: "Split".to_owned(), items, several: false, open: false, purpose: Purpose::Split }
}

/// `126 of 150`, or how many there are where no number is wanted.
pub fn against_target(value: &ValueCount) -> String {
    match value.target {
        Some(target) => format!("{} of {}", thousands(value.usable()), thousands(u64::from(target))),
        None => thousands(value.usable()),
    }
}

/// The value of a facet that most needs an example: the farthest from its target, or, where no
/// targets are set, the rarest. `None` where every target is reached.
pub fn emptiest(facet: &FacetCount) -> Option<&ValueCount> {
    let wanted =
        |value: &ValueCount| value.target.map(|target| u64::from(target).saturating_sub(value.usable()));
    if facet.values.iter().any(|value| value.target.is_some()) {
        let most = facet.values.iter().filter_map(wanted).max().filter(|&most| most > 0)?;
        facet.values.iter().filter(|value| wanted(value) == Some(most)).min_by_key(|value| value.usable())
    } else {
        facet.values.iter().min_by_key(|value| value.usable())
    }
}

fn tags(example: &Example, counts: &Counts) -> Picker {
    let mut items = Vec::new();
    for facet in &counts.facets {
        let next = emptiest(facet).map(|value| value.name.as_str());
        for value in &facet.values {
            let chosen = example.tags.iter().any(|tag| tag.facet == facet.name && tag.value == value.name);
            let mark = if next == Some(value.name.as_str()) { "  ◂ next" } else { "" };
            items.push(item(
                format!("{}:{}", facet.name, value.name),
                format!("{}{mark}", against_target(value)),
                chosen,
            ));
        }
    }
    Picker {
        title: "Tags".to_owned(),
        items,
        several: true,
        open: counts.facets.iter().any(|facet| facet.open),
        purpose: Purpose::Tag,
    }
}

fn flags(subject: Subject<'_>, shared: &Shared) -> Picker {
    let title = match subject.response {
        Some((_, label)) => format!("Flag response {label}"),
        None => "Flag the example".to_owned(),
    };
    let kinds = shared.definitions.flag_kinds.iter().map(|kind| item(&kind.name, &kind.about, false));
    Picker { title, items: kinds.collect(), several: false, open: false, purpose: Purpose::Flag }
}

/// The verbs that make the example's tags those: new ones put on (of a single-valued facet in the
/// place of the one before), others taken off.
fn retag(subject: Subject<'_>, values: &[String], shared: &Shared) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut wanted = Vec::new();
    for value in values {
        match value.split_once(':') {
            Some((facet, value)) if shared.counts.facets.iter().any(|known| known.name == facet.trim()) => {
                wanted.push(Tag::new(facet.trim(), value.trim()));
            }
            _ => effects.push(say(
                Tone::Look,
                format!("“{value}” is no tag: write facet:value, with a facet that there is"),
            )),
        }
    }
    let is_single =
        |facet: &str| shared.counts.facets.iter().any(|known| known.name == facet && !known.several);
    let before = &subject.example.tags;
    let on = || Selection::One(subject.id);
    let new: Vec<&Tag> = wanted.iter().filter(|tag| !before.contains(tag)).collect();
    for tag in before {
        let is_replaced = is_single(&tag.facet) && new.iter().any(|other| other.facet == tag.facet);
        if !wanted.contains(tag) && !is_replaced {
            effects.push(perform(Verb::RemoveTag { on: on(), tag: tag.clone() }));
        }
    }
    let mut taken: Vec<&str> = Vec::new();
    for tag in new {
        if is_single(&tag.facet) && taken.contains(&tag.facet.as_str()) {
            effects
                .push(say(Tone::Look, format!("{} takes one value; {} was left off", tag.facet, tag.value)));
            continue;
        }
        taken.push(&tag.facet);
        effects.push(perform(Verb::AddTag { on: on(), tag: tag.clone() }));
    }
    effects
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::example::{Kind, Prompt};

    fn shared() -> Shared {
        let value = |name: &str, target, n| ValueCount {
            name: name.to_owned(),
            target,
            by_status: vec![(Status::Submitted, n)],
        };
        let facet =
            |name: &str, several, values| FacetCount { name: name.to_owned(), several, open: false, values };
        let facets = vec![
            facet("intent", false, vec![value("refund", Some(150), 286), value("cancel", Some(150), 126)]),
            facet("topic", true, vec![value("tax", None, 3), value("debt", None, 1)]),
        ];
        Shared { counts: Counts { facets, ..Counts::default() }, ..Shared::default() }
    }

    fn example(tags: &[(&str, &str)]) -> Example {
        let tags = tags.iter().map(|(facet, value)| Tag::new(*facet, *value)).collect();
        Example { tags, ..Example::new(Kind::Sft, Prompt::user("hi")) }
    }

    fn verbs(example: &Example, values: &[&str]) -> Vec<String> {
        let values: Vec<String> = values.iter().map(|&value| value.to_owned()).collect();
        let subject = Subject { id: 7, example, response: None };
        let effects = picked(&Purpose::Tag, &values, subject, &shared()).unwrap();
        let told = effects.iter().map(|effect| match effect {
            Effect::Perform(verb) => match verb.as_ref() {
                Verb::AddTag { tag, .. } => format!("+{}:{}", tag.facet, tag.value),
                Verb::RemoveTag { tag, .. } => format!("-{}:{}", tag.facet, tag.value),
                other => other.name().to_owned(),
            },
            Effect::Say(_, sentence) => sentence.clone(),
            other => format!("{other:?}"),
        });
        told.collect()
    }

    #[test]
    fn the_menu_of_tags_shows_counts_and_what_is_needed_most() {
        let example = example(&[("intent", "refund")]);
        let subject = Subject { id: 7, example: &example, response: None };
        let effects = command(Command::ExampleTag, subject, &shared()).unwrap();
        let [Effect::Pick(picker)] = effects.as_slice() else { panic!("{effects:?}") };
        let lines: Vec<String> = picker
            .items
            .iter()
            .map(|item| format!("{}{} {}", if item.chosen { "x " } else { "" }, item.value, item.detail))
            .collect();
        assert_eq!(
            lines,
            [
                "x intent:refund 286 of 150",
                "intent:cancel 126 of 150  ◂ next",
                "topic:tax 3",
                "topic:debt 1  ◂ next"
            ]
        );
    }

    #[test]
    fn a_single_valued_facet_has_its_value_replaced_and_others_add() {
        let example = example(&[("intent", "refund"), ("topic", "tax")]);
        assert_eq!(verbs(&example, &["intent:refund", "intent:cancel", "topic:tax"]), ["+intent:cancel"]);
        assert_eq!(
            verbs(&example, &["intent:cancel", "topic:tax", "topic:debt"]),
            ["+intent:cancel", "+topic:debt"]
        );
        assert_eq!(verbs(&example, &["intent:refund"]), ["-topic:tax"]);
        assert_eq!(verbs(&example, &["intent:refund", "topic:tax"]), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_tag_is_told_and_nothing_else_is_lost() {
        let example = example(&[]);
        let told = verbs(&example, &["nonsense", "topic:tax"]);
        assert!(told[0].contains("is no tag") && told[1] == "+topic:tax", "{told:?}");
    }

    #[test]
    fn a_flag_asks_for_its_note_and_goes_on_the_response() {
        let example = example(&[]);
        let id = crate::example::new_id();
        let subject = Subject { id: 7, example: &example, response: Some((id, 2)) };
        let asked = picked(&Purpose::Flag, &["wrong".to_owned()], subject, &shared()).unwrap();
        assert!(
            matches!(&asked[..], [Effect::Enter(Prompting { purpose: Purpose::FlagNote(kind), .. })] if kind == "wrong")
        );
        let done = entered(&Purpose::FlagNote("wrong".to_owned()), " not so ", subject).unwrap();
        let [Effect::Perform(verb)] = &done[..] else { panic!("{done:?}") };
        assert!(
            matches!(verb.as_ref(), Verb::RaiseFlag { note, response, .. } if note == "not so" && *response == Some(id))
        );
    }
}
