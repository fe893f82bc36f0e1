//! What menus promise.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::dataset::{Counts, FacetCount, ValueCount};
use crate::example::{Kind, Prompt};

fn shared() -> Shared {
    let value = |name: &str, target, n| ValueCount {
        name: name.to_owned(),
        target,
        share: None,
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
    let subject = Subject::one(7, example, None);
    let effects = picked(&Purpose::Tag, &values, &subject, &shared()).unwrap();
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
    let subject = Subject::one(7, &example, None);
    let effects = command(Command::ExampleTag, &subject, &shared()).unwrap();
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
            "topic:tax   3",
            "topic:debt   1  ◂ next"
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
fn where_one_is_no_tag_nothing_is_done_by_halves_and_the_menu_stays() {
    let subject = Subject::one(7, &example(&[]), None);
    let chosen = ["topic:tax", "nonsense"].map(str::to_owned);
    let effects = picked(&Purpose::Tag, &chosen, &subject, &shared()).unwrap();
    let [Effect::Refuse(says)] = &effects[..] else { panic!("{effects:?}") };
    assert!(says.contains("“nonsense” is no tag"), "{says}");
}

#[test]
fn a_flag_asks_for_its_note_and_goes_on_the_response() {
    let example = example(&[]);
    let id = crate::example::new_id();
    let subject = Subject::one(7, &example, Some((id, 2)));
    let asked = picked(&Purpose::Flag, &["wrong".to_owned()], &subject, &shared()).unwrap();
    assert!(
        matches!(&asked[..], [Effect::Enter(Prompting { purpose: Purpose::FlagNote(kind), .. })] if kind == "wrong")
    );
    let done = entered(&Purpose::FlagNote("wrong".to_owned()), " not so ", &subject).unwrap();
    let [Effect::Perform(verb)] = &done[..] else { panic!("{done:?}") };
    assert!(
        matches!(verb.as_ref(), Verb::RaiseFlag { note, response, .. } if note == "not so" && *response == Some(id))
    );
}

#[test]
fn of_several_examples_one_tag_is_put_on_or_taken_off() {
    let subject = Subject { on: Selection::These(vec![3, 5]), count: 2, known: None, response: None };
    let effects = command(Command::ExampleTag, &subject, &shared()).unwrap();
    let [Effect::Pick(picker)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((picker.title.as_str(), picker.several), ("Tags of 2 examples", false));
    assert!(picker.items.iter().any(|item| item.value == "-topic:tax" && item.group == "take off"));
    let done = |spelt: &str| picked(&Purpose::Tag, &[spelt.to_owned()], &subject, &shared()).unwrap();
    let (on, off) = (done("topic:tax"), done("-topic:tax"));
    assert!(matches!(&on[..], [Effect::Perform(verb)] if matches!(**verb, Verb::AddTag { .. })));
    assert!(matches!(&off[..], [Effect::Perform(verb)] if matches!(**verb, Verb::RemoveTag { .. })));
    assert!(matches!(&done("nonsense")[..], [Effect::Refuse(..)]));
    let note = command(Command::ExampleNote, &subject, &shared()).unwrap();
    assert!(matches!(&note[..], [Effect::Say(..)]), "a note is for one");
}
