//! What is promised of conditions.

use super::*;

fn words(words: &[&str], place: Place) -> Condition {
    Condition { words: words.iter().map(|word| (*word).to_owned()).collect(), place, ..Condition::default() }
}

fn pattern(pattern: &str) -> Condition {
    Condition { pattern: Some(pattern.to_owned()), ..Condition::default() }
}

fn holds(condition: &Condition, prompt: &str, response: &str) -> bool {
    let prompt = [Message::new(Role::System, "You handle every refund."), Message::new(Role::User, prompt)];
    let said = Said::of(&prompt, &[Message::new(Role::Assistant, response)]);
    Matcher::new(condition).unwrap().holds(&said)
}

#[test]
fn words_are_whole_and_of_any_case() {
    let rule = words(&["refund", "money  back", "C++"], Place::Prompt);
    assert!(holds(&rule, "REFUND, please", ""));
    assert!(holds(&rule, "I want my Money\nback!", ""));
    assert!(holds(&rule, "in c++?", ""));
    assert!(!holds(&rule, "refunds are refunded", ""));
    assert!(!holds(&rule, "money is not back", ""));
    assert!(holds(&words(&["Größe"], Place::Prompt), "GRÖßE 42", ""));
}

#[test]
fn they_are_looked_for_where_it_was_said_and_never_in_the_systems_turns() {
    for (place, in_prompt, in_response) in
        [(Place::Prompt, true, false), (Place::Response, false, true), (Place::Both, true, true)]
    {
        let rule = words(&["refund"], place);
        assert_eq!(holds(&rule, "a refund", ""), in_prompt, "{place}");
        assert_eq!(holds(&rule, "", "a refund"), in_response, "{place}");
        assert!(!holds(&rule, "what?", "this."), "{place}");
    }
}

#[test]
fn all_that_is_asked_must_hold() {
    let both = Condition { pattern: Some(r"\d{3,}".to_owned()), ..words(&["refund"], Place::Both) };
    assert!(holds(&both, "a refund", "of order 8812"));
    assert!(!holds(&both, "a refund", "of that order"));
    assert!(!holds(&both, "order 8812", ""));
    assert!(holds(&pattern("^order"), "order 8812", ""));
    assert!(!holds(&pattern("^order"), "my order", ""));
}

#[test]
fn what_can_not_be_looked_for_is_refused_with_its_place() {
    let refused = |condition: &Condition| Matcher::new(condition).unwrap_err().to_string();
    assert!(refused(&Condition::default()).contains("asks for nothing"));
    assert!(refused(&words(&["a", " "], Place::Both)).contains("empty"));
    assert_eq!(
        refused(&pattern("re(fund")),
        "its pattern is no regular expression: unclosed group, at character 3"
    );
    assert!(refused(&pattern("")).contains("empty"));
    let many: Vec<String> = (0..100_000).map(|n| format!("word{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert!(refused(&words(&many, Place::Both)).contains("too many"));
}

#[test]
fn a_filter_alone_asks_nothing_of_the_texts() {
    let condition = Condition { filter: Some("status:draft".to_owned()), ..Condition::default() };
    assert!(!Matcher::new(&condition).unwrap().reads());
    assert!(holds(&condition, "anything", ""));
}
