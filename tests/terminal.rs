//! The whole program in a terminal: what it shows as done is on disk, and the terminal is given back.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use serde_json::Value;
use support::Home;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn stats(home: &Home, dataset: &str) -> Value {
    json(&home.run(&["stats", dataset, "--json"], 0))
}

#[test]
fn the_demo_greets_and_goes_to_work() {
    let home = Home::new();
    let mut terminal = home.start(&["demo"], 80, 24);
    terminal.wait("a welcome", |screen| screen.to_lowercase().contains("welcome"));
    terminal.send("\r");
    terminal.wait_for("NEXT");
    terminal.wait_for("COVERAGE");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.is_given_back());
    // The copy is as it was left, and one who has been here is not greeted again.
    let mut again = home.start(&["demo"], 80, 24);
    again.wait_for("NEXT");
    again.send("q");
    assert_eq!(again.end(), 0);
}

#[test]
fn a_name_is_asked_for_once_and_before_the_greeting() {
    let home = Home::nameless();
    let mut terminal = home.start(&["demo"], 80, 24);
    terminal.wait_for("Who is at the keyboard?");
    // The login name stands there.
    terminal.send("\x15Bo\r");
    terminal.wait_for("Welcome");
    terminal.send("\rq");
    assert_eq!(terminal.end(), 0);
    let settings = std::fs::read_to_string(home.path().join("settings/config.toml")).unwrap();
    assert_eq!(settings, "annotator = \"Bo\"\n");
    let mut again = home.start(&["demo"], 80, 24);
    again.wait_for("NEXT");
    again.send("q");
    assert_eq!(again.end(), 0);
}

#[test]
fn without_a_terminal_the_demo_is_text_and_the_rest_says_so() {
    let home = Home::new();
    let text = home.run(&["demo"], 0);
    assert!(text.contains("219 examples") && text.contains("goldset stats "), "{text}");
    let dataset = home.dataset("a.goldset");
    home.run(&[dataset.to_str().unwrap()], 2);
}

#[test]
fn one_key_ranks_and_the_counts_move() {
    let home = Home::new();
    let dataset = home.sample("support-replies");
    let path = dataset.to_str().unwrap();
    let before = stats(&home, path)["by_status"]["submitted"].as_u64().unwrap();
    let mut terminal = home.start(&[path, "--as", "dora"], 160, 50);
    terminal.wait_for("NEXT");
    terminal.send("gr");
    terminal.wait_for("Rank 1 of 38");
    // Whatever comes after the digit that completes the order counts for the next example.
    terminal.send("0");
    terminal.wait_for("Rank 1 of 37");
    terminal.send("u");
    terminal.wait_for("undid: ranked #");
    terminal.send("00");
    terminal.wait_for("of 36");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    assert!(stats(&home, path)["by_status"]["submitted"].as_u64().unwrap() > before);
    assert!(home.run(&["verify", path], 0).len() < 400);
}

#[test]
fn two_people_on_one_file_are_handed_different_examples_and_see_each_other_s_counts() {
    let home = Home::new();
    let dataset = home.dataset("pairs.goldset");
    let path = dataset.to_str().unwrap();
    let lines =
        (0..6).map(|at| format!("{{\"prompt\": \"question {at}\", \"responses\": [\"a\", \"b\"]}}\n"));
    let file = home.path().join("pairs.jsonl");
    std::fs::write(&file, lines.collect::<String>()).unwrap();
    home.run(&["import", path, file.to_str().unwrap()], 0);
    home.run(&["protocol", path, "--gold", "0"], 0);
    let usable = |stats: &Value| {
        let of = |status: &str| stats["by_status"][status].as_u64().unwrap_or_default();
        of("submitted") + of("approved")
    };
    let before = usable(&stats(&home, path));
    let asked = |screen: &str| screen.lines().find(|line| line.starts_with(" USER")).unwrap().to_owned();
    let mut people = ["dora", "emil"].map(|name| home.start(&[path, "--as", name], 160, 50));
    for terminal in &mut people {
        terminal.wait_for("NEXT");
        terminal.send("gr");
        terminal.wait(" USER", |screen| screen.contains("Rank 1 of") || screen.contains("Rank 2 of"));
        terminal.wait(" USER", |screen| screen.contains("\n USER"));
    }
    assert_ne!(asked(&people[0].screen()), asked(&people[1].screen()));
    for at in [0, 1] {
        people[at].send("0");
        for terminal in &people {
            terminal.wait_for(&format!("{} usable", before + 1 + at as u64));
        }
    }
    for terminal in &mut people {
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
    }
    assert_eq!(usable(&stats(&home, path)), before + 2);
    let log = home.run(&["log", path, "--limit", "2", "--json"], 0);
    assert!(log.contains("\"dora\"") && log.contains("\"emil\""), "{log}");
    home.run(&["verify", path], 0);
}

#[test]
fn the_terminal_is_given_back_on_signals_and_ctrl_z() {
    let home = Home::new();
    let dataset = home.sample("support-replies");
    for signal in ["TERM", "HUP"] {
        let mut terminal = home.start(&[dataset.to_str().unwrap()], 80, 24);
        terminal.wait_for("NEXT");
        terminal.signal(signal);
        terminal.end();
        assert!(terminal.is_given_back(), "after {signal}");
    }
    // A shell with job control, which goes on when its child is stopped.
    let mut terminal = home.start_in_shell(
        &format!("$GOLDSET {}; echo stopped here; fg; echo over", dataset.display()),
        80,
        24,
    );
    terminal.wait_for("NEXT");
    terminal.send("\x1a");
    terminal.wait_for("NEXT");
    terminal.send("q");
    terminal.wait_for("over");
    assert_eq!(terminal.end(), 0);
    let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    let (before, after) = bytes.split_once("stopped here").unwrap();
    assert!(before.contains("\x1b[?1049l"), "given back before the shell goes on");
    assert!(after.contains("\x1b[?1049h"), "taken again");
    assert!(terminal.is_given_back());
}

#[test]
fn resizing_to_nothing_and_back_is_harmless() {
    let home = Home::new();
    let dataset = home.sample("support-replies");
    let mut terminal = home.start(&[dataset.to_str().unwrap()], 80, 24);
    terminal.wait_for("NEXT");
    for (columns, rows) in [(1, 1), (3, 2), (20, 5), (200, 60), (80, 24)] {
        terminal.resize(columns, rows);
        std::thread::sleep(std::time::Duration::from_millis(80));
    }
    // Each key by itself, when the one before it was heard: what follows Esc at once is a key with alt.
    for (key, screen) in
        [("gr", "Rank"), ("b", "Browse"), ("gw", "Write"), ("\x1b", "Browse"), ("gh", "NEXT")]
    {
        terminal.send(key);
        for (columns, rows) in [(1, 1), (9, 3), (80, 24)] {
            terminal.resize(columns, rows);
            std::thread::sleep(std::time::Duration::from_millis(40));
        }
        terminal.wait_for(screen);
    }
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_is_shown_as_done_survives_a_kill() {
    let home = Home::new();
    let dataset = home.sample("support-replies");
    let path = dataset.to_str().unwrap();
    for round in 0..6 {
        let before = stats(&home, path)["by_status"]["approved"].as_u64().unwrap();
        let mut terminal = home.start(&[path], 120, 40);
        terminal.wait_for("NEXT");
        terminal.send("b");
        terminal.wait_for("all 50 examples");
        terminal.send("/status:submitted,pending\r");
        terminal.wait("the filter", |screen| screen.contains("status:submitted"));
        std::thread::sleep(std::time::Duration::from_millis(150));
        terminal.send("a");
        // Killed at the very moment in which it says that it is done.
        terminal.wait("the approval", |screen| screen.contains("approved") && screen.contains("called #"));
        terminal.kill();
        let after = stats(&home, path)["by_status"]["approved"].as_u64().unwrap();
        assert_eq!(after, before + 1, "round {round}");
        home.run(&["verify", path], 0);
    }
}

#[test]
fn typing_survives_a_kill_once_it_says_kept() {
    let home = Home::new();
    let dataset = home.sample("sql-questions");
    let path = dataset.to_str().unwrap();
    let mut terminal = home.start(&[path], 120, 40);
    terminal.wait_for("NEXT");
    terminal.send("gw");
    terminal.wait_for("Write");
    std::thread::sleep(std::time::Duration::from_millis(300));
    terminal.send("SELECT 'half a thought'");
    terminal.wait_for("half a thought");
    terminal.wait("the draft to be kept", |screen| screen.contains("kept") || screen.contains("saved"));
    terminal.kill();
    let mut again = home.start(&[path], 120, 40);
    again.wait_for("NEXT");
    again.send("gw");
    again.wait("the field to be open", |screen| {
        screen.contains("half a thought") && !screen.contains("e edit")
    });
    // Apart, as a person's are: together they would be one key with alt.
    again.send("\x1b");
    again.wait_for("e edit");
    again.send("q");
    assert_eq!(again.end(), 0);
}

#[test]
fn two_processes_see_each_other() {
    let home = Home::new();
    let dataset = home.sample("support-replies");
    let path = dataset.to_str().unwrap();
    let mut first = home.start(&[path], 120, 40);
    first.wait_for("NEXT");
    let shown = first.screen();
    home.run(&["import", path, home.prompts(7).to_str().unwrap()], 0);
    first.wait("the other's examples", |screen| screen != shown && screen.contains("57 examples"));
    first.send("q");
    assert_eq!(first.end(), 0);
}

#[test]
fn hostile_text_never_drives_the_terminal() {
    let home = Home::new();
    let dataset = home.dataset("hostile.goldset");
    let path = dataset.to_str().unwrap();
    let file = home.path().join("hostile.jsonl");
    let text =
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31m\u{9b}31m\r\u{8}\u{202e}evil\u{200b}\u{feff}\u{90}q\u{9c}";
    let record = serde_json::json!({"instruction": text, "outputs": [
        {"generator": text, "output": format!("a {text}")}, {"generator": "b", "output": text}]});
    std::fs::write(&file, format!("{record}\n").repeat(3)).unwrap();
    home.run(&["import", path, file.to_str().unwrap()], 0);
    let mut terminal = home.start(&[path], 100, 30);
    terminal.wait_for("NEXT");
    for (keys, shows) in [("b", "owned"), ("gr", "blind"), ("gy", "import")] {
        terminal.send(keys);
        terminal.wait_for(shows);
    }
    terminal.send("q");
    terminal.end();
    let bytes = String::from_utf8_lossy(&terminal.bytes()).into_owned();
    for forbidden in ["\u{1b}]0;owned", "\u{9b}", "\u{202e}", "\u{200b}", "\u{90}"] {
        assert!(!bytes.contains(forbidden), "{forbidden:?} reached the terminal");
    }
    for arguments in [vec!["list", path], vec!["show", path, "1"], vec!["log", path], vec!["stats", path]] {
        let printed = home.run(&arguments, 0);
        let harmless =
            printed.chars().all(|c| c == '\n' || !(c.is_control() || "\u{202e}\u{200b}\u{feff}".contains(c)));
        assert!(harmless, "{arguments:?}: {printed:?}");
    }
}

#[test]
fn an_editor_gets_the_terminal_and_gives_it_back() {
    let home = Home::new();
    let dataset = home.sample("sql-questions");
    // An editor that needs a terminal, and one that fails after somebody has written.
    std::fs::write(home.path().join("ed 1.sh"), "test -t 0 && test -t 1 && printf 'SELECT 1;\\n' > \"$1\"\n")
        .unwrap();
    std::fs::write(home.path().join("ed 2.sh"), "printf 'lost?\\n' > \"$1\"; exit 1\n").unwrap();
    for (editor, shows) in [("ed 1.sh", "SELECT 1;"), ("ed 2.sh", "what you wrote is in")] {
        let script = format!("TMPDIR=$HOME EDITOR=\"sh '$HOME/{editor}'\" $GOLDSET {}", dataset.display());
        let mut terminal = home.start_in_shell(&script, 160, 40);
        terminal.wait_for("NEXT");
        terminal.send("gw");
        terminal.wait_for("Write");
        std::thread::sleep(std::time::Duration::from_millis(300));
        let before = terminal.bytes().len();
        terminal.send("\x0f");
        terminal.wait(shows, |screen| screen.contains(shows) && screen.contains("Write"));
        let bytes = String::from_utf8_lossy(&terminal.bytes()[before..]).into_owned();
        let (given, taken) = bytes.split_once("\x1b[?1049l").expect("given to the editor");
        assert!(!given.contains("\x1b[?1049h") && taken.contains("\x1b[?1049h"), "and taken again");
        terminal.send("\x1b");
        terminal.wait_for("e edit");
        terminal.send("q");
        assert_eq!(terminal.end(), 0);
        assert!(terminal.is_given_back());
    }
    let kept = std::fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path());
    let kept: Vec<_> = kept.filter(|path| path.join("goldset.md").is_file()).collect();
    assert_eq!(kept.len(), 1, "only what could not be taken over is kept");
    assert_eq!(std::fs::read_to_string(kept[0].join("goldset.md")).unwrap(), "lost?\n");
}

// The editor is a script with GNU's sed.
#[cfg(target_os = "linux")]
#[test]
fn a_page_with_errors_opens_again_with_them_at_its_top() {
    let home = Home::new();
    let dataset = home.sample("sql-questions");
    let path = dataset.to_str().unwrap();
    // Named as an editor that knows how to go to a line: the file is the last word.
    let script = "for file; do :; done\n\
                  if grep -q '^#! line .*usr' \"$file\"; then\n\
                  echo \"$1\" > \"$HOME/went\"; sed -i -e '/^=== usr/d' -e 's/^note:.*/note: mended/' \"$file\"\n\
                  else printf '=== usr\\n' >> \"$file\"; fi\n";
    std::fs::write(home.path().join("script"), script).unwrap();
    std::fs::write(home.path().join("vi"), "#!/bin/sh\n. \"$HOME/script\"\n").unwrap();
    assert!(
        std::process::Command::new("chmod").arg("+x").arg(home.path().join("vi")).status().unwrap().success()
    );
    let mut terminal = home.start_in_shell(&format!("EDITOR=$HOME/vi $GOLDSET edit {path} 1"), 120, 40);
    terminal.wait_for("“usr” is not one of");
    terminal.wait_for("open it again to mend this? [Y/n]");
    terminal.send("\r");
    terminal.wait_for("edited #1: the note");
    assert_eq!(terminal.end(), 0);
    assert!(std::fs::read_to_string(home.path().join("went")).unwrap().starts_with('+'), "to the line");
    assert_eq!(json(&home.run(&["show", path, "1", "--json"], 0))["note"], "mended");
}
