//! Rounds of results: kept, taken away, and what is made of them.

use super::steps::{dataset, example, round};
use super::{no_differences, snapshot};
use crate::curation::failures::{Cause, Options};
use crate::dataset::{
    Coded, Dataset, Error, Failing, Neighbours, Queue, Reader, Seek, Selection, Siblings, Verb,
};
use crate::example::{
    Author, Example, Kind, Prompt, Response, Round, Split, Status, Tag, TestResult, TestTag, Tested,
};

fn keep(dataset: &mut Dataset, round: Round) -> crate::dataset::Result<crate::dataset::Done> {
    dataset.perform(&Verb::KeepRound(Box::new(round)))
}

/// An approved example with one answer.
fn answered(dataset: &mut Dataset, asked: &str, answer: &str, tags: &[Tag]) -> i64 {
    let mut example = Example::new(Kind::Sft, Prompt::user(asked));
    example.responses = vec![Response::new(None, answer)];
    example.status = Status::Approved;
    example.tags = tags.to_vec();
    dataset.perform(&Verb::Create(Box::new(example))).unwrap().example.unwrap()
}

/// What an evaluation of these examples gave: the answer of each, and whether it passed.
fn results(of: &[(i64, &str, bool)]) -> Vec<TestResult> {
    let result = |(place, (id, answer, passed)): (u32, &(i64, &str, bool))| TestResult {
        place,
        about: Tested::Example(*id),
        passed: *passed,
        score: None,
        answer: Some((*answer).to_owned()),
        tags: Vec::new(),
    };
    (1..).zip(of).map(result).collect()
}

fn named(name: &str, results: Vec<TestResult>) -> Round {
    Round { results, model: Some("tuned".to_owned()), ..round(name, &[]) }
}

#[test]
fn a_round_reads_back_as_it_was_kept_and_is_undone_and_redone_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for n in 0..3 {
        dataset.perform(&Verb::Create(Box::new(example(n)))).unwrap();
    }
    let before = snapshot(&dataset.connection);
    let kept = round("first", &[1, 2, 3]);
    let done = keep(&mut dataset, kept.clone()).unwrap();
    assert_eq!(done.sentence, "kept the round “first”: 4 tests, 2 failed");
    let after = snapshot(&dataset.connection);
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.round("first").unwrap(), kept);
    let listed = reader.rounds().unwrap();
    assert_eq!(listed.iter().map(|kept| (kept.tests, kept.passed)).collect::<Vec<_>>(), [(4, 2)]);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    dataset.perform(&Verb::Redo).unwrap();
    assert_eq!(snapshot(&dataset.connection), after);
    dataset.perform(&Verb::RemoveRound("first".to_owned())).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), after);
    no_differences(&dataset);
}

#[test]
fn a_round_that_can_not_be_kept_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    keep(&mut dataset, round(" spring ", &[1])).unwrap();
    let before = snapshot(&dataset.connection);
    let refused = [
        keep(&mut dataset, round("spring", &[1])),
        keep(&mut dataset, round("  ", &[1])),
        keep(&mut dataset, Round { results: Vec::new(), ..round("empty", &[]) }),
        keep(&mut dataset, round("other", &[1, 99])),
        dataset.perform(&Verb::RemoveRound("autumn".to_owned())),
        dataset.perform(&Verb::AddCandidates { round: "autumn".to_owned(), tags: Vec::new() }),
        dataset.perform(&Verb::QueueSiblings { round: "autumn".to_owned(), siblings: Vec::new() }),
    ];
    let said: Vec<String> = refused.into_iter().map(|done| done.unwrap_err().to_string()).collect();
    let parts =
        ["“spring” already", "no name", "no results", "no example #99", "no round", "no round", "no round"];
    for (said, part) in said.iter().zip(parts) {
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn a_failing_answer_comes_beside_the_right_one_to_be_ranked() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let right = answered(&mut dataset, "One?", "Yes.", &[]);
    let passed = answered(&mut dataset, "Two?", "Yes.", &[]);
    keep(&mut dataset, named("r", results(&[(right, " No. ", false), (passed, "Never.", true)]))).unwrap();
    let before = snapshot(&dataset.connection);
    let verb = Verb::AddCandidates { round: "r".to_owned(), tags: Vec::new() };
    let done = dataset.perform(&verb).unwrap();
    assert_eq!(
        done.sentence,
        "brought 1 failing answer in, to be ranked; 1 example not usable until then; of tuned from the round “r”"
    );
    let reader = dataset.reader().unwrap();
    let now = reader.example(right).unwrap().unwrap();
    assert_eq!((now.kind, now.status), (Kind::Preference, Status::Pending));
    let added = now.responses.last().unwrap();
    assert_eq!((added.text().as_str(), &added.author), ("No.", &Some(Author::model("tuned"))));
    assert_eq!(reader.example(passed).unwrap().unwrap().responses.len(), 1);
    assert_eq!(
        dataset.hand(Queue::Rank, Seek::After(None)).unwrap().map(|handed| handed.example),
        Some(right)
    );
    // Once more, nothing is said twice.
    let again = dataset.perform(&verb).unwrap();
    assert_eq!(again.action, None);
    assert!(again.sentence.contains("left: 1 said by a response already"), "{}", again.sentence);
    no_differences(&dataset);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn failing_answers_of_one_slice_come_in_and_the_others_stay_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let (refund, fees) = (Tag::new("intent", "refund"), Tag::new("topic", "fees"));
    let both = answered(&mut dataset, "One?", "Yes.", &[refund.clone(), fees.clone()]);
    let one = answered(&mut dataset, "Two?", "Yes.", std::slice::from_ref(&refund));
    keep(&mut dataset, named("r", results(&[(both, "No.", false), (one, "No.", false)]))).unwrap();
    let verb = |tags: &[&Tag]| Verb::AddCandidates {
        round: "r".to_owned(),
        tags: tags.iter().map(|tag| (*tag).clone()).collect(),
    };
    let done = dataset.perform(&verb(&[&refund, &fees])).unwrap();
    assert!(done.sentence.starts_with("brought 1 failing answer in for "), "{}", done.sentence);
    let responses =
        |dataset: &Dataset, id| dataset.reader().unwrap().example(id).unwrap().unwrap().responses.len();
    assert_eq!([both, one].map(|id| responses(&dataset, id)), [2, 1]);
    dataset.perform(&verb(&[&refund])).unwrap();
    assert_eq!([both, one].map(|id| responses(&dataset, id)), [2, 2]);
}

#[test]
fn what_is_held_out_or_unanswered_or_discarded_gets_no_candidate() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let ids: Vec<i64> =
        (0..4).map(|n| answered(&mut dataset, &format!("Question {n}?"), "Yes.", &[])).collect();
    dataset.perform(&Verb::SetSplit { on: Selection::One(ids[0]), split: Some(Split::Test) }).unwrap();
    dataset.perform(&Verb::SetSplit { on: Selection::One(ids[1]), split: Some(Split::Validation) }).unwrap();
    dataset.perform(&Verb::SetStatus { on: Selection::One(ids[2]), status: Status::Discarded }).unwrap();
    let unanswered = dataset.perform(&Verb::Create(Box::new(example(0)))).unwrap().example.unwrap();
    let failing: Vec<(i64, &str, bool)> = ids
        .iter()
        .zip(["No.", "No.", "No.", " Yes.\n"])
        .map(|(id, answer)| (*id, answer, false))
        .chain([(unanswered, "No.", false)])
        .collect();
    keep(&mut dataset, named("r", results(&failing))).unwrap();
    let before = snapshot(&dataset.connection);
    let done = dataset.perform(&Verb::AddCandidates { round: "r".to_owned(), tags: Vec::new() }).unwrap();
    assert_eq!(
        done.sentence,
        "brought no answer in from the round “r”: no failing one may be ranked; left: 2 held out as test or \
         validation, 1 said by a response already, 1 on examples without an answer to rank them against, 1 on \
         discarded examples"
    );
    assert_eq!((done.action, snapshot(&dataset.connection)), (None, before));
}

#[test]
fn what_was_ranked_already_keeps_its_standing_when_a_candidate_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let id = dataset.perform(&Verb::Create(Box::new(example(2)))).unwrap().example.unwrap();
    let responses = dataset.reader().unwrap().example(id).unwrap().unwrap().responses;
    let ids: Vec<_> = responses.iter().map(|response| response.id).collect();
    let rank = Verb::Rank {
        example: id,
        tiers: ids.iter().map(|id| vec![*id]).collect(),
        bad: Vec::new(),
        presented: ids,
        details: Box::default(),
        submit: true,
    };
    dataset.perform(&rank).unwrap();
    keep(&mut dataset, named("r", results(&[(id, "Quite another.", false)]))).unwrap();
    dataset.perform(&Verb::AddCandidates { round: "r".to_owned(), tags: Vec::new() }).unwrap();
    let now = dataset.reader().unwrap().example(id).unwrap().unwrap();
    assert_eq!((now.status, now.responses.len()), (Status::Submitted, 3));
}

#[test]
fn siblings_are_queued_as_one_action_and_ask_nothing_that_a_test_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let tags = [Tag::new("intent", "refund")];
    let asked = answered(&mut dataset, "A test?", "Yes.", &tags);
    keep(&mut dataset, named("r", results(&[(asked, "No.", false)]))).unwrap();
    let before = snapshot(&dataset.connection);
    let siblings = |tag: Tag, n| Siblings { tags: vec![tag], n, why: "refund fails 80 %".to_owned() };
    let queue = |siblings| Verb::QueueSiblings { round: "r".to_owned(), siblings };
    let done = dataset
        .perform(&queue(vec![siblings(tags[0].clone(), 3), siblings(Tag::new("intent", "cancel"), 1)]))
        .unwrap();
    assert_eq!(
        (done.examples, done.sentence.as_str()),
        (4, "queued 4 examples to write for the round “r”: 3 intent:refund, 1 intent:cancel")
    );
    let reader = dataset.reader().unwrap();
    let made = reader.example(asked + 1).unwrap().unwrap();
    assert_eq!((made.status, made.split, &made.tags[..]), (Status::Pending, None, &tags[..]));
    assert!(made.prompt.question().is_empty() && made.responses.is_empty());
    assert!(
        made.note.contains("round “r”: refund fails 80 %") && made.note.contains("sibling"),
        "{}",
        made.note
    );
    let handed = dataset.hand(Queue::Write, Seek::After(None)).unwrap();
    assert_eq!(handed.map(|handed| handed.example), Some(asked + 1));
    let unwritten = reader.filter("status:pending").unwrap();
    assert_eq!(Neighbours::new().duplicates(&reader, &unwritten, 0.8, &mut |_| true).unwrap().len(), 0);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    // A value that the facet has not: nothing at all is made.
    let unknown = queue(vec![siblings(tags[0].clone(), 2), siblings(Tag::new("intent", "praise"), 1)]);
    assert!(matches!(dataset.perform(&unknown), Err(Error::ClosedFacet { .. })));
    assert_eq!(snapshot(&dataset.connection), before);
    assert_eq!(dataset.perform(&queue(Vec::new())).unwrap().action, None);
    assert!(dataset.perform(&queue(vec![siblings(tags[0].clone(), 10_001)])).is_err());
}

/// Twenty refunds of which most fail and twenty cancellations of which few do; each asks something of its own.
fn lopsided(dataset: &mut Dataset) -> Vec<TestResult> {
    let words = ["parcel", "lamp", "chair", "ticket", "phone", "shoe", "coat", "plate", "guitar", "bike"];
    let mut asked = Vec::new();
    for (at, intent) in (0..40).map(|at| (at, if at < 20 { "refund" } else { "cancel" })) {
        let (one, other) = (words[at % 10], words[(at / 10 + at) % 10]);
        let question =
            format!("{intent} {at}: my {one} came {at} days late with a {other}, number {}", at * at);
        let id = answered(dataset, &question, &format!("About the {one}."), &[Tag::new("intent", intent)]);
        asked.push((id, "No.", at >= 14 && at != 30));
    }
    results(&asked)
}

fn failing(reader: &Reader, results: &[TestResult]) -> Failing {
    reader.failing(results, &Options::default()).unwrap()
}

/// Of the first slice: how many examples there are to learn from, how many contradictions, and why it fails.
fn why(found: &Failing) -> Option<(u64, u64, Cause)> {
    let first = &found.slices[0];
    first.known.map(|known| (known.trained, known.contradictions, first.cause().unwrap()))
}

#[test]
fn contradictory_examples_are_found_out_after_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let results = lopsided(&mut dataset);
    let reader = dataset.reader().unwrap();
    let mut found = failing(&reader, &results);
    let names = found.coded.names();
    assert_eq!(
        found.slices.iter().map(|slice| slice.slice.told(&names)).collect::<Vec<_>>(),
        ["refund fails 70 % (14 of 20), 1.9 times as often as all"]
    );
    assert_eq!(why(&found), Some((20, 0, Cause::NotTheData)));
    let tags = [Tag::new("intent", "refund")];
    for answer in ["You get 30 euros back.", "You get 70 euros back."] {
        answered(&mut dataset, "Do I get my money back for the broken vase that you sent?", answer, &tags);
    }
    found = failing(&reader, &results);
    assert_eq!(found.slices[0].cause(), Some(Cause::NotTheData));
    reader.seek_contradictions(&mut found, &mut Neighbours::new(), &mut |_| true).unwrap();
    assert_eq!(why(&found), Some((22, 1, Cause::Contradictory)));
    // What is held out is not what the model learned from.
    dataset.perform(&Verb::SetSplit { on: Selection::One(42), split: Some(Split::Test) }).unwrap();
    found = failing(&reader, &results);
    reader.seek_contradictions(&mut found, &mut Neighbours::new(), &mut |_| true).unwrap();
    assert_eq!(why(&found), Some((21, 0, Cause::NotTheData)));
}

#[test]
fn new_examples_are_shared_out_among_what_fails() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let results = lopsided(&mut dataset);
    let found = failing(&dataset.reader().unwrap(), &results);
    for budget in [1, 3, 30] {
        let siblings = found.siblings(budget);
        assert_eq!(siblings.iter().map(|one| u64::from(one.n)).sum::<u64>(), budget);
        assert_eq!(siblings[0].name(), "intent:refund");
        assert!(siblings[0].why.starts_with("refund fails 70 % (14 of 20)"), "{}", siblings[0].why);
    }
    assert_eq!(found.siblings(0), []);
}

#[test]
fn tags_that_only_tests_have_are_slices_that_nothing_is_written_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let mut results = lopsided(&mut dataset);
    // A facet that is not there, a value that a closed one has not, and one that too few tests carry.
    let tag = |facet: &str, value: &str| TestTag {
        facet: facet.to_owned(),
        value: value.to_owned(),
        predicted: None,
    };
    for (at, test) in results.iter_mut().enumerate() {
        if !test.passed {
            test.tags = vec![tag("channel", "phone"), tag("channel", "phone"), tag("intent", "rfund")];
        }
        if at == 7 {
            test.tags.push(tag("channel", "fax"));
        }
    }
    let reader = dataset.reader().unwrap();
    let found = failing(&reader, &results);
    let told: Vec<(&str, u64, u32, bool)> =
        found.unknown.iter().map(|of| (of.tag.value.as_str(), of.tests, of.line, of.is_slice)).collect();
    assert_eq!(told, [("phone", 15, 1, true), ("rfund", 15, 1, true), ("fax", 1, 8, false)]);
    let of = |tags: &[Tag]| found.slices.iter().position(|slice| slice.tags == tags);
    let phone = of(&[Tag::new("channel", "phone")]).unwrap();
    assert_eq!((found.slices[phone].slice.failures, found.slices[phone].known), (15, None));
    assert!(found.siblings(30).iter().all(|siblings| siblings.name() == "intent:refund"));
    // They are compared too, and called by the same names.
    let mut before = results.clone();
    for test in &mut before {
        test.passed = true;
    }
    let compared = reader.compare_rounds(&found.coded, &before, &results, 0.1).unwrap().unwrap();
    let worse: Vec<Vec<Tag>> = compared.worse.iter().map(|worse| found.tags(&worse.values)).collect();
    assert!(worse.contains(&vec![Tag::new("channel", "phone")]), "{worse:?}");
}

#[test]
fn two_rounds_are_compared_by_what_both_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let after = lopsided(&mut dataset);
    let mut before = after.clone();
    for test in &mut before {
        test.passed = true;
    }
    before.truncate(30);
    let other = |name: &str| TestResult { about: Tested::Prompt(name.to_owned()), ..after[0].clone() };
    before.push(other("only before"));
    let reader = dataset.reader().unwrap();
    let compared =
        reader.compare_rounds(&failing(&reader, &after).coded, &before, &after, 0.1).unwrap().unwrap();
    let runs = compared.runs;
    assert_eq!((runs.both, runs.broke, runs.mended, runs.neither), (16, 14, 0, 0));
    assert_eq!(failing(&reader, &after).tags(&compared.worse[0].values), [Tag::new("intent", "refund")]);
    assert_eq!(reader.compare_rounds(&Coded::default(), &[other("a")], &[other("b")], 0.1).unwrap(), None);
}

#[test]
fn prompts_that_no_example_has_are_told_by_what_their_words_suggest() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for n in 0..60_u32 {
        let (intent, asked) = if n.is_multiple_of(2) {
            ("refund", format!("please give my money back for order {n}"))
        } else {
            ("cancel", format!("stop the subscription of account {n} at once"))
        };
        answered(&mut dataset, &asked, "Yes.", &[Tag::new("intent", intent)]);
    }
    let test = |prompt: &str, tags: &[TestTag]| TestResult {
        place: 1,
        about: Tested::Prompt(prompt.to_owned()),
        passed: false,
        score: None,
        answer: None,
        tags: tags.to_vec(),
    };
    let said = TestTag { facet: "intent".to_owned(), value: "cancel".to_owned(), predicted: None };
    let mut results = vec![
        test("please give my money back for this", &[]),
        test("please give my money back for that", std::slice::from_ref(&said)),
        test("zebra quartz violin", &[]),
    ];
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.predict_tags(&mut results).unwrap(), 1);
    let first = &results[0].tags[0];
    assert_eq!(first.tag(), Tag::new("intent", "refund"));
    assert!(first.predicted.is_some_and(|p| p >= 0.6));
    assert_eq!((&results[1].tags[..], &results[2].tags[..]), (&[said][..], &[][..]));
    assert_eq!(failing(&reader, &results).predicted, 1);
}
