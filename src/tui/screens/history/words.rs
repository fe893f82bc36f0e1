//! Changed rows in words: what was, and what is.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use serde_json::Value;

use crate::dataset::{Became, ToldChange, ToldText};
use crate::example::{Share, Uuid};
use crate::formats::Definitions;
use crate::text::harmless::harmless;
use crate::text::width::{first_line, truncate};
use crate::text::wrap::wrap;
use crate::tui::theme::Theme;
use crate::tui::widgets::diff::DifferenceView;

/// Rows that are shown of a text that is new, or gone.
const ROWS: usize = 12;
/// Bytes of such a text that are looked at.
const BYTES: usize = 4_000;

/// The changes as lines, in groups of one example; of one example only, where that is asked for.
pub(super) fn tell(
    changes: &[ToldChange],
    only: Option<i64>,
    definitions: &Definitions,
    cells: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut page = Page { lines: Vec::new(), cells, theme };
    let mut last = None;
    for told in changes {
        let change = &told.change;
        // Where a response stands in a ranking is part of the ranking; a person's name comes along with
        // the first thing that the person does.
        if matches!(change.table.as_str(), "placement" | "annotator") {
            continue;
        }
        let of = change.example();
        if only.is_some() && of.is_some() && of != only {
            continue;
        }
        if let Some(id) = of.filter(|_| of != last) {
            if last.is_some() {
                page.lines.push(Line::default());
            }
            page.lines.push(Line::styled(format!("#{id}"), theme.heading));
        }
        last = of.or(last);
        page.change(told, definitions);
    }
    if page.lines.is_empty() {
        page.say("nothing that one would see");
    }
    page.lines
}

struct Page<'a> {
    lines: Vec<Line<'static>>,
    cells: usize,
    theme: &'a Theme,
}

/// A value of a row as a word.
fn word(image: Option<&Value>, field: &str) -> String {
    match image.and_then(|image| image.get(field)) {
        None | Some(Value::Null) => "none".to_owned(),
        Some(Value::String(text)) if text.is_empty() => "none".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

impl Page<'_> {
    fn say(&mut self, sentence: &str) {
        let sentence = harmless(sentence);
        self.lines.push(Line::styled(truncate(&sentence, self.cells).into_owned(), self.theme.text));
    }

    fn change(&mut self, told: &ToldChange, definitions: &Definitions) {
        let change = &told.change;
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        match change.table.as_str() {
            "example" => self.example(before, after),
            "prompt" => told.texts.iter().for_each(|text| self.text("", text)),
            "response" => {
                let name = told.name();
                if told.texts.is_empty() && before.is_some() != after.is_some() {
                    self.say(&format!("{name}, {}", made(after)));
                }
                for text in &told.texts {
                    // An answer of one turn is the assistant's: that need not be said.
                    self.text(&name, text);
                }
            }
            "tag" => {
                let tag = tag(&change.row, definitions).unwrap_or_else(|| "a tag that is no more".to_owned());
                self.say(&if after.is_some() { format!("tagged {tag}") } else { format!("{tag} taken off") });
            }
            "flag" => self.flag(before, after),
            // A hidden repeat looks like any other ranking.
            "ranking" | "repeat" => {
                self.say(if after.is_some() { "ranked" } else { "ranking taken away" });
            }
            "rating" => {
                // How well is for those who have said it themselves.
                let gone = if after.is_some() { "" } else { ": taken away" };
                self.say(&format!("rated by {}{gone}", word(after.or(before), "criterion")));
            }
            "review" => {
                let said = ["verdict", "reason", "note"].map(|field| word(after.or(before), field));
                let said = said.into_iter().filter(|said| said != "none").collect::<Vec<_>>().join(" · ");
                self.say(&if after.is_some() {
                    format!("reviewed: {said}")
                } else {
                    format!("review taken back: {said}")
                });
            }
            "declined" => {
                let tag = tag(&change.row, definitions).unwrap_or_else(|| "a tag that is no more".to_owned());
                self.say(&if after.is_some() {
                    format!("said no to {tag}")
                } else {
                    format!("{tag} may be proposed again")
                });
            }
            "rule" => {
                let name = word(after.or(before), "name");
                self.say(&if after.is_some() {
                    format!("the rule {name}")
                } else {
                    format!("the rule {name}, taken away")
                });
            }
            "setting" => {
                self.say(&format!("what holds for the dataset: {}", word(after.or(before), "name")));
            }
            "sent_back" => {
                let is_done = after.and_then(|image| image.get("done")).and_then(Value::as_i64) == Some(1);
                self.say(if is_done {
                    "what was sent back is looked after"
                } else {
                    "waits for who made it"
                });
            }
            "import" => {
                let from = word(after.or(before), "source");
                self.say(&format!(
                    "{} from {from}",
                    if after.is_some() { "imported" } else { "import taken back" }
                ));
            }
            "facet_value" => {
                let name = word(after.or(before), "name");
                if before.is_some() && after.is_some() {
                    let (was, is) = (wanted(before), wanted(after));
                    if was != is {
                        self.say(&format!("target of {name}  {was} → {is}"));
                    }
                } else {
                    self.say(&format!("value {name} {}", made(after)));
                }
            }
            "cell" => self.cell(before, after),
            "round" => {
                let kept = if after.is_some() { "kept" } else { "taken away" };
                self.say(&format!("round {} {kept}", word(after.or(before), "name")));
            }
            // Its example was asked; a test about none is told by the round.
            "result" if change.example().is_some() => {
                let is_passed = after.or(before).and_then(|image| image.get("passed")?.as_i64()) == Some(1);
                let gone = if after.is_some() { "" } else { ", taken away" };
                self.say(&format!("test {}{gone}", if is_passed { "passed" } else { "failed" }));
            }
            "result" => {}
            "facet" => self.say(&format!("facet {} {}", word(after.or(before), "name"), made(after))),
            "flag_kind" => {
                self.say(&format!("kind of flag {} {}", word(after.or(before), "name"), made(after)));
            }
            other => self.say(&format!("{other}: {}", change.op)),
        }
    }

    fn example(&mut self, before: Option<&Value>, after: Option<&Value>) {
        match (before, after) {
            (Some(_), Some(_)) => {
                for field in ["status", "kind", "split"] {
                    self.field(field, field, before, after);
                }
            }
            (None, _) => self.say(&format!("made, {}, {}", word(after, "kind"), word(after, "status"))),
            (_, None) => self.say("taken away"),
        }
    }

    /// The row knows its values by their numbers only; what was done says them by name.
    fn cell(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let of = |image: Option<&Value>| match image.and_then(|image| image.get("target")?.as_u64()) {
            Some(0) => "never".to_owned(),
            Some(target) => target.to_string(),
            None => "none".to_owned(),
        };
        self.say(&format!("target of two values together  {} → {}", of(before), of(after)));
    }

    fn flag(&mut self, before: Option<&Value>, after: Option<&Value>) {
        let note = word(after.or(before), "note");
        let note = if note == "none" { String::new() } else { format!(": {note}") };
        let is_resolved =
            |image: Option<&Value>| image.and_then(|image| image.get("resolved")?.as_i64()) == Some(1);
        self.say(&match (before, after) {
            (None, _) => format!("flagged{note}"),
            (_, None) => format!("flag taken away{note}"),
            _ if is_resolved(after) => format!("flag dealt with{note}"),
            _ => format!("flag open again{note}"),
        });
    }

    fn field(&mut self, name: &str, field: &str, before: Option<&Value>, after: Option<&Value>) {
        let (was, is) = (word(before, field), word(after, field));
        if was != is {
            let (was, is) = (first_line(&was, 200), first_line(&is, 200));
            self.say(&format!("{name}  {was} → {is}"));
        }
    }

    /// A text that changed: what it is, and below that the words.
    fn text(&mut self, of: &str, text: &ToldText) {
        let became = match text.became {
            Became::New(_) => ", new",
            Became::Gone(_) => ", gone",
            Became::Changed(_) => "",
        };
        let name = match (of, text.name.as_str()) {
            ("", name) => name.to_owned(),
            (of, "assistant") => of.to_owned(),
            (of, name) => format!("{of} · {name}"),
        };
        let label = harmless(&format!("{name}{became}")).into_owned();
        self.lines.push(Line::styled(truncate(&label, self.cells).into_owned(), self.theme.faint));
        let cells = self.cells.saturating_sub(2).max(1);
        match &text.became {
            Became::New(text) => self.whole("+ ", self.theme.good, text),
            Became::Gone(text) => self.whole("− ", self.theme.bad, text),
            Became::Changed(difference) => {
                for mut line in DifferenceView::from(difference.clone()).lines(cells, self.theme) {
                    line.spans.insert(0, Span::raw("  "));
                    self.lines.push(line);
                }
            }
        }
    }

    /// The beginning of a text that is new, or gone.
    fn whole(&mut self, sign: &'static str, style: Style, text: &str) {
        let end = (0..=BYTES.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let shown = text.get(..end).unwrap_or_default();
        let rows = wrap(shown, self.cells.saturating_sub(4).max(1));
        for (at, row) in rows.iter().take(ROWS).enumerate() {
            let is_cut = at + 1 == ROWS && (rows.len() > ROWS || end < text.len());
            let line = harmless(row.text(shown)).into_owned();
            self.lines.push(Line::from(vec![
                Span::styled(if at == 0 { sign } else { "  " }, style),
                Span::styled(line, self.theme.text),
                Span::styled(if is_cut { " …" } else { "" }, self.theme.faint),
            ]));
        }
    }
}

/// The target of a value: a count, or a share.
fn wanted(value: Option<&Value>) -> String {
    let share = value.and_then(|value| value.get("share")?.as_u64());
    let share = share.and_then(|share| Share::from_millionths(u32::try_from(share).ok()?));
    share.map_or_else(|| word(value, "target"), |share| share.to_string())
}

fn made(after: Option<&Value>) -> &'static str {
    if after.is_some() { "made" } else { "taken away" }
}

/// The tag of a row: its name ends with the id of the value.
fn tag(row: &str, definitions: &Definitions) -> Option<String> {
    let value = Uuid::try_parse(row.split_once('/')?.1).ok()?;
    definitions.facets.iter().find_map(|facet| {
        let found = facet.values.iter().find(|candidate| candidate.id == value)?;
        Some(format!("{}:{}", facet.name, found.name))
    })
}
