//! Changing facets: the tags of all examples follow, and undo gives everything back.

use super::steps::{dataset, example};
use super::{no_differences, snapshot};
use crate::dataset::{Dataset, FacetChange, Part, Selection, Verb};
use crate::example::{Contract, SplitPlan, Tag, Target};

fn change(dataset: &mut Dataset, change: FacetChange) -> Result<String, String> {
    let done = dataset.perform(&Verb::ChangeFacets(change)).map_err(|error| error.to_string())?;
    no_differences(dataset);
    Ok(done.sentence)
}

/// Three examples: a refund, a cancellation, one of both topics.
fn tagged(folder: &std::path::Path) -> Dataset {
    let mut dataset = dataset(folder);
    for tags in [
        vec![Tag::new("intent", "refund"), Tag::new("topic", "fees")],
        vec![Tag::new("intent", "cancel"), Tag::new("topic", "late")],
        vec![Tag::new("intent", "refund"), Tag::new("topic", "fees"), Tag::new("topic", "late")],
    ] {
        let new = crate::example::Example { tags, ..example(1) };
        dataset.perform(&Verb::Create(Box::new(new))).unwrap();
    }
    dataset
}

fn tags(dataset: &Dataset, example: i64) -> Vec<String> {
    let example = dataset.reader().unwrap().example(example).unwrap().unwrap();
    let mut tags: Vec<String> =
        example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value)).collect();
    tags.sort();
    tags
}

fn merge(facet: &str, values: &[&str], into: &str) -> FacetChange {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    FacetChange::MergeValues { facet: facet.to_owned(), values, into: into.to_owned() }
}

#[test]
fn a_renamed_value_takes_its_examples_and_what_is_below_it_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let value = Tag::new("topic", "fees/late");
    change(&mut dataset, FacetChange::AddValue { value, target: Some(Target::Count(4)) }).unwrap();
    let rename =
        |from: &str, to: &str| FacetChange::RenameValue { value: Tag::new("topic", from), to: to.to_owned() };
    let said = change(&mut dataset, rename("fees", "charges")).unwrap();
    assert_eq!(said, "renamed topic:fees to charges, with the value below it");
    assert_eq!(tags(&dataset, 1), ["intent:refund", "topic:charges"]);
    let facets = dataset.reader().unwrap().definitions().unwrap().facets;
    let names: Vec<&str> = facets[1].values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(names, ["charges", "late", "charges/late"]);
    let error = change(&mut dataset, rename("charges", "late")).unwrap_err();
    assert_eq!(error, "topic has the value “late” already; merging makes one value of two");
}

#[test]
fn merged_values_are_one_on_every_example_and_undo_parts_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let before = snapshot(&dataset.connection);
    let said = change(&mut dataset, merge("intent", &["refund", "cancel"], "money")).unwrap();
    assert_eq!(said, "merged intent:refund, cancel into money, on 3 examples; its target is 3 now");
    change(&mut dataset, merge("topic", &["late"], "fees")).unwrap();
    assert_eq!(tags(&dataset, 2), ["intent:money", "topic:fees"]);
    assert_eq!(tags(&dataset, 3), ["intent:money", "topic:fees"], "none of them twice");
    let facets = dataset.reader().unwrap().definitions().unwrap().facets;
    assert_eq!(facets[0].values[0].target, Some(Target::Count(3)), "the targets are added up");
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
    assert!(
        change(&mut dataset, merge("intent", &["refund"], "refund"))
            .unwrap_err()
            .contains("nothing to merge")
    );
    assert!(
        change(&mut dataset, merge("intent", &["pause"], "refund")).unwrap_err().contains("intent:pause")
    );
}

fn part(dataset: &Dataset, parts: &[(&str, &str)], rest: Option<&str>) -> FacetChange {
    let reader = dataset.reader().unwrap();
    let part = |(to, filter): &(&str, &str)| Part {
        to: (*to).to_owned(),
        on: Selection::Matching(reader.filter(filter).unwrap()),
    };
    FacetChange::Part {
        value: Tag::new("intent", "refund"),
        parts: parts.iter().map(part).collect(),
        rest: rest.map(str::to_owned),
    }
}

#[test]
fn a_value_is_parted_by_a_filter() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let parting = part(&dataset, &[("refund/late", "topic:late")], None);
    let said = change(&mut dataset, parting).unwrap();
    assert_eq!(said, "parted intent:refund into refund/late on 1 example; 1 stays");
    assert_eq!(tags(&dataset, 1)[0], "intent:refund");
    assert_eq!(tags(&dataset, 2)[0], "intent:cancel");
    assert_eq!(tags(&dataset, 3)[0], "intent:refund/late");
}

#[test]
fn a_value_is_parted_in_several_the_first_that_finds_one_has_it_and_one_undo_takes_all_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let before = snapshot(&dataset.connection);
    let filters = [("refund/late", "topic:late"), ("refund/fees", "topic:fees")];
    let reader = dataset.reader().unwrap();
    let parsed: Vec<_> = filters.iter().map(|(_, filter)| reader.filter(filter).unwrap()).collect();
    assert_eq!(
        reader.parted(&Tag::new("intent", "refund"), &parsed).unwrap(),
        [1, 1, 0],
        "what is shown before"
    );
    let parting = part(&dataset, &filters, Some("refund/other"));
    let said = change(&mut dataset, parting).unwrap();
    assert_eq!(
        said,
        "parted intent:refund into refund/late on 1 example, refund/fees on 1 example; \
         the rest is refund/other, on 0 examples"
    );
    assert_eq!(
        [1, 2, 3].map(|id| tags(&dataset, id).remove(0)),
        ["intent:refund/fees", "intent:cancel", "intent:refund/late"]
    );
    let facets = dataset.reader().unwrap().definitions().unwrap().facets;
    let intent = facets.iter().find(|facet| facet.name == "intent").unwrap();
    let other = intent.values.iter().find(|value| value.name == "refund/other").unwrap();
    assert_eq!(other.target, Some(Target::Count(3)), "what was wanted of the parted value");
    assert!(intent.values.iter().all(|value| value.name != "refund"));
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn what_can_not_be_parted_is_refused_and_nothing_of_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let before = snapshot(&dataset.connection);
    for (parts, says) in [
        (&[][..], "nothing is parted otherwise"),
        (&[("refund", "topic:late")][..], "intent:refund is what they carry already"),
        (&[("refund/late", "topic:late"), (" ", "topic:fees")][..], "it needs a name"),
    ] {
        let parting = part(&dataset, parts, None);
        let error = change(&mut dataset, parting).unwrap_err();
        assert!(error.contains(says), "{error}");
        assert_eq!(snapshot(&dataset.connection), before);
    }
}

#[test]
fn a_contract_for_a_value_goes_on_to_be_for_all_of_its_examples_once_it_is_parted() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let only = std::collections::BTreeMap::from([("intent".to_owned(), vec!["refund".to_owned()])]);
    let contract = Contract { only, ..Contract::default() };
    dataset.perform(&Verb::SetContract(Some(Box::new(contract)))).unwrap();
    let parting = part(&dataset, &[("refund/late", "topic:late"), ("cancel", "topic:fees")], None);
    change(&mut dataset, parting).unwrap();
    let contract = dataset.reader().unwrap().contract().unwrap().unwrap();
    assert_eq!(contract.only["intent"], ["refund", "refund/late"], "and not for all that is cancelled");
}

#[test]
fn a_facet_goes_with_its_tags_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let before = snapshot(&dataset.connection);
    let said = change(&mut dataset, FacetChange::Remove("intent".to_owned())).unwrap();
    assert_eq!(said, "removed the facet intent, which 3 examples carried");
    assert_eq!(tags(&dataset, 1), ["topic:fees"]);
    change(&mut dataset, FacetChange::RemoveValue(Tag::new("topic", "late"))).unwrap();
    assert_eq!(tags(&dataset, 2), Vec::<String>::new());
    dataset.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn a_facet_takes_one_value_only_where_no_example_has_two() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let set = |facet: &str, several| FacetChange::Set {
        facet: facet.to_owned(),
        several: Some(several),
        open: Some(true),
        required: None,
    };
    let error = change(&mut dataset, set("topic", false)).unwrap_err();
    assert!(error.starts_with("#3 carries several values of topic"), "{error}");
    let said = change(&mut dataset, set("intent", true)).unwrap();
    assert_eq!(said, "the facet intent takes several values, is open");
    let tag = Tag::new("intent", "new one");
    dataset.perform(&Verb::AddTag { on: Selection::One(1), tag }).unwrap();
    assert_eq!(tags(&dataset, 1), ["intent:new one", "intent:refund", "topic:fees"]);
    let both = snapshot(&dataset.connection);
    let mut bo = Dataset::open(dataset.path(), "bo").unwrap();
    bo.perform(&Verb::AddTag { on: Selection::One(1), tag: Tag::new("intent", "cancel") }).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    let error = dataset.perform(&Verb::Undo).unwrap_err().to_string();
    assert!(error.contains("examples were tagged since with values of intent"), "{error}");
    bo.perform(&Verb::Undo).unwrap();
    dataset.perform(&Verb::Undo).unwrap();
    no_differences(&dataset);
    assert_eq!(tags(&dataset, 1), ["intent:refund", "topic:fees"]);
    dataset.perform(&Verb::Redo).unwrap();
    dataset.perform(&Verb::Redo).unwrap();
    assert_eq!(snapshot(&dataset.connection), both);
}

#[test]
fn a_value_can_move_below_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let value = Tag::new("topic", "fees/late");
    change(&mut dataset, FacetChange::AddValue { value, target: None }).unwrap();
    let value = Tag::new("topic", "fees");
    change(&mut dataset, FacetChange::RenameValue { value, to: "fees/all".to_owned() }).unwrap();
    let facets = dataset.reader().unwrap().definitions().unwrap().facets;
    let names: Vec<&str> = facets[1].values.iter().map(|value| value.name.as_str()).collect();
    assert_eq!(names, ["fees/all", "late", "fees/all/late"]);
}

#[test]
fn the_contract_and_the_plan_of_the_splits_follow() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    let only = |facet: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        std::collections::BTreeMap::from([(facet.to_owned(), values)])
    };
    let contract = Contract { only: only("intent", &["refund", "cancel"]), ..Contract::default() };
    dataset.perform(&Verb::SetContract(Some(Box::new(contract)))).unwrap();
    let plan = SplitPlan { by: vec!["intent".to_owned(), "topic".to_owned()], ..SplitPlan::default() };
    dataset.perform(&Verb::Deal { plan: Box::new(plan), dealt: Vec::new() }).unwrap();
    let before = snapshot(&dataset.connection);
    for (facet, value) in [("intent", None), ("intent", Some("refund"))] {
        let remove = match value {
            None => FacetChange::Remove(facet.to_owned()),
            Some(value) => FacetChange::RemoveValue(Tag::new(facet, value)),
        };
        assert!(
            change(&mut dataset, remove).unwrap_err().starts_with("the contract is only for what carries")
        );
    }
    change(&mut dataset, merge("intent", &["refund", "cancel"], "money")).unwrap();
    let rename = FacetChange::Rename { facet: "intent".to_owned(), to: "wish".to_owned() };
    change(&mut dataset, rename).unwrap();
    change(&mut dataset, FacetChange::Remove("topic".to_owned())).unwrap();
    let reader = dataset.reader().unwrap();
    assert_eq!(reader.contract().unwrap().unwrap().only, only("wish", &["money"]));
    assert_eq!(reader.split_plan().unwrap().unwrap().by, ["wish"]);
    for _ in 0..3 {
        dataset.perform(&Verb::Undo).unwrap();
    }
    assert_eq!(snapshot(&dataset.connection), before);
}

#[test]
fn names_that_a_filter_could_not_say_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = tagged(folder.path());
    for to in ["two words", "status", "topic", ""] {
        let rename = FacetChange::Rename { facet: "intent".to_owned(), to: to.to_owned() };
        assert!(change(&mut dataset, rename).is_err(), "{to}");
    }
    let value = Tag::new("intent", " ");
    assert!(change(&mut dataset, FacetChange::AddValue { value, target: None }).is_err());
}
