//! Reads pages: as new examples, or onto the example that they were written of.

use super::carry::{self, read_json};
use super::sheet::{Answer, Sheet, understand};
use super::write::state;
use super::{Context, PageError, Read};
use crate::example::{
    Author, AuthorKind, Example, Kind, Message, Prompt, Response, Role, Status, Tag, placeholders,
};

/// Reads a page as a new example, which has not been anywhere yet. Its prompt must ask something.
pub fn read_new(page: &str, context: &Context<'_>) -> Result<Read, Vec<PageError>> {
    let mut sheet = understand(page, context);
    let asks = sheet.prompt.iter().any(|turn| turn.role == Role::User && !turn.is_blank());
    if !asks && sheet.errors.is_empty() {
        let user = sheet.prompt.iter().find(|turn| turn.role == Role::User);
        let reason = "the prompt asks nothing yet: write under “=== user” what is asked".to_owned();
        sheet.errors.push(PageError { line: user.map_or(1, |turn| turn.line), reason });
    }
    sheet.prompt.retain(|turn| !(turn.role == Role::System && turn.is_blank()));
    begin(sheet, context)
}

/// Reads a template's page as a new example that somebody writes on: turns that say nothing yet stay.
pub fn read_template(page: &str, context: &Context<'_>) -> Result<Read, Vec<PageError>> {
    begin(understand(page, context), context)
}

fn begin(mut sheet: Sheet, context: &Context<'_>) -> Result<Read, Vec<PageError>> {
    let messages = carry::messages(&sheet.prompt, &[], &mut sheet.errors);
    let mut example = Example::new(Kind::Sft, Prompt { messages, tools: Vec::new() });
    example.prompt.tools = tools(&mut sheet, &[]);
    let answers: Vec<Answer> =
        std::mem::take(&mut sheet.answers).into_iter().filter(|answer| !answer.is_blank()).collect();
    for answer in answers {
        sheet.remarks.extend(answer.remarks(&[]));
        let messages = carry::messages(&answer.turns, &[], &mut sheet.errors);
        example.responses.push(Response::of(Some(author(answer.author, context)), messages));
    }
    let (kind, status) = match example.responses.len() {
        0 => (Kind::Sft, Status::Pending),
        1 => (Kind::Sft, Status::Draft),
        _ => (Kind::Preference, Status::Draft),
    };
    example.kind = sheet.head.kind.unwrap_or(kind);
    example.status = sheet.head.status.unwrap_or(status);
    if !sheet.unfilled.is_empty() {
        example.status = Status::Draft;
    }
    example.split = sheet.head.split.flatten();
    example.note = sheet.head.note.take().unwrap_or_default();
    let mut remarks = std::mem::take(&mut sheet.remarks);
    if let Some(mut tags) = sheet.head.tags.take() {
        tags.retain(|tag| {
            let is_open = context.values.is_some() && !placeholders(&tag.value).is_empty();
            if is_open {
                remarks.push(format!(
                    "the tag {}:{} is left away, for it is not filled in",
                    tag.facet, tag.value
                ));
            }
            !is_open
        });
        check_tags(&tags, &[], &mut sheet, context);
        example.tags = tags;
    }
    if sheet.errors.is_empty() {
        Ok(Read { example, remarks, unfilled: sheet.unfilled })
    } else {
        Err(in_order(sheet.errors))
    }
}

/// Reads a page onto the example that it was written of; what it doesn't show stays.
pub fn read_onto(
    page: &str,
    number: i64,
    saved: &Example,
    context: &Context<'_>,
) -> Result<Read, Vec<PageError>> {
    let mut sheet = understand(page, context);
    let mut remarks = std::mem::take(&mut sheet.remarks);
    if let Some((line, of, said)) = sheet.head.example.take() {
        let reason = if of != number {
            Some(format!("this is the page of example {of}, and it is to be read onto {number}"))
        } else if said.is_some_and(|said| said != state(saved)) {
            Some(
                "the example was changed since this page was written; take a new page, or take this line away to \
                 write over what came since"
                    .to_owned(),
            )
        } else {
            None
        };
        sheet.errors.extend(reason.map(|reason| PageError { line, reason }));
    }
    let mut example = saved.clone();
    example.prompt.messages = carry::messages(&sheet.prompt, &saved.prompt.messages, &mut sheet.errors);
    let says = |messages: &[Message]| messages.iter().any(|message| !message.is_blank());
    // What is wrong elsewhere may be why nothing is seen of it.
    if sheet.errors.is_empty() && says(&saved.prompt.messages) && !says(&example.prompt.messages) {
        let reason = "the prompt is gone: an example needs at least a text under “=== user”".to_owned();
        sheet.errors.push(PageError { line: 1, reason });
    }
    example.prompt.tools = tools(&mut sheet, &saved.prompt.tools);
    read_responses(&mut sheet, &mut example, saved, context, &mut remarks);
    example.kind = sheet.head.kind.unwrap_or(saved.kind);
    example.status = sheet.head.status.unwrap_or(saved.status);
    example.split = sheet.head.split.unwrap_or(saved.split);
    if let Some(note) = sheet.head.note.take() {
        example.note = note;
    }
    if let Some(tags) = sheet.head.tags.take() {
        check_tags(&tags, &saved.tags, &mut sheet, context);
        let same = tags.len() == saved.tags.len() && tags.iter().all(|tag| saved.tags.contains(tag));
        if !same {
            example.tags = tags;
        }
    }
    if sheet.errors.is_empty() {
        Ok(Read { example, remarks, unfilled: sheet.unfilled })
    } else {
        Err(in_order(sheet.errors))
    }
}

fn in_order(mut errors: Vec<PageError>) -> Vec<PageError> {
    errors.sort_by_key(|error| error.line);
    errors
}

/// Responses are known by their numbers; they keep their order, and new ones follow.
fn read_responses(
    sheet: &mut Sheet,
    example: &mut Example,
    saved: &Example,
    context: &Context<'_>,
    remarks: &mut Vec<String>,
) {
    let mut kept: Vec<Option<Response>> = vec![None; saved.responses.len()];
    let mut added = Vec::new();
    let mut order = Vec::new();
    let mut wrong = Vec::new();
    for answer in std::mem::take(&mut sheet.answers) {
        let mut refuse = |reason: String| wrong.push(PageError { line: answer.line, reason });
        let Some(number) = answer.number else {
            if !answer.is_blank() {
                remarks.extend(answer.remarks(&[]));
                let messages = carry::messages(&answer.turns, &[], &mut sheet.errors);
                added.push(Response::of(Some(author(answer.author, context)), messages));
            }
            continue;
        };
        let at = number.wrapping_sub(1);
        let (Some(response), Some(place)) = (saved.responses.get(at), kept.get_mut(at)) else {
            refuse(format!("there is no response {number}; leave the number away where it is a new one"));
            continue;
        };
        if place.is_some() {
            refuse(format!(
                "response {number} stands here a second time; leave the number away where it is a new one"
            ));
            continue;
        }
        if let Some((name, kind)) = &answer.author {
            let same = response
                .author
                .as_ref()
                .is_some_and(|author| author.name == *name && kind.is_none_or(|kind| kind == author.kind));
            if !same {
                refuse(format!("who wrote response {number} can't be changed here"));
            }
        }
        order.push(number);
        remarks.extend(answer.remarks(&response.messages));
        let mut response = response.clone();
        // A response of no turns is shown as one that says nothing.
        if !(answer.is_blank() && response.messages.is_empty()) {
            response.messages = carry::messages(&answer.turns, &response.messages, &mut sheet.errors);
        }
        *place = Some(response);
    }
    sheet.errors.extend(wrong);
    if !order.is_sorted() {
        remarks.push("the responses stay in the order in which they were".to_owned());
    }
    for gone in saved.responses.iter().zip(&kept).filter(|(_, kept)| kept.is_none()).map(|(gone, _)| gone.id)
    {
        example.flags.retain(|flag| flag.response != Some(gone));
        for ranking in &mut example.rankings {
            ranking
                .tiers
                .iter_mut()
                .chain([&mut ranking.bad, &mut ranking.presented])
                .for_each(|ids| ids.retain(|id| *id != gone));
            ranking.tiers.retain(|tier| !tier.is_empty());
        }
        example.rankings.retain(|ranking| !(ranking.tiers.is_empty() && ranking.bad.is_empty()));
    }
    example.responses = kept.into_iter().flatten().chain(added).collect();
}

fn author(said: Option<(String, Option<AuthorKind>)>, context: &Context<'_>) -> Author {
    match said {
        Some((name, kind)) => Author { name, kind: kind.unwrap_or(AuthorKind::Person) },
        None => Author::person(context.annotator),
    }
}

fn tools(sheet: &mut Sheet, saved: &[serde_json::Value]) -> Vec<serde_json::Value> {
    let Some((line, text)) = sheet.tools.take() else { return Vec::new() };
    if text == super::turn::json(&serde_json::Value::Array(saved.to_vec())) {
        return saved.to_vec();
    }
    let error = match read_json(&text, line) {
        Ok(serde_json::Value::Array(tools)) => return tools,
        Ok(_) => PageError { line, reason: "the tools are a JSON list of tool definitions".to_owned() },
        Err(_) if text.trim().is_empty() => return Vec::new(),
        Err(error) => error,
    };
    sheet.errors.push(error);
    Vec::new()
}

/// Tags that were on already are taken as they are.
fn check_tags(tags: &[Tag], saved: &[Tag], sheet: &mut Sheet, context: &Context<'_>) {
    let line = sheet.head.tags_line;
    let mut wrong = |reason: String| sheet.errors.push(PageError { line, reason });
    for tag in tags.iter().filter(|tag| !saved.contains(tag)) {
        let Some(facet) = context.facets.iter().find(|facet| facet.name == tag.facet) else {
            let known: Vec<&str> = context.facets.iter().map(|facet| facet.name.as_str()).collect();
            wrong(match known.as_slice() {
                [] => format!("there is no facet “{}”; this dataset has none yet", tag.facet),
                known => format!("there is no facet “{}”; there are: {}", tag.facet, known.join(", ")),
            });
            continue;
        };
        let is_known = facet.values.iter().any(|value| value.name == tag.value);
        if !is_known && (!facet.open || tag.value.trim().is_empty()) {
            let known: Vec<&str> = facet.values.iter().map(|value| value.name.as_str()).collect();
            wrong(format!(
                "“{}” is not a value of {}; its values are: {}",
                tag.value,
                facet.name,
                known.join(", ")
            ));
        }
        let others = tags.iter().filter(|other| other.facet == tag.facet).count();
        if !facet.several && others > 1 {
            wrong(format!("{} takes one value, and this gives it {others}", facet.name));
            return;
        }
    }
}
