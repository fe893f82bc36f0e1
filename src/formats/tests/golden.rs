//! A record that is read and written again in its format is the same record.

use super::*;

#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
pub(super) fn same(format: &str, record: Value) {
    let example = read_one(format, record.clone());
    assert_eq!(write_one(format, &example), record, "{format}");
    assert!(by_id(format).unwrap().fit(&record) > Fit::No, "{format} does not know {record}");
    let found = recognise(std::slice::from_ref(&record)).unwrap();
    assert_eq!(found.format.id(), format, "{record}");
    // and through Goldset's own form too, with what only that format needs
    let kept = read_one("goldset", write_one("goldset", &example));
    assert_eq!(kept, example);
    assert_eq!(write_one(format, &kept), record, "{format} through goldset");
}

/// The one example that a record is, by a reader that waits for the end.
fn read_one_at_last(format: &str, record: Value) -> Example {
    let mut reader = by_id(format).unwrap().reader(&ReadOptions::default()).unwrap();
    assert_eq!(reader.read(record).unwrap(), []);
    match reader.finish().items.remove(0) {
        Item::Example(example) => *example,
        other @ Item::Definitions(_) => panic!("{other:?}"),
    }
}

/// A record that is read and written becomes another: what trainers would misread is put right.
#[allow(clippy::needless_pass_by_value)]
pub(super) fn becomes(format: &str, record: Value, other: Value) {
    let example = read_one(format, record);
    assert_eq!(write_one(format, &example), other, "{format}");
    assert_eq!(write_one(format, &read_one(format, other.clone())), other, "{format} again");
}

#[test]
fn openai_chat() {
    same(
        "openai-chat",
        json!({"messages": [
            {"role": "system", "content": "Be brief.", "name": "boss"},
            {"role": "user", "content": [{"type": "text", "text": "What is in it?"}, {"type": "image_url", "image_url": {"url": "x"}}]},
            {"role": "assistant", "content": null, "refusal": null, "weight": 0, "tool_calls": [
                {"id": "call_1", "type": "function", "index": 0, "function": {"name": "look", "arguments": "{\"deep\": true}", "strict": true}}]},
            {"role": "tool", "content": "a cat", "tool_call_id": "call_1"},
            {"role": "assistant", "content": "A cat.", "weight": 1, "mood": {"glad": 1.50}}],
            "tools": [{"type": "function", "function": {"name": "look"}}],
            "parallel_tool_calls": false, "source": {"page": 3}, "_server_id": "x"}),
    );
    same(
        "openai-chat",
        json!({"id": 12_345_678_901_234_567_890_u64, "messages": [{"role": "user", "content": "hi"}, {"role": "assistant", "content": "ho"}],
               "nothing": null}),
    );
}

#[test]
fn openai_chat_has_tools_and_calls_in_one_form() {
    let call = |id: Value, name: &str| json!({"id": id, "type": "function", "function": {"name": name, "arguments": "{}"}});
    becomes(
        "openai-chat",
        json!({"messages": [
            {"role": "developer", "content": "Be brief."},
            {"role": "user", "content": [{"type": "text", "value": "hi"}, {"type": "text", "value": "you"}]},
            {"role": "assistant", "tool_calls": [{"name": "f", "arguments": {}}, {"name": "g"}]},
            {"role": "tool", "content": "1"}, {"role": "tool", "content": "2"},
            {"role": "assistant", "content": "ho", "tool_calls": [], "reasoning_content": "hm", "weight": 1.0}],
            "tools": "[{\"name\":  \"f\"}]", "label": 3, "text": "x"}),
        json!({"messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "hi\nyou"},
            {"role": "assistant", "content": null, "tool_calls": [call(json!("call00001"), "f"), call(json!("call00002"), "g")]},
            {"role": "tool", "content": "1", "tool_call_id": "call00001"}, {"role": "tool", "content": "2", "tool_call_id": "call00002"},
            {"role": "assistant", "content": "ho", "weight": 1}],
            "tools": [{"type": "function", "function": {"name": "f"}}]}),
    );
    becomes(
        "openai-chat",
        json!({"messages": [
            {"role": "user", "content": "hi"}, {"role": "assistant", "content": null, "function_call": {"name": "f", "arguments": "{}"}},
            {"role": "function", "name": "f", "content": "1"}, {"role": "assistant", "content": "ho"}],
            "functions": [{"name": "f", "parameters": {}}]}),
        json!({"messages": [
            {"role": "user", "content": "hi"}, {"role": "assistant", "content": null, "tool_calls": [call(json!("call00001"), "f")]},
            {"role": "tool", "content": "1", "tool_call_id": "call00001"}, {"role": "assistant", "content": "ho"}],
            "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]}),
    );
}

#[test]
fn openai_preference() {
    same(
        "openai-preference",
        json!({"input": {"messages": [{"role": "user", "content": "hi"}], "tools": [{"type": "function", "function": {"name": "f"}}],
                         "parallel_tool_calls": true, "seed": 1},
               "preferred_output": [{"role": "assistant", "content": "hello"}],
               "non_preferred_output": [{"role": "assistant", "content": null, "tool_calls": [
                   {"id": "call00001", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}],
               "annotator": "ana", "source": "x"}),
    );
}

#[test]
fn openai_preference_reads_the_names_of_the_schema() {
    let example = read_one(
        "openai-preference",
        json!({"input": {"messages": [{"role": "user", "content": "hi"}]},
               "preferred_completion": [{"role": "assistant", "content": "a"}],
               "non_preferred_completion": [{"role": "assistant", "content": "b"}]}),
    );
    assert_eq!(example.best_response().unwrap().text(), "a");
}

#[test]
fn trl() {
    same(
        "trl-prompt-completion",
        json!({"prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}],
               "completion": [{"role": "assistant", "content": "", "tool_calls": [
                   {"id": "c", "type": "function", "function": {"name": "f", "arguments": {"a": [1]}}}]},
                   {"role": "tool", "name": "f", "tool_call_id": "c", "content": "r"}, {"role": "assistant", "content": "a"}],
               "tools": "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "source": "x"}),
    );
    becomes(
        "trl-prompt-completion",
        json!({"prompt": [{"role": "developer", "content": "s"}, {"role": "user", "content": [{"type": "text", "text": "q"}]}],
               "completion": [{"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "{\"a\":1}"}}]}],
               "tools": [{"name": "f"}], "chat_template_kwargs": {"thinking": false}, "images": []}),
        json!({"prompt": [{"role": "system", "content": "s"}, {"role": "user", "content": "q"}],
               "completion": [{"role": "assistant", "content": "", "tool_calls": [
                   {"id": "call00001", "type": "function", "function": {"name": "f", "arguments": {"a": 1}}}]}],
               "tools": "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"}),
    );
    same("trl-prompt-completion-text", json!({"prompt": "The bin is", "completion": " green.", "n": 1}));
    same(
        "trl-preference",
        json!({"prompt": [{"role": "user", "content": "q"}], "chosen": [{"role": "assistant", "content": "a"}],
               "rejected": [{"role": "assistant", "content": "b"}], "strength": 0.75, "tools": "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"}),
    );
    same("trl-preference-text", json!({"prompt": "q", "chosen": " a", "rejected": " b", "annotator": "ana"}));
}

#[test]
fn trl_preference_finds_the_prompt_in_both_answers() {
    let turn = |role: &str, text: &str| json!({"role": role, "content": text});
    let both = json!({"chosen": [turn("user", "q"), turn("assistant", "a")], "rejected": [turn("user", "q"), turn("assistant", "b")]});
    let apart = json!({"prompt": [turn("user", "q")], "chosen": [turn("assistant", "a")], "rejected": [turn("assistant", "b")]});
    assert_eq!(write_one("trl-preference", &read_one("trl-preference", both.clone())), apart);
    let mut renamed = json!({"prompt": "q"});
    renamed["chosen_messages"] = both["chosen"].clone();
    renamed["rejected_messages"] = both["rejected"].clone();
    assert_eq!(write_one("trl-preference", &read_one("trl-preference", renamed)), apart);

    let transcript =
        json!({"chosen": "\n\nHuman: q\n\nAssistant: yes", "rejected": "\n\nHuman: q\n\nAssistant: yet"});
    let example = read_one("trl-preference-text", transcript);
    assert_eq!(example.prompt.question(), "\n\nHuman: q\n\nAssistant:");
    assert_eq!(example.best_response().unwrap().text(), " yes");
}

#[test]
fn alpaca() {
    same("alpaca", json!({"instruction": "do", "input": "this", "output": "done", "topic": "x"}));
    same("alpaca", json!({"instruction": "do\n\nthat", "input": "", "output": "done"}));
    same("alpaca", json!({"instruction": "do", "output": "done"}));
    same(
        "alpaca",
        json!({"instruction": "do", "input": "a\n\nb", "output": "done", "system": "s", "history": [["hi", "ho"], ["a", "b"]]}),
    );
    same("alpaca", json!({"instruction": "do", "input": "", "output": "done", "system": "", "history": []}));
    becomes(
        "alpaca",
        json!({"instruction": "do", "input": null, "output": "done"}),
        json!({"instruction": "do", "output": "done"}),
    );
}

#[test]
fn sharegpt() {
    same(
        "sharegpt",
        json!({"id": "row", "conversations": [
            {"from": "human", "value": "weather?"},
            {"from": "function_call", "value": "{\"name\": \"look\", \"arguments\": {\"at\":  1.0}}"},
            {"from": "observation", "value": "rain"},
            {"from": "gpt", "value": "Rain."}], "tools": "[{\"name\":  \"look\"}]", "system": "s"}),
    );
    becomes(
        "sharegpt",
        json!({"conversations": [
            {"from": "system", "value": "s"}, {"from": "user", "value": "a"}, {"from": "human", "value": "b"},
            {"from": "chatgpt", "value": "c", "weight": 0}, {"from": "human", "value": "d"},
            {"from": "function_call", "value": "no JSON"}, {"from": "tool", "value": "x"},
            {"from": "bard", "value": "e", "mark": true}, {"from": "gpt", "value": "f"}], "system": "", "tools": ""}),
        json!({"conversations": [
            {"from": "system", "value": "s"}, {"from": "human", "value": "a\n\nb"}, {"from": "gpt", "value": "c"},
            {"from": "human", "value": "d"}, {"from": "gpt", "value": "no JSON"}, {"from": "observation", "value": "x"},
            {"from": "gpt", "value": "e\n\nf", "mark": true}], "system": ""}),
    );
    same(
        "sharegpt-preference",
        json!({"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "q"}],
               "chosen": {"from": "gpt", "value": "a"}, "rejected": {"from": "gpt", "value": "b"}, "n": 1}),
    );
}

#[test]
fn columns() {
    same("columns", json!({"prompt": "q", "response": "a"}));
    same("columns", json!({"system": "s", "prompt": "q", "chosen": "a", "rejected": "b", "n": "1"}));
}

#[test]
fn outputs() {
    same(
        "outputs",
        json!({"instruction": "q", "dataset": "d", "outputs": [
            {"generator": "m1", "output": "a", "cost": 0.10}, {"generator": "m2", "output": ""}]}),
    );
    // one model's answer is recognised as a part of what is joined, and still written back as it came
    let single = json!({"instruction": "q", "output": "a", "generator": "m"});
    assert_eq!(write_one("outputs", &read_one("outputs", single.clone())), single);
    assert_eq!(write_one("outputs", &read_one_at_last("answers", single.clone())), single);
}
