//! The bands in which numbers of turns and tokens are counted.

use std::fmt;

/// Numbers that are counted together: from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Band {
    /// The lowest.
    pub low: u32,
    /// The highest; `None` where there is no end.
    pub high: Option<u32>,
}

impl Band {
    const fn new(low: u32, high: u32) -> Self {
        Self { low, high: Some(high) }
    }

    const fn from(low: u32) -> Self {
        Self { low, high: None }
    }

    /// The one of these bands that a number lies in, with its place among them.
    pub fn of(bands: &[Self], n: u32) -> Option<(usize, Self)> {
        bands.iter().copied().enumerate().rfind(|(_, band)| band.low <= n)
    }

    /// The bands of user turns. Their lowest numbers are those of the schema (`trait.turns_band`).
    pub const TURNS: &'static [Self] =
        &[Self::new(0, 0), Self::new(1, 1), Self::new(2, 2), Self::new(3, 3), Self::new(4, 6), Self::from(7)];

    /// The bands of tokens: each twice as wide as the one before. Their lowest numbers are those of the
    /// schema (`trait.prompt_band`, `trait.response_band`).
    pub const TOKENS: &'static [Self] = &[
        Self::new(0, 0),
        Self::new(1, 15),
        Self::new(16, 31),
        Self::new(32, 63),
        Self::new(64, 127),
        Self::new(128, 255),
        Self::new(256, 511),
        Self::new(512, 1023),
        Self::new(1024, 2047),
        Self::new(2048, 4095),
        Self::new(4096, 8191),
        Self::from(8192),
    ];
}

impl fmt::Display for Band {
    /// `3`, `64-127`, `8192+`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.high {
            Some(high) if high == self.low => write!(f, "{high}"),
            Some(high) => write!(f, "{}-{high}", self.low),
            None => write!(f, "{}+", self.low),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_lies_in_one_band() {
        for bands in [Band::TURNS, Band::TOKENS] {
            let mut next = 0;
            for band in bands {
                assert_eq!(band.low, next, "{band}");
                next = band.high.map_or(0, |high| high + 1);
            }
            assert_eq!(next, 0, "the last one has no end");
        }
    }

    #[test]
    fn a_number_lies_in_the_band_that_has_it() {
        let low = |n| Band::of(Band::TOKENS, n).map(|(at, band)| (at, band.low));
        assert_eq!(
            [0, 1, 15, 16, 8191, 8192, u32::MAX].map(low).map(Option::unwrap_or_default),
            [(0, 0), (1, 1), (1, 1), (2, 16), (10, 4096), (11, 8192), (11, 8192)]
        );
    }

    #[test]
    fn bands_are_called_by_their_numbers() {
        let names = |bands: &[Band]| bands.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(names(Band::TURNS), "0 1 2 3 4-6 7+");
        assert!(names(Band::TOKENS).starts_with("0 1-15 16-31 32-63 64-127"));
        assert!(names(Band::TOKENS).ends_with("4096-8191 8192+"));
    }
}
