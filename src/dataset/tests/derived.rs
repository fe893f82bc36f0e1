//! Derived facets are kept up with what people do, and the filter of a value finds what is counted of it.

use proptest::prelude::*;

use super::steps::{dataset, example, step, verb_of};
use super::{Dataset, Verb};
use crate::dataset::{Carried, Derived, DerivedFacet, Reader, Selection, Side};
use crate::example::{Author, Response, Status, Tag};
use crate::query::Filter;

/// What each example has of each derived facet, and what is counted of it.
fn all(derived: &Derived, reader: &Reader) -> Vec<(i64, &'static str, Vec<String>)> {
    let ids = reader.all_ids(&Filter::everything()).unwrap();
    let of = |id: i64| {
        DerivedFacet::ALL.iter().map(move |facet| {
            let mut values: Vec<String> = derived.of(*facet, id).into_iter().map(str::to_owned).collect();
            values.sort();
            (id, facet.name(), values)
        })
    };
    ids.into_iter().flat_map(of).collect()
}

/// Each count against the number of examples that the filter of the value finds.
fn filters_find_what_is_counted(derived: &Derived, reader: &Reader) {
    let tagged = reader.tagged().unwrap();
    let usable = reader.filter("status:submitted,approved").unwrap();
    let kept = reader.filter("-status:discarded").unwrap();
    for facet in DerivedFacet::ALL {
        let table = derived.table(&tagged, Side::Derived(*facet), Some(Side::Own(0)));
        assert_eq!(table.cells.len(), derived.values(*facet).len());
        for (value, counted) in derived.values(*facet).iter().zip(&table.rows) {
            let filter = facet.filter(value).unwrap();
            let said = filter.to_string();
            assert_eq!(reader.filter(&said).unwrap(), filter, "{said}");
            let n = |more: &Filter| {
                u32::try_from(reader.count(&filter.clone().and(more.clone())).unwrap()).unwrap()
            };
            assert_eq!(*counted, Carried { usable: n(&usable), kept: n(&kept) }, "{said}");
        }
        let kept_counts = reader.derived_count(*facet).unwrap();
        for count in &kept_counts.values {
            let at = derived.values(*facet).iter().position(|value| *value == count.name).unwrap();
            assert_eq!(u64::from(table.rows[at].kept), count.kept(), "{}:{}", facet.name(), count.name);
            assert_eq!(u64::from(table.rows[at].usable), count.usable(), "{}:{}", facet.name(), count.name);
        }
    }
}

#[test]
fn two_facets_are_crossed_in_one_go() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for n in 0..4 {
        let mut made = example(1);
        made.responses[0].author = Some(Author::person(if n == 0 { "bo" } else { "ana" }));
        made.tags = vec![Tag::new("intent", if n < 3 { "refund" } else { "cancel" })];
        made.status = if n == 2 { Status::Discarded } else { Status::Approved };
        dataset.perform(&Verb::Create(Box::new(made))).unwrap();
    }
    let reader = dataset.reader().unwrap();
    let derived = reader.derived().unwrap();
    let tagged = reader.tagged().unwrap();
    let table = derived.table(&tagged, Side::Own(0), Some(Side::Derived(DerivedFacet::Author)));
    let author =
        |name: &str| derived.values(DerivedFacet::Author).iter().position(|value| value == name).unwrap();
    let usable = |row: usize, name: &str| table.cells[row][author(name)].usable;
    assert_eq!([usable(0, "ana"), usable(0, "bo"), usable(1, "ana"), usable(1, "bo")], [1, 1, 1, 0]);
    assert_eq!(derived.of(DerivedFacet::Source, 1), ["written here"]);
    filters_find_what_is_counted(&derived, &reader);
}

#[test]
fn what_changed_is_read_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    dataset.perform(&Verb::Create(Box::new(example(1)))).unwrap();
    let reader = dataset.reader().unwrap();
    let mut derived = reader.derived().unwrap();
    assert!(!derived.refresh(&reader).unwrap());
    let response = Box::new(Response::new(Some(Author::model("m")), "Two."));
    dataset.perform(&Verb::AddResponse { example: 1, response }).unwrap();
    assert!(derived.refresh(&reader).unwrap());
    assert_eq!(derived.of(DerivedFacet::Author, 1), ["m"]);
    // A status and a tag say nothing of what an example is like.
    let on = || Selection::One(1);
    dataset.perform(&Verb::SetStatus { on: on(), status: Status::Approved }).unwrap();
    dataset.perform(&Verb::AddTag { on: on(), tag: Tag::new("intent", "refund") }).unwrap();
    assert!(!derived.refresh(&reader).unwrap());
    filters_find_what_is_counted(&derived, &reader);
}

fn kept_up(dataset: &Dataset, derived: &mut Derived, reader: &Reader) {
    derived.refresh(reader).unwrap();
    let anew = dataset.reader().unwrap().derived().unwrap();
    assert_eq!(all(derived, reader), all(&anew, reader));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_up_equals_what_is_read_anew(steps in prop::collection::vec(step(), 1..20)) {
        let folder = tempfile::tempdir().unwrap();
        let mut dataset = dataset(folder.path());
        let reader = dataset.reader().unwrap();
        let mut derived = reader.derived().unwrap();
        for step in &steps {
            if let Some(verb) = verb_of(step, &dataset) {
                // a refused verb changes nothing, which is right too
                let _ = dataset.perform(&verb);
            }
            kept_up(&dataset, &mut derived, &reader);
        }
        filters_find_what_is_counted(&reader.derived().unwrap(), &reader);
    }
}
