//! What is proposed while one types. `|` is the cursor.

use super::fixture::vocabulary;
use crate::query::complete;

fn at(marked: &str) -> (String, Vec<String>) {
    let cursor = marked.find('|').unwrap();
    let text = marked.replacen('|', "", 1);
    let completion = complete(&text, cursor, &vocabulary());
    let items = completion.items.into_iter().map(|item| item.text).collect();
    (text[completion.replace].to_owned(), items)
}

#[test]
fn names_and_values_are_proposed_for_the_word_at_the_cursor() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("sta|", "sta", &["status:", "\"status\":"]),
        ("a -STA| b", "STA", &["status:", "\"status\":"]),
        ("(in|)", "in", &["intent:", "kind:", "rankings:"]),
        ("tat|", "tat", &["status:", "annotator:", "\"status\":"]),
        ("sts|", "sts", &["status:", "\"status\":", "response_tokens:"]),
        ("call|", "call", &["\"call reason\":"]),
        ("\"ca|", "\"ca", &["\"call reason\":"]),
        ("status:|", "", &["pending", "draft", "submitted", "approved", "discarded"]),
        ("status:d|", "d", &["draft", "discarded", "pending", "submitted", "approved"]),
        ("status:draft,s|,approved x", "s", &["submitted", "discarded"]),
        ("status:dr|aft x", "draft", &["draft", "discarded"]),
        ("topic:la|", "la", &["\"late fees\""]),
        ("topic:\"late f|\" x", "\"late f\"", &["\"late fees\""]),
        ("topic:\"late f|", "\"late f", &["\"late fees\""]),
        ("intent:no|", "no", &["\"none\"", "none"]),
        ("\"call reason\":|", "", &["\"a\"\"b\"", "*", "none"]),
        ("\"status\":o|", "o", &["odd", "none"]),
        ("flag:|", "", &["wrong", "unsafe", "*", "none"]),
        ("by:a|", "a", &["Ana"]),
        ("is:|", "", &["blank", "ranked", "gold", "unsure", "circular", "refusal", "json"]),
        ("tokens>|", "", &[]),
        ("lang:|", "", &["de", "en", "*", "none"]),
        ("has:|", "", &["tools"]),
        ("source:o|", "o", &["\"old tickets.jsonl\"", "none"]),
        ("author:a|", "a", &["Ana"]),
        ("turns>|", "", &[]),
        ("nope:x|", "x", &[]),
        ("~sta|", "~sta", &[]),
        ("\"late f| x", "\"late f x", &[]),
        ("zzz|", "zzz", &[]),
        ("手机 sta|", "sta", &["status:", "\"status\":"]),
    ];
    for (marked, replaced, items) in cases {
        let (got, proposed) = at(marked);
        assert_eq!(got, *replaced, "{marked}");
        assert_eq!(proposed, *items, "{marked}");
    }
}

#[test]
fn an_empty_place_offers_every_name() {
    for marked in ["|", "a |", "a | b", "(|", "-|"] {
        let (replaced, items) = at(marked);
        assert_eq!(replaced, "", "{marked}");
        assert_eq!(items.len(), 28, "{marked}");
        assert_eq!(items[0], "status:");
    }
}

#[test]
fn proposals_say_what_they_are() {
    let completion = complete("int", 3, &vocabulary());
    assert_eq!(completion.items[0].about, "a facet: refund, cancel, none");
}
