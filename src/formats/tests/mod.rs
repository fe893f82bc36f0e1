//! What the formats promise.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::*;
use crate::example::{Kind, Share, Status, Target};

mod for_trainers;
pub(super) mod generated;
mod golden;
mod hosted;
mod judged;
mod labelling;
mod local;
mod local_clusters;
mod local_rules;
mod losses;
mod real_files;
mod round_trips;
mod sources;
mod stepwise;
mod strategies;

/// The one example that a record is.
fn read_one(format: &str, record: Value) -> Example {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    let mut items = reader.read(record).unwrap_or_else(|misfit| panic!("{format}: {misfit}"));
    match (items.pop(), items.pop()) {
        (Some(Item::Example(example)), None) => *example,
        other => panic!("{format}: {other:?}"),
    }
}

/// The first example that records are.
fn read_first(format: &str, records: &[Value]) -> Example {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    let mut items = records.iter().flat_map(|record| reader.read(record.clone()).unwrap());
    match items.next() {
        Some(Item::Example(example)) => *example,
        other => panic!("{format}: {other:?}"),
    }
}

fn refusal(format: &str, record: Value) -> String {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    reader.read(record).unwrap_err().to_string()
}

fn write(format: &str, example: &Example, extra_fields: Option<bool>) -> Result<Written, Unwritable> {
    by_id(format)
        .unwrap()
        .writer(&WriteOptions { extra_fields, ..WriteOptions::default() })
        .unwrap()
        .write(example)
}

/// The one record that an example becomes, all fields wanted.
fn write_one(format: &str, example: &Example) -> Value {
    let mut records = write(format, example, Some(true)).unwrap().records;
    assert_eq!(records.len(), 1);
    records.remove(0)
}

#[test]
fn every_format_says_who_it_is() {
    for (index, format) in all().enumerate() {
        assert!(!format.title().is_empty() && format.about().len() > 20, "{}", format.id());
        assert!(all().skip(index + 1).all(|other| other.id() != format.id()), "{} twice", format.id());
        assert!(
            format.reader(&ReadOptions::default()).is_some()
                || format.writer(&WriteOptions::default()).is_some()
        );
        assert_eq!(by_id(format.id()).unwrap().title(), format.title());
    }
}

#[test]
fn the_response_is_what_follows_the_last_user_turn() {
    let example = read_one(
        "openai-chat",
        json!({"messages": [
            {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"},
            {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]},
            {"role": "tool", "content": "r"}, {"role": "assistant", "content": "d"}]}),
    );
    assert_eq!((example.prompt.messages.len(), example.responses[0].messages.len()), (3, 3));
    assert_eq!(example.status, Status::Submitted);

    let unanswered = read_one("openai-chat", json!({"messages": [{"role": "user", "content": "a"}]}));
    assert!(unanswered.responses.is_empty());
    assert_eq!(unanswered.status, Status::Pending);

    let no_user =
        json!({"messages": [{"role": "system", "content": "s"}, {"role": "assistant", "content": "b"}]});
    let no_user = read_one("openai-chat", no_user);
    assert_eq!((no_user.prompt.messages.len(), no_user.responses.len()), (1, 1));
}

#[test]
fn an_empty_answer_is_a_blank_response_and_leaves_the_example_open() {
    let example = read_one("alpaca", json!({"instruction": "x", "input": "", "output": ""}));
    assert_eq!(example.responses.len(), 1);
    assert!(example.responses[0].is_blank());
    assert_eq!(example.status, Status::Pending);
    assert_eq!(write("alpaca", &example, None).unwrap_err(), Unwritable("no response"));
}

#[test]
fn a_misfit_names_the_field() {
    for (format, record, sentence) in [
        ("openai-chat", json!([1]), "the record is a list, not an object with fields"),
        ("openai-chat", json!({}), "messages is missing"),
        ("openai-chat", json!({"messages": "x"}), "messages is text, not a list of messages"),
        ("openai-chat", json!({"messages": []}), "messages is an empty list"),
        (
            "openai-chat",
            json!({"messages": [{"role": "user", "content": "x"}, {"role": "bot"}]}),
            "messages[1].role is “bot”; it should be one of system, user, assistant, tool, developer, function",
        ),
        (
            "openai-chat",
            json!({"messages": [{"role": "user", "content": 5}]}),
            "messages[0].content is a number, not text or a list of parts",
        ),
        (
            "openai-chat",
            json!({"messages": [{"role": "assistant", "tool_calls": [{"function": {}}]}]}),
            "messages[0].tool_calls[0].function.name is missing",
        ),
        (
            "openai-chat",
            json!({"messages": [{"role": "user"}], "tools": "x"}),
            "tools is text that is not a JSON list of tools",
        ),
        ("openai-preference", json!({"input": {"messages": []}}), "preferred_output is missing"),
        ("trl-preference", json!({"prompt": "x", "chosen": "y"}), "rejected is missing"),
        (
            "trl-preference",
            json!({"chosen": "ab", "rejected": "xy"}),
            "chosen and rejected don't begin alike, and there is no prompt",
        ),
        ("alpaca", json!({"instruction": 1, "output": "x"}), "instruction is a number, not text"),
        (
            "alpaca",
            json!({"instruction": "x", "output": "y", "history": [["a"]]}),
            "history[0] is not a pair of texts (user, assistant)",
        ),
        ("sharegpt", json!({"conversations": [{"from": "human"}]}), "conversations[0].value is missing"),
        (
            "outputs",
            json!({"instruction": "x", "outputs": [{"output": 1}]}),
            "outputs[0].output is a number, not text",
        ),
        (
            "unpaired",
            json!({"messages": [{"role": "user"}], "label": 1}),
            "label is a number, not true or false",
        ),
        ("strings", json!(""), "the record is empty: there is nothing to answer"),
        (
            "goldset",
            json!({"prompt": "x", "responses": [{"id": "a", "text": "y"}],
                   "rankings": [{"annotator": "ana", "tiers": [["b"]]}]}),
            "rankings[0].tiers[0][0] is “b”, which is not the id of one of the responses",
        ),
        (
            "goldset",
            json!({"prompt": "x", "status": "done"}),
            "status is wrong: “done” is not a status; it is one of: pending, draft, submitted, approved, discarded",
        ),
        ("goldset", json!({"goldset": 9}), "goldset is 9: a newer Goldset wrote this file"),
    ] {
        assert_eq!(refusal(format, record.clone()), sentence, "{record}");
    }
}

#[test]
fn what_a_format_cannot_carry_is_named() {
    let example = read_one(
        "goldset",
        json!({"kind": "preference", "note": "n", "tags": {"intent": "refund"}, "flags": ["wrong"],
               "prompt": {"messages": [{"role": "user", "content": "q"}], "tools": [{"name": "t"}]},
               "responses": [{"id": "a", "author": "ana", "text": "A"}, {"id": "b", "text": "B"}],
               "rankings": [{"annotator": "ana", "tiers": ["a", "b"]}], "extra": 1}),
    );
    let left_out = |format| write(format, &example, None).unwrap().left_out;
    assert_eq!(
        left_out("openai-chat"),
        ["tags", "flags", "notes", "rankings", "other responses", "response authors", "extra fields"]
    );
    assert_eq!(left_out("openai-preference"), ["tags", "flags", "notes", "response authors", "extra fields"]);
    assert_eq!(left_out("trl-preference"), ["tags", "flags", "notes", "response authors", "extra fields"]);
    assert_eq!(
        left_out("trl-preference-text"),
        ["tags", "flags", "notes", "response authors", "tool definitions", "extra fields"]
    );
    assert_eq!(left_out("goldset"), [""; 0]);
}

#[test]
fn what_has_no_place_in_a_format_is_told_in_plain_words() {
    let open = read_one("goldset", json!({"prompt": "q", "responses": ["A", "B"]}));
    let reason = |format, example: &Example| write(format, example, None).unwrap_err().to_string();
    assert_eq!(reason("openai-chat", &open), "a preference example without a single best response");
    assert_eq!(reason("trl-preference", &open), "not ranked");
    let tied = json!({"prompt": "q", "responses": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
                      "rankings": [{"annotator": "ana", "tiers": [["a", "b"]]}]});
    assert_eq!(reason("trl-preference", &read_one("goldset", tied)), "the ranking gives no pair");
    let chat = read_one(
        "openai-chat",
        json!({"messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"},
                            {"role": "assistant", "content": "a"}]}),
    );
    assert_eq!(reason("trl-prompt-completion-text", &chat), "the prompt is more than one user turn");
}

#[test]
fn a_ranking_of_three_becomes_three_pairs() {
    let record = json!({"prompt": "q", "responses": [{"id": 1, "text": "A"}, {"id": 2, "text": "B"}, {"id": 3, "text": "C"}],
                        "rankings": [{"annotator": "ana", "tiers": [3, 1], "bad": [2]}]});
    let written = write("trl-preference-text", &read_one("goldset", record), None).unwrap();
    let pairs: Vec<_> =
        written.records.iter().map(|r| (r["chosen"].clone(), r["rejected"].clone())).collect();
    assert_eq!(pairs, [(json!("C"), json!("A")), (json!("C"), json!("B")), (json!("A"), json!("B"))]);
}

#[test]
fn hosted_services_get_arguments_as_text_and_local_trainers_as_json() {
    let hosted = json!({"messages": [
        {"role": "user", "content": "q"},
        {"role": "assistant", "content": null, "weight": 1, "tool_calls": [
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": "{\"a\":1}"}}]}]});
    let local = json!({"prompt": [{"role": "user", "content": "q"}], "completion": [
        {"role": "assistant", "content": "", "tool_calls": [
            {"id": "c", "type": "function", "function": {"name": "f", "arguments": {"a": 1}}}]}]});
    let written = write("trl-prompt-completion", &read_one("openai-chat", hosted), None).unwrap();
    assert_eq!(written, Written { records: vec![local.clone()], left_out: vec!["weights"] });
    let back = write_one("openai-chat", &read_one("trl-prompt-completion", local));
    assert_eq!(back["messages"][1]["tool_calls"][0]["function"]["arguments"], json!("{\"a\":1}"));
}

#[test]
fn notes_for_one_format_are_written_by_no_other() {
    let alpaca = read_one("alpaca", json!({"instruction": "do", "input": "this", "output": "done"}));
    assert_eq!(alpaca.prompt.question(), "do\n\nthis");
    let chat = write_one("openai-chat", &alpaca);
    assert_eq!(chat.as_object().unwrap().keys().collect::<Vec<_>>(), ["messages"]);
}

#[test]
fn an_edited_prompt_is_written_as_it_is_now() {
    let mut example = read_one("alpaca", json!({"instruction": "do", "input": "this", "output": "done"}));
    example.prompt = crate::example::Prompt::user("do that");
    let record = write_one("alpaca", &example);
    assert_eq!(record, json!({"instruction": "do that", "input": "", "output": "done"}));
}

#[test]
fn fields_that_name_themselves_are_understood() {
    for (record, prompt, answer) in [
        (json!({"question": "q", "answer": "a"}), "q", "a"),
        (json!({"text": "q", "category": "a"}), "q", "a"),
        (json!({"text": "q", "label": 3}), "q", "3"),
        (json!({"Question": "q", "Query": "a", "db_name": "x"}), "q", "a"),
        (json!({"db_name": "x", "query": "a", "question": "q", "instructions": ""}), "q", "a"),
        (json!({"instruction": "q", "context": "c", "response": "a", "category": "x"}), "q\n\nc", "a"),
        (json!({"instruction": "q", "context": "", "response": "a"}), "q", "a"),
        (json!({"input": "q", "output": "a"}), "q", "a"),
    ] {
        let example = read_one("columns", record.clone());
        assert_eq!(
            (&*example.prompt.question(), &*example.responses[0].text()),
            (prompt, answer),
            "{record}"
        );
    }
    let pair = read_one("columns", json!({"instruction": "q", "input": "c", "chosen": "a", "rejected": "b"}));
    assert_eq!((pair.kind, pair.best_response().unwrap().text().as_str()), (Kind::Preference, "a"));
    assert_eq!(
        refusal("columns", json!({"a": "b", "c": 1})),
        "the record has no field that could be a prompt (it has: a, c)"
    );
}

#[test]
fn mapped_fields_go_where_they_were_sent() {
    let mapping = "system=s,prompt=i,prompt=x[0].input,response=x[0].output,tag:kind=k,note=n";
    let options = ReadOptions { mapping: Some(mapping.parse().unwrap()) };
    let mut reader = by_id("columns").unwrap().reader(&options).unwrap();
    let record = json!({"s": "S", "i": "I", "x": [{"input": "X", "output": "O"}], "k": ["one", "two"], "n": "N", "z": 1});
    let Item::Example(example) = reader.read(record).unwrap().remove(0) else { panic!() };
    assert_eq!(example.prompt.messages[0].text(), "S");
    assert_eq!(example.prompt.question(), "I\n\nX");
    assert_eq!(example.responses[0].text(), "O");
    assert_eq!(example.tags.iter().map(|tag| tag.value.as_str()).collect::<Vec<_>>(), ["one", "two"]);
    assert_eq!(example.note, "N");
    assert_eq!(example.metadata.0.keys().collect::<Vec<_>>(), ["x", "z"]);
    assert_eq!(reader.read(json!({"s": "S"})).unwrap_err().to_string(), "i or x[0].input is missing");
}

#[test]
fn a_judgement_becomes_an_order() {
    let judged = |preference: Value| {
        let record = json!({"instruction": "q", "output_1": "A", "output_2": "B", "generator_1": "m", "preference": preference,
                            "annotator": "judge"});
        read_one("judged-pair", record)
    };
    assert_eq!(judged(json!(1.02)).best_response().unwrap().text(), "A");
    assert_eq!(judged(json!(2)).best_response().unwrap().text(), "B");
    assert_eq!(judged(json!(1.5)).rankings[0].tiers.len(), 1);
    let certainty = |preference| judged(preference).rankings[0].details.certainty;
    assert!((certainty(json!(1.02)).unwrap() - 0.98).abs() < 1e-12);
    assert_eq!((certainty(json!(2)), certainty(json!(1.5))), (None, None));
    assert!(judged(Value::Null).rankings.is_empty());
    assert_eq!(judged(json!(2)).rankings[0].annotator, "judge");
    assert_eq!(judged(json!(2)).responses[0].author, Some(crate::example::Author::model("m")));
}

#[test]
fn a_tree_gives_an_example_for_each_user_message() {
    let mut reader = by_id("message-tree").unwrap().reader(&ReadOptions::default()).unwrap();
    let message = |id: &str, parent: Value, role: &str, rank: Value| json!({"message_id": id, "parent_id": parent, "role": role, "text": format!("text of {id}"), "rank": rank});
    for record in [
        message("a2", json!("q1"), "assistant", json!(1)),
        message("q1", Value::Null, "prompter", Value::Null),
        message("a1", json!("q1"), "assistant", json!(0)),
        message("q2", json!("a1"), "prompter", Value::Null),
        message("lost", json!("nowhere"), "prompter", Value::Null),
        message("a3", json!("nowhere"), "assistant", Value::Null),
    ] {
        assert_eq!(reader.read(record).unwrap(), []);
    }
    let finished = reader.finish();
    let [Item::Example(first), Item::Example(second)] = finished.items.as_slice() else {
        panic!("{finished:?}")
    };
    assert_eq!((first.kind, first.responses.len()), (Kind::Preference, 2));
    assert_eq!(first.best_response().unwrap().text(), "text of a1");
    assert_eq!((second.kind, second.prompt.messages.len(), second.responses.len()), (Kind::Sft, 3, 0));
    assert_eq!(finished.misfits.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [4, 5]);
}

#[test]
fn a_goldset_file_may_be_written_by_hand() {
    let example = read_one(
        "goldset",
        json!({"id": "row-1", "prompt": "q", "source": "mail",
               "responses": [{"id": "short", "text": "A", "author": {"name": "m", "kind": "model"}, "score": 1},
                             {"id": "long", "text": "AA", "origin": "short"}],
               "rankings": [{"annotator": "ana", "tiers": ["long", ["short"]]}],
               "tags": {"intent": "refund"}, "flags": [{"kind": "wrong", "response": "short"}]}),
    );
    assert_eq!((example.kind, example.status), (Kind::Preference, Status::Submitted));
    assert_eq!(example.metadata.0, *json!({"source": "mail", "id": "row-1"}).as_object().unwrap());
    assert_eq!(example.best_response().unwrap().text(), "AA");
    assert_eq!(example.responses[1].origin, Some(example.responses[0].id));
    assert_eq!(example.flags[0].response, Some(example.responses[0].id));
    assert_eq!(example.responses[0].metadata.get("score"), Some(&json!(1)));
}

#[test]
fn definitions_come_back_as_they_were() {
    let header = json!({"goldset": 1, "facets": [{"name": "intent", "required": true,
        "values": ["refund", {"name": "cancel", "target": 20}, {"name": "pause", "share": "12.5%"}]},
        {"name": "language", "values": ["en", "tr"]}],
        "cells": [{"of": {"language": "tr", "intent": "refund"}, "never": true},
            {"of": {"intent": "cancel", "language": "tr"}, "target": 40}],
        "goal": 1200, "thresholds": {"fine_tune": 300, "balance": 0.7}, "flag_kinds": ["wrong"]});
    let mut reader = by_id("goldset").unwrap().reader(&ReadOptions::default()).unwrap();
    let Item::Definitions(definitions) = reader.read(header).unwrap().remove(0) else { panic!() };
    assert_eq!(definitions.facets[0].values[1].target, Some(Target::Count(20)));
    let share = definitions.facets[0].values[2].target.and_then(Target::share);
    assert_eq!(share.map(Share::millionths), Some(125_000));
    assert_eq!(definitions.cells.iter().map(|cell| cell.wish.number()).collect::<Vec<_>>(), [0, 40]);
    let mut writer = by_id("goldset").unwrap().writer(&WriteOptions::default()).unwrap();
    let written = writer.begin(&definitions).remove(0);
    assert_eq!(reader.read(written).unwrap(), [Item::Definitions(definitions)]);
}

#[test]
fn a_header_with_a_target_that_is_none_is_refused_by_its_field() {
    let mut reader = by_id("goldset").unwrap().reader(&ReadOptions::default()).unwrap();
    let mut refused = |value: Value| {
        let header = json!({"goldset": 1, "facets": [{"name": "intent", "values": [value]}]});
        reader.read(header).unwrap_err().to_string()
    };
    for (value, field) in [
        (json!({"name": "a", "target": -1}), "facets[0].values[0].target"),
        (json!({"name": "a", "share": "120%"}), "facets[0].values[0].share"),
        (json!({"name": "a", "share": "12"}), "facets[0].values[0].share"),
        (json!({"name": "a", "share": "12%", "target": 4}), "facets[0].values[0].share"),
    ] {
        let error = refused(value);
        assert!(error.contains(field), "{error}");
    }
    let of = json!({"intent": "a", "language": "b"});
    for (cell, field) in [
        (json!({"of": {"intent": "a"}, "target": 3}), "cells[0].of"),
        (json!({"of": {"intent": "a", "language": 3}, "target": 3}), "cells[0].of.language"),
        (json!({"of": of}), "cells[0].target"),
        (json!({"of": of, "target": 3, "never": true}), "cells[0].target"),
        (json!({"of": of, "target": -3}), "cells[0].target"),
    ] {
        let error = reader.read(json!({"goldset": 1, "cells": [cell]})).unwrap_err().to_string();
        assert!(error.contains(field), "{error}");
    }
    let thresholds = json!({"goldset": 1, "thresholds": {"fine_tun": 300}});
    assert!(reader.read(thresholds).unwrap_err().to_string().contains("thresholds"));
    assert!(reader.read(json!({"goldset": 1, "goal": 0})).unwrap_err().to_string().contains("goal"));
}
