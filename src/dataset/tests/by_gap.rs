//! Queues that follow the gaps: Enter brings what helps most.

use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Barrier};

use proptest::prelude::*;

use crate::dataset::{Dataset, Queue, Seek, Selection, Verb, parse_facets_file};
use crate::example::{Example, Kind, Prompt, QueueOrder, Response, Status, Tag};

const FACETS: &str = r#"
[[facet]]
name = "intent"
values = [{ name = "refund", target = 4 }, { name = "cancel", target = 4 }, { name = "lost", target = 4 }, "other"]
[[facet]]
name = "language"
values = [{ name = "en", target = 8 }, { name = "de", target = 2 }, "tr"]
[[facet]]
name = "topic"
several = true
values = [{ name = "cards", target = 3 }, { name = "fees", target = 6 }]
[[facet]]
name = "tone"
open = true
"#;

fn dataset(path: &Path) -> Dataset {
    let mut dataset = Dataset::create(path, "ana", &parse_facets_file("f", FACETS).unwrap()).unwrap();
    dataset.perform(&Verb::SetQueueOrder(QueueOrder::LargestGap)).unwrap();
    dataset
}

/// An example of that status with those `facet:value` tags and so many responses.
fn add(dataset: &mut Dataset, status: Status, responses: usize, tags: &str) -> i64 {
    let mut example = Example::new(Kind::Sft, Prompt::user("?"));
    example.responses = (0..responses).map(|n| Response::new(None, format!("answer {n}"))).collect();
    example.status = status;
    let parted = tags.split_whitespace().filter_map(|tag| tag.split_once(':'));
    example.tags = parted.map(|(facet, value)| Tag::new(facet, value)).collect();
    dataset.perform(&Verb::Create(Box::new(example))).unwrap().example.unwrap()
}

fn next(dataset: &mut Dataset, from: Option<i64>) -> Option<i64> {
    dataset.hand(Queue::Write, Seek::After(from)).unwrap().map(|handed| handed.example)
}

fn submit(dataset: &mut Dataset, id: i64) {
    dataset.perform(&Verb::SetStatus { on: Selection::One(id), status: Status::Submitted }).unwrap();
}

#[test]
fn what_helps_most_comes_first_and_with_each_that_is_done_that_is_weighed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(&folder.path().join("d.goldset"));
    for tags in ["intent:refund language:en", "intent:refund language:en", "intent:cancel language:en"] {
        add(&mut ana, Status::Approved, 1, tags);
    }
    let refund = add(&mut ana, Status::Pending, 0, "intent:refund language:en");
    let cancels = [(); 3].map(|()| add(&mut ana, Status::Pending, 0, "intent:cancel language:en"));
    let lost = add(&mut ana, Status::Pending, 0, "intent:lost language:en");
    let german = add(&mut ana, Status::Pending, 0, "intent:refund language:de");
    let untagged = add(&mut ana, Status::Pending, 0, "");
    // lost has none of 4, and is the first with en; de has none of 2, and is the first with refund; then cancel has
    // 1 of 4; after two of them it has 3, as refund has, which came first; what helps nothing comes last.
    let mut came = Vec::new();
    while let Some(id) = next(&mut ana, came.last().copied()) {
        submit(&mut ana, id);
        came.push(id);
    }
    assert_eq!(came, [lost, german, cancels[0], cancels[1], refund, cancels[2], untagged]);
}

#[test]
fn two_people_are_not_sent_to_the_last_one_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.goldset");
    let mut ana = dataset(&path);
    for _ in 0..3 {
        add(&mut ana, Status::Approved, 1, "intent:lost");
        add(&mut ana, Status::Approved, 1, "intent:refund");
    }
    for _ in 0..4 {
        add(&mut ana, Status::Approved, 1, "intent:cancel");
    }
    add(&mut ana, Status::Approved, 1, "language:en");
    // One lost is missing and one refund; two losts wait, and after them a refund.
    let waiting =
        ["intent:lost", "intent:lost", "intent:refund"].map(|tags| add(&mut ana, Status::Pending, 0, tags));
    let mut ben = Dataset::open(&path, "ben").unwrap();
    assert_eq!((next(&mut ana, None), next(&mut ben, None)), (Some(waiting[0]), Some(waiting[2])));
    // Where ana leaves it, it is missing again, and free.
    ana.release().unwrap();
    assert_eq!(next(&mut ben, None), Some(waiting[0]));
}

#[test]
fn where_nothing_that_waits_helps_they_come_as_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(&folder.path().join("d.goldset"));
    let ids = ["", "tone:warm", "intent:other", ""].map(|tags| add(&mut ana, Status::Pending, 0, tags));
    let mut came = Vec::new();
    while came.len() < ids.len() {
        came.extend(next(&mut ana, came.last().copied()));
    }
    assert_eq!(came, ids);
}

#[test]
fn what_is_skipped_comes_again_after_all_others_and_one_can_go_back_to_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(&folder.path().join("d.goldset"));
    let [other, cancel, german] = ["", "intent:cancel", "intent:cancel language:de"]
        .map(|tags| add(&mut ana, Status::Pending, 0, tags));
    let place = |ana: &mut Dataset, seek| {
        let handed = ana.hand(Queue::Write, seek).unwrap().unwrap();
        (handed.example, handed.place)
    };
    assert_eq!(place(&mut ana, Seek::After(None)), (german, 1));
    assert_eq!(place(&mut ana, Seek::After(Some(german))), (cancel, 2));
    assert_eq!(place(&mut ana, Seek::After(Some(cancel))), (other, 3));
    assert_eq!(place(&mut ana, Seek::Before(other)), (cancel, 2));
    assert_eq!(place(&mut ana, Seek::Before(cancel)), (german, 1));
    // forward again along what was there
    assert_eq!(place(&mut ana, Seek::After(Some(german))), (cancel, 2));
    submit(&mut ana, cancel);
    assert_eq!(place(&mut ana, Seek::After(Some(cancel))), (other, 2));
    // all were there: it begins anew, but not with what one comes from
    assert_eq!(place(&mut ana, Seek::After(Some(other))).0, german);
    assert_eq!(place(&mut ana, Seek::At(other)).0, other);
    submit(&mut ana, german);
    submit(&mut ana, other);
    assert_eq!(ana.hand(Queue::Write, Seek::After(Some(other))).unwrap(), None);
}

#[test]
fn rankings_follow_the_gaps_too_and_as_they_came_is_one_command_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(&folder.path().join("d.goldset"));
    let [first, lost] = ["language:tr", "intent:lost"].map(|tags| add(&mut ana, Status::Pending, 2, tags));
    add(&mut ana, Status::Pending, 1, "intent:lost language:de");
    let rank = |ana: &mut Dataset| ana.hand(Queue::Rank, Seek::After(None)).unwrap().unwrap().example;
    assert_eq!(rank(&mut ana), lost);
    let done = ana.perform(&Verb::SetQueueOrder(QueueOrder::AsTheyCame)).unwrap();
    assert_eq!(done.sentence, "set the order of the queues: as they came");
    assert_eq!(rank(&mut ana), first);
    ana.perform(&Verb::Undo).unwrap();
    assert_eq!(rank(&mut ana), lost);
    assert_eq!(ana.reader().unwrap().queue_order().unwrap(), QueueOrder::LargestGap);
}

#[test]
fn a_rare_one_is_found_behind_many() {
    let folder = tempfile::tempdir().unwrap();
    let mut ana = dataset(&folder.path().join("d.goldset"));
    // more than are looked at of one value
    for _ in 0..300 {
        add(&mut ana, Status::Pending, 0, "intent:refund language:en");
    }
    let rare = add(&mut ana, Status::Pending, 0, "intent:refund language:de topic:cards");
    add(&mut ana, Status::Pending, 0, "intent:refund language:de");
    assert_eq!(next(&mut ana, None), Some(rare));
}

#[test]
fn of_four_who_race_along_the_gaps_none_is_handed_what_another_did() {
    const EXAMPLES: usize = 40;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("race.goldset");
    let mut lead = dataset(&path);
    for n in 0..EXAMPLES {
        let tags = ["intent:refund", "intent:lost language:de", "", "topic:cards topic:fees"][n % 4];
        add(&mut lead, Status::Pending, 0, tags);
    }
    let begin = Arc::new(Barrier::new(4));
    let racers: Vec<_> = (0..4)
        .map(|n| {
            let (path, begin) = (path.clone(), Arc::clone(&begin));
            std::thread::spawn(move || {
                let mut racer = Dataset::open(&path, &format!("racer {n}")).unwrap();
                let (mut did, mut last) = (Vec::new(), None);
                begin.wait();
                while let Some(id) = next(&mut racer, last) {
                    submit(&mut racer, id);
                    did.push(id);
                    last = Some(id);
                }
                did
            })
        })
        .collect();
    let did: Vec<i64> = racers.into_iter().flat_map(|racer| racer.join().unwrap()).collect();
    let different: HashSet<i64> = did.iter().copied().collect();
    assert_eq!((did.len(), different.len()), (EXAMPLES, EXAMPLES), "each once, and all of them");
}

/// Tags that an example may carry: an intent, a language, topics.
fn tags() -> impl Strategy<Value = String> {
    let one = |of: &'static [&'static str]| prop::sample::select(of);
    (
        one(&["", "intent:refund", "intent:cancel", "intent:lost", "intent:other"]),
        one(&["", "language:en", "language:de", "language:tr"]),
        one(&["", "topic:cards", "topic:fees", "topic:cards topic:fees"]),
    )
        .prop_map(|(intent, language, topic)| format!("{intent} {language} {topic}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// The quick look along the indices finds what weighing every example finds, whoever looks.
    #[test]
    fn the_quick_look_agrees_with_weighing_all(
        usable in prop::collection::vec(tags(), 0..12),
        open in prop::collection::vec(tags(), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("d.goldset");
        let mut ana = dataset(&path);
        for tags in &usable {
            add(&mut ana, Status::Approved, 1, tags);
        }
        let waiting: Vec<i64> = open.iter().map(|tags| add(&mut ana, Status::Pending, 0, tags)).collect();
        let best = ana.reader().unwrap().by_worth(waiting).unwrap()[0];
        prop_assert_eq!(next(&mut ana, None), Some(best));
        ana.release().unwrap();
        let mut ben = Dataset::open(&path, "ben").unwrap();
        prop_assert_eq!(next(&mut ben, None), Some(best));
    }
}
