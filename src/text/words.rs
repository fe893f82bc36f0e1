//! The words of a text, as the search index has them.

use unicode_normalization::char::is_combining_mark;

use super::search_form::search_form;

/// Marks of scripts that are written without blanks, as [`search_form`] keeps them.
const MARKS: std::ops::RangeInclusive<u32> = 0xF_0000..=0xF_FFFF;

/// The words of a text in lower case, in their order; of runs of scripts without blanks the
/// overlapping pairs.
pub fn words(text: &str) -> Vec<String> {
    let form = search_form(text);
    form.split(|c: char| !is_of_word(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || MARKS.contains(&u32::from(c))
}

/// A word of [`words`] as people write it.
pub fn as_written(word: &str) -> String {
    let written = |c: char| {
        let code = u32::from(c);
        if MARKS.contains(&code) { char::from_u32(code & 0xFFFF).unwrap_or(c) } else { c }
    };
    word.chars().map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits_in_lower_case() {
        assert_eq!(words("Where's my order #88-1204?"), ["where", "s", "my", "order", "88", "1204"]);
        assert_eq!(words("naïve CAFÉ"), ["naïve", "café"]);
        assert_eq!(words(" … !"), [""; 0]);
    }

    #[test]
    fn runs_without_blanks_are_pairs_and_can_be_shown() {
        assert_eq!(words("退款吗"), ["退款", "款吗", "吗"]);
        let thai = words("ที่");
        assert_eq!(thai.first().map(|word| as_written(word)), Some("ที".to_owned()));
    }
}
