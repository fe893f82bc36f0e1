//! What the screen promises, by keys.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Selection, Verb, parse_facets_file};
use crate::example::{
    Author, AuthorKind, Example, Kind, Prompt, Ranking, Response, Split, Status, Tag, Timestamp, Uuid,
};
use crate::tui::harness::{HOSTILE, Harness, hostile};

const FACETS: &str = r#"
[[facet]]
name = "intent"
values = [{ name = "refund", target = 8 }, { name = "cancel", target = 4 }, { name = "lost card", target = 20 }]
[[facet]]
name = "channel"
values = ["mail", "phone"]
"#;

/// Forty examples: refunds by ana, cancellations by ben; long ones are chosen; the test has what training lacks.
fn uneven(dataset: &mut Dataset) {
    dataset.perform(&Verb::Define(parse_facets_file("f", FACETS).unwrap())).unwrap();
    for n in 0..40_usize {
        let (who, intent) = if n < 30 { ("ana", "refund") } else { ("ben", "cancel") };
        let channel = if n % 3 == 0 { "phone" } else { "mail" };
        let author = || Author { name: who.to_owned(), kind: AuthorKind::Person };
        let long = format!("I can do that, and here is how it is done: {}", "word ".repeat(n));
        let responses =
            vec![Response::new(Some(author()), long), Response::new(Some(author()), "I can't help.")];
        let ids: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
        let presented = if n % 2 == 0 { ids.clone() } else { ids.iter().rev().copied().collect() };
        let ranking = Ranking {
            presented,
            at: Timestamp(1_000),
            ..Ranking::new("eva", ids.iter().map(|id| vec![*id]).collect::<Vec<_>>())
        };
        let example = Example {
            responses,
            rankings: vec![ranking],
            status: [Status::Approved, Status::Submitted, Status::Draft, Status::Discarded][n % 4],
            split: Some(if n < 35 { Split::Train } else { Split::Test }),
            tags: vec![Tag::new("intent", intent), Tag::new("channel", channel)],
            ..Example::new(Kind::Preference, Prompt::user("Why? ".repeat(1 + n)))
        };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

fn screen(cells: u16, rows: u16) -> Harness {
    let mut harness = Harness::with(uneven, cells, rows);
    harness.keys("g s");
    harness
}

fn has(harness: &mut Harness, text: &str) {
    let screen = harness.screen();
    assert!(screen.contains(text), "“{text}” is not there:\n{screen}");
}

#[test]
fn the_pictures() {
    for (cells, rows) in [(80, 24), (160, 50)] {
        let mut harness = screen(cells, rows);
        for page in ["values", "lengths", "people", "splits"] {
            insta::assert_snapshot!(format!("balance_{page}_{cells}x{rows}"), harness.screen());
            harness.keys("tab");
        }
        has(&mut harness, "[Values]");
    }
}

#[test]
fn pages_are_turned_both_ways_round() {
    let mut harness = screen(100, 30);
    for (key, name) in
        [("left", "[Splits]"), ("h", "[People and sources]"), ("right", "[Splits]"), ("l", "[Values]")]
    {
        harness.keys(key);
        has(&mut harness, name);
    }
}

#[test]
fn counts_follow_what_others_do() {
    let mut harness = screen(120, 40);
    // of 30 refunds 8 are approved and 8 submitted
    has(&mut harness, "16/8");
    harness.elsewhere("ben", &Verb::SetStatus { on: Selection::One(3), status: Status::Approved });
    harness.look();
    has(&mut harness, "17/8");
    harness.keys("tab");
    has(&mut harness, "of 21 usable");
    harness.elsewhere("ben", &Verb::SetStatus { on: Selection::One(4), status: Status::Approved });
    harness.look();
    has(&mut harness, "of 22 usable");
}

#[test]
fn enter_lists_n_writes_and_t_sets_the_target() {
    let mut harness = screen(120, 40);
    harness.keys("enter");
    has(&mut harness, "intent:refund");
    has(&mut harness, "1 of 16");
    harness.keys("g s");
    harness.keys("f").type_text("channel").keys("enter enter");
    has(&mut harness, "channel:mail");
    harness.keys("g s t ctrl-u").type_text("90").keys("enter");
    has(&mut harness, "/90");
    harness.keys("t ctrl-u").type_text("many").keys("enter");
    has(&mut harness, "“many” should be a number of examples");
    harness.keys("esc u");
    assert!(!harness.screen().contains("/90"));
    harness.keys("n");
    has(&mut harness, "mail");
    has(&mut harness, "Write");
}

#[test]
fn values_are_ordered_by_what_is_missing() {
    let mut harness = screen(100, 40);
    let order = |harness: &mut Harness| {
        let screen = harness.screen();
        let place = |name: &str| screen.find(name).unwrap_or_else(|| panic!("{name}: {screen}"));
        place("lost card") < place("refund  ")
    };
    assert!(!order(&mut harness));
    harness.keys("o o");
    has(&mut harness, "by missing");
    assert!(order(&mut harness));
    harness.keys("o");
    assert!(!order(&mut harness));
}

#[test]
fn a_bar_of_lengths_opens_its_examples() {
    let mut harness = screen(120, 60);
    harness.keys("tab");
    has(&mut harness, "WHOLE EXAMPLES");
    harness.keys("G");
    let all = harness.screen();
    assert!(all.contains("the longer response is chosen in 100 % of 20 pairs"), "{all}");
    assert!(all.contains("the one that does not refuse is chosen in 100 % of 20 pairs"), "{all}");
    harness.keys("g g enter");
    has(&mut harness, "tokens:");
}

#[test]
fn who_stands_for_a_value_is_told() {
    let mut harness = screen(120, 40);
    harness.keys("tab tab");
    has(&mut harness, "ben writes 100 % of intent:cancel, and 23 % of all");
    has(&mut harness, "a model can't tell the person from the value");
    harness.keys("enter");
    has(&mut harness, "author:ana");
}

#[test]
fn what_was_never_trained_is_listed_and_written() {
    let mut harness = screen(120, 40);
    harness.keys("tab tab tab");
    has(&mut harness, "TEST");
    has(&mut harness, "never trained");
}

#[test]
fn every_page_leads_to_its_facets_or_says_why_not() {
    let mut harness = screen(100, 24);
    harness.keys("tab tab tab f").type_text("channel").keys("enter");
    has(&mut harness, "CHANNEL");
    harness.keys("enter");
    // The first value of the facet, in the split that is held out last.
    has(&mut harness, "channel:mail");
    has(&mut harness, "split:test");
    harness.keys("esc o");
    has(&mut harness, "only values have another order");
    harness.keys("tab tab f");
    has(&mut harness, "no facets are on this page");
}

#[test]
fn a_wide_screen_shows_in_two_columns_what_one_has_no_room_for() {
    let mut one = screen(180, 30);
    one.keys("tab");
    assert!(!one.screen().contains("POSITION"), "{}", one.screen());
    let mut two = screen(200, 30);
    two.keys("tab");
    has(&mut two, "POSITION");
    assert!(!two.screen().contains("↓"), "{}", two.screen());
    // a group begins in one of them with its heading
    let screen = two.screen();
    let second = screen.lines().nth(4).unwrap().chars().skip(100).collect::<String>();
    assert!(second.trim_start().starts_with(|c: char| c.is_uppercase()), "{screen}");
    // a click finds what stands in the second one, and the last row that leads somewhere is there
    two.click("eva").click("eva");
    has(&mut two, "by:eva");
}

#[test]
fn hostile_text_drives_nothing() {
    let mut harness = Harness::with(hostile, 120, 40);
    harness.keys("g s");
    for _ in 0..4 {
        let screen = harness.screen();
        assert!(!screen.chars().any(|c| c.is_control() && c != '\n'), "{screen:?}");
        assert!(!screen.contains('\u{202e}') && !screen.contains(HOSTILE));
        harness.keys("tab");
    }
}

#[test]
fn small_screens_break_nothing() {
    for (cells, rows) in [(20, 5), (40, 10), (80, 3), (200, 60)] {
        let mut harness = screen(cells, rows);
        for _ in 0..4 {
            harness.keys("tab down down page-down G g g up");
        }
    }
}
