//! What the board promises, by keys.

use crate::tui::harness::Harness;

#[test]
fn the_board_says_how_far_people_agree() {
    insta::assert_snapshot!("agreement_80x24", Harness::sample(80, 24).keys("g k").screen());
    insta::assert_snapshot!("agreement_160x50", Harness::sample(160, 50).keys("g k").screen());
}
