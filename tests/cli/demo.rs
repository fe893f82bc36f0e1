//! `goldset demo`, and `goldset` where there is no terminal.

use crate::support::World;

#[test]
fn without_a_terminal_the_demo_prints_what_there_is_to_do() {
    let world = World::new();
    let out = world.ok(&["demo"]);
    for part in ["demo.goldset: 219 examples", "NEXT", "Rank", "COVERAGE", "goldset new mine.goldset"] {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    assert!(out.lines().all(|line| line.chars().count() <= 200), "{out}");
    assert!(world.path("home/data/goldset/demo.goldset").is_file());
    assert_eq!(world.names(), Vec::<String>::new(), "nothing is put where one stands");
}

#[test]
fn the_commands_that_the_demo_proposes_work() {
    let world = World::new();
    let out = world.ok(&["demo"]);
    let proposed: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("  goldset ")).collect();
    assert!(proposed.len() >= 5, "{out}");
    world.write("FILE", crate::support::SFT);
    for line in proposed {
        let arguments = words(line);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = world.run(&arguments);
        assert!(run.code < 2 && !run.out.is_empty(), "{line}: {}", run.err);
    }
}

/// The words of a command line with simple quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_demo_is_found_as_it_was_left_until_a_fresh_one_is_asked_for() {
    let world = World::new();
    world.ok(&["demo"]);
    let demo = world.path("home/data/goldset/demo.goldset");
    let demo = demo.to_str().unwrap();
    world.write("a.jsonl", crate::support::SFT);
    world.ok(&["import", demo, "a.jsonl"]);
    assert!(world.ok(&["demo"]).starts_with("demo.goldset: 222 examples"));
    assert!(world.ok(&["demo", "--fresh"]).starts_with("demo.goldset: 219 examples"));
    let kept = format!("{demo}.bak");
    assert_eq!(world.json(&["stats", &kept, "--json"])["examples"], 222);
    assert!(world.ok(&["demo", "--fresh"]).starts_with("demo.goldset: 219 examples"));
    assert_eq!(world.json(&["stats", &kept, "--json"])["examples"], 219);
    assert!(world.refused(&["undo", demo]).contains("nothing of ana's to undo"), "the demo is not undone");
}

#[test]
fn a_spoilt_demo_is_refused_with_the_way_out() {
    let world = World::new();
    let output = world.command(&["demo"]).env("GOLDSET_DATA_DIR", world.path("own")).output().unwrap();
    assert!(output.status.success());
    world.write("own/demo.goldset", "spoilt");
    let output = world.command(&["demo"]).env("GOLDSET_DATA_DIR", world.path("own")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("`goldset demo --fresh`"));
    let output =
        world.command(&["demo", "--fresh"]).env("GOLDSET_DATA_DIR", world.path("own")).output().unwrap();
    assert!(output.status.success());
    assert_eq!(world.read("own/demo.goldset.bak"), "spoilt");
}

#[test]
fn the_terminal_interface_needs_a_terminal() {
    let world = World::with_dataset();
    for arguments in [vec![], vec!["d.goldset"]] {
        assert!(world.refused(&arguments).contains("needs a terminal"), "{arguments:?}");
    }
    assert!(world.refused(&["none.goldset"]).contains("there is no such file"));
}
