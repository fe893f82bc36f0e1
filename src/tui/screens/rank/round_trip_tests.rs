//! What is typed is what is stored, what is exported as pairs, and what comes in again.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::order::{Effect, Key, Order};
use crate::dataset::{Dataset, Error, ExportReport, ImportOptions, Plan, Target, Verb, export};
use crate::example::{Author, AuthorKind, Example, Kind, Prompt, Ranking, Response, Status, Uuid};
use crate::formats::by_id;
use crate::query::Filter;
use crate::tui::harness::Harness;

const FORMATS: [&str; 4] = ["openai-preference", "trl-preference", "sharegpt-preference", "columns"];

fn spelt(key: Key) -> String {
    match key {
        Key::Back => "backspace".to_owned(),
        other => other.spelt(),
    }
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        6 => (1..=6_usize).prop_map(Key::Place),
        2 => Just(Key::Tie),
        1 => Just(Key::Bad),
        1 => Just(Key::Back)
    ]
}

/// Which of the texts are better than which.
type Better = BTreeSet<(String, String)>;

fn better(example: &Example, ranking: &Ranking) -> Better {
    let text = |id: Uuid| example.response(id).unwrap().text();
    ranking.pairs().into_iter().map(|pair| (text(pair.chosen), text(pair.rejected))).collect()
}

/// The tiers of an order in which every response has its place, from the pairs alone.
fn tiers(pairs: &Better) -> Vec<BTreeSet<String>> {
    let mut above: HashMap<&str, usize> = HashMap::new();
    for (chosen, rejected) in pairs {
        above.entry(chosen).or_default();
        *above.entry(rejected).or_default() += 1;
    }
    let mut places: Vec<usize> = above.values().copied().collect();
    places.sort_unstable();
    places.dedup();
    let at =
        |place: usize| above.iter().filter(move |(_, n)| **n == place).map(|(text, _)| (*text).to_owned());
    places.into_iter().map(|place| at(place).collect()).collect()
}

/// Exports everything in that format and imports it into a dataset of its own.
fn there_and_back(harness: &Harness, format: &str) -> (ExportReport, Vec<Example>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pairs.jsonl");
    // whatever the status, what does not hold stays away, and few are enough
    let plan = Plan {
        statuses: Some(Status::ALL.to_vec()),
        skip_invalid: true,
        allow: vec!["records".to_owned()],
        ..Plan::of(format)
    };
    let report = match export(&harness.reader(), &plan, &Target::File(file.clone()), &mut |_| true) {
        Ok(report) => report,
        // A file without a record is not made.
        Err(Error::NothingToExport(_)) => return (ExportReport::default(), Vec::new()),
        Err(error) => panic!("{error}"),
    };
    let path = folder.path().join("again.goldset");
    let mut dataset = Dataset::create(&path, "ben", &crate::formats::Definitions::default()).unwrap();
    if report.records > 0 {
        let options = ImportOptions { format: by_id(format), ..ImportOptions::default() };
        let imported = dataset.import(&[file], &options, &mut |_| Ok(()), &mut |_| true).unwrap();
        assert_eq!((imported.examples, imported.rejected), (report.records, 0));
    }
    let reader = dataset.reader().unwrap();
    let ids = reader.all_ids(&Filter::everything()).unwrap();
    (report, ids.into_iter().map(|id| reader.example(id).unwrap().unwrap()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn an_order_is_the_same_typed_stored_exported_and_imported(
        n in 2..=6_usize,
        keys in prop::collection::vec(key(), 1..10),
    ) {
        let model = Author { name: "swift-7b".to_owned(), kind: AuthorKind::Model };
        let responses: Vec<Response> =
            (1..=n).map(|at| Response::new(Some(model.clone()), format!("answer {at}"))).collect();
        let made = Example { responses, ..Example::new(Kind::Preference, Prompt::user("which?")) };
        let fill = |dataset: &mut Dataset| drop(dataset.perform(&Verb::Create(Box::new(made.clone()))).unwrap());
        let mut harness = Harness::with(fill, 120, 40);
        harness.keys("g r");

        // What the keys say, by the places on the screen.
        let mut order = Order::new(n);
        for key in keys {
            harness.keys(&spelt(key));
            if order.press(key) == Effect::Complete {
                break;
            }
        }
        let places = order.places();
        if !places.is_complete() {
            harness.keys("enter");
        }
        let stored = harness.reader().example(1).unwrap().unwrap();
        prop_assert_eq!(&stored.responses, &made.responses, "shuffling changes nothing that is stored");
        let [ranking] = stored.rankings.as_slice() else {
            prop_assert!(places.tiers.is_empty() && places.bad.is_empty(), "nothing was stored of {places:?}");
            return Ok(());
        };
        let shown = |list: &[usize]| list.iter().map(|&at| ranking.presented[at]).collect::<BTreeSet<_>>();
        let typed: Vec<_> = places.tiers.iter().map(|tier| shown(tier)).collect();
        let kept: Vec<BTreeSet<Uuid>> = ranking.tiers.iter().map(|tier| tier.iter().copied().collect()).collect();
        prop_assert_eq!(&typed, &kept);
        prop_assert_eq!(shown(&places.bad), ranking.bad.iter().copied().collect::<BTreeSet<_>>());

        let expected = better(&stored, ranking);
        let unplaced: BTreeSet<String> =
            places.rest.iter().map(|&at| stored.response(ranking.presented[at]).unwrap().text()).collect();
        for format in FORMATS {
            let (report, pairs) = there_and_back(&harness, format);
            prop_assert_eq!(report.records, expected.len() as u64, "{}", format);
            let again: Better = pairs.iter().flat_map(|pair| better(pair, &pair.rankings[0])).collect();
            prop_assert_eq!(&again, &expected, "{}", format);
            prop_assert!(again.iter().all(|(a, b)| !unplaced.contains(a) && !unplaced.contains(b)));
            if places.rest.is_empty() && !again.is_empty() {
                let mut all: Vec<BTreeSet<String>> = kept.iter().cloned().chain([ranking.bad.iter().copied().collect()])
                    .map(|tier: BTreeSet<Uuid>| tier.into_iter().map(|id| stored.response(id).unwrap().text()).collect())
                    .collect();
                all.retain(|tier| !tier.is_empty());
                prop_assert_eq!(tiers(&again), all, "{}", format);
            }
        }
    }
}
