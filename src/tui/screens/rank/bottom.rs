//! The last row: the order as it is typed, what is asked after it, or what the annotator said before.

use ratatui::text::{Line, Span};

use super::asking::{Asking, Known, Question};
use super::questions::{Questions, Step};
use super::shown::Shown;
use crate::example::STRENGTHS;
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};
use crate::tui::theme::Theme;

/// The last row, in so many cells.
pub fn last_line(shown: &Shown, annotator: &str, wide: u16, theme: &Theme) -> Line<'static> {
    // A cell stays free at either side.
    let cells = usize::from(wide.saturating_sub(2));
    let spans = match (&shown.questions, &shown.cannot) {
        (Some(questions), _) if !shown.is_done() => question(questions, shown, cells, theme),
        (_, Some(why)) => {
            let told = format!("can't judge: {}  ✓", harmless(why));
            vec![Span::styled(truncate(&told, cells).into_owned(), theme.good)]
        }
        _ => match shown.known() {
            Some(known) => asked(shown, &known, cells, theme),
            None => order(shown, annotator, cells, theme),
        },
    };
    std::iter::once(Span::raw(" ")).chain(spans).collect()
}

fn order(shown: &Shown, annotator: &str, cells: usize, theme: &Theme) -> Vec<Span<'static>> {
    if shown.order.is_empty()
        && let Some(own) = shown.own(annotator)
    {
        let told = format!("you ranked  {}", shown.told(own));
        let mut spans = vec![Span::styled(truncate(&harmless(&told), cells).into_owned(), theme.good)];
        let hint = if shown.sent_back(annotator).is_some() {
            "   type to rank again, enter hands it in as it is"
        } else {
            "   type to rank again"
        };
        if width(&told) + width(hint) <= cells {
            spans.push(Span::styled(hint, theme.faint));
        }
        return spans;
    }
    let is_done = shown.order.places().is_complete();
    let style = if is_done { theme.good } else { theme.accent };
    let mark = if is_done { "  ✓" } else { "" };
    let line = format!("{}{mark}", shown.order.line());
    let line = if width(&line) > cells { format!("{}{mark}", shown.order.short()) } else { line };
    let line = end_of(&line, cells);
    let gives = whole_words(&shown.order.gives(), cells.saturating_sub(width(&line) + 3));
    let line = pad(&line, cells.saturating_sub(width(&gives)));
    vec![Span::styled(line, style), Span::styled(gives, theme.faint)]
}

/// A question in the place of the order, and how many there may be.
fn asked(shown: &Shown, known: &Known, cells: usize, theme: &Theme) -> Vec<Span<'static>> {
    let (says, keys): (&str, &[(&str, &str)]) = match known.question {
        Some(Question::Pair(..)) => ("which is better?", &[("1", "this"), ("2", "that"), ("=", "the same")]),
        Some(Question::Best(_)) => ("which is the best of those left?", &[("=", "all the same")]),
        Some(Question::Worst(_)) => ("which is the worst of those left?", &[("=", "all the same")]),
        None => ("", &[]),
    };
    let mut spans = vec![Span::styled(says, theme.heading)];
    for (key, word) in keys {
        answer(&mut spans, key, word, (false, false), theme);
    }
    let asked = shown.asking.as_ref().map_or(0, Asking::asked);
    let progress = format!("question {} of about {}", asked + 1, asked + known.most_left);
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    if used + width(&progress) + 3 <= cells {
        let progress = format!("{}{progress}", " ".repeat(cells - used - width(&progress)));
        spans.push(Span::styled(progress, theme.faint));
    }
    spans
}

/// A question: what it is, the answers, and on the right the order that it is about.
fn question(questions: &Questions, shown: &Shown, cells: usize, theme: &Theme) -> Vec<Span<'static>> {
    let mut spans = Vec::new();
    match questions.step() {
        Some(Step::Strength) => {
            spans.push(Span::styled("how much better?", theme.heading));
            for (at, word) in (1u8..).zip(STRENGTHS) {
                let given = questions.strength() == Some(at);
                answer(&mut spans, &at.to_string(), word, (given, false), theme);
            }
        }
        Some(Step::Criterion(which)) => rating(&mut spans, questions, which, cells, theme),
        Some(Step::Reasons) => reasons(&mut spans, questions, cells, theme),
        None => {}
    }
    let used: usize = spans.iter().map(|span| width(&span.content)).sum();
    let order = shown.order.short();
    if used + width(&order) + 3 <= cells {
        let order = format!("{}{order}", " ".repeat(cells - used - width(&order)));
        spans.push(Span::styled(order, theme.faint));
    }
    spans
}

/// An answer that can be given: its key and what it says, with a mark where it is given.
fn answer(
    spans: &mut Vec<Span<'static>>,
    key: &str,
    word: &str,
    (given, is_at): (bool, bool),
    theme: &Theme,
) {
    spans.push(Span::raw(if is_at { "  ▸" } else { "   " }));
    spans.push(Span::styled(format!("{key} "), theme.key));
    let style = if given { theme.good } else { theme.text };
    let mark = if given { " ✓" } else { "" };
    spans.push(Span::styled(format!("{}{mark}", harmless(word)), style));
}

/// `helpful  1:4 2:_ 3:_`, as many of the responses as fit around the one that is rated.
fn rating(spans: &mut Vec<Span<'static>>, questions: &Questions, which: usize, cells: usize, theme: &Theme) {
    let Some((criterion, ratings)) = questions.criterion(which) else { return };
    let name = truncate(&harmless(&criterion.name), cells / 3).into_owned();
    let scale = format!("   1 worst, {} best", questions.scale());
    let all: Vec<String> = ratings
        .iter()
        .enumerate()
        .map(|(at, value)| {
            let value = value.map_or_else(|| "_".to_owned(), |value| value.to_string());
            format!("{}:{value}", at + 1)
        })
        .collect();
    let room = cells.saturating_sub(width(&name) + 2);
    spans.push(Span::styled(format!("{name} "), theme.heading));
    // Those before the one that is rated give way first, but for the last of them.
    let taken = |from: usize| all.iter().skip(from).map(|part| width(part) + 1).sum::<usize>();
    let most = questions.cursor().saturating_sub(1);
    let first = (0..=most).find(|&from| taken(from) + 2 <= room).unwrap_or(most);
    if first > 0 {
        spans.push(Span::styled(" …", theme.faint));
    }
    let mut used = if first > 0 { 2 } else { 0 };
    for (at, part) in all.iter().enumerate().skip(first) {
        if used + width(part) + 3 > room {
            spans.push(Span::styled(" …", theme.faint));
            return;
        }
        used += width(part) + 1;
        let style = if at == questions.cursor() { theme.accent } else { theme.text };
        spans.push(Span::styled(format!(" {part}"), style));
    }
    let about = harmless(&criterion.about).into_owned();
    let more = if about.trim().is_empty() { scale } else { format!("{scale} · {about}") };
    spans.push(Span::styled(whole_words(&more, room.saturating_sub(used)), theme.faint));
}

/// The reasons, as many as fit around the one that the cursor is at.
fn reasons(spans: &mut Vec<Span<'static>>, questions: &Questions, cells: usize, theme: &Theme) {
    spans.push(Span::styled("why?", theme.heading));
    let all = questions.reasons();
    let wide = |(at, (word, given)): (usize, &(String, bool))| {
        let key = if at < 9 { 2 } else { 0 };
        3 + key + width(&harmless(word)) + if *given { 2 } else { 0 }
    };
    let room = cells.saturating_sub(8);
    let taken =
        |from: usize| all.iter().enumerate().take(questions.cursor() + 1).skip(from).map(wide).sum::<usize>();
    let first = (0..questions.cursor()).find(|&from| taken(from) <= room).unwrap_or(questions.cursor());
    if first > 0 {
        spans.push(Span::styled("  …", theme.faint));
    }
    let mut used = 0;
    for (at, (word, given)) in all.iter().enumerate().skip(first) {
        used += wide((at, &(word.clone(), *given)));
        if used > room && at > questions.cursor() {
            spans.push(Span::styled("  …", theme.faint));
            return;
        }
        let key = if at < 9 { (at + 1).to_string() } else { String::new() };
        answer(spans, &key, word, (*given, at == questions.cursor()), theme);
    }
}

/// The text in so many cells; where it is longer, as many of its words as fit, and an ellipsis.
fn whole_words(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let short = truncate(text, cells);
    short.rfind(' ').and_then(|end| short.get(..end)).map_or_else(String::new, |kept| format!("{kept} …"))
}

/// The end of a text in so many cells: where it is typed, it is typed there.
fn end_of(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars().rev() {
        if width(&kept) + 2 > cells {
            break;
        }
        kept.insert(0, c);
    }
    format!("…{kept}")
}
