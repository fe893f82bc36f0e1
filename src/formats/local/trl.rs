//! TRL's types of datasets beside prompt and completion and explicit preference, which have files of
//! their own.

use super::form::Form;
use super::shapes::{
    Answer, Asked, Chat, Completion, Conversation, Pairs, Question, Solution, Speech, Stepwise, Text, Tools,
};
use crate::formats::Fit;
use crate::formats::rules::{
    CallsAnswered, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, PartWays, Reserved, Rule, RunningText,
    SaidOf, System, TextOnly, ToolNames, Weights,
};

const SPEECH: Speech = Speech::Chat(Chat::TEMPLATE);

/// What chat templates render right.
const TEMPLATE: &[&dyn Rule] =
    &[&Ends, &NoEmptyTurns, &TextOnly, &System, &CallsAnswered, &ToolNames, &Reserved::CONTROL_TOKENS];

/// Language modelling on conversations.
pub(super) const MESSAGES: Form = Form::new(
    "trl-messages",
    "TRL messages",
    "{messages: [{role, content, tool_calls?}], tools?: JSON text}: TRL's “language modelling”. Every token is \
     learned from, or with assistant_only_loss every assistant turn; arguments of tool calls are JSON, and content \
     is never null. Taken by TRL and NeMo-RL. Source: trl 1.16 data_utils.",
    &Conversation { tools: Tools::Text, ..Conversation::MESSAGES },
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
);

/// Language modelling on running text.
pub(super) const TEXT: Form = Form {
    fit: Fit::No, // a table with a column `text` has prompts there more often
    ..Form::new(
        "trl-text",
        "TRL text",
        "{text}: running text, all of which is learned from. Written are the prompt and the response, with a blank \
         line between them unless one of them brings a space; what is read is a response without a prompt. Taken by \
         TRL, LLaMA-Factory's pt, Unsloth, Axolotl's completion, Mistral. Source: trl 1.16 data_utils.",
        &Text,
        &[&RunningText, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Weights::LearnsLast],
    )
};

/// Prompts for trainers that let the model answer.
pub(super) const PROMPT: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "trl-prompt",
        "TRL prompts (GRPO, RLOO)",
        "{prompt: [messages], ground_truth?, tools?}: the model answers while it is trained; the best response goes \
         along as ground_truth, for reward functions that compare with it. Taken by TRL (GRPO, RLOO, online DPO). \
         Source: trl 1.16 data_utils.",
        &Question {
            list: "prompt",
            speech: SPEECH,
            tools: Tools::Text,
            solution: Solution::Field("ground_truth"),
        },
        TEMPLATE,
    )
};

/// Pairs of whole conversations.
pub(super) const IMPLICIT: Form = Form::new(
    "trl-preference-implicit",
    "TRL preference, implicit prompt",
    "{chosen: [messages], rejected: [messages], tools?}: two whole conversations that begin alike, one record for \
     each pair. Recommended for TRL's reward trainer; DPO finds the prompt by itself. Source: trl 1.16 data_utils.",
    &Pairs {
        asked: Asked::Inside,
        chosen: Answer::Whole("chosen"),
        rejected: Answer::Whole("rejected"),
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
        &Reserved::CONTROL_TOKENS,
        &PartWays,
    ],
);

/// Answers with a verdict each.
pub(super) const UNPAIRED: Form = Form::new(
    "trl-unpaired",
    "TRL unpaired (KTO)",
    "{prompt: [messages], completion: [messages], label: true|false, tools?}: an answer and whether it is good. Of a \
     ranking those that only win are good, and those that only lose are bad. Taken by TRL's KTO. Source: trl 1.16 \
     data_utils.",
    &Completion {
        prompt: "prompt",
        answer: "completion",
        speech: Some(SPEECH),
        system: false,
        tools: Tools::Text,
        verdict: Some("label"),
    },
    TEMPLATE,
);

/// What is demanded of a question with steps.
pub(super) const STEPS: &[&dyn Rule] = &[
    &OneQuestion::BARE,
    &OneText,
    &SaidOf::STEPS,
    &NoEmptyTurns,
    &TextOnly,
    &NoTools,
    &Reserved::CONTROL_TOKENS,
    &Weights::LearnsLast,
];

/// Steps with a label each.
pub(super) const STEPWISE: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "trl-stepwise",
        "TRL stepwise supervision (PRM)",
        "{prompt: text, completions: [step], labels: [true|false]}: the steps of an answer, each with whether it is right. \
         The response is the steps, a line each, and keeps them among its metadata, as steps: [{text, label}]; of labels \
         that are numbers (1, 0, -1) only 1 is right. Only responses with steps can be written. Taken by TRL's \
         PRMTrainer, which is gone from 1.16. Source: TRL's dataset formats.",
        &Stepwise,
        STEPS,
    )
};
