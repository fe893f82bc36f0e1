//! Writes pages.

use std::fmt::Write as _;

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::head;
use super::texts::HEADING;
use super::turn::{Turn, body, json};
use super::words::word;
use crate::example::{Example, Kind, Prompt, Response, Role};
use crate::text::harmless::harmless;

const HELP: &str = "\
# Change what you like; lines with # up here are not read. Texts stand under headings: === system,
# === user, === assistant, === response. A line of a text that begins so gets a backslash before it.
";

/// The page of an example that stands for itself: nothing in it says which one it was. What a
/// reader sees of itself (an SFT example, not begun) is left away.
pub fn write(example: &Example) -> String {
    page(None, example, example)
}

/// The page of an example that is to be read onto `saved` again. What `shown` has of other texts than
/// `saved` (because they are being typed) is part of the page; responses that `saved` doesn't have
/// are new ones.
pub fn write_of(number: i64, shown: &Example, saved: &Example) -> String {
    page(Some(number), shown, saved)
}

/// The page of a template that new examples like this one are begun from: what it asks, with its tools
/// and tags, and its only answer; neither its note nor how far the work on it has come.
pub fn write_template(example: &Example) -> String {
    let mut template =
        Example { tags: example.tags.clone(), ..Example::new(example.kind, example.prompt.clone()) };
    if let [only] = example.responses.as_slice() {
        template.responses.push(Response { author: None, ..only.clone() });
    }
    write(&template)
}

/// A page to begin a new example on.
pub fn blank() -> String {
    let mut example = Example::new(Kind::Sft, Prompt::user(""));
    example.prompt.messages.insert(0, crate::example::Message::new(Role::System, ""));
    write(&example)
}

/// What an example says, in few letters: another one where something of its page is another.
pub(super) fn state(example: &Example) -> String {
    let mut page = String::new();
    head::write(example, false, &mut page);
    sections(example, |response| place(example, response), &mut page);
    let short = xxh3_64(page.as_bytes()) >> 32;
    format!("{short:08x}")
}

fn page(number: Option<i64>, shown: &Example, saved: &Example) -> String {
    let mut page = String::from(HELP);
    if let Some(number) = number {
        // Writing to a string can't fail.
        let _ = writeln!(page, "example: {number}, state {}", state(saved));
    }
    head::write(shown, number.is_none(), &mut page);
    flags(shown, &mut page);
    page.push('\n');
    let place = |response: &Response| number.and_then(|_| place(saved, response));
    sections(shown, place, &mut page);
    page.truncate(page.trim_end_matches('\n').len());
    page.push('\n');
    page
}

fn place(example: &Example, response: &Response) -> Option<usize> {
    example.responses.iter().position(|known| known.id == response.id).map(|at| at + 1)
}

/// Open flags are shown; the page can't change them.
fn flags(example: &Example, page: &mut String) {
    for flag in example.flags.iter().filter(|flag| !flag.resolved) {
        let on =
            flag.response.and_then(|id| example.response(id)).and_then(|response| place(example, response));
        let on = on.map(|at| format!(" on response {at}")).unwrap_or_default();
        let by = flag.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let line = format!("flag {}{on}{by}: {}", flag.kind, flag.note);
        let _ = writeln!(page, "# {}", harmless(line.trim_end_matches([' ', ':'])));
    }
}

fn sections(example: &Example, place: impl Fn(&Response) -> Option<usize>, page: &mut String) {
    for message in &example.prompt.messages {
        Turn::of(message).write(message.role.as_str(), page);
    }
    for response in &example.responses {
        write_response(response, place(response), page);
    }
    if example.responses.is_empty() {
        Turn::new(Role::Assistant, 1).write("response", page);
    }
    if !example.prompt.tools.is_empty() {
        page.push_str(HEADING);
        page.push_str("tools");
        body(page, &json(&Value::Array(example.prompt.tools.clone())), false);
    }
}

fn write_response(response: &Response, place: Option<usize>, page: &mut String) {
    let mut heading = "response".to_owned();
    if let Some(place) = place {
        let _ = write!(heading, " {place}");
    }
    if let Some(author) = &response.author {
        let _ = write!(heading, " by {} ({})", word(&author.name), author.kind.as_str());
    }
    let mut turns: Vec<Turn> = response.messages.iter().map(Turn::of).collect();
    // The first turn stands under the response's own heading, where that can't be misread.
    let first = match turns.first() {
        Some(first) if first.role == Role::Assistant && (turns.len() == 1 || !first.is_blank()) => {
            turns.remove(0)
        }
        _ => Turn::new(Role::Assistant, 1),
    };
    first.write(&heading, page);
    for turn in turns {
        turn.write(turn.role.as_str(), page);
    }
}
