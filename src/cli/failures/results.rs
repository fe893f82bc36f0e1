//! What an evaluation gave: a JSON line for each test, joined to the examples that were asked.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use serde_json::{Map, Value};

use crate::cli::failure::{Failure, Result};
use crate::cli::input;
use crate::dataset::Reader;
use crate::example::{Status, TestResult, TestTag, Tested};
use crate::query::Filter;
use crate::text::json::syntax::fault_in_line;

/// Examples whose questions are read at a time.
const PORTION: usize = 2_000;
/// Fields by which an example is named, in the order in which they count.
const NAMES: [&str; 3] = ["example", "number", "id"];
/// Bad lines that are told one by one.
const TOLD: usize = 10;

/// What a test was about, as the line says it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    /// An example, by its number or its id.
    Example(String),
    /// A prompt: its last user turn.
    Prompt(String),
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq)]
struct Test {
    line: u32,
    about: About,
    passed: bool,
    score: Option<f64>,
    answer: Option<String>,
    model: Option<String>,
    tags: Vec<TestTag>,
}

/// The tests of a file, each about an example or about a prompt that none has.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// In the order of the file.
    pub tests: Vec<TestResult>,
    /// The model whose answers they are, where the lines name one and no other.
    pub model: Option<String>,
    /// The file, as it was named.
    pub source: String,
    /// Lines that name an example which the dataset has not.
    pub unknown: Vec<u32>,
    /// Lines about a prompt that no example has.
    pub others: u64,
    /// Lines about what a later line is about too.
    pub replaced: u64,
}

/// Reads a file of results; a score passes from `passes_at` on.
pub(super) fn read(reader: &Reader, path: &Path, passes_at: f64) -> Result<Results> {
    let (name, text) = input::text(path)?;
    let read =
        parse(&name, text.strip_prefix('\u{feff}').unwrap_or(&text), passes_at).map_err(Failure::Said)?;
    if read.is_empty() {
        return Err(Failure::Said(format!("{name}: there are no results in it")));
    }
    let needs_prompts = read.iter().any(|test| matches!(test.about, About::Prompt(_)));
    let prompts = if needs_prompts { prompts(reader)? } else { HashMap::new() };
    let models: BTreeSet<&String> = read.iter().filter_map(|test| test.model.as_ref()).collect();
    let model = models.first().filter(|_| models.len() == 1).map(|model| (*model).clone());
    let mut results = Results { model, source: name.clone(), ..Results::default() };
    for test in read {
        let about = match test.about {
            About::Example(name) => match reader.find(&name) {
                Ok(id) => Tested::Example(id),
                Err(crate::dataset::Error::NoExample(_)) => {
                    results.unknown.push(test.line);
                    continue;
                }
                Err(error) => return Err(error.into()),
            },
            About::Prompt(prompt) => match prompts.get(&prompt) {
                Some(id) => Tested::Example(*id),
                None => Tested::Prompt(prompt),
            },
        };
        results.tests.push(TestResult {
            place: test.line,
            about,
            passed: test.passed,
            score: test.score,
            answer: test.answer,
            tags: test.tags,
        });
    }
    results.replaced = keep_last(&mut results.tests);
    results.others =
        results.tests.iter().filter(|test| matches!(test.about, Tested::Prompt(_))).count() as u64;
    if results.tests.is_empty() {
        return Err(Failure::Said(format!(
            "{name}: no line of it is about an example of this dataset; name them by `example` (number or id) or \
             `prompt`"
        )));
    }
    reader.predict_tags(&mut results.tests)?;
    Ok(results)
}

/// Of several tests of the same the last one counts; answers how many were dropped.
fn keep_last(tests: &mut Vec<TestResult>) -> u64 {
    let before = tests.len();
    let mut seen: HashSet<Tested> = HashSet::with_capacity(before);
    tests.reverse();
    tests.retain(|test| seen.insert(test.about.clone()));
    tests.reverse();
    (before - tests.len()) as u64
}

/// The examples by what they ask; of several that ask the same the first.
fn prompts(reader: &Reader) -> Result<HashMap<String, i64>> {
    let ids = reader.all_ids(&Filter::status(Status::Discarded).negated())?;
    let mut prompts = HashMap::new();
    for portion in ids.chunks(PORTION) {
        for row in reader.rows(portion)? {
            prompts.entry(row.question.trim().to_owned()).or_insert(row.id);
        }
    }
    Ok(prompts)
}

/// The tests, or sentences that name each bad line and its field: a file is taken whole or not at all.
fn parse(name: &str, text: &str, passes_at: f64) -> std::result::Result<Vec<Test>, String> {
    let lines = (1_u32..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (mut tests, mut wrong) = (Vec::new(), Vec::new());
    for (line, text) in lines {
        match read_line(line, text, passes_at) {
            Ok(read) => tests.push(read),
            Err(reason) => wrong.push(format!("{name}, line {line}: {reason}")),
        }
    }
    if wrong.is_empty() {
        return Ok(tests);
    }
    let more = wrong.len().saturating_sub(TOLD);
    wrong.truncate(TOLD);
    if more > 0 {
        wrong.push(format!("{name}: and {more} more lines like these"));
    }
    Err(wrong.join("\n"))
}

fn read_line(line: u32, text: &str, passes_at: f64) -> std::result::Result<Test, String> {
    let fields: Map<String, Value> = serde_json::from_str(text).map_err(|_| match fault_in_line(text) {
        Some(fault) => format!("it is no JSON object: {fault}"),
        None => "it is no JSON object".to_owned(),
    })?;
    let about = about(&fields)?;
    let (passed, score) = passed(&fields, passes_at)?;
    let (answer, model) = (said(&fields, "answer")?, said(&fields, "model")?);
    Ok(Test { line, about, passed, score, answer, model, tags: tags(&fields)? })
}

/// A field that is a text, where it is there.
fn said(fields: &Map<String, Value>, name: &str) -> std::result::Result<Option<String>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{name}: it is no text")),
    }
}

/// `{"facet": "value"}`, or a list of values.
fn tags(fields: &Map<String, Value>) -> std::result::Result<Vec<TestTag>, String> {
    let facets = match fields.get("tags") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(facets)) => facets,
        Some(_) => return Err("tags: it is no object of facets and values".to_owned()),
    };
    let mut tags = Vec::new();
    for (facet, values) in facets {
        let values = match values {
            Value::Array(values) => values.as_slice(),
            one => std::slice::from_ref(one),
        };
        for value in values {
            let Value::String(value) = value else {
                return Err(format!("tags.{facet}: {value} is no value's name"));
            };
            tags.push(TestTag { facet: facet.clone(), value: value.clone(), predicted: None });
        }
    }
    Ok(tags)
}

fn about(fields: &Map<String, Value>) -> std::result::Result<About, String> {
    let given = |name: &str| fields.get(name).filter(|value| !value.is_null());
    for name in NAMES {
        match given(name) {
            None => {}
            Some(Value::String(text)) => return Ok(About::Example(text.clone())),
            Some(Value::Number(number)) if number.is_i64() => return Ok(About::Example(number.to_string())),
            Some(other) => {
                return Err(format!("{name}: {other} is neither the number nor the id of an example"));
            }
        }
    }
    match given("prompt") {
        Some(Value::String(text)) => Ok(About::Prompt(text.trim().to_owned())),
        Some(Value::Array(messages)) => last_user_turn(messages)
            .map(About::Prompt)
            .ok_or_else(|| "prompt: none of its messages is a user's text".to_owned()),
        Some(_) => Err("prompt: it is neither a text nor a list of messages".to_owned()),
        None => Err("say which example was asked: `example` (number or id) or `prompt`".to_owned()),
    }
}

fn last_user_turn(messages: &[Value]) -> Option<String> {
    let of_user =
        messages.iter().rev().find(|message| message.get("role").is_some_and(|role| role == "user"))?;
    Some(of_user.get("content")?.as_str()?.trim().to_owned())
}

/// Whether it passed, and the score where there is one.
fn passed(fields: &Map<String, Value>, passes_at: f64) -> std::result::Result<(bool, Option<f64>), String> {
    let given = |name: &str| fields.get(name).filter(|value| !value.is_null());
    let score = match given("score") {
        None => None,
        Some(score) => Some(score.as_f64().ok_or_else(|| format!("score: {score} is no number"))?),
    };
    match (given("passed"), score) {
        (Some(Value::Bool(passed)), score) => Ok((*passed, score)),
        (Some(other), _) => Err(format!("passed: {other} is neither true nor false")),
        (None, Some(score)) => Ok((score >= passes_at, Some(score))),
        (None, None) => Err("say how it came out: `passed` (true or false) or `score` (a number)".to_owned()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_named_in_several_ways_and_scores_pass_from_a_number_on() {
        let text = r##"{"example": 7, "passed": true, "answer": "x", "model": "m", "tags": {"a": "b", "c": ["d", "e"]}}
{"number": "#8", "score": 0.5}

{"prompt": " Why? ", "score": 0.4, "passed": null, "answer": "  "}
{"prompt": [{"role": "user", "content": "Why?"}, {"role": "user", "content": "And how?"}], "passed": false}"##;
        let tests = parse("r", text, 0.5).unwrap();
        let about: Vec<(u32, About, bool, Option<f64>)> =
            tests.iter().map(|test| (test.line, test.about.clone(), test.passed, test.score)).collect();
        let example = |name: &str| About::Example(name.to_owned());
        let prompt = |text: &str| About::Prompt(text.to_owned());
        assert_eq!(
            about,
            [
                (1, example("7"), true, None),
                (2, example("#8"), true, Some(0.5)),
                (4, prompt("Why?"), false, Some(0.4)),
                (5, prompt("And how?"), false, None),
            ]
        );
        let first = tests.first().unwrap();
        assert_eq!((first.answer.as_deref(), first.model.as_deref()), (Some("x"), Some("m")));
        let tags: Vec<(&str, &str)> =
            first.tags.iter().map(|tag| (tag.facet.as_str(), tag.value.as_str())).collect();
        assert_eq!(tags, [("a", "b"), ("c", "d"), ("c", "e")]);
        assert!(tests.iter().skip(1).all(|test| test.answer.is_none() && test.tags.is_empty()));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_field() {
        for (line, reason) in [
            ("[]", "it is no JSON object"),
            ("{\"example\" 7}", "it is no JSON object: column 12: a colon is expected"),
            ("{\"passed\": true}", "say which example"),
            ("{\"example\": 7}", "say how it came out"),
            ("{\"example\": 7, \"passed\": \"yes\"}", "passed: \"yes\" is neither true nor false"),
            ("{\"example\": 7, \"score\": \"high\"}", "score: \"high\" is no number"),
            ("{\"example\": 7.5, \"score\": 1}", "example: 7.5 is neither"),
            ("{\"prompt\": [], \"score\": 1}", "prompt: none of its messages"),
            ("{\"example\": 7, \"score\": 1, \"answer\": []}", "answer: it is no text"),
            ("{\"example\": 7, \"score\": 1, \"tags\": [\"a\"]}", "tags: it is no object"),
            ("{\"example\": 7, \"score\": 1, \"tags\": {\"a\": 1}}", "tags.a: 1 is no value's name"),
        ] {
            let said = parse("r", &format!("\n{line}"), 0.5).unwrap_err();
            assert!(said.starts_with("r, line 2: ") && said.contains(reason), "{said}");
        }
    }

    #[test]
    fn all_bad_lines_are_told_at_once() {
        let said = parse("r", "{}\n{\"example\": 1, \"passed\": true}\n[]\n", 0.5).unwrap_err();
        assert_eq!(said.lines().count(), 2, "{said}");
        assert!(said.contains("r, line 1: ") && said.contains("r, line 3: "), "{said}");
        let many = parse("r", &"[]\n".repeat(30), 0.5).unwrap_err();
        assert!(many.ends_with("and 20 more lines like these"), "{many}");
    }
}
