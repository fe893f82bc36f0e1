//! What the JSON of people is promised: nothing is lost, and what is wrong is named with its place.

use proptest::prelude::*;
use serde_json::Value;

use super::{JsonError, compact, format};

fn check(text: &str) -> Result<(), JsonError> {
    format(text).map(|_| ())
}

#[test]
fn it_is_laid_out_as_it_was_written() {
    let text = r#" {"b":1.50,"a":[1e+5 ,{"x":"\u00e9\/"}],"e":{},"l":[ ],"n":-0}"#;
    let expected = "{\n  \"b\": 1.50,\n  \"a\": [\n    1e+5,\n    {\n      \"x\": \"\\u00e9\\/\"\n    }\n  ],\n  \
                    \"e\": {},\n  \"l\": [],\n  \"n\": -0\n}";
    assert_eq!(format(text).unwrap(), expected);
    assert_eq!(format(expected).unwrap(), expected);
    assert_eq!(compact(expected).unwrap(), r#"{"b":1.50,"a":[1e+5,{"x":"\u00e9\/"}],"e":{},"l":[],"n":-0}"#);
    assert_eq!(format(" 12345678901234567890.10 ").unwrap(), "12345678901234567890.10");
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let cases = [
        ("{\n  \"é\": 1,\n  \"é\": 2}", "line 3, column 3: the key \"é\" comes a second time in this object"),
        (
            r#"{"a": 1, "\u0061": 2}"#,
            "line 1, column 10: the key \"\\u0061\" comes a second time in this object",
        ),
        ("{\"a\": 1\n \"b\": 2}", "line 2, column 2: a comma is missing before this"),
        ("[1,]", "line 1, column 4: the comma before this is one too many"),
        ("{\"a\": 1,}", "line 1, column 9: the comma before this is one too many"),
        ("{a: 1}", "line 1, column 2: a word wants double quotes around it"),
        ("{1: 1}", "line 1, column 2: a key is wanted here, between double quotes"),
        ("{\"a\" 1}", "line 1, column 6: a : is missing before this, between the key and its value"),
        ("{\"a\": }", "line 1, column 7: a value is missing before this"),
        ("[\"é\", 'x']", "line 1, column 7: strings stand between straight double quotes: \""),
        (
            "[\"a\n\"]",
            "line 1, column 2: this string is not closed: it wants a \" at its end, and \\n for a line break",
        ),
        ("[True]", "line 1, column 2: True is written true in JSON"),
        ("[01]", "line 1, column 2: a number does not begin with 0"),
        ("[1.]", "line 1, column 4: a digit is missing after the decimal point"),
        ("[1", "line 1, column 3: a ] is missing: a list is not closed"),
        ("{\"a\": [1}", "line 1, column 9: a list ends with ], not with }"),
        ("{} {}", "line 1, column 4: the JSON ended before this"),
        (" ", "line 1, column 2: there is nothing here yet"),
        ("[\"\\ud800\"]", "line 1, column 3: this is half a character: its other half is missing"),
        ("[1] // x", "line 1, column 5: JSON has no comments"),
    ];
    for (text, expected) in cases {
        assert_eq!(check(text).unwrap_err().to_string(), expected, "{text:?}");
    }
}

#[test]
fn depth_has_an_end() {
    assert!(check(&("[".repeat(127) + &"]".repeat(127))).is_ok());
    assert!(check(&"[".repeat(100_000)).is_err());
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((".{0,3}", inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn it_stays_what_it_is(value in value()) {
        let (long, short) = (serde_json::to_string_pretty(&value).unwrap(), value.to_string());
        prop_assert_eq!(format(&short).unwrap(), long.clone());
        prop_assert_eq!(compact(&long).unwrap(), short);
    }

    #[test]
    fn it_refuses_what_is_not_json_and_nothing_else(text in r#"([\[\]{},: ]|"a"|"b"|1|-|0|\.5|e2|true|"\\u00e9"|\\|"){0,14}"#) {
        let read = serde_json::from_str::<Value>(&text);
        match check(&text) {
            Ok(()) => prop_assert!(read.is_ok(), "{:?}", read),
            Err(error) => {
                prop_assert!(read.is_err() || error.reason.contains("second time"), "{}", error);
                prop_assert!(text.get(..error.at).is_some());
            }
        }
    }
}
