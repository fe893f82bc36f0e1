//! Facets of which every example should carry a value: what is said where one is submitted without.

use crate::example::Tag;
use crate::tui::effect::Shared;

/// `submitted without task, which is required: t tags`; `None` where nothing is lacking.
pub fn lacking(tags: &[Tag], shared: &Shared) -> Option<String> {
    let facets = shared.definitions.facets.iter().filter(|facet| facet.required);
    let lacking: Vec<&str> = facets
        .map(|facet| facet.name.as_str())
        .filter(|name| !tags.iter().any(|tag| tag.facet == *name))
        .collect();
    let which = match lacking.as_slice() {
        [] => return None,
        [one] => format!("{one}, which is"),
        [most @ .., last] => format!("{} and {last}, which are", most.join(", ")),
    };
    Some(format!("submitted without {which} required: t tags"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{Facet, new_id};

    fn facet(name: &str, required: bool) -> Facet {
        Facet {
            id: new_id(),
            name: name.to_owned(),
            several: false,
            open: false,
            required,
            values: Vec::new(),
        }
    }

    #[test]
    fn only_required_facets_without_a_value_are_named() {
        let mut shared = Shared::default();
        shared.definitions.facets = vec![facet("task", true), facet("tone", false)];
        let says = |tags: &[Tag], shared: &Shared| lacking(tags, shared);
        assert_eq!(says(&[], &shared).as_deref(), Some("submitted without task, which is required: t tags"));
        assert_eq!(says(&[Tag::new("task", "chat")], &shared), None);
        shared.definitions.facets.push(facet("language", true));
        assert_eq!(
            says(&[], &shared).as_deref(),
            Some("submitted without task and language, which are required: t tags")
        );
    }
}
