//! HTML and XML: the names of elements, their attributes' values, comments.

use super::{Class, Inside, Pieces};

/// One line.
pub(super) fn line(inside: Inside, pieces: &mut Pieces<'_>) -> Inside {
    let mut at = 0;
    match inside {
        Inside::Comment(_) => match comment(pieces, 0, 0) {
            Some(end) => at = end,
            None => return Inside::Comment(1),
        },
        Inside::Tag(quote) => match tag(pieces, 0, quote) {
            Ok(end) => at = end,
            Err(quote) => return Inside::Tag(quote),
        },
        Inside::Nothing | Inside::Quote(_) => {}
    }
    while let Some(found) = pieces.from(at).find(['<', '&']) {
        let start = at + found;
        let rest = pieces.from(start);
        at = start + 1;
        if rest.starts_with("<!--") {
            match comment(pieces, start, start + 4) {
                Some(end) => at = end,
                None => return Inside::Comment(1),
            }
        } else if rest.starts_with('&') {
            let name = rest.get(1..).unwrap_or_default();
            let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(name.len());
            if len > 0 && name.get(len..).is_some_and(|after| after.starts_with(';')) {
                pieces.push(start..start + len + 2, Class::Value);
                at = start + len + 2;
            }
        } else if let Some(end) = name_end(rest) {
            pieces.push(start..start + end, Class::Name);
            match tag(pieces, start + end, None) {
                Ok(end) => at = end,
                Err(quote) => return Inside::Tag(quote),
            }
        }
    }
    Inside::Nothing
}

/// Where the name of the element ends with which a tag begins, where it is one.
fn name_end(rest: &str) -> Option<usize> {
    let sign = if rest.starts_with("</") || rest.starts_with("<!") || rest.starts_with("<?") { 2 } else { 1 };
    let name = rest.get(sign..)?;
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    let len = name.find(|c| !is_of_name(c)).unwrap_or(name.len());
    name.starts_with(char::is_alphabetic).then_some(sign + len)
}

/// A comment that is styled from `start` and looked through from `from` on: where it ends on this line.
fn comment(pieces: &mut Pieces<'_>, start: usize, from: usize) -> Option<usize> {
    let end = pieces.from(from).find("-->").map(|len| from + len + 3);
    pieces.push(start..end.unwrap_or(pieces.text.len()), Class::Aside);
    end
}

/// The attributes of a tag: where it ends on this line, or the quote that is open at the end of it.
fn tag(pieces: &mut Pieces<'_>, from: usize, mut quote: Option<char>) -> Result<usize, Option<char>> {
    let (mut at, mut start) = (from, from);
    loop {
        if let Some(sign) = quote {
            let Some(len) = pieces.from(at).find(sign) else {
                pieces.push(start..pieces.text.len(), Class::Value);
                return Err(quote);
            };
            at += len + 1;
            pieces.push(start..at, Class::Value);
        }
        let Some(len) = pieces.from(at).find(['"', '\'', '>']) else { return Err(None) };
        (start, at) = (at + len, at + len + 1);
        match pieces.from(start).chars().next() {
            Some('>') => {
                // The sign of an empty element belongs to its end.
                let closing =
                    usize::from(pieces.text.get(..start).is_some_and(|text| text.ends_with(['/', '?'])));
                pieces.push(start - closing..at, Class::Name);
                return Ok(at);
            }
            sign => quote = sign,
        }
    }
}
