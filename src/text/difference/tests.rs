//! What differences promise: both texts can be read off them, and they read like what was done.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{Change, Difference, Row, folded, split};

fn marked(before: &str, after: &str) -> String {
    Difference::of(before, after).marked()
}

#[test]
fn words_are_marked_not_letters() {
    assert_eq!(marked("I will write by noon", "I will call by noon"), "I will [-write-]{+call+} by noon");
    assert_eq!(marked("one two", "one big red two"), "one {+big red +}two");
    assert_eq!(marked("one big two", "one two"), "one [-big -]two");
    assert_eq!(marked("same", "same"), "same");
    assert_eq!(marked("", "new"), "{+new+}");
}

#[test]
fn what_stayed_by_chance_is_part_of_the_change() {
    assert_eq!(
        marked("Please wait, I will write soon to you.", "Please wait, we shall call soon to you."),
        "Please wait, [-I will write-]{+we shall call+} soon to you."
    );
    assert_eq!(
        marked("We opened a trace with the carrier.", "Ask your neighbours for the parcel, please."),
        "[-We opened a trace with the carrier.-]{+Ask your neighbours for the parcel, please.+}"
    );
}

#[test]
fn blanks_that_changed_are_seen() {
    assert_eq!(marked("one\ntwo", "one\n\ntwo"), "one\n{+↵\n+}two");
    assert_eq!(marked("one \ntwo", "one\ntwo"), "one[-·-]\ntwo");
}

#[test]
fn lines_that_are_replaced_stand_below_each_other() {
    assert_eq!(
        marked("We opened\na trace today.", "Ask your neighbours\nfor the parcel."),
        "[-We opened\na trace today.-]\n{+Ask your neighbours\nfor the parcel.+}"
    );
    assert_eq!(
        marked("a\nb one\nc two\nd", "a\nx six\ny ten\nd"),
        "a\n[-b one-]{+x six+}\n[-c two-]{+y ten+}\nd"
    );
}

#[test]
fn long_texts_are_compared_by_lines_and_then_by_words() {
    let line = |at: usize| format!("line {at} of a text that is long\n");
    let before: String = (0..2_000).map(line).collect();
    let after =
        before.replace("line 700 of a", "line 700 of the").replace("line 1500 of a", "line 1500 off a");
    let difference = Difference::of(&before, &after);
    let changed: Vec<(Change, &str)> = difference
        .parts()
        .iter()
        .filter(|part| part.change != Change::Same)
        .map(|part| (part.change, part.text.as_str()))
        .collect();
    assert_eq!(
        changed,
        [(Change::Removed, "a"), (Change::Added, "the"), (Change::Removed, "of"), (Change::Added, "off")]
    );
}

#[test]
fn a_deadline_is_kept_whatever_the_texts() {
    let text = |seed: usize| -> String {
        (0..60_000_usize).map(|at| ((at * seed * 7919) % 1013).to_string() + " ").collect()
    };
    let clock = Instant::now();
    let difference = Difference::until(&text(3), &text(5), clock + Duration::from_millis(20));
    assert!(!difference.is_none());
    assert!(clock.elapsed() < Duration::from_secs(5), "{:?}", clock.elapsed());
}

#[test]
fn rows_far_from_changes_are_folded() {
    let rows = folded(12, |row| row == 5);
    let expected =
        [Row::Same(3), Row::This(3), Row::This(4), Row::This(5), Row::This(6), Row::This(7), Row::Same(4)];
    assert_eq!(rows, expected);
    assert_eq!(folded(3, |row| row == 0).len(), 3);
    assert_eq!(folded(4, |row| row == 0).len(), 4, "one row is not folded");
    assert_eq!(folded(9, |_| false), [Row::Same(9)]);
    assert_eq!(folded(0, |_| false), []);
}

proptest! {
    #[test]
    fn both_texts_can_be_read_off(before in "[ab ,.\n漢é]{0,40}", after in "[ab ,.\n漢é]{0,40}") {
        let difference = Difference::of(&before, &after);
        let without = |change| -> String {
            difference.parts().iter().filter(|part| part.change != change).map(|part| part.text.as_str()).collect()
        };
        prop_assert_eq!(without(Change::Added), before.clone());
        prop_assert_eq!(without(Change::Removed), after.clone());
        prop_assert_eq!(difference.is_none(), before == after);
        for signs in [false, true] {
            let shown = difference.shown(signs);
            let mut end = 0;
            for (range, _) in &shown.marks {
                prop_assert!(range.start >= end && shown.text.get(range.clone()).is_some());
                end = range.end;
            }
        }
    }

    #[test]
    fn words_are_the_whole_text(text in any::<String>()) {
        prop_assert_eq!(split(&text).concat(), text);
    }

    #[test]
    fn folding_loses_no_row(rows in 0..60usize, changed in prop::collection::vec(0..60usize, 0..4)) {
        let shown = folded(rows, |row| changed.contains(&row));
        let mut next = 0;
        for row in shown {
            match row {
                Row::This(at) => {
                    prop_assert_eq!(at, next);
                    next += 1;
                }
                Row::Same(n) => {
                    prop_assert!((next..next + n).all(|at| !changed.contains(&at)));
                    next += n;
                }
            }
        }
        prop_assert_eq!(next, rows);
    }
}
