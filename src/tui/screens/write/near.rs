//! The nearest examples that are there already: a list, and of the selected one in what its prompt and
//! its answer differ from what is written here.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::Write;
use crate::text::count::plural;
use crate::text::width::{first_line, pad, width};
use crate::text::wrap::wrap;
use crate::tui::beside::{Nearest, Neighbour};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Place, Tone};
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::widgets::diff::DifferenceView;

/// The list, while it is open.
#[derive(Debug, Default)]
pub struct NearView {
    selected: usize,
    /// The first row of the differences that is seen.
    top: usize,
    /// The rows of the differences below those that are seen, as of the last picture.
    below: usize,
    /// The differences of the selected one.
    laid: Option<(i64, DifferenceView, Option<DifferenceView>)>,
}

impl Write {
    /// Opens the list, or closes it.
    pub(super) fn toggle_near(&mut self) -> Vec<Effect> {
        if self.near_view.take().is_some() {
            return Vec::new();
        }
        match &self.known.nearest {
            None => vec![Effect::Say(Tone::Look, "the nearest examples are being looked for".to_owned())],
            Some(nearest) if nearest.near.is_empty() => {
                vec![Effect::Say(Tone::Good, "nothing that is there already is like this".to_owned())]
            }
            Some(_) => {
                self.near_view = Some(NearView::default());
                Vec::new()
            }
        }
    }

    /// A command while the list is open.
    pub(super) fn command_in_near(&mut self, command: Command) -> Vec<Effect> {
        let near = self.known.nearest.as_ref().map_or(&[][..], |nearest| nearest.near.as_slice());
        let Some(view) = &mut self.near_view else { return Vec::new() };
        match command {
            Command::MoveUp => view.select(view.selected.saturating_sub(1)),
            Command::MoveDown => view.select((view.selected + 1).min(near.len().saturating_sub(1))),
            Command::MoveTop => view.select(0),
            Command::MoveBottom => view.select(near.len().saturating_sub(1)),
            Command::MovePageDown | Command::MoveHalfPageDown | Command::MoveRight => {
                view.top += view.below.min(8);
            }
            Command::MovePageUp | Command::MoveHalfPageUp | Command::MoveLeft => {
                view.top = view.top.saturating_sub(8);
            }
            Command::WriteNearest => self.near_view = None,
            Command::ExampleOpen => {
                let id = near.get(view.selected).map(|near| near.id);
                self.near_view = None;
                return id.map(|id| Effect::Go(Place::Write(Some(id)))).into_iter().collect();
            }
            _ => {}
        }
        Vec::new()
    }

    /// Draws the list in the place of the document.
    pub(super) fn draw_near(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let Some(Nearest { near, sketched, of }) = &self.known.nearest else { return };
        let Some(view) = &mut self.near_view else { return };
        view.selected = view.selected.min(near.len().saturating_sub(1));
        let heading = if sketched < of {
            format!(" NEAREST  of {} that were compared so far", plural(*sketched, "example"))
        } else {
            " NEAREST".to_owned()
        };
        paint::line(frame, area, 0, Line::styled(heading, theme.heading));
        let cells = usize::from(area.width);
        for (at, neighbour) in (1u16..).zip(near) {
            let is_selected = usize::from(at - 1) == view.selected;
            paint::line(frame, area, at, row(neighbour, is_selected, cells, theme));
        }
        let Some(neighbour) = near.get(view.selected) else { return };
        let lines = view.page(neighbour, cells.saturating_sub(2), theme);
        let top = u16::try_from(near.len()).unwrap_or(u16::MAX).saturating_add(2);
        let body = Rect {
            x: area.x + 1,
            y: area.y.saturating_add(top).min(area.bottom()),
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(top),
        };
        let rows = usize::from(body.height);
        view.top = view.top.min(lines.len().saturating_sub(rows));
        view.below = lines.len().saturating_sub(view.top + rows);
        for (at, line) in (0..body.height).zip(lines.into_iter().skip(view.top)) {
            paint::line(frame, body, at, line);
        }
    }
}

impl NearView {
    fn select(&mut self, at: usize) {
        (self.selected, self.top) = (at, 0);
    }

    /// The differences of an example as lines: of the prompt, of the answer.
    fn page(&mut self, neighbour: &Neighbour, cells: usize, theme: &Theme) -> Vec<Line<'static>> {
        if self.laid.as_ref().is_none_or(|(id, ..)| *id != neighbour.id) {
            let answer = neighbour.answer_differs.clone().map(DifferenceView::from);
            self.laid = Some((neighbour.id, neighbour.question_differs.clone().into(), answer));
        }
        let mut lines = Vec::new();
        if let Some(tags) = (!neighbour.tags.is_empty()).then(|| neighbour.tags.join(" · ")) {
            lines.push(Line::styled(first_line(&tags, cells), theme.faint));
            lines.push(Line::default());
        }
        let Some((_, question, answer)) = &mut self.laid else { return lines };
        lines.push(Line::styled("ITS PROMPT, AND WHAT IS OTHER IN YOURS", theme.heading));
        lines.extend(question.lines(cells, theme));
        lines.push(Line::default());
        if let Some((said, is_wrong)) = &neighbour.relation {
            for part in wrap(said, cells).iter().take(3) {
                let style = if *is_wrong { theme.bad } else { theme.look };
                lines.push(Line::from(paint_owned(part.text(said), style, theme)));
            }
        }
        match answer {
            Some(answer) => {
                lines.push(Line::styled("ITS RESPONSE, AND WHAT IS OTHER IN YOURS", theme.heading));
                lines.extend(answer.lines(cells, theme));
            }
            None if neighbour.answer.is_empty() => {
                lines.push(Line::styled("it has no response yet", theme.faint));
            }
            None => {
                lines.push(Line::styled("ITS RESPONSE", theme.heading));
                let said = &neighbour.answer;
                lines.extend(
                    wrap(said, cells)
                        .iter()
                        .map(|row| Line::from(paint_owned(row.text(said), theme.text, theme))),
                );
            }
        }
        lines
    }
}

fn paint_owned(text: &str, style: ratatui::style::Style, theme: &Theme) -> Vec<Span<'static>> {
    let spans = paint::spans(text, style, theme).into_iter();
    spans.map(|span| Span::styled(span.content.into_owned(), span.style)).collect()
}

/// `83 %`, or a dash where only words are shared.
pub fn share(neighbour: &Neighbour) -> String {
    match neighbour.percent {
        0..20 => "words".to_owned(),
        percent => format!("{percent} %"),
    }
}

fn row(neighbour: &Neighbour, is_selected: bool, cells: usize, theme: &Theme) -> Line<'static> {
    let style = if is_selected { theme.accent } else { theme.text };
    let head = format!(
        "{}#{}  {}  {}  ",
        if is_selected { "▸" } else { " " },
        pad(&neighbour.id.to_string(), 6),
        pad(&share(neighbour), 5),
        pad(neighbour.status.as_str(), 9),
    );
    let room = cells.saturating_sub(width(&head));
    Line::from(vec![
        Span::styled(head, if is_selected { theme.accent } else { theme.faint }),
        Span::styled(first_line(&neighbour.question, room), style),
    ])
}
