//! What is submitted for its rankings has as many as are wanted, whatever is taken back.

use super::people::{by, call, first, overrule, rank, send_back, status, wanting};
use super::{Dataset, Selection, Verb, no_differences, snapshot};
use crate::example::{Changes, Standing, Status};

const WITHDRAW: Verb = Verb::WithdrawRanking { example: 1 };

/// As many as these people rank it, one after the other.
fn ranked_by(dataset: &mut Dataset, names: &[&str]) {
    for name in names {
        let verb = rank(dataset, false);
        by(dataset, name, &verb).unwrap();
    }
}

#[test]
fn who_takes_a_ranking_back_opens_the_example_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 3);
    ranked_by(&mut dataset, &["ana", "bo", "cy"]);
    let before = snapshot(&dataset.connection);
    assert_eq!(status(&dataset), Status::Submitted);
    by(&mut dataset, "ana", &WITHDRAW).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 2));
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before, "one action, one undo");
    // An undo does the same, in or out of turn, and a redo turns it round.
    by(&mut dataset, "bo", &Verb::Undo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 2));
    by(&mut dataset, "bo", &Verb::Redo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    no_differences(&dataset);
}

#[test]
fn undone_out_of_turn_nothing_is_submitted_with_too_few_nor_stuck_with_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 3);
    ranked_by(&mut dataset, &["ana", "bo", "cy"]);
    by(&mut dataset, "bo", &Verb::Undo).unwrap();
    // It is open as cy's undo would have it.
    by(&mut dataset, "cy", &Verb::Undo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 1));
    by(&mut dataset, "bo", &Verb::Redo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 2));
    by(&mut dataset, "cy", &Verb::Redo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Submitted, 3));
    // The same where the one who completed it goes first.
    by(&mut dataset, "bo", &Verb::Undo).unwrap();
    by(&mut dataset, "cy", &Verb::Undo).unwrap();
    by(&mut dataset, "cy", &Verb::Redo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 2));
    no_differences(&dataset);
}

#[test]
fn a_withdrawal_undone_out_of_turn_submits_nothing_with_too_few() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 2);
    ranked_by(&mut dataset, &["ana", "bo"]);
    by(&mut dataset, "ana", &WITHDRAW).unwrap();
    by(&mut dataset, "bo", &Verb::Undo).unwrap();
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 1));
    by(&mut dataset, "bo", &Verb::Redo).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Submitted, 2));
    no_differences(&dataset);
}

#[test]
fn a_response_that_goes_with_the_only_rankings_opens_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let before = first(&dataset);
    let only = before.responses[0].id;
    let (bad, presented) = (Vec::new(), Vec::new());
    let tiers = vec![vec![only]];
    let verb = Verb::Rank { example: 1, tiers, bad, presented, details: Box::default(), submit: true };
    by(&mut dataset, "bo", &verb).unwrap();
    let ranked = snapshot(&dataset.connection);
    by(&mut dataset, "ana", &Verb::RemoveResponse { example: 1, response: only }).unwrap();
    assert_eq!((status(&dataset), first(&dataset).rankings.len()), (Status::Draft, 0));
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), ranked);
    let (before, mut after) = (first(&dataset), first(&dataset));
    after.responses.remove(0);
    let changes = Box::new(Changes::between(&before, &after));
    by(&mut dataset, "ana", &Verb::Edit { example: 1, changes }).unwrap();
    assert_eq!(status(&dataset), Status::Draft);
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), ranked);
}

#[test]
fn what_somebody_called_submitted_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 2);
    let by_hand = Verb::SetStatus { on: Selection::One(1), status: Status::Submitted };
    by(&mut dataset, "ana", &by_hand).unwrap();
    ranked_by(&mut dataset, &["bo"]);
    let before = snapshot(&dataset.connection);
    for undone in [false, true] {
        let verb = if undone { Verb::Undo } else { WITHDRAW };
        by(&mut dataset, "bo", &verb).unwrap();
        assert_eq!(status(&dataset), Status::Submitted);
    }
    assert_eq!(snapshot(&dataset.connection), before, "the withdrawal is undone");
    let note = Verb::SetNote { on: Selection::One(1), note: "n".to_owned() };
    by(&mut dataset, "bo", &note).unwrap();
    by(&mut dataset, "bo", &Verb::Undo).unwrap();
    assert_eq!(status(&dataset), Status::Submitted);
}

#[test]
fn nothing_is_opened_that_somebody_decided() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 2);
    ranked_by(&mut dataset, &["ana", "bo"]);
    by(&mut dataset, "rita", &call("ana", Standing::Gold)).unwrap();
    by(&mut dataset, "bo", &WITHDRAW).unwrap();
    assert_eq!(status(&dataset), Status::Submitted);
    let verb = rank(&dataset, true);
    by(&mut dataset, "rita", &call("ana", Standing::Own)).unwrap();
    assert_eq!(status(&dataset), Status::Draft, "one judgement, and nothing decides");
    by(&mut dataset, "bo", &verb).unwrap();
    let verb = overrule(&dataset, false);
    by(&mut dataset, "rita", &verb).unwrap();
    by(&mut dataset, "bo", &WITHDRAW).unwrap();
    assert_eq!(status(&dataset), Status::Approved);
}

#[test]
fn who_takes_back_what_they_looked_after_is_waited_for_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 2);
    ranked_by(&mut dataset, &["ana", "bo"]);
    by(&mut dataset, "rita", &send_back(&["ana", "bo"])).unwrap();
    ranked_by(&mut dataset, &["ana", "bo"]);
    assert_eq!(status(&dataset), Status::Submitted);
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!(status(&dataset), Status::Draft);
    assert!(first(&dataset).reviews[0].waits_for("ana"));
    by(&mut dataset, "ana", &Verb::Redo).unwrap();
    assert_eq!(status(&dataset), Status::Submitted);
    no_differences(&dataset);
}
