//! What a review finds changed, and what becomes of what was sent back.

use super::people::{
    another, by, cannot, first, may_review_own, overrule, rank, review, send_back, status, wanting,
};
use super::{Queue, Seek, Selection, Verb, dataset, example, no_differences};
use crate::dataset::{Dataset, Decision, ResponseText, Scope};
use crate::example::{Changes, Message, Plan, Role, Status, Verdict};
use crate::query::Filter;

fn write(dataset: &Dataset, text: &str, status: Option<Status>) -> Verb {
    let id = first(dataset).responses.first().map(|response| response.id);
    let messages = vec![Message::new(Role::Assistant, text)];
    let responses = vec![ResponseText { id, messages }];
    Verb::Write { example: 1, prompt: None, responses, note: None, status }
}

fn submitted(id: i64) -> Verb {
    Verb::SetStatus { on: Selection::One(id), status: Status::Submitted }
}

fn last_verdict(dataset: &Dataset) -> Verdict {
    first(dataset).reviews.last().unwrap().verdict
}

#[test]
fn an_approval_is_one_of_edited_work_where_the_reviewer_edited_it_since_it_was_submitted() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    may_review_own(&mut dataset);
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    // Her own work, as she submitted it.
    let verb = write(&dataset, "first", Some(Status::Submitted));
    by(&mut dataset, "ana", &verb).unwrap();
    by(&mut dataset, "ana", &review(Decision::Approve)).unwrap();
    assert_eq!(last_verdict(&dataset), Verdict::Approved);
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    // The same with a word changed, whatever somebody else did to it since.
    let verb = write(&dataset, "second", None);
    by(&mut dataset, "ana", &verb).unwrap();
    let note = Verb::SetNote { on: Selection::One(1), note: "seen".to_owned() };
    by(&mut dataset, "bo", &note).unwrap();
    by(&mut dataset, "ana", &review(Decision::Approve)).unwrap();
    assert_eq!(last_verdict(&dataset), Verdict::Edited);
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    by(&mut dataset, "ana", &review(Decision::Approve)).unwrap();
    assert_eq!(last_verdict(&dataset), Verdict::Edited, "an undone review submitted nothing");
    // Submitted again it is as it was submitted.
    by(&mut dataset, "bo", &submitted(1)).unwrap();
    by(&mut dataset, "ana", &review(Decision::Approve)).unwrap();
    assert_eq!(last_verdict(&dataset), Verdict::Approved);
    // What is taken back was not done; a note of one's own is no edit.
    by(&mut dataset, "bo", &submitted(1)).unwrap();
    let verb = write(&dataset, "third", None);
    by(&mut dataset, "ana", &verb).unwrap();
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    by(&mut dataset, "ana", &note).unwrap();
    by(&mut dataset, "ana", &review(Decision::Approve)).unwrap();
    assert_eq!(last_verdict(&dataset), Verdict::Approved);
    no_differences(&dataset);
}

#[test]
fn a_review_among_several_verbs_is_a_review() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let verb = write(&dataset, "first", Some(Status::Submitted));
    by(&mut dataset, "ana", &verb).unwrap();
    by(&mut dataset, "rita", &Verb::Several(vec![review(Decision::Approve)])).unwrap();
    let since = |dataset: &Dataset| dataset.reader().unwrap().changed_since_review(1).unwrap();
    let told = since(&dataset);
    assert_eq!(told.review.map(|(name, _)| name).as_deref(), Some("rita"));
    assert!(told.changes.is_empty());
    let verb = write(&dataset, "second", Some(Status::Submitted));
    by(&mut dataset, "ana", &verb).unwrap();
    assert_eq!(since(&dataset).changes.len(), 1);
    by(&mut dataset, "ana", &Verb::Undo).unwrap();
    by(&mut dataset, "rita", &Verb::Undo).unwrap();
    assert_eq!(since(&dataset).review, None);
}

#[test]
fn what_is_approved_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    for decides in ["approve", "overrule"] {
        by(&mut dataset, "bo", &verb).unwrap();
        by(&mut dataset, "rita", &send_back(&["bo", "ana"])).unwrap();
        let own = dataset.reader().unwrap().own("ana").unwrap();
        assert_eq!(own.returned, 1);
        // Somebody else calls it submitted: it is not theirs to look after any more, but still open.
        by(&mut dataset, "cy", &submitted(1)).unwrap();
        let reader = dataset.reader().unwrap();
        assert_eq!((reader.own("ana").unwrap().returned, reader.returned("ana", 9).unwrap().len()), (0, 0));
        assert!(first(&dataset).reviews.last().unwrap().waits_for("ana"));
        let decision =
            if decides == "approve" { review(Decision::Approve) } else { overrule(&dataset, true) };
        by(&mut dataset, "rita", &decision).unwrap();
        assert!(!first(&dataset).reviews.iter().any(|review| review.waits_for("ana")), "{decides}");
        by(&mut dataset, "cy", &Verb::SetStatus { on: Selection::One(1), status: Status::Draft }).unwrap();
        assert_eq!(dataset.reader().unwrap().own("ana").unwrap().returned, 0);
    }
    no_differences(&dataset);
}

#[test]
fn who_submits_by_an_edit_has_looked_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    let verb = rank(&dataset, false);
    by(&mut dataset, "bo", &verb).unwrap();
    by(&mut dataset, "rita", &send_back(&[])).unwrap();
    let before = first(&dataset);
    let mut after = before.clone();
    after.status = Status::Submitted;
    let changes = Box::new(Changes::between(&before, &after));
    by(&mut dataset, "bo", &Verb::Edit { example: 1, changes }).unwrap();
    assert!(!first(&dataset).reviews[0].waits_for("bo"));
}

#[test]
fn what_waits_for_somebody_else_is_not_handed_out() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    another(&mut dataset);
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let verb = rank(&dataset, false);
    by(&mut dataset, "bo", &verb).unwrap();
    by(&mut dataset, "rita", &send_back(&["bo"])).unwrap();
    by(&mut dataset, "bo", &submitted(3)).unwrap();
    let decision = Decision::Return { reason: String::new(), note: String::new(), to: vec!["bo".to_owned()] };
    by(&mut dataset, "rita", &Verb::Review { example: 3, decision }).unwrap();
    let lens = |dataset: &Dataset, name: &str| {
        let reader = dataset.reader().unwrap();
        let (counts, own) = (reader.counts().unwrap(), reader.own(name).unwrap());
        [Queue::Write, Queue::Rank, Queue::Returned].map(|queue| queue.len(&counts, &own))
    };
    assert_eq!((lens(&dataset, "cy"), lens(&dataset, "bo")), ([1, 1, 0], [2, 1, 2]));
    let mut handed = |name: &str, queue| {
        dataset.set_annotator(name).unwrap();
        let handed = dataset.hand(queue, Seek::After(None)).unwrap().unwrap();
        (handed.example, handed.place)
    };
    assert_eq!((handed("cy", Queue::Rank), handed("cy", Queue::Write)), ((2, 1), (4, 1)));
    assert_eq!((handed("bo", Queue::Rank), handed("bo", Queue::Write)), ((2, 1), (3, 1)));
    assert_eq!(handed("bo", Queue::Returned), (1, 1));
    assert_eq!(lens(&dataset, "a stranger"), [1, 1, 0]);
}

#[test]
fn who_cannot_judge_has_ranked_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    by(&mut dataset, "bo", &cannot()).unwrap();
    assert_eq!(status(&dataset), Status::Submitted);
}

#[test]
fn a_sample_s_progress_counts_past_what_is_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 1);
    for _ in 0..9 {
        another(&mut dataset);
    }
    let all = Selection::Matching(Filter::everything());
    dataset.perform(&Verb::SetStatus { on: all.clone(), status: Status::Submitted }).unwrap();
    let plan = Plan::Share { share: 1.0 };
    by(&mut dataset, "rita", &Verb::DrawSample { name: "all".to_owned(), plan, from: all }).unwrap();
    by(&mut dataset, "rita", &review(Decision::Approve)).unwrap();
    let queue = dataset.reader().unwrap().review_queue("rita", &Scope::Sample("all".to_owned()), 4).unwrap();
    assert_eq!((queue.ids.len(), queue.before, queue.of), (4, 1, 10));
}

#[test]
fn the_queue_of_reviews_begins_with_what_is_submitted() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = wanting(folder.path(), 2);
    let verbs = [("ana", rank(&dataset, false)), ("bo", rank(&dataset, true))];
    for (name, verb) in &verbs {
        by(&mut dataset, name, verb).unwrap();
    }
    another(&mut dataset);
    dataset.perform(&submitted(2)).unwrap();
    let reader = dataset.reader().unwrap();
    let queue = reader.review_queue("rita", &Scope::All, 9).unwrap();
    assert_eq!((queue.ids, queue.of), (vec![1, 2], 2));
    // Counted from what is submitted (fewer) or from what the person did: the same.
    another(&mut dataset);
    assert_eq!(reader.own("ana").unwrap().submitted, 1);
    for id in [2, 3] {
        let tiers = example_order(&dataset, id);
        let (bad, presented) = (Vec::new(), Vec::new());
        let verb = Verb::Rank { example: id, tiers, bad, presented, details: Box::default(), submit: false };
        by(&mut dataset, "ana", &verb).unwrap();
    }
    assert_eq!(reader.own("ana").unwrap().submitted, 2);
}

fn example_order(dataset: &Dataset, id: i64) -> Vec<Vec<crate::example::Uuid>> {
    let example = super::people::example(dataset, id);
    example.responses.iter().map(|response| vec![response.id]).collect()
}
