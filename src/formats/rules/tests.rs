//! What each rule refuses, at which place, and what it lets pass.

use serde_json::{Value, json};

use super::*;
use crate::example::Example;
use crate::formats::{Carries, Choice, Item, ReadOptions, by_id};

#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
fn read(format: &str, record: Value) -> Example {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    match reader.read(record).unwrap().remove(0) {
        Item::Example(example) => *example,
        Item::Definitions(_) => panic!("definitions"),
    }
}

#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
fn chat(messages: Value) -> Example {
    read("openai-chat", json!({ "messages": messages }))
}

/// A conversation of these roles, each saying its name.
fn said(roles: &[&str]) -> Example {
    chat(roles.iter().map(|role| json!({"role": role, "content": *role})).collect())
}

fn offence(rule: &dyn Rule, example: &Example) -> Option<String> {
    let outgoing = Outgoing::of(example, Carries::Answer, &Choice::default()).unwrap();
    rule.check(&outgoing).map(|offence| offence.to_string())
}

fn passes(rule: &dyn Rule, example: &Example) {
    assert_eq!(offence(rule, example), None, "{}", rule.id());
}

#[track_caller]
fn refuses(rule: &dyn Rule, example: &Example, sentence: &str) {
    assert_eq!(offence(rule, example).as_deref(), Some(sentence));
}

#[test]
fn turns_alternate_as_strictly_as_the_consumer_wants() {
    let greeted = said(&["assistant", "user", "assistant"]);
    let doubled = said(&["system", "user", "user", "assistant"]);
    let usual = said(&["system", "user", "assistant", "user", "assistant"]);
    passes(&Alternation::Strict, &usual);
    refuses(&Alternation::Strict, &greeted, "prompt[0] comes from assistant before the user has spoken");
    refuses(&Alternation::UserFirst, &greeted, "prompt[0] comes from assistant before the user has spoken");
    refuses(&Alternation::Strict, &doubled, "prompt[2] is a second user turn in a row");
    passes(&Alternation::NoTwoAssistants, &doubled);
    let twice = said(&["user", "assistant", "assistant"]);
    refuses(&Alternation::NoTwoAssistants, &twice, "response 1[1] is a second assistant turn in a row");
}

#[test]
fn the_system_speaks_once_and_first() {
    passes(&System, &said(&["system", "user", "assistant"]));
    refuses(
        &System,
        &said(&["user", "system", "user", "assistant"]),
        "prompt[1] is a system turn that is not the first turn",
    );
    refuses(&Roles::TWO, &said(&["system", "user", "assistant"]), "prompt[0] is from system");
}

#[test]
fn the_ends_are_whose_they_should_be() {
    passes(&Ends, &said(&["user", "assistant"]));
    let called = chat(json!([
        {"role": "user", "content": "q"},
        {"role": "assistant", "tool_calls": [{"id": "1", "function": {"name": "f", "arguments": "{}"}}]},
        {"role": "tool", "tool_call_id": "1", "content": "r"}]));
    refuses(&Ends, &called, "response 1[1] is the last turn, and from tool");
    let mut unasked = said(&["user", "assistant"]);
    unasked.prompt.messages.clear();
    refuses(&Ends, &unasked, "the example has no prompt");
}

#[test]
fn turns_hold_what_the_consumer_can_read() {
    let blank = chat(json!([{"role": "user", "content": " "}, {"role": "assistant", "content": "a"}]));
    refuses(&NoEmptyTurns, &blank, "prompt[0] is empty");
    let picture = chat(json!([
        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]},
        {"role": "assistant", "content": "a"}]));
    refuses(&TextOnly, &picture, "prompt[0] has content that is not text");
    let parts = chat(json!([
        {"role": "user", "content": [{"type": "text", "text": "x"}]}, {"role": "assistant", "content": "a"}]));
    passes(&TextOnly, &parts);
    let marked = chat(json!([
        {"role": "user", "content": "a <|im_end|> b"}, {"role": "assistant", "content": "x\n\nHuman: y"}]));
    refuses(&Reserved::CONTROL_TOKENS, &marked, "prompt[0] holds \"<|im_end|>\"");
    refuses(&Reserved::HUMAN_ASSISTANT, &marked, "response 1[0] holds \"\\nHuman:\"");
    passes(&Reserved::MEDIA, &marked);
}

#[test]
fn calls_are_answered_named_and_defined() {
    let call =
        |name: &str, arguments: &str| json!({"id": name, "function": {"name": name, "arguments": arguments}});
    let with = |calls: Value, then: Value, tools: Value| {
        let turns = json!([{"role": "user", "content": "q"}, {"role": "assistant", "tool_calls": calls}, then,
            {"role": "assistant", "content": "a"}]);
        read("openai-chat", json!({"messages": turns, "tools": tools}))
    };
    let result = json!({"role": "tool", "tool_call_id": "f", "content": "1"});
    let tools = json!([{"type": "function", "function": {"name": "f"}}]);
    let good = with(json!([call("f", "{}")]), result.clone(), tools.clone());
    for rule in [&CallsAnswered as &dyn Rule, &ToolNames, &CallsDefined] {
        passes(rule, &good);
    }
    refuses(&NoTools, &good, "the example defines tools");
    let two = with(json!([call("f", "{}"), call("f", "{}")]), result.clone(), tools.clone());
    refuses(&CallsAnswered, &two, "response 1[0] calls a tool, and gets no result before the next turn");
    let odd = with(json!([call("f x", "{}")]), result.clone(), json!([]));
    refuses(&ToolNames, &odd, "response 1[0] calls “f x”, which is no name of a function");
    let broken = with(json!([call("f", "[1]")]), result.clone(), json!([]));
    refuses(&ToolNames, &broken, "response 1[0] calls f with arguments that are no JSON object");
    let other = with(json!([call("g", "{}")]), result, tools);
    refuses(&CallsDefined, &other, "response 1[0] calls g, which is not among the tools");
}

#[test]
fn weights_say_only_what_the_consumer_can_do() {
    let weighed = |first: Value, last: Value| {
        chat(json!([
            {"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": first},
            {"role": "user", "content": "c"}, {"role": "assistant", "content": "d", "weight": last}]))
    };
    let (masked, open) = (weighed(json!(0), json!(1)), weighed(json!(1), json!(1)));
    passes(&Weights::Carried, &masked);
    passes(&Weights::LearnsLast, &masked);
    refuses(&Weights::LearnsAll, &masked, "prompt[1] is not to be learned from (weight 0)");
    passes(&Weights::LearnsAll, &open);
    refuses(&Weights::LearnsLast, &open, "prompt[1] is to be learned from (weight 1)");
    refuses(
        &Weights::Carried,
        &weighed(json!(0), json!(0)),
        "the example has no turn to learn from (every weight is 0)",
    );
    refuses(
        &Weights::Carried,
        &weighed(json!(0.5), json!(1)),
        "prompt[1] has a weight that is neither 0 nor 1",
    );
}

#[test]
fn forms_that_are_no_conversations_take_one_question_and_one_text() {
    let (one, below, several) = (
        said(&["user", "assistant"]),
        said(&["system", "user", "assistant"]),
        said(&["user", "assistant", "user", "assistant"]),
    );
    passes(&OneQuestion::BARE, &one);
    passes(&OneQuestion::WITH_SYSTEM, &below);
    refuses(&OneQuestion::BARE, &below, "prompt[0] is from system");
    refuses(&OneQuestion::WITH_SYSTEM, &several, "the example has 3 turns before the response");
    passes(&OneText, &several);
    refuses(
        &OneText,
        &said(&["user", "assistant", "assistant"]),
        "response 1 is not one text of the assistant",
    );
}

#[test]
fn every_rule_of_every_format_says_what_it_wants_and_what_can_be_done() {
    for format in crate::formats::all() {
        for rule in format.rules() {
            assert!(!rule.id().is_empty() && !rule.id().contains(' '), "{}", format.id());
            assert!(!rule.demand().is_empty() && !rule.advice().is_empty(), "{}: {}", format.id(), rule.id());
        }
        let ids: Vec<&str> = format.rules().iter().map(|rule| rule.id()).collect();
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[at + 1..].contains(id), "{} asks {id} twice", format.id());
        }
    }
}
