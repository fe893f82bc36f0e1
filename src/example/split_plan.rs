//! How examples are split into train, validation and test.

use serde::{Deserialize, Serialize};

use super::{Shares, new_id};

/// How examples are split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitPlan {
    /// What the hashes begin with: another key gives other splits, the same key the same ones.
    pub key: String,
    /// How large the splits are to be.
    pub shares: Shares,
    /// The facets over whose values the shares hold, each combination of values for itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// Prompts that are at least so alike are in one split, from 0.5 to 1.
    pub likeness: f32,
}

impl SplitPlan {
    /// The likeness where none is named: well below that of near-duplicates, for a question that is asked
    /// in both training and test costs the test its meaning, and keeping two more together costs nothing.
    pub const LIKENESS: f32 = 0.6;

    /// A key that nobody has used yet.
    pub fn new_key() -> String {
        // The end of an identifier is random.
        let id = new_id().simple().to_string();
        id.get(24..).unwrap_or_default().to_owned()
    }
}

impl Default for SplitPlan {
    /// With a new key.
    fn default() -> Self {
        Self { key: Self::new_key(), shares: Shares::default(), by: Vec::new(), likeness: Self::LIKENESS }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_short_and_new() {
        let keys = [SplitPlan::new_key(), SplitPlan::new_key()];
        assert!(keys.iter().all(|key| key.len() == 8 && key.bytes().all(|byte| byte.is_ascii_hexdigit())));
        assert_ne!(keys[0], keys[1]);
    }
}
