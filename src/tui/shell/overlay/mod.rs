//! What lies over a screen: the keys, the commands, menus, questions, messages, the greeting.

mod menu;
mod pages;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Clear;

use super::super::commands::{Command, Context};
use super::super::effect::{Picker, Prompting, Purpose};
use super::super::keymap::Keymap;
use super::super::line::Line;
use super::super::message::ScreenId;
use super::super::paint;
use super::super::palette::Palette;
use super::super::screen::Input;
use super::super::theme::Theme;
use super::Notices;
use crate::text::harmless::harmless;
use crate::text::width::{truncate, width};
use menu::Menu;
use pages::Page;

/// Cells that are left to type in.
const ROOM: u16 = 30;

/// What lies over the screen.
pub(in crate::tui::shell) enum Overlay {
    /// A page of text: the keys, the messages.
    Page(Page),
    /// The commands.
    Commands(Menu, Vec<Command>),
    /// A menu of a screen's.
    Pick(ScreenId, Picker, Menu),
    /// A question for a line of text.
    Prompt(ScreenId, String, Purpose, Line),
    /// The question who is at the keyboard; whether it is the first time, and what is wrong with what
    /// was typed.
    Name(Line, bool, Option<String>),
    /// The greeting.
    Welcome,
}

/// What became of a command.
pub(super) enum Outcome {
    /// It was for the overlay.
    Stay,
    /// The overlay goes.
    Close,
    /// The overlay goes, and this is run.
    Run(Command),
    /// The overlay goes, and the screen hears this.
    Tell(ScreenId, Input),
    /// This is who is at the keyboard.
    Named(String),
    /// It is not the overlay's.
    Pass,
}

impl Overlay {
    pub(super) fn help(keymap: &Keymap, context: Context) -> Self {
        Self::Page(pages::help(keymap, context))
    }

    pub(super) fn messages(notices: &Notices) -> Self {
        Self::Page(pages::messages(notices))
    }

    pub(super) fn commands(keymap: &Keymap, context: Context, behind: Option<Context>) -> Self {
        let (palette, commands) = Palette::of_commands(keymap, context, behind);
        Self::Commands(Menu::new("Commands", palette), commands)
    }

    pub(super) fn pick(id: ScreenId, picker: Picker) -> Self {
        let menu = Menu::of_picker(&picker);
        Self::Pick(id, picker, menu)
    }

    /// A menu of which one letter chooses.
    pub(super) fn pick_by_key(id: ScreenId, picker: Picker, at_once: Purpose) -> Self {
        let menu = Menu::by_key(&picker, at_once);
        Self::Pick(id, picker, menu)
    }

    pub(super) fn prompt(id: ScreenId, prompting: Prompting) -> Self {
        Self::Prompt(id, prompting.title, prompting.purpose, Line::proposed(&prompting.text))
    }

    pub(super) fn name(name: &str, first: bool) -> Self {
        Self::Name(Line::proposed(name), first, None)
    }

    /// What was typed is no name.
    pub(super) fn name_is_wrong(&mut self, why: String) {
        if let Self::Name(_, _, wrong) = self {
            *wrong = Some(why);
        }
    }

    pub(super) fn context(&self) -> Context {
        match self {
            Self::Page(page) => page.context,
            Self::Commands(..) | Self::Prompt(..) | Self::Name(..) => Context::Palette,
            Self::Pick(..) => Context::Picker,
            Self::Welcome => Context::Welcome,
        }
    }

    /// What a hint of the lowest line says of a command here; nothing where the command does nothing
    /// on this overlay.
    pub(super) fn hint(&self, command: Command) -> Option<&'static str> {
        let is_menu = matches!(self, Self::Commands(..) | Self::Pick(..));
        let works = match command {
            _ if matches!(self, Self::Page(_) | Self::Welcome) => true,
            Command::PaletteAccept if !is_menu => return Some("done"),
            Command::PaletteAccept | Command::PaletteCancel | Command::AppQuit => true,
            Command::PaletteNext => is_menu,
            Command::PickerToggle => matches!(self, Self::Pick(_, picker, _) if picker.several),
            _ => false,
        };
        works.then_some(command.short())
    }

    /// Something was typed or pasted.
    pub(super) fn text(&mut self, text: &str) -> Outcome {
        match self {
            Self::Pick(id, picker, menu) => {
                if let Some((at, purpose)) = menu.chosen_by_key(text)
                    && let Some(item) = picker.items.get(at)
                {
                    return Outcome::Tell(*id, Input::Picked(purpose, vec![item.value.clone()]));
                }
                menu.text(text);
            }
            Self::Commands(menu, _) => menu.text(text),
            Self::Prompt(_, _, _, line) => line.type_text(text),
            Self::Name(line, _, wrong) => {
                *wrong = None;
                line.type_text(text);
            }
            Self::Page(_) | Self::Welcome => {}
        }
        Outcome::Stay
    }

    pub(super) fn wheel(&mut self, lines: i16) {
        match self {
            Self::Page(page) => page.scroll(isize::from(lines)),
            Self::Commands(menu, _) | Self::Pick(_, _, menu) => menu.jump(isize::from(lines)),
            Self::Prompt(..) | Self::Name(..) | Self::Welcome => {}
        }
    }

    /// A click at a cell of the screen selects; on what is selected already it does what the key for
    /// it does.
    pub(super) fn click(&mut self, at: (u16, u16)) -> Option<Command> {
        match self {
            Self::Commands(menu, _) => menu.click(at).then_some(Command::PaletteAccept),
            Self::Pick(_, picker, menu) => menu.click(at).then_some(if picker.several {
                Command::PickerToggle
            } else {
                Command::PaletteAccept
            }),
            Self::Page(_) | Self::Prompt(..) | Self::Name(..) => None,
            Self::Welcome => Some(Command::WelcomeChoose),
        }
    }

    pub(super) fn command(&mut self, command: Command) -> Outcome {
        if matches!(command, Command::AppBack | Command::PaletteCancel) {
            return Outcome::Close;
        }
        match self {
            Self::Page(page) => page.command(command),
            Self::Welcome if command == Command::WelcomeChoose => Outcome::Close,
            Self::Welcome => Outcome::Pass,
            Self::Commands(menu, commands) => match command {
                Command::PaletteAccept => {
                    let chosen = menu.chosen().and_then(|at| commands.get(at));
                    chosen.map_or(Outcome::Stay, |&command| Outcome::Run(command))
                }
                other => menu.command(other),
            },
            Self::Pick(id, picker, menu) => match command {
                Command::PaletteAccept => {
                    let values = menu.values(picker);
                    if values.is_empty() && !picker.several {
                        return Outcome::Stay;
                    }
                    Outcome::Tell(*id, Input::Picked(picker.purpose.clone(), values))
                }
                Command::PickerToggle if picker.several => {
                    menu.toggle();
                    Outcome::Stay
                }
                Command::PickerToggle => menu.command(Command::PaletteNext),
                other => menu.command(other),
            },
            Self::Name(line, _, wrong) => match command {
                Command::PaletteAccept => Outcome::Named(line.text().to_owned()),
                other if line.command(other) => {
                    *wrong = None;
                    Outcome::Stay
                }
                _ => Outcome::Pass,
            },
            Self::Prompt(id, _, purpose, line) => match command {
                Command::PaletteAccept => {
                    Outcome::Tell(*id, Input::Entered(purpose.clone(), line.text().to_owned()))
                }
                other if line.command(other) => Outcome::Stay,
                _ => Outcome::Pass,
            },
        }
    }

    pub(super) fn view(&mut self, frame: &mut Frame<'_>, area: Rect, keymap: &Keymap, theme: &Theme) {
        match self {
            Self::Page(page) => page.view(frame, area, theme),
            Self::Commands(menu, _) | Self::Pick(_, _, menu) => menu.view(frame, area, theme),
            Self::Prompt(_, title, _, line) => {
                let area = bottom(frame, area, 3);
                prompt(frame, area, title, line, theme);
            }
            Self::Name(line, first, wrong) => {
                let area = bottom(frame, area, 4);
                prompt(frame, area, "Who is at the keyboard?", line, theme);
                let (told, style) = match (wrong, first) {
                    (Some(why), _) => (why.as_str(), theme.bad),
                    (None, true) => {
                        ("Your name stands beside all that you do. It is asked for once.", theme.faint)
                    }
                    (None, false) => ("From then on everything is done by that person.", theme.faint),
                };
                paint::line(frame, area, 2, ratatui::text::Line::styled(format!(" {told}"), style));
            }
            Self::Welcome => pages::welcome(frame, area, keymap, theme),
        }
    }
}

/// What a menu is for, before the line that is typed, and the cells that it takes: cut where it would leave no
/// room.
fn question(title: &str, cells: u16) -> (String, u16) {
    let room = usize::from(cells.saturating_sub(ROOM).max(cells / 2));
    let title = format!(" {}  ", truncate(&harmless(title), room.saturating_sub(3)));
    let wide = u16::try_from(width(&title)).unwrap_or(0).min(cells);
    (title, wide)
}

/// A rule, and below it a question with the line that is typed: beside it, or below a long question.
fn prompt(frame: &mut Frame<'_>, area: Rect, title: &str, line: &Line, theme: &Theme) {
    let rule = "─".repeat(area.width.into());
    paint::line(frame, area, 0, ratatui::text::Line::styled(rule, theme.faint));
    let title = harmless(title);
    let asked = u16::try_from(width(&title)).unwrap_or(u16::MAX).saturating_add(3);
    let is_beside = asked.saturating_add(ROOM) <= area.width;
    let title = format!(" {}", truncate(&title, usize::from(area.width).saturating_sub(2)));
    paint::line(frame, area, 1, ratatui::text::Line::styled(title, theme.heading));
    let (at, x) = if is_beside { (1, asked) } else { (2, 1) };
    if let Some(row) = paint::row(area, at) {
        line.view(frame, Rect { x: row.x + x, width: row.width.saturating_sub(x), ..row }, theme);
    }
}

/// The lowest rows of an area, emptied.
fn bottom(frame: &mut Frame<'_>, area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    let area = Rect { y: area.bottom() - rows, height: rows, ..area };
    frame.render_widget(Clear, area);
    area
}
