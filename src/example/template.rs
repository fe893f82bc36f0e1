//! Templates: what new examples are begun from.

/// An example to begin new ones from, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The example in its readable form, with `{{placeholders}}` where something is to be filled in.
    pub page: String,
}
