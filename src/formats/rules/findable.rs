//! For consumers that find an answer by looking for its text in the conversation they have written out.

use super::{Offence, Rule};
use crate::formats::Outgoing;

/// An answer is no part of what stands before every answer anyway.
pub struct Findable;

/// What the templates of common models write before an answer, in one way or the other.
const BEFORE: &[&str] = &[
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n[[dummy_message]]<|im_end|>\n<|im_start|>assistant\n",
    "You are Qwen, created by Alibaba Cloud. You are a helpful assistant. You are a helpful AI assistant named SmolLM, trained by Hugging Face",
    "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nCutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n<|eot_id|>\
     <|start_header_id|>user<|end_header_id|>\n\n[[dummy_message]]<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "<s>[INST] [[dummy_message]] [/INST] ",
    "<bos><start_of_turn>user\n[[dummy_message]]<end_of_turn>\n<start_of_turn>model\n",
    "<|user|>\n[[dummy_message]]<|end|>\n<|assistant|>\n",
];
/// Shorter answers are found somewhere in nearly every template (its date, its tokens).
const SHORTEST: usize = 3;

impl Rule for Findable {
    fn id(&self) -> &'static str {
        "findable"
    }

    fn demand(&self) -> &'static str {
        "answers of three letters or more that are no part of a chat template: the consumer looks for their text"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let last = conversation.response?.messages.last()?;
            let text = last.text();
            let text = text.trim();
            let is_lost =
                text.chars().count() < SHORTEST || BEFORE.iter().any(|before| before.contains(text));
            let at = conversation.messages().count().saturating_sub(1);
            is_lost.then(|| {
                let reason =
                    "says what chat templates say as well, so the consumer would not find where it begins";
                Offence::new(conversation.place(at), reason)
            })
        })
    }

    fn advice(&self) -> &'static str {
        "say more in the answer, or choose a format that keeps prompt and answers apart"
    }
}
