//! Token counts are those of the reference implementations, text by text, on real multilingual files.
//!
//! `tests/data/token_counts.py` made the numbers in `tests/data/token_counts.json` with Python's
//! tiktoken 0.14.0 and tokenizers 0.23.3. `GOLDSET_DATA` names the folder of files; `GOLDSET_TOKENIZERS`
//! a folder with `MODEL/tokenizer.json` for the open models. Skipped where they are not set.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use goldset::curation::tokens::{Counted, Counter};
use goldset::example::{Message, Model, Prompt, Vocabulary};
use goldset::text::tokens::Tokenizer;
use serde_json::Value;

fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: {variable} names no folder");
    }
    folder
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, found)),
        Value::Object(fields) => fields.values().for_each(|value| strings(value, found)),
        _ => {}
    }
}

fn texts(path: &Path, unit: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    match unit {
        "lines" => found.extend(text.split('\n').map(str::to_owned)),
        _ if path.extension().is_some_and(|extension| extension == "jsonl") => {
            for line in text.split('\n').filter(|line| !line.is_empty()) {
                strings(&serde_json::from_str(line).unwrap(), &mut found);
            }
        }
        _ => strings(&serde_json::from_str(&text).unwrap(), &mut found),
    }
    found
}

#[test]
fn every_text_of_the_data_counts_as_with_the_reference_implementations() {
    let Some(data) = folder("GOLDSET_DATA") else { return };
    let models = folder("GOLDSET_TOKENIZERS");
    let golden: Vec<Value> = serde_json::from_str(include_str!("data/token_counts.json")).unwrap();
    let mut tokenizers: BTreeMap<&str, Option<Tokenizer>> = BTreeMap::new();
    let mut compared = 0;
    for row in &golden {
        let (file, unit) = (row["file"].as_str().unwrap(), row["unit"].as_str().unwrap());
        let vocabulary = row["vocabulary"].as_str().unwrap();
        let tokenizer = tokenizers.entry(vocabulary).or_insert_with(|| match vocabulary {
            "o200k_base" => Some(Tokenizer::o200k()),
            "cl100k_base" => Some(Tokenizer::cl100k()),
            model => {
                let path = models.as_ref()?.join(model);
                path.is_dir().then(|| Tokenizer::file(&path).unwrap())
            }
        });
        let Some(tokenizer) = tokenizer else { continue };
        let texts = texts(&data.join(file), unit);
        let (mut tokens, mut checksum) = (0, 0_u64);
        for text in &texts {
            let count = tokenizer.count(text);
            assert!(count.exact, "{file}: {text}");
            tokens += count.tokens;
            checksum = checksum.wrapping_mul(1_000_003).wrapping_add(count.tokens);
        }
        let seen = (texts.len() as u64, tokens, format!("{checksum:016x}"));
        let wanted = (
            row["texts"].as_u64().unwrap(),
            row["tokens"].as_u64().unwrap(),
            row["checksum"].as_str().unwrap().to_owned(),
        );
        assert_eq!(seen, wanted, "{file}, {unit}, {vocabulary}");
        compared += texts.len();
    }
    eprintln!("compared {compared} texts");
}

/// The numbers: the models' own chat templates rendered by jinja2 and counted by tokenizers 0.23.3
/// (`add_special_tokens=False`), the prompt with `add_generation_prompt`. Where there is a system turn,
/// Mistral's are mistral-common 1.13.1's: the template leaves that turn out before an answer.
#[test]
fn conversations_count_as_with_the_templates_of_the_models() {
    let Some(models) = folder("GOLDSET_TOKENIZERS") else { return };
    let golden: Value = serde_json::from_str(include_str!("data/conversation_counts.json")).unwrap();
    for row in golden["counts"].as_array().unwrap() {
        let model = Model {
            name: row["model"].as_str().unwrap().to_owned(),
            vocabulary: Vocabulary::File(format!("{}/tokenizer.json", row["model"].as_str().unwrap())),
            stands_in: false,
            form: serde_json::from_value(row["form"].clone()).unwrap(),
            limit: None,
        };
        let counter = Counter::load(Some(&model), &models).unwrap();
        assert!(counter.knows_the_form());
        let conversations = golden["conversations"].as_array().unwrap();
        for (conversation, wanted) in conversations.iter().zip(row["counts"].as_array().unwrap()) {
            let mut messages: Vec<Message> =
                conversation.as_array().unwrap().iter().map(|one| Message::from_json(one).unwrap()).collect();
            let answer = vec![messages.pop().unwrap()];
            let prompt = Prompt { messages, tools: Vec::new() };
            let seen = counter.conversation(&prompt, [answer.as_slice()]);
            let (asked, whole) = (wanted[0].as_u64().unwrap(), wanted[1].as_u64().unwrap());
            let expected =
                Counted { prompt: asked, responses: vec![whole - asked], conversation: whole, exact: true };
            assert_eq!(seen, expected, "{}, {}: {conversation}", row["model"], row["form"]);
        }
    }
}
