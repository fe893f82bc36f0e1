//! What a ranking may be called, and by whom; what becomes of a decision that another follows.

use super::people::{
    by, call, cannot, first, may_review_own, overrule, rank, review, send_back, standings, status, wanting,
};
use super::{Selection, Verb, no_differences, snapshot};
use crate::dataset::{Decision, Error};
use crate::example::{Standing, Status};

#[test]
fn nobody_calls_their_own_judgement_the_right_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "ana", &verb).unwrap();
    for standing in [Standing::Gold, Standing::Final] {
        let refused = by(&mut dataset, "ana", &call("ana", standing));
        assert!(matches!(refused, Err(Error::OwnWork { example: 1, .. })), "{refused:?}");
    }
    by(&mut dataset, "rita", &call("ana", Standing::Gold)).unwrap();
    // A gold ranking is one's own work all the same.
    let refused = by(&mut dataset, "ana", &review(Decision::Approve));
    assert!(matches!(refused, Err(Error::OwnWork { .. })), "{refused:?}");
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.to_review("ana").unwrap(), 0);
    assert!(reader.review_queue("ana", &crate::dataset::Scope::All, 9).unwrap().ids.is_empty());
    assert_eq!(reader.to_review("rita").unwrap(), 1);
    may_review_own(&mut dataset);
    by(&mut dataset, "rita", &call("ana", Standing::Own)).unwrap();
    by(&mut dataset, "ana", &call("ana", Standing::Gold)).unwrap();
}

#[test]
fn a_reviewer_s_decision_may_be_gold_and_is_nobody_s_independent_judgement_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "ana", &verb).unwrap();
    let both = Verb::Several(vec![overrule(&dataset, true), call("rita", Standing::Gold)]);
    by(&mut dataset, "rita", &both).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Own), ("rita".to_owned(), Standing::Gold)]);
    let before = snapshot(&dataset.connection);
    by(&mut dataset, "cy", &call("ana", Standing::Gold)).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Gold)], "rita judged nothing on her own");
    by(&mut dataset, "cy", &Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    by(&mut dataset, "cy", &call("rita", Standing::Own)).unwrap();
    assert_eq!(standings(&dataset)[1].1, Standing::Final, "no more gold, a decision as before");
    by(&mut dataset, "cy", &call("rita", Standing::Own)).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Own)]);
    no_differences(&dataset);
}

#[test]
fn a_second_overruling_takes_the_place_of_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    for (name, verb) in [("ana", rank(&dataset, false)), ("rita", overrule(&dataset, true))] {
        by(&mut dataset, name, &verb).unwrap();
    }
    by(&mut dataset, "ana", &Verb::SetStatus { on: Selection::One(1), status: Status::Submitted }).unwrap();
    let verb = overrule(&dataset, false);
    by(&mut dataset, "cy", &verb).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Own), ("cy".to_owned(), Standing::Final)]);
    assert_eq!(dataset.reader().unwrap().outcome(1).unwrap().unwrap().judgements, 1);
    // A judgement that was called what counts is one again, and is not lost.
    by(&mut dataset, "dee", &call("ana", Standing::Final)).unwrap();
    by(&mut dataset, "ana", &Verb::SetStatus { on: Selection::One(1), status: Status::Submitted }).unwrap();
    by(&mut dataset, "cy", &verb).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Own), ("cy".to_owned(), Standing::Final)]);
    no_differences(&dataset);
}

#[test]
fn a_gold_example_is_not_overruled() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "ana", &verb).unwrap();
    by(&mut dataset, "rita", &call("ana", Standing::Gold)).unwrap();
    let before = snapshot(&dataset.connection);
    let verb = overrule(&dataset, true);
    let refused = by(&mut dataset, "rita", &verb).unwrap_err();
    assert!(refused.to_string().contains("#1 is a gold example: ana's ranking is the known right one"));
    assert_eq!(snapshot(&dataset.connection), before);
    by(&mut dataset, "rita", &call("ana", Standing::Own)).unwrap();
    by(&mut dataset, "rita", &verb).unwrap();
    assert_eq!(status(&dataset), Status::Approved);
}

#[test]
fn who_ranks_again_still_decides() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "ana", &verb).unwrap();
    by(&mut dataset, "rita", &call("ana", Standing::Gold)).unwrap();
    let before = snapshot(&dataset.connection);
    let verb = rank(&dataset, true);
    by(&mut dataset, "ana", &verb).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Gold)]);
    let refused = by(&mut dataset, "ana", &cannot());
    assert!(matches!(refused, Err(Error::DecidesAndCannot { example: 1, .. })), "{refused:?}");
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    // It was a judgement first, and is one again when it is gold no more.
    by(&mut dataset, "ana", &Verb::Redo).unwrap();
    by(&mut dataset, "rita", &call("ana", Standing::Own)).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Own)]);
    // A reviewer's decision stays one too.
    let verb = overrule(&dataset, false);
    by(&mut dataset, "rita", &verb).unwrap();
    let verb = rank(&dataset, true);
    by(&mut dataset, "rita", &verb).unwrap();
    assert_eq!(standings(&dataset)[1], ("rita".to_owned(), Standing::Final));
    by(&mut dataset, "cy", &call("ana", Standing::Gold)).unwrap();
    assert_eq!(standings(&dataset), [("ana".to_owned(), Standing::Gold)]);
    no_differences(&dataset);
}

#[test]
fn a_hidden_repeat_says_in_the_journal_what_any_ranking_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let said = by(&mut dataset, "ana", &cannot()).unwrap().sentence;
    let Verb::Rank { example, tiers, bad, presented, details, .. } = cannot() else { return };
    let repeat = Verb::Repeat { example, tiers, bad, presented, details };
    assert_eq!(by(&mut dataset, "ana", &repeat).unwrap().sentence, said);
    assert_eq!(said, "can't judge #1");
}

#[test]
fn work_goes_back_to_people_who_are_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "bo", &verb).unwrap();
    let before = snapshot(&dataset.connection);
    let refused = by(&mut dataset, "rita", &send_back(&["bob"])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "nobody called “bob” has worked on this dataset, so nothing goes back to them; it knows bo"
    );
    assert_eq!(snapshot(&dataset.connection), before, "nobody came into being");
    by(&mut dataset, "rita", &send_back(&[" bo ", "", "bo"])).unwrap();
    let names: Vec<String> = first(&dataset).reviews[0].to.iter().map(|to| to.annotator.clone()).collect();
    assert_eq!(names, ["bo"]);
    by(&mut dataset, "bo", &verb).unwrap();
    // Nothing but blanks names nobody: it goes to who made it. And whoever did anything is known.
    by(&mut dataset, "rita", &send_back(&[" "])).unwrap();
    by(&mut dataset, "bo", &verb).unwrap();
    by(&mut dataset, "rita", &send_back(&["ana"])).unwrap();
}
