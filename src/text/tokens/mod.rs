//! Tokens: counted with a model's own vocabulary, or estimated without one.
//!
//! What is counted are the texts of data, so a word such as `<|endoftext|>` that stands in one is
//! taken as the reference implementations take it when they are handed a text:
//!
//! - the built-in vocabularies split it like any other text (tiktoken's `encode_ordinary`; the
//!   provider escapes it likewise);
//! - a `tokenizer.json` takes it for the special token that it spells, because that is what
//!   Hugging Face's `tokenizer(text)` does with it, and so the trainers that call it. Nothing is put
//!   before or behind the text (`add_special_tokens=False`): what a conversation has beside its
//!   texts is counted by its form, in [`crate::curation::tokens`].

mod built_in;
mod estimate;
mod file;
#[cfg(test)]
mod golden;
mod portions;
mod tokenizer;

pub use estimate::estimate;
pub use tokenizer::{Count, Tokenizer, TokenizerError};
