//! Real public datasets come in whole. Skipped where `GOLDSET_DATA` names no folder of them.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::{Path, PathBuf};

use goldset::dataset::{Dataset, ImportOptions, ImportReport, Plan, Reject, Target, export};
use goldset::example::Kind;
use goldset::formats::Definitions;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("GOLDSET_DATA").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: GOLDSET_DATA names no folder of public datasets");
    }
    folder
}

struct Imported {
    report: ImportReport,
    rejects: Vec<Reject>,
    dataset: Dataset,
    _folder: tempfile::TempDir,
}

fn import(path: &Path, options: &ImportOptions) -> Result<Imported, String> {
    let folder = tempfile::tempdir().unwrap();
    let mut dataset =
        Dataset::create(&folder.path().join("t.goldset"), "ana", &Definitions::default()).unwrap();
    let mut rejects = Vec::new();
    let mut keep = |reject: &Reject| {
        rejects.push(reject.clone());
        Ok(())
    };
    let report = dataset
        .import(&[path.to_owned()], options, &mut keep, &mut |_| true)
        .map_err(|error| error.to_string())?;
    dataset.index_all(&mut |_| true).unwrap();
    Ok(Imported { report, rejects, dataset, _folder: folder })
}

#[test]
fn every_training_file_comes_in_recognised_and_adds_up() {
    let Some(data) = data() else { return };
    let files: &[(&str, u64, &str)] = &[
        ("sft/alpaca_zh_demo.json", 1000, "alpaca"),
        ("sft/identity.json", 91, "alpaca"),
        ("sft/code_alpaca_2k.json", 2017, "alpaca"),
        ("sft/gsm8k_train.jsonl", 7473, "columns"),
        ("preference/dpo_en_demo.json", 300, "sharegpt-preference"),
        ("preference/kto_en_demo.json", 300, "unpaired"),
        ("preference/v1_dpo_demo.jsonl", 10, "trl-preference"),
        ("preference/llmbar_natural.json", 100, "judged-pair"),
        ("preference/alpaca_eval_claude-2.1_annotations.json.gz", 805, "judged-pair"),
        ("ranking/alpaca_eval_8_models.jsonl.gz", 805, "outputs"),
        ("intent/banking77_train.csv", 10_003, "columns"),
        ("intent/banking77_test.csv", 3080, "columns"),
        ("intent/banking77_categories.json", 77, "strings"),
        ("sql/questions_gen_postgres.csv", 210, "columns"),
        ("sql/questions_gen_sqlite.csv", 210, "columns"),
        ("sql/instruct_advanced_sqlite.csv", 64, "columns"),
        ("chat/toy_chat_fine_tuning.jsonl", 5, "openai-chat"),
        ("chat/v1_sft_demo.jsonl", 500, "openai-chat"),
        ("chat/oasst_realistic_seed_data.json", 444, "message-tree"),
        ("toolcall/glaive_toolcall_en_demo.json", 300, "sharegpt"),
        ("toolcall/reason_tool_use_demo_50.jsonl", 50, "openai-chat"),
    ];
    for &(name, records, format) in files {
        let imported = import(&data.join(name), &ImportOptions::default()).unwrap();
        let report = &imported.report;
        assert_eq!(report.read, records, "{name}: records");
        assert_eq!(report.imported + report.rejected, report.read, "{name}: nothing vanishes");
        assert_eq!(imported.rejects.len() as u64, report.rejected, "{name}: every reject is told");
        assert_eq!(report.formats[0].1, format, "{name}: format");
        assert_eq!(imported.dataset.verify().unwrap(), [], "{name}: counts and index");
        let counts = imported.dataset.reader().unwrap().counts().unwrap();
        assert_eq!(counts.total(), report.examples, "{name}: counted");
        eprintln!("{name}: {report:?}");
    }
}

#[test]
fn nested_instances_come_in_by_a_mapping() {
    let Some(data) = data() else { return };
    let mapping =
        "prompt=instruction,prompt=instances[0].input,response=instances[0].output".parse().unwrap();
    let options = ImportOptions { mapping: Some(mapping), ..ImportOptions::default() };
    let report = import(&data.join("sft/seed_tasks.jsonl"), &options).unwrap().report;
    assert_eq!((report.read, report.imported, report.examples), (175, 175, 175), "{report:?}");
}

#[test]
fn eight_models_answers_become_one_example_each() {
    let Some(data) = data() else { return };
    let imported =
        import(&data.join("ranking/alpaca_eval_8_models.jsonl.gz"), &ImportOptions::default()).unwrap();
    let counts = imported.dataset.reader().unwrap().counts().unwrap();
    assert_eq!(counts.count(|count| count.kind == Kind::Preference), 805);
    let davinci = counts.authors.iter().find(|author| author.name == "text_davinci_001").unwrap();
    assert_eq!(davinci.generated, 803, "two prompts have no answer of it");
}

#[test]
fn json_that_must_parse_does_and_json_that_must_not_is_refused_at_its_place() {
    let Some(data) = data() else { return };
    for entry in std::fs::read_dir(data.join("hard/JSONTestSuite/test_parsing")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let outcome = import(&path, &ImportOptions::default());
        match (name.as_bytes()[0], outcome) {
            (b'n', Ok(Imported { report, rejects, .. })) => {
                assert!(report.rejected > 0, "{name}: {report:?}");
                let placed = rejects.iter().any(|reject| reject.line > 0 && reject.column.is_some());
                assert!(placed, "{name}: {rejects:?}");
            }
            (b'n', Err(error)) => assert!(error.contains("holds no records"), "{name}: {error}"),
            // It may be no example; then the reason is not that it is no JSON.
            (b'y', Ok(Imported { rejects, .. })) => {
                assert!(
                    rejects.iter().all(|reject| !reject.reason.contains("not JSON")),
                    "{name}: {rejects:?}"
                );
            }
            (b'y', Err(error)) => assert!(!error.contains("not JSON"), "{name}: {error}"),
            _ => {}
        }
    }
}

/// What a person might paste: stored, found and given back to the last byte.
#[test]
fn naughty_strings_go_in_and_out_unchanged() {
    let Some(data) = data() else { return };
    for name in ["hard/blns.json", "hard/blns.txt"] {
        let imported = import(&data.join(name), &ImportOptions::default()).unwrap();
        let reader = imported.dataset.reader().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("out.jsonl");
        export(&reader, &Plan::of("goldset"), &Target::File(file.clone()), &mut |_| true).unwrap();
        let again = import(&file, &ImportOptions::default()).unwrap();
        let other = again.dataset.reader().unwrap();
        let total = i64::try_from(imported.report.examples).unwrap();
        assert_eq!(again.report.examples, imported.report.examples, "{name}");
        for id in 1..=total {
            assert_eq!(reader.example(id).unwrap(), other.example(id).unwrap(), "{name}: #{id}");
        }
    }
}
