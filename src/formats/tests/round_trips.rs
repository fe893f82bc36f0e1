//! What is written is read back as it was, or what did not go along was told: for every format of the
//! registry that is written, over examples of every make.

use std::io::Cursor;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use super::generated::through_text;
use super::losses::untold;
use super::strategies::{Feature, example, with};
use super::*;
use crate::formats::container::{Kind as Container, Sink, open};

/// How many examples are tried on each format, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 12;

fn config() -> Config {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    Config { cases, failure_persistence: None, max_shrink_iters: 1024, ..Config::default() }
}

/// The formats that are written and read.
fn both_ways() -> impl Iterator<Item = &'static dyn Format> {
    let options = (ReadOptions::default(), WriteOptions::default());
    all().filter(move |format| format.reader(&options.0).is_some() && format.writer(&options.1).is_some())
}

/// Whether the rules of a format let an example pass, as the gate of an export asks them.
fn passes(format: &dyn Format, example: &Example) -> bool {
    Outgoing::of(example, format.carries(), &Choice::default())
        .is_ok_and(|outgoing| format.rules().iter().all(|rule| rule.check(&outgoing).is_none()))
}

/// Whether a writer may still refuse what the rules let pass, as the export then tells: where an example is
/// made of more than rules are asked about (the reference of a question, the columns of a table).
fn may_refuse(format: &dyn Format) -> bool {
    matches!(format.carries(), Carries::Question | Carries::Everything)
}

/// What a format has room for beyond a question and its answer, by its own rules.
fn taken(format: &dyn Format) -> Vec<Feature> {
    let kind = format.carries().kind().unwrap_or(Kind::Sft);
    let options = WriteOptions::default();
    let takes = |feature: &Feature| {
        let example = with(Some(*feature), kind);
        let mut writer = format.writer(&options).unwrap();
        passes(format, &example) && writer.write(&example).is_ok()
    };
    Feature::ALL.iter().copied().filter(takes).collect()
}

/// Runs a property on every format over examples that it has room for, and tells of all that fail.
fn on_every_format(
    property: impl Fn(&'static dyn Format, &Example, &WriteOptions) -> Result<(), TestCaseError>,
) {
    let mut failures = Vec::new();
    for format in both_ways() {
        let options = (prop::option::of(any::<bool>()), prop::option::weighted(0.2, any::<bool>()));
        let strategy = (example(format.carries().kind(), taken(format)), options);
        let tried = TestRunner::new(config()).run(&strategy, |(example, (extra_fields, judgements))| {
            let options = WriteOptions { extra_fields, judgements, choice: Choice::default() };
            property(format, &example, &options)
        });
        if let Err(failure) = tried {
            failures.push(format!("{}: {failure}", format.id()));
        }
    }
    assert!(failures.is_empty(), "{} formats:\n{}", failures.len(), failures.join("\n\n"));
}

fn read_back(format: &dyn Format, records: &[Value]) -> Result<Vec<Example>, TestCaseError> {
    let mut reader = format.reader(&ReadOptions::default()).unwrap();
    let mut examples = Vec::new();
    for record in records {
        let items = reader
            .read(through_text(record))
            .map_err(|misfit| TestCaseError::fail(format!("its own reader says: {misfit}\n{record}")))?;
        examples.extend(items.into_iter().map(|item| match item {
            Item::Example(example) => *example,
            Item::Definitions(definitions) => panic!("{definitions:?}"),
        }));
    }
    let finished = reader.finish();
    prop_assert!(finished.misfits.is_empty(), "{:?}", finished.misfits);
    examples.extend(finished.items.into_iter().filter_map(|item| match item {
        Item::Example(example) => Some(*example),
        Item::Definitions(_) => None,
    }));
    Ok(examples)
}

#[test]
fn a_question_and_its_answer_pass_everywhere() {
    for format in both_ways() {
        let kind = format.carries().kind().unwrap_or(Kind::Sft);
        // some are about more than the answer: how good it is, or its steps
        let needed = [None, Some(Feature::Steps), Some(Feature::Rated)];
        assert!(needed.iter().any(|feature| passes(format, &with(*feature, kind))), "{}", format.id());
    }
}

/// The records of an example that a format takes; none where it does not.
fn admitted(
    format: &dyn Format,
    example: &Example,
    options: &WriteOptions,
) -> Result<Option<Written>, TestCaseError> {
    if !passes(format, example) {
        return Ok(None);
    }
    let written = match format.writer(options).unwrap().write(example) {
        Ok(written) => written,
        Err(_) if may_refuse(format) => return Ok(None),
        Err(reason) => return Err(TestCaseError::fail(format!("passes the gate, and then: {reason}"))),
    };
    prop_assert!(!written.records.is_empty());
    let again = format.writer(options).unwrap().write(example).unwrap();
    prop_assert_eq!(&again, &written, "written twice");
    Ok(Some(written))
}

/// The records of a file that holds these, in the container that the format usually has.
fn through_file(format: &dyn Format, written: &Written) -> Result<Vec<Value>, TestCaseError> {
    let kind = format.container();
    let name = format!("data.{}", kind.ending());
    let file = || {
        let mut sink = Sink::new(Vec::new(), kind, &name).unwrap();
        written.records.iter().for_each(|record| sink.write(record).unwrap());
        sink.finish().unwrap()
    };
    let bytes = file();
    prop_assert_eq!(&file(), &bytes, "a file written twice");
    if kind == Container::JsonLines {
        let text = std::str::from_utf8(&bytes).unwrap();
        prop_assert_eq!(text.lines().count(), written.records.len());
        prop_assert!(!text.contains(['\u{85}', '\u{2028}', '\u{2029}']), "{:?}", text);
    }
    let records = open(Cursor::new(bytes), &name, None).unwrap();
    let records: Vec<Value> = records.map(|record| record.unwrap().value.unwrap()).collect();
    if matches!(kind, Container::JsonLines | Container::JsonArray) {
        prop_assert_eq!(&records, &written.records);
    }
    Ok(records)
}

#[test]
fn what_is_written_comes_back_or_is_told() {
    on_every_format(|format, example, options| {
        let Some(written) = admitted(format, example, options)? else { return Ok(()) };
        let records = through_file(format, &written)?;
        let losses = untold(example, format, &written, &read_back(format, &records)?);
        prop_assert!(losses.is_empty(), "{}\n{:?}\n{:?}", losses.join("\n"), written.left_out, records);
        Ok(())
    });
}

#[test]
fn what_nothing_else_looks_like_is_recognised() {
    let mut failures = Vec::new();
    for format in both_ways() {
        let features = taken(format).into_iter().map(Some).chain([None]);
        for feature in features {
            let example = with(feature, format.carries().kind().unwrap_or(Kind::Sft));
            if feature.is_none() && !passes(format, &example) {
                continue;
            }
            let written = format.writer(&WriteOptions::default()).unwrap().write(&example).unwrap();
            if written.records.iter().any(|one| format.fit(one) != Fit::Certain) {
                continue;
            }
            let found = recognise(&written.records).unwrap();
            // another format may stand for it where that one makes the same of the records
            let back = read_back(found.format, &written.records);
            let losses = back.map(|back| untold(&example, format, &written, &back));
            if !losses.as_ref().is_ok_and(Vec::is_empty) {
                failures.push(format!("{} ({feature:?}) as {found:?}: {losses:?}", format.id()));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
