//! What splitting promises: what has a split keeps it, and like prompts are never parted.

use std::collections::HashMap;

use proptest::prelude::*;

use super::snapshot;
use super::steps::dataset;
use crate::dataset::{Dataset, Dealing, Done, Neighbours, ProposedSplits, Selection, Splitting, Verb};
use crate::example::{Example, Kind, Prompt, Split, SplitPlan, Status};
use crate::query::Filter;

/// Prompts of one family differ by a mark, those of two in every word.
fn asked(dataset: &mut Dataset, family: usize, end: usize) -> i64 {
    let number = |by: usize| format!("{:x}", (family + 1) * by % 4_294_967_291);
    let words = [2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263].map(number).join(" ");
    let end = ["", "!", " ?", " …"][end % 4];
    let example = Example::new(Kind::Sft, Prompt::user(format!("{words}{end}")));
    dataset.perform(&Verb::Create(Box::new(example))).unwrap().example.unwrap()
}

fn plan() -> SplitPlan {
    SplitPlan { key: "k".to_owned(), shares: "6:2:2".parse().unwrap(), ..SplitPlan::default() }
}

fn proposed(dataset: &Dataset, filter: &Filter, dealing: Dealing, mend_leaks: bool) -> ProposedSplits {
    let plan = plan();
    let splitting = Splitting { plan: &plan, filter, dealing, mend_leaks };
    let reader = dataset.reader().unwrap();
    Neighbours::new().propose_splits(&reader, &splitting, &mut |_| true).unwrap()
}

fn perform(dataset: &mut Dataset, proposed: &ProposedSplits) -> Done {
    let verb = Verb::Deal { plan: Box::new(plan()), dealt: proposed.dealt.clone() };
    dataset.perform(&verb).unwrap()
}

fn split(dataset: &mut Dataset) -> ProposedSplits {
    let proposed = proposed(dataset, &Filter::everything(), Dealing::New, false);
    perform(dataset, &proposed);
    proposed
}

fn splits(dataset: &Dataset) -> HashMap<i64, Option<Split>> {
    let reader = dataset.reader().unwrap();
    let ids = reader.all_ids(&Filter::everything()).unwrap();
    reader.rows(&ids).unwrap().into_iter().map(|row| (row.id, row.split)).collect()
}

fn put(dataset: &mut Dataset, id: i64, split: Option<Split>) {
    dataset.perform(&Verb::SetSplit { on: Selection::One(id), split }).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn adding_examples_moves_none_and_parts_no_group(
        first in prop::collection::vec((0..12_usize, 0..4_usize), 1..12),
        second in prop::collection::vec((0..12_usize, 0..4_usize), 1..12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let mut families = HashMap::new();
        let mut before = HashMap::new();
        for added in [first, second] {
            for (family, end) in added {
                families.insert(asked(&mut dataset, family, end), family);
            }
            let proposed = split(&mut dataset);
            prop_assert_eq!((proposed.report.leaks.len(), proposed.report.without), (0, 0));
            let now = splits(&dataset);
            for (id, split) in &before {
                prop_assert_eq!(&now[id], split, "#{} moved", id);
            }
            for (one, family) in &families {
                let like = families.iter().filter(|(_, of)| *of == family);
                prop_assert!(like.into_iter().all(|(other, _)| now[other] == now[one]), "family {} is parted", family);
            }
            before = now;
        }
        // Which were there first has no say in it.
        let again = proposed(&dataset, &Filter::everything(), Dealing::Again, false);
        prop_assert_eq!(again.dealt, []);
    }
}

#[test]
fn what_joins_two_groups_is_in_neither_split_and_parts_of_a_leak_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let [a, b, c] = [0, 1, 2].map(|end| asked(&mut dataset, 1, end));
    put(&mut dataset, a, Some(Split::Train));
    put(&mut dataset, b, Some(Split::Test));
    let proposed_now = split(&mut dataset);
    assert_eq!((proposed_now.report.held, proposed_now.report.leaks.len()), (1, 1));
    let leak = &proposed_now.report.leaks[0];
    assert_eq!(leak.examples, [(a, Split::Train), (b, Split::Test)]);
    assert!((leak.likeness - 1.0).abs() < 1e-6);
    assert_eq!(splits(&dataset)[&c], None);
    // Of equally many the first says where.
    let before = snapshot(&dataset.connection);
    let mending = proposed(&dataset, &Filter::everything(), Dealing::New, true);
    assert_eq!((mending.report.mended, mending.report.leaks.len()), (1, 0));
    perform(&mut dataset, &mending);
    assert_eq!(splits(&dataset).values().filter(|split| **split == Some(Split::Train)).count(), 3);
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn what_is_not_dealt_is_reckoned_with_and_not_changed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let [a, b] = [0, 1].map(|end| asked(&mut dataset, 1, end));
    put(&mut dataset, a, Some(Split::Test));
    let only = Filter::ids([b]);
    let proposed_now = proposed(&dataset, &only, Dealing::Again, false);
    assert_eq!((proposed_now.report.examples, proposed_now.report.joined), (1, 1));
    perform(&mut dataset, &proposed_now);
    assert_eq!(splits(&dataset)[&b], Some(Split::Test));
    // What was discarded has no say.
    put(&mut dataset, b, None);
    dataset.perform(&Verb::SetStatus { on: Selection::One(a), status: Status::Discarded }).unwrap();
    assert_eq!(proposed(&dataset, &only, Dealing::New, false).report.joined, 0);
}

#[test]
fn who_put_it_elsewhere_in_the_meantime_is_right() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    let ids: Vec<i64> = (0..20).map(|family| asked(&mut dataset, family, 0)).collect();
    let proposed_now = proposed(&dataset, &Filter::everything(), Dealing::New, false);
    let elsewhere = if proposed_now.dealt[0].after == Split::Test { Split::Train } else { Split::Test };
    put(&mut dataset, ids[0], Some(elsewhere));
    let done = perform(&mut dataset, &proposed_now);
    assert_eq!((done.examples, splits(&dataset)[&ids[0]]), (19, Some(elsewhere)));
    assert!(done.sentence.starts_with("split 19 examples: "), "{}", done.sentence);
    assert_eq!(dataset.reader().unwrap().split_plan().unwrap(), Some(plan()));
    assert_eq!(perform(&mut dataset, &proposed_now).action, None);
}
