//! What is promised of what stands beside the text: asked one question at a time, told at its place.

use super::tests::{answered, shown};
use super::*;
use crate::curation::tokens::{Counted, Standing};
use crate::dataset::{Selection, Verb};
use crate::example::{Status, Tag};
use crate::text::difference::Difference;
use crate::tui::beside::{Beside, Length, Nearest, Neighbour, Remark, Suggested, Work};
use crate::tui::effect::{Answer, Place};
use crate::tui::screens::fixtures::{Driven, id};

/// The question that was asked of the companion since this was last looked at.
fn question(driven: &mut Driven<Write>) -> (Generation, Work) {
    driven.beside.take().expect("nothing was asked of the companion")
}

fn tell(driven: &mut Driven<Write>, generation: Generation, parts: Vec<Beside>) {
    for part in parts.into_iter().chain([Beside::All]) {
        driven.give(Input::Answer(Answer::Beside(generation, part)));
    }
}

fn remark(sentence: &str, range: std::ops::Range<usize>) -> Remark {
    Remark {
        field: format!("response/{}", id(101)),
        sentence: sentence.to_owned(),
        place: Some((1, range.start + 1)),
        range: Some(range),
        is_wrong: true,
    }
}

fn neighbour(id: i64) -> Neighbour {
    Neighbour {
        id,
        percent: 83,
        question: "please stop my subscription".to_owned(),
        answer: "{\"intent\": \"pause\"}".to_owned(),
        status: Status::Approved,
        tags: vec!["intent:pause".to_owned()],
        relation: Some(("intent: cancel here, pause there".to_owned(), true)),
        question_differs: Difference::of("please stop my subscription", "hi, please stop my subscription"),
        answer_differs: Some(Difference::of("{\"intent\": \"pause\"}", "{\"intent\": \"cancel\"}")),
    }
}

#[test]
fn however_fast_one_types_one_question_is_under_way_and_the_last_one_is_asked() {
    let mut driven = shown(&answered(1), &[]);
    let (first, work) = question(&mut driven);
    assert_eq!((work.id, work.names.len()), (Some(412), 1));
    driven.press(Command::WriteEdit).type_text("a").type_text("b").type_text("c");
    assert!(driven.beside.is_none(), "the first one is not answered yet");
    tell(&mut driven, first, Vec::new());
    let (second, work) = question(&mut driven);
    assert!(work.example.responses[0].text().ends_with("}abc"));
    tell(&mut driven, second, Vec::new());
    assert!(driven.beside.is_none(), "nothing changed since");
}

#[test]
fn what_breaks_the_contract_is_told_and_gone_to() {
    let mut driven = shown(&answered(1), &[]);
    let (generation, _) = question(&mut driven);
    tell(&mut driven, generation, vec![Beside::Remarks(vec![remark("intent: no such value", 11..19)])]);
    let picture = driven.picture(140, 24);
    assert!(picture.contains("intent: no such value") && picture.contains("line 1, col 12"), "{picture}");
    assert!(driven.underlined(140, 24).contains(&"\"cancel\"".to_owned()));
    driven.press(Command::WriteNextRemark);
    assert_eq!(driven.screen.context(), Context::Editor);
    driven.type_text("→");
    driven.press(Command::EditorDone);
    let verbs = driven.verbs();
    let [Verb::Write { responses, .. }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(responses[0].messages[0].text(), "{\"intent\": →\"cancel\"}");
}

#[test]
fn the_limit_shows_before_it_is_passed() {
    let mut driven = shown(&answered(1), &[]);
    let length = |conversation, standing| Length {
        counted: Counted { prompt: 61, responses: vec![conversation - 61], conversation, exact: true },
        limit: Some(1_000),
        standing,
        source: "o200k_base".to_owned(),
        problem: None,
    };
    let (generation, _) = question(&mut driven);
    tell(&mut driven, generation, vec![Beside::Counted(length(950, Standing::Near))]);
    let picture = driven.picture(140, 24);
    assert!(picture.contains("61 + 889 = 950 of 1,000") && picture.contains("near the limit"), "{picture}");
    assert!(driven.picture(80, 24).contains("950 of 1,000 tokens"));
}

#[test]
fn the_nearest_examples_are_looked_at_and_gone_to() {
    let mut driven = shown(&answered(1), &[]);
    driven.press(Command::WriteNearest);
    assert_eq!(driven.said(), ["the nearest examples are being looked for"]);
    let (generation, _) = question(&mut driven);
    let nearest = Nearest { near: vec![neighbour(97), neighbour(301)], sketched: 900, of: 1_284 };
    tell(&mut driven, generation, vec![Beside::Near(nearest)]);
    insta::assert_snapshot!("nearest_beside", driven.picture(140, 24));
    driven.press(Command::WriteNearest).press(Command::MoveDown);
    assert_eq!(driven.screen.context(), Context::Near);
    insta::assert_snapshot!("nearest_80x24", driven.picture(80, 24));
    driven.press(Command::ExampleOpen);
    assert!(driven.take().iter().any(|effect| matches!(effect, Effect::Go(Place::Write(Some(301))))));
    driven.press(Command::WriteNearest);
    assert!(driven.screen.back(&driven.shared).is_some(), "esc closes the list");
    assert_eq!(driven.screen.context(), Context::Write);
}

#[test]
fn suggested_tags_of_untagged_facets_are_taken_with_one_key() {
    let mut example = answered(1);
    example.tags = vec![Tag::new("tone", "warm")];
    let mut driven = shown(&example, &[]);
    let (generation, _) = question(&mut driven);
    let suggest = |facet: &str, value: &str| Suggested {
        tag: Tag::new(facet, value),
        percent: 97,
        because: vec!["stop".to_owned()],
    };
    tell(
        &mut driven,
        generation,
        vec![Beside::Suggested(vec![suggest("intent", "cancel"), suggest("tone", "cold")])],
    );
    assert!(driven.picture(140, 24).contains("cancel?  y takes"));
    driven.press(Command::WriteTakeTags);
    let verbs = driven.verbs();
    let [Verb::AddTag { on: Selection::One(412), tag }] = &verbs[..] else { panic!("{verbs:?}") };
    assert_eq!(*tag, Tag::new("intent", "cancel"));
    driven.press(Command::WriteTakeTags);
    assert_eq!(driven.said(), ["no tag is suggested for what is untagged here"]);
}

#[test]
fn in_what_a_rewriting_differs_is_shown_while_one_types() {
    let mut driven = shown(&answered(1), &[]);
    let (generation, _) = question(&mut driven);
    tell(&mut driven, generation, Vec::new());
    driven.press(Command::WriteRewrite);
    let (generation, _) = question(&mut driven);
    tell(&mut driven, generation, Vec::new());
    driven.type_text(" ");
    let (generation, work) = question(&mut driven);
    assert_eq!(work.names, [format!("response/{}", id(101)), format!("rewrite/{}", id(101))]);
    let (before, after) = work.rewriting.expect("it is being rewritten");
    tell(&mut driven, generation, vec![Beside::Differs(Difference::of(&before, &after))]);
    assert!(driven.picture(140, 24).contains("WHAT YOU CHANGED"));
}
