//! `goldset` alone, in a terminal: it goes on with the dataset used last.

#[path = "../support/mod.rs"]
mod terminal;

use terminal::Home;

#[test]
fn the_dataset_used_last_that_is_still_there_is_opened() {
    let home = Home::new();
    let prompts = home.prompts(2);
    let datasets = ["a", "b", "c"].map(|name| home.dataset(&format!("{name}.goldset")));
    for dataset in &datasets {
        home.run(&["import", dataset.to_str().unwrap(), prompts.to_str().unwrap()], 0);
    }
    std::fs::remove_file(&datasets[2]).unwrap();
    let mut shell = home.start(&[], 80, 24);
    shell.wait("Home of b", |screen| screen.lines().next().is_some_and(|line| line.contains(" b ")));
    let written = String::from_utf8_lossy(&shell.bytes()).into_owned();
    assert!(written.contains("goldset: opening ") && written.contains("b.goldset, the dataset used last"));
    shell.kill();
}

#[test]
fn who_has_no_dataset_yet_is_told_how_to_begin() {
    let home = Home::new();
    let mut shell = home.start(&[], 80, 24);
    assert_eq!(shell.end(), 0);
    for part in ["goldset demo", "goldset new NAME.goldset"] {
        assert!(shell.screen().contains(part), "{}", shell.screen());
    }
}
