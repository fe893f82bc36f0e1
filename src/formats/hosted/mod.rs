//! What the services take that train models of their own: one file a form. Services that took over another's
//! form are constants beside it.

use super::Format;

mod blocks;
mod chat;
mod converse;
mod gemini;
mod graded;
mod preference;
mod reference;
mod service;
mod speakers;
mod texts;

/// The formats, in the order in which they are listed and tried: of those that share a form the first is the
/// one that is recognised.
pub(super) const FORMATS: &[&dyn Format] = &[
    &chat::Chat::OPENAI,
    &preference::Preference::OPENAI,
    &graded::Graded::OPENAI,
    &chat::Chat::AZURE,
    &preference::Preference::AZURE,
    &graded::Graded::AZURE,
    &speakers::Speakers::CLAUDE,
    &converse::Conversation::LLAMA,
    &converse::Conversation::NOVA,
    &converse::NovaPreference,
    &texts::Texts::BEDROCK,
    &graded::Graded::BEDROCK,
    &gemini::Gemini,
    &gemini::GeminiPreference,
    &gemini::GeminiRl,
    &speakers::Speakers::PALM,
    &texts::Texts::PALM,
    &chat::Chat::MISTRAL,
    &chat::Chat::TOGETHER,
    &preference::Preference::TOGETHER,
    &chat::Chat::FIREWORKS,
    &preference::Preference::FIREWORKS,
    &graded::Graded::FIREWORKS,
    &speakers::Speakers::COHERE,
    &speakers::Speakers::DATABRICKS,
    &texts::Texts::OCI,
];
