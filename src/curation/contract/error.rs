//! What is wrong with a contract.

/// Why nothing can be judged by a contract, and in which part of it that stands.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the contract's {place}: {reason}")]
pub struct ContractError {
    /// The part: `must_match[1]`, `schema.properties.intent.type`.
    pub place: String,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl ContractError {
    pub(super) fn new(place: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { place: place.into(), reason: reason.into() }
    }
}
