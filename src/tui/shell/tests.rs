//! What the shell promises, by keys.

use crate::tui::harness::Harness;

#[test]
fn home_shows_what_waits() {
    insta::assert_snapshot!("home_80x24", Harness::sample(80, 24).screen());
    insta::assert_snapshot!("home_160x50", Harness::sample(160, 50).screen());
}
