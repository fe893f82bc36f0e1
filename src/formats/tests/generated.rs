//! What holds for any example, shown on generated ones.

use proptest::prelude::*;
use serde_json::Map;

use super::*;
use crate::example::{
    Arguments, Author, Content, Details, Flag, Message, Metadata, Prompt, Ranking, Rating, Response, Review,
    Role, SentBack, Split, Standing, Tag, Timestamp, ToolCall, Uuid, Verdict, new_id,
};

pub(in crate::formats) fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", "\\PC{0,12}", Just("a\r\nb\u{2028}\u{0}\"\\".to_owned())]
}

fn word() -> impl Strategy<Value = String> {
    "[a-z]{1,8}"
}

pub(super) fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_filter_map("finite", |f| f.is_finite().then(|| json!(f))),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Fields whose names mean nothing to any format.
pub(super) fn fields() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((word().prop_map(|word| format!("x_{word}")), json_value()), 0..3)
        .prop_map(|fields| fields.into_iter().collect())
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0_i64..4_000_000_000_000).prop_map(Timestamp)
}

fn call() -> impl Strategy<Value = ToolCall> {
    let arguments = prop_oneof![
        text().prop_map(Arguments::Text),
        fields().prop_map(|map| Arguments::Json(Value::Object(map)))
    ];
    (prop::option::of(word()), word(), arguments).prop_map(|(id, name, arguments)| ToolCall {
        id,
        name,
        arguments,
    })
}

fn message(role: Role) -> impl Strategy<Value = Message> {
    let content = prop_oneof![
        4 => text().prop_map(Content::Text),
        1 => Just(Content::Null),
        1 => Just(Content::Absent),
        1 => prop::collection::vec(json_value(), 0..3).prop_map(Content::Parts),
    ];
    let calls = prop::collection::vec(call(), 0..(if role == Role::Assistant { 3 } else { 1 }));
    let weight = prop::option::of((0_u32..2).prop_map(Into::into));
    (content, prop::option::of(word()), calls, prop::option::of(word()), weight, fields()).prop_map(
        move |(content, name, tool_calls, tool_call_id, weight, extra)| Message {
            role,
            content,
            name,
            tool_calls,
            tool_call_id,
            weight,
            extra,
        },
    )
}

fn turns() -> impl Strategy<Value = Vec<Message>> {
    prop::collection::vec(prop::sample::select(Role::ALL).prop_flat_map(message), 0..4)
}

fn author() -> impl Strategy<Value = Option<Author>> {
    prop::option::of(
        (word(), any::<bool>()).prop_map(
            |(name, person)| {
                if person { Author::person(name) } else { Author::model(name) }
            },
        ),
    )
}

fn response() -> impl Strategy<Value = Response> {
    (author(), turns(), fields(), moment(), any::<bool>()).prop_map(
        |(author, messages, metadata, created_at, origin)| Response {
            id: new_id(),
            author,
            messages,
            origin: origin.then(new_id),
            metadata: Metadata(metadata),
            created_at,
        },
    )
}

/// Places each response by a number: 0 is bad, 4 not at all, the rest are tiers.
pub(super) fn ranking(ids: &[Uuid], places: &[usize], annotator: String, at: Timestamp) -> Option<Ranking> {
    let in_tier = |tier: usize| -> Vec<Uuid> {
        ids.iter().zip(places).filter(|(_, place)| **place == tier).map(|(id, _)| *id).collect()
    };
    let tiers: Vec<_> = (1..4).map(in_tier).filter(|tier| !tier.is_empty()).collect();
    let details = details(ids, places);
    let ranking =
        Ranking { id: new_id(), annotator, tiers, bad: in_tier(0), presented: ids.to_vec(), at, details };
    ranking.check(ids).ok().map(|()| ranking)
}

/// What is said beside an order, made of its places: something of everything.
fn details(ids: &[Uuid], places: &[usize]) -> Details {
    let sum: usize = places.iter().sum();
    let rating = |(&response, &value): (&Uuid, &usize)| Rating {
        response,
        criterion: "helpful".to_owned(),
        value: u8::try_from(value + 1).unwrap(),
    };
    let is_placed = places.iter().zip(ids).any(|(place, _)| *place < 4);
    Details {
        standing: Standing::Own,
        cannot: (!is_placed).then(|| "not my subject".to_owned()),
        strength: sum.is_multiple_of(3).then_some(2),
        certainty: sum.is_multiple_of(4).then_some(0.5 + f64::from(u8::try_from(sum).unwrap()) / 41.0),
        reasons: if sum.is_multiple_of(2) {
            vec!["clearer".to_owned(), "\u{1b}[31m".to_owned()]
        } else {
            Vec::new()
        },
        ratings: if sum.is_multiple_of(5) {
            ids.iter().zip(places).map(rating).collect()
        } else {
            Vec::new()
        },
        millis: (sum % 2 == 1).then_some(4_200),
    }
}

/// A review for each of the orders, so that every verdict comes up.
fn review(index: usize, at: Timestamp) -> Review {
    let verdict = *Verdict::ALL.get(index % Verdict::ALL.len()).unwrap();
    Review {
        id: new_id(),
        reviewer: "rita".to_owned(),
        verdict,
        reason: if verdict.is_defect() { "ambiguous".to_owned() } else { String::new() },
        note: String::new(),
        to: vec![SentBack { annotator: "ana".to_owned(), done: index.is_multiple_of(2) }],
        at,
    }
}

pub(in crate::formats) fn example() -> impl Strategy<Value = Example> {
    let state = (
        prop::sample::select(Kind::ALL),
        prop::sample::select(Status::ALL),
        prop::option::of(prop::sample::select(Split::ALL)),
        text(),
        moment(),
    );
    let prompt = (turns(), prop::collection::vec(json_value(), 0..2));
    let said = (
        prop::collection::vec(response(), 0..4),
        prop::collection::vec((prop::collection::vec(0_usize..5, 4), moment()), 0..3),
        prop::collection::btree_set((word(), word()), 0..4),
        prop::collection::vec((word(), text(), any::<bool>(), any::<bool>(), moment()), 0..3),
    );
    (state, prompt, said, fields()).prop_map(|(state, (messages, tools), said, metadata)| {
        let (kind, status, split, note, created_at) = state;
        let (responses, orders, tags, flags) = said;
        let ids: Vec<Uuid> = responses.iter().map(|response| response.id).collect();
        let order = |(index, (places, at)): (usize, (Vec<usize>, Timestamp))| {
            ranking(&ids, &places, format!("annotator {index}"), at)
        };
        let flag = |(kind, note, on_response, resolved, at)| Flag {
            id: new_id(),
            kind,
            note,
            response: ids.first().copied().filter(|_| on_response),
            by: on_response.then(|| "ana".to_owned()),
            resolved,
            at,
        };
        Example {
            id: new_id(),
            kind,
            status,
            split,
            note,
            prompt: Prompt { messages, tools },
            reviews: orders.iter().enumerate().map(|(index, (_, at))| review(index, *at)).collect(),
            repeats: orders.iter().take(1).cloned().enumerate().filter_map(order).collect(),
            rankings: orders.into_iter().enumerate().filter_map(order).collect(),
            tags: tags.into_iter().map(|(facet, value)| Tag::new(facet, value)).collect(),
            flags: flags.into_iter().map(flag).collect(),
            metadata: Metadata(metadata),
            created_at,
            origin: ids.get(1).copied(),
            responses,
        }
    })
}

/// A conversation of texts, which every format can carry.
pub(super) fn plain(turns: usize) -> impl Strategy<Value = Example> {
    let said = prop::collection::vec(("[a-z]{1,9}", "[a-z]{1,9}"), 1..=turns);
    (said, fields()).prop_map(|(said, metadata)| {
        let mut messages = Vec::new();
        for (user, assistant) in said {
            messages.push(Message::new(Role::User, user));
            messages.push(Message::new(Role::Assistant, assistant));
        }
        let answer = messages.pop().unwrap();
        let response = Response::of(None, vec![answer]);
        let prompt = Prompt { messages, tools: Vec::new() };
        super::super::build::sft(prompt, Some(response), Metadata(metadata))
    })
}

/// What is left of an example when its ids and times are not looked at.
pub(super) fn said(example: &Example) -> (Prompt, Vec<Vec<Message>>, Map<String, Value>) {
    let mut metadata = example.metadata.0.clone();
    metadata.shift_remove(super::super::fields::HINTS);
    let answers = example.responses.iter().map(|response| response.messages.clone()).collect();
    (example.prompt.clone(), answers, metadata)
}

pub(super) fn through_text(record: &Value) -> Value {
    serde_json::from_str(&record.to_string()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn goldset_loses_nothing(example in example()) {
        let record = write_one("goldset", &example);
        prop_assert_eq!(read_one("goldset", through_text(&record)), example);
    }

    #[test]
    fn chat_formats_carry_conversations(example in plain(3)) {
        for format in ["openai-chat", "trl-prompt-completion", "alpaca", "sharegpt"] {
            let record = through_text(&write_one(format, &example));
            let again = read_one(format, record.clone());
            prop_assert_eq!(said(&again), said(&example), "{}", format);
            prop_assert_eq!(write_one(format, &again), record, "{}", format);
        }
    }

    #[test]
    fn text_formats_carry_a_question_and_an_answer(example in plain(1)) {
        for format in ["trl-prompt-completion-text", "columns"] {
            let again = read_one(format, write_one(format, &example));
            prop_assert_eq!(said(&again), said(&example), "{}", format);
        }
    }

    #[test]
    fn a_chat_record_is_put_right_once_whatever_is_in_it(messages in turns(), extra in fields(), tools in prop::option::of(json_value())) {
        let mut record = extra;
        let messages: Vec<Value> = messages.iter().map(Message::to_json).collect();
        record.insert("messages".to_owned(), Value::Array(messages));
        if let Some(tools) = tools {
            record.insert("tools".to_owned(), tools);
        }
        let record = Value::Object(record);
        let mut reader = by_id("openai-chat").unwrap().reader(&ReadOptions::default()).unwrap();
        // what can't be read or written is refused with a reason
        if let Ok(items) = reader.read(record)
            && let [Item::Example(example)] = items.as_slice()
            && let Ok(written) = write("openai-chat", example, Some(true))
        {
            // in the form that trainers take, which stays as it is from then on
            let once = through_text(&written.records[0]);
            prop_assert_eq!(write_one("openai-chat", &read_one("openai-chat", once.clone())), once);
        }
    }

    #[test]
    fn no_reader_panics(record in json_value(), name in prop::sample::select(vec![
        "messages", "prompt", "completion", "chosen", "rejected", "conversations", "instruction", "input", "output",
        "outputs", "label", "tools", "responses", "rankings", "history", "system", "question", "answer", "text",
    ]), more in json_value()) {
        let record = match record {
            Value::Object(mut map) => {
                map.insert(name.to_owned(), more);
                Value::Object(map)
            }
            other => json!({name: other, "role": "user", "text": more}),
        };
        for format in all() {
            let _ = format.fit(&record);
            let mut reader = format.reader(&ReadOptions::default()).unwrap();
            let _ = reader.read(record.clone());
            let _ = reader.finish();
        }
    }
}
