//! What a text is written in, told from its beginning.

use super::Language;
use super::markdown::{heading, item, opens_fence};

/// Lines that are looked at, and bytes of each.
const LINES: usize = 200;
const BYTES: usize = 400;

impl Language {
    /// What a text is written in. Prose is what it is unless something says otherwise.
    pub fn of(text: &str) -> Self {
        Self::of_lines(text.split('\n'))
    }

    /// The same for a text in lines.
    pub fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut lines = lines.take(LINES).map(beginning).filter(|line| !line.trim().is_empty());
        let Some(first) = lines.next() else { return Self::Plain };
        let second = lines.next().unwrap_or_default();
        if is_json(first, second) {
            return Self::Json;
        }
        let mut all = [first, second].into_iter().chain(lines);
        if let Some(language) = code(first, second) {
            // A sentence may begin like code, but then there is Markdown further down.
            return if all.any(opens_fence) { Self::Markdown } else { language };
        }
        if all.any(is_marked) { Self::Markdown } else { Self::Plain }
    }
}

/// The beginning of a line that is very long.
fn beginning(line: &str) -> &str {
    let end = (0..=BYTES.min(line.len())).rev().find(|&at| line.is_char_boundary(at)).unwrap_or(0);
    line.get(..end).unwrap_or_default()
}

/// Whether a text that begins with these lines is JSON, be it unfinished or wrong further on.
fn is_json(first: &str, second: &str) -> bool {
    let first = first.trim();
    let next =
        |text: &str| if text.is_empty() { second.trim_start().chars().next() } else { text.chars().next() };
    if let Some(rest) = first.strip_prefix('{') {
        // `{name}` is a place to fill in, `{{` one of a template.
        return matches!(next(rest.trim_start()), None | Some('"' | '}'));
    }
    let Some(rest) = first.strip_prefix('[') else { return false };
    match next(rest.trim_start()) {
        None | Some('{' | '[' | '"') => true,
        // `[1]` is a footnote, `[1, 2]` a list.
        Some('0'..='9' | '-') => rest.contains(',') || rest.trim().is_empty(),
        Some(']') => first == "[]",
        _ => false,
    }
}

/// The language of a text that is code as a whole, where its first lines leave no doubt.
fn code(first: &str, second: &str) -> Option<Language> {
    let line = first.trim_end();
    let begins = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let ends = |signs: &[char]| line.ends_with(signs);
    let lower = line.get(..line.len().min(24)).unwrap_or_default().to_ascii_lowercase();
    if line.starts_with("#!") {
        return Some(if line.contains("python") {
            Language::Python
        } else if line.contains("node") {
            Language::JavaScript
        } else {
            Language::Shell
        });
    }
    if ["<!doctype", "<html", "<?xml", "<svg", "<div", "<!--"].iter().any(|tag| lower.starts_with(tag)) {
        return Some(Language::Markup);
    }
    if begins(&["#include ", "#include<", "#ifndef ", "#pragma once", "int main("]) {
        return Some(Language::C);
    }
    if begins(&["package "]) {
        return Some(if ends(&[';']) { Language::Java } else { Language::Go })
            .filter(|_| line.split(' ').count() == 2);
    }
    if begins(&["public class ", "import java", "public static ", "using System"]) {
        return Some(Language::Java);
    }
    let opens = ends(&['{', ';', '(', ',', '}']);
    if begins(&["fn ", "pub fn ", "pub struct ", "impl ", "#[", "use std::", "use crate::"])
        && ends(&['{', ';', ']', '}'])
    {
        return Some(Language::Rust);
    }
    if begins(&["def ", "class ", "async def ", "@", "if __name__"]) && line.ends_with(':')
        || line.starts_with("from ") && line.contains(" import ") && !ends(&['.', '?', ';'])
        || is_python_import(line)
    {
        return Some(Language::Python);
    }
    if begins(&["function ", "async function ", "const ", "let ", "export ", "import "]) && opens
        || line.starts_with("import ") && ends(&['\'', '"'])
        || line.starts_with("\"use strict\"")
    {
        return Some(Language::JavaScript);
    }
    let is_statement =
        ["select ", "insert into ", "create table ", "with ", "update ", "delete from ", "alter table "]
            .iter()
            .any(|word| lower.starts_with(word))
            || lower == "select";
    let has_clause = |line: &str| {
        let line = line.to_ascii_lowercase();
        [" from ", " values", " set ", " as (", "from ", " ("].iter().any(|word| line.contains(word))
    };
    // In prose one does not write the first word in capitals.
    let is_capital = line.chars().take_while(|c| !c.is_whitespace()).all(|c| c.is_ascii_uppercase());
    if is_statement
        && (is_capital || line.ends_with(';'))
        && (has_clause(line) || has_clause(second) || is_capital)
    {
        return Some(Language::Sql);
    }
    None
}

/// `import os`, `import a.b as c`: a sentence goes on.
fn is_python_import(line: &str) -> bool {
    let words: Vec<&str> = line.split(' ').take(5).collect();
    match words.as_slice() {
        ["import", module] => !module.ends_with(['.', '?', ';', '\'', '"']),
        ["import", _, "as", _] => true,
        _ => false,
    }
}

/// Whether a line is one that only Markdown has.
fn is_marked(line: &str) -> bool {
    let trimmed = line.trim_start();
    let pair = |sign: &str| {
        line.split_once(sign)
            .is_some_and(|(_, rest)| !rest.starts_with(char::is_whitespace) && rest.contains(sign))
    };
    heading(trimmed).is_some()
        || item(trimmed).is_some_and(|len| trimmed.len() > len + 1)
        || opens_fence(trimmed)
        || trimmed.starts_with("> ")
        || trimmed.starts_with('|') && trimmed.trim_end().ends_with('|') && trimmed.len() > 2
        || pair("`")
        || pair("**")
        || line.contains("](http")
}
