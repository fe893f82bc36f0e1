//! Text that would drive a terminal, hide, or turn its neighbours around, on every screen.

use crate::tui::harness::{self, Harness};

/// Presses the keys one after the other and looks at every picture.
fn walk(cells: u16, rows: u16, keys: &[&str]) {
    let mut harness = Harness::with(harness::hostile, cells, rows);
    for keys in keys {
        let screen = harness.keys(keys).screen();
        let bad = screen.chars().find(|c| {
            c.is_control() && *c != '\n'
                || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        });
        assert_eq!(bad, None, "after {keys} at {cells}x{rows}:\n{screen}");
    }
}

const SIZES: [(u16, u16); 3] = [(80, 24), (160, 50), (40, 12)];

#[test]
fn hostile_text_is_shown_and_not_obeyed_in_lists() {
    for (cells, rows) in SIZES {
        let keys =
            ["", "b", "v", "t", "esc", "f", "esc", "N", "esc", "/", "esc", "g y", "enter", "M", "q", "g h"];
        walk(cells, rows, &keys);
    }
}

#[test]
fn hostile_text_is_shown_and_not_obeyed_where_it_is_ranked() {
    for (cells, rows) in SIZES {
        let keys =
            ["g r", "tab", "j", "tab", "t", "esc", "f", "esc", "N", "esc", "v", "v", "v", "v", "d", "1"];
        walk(cells, rows, &keys);
        walk(cells, rows, &["g r", "e", "x", "ctrl-z", "left", "end", "backspace", "esc", "u", "M", "esc"]);
    }
}

#[test]
fn hostile_text_is_shown_and_not_obeyed_where_it_is_written() {
    for (cells, rows) in SIZES {
        // The second example has no response: the cursor stands in a new one.
        walk(cells, rows, &["g w", "x", "tab", "home", "x", "tab", "end", "backspace", "esc", "t", "esc"]);
        let keys = ["b", "enter", "esc", "g w", "tab", "e", "x", "esc", "f", "esc", "N", "esc", "u", "g y"];
        walk(cells, rows, &keys);
    }
}
