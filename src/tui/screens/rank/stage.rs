//! What Rank and Review lay out alike: the prompt above, the responses as they are presented below it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::example::{Example, Prompt, Uuid};
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::document::{Block, Document};
use crate::tui::widgets::readable;
use crate::tui::widgets::rows::Laid;

/// What the presented responses read like.
pub fn texts(example: &Example, presented: &[Uuid]) -> Vec<String> {
    let text = |id: &Uuid| example.response(*id).map(|response| readable::response(&response.messages));
    presented.iter().map(|id| text(id).unwrap_or_default()).collect()
}

/// The prompt as blocks: its tools, then its turns.
pub fn blocks(prompt: &Prompt) -> Vec<Block> {
    let tools = readable::tools(prompt);
    let tools = (!tools.is_empty()).then(|| Block {
        heading: "TOOLS".to_owned(),
        body: Laid::new(tools),
        ..Block::default()
    });
    let turns = prompt.messages.iter().map(|message| Block {
        heading: message.role.as_str().to_uppercase(),
        notes: message.name.clone().into_iter().collect(),
        body: Laid::new(readable::response(std::slice::from_ref(message))),
        ..Block::default()
    });
    tools.into_iter().chain(turns).collect()
}

/// Draws the prompt in at most so many rows, and how many are not seen; returns where it stands and what
/// is left below it and a blank row.
pub fn draw_prompt(
    frame: &mut Frame<'_>,
    area: Rect,
    prompt: &mut Document,
    most: u16,
    theme: &Theme,
) -> (Rect, Rect) {
    let rows = u16::try_from(prompt.rows(area.width)).unwrap_or(u16::MAX);
    let height = rows.min(most).min(area.height);
    let drawn = Rect { height, ..area };
    prompt.view(frame, drawn, theme, None);
    if let (above, below) = prompt.hidden()
        && above + below > 0
    {
        let more = format!("             {}", more_rows(above, below));
        paint::line(frame, area, height, Line::styled(more, theme.faint));
    }
    let taken = (height + 1).min(area.height);
    (drawn, Rect { y: area.y + taken, height: area.height - taken, ..area })
}

/// `↑ 3  ↓ 12`: how many rows are not seen.
pub fn more_rows(above: usize, below: usize) -> String {
    let part = |arrow, rows| if rows > 0 { format!("{arrow} {rows}") } else { String::new() };
    let both = if above > 0 && below > 0 { "  " } else { "" };
    format!("{}{both}{}", part('↑', above), part('↓', below))
}
