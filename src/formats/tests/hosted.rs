//! The formats of the services: records that come back as they were, what is put right, and what each
//! service would refuse.

use proptest::prelude::*;

use super::generated::{plain, said, through_text};
use super::golden::{becomes, same};
use super::*;

/// A record of a form that several services share: it comes back as it was, and the format that is
/// recognised reads it as the named one does.
#[allow(clippy::needless_pass_by_value)] // it reads better where it is called
fn shared(format: &str, record: Value) {
    let example = read_one(format, record.clone());
    assert_eq!(write_one(format, &example), record, "{format}");
    let found = recognise(std::slice::from_ref(&record)).unwrap().format.id();
    assert_eq!(said(&read_one(found, record)), said(&example), "{format} as {found}");
    let kept = read_one("goldset", write_one("goldset", &example));
    assert_eq!(write_one(format, &kept), write_one(format, &example), "{format} through goldset");
}

/// Each rule that an example offends, with the place.
fn offences(format: &str, example: &Example) -> Vec<String> {
    let format = by_id(format).unwrap();
    let outgoing = Outgoing::of(example, format.carries(), &Choice::default()).unwrap();
    let rules = format.rules().iter();
    rules.filter_map(|rule| Some(format!("{}: {}", rule.id(), rule.check(&outgoing)?))).collect()
}

#[allow(clippy::needless_pass_by_value)]
fn chat(messages: Value) -> Example {
    read_one("openai-chat", json!({"messages": messages}))
}

fn say(role: &str, text: &str) -> Value {
    json!({"role": role, "content": text})
}

fn ask(role: &str, text: &str) -> Value {
    json!({"role": role, "parts": [{"text": text}]})
}

fn tell(role: &str, text: &str) -> Value {
    json!({"role": role, "content": [{"text": text}]})
}

/// A question, a call of a tool with that id, its result and the answer.
fn with_call(id: &str) -> Example {
    let call = json!({"id": id, "type": "function", "function": {"name": "tide", "arguments": "{\"at\":\"Husum\"}"}});
    let messages = json!([say("system", "Be exact."), say("user", "When is high tide?"),
        {"role": "assistant", "content": null, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": id, "content": "{\"hour\":5}"}, say("assistant", "At five.")]);
    let tools = json!([{"type": "function", "function": {"name": "tide", "parameters": {"type": "object"}}}]);
    read_one("openai-chat", json!({"messages": messages, "tools": tools}))
}

#[test]
fn forms_of_openai_come_back_as_they_were() {
    for format in ["azure-chat", "mistral", "together-chat", "fireworks-chat"] {
        shared(
            format,
            json!({"messages": [say("system", "Be kind."), say("user", "My bike squeaks."),
                {"role": "assistant", "content": "Where?", "weight": 0}, say("user", "At the chain."),
                {"role": "assistant", "content": "Oil it.", "weight": 1}], "page": 4}),
        );
    }
    for format in ["azure-preference", "together-preference", "fireworks-preference"] {
        shared(
            format,
            json!({"input": {"messages": [say("user", "My bike squeaks.")]},
                "preferred_output": [say("assistant", "Oil the chain.")],
                "non_preferred_output": [say("assistant", "Sing along.")]}),
        );
    }
    shared(
        "databricks-chat",
        json!({"messages": [say("user", "Hello?"), say("assistant", "Good morning.")]}),
    );
    shared("bedrock-text", json!({"prompt": "Capital of Peru?", "completion": "Lima."}));
    shared("oci-text", json!({"prompt": "Capital of Peru?", "completion": "Lima."}));
}

#[test]
fn questions_for_graders() {
    same(
        "openai-rft",
        json!({"messages": [say("developer", "A number only."), say("user", "Seven times eight?")],
            "reference_answer": "56", "difficulty": 2, "label": "sums"}),
    );
    same("openai-rft", json!({"messages": [say("user", "Seven times eight?")], "reference_number": 56}));
    shared("azure-rft", json!({"messages": [say("user", "Seven times eight?")], "reference_answer": "56"}));
    shared(
        "bedrock-rft",
        json!({"messages": [say("user", "Seven times eight?")], "reference_answer": {"number": 56}, "row": "s-3"}),
    );
    same(
        "gemini-rl",
        json!({"systemInstruction": {"parts": [{"text": "A number only."}]}, "contents": [ask("user", "Seven times eight?")],
            "references": {"reference_answer": "56", "topic": "sums"}}),
    );
    same(
        "gemini-rl",
        json!({"contents": [ask("user", "Seven times eight?")], "references": {"number": "56"}}),
    );
    let fireworks =
        json!({"messages": [say("user", "Seven times eight?")], "ground_truth": "56", "level": 1});
    shared("fireworks-rft", fireworks.clone());
    let example = read_one("fireworks-rft", fireworks);
    assert_eq!((example.responses[0].text().as_str(), example.status), ("56", Status::Submitted));
    // what came for a grader goes to one, unasked
    let bare = write("fireworks-rft", &example, None).unwrap();
    assert_eq!((&bare.records[0]["level"], bare.left_out.len()), (&json!(1), 0));
}

#[test]
fn the_best_response_is_what_graders_compare_with() {
    let mut example =
        chat(json!([say("system", "Short."), say("user", "Seven times eight?"), say("assistant", "56")]));
    example.metadata.insert("topic", json!("sums"));
    let written = write("openai-rft", &example, None).unwrap();
    assert_eq!(
        written.records,
        [
            json!({"messages": [say("developer", "Short."), say("user", "Seven times eight?")], "reference_answer": "56"})
        ]
    );
    assert_eq!(written.left_out, ["extra fields"]);
    assert_eq!(write_one("bedrock-rft", &example)["messages"][0]["role"], "system");
    assert_eq!(write_one("openai-rft", &example)["topic"], "sums");
    assert_eq!(
        write_one("gemini-rl", &example)["references"],
        json!({"reference_answer": "56", "topic": "sums"})
    );
    let open = chat(json!([say("user", "Seven times eight?")]));
    assert_eq!(write_one("openai-rft", &open), json!({"messages": [say("user", "Seven times eight?")]}));
    assert_eq!(offences("openai-rft", &open), [""; 0]);
    let nothing = "reference: the example has nothing that an answer is compared with";
    assert_eq!(offences("azure-rft", &open), [nothing]);
    assert_eq!(offences("bedrock-rft", &open), [nothing]);
    let graded = read_one("azure-rft", json!({"messages": [say("user", "Seven?")], "reference_number": 7}));
    assert_eq!(offences("azure-rft", &graded), [""; 0]);
    let templated = chat(json!([say("user", "What is {{item.x}}?"), say("assistant", "a")]));
    assert_eq!(offences("openai-rft", &templated), ["template-marks: prompt[0] holds \"{{\""]);
}

#[test]
fn claude_on_bedrock() {
    same(
        "bedrock-claude",
        json!({"system": "You are a lighthouse keeper.", "messages": [say("user", "Fog?"), say("assistant", "Thick."),
            say("user", "Ships?"), say("assistant", "Three.")]}),
    );
    shared("bedrock-claude", json!({"messages": [say("user", "Fog?"), say("assistant", "Thick.")]}));
    let example = |messages| offences("bedrock-claude", &chat(messages));
    let (user, model) = (say("user", "Fog?"), say("assistant", "Thick."));
    assert_eq!(example(json!([say("system", "s"), user, model])), [""; 0]);
    assert_eq!(example(json!([user, user, model])), ["alternate: prompt[1] is a second user turn in a row"]);
    assert_eq!(
        example(json!([user, model, model])),
        ["alternate: response 1[1] is a second assistant turn in a row"]
    );
    assert_eq!(
        example(json!([model, user, model])),
        ["alternate: prompt[0] comes from assistant before the user has spoken"]
    );
    assert_eq!(
        example(json!([user, say("assistant", "It said\nHuman: hello")])),
        ["speakers: response 1[0] holds \"\\nHuman:\""]
    );
    assert_eq!(example(json!([say("system", " "), user, model])), ["empty: prompt[0] is empty"]);
    assert_eq!(
        example(json!([user, {"role": "assistant", "content": "a", "weight": 0}, user, model])),
        ["weights: prompt[1] is not to be learned from (weight 0)"]
    );
    let long = "x".repeat(96_002);
    assert_eq!(example(json!([say("user", &long[4..]), say("assistant", "four")])), [""; 0]);
    assert_eq!(
        example(json!([say("user", &long), say("assistant", "four")])),
        ["size: the example has about 32002 tokens; 32000 are the most"]
    );
    assert!(
        offences("bedrock-claude", &with_call("c"))
            .contains(&"no-tools: the example defines tools".to_owned())
    );
    let late = chat(json!([user, model, say("system", "s"), user, model]));
    assert_eq!(
        write("bedrock-claude", &late, None).unwrap_err().to_string(),
        "a system turn that is not the first"
    );
}

#[test]
fn cohere_and_palm() {
    same(
        "cohere-chat",
        json!({"messages": [say("System", "Sell hats."), say("User", "Hello"), say("Chatbot", "A hat?")], "row": 2}),
    );
    becomes(
        "cohere-chat",
        json!({"messages": [say("system", "Sell hats."), say("user", "Hello"), say("chatbot", "A hat?")]}),
        json!({"messages": [say("System", "Sell hats."), say("User", "Hello"), say("Chatbot", "A hat?")]}),
    );
    let turn = |author: &str, text: &str| json!({"author": author, "content": text});
    same(
        "palm-chat",
        json!({"context": "Sell hats.", "messages": [turn("user", "Hello"), turn("assistant", "A hat?")],
            "examples": [{"input": {"content": "a"}, "output": {"content": "b"}}]}),
    );
    same("palm-text", json!({"input_text": "Capital of Peru?", "output_text": "Lima."}));
    becomes(
        "palm-text",
        json!({"text_input": "Capital of Peru?", "output": "Lima."}),
        json!({"input_text": "Capital of Peru?", "output_text": "Lima."}),
    );
    assert_eq!(
        refusal("palm-chat", json!({"messages": [{"author": "bot", "content": "x"}]})),
        "messages[0].author is “bot”; it should be one of system, user, assistant, developer"
    );
    let system = chat(json!([say("system", "s"), say("user", "q"), say("assistant", "a")]));
    assert_eq!(offences("palm-text", &system), ["one-question: prompt[0] is from system"]);
}

#[test]
fn bedrock_conversations() {
    let version = "bedrock-conversation-2024";
    same(
        "bedrock-converse",
        json!({"schemaVersion": version, "system": [{"text": "You know knots."}],
            "messages": [tell("user", "A knot for a hook?"), tell("assistant", "The palomar.")], "row": 1}),
    );
    let picture = json!({"image": {"format": "png", "source": {"s3Location": {"uri": "s3://b/k.png"}}}});
    let tools = json!([{"toolSpec": {"name": "tide", "description": "When it is high.",
        "inputSchema": {"json": {"type": "object", "properties": {"at": {"type": "string"}}}}}}]);
    let record = json!({"schemaVersion": version, "messages": [
        {"role": "user", "content": [{"text": "When?"}, picture]},
        {"role": "assistant", "content": [{"text": "I look."}, {"toolUse": {"toolUseId": "t1", "name": "tide", "input": {"at": "Husum"}}},
            {"toolUse": {"toolUseId": "t2", "name": "tide", "input": {}}}]},
        {"role": "user", "content": [{"toolResult": {"toolUseId": "t2", "content": [{"text": "none"}]}},
            {"toolResult": {"toolUseId": "t1", "content": [{"json": {"hour": 5}}]}}]},
        tell("assistant", "At five.")], "toolConfig": {"tools": tools}});
    shared("nova-sft", record.clone());
    let example = read_one("nova-sft", record);
    assert_eq!(offences("nova-sft", &example), [""; 0]);
    assert_eq!(offences("bedrock-converse", &example), ["no-tools: the example defines tools"]);
    assert_eq!(example.prompt.tools[0]["function"]["parameters"]["properties"]["at"]["type"], "string");
    let candidate = |text: &str, label: &str| json!({"content": [{"text": text}], "preferenceLabel": label});
    let pair = json!({"schemaVersion": version, "system": [{"text": "s"}], "messages": [tell("user", "A knot for a hook?"),
        {"role": "assistant", "candidates": [candidate("The palomar.", "preferred"), candidate("Glue.", "non-preferred")]}]});
    same("nova-preference", pair.clone());
    let mut two = pair;
    two["messages"][1]["candidates"][1]["preferenceLabel"] = json!("preferred");
    assert_eq!(refusal("nova-preference", two), "messages[1].candidates has two that are preferred");
}

#[test]
fn gemini_tuning() {
    same(
        "gemini",
        json!({"systemInstruction": {"parts": [{"text": "Be exact."}]}, "contents": [
            {"role": "user", "parts": [{"text": "When is high tide?"}, {"fileData": {"mimeType": "image/png", "fileUri": "gs://b/map.png"}}]},
            {"role": "model", "parts": [{"functionCall": {"name": "tide", "args": {"at": "Husum"}}}, {"functionCall": {"name": "moon", "args": {}}}]},
            {"role": "user", "parts": [{"functionResponse": {"name": "moon", "response": {"result": "full"}}},
                {"functionResponse": {"name": "tide", "response": {"hour": 5}}}]},
            ask("model", "At five.")],
            "tools": [{"functionDeclarations": [{"name": "tide", "description": "When it is high.",
                "parameters": {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]}}, {"name": "moon"}]}],
            "toolConfig": {"functionCallingConfig": {"mode": "AUTO"}}, "row": 7}),
    );
    becomes(
        "gemini",
        json!({"system_instruction": {"role": "system", "parts": [{"text": "s"}]}, "contents": [
            {"parts": [{"text": "q"}]}, {"role": "model", "parts": [{"function_call": {"name": "f", "args": {"a": 1}}}]},
            {"role": "function", "parts": [{"function_response": {"name": "f", "response": {"b": 2}}}]}, ask("model", "a")],
            "tools": [{"function_declarations": [{"name": "f"}]}]}),
        json!({"systemInstruction": {"parts": [{"text": "s"}]}, "contents": [
            ask("user", "q"), {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {"a": 1}}}]},
            {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"b": 2}}}]}, ask("model", "a")],
            "tools": [{"functionDeclarations": [{"name": "f"}]}]}),
    );
    let preview = json!({"messages": [say("system", "s"), say("user", "q"), say("model", "a")]});
    assert_eq!(recognise(std::slice::from_ref(&preview)).unwrap().format.id(), "gemini");
    becomes(
        "gemini",
        preview,
        json!({"systemInstruction": {"parts": [{"text": "s"}]}, "contents": [ask("user", "q"), ask("model", "a")]}),
    );
}

#[test]
fn gemini_gets_objects_for_arguments_and_its_own_schemas() {
    let mut example = with_call("call_1");
    let record = write_one("gemini", &example);
    assert_eq!(
        record["contents"][1]["parts"],
        json!([{"functionCall": {"name": "tide", "args": {"at": "Husum"}}}])
    );
    assert_eq!(
        record["contents"][2],
        json!({"role": "user", "parts": [{"functionResponse": {"name": "tide", "response": {"hour": 5}}}]})
    );
    let back = read_one("gemini", record);
    assert_eq!(
        write_one("openai-chat", &back)["messages"][2]["tool_calls"][0]["function"]["arguments"],
        "{\"at\":\"Husum\"}"
    );
    example.prompt.tools =
        vec![json!({"name": "tide", "strict": true, "parameters": {"type": ["object", "null"]}})];
    let written = write("gemini", &example, None).unwrap();
    assert_eq!(
        written.records[0]["tools"],
        json!([{"functionDeclarations": [{"name": "tide", "parametersJsonSchema": {"type": ["object", "null"]}}]}])
    );
    assert_eq!(written.left_out, ["extra fields"]);
    let inline = chat(
        json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]},
        say("assistant", "A cat.")]),
    );
    assert_eq!(
        write_one("gemini", &inline)["contents"][0]["parts"],
        json!([{"inlineData": {"mimeType": "image/png", "data": "AAAA"}}])
    );
    assert_eq!(offences("gemini", &inline), [""; 0]);
}

#[test]
fn gemini_preferences() {
    let completion = |score: f64, text: &str| json!({"score": score, "completion": ask("model", text)});
    let record = |one: Value, other: Value| json!({"contents": [ask("user", "A knot for a hook?")], "completions": [one, other]});
    same("gemini-preference", record(completion(1.0, "The palomar."), completion(0.0, "Glue.")));
    let older =
        read_one("gemini-preference", record(completion(2.5, "Glue."), completion(4.0, "The palomar.")));
    assert_eq!(older.best_response().unwrap().text(), "The palomar.");
    let tied =
        read_one("gemini-preference", record(completion(0.5, "Glue."), completion(0.5, "The palomar.")));
    assert_eq!((tied.rankings.len(), tied.status), (0, Status::Pending));
    assert_eq!(
        refusal(
            "gemini-preference",
            json!({"contents": [ask("user", "q")], "completions": [{"completion": {}}]})
        ),
        "completions[0].score is missing"
    );
}

#[test]
fn mistral_gets_its_ids_and_names() {
    let record = write_one("mistral", &with_call("call_tide_1"));
    let [call, result] = [&record["messages"][2], &record["messages"][3]];
    assert_eq!((&call["content"], &call["tool_calls"][0]["id"]), (&json!(""), &json!("call00001")));
    assert_eq!((&result["tool_call_id"], &result["name"]), (&json!("call00001"), &json!("tide")));
    assert_eq!(record["tools"][0]["function"]["description"], "");
    assert_eq!(write_one("mistral", &with_call("abcDEF123"))["messages"][3]["tool_call_id"], "abcDEF123");
    assert_eq!(offences("mistral", &with_call("call_tide_1")), [""; 0]);
    becomes(
        "mistral",
        json!({"interactions": [{"role": "user", "text": "q"}, {"role": "assistant", "text": "a"}], "system_prompt": "s"}),
        json!({"messages": [say("system", "s"), say("user", "q"), say("assistant", "a")]}),
    );
    let mut beside = with_call("c");
    beside.responses[0].messages[0].content = crate::example::Content::Text("Let me see.".to_owned());
    assert_eq!(offences("mistral", &beside), ["calls-alone: response 1[0] has text beside a tool call"]);
    assert_eq!(offences("openai-chat", &beside), [""; 0]);
    let mut odd = with_call("c");
    odd.prompt.tools = vec![json!({"name": "tide", "parameters": {"type": "thing"}})];
    assert_eq!(
        offences("mistral", &odd),
        ["tool-definitions: tools[0] has parameters that are no JSON Schema"]
    );
    let two = chat(json!([
        say("system", "s"),
        say("user", "q"),
        say("system", "t"),
        say("user", "q"),
        say("assistant", "a")
    ]));
    assert_eq!(offences("mistral", &two), ["one-system: prompt[2] is a second system turn"]);
}

#[test]
fn what_services_of_one_form_refuse() {
    let (user, model) = (say("user", "q"), say("assistant", "a"));
    let twice = chat(json!([user, model, model]));
    assert_eq!(offences("openai-chat", &twice), [""; 0]);
    let second = "alternate: response 1[1] is a second assistant turn in a row";
    assert_eq!(offences("azure-chat", &twice), [second]);
    assert_eq!(offences("together-chat", &twice), [second]);
    let asked = chat(json!([user, user, model]));
    assert_eq!(offences("azure-chat", &asked), [""; 0]);
    assert_eq!(offences("together-chat", &asked), ["alternate: prompt[1] is a second user turn in a row"]);
    let late = chat(json!([user, model, say("system", "s"), user, model]));
    assert_eq!(offences("openai-chat", &late), [""; 0]);
    assert_eq!(
        offences("fireworks-chat", &late),
        ["system: prompt[2] is a system turn that is not the first turn"]
    );
    assert_eq!(write_one("together-chat", &with_call("c"))["messages"][2]["content"], "");

    let sound = json!({"type": "input_audio", "input_audio": {"data": "x", "format": "wav"}});
    let heard = chat(json!([{"role": "user", "content": [sound]}, model]));
    let taken = "parts: prompt[0] has a part that the consumer does not take (input_audio)";
    assert_eq!(offences("openai-chat", &heard), [taken]);
    let image = json!({"type": "image_url", "image_url": {"url": "https://example.org/a.png"}});
    let seen = |images: usize| chat(json!([{"role": "user", "content": vec![image.clone(); images]}, model]));
    assert_eq!(offences("openai-chat", &seen(10)), [""; 0]);
    assert_eq!(
        offences("openai-chat", &seen(11)),
        ["parts: the example has 11 pictures or films; 10 are the most"]
    );
    assert_eq!(offences("azure-chat", &seen(11)), [""; 0]);

    let mut odd = with_call("c");
    odd.prompt.tools[0]["function"]["cost"] = json!(3);
    let unknown = "tool-definitions: tools[0] has the field cost, which the consumer does not know";
    assert_eq!(offences("openai-chat", &odd), [unknown]);
    assert_eq!(offences("gemini", &odd), [""; 0]);

    let mut several = ranked();
    several.responses[1].messages.push(crate::example::Message::new(crate::example::Role::Assistant, "more"));
    assert!(offences("openai-preference", &several).contains(&"one-turn: response 2 has 2 turns".to_owned()));
    for format in [
        "openai-preference",
        "azure-preference",
        "together-preference",
        "fireworks-preference",
        "gemini-preference",
        "nova-preference",
    ] {
        assert_eq!(offences(format, &ranked()), [""; 0], "{format}");
    }
}

fn ranked() -> Example {
    let record = json!({"prompt": "q", "responses": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
                        "rankings": [{"annotator": "ana", "tiers": ["a", "b"]}]});
    read_one("goldset", record)
}

#[test]
fn blanks_beside_a_call_are_nothing() {
    let mut example = with_call("c");
    example.responses[0].messages[0].content = crate::example::Content::Text(" \n".to_owned());
    assert_eq!(write_one("openai-chat", &example)["messages"][2]["content"], "");
    assert_eq!(write_one("gemini", &example)["contents"][1]["parts"].as_array().unwrap().len(), 1);
}

/// The formats that carry plain conversations.
const CONVERSATIONS: &[&str] = &[
    "azure-chat",
    "mistral",
    "together-chat",
    "fireworks-chat",
    "bedrock-claude",
    "bedrock-converse",
    "nova-sft",
    "gemini",
    "palm-chat",
    "cohere-chat",
    "databricks-chat",
];

#[test]
fn every_service_takes_a_plain_conversation() {
    let example = chat(json!([
        say("system", "s"),
        say("user", "q"),
        say("assistant", "a"),
        say("user", "r"),
        say("assistant", "b")
    ]));
    for format in CONVERSATIONS {
        assert_eq!(offences(format, &example), [""; 0], "{format}");
    }
    let calls = with_call("c");
    for format in
        ["openai-chat", "azure-chat", "mistral", "together-chat", "fireworks-chat", "nova-sft", "gemini"]
    {
        assert_eq!(offences(format, &calls), [""; 0], "{format}");
        let again = read_one(format, write_one(format, &calls));
        assert_eq!(again.responses[0].messages.len(), 3, "{format}");
        assert_eq!(write_one("openai-chat", &again)["messages"][4], say("assistant", "At five."), "{format}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn services_carry_conversations(example in plain(3)) {
        for format in CONVERSATIONS {
            let record = through_text(&write_one(format, &example));
            let again = read_one(format, record.clone());
            prop_assert_eq!(said(&again), said(&example), "{}", format);
            prop_assert_eq!(write_one(format, &again), record, "{}", format);
        }
    }

    #[test]
    fn services_carry_a_question_and_an_answer(example in plain(1)) {
        for format in ["bedrock-text", "oci-text", "palm-text", "openai-rft", "azure-rft", "bedrock-rft", "fireworks-rft"] {
            let again = read_one(format, through_text(&write_one(format, &example)));
            prop_assert_eq!(said(&again), said(&example), "{}", format);
        }
    }
}
