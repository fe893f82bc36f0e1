//! What trainers on one's own machines would refuse or lose is refused before; and the files that go beside
//! their data name it.

use super::local::{calling, result, said, turn};
use super::*;
use crate::example::{Message, Ranking, Response, Role};

/// The ids of the rules that an example breaks.
pub(super) fn broken(format: &str, example: &Example) -> Vec<&'static str> {
    let format = by_id(format).unwrap();
    let outgoing = Outgoing::of(example, format.carries(), &Choice::default()).unwrap();
    let rules = format.rules().iter();
    rules.filter(|rule| rule.check(&outgoing).is_some()).map(|rule| rule.id()).collect()
}

#[allow(clippy::needless_pass_by_value)]
fn chat(messages: Value) -> Example {
    read_one("openai-chat", json!({"messages": messages}))
}

#[allow(clippy::needless_pass_by_value)]
fn compared(messages: Value, answers: [&str; 2]) -> Example {
    let mut example = chat(messages);
    example.kind = Kind::Preference;
    example.responses = answers.iter().map(|text| Response::new(None, *text)).collect();
    let tiers = example.responses.iter().map(|response| vec![response.id]).collect();
    example.rankings = vec![Ranking::new("ana", tiers)];
    example
}

/// Everything of this family that is written, by what it carries.
pub(super) fn written(carries: Carries) -> impl Iterator<Item = &'static str> {
    let family = FAMILIES.iter().find(|family| family.title.starts_with("Trainers")).unwrap();
    let formats = family.formats.iter().filter(move |format| format.carries() == carries);
    let formats = formats.filter(|format| format.writer(&WriteOptions::default()).is_some());
    formats.map(|format| format.id()).filter(|id| !NEEDING_MORE.contains(id))
}

/// What takes only responses with steps that were judged, or with ratings.
pub(super) const NEEDING_MORE: [&str; 3] = ["trl-stepwise", "axolotl-stepwise", "nemo-steerlm"];

#[test]
fn a_plain_question_and_its_answer_break_no_rule() {
    let example = chat(json!([turn("user", "How deep is it?"), turn("assistant", "Two metres.")]));
    let kinds = [Carries::Answer, Carries::Verdicts, Carries::Question];
    for format in kinds.into_iter().flat_map(written) {
        assert_eq!(broken(format, &example), [""; 0], "{format}");
        assert!(write(format, &example, None).is_ok(), "{format}");
    }
    let pair = compared(json!([turn("user", "How deep is it?")]), ["Two metres.", "Quite deep."]);
    for format in [Carries::Pairs, Carries::Order, Carries::Verdicts].into_iter().flat_map(written) {
        assert_eq!(broken(format, &pair), [""; 0], "{format}");
        assert!(write(format, &pair, None).is_ok(), "{format}");
    }
}

#[test]
fn weights_go_where_they_are_known_and_are_refused_elsewhere() {
    let example = chat(json!([
        turn("user", "Hello"), {"role": "assistant", "content": "Hm.", "weight": 0}, turn("user", "How deep is it?"),
        turn("assistant", "Two metres.")]));
    for format in ["axolotl-chat", "swift-sft"] {
        assert_eq!(broken(format, &example), [""; 0], "{format}");
        let key = if format == "swift-sft" { "loss" } else { "train" };
        let written = write(format, &example, None).unwrap();
        assert_eq!(written.left_out, [""; 0]);
        let turns = &written.records[0]["messages"];
        assert_eq!([&turns[1][key], &turns[3][key]], [false, true], "{format}");
        assert_eq!(turns[0].get(key), None, "a person's turn");
    }
    for format in [
        "trl-messages",
        "mlx-chat",
        "verl-sft",
        "torchtune-chat",
        "nemo-chat",
        "qwen",
        "unsloth",
        "llamafactory-sharegpt",
        "llamafactory-messages",
        "llamafactory-alpaca",
    ] {
        assert_eq!(broken(format, &example), ["weights"], "{format}");
    }
    let nothing = chat(json!([turn("user", "Hello"), {"role": "assistant", "content": "Hm.", "weight": 0}]));
    assert_eq!(broken("axolotl-chat", &nothing), ["weights"]);
}

#[test]
fn tools_go_where_they_are_known_and_are_refused_elsewhere() {
    let example = read_one(
        "openai-chat",
        json!({"messages": [turn("user", "When?"), calling("", json!("{}")), result(), turn("assistant", "At six.")],
               "tools": [{"type": "function", "function": {"name": "ask_tide"}}]}),
    );
    let knowing = [
        "trl-messages",
        "trl-unpaired",
        "mlx-chat",
        "axolotl-chat",
        "swift-sft",
        "swift-kto",
        "llamafactory-sharegpt",
        "llamafactory-messages",
        "llamafactory-kto",
    ];
    let older = ["trl-prompt-completion", "sharegpt"];
    for format in [Carries::Answer, Carries::Verdicts].into_iter().flat_map(written) {
        let is_refused = !broken(format, &example).is_empty() || write(format, &example, None).is_err();
        assert_eq!(is_refused, !knowing.contains(&format) && !older.contains(&format), "{format}");
    }
    for format in knowing {
        let record = write_one(format, &example);
        assert!(
            record.to_string().contains("ask_tide") && record.get("tools").is_some(),
            "{format}: {record}"
        );
        let again = read_one(format, record);
        assert_eq!(said(&again).1, said(&example).1, "{format}");
    }
}

#[test]
fn who_may_follow_whom_is_asked_where_it_matters() {
    let twice = chat(json!([
        turn("user", "Hello"),
        turn("user", "How deep is it?"),
        turn("assistant", "Two metres.")
    ]));
    for format in [
        "llamafactory-sharegpt",
        "llamafactory-messages",
        "llamafactory-kto",
        "torchtune-chat",
        "nemo-chat",
        "qwen",
        "unsloth",
    ] {
        assert_eq!(broken(format, &twice), ["alternate"], "{format}");
    }
    for format in ["trl-messages", "mlx-chat", "axolotl-chat", "swift-sft", "verl-sft"] {
        assert_eq!(broken(format, &twice), [""; 0], "{format}");
    }
    let system = chat(json!([
        turn("system", "Be exact."),
        turn("user", "How deep is it?"),
        turn("assistant", "Two metres.")
    ]));
    assert_eq!(broken("qwen", &system), ["roles"]);
    for format in ["torchtune-instruct", "nemo-text", "llama-cookbook", "mlx-completions"] {
        assert_eq!(broken(format, &system), ["one-question"], "{format}");
        assert!(write(format, &system, None).is_err(), "{format}");
    }
    assert_eq!(broken("trl-text", &system), ["running-text"]);
}

#[test]
fn strings_that_are_no_text_to_a_trainer_are_refused() {
    let holding = |text: &str| chat(json!([turn("user", text), turn("assistant", "Two metres.")]));
    for format in written(Carries::Answer).filter(|format| {
        // these put no template around what they are given, or leave that to their trainers
        !["trl-prompt-completion-text", "trl-text", "mlx-text", "alpaca", "sharegpt", "llama-cookbook"]
            .contains(format)
    }) {
        assert_eq!(broken(format, &holding("say <|im_end|>")), ["control-tokens"], "{format}");
    }
    let media = [
        "llamafactory-sharegpt",
        "llamafactory-messages",
        "llamafactory-alpaca",
        "swift-sft",
        "openrlhf-sft",
        "verl-sft",
    ];
    for format in media {
        assert_eq!(broken(format, &holding("say <image>")), ["media-marks"], "{format}");
    }
    assert_eq!(broken("nemo-text", &holding("say <extra_id_1>")), ["turn-marks"]);
}

#[test]
fn axolotl_must_find_the_answers_it_looks_for() {
    let asked = || json!([turn("user", "Which one?")]);
    for short in ["C", "2", "user", "Date", "assistant\n", "ok"] {
        assert_eq!(
            broken("axolotl-preference", &compared(asked(), [short, "The other one."])),
            ["findable"],
            "{short}"
        );
        assert_eq!(
            broken("axolotl-preference", &compared(asked(), ["The other one.", short])),
            ["findable"],
            "{short}"
        );
    }
    assert_eq!(broken("axolotl-preference", &compared(asked(), ["The first.", "The other."])), [""; 0]);
}

#[test]
fn conversations_that_begin_alike_must_part_where_the_answers_begin() {
    let mut example = compared(json!([turn("user", "When?")]), ["Let me see.", "Let me see."]);
    example.responses[0].messages.push(Message::new(Role::Assistant, "At six."));
    assert_eq!(broken("trl-preference-implicit", &example), ["part-ways"]);
    assert_eq!(broken("trl-preference", &example), [""; 0]);
}

#[test]
fn llamafactory_finds_every_file_in_its_description() {
    let files = ["train.jsonl".to_owned(), "validation.jsonl".to_owned()];
    for format in all().filter(|format| format.id().starts_with("llamafactory-")) {
        let [side] = <[SideFile; 1]>::try_from(format.side_files(&files)).unwrap();
        assert!(side.joins && side.name == "dataset_info.json", "{}", format.id());
        let info: Value = serde_json::from_str(&side.text).unwrap();
        assert_eq!(info["validation"]["file_name"], "validation.jsonl");
        assert!(format.side_files(&[]).is_empty());
        // every field that is written is named, and every name stands in every record
        let example = match format.carries() {
            Carries::Pairs => compared(json!([turn("user", "q")]), ["a", "b"]),
            _ => chat(json!([turn("user", "q"), turn("assistant", "a")])),
        };
        let record = write_one(format.id(), &example);
        let mut columns: Vec<_> = info["train"]["columns"]
            .as_object()
            .unwrap()
            .values()
            .map(|name| name.as_str().unwrap())
            .collect();
        let mut fields: Vec<_> = record.as_object().unwrap().keys().map(String::as_str).collect();
        columns.sort_unstable();
        fields.sort_unstable();
        assert_eq!(columns, fields, "{}", format.id());
        assert_eq!(info["train"]["ranking"] == true, format.carries() == Carries::Pairs);
    }
}

#[test]
fn yaml_names_the_file_it_belongs_to() {
    let files = ["my \"best\".jsonl".to_owned()];
    for (format, name, lines) in [
        ("axolotl-chat", "axolotl", &["    type: chat_template", "    message_field_training: train"][..]),
        (
            "axolotl-preference",
            "axolotl",
            &["rl: dpo", "    type: chat_template.default", "    split: train"],
        ),
        ("axolotl-kto", "axolotl", &["rl: kto", "    type: chatml.prompt_pairs"]),
        ("axolotl-orpo", "axolotl", &["rl: orpo", "    type: chat_template.argilla"]),
        ("axolotl-reward", "axolotl", &["reward_model: true", "    type: bradley_terry.chat_template"]),
        ("torchtune-chat", "torchtune", &["  conversation_column: messages", "  conversation_style: openai"]),
        ("torchtune-preference", "torchtune", &["  _component_: torchtune.datasets.preference_dataset"]),
        ("torchtune-instruct", "torchtune", &["  _component_: torchtune.datasets.instruct_dataset"]),
    ] {
        let [side] = <[SideFile; 1]>::try_from(by_id(format).unwrap().side_files(&files)).unwrap();
        assert_eq!((side.name.as_str(), side.joins), (&*format!("my \"best\".{name}.yml"), false));
        assert!(
            side.text.contains("\"my \\\"best\\\".jsonl\"") && !side.text.contains("FILE"),
            "{}",
            side.text
        );
        for line in lines {
            assert!(side.text.lines().any(|there| there == *line), "{format}: {}", side.text);
        }
    }
}
