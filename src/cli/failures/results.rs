//! What an evaluation gave: a JSON line for each test, joined to the examples that were asked.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde_json::{Map, Value};

use crate::cli::contract::read_file;
use crate::cli::failure::{Failure, Result};
use crate::dataset::Reader;
use crate::example::Status;
use crate::query::Filter;

/// Examples whose questions are read at a time.
const PORTION: usize = 2_000;
/// Fields by which an example is named, in the order in which they count.
const NAMES: [&str; 3] = ["example", "number", "id"];

/// What a test was about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    /// An example, by its number or its id.
    Example(String),
    /// A prompt: its last user turn.
    Prompt(String),
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    line: usize,
    about: About,
    passed: bool,
}

/// The tests of a file by the example that they are about.
#[derive(Debug, Default)]
pub(super) struct Results {
    /// Whether each passed.
    pub passed: BTreeMap<i64, bool>,
    /// Lines about what is not in the dataset.
    pub unknown: Vec<usize>,
    /// Lines about an example that a later line is about too.
    pub replaced: u64,
}

/// Reads a file of results; a score passes from `passes_at` on.
pub(super) fn read(reader: &Reader, path: &Path, passes_at: f64) -> Result<Results> {
    let (name, text) = read_file(path)?;
    let tests =
        parse(&name, text.strip_prefix('\u{feff}').unwrap_or(&text), passes_at).map_err(Failure::Said)?;
    if tests.is_empty() {
        return Err(Failure::Said(format!("{name}: there are no results in it")));
    }
    let needs_prompts = tests.iter().any(|test| matches!(test.about, About::Prompt(_)));
    let prompts = if needs_prompts { prompts(reader)? } else { HashMap::new() };
    let mut results = Results::default();
    for test in tests {
        let found = match &test.about {
            About::Example(name) => match reader.find(name) {
                Ok(id) => Some(id),
                Err(crate::dataset::Error::NoExample(_)) => None,
                Err(error) => return Err(error.into()),
            },
            About::Prompt(prompt) => prompts.get(prompt).copied(),
        };
        match found {
            None => results.unknown.push(test.line),
            Some(id) => results.replaced += u64::from(results.passed.insert(id, test.passed).is_some()),
        }
    }
    if results.passed.is_empty() {
        return Err(Failure::Said(format!(
            "{name}: no line of it is about an example of this dataset; name them by `example` (number or id) or \
             `prompt`"
        )));
    }
    Ok(results)
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

/// The tests, or a sentence that names the line and the field.
fn parse(name: &str, text: &str, passes_at: f64) -> std::result::Result<Vec<Test>, String> {
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let read = |(line, text): (usize, &str)| {
        let place = |reason: String| format!("{name}, line {line}: {reason}");
        let fields: Map<String, Value> =
            serde_json::from_str(text).map_err(|error| place(format!("it is no JSON object ({error})")))?;
        let about = about(&fields).map_err(place)?;
        let passed = passed(&fields, passes_at).map_err(place)?;
        Ok(Test { line, about, passed })
    };
    lines.map(read).collect()
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

fn passed(fields: &Map<String, Value>, passes_at: f64) -> std::result::Result<bool, String> {
    let given = |name: &str| fields.get(name).filter(|value| !value.is_null());
    match (given("passed"), given("score")) {
        (Some(Value::Bool(passed)), _) => Ok(*passed),
        (Some(other), _) => Err(format!("passed: {other} is neither true nor false")),
        (None, Some(score)) => match score.as_f64() {
            Some(score) => Ok(score >= passes_at),
            None => Err(format!("score: {score} is no number")),
        },
        (None, None) => Err("say how it came out: `passed` (true or false) or `score` (a number)".to_owned()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_named_in_several_ways_and_scores_pass_from_a_number_on() {
        let text = r##"{"example": 7, "passed": true, "answer": "x"}
{"number": "#8", "score": 0.5}

{"prompt": " Why? ", "score": 0.4, "passed": null}
{"prompt": [{"role": "user", "content": "Why?"}, {"role": "user", "content": "And how?"}], "passed": false}"##;
        let tests = parse("r", text, 0.5).unwrap();
        let example = |name: &str| About::Example(name.to_owned());
        let prompt = |text: &str| About::Prompt(text.to_owned());
        assert_eq!(
            tests,
            [
                Test { line: 1, about: example("7"), passed: true },
                Test { line: 2, about: example("#8"), passed: true },
                Test { line: 4, about: prompt("Why?"), passed: false },
                Test { line: 5, about: prompt("And how?"), passed: false },
            ]
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_field() {
        for (line, reason) in [
            ("[]", "no JSON object"),
            ("{\"passed\": true}", "say which example"),
            ("{\"example\": 7}", "say how it came out"),
            ("{\"example\": 7, \"passed\": \"yes\"}", "passed: \"yes\" is neither true nor false"),
            ("{\"example\": 7, \"score\": \"high\"}", "score: \"high\" is no number"),
            ("{\"example\": 7.5, \"score\": 1}", "example: 7.5 is neither"),
            ("{\"prompt\": [], \"score\": 1}", "prompt: none of its messages"),
        ] {
            let said = parse("r", &format!("\n{line}"), 0.5).unwrap_err();
            assert!(said.starts_with("r, line 2: ") && said.contains(reason), "{said}");
        }
    }
}
