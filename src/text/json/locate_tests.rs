//! What `locate` promises.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;

fn found<'a>(text: &'a str, pointer: &str) -> Option<&'a str> {
    locate(text, pointer).map(|span| &text[span.value])
}

#[test]
fn values_and_their_keys_are_found() {
    let text = "{ \"a\": [1, {\"b\": -2.5e3}],\n  \"c~/d\": \"x, ]}\" , \"\": null}";
    assert_eq!(found(text, ""), Some(text));
    assert_eq!(found(text, "/a"), Some("[1, {\"b\": -2.5e3}]"));
    assert_eq!(found(text, "/a/1/b"), Some("-2.5e3"));
    assert_eq!(found(text, "/c~0~1d"), Some("\"x, ]}\""));
    assert_eq!(found(text, "/"), Some("null"));
    let key = locate(text, "/a/1/b").unwrap().key.unwrap();
    assert_eq!(&text[key], "\"b\"");
    for none in ["/b", "/a/2", "/a/01", "/a/-", "/a/1/b/c", "a", "/a/99999999999999999999"] {
        assert_eq!(found(text, none), None, "{none}");
    }
}

#[test]
fn of_two_keys_of_one_name_the_last_is_found_in_whatever_spelling() {
    assert_eq!(found("{\"a\": 1, \"\\u0061\": 2}", "/a"), Some("2"));
    assert_eq!(found("{\"a\\\"b\": 1, \"\\ud83d\\ude00\": 2}", "/😀"), Some("2"));
    assert_eq!(found("{\"a\\\"b\": 1}", "/a\"b"), Some("1"));
}

#[test]
fn depth_is_no_matter() {
    let deep = format!("{}1{}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(found(&deep, "/0/0").map(str::len), Some(deep.len() - 4));
    assert_eq!(found(&"[".repeat(200_000), "/0"), None);
}

#[test]
fn what_is_no_json_is_survived() {
    for text in ["", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\\", "[1,", "[,]", "}", "{\"a\" 1}", "\"\\"] {
        for pointer in ["", "/a", "/0", "/1"] {
            let _ = locate(text, pointer);
        }
    }
}

/// Any JSON value.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-c\"\\\\/~ \n\u{1}ä😀]{0,6}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec(("[a-c\"\\\\/~0\n]{0,3}", inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, &format!("{at}/{index}"), all);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, &format!("{at}/{}", escape(key)), all);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn what_is_found_says_what_the_pointer_means(value in any_json()) {
        let mut all = Vec::new();
        pointers(&value, "", &mut all);
        for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            for pointer in &all {
                let span = locate(&text, pointer).unwrap();
                let there: Value = serde_json::from_str(&text[span.value]).unwrap();
                prop_assert_eq!(Some(&there), value.pointer(pointer));
                if let Some(key) = span.key {
                    let key: String = serde_json::from_str(&text[key]).unwrap();
                    let segment = format!("/{}", escape(&key));
                    prop_assert!(pointer.ends_with(&segment));
                }
            }
        }
    }

    #[test]
    fn nothing_panics(text in "[\\[\\]{}\",:\\\\ a1-]{0,30}", pointer in "[/a01~]{0,6}") {
        let _ = locate(&text, &pointer);
    }
}
