//! What an action did, as people are told: of every text the turns that changed, word by word.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::example::Message;
use crate::store::ChangeRow;
use crate::text::difference::Difference;

/// How long all comparisons for one action may take together; after that the rest counts as changed.
const WITHIN: Duration = Duration::from_millis(200);

/// A changed row, and its texts that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldChange {
    /// The row.
    pub change: ChangeRow,
    /// Its texts that changed, in their order.
    pub texts: Vec<ToldText>,
}

/// A text that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct ToldText {
    /// What it is: `user`, `assistant 2`, `tools`, `note`.
    pub name: String,
    /// What became of it.
    pub became: Became,
}

/// What became of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Became {
    /// It is new.
    New(String),
    /// It is gone.
    Gone(String),
    /// It is another.
    Changed(Difference),
}

impl ToldChange {
    /// What the texts are part of: `prompt`, `response by ana`. Of models no name is told: who ranks is not
    /// to know it.
    pub fn name(&self) -> String {
        let image = self.change.after.as_ref().or(self.change.before.as_ref());
        match field(image, "author").filter(|_| self.change.table == "response") {
            Some(_) if field(image, "author_kind").as_deref() == Some("model") => {
                "response of a model".to_owned()
            }
            Some(author) => format!("response by {author}"),
            None => self.change.table.clone(),
        }
    }
}

/// Tells the changes of one action.
pub fn told(changes: Vec<ChangeRow>) -> Vec<ToldChange> {
    let deadline = Instant::now() + WITHIN;
    changes.into_iter().map(|change| ToldChange { texts: texts(&change, deadline), change }).collect()
}

impl ChangeRow {
    /// The number of the example that the row belongs to, where it belongs to one.
    pub fn example(&self) -> Option<i64> {
        let image = self.after.as_ref().or(self.before.as_ref())?;
        let field = if self.table == "example" { "id" } else { "example_id" };
        image.get(field)?.as_i64()
    }
}

fn texts(change: &ChangeRow, deadline: Instant) -> Vec<ToldText> {
    let (before, after) = (change.before.as_ref(), change.after.as_ref());
    let mut texts = Texts { told: Vec::new(), deadline };
    match change.table.as_str() {
        "prompt" => {
            texts.tell("tools".to_owned(), tools(before), tools(after));
            texts.turns(&messages(before), &messages(after));
            texts.tell("note".to_owned(), field(before, "note"), field(after, "note"));
        }
        "response" => texts.turns(&messages(before), &messages(after)),
        _ => {}
    }
    texts.told
}

struct Texts {
    told: Vec<ToldText>,
    deadline: Instant,
}

impl Texts {
    fn tell(&mut self, name: String, before: Option<String>, after: Option<String>) {
        let is_there = |text: &String| !text.is_empty();
        let became = match (before.filter(is_there), after.filter(is_there)) {
            (None, None) => return,
            (Some(before), Some(after)) if before == after => return,
            (None, Some(after)) => Became::New(after),
            (Some(before), None) => Became::Gone(before),
            (Some(before), Some(after)) => Became::Changed(Difference::until(&before, &after, self.deadline)),
        };
        self.told.push(ToldText { name, became });
    }

    /// Turns that are the same at both ends stand for each other; those between, in their order.
    fn turns(&mut self, before: &[Message], after: &[Message]) {
        let most = before.len().min(after.len());
        let same = |(one, other): &(&Message, &Message)| one == other;
        let head = before.iter().zip(after).take_while(same).count();
        let tail = before.iter().rev().zip(after.iter().rev()).take(most - head).take_while(same).count();
        let between = head..before.len().max(after.len()) - tail;
        for at in between {
            let old = before.get(at).filter(|_| at < before.len() - tail);
            let new = after.get(at).filter(|_| at < after.len() - tail);
            let (mut was, mut is) = (old.map(text), new.map(text));
            if was == is {
                // What differs is not what is said.
                (was, is) = (old.map(|old| pretty(&old.to_json())), new.map(|new| pretty(&new.to_json())));
            }
            self.tell(name(at, old, new, before.len().max(after.len())), was, is);
        }
    }
}

/// `user`, and where there are several turns, which of them: `user, turn 3`.
fn name(at: usize, old: Option<&Message>, new: Option<&Message>, of: usize) -> String {
    let role = match (old.map(|old| old.role), new.map(|new| new.role)) {
        (Some(old), Some(new)) if old != new => format!("{} → {}", old.as_str(), new.as_str()),
        (old, new) => new.or(old).map_or("", |role| role.as_str()).to_owned(),
    };
    if of > 1 { format!("{role}, turn {}", at + 1) } else { role }
}

fn field(image: Option<&Value>, name: &str) -> Option<String> {
    Some(image?.get(name)?.as_str()?.to_owned())
}

fn messages(image: Option<&Value>) -> Vec<Message> {
    let values: Option<Vec<Value>> =
        field(image, "messages").and_then(|text| serde_json::from_str(&text).ok());
    values.unwrap_or_default().iter().filter_map(|value| Message::from_json(value).ok()).collect()
}

fn tools(image: Option<&Value>) -> Option<String> {
    let text = field(image, "tools")?;
    Some(serde_json::from_str(&text).map_or(text, |value: Value| pretty(&value)))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

/// What a turn says, and the tools that it calls.
fn text(message: &Message) -> String {
    let mut text = message.text().into_owned();
    for call in &message.tool_calls {
        let arguments = call
            .arguments
            .to_json()
            .map_or_else(|| call.arguments.to_text().into_owned(), |json| pretty(&json));
        let gap = if text.is_empty() { "" } else { "\n" };
        // Writing to a string can't fail.
        let _ = write!(text, "{gap}calls {} {arguments}", call.name);
    }
    text
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(messages: &Value, note: &str) -> Value {
        json!({"example_id": 7, "messages": messages.to_string(), "tools": null, "note": note})
    }

    fn told_of(before: Option<Value>, after: Option<Value>) -> Vec<(String, String)> {
        let change = ChangeRow {
            table: "prompt".to_owned(),
            op: "update".to_owned(),
            row: String::new(),
            before,
            after,
        };
        assert_eq!(change.example(), Some(7));
        let shown = |text: ToldText| {
            let became = match text.became {
                Became::New(text) => format!("new {text}"),
                Became::Gone(text) => format!("gone {text}"),
                Became::Changed(difference) => difference.marked(),
            };
            (text.name, became)
        };
        told(vec![change]).remove(0).texts.into_iter().map(shown).collect()
    }

    fn turn(role: &str, text: &str) -> Value {
        json!({"role": role, "content": text})
    }

    #[test]
    fn only_the_turns_that_changed_are_told() {
        let before = row(&json!([turn("system", "Be brief."), turn("user", "hi there")]), "");
        let after = row(&json!([turn("system", "Be brief."), turn("user", "hello there")]), "later");
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        assert_eq!(
            told_of(Some(before.clone()), Some(after)),
            [pair("user, turn 2", "[-hi-]{+hello+} there"), pair("note", "new later")]
        );
        let longer = row(
            &json!([
                turn("system", "Be brief."),
                turn("user", "one"),
                turn("assistant", "two"),
                turn("user", "hi there")
            ]),
            "",
        );
        assert_eq!(
            told_of(Some(before.clone()), Some(longer.clone())),
            [pair("user, turn 2", "new one"), pair("assistant, turn 3", "new two")]
        );
        assert_eq!(told_of(Some(longer), Some(before.clone())).len(), 2);
        assert_eq!(told_of(Some(before.clone()), Some(before.clone())), []);
        assert_eq!(told_of(None, Some(before)).len(), 2);
    }

    #[test]
    fn what_is_not_text_is_told_too() {
        let before = row(&json!([{"role": "assistant", "content": "x", "weight": 1}]), "");
        let after = row(&json!([{"role": "assistant", "content": "x", "weight": 0}]), "");
        assert!(told_of(Some(before), Some(after)).remove(0).1.contains("[-1-]{+0+}"));
        let call = json!([{"role": "assistant", "content": null,
            "tool_calls": [{"type": "function", "function": {"name": "find", "arguments": "{\"a\":1}"}}]}]);
        let new = told_of(None, Some(row(&call, ""))).remove(0).1;
        assert_eq!(new, "new calls find {\n  \"a\": 1\n}");
    }
}
