//! `tldr-comparisons`: two summaries of a post or an article, and the number of the better one.

use serde_json::Value;

use super::judged::{Preferred, name, note};
use super::source::{Reading, Source};
use super::turns::{inside, needed_list};
use crate::example::{Author, Example, Prompt, Response, Split};
use crate::formats::build::preference;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const TLDR_COMPARISONS: Source = Source {
    id: "tldr-comparisons",
    title: "TL;DR comparisons",
    about: "{info: {post or article, title, subreddit}, summaries: [{text, policy, note}], choice, worker, split}: \
            choice counts from 0. Read only. Source: openai/summarize_from_feedback.",
    container: container::Kind::JsonLines,
    carries: Carries::Pairs,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let info = record.get("info").is_some_and(Value::is_object);
    if info && has_list_of(record, "summaries", "text") { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let info = fields.take("info").ok_or_else(|| Misfit::missing("info"))?;
    let mut info = Fields::of(info).map_err(|misfit| inside("info", misfit))?;
    let prompt = Prompt::user(question(&mut info).map_err(|misfit| inside("info", misfit))?);
    let mut responses = Vec::new();
    let mut notes = Vec::new();
    for (index, summary) in needed_list(&mut fields, "summaries")?.into_iter().enumerate() {
        let at = |misfit| inside(&format!("summaries[{index}]"), misfit);
        let mut summary = Fields::of(summary).map_err(at)?;
        let text = summary.text("text").map_err(at)?;
        // what stands beside the models' summaries is the author's own
        let author = summary.optional_text("policy").map_err(at)?.map(|policy| match policy.as_str() {
            "ref" => Author::person(policy),
            _ => Author::model(policy),
        });
        notes.extend(summary.optional_text("note").map_err(at)?.map(|said| format!("{}: {said}", index + 1)));
        let mut response = Response::new(author, text.trim());
        response.metadata = summary.rest();
        responses.push(response);
    }
    let [first, second] = responses.as_slice() else {
        return Err(Misfit::new("summaries", format!("has {}; it should have two", responses.len())));
    };
    let preferred = match fields.take("choice") {
        None => None,
        Some(choice) => Some(match choice.as_u64() {
            Some(0) => Preferred::First,
            Some(1) => Preferred::Second,
            _ => return Err(Misfit::new("choice", format!("is {choice}; it should be 0 (the first) or 1"))),
        }),
    };
    let worker = fields.take("worker").as_ref().and_then(name).unwrap_or_else(|| "import".to_owned());
    let ranking = preferred.map(|preferred| preferred.ranking(worker, first.id, second.id));
    let split = fields.0.get("split").and_then(Value::as_str).and_then(split);
    if !info.0.is_empty() {
        fields.0.insert("info".to_owned(), Value::Object(info.0));
    }
    let mut example = preference(prompt, responses, ranking, fields.rest());
    example.split = split;
    for said in notes {
        note(&mut example, &said);
    }
    Ok(vec![example])
}

/// The text as the models were shown it.
fn question(info: &mut Fields) -> Result<String, Misfit> {
    let mut parts = Vec::new();
    if let Some(subreddit) = info.optional_text("subreddit")? {
        parts.push(format!("SUBREDDIT: r/{subreddit}"));
    }
    if let Some(title) = info.optional_text("title")? {
        parts.push(format!("TITLE: {title}"));
    }
    match (info.optional_text("post")?, info.optional_text("article")?) {
        (Some(post), _) => parts.push(format!("POST: {post}")),
        (None, Some(article)) => parts.push(article),
        (None, None) => return Err(Misfit::missing("post or article")),
    }
    parts.push("TL;DR:".to_owned());
    Ok(parts.join("\n\n"))
}

fn split(word: &str) -> Option<Split> {
    match word {
        "train" => Some(Split::Train),
        "test" => Some(Split::Test),
        word => word.starts_with("valid").then_some(Split::Validation),
    }
}
