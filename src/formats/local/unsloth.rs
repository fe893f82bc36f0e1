//! Unsloth: conversations of `from` and `value`, and nothing beside them.

use super::form::Form;
use super::shapes::{Conversation, Speech};
use super::sharegpt_turns::Words;
use crate::formats::rules::{Alternation, Ends, NoEmptyTurns, NoTools, Reserved, System, TextOnly, Weights};

/// Conversations for its helper `standardize_data_formats`.
pub(super) const CONVERSATIONS: Form = Form::new(
    "unsloth",
    "Unsloth",
    "{conversations: [{from: system|human|gpt, value}]}, two fields a turn: what standardize_data_formats takes. \
     Every assistant turn is learned from (train_on_responses_only). Taken by Unsloth's notebooks. Source: \
     unsloth_zoo dataset_utils; unsloth.ai/docs.",
    &Conversation {
        list: "conversations",
        speech: Speech::Sides(&Words::SHAREGPT),
        ..Conversation::MESSAGES
    },
    &[
        &Ends,
        &NoEmptyTurns,
        &TextOnly,
        &System,
        &NoTools,
        &Alternation::Strict,
        &Reserved::CONTROL_TOKENS,
        &Weights::LearnsAll,
    ],
);
