//! Files that trainers want beside their data: what the columns mean, and the part of the settings that
//! belongs to them.

use serde_json::{Map, Value, json};

use crate::formats::SideFile;

/// The name of a file without its endings: `train` of `train.jsonl.gz`.
fn stem(file: &str) -> &str {
    let bare = [".gz", ".zst"].iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    match bare.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => bare,
    }
}

/// LLaMA-Factory's `dataset_info.json`, with an entry for each file. `described` is what they all have;
/// it joins what other exports wrote there.
pub(super) fn dataset_info(files: &[String], described: &Value) -> Vec<SideFile> {
    if files.is_empty() {
        return Vec::new();
    }
    let mut entries = Map::new();
    for file in files {
        let mut entry = Map::new();
        entry.insert("file_name".to_owned(), json!(file));
        entry.extend(described.as_object().cloned().unwrap_or_default());
        entries.insert(stem(file).to_owned(), Value::Object(entry));
    }
    let text = format!("{:#}\n", Value::Object(entries));
    vec![SideFile { name: "dataset_info.json".to_owned(), text, joins: true }]
}

/// A piece of YAML for each file, `NAME.TRAINER.yml`. In `template` the word `FILE` stands for the name of
/// the file, quoted.
pub(super) fn yaml(files: &[String], trainer: &str, template: &str) -> Vec<SideFile> {
    let of = |file: &String| SideFile {
        name: format!("{}.{trainer}.yml", stem(file)),
        text: template.replace("FILE", &json!(file).to_string()),
        joins: false,
    };
    files.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_a_name_without_its_endings() {
        let names = ["train.jsonl", "a.b.json", "train.jsonl.gz", "x.jsonl.zst", "bare", ".hidden"];
        assert_eq!(names.map(stem), ["train", "a.b", "train", "x", "bare", ".hidden"]);
    }
}
