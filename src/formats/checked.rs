//! How it was found that what a format writes is accepted.

/// How it was found that what a format writes is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// The consumer's own software read it: which one, and what it did.
    Software(&'static str),
    /// It was held to what the consumer has written down.
    Rules(&'static str),
    /// Nothing but our own reader knows it, and the round trip is tested.
    Ours,
}

impl std::fmt::Display for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Software(which) => write!(f, "by software: {which}"),
            Self::Rules(which) => write!(f, "by rules: {which}"),
            Self::Ours => f.write_str("by our own reader"),
        }
    }
}

use Checked::{Ours, Rules, Software};

const TRL_SFT: Checked = Software("TRL 1.16 SFTTrainer, two steps");
const TRL_PAIRS: Checked = Software("TRL 1.16 DPO and reward trainers, two steps");
const LLAMAFACTORY: Checked = Software("LLaMA-Factory 0.9.5, loaded and trained a step");
const OPENAI: Checked = Software("types of the openai package; the rest by OpenAI's schema and cookbook");
const OPENAI_RULES: Checked = Rules("the schema and guide of OpenAI, whose form it is");
const AWS: Checked = Rules("AWS's documentation and sample validators");
const GEMINI: Checked = Software("types of google-genai 3.4; the rest by Google's documentation");
const DATASETS: Checked = Software("datasets 5.2, values compared; the rest by the trainer's source");

/// Every format that is written, with how it was checked.
pub const CHECKED: &[(&str, Checked)] = &[
    ("goldset", Ours),
    ("openai-chat", OPENAI),
    ("openai-preference", OPENAI),
    ("openai-rft", OPENAI_RULES),
    ("azure-chat", OPENAI),
    ("azure-preference", OPENAI),
    ("azure-rft", OPENAI_RULES),
    ("bedrock-claude", AWS),
    ("bedrock-converse", AWS),
    ("nova-sft", AWS),
    ("nova-preference", AWS),
    ("bedrock-text", AWS),
    ("bedrock-rft", AWS),
    ("gemini", GEMINI),
    ("gemini-preference", GEMINI),
    ("gemini-rl", Rules("Google's documentation")),
    ("palm-chat", Rules("Google's documentation of its day")),
    ("palm-text", Rules("Google's documentation of its day")),
    ("mistral", Software("mistral-common 1.13, validator and tokenizer of version 3")),
    ("together-chat", Software("the file check of Together's package 1.5.35, which takes no tools")),
    ("together-preference", Software("the file check of Together's package 1.5.35")),
    ("fireworks-chat", OPENAI),
    ("fireworks-preference", OPENAI),
    ("fireworks-rft", OPENAI_RULES),
    ("cohere-chat", Rules("Cohere's documentation")),
    ("databricks-chat", Rules("Databricks' documentation and llm-foundry's source")),
    ("oci-text", Rules("Oracle's documentation")),
    ("trl-prompt-completion", TRL_SFT),
    ("trl-prompt-completion-text", TRL_SFT),
    ("trl-messages", TRL_SFT),
    ("trl-text", TRL_SFT),
    ("trl-prompt", DATASETS),
    ("trl-preference", TRL_PAIRS),
    ("trl-preference-text", TRL_PAIRS),
    ("trl-preference-implicit", TRL_PAIRS),
    ("trl-unpaired", Software("TRL 1.16 KTOTrainer, two steps")),
    ("trl-stepwise", DATASETS),
    ("alpaca", Software("LLaMA-Factory 0.9.5, Axolotl 0.21 and torchtune 0.6 loaded it")),
    ("sharegpt", Software("LLaMA-Factory 0.9.5, Axolotl 0.21 and torchtune 0.6 loaded it")),
    ("sharegpt-preference", LLAMAFACTORY),
    ("llamafactory-alpaca", LLAMAFACTORY),
    ("llamafactory-sharegpt", LLAMAFACTORY),
    ("llamafactory-messages", LLAMAFACTORY),
    ("llamafactory-preference", LLAMAFACTORY),
    ("llamafactory-preference-alpaca", LLAMAFACTORY),
    ("llamafactory-kto", LLAMAFACTORY),
    (
        "axolotl-chat",
        Software("Axolotl 0.21, its loader and prompt strategy; training flags by our own tests"),
    ),
    ("axolotl-preference", Software("Axolotl 0.21's loader; DPO steps by TRL")),
    ("axolotl-kto", DATASETS),
    ("axolotl-orpo", DATASETS),
    ("axolotl-reward", DATASETS),
    ("axolotl-stepwise", DATASETS),
    ("unsloth", Software("as sharegpt, whose form it is")),
    ("mlx-chat", Software("mlx-lm 0.32, its datasets and trainer on a CPU")),
    ("mlx-completions", Software("mlx-lm 0.32, its datasets and trainer on a CPU")),
    ("mlx-text", DATASETS),
    ("swift-sft", Software("ms-swift 4.6, strict loader and a step of training")),
    ("swift-preference", Software("ms-swift 4.6, strict loader and a step of training")),
    ("swift-kto", DATASETS),
    ("swift-grpo", DATASETS),
    ("qwen", DATASETS),
    ("torchtune-chat", Software("torchtune 0.6, chat_dataset and the Llama 3 tokenizer")),
    ("torchtune-preference", Software("torchtune 0.6, preference_dataset")),
    ("torchtune-instruct", DATASETS),
    ("llama-cookbook", DATASETS),
    ("nemo-text", DATASETS),
    ("nemo-chat", DATASETS),
    ("nemo-aligner-dpo", DATASETS),
    ("nemo-aligner-rm", DATASETS),
    ("nemo-aligner-kto", DATASETS),
    ("nemo-steerlm", DATASETS),
    ("nemo-rl-preference", DATASETS),
    ("nemo-rl-ranking", DATASETS),
    ("deepspeed-chat", DATASETS),
    ("openrlhf-sft", DATASETS),
    ("openrlhf-preference", DATASETS),
    ("openrlhf-prompts", DATASETS),
    ("verl-sft", DATASETS),
    ("verl-rl", DATASETS),
    ("verl-rm", DATASETS),
    ("columns", Ours),
    ("outputs", Ours),
];

/// How what a format writes was checked; `None` where it is only read.
pub fn checked(id: &str) -> Option<Checked> {
    CHECKED.iter().find(|(there, _)| *there == id).map(|(_, checked)| *checked)
}

#[cfg(test)]
mod tests {
    use super::super::{WriteOptions, all};
    use super::*;

    #[test]
    fn every_format_that_is_written_says_how_it_was_checked_and_no_other() {
        for format in all() {
            let writes = format.writer(&WriteOptions::default()).is_some();
            assert_eq!(checked(format.id()).is_some(), writes, "{}", format.id());
        }
        assert_eq!(CHECKED.len(), all().filter(|format| checked(format.id()).is_some()).count());
    }
}
