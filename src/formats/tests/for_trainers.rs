//! What real trainers refused, or learned wrongly without a word, is not written.

use super::*;

const TRAINING: &[&str] =
    &["openai-chat", "trl-prompt-completion", "trl-prompt-completion-text", "alpaca", "sharegpt"];
const PAIRED: &[&str] =
    &["openai-preference", "trl-preference", "trl-preference-text", "sharegpt-preference"];

fn reason(format: &str, example: &Example) -> String {
    write(format, example, None).map_or_else(|error| error.to_string(), |written| format!("{written:?}"))
}

#[allow(clippy::needless_pass_by_value)]
fn chat(messages: Value) -> Example {
    read_one("openai-chat", json!({"messages": messages}))
}

fn ranked(responses: &[&str]) -> Example {
    let responses: Vec<Value> =
        responses.iter().enumerate().map(|(id, text)| json!({"id": id, "text": text})).collect();
    let tiers: Vec<usize> = (0..responses.len()).collect();
    let record =
        json!({"prompt": "q", "responses": responses, "rankings": [{"annotator": "ana", "tiers": tiers}]});
    read_one("goldset", record)
}

#[test]
fn extra_fields_are_written_where_they_are_asked_for_and_mean_nothing() {
    let mut sft = chat(
        json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": "a", "mood": 1, "thinking": "t"}]),
    );
    let mut pair = ranked(&["a", "b"]);
    for example in [&mut sft, &mut pair] {
        for name in ["label", "images", "margin", "system", "text", "source"] {
            example.metadata.insert(name, json!("x"));
        }
    }
    let formats =
        TRAINING.iter().map(|format| (format, &sft)).chain(PAIRED.iter().map(|format| (format, &pair)));
    for (format, example) in formats {
        let bare = write(format, example, None).unwrap();
        assert!(!bare.records[0].to_string().contains('x'), "{format}: {bare:?}");
        assert!(bare.left_out.contains(&"extra fields"), "{format}");
        let full = write(format, example, Some(true)).unwrap();
        let text = full.records[0].to_string();
        assert_eq!(text.matches("\"x\"").count(), 1, "{format}: {text}");
        assert_eq!(full.records[0]["source"], "x", "{format}");
        assert!(full.left_out.contains(&"extra fields") && !text.contains("thinking"), "{format}: {text}");
    }
    for (format, example) in [("goldset", &sft), ("columns", &sft), ("columns", &pair), ("outputs", &pair)] {
        let written = write(format, example, None).unwrap();
        assert!(written.records[0].to_string().contains("margin"), "{format}");
    }
}

#[test]
fn pairs_that_teach_nothing_are_not_written() {
    for format in PAIRED {
        assert_eq!(reason(format, &ranked(&["same", " same\n"])), "the ranking's responses say the same");
        assert_eq!(reason(format, &ranked(&["good", " "])), "a ranked response is blank");
        assert_eq!(write(format, &ranked(&["good", "good ", "bad", ""]), None).unwrap().records.len(), 2);
    }
}

#[test]
fn calls_that_no_tool_could_take_are_not_written() {
    for arguments in ["", "{broken", "[1]", "null"] {
        let call = json!({"function": {"name": "f", "arguments": arguments}});
        let example = chat(
            json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": null, "tool_calls": [call]}]),
        );
        for format in ["openai-chat", "trl-prompt-completion", "sharegpt"] {
            assert_eq!(
                reason(format, &example),
                "a tool call's arguments are not a JSON object",
                "{arguments}"
            );
        }
    }
    let lost = chat(
        json!([{"role": "user", "content": "q"}, {"role": "tool", "content": "r"}, {"role": "assistant", "content": "a"}]),
    );
    assert_eq!(reason("openai-chat", &lost), "a tool's result answers no call");
}

#[test]
fn a_masked_answer_is_learned_from_by_nobody() {
    let masked =
        chat(json!([{"role": "user", "content": "q"}, {"role": "assistant", "content": "a", "weight": 0}]));
    for format in TRAINING.iter().chain(&["columns"]).filter(|format| **format != "openai-chat") {
        assert_eq!(reason(format, &masked), "its answer is not to be learned from (weight 0)");
    }
    assert_eq!(write_one("openai-chat", &masked)["messages"][1]["weight"], 0);
    let before = chat(json!([
        {"role": "user", "content": "q"}, {"role": "assistant", "content": "a", "weight": 0},
        {"role": "user", "content": "r"}, {"role": "assistant", "content": "b"}]));
    for format in ["trl-prompt-completion", "alpaca", "sharegpt"] {
        let written = write(format, &before, None).unwrap();
        assert_eq!(written.left_out, ["weights"], "{format}");
        assert!(!written.records[0].to_string().contains("weight"));
    }
}

#[test]
fn sharegpt_takes_no_turn_out_of_place() {
    let user = |text: &str| json!({"role": "user", "content": text});
    let model = |text: &str| json!({"role": "assistant", "content": text});
    let call = |text: &str| json!({"role": "assistant", "content": text, "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]});
    let result = json!({"role": "tool", "content": "r"});
    let system = json!({"role": "system", "content": "s"});
    for (messages, sentence) in [
        (json!([system, model("a"), user("q"), model("b")]), "the conversation begins with the assistant"),
        (json!([model("a"), user("q"), model("b")]), "the conversation begins with the assistant"),
        (
            json!([user("q"), model("a"), system, user("q"), model("b")]),
            "a system turn that is not the first",
        ),
        (json!([user("q"), call("Let me see.")]), "text beside a tool call"),
        (json!([user("q"), call(""), call("")]), "two turns of one side in a row that can't be joined"),
        (
            json!([user("q"), call(""), result, user("r"), model("a")]),
            "two turns of one side in a row that can't be joined",
        ),
        (json!([user("q"), call(""), result]), "the response doesn't end with the assistant"),
    ] {
        assert_eq!(reason("sharegpt", &chat(messages.clone())), sentence, "{messages}");
    }
    let joined = chat(json!([user("q"), call(""), result, result, model("a"), model("b")]));
    let record = write_one("sharegpt", &joined);
    assert_eq!(record["conversations"][2]["value"], "r\n\nr");
    assert_eq!(record["conversations"][3]["value"], "a\n\nb");
}

#[test]
fn only_text_goes_where_only_text_is_read() {
    let image = json!({"type": "image_url", "image_url": {"url": "x"}});
    let text = json!({"type": "text", "value": "t"});
    let asked = |parts: Value| {
        chat(json!([{"role": "user", "content": parts}, {"role": "assistant", "content": "a"}]))
    };
    let all = TRAINING.iter().chain(&["columns", "outputs"]);
    for format in all.clone().filter(|format| **format != "openai-chat") {
        assert_eq!(reason(format, &asked(json!([text, image]))), "has content that is not text", "{format}");
    }
    for format in all {
        let thought = asked(json!([{"type": "reasoning", "value": "hm"}, text]));
        assert_eq!(reason(format, &thought), "has reasoning beside its text", "{format}");
        let written = write(format, &asked(json!([text, text])), None).unwrap().records[0].to_string();
        assert!(written.contains("\"t\\nt\""), "{format}: {written}");
    }
}

#[test]
fn calls_among_parts_of_content_are_tool_calls() {
    let part = |kind: &str, value: &str| json!({"type": kind, "value": value});
    let record = |call: &str| {
        json!({"messages": [
            {"role": "user", "content": [part("text", "When?")]},
            {"role": "assistant", "content": [part("tool_call", call), part("tool_call", "{\"name\": \"g\"}")]},
            {"role": "tool", "content": [part("text", "six")]}, {"role": "tool", "content": [part("text", "seven")]},
            {"role": "assistant", "content": [part("text", "At six.")]}],
            "tools": "[{\"type\": \"function\", \"function\": {\"name\": \"f\"}}]"})
    };
    let example = read_one("openai-chat", record("{\"name\": \"f\", \"arguments\": {\"at\": \"Ely\"}}"));
    let calls: Vec<&str> =
        example.responses[0].messages[0].tool_calls.iter().map(|call| call.name.as_str()).collect();
    assert_eq!((calls.as_slice(), &*example.responses[0].messages[0].text()), (&["f", "g"][..], ""));
    for format in ["openai-chat", "trl-messages", "axolotl-chat", "swift-sft", "mistral"] {
        let written = write(format, &example, None).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert!(written.records[0].to_string().contains("Ely"), "{format}");
    }
    assert_eq!(
        refusal("openai-chat", record("look it up")),
        "messages[1].content[0].value is not the JSON text of a call"
    );
    assert_eq!(
        refusal("openai-chat", record("{\"arguments\": {}}")),
        "messages[1].content[0].value.function.name is missing"
    );
}
