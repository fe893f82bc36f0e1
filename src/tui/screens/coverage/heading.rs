//! The names above the columns: whole where there is room, else in two rows, else cut.

use crate::text::width::{truncate_middle, width};

/// What parts the words of a value's name.
const PARTED: [char; 5] = ['-', '_', ' ', '/', '.'];

/// A name in at most two rows of so many cells; the upper one is empty where one row is enough.
pub(super) fn rows(name: &str, cells: usize) -> [String; 2] {
    if width(name) <= cells {
        return [String::new(), name.to_owned()];
    }
    let cut = |text: &str| truncate_middle(text, cells).into_owned();
    // The last place where the first part still fits; what parts the words goes.
    let parts = name
        .match_indices(PARTED)
        .filter_map(|(at, sign)| Some((name.get(..at)?, name.get(at + sign.len()..)?)));
    let mut parted =
        parts.filter(|(first, rest)| !first.is_empty() && !rest.is_empty() && width(first) <= cells);
    match parted.next_back() {
        Some((first, rest)) => [first.to_owned(), cut(rest)],
        None => [String::new(), cut(name)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_parted_between_its_words() {
        assert_eq!(rows("refund", 8), ["", "refund"]);
        assert_eq!(rows("delivery-status", 8), ["delivery", "status"]);
        assert_eq!(rows("change of address", 9), ["change of", "address"]);
        assert_eq!(rows("shipping/international", 8), ["shipping", "int…onal"]);
        assert_eq!(rows("delivery-status-14", 8), ["delivery", "sta…s-14"], "two are told apart");
        assert_eq!(rows("reimbursement", 8), ["", "rei…ment"]);
        assert_eq!(rows("a-reimbursement-", 8), ["a", "rei…ent-"]);
        assert_eq!(rows("-_-", 2), ["-", "-"]);
    }
}
