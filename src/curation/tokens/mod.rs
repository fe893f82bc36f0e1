//! Tokens of examples: of the prompt, of each response and of the conversation, as the model that
//! the dataset is for counts them, and what its trainer takes at most.
//!
//! A [`Counter`] knows the model's vocabulary and the form of its conversations:
//!
//! - `open-ai`: the rule that `OpenAI` publishes in its cookbook ([`openai`](self)'s numbers);
//! - `chat-ml`, `qwen2`, `llama3`, `llama31`, `mistral`: the conversation is written out with the
//!   markers of the model's chat template and counted in one piece, as a trainer does it that calls
//!   `apply_chat_template`;
//! - `plain`: the texts alone.
//!
//! What is exact and what is “about" is said with every count. “About” are: tool calls and results (each
//! provider writes them in a way of its own; their JSON is counted), tool definitions outside the
//! cookbook's rule, pictures and other parts that are no text (not counted), forms whose markers the
//! vocabulary doesn't have, vocabularies that only stand in, and texts that are torn (see
//! [`crate::text::tokens`]).

mod counter;
mod form;
mod models;
mod openai;
mod spread;

pub use counter::{Counted, Counter, Standing};
pub use models::{KNOWN, Known, Source, find};
pub use spread::Spread;
