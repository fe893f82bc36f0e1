//! What holds for any export, whatever is in the dataset.

use std::path::Path;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::dataset::{Dataset, ImportOptions, Verb};
use crate::example::Split;
use crate::formats::{Definitions, Outgoing, all};

/// A dataset of these lines.
fn dataset(folder: &Path, lines: &[String]) -> Dataset {
    let file = folder.join("in.jsonl");
    std::fs::write(&file, lines.join("\n")).unwrap();
    let mut dataset = Dataset::create(&folder.join("d.goldset"), "ana", &Definitions::default()).unwrap();
    dataset.import(&[file], &ImportOptions::default(), &mut |_| Ok(()), &mut |_| true).unwrap();
    dataset
}

fn chat(turns: &[(&str, &str)]) -> String {
    let turn = |(role, text): &(&str, &str)| json!({"role": role, "content": text});
    json!({"messages": turns.iter().map(turn).collect::<Vec<_>>()}).to_string()
}

fn judge(dataset: &Dataset, plan: &Plan) -> ExportReport {
    export(&dataset.reader().unwrap(), plan, &Target::Nowhere, &mut |_| true).unwrap()
}

fn rules(report: &ExportReport) -> Vec<(&'static str, u64)> {
    report.failures.iter().map(|failure| (failure.rule, failure.examples)).collect()
}

#[test]
fn what_is_longer_than_the_model_takes_stands_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let long = "word ".repeat(400);
    let mut dataset = dataset(
        folder.path(),
        &[chat(&[("user", "q"), ("assistant", &long)]), chat(&[("user", "q"), ("assistant", "a")])],
    );
    let plan = Plan { allow: vec!["records".to_owned()], ..Plan::of("openai-chat") };
    assert!(!judge(&dataset, &plan).is_stopped());
    let known = crate::curation::tokens::find("gpt-4o").unwrap();
    let mut model = known.model("gpt-4o", known.built_in()).unwrap();
    model.limit = Some(300);
    dataset.perform(&Verb::SetModel(Some(model))).unwrap();
    let report = judge(&dataset, &plan);
    assert_eq!((rules(&report), report.invalid), (vec![("tokens", 1)], 1));
    let (number, sentence) = &report.failures[0].places[0];
    assert_eq!(*number, 1);
    assert!(sentence.starts_with("has 41") && sentence.ends_with("tokens, and may have 300"), "{sentence}");
    let allowed = Plan { allow: vec!["records".to_owned(), "tokens".to_owned()], ..plan };
    assert!(!judge(&dataset, &allowed).is_stopped());
}

#[test]
fn files_of_a_folder_appear_all_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let turns = |text: &str| chat(&[("user", text), ("assistant", "a")]);
    let mut dataset = dataset(folder.path(), &[turns("one"), turns("two"), turns(" ")]);
    let on = crate::dataset::Selection::One(2);
    dataset.perform(&Verb::SetSplit { on, split: Some(Split::Test) }).unwrap();
    let target = Target::Folder(folder.path().join("out"));
    let plan = Plan { allow: vec!["records".to_owned()], ..Plan::of("openai-chat") };
    let report = export(&dataset.reader().unwrap(), &plan, &target, &mut |_| true).unwrap();
    assert_eq!(rules(&report), [("empty", 1)]);
    assert!(report.files.is_empty());
    let there = std::fs::read_dir(folder.path().join("out")).map_or(0, Iterator::count);
    assert_eq!(there, 0, "nothing is left of what was begun");
    let plan = Plan { skip_invalid: true, ..plan };
    let report = export(&dataset.reader().unwrap(), &plan, &target, &mut |_| true).unwrap();
    let names: Vec<&str> = report.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["train.jsonl", "test.jsonl"]);
}

#[test]
fn an_unknown_mend_or_format_is_told_with_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let dataset = dataset(folder.path(), &[chat(&[("user", "q"), ("assistant", "a")])]);
    let error = |plan: &Plan| {
        export(&dataset.reader().unwrap(), plan, &Target::Nowhere, &mut |_| true).unwrap_err().to_string()
    };
    assert!(error(&Plan::of("docx")).contains("there is no format “docx”"));
    let plan = Plan { mends: vec!["glue".to_owned()], ..Plan::of("alpaca") };
    assert!(error(&plan).contains("there is no mend “glue”; there are: system-first"));
}

/// Turns in any order, some of them empty.
fn turns() -> impl Strategy<Value = String> {
    let turn = (prop::sample::select(vec!["system", "user", "assistant"]), "[a-z]{0,2}");
    prop::collection::vec(turn, 1..6).prop_map(|turns| {
        let turns: Vec<(&str, &str)> = turns.iter().map(|(role, text)| (*role, text.as_str())).collect();
        chat(&turns)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// What goes out holds, what does not is counted, and with every mend allowed no fewer go out.
    #[test]
    fn every_example_is_written_or_counted(lines in prop::collection::vec(turns(), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let dataset = dataset(folder.path(), &lines);
        let reader = dataset.reader().unwrap();
        let n = lines.len() as u64;
        for format in all().filter(|format| format.carries() == crate::formats::Carries::Answer) {
            if format.writer(&crate::formats::WriteOptions::default()).is_none() {
                continue;
            }
            let plan = Plan {
                statuses: Some(Status::ALL.to_vec()),
                skip_invalid: true,
                allow: vec!["records".to_owned()],
                ..Plan::of(format.id())
            };
            let written = |plan: &Plan| match export(&reader, plan, &Target::Nowhere, &mut |_| true) {
                Ok(report) => {
                    prop_assert_eq!(report.examples, n);
                    prop_assert_eq!(report.written + report.invalid, n);
                    Ok(report.written)
                }
                Err(Error::NothingToExport(_)) => Ok(0),
                Err(error) => panic!("{error}"),
            };
            let bare = written(&plan)?;
            let mends = crate::formats::mends::ALL.iter().map(|mend| mend.id().to_owned()).collect();
            let mended = written(&Plan { mends, ..plan.clone() })?;
            prop_assert!(mended >= bare, "{}: {} with mends, {} without", format.id(), mended, bare);
            // what the rules let pass, the writer can write
            for id in reader.all_ids(&crate::query::Filter::everything()).unwrap() {
                let example = reader.example(id).unwrap().unwrap();
                let Ok(outgoing) = Outgoing::of(&example, format.carries(), &plan.choice) else { continue };
                let holds = format.rules().iter().all(|rule| rule.check(&outgoing).is_none());
                let mut writer = format.writer(&crate::formats::WriteOptions::default()).unwrap();
                if holds {
                    prop_assert!(writer.write(&example).is_ok(), "{}: #{id}", format.id());
                }
            }
        }
    }
}
