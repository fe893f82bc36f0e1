//! What of an example did not come back from a format, and was not told either.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::super::fields::HINTS;
use super::super::messages;
use super::super::plain::part_text;
use super::super::{Carries, Choice, Format, Outgoing, Written, container};
use crate::example::{Consensus, Content, Example, Kind, Message, Response, Role, Uuid};

/// One difference, with the words by which a format may have told it.
struct Loss {
    what: String,
    told_by: &'static [&'static str],
}

/// What a turn says and does, in whatever form it stood.
#[derive(Debug, PartialEq)]
struct Turn {
    role: Role,
    text: String,
    /// Pictures and whatever else there is beside text.
    others: usize,
    calls: Vec<(String, Value)>,
    /// The number of the call that a result answers.
    answers: Option<usize>,
    /// `None` is learned from as the trainer likes, which is as much as 1.
    weight: String,
    name: Option<String>,
    extra: Map<String, Value>,
}

/// The turns of a conversation, with results by the calls that they answer.
fn turns<'a>(messages: impl IntoIterator<Item = &'a Message>) -> Vec<Turn> {
    let mut open: Vec<(usize, Option<&str>, &str)> = Vec::new();
    let mut made = 0;
    let mut turns = Vec::new();
    for message in messages {
        let mut answers = None;
        if message.role == Role::Tool {
            let by_id = message
                .tool_call_id
                .as_deref()
                .and_then(|id| open.iter().position(|(_, named, _)| *named == Some(id)));
            let by_name =
                || message.name.as_deref().and_then(|name| open.iter().position(|(.., tool)| *tool == name));
            let at = by_id.or_else(by_name).unwrap_or(0);
            answers = (at < open.len()).then(|| open.remove(at).0);
        } else if message.role == Role::User {
            open.clear();
        }
        for call in &message.tool_calls {
            open.push((made, call.id.as_deref(), &call.name));
            made += 1;
        }
        let arguments = |call: &crate::example::ToolCall| {
            call.arguments
                .to_json()
                .map_or_else(|| json!(call.arguments.to_text()), std::borrow::Cow::into_owned)
        };
        let text = message.text().into_owned();
        let says_nothing = text.trim().is_empty() && !message.tool_calls.is_empty();
        turns.push(Turn {
            role: message.role,
            // blanks beside a call say nothing
            text: if says_nothing { String::new() } else { text },
            others: match &message.content {
                Content::Parts(parts) => parts.iter().filter(|part| part_text(part).is_none()).count(),
                _ => 0,
            },
            calls: message.tool_calls.iter().map(|call| (call.name.clone(), arguments(call))).collect(),
            answers,
            weight: match message.weight.as_ref().and_then(serde_json::Number::as_f64) {
                None => "1".to_owned(),
                Some(weight) => weight.to_string(),
            },
            name: message.name.clone().filter(|name| !name.is_empty()),
            extra: messages::extra(message)
                .filter(|(_, value)| !value.is_null())
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        });
    }
    // results that stand together may stand in any order
    for results in turns.chunk_by_mut(|one: &Turn, other| one.role == Role::Tool && other.role == Role::Tool)
    {
        results.sort_by_key(|result| result.answers);
    }
    turns
}

/// Whether a result says the same: JSON may be set otherwise.
fn says_same(was: &Turn, is: &Turn) -> bool {
    let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).ok();
    was.text == is.text
        || was.role == Role::Tool && object(&was.text).is_some_and(|map| object(&is.text) == Some(map))
}

/// Collects what is not as it was.
struct Comparison<'a> {
    losses: Vec<Loss>,
    judged: bool,
    /// Whether fields that came along are text there whatever they were: cells of a table, Gemini's references.
    as_text: bool,
    outgoing: &'a Outgoing<'a>,
}

impl Comparison<'_> {
    fn note(&mut self, same: bool, told_by: &'static [&'static str], what: impl FnOnce() -> String) {
        if !same {
            self.losses.push(Loss { what: what(), told_by });
        }
    }

    fn conversation(&mut self, place: &str, was: &[Turn], is: &[Turn]) {
        let roles = |turns: &[Turn]| turns.iter().map(|turn| turn.role.as_str()).collect::<Vec<_>>();
        if roles(was) != roles(is) {
            self.note(false, &["where turns end"], || {
                format!("{place}: turns of {:?} became {:?}", roles(was), roles(is))
            });
            // what they say must still be there
            let all = |turns: &[Turn]| turns.iter().map(|turn| turn.text.as_str()).collect::<String>();
            let letters = |text: String| {
                let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
                letters.sort_unstable();
                letters
            };
            let (was, is) = (letters(all(was)), letters(all(is)));
            self.note(was == is, &[], || format!("{place}: {was:?} became {is:?}"));
            return;
        }
        for (at, (was, is)) in was.iter().zip(is).enumerate() {
            let place = format!("{place}[{at}] ({})", was.role.as_str());
            // without ids it is the order that tells which result is whose
            let told_by: &[&str] = if was.role == Role::Tool { &["ids of tool calls"] } else { &[] };
            self.note(says_same(was, is), told_by, || {
                format!("{place}: {:?} became {:?}", was.text, is.text)
            });
            self.note(was.others == is.others, &[], || {
                format!("{place}: {} parts became {}", was.others, is.others)
            });
            self.note(was.calls == is.calls, &[], || {
                format!("{place}: the calls {:?} became {:?}", was.calls, is.calls)
            });
            self.note(was.answers == is.answers, &["ids of tool calls"], || {
                format!("{place}: answers call {:?} instead of {:?}", is.answers, was.answers)
            });
            self.note(was.weight == is.weight, &["weights"], || {
                format!("{place}: weight {} became {}", was.weight, is.weight)
            });
            // a result may be given the name of the tool that was called
            let is_named = was.name == is.name || was.name.is_none() && was.role == Role::Tool;
            self.note(is_named, &["names"], || format!("{place}: name {:?} became {:?}", was.name, is.name));
            self.fields(&place, &was.extra, &is.extra);
        }
    }

    /// Every field is still there; others may have come.
    fn fields(&mut self, place: &str, was: &Map<String, Value>, is: &Map<String, Value>) {
        for (key, value) in was.iter().filter(|(key, value)| *key != HINTS && !value.is_null()) {
            let is_same = |is: &Value| {
                let is_its_text = self.as_text && is.as_str() == Some(value.to_string().as_str());
                is_its_text || without_nulls(is) == without_nulls(value)
            };
            let same = is.get(key).is_some_and(is_same);
            self.note(same, &["extra fields"], || {
                format!("{place}: field {key} {value} became {:?}", is.get(key))
            });
        }
    }

    fn tools(&mut self, was: &[Value], is: &[Value]) {
        let (was, is): (Vec<Value>, Vec<Value>) =
            (was.iter().map(definition).collect(), is.iter().map(definition).collect());
        if was.len() == is.len() {
            for (was, is) in was.iter().zip(&is) {
                let base =
                    |tool: &Value| ["name", "description", "parameters"].map(|key| tool.get(key).cloned());
                self.note(base(was) == base(is), &["tool definitions"], || {
                    format!("the tool {was} became {is}")
                });
                self.note(was == is, &["tool definitions", "extra fields"], || {
                    format!("the tool {was} became {is}")
                });
            }
        } else {
            self.note(false, &["tool definitions"], || format!("the tools {was:?} became {is:?}"));
        }
    }

    fn response(&mut self, was: &Response, is: &Response) {
        let same = was.author == is.author || self.judged && was.author.is_some();
        self.note(same, &["response authors", "that authors are people"], || {
            format!("the author {:?} became {:?}", was.author, is.author)
        });
        self.fields("response", &was.metadata.0, &is.metadata.0);
    }

    /// A prompt with one response.
    fn answered(&mut self, place: &str, response: &Response, example: &Example, back: &Response) {
        let was = turns(self.outgoing.prompt().messages.iter().chain(&response.messages));
        let is = turns(example.prompt.messages.iter().chain(&back.messages));
        self.conversation(place, &was, &is);
        // a record of one answer does not say which of both a field is about
        let mut back = back.clone();
        for (key, value) in &example.metadata.0 {
            back.metadata.0.entry(key.clone()).or_insert_with(|| value.clone());
        }
        self.response(response, &back);
    }
}

/// A value without fields that are null: in a table of Parquet they are as good as absent.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let set = map.iter().filter(|(_, value)| !value.is_null());
            set.map(|(key, value)| (key.clone(), without_nulls(value))).collect::<Map<_, _>>().into()
        }
        Value::Array(list) => list.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}

/// A definition of a tool, without what says nothing.
fn definition(tool: &Value) -> Value {
    let mut function = tool.get("function").unwrap_or(tool).clone();
    if let Some(map) = function.as_object_mut() {
        map.shift_remove("type");
        let nothing = [json!(""), json!({"type": "object", "properties": {}}), Value::Null];
        map.retain(|_, value| !nothing.contains(value));
    }
    function
}

/// What of an example is not in what was read back, and not among what was told.
pub(super) fn untold(
    example: &Example,
    format: &dyn Format,
    written: &Written,
    back: &[Example],
) -> Vec<String> {
    let carries = format.carries();
    let is_table = matches!(format.container(), container::Kind::Csv | container::Kind::Tsv);
    let as_text = is_table || format.id() == "gemini-rl";
    let choice = Choice::default();
    let outgoing = Outgoing::of(example, carries, &choice).unwrap();
    let judged = written.records.iter().all(|record| record.get("judgement").is_some());
    let mut comparison = Comparison { losses: Vec::new(), judged, as_text, outgoing: &outgoing };
    let responses = compare_responses(&mut comparison, carries, back);
    for one in back {
        comparison.tools(&example.prompt.tools, &one.prompt.tools);
        comparison.fields("example", &example.metadata.0, &one.metadata.0);
        comparison.note(one.tags == example.tags, &["tags"], || "tags are lost".to_owned());
        comparison.note(one.flags == example.flags, &["flags"], || "flags are lost".to_owned());
        comparison.note(one.note == example.note, &["notes"], || "the note is lost".to_owned());
    }
    let others = |response: &&Response| !response.is_blank() && !responses.contains(&response.id);
    let lost = example.responses.iter().filter(others).count();
    comparison.note(lost == 0, &["other responses"], || format!("{lost} responses are lost"));
    let ranked = match carries {
        Carries::Pairs | Carries::Order | Carries::Verdicts => example.rankings.len() <= 1,
        Carries::Everything if example.kind == Kind::Preference && example.rankings.len() <= 1 => true,
        Carries::Everything if back.iter().all(|one| one.rankings == example.rankings) => true,
        Carries::Everything | Carries::Answer | Carries::Question => {
            let is_said = |one: &Example| (one.rankings.is_empty(), rated(one));
            back.iter().all(|one| is_said(one) == is_said(example))
        }
    };
    comparison.note(ranked || judged, &["rankings"], || "rankings are lost".to_owned());
    let told = |loss: &Loss| loss.told_by.iter().any(|word| written.left_out.contains(word));
    comparison.losses.into_iter().filter(|loss| !told(loss)).map(|loss| loss.what).collect()
}

/// Compares what the records are made of, and says which responses are in them.
fn compare_responses(comparison: &mut Comparison<'_>, carries: Carries, back: &[Example]) -> BTreeSet<Uuid> {
    let example = comparison.outgoing.example;
    let choice = Choice::default();
    let mut seen = BTreeSet::new();
    match carries {
        Carries::Everything
            if back.len() == 1
                && back[0].responses.len() == example.responses.len()
                && (back[0].rankings.is_empty() || back[0].rankings == example.rankings) =>
        {
            for (was, is) in example.responses.iter().zip(&back[0].responses) {
                comparison.answered("everything", was, &back[0], is);
                seen.insert(was.id);
            }
        }
        Carries::Everything if example.kind == Kind::Preference => {
            return compare_responses(comparison, Carries::Pairs, back);
        }
        Carries::Everything => return compare_responses(comparison, Carries::Answer, back),
        Carries::Answer => {
            let best = choice.best(example).unwrap();
            seen.insert(best.id);
            match back {
                [one] if one.responses.len() == 1 => {
                    comparison.answered("answer", best, one, &one.responses[0]);
                }
                _ => comparison.note(false, &[], || format!("an answer became {back:?}")),
            }
        }
        Carries::Question => question(comparison, back, &mut seen),
        Carries::Pairs => {
            let pairs = choice.pairs(example).unwrap();
            comparison.note(pairs.len() == back.len(), &[], || {
                format!("{} pairs became {} examples", pairs.len(), back.len())
            });
            for ((chosen, rejected), one) in pairs.into_iter().zip(back) {
                seen.extend([chosen.id, rejected.id]);
                let order = ranked(one);
                let [better, worse] = order.as_slice() else {
                    comparison.note(false, &[], || format!("a pair became {one:?}"));
                    continue;
                };
                match (better.as_slice(), worse.as_slice()) {
                    ([better], [worse]) => {
                        comparison.answered("chosen", chosen, one, better);
                        comparison.answered("rejected", rejected, one, worse);
                    }
                    _ => comparison.note(false, &[], || "a pair became a tie".to_owned()),
                }
            }
        }
        Carries::Verdicts => {
            let verdicts = choice.verdicts(example).unwrap();
            comparison.note(verdicts.len() == back.len(), &[], || "verdicts are lost".to_owned());
            for ((response, good), one) in verdicts.into_iter().zip(back) {
                seen.insert(response.id);
                let label = one.metadata.get("label").and_then(Value::as_bool);
                comparison.note(label == Some(good), &[], || format!("{good} became {label:?}"));
                match one.responses.as_slice() {
                    [only] => comparison.answered("judged", response, one, only),
                    _ => comparison.note(false, &[], || format!("a verdict became {one:?}")),
                }
            }
        }
        Carries::Order => {
            let tiers = choice.tiers(example).unwrap();
            let order = back.first().map(ranked).unwrap_or_default();
            let sizes = |sizes: &[usize]| format!("{sizes:?}");
            let was: Vec<usize> = tiers.iter().map(Vec::len).collect();
            let is: Vec<usize> = order.iter().map(Vec::len).collect();
            comparison.note(was == is, &[], || format!("tiers of {} became {}", sizes(&was), sizes(&is)));
            for (was, is) in tiers.iter().flatten().zip(order.iter().flatten()) {
                seen.insert(was.id);
                comparison.answered("ranked", was, &back[0], is);
            }
        }
    }
    seen
}

/// A question with the answer that others are compared with, which is the last text of a response.
fn question(comparison: &mut Comparison<'_>, back: &[Example], seen: &mut BTreeSet<Uuid>) {
    let example = comparison.outgoing.example;
    let [one] = back else {
        return comparison.note(false, &[], || format!("a question became {back:?}"));
    };
    let was = turns(&example.prompt.messages);
    comparison.conversation("question", &was, &turns(&one.prompt.messages));
    let Some(best) = Choice::default().best(example).ok() else { return };
    let [answer] = one.responses.as_slice() else { return };
    seen.insert(best.id);
    comparison.note(best.messages.len() == 1, &["what the response does before its last turn"], || {
        format!("{} turns of an answer became one", best.messages.len())
    });
    let last = |response: &Response| turns(response.messages.last());
    comparison.conversation("reference", &last(best), &last(answer));
    comparison.response(best, answer);
}

/// What the answer of an example is rated by each criterion.
fn rated(example: &Example) -> BTreeSet<(String, u8)> {
    let ratings = example.rankings.iter().flat_map(|ranking| &ranking.details.ratings);
    ratings.map(|rating| (rating.criterion.clone(), rating.value)).collect()
}

/// The responses in their tiers, the best first, as rankings have them.
fn ranked(example: &Example) -> Vec<Vec<Response>> {
    let tiers = Consensus::of(&example.rankings).tiers;
    let in_tier = |tier: Vec<Uuid>| {
        let ranked = example.responses.iter().filter(|response| tier.contains(&response.id));
        ranked.cloned().collect()
    };
    tiers.into_iter().map(in_tier).collect()
}
