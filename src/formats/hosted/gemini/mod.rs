//! `gemini`, `gemini-preference`, `gemini-rl`: what Google tunes Gemini with.

mod contents;
mod declarations;
mod preference;
mod questions;
mod tuning;

pub(super) use preference::GeminiPreference;
pub(super) use questions::GeminiRl;
pub(super) use tuning::Gemini;

use super::super::rules::Limits;

/// What a file may hold on Vertex AI.
const LIMITS: Limits = Limits {
    max_records: Some(1_000_000),
    max_tokens: Some(131_072),
    max_bytes: Some(1_000_000_000),
    ..Limits::NONE
};
