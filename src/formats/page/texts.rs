//! Texts as lines of a page, and lines of a page as texts.
//!
//! A text stands there as it is; blank lines around it belong to the layout. A line that could be
//! taken for a heading has a backslash before it. A text that an editor would not give back as it was
//! (characters that nobody sees, blank lines at its ends) is *escaped*, and its heading says so:
//! `\n`, `\r`, `\t`, `\u{1b}` and `\\` are then what they are in most languages.

use std::fmt::Write as _;

use crate::text::harmless::visible;

/// What a heading begins with.
pub(super) const HEADING: &str = "=== ";

/// A text as the lines that show it, and whether they are escaped.
pub(super) fn show(text: &str) -> (String, bool) {
    if text.is_empty() {
        return (String::new(), false);
    }
    if needs_escapes(text) {
        return (escape(text), true);
    }
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| if is_like_heading(line) { format!("\\{line}") } else { line.to_owned() })
        .collect();
    (lines.join("\n"), false)
}

/// The text that lines show. An error names the line, counted from 0, and the reason.
pub(super) fn read(lines: &[&str], escaped: bool) -> Result<String, (usize, String)> {
    let (before, inner) = without_blank_ends(lines);
    if !escaped {
        let lines: Vec<&str> = inner
            .iter()
            .map(|line| match line.strip_prefix('\\') {
                Some(rest) if is_like_heading(rest) => rest,
                _ => line,
            })
            .collect();
        return Ok(lines.join("\n"));
    }
    let mut text = String::new();
    for (at, line) in inner.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        unescape(line, &mut text).map_err(|reason| (before + at, reason))?;
    }
    Ok(text)
}

/// The lines without the blank ones at both ends, and how many there were before.
pub(super) fn without_blank_ends<'a, 'b>(lines: &'b [&'a str]) -> (usize, &'b [&'a str]) {
    let is_text = |line: &&str| !line.trim().is_empty();
    let first = lines.iter().position(is_text).unwrap_or(lines.len());
    let end = lines.iter().rposition(is_text).map_or(first, |last| last + 1);
    (first, lines.get(first..end).unwrap_or_default())
}

/// A heading, or one behind backslashes.
fn is_like_heading(line: &str) -> bool {
    line.trim_start_matches('\\').starts_with(HEADING)
}

fn needs_escapes(text: &str) -> bool {
    let blank = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    blank(text.split('\n').next()) || blank(text.split('\n').next_back()) || has_marks(text)
}

/// Whether there is something in the text, beside line breaks and tabs, that can't be seen.
fn has_marks(text: &str) -> bool {
    text.split('\n').any(|line| {
        let mut at = 0;
        visible(line).any(|run| {
            let this = line.get(at..at + run.len);
            at += run.len;
            run.is_mark && this != Some("\t")
        })
    })
}

fn escape(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let (first, inner) = without_blank_ends(&lines);
    let mut shown = String::with_capacity(text.len() + 16);
    let mut breaks = lines.len().saturating_sub(1);
    for line in lines.iter().take(first) {
        escape_blank(line, &mut shown, &mut breaks);
    }
    for (at, line) in inner.iter().enumerate() {
        if at > 0 {
            shown.push('\n');
            breaks = breaks.saturating_sub(1);
        }
        if line.starts_with(HEADING) && (at > 0 || shown.is_empty()) {
            shown.push('\\');
        }
        escape_line(line, &mut shown);
    }
    for line in lines.iter().skip(first + inner.len()) {
        // The break before it; where all is blank the breaks stand after the lines.
        if !inner.is_empty() {
            shown.push_str("\\n");
            breaks = breaks.saturating_sub(1);
        }
        escape_blank(line, &mut shown, &mut 0);
    }
    shown
}

/// A blank line, with the break after it where there is one left.
fn escape_blank(line: &str, shown: &mut String, breaks: &mut usize) {
    for c in line.chars() {
        escape_char(c, shown);
    }
    if *breaks > 0 {
        shown.push_str("\\n");
        *breaks -= 1;
    }
}

fn escape_line(line: &str, shown: &mut String) {
    let mut rest = line;
    for run in visible(line) {
        let (this, after) = rest.split_at_checked(run.len).unwrap_or((rest, ""));
        rest = after;
        match this {
            "\t" => shown.push('\t'),
            marked if run.is_mark => marked.chars().for_each(|c| escape_char(c, shown)),
            plain => shown.push_str(&plain.replace('\\', "\\\\")),
        }
    }
}

fn escape_char(c: char, shown: &mut String) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        // Writing to a string can't fail.
        c => drop(write!(shown, "\\u{{{:x}}}", u32::from(c))),
    }
}

fn unescape(line: &str, text: &mut String) -> Result<(), String> {
    let mut parts = line.split('\\');
    text.push_str(parts.next().unwrap_or_default());
    while let Some(part) = parts.next() {
        let mut after = part.chars();
        match after.next() {
            // Two backslashes: what is between them is nothing, what follows them is plain.
            None => {
                let Some(plain) = parts.next() else { return Err(unknown_escape("")) };
                text.push('\\');
                text.push_str(plain);
                continue;
            }
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('=') => text.push('='),
            Some('u') => {
                let (c, rest) = code_point(after.as_str()).ok_or_else(|| unknown_escape(part))?;
                text.push(c);
                after = rest.chars();
            }
            Some(_) => return Err(unknown_escape(part)),
        }
        text.push_str(after.as_str());
    }
    Ok(())
}

fn code_point(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.strip_prefix('{')?.split_once('}')?;
    let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)?;
    Some((c, rest))
}

fn unknown_escape(part: &str) -> String {
    let part: String = part.chars().take(8).collect();
    format!(
        "“\\{part}” means nothing in an escaped text: there are \\n, \\r, \\t, \\u{{1b}} and \\\\ for a backslash; \
         without the word “escaped” in the heading all is taken as it stands"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn again(text: &str) -> String {
        let (shown, escaped) = show(text);
        let page = format!("\n{shown}\n\n \n");
        read(&page.split('\n').collect::<Vec<_>>(), escaped).unwrap()
    }

    #[test]
    fn plain_texts_stand_as_they_are() {
        for text in ["", "a", "a\n\n  b\\n", "# x\n#: y\n- \\alpha\n====\n===\n===x", "\tx  "] {
            assert_eq!(show(text), (text.to_owned(), false));
            assert_eq!(again(text), text);
        }
        assert_eq!(show("a\n=== user\n\\=== b"), ("a\n\\=== user\n\\\\=== b".to_owned(), false));
    }

    #[test]
    fn what_an_editor_would_lose_is_escaped_and_seen() {
        for (text, shown) in [
            ("a\n", "a\\n"),
            ("\n\na\\b", "\\n\\na\\\\b"),
            (" \n ", "\\u{20}\\n\\u{20}"),
            ("\n", "\\n"),
            ("a\r\nb", "a\\r\nb"),
            ("\u{1b}[31m\u{202e}\tx", "\\u{1b}[31m\\u{202e}\tx"),
            ("=== user\n=== x\n", "\\=== user\n\\=== x\\n"),
            ("a\n \n", "a\\n\\u{20}\\n"),
        ] {
            assert_eq!(show(text), (shown.to_owned(), true), "{text:?}");
            assert_eq!(again(text), text);
        }
    }

    #[test]
    fn an_unknown_escape_is_told_with_its_line() {
        let (line, reason) = read(&["", "a", "b \\q"], true).unwrap_err();
        assert_eq!(line, 2);
        assert!(reason.starts_with("“\\q” means nothing"), "{reason}");
        for broken in ["\\", "\\u", "\\u{}", "\\u{110000}", "\\u{1b"] {
            read(&[broken], true).unwrap_err();
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_back(text in any::<String>(), odd in "[ \\n\\r\\t=\\\\ax\u{1b}\u{300}\u{200b}]{0,20}|(\\n|=== |\\\\|a|\\t| )*") {
            prop_assert_eq!(again(&text), text);
            prop_assert_eq!(again(&odd), odd);
        }

        #[test]
        fn reading_never_panics(text in "[\\\\nrtu{}0-9a=\\n ]{0,30}") {
            let _ = read(&text.split('\n').collect::<Vec<_>>(), true);
        }
    }
}
