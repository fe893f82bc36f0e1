//! Whole sessions of review on a real dataset: people rank, a reviewer decides, and what is sent back
//! is looked after.

#![allow(clippy::unwrap_used)]

use crate::dataset::{Dataset, ResponseText, Selection, Verb};
use crate::example::{
    Author, Details, Example, Kind, Message, Prompt, Protocol, Response, Role, Standing, Status, Verdict,
};
use crate::tui::harness::Harness;
use crate::tui::screens::fixtures::id;

const CANDIDATES: [&str; 3] = [
    "I have opened a trace with the carrier and will write by noon tomorrow.",
    "Please check with your neighbours.",
    "Parcels are often marked as delivered before they arrive. I have asked the carrier.",
];

/// Ranks as that person, by the places of the responses as they came.
fn rank(dataset: &mut Dataset, name: &str, id: i64, order: [usize; 3]) {
    dataset.set_annotator(name).unwrap();
    let example = dataset.reader().unwrap().example(id).unwrap().unwrap();
    let tiers = order.map(|at| vec![example.responses[at].id]).to_vec();
    let details = Details { strength: Some(2), millis: Some(14_000), ..Details::default() };
    dataset
        .perform(&Verb::Rank {
            example: id,
            tiers,
            bad: Vec::new(),
            presented: Vec::new(),
            details: Box::new(details),
            submit: true,
        })
        .unwrap();
}

/// Three examples that ana, bo and cy ranked: on the first they agree, on the third least.
fn ranked_by_three(dataset: &mut Dataset) {
    let protocol = Protocol { rankings: 3, ..Protocol::default() };
    dataset.perform(&Verb::SetProtocol(Some(Box::new(protocol)))).unwrap();
    for n in 1..=3 {
        // Ids that are the same in every run: the order on the screen hangs on them.
        let responses = CANDIDATES.iter().zip(1..).map(|(text, at)| Response {
            id: id(n * 100 + at),
            ..Response::new(Some(Author::model("llama")), *text)
        });
        let prompt = Prompt::user(format!("My parcel {n} says delivered, but it is not here."));
        let example =
            Example { id: id(n), responses: responses.collect(), ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
    for (example, orders) in [
        (1, [[0, 1, 2], [0, 1, 2], [0, 1, 2]]),
        (2, [[0, 1, 2], [0, 2, 1], [0, 1, 2]]),
        (3, [[0, 1, 2], [1, 2, 0], [2, 0, 1]]),
    ] {
        for (name, order) in ["ana", "bo", "cy"].into_iter().zip(orders) {
            rank(dataset, name, example, order);
        }
    }
    while dataset.settle_some().unwrap() {}
}

fn session(name: &'static str, cells: u16, rows: u16) -> Harness {
    let fill = |dataset: &mut Dataset| {
        ranked_by_three(dataset);
        dataset.set_annotator("ana").unwrap();
    };
    let mut harness = Harness::with(fill, cells, rows);
    become_one(&mut harness, name);
    harness
}

/// Another person sits down at the keyboard.
fn become_one(harness: &mut Harness, name: &str) {
    harness.keys("g h g a ctrl-u").type_text(name).keys("enter").look();
}

fn example(harness: &Harness, id: i64) -> Example {
    harness.reader().example(id).unwrap().unwrap()
}

#[test]
fn a_reviewer_approves_overrules_and_sends_back_and_the_annotator_looks_after_it() {
    let mut harness = session("rita", 80, 24);
    insta::assert_snapshot!("home_reviewer_80x24", harness.screen());
    harness.keys("g v");
    let screen = harness.screen();
    assert!(screen.contains("Review 1 of 3 · least agreed first") && screen.contains("parcel 3"), "{screen}");
    insta::assert_snapshot!("review_80x24", screen);
    // The first is sent back, with a reason of the list and a note.
    harness.keys("s").type_text("amb").keys("enter").type_text("which carrier?").keys("enter");
    let sent = example(&harness, 3);
    assert_eq!((sent.status, sent.reviews[0].verdict), (Status::Draft, Verdict::Returned));
    assert_eq!((sent.reviews[0].reason.as_str(), sent.reviews[0].to.len()), ("ambiguous", 3));
    // The second is overruled: not by the digits, but by enter.
    assert!(harness.screen().contains("parcel 2"), "{}", harness.screen());
    harness.keys("2 1");
    assert!(harness.screen().contains("enter makes this count"), "{}", harness.screen());
    assert_eq!(example(&harness, 2).status, Status::Submitted);
    harness.keys("enter");
    let overruled = example(&harness, 2);
    assert_eq!(overruled.status, Status::Approved);
    let last = overruled.rankings.iter().find(|ranking| ranking.annotator == "rita").unwrap();
    assert_eq!(last.details.standing, Standing::Final);
    // The third is right.
    assert!(harness.screen().contains("parcel 1"), "{}", harness.screen());
    harness.keys("a");
    assert_eq!(example(&harness, 1).status, Status::Approved);
    assert!(harness.screen().contains("Nothing waits for your review."), "{}", harness.screen());
    // Undo brings it back.
    harness.keys("u");
    assert_eq!(example(&harness, 1).status, Status::Submitted);
    assert!(harness.screen().contains("parcel 1"), "{}", harness.screen());
    harness.keys("a");

    become_one(&mut harness, "bo");
    let screen = harness.screen();
    assert!(screen.contains("▸ Sent back") && screen.contains("ambiguous"), "{screen}");
    insta::assert_snapshot!("home_sent_back_80x24", screen);
    harness.keys("enter");
    assert!(harness.screen().contains("parcel 3"), "{}", harness.screen());
    harness.keys("1 2").wait(300).wait(600);
    let review = &example(&harness, 3).reviews[0];
    assert!(!review.waits_for("bo") && review.waits_for("ana"), "{review:?}");
    assert_eq!(example(&harness, 3).status, Status::Draft, "two more have to look after it");
    for name in ["ana", "cy"] {
        become_one(&mut harness, name);
        harness.keys("w").keys("1 2").wait(300).wait(600);
    }
    assert_eq!(example(&harness, 3).status, Status::Submitted);
    become_one(&mut harness, "rita");
    harness.keys("g v");
    let screen = harness.screen();
    assert!(screen.contains("parcel 3"), "{screen}");
    assert!(
        harness.keys("v").screen().contains("sent back · ambiguous · which carrier?"),
        "{}",
        harness.screen()
    );
}

#[test]
fn on_a_wide_screen_all_that_was_said_stands_beside_the_responses() {
    let mut harness = session("rita", 160, 50);
    harness.keys("g v");
    insta::assert_snapshot!("review_160x50", harness.screen());
    assert!(!harness.screen().contains("llama"), "who wrote it is hidden");
    assert!(harness.keys("A").screen().contains("llama"));
    assert!(!harness.keys("n").screen().contains("llama"), "and hidden again with the next one");
}

#[test]
fn who_made_it_all_has_nothing_to_review() {
    let mut harness = session("ana", 80, 24);
    harness.keys("g v");
    insta::assert_snapshot!("review_own_80x24", harness.screen());
}

#[test]
fn a_typed_order_becomes_gold_and_somebody_s_ranking_too() {
    let mut harness = session("rita", 80, 24);
    harness.keys("g v 3 1 G");
    let gold = |example: &Example| {
        let found = example.rankings.iter().find(|ranking| ranking.details.standing == Standing::Gold);
        found.map(|ranking| ranking.annotator.clone())
    };
    assert_eq!(gold(&example(&harness, 3)).as_deref(), Some("rita"));
    assert_eq!(example(&harness, 3).status, Status::Approved);
    harness.keys("G").type_text("bo").keys("enter");
    assert_eq!(gold(&example(&harness, 2)).as_deref(), Some("bo"));
    assert!(harness.screen().contains("parcel 2"), "it still waits for a verdict");
}

/// An example that ana wrote an answer to.
fn written(dataset: &mut Dataset) {
    let blank = Response::new(None, "");
    let prompt = Prompt::user("Where is my refund?");
    let example = Example { responses: vec![blank.clone()], ..Example::new(Kind::Sft, prompt) };
    dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    let messages = vec![Message::new(Role::Assistant, "It was paid out on Monday.")];
    dataset
        .perform(&Verb::Write {
            example: 1,
            prompt: None,
            responses: vec![ResponseText { id: Some(blank.id), messages }],
            note: None,
            status: Some(Status::Submitted),
        })
        .unwrap();
}

#[test]
fn written_work_comes_back_with_the_reason_above_it_and_shows_what_changed() {
    let mut harness = Harness::with(written, 80, 24);
    become_one(&mut harness, "rita");
    harness.keys("g v s").type_text("mistake").keys("enter").type_text("it was Tuesday").keys("enter");
    assert_eq!(example(&harness, 1).status, Status::Draft);
    become_one(&mut harness, "ana");
    harness.keys("enter");
    insta::assert_snapshot!("write_sent_back_80x24", harness.screen());
    let mended = example(&harness, 1).responses[0].id;
    let messages = vec![Message::new(Role::Assistant, "It was paid out on Tuesday.")];
    harness.elsewhere(
        "ana",
        &Verb::Write {
            example: 1,
            prompt: None,
            responses: vec![ResponseText { id: Some(mended), messages }],
            note: None,
            status: None,
        },
    );
    harness.elsewhere("ana", &Verb::SetStatus { on: Selection::One(1), status: Status::Submitted });
    harness.look();
    assert!(!example(&harness, 1).reviews[0].waits_for("ana"), "who submits it has looked after it");
    become_one(&mut harness, "rita");
    assert!(!harness.screen().contains("Sent back"));
    harness.keys("g v");
    insta::assert_snapshot!("review_changed_80x24", harness.screen());
    harness.keys("a");
    assert_eq!(example(&harness, 1).status, Status::Approved);
}

#[test]
fn what_is_still_to_be_ranked_by_oneself_is_not_reviewed() {
    let fill = |dataset: &mut Dataset| {
        ranked_by_three(dataset);
        let responses = ["one", "two"].map(|text| Response::new(Some(Author::model("secret-7b")), text));
        let prompt = Prompt::user("And this?");
        let example = Example { responses: responses.to_vec(), ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        dataset.set_annotator("rita").unwrap();
    };
    let mut harness = Harness::with(fill, 160, 50);
    become_one(&mut harness, "rita");
    let screen = harness.keys("g r g v").screen();
    assert!(screen.contains("is still to be ranked by you"), "{screen}");
    // Nor is it told elsewhere who wrote its responses.
    for keys in ["g h b G", "g r g w", "g r g y"] {
        let screen = harness.keys("g h").keys(keys).screen();
        assert!(!screen.contains("secret-7b"), "{keys}: {screen}");
    }
}

#[test]
fn twenty_responses_are_reviewed_by_looking_and_placing() {
    let fill = |dataset: &mut Dataset| {
        let responses: Vec<Response> =
            (1..=20).map(|at| Response::new(None, format!("answer number {at}"))).collect();
        let prompt = Prompt::user("Which?");
        let example = Example { responses, ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
        dataset.set_annotator("bo").unwrap();
        let ids: Vec<_> = dataset
            .reader()
            .unwrap()
            .example(1)
            .unwrap()
            .unwrap()
            .responses
            .iter()
            .map(|one| one.id)
            .collect();
        let rank = Verb::Rank {
            example: 1,
            tiers: ids.iter().map(|&id| vec![id]).collect(),
            bad: Vec::new(),
            presented: ids,
            details: Box::new(Details::default()),
            submit: true,
        };
        dataset.perform(&rank).unwrap();
        dataset.set_annotator("rita").unwrap();
    };
    let mut harness = Harness::with(fill, 80, 40);
    become_one(&mut harness, "rita");
    // Every response has its column, in blocks where there is no room for all.
    let screen = harness.keys("g v v").screen();
    assert!(screen.matches("RANKINGS").count() >= 2 && screen.contains(" 20"), "{screen}");
    harness.keys("v");
    for _ in 0..20 {
        harness.keys("space");
    }
    harness.keys("enter");
    let reviewed = example(&harness, 1);
    assert_eq!(reviewed.status, Status::Approved);
    let last = reviewed.rankings.iter().find(|ranking| ranking.annotator == "rita").unwrap();
    assert_eq!((last.tiers.len(), last.details.standing), (20, Standing::Final));
}
