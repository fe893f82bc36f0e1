//! What is known of a dataset when it is asked what it is ready for.

use super::super::{Dataset, Neighbours, Selection, Verb};
use super::steps::{dataset, definitions, example};
use crate::curation::readiness::{Counted, Inputs};
use crate::example::{Contract, Pattern, Status, Target};

fn measured(dataset: &Dataset) -> Inputs {
    dataset.reader().unwrap().measure(&mut Neighbours::new(), &mut |_| true).unwrap().inputs
}

#[test]
fn of_a_required_facet_that_anybody_may_add_to_the_values_with_a_target_are_required() {
    let folder = tempfile::tempdir().unwrap();
    let required = |name: &str, target: Option<Target>| {
        let mut definitions = definitions();
        definitions.facets[1].values[0].target = target;
        let dataset = Dataset::create(&folder.path().join(name), "ana", &definitions).unwrap();
        let values = measured(&dataset).required.into_iter().flat_map(|facet| facet.values);
        values.map(|value| (value.name, value.target)).collect::<Vec<_>>()
    };
    assert_eq!(required("a", Some(Target::Count(7))), [("fees".to_owned(), Some(7))]);
    assert_eq!(required("b", None), []);
}

#[test]
fn what_says_nothing_neither_keeps_to_a_contract_nor_breaks_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset = dataset(folder.path());
    for responses in [1, 0] {
        dataset.perform(&Verb::Create(Box::new(example(responses)))).unwrap();
    }
    for on in [1, 2].map(Selection::One) {
        dataset.perform(&Verb::SetStatus { on, status: Status::Approved }).unwrap();
    }
    let contract = Contract { must_match: vec![Pattern::new("Answer")], ..Contract::default() };
    dataset.perform(&Verb::SetContract(Some(Box::new(contract)))).unwrap();
    assert_eq!(measured(&dataset).contract, Counted::new(1, 1));
}
