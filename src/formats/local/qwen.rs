//! Qwen's own `finetune.py`.

use super::form::Form;
use super::shapes::{Conversation, Speech};
use super::sharegpt_turns::Words;
use crate::formats::container;
use crate::formats::rules::{Alternation, Ends, NoEmptyTurns, NoTools, Reserved, Roles, TextOnly, Weights};

/// Conversations in one JSON array.
pub(super) const FINETUNE: Form = Form {
    container: container::Kind::JsonArray,
    ..Form::new(
        "qwen",
        "Qwen finetune.py",
        "[{id, conversations: [{from: user|assistant, value}]}], one JSON array. There is no system turn: the script \
         writes one of its own. Taken by QwenLM/Qwen finetune.py. Source: that script.",
        &Conversation {
            list: "conversations",
            speech: Speech::Sides(&Words::QWEN),
            id: true,
            ..Conversation::MESSAGES
        },
        &[
            &Roles::TWO,
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &Alternation::Strict,
            &Reserved::CONTROL_TOKENS,
            &Weights::LearnsAll,
        ],
    )
};
