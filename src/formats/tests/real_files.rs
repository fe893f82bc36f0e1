//! Real files are recognised, and none of their records gets lost. The folder of files is taken
//! from the environment variable `GOLDSET_DATA`.

use std::path::{Path, PathBuf};

use super::*;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("GOLDSET_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: GOLDSET_DATA does not name the folder of real files");
    }
    folder
}

#[derive(Debug, Default, PartialEq)]
struct Count {
    records: usize,
    examples: usize,
    misfits: usize,
    done: usize,
}

/// Reads a whole file as an import does. Examples that the format writes back must be what they were,
/// save for parts of content that `OpenAI` doesn't have.
fn import(path: &Path, mapping: Option<&str>, given: Option<&str>) -> (&'static str, Count) {
    let sample: Vec<Value> = container::open_path(path, None)
        .unwrap()
        .take(100)
        .map(|record| record.unwrap().value.unwrap())
        .collect();
    let format = match given {
        Some(id) => by_id(id).unwrap(),
        None => recognise(&sample).unwrap_or_else(|error| panic!("{}: {error}", path.display())).format,
    };
    let options = ReadOptions { mapping: mapping.map(|text| text.parse().unwrap()) };
    let mut reader = format.reader(&options).unwrap();
    let mut writer = format.writer(&WriteOptions { extra_fields: Some(true), ..WriteOptions::default() });
    let mut count = Count::default();
    let mut take = |items: Vec<Item>, record: Option<&Value>, count: &mut Count| {
        for item in items {
            let Item::Example(example) = item else { continue };
            count.examples += 1;
            if count.examples.is_multiple_of(5) {
                let context = page::Context { facets: &[], annotator: "ana", values: None };
                let read = page::read_onto(&page::write_of(1, &example, &example), 1, &example, &context);
                assert!(read.is_ok_and(|read| read.example == *example), "{}", path.display());
            }
            count.done += usize::from(example.status == Status::Submitted);
            let written = writer.as_mut().and_then(|writer| writer.write(&example).ok());
            if let (Some(written), Some(record)) = (written, record)
                && !["columns", "trl-preference"].contains(&format.id())
                && !(format.id() == "openai-chat" && record["messages"][0]["content"].is_array())
            {
                assert_eq!(&written.records[0], record, "{}", path.display());
            }
        }
    };
    for record in container::open_path(path, None).unwrap() {
        let value = record.unwrap().value.unwrap();
        count.records += 1;
        match reader.read(value.clone()) {
            Ok(items) => take(items, Some(&value), &mut count),
            Err(misfit) => {
                count.misfits += 1;
                eprintln!("{}: {misfit}", path.display());
            }
        }
    }
    let finished = reader.finish();
    count.misfits += finished.misfits.len();
    take(finished.items, None, &mut count);
    (format.id(), count)
}

#[test]
fn real_files_are_recognised_and_read_whole() {
    let Some(data) = data() else { return };
    for (file, format, records, done) in [
        ("sft/alpaca_data.json.gz", "alpaca", 52_002, 52_002 - 28),
        ("sft/alpaca_zh_demo.json", "alpaca", 1_000, 1_000),
        ("sft/identity.json", "alpaca", 91, 91),
        ("sft/code_alpaca_2k.json", "alpaca", 2_017, 2_015),
        ("sft/gsm8k_train.jsonl", "columns", 7_473, 7_473),
        ("preference/dpo_en_demo.json", "sharegpt-preference", 300, 300),
        ("preference/kto_en_demo.json", "unpaired", 300, 150),
        ("preference/v1_dpo_demo.jsonl", "trl-preference", 10, 10),
        ("preference/llmbar_natural.json", "judged-pair", 100, 100),
        ("preference/alpaca_eval_claude-2.1_annotations.json.gz", "judged-pair", 805, 805),
        ("ranking/alpaca_eval_8_models.jsonl.gz", "outputs", 805, 0),
        ("ranking/model_outputs_alpaca-7b.json", "answers", 805, 805),
        ("ranking/model_outputs_text_davinci_001.json", "answers", 803, 803),
        ("chat/toy_chat_fine_tuning.jsonl", "openai-chat", 5, 5),
        ("chat/v1_sft_demo.jsonl", "openai-chat", 500, 500),
        ("toolcall/glaive_toolcall_en_demo.json", "sharegpt", 300, 300),
        ("toolcall/reason_tool_use_demo_50.jsonl", "openai-chat", 50, 50),
        ("intent/banking77_train.csv", "columns", 10_003, 10_003),
        ("intent/banking77_test.csv", "columns", 3_080, 3_080),
        ("intent/banking77_categories.json", "strings", 77, 0),
        ("hard/blns.txt", "strings", 666, 0),
        ("multilingual/wisesight_test.jsonl", "columns", 2_671, 2_671),
        ("sql/questions_gen_postgres.csv", "columns", 210, 210),
        ("sql/questions_gen_sqlite.csv", "columns", 210, 210),
        ("sql/instruct_advanced_sqlite.csv", "columns", 64, 64),
    ] {
        let found = import(&data.join(file), None, None);
        assert_eq!(found, (format, Count { records, examples: records, misfits: 0, done }), "{file}");
    }
}

#[test]
fn tool_calls_among_parts_go_out_without_the_reasoning() {
    let Some(data) = data() else { return };
    let mut writer = by_id("trl-messages").unwrap().writer(&WriteOptions::default()).unwrap();
    let mut calls = 0;
    for record in container::open_path(&data.join("toolcall/reason_tool_use_demo_50.jsonl"), None).unwrap() {
        let example = read_one("openai-chat", record.unwrap().value.unwrap());
        assert!(writer.write(&example).unwrap_err().to_string().contains("reasoning"));
        let example = mends::Mend::apply(&mends::DropReasoning, example).remove(0);
        let written = writer.write(&example).unwrap().records.remove(0);
        calls += written["messages"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|turn| turn.get("tool_calls").is_some())
            .count();
    }
    assert_eq!(calls, 53);
}

#[test]
fn nested_records_are_recognised_and_read_whole() {
    let Some(data) = data() else { return };
    let (format, count) = import(&data.join("sft/seed_tasks.jsonl"), None, None);
    assert_eq!((format, count), ("seed-tasks", Count { records: 175, examples: 175, misfits: 0, done: 175 }));
    let (format, count) = import(&data.join("multilingual/xquad.ar.json"), None, None);
    // each article of the list that the file is wrapped around is a record
    assert_eq!((format, count), ("squad", Count { records: 48, examples: 1_190, misfits: 0, done: 1_190 }));
}

#[test]
fn the_answers_of_two_models_are_joined() {
    let Some(data) = data() else { return };
    let mut reader = by_id("answers").unwrap().reader(&ReadOptions::default()).unwrap();
    for file in ["ranking/model_outputs_alpaca-7b.json", "ranking/model_outputs_text_davinci_001.json"] {
        for record in container::open_path(&data.join(file), None).unwrap() {
            assert_eq!(reader.read(record.unwrap().value.unwrap()).unwrap(), []);
        }
    }
    let both = |item: &&Item| matches!(item, Item::Example(example) if example.responses.len() == 2);
    let finished = reader.finish();
    assert_eq!((finished.items.len(), finished.items.iter().filter(both).count()), (805, 803));
}

#[test]
fn nested_fields_are_read_by_a_mapping() {
    let Some(data) = data() else { return };
    let mapping = "prompt=instruction,prompt=instances[0].input,response=instances[0].output";
    let (_, count) = import(&data.join("sft/seed_tasks.jsonl"), Some(mapping), Some("columns"));
    assert_eq!(count, Count { records: 175, examples: 175, misfits: 0, done: 175 });
}

#[test]
fn a_tree_of_messages_is_read_whole() {
    let Some(data) = data() else { return };
    let (format, count) = import(&data.join("chat/oasst_realistic_seed_data.json"), None, None);
    assert_eq!((format, count.records, count.examples, count.misfits), ("message-tree", 444, 179, 0));
}

#[test]
fn what_is_no_training_data_is_not_taken_for_it() {
    let Some(data) = data() else { return };
    for file in [
        "ranking/alpaca_eval_8_models_preferences.jsonl",
        "ranking/alpaca_eval_2_leaderboard.csv",
        "multilingual/emoji_by_group.json",
    ] {
        let sample: Vec<Value> = container::open_path(&data.join(file), None)
            .unwrap()
            .take(50)
            .map(|r| r.unwrap().value.unwrap())
            .collect();
        let error = recognise(&sample).unwrap_err().to_string();
        assert!(error.contains("--map prompt="), "{file}: {error}");
    }
}
