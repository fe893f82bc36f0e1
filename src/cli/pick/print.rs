//! The examples that were picked, for people, for programs and for prompts.

use serde_json::{Value, json};

use super::Choice;
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::fewshot::Picked;
use crate::dataset::Coded;
use crate::example::{Message, Response, Role};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless_lines;
use crate::text::width::first_line;

/// Those picked in the order in which a prompt has them, each with what it added.
fn in_order<'a>(choices: &'a [Choice], picked: &'a Picked) -> impl Iterator<Item = (&'a Choice, f64)> {
    picked.order.iter().filter_map(|at| {
        let gain = picked.chosen.iter().find(|chosen| chosen.candidate == *at)?.gain;
        Some((choices.get(*at)?, gain))
    })
}

/// The turns of an example as a prompt shows them, without what the system says.
fn turns(choice: &Choice) -> Vec<&Message> {
    let prompt = choice.example.prompt.messages.iter().filter(|message| message.role != Role::System);
    prompt.chain(choice.answer().into_iter().flat_map(|answer| &answer.messages)).collect()
}

/// Values that none of them has.
pub(super) fn lacking(picked: &Picked, coded: &Coded) -> Vec<String> {
    let tags = picked.lacking.iter().filter_map(|at| coded.tag(*at));
    tags.map(|tag| format!("{}:{}", tag.facet, tag.value)).collect()
}

pub(super) fn messages(choices: &[Choice], picked: &Picked, out: &mut Out) -> Result<()> {
    let all = in_order(choices, picked).flat_map(|(choice, _)| turns(choice)).map(Message::to_json);
    out.json(&Value::Array(all.collect()))?;
    Ok(())
}

pub(super) fn text(choices: &[Choice], picked: &Picked, out: &mut Out) -> Result<()> {
    for (at, (choice, _)) in in_order(choices, picked).enumerate() {
        if at > 0 {
            out.line("")?;
        }
        let mut before: Vec<&Message> = turns(choice);
        let answers = choice.answer().map_or(0, |answer| answer.messages.len());
        before.truncate(before.len().saturating_sub(answers));
        let input = match before.as_slice() {
            [only] => only.text().into_owned(),
            several => {
                let turn = |message: &&Message| format!("{}: {}", message.role.as_str(), message.text());
                several.iter().map(turn).collect::<Vec<_>>().join("\n")
            }
        };
        let output = choice.answer().map(Response::text).unwrap_or_default();
        out.line(harmless_lines(&format!("Input: {input}\nOutput: {output}")))?;
    }
    Ok(())
}

pub(super) fn table(choices: &[Choice], picked: &Picked, out: &mut Out) -> Result<()> {
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
    let rows: Vec<Vec<String>> = in_order(choices, picked).map(row).collect();
    let columns =
        [Column::number("example"), Column::number("tokens"), Column::number("adds"), Column::text("asks")];
    out.table(&columns, &rows)?;
    let examples = plural(picked.chosen.len() as u64, "example");
    let (tokens, among) = (thousands(picked.tokens), thousands(choices.len() as u64));
    out.line(format!("{examples} of {among}, {tokens} tokens; the most typical stands last"))?;
    Ok(())
}

pub(super) fn json(choices: &[Choice], picked: &Picked, coded: &Coded, out: &mut Out) -> Result<()> {
    let example = |(choice, gain): (&Choice, f64)| {
        let tags = choice.example.tags.iter().map(|tag| format!("{}:{}", tag.facet, tag.value));
        json!({
            "number": choice.number, "tokens": choice.candidate.tokens, "gain": gain,
            "tags": tags.collect::<Vec<_>>(), "question": choice.example.prompt.question(),
            "answer": choice.answer().map(Response::text),
        })
    };
    out.json(&json!({
        "examples": in_order(choices, picked).map(example).collect::<Vec<_>>(),
        "tokens": picked.tokens, "among": choices.len(), "lacking": lacking(picked, coded),
    }))?;
    Ok(())
}
