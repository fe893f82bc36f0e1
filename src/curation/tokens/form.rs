//! Conversations written out as the chat templates of open models write them.
//!
//! Sources: the templates in the models' own `tokenizer_config.json` (Qwen 2.5, Llama 3, Mistral
//! Nemo), Llama 3.1's dates as in its model card, and mistral-common for where Mistral's system turn
//! goes. Tools are written here as their JSON, which no template does: those counts are “about".
//! Qwen 3's template puts an empty `<think>` block before the last answer where a trainer does not
//! turn it off; that is not counted.

use std::borrow::Cow;

use crate::example::{ChatForm, Content, Message, Prompt, Role};
use crate::text::tokens::{Count, Tokenizer};

const QWEN_SYSTEM: &str = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";
const LLAMA_DATES: &str = "Cutting Knowledge Date: December 2023\nToday Date: 26 Jul 2024\n\n";

/// The special tokens that a form writes.
const fn markers(form: ChatForm) -> &'static [&'static str] {
    match form {
        ChatForm::Plain | ChatForm::OpenAi => &[],
        ChatForm::ChatMl | ChatForm::Qwen2 => &["<|im_start|>", "<|im_end|>"],
        ChatForm::Llama3 | ChatForm::Llama31 => {
            &["<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
        }
        ChatForm::Mistral => &["<s>", "</s>", "[INST]", "[/INST]"],
    }
}

/// Whether a vocabulary has all the special tokens of a form.
pub(super) fn is_known(form: ChatForm, tokenizer: &Tokenizer) -> bool {
    markers(form).iter().all(|marker| tokenizer.is_special(marker))
}

/// Whether a message is nothing but text, so that its count is exact.
pub(super) fn is_plain(message: &Message) -> bool {
    let is_text = match &message.content {
        Content::Absent | Content::Null | Content::Text(_) => true,
        Content::Parts(parts) => {
            parts.len() == 1
                && parts.iter().all(|part| part.get("text").is_some_and(serde_json::Value::is_string))
        }
    };
    is_text && message.tool_calls.is_empty() && message.role != Role::Tool
}

/// The tool calls of a message as JSON text.
pub(super) fn tool_calls(message: &Message) -> Option<String> {
    let calls: Vec<String> = message.tool_calls.iter().map(|call| call.to_json().to_string()).collect();
    (!calls.is_empty()).then(|| calls.join("\n"))
}

/// A conversation written out.
#[derive(Debug, Default)]
pub(super) struct Page {
    pieces: Vec<Piece>,
    /// Whether something in it is written otherwise than the model's template does.
    about: bool,
}

#[derive(Debug)]
enum Piece {
    Marker(&'static str),
    Text(String),
    /// A text that has nothing to do with those beside it.
    Alone(String),
}

impl Page {
    fn mark(&mut self, marker: &'static str) {
        self.pieces.push(Piece::Marker(marker));
    }

    fn say(&mut self, text: impl Into<String>) {
        self.pieces.push(Piece::Text(text.into()));
    }

    /// The tokens of it, in one piece where the vocabulary knows all the markers: white space beside
    /// a text may make one token with it, and some vocabularies treat what comes first apart.
    pub(super) fn count(&self, tokenizer: &Tokenizer) -> Count {
        let mut written = String::new();
        let mut count = Count { tokens: 0, exact: !self.about };
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => written.push_str(text),
                Piece::Alone(text) => count = count.and(tokenizer.count(text)),
                Piece::Marker(marker) if tokenizer.is_special(marker) => written.push_str(marker),
                Piece::Marker(_) => {
                    count = count.and(tokenizer.count(&written)).and(Count::about(1));
                    written.clear();
                }
            }
        }
        count.and(tokenizer.count(&written))
    }
}

/// Messages as texts alone.
pub(super) fn plain(messages: &[Message]) -> Page {
    let mut page = Page { about: !messages.iter().all(is_plain), ..Page::default() };
    for message in messages {
        page.pieces.push(Piece::Alone(message.text().into_owned()));
        page.pieces.extend(tool_calls(message).map(Piece::Alone));
    }
    page
}

/// A conversation up to where the answer begins, or with a response.
pub(super) fn write(
    form: ChatForm,
    tokenizer: &Tokenizer,
    prompt: &Prompt,
    response: Option<&[Message]>,
) -> Page {
    let answer = response.unwrap_or_default();
    let mut page = Page {
        about: !prompt.tools.is_empty() || !prompt.messages.iter().chain(answer).all(is_plain),
        ..Page::default()
    };
    match form {
        ChatForm::Plain | ChatForm::OpenAi => {
            page.pieces = plain(&prompt.messages).pieces;
            page.pieces.extend(plain(answer).pieces);
            page.pieces.extend(prompt.tools.iter().map(|tool| Piece::Alone(tool.to_string())));
        }
        ChatForm::ChatMl | ChatForm::Qwen2 => chat_ml(form, &mut page, prompt, response),
        ChatForm::Llama3 | ChatForm::Llama31 => llama(form, &mut page, prompt, response),
        ChatForm::Mistral => mistral(tokenizer, &mut page, prompt, answer),
    }
    page
}

/// What a turn says: its text, then its tool calls.
fn said(message: &Message) -> Cow<'_, str> {
    match tool_calls(message) {
        Some(calls) => format!("{}\n{calls}", message.text()).into(),
        None => message.text(),
    }
}

/// The tools, to follow the system turn's text.
fn tools(prompt: &Prompt) -> String {
    prompt.tools.iter().flat_map(|tool| ["\n".to_owned(), tool.to_string()]).collect()
}

/// The system turn in front, and the turns after it.
fn system(prompt: &Prompt) -> (Option<&Message>, &[Message]) {
    match prompt.messages.split_first() {
        Some((first, rest)) if first.role == Role::System => (Some(first), rest),
        _ => (None, &prompt.messages),
    }
}

fn chat_ml(form: ChatForm, page: &mut Page, prompt: &Prompt, response: Option<&[Message]>) {
    let mut turn = |role: Role, text: &str| {
        page.mark("<|im_start|>");
        page.say(format!("{}\n{text}", role.as_str()));
        page.mark("<|im_end|>");
        page.say("\n");
    };
    let (first, rest) = system(prompt);
    let own = (form == ChatForm::Qwen2).then_some(Cow::Borrowed(QWEN_SYSTEM));
    let text = first.map(said).or(own).or((!prompt.tools.is_empty()).then_some(Cow::Borrowed("")));
    if let Some(text) = text {
        turn(Role::System, &format!("{text}{}", tools(prompt)));
    }
    for message in rest.iter().chain(response.unwrap_or_default()) {
        turn(message.role, &said(message));
    }
    if response.is_none() {
        page.mark("<|im_start|>");
        page.say("assistant\n");
    }
}

fn llama(form: ChatForm, page: &mut Page, prompt: &Prompt, response: Option<&[Message]>) {
    page.mark("<|begin_of_text|>");
    let head = |page: &mut Page, role: &str| {
        page.mark("<|start_header_id|>");
        page.say(role);
        page.mark("<|end_header_id|>");
        page.say("\n\n");
    };
    let (first, rest) = system(prompt);
    let dates = if form == ChatForm::Llama31 { LLAMA_DATES } else { "" };
    if first.is_some() || !dates.is_empty() || !prompt.tools.is_empty() {
        let text = first.map(said).unwrap_or_default();
        head(page, "system");
        page.say(format!("{dates}{}{}", text.trim(), tools(prompt)));
        page.mark("<|eot_id|>");
    }
    for message in rest.iter().chain(response.unwrap_or_default()) {
        head(page, if message.role == Role::Tool { "ipython" } else { message.role.as_str() });
        page.say(said(message).trim());
        page.mark("<|eot_id|>");
    }
    if response.is_none() {
        head(page, "assistant");
    }
}

/// Vocabularies of bytes (Tekken) have no blanks beside the markers, those of `SentencePiece` have; a
/// vocabulary with `[SYSTEM_PROMPT]` has the system turn in front, the others in the last user turn.
fn mistral(tokenizer: &Tokenizer, page: &mut Page, prompt: &Prompt, answer: &[Message]) {
    let blank = if tokenizer.is_of_bytes() { "" } else { " " };
    let (first, rest) = system(prompt);
    let mut text = first.map(said).unwrap_or_default();
    page.mark("<s>");
    if !text.is_empty() && tokenizer.is_special("[SYSTEM_PROMPT]") {
        page.mark("[SYSTEM_PROMPT]");
        page.say(format!("{blank}{text}"));
        page.mark("[/SYSTEM_PROMPT]");
        text = Cow::Borrowed("");
    }
    let last_user = rest.iter().rposition(|message| message.role == Role::User);
    for (at, message) in rest.iter().chain(answer).enumerate() {
        if matches!(message.role, Role::Assistant) {
            page.say(format!("{blank}{}", said(message)));
            page.mark("</s>");
            continue;
        }
        page.mark("[INST]");
        let (before, gap) =
            if Some(at) == last_user && !text.is_empty() { (&*text, "\n\n") } else { ("", "") };
        let tools = if Some(at) == last_user { tools(prompt) } else { String::new() };
        page.say(format!("{blank}{before}{gap}{}{tools}", said(message)));
        page.mark("[/INST]");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn turn(role: Role, text: &str) -> Message {
        Message::new(role, text)
    }

    fn asked(system: bool) -> Prompt {
        let mut messages = vec![turn(Role::User, "a"), turn(Role::Assistant, "b"), turn(Role::User, " c ")];
        if system {
            messages.insert(0, turn(Role::System, "s"));
        }
        Prompt { messages, tools: Vec::new() }
    }

    fn written(form: ChatForm, system: bool, answered: bool) -> String {
        let answer = [turn(Role::Assistant, "d")];
        let page = write(form, &Tokenizer::o200k(), &asked(system), answered.then_some(answer.as_slice()));
        assert!(!page.about);
        let text = |piece| match piece {
            Piece::Marker(marker) => marker.to_owned(),
            Piece::Text(text) | Piece::Alone(text) => text,
        };
        page.pieces.into_iter().map(text).collect()
    }

    #[test]
    fn chat_ml_is_written_as_its_template_does() {
        let both = "<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\nb<|im_end|>\n<|im_start|>user\n c \
                    <|im_end|>\n<|im_start|>assistant\n";
        assert_eq!(written(ChatForm::ChatMl, false, false), both);
        assert_eq!(written(ChatForm::ChatMl, false, true), format!("{both}d<|im_end|>\n"));
        let system = |text| format!("<|im_start|>system\n{text}<|im_end|>\n{both}");
        assert_eq!(written(ChatForm::Qwen2, true, false), system("s"));
        assert_eq!(written(ChatForm::Qwen2, false, false), system(QWEN_SYSTEM));
    }

    #[test]
    fn llama_is_written_as_its_template_does() {
        let turn = |role, text| format!("<|start_header_id|>{role}<|end_header_id|>\n\n{text}");
        let both = ["a", "<|eot_id|>", "b", "<|eot_id|>", "c", "<|eot_id|>"];
        let both = format!(
            "{}{}{}{}{}{}",
            turn("user", both[0]),
            both[1],
            turn("assistant", both[2]),
            both[3],
            turn("user", both[4]),
            both[5]
        );
        let begin = "<|begin_of_text|>";
        assert_eq!(
            written(ChatForm::Llama3, false, false),
            format!("{begin}{both}{}", turn("assistant", ""))
        );
        assert_eq!(
            written(ChatForm::Llama3, true, true),
            format!("{begin}{}<|eot_id|>{both}{}<|eot_id|>", turn("system", "s"), turn("assistant", "d"))
        );
        assert_eq!(
            written(ChatForm::Llama31, false, true),
            format!(
                "{begin}{}<|eot_id|>{both}{}<|eot_id|>",
                turn("system", LLAMA_DATES),
                turn("assistant", "d")
            )
        );
    }

    #[test]
    fn mistral_has_its_system_turn_in_the_last_user_turn() {
        assert_eq!(written(ChatForm::Mistral, false, false), "<s>[INST]a[/INST]b</s>[INST] c [/INST]");
        assert_eq!(
            written(ChatForm::Mistral, true, true),
            "<s>[INST]a[/INST]b</s>[INST]s\n\n c [/INST]d</s>"
        );
    }

    #[test]
    fn markers_that_the_vocabulary_lacks_count_one_each_and_about() {
        let tokenizer = Tokenizer::o200k();
        let page = write(ChatForm::Llama3, &tokenizer, &Prompt::user("a"), None);
        // Markers: one, and three and two of the turns; texts: user, two line breaks, a, and so on.
        let texts: u64 =
            ["user", "\n\na", "assistant", "\n\n"].iter().map(|text| tokenizer.count(text).tokens).sum();
        assert_eq!(page.count(&tokenizer), Count::about(6 + texts));
        assert!(!is_known(ChatForm::Llama3, &tokenizer) && is_known(ChatForm::Plain, &tokenizer));
    }

    #[test]
    fn tools_calls_and_pictures_are_about() {
        let about = |prompt: &Prompt| write(ChatForm::ChatMl, &Tokenizer::o200k(), prompt, None).about;
        assert!(!about(&asked(true)));
        assert!(about(&Prompt { tools: vec![json!({"type": "function"})], ..asked(true) }));
        let called = json!({"role": "assistant", "content": "x", "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]});
        let called = Message::from_json(&called).unwrap();
        assert!(said(&called).contains("\"name\":\"f\""));
        assert!(about(&Prompt { messages: vec![called], tools: Vec::new() }));
        let parts = |parts| Message { content: Content::Parts(parts), ..turn(Role::User, "") };
        let text = json!({"type": "text", "text": "a"});
        assert!(!about(&Prompt { messages: vec![parts(vec![text.clone()])], tools: Vec::new() }));
        assert!(about(&Prompt {
            messages: vec![parts(vec![text, json!({"type": "image_url"})])],
            tools: Vec::new()
        }));
    }
}
