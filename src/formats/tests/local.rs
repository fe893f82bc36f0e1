//! What trainers on one's own machines take: every form is read and written.

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
fn keeps(format: &str, record: Value) {
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

fn from(from: &str, text: &str) -> Value {
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
fn nemo() {
    keeps("nemo-text", json!({"input": "How deep is it?", "output": "Two metres."}));
    same(
        "nemo-chat",
        json!({"conversations": [from("User", "How deep is it?"), from("Assistant", "Two metres.")], "system": "Be exact.",
               "mask": "User", "type": null}),
    );
    same(
        "nemo-aligner-dpo",
        json!({"prompt": [turn("system", "Be exact."), turn("user", "How deep is it?")], "chosen_response": "Two metres.",
               "rejected_response": "Deep."}),
    );
    let completion = |rank: u32, text: &str| json!({"rank": rank, "completion": [turn("assistant", text)]});
    let pair = json!({"context": [turn("user", "How deep is it?")], "completions": [completion(0, "Two metres."), completion(1, "Deep.")]});
    same("nemo-rl-preference", pair.clone());
    keeps("nemo-rl-ranking", pair);
    keeps(
        "nemo-rl-ranking",
        json!({"context": [turn("user", "How deep is it?")], "completions": [
            completion(0, "Two metres."), completion(1, "Deep."), completion(1, "Wet."), completion(2, "No.")]}),
    );
    let name = |split| by_id("nemo-chat").unwrap().split_name(split);
    assert_eq!([Split::Train, Split::Validation, Split::Test].map(name), ["training", "validation", "test"]);
}

#[test]
fn nemo_aligner() {
    let prompt = "<extra_id_0>System\nBe exact.\n<extra_id_1>User\nHow deep\nis it?\n<extra_id_1>Assistant\n";
    for verdict in ["chosen", "rejected"] {
        same("nemo-aligner-kto", json!({"prompt": prompt, "response": "Two metres.", "preference": verdict}));
    }
    let example =
        read_one("nemo-aligner-kto", json!({"prompt": prompt, "response": "Two.", "preference": "rejected"}));
    let told: Vec<_> =
        example.prompt.messages.iter().map(|turn| (turn.role, turn.text().into_owned())).collect();
    assert_eq!(told, [(Role::System, "Be exact.".to_owned()), (Role::User, "How deep\nis it?".to_owned())]);
    assert_eq!(example.status, Status::Pending, "what is bad is not learned from");
    becomes(
        "nemo-aligner-kto",
        json!({"prompt": "How deep?", "response": "Two.", "preference": "chosen"}),
        json!({"prompt": "<extra_id_0>System\n\n<extra_id_1>User\nHow deep?\n<extra_id_1>Assistant\n", "response": "Two.",
               "preference": "chosen"}),
    );
    assert_eq!(
        refusal("nemo-aligner-kto", json!({"prompt": "q", "response": "a", "preference": "good"})),
        "preference is “good”; it should be chosen or rejected"
    );
    let label = "helpfulness:4,correctness:3,coherence:4,complexity:1,verbosity:0,humour:2";
    let labelled =
        |from: &str, value: &str, label: Value| json!({"from": from, "value": value, "label": label});
    for kind in ["VALUE_TO_TEXT", "TEXT_TO_VALUE"] {
        same(
            "nemo-steerlm",
            json!({"system": "Be exact.", "conversations": [
                labelled("User", "Hello", Value::Null), labelled("Assistant", "Yes?", json!("helpfulness:1")),
                labelled("User", "How deep is it?", Value::Null), labelled("Assistant", "Two metres.", json!(label))],
                "mask": "User", "type": kind}),
        );
    }
}

#[test]
fn attributes_are_what_a_response_is_rated() {
    let rated = |criterion: &str, value: u8| json!({"response": 1, "criterion": criterion, "value": value});
    let record = json!({"prompt": "q", "responses": [{"id": 1, "text": "A"}], "rankings": [
        {"annotator": "ana", "tiers": [1], "ratings": [rated("clear", 5), rated("helpfulness", 4)]},
        {"annotator": "ben", "tiers": [1], "ratings": [rated("clear", 5), rated("helpfulness", 5)]}]});
    let mut example = read_one("goldset", record);
    let label = |example: &Example| {
        write("nemo-steerlm", example, None)
            .map(|written| written.records[0]["conversations"][1]["label"].clone())
    };
    assert_eq!(label(&example).unwrap(), "helpfulness:4,clear:4");
    example.rankings[0].details.ratings[0].value = 9;
    assert!(label(&example).unwrap_err().to_string().contains("is rated above 5"));
    example.rankings.clear();
    assert_eq!(label(&example).unwrap_err().to_string(), "is not rated by any criterion");
    let talk = |label: Value| {
        json!({"conversations": [{"from": "User", "value": "q"}, {"from": "Assistant", "value": "a", "label": label}],
               "mask": "User", "type": "VALUE_TO_TEXT"})
    };
    assert_eq!(
        refusal("nemo-steerlm", talk(json!("helpfulness=4"))),
        "conversations[1].label says “helpfulness=4”; it should be a name and a whole number, as in helpfulness:4"
    );
    assert_eq!(refusal("nemo-steerlm", talk(Value::Null)), "conversations[1] is no answer with a label");
}

#[test]
fn two_records_are_a_pair_the_better_one_first() {
    let text = |question: &str, answer: &str| {
        let prompt = format!("<extra_id_0>System\n\n<extra_id_1>User\n{question}\n<extra_id_1>Assistant\n");
        json!({"text": format!("{prompt}{answer}\n")})
    };
    let (better, worse) = (text("How deep?", "Two metres."), text("How deep?", "Deep."));
    assert_eq!(recognise(&[better.clone(), worse.clone()]).unwrap().format.id(), "nemo-aligner-rm");
    let format = by_id("nemo-aligner-rm").unwrap();
    let mut reader = format.reader(&ReadOptions::default()).unwrap();
    assert_eq!(reader.read(better.clone()).unwrap(), []);
    let items = reader.read(worse.clone()).unwrap();
    let [Item::Example(example)] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(
        (example.kind, example.best_response().unwrap().text()),
        (Kind::Preference, "Two metres.".to_owned())
    );
    assert_eq!(write("nemo-aligner-rm", example, None).unwrap().records, [better.clone(), worse]);
    // the next two are of different prompts, of the two after them one can't be read, and the last is alone
    assert_eq!(reader.read(better.clone()).unwrap(), []);
    let other = reader.read(text("How far?", "A mile.")).unwrap_err().to_string();
    assert!(other.contains("its prompt is not that of the record before"), "{other}");
    assert!(
        reader.read(json!({"text": "no template"})).unwrap_err().to_string().contains("is no conversation")
    );
    let left = reader.read(better.clone()).unwrap_err().to_string();
    assert!(left.contains("whose better one can't be read"), "{left}");
    assert_eq!(reader.read(better).unwrap(), []);
    let told: Vec<usize> = reader.finish().misfits.iter().map(|(number, _)| *number).collect();
    assert_eq!(told, [2, 6]);
}

#[test]
fn deepspeed() {
    same(
        "deepspeed-chat",
        json!({"prompt": "Human: Hello Assistant: Yes? Human: How deep is it? Assistant:", "chosen": " Two metres.",
               "rejected": " Deep."}),
    );
    let example = read_one(
        "deepspeed-chat",
        json!({"prompt": " Human: How deep? Assistant:", "chosen": "Two.", "rejected": " Deep."}),
    );
    assert_eq!(
        (example.prompt.question(), example.best_response().unwrap().text()),
        ("How deep?".into(), "Two.".into())
    );
    // the older form, with blank lines between the turns, stays what it is
    let older = json!({"prompt": "\n\nHuman: q\n\nAssistant:", "chosen": " a", "rejected": " b"});
    assert_eq!(recognise(&[older]).unwrap().format.id(), "hh-rlhf");
    let name = |split| by_id("deepspeed-chat").unwrap().split_name(split);
    assert_eq!([Split::Train, Split::Validation, Split::Test].map(name), ["train", "eval", "test"]);
}

#[test]
fn a_rank_stands_where_it_is_and_not_where_it_is_listed() {
    let completion = |rank: f64, text: &str| json!({"rank": rank, "completion": [turn("assistant", text)]});
    let record = json!({"context": [turn("user", "q")], "completions": [completion(2.0, "c"), completion(0.0, "a"), completion(1.0, "b")]});
    let example = read_one("nemo-rl-preference", record);
    assert_eq!(example.best_response().unwrap().text(), "a");
    assert_eq!(write("nemo-rl-preference", &example, None).unwrap().records.len(), 3);
    let again = write_one("nemo-rl-ranking", &example);
    let ranks: Vec<_> = again["completions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["rank"].clone(), one["completion"][0]["content"].clone()))
        .collect();
    assert_eq!(ranks, [(json!(0), json!("a")), (json!(1), json!("b")), (json!(2), json!("c"))]);
    assert_eq!(
        refusal(
            "nemo-rl-ranking",
            json!({"context": "q", "completions": [{"rank": "first", "completion": "a"}]})
        ),
        "completions[0].rank is not a number"
    );
}

#[test]
fn openrlhf_and_verl() {
    keeps(
        "openrlhf-sft",
        json!({"input": [turn("user", "How deep is it?")], "output": [turn("assistant", "Two metres.")]}),
    );
    let both = |answer: &str| json!([turn("user", "How deep is it?"), turn("assistant", answer)]);
    keeps("openrlhf-preference", json!({"chosen": both("Two metres."), "rejected": both("Deep.")}));
    same(
        "openrlhf-prompts",
        json!({"input": [turn("user", "How deep is it?")], "label": "Two metres.", "datasource": "sea"}),
    );
    let open = read_one("openai-chat", json!({"messages": [turn("user", "How deep is it?")]}));
    assert_eq!(write_one("openrlhf-prompts", &open)["label"], "");
    assert_eq!(write_one("trl-prompt", &open), json!({"prompt": [turn("user", "How deep is it?")]}));
    let reason = write("verl-rl", &open, None).unwrap_err().to_string();
    assert_eq!(reason, "no single text to compare answers with");
    keeps("verl-sft", json!({"messages": both("Two metres.")}));
    same(
        "verl-rl",
        json!({"data_source": "sea", "prompt": [turn("user", "How deep is it?")], "ability": "facts",
               "reward_model": {"style": "rule", "ground_truth": "Two metres."}, "extra_info": {"split": "test", "index": 4}}),
    );
    keeps("verl-rm", json!({"prompt": "How deep is it?", "chosen": "Two metres.", "rejected": "Deep."}));
    let made = write_one("verl-rl", &read_one("columns", json!({"prompt": "q", "response": "a"})));
    assert_eq!((&made["data_source"], &made["ability"]), (&json!("goldset"), &json!("general")));
    assert_eq!(made["extra_info"]["split"], "train");
}

#[test]
fn of_a_ranking_the_winner_is_good_and_the_losers_are_bad() {
    let record = json!({"prompt": "q", "responses": [{"id": 1, "text": "A"}, {"id": 2, "text": "B"}, {"id": 3, "text": "C"}],
                        "rankings": [{"annotator": "ana", "tiers": [3, 1], "bad": [2]}]});
    let example = read_one("goldset", record);
    for (format, tag, answer) in [
        ("trl-unpaired", "label", "/completion/0/content"),
        ("axolotl-kto", "label", "/completion"),
        ("swift-kto", "label", "/messages/1/content"),
        ("llamafactory-kto", "kto_tag", "/conversations/1/value"),
    ] {
        let written = write(format, &example, None).unwrap();
        let said = |record: &Value| (record.pointer(answer).unwrap().clone(), record[tag].clone());
        let verdicts: Vec<_> = written.records.iter().map(said).collect();
        assert_eq!(verdicts, [(json!("C"), json!(true)), (json!("B"), json!(false))], "{format}");
    }
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
