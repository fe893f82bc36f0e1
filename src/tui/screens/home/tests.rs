//! What Home promises of what is half typed.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, Selection, Verb};
use crate::example::Status;
use crate::tui::harness::Harness;

/// A session that was cut off while somebody typed in these examples, the last one last.
fn cut_off(cells: u16, rows: u16, typed: &[(i64, &str)]) -> Harness {
    let mut harness = Harness::with(
        |dataset| {
            crate::tui::harness::sample(dataset);
            for (example, field) in typed {
                dataset.keep_draft(*example, field, "half a thought").unwrap();
                dataset.keep_draft(*example, "place", &format!("{field} 4")).unwrap();
                // Drafts are ordered by the millisecond.
                std::thread::sleep(std::time::Duration::from_millis(3));
            }
        },
        cells,
        rows,
    );
    harness.look();
    harness
}

#[test]
fn what_one_was_typing_is_the_first_that_waits() {
    let mut harness = cut_off(80, 24, &[(3, "new")]);
    insta::assert_snapshot!("go_on_80x24", harness.screen());
    insta::assert_snapshot!("go_on_as_text", crate::tui::home_as_text(harness.path(), "ana", 80).unwrap());
    harness.keys("enter");
    let screen = harness.screen();
    assert!(screen.contains("Write #3") && screen.contains("half a thought"), "{screen}");
    // Typed on where one was; once it is written, nothing is half typed any more.
    harness.type_text("-").keys("esc g h").look();
    assert_eq!(harness.reader().example(3).unwrap().unwrap().responses[0].text(), "half- a thought");
    assert!(!harness.screen().contains("Go on"), "{}", harness.screen());
}

#[test]
fn the_newest_comes_first_and_a_new_example_is_one_too() {
    let mut harness = cut_off(120, 30, &[(3, "new"), (0, "prompt/1")]);
    let screen = harness.screen();
    assert!(screen.contains("Go on               2   a new one · #3"), "{screen}");
    assert!(harness.keys("enter").screen().contains("half a thought"));
    // Made, it is no draft any more; the other one still is.
    harness.keys("esc g h").look();
    assert!(harness.screen().contains("Go on               1   #3 · half typed"), "{}", harness.screen());
}

#[test]
fn what_was_discarded_is_not_gone_on_with_and_others_do_not_see_it() {
    let mut harness = cut_off(80, 24, &[(3, "new")]);
    assert!(harness.reader().drafted("bo").unwrap().is_empty());
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(3), status: Status::Discarded });
    assert!(!harness.look().screen().contains("Go on"));
}

#[test]
fn the_line_that_was_chosen_stays_chosen_when_another_comes() {
    let mut harness = Harness::sample(80, 24);
    harness.keys("j");
    assert!(harness.screen().contains("▸ Rank"));
    Dataset::open(harness.path(), "ana").unwrap().keep_draft(3, "new", "half").unwrap();
    let screen = harness.look().screen();
    assert!(screen.contains("▸ Rank") && screen.contains("Go on"), "{screen}");
    assert!(harness.keys("k k k").screen().contains("▸ Go on"));
}

#[test]
fn the_bars_of_the_days_count_what_is_told_of_today() {
    let mut harness = Harness::with(|_| {}, 120, 30);
    assert!(
        harness.screen().contains("nothing yet") && !harness.screen().contains('█'),
        "{}",
        harness.screen()
    );
    harness.keys("g c a").type_text("reimbursement").keys("enter g h");
    let screen = harness.screen();
    assert!(screen.contains("1 change") && screen.contains('█'), "{screen}");
    harness.keys("u");
    let screen = harness.screen();
    assert!(
        screen.contains("nothing yet") && !screen.contains('█'),
        "what was taken back counts nowhere: {screen}"
    );
}

#[test]
fn the_gauges_tell_what_they_are_of_and_lead_to_what_is_behind_them() {
    let mut harness = Harness::sample(80, 24);
    let screen = harness.screen();
    for part in
        ["COVERAGE", "BALANCE", "CONSISTENCY", "QUALITY", "of 27 wanted", "of 4 usable", "0 of 30 reviewed"]
    {
        assert!(screen.contains(part), "{part}:\n{screen}");
    }
    // Below what waits; there left and right go from gauge to gauge.
    harness.keys("G k");
    assert!(harness.screen().contains(" ▸ 29 %  bad"), "{}", harness.screen());
    assert!(harness.keys("l l enter").screen().contains("nothing inconsistent was found"));
    assert!(
        harness.keys("l enter").screen().contains("Draw which sample for review?"),
        "{}",
        harness.screen()
    );
    assert!(
        harness.type_text("most of it").keys("enter").screen().contains("most of it"),
        "what is wrong is told"
    );
    harness.keys("esc h h h enter");
    assert!(harness.screen().contains("Coverage  "), "{}", harness.screen());
}

#[test]
fn the_verdict_on_home_is_the_one_of_readiness_and_leads_there() {
    let mut harness = Harness::sample(100, 30);
    assert!(harness.screen().contains("write more: 4 of the 10 that anything needs"), "{}", harness.screen());
    assert!(harness.keys("G enter").screen().contains("MUST BE"), "{}", harness.screen());
    // A change counts at once for what the counts can tell; the rest is measured when it is quiet.
    harness.keys("esc");
    harness.elsewhere("bo", &Verb::SetStatus { on: Selection::One(1), status: Status::Discarded });
    harness.look();
    assert!(harness.screen().contains("changed since"), "{}", harness.screen());
    // Until then the verdict stays what it was, and says that it is of before.
    assert!(
        harness.screen().contains("write more: 4 of the 10 that anything needs …"),
        "{}",
        harness.screen()
    );
    harness.wait(1_500);
    assert!(harness.screen().contains("write more: 3 of the 10"), "{}", harness.screen());
}
