//! `prodigy`: tasks of Prodigy, answered with accept, reject or ignore.

use serde_json::Value;

use super::judged::{flag, is_category, moment, name, note, tag};
use super::source::{Reading, Source};
use super::turns::{inside, take_list};
use crate::example::{Author, Example, Kind, Prompt, Ranking, Response, Status, Timestamp, Uuid};
use crate::formats::build::settle;
use crate::formats::fields::Fields;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const PRODIGY: Source = Source {
    id: "prodigy",
    title: "Prodigy",
    about: "{text|input, answer: accept|reject|ignore, options?, accept?, reject?, label?, user_input?, _annotator_id, \
            _timestamp}: choices of answers and comparisons (where reject means that the two are swapped) become \
            rankings, labels tags; what was rejected is flagged as wrong and open, what was ignored discarded. Spans \
            stay a field. Read only. Source: prodi.gy; explosion/prodigy-recipes.",
    container: container::Kind::JsonLines,
    carries: Carries::Everything,
    fit,
    reading: Reading::Each(read),
};

const OWN: [&str; 7] =
    ["_input_hash", "_task_hash", "_view_id", "_annotator_id", "_session_id", "_timestamp", "_is_binary"];

fn fit(record: &Value) -> Fit {
    let answered =
        matches!(record.get("answer").and_then(Value::as_str), Some("accept" | "reject" | "ignore"));
    let own = OWN.iter().any(|name| record.get(name).is_some());
    let compared = record.get("accept").is_some_and(Value::is_object)
        && record.get("reject").is_some_and(Value::is_object);
    let chosen = record.get("options").is_some_and(Value::is_array)
        && record.get("accept").is_some_and(Value::is_array);
    if answered && (own || compared || chosen) { Fit::Certain } else { Fit::No }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Accept,
    Reject,
    Ignore,
}

/// Who answered, and when.
struct By {
    annotator: String,
    at: Option<Timestamp>,
}

impl By {
    fn ranking(&self, tiers: Vec<Vec<Uuid>>) -> Ranking {
        let mut ranking = Ranking::new(self.annotator.clone(), tiers);
        ranking.at = self.at.unwrap_or(ranking.at);
        ranking
    }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let answer = match fields.text("answer")?.as_str() {
        "accept" => Answer::Accept,
        "reject" => Answer::Reject,
        "ignore" => Answer::Ignore,
        other => {
            return Err(Misfit::new(
                "answer",
                format!("is “{other}”; it should be accept, reject or ignore"),
            ));
        }
    };
    let annotator =
        ["_annotator_id", "_session_id"].iter().find_map(|field| fields.0.get(*field).and_then(name));
    let by = By {
        annotator: annotator.unwrap_or_else(|| "prodigy".to_owned()),
        at: fields.0.get("_timestamp").and_then(moment),
    };
    let mut example = if fields.0.get("reject").is_some_and(Value::is_object) {
        compared(fields, answer, &by)?
    } else {
        labelled(fields, answer, &by)?
    };
    match answer {
        Answer::Ignore => example.status = Status::Discarded,
        // of two that were compared one was called better all the same
        Answer::Reject if example.kind == Kind::Sft => {
            example.status = Status::Draft;
            example.flags.push(flag("wrong", "rejected in Prodigy", None, Some(by.annotator)));
        }
        Answer::Accept | Answer::Reject => {}
    }
    Ok(vec![example])
}

/// The text of a task, or of one of the things in it.
fn text(fields: &mut Fields, name: &str) -> Result<Option<String>, Misfit> {
    match fields.take(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => match ["text", "html"].iter().find_map(|name| other.get(*name)?.as_str()) {
            Some(text) => Ok(Some(text.to_owned())),
            None => Err(Misfit::wrong_type(name, &other, "text, or an object with a text")),
        },
    }
}

fn question(fields: &mut Fields) -> Result<Prompt, Misfit> {
    for name in ["input", "text", "prompt", "html"] {
        if let Some(text) = text(fields, name)? {
            return Ok(Prompt::user(text));
        }
    }
    Err(Misfit::missing("text or input"))
}

/// Two answers to an input; the one called accept is the better where the task was accepted.
fn compared(mut fields: Fields, answer: Answer, by: &By) -> Result<Example, Misfit> {
    let prompt = question(&mut fields)?;
    let take = |fields: &mut Fields, name: &str| {
        Ok(Response::new(None, text(fields, name)?.ok_or_else(|| Misfit::missing(name))?))
    };
    let accepted = take(&mut fields, "accept")?;
    let rejected = take(&mut fields, "reject")?;
    let (one, other) = (accepted.id, rejected.id);
    let ranking = match answer {
        Answer::Accept => Some(by.ranking(vec![vec![one], vec![other]])),
        Answer::Reject => Some(by.ranking(vec![vec![other], vec![one]])),
        Answer::Ignore => None,
    };
    let shown_first = fields.0.get("mapping").and_then(|mapping| mapping.get("A")).and_then(Value::as_str);
    let presented = match shown_first {
        Some("accept") => vec![one, other],
        Some("reject") => vec![other, one],
        _ => Vec::new(),
    };
    let mut example = Example { metadata: fields.rest(), ..Example::new(Kind::Preference, prompt) };
    example.responses = vec![accepted, rejected];
    example.rankings = ranking.map(|ranking| Ranking { presented, ..ranking }).into_iter().collect();
    settle(&mut example);
    Ok(example)
}

/// A text with options, a label or something typed.
fn labelled(mut fields: Fields, answer: Answer, by: &By) -> Result<Example, Misfit> {
    let prompt = question(&mut fields)?;
    let options = take_list(&mut fields, "options")?.unwrap_or_default();
    let accepted: Vec<String> =
        take_list(&mut fields, "accept")?.unwrap_or_default().iter().filter_map(name).collect();
    let typed = fields.optional_text("user_input")?.filter(|text| !text.trim().is_empty());
    let label = fields.optional_text("label")?;
    let mut choices = Vec::new();
    for (index, option) in options.into_iter().enumerate() {
        let mut option = Fields::of(option).map_err(|misfit| inside(&format!("options[{index}]"), misfit))?;
        let id = option.take("id").as_ref().and_then(name).unwrap_or_else(|| index.to_string());
        let shown =
            text(&mut option, "text").map_err(|misfit| inside(&format!("options[{index}]"), misfit))?;
        choices.push((id.clone(), shown.unwrap_or(id)));
    }
    let spans = ["spans", "relations"].iter().any(|name| fields.0.get(*name).is_some_and(Value::is_array));
    let mut example = Example { metadata: fields.rest(), ..Example::new(Kind::Sft, prompt) };
    let person = || Some(Author::person(by.annotator.clone()));
    let is_accepted = |id: &String| accepted.contains(id);
    if choices.iter().any(|(_, shown)| !is_category(shown)) && choices.len() > 1 {
        example.kind = Kind::Preference;
        let mut tiers = [Vec::new(), Vec::new()];
        for (id, shown) in choices {
            let response = Response::new(None, shown);
            let [better, worse] = &mut tiers;
            if is_accepted(&id) {
                better.push(response.id);
            } else {
                worse.push(response.id);
            }
            example.responses.push(response);
        }
        // with nothing chosen, or an answer that calls the choice wrong, nothing is better
        if answer == Answer::Accept && !accepted.is_empty() {
            example.rankings.push(by.ranking(tiers.into_iter().filter(|tier| !tier.is_empty()).collect()));
        }
    } else {
        let chosen = choices.into_iter().filter(|(id, _)| is_accepted(id)).map(|(_, shown)| shown);
        let labels: Vec<String> = chosen.chain(label).collect();
        if answer == Answer::Accept {
            for label in &labels {
                tag(&mut example, "label", label);
            }
        }
        if let Some(typed) = &typed {
            example.responses.push(Response::new(person(), typed));
        } else if !labels.is_empty() {
            example.responses.push(Response::new(person(), labels.join(", ")));
        }
    }
    if spans {
        note(&mut example, "Spans of Prodigy are kept as a field");
    }
    settle(&mut example);
    Ok(example)
}
