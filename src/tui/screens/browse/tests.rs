//! What the list promises, by keys.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use crate::dataset::{Selection, Verb};
use crate::example::{Status, Tag};
use crate::tui::harness::Harness;

fn browse(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::sample(cells, rows);
    harness.keys("b");
    harness
}

#[test]
fn the_list_is_shown_with_a_preview_where_there_is_room() {
    insta::assert_snapshot!("browse_80x24", browse(80, 24).screen());
    insta::assert_snapshot!("browse_160x50", browse(160, 50).screen());
    insta::assert_snapshot!("browse_preview_80x24", browse(80, 24).keys("v j").screen());
}

#[test]
fn a_filter_is_typed_completed_and_counts_as_one_types() {
    let mut harness = browse(80, 24);
    harness.keys("/").type_text("stat").keys("tab").type_text("sub").keys("tab");
    harness.wait(100);
    insta::assert_snapshot!("filter_typed", harness.screen());
    assert!(harness.keys("enter").screen().contains("/ status:submitted"));
    assert!(harness.screen().contains("3 examples"), "{}", harness.screen());
    let mut harness = browse(80, 24);
    harness.keys("/").type_text("intent:refnd");
    insta::assert_snapshot!("filter_wrong", harness.screen());
    assert!(harness.keys("esc").screen().contains("all 8 examples"));
}

#[test]
fn a_filter_that_is_given_up_leaves_the_selection_as_it_was() {
    let mut harness = browse(80, 24);
    harness.keys("j j /").type_text("status:submitted").wait(100);
    assert!(harness.screen().contains("3 examples"), "{}", harness.screen());
    assert!(harness.keys("esc").screen().contains("3 of 8"), "{}", harness.screen());
}

#[test]
fn marks_and_actions_are_one_undo() {
    let mut harness = browse(100, 30);
    harness.keys("space space a");
    let approved = |harness: &Harness| {
        harness.reader().counts().unwrap().count(|count| count.status == Status::Approved)
    };
    assert_eq!(approved(&harness), 3 - 1);
    harness.keys("u");
    assert_eq!(approved(&harness), 1);
    harness.keys("- I");
    assert!(harness.screen().contains("8 marked"), "{}", harness.screen());
    harness.keys("x u");
    assert_eq!(approved(&harness), 1);
}

#[test]
fn one_command_acts_on_all_that_the_filter_finds() {
    let mut harness = browse(100, 30);
    harness.keys("/").type_text("intent:refund").keys("enter %");
    assert!(harness.screen().contains("the next command is for all 3 examples"));
    harness.keys("t").type_text("topic:billing").keys("enter");
    let found = |harness: &Harness, filter: &str| {
        let reader = harness.reader();
        reader.count(&reader.filter(filter).unwrap()).unwrap()
    };
    assert_eq!(found(&harness, "topic:billing"), 3);
    harness.keys("t").type_text("topic:billing").keys("tab enter");
    assert_eq!(found(&harness, "topic:billing"), 2, "after it, one acts on the selected one again");
    harness.keys("u u");
    assert_eq!(found(&harness, "topic:billing"), 0);
}

#[test]
fn a_flag_asks_for_its_kind_and_what_is_meant() {
    let mut harness = browse(80, 24);
    harness.keys("j f").type_text("wron");
    insta::assert_snapshot!("flag_menu", harness.screen());
    harness.keys("enter").type_text("it was once").keys("enter");
    let flags = harness.reader().example(2).unwrap().unwrap().flags;
    assert_eq!((flags[0].kind.as_str(), flags[0].note.as_str()), ("wrong", "it was once"));
    harness.keys("N").type_text("ask Bo").keys("enter");
    assert_eq!(harness.reader().example(2).unwrap().unwrap().note, "ask Bo");
}

#[test]
fn what_leaves_the_filter_leaves_the_list_and_the_next_one_is_selected() {
    let mut harness = browse(80, 24);
    harness.keys("/").type_text("status:submitted").keys("enter j a");
    let screen = harness.screen();
    assert!(screen.contains("2 of 2") && screen.contains(" ▸   7"), "{screen}");
}

#[test]
fn the_words_of_the_filter_are_marked_in_the_preview() {
    let mut harness = browse(160, 40);
    harness.keys("/").type_text("money").keys("enter");
    assert!(harness.screen().contains("I want my money\n"), "{}", harness.screen());
}

#[test]
fn what_others_change_is_seen() {
    let mut harness = browse(160, 50);
    harness.elsewhere(
        "bo",
        &crate::dataset::Verb::AddTag {
            on: crate::dataset::Selection::One(1),
            tag: Tag::new("topic", "delivery"),
        },
    );
    assert!(harness.look().screen().contains("topic:delivery"), "{}", harness.screen());
}

#[test]
fn a_long_list_asks_only_for_what_is_in_sight() {
    let mut harness = Harness::with(
        |dataset| {
            for n in 0..300 {
                let mut text = String::new();
                let _ = write!(text, "question {n}");
                let example = crate::example::Example::new(
                    crate::example::Kind::Sft,
                    crate::example::Prompt::user(text),
                );
                dataset.perform(&crate::dataset::Verb::Create(Box::new(example))).unwrap();
            }
        },
        80,
        24,
    );
    harness.keys("b");
    assert!(harness.screen().contains("question 0 "), "{}", harness.screen());
    assert!(harness.keys("G").screen().contains("question 299"));
    assert!(harness.keys("g g").screen().contains("question 0 "));
    assert!(harness.keys("page-down").screen().contains("of 300"));
    assert!(harness.wheel(5, 10, true).screen().contains("of 300"));
}

#[test]
fn turns_before_the_last_question_are_folded_until_one_scrolls_past_the_end() {
    use crate::example::{Example, Kind, Message, Prompt, Role};
    let mut harness = Harness::with(
        |dataset| {
            let lines: Vec<String> = (1..=9).map(|n| format!("rule {n}")).collect();
            let messages =
                vec![Message::new(Role::System, lines.join("\n")), Message::new(Role::User, "And now?")];
            let prompt = Prompt { messages, tools: Vec::new() };
            let example = Example::new(Kind::Sft, prompt);
            dataset.perform(&crate::dataset::Verb::Create(Box::new(example))).unwrap();
        },
        160,
        40,
    );
    let folded = harness.keys("b").screen();
    assert!(folded.contains("rule 2") && !folded.contains("rule 3"), "{folded}");
    assert!(folded.contains("… 7 more lines") && folded.contains("And now?"), "{folded}");
    assert!(harness.keys("/").type_text("rule").keys("enter").screen().contains("with what is searched for"));
    assert!(harness.keys("right").screen().contains("rule 9"));
}

#[test]
fn tags_are_chosen_facet_by_facet() {
    let mut harness = browse(80, 24);
    insta::assert_snapshot!("tag_menu", harness.keys("t").screen());
    // What is typed finds a tag, marking it empties the line for the next one.
    harness.type_text("refu").keys("tab").type_text("lang de").keys("tab enter");
    let tags = harness.reader().example(1).unwrap().unwrap().tags;
    let tags: Vec<String> = tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect();
    assert_eq!(tags, ["intent:refund", "language:de"]);
}

/// The list that one follows: its filter and its numbers.
fn trail(harness: &Harness) -> Option<(String, Vec<i64>)> {
    let trail = harness.shell.shared().trail.as_ref()?;
    Some((trail.filter.clone(), trail.ids.to_vec()))
}

#[test]
fn what_is_opened_from_a_list_is_followed_through_it() {
    let mut harness = browse(80, 24);
    harness.keys("enter");
    assert_eq!(trail(&harness), None, "nobody chose the list");
    harness.keys("g h b j enter");
    assert_eq!(trail(&harness), Some((String::new(), (1..=8).collect())));
    harness.keys("g h b /").type_text("status:submitted").keys("enter enter");
    assert_eq!(trail(&harness), Some(("status:submitted".to_owned(), vec![1, 6, 7])));
    harness.keys("g h");
    assert_eq!(trail(&harness), None);
    let (on, kind, note) = (Selection::One(6), "wrong".to_owned(), String::new());
    harness.elsewhere("ben", &Verb::RaiseFlag { on, kind, note, response: None });
    harness.look();
    harness.keys("down down down enter enter");
    assert_eq!(trail(&harness), Some(("flag:*".to_owned(), vec![6])), "so from Home’s “Flags”");
}

#[test]
fn a_list_that_is_followed_is_shared_and_not_copied() {
    let mut harness = browse(80, 24);
    harness.keys("j enter");
    let first = harness.shell.shared().trail.clone().unwrap();
    harness.keys("g b enter");
    let second = harness.shell.shared().trail.clone().unwrap();
    assert!(std::sync::Arc::ptr_eq(&first.ids, &second.ids));
}

#[test]
fn marks_that_the_filter_hides_are_let_be() {
    let status = |harness: &Harness, id| harness.reader().example(id).unwrap().unwrap().status;
    let mut harness = browse(100, 30);
    // 1 is submitted, 2 approved.
    harness.keys("space space /").type_text("status:submitted").keys("enter");
    assert!(harness.screen().contains("2 marked, 1 not shown here"), "{}", harness.screen());
    harness.keys("x");
    assert_eq!((status(&harness, 1), status(&harness, 2)), (Status::Discarded, Status::Approved));
    assert!(harness.screen().contains("2 marked, 2 not shown here"), "the marks stay: {}", harness.screen());
    harness.keys("x");
    assert!(harness.screen().contains("all 2 marked ones are not shown here, so nothing was done"));
    assert_eq!(status(&harness, 6), Status::Submitted, "nor is the selected one taken for them");
    harness.keys("N");
    assert!(harness.screen().contains("all 2 marked ones are not shown here"), "{}", harness.screen());
    harness.keys("- x");
    assert_eq!(status(&harness, 6), Status::Discarded);
}

#[test]
fn another_term_is_added_to_a_filter_and_esc_goes_back_step_by_step() {
    let mut harness = browse(80, 24);
    harness.keys("/").type_text("status:submitted").keys("enter /").type_text("refund").wait(100);
    harness.keys("enter");
    assert!(harness.screen().contains("/ status:submitted refund"), "{}", harness.screen());
    assert!(harness.keys("% esc").screen().contains("/ status:submitted refund"), "act on all ends first");
    assert!(harness.keys("esc").screen().contains("all 8 examples"), "{}", harness.screen());
    assert!(harness.keys("esc").screen().contains("─ Home"), "{}", harness.screen());
}
