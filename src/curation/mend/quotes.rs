//! Typographic quotes: straight ones in their place, in prose and never in code.

use super::fences::{lines, spans};
use super::json_layout::is_json;
use super::{Normaliser, changed};

pub(super) const NORMALISER: Normaliser = Normaliser {
    id: "quotes",
    title: "straight quotes",
    about: "typographic quotes (“ ” „ ‘ ’ ‚) become straight ones; code, JSON and «guillemets» stay",
    usual: false,
    mend,
};

fn straight(c: char) -> Option<char> {
    match c {
        '\u{201c}'..='\u{201f}' => Some('"'),
        '\u{2018}'..='\u{201b}' => Some('\''),
        _ => None,
    }
}

fn mend(text: &str) -> Option<String> {
    // In JSON a straight quote ends the string that it stands in.
    if !text.contains(|c| straight(c).is_some()) || is_json(text) {
        return None;
    }
    let mut mended = String::with_capacity(text.len());
    for (line, is_code) in lines(text) {
        let spans = if is_code { vec![(line, true)] } else { spans(line) };
        for (span, is_code) in spans {
            if is_code {
                mended.push_str(span);
            } else {
                mended.extend(span.chars().map(|c| straight(c).unwrap_or(c)));
            }
        }
    }
    changed(text, mended)
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn quotes_of_prose_become_straight() {
        assert_eq!(mend("“Don’t,” „so‟ ‚so‘").as_deref(), Some("\"Don't,\" \"so\" 'so'"));
        assert_eq!(mend("« oui » 5′ 6″ \"plain\""), None);
    }

    #[test]
    fn code_and_json_stay_as_they_are() {
        let text = "“a” `“b”`\n```\n“c”\n```\n";
        assert_eq!(mend(text).as_deref(), Some("\"a\" `“b”`\n```\n“c”\n```\n"));
        assert_eq!(mend("{\"said\": \"“no”\"}"), None);
    }
}
