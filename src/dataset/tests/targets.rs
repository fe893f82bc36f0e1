//! What is wanted: counts and shares, the goal.

use std::num::NonZeroU32;

use super::steps::{dataset, example};
use super::{no_differences, snapshot};
use crate::curation::coverage::Coverage;
use crate::curation::diversity::Balance;
use crate::curation::gaps::cards;
use crate::curation::gauges::Value;
use crate::curation::readiness::{Answers, Measure};
use crate::curation::tway::pair_coverage;
use crate::dataset::{Dataset, FacetChange, ImportOptions, Neighbours, Selection, Verb, as_in_production};
use crate::example::{CellTarget, CellWish, Goal, Share, Status, Tag, Target};
use crate::formats::Definitions;

pub(super) fn change(dataset: &mut Dataset, change: FacetChange) -> String {
    let done = dataset.perform(&Verb::ChangeFacets(change)).unwrap();
    no_differences(dataset);
    done.sentence
}

fn percent(share: &str) -> Target {
    Target::Share(share.parse().unwrap())
}

fn target(dataset: &mut Dataset, value: &str, target: Option<Target>) -> String {
    change(dataset, FacetChange::Target { value: Tag::new("intent", value), target })
}

/// So many refunds and cancellations that are approved.
fn worked(folder: &std::path::Path, refunds: usize, cancellations: usize) -> Dataset {
    let mut dataset = dataset(folder);
    for (value, n) in [("refund", refunds), ("cancel", cancellations)] {
        for _ in 0..n {
            let new = crate::example::Example {
                tags: vec![Tag::new("intent", value)],
                status: Status::Approved,
                ..example(1)
            };
            dataset.perform(&Verb::Create(Box::new(new))).unwrap();
        }
    }
    dataset
}

fn wanted(dataset: &Dataset) -> Vec<Option<u32>> {
    let counts = dataset.reader().unwrap().counts().unwrap();
    counts.facets[0].values.iter().map(|value| value.target).collect()
}

#[test]
fn a_share_wants_so_many_of_the_goal_and_everything_that_counts_goes_by_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    let before = snapshot(&dataset.connection);
    assert_eq!(target(&mut dataset, "refund", Some(percent("12.5%"))), "intent:refund has target 12.5% now");
    target(&mut dataset, "cancel", Some(percent("87.5%")));
    assert_eq!(wanted(&dataset), [Some(1), Some(3)], "of the four that are usable");
    change(&mut dataset, FacetChange::Goal(NonZeroU32::new(1_200).map(Goal)));
    assert_eq!(wanted(&dataset), [Some(150), Some(1_050)]);
    let reader = dataset.reader().unwrap();
    let covered = Coverage::of(&reader.counts().unwrap()).facets;
    assert_eq!((covered[0].wanted(), covered[0].reached()), (1_200, 4));
    let tagged = reader.tagged().unwrap();
    assert_eq!(tagged.wanted(1).targets[0], [150, 1_050]);
    for _ in 0..3 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    assert_eq!(snapshot(&dataset.connection), before);
    assert_eq!(wanted(&dataset), [Some(3), None]);
}

#[test]
fn balance_is_compared_with_shares_exactly_and_with_what_they_leave() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    target(&mut dataset, "refund", Some(percent("75%")));
    let misplaced = |dataset: &Dataset| {
        let counts = dataset.reader().unwrap().counts().unwrap();
        Balance::of_facet(&counts.facets[0]).unwrap().divergence.map(|far| far.total_variation)
    };
    assert_eq!(misplaced(&dataset), None, "nobody said what the others should be");
    target(&mut dataset, "cancel", Some(percent("25%")));
    assert_eq!(misplaced(&dataset), Some(0.0));
    target(&mut dataset, "cancel", None);
    target(&mut dataset, "refund", Some(percent("100%")));
    assert_eq!(misplaced(&dataset), Some(0.25), "a whole leaves nothing for the others");
}

#[test]
fn merged_shares_add_up_and_a_count_makes_a_count_of_both() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    target(&mut dataset, "refund", Some(percent("60%")));
    target(&mut dataset, "cancel", Some(percent("30%")));
    let merge = || FacetChange::MergeValues {
        facet: "intent".to_owned(),
        values: vec!["refund".to_owned(), "cancel".to_owned()],
        into: "cancel".to_owned(),
    };
    change(&mut dataset, merge());
    let of = |dataset: &Dataset| dataset.reader().unwrap().definitions().unwrap().facets[0].values[0].target;
    assert_eq!(of(&dataset), Share::from_millionths(900_000).map(Target::Share));
    dataset.perform(&Verb::Undo).unwrap();
    target(&mut dataset, "cancel", Some(Target::Count(7)));
    change(&mut dataset, merge());
    assert_eq!(of(&dataset), Some(Target::Count(9)), "60 % of four are about two");
}

#[test]
fn a_file_can_not_hold_a_count_and_a_share_of_one_value() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = worked(folder.path(), 0, 0);
    let both = dataset.connection.execute("UPDATE facet_value SET target = 3, share = 10", []);
    assert!(both.is_err());
    assert!(dataset.connection.execute("UPDATE facet_value SET target = NULL, share = 1000001", []).is_err());
}

fn cell(dataset: &mut Dataset, intent: &str, topic: &str, wish: Option<u32>) -> String {
    let (one, other) = (Tag::new("topic", topic), Tag::new("intent", intent));
    change(dataset, FacetChange::Cell { one, other, wish: wish.map(CellWish::from_number) })
}

fn cells(dataset: &Dataset) -> Vec<(String, CellWish)> {
    let cells = dataset.reader().unwrap().definitions().unwrap().cells;
    cells.iter().map(|cell| (cell.name(), cell.wish)).collect()
}

fn count(number: u32) -> CellWish {
    CellWish::from_number(number)
}

#[test]
fn a_cell_follows_its_values_when_they_are_called_otherwise_and_goes_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 1, 0);
    let before = snapshot(&dataset.connection);
    assert_eq!(
        cell(&mut dataset, "refund", "fees", Some(40)),
        "topic:fees × intent:refund has target 40 now"
    );
    let rename = FacetChange::RenameValue { value: Tag::new("intent", "refund"), to: "money".to_owned() };
    change(&mut dataset, rename);
    change(&mut dataset, FacetChange::Rename { facet: "topic".to_owned(), to: "about".to_owned() });
    assert_eq!(cells(&dataset), [("about:fees × intent:money".to_owned(), count(40))]);
    change(&mut dataset, FacetChange::RemoveValue(Tag::new("about", "fees")));
    assert_eq!(cells(&dataset), []);
    for _ in 0..4 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    assert_eq!(snapshot(&dataset.connection), before);
    cell(&mut dataset, "refund", "fees", Some(0));
    change(&mut dataset, FacetChange::Remove("intent".to_owned()));
    assert_eq!(cells(&dataset), []);
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn merged_values_want_what_they_wanted_together_and_are_never_only_where_all_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 1, 1);
    for topic in ["late", "tax"] {
        let value = Tag::new("topic", topic);
        change(&mut dataset, FacetChange::AddValue { value, target: None });
    }
    for (intent, topic, wish) in [
        ("refund", "fees", 40),
        ("cancel", "fees", 2),
        ("refund", "late", 0),
        ("cancel", "late", 0),
        ("refund", "tax", 0),
    ] {
        cell(&mut dataset, intent, topic, Some(wish));
    }
    let before = snapshot(&dataset.connection);
    let merge = FacetChange::MergeValues {
        facet: "intent".to_owned(),
        values: vec!["refund".to_owned(), "cancel".to_owned()],
        into: "money".to_owned(),
    };
    change(&mut dataset, merge);
    assert_eq!(
        cells(&dataset),
        [
            ("intent:money × topic:fees".to_owned(), count(42)),
            ("intent:money × topic:late".to_owned(), CellWish::Never),
        ]
    );
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn a_value_of_which_none_is_wanted_is_in_no_combination_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 1, 1);
    let missing = |dataset: &Dataset| {
        let tagged = dataset.reader().unwrap().tagged().unwrap();
        let counts = tagged.counts(Status::is_usable).unwrap();
        let found = cards(&tagged.wanted(1), &counts, None, 100, 1).unwrap();
        let told: Vec<String> = found.cards.iter().map(|card| card.told(&tagged.names())).collect();
        (pair_coverage(&counts, tagged.forbidden(), 1, 10).possible(), told)
    };
    let target = |value, target| FacetChange::Target { value, target: Some(Target::Count(target)) };
    let refund = Tag::new("intent", "refund");
    for change in [
        target(refund.clone(), 0),
        target(Tag::new("intent", "cancel"), 5),
        target(Tag::new("topic", "fees"), 5),
    ] {
        dataset.perform(&Verb::ChangeFacets(change)).unwrap();
    }
    let (pairs, told) = missing(&dataset);
    assert_eq!(pairs, 1, "cancel × fees");
    assert!(!told.is_empty() && !told.iter().any(|card| card.contains("refund")), "{told:?}");
    dataset.perform(&Verb::ChangeFacets(target(refund, 5))).unwrap();
    let (pairs, told) = missing(&dataset);
    assert_eq!(pairs, 2);
    assert!(told.iter().any(|card| card.contains("refund")), "{told:?}");
}

#[test]
fn what_is_never_together_is_not_proposed_and_is_no_pair_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 1, 1);
    let pairs = |dataset: &Dataset| {
        let tagged = dataset.reader().unwrap().tagged().unwrap();
        let counts = tagged.counts(Status::is_usable).unwrap();
        pair_coverage(&counts, tagged.forbidden(), 1, 10).possible()
    };
    assert_eq!(pairs(&dataset), 2);
    assert_eq!(
        cell(&mut dataset, "refund", "fees", Some(0)),
        "topic:fees × intent:refund are never together now, so that none is asked for"
    );
    assert_eq!(pairs(&dataset), 1);
    cell(&mut dataset, "cancel", "fees", Some(5));
    let tagged = dataset.reader().unwrap().tagged().unwrap();
    let have = tagged.counts(Status::is_usable).unwrap();
    // no pair matters otherwise
    let found = cards(&tagged.wanted(0), &have, None, 10, 1).unwrap();
    let told: Vec<String> = found.cards.iter().map(|card| card.told(&tagged.names())).collect();
    assert!(told.iter().any(|card| card.starts_with("5 more with intent: cancel, topic: fees")), "{told:?}");
    assert!(!told.iter().any(|card| card.contains("refund, topic: fees")), "{told:?}");
    let on = Selection::One(1);
    dataset.perform(&Verb::AddTag { on, tag: Tag::new("topic", "fees") }).unwrap();
    cell(&mut dataset, "refund", "fees", None);
    assert_eq!(
        cell(&mut dataset, "refund", "fees", Some(0)),
        "topic:fees × intent:refund are never together now, so that none is asked for, though an example carries both"
    );
    let there = dataset.reader().unwrap().counts().unwrap().cells;
    assert_eq!((there[0].usable, there[1].usable), (0, 1), "in the order in which they were set");
}

#[test]
fn the_examples_of_a_cell_are_counted_live_whatever_happens_to_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    let usable = |dataset: &Dataset| {
        no_differences(dataset);
        dataset.reader().unwrap().counts().unwrap().cells.iter().map(|there| there.usable).collect::<Vec<_>>()
    };
    let fees = || Tag::new("topic", "fees");
    for on in [Selection::One(1), Selection::One(2)] {
        dataset.perform(&Verb::AddTag { on, tag: fees() }).unwrap();
    }
    cell(&mut dataset, "refund", "fees", Some(40));
    cell(&mut dataset, "cancel", "fees", Some(2));
    assert_eq!(usable(&dataset), [2, 0], "those that were there before");
    dataset.perform(&Verb::AddTag { on: Selection::One(4), tag: fees() }).unwrap();
    dataset.perform(&Verb::SetStatus { on: Selection::One(1), status: Status::Draft }).unwrap();
    assert_eq!(usable(&dataset), [1, 1]);
    dataset.perform(&Verb::RemoveTag { on: Selection::One(2), tag: fees() }).unwrap();
    assert_eq!(usable(&dataset), [0, 1]);
    let file = folder.path().join("more.jsonl");
    let line = |n: usize| {
        format!(
            "{{\"prompt\": \"{n}\", \"completion\": \"yes\", \"intent\": \"refund\", \"topic\": \"fees\"}}"
        )
    };
    std::fs::write(&file, (0..5).map(line).collect::<Vec<_>>().join("\n")).unwrap();
    let options = ImportOptions {
        status: Some(Status::Approved),
        tags: vec![Tag::new("intent", "refund"), fees()],
        ..ImportOptions::default()
    };
    dataset.import(&[file], &options, &mut |_| Ok(()), &mut |_| true).unwrap();
    assert_eq!(usable(&dataset), [5, 1], "those of an import too");
    for expected in [[0, 1], [1, 1], [2, 1], [2, 0]] {
        dataset.perform(&Verb::Undo).unwrap();
        assert_eq!(usable(&dataset), expected);
    }
}

#[test]
fn the_cells_of_an_older_dataset_are_counted_when_it_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 2, 0);
    dataset.perform(&Verb::AddTag { on: Selection::One(1), tag: Tag::new("topic", "fees") }).unwrap();
    cell(&mut dataset, "refund", "fees", Some(40));
    dataset.connection.execute_batch("DROP TABLE cell_count; PRAGMA user_version = 8").unwrap();
    let path = dataset.path().to_owned();
    drop(dataset);
    let dataset = Dataset::open(&path, "ana").unwrap();
    no_differences(&dataset);
    let cells = dataset.reader().unwrap().counts().unwrap().cells;
    assert_eq!(cells.iter().map(|there| there.usable).collect::<Vec<_>>(), [1]);
}

#[test]
fn the_gauge_and_the_gate_of_coverage_tell_one_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    dataset.perform(&Verb::AddTag { on: Selection::One(1), tag: Tag::new("topic", "fees") }).unwrap();
    cell(&mut dataset, "refund", "fees", Some(7));
    let reader = dataset.reader().unwrap();
    let measured = reader.measure(&mut Neighbours::new(), &mut |_| true).unwrap();
    let page = reader.assess(&measured, Answers::default(), "ana").unwrap();
    let [covered, ..] = &page.gauges;
    assert_eq!(reader.gauges(None).unwrap()[0], *covered);
    let line = page.readiness.lines.iter().find(|line| line.measure == Measure::Coverage).unwrap();
    // three refunds of three, and one of seven that are about fees
    assert_eq!(line.value, Some(0.4));
    assert_eq!(covered.reading.map(|reading| reading.value), Some(Value::Share(0.4)));
    assert_eq!(
        (covered.n, covered.sentence.as_str()),
        (10, "4 of 10 that targets ask for are there; short: 1 cell")
    );
}

#[test]
fn a_cell_is_of_values_that_are_there_of_two_facets() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 0, 0);
    let mut refused = |one: Tag, other: Tag| {
        let verb = Verb::ChangeFacets(FacetChange::Cell { one, other, wish: Some(CellWish::Never) });
        dataset.perform(&verb).unwrap_err().to_string()
    };
    let refund = || Tag::new("intent", "refund");
    assert!(refused(refund(), Tag::new("intent", "cancel")).contains("needs two facets"));
    assert!(refused(refund(), Tag::new("topic", "nothing")).contains("topic:nothing"));
    assert!(refused(refund(), Tag::new("tone", "warm")).contains("“tone”"));
    let of_nothing = CellTarget::new(refund(), Tag::new("topic", "nothing"), CellWish::Never).unwrap();
    let definitions = Definitions { cells: vec![of_nothing], ..Definitions::default() };
    let error = dataset.perform(&Verb::Define(definitions)).unwrap_err().to_string();
    assert!(error.contains("there is no value topic:nothing"), "{error}");
}

#[test]
fn the_shares_of_production_are_one_undo_and_say_what_is_new_and_what_never_comes() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = worked(folder.path(), 3, 1);
    let before = snapshot(&dataset.connection);
    let intent = dataset.reader().unwrap().definitions().unwrap().facets.remove(0);
    let text = "value,count\nrefund,2\nlost card,1\n";
    let wanted = as_in_production(&intent, "real.csv", text, true).unwrap();
    assert_eq!(
        change(&mut dataset, wanted),
        "set intent as in production: 2 values with their shares; made new: lost card; never there, so wanted not at all: cancel"
    );
    let values = dataset.reader().unwrap().definitions().unwrap().facets.remove(0).values;
    let shares: Vec<_> =
        values.iter().filter_map(|value| value.target?.share()).map(|share| share.to_string()).collect();
    assert_eq!(shares, ["66.6667%", "0%", "33.3333%"]);
    let counts = dataset.reader().unwrap().counts().unwrap();
    let balance = Balance::of_facet(&counts.facets[0]).unwrap();
    assert_eq!(balance.divergence.map(|far| (far.total_variation * 1e6).round()), Some(333_333.0));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}
