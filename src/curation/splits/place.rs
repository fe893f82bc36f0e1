//! The place of an example in a shuffle that a key and the example alone decide.
//!
//! u = SHA-256(key ‖ 0x1F ‖ id), its first eight bytes as a big-endian number, divided by 2⁶⁴; the id is
//! written as in exports. Any language has what is needed to check it:
//! `printf 'KEY\037ID' | sha256sum`. Splitting by a hash of the id, so that data which grows keeps its
//! test set, is as in Géron, “Hands-On Machine Learning” (chapter 2).

use sha2::{Digest, Sha256};

use crate::example::Split;

/// The place of an id, from 0 to 1.
#[allow(clippy::cast_precision_loss)] // rounded to the nearest number, as everywhere else
pub fn place(key: &str, id: &str) -> f64 {
    let hash = Sha256::new().chain_update(key).chain_update([0x1f]).chain_update(id).finalize();
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    number as f64 / 2_f64.powi(64)
}

/// The split at a place, by shares in the order of [`Split::ALL`]: train comes first, test last.
pub fn split_at(place: f64, shares: [f64; 3]) -> Split {
    let mut end = 0.0;
    let mut last = Split::Train;
    for (&split, share) in Split::ALL.iter().zip(shares).filter(|(_, share)| *share > 0.0) {
        end += share;
        last = split;
        if place < end {
            break;
        }
    }
    // Where the sum falls short of 1 by a rounding the last one takes the rest.
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: [f64; 3] = [0.8, 0.1, 0.1];

    /// Computed with Python's hashlib.
    #[test]
    fn places_are_those_that_any_language_computes() {
        let expected = [
            (0.970_985_930_762_425_6, Split::Test),
            (0.356_476_775_023_495_3, Split::Train),
            (0.034_345_818_601_170_044, Split::Train),
            (0.915_055_224_596_306_8, Split::Test),
            (0.630_233_696_886_056_1, Split::Train),
        ];
        for (number, (at, split)) in expected.into_iter().enumerate() {
            let found = place("v1", &format!("group-{number}"));
            assert!((found - at).abs() < 1e-12, "group-{number}: {found}");
            assert_eq!(split_at(found, SHARES), split, "group-{number}");
        }
        let mut counts = [0; 3];
        for number in 0..10_000 {
            counts[split_at(place("v1", &format!("group-{number}")), SHARES) as usize] += 1;
        }
        assert_eq!(counts, [7_960, 1_021, 1_019]);
    }

    #[test]
    fn a_split_without_a_share_gets_nothing() {
        assert_eq!(split_at(0.85, [0.8, 0.0, 0.2]), Split::Test);
        assert_eq!(split_at(0.0, [0.0, 0.0, 1.0]), Split::Test);
        assert_eq!(split_at(1.0, [0.9, 0.1, 0.0]), Split::Validation);
    }
}
