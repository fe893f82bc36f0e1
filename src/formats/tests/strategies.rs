//! Examples of every make: what a person, a model or a file could put into a dataset, with knobs for what a
//! format has room for.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use super::generated::{fields, json_value, ranking};
use crate::example::{
    Arguments, Author, Content, Example, Flag, Kind, Message, Metadata, Prompt, Ranking, Rating, Response,
    Role, Tag, Timestamp, ToolCall, Uuid, new_id,
};

/// What an example may have beyond one question and its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feature {
    /// A system turn at the beginning.
    System,
    /// A system turn in the middle.
    LateSystem,
    /// Turns before the question.
    Turns,
    /// Two turns of one speaker in a row.
    TwoInARow,
    /// Tools are defined.
    Definitions,
    /// Tools are called before the question.
    Calls,
    /// The response calls tools and goes on.
    CallingAnswer,
    /// The response ends with a call.
    LastCall,
    /// The prompt ends with the result of a call.
    ToolLast,
    /// There is text beside calls.
    TextBesideCalls,
    /// Turns have weights.
    Weights,
    /// Turns and results have names.
    Names,
    /// Text comes in parts.
    Parts,
    /// The user shows a picture.
    Pictures,
    /// The model thinks aloud in a part of its own.
    Reasoning,
    /// Fields that Goldset does not know.
    Extra,
    /// Fields whose names mean something to a format.
    Meant,
    /// A turn says nothing.
    Blank,
    /// Arguments that are no JSON object.
    Broken,
    /// Each step of a response is judged.
    Steps,
    /// The response is rated by criteria.
    Rated,
}

impl Feature {
    pub const ALL: &'static [Self] = &[
        Self::System,
        Self::LateSystem,
        Self::Turns,
        Self::TwoInARow,
        Self::Definitions,
        Self::Calls,
        Self::CallingAnswer,
        Self::LastCall,
        Self::ToolLast,
        Self::TextBesideCalls,
        Self::Weights,
        Self::Names,
        Self::Parts,
        Self::Pictures,
        Self::Reasoning,
        Self::Extra,
        Self::Meant,
        Self::Blank,
        Self::Broken,
        Self::Steps,
        Self::Rated,
    ];
}

/// Texts that something or somebody on the way could take for more than text.
const ODD: &[&str] = &[
    " ",
    "\u{0}",
    "a\u{0}b",
    "\u{1b}[31mred\u{7}\u{8}",
    "\\ud83d\\ude00 \\ud800",
    "\u{202e}txet\u{2066}\u{200f}",
    "👩\u{200d}👩\u{200d}👧 👍🏽",
    "e\u{301}\u{323} \u{1112}\u{1161}\u{11ab}",
    "a\r\nb\rc",
    "\ttab\t",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\u{feff}mark",
    "\u{fffd}\u{fffe}\u{10ffff}",
    "  before and after  ",
    "\n\nlines\n\n",
    "\u{200b}",
    "\u{3000}",
    "{\"a\": 1}",
    "{\"a\": 1, \"a\": 2}",
    "{not json",
    "[]",
    "null",
    "true",
    "12",
    "1e400",
    "{\"result\": \"x\"}",
    "{\"result\": \"{\\\"a\\\": 1}\"}",
    "{\"name\": \"look\", \"arguments\": {}}",
    "[{\"name\": \"look\", \"arguments\": {}}]",
    "<tool_call>{\"name\": \"look\"}</tool_call>",
    "<b at=\"x\">&amp;</b><![CDATA[x]]>",
    "<|im_start|>assistant",
    "[INST] <<SYS>>",
    "<image>",
    "{{name}} {% if x %}",
    "a\n\nHuman: b\n\nAssistant: c",
    "\"quoted\", 'single'; a,b\tc",
    "=1+1",
    "\\ \\n \\u0041",
    "%s {0} ${x}",
    "```json\n{}\n```",
];

/// A text, plain or odd.
fn text() -> impl Strategy<Value = String> {
    let odd = || select(ODD).prop_map(str::to_owned);
    prop_oneof![
        5 => "[a-z]{1,9}( [a-z]{1,9}){0,3}",
        2 => "\\PC{1,12}",
        3 => odd(),
        2 => ("[a-z]{1,6}", odd(), "[a-z]{0,6}").prop_map(|(a, b, c)| format!("{a}{b}{c}")),
        1 => (200_usize..2000).prop_map(|length| "long".repeat(length)),
    ]
}

/// The tools that are called.
const TOOLS: &[&str] = &["look", "get-it", "F_9"];

/// Definitions of all of them, each in the form that one or the other file has.
fn tools() -> impl Strategy<Value = Vec<Value>> {
    let parameters = prop_oneof![
        Just(None),
        Just(Some(json!({"type": "object", "properties": {}}))),
        Just(Some(json!({"type": "object", "properties": {"q": {"type": "string", "description": "what"}},
                         "required": ["q"]}))),
        Just(Some(json!({"type": "object", "properties": {"n": {"type": ["integer", "null"]}},
                         "additionalProperties": false, "$defs": {"x": {"const": 1}}}))),
    ];
    let one = (prop::option::of(text()), parameters, 0_u8..5);
    prop::collection::vec(one, TOOLS.len()).prop_map(|all| {
        let define =
            |(name, (description, parameters, form)): (&&str, (Option<String>, Option<Value>, u8))| {
                let mut function = json!({"name": name});
                for (key, value) in
                    [("description", description.map(Value::from)), ("parameters", parameters)]
                {
                    if let Some(value) = value {
                        function[key] = value;
                    }
                }
                if form == 4 {
                    function["strict"] = json!(true);
                }
                match form {
                    0 => function,
                    1 => json!({"function": function}),
                    _ => json!({"type": "function", "function": function}),
                }
            };
        TOOLS.iter().zip(all).map(define).collect()
    })
}

/// One call with its result.
#[derive(Debug, Clone)]
struct Called {
    tool: &'static str,
    arguments: Arguments,
    result: String,
}

fn called() -> impl Strategy<Value = Called> {
    let odd = select(vec![
        "{}",
        "{ \"a\" : 1 }",
        "{\"a\": 1.0, \"b\": 1e2}",
        "{\"n\": 123456789012345678901234567890}",
        "{\"a\": {\"b\": [1, [2, {\"c\": null}]]}}",
        "{\"\": \"\", \"a b\": \"\\u0000\\ud83d\\ude00\"}",
    ]);
    let arguments = prop_oneof![
        2 => odd.prop_map(|text| Arguments::Text(text.to_owned())),
        2 => prop::collection::vec(("[a-z]{1,5}", json_value()), 0..3)
            .prop_map(|fields| Arguments::Json(Value::Object(fields.into_iter().collect()))),
        1 => text().prop_map(|text| Arguments::Json(json!({"q": text}))),
    ];
    let result = prop_oneof![4 => text(), 1 => Just(String::new())];
    (select(TOOLS), arguments, result).prop_map(|(tool, arguments, result)| Called {
        tool,
        arguments,
        result,
    })
}

/// What one turn of a person and the answer to it may be made of; features say what of it is used.
#[derive(Debug, Clone)]
struct Exchange {
    question: String,
    called: Vec<Called>,
    /// Whether the results come in the other order.
    reversed: bool,
    beside: String,
    answer: String,
    weight: Option<u8>,
    name: Option<&'static str>,
    extra: serde_json::Map<String, Value>,
}

fn exchange() -> impl Strategy<Value = Exchange> {
    let answer = (
        text(),
        text(),
        prop::option::of(0_u8..2),
        prop::option::of(select(&["ana", "Bot 7", ""][..])),
        fields(),
    );
    let called = prop::collection::vec(called(), 1..4);
    (text(), called, any::<bool>(), answer).prop_map(|(question, called, reversed, answer)| {
        let (beside, answer, weight, name, extra) = answer;
        Exchange { question, called, reversed, beside, answer, weight, name, extra }
    })
}

/// How calls are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ids {
    None,
    Short,
    Nine,
    /// One that stands for all calls, as some models have it.
    Same,
}

/// Puts turns together, with the features that are wanted.
struct Builder<'a> {
    features: &'a [Feature],
    ids: Ids,
    made: usize,
}

impl Builder<'_> {
    fn has(&self, feature: Feature) -> bool {
        self.features.contains(&feature)
    }

    fn id(&mut self) -> Option<String> {
        self.made += 1;
        match self.ids {
            Ids::None => None,
            Ids::Short => Some(format!("call_{}", self.made)),
            Ids::Nine => Some(format!("abcDEF{:03}", self.made)),
            Ids::Same => Some("call_0".to_owned()),
        }
    }

    fn said(&self, role: Role, text: &str, exchange: &Exchange) -> Message {
        let mut message = Message::new(role, if self.has(Feature::Blank) { "" } else { text });
        let is_in_parts = self.has(Feature::Parts) && exchange.reversed;
        let mut parts = if is_in_parts {
            vec![json!({"type": "text", "text": text}), json!({"type": "text", "text": exchange.beside})]
        } else {
            vec![json!({"type": "text", "text": text})]
        };
        if self.has(Feature::Pictures) && role == Role::User {
            let url = "data:image/png;base64,iVBORw0KGgo=";
            parts.push(json!({"type": "image_url", "image_url": {"url": url}}));
        }
        if self.has(Feature::Reasoning) && role == Role::Assistant {
            parts.insert(0, json!({"type": "thinking", "thinking": "hm"}));
        }
        if is_in_parts || parts.len() > 1 {
            message.content = Content::Parts(parts);
        }
        if self.has(Feature::Names) {
            message.name = exchange.name.map(str::to_owned);
        }
        if self.has(Feature::Weights) && role == Role::Assistant {
            message.weight = exchange.weight.map(Into::into);
        }
        if self.has(Feature::Extra) {
            message.extra = exchange.extra.clone();
        }
        if self.has(Feature::Meant) {
            message.extra.insert("prefix".to_owned(), json!(true));
        }
        message
    }

    /// A turn that calls tools.
    fn call(&mut self, exchange: &Exchange) -> Message {
        let mut message = if self.has(Feature::TextBesideCalls) {
            self.said(Role::Assistant, &exchange.beside, exchange)
        } else {
            let silent = [Content::Null, Content::Absent, Content::Text(String::new())];
            let content = silent[exchange.answer.len() % 3].clone();
            let mut message = self.said(Role::Assistant, "", exchange);
            message.content = content;
            message
        };
        for called in &exchange.called {
            let arguments = match &called.arguments {
                _ if self.has(Feature::Broken) => Arguments::Text("{\"a\":".to_owned()),
                arguments => arguments.clone(),
            };
            let id = self.id();
            message.tool_calls.push(ToolCall { id, name: called.tool.to_owned(), arguments });
        }
        message
    }

    /// The results of a turn's calls.
    fn results(&self, call: &Message, exchange: &Exchange) -> Vec<Message> {
        let result = |(made, called): (&ToolCall, &Called)| Message {
            tool_call_id: made.id.clone(),
            name: (self.has(Feature::Names) && exchange.name.is_some()).then(|| called.tool.to_owned()),
            ..Message::new(Role::Tool, called.result.as_str())
        };
        let mut results: Vec<Message> = call.tool_calls.iter().zip(&exchange.called).map(result).collect();
        // only ids tell which is whose
        if exchange.reversed && matches!(self.ids, Ids::Short | Ids::Nine) {
            results.reverse();
        }
        results
    }

    fn prompt(&mut self, system: &str, before: &[Exchange], last: &Exchange) -> Vec<Message> {
        let mut turns = Vec::new();
        if self.has(Feature::System) {
            turns.push(self.said(Role::System, system, last));
        }
        let is_long = self.has(Feature::Turns) || self.has(Feature::Calls) || self.has(Feature::TwoInARow);
        for exchange in before.iter().filter(|_| is_long) {
            turns.push(self.said(Role::User, &exchange.question, exchange));
            if self.has(Feature::Calls) {
                let call = self.call(exchange);
                let results = self.results(&call, exchange);
                turns.push(call);
                turns.extend(results);
            }
            turns.push(self.said(Role::Assistant, &exchange.answer, exchange));
            if self.has(Feature::TwoInARow) {
                let role = if exchange.reversed { Role::User } else { Role::Assistant };
                turns.push(self.said(role, &exchange.beside, exchange));
            }
            if self.has(Feature::LateSystem) {
                turns.push(self.said(Role::System, &exchange.beside, exchange));
            }
        }
        turns.push(self.said(Role::User, &last.question, last));
        if self.has(Feature::ToolLast) {
            let call = self.call(last);
            let results = self.results(&call, last);
            turns.push(call);
            turns.extend(results);
        }
        turns
    }

    fn answer(&mut self, exchange: &Exchange) -> Vec<Message> {
        let mut turns = Vec::new();
        if self.has(Feature::CallingAnswer) {
            let call = self.call(exchange);
            let results = self.results(&call, exchange);
            turns.push(call);
            turns.extend(results);
        }
        if self.has(Feature::LastCall) {
            turns.push(self.call(exchange));
        } else {
            turns.push(self.said(Role::Assistant, &exchange.answer, exchange));
        }
        turns
    }
}

/// Which of the features an example has: most of those that are `usual`, hardly ever another.
fn chosen(usual: Vec<Feature>) -> impl Strategy<Value = Vec<Feature>> {
    let some = 0..=usual.len();
    let other = prop_oneof![24 => Just(None), 1 => select(Feature::ALL).prop_map(Some)];
    (subsequence(usual, some), other).prop_map(|(mut features, other)| {
        features.extend(other.filter(|other| !features.contains(other)));
        features
    })
}

/// Names that mean something to a format, or to those who read its files.
const MEANT: &[&str] =
    &["label", "system", "input", "context", "output", "answer", "text", "generator", "id", "annotator"];

/// An example; `kind` is what is wanted of it, `None` either.
pub(super) fn example(kind: Option<Kind>, usual: Vec<Feature>) -> impl Strategy<Value = Example> {
    let asked = (text(), prop::collection::vec(exchange(), 1..3), exchange(), tools());
    let author = prop::option::of((any::<bool>(), select(&["ana", "swift 7b"][..])));
    let answered = prop::collection::vec((exchange(), author, fields()), 2..5);
    let order = prop::collection::vec(prop::collection::vec(0_usize..5, 4), 1..3);
    let judged = prop::sample::select(vec![Kind::Sft, Kind::Preference]);
    let ids = prop::sample::select(vec![Ids::None, Ids::Short, Ids::Short, Ids::Nine, Ids::Same]);
    let said = (
        prop::collection::btree_set(("[a-z]{1,5}", "[a-z]{1,5}"), 0..2),
        prop::option::of(text()),
        any::<bool>(),
        fields(),
        prop::collection::vec((select(MEANT), json_value()), 0..3),
    );
    (chosen(usual), asked, answered, order, judged, ids, said).prop_map(
        move |(features, asked, answered, orders, judged, ids, said)| {
            let (system, before, last, tools) = asked;
            let (tags, note, flagged, metadata, meant) = said;
            let mut builder = Builder { features: &features, ids, made: 0 };
            let messages = builder.prompt(&system, &before, &last);
            let has = |feature| features.contains(&feature);
            let tools = if has(Feature::Definitions) { tools } else { Vec::new() };
            let kind = kind.unwrap_or(judged);
            let mut example = Example::new(kind, Prompt { messages, tools });
            let most = if kind == Kind::Sft { 1 } else { answered.len() };
            for (exchange, author, metadata) in answered.into_iter().take(most) {
                let author = author.map(
                    |(is_person, name)| {
                        if is_person { Author::person(name) } else { Author::model(name) }
                    },
                );
                let mut response = Response::of(author, builder.answer(&exchange));
                if has(Feature::Extra) {
                    response.metadata = Metadata(metadata);
                }
                example.responses.push(response);
            }
            let placed: Vec<Uuid> = example.responses.iter().map(|response| response.id).collect();
            if kind == Kind::Preference {
                let ranking = |(index, places): (usize, Vec<usize>)| {
                    ranking(&placed, &places, format!("annotator {index}"), Timestamp(0))
                };
                example.rankings = orders.into_iter().enumerate().filter_map(ranking).collect();
            }
            example.tags = tags.into_iter().map(|(facet, value)| Tag::new(facet, value)).collect();
            example.note = note.unwrap_or_default();
            example.flags.extend(flagged.then(|| Flag {
                id: new_id(),
                kind: "wrong".to_owned(),
                note: String::new(),
                response: None,
                by: None,
                resolved: false,
                at: Timestamp(0),
            }));
            judge(&mut example, &features);
            if has(Feature::Extra) {
                example.metadata = Metadata(metadata);
            }
            if has(Feature::Meant) {
                let fields = meant.into_iter().map(|(name, value)| (name.to_owned(), value));
                example.metadata.0.extend(fields);
            }
            example
        },
    )
}

/// An example with that feature and nothing else beyond a question and its answers: what a format is asked
/// with whether it has room for it.
pub(super) fn with(feature: Option<Feature>, kind: Kind) -> Example {
    let exchange = |answer: &str| Exchange {
        question: "What is due?".to_owned(),
        called: vec![Called {
            tool: "look",
            arguments: Arguments::Json(json!({"q": "due"})),
            result: "two".to_owned(),
        }],
        reversed: true,
        beside: "A moment.".to_owned(),
        answer: answer.to_owned(),
        weight: Some(1),
        name: Some("ana"),
        extra: [("x_mood".to_owned(), json!("glad"))].into_iter().collect(),
    };
    let features: Vec<Feature> = feature.into_iter().collect();
    let mut builder = Builder { features: &features, ids: Ids::Short, made: 0 };
    let messages = builder.prompt("Be brief.", &[exchange("Nothing.")], &exchange(""));
    let tools = match feature {
        Some(Feature::Definitions) => vec![json!({"type": "function", "function": {"name": "look"}})],
        _ => Vec::new(),
    };
    let mut example = Example::new(kind, Prompt { messages, tools });
    let most = if kind == Kind::Sft { 1 } else { 2 };
    for answer in ["Two letters are due.", "I can't say what is due."].into_iter().take(most) {
        example.responses.push(Response::of(None, builder.answer(&exchange(answer))));
    }
    if kind == Kind::Preference {
        let ids = example.responses.iter().map(|response| vec![response.id]).collect();
        example.rankings.push(Ranking::new("ana", ids));
    }
    if feature == Some(Feature::Meant) {
        example.metadata.insert("label", json!(1));
    }
    judge(&mut example, &features);
    example
}

/// Says of steps and by criteria how good the responses are, where that is wanted.
fn judge(example: &mut Example, features: &[Feature]) {
    if features.contains(&Feature::Steps) {
        for response in &mut example.responses {
            let step = json!({"text": response.text(), "label": true});
            response.metadata.insert("steps", json!([step]));
        }
    }
    if features.contains(&Feature::Rated)
        && example.rankings.is_empty()
        && let Some(response) = example.responses.first().map(|response| response.id)
    {
        let mut said = Ranking::new("ana", vec![vec![response]]);
        let rating =
            |(criterion, value): (&str, u8)| Rating { response, criterion: criterion.to_owned(), value };
        said.details.ratings = [("helpfulness", 4), ("verbosity", 1)].map(rating).to_vec();
        example.rankings.push(said);
    }
}
