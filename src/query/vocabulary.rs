//! What a filter may speak of in one dataset, and the nearest known word to a mistyped one.

/// The names that a dataset knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The facets, in the order in which people see them.
    pub facets: Vec<FacetWords>,
    /// The kinds of flags.
    pub flag_kinds: Vec<String>,
    /// Annotators, and authors of responses (people and models).
    pub people: Vec<String>,
    /// By what it can be asked for what rules propose: their names, and their facets and values.
    pub proposed: Vec<String>,
    /// The languages that there are examples in.
    pub languages: Vec<String>,
    /// The files that examples came from.
    pub sources: Vec<String>,
}

/// A facet's name and those of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetWords {
    /// The facet's name.
    pub name: String,
    /// Whether new values may be made while working: then an unknown one is no error.
    pub open: bool,
    /// The values, in the order in which people see them.
    pub values: Vec<String>,
}

impl FacetWords {
    /// A facet by its names.
    pub fn new(
        name: impl Into<String>,
        open: bool,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self { name: name.into(), open, values: values.into_iter().map(Into::into).collect() }
    }
}

impl Vocabulary {
    /// The facet of that name: exactly, or else whatever the case of its letters.
    pub(super) fn facet(&self, name: &str) -> Option<&FacetWords> {
        find(&self.facets, name, |facet| &facet.name)
    }
}

/// The item of that name: exactly, or else whatever the case of its letters.
pub(super) fn find<'a, T>(items: &'a [T], name: &str, name_of: impl Fn(&T) -> &str) -> Option<&'a T> {
    items.iter().find(|item| name_of(item) == name).or_else(|| {
        let name = name.to_lowercase();
        items.iter().find(|item| name_of(item).to_lowercase() == name)
    })
}

/// The known word that a mistyped one most likely stands for.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    /// Below it the two have little more in common than a few letters.
    const ALIKE: f32 = 0.55;
    let word = word.to_lowercase();
    let lower: Vec<String> = known.iter().map(|known| known.to_lowercase()).collect();
    let candidates: Vec<&str> = lower.iter().map(String::as_str).collect();
    let best = *similar::get_close_matches(word.as_str(), &candidates, 1, ALIKE).first()?;
    known.iter().zip(&candidates).find(|(_, candidate)| **candidate == best).map(|(known, _)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_exactly_before_they_are_found_by_letters() {
        let names = ["Refund", "refund"];
        assert_eq!(find(&names, "refund", |name| name), Some(&"refund"));
        assert_eq!(find(&names, "REFUND", |name| name), Some(&"Refund"));
        assert_eq!(find(&["ÉTAT"], "état", |name| name), Some(&"ÉTAT"));
        assert_eq!(find(&names, "cancel", |name| name), None);
    }

    #[test]
    fn the_nearest_word_is_near_or_none() {
        let known = ["status", "split", "Intent"];
        assert_eq!(nearest("statsu", &known), Some("status"));
        assert_eq!(nearest("intnet", &known), Some("Intent"));
        assert_eq!(nearest("zzz", &known), None);
    }
}
