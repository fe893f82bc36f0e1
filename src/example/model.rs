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
    /// The `tokenizer.json` at this path.
    File(String),
}

/// What a conversation has beside the texts of its turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChatForm {
    /// Nothing: the texts alone are counted.
    Plain,
    /// As `OpenAI`'s cookbook counts: three a message, one more for a name, three for the answer to
    /// begin.
    OpenAi,
    /// `<|im_start|>role` … `<|im_end|>` (Qwen and others).
    ChatMl,
    /// `<|start_header_id|>role<|end_header_id|>` … `<|eot_id|>` (Llama 3).
    Llama3,
    /// `[INST]` … `[/INST]` (Mistral).
    Mistral,
}
