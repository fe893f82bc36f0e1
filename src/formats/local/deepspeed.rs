//! DeepSpeed-Chat's form.

use super::form::Form;
use super::shapes::Transcript;
use crate::example::Split;
use crate::formats::rules::{Alternation, Ends, NoEmptyTurns, NoTools, OneText, Reserved, Roles, TextOnly};
use crate::formats::{Fit, container};

/// The names that part the turns of a transcript, which are found inside a text as well.
const SPEAKERS: Reserved = Reserved { id: "speakers", strings: &["Human:", "Assistant:"] };

/// Pairs.
pub(super) const CHAT: Form = Form {
    fit: Fit::Certain,
    container: container::Kind::JsonArray,
    split_name: |split| match split {
        Split::Train => "train",
        Split::Validation => "eval",
        Split::Test => "test",
    },
    ..Form::new(
        "deepspeed-chat",
        "DeepSpeed-Chat",
        "{prompt: \"Human: … Assistant:\", chosen: \" …\", rejected: \" …\"} in a JSON array, one record for each pair: the \
         first step learns the chosen answer, the second both, the third takes the prompt. Put train.json and eval.json \
         into the folder data beside the script. Taken by DeepSpeed-Chat with --data_path local/jsonfile. Source: \
         DeepSpeedExamples raw_datasets.py.",
        &Transcript,
        &[&Roles::TWO, &Ends, &NoEmptyTurns, &TextOnly, &NoTools, &OneText, &Alternation::Strict, &SPEAKERS],
    )
};
