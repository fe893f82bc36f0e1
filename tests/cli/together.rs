//! Several processes on one file: none loses what another wrote.

use goldset::dataset::{Dataset, Verb};
use goldset::example::{Example, Kind, Prompt};

use crate::support::{SFT, World};

#[test]
fn an_import_beside_an_open_dataset_loses_nothing() {
    let world = World::with_examples();
    let mut open = Dataset::open(&world.path("d.goldset"), "bo").unwrap();
    let reader = open.reader().unwrap();
    // A second look at the file, and its end, must not give up the locks of the first.
    drop(open.reader().unwrap());
    let count = || reader.counts().unwrap().total();
    let make = || Verb::Create(Box::new(Example::new(Kind::Sft, Prompt::user("Made beside it"))));
    assert_eq!(count(), 4);
    open.perform(&make()).unwrap();
    world.write("b.jsonl", SFT);
    for round in 1..=3 {
        world.ok(&["import", "d.goldset", "b.jsonl"]);
        assert_eq!(count(), 4 + 4 * round, "what another process wrote is seen");
        open.perform(&make()).unwrap();
        let seen = world.json(&["stats", "d.goldset", "--json"])["examples"].as_u64();
        assert_eq!(seen, Some(5 + 4 * round), "and what this one wrote by another");
    }
    world.ok(&["undo", "d.goldset"]);
    assert_eq!(count(), 14);
    drop((open, reader));
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 14);
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}
