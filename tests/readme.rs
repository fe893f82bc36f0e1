//! What the README says is so; its pictures are of real screens.
//!
//! With `GOLDSET_PICTURES=1` the pictures and the key table are made anew.
#![cfg(unix)]
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use support::{Home, Terminal};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn renew() -> bool {
    std::env::var_os("GOLDSET_PICTURES").is_some()
}

#[test]
fn the_tables_of_keys_and_formats_are_those_of_the_program() {
    let home = Home::new();
    for (subcommand, begin, end) in [
        ("keys", "compares them -->\n", "<!-- /keys -->"),
        ("formats", "<!-- formats -->\n", "<!-- /formats -->"),
    ] {
        let table = home.run(&[subcommand, "--markdown"], 0);
        let path = root().join("README.md");
        let text = std::fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once(begin).unwrap();
        let (within, after) = rest.split_once(end).unwrap();
        if renew() {
            std::fs::write(&path, format!("{before}{begin}{table}{end}{after}")).unwrap();
        } else {
            assert!(
                within == table,
                "README.md's table of {subcommand} is out of date: run this test with GOLDSET_PICTURES=1"
            );
        }
    }
}

#[test]
fn every_subcommand_and_format_is_told() {
    let home = Home::new();
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    let formats: Vec<serde_json::Value> = {
        let listed: serde_json::Value = serde_json::from_str(&home.run(&["formats", "--json"], 0)).unwrap();
        listed["formats"].as_array().unwrap().clone()
    };
    for format in formats {
        let id = format["id"].as_str().unwrap();
        assert!(text.contains(&format!("`{id}`")), "README.md says nothing of the format {id}");
    }
    let help = home.run(&["--help"], 0);
    let commands =
        help.split_once("Commands:").unwrap().1.lines().skip(1).take_while(|line| !line.trim().is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        assert!(text.contains(&format!("`goldset {command}")), "README.md says nothing of goldset {command}");
    }
}

#[test]
fn the_pictures_are_of_real_screens() {
    let home = Home::new();
    let dataset = home.sample_of_all("support");
    let mut terminal = home.start(&[dataset.to_str().unwrap()], 110, 32);
    terminal.wait_for("NEXT");
    terminal.wait_for("COVERAGE");
    picture("home", &terminal);
    terminal.send("gr");
    terminal.wait_for("Rank 1 of");
    terminal.wait_for("USER");
    // The third example has three candidates.
    terminal.send("ss");
    terminal.wait_for("Rank 3 of");
    terminal.send("2");
    terminal.wait_for("then");
    picture("rank", &terminal);
    terminal.send("gb");
    terminal.wait_for("Browse");
    terminal.send("/intent:refund\r");
    terminal.wait_for("intent:refund");
    terminal.send("\r");
    terminal.wait_for("CONTRACT");
    terminal.wait_for("kept");
    terminal.wait_for("NEAREST");
    // A confidence that the contract does not allow.
    terminal.send("i\x7f\x7f\x7f\x7f\x7f1.2}");
    terminal.wait_for("confidence: 1.2 is");
    terminal.wait_for("saved as a draft");
    picture("write", &terminal);
    terminal.send("\x1b");
    terminal.wait_for("submit and next");
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
    // What others have said is for somebody else to review.
    let mut terminal = home.start(&[dataset.to_str().unwrap(), "--as", "rita"], 110, 38);
    terminal.wait_for("NEXT");
    terminal.send("gv");
    terminal.wait_for("RANKINGS");
    picture("review", &terminal);
    terminal.send("gk");
    terminal.wait_for("ANNOTATORS");
    terminal.wait("all intervals", |screen| !screen.contains('…'));
    picture("agreement", &terminal);
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

fn picture(name: &str, terminal: &Terminal) {
    std::thread::sleep(std::time::Duration::from_millis(200));
    let path = root().join("tests/pictures").join(format!("{name}.svg"));
    if renew() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, terminal.with_screen(svg)).unwrap();
    } else {
        assert!(path.is_file(), "{} is missing: run this test with GOLDSET_PICTURES=1", path.display());
    }
}

const CELL: (f32, f32) = (8.4, 18.0);

/// The screen as a drawing: text with the terminal's colours on a dark ground.
fn svg(screen: &vt100::Screen) -> String {
    let (rows, columns) = (screen.size().0.get(), screen.size().1.get());
    let (width, height) = (f32::from(columns) * CELL.0 + 24.0, f32::from(rows) * CELL.1 + 20.0);
    let mut out = String::new();
    writeln!(
        out,
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14"><rect width="100%" height="100%" rx="8" fill="#14161b"/>"##
    )
    .unwrap();
    for row in 0..rows {
        let y = f32::from(row) * CELL.1 + 24.0;
        let mut column = 0;
        while column < columns {
            let Some(cell) = screen.cell(row, column) else { break };
            let style = style_of(cell);
            let start = column;
            let mut text = String::new();
            while let Some(cell) =
                screen.cell(row, column).filter(|cell| column < columns && style_of(cell) == style)
            {
                text.push_str(if cell.has_contents() { cell.contents() } else { " " });
                column += if cell.is_wide() { 2 } else { 1 };
            }
            for (at, word) in words(&text) {
                let x = (f32::from(start) + cells_of(&text[..at])) * CELL.0 + 12.0;
                let length = cells_of(word) * CELL.0;
                let word = word.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
                writeln!(
                    out,
                    r#"<text x="{x:.1}" y="{y:.1}" textLength="{length:.1}" lengthAdjust="spacingAndGlyphs"{style}>{word}</text>"#
                )
                .unwrap();
            }
        }
    }
    out.push_str("</svg>\n");
    out
}

/// The words of a run and where they begin: each is placed by itself, so that the columns stand
/// whatever font draws them.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split(' ')
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        .filter(|(_, word)| !word.is_empty())
        .collect()
}

fn cells_of(text: &str) -> f32 {
    f32::from(u16::try_from(goldset::text::width::width(text)).unwrap())
}

fn style_of(cell: &vt100::Cell) -> String {
    let colour = match cell.fgcolor() {
        vt100::Color::Idx(1 | 9) => "#e06c6c",
        vt100::Color::Idx(2 | 10) => "#7fbf7a",
        vt100::Color::Idx(3 | 11) => "#d9b45b",
        vt100::Color::Idx(4 | 12) => "#7c9ff0",
        vt100::Color::Idx(6 | 14) => "#5cc5d6",
        vt100::Color::Idx(8) => "#7d8590",
        _ => "#d5d9e0",
    };
    let weight = if cell.bold() { r#" font-weight="bold""# } else { "" };
    // Grey where there are 256 colours, which stands for faint.
    let faint = if cell.dim() || cell.fgcolor() == vt100::Color::Idx(244) { r#" opacity="0.6""# } else { "" };
    let line = if cell.underline() { r#" text-decoration="underline""# } else { "" };
    format!(r#" fill="{colour}"{weight}{faint}{line}"#)
}
