//! `arena`: battles of two models, as conversations or as a table of turns.

use serde_json::Value;

use super::judged::{Preferred, name, number, tag};
use super::source::{Reading, Source};
use super::turns::{Parted, part};
use crate::example::{Author, Example, Message, Prompt, Response, Role};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_text};
use crate::formats::messages::read_messages;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const ARENA: Source = Source {
    id: "arena",
    title: "Arena battles",
    about: "{model_a, model_b, winner: model_a|model_b|tie|tie (bothbad), conversation_a, conversation_b, judge?}, also \
            MT-bench's judgements; or the table {model_a, model_b, prompt, response_a, response_b, winner_model_a, \
            winner_model_b, winner_tie} whose cells are JSON lists of turns. Read only. Source: \
            lmsys/chatbot_arena_conversations, lmsys-arena-human-preference-55k.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

const WINNERS: [&str; 2] = ["winner_model_a", "winner_model_b"];

fn fit(record: &Value) -> Fit {
    let models = has_text(record, "model_a") && has_text(record, "model_b");
    let list = |name: &str| record.get(name).is_some_and(Value::is_array);
    let conversations = list("conversation_a") && list("conversation_b") && record.get("winner").is_some();
    let table = has_text(record, "response_a") && has_text(record, "response_b");
    let table = table && WINNERS.iter().all(|name| record.get(name).is_some());
    if models && (conversations || table) { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let models = [fields.text("model_a")?, fields.text("model_b")?];
    let is_table = fields.0.contains_key("response_a");
    let (conversations, names) = if is_table {
        let asked = texts(&mut fields, "prompt")?;
        let told = |answers: Vec<String>| {
            let turns = asked.iter().enumerate().flat_map(|(at, question)| {
                let answer = answers.get(at).map(|text| Message::new(Role::Assistant, text));
                [Some(Message::new(Role::User, question)), answer]
            });
            turns.flatten().collect::<Vec<_>>()
        };
        (
            [told(texts(&mut fields, "response_a")?), told(texts(&mut fields, "response_b")?)],
            ["response_a", "response_b"],
        )
    } else {
        let mut take =
            |name: &str| read_messages(fields.take(name).ok_or_else(|| Misfit::missing(name))?, name);
        ([take("conversation_a")?, take("conversation_b")?], ["conversation_a", "conversation_b"])
    };
    let judged = fields.0.get("turn").and_then(Value::as_u64).and_then(|turn| usize::try_from(turn).ok());
    let [first, second] = conversations.map(|conversation| up_to(conversation, judged));
    let Some(Parted { prompt, first, second }) = part(first, second) else {
        return Err(Misfit::new(names[0], format!("and {} don't begin with the same question", names[1])));
    };
    let [one, other] = models.map(Author::model);
    let responses = vec![Response::of(Some(one), first), Response::of(Some(other), second)];
    let preferred = if is_table { winner_of_table(&mut fields)? } else { winner(&mut fields)? };
    let judge = match fields.take("judge") {
        // a model that judges stands with the prompt that it was given
        Some(Value::Array(list)) => list.first().and_then(name),
        other => other.as_ref().and_then(name),
    };
    let language = fields.optional_text("language")?;
    let ranking =
        preferred.zip(responses.first().zip(responses.get(1))).map(|(preferred, (first, second))| {
            preferred.ranking(judge.unwrap_or_else(|| "arena".to_owned()), first.id, second.id)
        });
    let prompt = Prompt { messages: prompt, tools: Vec::new() };
    let mut example = preference(prompt, responses, ranking, fields.rest());
    tag(&mut example, "language", &language.unwrap_or_default());
    Ok(vec![example])
}

/// A conversation up to the answer that was judged: MT-bench has both turns in every record.
fn up_to(mut conversation: Vec<Message>, turn: Option<usize>) -> Vec<Message> {
    if let Some(turn) = turn.filter(|turn| *turn > 0) {
        let next =
            conversation.iter().enumerate().filter(|(_, message)| message.role == Role::User).nth(turn);
        if let Some((at, _)) = next {
            conversation.truncate(at);
        }
    }
    conversation
}

fn winner(fields: &mut Fields) -> Result<Option<Preferred>, Misfit> {
    let Some(word) = fields.optional_text("winner")? else { return Ok(None) };
    Ok(Some(match word.as_str() {
        "model_a" => Preferred::First,
        "model_b" => Preferred::Second,
        "tie" => Preferred::Tie,
        "tie (bothbad)" | "both_bad" | "bothbad" => Preferred::Neither,
        _ => {
            let reason = format!("is “{word}”; it should be model_a, model_b, tie or tie (bothbad)");
            return Err(Misfit::new("winner", reason));
        }
    }))
}

fn winner_of_table(fields: &mut Fields) -> Result<Option<Preferred>, Misfit> {
    let mut said = [false; 3];
    for (field, said) in [WINNERS[0], WINNERS[1], "winner_tie"].into_iter().zip(&mut said) {
        *said = match fields.take(field) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(value) => match number(&value) {
                Some(1.0) => true,
                Some(0.0) => false,
                _ => return Err(Misfit::new(field, format!("is {value}; it should be 1 or 0"))),
            },
        };
    }
    match said {
        [false, false, false] => Ok(None),
        [true, false, false] => Ok(Some(Preferred::First)),
        [false, true, false] => Ok(Some(Preferred::Second)),
        [false, false, true] => Ok(Some(Preferred::Tie)),
        _ => Err(Misfit::new(WINNERS[0], "and another say both that they are 1")),
    }
}

/// A cell that is a JSON list of texts; one that is not is one text. A null is an answer that never came.
fn texts(fields: &mut Fields, name: &str) -> Result<Vec<String>, Misfit> {
    let cell = fields.text(name)?;
    if !cell.trim_start().starts_with('[') {
        return Ok(vec![cell]);
    }
    let list: Option<Vec<Option<String>>> = serde_json::from_str(&cell).ok();
    let list = list.ok_or_else(|| Misfit::new(name, "begins like a JSON list, but is no list of texts"))?;
    Ok(list.into_iter().map(Option::unwrap_or_default).collect())
}
