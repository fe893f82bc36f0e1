//! The model that a dataset is for: how its tokens are counted, and how many an example may have.

use serde::{Deserialize, Serialize};

/// The model that the dataset is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// What it is called.
    pub name: String,
    /// Where its tokens come from.
    pub vocabulary: Vocabulary,
    /// Whether the vocabulary only stands in for the model's own, which is not public: then every
    /// count is “about”.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stands_in: bool,
    /// What a conversation has beside the texts of its turns.
    pub form: ChatForm,
    /// The most tokens that an example of the training file may have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

/// Where tokens come from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vocabulary {
    /// `o200k_base`, built in.
    O200k,
    /// `cl100k_base`, built in.
    Cl100k,
    /// The `tokenizer.json` at this path; a relative one begins at the dataset's folder.
    File(String),
}

/// What a conversation has beside the texts of its turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatForm {
    /// Nothing: the texts alone are counted.
    Plain,
    /// As `OpenAI`'s cookbook counts: three a message, one more for a name, three for the answer to
    /// begin.
    OpenAi,
    /// `<|im_start|>role` … `<|im_end|>` (Qwen 3 and others).
    ChatMl,
    /// The same with Qwen 2.5's own system turn where there is none.
    Qwen2,
    /// `<|start_header_id|>role<|end_header_id|>` … `<|eot_id|>` (Llama 3).
    Llama3,
    /// The same with the dates that Llama 3.1 to 3.3 begin their system turn with.
    Llama31,
    /// `[INST]` … `[/INST]` (Mistral).
    Mistral,
}

impl ChatForm {
    /// Every form.
    pub const ALL: &'static [Self] =
        &[Self::Plain, Self::OpenAi, Self::ChatMl, Self::Qwen2, Self::Llama3, Self::Llama31, Self::Mistral];

    /// The word for it, in settings and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::OpenAi => "open-ai",
            Self::ChatMl => "chat-ml",
            Self::Qwen2 => "qwen2",
            Self::Llama3 => "llama3",
            Self::Llama31 => "llama31",
            Self::Mistral => "mistral",
        }
    }

    /// What it adds to the texts, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Plain => "the texts alone",
            Self::OpenAi => "three a message, one for a name, three for the answer (OpenAI's cookbook)",
            Self::ChatMl => "<|im_start|>role … <|im_end|> (Qwen 3 and others)",
            Self::Qwen2 => "<|im_start|>role … <|im_end|>, with Qwen 2.5's own system turn",
            Self::Llama3 => "<|start_header_id|>role<|end_header_id|> … <|eot_id|> (Llama 3)",
            Self::Llama31 => "Llama 3's, with the dates of Llama 3.1 to 3.3 in the system turn",
            Self::Mistral => "[INST] … [/INST] (Mistral)",
        }
    }

    /// The form of that name.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_kept_under_the_word_for_it() {
        for &form in ChatForm::ALL {
            assert_eq!(serde_json::to_value(form).unwrap(), form.as_str());
            assert_eq!(ChatForm::parse(form.as_str()), Some(form));
        }
        assert_eq!(ChatForm::parse("chatml"), None);
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        let model = Model {
            name: "qwen2.5".to_owned(),
            vocabulary: Vocabulary::File("models/tokenizer.json".to_owned()),
            stands_in: false,
            form: ChatForm::Qwen2,
            limit: Some(8_192),
        };
        let json = serde_json::to_value(&model).unwrap();
        assert_eq!(
            json.to_string(),
            r#"{"name":"qwen2.5","vocabulary":{"file":"models/tokenizer.json"},"form":"qwen2","limit":8192}"#
        );
        assert_eq!(serde_json::from_value::<Model>(json).unwrap(), model);
    }
}
