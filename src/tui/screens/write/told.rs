//! What the companion told of the example, as lines beside the text.

use ratatui::style::Style;
use ratatui::text::Line;

use super::aside::{HEADING, labelled};
use super::known::Known;
use super::near::share;
use crate::curation::tokens::Standing;
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::width::first_line;
use crate::text::wrap::wrap;
use crate::tui::beside::{Length, Nearest, Neighbour};
use crate::tui::theme::Theme;

/// The remarks that are told one by one, and the rows that each may take.
const REMARKS: usize = 4;
const ROWS: usize = 4;
/// The nearest examples that are told, and how alike they are at least, in percent: below that a few
/// words are all that they share.
const NEAR: usize = 3;
const ALIKE: u8 = 20;

/// What is to be mended, with its places.
pub fn remark_lines(
    known: &Known,
    has_contract: bool,
    cells: usize,
    theme: &Theme,
    lines: &mut Vec<Line<'static>>,
) {
    if known.remarks.is_empty() {
        let (word, style) = match (has_contract, known.is_judged) {
            (false, _) => ("none", theme.faint),
            (true, false) => ("…", theme.faint),
            (true, true) => ("kept ✓", theme.good),
        };
        lines.push(labelled("CONTRACT", word, style, theme));
        return;
    }
    for (at, remark) in known.remarks.iter().take(REMARKS).enumerate() {
        let style = if remark.is_wrong { theme.bad } else { theme.look };
        let said = &remark.sentence;
        for (row, part) in wrap(said, cells.saturating_sub(HEADING)).iter().take(ROWS).enumerate() {
            let label = if at == 0 && row == 0 { "CONTRACT" } else { "" };
            lines.push(labelled(label, &harmless(part.text(said)), style, theme));
        }
        if let Some((line, column)) = remark.place {
            lines.push(labelled("", &format!("line {line}, col {column}"), theme.faint, theme));
        }
    }
    if let Some(more) = known.remarks.len().checked_sub(REMARKS).filter(|more| *more > 0) {
        lines.push(labelled("", &format!("… {more} more"), theme.faint, theme));
    }
}

/// The nearest examples, the first ones: how alike, how the answers stand to each other, what is asked.
pub fn nearest_lines(nearest: Option<&Nearest>, cells: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    let Some(nearest) = nearest else { return };
    lines.push(Line::default());
    let like: Vec<&Neighbour> =
        nearest.near.iter().filter(|neighbour| neighbour.percent >= ALIKE).take(NEAR).collect();
    if like.is_empty() {
        lines.push(labelled("NEAREST", "nothing is much like this", theme.faint, theme));
    }
    for (at, neighbour) in like.into_iter().enumerate() {
        let label = if at == 0 { "NEAREST" } else { "" };
        let style = match (neighbour.percent, &neighbour.relation) {
            (_, Some((_, true))) => theme.bad,
            (80.., _) => theme.look,
            _ => theme.text,
        };
        lines.push(labelled(label, &format!("#{}  {}", neighbour.id, share(neighbour)), style, theme));
        if let Some((said, _)) = &neighbour.relation {
            lines.push(labelled("", &first_line(said, cells.saturating_sub(HEADING)), style, theme));
        }
        let asks = first_line(&neighbour.question, cells.saturating_sub(HEADING));
        lines.push(labelled("", &asks, theme.faint, theme));
    }
    if nearest.sketched < nearest.of {
        let so_far = format!("of {} compared so far", thousands(nearest.sketched));
        lines.push(labelled("", &so_far, theme.faint, theme));
    }
}

/// In what the rewriting differs from what it is to beat.
pub fn difference_lines(known: &mut Known, cells: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    if let Some(difference) = &mut known.difference {
        lines.push(Line::styled("WHAT YOU CHANGED", theme.heading));
        lines.extend(difference.lines(cells, theme));
        lines.push(Line::default());
    }
}

/// The tokens of the conversation against the limit; `~` where they are only about right.
pub fn in_short(length: &Length) -> String {
    let about = if length.counted.exact { "" } else { "~" };
    let limit = length.limit.map_or_else(String::new, |limit| format!(" of {}", thousands(limit)));
    format!("{about}{}{limit} tokens  ", thousands(length.counted.conversation))
}

/// The style of a count that stands so to its limit.
fn of_standing(standing: Standing, theme: &Theme) -> Style {
    match standing {
        Standing::Fits => theme.text,
        Standing::Near => theme.look,
        Standing::Over(_) => theme.bad,
    }
}

pub fn token_lines(length: Option<&Length>, cells: usize, theme: &Theme, lines: &mut Vec<Line<'static>>) {
    let Some(length) = length else {
        lines.push(labelled("TOKENS", "counting …", theme.faint, theme));
        return;
    };
    let counted = &length.counted;
    let about = if counted.exact { "" } else { "~" };
    let answer = counted.conversation.saturating_sub(counted.prompt);
    let limit = length.limit.map_or_else(String::new, |limit| format!(" of {}", thousands(limit)));
    let (prompt, answer, whole) =
        (thousands(counted.prompt), thousands(answer), thousands(counted.conversation));
    let style = of_standing(length.standing, theme);
    let sum = format!("{about}{prompt} + {answer} = {whole}");
    if HEADING + sum.len() + limit.len() <= cells {
        lines.push(labelled("TOKENS", &format!("{sum}{limit}"), style, theme));
    } else {
        lines.push(labelled("TOKENS", &sum, style, theme));
        lines.push(labelled("", limit.trim_start(), style, theme));
    }
    match length.standing {
        Standing::Over(by) => {
            lines.push(labelled("", &format!("{} too many", thousands(by)), theme.bad, theme));
        }
        Standing::Near => lines.push(labelled("", "near the limit", theme.look, theme)),
        Standing::Fits => {}
    }
    if length.problem.is_some() {
        lines.push(labelled("", "the model's vocabulary can't be loaded", theme.bad, theme));
    }
}
