//! The cells of a facets file: what is wanted where values of two facets meet.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::example::{CellTarget, CellWish, Tag};

/// A cell as it stands in the file: `of` its two values by their facets, and a target or `never`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellEntry {
    pub of: toml::Spanned<BTreeMap<String, String>>,
    target: Option<u32>,
    #[serde(default)]
    never: bool,
}

impl CellEntry {
    /// What it says, or why that is nothing.
    pub fn read(self) -> Result<CellTarget, String> {
        let wish = match (self.target, self.never) {
            (Some(target), false) => CellWish::from_number(target),
            (None, true) => CellWish::Never,
            (Some(_), true) => return Err("a cell has a target or is never: give one of them".to_owned()),
            (None, false) => return Err("a cell needs target = N, or never = true".to_owned()),
        };
        let mut tags = self.of.into_inner().into_iter().map(|(facet, value)| Tag::new(facet, value));
        let cell = match (tags.next(), tags.next(), tags.next()) {
            (Some(one), Some(other), None) => CellTarget::new(one, other, wish),
            _ => None,
        };
        cell.ok_or_else(|| {
            "a cell is of two facets, as in of = { intent = \"refund\", language = \"tr\" }".to_owned()
        })
    }
}

/// The cell as an entry of a file.
pub(super) fn written(cell: &CellTarget) -> toml::Value {
    let of = cell.of().iter().map(|tag| (tag.facet.clone(), tag.value.clone().into())).collect();
    let wish = match cell.wish {
        CellWish::Never => ("never", true.into()),
        CellWish::Count(count) => ("target", i64::from(count.get()).into()),
    };
    let fields = [("of", toml::Value::Table(of)), wish];
    toml::Value::Table(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
