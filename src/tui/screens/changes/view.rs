//! The picture: what is done, the changes with those that are taken marked, and the selected one as a
//! difference.

use std::time::{Duration, Instant};

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::{Changes, Stage};
use crate::curation::mend::{Mending, normaliser};
use crate::text::count::{plural, thousands};
use crate::text::difference::Difference;
use crate::text::harmless::harmless;
use crate::text::width::{first_line, pad, pad_left, truncate, width};
use crate::tui::effect::Rest;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::diff::DifferenceView;

/// From this width on, the difference stands beside the list.
const BESIDE: u16 = 120;
/// Cells of the name of a text.
const FIELD: usize = 18;
/// How long the words of the selected text may be compared while somebody waits; after that the rest
/// counts as different.
const WITHIN: Duration = Duration::from_millis(6);
/// Bytes of what stays the same before the first difference that a row of the list shows.
const BEFORE: usize = 12;

pub(super) fn view(screen: &mut Changes, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    if screen.stage == Stage::Asking {
        if let Some(form) = &screen.form {
            form.view(frame, area, &screen.said, theme);
        }
        return;
    }
    heading(screen, frame, area, theme);
    let area = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    if screen.proposals.len() == 0 {
        let says = match (screen.stage, screen.reading) {
            (Stage::Making, _) => "   the changes are being made …".to_owned(),
            (_, Some(_)) => "   looking …".to_owned(),
            (_, None) => format!("   nothing would change in {}", screen.said),
        };
        paint::line(frame, area, 0, Line::styled(says, theme.faint));
        screen.drawn = Rect::default();
        return;
    }
    let (list, aside) = if area.width >= BESIDE {
        let list = area.width * 9 / 20;
        let gap = 2;
        (
            Rect { width: list, ..area },
            Rect { x: area.x + list + gap, width: area.width - list - gap, ..area },
        )
    } else {
        let list = (area.height * 2 / 5).max(1);
        let edge = Rect { y: area.y + list, height: 1.min(area.height.saturating_sub(list)), ..area };
        paint::line(frame, edge, 0, Line::styled("─".repeat(edge.width.into()), theme.faint));
        let margin = 3.min(area.width);
        let below = area.height.saturating_sub(list + 1);
        let aside = Rect { x: area.x + margin, y: edge.y + 1, width: area.width - margin, height: below };
        (Rect { height: list.min(area.height), ..area }, aside)
    };
    // The mouse counts from the corner of the screen's own area, of which two rows are the heading.
    screen.drawn = Rect { x: list.x - area.x, y: list.y - area.y + 2, ..list };
    listed(screen, frame, list, theme);
    difference(screen, frame, aside, theme);
}

fn heading(screen: &Changes, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let cells = usize::from(area.width);
    let all = screen.proposals.len();
    let count = match all {
        0 => String::new(),
        all => {
            format!("{} of {} taken", thousands(screen.proposals.taken() as u64), plural(all as u64, "text"))
        }
    };
    let mut right = vec![Span::styled(count, theme.accent)];
    match (screen.reading, screen.rest) {
        (Some(progress), _) => {
            let share = progress.total.filter(|total| *total > 0).map(|total| progress.done * 100 / total);
            let far = share.map_or_else(|| thousands(progress.done), |share| format!("{share} %"));
            right.push(Span::styled(format!("  looking, {far}"), theme.look));
        }
        (None, Rest::Cut) => {
            right.push(Span::styled("  there are more: make these, then look again", theme.look));
        }
        (None, _) => {}
    }
    right.push(Span::raw(" "));
    let taken: usize = right.iter().map(|span| width(&span.content)).sum();
    let left = format!(" {}   in {}", wanted(screen), screen.said);
    let left = truncate(&harmless(&left), cells.saturating_sub(taken + 2)).into_owned();
    paint::line(frame, area, 0, paint::two_ends(&left, theme.heading, right, cells));
}

/// What is to be done.
fn wanted(screen: &Changes) -> String {
    match screen.mended.as_ref().map(|mended| &mended.mending) {
        Some(Mending::Replace(replacement)) if replacement.by.is_empty() => {
            format!("take out “{}”", replacement.find)
        }
        Some(Mending::Replace(replacement)) => format!("“{}” becomes “{}”", replacement.find, replacement.by),
        Some(Mending::Normalise(ids)) => {
            let titles: Vec<&str> =
                ids.iter().filter_map(|id| normaliser(id)).map(|known| known.title).collect();
            titles.join(", ")
        }
        None => screen.what.clone(),
    }
}

fn listed(screen: &mut Changes, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let at = screen.proposals.at();
    let rows = usize::from(area.height);
    let seen = screen.proposals.in_sight(rows);
    // Copied, for the list is asked again below: a screen has some dozen rows.
    let seen: Vec<(usize, i64, String, String)> = seen
        .map(|(place, change)| {
            let from = start(&change.before, &change.after);
            let text = change.before.get(from..).unwrap_or_default();
            let field = change.field.to_string();
            let sign = if from > 0 { "…" } else { "" };
            (place, change.example, field, format!("{sign}{}", first_line(text, area.width.into())))
        })
        .collect();
    let number = seen.iter().map(|(_, example, ..)| example.to_string().len() + 1).max().unwrap_or(0);
    for (row, (place, example, field, text)) in (0..area.height).zip(seen) {
        let is_selected = place == at;
        let is_taken = screen.proposals.is_taken(place);
        let style = match (is_selected, is_taken) {
            (true, _) => theme.accent,
            (false, true) => theme.text,
            (false, false) => theme.faint,
        };
        let room = usize::from(area.width).saturating_sub(3 + 2 + number + 2 + FIELD + 2);
        let (sign, sign_style) = if is_taken { ("● ", theme.accent) } else { ("○ ", theme.faint) };
        let line = Line::from(vec![
            Span::styled(if is_selected { " ▸ " } else { "   " }, theme.accent),
            Span::styled(sign, sign_style),
            Span::styled(format!("{}  ", pad_left(&format!("#{example}"), number)), style),
            Span::styled(format!("{}  ", pad(&truncate(&field, FIELD), FIELD)), theme.faint),
            Span::styled(truncate(&text, room).into_owned(), style),
        ]);
        paint::line(frame, area, row, line);
    }
}

/// Where a row of the list begins to show a text: a little before the first difference.
fn start(before: &str, after: &str) -> usize {
    let same = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let mut from = same.saturating_sub(BEFORE);
    while !before.is_char_boundary(from) {
        from -= 1;
    }
    if from == 0 {
        return 0;
    }
    // From the beginning of a word, where one begins near there.
    let near = before.get(from..same).unwrap_or_default();
    let blank = near.char_indices().find(|(_, c)| c.is_whitespace());
    blank.map_or(from, |(at, c)| from + at + c.len_utf8())
}

fn difference(screen: &mut Changes, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let at = screen.proposals.at();
    let Some(change) = screen.proposals.selected() else { return };
    let is_taken = screen.proposals.is_taken(at);
    let (says, style) = if is_taken { ("taken", theme.good) } else { ("left as it is", theme.look) };
    let head = Line::from(vec![
        Span::styled(format!("#{} {}", change.example, change.field), theme.heading),
        Span::styled(format!("   {says}"), style),
    ]);
    paint::line(frame, area, 0, head);
    let area = Rect { y: area.y + 1.min(area.height), height: area.height.saturating_sub(1), ..area };
    let known = screen.difference.take().filter(|(of, _)| *of == at);
    let (_, view) = screen.difference.insert(known.unwrap_or_else(|| {
        let difference = Difference::until(&change.before, &change.after, Instant::now() + WITHIN);
        (at, DifferenceView::from(difference))
    }));
    let all = view.rows(area.width.into(), theme);
    let rows = usize::from(area.height);
    screen.scrolled = screen.scrolled.min(all.saturating_sub(rows));
    view.draw(frame, area, screen.scrolled, theme);
    let below = all.saturating_sub(screen.scrolled + rows);
    if below > 0 && area.height > 1 {
        let says = Line::styled(format!(" … {below} more rows "), theme.faint).right_aligned();
        paint::line(frame, area, area.height - 1, says);
    }
}

#[cfg(test)]
mod tests {
    use super::start;

    #[test]
    fn a_row_begins_a_little_before_what_changes() {
        let text = "the quick brown fox jumps over the lazy dog";
        assert_eq!(start(text, "the quick red fox"), 0);
        assert_eq!(&text[start(text, "the quick brown fox jumps over the old dog")..], "over the lazy dog");
        let narrow = "é\u{2003}ééééééééééé x";
        assert!(narrow.is_char_boundary(start(narrow, "é\u{2003}ééééééééééé y")));
        assert_eq!(start("", "x"), 0);
    }
}
