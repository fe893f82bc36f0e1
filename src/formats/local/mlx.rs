//! MLX-LM: a folder with `train.jsonl`, `valid.jsonl` and `test.jsonl`.

use super::form::Form;
use super::shapes::{Completion, Conversation, Text, Tools};
use crate::example::Split;
use crate::formats::Fit;
use crate::formats::rules::{
    CallsAnswered, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, RunningText, System,
    TextOnly, ToolNames, Weights,
};

/// A form of MLX-LM's, which calls the validation file `valid`.
const fn named(form: Form) -> Form {
    Form { split_name, ..form }
}

const fn split_name(split: Split) -> &'static str {
    match split {
        Split::Validation => "valid",
        Split::Train => "train",
        Split::Test => "test",
    }
}

/// Conversations.
pub(super) const CHAT: Form = named(Form::new(
    "mlx-chat",
    "MLX-LM chat",
    "{messages: [{role, content, tool_calls?}], tools?}, in train.jsonl, valid.jsonl and test.jsonl of one folder. \
     Every token is learned from; with --mask-prompt the last message alone. Source: mlx_lm 0.32 tuner/datasets.py.",
    &Conversation { tools: Tools::List, ..Conversation::MESSAGES },
    &[
        &Ends,
        &NoEmptyTurns,
        &TextOnly,
        &System,
        &CallsAnswered,
        &ToolNames,
        &Reserved::CONTROL_TOKENS,
        &Weights::LearnsAll,
    ],
));

/// Prompts and completions.
pub(super) const COMPLETIONS: Form = named(Form::new(
    "mlx-completions",
    "MLX-LM completions",
    "{prompt: text, completion: text}, in train.jsonl, valid.jsonl and test.jsonl of one folder. The model's chat \
     template is put around them as one user turn and its answer. Source: mlx_lm 0.32 tuner/datasets.py.",
    &Completion::text("prompt", "completion"),
    &[
        &OneQuestion::BARE,
        &OneText,
        &NoEmptyTurns,
        &TextOnly,
        &NoTools,
        &Reserved::CONTROL_TOKENS,
        &Weights::LearnsLast,
    ],
));

/// Running text.
pub(super) const TEXT: Form = named(Form {
    fit: Fit::No, // a table with a column `text` has prompts there more often
    ..Form::new(
        "mlx-text",
        "MLX-LM text",
        "{text}, in train.jsonl, valid.jsonl and test.jsonl of one folder: running text, all of which is learned \
         from, without a chat template. Source: mlx_lm 0.32 tuner/datasets.py.",
        &Text,
        &[&RunningText, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Weights::LearnsLast],
    )
});
