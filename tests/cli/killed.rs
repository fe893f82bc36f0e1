//! An import that is killed leaves the dataset as it was.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{SFT, World};

const KILLS: u32 = 14;

#[test]
fn an_import_that_is_killed_at_any_moment_is_there_whole_or_not_at_all() {
    let world = World::with_examples();
    world.write("b.jsonl", SFT.repeat(1_500));
    let begun = Instant::now();
    world.ok(&["import", "d.goldset", "b.jsonl"]);
    let usual = begun.elapsed();
    world.ok(&["undo", "d.goldset"]);
    let copy = || world.ok(&["export", "d.goldset", "--format", "goldset"]);
    let before = copy();
    let mut cut_off = 0;
    for kill in 0..KILLS {
        // From before the first record to about the end; odd steps, so that no two runs are alike.
        let noise = Duration::from_micros(u64::from(begun.elapsed().subsec_nanos()) % 5_000);
        let mut child = world
            .process(&["import", "d.goldset", "b.jsonl"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(usual * kill / KILLS + noise);
        child.kill().unwrap();
        child.wait().unwrap();
        let examples = world.json(&["stats", "d.goldset", "--json"])["examples"].as_u64();
        match examples {
            Some(4) => {
                cut_off += 1;
                assert!(copy() == before, "kill {kill}: not as it was");
            }
            // The search index was being made when it was killed: all is there.
            Some(4_504) => {
                world.ok(&["undo", "d.goldset"]);
            }
            other => panic!("kill {kill}: {other:?} examples"),
        }
        let checked = world.json(&["verify", "d.goldset", "--json"]);
        assert_eq!(checked["differences"], serde_json::json!([]), "kill {kill}");
    }
    assert!(cut_off >= KILLS / 4, "only {cut_off} imports were cut off");
    world.ok(&["import", "d.goldset", "b.jsonl"]);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 4_504);
}
