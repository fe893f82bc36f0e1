//! Why a coefficient has no value.

use thiserror::Error;

/// Why a coefficient has no value. A sentence for people, to stand in the value's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Undefined {
    /// There is nothing that two have judged.
    #[error("no two people judged the same")]
    NoOverlap,
    /// All answers are one.
    #[error("everybody gave the same answer everywhere, so chance can't be told from agreement")]
    NoVariation,
    /// It is a coefficient of two.
    #[error("it compares two people: see the pairs")]
    NotTwo,
    /// It is a coefficient of three or more.
    #[error("no three people ranked all responses of the same example")]
    NoThree,
    /// One of them, or everybody, put all on a par.
    #[error("nobody told responses apart where others judged the same")]
    NoOrder,
}
