//! The examples that were picked, for people, for programs and for prompts.

use serde_json::{Value, json};

use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::fewshot::Picked;
use crate::dataset::{Choice, Coded, Pick};
use crate::example::{Message, Response};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless_lines;
use crate::text::width::first_line;

/// Values that none of them has.
pub(super) fn lacking(picked: &Picked, coded: &Coded) -> Vec<String> {
    let tags = picked.lacking.iter().filter_map(|at| coded.tag(*at));
    tags.map(|tag| format!("{}:{}", tag.facet, tag.value)).collect()
}

pub(super) fn messages(pick: &Pick, out: &mut Out) -> Result<()> {
    let all = pick.in_order().flat_map(|(choice, _)| choice.turns()).map(Message::to_json);
    out.json(&Value::Array(all.collect()))?;
    Ok(())
}

pub(super) fn text(pick: &Pick, out: &mut Out) -> Result<()> {
    let text = pick.text();
    if !text.is_empty() {
        out.line(harmless_lines(&text))?;
    }
    Ok(())
}

pub(super) fn table(pick: &Pick, out: &mut Out) -> Result<()> {
    let Pick { choices, picked } = pick;
    if picked.chosen.is_empty() {
        out.line(match choices.len() {
            0 => "there is nothing to pick: no example is usable and answered".to_owned(),
            n => format!("none of {} fits into so few tokens", plural(n as u64, "example")),
        })?;
        return Ok(());
    }
    let row = |(choice, gain): (&Choice, f64)| {
        vec![
            format!("#{}", choice.number),
            thousands(choice.candidate.tokens),
            format!("{gain:.2}"),
            first_line(&choice.example.prompt.question(), out.width()),
        ]
    };
    let rows: Vec<Vec<String>> = pick.in_order().map(row).collect();
    let columns =
        [Column::number("example"), Column::number("tokens"), Column::number("adds"), Column::text("asks")];
    out.table(&columns, &rows)?;
    let examples = plural(picked.chosen.len() as u64, "example");
    let (tokens, among) = (thousands(picked.tokens), thousands(choices.len() as u64));
    out.line(format!("{examples} of {among}, {tokens} tokens; the most typical stands last"))?;
    Ok(())
}

pub(super) fn json(pick: &Pick, coded: &Coded, out: &mut Out) -> Result<()> {
    let Pick { choices, picked } = pick;
    let example = |(choice, gain): (&Choice, f64)| {
        let tags = choice.example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value));
        json!({
            "number": choice.number, "tokens": choice.candidate.tokens, "gain": gain,
            "tags": tags.collect::<Vec<_>>(), "question": choice.example.prompt.question(),
            "answer": choice.answer().map(Response::text),
        })
    };
    out.json(&json!({
        "examples": pick.in_order().map(example).collect::<Vec<_>>(),
        "tokens": picked.tokens, "among": choices.len(), "lacking": lacking(picked, coded),
    }))?;
    Ok(())
}
