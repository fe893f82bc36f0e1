//! What trainers on one's own machines take. Forms that many trainers read have a file each; those of one
//! trainer stand together in a file of its name, made of the [`shapes`] that records have.

use super::Format;

mod alpaca;
mod axolotl;
mod deepspeed;
mod form;
mod llamafactory;
mod mlx;
mod nemo;
mod nemo_reward;
mod openrlhf;
mod qwen;
mod settings;
mod shapes;
mod sharegpt;
mod sharegpt_turns;
mod swift;
mod swift_turns;
mod torchtune;
mod trl;
mod trl_preference;
mod trl_prompt_completion;
mod unpaired;
mod unsloth;
mod verl;

/// The formats, in the order in which they are listed and tried.
pub(super) const FORMATS: &[&dyn Format] = &[
    &trl_prompt_completion::PromptCompletion::MESSAGES,
    &trl_prompt_completion::PromptCompletion::TEXT,
    &trl::MESSAGES,
    &trl::TEXT,
    &trl::PROMPT,
    &trl_preference::Preference::MESSAGES,
    &trl_preference::Preference::TEXT,
    &trl::IMPLICIT,
    &trl::UNPAIRED,
    &trl::STEPWISE,
    &alpaca::Alpaca::STANFORD,
    &sharegpt::ShareGpt::SFT,
    &sharegpt::ShareGpt::PREFERENCE,
    &alpaca::Alpaca::LLAMAFACTORY,
    &llamafactory::CONVERSATIONS,
    &llamafactory::MESSAGES,
    &llamafactory::PREFERENCE,
    &llamafactory::ALPACA_PREFERENCE,
    &llamafactory::KTO,
    &axolotl::CHAT,
    &axolotl::PREFERENCE,
    &axolotl::KTO,
    &axolotl::ORPO,
    &axolotl::REWARD,
    &axolotl::STEPWISE,
    &unsloth::CONVERSATIONS,
    &mlx::CHAT,
    &mlx::COMPLETIONS,
    &mlx::TEXT,
    &swift::SFT,
    &swift::PREFERENCE,
    &swift::KTO,
    &swift::GRPO,
    &qwen::FINETUNE,
    &torchtune::CHAT,
    &torchtune::PREFERENCE,
    &torchtune::INSTRUCT,
    &alpaca::Alpaca::LLAMA_COOKBOOK,
    &nemo::TEXT,
    &nemo::CHAT,
    &nemo::ALIGNER,
    &nemo_reward::RewardPairs,
    &nemo::KTO,
    &nemo::STEERLM,
    &nemo::RL_PREFERENCE,
    &nemo::RL_RANKING,
    &deepspeed::CHAT,
    &openrlhf::SFT,
    &openrlhf::PREFERENCE,
    &openrlhf::PROMPTS,
    &verl::SFT,
    &verl::RL,
    &verl::RM,
    &unpaired::Unpaired,
];
