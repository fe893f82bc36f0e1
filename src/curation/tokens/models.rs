//! The models that Goldset knows by name: vocabulary, form and limit.

use crate::example::{ChatForm, Model, Vocabulary};

/// Where the vocabulary of a known model is to be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// `o200k_base`, built in.
    O200k,
    /// `cl100k_base`, built in.
    Cl100k,
    /// It is not public: `o200k_base` stands in, and counts are “about”.
    NotPublic,
    /// The `tokenizer.json` of the model's repository.
    File,
}

/// A model that Goldset knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Its name, without a date.
    pub name: &'static str,
    /// Where its vocabulary is to be had.
    pub source: Source,
    /// The form of its conversations.
    pub form: ChatForm,
    /// The most tokens of a training example, where its trainer is one service with one limit.
    pub limit: Option<u64>,
    /// Where that is written.
    pub written: &'static str,
    /// When it was read there.
    pub as_of: &'static str,
}

const fn known(
    name: &'static str,
    source: Source,
    form: ChatForm,
    limit: Option<u64>,
    written: &'static str,
) -> Known {
    Known { name, source, form, limit, written, as_of: "2026-11" }
}

const OWN_LIMIT: &str = "your trainer's sequence length is the limit: --limit";

/// The models that are known, those of services first.
pub const KNOWN: &[Known] = &[
    known(
        "gpt-4o",
        Source::O200k,
        ChatForm::OpenAi,
        Some(65_536),
        "OpenAI's fine-tuning guide, Azure's table of models",
    ),
    known(
        "gpt-4o-mini",
        Source::O200k,
        ChatForm::OpenAi,
        Some(65_536),
        "OpenAI's fine-tuning guide, Azure's table of models",
    ),
    known(
        "gpt-4.1",
        Source::O200k,
        ChatForm::OpenAi,
        Some(65_536),
        "usually quoted; no page of OpenAI's confirms it",
    ),
    known(
        "gpt-4.1-mini",
        Source::O200k,
        ChatForm::OpenAi,
        Some(65_536),
        "usually quoted; no page of OpenAI's confirms it",
    ),
    known(
        "gpt-3.5-turbo",
        Source::Cl100k,
        ChatForm::OpenAi,
        Some(16_385),
        "OpenAI's cookbook, Azure's table of models",
    ),
    known(
        "claude-3-haiku",
        Source::NotPublic,
        ChatForm::Plain,
        Some(32_000),
        "Amazon Bedrock, the only place where it is trained",
    ),
    known("gemini-2.5", Source::NotPublic, ChatForm::Plain, Some(131_072), "Google Vertex AI"),
    known(
        "bedrock-llama-3.2",
        Source::File,
        ChatForm::Llama31,
        Some(16_000),
        "Amazon Bedrock: 16K tokens (10K for 90B)",
    ),
    known("qwen3", Source::File, ChatForm::ChatMl, None, OWN_LIMIT),
    known("qwen2.5", Source::File, ChatForm::Qwen2, None, OWN_LIMIT),
    known("llama-3", Source::File, ChatForm::Llama3, None, OWN_LIMIT),
    known("llama-3.1", Source::File, ChatForm::Llama31, None, OWN_LIMIT),
    known("llama-3.2", Source::File, ChatForm::Llama31, None, OWN_LIMIT),
    known("llama-3.3", Source::File, ChatForm::Llama31, None, OWN_LIMIT),
    known("mistral", Source::File, ChatForm::Mistral, None, OWN_LIMIT),
];

/// The known model of that name; one with a date or a version behind it (`gpt-4o-2024-08-06`) is
/// the same.
pub fn find(name: &str) -> Option<&'static Known> {
    let fits = |known: &&Known| match name.strip_prefix(known.name) {
        Some("") => true,
        Some(rest) => {
            rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        }
        None => false,
    };
    KNOWN.iter().filter(fits).max_by_key(|known| known.name.len())
}

impl Known {
    /// The vocabulary that is built in for it; `None` where a file is needed.
    pub fn built_in(&self) -> Option<Vocabulary> {
        match self.source {
            Source::O200k | Source::NotPublic => Some(Vocabulary::O200k),
            Source::Cl100k => Some(Vocabulary::Cl100k),
            Source::File => None,
        }
    }

    /// The model under a name of one's own, with this vocabulary instead of the one built in.
    pub fn model(&self, name: &str, vocabulary: Option<Vocabulary>) -> Option<Model> {
        let stands_in = self.source == Source::NotPublic && vocabulary.is_none();
        Some(Model {
            name: name.to_owned(),
            vocabulary: vocabulary.or_else(|| self.built_in())?,
            stands_in,
            form: self.form,
            limit: self.limit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_found_by_its_name_with_or_without_a_date() {
        let name = |word| find(word).map(|known| known.name);
        assert_eq!(name("gpt-4o"), Some("gpt-4o"));
        assert_eq!(name("gpt-4o-2024-08-06"), Some("gpt-4o"));
        assert_eq!(name("gpt-4o-mini-2024-07-18"), Some("gpt-4o-mini"));
        assert_eq!(name("gpt-4o-realtime"), None);
        assert_eq!(name("gpt-4"), None);
        assert_eq!(name("qwen2.5-7b"), Some("qwen2.5"));
    }

    #[test]
    fn every_name_is_there_once_and_finds_itself() {
        for known in KNOWN {
            assert_eq!(find(known.name), Some(known));
        }
    }

    #[test]
    fn the_readme_tells_of_every_model() {
        let text = include_str!("../../../README.md");
        let text = text.split_once("## Tokens and the model").map_or("", |(_, section)| section);
        for known in KNOWN {
            let row = text
                .lines()
                .find(|line| line.starts_with('|') && line.contains(&format!("`{}`", known.name)));
            let row = row.unwrap_or_else(|| panic!("README.md says nothing of {}", known.name));
            let limit = known.limit.map_or("--limit".to_owned(), crate::text::count::thousands);
            assert!(row.contains(&limit) && row.contains(&format!("`{}`", known.form.as_str())), "{row}");
        }
    }

    #[test]
    fn a_stand_in_says_so() {
        let claude = find("claude-3-haiku").and_then(|known| known.model("claude-3-haiku", None)).unwrap();
        assert!(claude.stands_in && claude.vocabulary == Vocabulary::O200k);
        assert_eq!(find("qwen3").and_then(|known| known.model("qwen3", None)), None);
    }
}
