//! Review from the command line: samples, what they say so far, approving, sending back.

use serde_json::{Value, json};

use crate::support::World;

/// So many submitted pairs, ranked by ana.
fn world(pairs: usize) -> World {
    let world = World::with_dataset();
    let line = |n: usize| {
        let ranking = json!({"annotator": "ana", "tiers": [["a"], ["b"]]});
        let said = |id: &str| json!({"id": id, "text": format!("{id} of {n}")});
        json!({"prompt": format!("p{n}"), "responses": [said("a"), said("b")], "rankings": [ranking]})
            .to_string()
    };
    world.write("pairs.jsonl", (0..pairs).map(line).collect::<Vec<_>>().join("\n"));
    world.ok(&["import", "d.goldset", "pairs.jsonl"]);
    world
}

fn shown(world: &World) -> Value {
    let run = world.run(&["review", "d.goldset", "--as", "rita", "--json"]);
    serde_json::from_str(&run.out).unwrap()
}

/// The numbers of a sample, in the order of review.
fn first_of(world: &World) -> String {
    let listed = world.ok(&["list", "d.goldset", "--where", "status:submitted", "--json"]);
    let first: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    first["number"].to_string()
}

#[test]
fn a_sample_says_how_much_is_wrong_as_its_reviews_come_in() {
    let world = world(60);
    let drawn = world.ok(&["review", "d.goldset", "--as", "rita", "--sample", "100%", "--name", "all"]);
    assert_eq!(drawn, "drew the sample “all”: 60 of 60 examples\n");
    let sample = &shown(&world)["samples"][0];
    assert_eq!(
        (&sample["drawn"], &sample["reviewed"], &sample["defects"]),
        (&json!(60), &json!(0), &json!(0))
    );
    let id = first_of(&world);
    assert_eq!(
        world.ok(&["review", "d.goldset", &id, "--as", "rita", "--approve"]),
        format!("approved #{id}\n")
    );
    let next = first_of(&world);
    let back = ["review", "d.goldset", &next, "--as", "rita", "--return", "--reason", "ambiguous"];
    assert_eq!(world.ok(&back), format!("sent back #{next}\n"));
    let sample = &shown(&world)["samples"][0];
    assert_eq!((&sample["reviewed"], &sample["defects"]), (&json!(2), &json!(1)));
    // The exact bound of 1 wrong of 2, 95 % sure.
    assert!((sample["at_most"].as_f64().unwrap() - 0.974_679_434_480_896).abs() < 1e-9);
    // An undo takes it back.
    world.ok(&["undo", "d.goldset", "--as", "rita"]);
    assert_eq!(shown(&world)["samples"][0]["defects"], json!(0));
    assert_eq!(
        world.ok(&["review", "d.goldset", "--as", "rita", "--drop", "all"]),
        "dropped the sample “all”\n"
    );
    assert_eq!(shown(&world)["samples"], json!([]));
}

#[test]
fn a_sequence_is_decided_by_as_few_as_it_takes() {
    let world = world(200);
    world.ok(&["review", "d.goldset", "--as", "rita", "--sample", "seq:1%..5%", "--name", "run"]);
    let sample = &shown(&world)["samples"][0];
    assert_eq!(sample["sentence"], "0 wrong of 0; 55 more without one are enough");
    assert_eq!(sample["about"], "one by one, until it is 1 % wrong or less, or 5 % or more");
    // What is reviewed out of turn counts when its turn comes.
    let next = |world: &World| shown(world)["samples"][0]["next"].as_u64().unwrap();
    let out_of_turn = (1..=200).find(|id| *id != next(&world)).unwrap().to_string();
    world.ok(&["review", "d.goldset", "--as", "rita", "--approve", &out_of_turn]);
    assert!(shown(&world)["samples"][0]["reviewed"].as_u64().unwrap_or_default() <= 1);
    let mut wrong = 0;
    while shown(&world)["samples"][0]["decision"] == "go-on" {
        let id = next(&world).to_string();
        world.ok(&["review", "d.goldset", "--as", "rita", "--return", "--reason", "mistake", &id]);
        wrong += 1;
        assert!(wrong < 6, "three in a row are enough");
    }
    let run = world.run(&["review", "d.goldset", "--as", "rita"]);
    assert_eq!(run.code, 1, "a refused sample is a finding: {}", run.out);
    assert!(run.out.contains("refused: "), "{}", run.out);
}

#[test]
fn nobody_reviews_or_samples_their_own_work_unless_that_is_allowed() {
    let world = world(3);
    let refused = world.run(&["review", "d.goldset", "1", "--approve"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("ana's own work"), "{}", refused.err);
    let none = world.run(&["review", "d.goldset", "--sample", "50%"]);
    assert_eq!(none.code, 2, "{}", none.err);
    world.ok(&["protocol", "d.goldset", "--own-work", "yes"]);
    assert_eq!(world.ok(&["review", "d.goldset", "1", "--approve"]), "approved #1\n");
}

#[test]
fn what_can_t_be_reviewed_is_told_and_left() {
    let world = world(2);
    let wrong = |arguments: &[&str], says: &str| {
        let run = world.run(&[&["review", "d.goldset", "--as", "rita"], arguments].concat());
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.err.contains(says), "{}", run.err);
    };
    wrong(&["--sample", "many"], "is no plan; it is a share");
    wrong(&["--drop", "nothing"], "there is no sample “nothing”");
    wrong(&["1"], "say what to do with them");
    wrong(&["1", "--gold", "bo"], "bo has not ranked #1");
    world.ok(&["review", "d.goldset", "1", "--as", "rita", "--gold", "ana"]);
    world.ok(&["review", "d.goldset", "1", "--as", "rita", "--approve"]);
    wrong(&["1", "--approve"], "#1 is approved: only what is submitted is reviewed");
    // All of several, or nothing.
    wrong(&["2", "1", "--approve"], "#1 is approved");
    assert_eq!(shown(&world)["to_review"], json!(1));
}
