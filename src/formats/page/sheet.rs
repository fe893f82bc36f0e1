//! A page understood as far as it can be alone: what its head and its sections say, with placeholders
//! filled in.

use super::head::{self, Head};
use super::heading::{self, Heading};
use super::sections::{Parted, Section, part};
use super::turn::{Call, Turn};
use super::{Context, PageError, texts};
use crate::example::{AuthorKind, Message, Role, fill, placeholders};

/// What stands in a page, understood as far as it can be alone.
#[derive(Default)]
pub(super) struct Sheet {
    pub head: Head,
    pub prompt: Vec<Turn>,
    pub answers: Vec<Answer>,
    /// The line of the tools' first, and their text.
    pub tools: Option<(usize, String)>,
    pub errors: Vec<PageError>,
    /// What is perhaps not as it was meant.
    pub remarks: Vec<String>,
    /// Placeholders that have no value.
    pub unfilled: Vec<String>,
}

/// A response of a page.
pub(super) struct Answer {
    pub line: usize,
    pub number: Option<usize>,
    pub author: Option<(String, Option<AuthorKind>)>,
    pub turns: Vec<Turn>,
    /// Whether the first turn is only there because the heading is.
    is_bare: bool,
}

impl Answer {
    /// What to say of turns that may have been meant for the prompt.
    pub fn remarks(&self, saved: &[Message]) -> impl Iterator<Item = String> {
        let is_new = |role| saved.iter().all(|message| message.role != role);
        let odd = [Role::System, Role::User].into_iter().filter(|role| is_new(*role)).filter_map(|role| {
            let turn = self.turns.iter().find(|turn| turn.role == role)?;
            Some(format!(
                "line {}: this turn belongs to the response above it; turns of the prompt stand before the first response",
                turn.line
            ))
        });
        odd.collect::<Vec<_>>().into_iter()
    }

    /// Whether nothing is said.
    pub fn is_blank(&self) -> bool {
        self.turns.iter().all(|turn| turn.is_blank() && turn.is_plain())
    }
}

pub(super) fn understand(page: &str, context: &Context<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let Parted { head, sections, doubtful } = part(page, &mut sheet.errors);
    sheet.remarks.extend(doubtful.iter().map(|line| {
        format!("line {line} is taken as text; a heading is three equals signs, a blank and a word: === user")
    }));
    sheet.head = head::read(&head, &mut sheet.errors);
    if head.is_empty() && sections.is_empty() {
        let reason = "the page is empty".to_owned();
        sheet.errors.push(PageError { line: 1, reason });
    }
    if let Some(note) = &mut sheet.head.note {
        fill_in(note, context, false, &mut sheet.unfilled);
    }
    for tag in sheet.head.tags.iter_mut().flatten() {
        fill_in(&mut tag.value, context, false, &mut sheet.unfilled);
    }
    for section in &sections {
        take_up(section, &mut sheet, context);
    }
    sheet
}

fn fill_in(text: &mut String, context: &Context<'_>, is_json: bool, unfilled: &mut Vec<String>) {
    let Some(values) = context.values else { return };
    let value = |name: &str| values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let names = placeholders(text);
    for name in
        names.iter().filter(|name| value(name).is_none() && !unfilled.contains(name)).collect::<Vec<_>>()
    {
        unfilled.push(name.clone());
    }
    if names.is_empty() {
        return;
    }
    if !is_json {
        *text = fill(text, value);
        return;
    }
    // Between the quotes of JSON a value needs JSON's escapes.
    let escaped: Vec<(String, String)> = names
        .into_iter()
        .filter_map(|name| {
            let text = serde_json::Value::from(value(&name)?).to_string();
            let inner = text.strip_prefix('"')?.strip_suffix('"')?.to_owned();
            Some((name, inner))
        })
        .collect();
    *text =
        fill(text, |name| escaped.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()));
}

fn take_up(section: &Section<'_>, sheet: &mut Sheet, context: &Context<'_>) {
    let line = section.line;
    let Some((kind, words)) = section.words.split_first() else {
        // A heading that can't be read has been told already; one of nothing has not.
        if sheet.errors.iter().all(|error| error.line != line) {
            sheet.errors.push(PageError { line, reason: heading::unknown("") });
        }
        return;
    };
    let role = Role::parse(&kind.text).filter(|_| kind.is(&kind.text));
    let mut heading = Heading::default();
    let read = match (role, kind.text.as_str()) {
        (Some(_), _) => heading.read(words, &["name", "for", "weight"], &["parts", "escaped"]),
        (None, "call") if kind.is("call") => heading.read_call(words),
        (None, "response") if kind.is("response") => heading.read_response(words),
        (None, "tools") if kind.is("tools") => heading.read(words, &[], &["escaped"]),
        _ => Err(heading::unknown(&kind.text)),
    };
    if let Err(reason) = read {
        sheet.errors.push(PageError { line, reason });
        return;
    }
    let text_line = line + 1 + texts::without_blank_ends(&section.body).0;
    let mut text = texts::read(&section.body, heading.escaped).unwrap_or_else(|(at, reason)| {
        sheet.errors.push(PageError { line: line + 1 + at, reason });
        String::new()
    });
    let is_json = heading.parts || matches!(kind.text.as_str(), "call" | "tools");
    fill_in(&mut text, context, is_json, &mut sheet.unfilled);
    let turn = |role, text| Turn {
        name: heading.name.clone(),
        weight: heading.weight.clone(),
        answers: heading.answers.clone(),
        is_parts: heading.parts,
        text,
        text_line,
        ..Turn::new(role, line)
    };
    match (role, kind.text.as_str()) {
        (Some(role), _) => {
            let turn = turn(role, text);
            match sheet.answers.last_mut() {
                Some(answer) => {
                    if std::mem::take(&mut answer.is_bare) && answer.turns.iter().all(Turn::is_blank) {
                        answer.turns.clear();
                    }
                    answer.turns.push(turn);
                }
                None => sheet.prompt.push(turn),
            }
        }
        (None, "response") => {
            let turn = turn(Role::Assistant, text);
            sheet.answers.push(Answer {
                line,
                number: heading.number,
                author: heading.author,
                is_bare: turn.is_blank() && turn.is_plain(),
                turns: vec![turn],
            });
        }
        (None, "call") => {
            let turns = sheet.answers.last_mut().map_or(&mut sheet.prompt, |answer| &mut answer.turns);
            let call = Call { id: heading.id, name: heading.call, arguments: text, line: text_line };
            match turns.last_mut() {
                Some(turn) => turn.calls.push(call),
                None => sheet.errors.push(PageError {
                    line,
                    reason:
                        "a call belongs to the turn above it, and there is none; put “=== assistant” first"
                            .to_owned(),
                }),
            }
        }
        _ if sheet.tools.is_some() => {
            let reason =
                "the tools stand in this page a second time; put all of them into one list".to_owned();
            sheet.errors.push(PageError { line, reason });
        }
        _ => sheet.tools = Some((text_line, text)),
    }
}
