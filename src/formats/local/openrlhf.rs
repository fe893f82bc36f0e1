//! `OpenRLHF`'s forms, for its loaders with `--data.apply_chat_template`.

use super::form::Form;
use super::shapes::{Answer, Asked, Chat, Completion, Pairs, Question, Solution, Speech, Tools};
use crate::formats::Fit;
use crate::formats::rules::{
    Ends, NoEmptyTurns, NoTools, OneText, Reserved, Rule, System, TextOnly, Weights,
};

const SPEECH: Speech = Speech::Chat(Chat::BARE);

const TURNS: &[&dyn Rule] = &[
    &Ends,
    &NoEmptyTurns,
    &TextOnly,
    &System,
    &NoTools,
    &OneText,
    &Reserved::CONTROL_TOKENS,
    &Reserved::MEDIA,
];

/// A prompt and its answer.
pub(super) const SFT: Form = Form {
    fit: Fit::Likely,
    ..Form::new(
        "openrlhf-sft",
        "OpenRLHF",
        "{input: [messages], output: [messages]}. The output alone is learned from. Taken by OpenRLHF with \
         --data.input_key input --data.output_key output --data.apply_chat_template. Source: OpenRLHF 0.11 \
         datasets/sft_dataset.py.",
        &Completion { speech: Some(SPEECH), ..Completion::text("input", "output") },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &NoTools,
            &OneText,
            &Reserved::CONTROL_TOKENS,
            &Reserved::MEDIA,
            &Weights::LearnsLast,
        ],
    )
};

/// Pairs of whole conversations.
pub(super) const PREFERENCE: Form = Form::new(
    "openrlhf-preference",
    "OpenRLHF preference",
    "{chosen: [messages], rejected: [messages]}: two whole conversations, one record for each pair. Taken by OpenRLHF \
     (dpo, rm) with --data.chosen_key chosen --data.rejected_key rejected --data.apply_chat_template. Source: OpenRLHF \
     0.11 datasets/reward_dataset.py.",
    &Pairs {
        asked: Asked::Inside,
        chosen: Answer::Whole("chosen"),
        rejected: Answer::Whole("rejected"),
        speech: SPEECH,
        system: false,
        tools: Tools::No,
    },
    TURNS,
);

/// Prompts for trainers that let the model answer.
pub(super) const PROMPTS: Form = Form {
    fit: Fit::Certain,
    ..Form::new(
        "openrlhf-prompts",
        "OpenRLHF prompts",
        "{input: [messages], label: text}: the model answers while it is trained; the best response goes along as label, \
         for reward functions that compare with it (empty where there is none). Taken by OpenRLHF (ppo, grpo) with \
         --data.input_key input --data.label_key label --data.apply_chat_template. Source: OpenRLHF 0.11 \
         datasets/prompts_dataset.py.",
        &Question { list: "input", speech: SPEECH, tools: Tools::No, solution: Solution::Always("label") },
        &[&Ends, &NoEmptyTurns, &TextOnly, &System, &NoTools, &Reserved::CONTROL_TOKENS, &Reserved::MEDIA],
    )
};
