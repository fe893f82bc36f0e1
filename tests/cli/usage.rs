//! Help, bad usage, bad filters.

use crate::support::World;

const SUBCOMMANDS: &[&str] = &[
    "demo",
    "new",
    "add",
    "edit",
    "template",
    "import",
    "export",
    "exports",
    "diff",
    "list",
    "show",
    "stats",
    "facets",
    "coverage",
    "balance",
    "gaps",
    "ready",
    "cost",
    "pick",
    "failures",
    "model",
    "tokens",
    "suggest",
    "near",
    "agreement",
    "ranks",
    "duplicates",
    "contract",
    "protocol",
    "review",
    "set",
    "replace",
    "normalise",
    "restore",
    "log",
    "undo",
    "redo",
    "verify",
    "formats",
    "keys",
    "completions",
];

#[test]
fn help_teaches() {
    let world = World::new();
    let help = world.ok(&["--help"]);
    for name in SUBCOMMANDS {
        assert!(help.contains(&format!("\n  {name} ")), "{name}");
        let own = world.ok(&[name, "--help"]);
        assert!(own.contains("Examples:\n") && own.contains(&format!("goldset {name}")), "{name}");
        assert!(own.lines().all(|line| line.chars().count() <= 100), "{name}: {own}");
        assert_eq!(world.ok(&["help", name]), own, "{name}");
    }
    assert!(world.ok(&["--version"]).starts_with("goldset "));
}

#[test]
fn bad_usage_is_told_and_nothing_is_done() {
    let world = World::with_examples();
    let names = world.names();
    for arguments in [
        vec!["--bogus"],
        vec!["list"],
        vec!["list", "d.goldset", "extra"],
        vec!["list", "d.goldset", "--limit", "many"],
        vec!["show", "d.goldset"],
        vec!["import", "d.goldset"],
        vec!["import", "d.goldset", "sft.jsonl", "--format", "docx"],
        vec!["import", "d.goldset", "sft.jsonl", "--kind", "rlhf"],
        vec!["export", "d.goldset"],
        vec!["export", "d.goldset", "--format", "docx"],
        vec!["--as", "", "undo", "d.goldset"],
        vec!["--color", "sometimes", "stats", "d.goldset"],
        vec!["d.goldset", "stats", "d.goldset"],
    ] {
        world.refused(&arguments);
    }
    assert_eq!(world.names(), names);
    assert_eq!(world.json(&["stats", "d.goldset", "--json"])["examples"], 4);
}

#[test]
fn a_mistyped_subcommand_is_recognised() {
    let world = World::new();
    assert!(world.refused(&["imprt"]).contains("did you mean `goldset import`?"));
    assert!(world.refused(&["zzzzzz"]).contains("`goldset new zzzzzz` makes one"));
}

#[test]
fn the_place_where_a_filter_is_wrong_is_marked() {
    let world = World::with_examples();
    for arguments in [
        vec!["list", "d.goldset", "--where", "refund status:drft"],
        vec!["export", "d.goldset", "--format", "goldset", "--where", "refund status:drft"],
    ] {
        let error = world.refused(&arguments);
        let lines: Vec<&str> = error.lines().collect();
        assert!(lines[0].starts_with("goldset: the filter can't be understood: “drft”"), "{error}");
        assert!(lines[0].contains("draft"), "{error}");
        assert_eq!(&lines[1..], ["  refund status:drft", "                ^^^^"], "{error}");
    }
    let wide = world.refused(&["list", "d.goldset", "--where", "本\u{1b} status:drft"]);
    let lines: Vec<&str> = wide.lines().collect();
    assert_eq!(&lines[1..], ["  本␛ status:drft", "             ^^^^"], "{wide}");
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let world = World::with_examples();
    assert!(!world.ok(&["list", "d.goldset"]).contains('\u{1b}'));
    assert!(world.ok(&["list", "d.goldset", "--color", "always"]).contains("\u{1b}[1m"));
    assert!(!world.ok(&["list", "d.goldset", "--color", "never"]).contains('\u{1b}'));
}
