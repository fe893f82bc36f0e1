//! What the judge promises.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::example::{Arguments, Bounds, Content, Contract, Pattern, Tag, ToolCall};
use crate::text::json::locate::tests::any_json;

fn contract(parts: Value) -> Contract {
    serde_json::from_value(parts).unwrap()
}

fn judge(parts: Value) -> Judge {
    Judge::new(&contract(parts)).unwrap()
}

/// Sentences, and the part of the text that each is about.
fn told(parts: Value, text: &str) -> Vec<(String, &str)> {
    let violations = judge(parts).judge(text, None);
    let told = violations.into_iter();
    told.map(|it| (it.sentence, it.place.map_or("-", |place| text.get(place.range).unwrap()))).collect()
}

/// The same for a schema and a text that breaks it once.
fn once(schema: impl Into<Value>, text: &str) -> (String, &str) {
    let mut told = told(json!({"schema": schema.into()}), text);
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

#[test]
fn a_violation_has_a_sentence_a_path_and_a_place() {
    let judge = judge(json!({"schema": {"properties": {"confidence": {"type": "number", "maximum": 1}}}}));
    let text = "{\n  \"intent\": \"größer\",\n  \"confidence\": 1.2\n}";
    let violations = judge.judge(text, None);
    assert_eq!(
        violations,
        [Violation {
            rule: Rule::Schema,
            sentence: "confidence: 1.2 is more than 1".to_owned(),
            path: "confidence".to_owned(),
            place: Some(Place { range: 42..45, line: 3, column: 17 }),
        }]
    );
    assert_eq!(&text[42..45], "1.2");
}

#[test]
fn every_usual_keyword_has_a_sentence_and_a_place() {
    let object =
        json!({"type": "object", "properties": {"a": {}}, "required": ["a"], "additionalProperties": false});
    let nested = json!({"properties": {"entities": {"items": object}}});
    for (schema, text, sentence, place) in [
        (json!({"type": "object"}), " [1]", "an object is wanted, not a list", "[1]"),
        (
            json!({"properties": {"a": {"type": "number"}}}),
            "{\"a\": \"0.9\"}",
            "a: a number is wanted, not text (“0.9”)",
            "\"0.9\"",
        ),
        (json!({"type": ["string", "null"]}), "1.50", "null or text is wanted, not 1.50", "1.50"),
        (json!({"type": "integer"}), "1.5", "a whole number is wanted, not 1.5", "1.5"),
        (json!({"type": "string"}), "null", "text is wanted, not null", "null"),
        (nested.clone(), "{\"entities\": [{\"a\": 1}, {}]}", "entities[1]: “a” is missing", "{}"),
        (
            nested.clone(),
            "{\"entities\": [{\"a\": 1, \"b c\": 2}]}",
            "entities[0]: “b c” is a key that is not wanted",
            "\"b c\"",
        ),
        (
            json!({"enum": ["refund", "cancel"]}),
            "\"refnud\"",
            "“refnud” is not one of refund, cancel; did you mean “refund”?",
            "\"refnud\"",
        ),
        (json!({"enum": [1, null]}), "\"x\"", "“x” is not one of 1, null", "\"x\""),
        (json!({"const": 2}), "3", "only 2 is allowed, not 3", "3"),
        (json!({"minimum": 0}), "-1", "-1 is less than 0", "-1"),
        (json!({"exclusiveMinimum": 0}), "0", "0 is not more than 0", "0"),
        (json!({"exclusiveMaximum": 1}), "1", "1 is not less than 1", "1"),
        (json!({"multipleOf": 5}), "7", "7 is not a multiple of 5", "7"),
        (json!({"minLength": 3}), "\"äb\"", "2 characters, and at least 3 wanted", "\"äb\""),
        (json!({"maxLength": 1}), "\"äb\"", "2 characters, and at most 1 allowed", "\"äb\""),
        (json!({"pattern": "^[A-Z]+$"}), "\"ab\"", "“ab” doesn't match ^[A-Z]+$", "\"ab\""),
        (json!({"minItems": 1}), "[]", "0 items, and at least 1 wanted", "[]"),
        (json!({"maxItems": 1}), "[1,2]", "2 items, and at most 1 allowed", "[1,2]"),
        (json!({"prefixItems": [{}], "items": false}), "[1, 2]", "[1]: this is not wanted here", "2"),
        (json!({"uniqueItems": true}), "[\"a\", 1, \"a\"]", "[2]: “a” is there already, as item 1", "\"a\""),
        (json!({"minProperties": 2}), "{\"a\":1}", "1 key, and at least 2 wanted", "{\"a\":1}"),
        (json!({"properties": {"a": false}}), "{\"a\": 1}", "a: this is not wanted here", "\"a\""),
        (
            json!({"propertyNames": {"pattern": "^a"}}),
            "{\"b\": 1}",
            "the key “b”: “b” doesn't match ^a",
            "\"b\"",
        ),
        (json!({"unevaluatedProperties": false}), "{\"b\": 1}", "“b” is a key that is not wanted", "\"b\""),
        (
            json!({"contains": {"type": "string"}}),
            "[1]",
            "none of its items is as wanted, or too many are",
            "[1]",
        ),
        (json!({"format": "date"}), "\"tomorrow\"", "“tomorrow” is not a date (2026-01-31)", "\"tomorrow\""),
        (json!({"format": "email"}), "\"x\"", "“x” is not an e-mail address", "\"x\""),
        (json!({"not": {"type": "string"}}), "\"x\"", "“x” is just what is not allowed here", "\"x\""),
        (
            json!({"oneOf": [{"type": "number"}, {"minimum": 0}]}),
            "1",
            "1 fits more than one of the forms of which it is to fit one",
            "1",
        ),
        (json!(false), "1", "this is not wanted here", "1"),
    ] {
        assert_eq!(once(schema.clone(), text), (sentence.to_owned(), place), "{schema}");
    }
}

#[test]
fn of_several_forms_the_nearest_is_told() {
    let forms = json!({"$defs": {"card": {"type": "object", "properties": {"kind": {"const": "card"}, "last": {"type": "string", "minLength": 4}}, "required": ["kind", "last"]},
        "order": {"type": "object", "properties": {"kind": {"const": "order"}, "number": {"type": "integer"}, "shop": {"type": "string"}}, "required": ["kind", "number", "shop"]}},
        "properties": {"it": {"oneOf": [{"$ref": "#/$defs/card"}, {"$ref": "#/$defs/order"}, {"type": "null"}]}}});
    assert_eq!(
        once(forms.clone(), "{\"it\": {\"kind\": \"order\", \"number\": \"7\", \"shop\": \"x\"}}"),
        ("it.number: a whole number is wanted, not text (“7”) (the nearest of 2 forms)".to_owned(), "\"7\"")
    );
    let two = told(json!({"schema": forms}), "{\"it\": {\"kind\": \"order\"}}");
    assert_eq!(two[0].0, "it: “number” is missing (the nearest of 2 forms)");
    let kinds = json!({"anyOf": [{"type": "number"}, {"type": "null"}]});
    assert_eq!(once(kinds, "\"x\"").0, "a number or null is wanted, not text (“x”)");
    let values = json!({"oneOf": [{"const": "a"}, {"enum": ["b", "c"]}]});
    assert_eq!(once(values, "\"x\"").0, "“x” is not one of a, b, c");
}

#[test]
fn broken_json_is_one_violation_at_its_place() {
    let schema = json!({"type": "object"});
    assert_eq!(
        once(schema.clone(), "{\"a\": 1,}"),
        ("not JSON: there is nothing between this comma and “}”".to_owned(), ",")
    );
    assert_eq!(
        once(schema.clone(), " ```json\n{}\n```"),
        ("not JSON: it stands in a code fence (```), and is wanted without one".to_owned(), "```json")
    );
    assert_eq!(
        once(schema.clone(), "Sure! {}").0,
        "not JSON: it begins with “Sure”, where a value is expected"
    );
    assert_eq!(once(schema, "").0, "not JSON: there is nothing here, where a value is expected");
}

#[test]
fn patterns_are_looked_for() {
    let both = json!({"must_match": [{"pattern": ";\\s*$", "about": "a query ends in a semicolon"}, "(?i)select"],
        "must_not_match": ["```", {"pattern": "(?i)as an ai", "about": "no talk of oneself"}]});
    assert_eq!(told(both.clone(), "SELECT 1;"), []);
    assert_eq!(
        told(both, "As an AI … ``` x ```"),
        [
            ("a query ends in a semicolon (nothing here matches ;\\s*$)".to_owned(), "-"),
            ("nothing here matches (?i)select".to_owned(), "-"),
            ("“As an AI” must not be here: no talk of oneself".to_owned(), "As an AI"),
            ("“```” must not be here (it matches ```)".to_owned(), "```"),
            ("“```” must not be here (it matches ```)".to_owned(), "```"),
        ]
    );
}

#[test]
fn only_allowed_texts_pass_where_there_are_some() {
    let allowed = json!({"allowed": ["refund", "cancel"]});
    assert_eq!(told(allowed.clone(), " refund\n"), []);
    assert_eq!(
        told(allowed, "  Refund"),
        [("“Refund” is not one of refund, cancel; did you mean “refund”?".to_owned(), "Refund")]
    );
}

#[test]
fn lengths_are_bounded_in_characters_and_tokens() {
    let bounds = json!({"characters": {"min": 2, "max": 4}});
    assert_eq!(
        told(bounds.clone(), "e\u{301}").first().unwrap().0,
        "too short: 1 character, at least 2 are wanted"
    );
    assert_eq!(
        told(bounds.clone(), "abcde\u{301}f"),
        [("too long: 6 characters, at most 4 are allowed".to_owned(), "e\u{301}f")]
    );
    assert_eq!(told(bounds.clone(), "abcdef")[0].1, "ef");
    assert_eq!(told(bounds, "ab\r\nc"), []);
    let tokens = judge(json!({"tokens": {"max": 4}}));
    assert!(tokens.counts_tokens());
    assert_eq!(tokens.judge("x", Some(4)), []);
    assert_eq!(tokens.judge("x", None), [], "without a count nothing is said of it");
    assert_eq!(tokens.judge("x", Some(5))[0].sentence, "too long: 5 tokens, at most 4 are allowed");
}

#[test]
fn a_contract_that_can_not_be_kept_is_refused_with_its_place() {
    let deep = (0..100).fold(json!({}), |inner, _| json!({"properties": {"a": inner}}));
    Judge::new(&contract(json!({"schema": deep}))).unwrap();
    for (parts, sentence) in [
        (
            json!({"schema": {"type": "strin"}}),
            "schema.type: “strin” is not one of array, boolean, integer, null, number, object, string; did you mean “string”?",
        ),
        (
            json!({"schema": {"properties": {"a": {"enum": 3}}}}),
            "schema.properties.a.enum: a list is wanted, not 3",
        ),
        (json!({"schema": []}), "schema: a JSON Schema is an object, or true or false"),
        (json!({"schema": {"$ref": "https://example.com/x.json"}}), "fetches nothing"),
        (json!({"schema": {"$ref": "other.json"}}), "fetches nothing"),
        (json!({"schema": {"$ref": "file:///etc/passwd"}}), "fetches nothing"),
        (json!({"schema": {"$ref": "#/$defs/x"}}), "$ref means #/$defs/x, and nothing stands there"),
        (
            json!({"schema": {"$schema": "https://example.com/mine"}}),
            "schema.$schema: “https://example.com/mine” is no draft",
        ),
        (json!({"schema": {"pattern": "("}}), "schema.pattern: "),
        (json!({"must_match": ["a", "(b"]}), "must_match[1]: “(b” is no regular expression: unclosed group"),
        (json!({"must_not_match": [""]}), "must_not_match[0]: the pattern is empty"),
        (json!({"must_match": ["(?:a{1000}){1000}"]}), "must_match[0]: “(?:a{1000}){1000}” is too large"),
        (json!({"must_match": ["(".repeat(5_000)]}), "must_match[0]: "),
        (json!({"characters": {"min": 3, "max": 2}}), "characters: the least (3) is more than the most (2)"),
        (json!({"only": {"task": []}}), "only.task: names no value"),
    ] {
        let error = Judge::new(&contract(parts.clone())).unwrap_err().to_string();
        assert!(error.starts_with("the contract's ") && error.contains(sentence), "{parts}: {error}");
    }
}

#[test]
fn every_draft_is_known_and_formats_are_asserted_in_each() {
    for draft in [
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/schema#",
    ] {
        assert_eq!(
            once(json!({"$schema": draft, "format": "ipv4"}), "\"1.2.3\"").0,
            "“1.2.3” is not an IPv4 address"
        );
    }
}

#[test]
fn hostile_schemas_and_texts_are_survived() {
    let circles = [
        json!({"$ref": "#"}),
        json!({"allOf": [{"$ref": "#"}]}),
        json!({"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}),
    ];
    for circle in circles {
        if let Ok(judge) = Judge::new(&contract(json!({"schema": circle}))) {
            let _ = judge.judge("{\"a\": 1}", None);
        }
    }
    let many: Vec<String> = (0..20_000).map(|n| format!("value-{n}")).collect();
    let (sentence, _) = once(json!({"enum": many}), "\"value\"");
    assert!(sentence.len() < 400, "{sentence}");
    let tree = judge(json!({"schema": {"type": "array", "items": {"$ref": "#"}}}));
    let nested = format!("{}1{}", "[".repeat(126), "]".repeat(126));
    assert_eq!(tree.judge(&nested, None).len(), 1);
    assert!(tree.judge(&"[".repeat(100_000), None)[0].sentence.contains("nested more than 127 deep"));
    let list = format!("[{}]", vec!["\"x\""; 30_000].join(","));
    assert_eq!(
        judge(json!({"schema": {"items": {"type": "number"}}})).judge(&list, None).len(),
        MOST_VIOLATIONS
    );
    let long = format!("{{\"{}\": {}}}", "k".repeat(50_000), "9".repeat(50_000));
    for violation in judge(json!({"schema": {"additionalProperties": {"maximum": 1}}})).judge(&long, None) {
        assert!(violation.sentence.len() < 400 && violation.path.len() < 100, "{violation:?}");
    }
    let slow = judge(json!({"schema": {"pattern": "^(?=(a+)+$)x"}}));
    assert_eq!(slow.judge(&format!("\"{}b\"", "a".repeat(50_000)), None).len(), 1);
    let regex = judge(json!({"must_match": ["^(a+)+$"]}));
    assert_eq!(regex.judge(&format!("{}b", "a".repeat(50_000)), None).len(), 1);
    let half = once(json!({"type": "object"}), "{\"a\": \"\\ud800\"}");
    assert_eq!(half.1, "\\ud800");
    let huge = once(json!({"maximum": 1}), "1e999999999");
    assert!(huge.0.ends_with("is more than 1"), "{}", huge.0);
}

#[test]
fn the_last_message_of_the_assistant_is_judged() {
    let says = |text: &str| Message::new(Role::Assistant, text);
    let call = ToolCall { id: None, name: "look".to_owned(), arguments: Arguments::Json(json!({})) };
    let calls = Message { tool_calls: vec![call], content: Content::Null, ..says("") };
    let result = Message::new(Role::Tool, "{}");
    assert_eq!(judged_text(&[says("a")]).as_deref(), Some("a"));
    assert_eq!(judged_text(&[calls.clone(), result.clone(), says("b")]).as_deref(), Some("b"));
    assert_eq!(judged_text(&[says("a"), calls.clone()]), None);
    assert_eq!(judged_text(&[calls, result]), None);
    assert_eq!(judged_text(&[says(" \n")]), None);
    assert_eq!(judged_text(&[]), None);
}

#[test]
fn it_is_for_some_examples_and_at_home_on_any_thread() {
    fn anywhere<T: Send + Sync + Clone + 'static>(_: &T) {}
    let judge = judge(json!({"only": {"task": ["sql"]}, "schema": {}}));
    anywhere(&judge);
    assert!(judge.is_for(&[Tag::new("task", "sql")]) && !judge.is_for(&[]) && judge.wants_json());
    let empty = Judge::new(&Contract::default()).unwrap();
    assert!(empty.is_for(&[]) && !empty.wants_json() && empty.judge("", Some(0)).is_empty());
    assert_eq!(Pattern::new("x").about, "");
    assert!(Bounds::default().is_open());
}

proptest! {
    #[test]
    fn whatever_is_judged_every_place_is_in_the_text(value in any_json(), schema in any_schema(), cut in any::<prop::sample::Index>()) {
        if let Ok(judge) = Judge::new(&contract(json!({"schema": schema}))) {
            let whole = serde_json::to_string_pretty(&value).unwrap();
            let cut: String = whole.chars().take(cut.index(whole.chars().count() + 1)).collect();
            for text in [whole, cut] {
                for violation in judge.judge(&text, None) {
                    let place = violation.place.unwrap();
                    prop_assert!(text.get(place.range).is_some() && !violation.sentence.is_empty());
                }
            }
        }
    }
}

/// Schemas that fit now and then what [`any_json`] makes.
fn any_schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({"type": "string"})),
        Just(json!({"type": ["object", "null"]})),
        Just(json!({"enum": ["a", null, 1]})),
        Just(json!({"minimum": 0, "maxLength": 2, "maxItems": 1, "maxProperties": 1})),
        Just(json!({"uniqueItems": true, "required": ["a"]})),
        Just(json!(false)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|schema| json!({"items": schema})),
            inner
                .clone()
                .prop_map(|schema| json!({"properties": {"a": schema}, "additionalProperties": false})),
            inner.clone().prop_map(|schema| json!({"additionalProperties": schema})),
            inner.clone().prop_map(
                |schema| json!({"patternProperties": {"/": schema}, "unevaluatedProperties": false})
            ),
            inner.clone().prop_map(|schema| json!({"prefixItems": [schema], "unevaluatedItems": false})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|schemas| json!({"anyOf": schemas})),
            prop::collection::vec(inner.clone(), 1..3).prop_map(|schemas| json!({"oneOf": schemas})),
            inner.prop_map(|schema| json!({"not": schema})),
        ]
    })
}
