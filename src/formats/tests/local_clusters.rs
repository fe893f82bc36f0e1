//! What trainers for many machines take (`NeMo`, `DeepSpeed`, `OpenRLHF`, verl): every form is read and written.

use super::golden::{becomes, same};
use super::local::{from, keeps, turn};
use super::*;
use crate::example::{Role, Split};

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
