//! How facets and their values are called.

use super::At;

/// The names of facets and of their values, for sentences.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names(Vec<(String, Vec<String>)>);

impl Names {
    /// Those facets with their values.
    pub fn new(facets: Vec<(String, Vec<String>)>) -> Self {
        Self(facets)
    }

    /// A value by its name; by its number where it has none.
    pub fn value(&self, at: At) -> String {
        let name = self.0.get(at.facet).and_then(|(_, values)| values.get(usize::from(at.value)));
        name.cloned()
            .unwrap_or_else(|| format!("value {} of facet {}", usize::from(at.value) + 1, at.facet + 1))
    }

    /// A value with the name of its facet, such as `language: tr`.
    pub fn told(&self, at: At) -> String {
        match self.0.get(at.facet) {
            Some((facet, _)) => format!("{facet}: {}", self.value(at)),
            None => self.value(at),
        }
    }

    /// Values that come together, such as `tr × refund`.
    pub fn together(&self, values: &[At]) -> String {
        values.iter().map(|&at| self.value(at)).collect::<Vec<_>>().join(" × ")
    }
}
