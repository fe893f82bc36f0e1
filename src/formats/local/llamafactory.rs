//! LLaMA-Factory's forms, each with the `dataset_info.json` that names its columns. As soon as one column
//! is named there all others must be, and stand in every record.

use serde_json::{Value, json};

use super::form::Form;
use super::settings::dataset_info;
use super::shapes::{Answer, Asked, Conversation, Pairs, Speech, Tools};
use super::sharegpt_turns::Words;
use crate::formats::rules::{
    Alternation, CallsAlone, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, OneTurn, Reserved, System,
    TextOnly, ToolNames, Weights,
};
use crate::formats::{Fit, SideFile};

const SHAREGPT: Speech = Speech::Sides(&Words::SHAREGPT);
const TALK: Conversation = Conversation {
    list: "conversations",
    speech: SHAREGPT,
    system: true,
    tools: Tools::Always,
    ..Conversation::MESSAGES
};

/// Conversations of `from` and `value`.
pub(super) const CONVERSATIONS: Form = Form {
    side_files: |files| dataset_info(files, &described(&json!({"messages": "conversations"}))),
    ..Form::new(
        "llamafactory-sharegpt",
        "LLaMA-Factory ShareGPT",
        "{conversations: [{from: human|gpt|function_call|observation, value}], system, tools: JSON text}, with its \
         entry in dataset_info.json. Every assistant turn is learned from (mask_history: the last). Taken by \
         LLaMA-Factory. Source: LLaMA-Factory 0.9.5 data/README.",
        &TALK,
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &Alternation::Strict,
            &ToolNames,
            &CallsAlone,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
            &Weights::LearnsAll,
        ],
    )
};

/// Messages of `role` and `content`.
pub(super) const MESSAGES: Form = Form {
    side_files: |files| {
        let mut described = described(&json!({"messages": "messages"}));
        described["tags"] = json!({
            "role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant",
            "observation_tag": "tool", "function_tag": "function_call", "system_tag": "system"});
        dataset_info(files, &described)
    },
    ..Form::new(
        "llamafactory-messages",
        "LLaMA-Factory messages",
        "{messages: [{role: user|assistant|function_call|tool, content}], system, tools: JSON text}, with its entry \
         and tags in dataset_info.json. A call is a turn of its own, as JSON text. Taken by LLaMA-Factory. Source: \
         LLaMA-Factory 0.9.5 data/README.",
        &Conversation { list: "messages", speech: Speech::Sides(&Words::MESSAGES), ..TALK },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &Alternation::Strict,
            &ToolNames,
            &CallsAlone,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
            &Weights::LearnsAll,
        ],
    )
};

/// Pairs below conversations of `from` and `value`.
pub(super) const PREFERENCE: Form = Form {
    side_files: |files| {
        let columns = json!({"messages": "conversations", "chosen": "chosen", "rejected": "rejected"});
        dataset_info(files, &ranked(described(&columns)))
    },
    ..Form::new(
        "llamafactory-preference",
        "LLaMA-Factory preference",
        "{conversations: [{from, value}], chosen: {from, value}, rejected: {from, value}, system, tools: JSON text}, \
         one record for each pair, with its entry (ranking: true) in dataset_info.json. Taken by LLaMA-Factory (dpo, \
         orpo, simpo, rm). Source: LLaMA-Factory 0.9.5 data/README.",
        &Pairs {
            asked: Asked::Turns("conversations"),
            chosen: Answer::Turn("chosen"),
            rejected: Answer::Turn("rejected"),
            speech: SHAREGPT,
            system: true,
            tools: Tools::Always,
        },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &Alternation::Strict,
            &ToolNames,
            &CallsAlone,
            &OneTurn,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
        ],
    )
};

/// Pairs below an instruction.
pub(super) const ALPACA_PREFERENCE: Form = Form {
    fit: Fit::Likely,
    side_files: |files| {
        let columns = json!({"prompt": "instruction", "query": "input", "chosen": "chosen", "rejected": "rejected",
                             "system": "system"});
        dataset_info(files, &ranked(json!({"formatting": "alpaca", "columns": columns})))
    },
    ..Form::new(
        "llamafactory-preference-alpaca",
        "LLaMA-Factory preference, Alpaca",
        "{instruction, input, chosen: text, rejected: text, system}, one record for each pair, with its entry \
         (ranking: true) in dataset_info.json. Taken by LLaMA-Factory (dpo, orpo, simpo, rm). Source: LLaMA-Factory \
         0.9.5 data/README.",
        &Pairs {
            asked: Asked::TextAbout("instruction", "input"),
            chosen: Answer::Text("chosen"),
            rejected: Answer::Text("rejected"),
            speech: SHAREGPT,
            system: true,
            tools: Tools::No,
        },
        &[
            &OneQuestion::WITH_SYSTEM,
            &OneText,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
        ],
    )
};

/// Answers with a verdict each.
pub(super) const KTO: Form = Form {
    fit: Fit::Certain,
    side_files: |files| {
        let columns = json!({"messages": "conversations", "kto_tag": "kto_tag"});
        dataset_info(files, &described(&columns))
    },
    ..Form::new(
        "llamafactory-kto",
        "LLaMA-Factory KTO",
        "{conversations: [{from, value}], system, tools: JSON text, kto_tag: true|false}: an answer and whether it is \
         good, with its entry in dataset_info.json. Taken by LLaMA-Factory (kto). Source: LLaMA-Factory 0.9.5 \
         data/README.",
        &Conversation { verdict: Some("kto_tag"), ..TALK },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &Alternation::Strict,
            &ToolNames,
            &CallsAlone,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
        ],
    )
};

/// What an entry says of these columns, and of those that every conversation has.
fn described(columns: &Value) -> Value {
    let mut columns = columns.clone();
    columns["system"] = json!("system");
    columns["tools"] = json!("tools");
    json!({"formatting": "sharegpt", "columns": columns})
}

fn ranked(mut described: Value) -> Value {
    described["ranking"] = json!(true);
    described
}

/// The entry of Alpaca's columns.
pub(super) fn alpaca_info(files: &[String]) -> Vec<SideFile> {
    let columns = json!({"prompt": "instruction", "query": "input", "response": "output", "system": "system",
                         "history": "history"});
    dataset_info(files, &json!({"formatting": "alpaca", "columns": columns}))
}
