//! Why a slice fails, as far as its training examples tell.

use super::super::numbers::float;

/// So many examples are enough where nobody said anything else.
const ENOUGH: u64 = 30;
/// Above this share of suspects examples are noisy ...
const SUSPECT: f64 = 0.1;
/// ... and so they are below this agreement.
const AGREED: f64 = 0.6;

/// What is known of the training examples of a slice.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Known {
    /// How many there are.
    pub trained: u64,
    /// How many are wanted; `None` where nobody said.
    pub wanted: Option<u64>,
    /// How many of them look wrong.
    pub suspects: u64,
    /// How many contradictions they have.
    pub contradictions: u64,
    /// How far annotators agree on them; `None` where nobody knows.
    pub agreement: Option<f64>,
}

/// Why a slice fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Its examples contradict each other.
    Contradictory,
    /// Its examples look wrong, or annotators don't agree on them.
    Noisy,
    /// It has too few.
    Thin,
    /// Enough and clean: it is not for the data.
    NotTheData,
}

impl Cause {
    /// What it says.
    pub fn told(self) -> &'static str {
        match self {
            Self::Contradictory => "contradictory: settle which answer is right",
            Self::Noisy => "noisy: review its examples",
            Self::Thin => "thin: write more",
            Self::NotTheData => "enough and clean: not for the data",
        }
    }
}

/// Why a slice fails: what would spoil more examples comes first.
pub fn cause(known: &Known) -> Cause {
    let suspects = float(known.suspects) / float(known.trained.max(1));
    if known.contradictions > 0 {
        Cause::Contradictory
    } else if suspects > SUSPECT || known.agreement.is_some_and(|agreed| agreed < AGREED) {
        Cause::Noisy
    } else if known.trained < known.wanted.unwrap_or(ENOUGH) {
        Cause::Thin
    } else {
        Cause::NotTheData
    }
}
