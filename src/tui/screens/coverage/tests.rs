//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Selection, Verb, parse_facets_file};
use crate::example::{Example, Kind, Prompt, Response, Status, Tag};
use crate::tui::harness::{HOSTILE, Harness};

pub(super) const FACETS: &str = r#"
[[facet]]
name = "intent"
values = [{ name = "refund", target = 8 }, { name = "cancel", target = 4 }, "other"]
[[facet]]
name = "language"
values = [{ name = "en", target = 6 }, { name = "de", target = 2 }]
[[facet]]
name = "tone"
open = true
"#;

/// Refunds in English mostly; one cancellation, in German, which is only a draft.
fn lopsided(dataset: &mut Dataset) {
    dataset.perform(&Verb::Define(parse_facets_file("f", FACETS).unwrap())).unwrap();
    for n in 0..6 {
        let (intent, language) = if n < 5 { ("refund", "en") } else { ("cancel", "de") };
        let mut example = Example::new(Kind::Sft, Prompt::user(format!("Question {n}?")));
        example.responses = vec![Response::new(None, "Yes.")];
        example.status = if n < 5 { Status::Approved } else { Status::Draft };
        example.tags = vec![Tag::new("intent", intent), Tag::new("language", language)];
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

fn board(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(lopsided, cells, rows);
    harness.keys("g c");
    // the facets of every session come before those of this one
    for (key, facet) in [("r", "intent"), ("c", "language")] {
        harness.keys(key).type_text(facet).keys("enter");
    }
    harness
}

pub(super) fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

#[test]
fn the_picture() {
    for (cells, rows) in [(80, 24), (120, 36), (200, 60)] {
        insta::assert_snapshot!(format!("coverage_{cells}x{rows}"), board(cells, rows).screen());
    }
}

/// Fourteen kinds of questions in three languages.
fn many(dataset: &mut Dataset) {
    let values: Vec<String> = (1..=14).map(|n| format!("\"delivery-status-{n}\"")).collect();
    let facets = format!(
        "[[facet]]\nname = \"reason\"\nvalues = [{}]\n[[facet]]\nname = \"language\"\nvalues = [\"en\", \"de\", \"fr\"]",
        values.join(", ")
    );
    dataset.perform(&Verb::Define(parse_facets_file("f", &facets).unwrap())).unwrap();
}

#[test]
fn what_is_out_of_sight_is_counted_and_the_cell_one_is_at_is_told_in_full() {
    let mut harness = Harness::with(many, 80, 24);
    harness.keys("g c");
    for (key, facet) in [("r", "language"), ("c", "reason")] {
        harness.keys(key).type_text(facet).keys("enter");
    }
    has(&mut harness, "delivery  delivery  delivery");
    has(&mut harness, "→ 8 more");
    has(&mut harness, "en × delivery-status-1: 0 usable of 1 wanted, 1 missing");
    harness.keys("right right right right right right right down");
    has(&mut harness, "de × delivery-status-8");
    has(&mut harness, "←2 →6");
    // and down the side
    harness.keys("x");
    has(&mut harness, "↓ ");
    has(&mut harness, " more rows");
    harness.keys("end");
}

#[test]
fn a_change_is_in_the_table_at_once() {
    let mut harness = board(120, 36);
    let before = harness.screen();
    assert!(before.contains("5/6"), "{before}");
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(6), status: Status::Approved });
    harness.look();
    has(&mut harness, "1/1");
}

#[test]
fn enter_lists_the_examples_of_a_cell_and_n_writes_one_there() {
    let mut harness = board(120, 36);
    harness.keys("enter");
    has(&mut harness, "intent:refund");
    has(&mut harness, "5 examples");
    // the first leaves the filter
    harness.keys("esc");
    has(&mut harness, "Coverage  intent × language");
    harness.keys("down right n");
    has(&mut harness, "cancel");
    has(&mut harness, "de");
}

#[test]
fn the_largest_gap_is_one_key_away() {
    let mut harness = board(120, 36);
    harness.keys("G");
    harness.keys("n");
    has(&mut harness, "lost card");
    has(&mut harness, "en");
}

#[test]
fn targets_and_values_are_changed_here_and_undone() {
    let mut harness = board(120, 36);
    // the value down the side, in the column for all
    harness.keys("right right right t ctrl-u").type_text("20").keys("enter");
    has(&mut harness, "5/20");
    harness.keys("u");
    has(&mut harness, "5/8");
    harness.keys("t ctrl-u").type_text("25%").keys("enter");
    has(&mut harness, "5/1 ");
    harness.keys("t ctrl-u").type_text("many").keys("enter");
    has(&mut harness, "should be a number of examples");
    // and all of it, below; on a wide screen it is told
    harness.keys("esc end down down down down t").type_text("400").keys("enter");
    has(&mut harness, "5/100");
    harness.keys("u u home");
    has(&mut harness, "5/8");
    harness.keys("R ctrl-u").type_text("money back").keys("enter");
    has(&mut harness, "money back");
    let example = harness.reader().example(1).unwrap().unwrap();
    assert_eq!(example.tags[0].value, "money back");
    harness.keys("m").type_text("cancel").keys("enter");
    let example = harness.reader().example(1).unwrap().unwrap();
    assert_eq!(example.tags[0].value, "cancel");
    harness.keys("a").type_text(HOSTILE.lines().next().unwrap_or("x").trim()).keys("enter");
    assert!(!harness.screen().chars().any(|c| c.is_control() && c != '\n'));
}

#[test]
fn a_cell_has_a_target_of_its_own_or_can_not_be_and_then_nobody_is_sent_there() {
    let mut harness = board(120, 36);
    harness.keys("t").type_text("40").keys("enter");
    has(&mut harness, "5/40");
    harness.keys("down t").type_text("never").keys("enter");
    has(&mut harness, "never");
    has(&mut harness, "are never together now");
    harness.keys("n");
    has(&mut harness, "so none is written");
    has(&mut harness, "Coverage  intent × language");
    let cards = harness.screen();
    assert!(!cards.contains("× cancel × en"), "{cards}");
    harness.keys("t ctrl-u enter");
    assert!(!harness.screen().contains(" never "), "{}", harness.screen());
    harness.keys("u u u");
    has(&mut harness, "5/6");
}

#[test]
fn the_shares_of_a_facet_are_taken_from_a_file_of_real_frequencies() {
    let mut harness = board(120, 36);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("real.csv");
    std::fs::write(&file, "value,count\nrefund,1\ncancel,3\n").unwrap();
    harness.keys("right right right t ctrl-u").type_text(&file.to_string_lossy()).keys("enter");
    let targets = |harness: &Harness| -> Vec<Option<String>> {
        let facets = harness.reader().definitions().unwrap().facets;
        let facet = facets.into_iter().find(|facet| facet.name == "intent").unwrap();
        facet.values.into_iter().map(|value| value.target.map(|target| target.to_string())).collect()
    };
    let shares = targets(&harness);
    let share = |share: &str| Some(share.to_owned());
    assert!(shares.contains(&share("25%")) && shares.contains(&share("75%")), "{shares:?}");
    assert!(shares.contains(&share("0%")), "what is never there is wanted not at all: {shares:?}");
    harness.keys("u");
    has(&mut harness, "5/8");
    harness.keys("t ctrl-u").type_text("./nothing.csv").keys("enter");
    has(&mut harness, "nothing.csv");
    std::fs::write(&file, "value,count\nrefund,1\nhorse,3\n").unwrap();
    harness.keys("t ctrl-u").type_text(&file.to_string_lossy()).keys("enter");
    assert_eq!(targets(&harness).iter().flatten().filter(|target| target.contains('%')).count(), 0);
}

#[test]
fn what_is_read_off_examples_is_crossed_too_and_is_not_set() {
    let mut harness = board(120, 36);
    harness.keys("c").type_text("turns").keys("enter");
    has(&mut harness, "Coverage  intent × turns");
    harness.keys("t");
    has(&mut harness, "of intent:refund");
    harness.keys("esc r").type_text("response_tokens").keys("enter");
    has(&mut harness, "Coverage  response_tokens × turns");
    for key in ["t", "R", "m", "P", "a"] {
        harness.keys(key);
        has(&mut harness, "so its values can't be set or changed");
    }
    harness.keys("n");
    has(&mut harness, "there is no tag that a new one could get");
    harness.keys("enter");
    has(&mut harness, "response_tokens:1..15");
    has(&mut harness, "turns:1");
    harness.keys("esc r").type_text("intent").keys("enter");
    has(&mut harness, "Coverage  intent × turns");
    // only the tag that can be set goes into a new example
    harness.keys("n");
    has(&mut harness, "Write");
}

#[test]
fn cards_say_what_to_write_next_and_why() {
    let mut harness = board(160, 40);
    has(&mut harness, "WRITE NEXT");
    harness.keys("tab");
    has(&mut harness, " ▸");
    harness.keys("n");
    has(&mut harness, "Write");
}

#[test]
fn what_somebody_has_begun_of_a_card_is_not_proposed_to_others() {
    let mut harness = board(160, 40);
    has(&mut harness, "1 × lost card × de");
    harness.keys("tab n").type_text("Where is it?").keys("esc");
    let made = harness.reader().example(7).unwrap().unwrap();
    assert_eq!(made.tags, [Tag::new("intent", "lost card"), Tag::new("language", "de")]);
    // bo, in another process, is not sent to write the same one
    let survey = crate::dataset::Survey::of(&harness.reader()).unwrap();
    let to_write = crate::tui::surveying::Overall::of(&survey).to_write;
    assert!(to_write.iter().all(|card| card.tags != made.tags), "{to_write:?}");
    assert!(to_write[0].reason.contains("lost card has 0 of 5, 1 queued"), "{to_write:?}");
    harness.keys("esc");
    let screen = harness.screen();
    assert!(screen.contains("Coverage") && !screen.contains("1 × lost card × de"), "{screen}");
}

#[test]
fn what_is_missing_is_listed_and_one_goes_to_its_cell() {
    let mut harness = board(120, 36);
    harness.keys("p");
    has(&mut harness, "Which is missing?");
    has(&mut harness, "lost card × de");
    harness.type_text("lost card × de").keys("enter");
    has(&mut harness, "Coverage  intent × language");
    harness.keys("n").type_text("Where is it?").keys("esc");
    let made = harness.reader().example(7).unwrap().unwrap();
    assert_eq!(made.tags, [Tag::new("intent", "lost card"), Tag::new("language", "de")]);
}

/// Values below others, made long after them.
fn nested(dataset: &mut Dataset) {
    let facets = "[[facet]]\nname = \"reason\"\nvalues = [\"billing\", \"login\", \"billing/refund\", \"login/2fa\"]\n\
                  [[facet]]\nname = \"language\"\nvalues = [\"en\", \"de\"]";
    dataset.perform(&Verb::Define(parse_facets_file("f", facets).unwrap())).unwrap();
}

#[test]
fn a_value_stands_below_the_one_that_it_belongs_to_and_not_below_its_neighbour() {
    let mut harness = Harness::with(nested, 80, 24);
    harness.keys("g c r").type_text("reason").keys("enter c").type_text("language").keys("enter");
    let screen = harness.screen();
    let at = |name: &str| screen.lines().position(|line| line.starts_with(name)).unwrap_or(usize::MAX);
    assert_eq!(at("   refund "), at(" billing ") + 1, "{screen}");
    assert_eq!(at("   2fa "), at(" login ") + 1, "{screen}");
    // the cells went along
    harness.keys("down");
    has(&mut harness, "billing/refund × en");
}

#[test]
fn what_is_wanted_of_values_that_become_one_is_told_in_the_question_and_added_up() {
    let mut harness = board(120, 36);
    harness.keys("m");
    has(&mut harness, "Which value does intent:refund become? Its examples and its target go along");
    has(&mut harness, "target 4 + 8 = 12");
    harness.type_text("cancel").keys("enter");
    has(&mut harness, "merged intent:refund into cancel, on 5 examples; its target is 12 now");
    let facets = harness.reader().definitions().unwrap().facets;
    let intent = facets.iter().find(|facet| facet.name == "intent").unwrap();
    let cancel = intent.values.iter().find(|value| value.name == "cancel").unwrap();
    assert_eq!(cancel.target, Some(crate::example::Target::Count(12)));
    harness.keys("u");
    has(&mut harness, "5/8");
}

#[test]
fn one_is_at_the_value_that_another_became() {
    let mut harness = board(120, 36);
    harness.keys("m").type_text("lost card").keys("enter");
    has(&mut harness, "lost card × en: 5 usable");
}

#[test]
fn targets_of_two_kinds_are_added_as_far_as_that_can_be_said() {
    use crate::example::Target;
    let of = |text: &str| text.parse::<Target>().ok();
    let told = |going: &str, stays: &str| super::facets::wanted_together(of(going), of(stays));
    assert_eq!(told("4", "8"), "target 8 + 4 = 12");
    assert_eq!(told("12.5%", "25%"), "target 25% + 12.5% = 37.5%");
    assert_eq!(told("4", "25%"), "target 25% + 4, as a number");
    assert_eq!(
        [told("4", ""), told("", "8"), told("", "")],
        ["target 4, which goes along", "target 8, as it is", ""]
    );
}

#[test]
fn what_is_made_comes_into_sight_and_one_is_there() {
    let mut harness = Harness::with(many, 80, 24);
    harness.keys("g c");
    for (key, facet) in [("r", "language"), ("c", "reason")] {
        harness.keys(key).type_text(facet).keys("enter");
    }
    // in the last row one is at the columns; theirs that are out of sight are counted
    harness.keys("end");
    has(&mut harness, "→ 8 more");
    harness.keys("a").type_text("late").keys("enter");
    has(&mut harness, "late: 0 usable");
    has(&mut harness, "← 9 more");
    // and a row
    harness.keys("home a").type_text("tr").keys("enter");
    has(&mut harness, "tr × late: 0 usable");
    // a new facet stands along the top, and its values are made there
    harness.keys("A").type_text("mood").keys("enter");
    has(&mut harness, "Coverage  language × mood");
    harness.keys("a").type_text("sad").keys("enter");
    has(&mut harness, "sad: 0 usable");
    let facets = harness.reader().definitions().unwrap().facets;
    let mood = facets.iter().find(|facet| facet.name == "mood").unwrap();
    assert_eq!(mood.values.len(), 1);
}

/// Facets with long values, and nothing written yet.
fn long_winded(dataset: &mut Dataset) {
    let facets: Vec<String> = ["reason", "channel", "customer"]
        .iter()
        .map(|facet| {
            format!(
                "[[facet]]\nname = \"{facet}\"\nvalues = [{{ name = \"{facet} with a rather long name\", target = 4 }}, \
                 {{ name = \"another {facet} of that kind\", target = 2 }}]\n"
            )
        })
        .collect();
    dataset.perform(&Verb::Define(parse_facets_file("f", &facets.join("")).unwrap())).unwrap();
}

#[test]
fn what_to_write_next_takes_the_room_that_the_table_leaves() {
    let mut harness = Harness::with(long_winded, 200, 60);
    harness.keys("g c r").type_text("language").keys("enter c").type_text("difficulty").keys("enter");
    let screen = harness.screen();
    let (_, below) = screen.split_once("WRITE NEXT").unwrap();
    assert!(!below.contains('…'), "nothing is cut: {screen}");
    assert!(
        below.contains("en × reason with a rather long name × channel with a rather long name"),
        "{screen}"
    );
}

#[test]
fn on_a_low_screen_the_table_has_rows_before_anything_else() {
    let mut harness = Harness::with(many, 60, 16);
    harness.keys("g c r").type_text("reason").keys("enter c").type_text("language").keys("enter");
    let screen = harness.screen();
    let rows = screen.lines().filter(|line| line.starts_with(" delivery-")).count();
    assert!(rows >= 3, "{screen}");
    has(&mut harness, "more rows");
    has(&mut harness, "WRITE NEXT");
    harness.keys("end");
    assert!(harness.screen().lines().any(|line| line.starts_with(" all ")), "{}", harness.screen());
}

/// Three facets, of which two pairs are there and no example has all three of the last values.
fn three(dataset: &mut Dataset) {
    let facets = "[[facet]]\nname = \"intent\"\nvalues = [{ name = \"refund\", target = 4 }, \"cancel\"]\n\
                  [[facet]]\nname = \"tone\"\nvalues = [{ name = \"warm\", target = 4 }, { name = \"cold\", target = 4 }]\n";
    dataset.perform(&Verb::Define(parse_facets_file("f", facets).unwrap())).unwrap();
    for tags in [["refund", "en", "cold"], ["refund", "de", "warm"], ["cancel", "en", "warm"]] {
        let mut example = Example::new(Kind::Sft, Prompt::user("Why?"));
        example.status = Status::Approved;
        let facets = ["intent", "language", "tone"];
        example.tags = facets.iter().zip(tags).map(|(facet, value)| Tag::new(*facet, value)).collect();
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

#[test]
fn the_third_value_of_a_combination_goes_along_to_its_examples_and_to_a_new_one() {
    let mut harness = Harness::with(three, 120, 36);
    harness.keys("g c p").type_text("refund × en × warm").keys("enter");
    has(&mut harness, "Coverage  intent × language");
    has(&mut harness, "refund × en × warm: no usable example has all three");
    harness.keys("enter");
    has(&mut harness, "tone:warm");
    harness.keys("esc n").type_text("Where is it, please?").keys("esc");
    let made = harness.reader().example(4).unwrap().unwrap();
    let tags = [Tag::new("intent", "refund"), Tag::new("language", "en"), Tag::new("tone", "warm")];
    assert_eq!(made.tags, tags);
    // who goes elsewhere and comes back is at two values again
    harness.keys("esc down up");
    assert!(!harness.screen().contains("has all three"), "{}", harness.screen());
}
