//! The lines of the board: what was finished, how fast people are, when the targets will be met.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::chart;
use crate::curation::pace::{Day, Forecast, Work};
use crate::dataset::Paced;
use crate::example::{day_name, short_day_name};
use crate::text::count::{plural, short, thousands};
use crate::text::harmless::harmless;
use crate::text::spoken::duration;
use crate::text::width::{pad, pad_left};
use crate::text::wrap::wrap;
use crate::tui::theme::Theme;

/// The cells of a name.
const NAME: usize = 20;
/// The cells before the columns.
const SCALE: usize = 7;
/// The rows of the columns, where there is little room and where there is much.
const LOW: usize = 4;
const HIGH: usize = 8;
/// From so many rows on there is much room.
const MUCH: u16 = 36;
/// The widest text that is easily read.
const READABLE: usize = 100;
/// Days of work that are listed.
const DAYS: usize = 28;

/// Where a line leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Lead {
    /// To these examples.
    Examples(Vec<i64>),
    /// To what was done.
    Journal,
}

/// A line, and where it leads.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: Line<'static>,
    pub(super) lead: Option<Lead>,
}

struct Writer<'a> {
    rows: Vec<Row>,
    theme: &'a Theme,
    cells: usize,
}

impl Writer<'_> {
    fn spans(&mut self, spans: Vec<Span<'static>>) {
        self.rows.push(Row { line: Line::from(spans), lead: None });
    }

    fn blank(&mut self) {
        self.spans(Vec::new());
    }

    fn heading(&mut self, name: &'static str, rest: String) {
        let theme = self.theme;
        self.spans(vec![Span::styled(format!(" {name}  "), theme.heading), Span::styled(rest, theme.faint)]);
    }

    fn sentence(&mut self, said: &str, style: Style) {
        for row in wrap(said, self.cells.saturating_sub(4).clamp(10, READABLE)) {
            let text = said.get(row.start..row.shown_end).unwrap_or_default();
            self.spans(vec![Span::styled(format!("   {text}"), style)]);
        }
    }
}

/// All lines of the board.
pub(super) fn rows(paced: &Paced, cells: u16, height: u16, theme: &Theme) -> Vec<Row> {
    let mut writer = Writer { rows: Vec::new(), theme, cells: cells.into() };
    let pace = &paced.pace;
    let weeks = plural(pace.days.len() as u64 / 7, "week");
    let (finished, worked) = (plural(pace.finished(), "example"), plural(pace.worked(), "day"));
    let hours = duration(pace.hours() * 3_600.0);
    writer.heading("FINISHED", format!("{weeks} · {finished} on {worked} · {hours} at work"));
    if paced.is_cut {
        writer.sentence("more was done than is looked at: the first days are missing", theme.look);
    }
    columns(paced, if height < MUCH { LOW } else { HIGH }, &mut writer);
    if let Some(today) = pace.today() {
        writer.blank();
        let done = plural(today.finished.len() as u64, "example");
        writer.heading("TODAY", format!("{done} · {} at work{}", duration(today.seconds), by(paced, today)));
    }
    writer.blank();
    writer.heading("AT THIS RATE", String::new());
    let style = match paced.forecast {
        Forecast::Met => theme.good,
        Forecast::NotAtThisRate => theme.bad,
        _ => theme.text,
    };
    writer.sentence(&paced.forecast_told(), style);
    writer.sentence(&paced.spending_told(), if paced.wage.is_some() { theme.text } else { theme.faint });
    rates(paced, &mut writer);
    days(paced, &mut writer);
    writer.rows
}

/// The days as columns, with the largest number at their side and the weeks below.
fn columns(paced: &Paced, rows: usize, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let days = &paced.pace.days;
    let each = (writer.cells.saturating_sub(SCALE + 2) / days.len().max(1)).clamp(1, 3);
    // Where there is too little room, the first weeks stay away.
    let shown = (writer.cells.saturating_sub(SCALE + 2) / 7 * 7).clamp(7, days.len().max(7));
    let days = days.get(days.len().saturating_sub(shown)..).unwrap_or_default();
    let numbers: Vec<u64> = days.iter().map(|day| day.finished.len() as u64).collect();
    let most = numbers.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return writer.sentence("nothing was finished in these weeks", theme.faint);
    }
    for (at, row) in chart::columns(&numbers, rows).into_iter().enumerate() {
        let scale = match at {
            0 => short(most),
            at if at + 1 == rows => "0".to_owned(),
            _ => String::new(),
        };
        let (last, before) = row.split_last().map_or((' ', [].as_slice()), |(last, before)| (*last, before));
        let cell = |level: char| match each {
            1 => level.to_string(),
            // A blank parts one day from the next.
            each => format!("{} ", level.to_string().repeat(each - 1)),
        };
        writer.spans(vec![
            Span::styled(format!("{} ", pad_left(&scale, SCALE - 1)), theme.faint),
            Span::styled(before.iter().map(|level| cell(*level)).collect::<String>(), theme.text),
            Span::styled(cell(last), theme.accent),
        ]);
    }
    let label = |week: &[Day]| {
        let name = week.first().map_or_else(String::new, |day| short_day_name(day.day));
        pad(&name, 7 * each)
    };
    let labels: String = days.chunks(7).map(label).collect();
    writer.spans(vec![Span::styled(format!("{}{labels}", " ".repeat(SCALE)), theme.faint)]);
}

/// Who finished how many of a day.
fn by(paced: &Paced, day: &Day) -> String {
    let one =
        |(person, n): &(usize, u64)| format!("{} {}", harmless(paced.pace.name(*person)), thousands(*n));
    let people: Vec<String> = day.by.iter().map(one).collect();
    if people.is_empty() { String::new() } else { format!(" · {}", people.join(", ")) }
}

fn rates(paced: &Paced, writer: &mut Writer<'_>) {
    if paced.rates.is_empty() {
        return;
    }
    let theme = writer.theme;
    writer.blank();
    let head = format!(
        " {}{}{}{}{}{}",
        pad("HOW FAST", NAME + 2),
        pad("", 8),
        pad_left("examples", 10),
        pad_left("hours", 9),
        pad_left("an hour", 10),
        pad_left("one takes", 12)
    );
    writer.spans(vec![Span::styled(head, theme.heading)]);
    let mut before = None;
    for rate in &paced.rates {
        let name = rate.person.filter(|_| before != rate.person).map_or("", |it| paced.pace.name(it));
        before = rate.person;
        let speed = rate.speed;
        let per_hour = speed.map_or_else(|| "–".to_owned(), |speed| format!("{:.1}", speed.per_hour));
        let one = speed.map_or_else(|| "too few".to_owned(), |speed| duration(speed.median));
        let line = Line::from(vec![
            Span::styled(format!("   {}", pad(&harmless(name), NAME)), theme.text),
            Span::styled(pad(rate.work.map_or("", Work::as_str), 8), theme.faint),
            Span::styled(pad_left(&thousands(rate.examples.len() as u64), 10), theme.text),
            Span::styled(pad_left(&format!("{:.1}", rate.hours), 9), theme.text),
            Span::styled(pad_left(&per_hour, 10), theme.text),
            Span::styled(pad_left(&one, 12), theme.faint),
        ]);
        writer.rows.push(Row { line, lead: Some(Lead::Examples(rate.examples.clone())) });
    }
}

fn days(paced: &Paced, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let worked: Vec<&Day> = paced.pace.days.iter().rev().filter(|day| day.is_worked()).collect();
    if worked.is_empty() {
        return;
    }
    writer.blank();
    let head = format!(" {}{}{}", pad("DAYS", NAME + 2), pad_left("finished", 10), pad_left("at work", 10));
    writer.spans(vec![Span::styled(head, theme.heading)]);
    for day in worked.iter().take(DAYS) {
        let line = Line::from(vec![
            Span::styled(format!("   {}", pad(&day_name(day.day), NAME)), theme.text),
            Span::styled(pad_left(&thousands(day.finished.len() as u64), 10), theme.text),
            Span::styled(pad_left(&duration(day.seconds), 10), theme.text),
            Span::styled(by(paced, day), theme.faint),
        ]);
        let lead = if day.finished.is_empty() { Lead::Journal } else { Lead::Examples(day.finished.clone()) };
        writer.rows.push(Row { line, lead: Some(lead) });
    }
    let more = worked.len().saturating_sub(DAYS);
    if more > 0 {
        writer.sentence(&format!("… {more} more"), theme.faint);
    }
}
