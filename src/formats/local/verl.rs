//! verl's forms.

use super::form::Form;
use super::shapes::{Answer, Asked, Chat, Conversation, Pairs, Question, Solution, Speech, Tools};
use crate::formats::Fit;
use crate::formats::container::Kind;
use crate::formats::rules::{
    Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, System, TextOnly, Weights,
};

const SPEECH: Speech = Speech::Chat(Chat::BARE);

/// Conversations.
pub(super) const SFT: Form = Form {
    container: Kind::Parquet,
    ..Form::new(
        "verl-sft",
        "verl",
        "{messages: [{role, content}]}. Every assistant turn is learned from. No tool calls: a table would give the \
     arguments of every call the names of all. Taken by verl's MultiTurnSFTDataset. Source: verl 0.9 utils/dataset.",
        &Conversation { speech: SPEECH, ..Conversation::MESSAGES },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &NoTools,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
            &Weights::LearnsAll,
        ],
    )
};

/// Prompts for trainers that let the model answer.
pub(super) const RL: Form = Form {
    container: Kind::Parquet,
    fit: Fit::Certain,
    ..Form::new(
        "verl-rl",
        "verl prompts (PPO, GRPO)",
        "{data_source, prompt: [{role, content}], ability, reward_model: {style: rule, ground_truth}, extra_info}: the \
         model answers while it is trained; the best response is the ground_truth. data_source, ability and extra_info \
         are taken from fields of those names, if there are any. Taken by verl's RLHFDataset. Source: verl 0.9 \
         utils/dataset.",
        &Question { list: "prompt", speech: SPEECH, tools: Tools::No, solution: Solution::Verl },
        &[&Ends, &NoEmptyTurns, &TextOnly, &System, &NoTools, &Reserved::CONTROL_TOKENS, &Reserved::MEDIA],
    )
};

/// Pairs of texts.
pub(super) const RM: Form = Form {
    container: Kind::Parquet,
    ..Form::new(
        "verl-rm",
        "verl reward model",
        "{prompt: text, chosen: text, rejected: text}, one record for each pair. Taken by verl's RMDataset, NeMo-RL's \
     BinaryPreferenceDataset and DeepSpeed-Chat. Source: verl 0.9 utils/dataset/rm_dataset.py.",
        &Pairs {
            asked: Asked::Text("prompt"),
            chosen: Answer::Text("chosen"),
            rejected: Answer::Text("rejected"),
            speech: SPEECH,
            system: false,
            tools: Tools::No,
        },
        &[&OneQuestion::BARE, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Reserved::CONTROL_TOKENS],
    )
};
