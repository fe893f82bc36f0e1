//! Calls of tools, their results, and what tools there are.

use std::collections::HashSet;

use serde_json::Value;

use super::{Offence, Rule};
use crate::example::{Message, Role};
use crate::formats::Outgoing;
use crate::formats::mends::{DropTools, Mend};

/// No tools at all.
pub struct NoTools;

impl Rule for NoTools {
    fn id(&self) -> &'static str {
        "no-tools"
    }

    fn demand(&self) -> &'static str {
        "no tool calls, results or definitions"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        if !outgoing.prompt().tools.is_empty() {
            return Some(Offence::new("", "defines tools"));
        }
        first(outgoing, |message| {
            let is_of_tools = message.role == Role::Tool || !message.tool_calls.is_empty();
            is_of_tools.then(|| "calls a tool or answers a call".to_owned())
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        &[&DropTools]
    }

    fn advice(&self) -> &'static str {
        "choose a format that carries tool calls"
    }
}

/// Every call is answered in the turns right after it, and every result answers a call.
pub struct CallsAnswered;

impl Rule for CallsAnswered {
    fn id(&self) -> &'static str {
        "calls-answered"
    }

    fn demand(&self) -> &'static str {
        "every tool call is answered right after it (the last turn's may wait), every result answers a call"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        outgoing.conversations().find_map(|conversation| {
            let mut open = 0_usize;
            let mut caller = 0;
            for (at, message) in conversation.messages().enumerate() {
                if message.role == Role::Tool {
                    if open == 0 {
                        return Some(Offence::new(
                            conversation.place(at),
                            "is a result that answers no call",
                        ));
                    }
                    open -= 1;
                } else if open > 0 {
                    return Some(Offence::new(
                        conversation.place(caller),
                        "calls a tool, and gets no result before the next turn",
                    ));
                }
                if !message.tool_calls.is_empty() {
                    (open, caller) = (message.tool_calls.len(), at);
                }
            }
            None
        })
    }
}

/// Tools and calls have names of letters, digits, _ and -, and arguments that are objects.
pub struct ToolNames;

impl Rule for ToolNames {
    fn id(&self) -> &'static str {
        "tool-names"
    }

    fn demand(&self) -> &'static str {
        "tool names of 1 to 64 letters, digits, _ and -, each defined once; arguments that are JSON objects"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let mut names = HashSet::new();
        for (at, tool) in outgoing.prompt().tools.iter().enumerate() {
            let place = format!("tools[{at}]");
            let Some(name) = tool_name(tool) else { return Some(Offence::new(place, "has no name")) };
            if !is_tool_name(name) {
                return Some(Offence::new(
                    place,
                    format!("is called “{name}”, which is no name of a function"),
                ));
            }
            if !names.insert(name) {
                return Some(Offence::new(place, format!("defines “{name}” a second time")));
            }
        }
        first(outgoing, |message| {
            message.tool_calls.iter().find_map(|call| {
                if !is_tool_name(&call.name) {
                    return Some(format!("calls “{}”, which is no name of a function", call.name));
                }
                let is_object = call.arguments.to_json().is_some_and(|arguments| arguments.is_object());
                (!is_object).then(|| format!("calls {} with arguments that are no JSON object", call.name))
            })
        })
    }
}

/// What is called is defined.
pub struct CallsDefined;

impl Rule for CallsDefined {
    fn id(&self) -> &'static str {
        "calls-defined"
    }

    fn demand(&self) -> &'static str {
        "where tools are defined, only those are called"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let tools = &outgoing.prompt().tools;
        if tools.is_empty() {
            return None;
        }
        let is_defined = |name: &str| tools.iter().any(|tool| tool_name(tool) == Some(name));
        first(outgoing, |message| {
            let call = message.tool_calls.iter().find(|call| !is_defined(&call.name))?;
            Some(format!("calls {}, which is not among the tools", call.name))
        })
    }
}

/// A turn that calls tools says nothing beside.
pub struct CallsAlone;

impl Rule for CallsAlone {
    fn id(&self) -> &'static str {
        "calls-alone"
    }

    fn demand(&self) -> &'static str {
        "no text in a turn that calls tools"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        first(outgoing, |message| {
            let speaks = !message.tool_calls.is_empty() && !message.text().trim().is_empty();
            speaks.then(|| "has text beside a tool call".to_owned())
        })
    }
}

/// Definitions of tools have the fields that the consumer knows, each of its type.
pub struct ToolDefinitions {
    /// The fields of a function that may stand beside those that all know; `None`: what is not known is
    /// left out when they are written.
    pub known: Option<&'static [&'static str]>,
    /// Whether parameters must be a valid JSON Schema (draft 7).
    pub draft7: bool,
}

impl ToolDefinitions {
    /// Those of `OpenAI`.
    pub const OPENAI: Self = Self { known: Some(&["strict"]), draft7: false };
    /// Those of Mistral.
    pub const MISTRAL: Self = Self { known: Some(&["strict"]), draft7: true };
    /// Those of consumers for which they are written anew, with what is known.
    pub const REWRITTEN: Self = Self { known: None, draft7: false };
}

impl Rule for ToolDefinitions {
    fn id(&self) -> &'static str {
        "tool-definitions"
    }

    fn demand(&self) -> &'static str {
        "tools are functions with a name, a description in text and an object of parameters, and no fields that \
         the consumer does not know"
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        let tools = outgoing.prompt().tools.iter().enumerate();
        let wrong = |(at, tool)| Some(Offence::new(format!("tools[{at}]"), self.wrong(tool)?));
        tools.map(wrong).find_map(|offence| offence)
    }

    fn advice(&self) -> &'static str {
        "edit the example's tools"
    }
}

impl ToolDefinitions {
    fn wrong(&self, tool: &Value) -> Option<String> {
        let map = tool.as_object()?;
        let (function, around) = match map.get("function") {
            Some(function) => (function.as_object()?, ["type", "function"].as_slice()),
            None => (map, ["type", "name", "description", "parameters"].as_slice()),
        };
        if let Some(known) = self.known {
            let base = ["name", "description", "parameters"];
            let is_known = |key: &str| base.contains(&key) || known.contains(&key);
            let inner = function.keys().filter(|key| !is_known(key));
            let outer = map.keys().filter(|key| !is_known(key));
            let strange = inner.chain(outer).find(|key| !around.contains(&key.as_str()));
            if let Some(key) = strange {
                return Some(format!("has the field {key}, which the consumer does not know"));
            }
        }
        if let Some(kind) = map.get("type").filter(|kind| *kind != "function") {
            return Some(format!("is of the type {kind}, not a function"));
        }
        if function.get("description").is_some_and(|text| !text.is_string()) {
            return Some("has a description that is not text".to_owned());
        }
        match function.get("parameters") {
            Some(parameters) if !parameters.is_object() => {
                Some("has parameters that are not an object".to_owned())
            }
            Some(parameters) if self.draft7 && !jsonschema::draft7::meta::is_valid(parameters) => {
                Some("has parameters that are no JSON Schema".to_owned())
            }
            _ => None,
        }
    }
}

fn tool_name(tool: &Value) -> Option<&str> {
    tool.get("function").unwrap_or(tool).get("name")?.as_str()
}

fn is_tool_name(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    !name.is_empty() && name.len() <= 64 && name.chars().all(is_allowed)
}

fn first(outgoing: &Outgoing<'_>, wrong: impl Fn(&Message) -> Option<String>) -> Option<Offence> {
    outgoing.conversations().find_map(|conversation| {
        conversation
            .messages()
            .enumerate()
            .find_map(|(at, message)| Some(Offence::new(conversation.place(at), wrong(message)?)))
    })
}
