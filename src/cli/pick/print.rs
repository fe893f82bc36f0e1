//! The examples that were picked, for people, for programs and for prompts.

use serde_json::{Value, json};

use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::fewshot::Picked;
use crate::curation::tway::At;
use crate::dataset::{Choice, Coded, Pick};
use crate::example::{Message, Response};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless_lines;
use crate::text::width::first_line;

/// Values that none of them has.
fn lacking(picked: &Picked, coded: &Coded) -> Vec<String> {
    picked.lacking.iter().filter_map(|at| name(*at, coded)).collect()
}

fn name(at: At, coded: &Coded) -> Option<String> {
    coded.tag(at).map(|tag| format!("{}:{}", tag.facet, tag.value))
}

/// Values that none of them has, in a sentence for each reason why; at most `most` could be picked.
pub(super) fn lacking_told(pick: &Pick, most: u32, coded: &Coded) -> Vec<String> {
    let Pick { choices, picked } = pick;
    let is_there = |at: &At| choices.iter().any(|choice| choice.candidate.values.contains(at));
    let (there, nowhere): (Vec<At>, Vec<At>) = picked.lacking.iter().copied().partition(is_there);
    let why = if picked.chosen.len() as u64 >= u64::from(most) {
        format!("in none of them, as there may be {most} at the most (-k)")
    } else {
        "in none of them, for want of tokens (--tokens)".to_owned()
    };
    let told = |(why, values): (String, Vec<At>)| {
        let names: Vec<String> = values.into_iter().filter_map(|at| name(at, coded)).collect();
        (!names.is_empty()).then(|| format!("{why}: {}", names.join(", ")))
    };
    [(why, there), ("no example that could be picked has".to_owned(), nowhere)]
        .into_iter()
        .filter_map(told)
        .collect()
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

pub(super) fn table(pick: &Pick, is_filtered: bool, out: &mut Out) -> Result<()> {
    let Pick { choices, picked } = pick;
    if picked.chosen.is_empty() {
        out.line(match choices.len() {
            0 if is_filtered => {
                "there is nothing to pick: the filter finds no example with an answer".to_owned()
            }
            0 => "there is nothing to pick: no example to train on is usable and answered".to_owned(),
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
