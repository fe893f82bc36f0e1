//! What is wanted where values of two facets meet.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use super::Tag;

/// What is wanted of examples that carry both values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellWish {
    /// None: the values can't be together.
    Never,
    /// So many usable ones.
    Count(NonZeroU32),
}

impl CellWish {
    /// A wish by its number; 0 stands for never.
    pub fn from_number(number: u32) -> Self {
        NonZeroU32::new(number).map_or(Self::Never, Self::Count)
    }

    /// Its number; 0 stands for never.
    pub fn number(self) -> u32 {
        match self {
            Self::Never => 0,
            Self::Count(count) => count.get(),
        }
    }
}

impl fmt::Display for CellWish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("never"),
            Self::Count(count) => count.fmt(f),
        }
    }
}

/// Why a text is no wish.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” should be a number of examples, such as 40, or never")]
pub struct CellWishError(String);

impl FromStr for CellWish {
    type Err = CellWishError;

    /// Reads `40`, or `never`, which 0 stands for too.
    fn from_str(text: &str) -> Result<Self, CellWishError> {
        let text = text.trim();
        if text.eq_ignore_ascii_case("never") {
            return Ok(Self::Never);
        }
        text.parse().map(Self::from_number).map_err(|_| CellWishError(text.to_owned()))
    }
}

/// Values of two facets, and what is wanted of examples that carry both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellTarget {
    /// By the names of the facets, which are two.
    of: [Tag; 2],
    /// What is wanted.
    pub wish: CellWish,
}

impl CellTarget {
    /// What is wanted of both values, in whichever order they come; `None` of two values of one facet.
    pub fn new(one: Tag, other: Tag, wish: CellWish) -> Option<Self> {
        match one.facet.cmp(&other.facet) {
            std::cmp::Ordering::Less => Some(Self { of: [one, other], wish }),
            std::cmp::Ordering::Greater => Some(Self { of: [other, one], wish }),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The values, by the names of their facets.
    pub const fn of(&self) -> &[Tag; 2] {
        &self.of
    }

    /// Whether these are its values, in whichever order they come.
    pub fn is_of(&self, one: &Tag, other: &Tag) -> bool {
        let [first, second] = &self.of;
        (first == one && second == other) || (first == other && second == one)
    }

    /// Its values, as `intent:refund × language:tr`.
    pub fn name(&self) -> String {
        let [one, other] = &self.of;
        format!("{}:{} × {}:{}", one.facet, one.value, other.facet, other.value)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_reads_back_as_it_is_written_and_0_is_never() {
        for wish in [CellWish::Never, CellWish::from_number(40)] {
            assert_eq!(wish.to_string().parse(), Ok(wish));
            assert_eq!(CellWish::from_number(wish.number()), wish);
        }
        assert_eq!(" Never ".parse(), Ok(CellWish::Never));
        assert_eq!("0".parse(), Ok(CellWish::Never));
        assert!("some".parse::<CellWish>().unwrap_err().to_string().contains("or never"));
    }

    #[test]
    fn a_cell_is_the_same_in_whichever_order_its_values_come_and_is_of_two_facets() {
        let (refund, turkish) = (Tag::new("intent", "refund"), Tag::new("language", "tr"));
        let cell = CellTarget::new(turkish.clone(), refund.clone(), CellWish::Never);
        assert_eq!(cell, CellTarget::new(refund.clone(), turkish.clone(), CellWish::Never));
        let cell = cell.unwrap();
        assert!(cell.is_of(&refund, &turkish) && cell.is_of(&turkish, &refund));
        assert_eq!(cell.name(), "intent:refund × language:tr");
        assert_eq!(CellTarget::new(refund, Tag::new("intent", "cancel"), CellWish::Never), None);
    }
}
