//! Vocabularies from a `tokenizer.json`, the form in which open models carry theirs.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::estimate::estimate;
use super::portions::portions;
use super::tokenizer::{Count, TokenizerError};

/// The largest that is read. Those of the models with the largest vocabularies have 30 to 40 MB.
const MOST_BYTES: u64 = 128 << 20;
/// Texts up to this size are counted in one piece; a longer one in portions, whose sum may be off
/// by a token for each.
const WHOLE: usize = 1 << 20;

/// A vocabulary from a file.
pub(super) struct FromFile {
    path: PathBuf,
    tokenizer: tokenizers::Tokenizer,
    /// Words that are one token wherever they stand.
    special: HashSet<String>,
    of_bytes: bool,
}

impl FromFile {
    pub(super) fn read(path: &Path) -> Result<Self, TokenizerError> {
        let mut path = path.to_owned();
        if path.is_dir() {
            path.push("tokenizer.json");
        }
        let bytes = read(&path)?;
        let mut tokenizer = tokenizers::Tokenizer::from_bytes(&bytes)
            .map_err(|error| TokenizerError::Wrong { reason: reason(&bytes, &error), path: path.clone() })?;
        // Trainers set these themselves; what the file happens to hold would cap every count.
        let _ = tokenizer.with_padding(None);
        tokenizer
            .with_truncation(None)
            .map_err(|error| TokenizerError::Wrong { reason: error.to_string(), path: path.clone() })?;
        let added = tokenizer.get_added_tokens_decoder();
        let special = added.into_values().map(|token| token.content).collect();
        // In vocabularies of bytes, Ġ stands for the blank.
        let of_bytes = tokenizer.token_to_id("\u{120}").is_some();
        Ok(Self { path, tokenizer, special, of_bytes })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn is_special(&self, word: &str) -> bool {
        self.special.contains(word)
    }

    pub(super) const fn is_of_bytes(&self) -> bool {
        self.of_bytes
    }

    pub(super) fn count(&self, text: &str) -> Count {
        if text.len() <= WHOLE {
            return self.count_whole(text);
        }
        let counts = portions(text).map(|portion| self.count_whole(portion.text));
        Count::about(counts.sum::<Count>().tokens)
    }

    fn count_whole(&self, text: &str) -> Count {
        match self.tokenizer.encode_fast(text, false) {
            Ok(encoding) => Count::exactly(encoding.len() as u64),
            // A vocabulary of words that has none for what it doesn't know.
            Err(_) => Count::about(u64::from(estimate(text))),
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, TokenizerError> {
    let unreadable = |source| TokenizerError::Unreadable { path: path.to_owned(), source };
    // Looked at before it is opened: opening a pipe would wait for its other end.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(TokenizerError::NoFile { path: path.to_owned() });
    }
    if metadata.len() > MOST_BYTES {
        let bytes = metadata.len();
        return Err(TokenizerError::TooLarge { path: path.to_owned(), bytes, most: MOST_BYTES });
    }
    let mut bytes = Vec::new();
    // It may grow meanwhile; then it is cut off, and its JSON is broken.
    File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

/// The fields by which one knows what a file is.
#[derive(Deserialize)]
struct Fields {
    model: Option<IgnoredAny>,
    config: Option<IgnoredAny>,
    vocab: Option<IgnoredAny>,
    tokenizer_class: Option<IgnoredAny>,
}

/// What is wrong with a file that the reader of tokenizers refuses.
fn reason(bytes: &[u8], error: &dyn std::fmt::Display) -> String {
    if bytes.is_empty() {
        return "it is empty".to_owned();
    }
    let fields = match serde_json::from_slice::<Fields>(bytes) {
        Ok(fields) => fields,
        Err(_) if !bytes.trim_ascii_start().starts_with(b"{") => {
            return "it is no JSON object; a tokenizer.model is another form, which the model's repository has \
                    as tokenizer.json too"
                .to_owned();
        }
        Err(error) => return format!("its JSON is broken: {error}"),
    };
    if fields.model.is_some() {
        return format!("it can't be understood: {error}");
    }
    if fields.config.is_some() && fields.vocab.is_some() {
        return "it is a tekken.json; the model's repository for Hugging Face's transformers has a tokenizer.json"
            .to_owned();
    }
    if fields.tokenizer_class.is_some() {
        return "it is a tokenizer_config.json; the vocabulary stands in the tokenizer.json beside it"
            .to_owned();
    }
    "it has no field “model”".to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// A vocabulary of bytes with one merge and one special token, as Hugging Face's library writes it.
    fn tiny() -> String {
        let letters = ["a", "b", "c", "\u{120}", "ab", "abc"];
        let vocabulary: BTreeMap<&str, usize> =
            letters.iter().enumerate().map(|(id, &letter)| (letter, id)).collect();
        serde_json::json!({
            "version": "1.0",
            "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
            "padding": null,
            "added_tokens": [{"id": 6, "content": "<|im_end|>", "single_word": false, "lstrip": false,
                "rstrip": false, "normalized": false, "special": true}],
            "normalizer": null,
            "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
            "post_processor": null,
            "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
            "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
                "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
                "vocab": vocabulary, "merges": [["a", "b"], ["ab", "c"]]},
        })
        .to_string()
    }

    fn refused(name: &str, bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let sentence = FromFile::read(&path).err().unwrap().to_string();
        assert!(sentence.contains(name), "{sentence}");
        sentence
    }

    #[test]
    fn a_file_counts_as_it_says() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tokenizer.json"), tiny()).unwrap();
        let file = FromFile::read(folder.path()).unwrap();
        // `abc`, ` ` and `ab`: the file's own truncation to two tokens is not for us.
        assert_eq!(file.count("abc ab"), Count::exactly(3));
        assert_eq!(file.count("abc<|im_end|>"), Count::exactly(2));
        assert!(file.is_special("<|im_end|>") && !file.is_special("abc") && file.is_of_bytes());
        assert_eq!(file.count(""), Count::exactly(0));
        let long = file.count(&"abc ".repeat(500_000));
        assert!(long.tokens.abs_diff(1_000_000) < 200 && !long.exact);
    }

    #[test]
    fn what_is_no_tokenizer_is_refused_with_the_reason() {
        assert!(refused("a.json", b"").contains("it is empty"));
        assert!(refused("tokenizer.model", b"\x0a\x0e\x0a\x05<unk>").contains("another form"));
        assert!(refused("b.json", b"{\"model\": {\"type\": \"BPE\"").contains("JSON is broken"));
        assert!(refused("c.json", b"{\"version\": \"1.0\"}").contains("no field “model”"));
        assert!(refused("tekken.json", b"{\"config\": {}, \"vocab\": []}").contains("is a tekken.json"));
        assert!(refused("d.json", b"{\"tokenizer_class\": \"X\"}").contains("tokenizer_config.json"));
        assert!(refused("e.json", b"{\"model\": {\"type\": \"Nonesuch\"}}").contains("can't be understood"));
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = FromFile::read(&folder.path().join("none.json")).err().unwrap();
        assert!(
            matches!(error, TokenizerError::Unreadable { .. }) && error.to_string().contains("none.json")
        );
        std::fs::create_dir_all(folder.path().join("tokenizer.json")).unwrap();
        let error = FromFile::read(folder.path()).err().unwrap();
        assert!(matches!(error, TokenizerError::NoFile { .. }), "{error}");
        let huge = folder.path().join("huge.json");
        File::create(&huge).and_then(|file| file.set_len(1 << 30)).unwrap();
        let error = FromFile::read(&huge).err().unwrap();
        assert!(error.to_string().contains("1024 MB"), "{error}");
    }
}
