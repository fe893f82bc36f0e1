//! Home where there is no terminal.

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::{Home, view};
use crate::dataset::Paced;
use crate::tui::effect::Shared;
use crate::tui::theme::Theme;

/// Home as lines of text, for where there is no terminal.
pub fn as_text(shared: &Shared, paced: Paced, cells: u16) -> String {
    // Drawing into memory can't fail.
    let Ok(mut terminal) = Terminal::new(TestBackend::new(cells, 40));
    let mut home = Home { is_printed: true, paced: Some(Box::new(paced)), ..Home::default() };
    let Ok(_) = terminal.draw(|frame| {
        let area = frame.area();
        view::view(&mut home, frame, area, shared, &Theme::plain());
    });
    let buffer = terminal.backend().buffer();
    let mut text = String::new();
    let mut blank = false;
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width)
            .filter_map(|x| buffer.cell((x, y)).map(ratatui::buffer::Cell::symbol))
            .collect();
        let row = row.trim_end();
        if row.is_empty() {
            blank = true;
            continue;
        }
        if blank && !text.is_empty() {
            text.push('\n');
        }
        blank = false;
        text.push_str(row);
        text.push('\n');
    }
    text
}
