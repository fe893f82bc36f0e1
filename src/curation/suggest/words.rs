//! The words by which prompts suggest their tags.

use xxhash_rust::xxh3::xxh3_64;

use crate::example::{Message, Prompt, Role};
use crate::text::words::{as_written, words};

/// Bytes of a text that are looked at: what a prompt asks for stands at its beginning, and what
/// follows is pasted.
const MOST_BYTES: usize = 16 * 1024;

/// The text of a prompt that suggests its tags: all that the user says, or the last turn where the
/// user says nothing. System turns are shared by many prompts, and tell nothing.
pub fn asked(prompt: &Prompt) -> String {
    let mut text = String::new();
    for message in prompt.messages.iter().filter(|message| message.role == Role::User) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&message.text());
    }
    if text.trim().is_empty() {
        return prompt.messages.last().map(Message::text).unwrap_or_default().into_owned();
    }
    text
}

/// The distinct words of a text by their numbers, which ascend, each as people write it in lower
/// case. Of scripts without blanks the words are pairs of characters.
pub fn words_of(text: &str) -> Vec<(u32, String)> {
    let words = words(beginning(text));
    let mut numbered: Vec<(u32, String)> =
        words.iter().map(|word| (number(word), as_written(word))).collect();
    numbered.sort_unstable();
    numbered.dedup_by_key(|(number, _)| *number);
    numbered
}

/// The numbers of the distinct words of a text, ascending.
pub fn hashes_of(text: &str) -> Vec<u32> {
    let mut numbers: Vec<u32> = words(beginning(text)).iter().map(|word| number(word)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The lower half of the word's hash. Of 100,000 words one or two share a number with another, and
/// then teach together.
#[allow(clippy::cast_possible_truncation)]
fn number(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}
