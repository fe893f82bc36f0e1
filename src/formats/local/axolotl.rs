//! Axolotl's forms, each with the YAML that makes it read them.

use super::form::Form;
use super::settings::yaml;
use super::shapes::{Answer, Asked, Chat, Completion, Conversation, Pairs, Speech, Stepwise, Tools};
use crate::formats::rules::{
    CallsAnswered, Ends, Findable, NoEmptyTurns, NoTools, OneQuestion, OneText, Reserved, Rule, System,
    TextOnly, ToolNames, Weights,
};

const NAME: &str = "axolotl";
const SPEECH: Speech = Speech::Chat(Chat::BARE);

/// Conversations that say which turns are learned from.
pub(super) const CHAT: Form = Form {
    side_files: |files| {
        let text = "# Belongs to FILE: put it into the config of your training.\nchat_template: tokenizer_default\n\
                    datasets:\n  - path: FILE\n    ds_type: json\n    type: chat_template\n    \
                    field_messages: messages\n    field_tools: tools\n    message_field_training: train\n";
        yaml(files, NAME, text)
    },
    ..Form::new(
        "axolotl-chat",
        "Axolotl chat",
        "{messages: [{role, content, tool_calls?, train: true|false}], tools?: JSON text}, with its YAML. What is \
         learned from is each assistant turn's to say (train). Taken by Axolotl with type: chat_template. Source: \
         Axolotl 0.19 docs/dataset-formats/conversation.",
        &Conversation {
            speech: Speech::Chat(Chat { learned: Some("train"), text_arguments: true, bare: false }),
            tools: Tools::Text,
            ..Conversation::MESSAGES
        },
        &[
            &Ends,
            &NoEmptyTurns,
            &TextOnly,
            &System,
            &CallsAnswered,
            &ToolNames,
            &Reserved::CONTROL_TOKENS,
            &Weights::Carried,
        ],
    )
};

/// Pairs below messages.
pub(super) const PREFERENCE: Form = Form {
    fit: crate::formats::Fit::Certain,
    side_files: |files| rl(files, "dpo", "chat_template.default"),
    ..Form::new(
        "axolotl-preference",
        "Axolotl preference",
        "{messages: [{role, content}], chosen: {role, content}, rejected: {role, content}}, one record for each pair, \
         with its YAML. Axolotl looks for the answers in what the template makes of them, so an answer must not be as \
         short as to stand in the template. Taken by Axolotl (dpo, ipo) with type: chat_template.default. Source: \
         Axolotl 0.19 prompt_strategies/dpo/chat_template.py.",
        &Pairs {
            asked: Asked::Turns("messages"),
            chosen: Answer::Turn("chosen"),
            rejected: Answer::Turn("rejected"),
            speech: SPEECH,
            system: false,
            tools: Tools::No,
        },
        &[&Ends, &NoEmptyTurns, &TextOnly, &System, &NoTools, &OneText, &Findable, &Reserved::CONTROL_TOKENS],
    )
};

/// One question and one text, maybe below a system turn.
const SINGLE: &[&dyn Rule] =
    &[&OneQuestion::WITH_SYSTEM, &OneText, &NoEmptyTurns, &TextOnly, &NoTools, &Reserved::CONTROL_TOKENS];

/// Answers with a verdict each.
pub(super) const KTO: Form = Form {
    side_files: |files| rl(files, "kto", "chatml.prompt_pairs"),
    ..Form::new(
        "axolotl-kto",
        "Axolotl KTO",
        "{system, prompt: text, completion: text, label: true|false}: an answer and whether it is good, with its YAML. \
         Taken by Axolotl (kto) with type: chatml.prompt_pairs. Source: Axolotl 0.19 prompt_strategies/kto/chatml.py.",
        &Completion { system: true, verdict: Some("label"), ..Completion::text("prompt", "completion") },
        SINGLE,
    )
};

/// Pairs for ORPO.
pub(super) const ORPO: Form = Form {
    side_files: |files| rl(files, "orpo", "chat_template.argilla"),
    ..Form::new(
        "axolotl-orpo",
        "Axolotl ORPO",
        "{system, prompt: text, chosen: [user, assistant], rejected: [user, assistant]}, one record for each pair, \
         with its YAML. Taken by Axolotl (orpo) with type: chat_template.argilla. Source: Axolotl 0.19 \
         prompt_strategies/orpo/chat_template.py.",
        &Pairs {
            asked: Asked::Text("prompt"),
            chosen: Answer::Whole("chosen"),
            rejected: Answer::Whole("rejected"),
            speech: SPEECH,
            system: true,
            tools: Tools::No,
        },
        SINGLE,
    )
};

/// Pairs for a reward model.
pub(super) const REWARD: Form = Form {
    side_files: |files| {
        let text = "# Belongs to FILE: put it into the config of your training.\nreward_model: true\n\
                    chat_template: tokenizer_default\ndatasets:\n  - path: FILE\n    ds_type: json\n    \
                    type: bradley_terry.chat_template\n";
        yaml(files, NAME, text)
    },
    ..Form::new(
        "axolotl-reward",
        "Axolotl reward",
        "{system, input: text, chosen: text, rejected: text}, one record for each pair, with its YAML. Taken by \
         Axolotl with reward_model: true and type: bradley_terry.chat_template. Source: Axolotl 0.19 \
         prompt_strategies/bradley_terry/chat_template.py.",
        &Pairs {
            asked: Asked::Text("input"),
            chosen: Answer::Text("chosen"),
            rejected: Answer::Text("rejected"),
            speech: SPEECH,
            system: true,
            tools: Tools::No,
        },
        SINGLE,
    )
};

/// The YAML of a kind of reinforcement learning.
fn rl(files: &[String], rl: &str, kind: &str) -> Vec<crate::formats::SideFile> {
    let text = format!(
        "# Belongs to FILE: put it into the config of your training.\nrl: {rl}\nchat_template: tokenizer_default\n\
         datasets:\n  - path: FILE\n    ds_type: json\n    split: train\n    type: {kind}\n"
    );
    yaml(files, NAME, &text)
}

/// Steps with a label each.
pub(super) const STEPWISE: Form = Form {
    side_files: |files| {
        let text = "# Belongs to FILE: put it into the config of your training.\nprocess_reward_model: true\n\
                    datasets:\n  - path: FILE\n    ds_type: json\n    type: stepwise_supervised\n    \
                    step_separator: \"\\n\"\n    split: train\n";
        yaml(files, NAME, text)
    },
    ..Form::new(
        "axolotl-stepwise",
        "Axolotl process reward",
        "{prompt: text, completions: [step], labels: [true|false]}, with its YAML: the form of trl-stepwise, whose steps \
         it keeps in the same way. Taken by Axolotl with type: stepwise_supervised. Source: Axolotl 0.19 \
         prompt_strategies/stepwise_supervised.py.",
        &Stepwise,
        super::trl::STEPS,
    )
};
