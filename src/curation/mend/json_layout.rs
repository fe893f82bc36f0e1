//! JSON layout: a text that is one JSON object or array, laid out anew. Only blanks between its
//! parts change: keys, their order, numbers and strings stay as they were written.

use serde::de::IgnoredAny;

use super::{Normaliser, changed};
use crate::text::json;

pub(super) const PRETTY: Normaliser = Normaliser {
    id: "json-pretty",
    title: "JSON over several lines",
    about: "a text that is one JSON object or array is laid out with two blanks a level",
    usual: false,
    mend: |text| if is_json(text) { changed(text, json::format(text).ok()?) } else { None },
};

pub(super) const COMPACT: Normaliser = Normaliser {
    id: "json-compact",
    title: "JSON on one line",
    about: "a text that is one JSON object or array is put on one line, without blanks",
    usual: false,
    mend: |text| if is_json(text) { changed(text, json::compact(text).ok()?) } else { None },
};

/// Whether the whole text is one JSON object or array.
pub(super) fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ODD: &str =
        " {\"b\":1.50 ,\"a\":[ ],\"c\" : {},\n\"s\":\"x: \\\"{,}\\u00e9\",\"n\":[1e5,-0,{\"k\":null}]}\n";

    #[test]
    fn only_the_blanks_between_parts_change() {
        let pretty = (PRETTY.mend)(ODD).unwrap();
        assert_eq!(
            pretty,
            "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"c\": {},\n  \"s\": \"x: \\\"{,}\\u00e9\",\n  \"n\": [\n    1e5,\n    -0,\n    {\n      \"k\": null\n    }\n  ]\n}"
        );
        assert_eq!((PRETTY.mend)(&pretty), None);
        let compact = (COMPACT.mend)(&pretty).unwrap();
        assert_eq!(
            compact,
            "{\"b\":1.50,\"a\":[],\"c\":{},\"s\":\"x: \\\"{,}\\u00e9\",\"n\":[1e5,-0,{\"k\":null}]}"
        );
        assert_eq!((COMPACT.mend)(&compact), None);
    }

    #[test]
    fn only_one_whole_object_or_array_is_laid_out() {
        let others = ["", "12", "\"a\"", "{a}", "{} {}", "see {\"a\": 1}", "{\"a\": 1", "[\u{a0}1]"];
        let doubled = "{\"a\": 1,  \"a\": 2}";
        for text in others.into_iter().chain([doubled]) {
            assert_eq!((PRETTY.mend)(text), None, "{text}");
        }
    }
}
