//! Sketches: 256 bits that say how alike two texts are without the texts.
//!
//! Fast similarity sketching (Dahlgaard, Knudsen, Thorup 2017) fills 256 places with shingles so
//! that two texts have the same shingle in as many places as their shingles are alike; of each
//! place one bit is kept (Li and König 2010). Two sketches of unrelated texts then differ in half
//! of their bits, those of like texts in none.
//!
//! Sketches are kept in datasets: what makes them never changes, and tests hold it to that.

use super::shingles::Shingles;

/// Places, and bits.
const PLACES: usize = 256;
/// The golden ratio's share of 2^64: an odd step through all numbers.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub struct Sketch([u64; 4]);

impl Sketch {
    /// The sketch of these shingles; where there are none, no bit is set.
    pub fn of(shingles: &Shingles) -> Self {
        let mut bits = [0_u64; 4];
        if shingles.is_empty() {
            return Self(bits);
        }
        for (place, found) in fill(shingles.hashes()).into_iter().enumerate() {
            if let Some(word) = bits.get_mut(place / 64) {
                *word |= (mix(found) & 1) << (place % 64);
            }
        }
        Self(bits)
    }

    /// The sketch of a text.
    pub fn of_text(text: &str) -> Self {
        Self::of(&Shingles::of(text))
    }

    /// The form in which it is kept.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (part, word) in bytes.chunks_exact_mut(8).zip(self.0) {
            part.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }

    /// Reads the form in which it is kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let mut words = [0; 4];
        for (word, part) in words.iter_mut().zip(bytes.chunks_exact(8)) {
            *word = part.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        }
        Self(words)
    }

    /// The bits, from the lowest of the first word on.
    pub const fn words(self) -> [u64; 4] {
        self.0
    }

    /// In how many of the 256 bits two sketches differ.
    pub fn distance(self, other: Self) -> u32 {
        self.0.iter().zip(other.0).map(|(mine, theirs)| (mine ^ theirs).count_ones()).sum()
    }

    /// About how alike the texts are: the share of shingles that they have in common, within
    /// [`deviation`]. Below 0 where chance was against them.
    pub fn similarity(self, other: Self) -> f32 {
        similarity_at(self.distance(other))
    }
}

/// About how alike texts are whose sketches differ in so many bits.
#[allow(clippy::cast_precision_loss)] // 256 at most
pub fn similarity_at(distance: u32) -> f32 {
    1.0 - 2.0 * distance as f32 / PLACES as f32
}

/// The most bits in which sketches may differ for texts about so alike.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 256
pub fn distance_at(similarity: f32) -> u32 {
    ((1.0 - similarity.clamp(-1.0, 1.0)) * 128.0).floor() as u32
}

/// The standard deviation of the estimate for texts that are so alike.
pub fn deviation(similarity: f64) -> f64 {
    let agree = f64::midpoint(1.0, similarity);
    2.0 * (agree * (1.0 - agree) / 256.0).sqrt()
}

/// Which shingle each place takes: a number that is the same where the same shingle came in the
/// same round.
///
/// In each round every shingle goes to one place, at random in the first 256 rounds, then to all
/// places in turn; the first round counts, and in a round the smallest number. So few shingles fill
/// all places too, and many do it in one round.
fn fill(hashes: &[u64]) -> [u64; PLACES] {
    let mut places = [0_u64; PLACES];
    let mut taken = [u16::MAX; PLACES];
    let mut left = PLACES;
    for round in 0..2 * PLACES {
        let step = (round as u64 + 1).wrapping_mul(STEP);
        #[allow(clippy::cast_possible_truncation)] // 512 at most
        let this = round as u16;
        for &hash in hashes {
            let number = mix(hash.wrapping_add(step));
            // The uppermost byte says where; the rest is what is compared.
            let at = if round < PLACES { (number >> 56) as usize } else { round - PLACES };
            let value = number & (u64::MAX >> 8) | (round as u64 & 0xff) << 56;
            // A byte, or less than 256.
            let (Some(place), Some(when)) = (places.get_mut(at), taken.get_mut(at)) else { continue };
            if *when == u16::MAX {
                (*when, *place) = (this, value);
                left -= 1;
            } else if *when == this && value < *place {
                *place = value;
            }
        }
        if left == 0 {
            break;
        }
    }
    places
}

/// The end of `SplitMix64` (Steele, Lea, Flood 2014): each bit of the result hangs on all of the number.
const fn mix(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(sketch: Sketch) -> String {
        sketch.to_bytes().map(|byte| format!("{byte:02x}")).concat()
    }

    #[test]
    fn the_form_that_is_kept_never_changes() {
        let long = "All the king's horses. ".repeat(40);
        let kept =
            ["Where is my refund?", "我想退款，怎么办？", &long, "x"].map(|text| hex(Sketch::of_text(text)));
        let ever = [
            "06db2a2281d5a68589171b70b9cb0f27885b17c347467c7fef89b3d58decc07c",
            "344427f7d810b67c7533da6ba326e258da957f473b8c20ebed469f9e53880b5f",
            "c3856141f4e794f3ad47e08484a5df8a01cb5a2bebe93add8ffb8da332de022a",
            "48cc45f26d0448fd68207fe06cf038c5ce72b661564c9c71794eff077d400ef5",
        ];
        assert_eq!(kept, ever);
        assert_eq!(Sketch::of_text("…").to_bytes(), [0; 32]);
    }

    #[test]
    fn what_is_kept_comes_back() {
        let sketch = Sketch::of_text("Where is my refund?");
        assert_eq!(Sketch::from_bytes(sketch.to_bytes()), sketch);
        assert_eq!(sketch.distance(sketch), 0);
    }

    #[test]
    fn the_estimate_has_the_deviation_of_one_bit_hashing() {
        // quality-vectors.json, simhash_bbit_estimator.
        let expected = [
            (0.3, 0.059_621_200_088_559_104),
            (0.5, 0.054_126_587_736_527_41),
            (0.6, 0.05),
            (0.7, 0.044_633_927_678_392_81),
            (0.8, 0.0375),
            (0.9, 0.027_243_118_397_129_205),
        ];
        for (similarity, sd) in expected {
            assert!((deviation(similarity) - sd).abs() < 1e-9, "{similarity}");
        }
        assert_eq!((distance_at(0.5), distance_at(0.6), distance_at(1.0)), (64, 51, 0));
        assert!(similarity_at(51) >= 0.6 && similarity_at(52) < 0.6);
    }

    /// Numbers that mean nothing, the same in every run.
    fn numbers(seed: u64) -> impl Iterator<Item = u64> {
        (1..).map(move |n: u64| mix(mix(seed).wrapping_add(n.wrapping_mul(STEP))))
    }

    #[test]
    #[allow(clippy::cast_precision_loss)]
    fn the_estimate_is_right_on_the_average_whatever_the_length() {
        for (shingles, common) in [(12_usize, 8_usize), (60, 30), (60, 54), (400, 300)] {
            let truth = common as f64 / (2 * shingles - common) as f64;
            let rounds = 200;
            let (mut sum, mut squares) = (0.0, 0.0);
            for round in 0..rounds {
                let all: Vec<u64> = numbers(round).take(2 * shingles - common).collect();
                let places = [&all[..shingles], &all[shingles - common..]].map(fill);
                let equal =
                    (0..PLACES).filter(|&at| mix(places[0][at]) & 1 == mix(places[1][at]) & 1).count();
                let error = f64::from(similarity_at(u32::try_from(PLACES - equal).unwrap())) - truth;
                sum += error;
                squares += error * error;
            }
            let (bias, spread) = (sum / rounds as f64, (squares / rounds as f64).sqrt());
            assert!(bias.abs() < 0.02, "{shingles}, {common}: {bias}");
            // Shingles that are few add chance of their own.
            assert!(spread < deviation(truth) * 1.6, "{shingles}, {common}: {spread}");
        }
    }

    #[test]
    fn unrelated_texts_differ_in_half_of_the_bits() {
        let a = Sketch::of_text("Write a poem about the sea at night in four lines.");
        let b = Sketch::of_text("Hello, could you tell me where the parcel with my new shoes is?");
        assert!(a.similarity(b) < 0.3, "{}", a.similarity(b));
    }
}
