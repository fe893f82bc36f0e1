//! What the screen says, row by row: settings, fields and what they become, what comes of the first records,
//! what was brought in.

use ratatui::style::Style;
use ratatui::text::Span;

use super::settings::Setting;
use super::update::lacking;
use super::{Ended, Import, Stage, Stop};
use crate::dataset::Progress;
use crate::formats::{Certainty, Field, Mapping, Sure};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{pad, truncate, truncate_middle};
use crate::tui::importing::{How, Looked, said};
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{self, INDENT, laid, told};

/// Cells of the names of settings, of fields, and of what they become.
const NAME: usize = 10;
const FIELD: usize = 20;
const TARGET: usize = 14;
/// Reasons and rejects that are told.
const REASONS: usize = 8;
const REJECTS: usize = 12;
/// The texts that rows are parts of.
const PAGE: usize = 0;
const RECORD: usize = 1;

/// A row of the screen.
pub(super) type Row = columns::Row<Stop>;

/// What is to be said first: a sign, a sentence, how it is meant.
pub(super) fn verdict(screen: &Import, theme: &Theme) -> (&'static str, String, Style) {
    let far = |progress: Progress| match progress.total.filter(|total| *total > 0) {
        Some(total) => format!(" {} %", progress.done * 100 / total),
        None => String::new(),
    };
    match (screen.stage, &screen.looked, &screen.trouble) {
        (Stage::Bringing(progress), ..) => {
            ("…", format!("reading the whole file{}", far(progress)), theme.accent)
        }
        (_, _, Some(trouble)) => ("!", harmless(trouble).into_owned(), theme.bad),
        (_, Some(looked), None) => of_looked(screen, looked, theme),
        (Stage::Looking, None, None) => ("…", "looking at the first records".to_owned(), theme.faint),
        (Stage::Idle, None, None) => ("·", "choose the file that is to come in".to_owned(), theme.faint),
    }
}

fn of_looked(screen: &Import, looked: &Looked, theme: &Theme) -> (&'static str, String, Style) {
    if looked.looked_at + looked.broken == 0 {
        return ("!", "the file holds no records".to_owned(), theme.bad);
    }
    if let Some(Err(error)) = screen.mapping().map(Mapping::check) {
        return ("!", lacking(&error), theme.look);
    }
    if let Some(trouble) = &looked.trouble {
        return ("!", harmless(trouble).into_owned(), theme.bad);
    }
    let all = looked.looked_at + looked.broken;
    let records = if looked.is_all {
        plural(all as u64, "record")
    } else {
        format!("the first {}", plural(all as u64, "record"))
    };
    let out = looked.misfits + looked.broken;
    match (all, out) {
        (_, 0) => {
            let fit = if all == 1 { "fits" } else { "fit" };
            ("✓", format!("{records}: all {fit}").replace(": all fits", " fits"), theme.good)
        }
        (all, out) if all == out => ("!", format!("{records}: none fits"), theme.bad),
        (_, out) => {
            ("!", format!("{records}, of which {} would be rejected", thousands(out as u64)), theme.look)
        }
    }
}

/// The settings.
pub(super) fn settings(screen: &Import, cells: usize, theme: &Theme) -> Vec<Row> {
    let mut rows = vec![Row::heading("WHAT COMES IN", "", theme)];
    for setting in Setting::ALL {
        let stop = Stop::Setting(*setting);
        let (value, is_set) = setting.value(screen);
        let (label, style) = match (screen.at == stop, is_set) {
            (true, _) => (theme.accent, theme.accent),
            (false, true) => (theme.text, theme.text),
            (false, false) => (theme.text, theme.faint),
        };
        let room = cells.saturating_sub(usize::from(INDENT) + NAME + 1);
        let spans = vec![
            Span::styled(format!("   {}", pad(setting.name(), NAME)), label),
            Span::styled(truncate_middle(&harmless(&value), room).into_owned(), style),
        ];
        rows.push(Row::of(spans).at(stop));
        if *setting == Setting::Format
            && let Some(looked) = &screen.looked
        {
            let indent = usize::from(INDENT) + NAME;
            rows.extend(told(&taken_for(looked), indent, cells, theme.faint));
        }
    }
    rows.push(Row::default());
    rows
}

/// What the file looks like, and how sure that is.
fn taken_for(looked: &Looked) -> String {
    match &looked.found {
        Ok((id, certainty)) => {
            let looks = match &looked.how {
                How::Format(taken) if taken == id => String::new(),
                _ => format!("it looks like {id}; "),
            };
            format!("{looks}{}", sure(certainty))
        }
        Err(sentence) => format!("{sentence} ({})", looked.container),
    }
}

fn sure(certainty: &Certainty) -> String {
    let Certainty { sure, fitting, looked_at, equal, next } = certainty;
    let word = match sure {
        Sure::Possible => "only possible",
        Sure::Likely => "likely",
        Sure::Certain => "certain",
    };
    let mut said = format!("{word}: {fitting} of {looked_at} look so");
    if !equal.is_empty() {
        said = format!("{said}, and like {}", equal.join(", "));
    }
    match next {
        Some(next) => format!("{said}; next best is {next}"),
        None => said,
    }
}

/// The fields, what they become and what stands in them.
pub(super) fn fields(screen: &Import, cells: usize, theme: &Theme) -> Vec<Row> {
    let fields = screen.fields();
    let Some(mapping) = screen.mapping().filter(|_| !fields.is_empty()) else { return Vec::new() };
    let mut rows = vec![Row::heading("FIELDS", "what they become, and what stands in them", theme)];
    for (at, field) in fields.iter().enumerate() {
        rows.push(field_row(screen, at, field, mapping, cells, theme));
    }
    rows.push(Row::default());
    rows
}

fn field_row(
    screen: &Import,
    at: usize,
    field: &Field,
    mapping: &Mapping,
    cells: usize,
    theme: &Theme,
) -> Row {
    let stop = Stop::Field(at);
    let targets: Vec<String> = mapping
        .fields
        .iter()
        .filter(|(_, path)| *path == field.path)
        .map(|(target, _)| target.to_string())
        .collect();
    let is_here = screen.at == stop;
    let (name, becomes) = match (is_here, targets.is_empty()) {
        (true, _) => (theme.accent, theme.accent),
        (false, true) => (theme.text, theme.faint),
        (false, false) => (theme.text, theme.good),
    };
    let targets = if targets.is_empty() { "–".to_owned() } else { targets.join(", ") };
    let cell = |text: &str, wide: usize| pad(&truncate_middle(&harmless(text), wide.saturating_sub(2)), wide);
    let sample = field.samples.join(" · ");
    let sample: String = sample.split_whitespace().collect::<Vec<_>>().join(" ");
    let room = cells.saturating_sub(usize::from(INDENT) + FIELD + TARGET + 1);
    Row::of(vec![
        Span::styled(format!("   {}", cell(&field.path, FIELD)), name),
        Span::styled(cell(&targets, TARGET), becomes),
        Span::styled(truncate(&harmless(&sample), room).into_owned(), theme.faint),
    ])
    .at(stop)
}

/// What the record becomes.
pub(super) fn becomes(screen: &mut Import, cells: usize, theme: &Theme) -> Vec<Row> {
    let Some(shown) = screen.shown() else { return Vec::new() };
    match &shown.made {
        Err(reason) => {
            let mut rows = vec![Row::heading("BECOMES", "", theme)];
            rows.extend(told(&format!("it is rejected: {reason}"), INDENT.into(), cells, theme.bad));
            rows.push(Row::default());
            rows
        }
        Ok(pages) if pages.is_empty() => Vec::new(),
        Ok(pages) => {
            let about = if pages.len() == 1 { "" } else { "several examples" };
            let mut rows = vec![Row::heading("BECOMES", about, theme)];
            rows.extend(laid(PAGE, &mut screen.page, cells));
            rows.push(Row::default());
            rows
        }
    }
}

/// The record.
pub(super) fn record(screen: &mut Import, cells: usize, theme: &Theme) -> Vec<Row> {
    let all = screen.looked.as_ref().map_or(0, |looked| looked.shown.len());
    if all == 0 {
        return Vec::new();
    }
    let mut rows = vec![Row::heading("RECORD", &format!("{} of the first {all}", screen.nth + 1), theme)];
    rows.extend(laid(RECORD, &mut screen.record, cells));
    rows
}

/// What was brought in.
pub(super) fn ended(screen: &Import, cells: usize, theme: &Theme) -> Vec<Row> {
    let Some(Ended { report, is_trial, rejects }) = &screen.ended else { return Vec::new() };
    let (name, about) = match (is_trial, report.action) {
        (true, _) => ("TRIED", "the dataset is as it was"),
        (false, Some(_)) => ("BROUGHT IN", "as one action, which undo takes back"),
        (false, None) => ("NOTHING CAME IN", ""),
    };
    let indent = usize::from(INDENT);
    let mut rows = vec![Row::heading(name, about, theme)];
    let style = if report.rejected > 0 { theme.look } else { theme.good };
    rows.extend(told(&said(report), indent, cells, style));
    let mut reasons: Vec<(&String, &u64)> = report.reasons.iter().collect();
    reasons.sort_by_key(|(_, n)| std::cmp::Reverse(**n));
    for (reason, n) in reasons.iter().take(REASONS) {
        rows.extend(told(&format!("{} × {reason}", thousands(**n)), indent, cells, theme.text));
    }
    if let Some(more) = reasons.len().checked_sub(REASONS).filter(|more| *more > 0) {
        rows.push(Row::said(format!("   … and {}", plural(more as u64, "other reason")), theme.faint));
    }
    for reject in rejects.iter().take(REJECTS) {
        rows.extend(told(reject, indent, cells, theme.faint));
    }
    if report.rejected > 0 {
        let more = match &screen.bringing.rejects {
            Some(path) => format!("all of them are in {path}"),
            None => "the setting “rejects” writes all of them to a file".to_owned(),
        };
        rows.extend(told(&more, indent, cells, theme.faint));
    }
    rows.push(Row::default());
    rows
}
