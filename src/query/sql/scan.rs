//! Looking for a part of a text by reading every text: slow, and exact to the letter.
//!
//! Messages are kept as JSON. A text holds the part exactly if the JSON holds the part as JSON
//! spells it, except that the JSON also holds names (`"role"`) and escapes (`\n`). So the whole is
//! looked through first, and only where something is found is the JSON taken apart.

use rusqlite::types::Value;

use super::{Reach, Sql, joined};

/// Examples whose prompt or responses hold the part, whatever the case of its letters.
pub(super) fn part(text: &str, reach: Reach) -> Sql {
    let spellings = spellings(text);
    joined(vec![messages("prompt", &spellings, reach), messages("response", &spellings, reach)], "OR")
}

/// Examples whose note holds the part, whatever the case of its letters.
pub(super) fn note(text: &str, reach: Reach) -> Sql {
    let spellings = spellings(text);
    let clause = reach.rows("prompt", &contains("m.note", spellings.len()));
    Sql::with(clause, values(spellings))
}

/// The database's `lower` leaves all but ASCII letters alone, so the others are sought in either case.
fn spellings(text: &str) -> Vec<String> {
    let mut spellings = vec![text.to_ascii_lowercase()];
    let mut first = text.chars();
    let capitalized =
        first.next().map(|c| c.to_uppercase().chain(first.as_str().to_lowercase().chars()).collect());
    for other in [Some(text.to_lowercase()), Some(text.to_uppercase()), capitalized] {
        let other = other.unwrap_or_default().to_ascii_lowercase();
        if !other.is_empty() && !spellings.contains(&other) {
            spellings.push(other);
        }
    }
    spellings
}

/// `(instr(lower(column), ?) OR …)` for so many spellings.
fn contains(column: &str, spellings: usize) -> String {
    format!("({})", vec![format!("instr(lower({column}), ?) > 0"); spellings].join(" OR "))
}

fn values(spellings: Vec<String>) -> Vec<Value> {
    spellings.into_iter().map(Value::Text).collect()
}

fn messages(table: &str, spellings: &[String], reach: Reach) -> Sql {
    let count = spellings.len();
    // Damaged JSON can't be taken apart; then what was found in it counts. Arguments of tool calls
    // are searched as the JSON that they are, keys and all.
    let holds = format!(
        "CASE WHEN NOT {whole} THEN 0 WHEN NOT json_valid(m.messages) THEN 1 \
         ELSE EXISTS (SELECT 1 FROM json_tree(m.messages) j WHERE \
         (j.atom IS NOT NULL AND j.key NOT IN ('role', 'type') AND {atom}) \
         OR (j.key = 'arguments' AND j.type = 'object' AND {arguments})) END",
        whole = contains("m.messages", count),
        atom = contains("j.atom", count),
        arguments = contains("j.value", count),
    );
    let clause = reach.rows(table, &holds);
    let plain = values(spellings.to_vec());
    let in_json = values(spellings.iter().map(|spelling| as_json(spelling)).collect());
    Sql::with(clause, [in_json.clone(), plain, in_json].concat())
}

/// The text as JSON spells it between the quotes.
fn as_json(text: &str) -> String {
    let quoted = serde_json::Value::String(text.to_owned()).to_string();
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_are_sought_in_either_case() {
        assert_eq!(spellings("Refund"), ["refund"]);
        assert_eq!(spellings("Über"), ["Über", "über"]);
        assert_eq!(spellings("größe"), ["größe", "grÖsse"]);
    }

    #[test]
    fn json_spells_some_characters_otherwise() {
        assert_eq!(as_json("a\"b\\c\n\u{1}手"), r#"a\"b\\c\n\u0001手"#);
    }
}
