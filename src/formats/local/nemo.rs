//! NVIDIA's trainers: `NeMo`, NeMo-Aligner and NeMo-RL.

use super::form::Form;
use super::shapes::{
    Answer, Asked, Attributes, Chat, Completion, Conversation, Pairs, Ranks, Speech, Templated, Tools,
};
use super::sharegpt_turns::Words;
use crate::example::Split;
use crate::formats::Fit;
use crate::formats::rules::{
    Alternation, Ends, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, Roles, Rule, SaidOf, System,
    TextOnly, Weights,
};

const SPEECH: Speech = Speech::Chat(Chat::BARE);
/// The tokens with which `NeMo` parts turns, which it finds inside a text as well.
const EXTRA_IDS: Reserved =
    Reserved { id: "turn-marks", strings: &["<extra_id_0>", "<extra_id_1>", "<extra_id_2>"] };

const fn split_name(split: Split) -> &'static str {
    match split {
        Split::Train => "training",
        Split::Validation => "validation",
        Split::Test => "test",
    }
}

/// A question and its answer.
pub(super) const TEXT: Form = Form {
    split_name,
    ..Form::new(
        "nemo-text",
        "NeMo input and output",
        "{input: text, output: text}, in training.jsonl, validation.jsonl and test.jsonl. The output alone is learned \
         from. Taken by NeMo 2, NeMo-RL's ResponseDataset and watsonx. Source: NVIDIA/NeMo gpt_sft_dataset.py.",
        &Completion::text("input", "output"),
        &[
            &OneQuestion::BARE,
            &OneText,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &EXTRA_IDS,
            &Reserved::CONTROL_TOKENS,
            &Weights::LearnsLast,
        ],
    )
};

/// Conversations.
pub(super) const CHAT: Form = Form {
    split_name,
    fit: Fit::Certain,
    ..Form::new(
        "nemo-chat",
        "NeMo chat",
        "{system, conversations: [{from: User|Assistant, value}], mask: \"User\", type: null}, in training.jsonl, \
         validation.jsonl and test.jsonl. What the masked speaker says is not learned from. Taken by NeMo 2. Source: \
         NVIDIA/NeMo gpt_sft_chat_dataset.py.",
        &Conversation {
            list: "conversations",
            speech: Speech::Sides(&Words::NEMO),
            system: true,
            constant: &[("mask", Some("User")), ("type", None)],
            ..Conversation::MESSAGES
        },
        &[
            &Roles::WITHOUT_TOOLS,
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &System,
            &Alternation::Strict,
            &EXTRA_IDS,
            &Reserved::CONTROL_TOKENS,
            &Weights::LearnsAll,
        ],
    )
};

/// What NeMo-Aligner's trainers of answers to one prompt have in common.
pub(super) const ALIGNER_TEXT: &[&dyn Rule] =
    &[&Ends, &NoEmptyTurns, &TextOnly, &System, &NoTools, &OneText, &EXTRA_IDS, &Reserved::CONTROL_TOKENS];

/// Pairs for NeMo-Aligner.
pub(super) const ALIGNER: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "nemo-aligner-dpo",
        "NeMo-Aligner DPO",
        "{prompt: [{role, content}], chosen_response: text, rejected_response: text}, one record for each pair. Taken \
         by NeMo-Aligner, and by NeMo-RL of 2025. Source: NVIDIA/NeMo-Aligner, DPO guide.",
        &Pairs {
            asked: Asked::Turns("prompt"),
            chosen: Answer::Text("chosen_response"),
            rejected: Answer::Text("rejected_response"),
            speech: SPEECH,
            system: false,
            tools: Tools::No,
        },
        ALIGNER_TEXT,
    )
};

/// Verdicts for NeMo-Aligner.
pub(super) const KTO: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "nemo-aligner-kto",
        "NeMo-Aligner KTO",
        "{prompt: text, response: text, preference: chosen|rejected}: an answer and whether it is good. The prompt is in \
         NeMo's template and ends where the assistant begins; another text is read as a question. Of a ranking those \
         that only win are good, and those that only lose are bad. Taken by NeMo-Aligner. Source: NVIDIA/NeMo-Aligner, \
         DPO guide.",
        &Templated,
        ALIGNER_TEXT,
    )
};

/// Conversations with attributes.
pub(super) const STEERLM: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "nemo-steerlm",
        "NeMo-Aligner SteerLM",
        "{system, conversations: [{from: User|Assistant, value, label}], mask: \"User\", type: VALUE_TO_TEXT}, where the \
         label of the answer is as in helpfulness:4,correctness:3. The attributes are what the response is rated by \
         each criterion, one lower, for ratings begin at 1: the mean of its rankings, from 0 to 4. Files of the type \
         TEXT_TO_VALUE are read as well, and written as they were. Taken by NeMo-Aligner. Source: NVIDIA/NeMo-Aligner, \
         SteerLM guide.",
        &Attributes { id: "nemo-steerlm" },
        &[
            &Roles::WITHOUT_TOOLS,
            &Ends,
            &SaidOf::ATTRIBUTES,
            &NoEmptyTurns,
            &TextOnly,
            &NoTools,
            &System,
            &Alternation::Strict,
            &EXTRA_IDS,
            &Reserved::CONTROL_TOKENS,
            &Weights::LearnsAll,
        ],
    )
};

const COMPARED: &[&dyn Rule] =
    &[&Ends, &NoEmptyTurns, &TextOnly, &System, &NoTools, &OneText, &Reserved::CONTROL_TOKENS];

/// Pairs for NeMo-RL.
pub(super) const RL_PREFERENCE: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "nemo-rl-preference",
        "NeMo-RL preference",
        "{context: [messages], completions: [{rank: 0, completion: [message]}, {rank: 1, completion: [message]}]}, one \
         record for each pair: its DPO and reward training take two completions, the lower rank the better. Records of \
         any number are read. Taken by NeMo-RL's PreferenceDataset. Source: NVIDIA-NeMo/RL docs/guides/dpo.md.",
        &Ranks { paired: true },
        COMPARED,
    )
};

/// Whole orders in NeMo-RL's form.
pub(super) const RL_RANKING: Form = Form {
    fit: Fit::Likely,
    ..Form::new(
        "nemo-rl-ranking",
        "NeMo-RL ranking",
        "{context: [messages], completions: [{rank, completion: [message]}]}, one record for each example with all its \
         responses, equal ones under one rank, 0 the best. The form of NeMo-RL's PreferenceDataset, whose trainers take \
         two completions today (nemo-rl-preference). Source: NVIDIA-NeMo/RL docs/guides/rm.md.",
        &Ranks { paired: false },
        COMPARED,
    )
};
