//! A menu that is searched by typing: the commands, tags, flags, statuses.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line as Row, Span};

use super::super::super::commands::Command;
use super::super::super::effect::{Picker, Purpose};
use super::super::super::line::Line;
use super::super::super::paint;
use super::super::super::palette::{Item, Palette};
use super::super::super::theme::Theme;
use super::{Outcome, bottom, question};
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, width};

/// The widest columns of titles and of groups.
const TITLES: usize = 44;
const GROUPS: usize = 16;
/// From this width on groups have room for as much as they take.
const ROOMY: usize = 120;

/// A menu with the line that searches it.
pub(in crate::tui::shell) struct Menu {
    title: String,
    line: Line,
    palette: Palette,
    /// The letters that choose at once, by item, and what that is for; empty where letters search.
    letters: Vec<Option<char>>,
    at_once: Option<Purpose>,
    /// What was typed may be chosen too.
    open: bool,
    several: bool,
    toggled: bool,
    rows: usize,
    /// Where the entries were drawn, and which one stood first.
    drawn: (Rect, usize),
}

impl Menu {
    pub(super) fn new(title: &str, palette: Palette) -> Self {
        Self {
            title: title.to_owned(),
            line: Line::default(),
            palette,
            letters: Vec::new(),
            at_once: None,
            open: false,
            several: false,
            toggled: false,
            rows: 10,
            drawn: (Rect::default(), 0),
        }
    }

    pub(super) fn of_picker(picker: &Picker) -> Self {
        let items = picker.items.iter().map(|item| Item {
            group: item.group.clone(),
            title: item.value.clone(),
            detail: item.detail.clone(),
            is_marked: item.chosen,
            ..Item::default()
        });
        let mut palette = Palette::new(items.collect());
        // Of values that exclude each other the one that is set is where one begins.
        let now = picker.items.iter().position(|item| item.chosen).filter(|_| !picker.several);
        palette.jump(now.and_then(|at| isize::try_from(at).ok()).unwrap_or(0));
        Self { open: picker.open, several: picker.several, ..Self::new(&picker.title, palette) }
    }

    /// A menu of which one letter chooses: the first of each item's own that none before it has.
    pub(super) fn by_key(picker: &Picker, at_once: Purpose) -> Self {
        let letters = letters(picker.items.iter().map(|item| item.value.as_str()));
        let items = picker.items.iter().zip(&letters).map(|(item, letter)| Item {
            title: item.value.clone(),
            detail: item.detail.clone(),
            keys: letter.map(String::from).unwrap_or_default(),
            ..Item::default()
        });
        let palette = Palette::new(items.collect());
        Self { letters, at_once: Some(at_once), ..Self::new(&picker.title, palette) }
    }

    /// The item that a letter chooses at once.
    pub(super) fn chosen_by_key(&self, text: &str) -> Option<(usize, Purpose)> {
        let purpose = self.at_once.as_ref()?;
        let mut typed = text.chars().flat_map(char::to_lowercase);
        let letter = typed.next().filter(|_| typed.next().is_none() && self.line.text().is_empty())?;
        let at = self.letters.iter().position(|of| *of == Some(letter))?;
        Some((at, purpose.clone()))
    }

    pub(super) fn text(&mut self, text: &str) {
        self.line.type_text(text);
        self.palette.set_query(self.line.text());
    }

    pub(super) fn jump(&mut self, by: isize) {
        self.palette.jump(by);
    }

    /// Selects the entry at that cell; `true` where it was selected already.
    pub(super) fn click(&mut self, at: (u16, u16)) -> bool {
        let (area, first) = self.drawn;
        let clicked = first + usize::from(at.1.saturating_sub(area.y));
        if !area.contains(at.into()) || clicked >= self.palette.matches().len() {
            return false;
        }
        let selected = self.palette.selected();
        self.palette.jump(isize::try_from(clicked).unwrap_or(0) - isize::try_from(selected).unwrap_or(0));
        clicked == selected
    }

    pub(super) fn toggle(&mut self) {
        self.toggled = true;
        match self.new_value() {
            Some(title) => self.palette.push(Item { title, is_marked: true, ..Item::default() }),
            None => self.palette.toggle(),
        }
        // What was typed found this one; another one is typed next.
        if !self.line.text().is_empty() {
            self.line = Line::default();
            self.palette.set_query("");
        }
    }

    pub(super) fn chosen(&self) -> Option<usize> {
        self.palette.chosen()
    }

    /// What was typed, where nothing is called so and something may be.
    fn new_value(&self) -> Option<String> {
        let typed = self.line.text().trim();
        (self.open && !typed.is_empty() && self.palette.matches().is_empty()).then(|| typed.to_owned())
    }

    /// What is set once the menu is accepted: the marked ones where several can be, otherwise the
    /// selected one, or what was typed where nothing is called so.
    pub(super) fn values(&self, picker: &Picker) -> Vec<String> {
        let value = |at: usize| match picker.items.get(at) {
            Some(item) => Some(item.value.clone()),
            // Behind the picker's own stand those that were typed here.
            None => self.palette.items().get(at).map(|item| item.title.clone()),
        };
        let new = self.new_value();
        if !self.several {
            return new.into_iter().chain(self.chosen().and_then(value)).take(1).collect();
        }
        let marked = self.palette.items().iter().enumerate().filter(|(_, item)| item.is_marked);
        let mut values: Vec<String> = marked.filter_map(|(at, _)| value(at)).collect();
        // Without a mark given or taken here, accepting means the selected one; and so it does of what
        // was looked for since the last mark.
        if !self.toggled || !self.line.text().trim().is_empty() {
            let selected = new.or_else(|| self.chosen().and_then(value));
            values.extend(
                selected.filter(|selected| !values.contains(selected)).into_iter().collect::<Vec<_>>(),
            );
        }
        values
    }

    pub(super) fn command(&mut self, command: Command) -> Outcome {
        let page = isize::try_from(self.rows.max(2) - 1).unwrap_or(1);
        match command {
            Command::PaletteNext => self.palette.step(1),
            Command::PalettePrevious => self.palette.step(-1),
            Command::PalettePageDown => self.palette.jump(page),
            Command::PalettePageUp => self.palette.jump(-page),
            other if self.line.command(other) => self.palette.set_query(self.line.text()),
            _ => return Outcome::Pass,
        }
        Outcome::Stay
    }

    /// The lower half of the screen: what is worked on stays in sight above it.
    pub(super) fn view(&mut self, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let wanted = u16::try_from(self.palette.items().len() + 2).unwrap_or(u16::MAX);
        let area = bottom(frame, area, wanted.clamp(5, (area.height / 2).max(8)));
        paint::line(frame, area, 0, Row::styled("─".repeat(area.width.into()), theme.faint));
        let (title, wide) = question(&self.title, area.width);
        paint::line(frame, area, 1, Row::styled(title, theme.heading));
        if let Some(row) = paint::row(area, 1) {
            self.line.view(frame, Rect { x: row.x + wide, width: row.width - wide, ..row }, theme);
        }
        self.rows = usize::from(area.height.saturating_sub(2));
        let matches = self.palette.matches();
        if matches.is_empty() {
            let typed = harmless(self.line.text()).into_owned();
            let says = if self.open && !typed.is_empty() {
                format!("   “{typed}”, as it is typed")
            } else {
                "   nothing is called so".to_owned()
            };
            paint::line(frame, area, 2, Row::styled(says, theme.look));
            return;
        }
        let first = (self.palette.selected() + 1).saturating_sub(self.rows.max(1));
        self.drawn = (Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area }, first);
        let found = matches.iter().filter_map(|found| self.palette.items().get(found.item));
        let columns = Columns::of(found, area.width.into());
        let mut before = None;
        for (at, found) in matches.iter().enumerate().skip(first).take(self.rows) {
            let Some(item) = self.palette.items().get(found.item) else { continue };
            // A group is named once, at the first of its items that is seen.
            let group = if before == Some(&item.group) { "" } else { item.group.as_str() };
            before = Some(&item.group);
            let is_selected = at == self.palette.selected();
            let row = self.row(item, group, &found.hits, is_selected, &columns, theme);
            paint::line(frame, area, u16::try_from(at - first + 2).unwrap_or(u16::MAX), row);
        }
    }

    fn row(
        &self,
        item: &Item,
        group: &str,
        hits: &[usize],
        is_selected: bool,
        columns: &Columns,
        theme: &Theme,
    ) -> Row<'static> {
        let mut spans = Vec::new();
        if columns.group > 0 {
            spans.push(Span::styled(format!("   {}", pad(&harmless(group), columns.group)), theme.heading));
        }
        spans.push(Span::styled(if is_selected { " ▸ " } else { "   " }, theme.accent));
        let is_one_marked = self.palette.items().iter().any(|item| item.is_marked);
        if !self.several && is_one_marked && !item.is_marked {
            // Below each other also where only one has a sign.
            spans.push(Span::raw("  "));
        } else if self.several || item.is_marked {
            let (sign, style) = if item.is_marked { ("● ", theme.accent) } else { ("○ ", theme.faint) };
            spans.push(Span::styled(sign, style));
        }
        let style = if is_selected { theme.accent } else { theme.text };
        let (skipped, skipped_chars) = item.group_len();
        let title = item.title.get(skipped..).unwrap_or_default();
        let is_plain = harmless(title) == title;
        if is_plain && width(title) <= columns.title {
            for (at, c) in title.chars().enumerate() {
                let is_hit = hits.contains(&(at + skipped_chars));
                spans
                    .push(Span::styled(c.to_string(), if is_hit { style.patch(theme.found) } else { style }));
            }
            spans.push(Span::raw(" ".repeat(columns.title - width(title))));
        } else {
            spans.push(Span::styled(pad(&harmless(title), columns.title), style));
        }
        if !item.keys.is_empty() {
            spans.push(Span::styled(format!("  {}", pad(&item.keys, 14)), theme.key));
        }
        let used: usize = spans.iter().map(|span| width(&span.content)).sum();
        let room = columns.cells.saturating_sub(used + 3);
        let detail = truncate(&harmless(&item.detail), room).into_owned();
        let (about, mark) = detail.split_at(detail.find('◂').unwrap_or(detail.len()));
        spans.push(Span::styled(format!("  {about}"), theme.faint));
        spans.push(Span::styled(mark.to_owned(), theme.look));
        Row::from(spans)
    }
}

/// A letter or digit for each, where it has one that none before it took.
fn letters<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<Option<char>> {
    let mut taken = Vec::new();
    titles
        .map(|title| {
            let own = title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
            let letter = own.chain('a'..='z').chain('1'..='9').find(|letter| !taken.contains(letter));
            taken.extend(letter);
            letter
        })
        .collect()
}

/// The columns of a menu.
struct Columns {
    cells: usize,
    group: usize,
    title: usize,
}

impl Columns {
    fn of<'a>(items: impl Iterator<Item = &'a Item>, cells: usize) -> Self {
        let (mut group, mut title) = (0, 0);
        for item in items {
            group = group.max(width(&harmless(&item.group)));
            let shown = item.title.get(item.group_len().0..).unwrap_or_default();
            title = title.max(width(&harmless(shown)));
        }
        Self {
            cells,
            group: group.min(if cells < ROOMY { GROUPS } else { TITLES }),
            title: title.min(TITLES),
        }
    }
}
