//! torchtune's forms, each with the YAML that makes it read them.

use super::form::Form;
use super::settings::yaml;
use super::shapes::{Answer, Asked, Chat, Completion, Conversation, Pairs, Speech, Tools};
use crate::formats::SideFile;
use crate::formats::rules::{
    Alternation, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, System, TextOnly, Weights,
};

const SPEECH: Speech = Speech::Chat(Chat::BARE);

/// Conversations.
pub(super) const CHAT: Form = Form {
    side_files: |files| {
        dataset(files, "chat_dataset", "  conversation_column: messages\n  conversation_style: openai\n")
    },
    ..Form::new(
        "torchtune-chat",
        "torchtune chat",
        "{messages: [{role: system|user|assistant, content}]}, with its YAML. User and assistant speak in turn, and \
         every assistant turn is learned from. Taken by torchtune's chat_dataset. Source: torchtune 0.6.1 \
         datasets/_chat.py.",
        &Conversation { speech: SPEECH, ..Conversation::MESSAGES },
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
    )
};

/// Pairs of whole conversations.
pub(super) const PREFERENCE: Form = Form {
    side_files: |files| dataset(files, "preference_dataset", ""),
    ..Form::new(
        "torchtune-preference",
        "torchtune preference",
        "{chosen: [{role, content}], rejected: [{role, content}]}: two whole conversations, one record for each pair, \
         with its YAML. Taken by torchtune's preference_dataset. Source: torchtune 0.6.1 datasets/_preference.py.",
        &Pairs {
            asked: Asked::Inside,
            chosen: Answer::Whole("chosen"),
            rejected: Answer::Whole("rejected"),
            speech: SPEECH,
            system: false,
            tools: Tools::No,
        },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &NoTools,
            &OneText,
            &Alternation::Strict,
            &Reserved::CONTROL_TOKENS,
        ],
    )
};

/// A question and its answer.
pub(super) const INSTRUCT: Form = Form {
    side_files: |files| dataset(files, "instruct_dataset", ""),
    ..Form::new(
        "torchtune-instruct",
        "torchtune instruct",
        "{input: text, output: text}, with its YAML. The output alone is learned from. Taken by torchtune's \
         instruct_dataset. Source: torchtune 0.6.1 datasets/_instruct.py.",
        &Completion::text("input", "output"),
        &[
            &OneQuestion::BARE,
            &OneText,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &Reserved::CONTROL_TOKENS,
            &Weights::LearnsLast,
        ],
    )
};

fn dataset(files: &[String], component: &str, more: &str) -> Vec<SideFile> {
    let text = format!(
        "# Belongs to FILE: put it into the config of your recipe.\ndataset:\n  \
         _component_: torchtune.datasets.{component}\n  source: json\n  data_files: FILE\n  split: train\n{more}"
    );
    yaml(files, "torchtune", &text)
}
