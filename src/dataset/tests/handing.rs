//! Leases: nobody is handed what somebody else holds.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Barrier, Mutex};

use crate::dataset::{Dataset, Queue, Seek, Verb};
use crate::example::{Details, Example, Kind, Prompt, Protocol, Response, Standing};
use crate::formats::Definitions;

const EXAMPLES: usize = 60;

fn pairs_to_rank(path: &std::path::Path) {
    let mut dataset = Dataset::create(path, "ana", &Definitions::default()).unwrap();
    for n in 0..EXAMPLES {
        let responses = ["a", "b"].map(|text| Response::new(None, text)).to_vec();
        let prompt = Prompt::user(format!("question {n}"));
        let example = Example { responses, ..Example::new(Kind::Preference, prompt) };
        dataset.perform(&Verb::Create(Box::new(example))).unwrap();
    }
}

/// Ranks an example in the order in which its responses stand.
fn rank_one(dataset: &mut Dataset, id: i64) {
    let example = dataset.reader().unwrap().example(id).unwrap().unwrap();
    let responses: Vec<_> = example.responses.iter().map(|response| response.id).collect();
    let rank = Verb::Rank {
        example: id,
        tiers: responses.iter().map(|&id| vec![id]).collect(),
        bad: Vec::new(),
        presented: responses,
        details: Box::new(Details::default()),
        submit: true,
    };
    dataset.perform(&rank).unwrap();
}

/// Ranks whatever is handed out until nothing waits; answers the numbers of what was ranked.
fn rank_all(dataset: &mut Dataset, held: &Mutex<HashMap<i64, String>>) -> Vec<i64> {
    let who = dataset.annotator().to_owned();
    let mut ranked = Vec::new();
    let mut last = None;
    while let Some(handed) = dataset.hand(Queue::Rank, Seek::After(last)).unwrap() {
        let id = handed.example;
        let before = held.lock().unwrap().insert(id, who.clone());
        assert_eq!(before, None, "#{id} was handed to {who} as well");
        // It is let go of in the books before it is done, so that whoever comes next finds it free there.
        held.lock().unwrap().remove(&id);
        rank_one(dataset, id);
        ranked.push(id);
        last = Some(id);
    }
    ranked
}

#[test]
fn of_four_who_race_none_is_handed_what_another_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("race.goldset");
    pairs_to_rank(&path);
    let (begin, held) = (Arc::new(Barrier::new(4)), Arc::new(Mutex::new(HashMap::new())));
    let racers: Vec<_> = (0..4)
        .map(|n| {
            let (path, begin, held) = (path.clone(), Arc::clone(&begin), Arc::clone(&held));
            std::thread::spawn(move || {
                let mut dataset = Dataset::open(&path, &format!("racer {n}")).unwrap();
                begin.wait();
                rank_all(&mut dataset, &held)
            })
        })
        .collect();
    let ranked: Vec<i64> = racers.into_iter().flat_map(|racer| racer.join().unwrap()).collect();
    let different: HashSet<i64> = ranked.iter().copied().collect();
    assert_eq!((ranked.len(), different.len()), (EXAMPLES, EXAMPLES), "each once, and all of them");
}

#[test]
fn what_is_given_back_or_over_is_handed_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.goldset");
    pairs_to_rank(&path);
    let mut ana = Dataset::open(&path, "ana").unwrap();
    let mut ben = Dataset::open(&path, "ben").unwrap();
    let next = |dataset: &mut Dataset| dataset.hand(Queue::Rank, Seek::After(None)).unwrap().unwrap().example;
    assert_eq!((next(&mut ana), next(&mut ben)), (1, 2));
    assert_eq!(ben.hold(1).unwrap(), Some("ana".to_owned()), "who opens it on purpose is told");
    ana.release().unwrap();
    assert_eq!(next(&mut ben), 1);
    // A lease that has run out holds nobody up.
    ben.connection.execute("UPDATE lease SET until = 1", []).unwrap();
    assert_eq!(next(&mut ana), 1);
}

#[test]
fn who_skips_a_gold_example_is_handed_the_one_whose_place_it_took() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("d.goldset");
    pairs_to_rank(&path);
    let mut lead = Dataset::open(&path, "lead").unwrap();
    let protocol = Protocol { gold: 50, own_work: true, ..Protocol::default() };
    lead.perform(&Verb::SetProtocol(Some(Box::new(protocol)))).unwrap();
    let last = i64::try_from(EXAMPLES).unwrap();
    rank_one(&mut lead, last);
    let standing = Standing::Gold;
    lead.perform(&Verb::SetStanding { example: last, annotator: "lead".to_owned(), standing }).unwrap();
    drop(lead);
    let mut ana = Dataset::open(&path, "ana").unwrap();
    // Who only skips sees every example that waits, in its order, and the gold one now and then among them.
    let (mut seen, mut hidden, mut from) = (Vec::new(), 0, None);
    while seen.len() < EXAMPLES - 1 {
        let handed = ana.hand(Queue::Rank, Seek::After(from)).unwrap().unwrap();
        from = Some(if let Some(there) = handed.stands_for {
            assert_eq!(handed.example, last);
            hidden += 1;
            there - 1
        } else {
            seen.push(handed.example);
            handed.example
        });
    }
    assert_eq!(seen, (1..last).collect::<Vec<_>>());
    assert!(hidden > 5, "in about half of the turns: {hidden}");
}
