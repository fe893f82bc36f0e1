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

#[test]
fn what_several_processes_do_at_once_is_all_there() {
    const ROUNDS: usize = 3;
    let world = World::with_dataset();
    world.write("b.jsonl", SFT);
    let names = ["ana", "bo", "cleo", "dora"];
    std::thread::scope(|scope| {
        for name in names {
            let world = &world;
            scope.spawn(move || {
                let tag = format!("topic={name}");
                for _ in 0..ROUNDS {
                    world.ok(&["import", "d.goldset", "b.jsonl", "--as", name, "--tag", &tag]);
                    world.ok(&["undo", "d.goldset", "--as", name]);
                    world.ok(&["import", "d.goldset", "b.jsonl", "--as", name, "--tag", &tag]);
                    let seen =
                        world.run(&["list", "d.goldset", "--json", "--where", &format!("topic:{name}")]);
                    assert!(seen.out.lines().count() >= 3, "one sees at once what one wrote");
                }
            });
        }
    });
    let stats = world.json(&["stats", "d.goldset", "--json"]);
    assert_eq!(stats["examples"], names.len() * ROUNDS * 3);
    let actions = world.run(&["log", "d.goldset", "--limit", "0", "--json"]).lines();
    assert_eq!(actions.len(), names.len() * ROUNDS * 3);
    for name in names {
        let of = |mode: &str| {
            actions.iter().filter(|action| action["annotator"] == name && action["mode"] == mode).count()
        };
        assert_eq!((of("do"), of("undo")), (ROUNDS * 2, ROUNDS));
        let tagged = world.run(&["list", "d.goldset", "--json", "--where", &format!("topic:{name}")]);
        assert_eq!(tagged.out.lines().count(), ROUNDS * 3);
    }
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["differences"], serde_json::json!([]));
}

#[test]
fn several_may_undo_and_redo_their_own_at_once() {
    let world = World::with_dataset();
    world.write("b.jsonl", SFT);
    let names = ["ana", "bo", "cleo"];
    for name in names {
        world.ok(&["import", "d.goldset", "b.jsonl", "--as", name]);
    }
    let whole = world.ok(&["export", "d.goldset", "--format", "goldset"]);
    std::thread::scope(|scope| {
        for name in names {
            let world = &world;
            scope.spawn(move || {
                for _ in 0..4 {
                    world.ok(&["undo", "d.goldset", "--as", name]);
                    world.ok(&["redo", "d.goldset", "--as", name]);
                }
            });
        }
    });
    assert!(world.ok(&["export", "d.goldset", "--format", "goldset"]) == whole, "not as it was");
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["differences"], serde_json::json!([]));
}
