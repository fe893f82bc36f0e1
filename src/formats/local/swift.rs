//! ms-swift's forms.

use super::form::Form;
use super::shapes::{Answer, Asked, Conversation, Pairs, Question, Solution, Speech, Tools};
use crate::formats::Fit;
use crate::formats::rules::{
    CallsAnswered, Ends, NoEmptyTurns, OneText, Reserved, Rule, System, TextOnly, ToolNames, Weights,
};

const SPEECH: Speech = Speech::Swift { loss: false };

const TURNS: &[&dyn Rule] = &[
    &Ends,
    &NoEmptyTurns,
    &TextOnly,
    &System,
    &CallsAnswered,
    &ToolNames,
    &Reserved::CONTROL_TOKENS,
    &Reserved::MEDIA,
];

/// Conversations that say which turns are learned from.
pub(super) const SFT: Form = Form::new(
    "swift-sft",
    "ms-swift",
    "{messages: [{role: system|user|assistant|tool_call|tool_response, content, loss: true|false}], tools?: JSON \
     text}. What is learned from is each assistant turn's to say (loss); a call is a turn of its own, as JSON text. \
     Taken by ms-swift. Source: ms-swift 4.6, Custom-dataset.",
    &Conversation { speech: Speech::Swift { loss: true }, tools: Tools::Text, ..Conversation::MESSAGES },
    &[
        &Ends,
        &NoEmptyTurns,
        &TextOnly,
        &System,
        &CallsAnswered,
        &ToolNames,
        &Reserved::CONTROL_TOKENS,
        &Reserved::MEDIA,
        &Weights::Carried,
    ],
);

/// Pairs: a conversation that ends with the better answer, and the worse one.
pub(super) const PREFERENCE: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "swift-preference",
        "ms-swift preference",
        "{messages: [{role, content}], rejected_response: text, tools?: JSON text}, one record for each pair: the \
         messages end with the chosen answer. Taken by ms-swift (dpo, orpo, simpo, cpo, rm). Source: ms-swift 4.6, \
         Custom-dataset.",
        &Pairs {
            asked: Asked::Inside,
            chosen: Answer::Whole("messages"),
            rejected: Answer::Text("rejected_response"),
            speech: SPEECH,
            system: false,
            tools: Tools::Text,
        },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &CallsAnswered,
            &ToolNames,
            &OneText,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
        ],
    )
};

/// Answers with a verdict each.
pub(super) const KTO: Form = Form::new(
    "swift-kto",
    "ms-swift KTO",
    "{messages: [{role, content}], label: true|false, tools?: JSON text}: an answer and whether it is good. Taken by \
     ms-swift (kto). Source: ms-swift 4.6, Custom-dataset.",
    &Conversation { speech: SPEECH, tools: Tools::Text, verdict: Some("label"), ..Conversation::MESSAGES },
    TURNS,
);

/// Prompts for trainers that let the model answer.
pub(super) const GRPO: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "swift-grpo",
        "ms-swift prompts (GRPO)",
        "{messages: [{role, content}] up to the user, solution?, tools?: JSON text}: the model answers while it is \
         trained; the best response goes along as solution, for reward functions that compare with it. Taken by \
         ms-swift (grpo). Source: ms-swift 4.6, Custom-dataset.",
        &Question {
            list: "messages",
            speech: SPEECH,
            tools: Tools::Text,
            solution: Solution::Field("solution"),
        },
        TURNS,
    )
};
