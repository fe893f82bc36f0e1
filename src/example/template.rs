//! Templates: what new examples are begun from, and the placeholders in them.
//!
//! A placeholder is a name between double braces, `{{order number}}`: letters, digits, blanks and
//! `_ - .`, with a letter or digit at both ends. Other braces are text.

/// An example to begin new ones from, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// The example in its readable form, with `{{placeholders}}` where something is to be filled in.
    pub page: String,
}

/// The most characters that the name of a placeholder has.
const LONGEST: usize = 64;

/// The placeholders of a text in the order in which they first come, each once.
pub fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces(text) {
        if let Piece::Placeholder { name, .. } = piece
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names
}

/// The text with each placeholder that has a value replaced by it. Values are taken as they are:
/// braces in them are no placeholders.
pub fn fill<'v>(text: &str, value: impl Fn(&str) -> Option<&'v str>) -> String {
    pieces(text)
        .map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Placeholder { name, whole } => value(name).unwrap_or(whole),
        })
        .collect()
}

enum Piece<'a> {
    Text(&'a str),
    Placeholder { name: &'a str, whole: &'a str },
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        while let Some(at) = rest.get(from..).and_then(|rest| rest.find("{{")) {
            let start = from + at;
            let Some((name, whole)) = rest.get(start..).and_then(placeholder) else {
                // Of three braces the last two may begin one.
                from = start + 1;
                continue;
            };
            if start > 0 {
                let (before, after) = rest.split_at(start);
                rest = after;
                return Some(Piece::Text(before));
            }
            rest = rest.get(whole.len()..).unwrap_or_default();
            return Some(Piece::Placeholder { name, whole });
        }
        Some(Piece::Text(std::mem::take(&mut rest)))
    })
}

/// The placeholder that the text begins with: its name, and all of it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find(['{', '}', '\n'])?;
    if !inside.get(end..)?.starts_with("}}") {
        return None;
    }
    let name = inside.get(..end)?.trim_matches(' ');
    let fits = |c: char| c.is_alphanumeric() || " _-.".contains(c);
    let ends = name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric);
    let short = name.chars().count() <= LONGEST;
    (ends && short && name.chars().all(fits)).then_some((name, text.get(..end + 4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_come_once_in_their_order() {
        let text = "Hi {{name}}, order {{ order number }} of {{name}}; {{{x}}} {{}} {{a\nb}} {{ü-1}}";
        assert_eq!(placeholders(text), ["name", "order number", "x", "ü-1"]);
        assert_eq!(placeholders("f(a, {b: {c: 1}}) {{#each}} {{% x %}} {{"), [""; 0]);
    }

    #[test]
    fn what_has_a_value_is_filled_in_and_values_are_not_looked_into() {
        let value = |name: &str| match name {
            "a" => Some("{{b}}"),
            "b" => Some("B"),
            _ => None,
        };
        assert_eq!(fill("{{a}} {{ b }} {{c}} {{{b}}}", value), "{{b}} B {{c}} {B}");
        assert_eq!(fill("", value), "");
    }
}
