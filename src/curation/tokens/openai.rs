//! The rule of `OpenAI`'s cookbook for what a conversation has beside its texts.
//!
//! Source: openai-cookbook, `How_to_count_tokens_with_tiktoken.ipynb`, sections 6 (messages) and 7
//! (tools), where the numbers are compared with those that the service gives back; the notebook for
//! fine-tuning data (`Chat_finetuning_data_prep.ipynb`) counts training examples likewise:
//!
//! - a message: 3, the tokens of its role and of its content; of its name, and 1 for having one;
//! - the answer: 3 to begin it, once a conversation (here: with the prompt);
//! - a function: 7 (10 with cl100k), and the tokens of `name:description` without a closing full
//!   stop; where it has properties, 3; a property: 3, and the tokens of `name:type:description`
//!   likewise; an enumeration: -3, and for each value 3 and its tokens; at the end of all, 12.
//!
//! The cookbook has no rule for tool calls and for schemas within schemas; their JSON is counted.

use serde_json::Value;

use super::form::{is_plain, tool_calls};
use crate::example::{Message, Prompt};
use crate::text::tokens::{Count, Tokenizer};

const PER_MESSAGE: u64 = 3;
const PER_NAME: u64 = 1;
const ANSWER: u64 = 3;
/// The frame of a function, with o200k.
pub(super) const PER_FUNCTION_O200K: u64 = 7;
/// The frame of a function, with cl100k.
pub(super) const PER_FUNCTION_CL100K: u64 = 10;
const PROPERTIES: u64 = 3;
const PER_PROPERTY: u64 = 3;
const PER_ENUM_VALUE: u64 = 3;
/// What an enumeration saves.
const ENUM: u64 = 3;
const TOOLS_END: u64 = 12;

/// The prompt, up to where the answer begins.
pub(super) fn prompt(tokenizer: &Tokenizer, per_function: u64, prompt: &Prompt) -> Count {
    messages(tokenizer, &prompt.messages)
        .and(tools(tokenizer, per_function, &prompt.tools))
        .and(Count::exactly(ANSWER))
}

/// Messages, each with its frame.
pub(super) fn messages(tokenizer: &Tokenizer, messages: &[Message]) -> Count {
    messages.iter().map(|one| message(tokenizer, one)).sum()
}

fn message(tokenizer: &Tokenizer, message: &Message) -> Count {
    let mut count = Count { tokens: PER_MESSAGE, exact: is_plain(message) }
        .and(tokenizer.count(message.role.as_str()))
        .and(tokenizer.count(&message.text()));
    if let Some(name) = &message.name {
        count = count.and(tokenizer.count(name)).and(Count::exactly(PER_NAME));
    }
    if let Some(calls) = tool_calls(message) {
        count = count.and(tokenizer.count(&calls));
    }
    if let Some(id) = &message.tool_call_id {
        count = count.and(tokenizer.count(id));
    }
    count
}

fn tools(tokenizer: &Tokenizer, per_function: u64, tools: &[Value]) -> Count {
    if tools.is_empty() {
        return Count::exactly(0);
    }
    let functions: Count = tools
        .iter()
        .map(|tool| {
            function(tokenizer, per_function, tool)
                .unwrap_or_else(|| Count::about(tokenizer.count(&tool.to_string()).tokens))
        })
        .sum();
    functions.and(Count::exactly(TOOLS_END))
}

/// A function by the rule; `None` where the rule says nothing of its kind.
fn function(tokenizer: &Tokenizer, per_function: u64, tool: &Value) -> Option<Count> {
    let function = tool.get("function")?;
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let (name, description) = (text(function, "name")?, text(function, "description")?);
    let mut count =
        Count::exactly(per_function).and(tokenizer.count(&format!("{name}:{}", open(&description))));
    let properties = function.get("parameters")?.get("properties")?.as_object()?;
    if !properties.is_empty() {
        count = count.and(Count::exactly(PROPERTIES));
    }
    for (name, property) in properties {
        // Of what stands within, the rule knows nothing.
        if ["properties", "items", "anyOf", "oneOf", "$ref"].iter().any(|key| property.get(key).is_some()) {
            return None;
        }
        let (kind, description) = (text(property, "type")?, text(property, "description")?);
        count = count
            .and(Count::exactly(PER_PROPERTY))
            .and(tokenizer.count(&format!("{name}:{kind}:{}", open(&description))));
        if let Some(values) = property.get("enum") {
            for value in values.as_array()? {
                count = count.and(Count::exactly(PER_ENUM_VALUE)).and(tokenizer.count(value.as_str()?));
            }
            count.tokens = count.tokens.saturating_sub(ENUM);
        }
    }
    Some(count)
}

/// A description without its full stop.
fn open(description: &str) -> &str {
    description.strip_suffix('.').unwrap_or(description)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::example::{Content, Role};

    fn asked(tools: Vec<Value>) -> Prompt {
        Prompt { tools, ..Prompt::user("When is high tide?") }
    }

    fn tide() -> Value {
        json!({"type": "function", "function": {
            "name": "tide", "description": "The next high tide at a place.",
            "parameters": {"type": "object", "required": ["place"], "properties": {
                "place": {"type": "string", "description": "A harbour, such as Harlingen."},
                "unit": {"type": "string", "description": "Of the height", "enum": ["m", "ft"]}}}}})
    }

    /// Counted by the cookbook's functions with tiktoken 0.14.0.
    #[test]
    fn counts_are_those_of_the_cookbook() {
        let (o200k, cl100k) = (Tokenizer::o200k(), Tokenizer::cl100k());
        assert_eq!(prompt(&o200k, PER_FUNCTION_O200K, &asked(Vec::new())), Count::exactly(12));
        assert_eq!(prompt(&o200k, PER_FUNCTION_O200K, &asked(vec![tide()])), Count::exactly(69));
        assert_eq!(prompt(&cl100k, PER_FUNCTION_CL100K, &asked(vec![tide(), tide()])), Count::exactly(120));
        let mut named = Message::new(Role::User, "When is high tide?");
        named.name = Some("skipper".to_owned());
        assert_eq!(messages(&o200k, &[named]), Count::exactly(12));
    }

    #[test]
    fn what_the_rule_does_not_know_is_about() {
        let o200k = Tokenizer::o200k();
        let mut tool = tide();
        tool["function"]["parameters"]["properties"]["place"]["items"] = json!({"type": "string"});
        assert!(!prompt(&o200k, PER_FUNCTION_O200K, &asked(vec![tool])).exact);
        assert!(!prompt(&o200k, PER_FUNCTION_O200K, &asked(vec![json!("tide")])).exact);
        let call =
            json!({"role": "assistant", "tool_calls": [{"function": {"name": "tide", "arguments": "{}"}}]});
        let count = message(&o200k, &Message::from_json(&call).unwrap());
        assert!(!count.exact && count.tokens > 10);
        let mut picture = Message::new(Role::User, "");
        picture.content = Content::Parts(vec![json!({"type": "image_url"})]);
        assert!(!message(&o200k, &picture).exact);
    }
}
