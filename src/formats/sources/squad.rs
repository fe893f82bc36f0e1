//! `squad`: questions about paragraphs, nested as articles, paragraphs and questions.

use serde_json::{Map, Value};

use super::source::{Reading, Source};
use super::turns::{inside, needed_list, take_list};
use crate::example::{Example, Metadata, Prompt, Response};
use crate::formats::build::sft;
use crate::formats::fields::{Fields, has_list_of};
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const SQUAD: Source = Source {
    id: "squad",
    title: "SQuAD",
    about: "{data: [{title, paragraphs: [{context, qas: [{id, question, answers: [{text}]}]}]}]}: an example for each \
            question, with the paragraph before it and the first answer as the response; all answers are kept as a \
            field. XQuAD, and SQuAD 2.0, whose impossible questions have no response. Read only. Source: \
            rajpurkar/squad.",
    container: container::Kind::JsonArray,
    carries: Carries::Answer,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let whole = has_list_of(record, "data", "paragraphs");
    // an article alone, where the file is the list of them
    let article = has_list_of(record, "paragraphs", "qas");
    if whole || article { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let mut examples = Vec::new();
    let Some(articles) = take_list(&mut fields, "data")? else {
        read_article(fields, &mut examples)?;
        return Ok(examples);
    };
    for (index, one) in articles.into_iter().enumerate() {
        let at = |misfit| inside(&format!("data[{index}]"), misfit);
        read_article(Fields::of(one).map_err(at)?, &mut examples).map_err(at)?;
    }
    Ok(examples)
}

fn read_article(mut fields: Fields, examples: &mut Vec<Example>) -> Result<(), Misfit> {
    let paragraphs = needed_list(&mut fields, "paragraphs")?;
    for (index, paragraph) in paragraphs.into_iter().enumerate() {
        let at = |misfit| inside(&format!("paragraphs[{index}]"), misfit);
        let mut paragraph = Fields::of(paragraph).map_err(at)?;
        let context = paragraph.text("context").map_err(at)?;
        for (index, asked) in needed_list(&mut paragraph, "qas").map_err(at)?.into_iter().enumerate() {
            let example = Fields::of(asked).and_then(|asked| read_question(asked, &context, &fields.0));
            examples.push(example.map_err(|misfit| at(inside(&format!("qas[{index}]"), misfit)))?);
        }
    }
    Ok(())
}

fn read_question(mut asked: Fields, context: &str, article: &Map<String, Value>) -> Result<Example, Misfit> {
    let question = asked.text("question")?;
    let answer =
        asked.0.get("answers").and_then(|answers| answers.get(0)).and_then(|answer| answer.get("text"));
    let answer = match answer {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(Response::new(None, text)),
        Some(other) => return Err(Misfit::wrong_type("answers[0].text", other, "text")),
    };
    let mut rest = article.clone();
    rest.extend(asked.0);
    Ok(sft(Prompt::user(format!("{context}\n\n{question}")), answer, Metadata(rest)))
}
