//! What a verb did.

use crate::text::count::plural;

/// What became of a verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The action in the journal; `None` where everything was so already.
    pub action: Option<i64>,
    /// What was done, in a sentence for people.
    pub sentence: String,
    /// How many examples it concerned.
    pub examples: u64,
    /// The one example that it was about, where it was about one: the one made, edited, or brought
    /// back by an undo.
    pub example: Option<i64>,
}

/// `1 example`, `52,002 examples`.
pub fn count_examples(n: u64) -> String {
    plural(n, "example")
}
