//! How far annotators agree, beyond what chance would give: coefficients over what they say of pairs
//! of responses, with intervals.
//!
//! What is counted are pairs of responses: each annotator who placed both says that the first is
//! better, that they are the same, or that the second is. Which of two is "the first" means nothing,
//! so it is decided by a hash ([`units`]): where the better answer always came first in the file, that
//! must not pass for a habit of the annotators.

mod kendall;
mod nominal;
mod report;
mod units;

#[cfg(test)]
mod tests;

pub use kendall::{tau_b, w};
pub use nominal::{Sums, cohen};
pub use report::{Agreement, Measured, Remark, Report, intervals, report};
pub use units::{Unit, Value, units};

/// Why a coefficient is not defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// No two people judged the same.
    #[error("no two people judged the same pair")]
    NothingShared,
    /// There is no variation.
    #[error("everybody said the same everywhere, so agreement can't be told from chance")]
    NoVariation,
    /// Somebody ties everything.
    #[error("in no example that they share did both put one response above another")]
    NothingOrdered,
    /// Nobody ranked whole examples together.
    #[error("no example was ranked as a whole by three people")]
    NotThree,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Measure {
    /// The share of pairs of annotators that say the same of a pair of responses.
    Percent,
    /// Cohen's kappa, of two annotators.
    Cohen,
    /// Fleiss' kappa.
    Fleiss,
    /// Krippendorff's alpha, where all disagreements count the same.
    Alpha,
    /// Krippendorff's alpha, where "same" lies between the two sides.
    AlphaOrdinal,
    /// Gwet's AC1.
    Ac1,
    /// Kendall's tau-b of two annotators' orders, the mean over examples.
    Tau,
    /// Kendall's W of all annotators' orders, the mean over examples.
    W,
}

impl Measure {
    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Percent => "same answer",
            Self::Cohen => "Cohen's kappa",
            Self::Fleiss => "Fleiss' kappa",
            Self::Alpha => "alpha, nominal",
            Self::AlphaOrdinal => "alpha, ordinal",
            Self::Ac1 => "Gwet's AC1",
            Self::Tau => "Kendall's tau-b",
            Self::W => "Kendall's W",
        }
    }

    /// The word in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Cohen => "cohen_kappa",
            Self::Fleiss => "fleiss_kappa",
            Self::Alpha => "alpha_nominal",
            Self::AlphaOrdinal => "alpha_ordinal",
            Self::Ac1 => "ac1",
            Self::Tau => "tau_b",
            Self::W => "w",
        }
    }

    /// Who described it first.
    pub const fn source(self) -> &'static str {
        match self {
            Self::Percent => "raw agreement",
            Self::Cohen => "Cohen 1960",
            Self::Fleiss => "Fleiss 1971",
            Self::Alpha | Self::AlphaOrdinal => "Krippendorff 2011",
            Self::Ac1 => "Gwet 2008",
            Self::Tau => "Kendall 1945",
            Self::W => "Kendall & Babington Smith 1939",
        }
    }
}
