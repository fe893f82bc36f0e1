//! Where values of two facets meet: how that is typed, and how it is told.

use serde_json::{Map, Value, json};

use super::failure::Result;
use super::out::{Column, Out};
use crate::dataset::CellCount;
use crate::example::{CellWish, CellWishError, Tag};
use crate::text::count::thousands;

/// Two values and what is wanted of both together, as it was typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CellArg {
    pub one: Tag,
    pub other: Tag,
    pub wish: Option<CellWish>,
}

/// Reads `intent=refund,language=tr=40`: no facet has a comma or an equals sign in its name, values may.
pub(super) fn parse(text: &str) -> std::result::Result<CellArg, String> {
    let tag = |text: &str| {
        let (facet, value) = text.split_once('=')?;
        let is_name = |name: &str| !name.is_empty() && !name.contains(char::is_whitespace);
        (is_name(facet.trim()) && !value.trim().is_empty()).then(|| Tag::new(facet.trim(), value.trim()))
    };
    let (values, wish) = text.rsplit_once('=').ok_or("FACET=VALUE,FACET=VALUE=40, or =never, or =none")?;
    let commas = values.match_indices(',').map(|(at, _)| at);
    let mut parts = commas.filter_map(|at| Some((tag(values.get(..at)?)?, tag(values.get(at + 1..)?)?)));
    let (one, other) = parts.next_back().ok_or("two values are needed: FACET=VALUE,FACET=VALUE=40")?;
    let wish = match wish.trim() {
        "none" => None,
        wish => Some(wish.parse().map_err(|error: CellWishError| error.to_string())?),
    };
    Ok(CellArg { one, other, wish })
}

/// Where values meet, with what is wanted there; `counted` says what those are called that are there.
pub(super) fn told(cells: &[CellCount], counted: &'static str, out: &mut Out) -> Result<()> {
    let columns = [Column::text("together"), Column::number(counted), Column::number("target")];
    let row = |there: &CellCount| {
        let wish = match there.cell.wish {
            CellWish::Never => "never".to_owned(),
            CellWish::Count(count) => thousands(count.get().into()),
        };
        vec![there.cell.name(), thousands(there.usable), wish]
    };
    out.table(&columns, &cells.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

pub(super) fn as_json(there: &CellCount) -> Value {
    let of: Map<String, Value> =
        there.cell.of().iter().map(|tag| (tag.facet.clone(), json!(tag.value))).collect();
    let never = there.cell.wish == CellWish::Never;
    let target = (!never).then(|| there.cell.wish.number());
    json!({"of": of, "target": target, "never": never, "usable": there.usable})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_is_typed() {
        let (refund, turkish) = (Tag::new("intent", "refund"), Tag::new("language", "tr"));
        let of = |wish| CellArg { one: refund.clone(), other: turkish.clone(), wish };
        assert_eq!(parse("intent=refund, language=tr=40"), Ok(of(Some(CellWish::from_number(40)))));
        assert_eq!(parse("intent=refund,language=tr=never"), Ok(of(Some(CellWish::Never))));
        assert_eq!(parse("intent=refund,language=tr=none"), Ok(of(None)));
        let comma = parse("topic=a, b=c,language=tr=1").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!((comma.one, comma.other), (Tag::new("topic", "a, b=c"), turkish.clone()));
        for wrong in ["", "intent=refund", "intent=refund=40", "intent=refund,tr=40", "a=b,c=d=x"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
