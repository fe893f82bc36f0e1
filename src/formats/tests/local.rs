//! What trainers on one's own machine take: every form is read and written. Those for many machines are in
//! [`super::local_clusters`].

use proptest::prelude::*;

use super::generated::{plain, through_text};
use super::golden::{becomes, same};
use super::local_rules::{broken, written};
use super::*;
use crate::example::{Message, Prompt, Ranking, Response, Role, Split, ToolCall};

/// What is said in an example, without notes and ids.
pub(super) type Said = (Vec<Turn>, Vec<Vec<Turn>>, Option<String>, Vec<Value>);
pub(super) type Turn = (Role, String, Vec<ToolCall>, Option<f64>);

pub(super) fn said(example: &Example) -> Said {
    let calls = |message: &Message| -> Vec<ToolCall> {
        let call = |call: &ToolCall| {
            let arguments = call.arguments.to_json().map(std::borrow::Cow::into_owned).unwrap();
            ToolCall { id: None, arguments: crate::example::Arguments::Json(arguments), ..call.clone() }
        };
        message.tool_calls.iter().map(call).collect()
    };
    let turn = |message: &Message| {
        let weight = message.weight.as_ref().and_then(serde_json::Number::as_f64);
        (message.role, message.text().into_owned(), calls(message), weight)
    };
    let turns = |messages: &[Message]| messages.iter().map(turn).collect::<Vec<_>>();
    (
        turns(&example.prompt.messages),
        example.responses.iter().map(|response| turns(&response.messages)).collect(),
        example.best_response().map(Response::text),
        example.prompt.tools.clone(),
    )
}

/// A record that comes back as it was. Another format may be recognised in it, if it reads the same.
#[allow(clippy::needless_pass_by_value)]
pub(super) fn keeps(format: &str, record: Value) {
    let example = read_one(format, record.clone());
    assert_eq!(write_one(format, &example), record, "{format}");
    assert!(by_id(format).unwrap().fit(&record) > Fit::No, "{format} does not know {record}");
    let kept = read_one("goldset", write_one("goldset", &example));
    assert_eq!(write_one(format, &kept), record, "{format} through goldset");
    let found = recognise(std::slice::from_ref(&record)).unwrap().format.id();
    assert_eq!(said(&read_one(found, record.clone())), said(&example), "{found} for {format}: {record}");
}

pub(super) fn turn(role: &str, text: &str) -> Value {
    json!({"role": role, "content": text})
}

pub(super) fn from(from: &str, text: &str) -> Value {
    json!({"from": from, "value": text})
}

const TOOLS: &str = "[{\"type\":\"function\",\"function\":{\"name\":\"ask_tide\"}}]";

#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
pub(super) fn calling(content: &str, arguments: Value) -> Value {
    json!({"role": "assistant", "content": content, "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "ask_tide", "arguments": arguments}}]})
}

pub(super) fn result() -> Value {
    json!({"role": "tool", "content": "low at six", "tool_call_id": "c1"})
}

#[test]
fn trl() {
    let called = json!([
        turn("system", "Be exact."),
        turn("user", "When is low tide?"),
        calling("", json!({"at": "Ely", "days": [1]})),
        result(),
        turn("assistant", "At six.")
    ]);
    keeps("trl-messages", json!({"messages": called, "tools": TOOLS, "source": "log"}));
    becomes(
        "trl-messages",
        json!({"messages": [turn("developer", "s"), turn("user", "q"),
            {"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": "{\"a\":1}"}}]}],
            "tools": [{"name": "f"}]}),
        json!({"messages": [turn("system", "s"), turn("user", "q"),
            {"role": "assistant", "content": "", "tool_calls": [
                {"id": "call00001", "type": "function", "function": {"name": "f", "arguments": {"a": 1}}}]}],
            "tools": "[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]"}),
    );
    same(
        "trl-prompt",
        json!({"prompt": [turn("system", "Be exact."), turn("user", "How deep is it?")], "ground_truth": "Two metres.",
               "tools": TOOLS, "source": "log"}),
    );
    let both = |answer: &str| json!([turn("user", "How deep is it?"), turn("assistant", answer)]);
    keeps(
        "trl-preference-implicit",
        json!({"chosen": both("Two metres."), "rejected": both("Deep."), "annotator": "ana"}),
    );
    for good in [true, false] {
        keeps(
            "trl-unpaired",
            json!({"prompt": [turn("user", "How deep is it?")], "completion": [turn("assistant", "Deep.")], "label": good}),
        );
    }
}

#[test]
fn running_text_is_the_prompt_and_what_follows_it() {
    for format in ["trl-text", "mlx-text"] {
        let record = json!({"text": "The ferry runs twice a day.\n\nIn winter once.", "page": 3});
        let example = read_one(format, record.clone());
        assert_eq!((example.prompt.messages.len(), example.status), (0, Status::Submitted));
        assert_eq!(write_one(format, &example), record);
        let text = |prompt: &str, answer: &str| {
            let example = read_one("columns", json!({"prompt": prompt, "response": answer}));
            write_one(format, &example)["text"].clone()
        };
        assert_eq!(text("Does it run?", "Twice."), "Does it run?\n\nTwice.");
        assert_eq!(text("The ferry", " runs."), "The ferry runs.");
        // other files have prompts under this name: a person says which it is
        assert!(recognise(&[record]).is_err());
    }
}

#[test]
fn llamafactory() {
    keeps(
        "llamafactory-alpaca",
        json!({"instruction": "Name the tide.", "input": "six o'clock", "output": "Low.", "system": "Be exact.",
               "history": [["Hello", "Good morning."]], "source": "log"}),
    );
    becomes(
        "llamafactory-alpaca",
        json!({"instruction": "Name it.", "output": "Low."}),
        json!({"instruction": "Name it.", "input": "", "output": "Low.", "system": "", "history": []}),
    );
    let asked = json!([
        from("human", "When is low tide?"),
        from("function_call", "{\"name\":\"ask_tide\",\"arguments\":{\"at\":\"Ely\"}}"),
        from("observation", "low at six"),
        from("gpt", "At six.")
    ]);
    keeps(
        "llamafactory-sharegpt",
        json!({"conversations": asked, "system": "Be exact.", "tools": TOOLS, "n": 1}),
    );
    keeps(
        "llamafactory-sharegpt",
        json!({"conversations": [from("human", "Hello"), from("gpt", "Good morning.")], "system": "", "tools": ""}),
    );
    // an OpenAI reader knows no role function_call, so that this one is read where it is named
    let record = json!({"messages": [turn("user", "When is low tide?"), turn("function_call", "{\"name\":\"ask_tide\",\"arguments\":{\"at\":\"Ely\"}}"),
        turn("tool", "low at six"), turn("assistant", "At six.")], "system": "Be exact.", "tools": TOOLS});
    assert_eq!(
        write_one("llamafactory-messages", &read_one("llamafactory-messages", record.clone())),
        record
    );
    keeps(
        "llamafactory-preference",
        json!({"conversations": [from("human", "Hello"), from("gpt", "Yes?"), from("human", "How deep is it?")],
               "chosen": from("gpt", "Two metres."), "rejected": from("gpt", "Deep."), "system": "Be exact.", "tools": ""}),
    );
    same(
        "llamafactory-preference-alpaca",
        json!({"instruction": "How deep is it?", "input": "", "chosen": "Two metres.", "rejected": "Deep.", "system": ""}),
    );
    let about = read_one(
        "llamafactory-preference-alpaca",
        json!({"instruction": "How deep?", "input": "The harbour.", "chosen": "a", "rejected": "b", "system": "s"}),
    );
    assert_eq!(about.prompt.question(), "How deep?\n\nThe harbour.");
    assert_eq!(about.prompt.messages[0].text(), "s");
    for good in [true, false] {
        same(
            "llamafactory-kto",
            json!({"conversations": [from("human", "How deep is it?"), from("gpt", "Deep.")], "system": "", "tools": "",
                   "kto_tag": good}),
        );
    }
}

#[test]
fn axolotl() {
    let learned = |text: &str, train: bool| json!({"role": "assistant", "content": text, "train": train});
    same(
        "axolotl-chat",
        json!({"messages": [turn("user", "Hello"), learned("Good morning.", false), turn("user", "How deep is it?"),
            learned("Two metres.", true)]}),
    );
    let mut call = calling("Let me see.", json!("{\"at\": \"Ely\"}"));
    call["train"] = json!(true);
    same(
        "axolotl-chat",
        json!({"messages": [turn("user", "When?"), call, result(), learned("At six.", true)], "tools": TOOLS}),
    );
    same(
        "axolotl-preference",
        json!({"messages": [turn("system", "Be exact."), turn("user", "How deep is it?")],
               "chosen": turn("assistant", "Two metres."), "rejected": turn("assistant", "Deep.")}),
    );
    same(
        "axolotl-kto",
        json!({"system": "Be exact.", "prompt": "How deep is it?", "completion": "Deep.", "label": false}),
    );
    keeps(
        "axolotl-kto",
        json!({"system": "", "prompt": "How deep is it?", "completion": "Two.", "label": true}),
    );
    let both = |answer: &str| json!([turn("user", "How deep is it?"), turn("assistant", answer)]);
    same(
        "axolotl-orpo",
        json!({"system": "Be exact.", "prompt": "How deep is it?", "chosen": both("Two metres."), "rejected": both("Deep.")}),
    );
    keeps(
        "axolotl-reward",
        json!({"system": "Be exact.", "input": "How deep is it?", "chosen": "Two metres.", "rejected": "Deep."}),
    );
}

#[test]
fn unsloth_and_qwen() {
    keeps(
        "unsloth",
        json!({"conversations": [from("system", "Be exact."), from("human", "How deep is it?"), from("gpt", "Two metres.")]}),
    );
    keeps(
        "qwen",
        json!({"id": "row-7", "conversations": [from("user", "How deep is it?"), from("assistant", "Two metres.")]}),
    );
    let example = read_one("columns", json!({"prompt": "q", "response": "a"}));
    assert_eq!(write_one("qwen", &example)["id"], json!(example.id));
}

#[test]
fn mlx() {
    keeps(
        "mlx-chat",
        json!({"messages": [turn("user", "When?"), calling("", json!({})), result(), turn("assistant", "At six.")],
               "tools": [{"type": "function", "function": {"name": "ask_tide"}}]}),
    );
    keeps("mlx-completions", json!({"prompt": "How deep is it?", "completion": "Two metres.", "page": 3}));
    let name = |split| by_id("mlx-chat").unwrap().split_name(split);
    assert_eq!([Split::Train, Split::Validation, Split::Test].map(name), ["train", "valid", "test"]);
}

#[test]
fn swift() {
    let learned = |role: &str, text: &str, loss: bool| json!({"role": role, "content": text, "loss": loss});
    same(
        "swift-sft",
        json!({"messages": [turn("system", "Be exact."), turn("user", "Hello"), learned("assistant", "Good morning.", false),
            turn("user", "When is low tide?"), learned("assistant", "Let me see.", true),
            learned("tool_call", "{\"name\":\"ask_tide\",\"arguments\":{\"at\":\"Ely\"}}", true),
            learned("tool_call", "{\"name\":\"ask_tide\",\"arguments\":{\"at\":\"Rye\"}}", true),
            turn("tool_response", "six"), turn("tool_response", "seven"), learned("assistant", "At six and seven.", true)],
            "tools": TOOLS, "source": "log"}),
    );
    same(
        "swift-preference",
        json!({"messages": [turn("user", "How deep is it?"), turn("assistant", "Two metres.")], "rejected_response": "Deep."}),
    );
    same(
        "swift-kto",
        json!({"messages": [turn("user", "When?"), turn("tool_call", "{\"name\":\"ask_tide\",\"arguments\":{}}"),
            turn("tool_response", "six"), turn("assistant", "At six.")], "label": false, "tools": TOOLS}),
    );
    keeps(
        "swift-kto",
        json!({"messages": [turn("user", "How deep is it?"), turn("assistant", "Deep.")], "label": true}),
    );
    same("swift-grpo", json!({"messages": [turn("user", "How deep is it?")], "solution": "Two metres."}));
}

#[test]
fn what_swift_says_and_calls_in_a_row_is_one_turn() {
    let record = json!({"messages": [turn("user", "When?"), turn("assistant", "Let me see."),
        turn("tool_call", "[{\"name\":\"f\",\"arguments\":{}},{\"name\":\"g\"}]"), turn("tool", "six"), turn("tool", "seven")]});
    let example = read_one("swift-sft", record);
    let answer = &example.responses[0].messages;
    assert_eq!((answer.len(), answer[0].tool_calls.len(), &*answer[0].text()), (3, 2, "Let me see."));
    assert_eq!(
        refusal("swift-sft", json!({"messages": [turn("user", "q"), turn("tool_call", "look it up")]})),
        "messages[1].content is not the JSON text of a call"
    );
    assert_eq!(
        refusal("swift-sft", json!({"messages": [turn("user", "q"), turn("bot", "a")]})),
        "messages[1].role is “bot”; it should be one of system, user, assistant, tool, developer, function"
    );
}

#[test]
fn torchtune_and_cookbook() {
    let both = |answer: &str| {
        json!([turn("system", "Be exact."), turn("user", "How deep is it?"), turn("assistant", answer)])
    };
    keeps("torchtune-chat", json!({"messages": both("Two metres.")}));
    keeps("torchtune-preference", json!({"chosen": both("Two metres."), "rejected": both("Deep.")}));
    keeps("torchtune-instruct", json!({"input": "How deep is it?", "output": "Two metres."}));
    keeps(
        "llama-cookbook",
        json!({"instruction": "Name the tide.", "input": "six o'clock", "output": "Low."}),
    );
    becomes(
        "torchtune-chat",
        json!({"messages": [{"role": "user", "name": "Ann", "content": [{"type": "text", "text": "q"}]}, turn("assistant", "a")]}),
        json!({"messages": [turn("user", "q"), turn("assistant", "a")]}),
    );
}

#[test]
fn a_misfit_names_the_field() {
    for (format, record, sentence) in [
        ("trl-messages", json!({}), "messages is missing"),
        ("swift-sft", json!({"messages": "x"}), "messages is text, not a list of messages"),
        ("unsloth", json!({"conversations": []}), "conversations is an empty list"),
        (
            "llamafactory-kto",
            json!({"conversations": [from("human", "q")], "kto_tag": "yes"}),
            "kto_tag is text, not true or false",
        ),
        ("trl-unpaired", json!({"prompt": "q", "completion": "a"}), "label is missing"),
        (
            "axolotl-preference",
            json!({"messages": [turn("user", "q")], "chosen": "a"}),
            "rejected is missing",
        ),
        (
            "torchtune-preference",
            json!({"chosen": [turn("user", "q")], "rejected": [turn("user", "q"), turn("assistant", "a")]}),
            "chosen has no answer after its last user turn",
        ),
        (
            "torchtune-preference",
            json!({"chosen": [turn("user", "q"), turn("assistant", "a")], "rejected": [turn("user", "r"), turn("assistant", "b")]}),
            "rejected does not begin as the chosen conversation does",
        ),
        (
            "verl-rl",
            json!({"prompt": [turn("user", "q")], "reward_model": 1}),
            "reward_model is a number, not an object with ground_truth",
        ),
        ("nemo-rl-preference", json!({"context": [turn("user", "q")]}), "completions is missing"),
    ] {
        assert_eq!(refusal(format, record.clone()), sentence, "{format}: {record}");
    }
}

/// A conversation with a second answer, the first the better one.
fn plain_pair(turns: usize) -> impl Strategy<Value = Example> {
    plain(turns).prop_map(|mut example| {
        example.kind = Kind::Preference;
        let other = format!("not {}", example.responses[0].text());
        example.responses.push(Response::new(None, other));
        let tiers = example.responses.iter().map(|response| vec![response.id]).collect();
        example.rankings = vec![Ranking::new("ana", tiers)];
        example
    })
}

fn spoken(example: &Example) -> (Prompt, Vec<Vec<Message>>) {
    (example.prompt.clone(), example.responses.iter().map(|response| response.messages.clone()).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn forms_of_conversations_carry_them(example in plain(3)) {
        for format in [Carries::Answer, Carries::Verdicts].into_iter().flat_map(written) {
            let Ok(out) = write(format, &example, Some(true)) else { continue };
            let again = read_one(format, through_text(&out.records[0]));
            if !["trl-text", "mlx-text"].contains(&format) {
                prop_assert_eq!(spoken(&again), spoken(&example), "{}", format);
            }
            prop_assert_eq!(&write_one(format, &again), &out.records[0], "{}", format);
            prop_assert!(example.prompt.messages.len() > 1 || broken(format, &example).is_empty(), "{}", format);
        }
    }

    #[test]
    fn forms_of_pairs_carry_them(example in plain_pair(3)) {
        for format in [Carries::Pairs, Carries::Order].into_iter().flat_map(written) {
            let Ok(out) = write(format, &example, Some(true)) else { continue };
            let records: Vec<Value> = out.records.iter().map(through_text).collect();
            let again = read_first(format, &records);
            prop_assert_eq!(spoken(&again), spoken(&example), "{}", format);
            prop_assert_eq!(said(&again).2, said(&example).2, "{}", format);
            let twice = write(format, &again, Some(true)).unwrap().records;
            prop_assert_eq!(&twice[0], &out.records[0], "{}", format);
        }
    }

    #[test]
    fn forms_of_questions_carry_them_with_the_best_answer(example in plain(3)) {
        for format in written(Carries::Question) {
            let out = write(format, &example, Some(true)).unwrap();
            let again = read_one(format, through_text(&out.records[0]));
            prop_assert_eq!(spoken(&again), spoken(&example), "{}", format);
        }
    }
}
