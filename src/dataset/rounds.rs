//! Reading the rounds of a dataset.

use super::{Candidates, Error, KeptRound, Reader, Result};
use crate::example::Round;
use crate::store;

impl Reader {
    /// The rounds that are kept, in the order in which they were.
    pub fn rounds(&self) -> Result<Vec<KeptRound>> {
        Ok(store::rounds(&self.connection)?)
    }

    /// The round of that name with all its results.
    pub fn round(&self, name: &str) -> Result<Round> {
        store::round(&self.connection, name)?.ok_or_else(|| Error::NoRound(name.to_owned()))
    }

    /// Which failing answers of a round may stand beside others, to be ranked, and which may not.
    pub fn candidates(&self, round: &Round) -> Result<Candidates> {
        Candidates::of(&self.connection, round, &[])
    }
}
