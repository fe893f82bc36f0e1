//! `bedrock-converse`, `nova-sft`, `nova-preference`: Bedrock's conversation schema of 2024.

mod blocks;
mod preference;
mod tuning;

pub(super) use preference::NovaPreference;
pub(super) use tuning::Conversation;
