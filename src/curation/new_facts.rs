//! Whether an answer names facts that nothing before it has: a model could learn them only by heart.
//!
//! A heuristic, the same as people's at a glance: a number of two digits and more, or a capitalised name
//! within a sentence, that the turns before don't have. What is worked out (on a line with `=`) is no fact,
//! neither is what numbers a list, a heading, or code; of JSON only its texts say something.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use crate::text::language::language;

/// So many digits make a number that one would have to know: fewer count things or steps.
const DIGITS: usize = 2;
/// Languages that write every noun with a capital: names can't be told there.
const CAPITAL_NOUNS: [&str; 2] = ["de", "lb"];

/// The first fact in an answer that what was given before it doesn't name.
pub fn new_fact(given: &str, answer: &str) -> Option<String> {
    let said = said(answer);
    let answer = said.as_ref();
    let lines = || lines_of(answer);
    let worked_out = lines().filter(|line| line.contains('=')).flat_map(numbers).map(|(_, digits)| digits);
    let known: HashSet<String> = numbers(given).map(|(_, digits)| digits).chain(worked_out).collect();
    let number = lines().flat_map(|line| numbers(unlisted(line))).find(|(_, digits)| !known.contains(digits));
    number.map(|(written, _)| written.to_owned()).or_else(|| {
        let says_names =
            !language(answer).or_else(|| language(given)).is_some_and(|code| CAPITAL_NOUNS.contains(&code));
        let known: HashSet<String> = words(given)
            .map(lower)
            .chain(words(answer).filter(|word| !is_capital(word)).map(lower))
            .collect();
        let new = || lines().flat_map(names).find(|name| !known.contains(&lower(name)));
        says_names.then(new).flatten().map(str::to_owned)
    })
}

/// What is said in words: of JSON its texts, a line each, without keys and numbers.
fn said(answer: &str) -> Cow<'_, str> {
    fn gather(value: &Value, texts: &mut Vec<String>) {
        match value {
            Value::String(text) => texts.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| gather(value, texts)),
            Value::Object(fields) => fields.values().for_each(|value| gather(value, texts)),
            _ => {}
        }
    }
    match serde_json::from_str(answer) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => {
            let mut texts = Vec::new();
            gather(&value, &mut texts);
            Cow::Owned(texts.join("\n"))
        }
        _ => Cow::Borrowed(answer),
    }
}

/// The lines of prose: without code between fences, and without headings.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    text.lines().map(str::trim).filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_fence && !is_code && !line.starts_with('#')
    })
}

/// A line without what numbers it in a list: `12.`, `12)`.
fn unlisted(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(said) if rest.len() < line.len() && !said.starts_with(|c: char| c.is_ascii_digit()) => said,
        _ => line,
    }
}

/// The numbers of a text as they are written, and their digits alone: `1,912.50` and `191250`.
fn numbers(text: &str) -> impl Iterator<Item = (&str, String)> {
    let is_of_number = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '\'' | '\u{a0}' | '\u{202f}');
    text.split(move |c: char| !is_of_number(c)).filter_map(|run| {
        let written = run.trim_matches(|c: char| !c.is_numeric());
        let digits: String = written.chars().filter(|c| c.is_numeric()).collect();
        (digits.chars().count() >= DIGITS).then_some((written, digits))
    })
}

/// The words of a text: letters, with the apostrophes and hyphens within.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphabetic() || matches!(c, '\'' | '’' | '-')))
        .map(|word| word.trim_matches(['\'', '’', '-']))
        .filter(|word| !word.is_empty())
}

/// The capitalised words of a line that no sentence begins with.
fn names(line: &str) -> impl Iterator<Item = &str> {
    let mut begins = true;
    line.split_whitespace().filter_map(move |token| {
        let is_first = std::mem::replace(&mut begins, ends_sentence(token));
        let opens = token.starts_with(|c: char| !c.is_alphanumeric());
        words(token).next().filter(|word| !is_first && !opens && is_capital(word))
    })
}

fn ends_sentence(token: &str) -> bool {
    let bare = token.trim_end_matches(['"', '\'', '”', '’', ')', ']', '*', '_']);
    bare.ends_with(['.', '!', '?', ':', ';', '…', '—', '–', '|', '•'])
        || !bare.contains(char::is_alphanumeric)
}

/// Written as names are: a capital, then a small letter.
fn is_capital(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// A word to compare: small letters, and without an English genitive.
fn lower(word: &str) -> String {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    word.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_a_name_that_was_not_given_is_new() {
        assert_eq!(new_fact("When did it sink?", "It sank in 1912.").as_deref(), Some("1912"));
        assert_eq!(new_fact("Who found it?", "It was found by Curie in her shed.").as_deref(), Some("Curie"));
        assert_eq!(
            new_fact("Was kostet das?", "Die Gebühr beträgt 1.250 Euro im Jahr.").as_deref(),
            Some("1.250")
        );
    }

    #[test]
    fn what_was_given_is_not() {
        assert_eq!(
            new_fact("Order 88,120 of Lena's is late.", "I see that order 88120 for Lena is late."),
            None
        );
        assert_eq!(new_fact("Where is Anna-Lena?", "We think that Anna-Lena is home."), None);
    }

    #[test]
    fn beginnings_lists_headings_code_and_sums_are_no_facts() {
        assert_eq!(new_fact("How?", "First open it. Then close it: Done. \"Really?\" Yes."), None);
        assert_eq!(new_fact("How?", "# The Way of Rust\n10. open it\n11) close it\n- Shut it"), None);
        assert_eq!(new_fact("How?", "As here:\n```\nlet year = Year::new(1912);\n```\nThat is all."), None);
        assert_eq!(new_fact("What is 48 and half of it?", "48 + 24 = 72\nSo it is 72."), None);
        assert_eq!(new_fact("Is it?", "It is, as I'm told, and I'd say so, OK."), None);
        assert_eq!(new_fact("Is it?", "Please do: you may, and as it says, Please stay, do please."), None);
    }

    #[test]
    fn a_number_that_begins_a_line_without_numbering_it_is_new() {
        assert_eq!(new_fact("When?", "1912").as_deref(), Some("1912"));
        assert_eq!(new_fact("How much?", "12.50 for each").as_deref(), Some("12.50"));
    }

    #[test]
    fn where_every_noun_has_a_capital_only_numbers_tell() {
        let answer = "Das ist die Rechnung für den Monat, die wir der Kundin mit der Post geschickt haben.";
        assert_eq!(new_fact("Was ist das hier?", answer), None);
    }

    #[test]
    fn of_json_only_texts_name_facts() {
        assert_eq!(new_fact("Which intent?", r#"{"intent": "refund", "confidence": 0.97}"#), None);
        assert_eq!(new_fact("Who?", r#"{"name": "It was Curie"}"#).as_deref(), Some("Curie"));
    }

    #[test]
    fn nothing_said_is_no_fact() {
        assert_eq!(new_fact("", ""), None);
        assert_eq!(new_fact("退款", "好的。"), None);
    }
}
