//! JSON layout: a text that is one JSON object or array, laid out anew. Only blanks between its
//! parts change: keys, their order, numbers and strings stay as they were written.

use serde::de::IgnoredAny;

use super::{Normaliser, changed};

pub(super) const PRETTY: Normaliser = Normaliser {
    id: "json-pretty",
    title: "JSON over several lines",
    about: "a text that is one JSON object or array is laid out with two blanks a level",
    usual: false,
    mend: |text| if is_json(text) { changed(text, lay_out(text, true)) } else { None },
};

pub(super) const COMPACT: Normaliser = Normaliser {
    id: "json-compact",
    title: "JSON on one line",
    about: "a text that is one JSON object or array is put on one line, without blanks",
    usual: false,
    mend: |text| if is_json(text) { changed(text, lay_out(text, false)) } else { None },
};

/// Whether the whole text is one JSON object or array.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// Lays out what is known to be JSON.
fn lay_out(json: &str, pretty: bool) -> String {
    let mut out = String::with_capacity(json.len() * 2);
    let mut depth = 0_usize;
    let new_line = |out: &mut String, depth: usize| {
        if pretty {
            out.push('\n');
            out.extend(std::iter::repeat_n("  ", depth));
        }
    };
    let mut rest = json;
    while let Some(c) = rest.chars().next() {
        let mut len = c.len_utf8();
        match c {
            '"' => {
                len = string_len(rest);
                out.push_str(rest.get(..len).unwrap_or_default());
            }
            '{' | '[' => {
                out.push(c);
                let inner = rest.get(1..).unwrap_or_default().trim_start();
                if let Some(close) = inner.chars().next().filter(|close| matches!(close, '}' | ']')) {
                    // What has nothing in it stays together.
                    out.push(close);
                    len = rest.len() - inner.len() + 1;
                } else {
                    depth += 1;
                    new_line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                new_line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                new_line(&mut out, depth);
            }
            ':' => out.push_str(if pretty { ": " } else { ":" }),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
        rest = rest.get(len..).unwrap_or_default();
    }
    out
}

/// How many bytes the string takes that begins here, quotes included.
fn string_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODD: &str =
        " {\"b\":1.50 ,\"a\":[ ],\"b\" : {},\n\"s\":\"x: \\\"{,}\\u00e9\",\"n\":[1e5,-0,{\"k\":null}]}\n";

    #[test]
    fn only_the_blanks_between_parts_change() {
        let pretty = (PRETTY.mend)(ODD).unwrap();
        assert_eq!(
            pretty,
            "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"b\": {},\n  \"s\": \"x: \\\"{,}\\u00e9\",\n  \"n\": [\n    1e5,\n    -0,\n    {\n      \"k\": null\n    }\n  ]\n}"
        );
        assert_eq!((PRETTY.mend)(&pretty), None);
        let compact = (COMPACT.mend)(&pretty).unwrap();
        assert_eq!(
            compact,
            "{\"b\":1.50,\"a\":[],\"b\":{},\"s\":\"x: \\\"{,}\\u00e9\",\"n\":[1e5,-0,{\"k\":null}]}"
        );
        assert_eq!((COMPACT.mend)(&compact), None);
    }

    #[test]
    fn only_one_whole_object_or_array_is_laid_out() {
        for text in ["", "12", "\"a\"", "{a}", "{} {}", "see {\"a\": 1}", "{\"a\": 1", "[\u{a0}1]"] {
            assert_eq!((PRETTY.mend)(text), None, "{text}");
        }
    }
}
