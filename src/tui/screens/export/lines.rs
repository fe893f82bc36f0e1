//! What the screen says, row by row: settings, what would be written, what stands in its way, what was
//! written before.

use ratatui::style::Style;
use ratatui::text::Span;

use super::settings::GROUPS;
use super::{Export, Stage, Stop, target};
use crate::dataset::{ExportReport, Failure, Kept, Progress, WrittenFile};
use crate::formats::mends;
use crate::text::count::{bytes, plural, thousands};
use crate::text::harmless::harmless;
use crate::text::width::{pad, pad_left, truncate, truncate_middle, width};
use crate::tui::exporting::Exported;
use crate::tui::theme::Theme;
use crate::tui::widgets::columns::{self, INDENT, told};

/// Cells of the names of settings, of numbers of examples, and of the names of rules.
const NAME: usize = 12;
const NUMBER: usize = 9;
const RULE: usize = 11;
/// Rows of what a format is.
const ABOUT: usize = 7;

/// A row of the screen.
pub(super) type Row = columns::Row<Stop>;

/// What is to be said first: a sign, a sentence, how it is meant.
pub(super) fn verdict(screen: &Export, theme: &Theme) -> (&'static str, String, Style) {
    let far = |progress: Progress| match progress.total.filter(|total| *total > 0) {
        Some(total) => format!(" {} %", progress.done * 100 / total),
        None => String::new(),
    };
    match (screen.stage, &screen.report, &screen.trouble) {
        (Stage::Writing(progress), ..) => ("…", format!("writing{}", far(progress)), theme.accent),
        (Stage::Judging(progress), ..) => {
            ("…", format!("looking at what would be written{}", far(progress)), theme.faint)
        }
        (Stage::Stopped, ..) => ("·", "stopped; what is shown may be out of date".to_owned(), theme.look),
        (_, _, Some(trouble)) => ("!", harmless(trouble).into_owned(), theme.bad),
        (_, Some(report), _) => of_report(screen, report, theme),
        (_, None, None) => ("·", "nothing is known yet".to_owned(), theme.faint),
    }
}

fn of_report(screen: &Export, report: &ExportReport, theme: &Theme) -> (&'static str, String, Style) {
    let examples = |n: u64| plural(n, "example");
    let skips = screen.plan.skip_invalid;
    if report.examples == 0 {
        return ("!", "nothing would be written: no example fits".to_owned(), theme.bad);
    }
    if report.invalid > 0 && (!skips || report.written == 0) {
        let all = if report.invalid == report.examples {
            "none holds".to_owned()
        } else {
            format!("{} do not hold", thousands(report.invalid))
        };
        return (
            "!",
            format!("{}, of which {all}: no file can be made yet", examples(report.examples)),
            theme.bad,
        );
    }
    if report.is_stopped() && report.files.is_empty() {
        return ("!", format!("{} would do, but the file would not", examples(report.written)), theme.bad);
    }
    let size = report.files.iter().map(|file| file.bytes).sum();
    let left_out = match report.invalid {
        0 => String::new(),
        n => format!("; {} that do not hold are left out", thousands(n)),
    };
    let says = format!(
        "{} become {}, {}{left_out}",
        examples(report.written),
        plural(report.records, "record"),
        bytes(size)
    );
    ("✓", says.replacen("1 example become ", "1 example becomes ", 1), theme.good)
}

/// The settings, with headings where there is room for them.
pub(super) fn settings(screen: &Export, cells: usize, is_roomy: bool, theme: &Theme) -> Vec<Row> {
    let mut rows = Vec::new();
    for (name, settings) in GROUPS {
        let shown: Vec<_> = settings.iter().filter(|setting| setting.is_there(&screen.plan)).collect();
        if shown.is_empty() {
            continue;
        }
        if is_roomy {
            if !rows.is_empty() {
                rows.push(Row::default());
            }
            rows.push(Row::heading(name, "", theme));
        }
        for setting in shown {
            let stop = Stop::Setting(*setting);
            let (value, is_set) = setting.value(&screen.plan);
            let is_here = screen.at == stop;
            let (label, style) = match (is_here, is_set) {
                (true, _) => (theme.accent, theme.accent),
                (false, true) => (theme.text, theme.text),
                (false, false) => (theme.text, theme.faint),
            };
            let room = cells.saturating_sub(usize::from(INDENT) + NAME + 1);
            let value = truncate(&harmless(&value), room).into_owned();
            let mut spans = vec![
                Span::styled(format!("   {}", pad(setting.name(), NAME)), label),
                Span::styled(value, style),
            ];
            if *setting == super::Setting::Format
                && let Ok(format) = screen.plan.format()
            {
                let used: usize = spans.iter().map(|span| width(&span.content)).sum();
                let title = format!("  {}", format.title());
                spans.push(Span::styled(
                    truncate(&title, cells.saturating_sub(used + 1)).into_owned(),
                    theme.faint,
                ));
                rows.push(Row::of(spans).at(stop));
                if is_roomy {
                    let about = told(format.about(), usize::from(INDENT) + NAME, cells, theme.faint);
                    rows.extend(about.into_iter().take(ABOUT));
                }
                continue;
            }
            rows.push(Row::of(spans).at(stop));
        }
    }
    rows
}

/// What was written last.
pub(super) fn written(screen: &Export, cells: usize, theme: &Theme) -> Vec<Row> {
    let Some((exported, same)) = &screen.written else { return Vec::new() };
    let Exported { target, report, .. } = &**exported;
    let number = report.number.map(|number| format!("as export {number}")).unwrap_or_default();
    let mut rows = vec![Row::heading("WRITTEN", &number, theme)];
    let to = target::said(target);
    let room = cells.saturating_sub(usize::from(INDENT) + 1);
    rows.push(Row::said(format!("   {}", truncate_middle(&harmless(&to), room)), theme.text));
    for file in &report.files {
        rows.extend(file_rows(file, report.files.len() > 1, cells, theme));
    }
    match same {
        Some((number, true)) => {
            rows.push(Row::said(format!("   ✓ the same bytes as export {number}"), theme.good));
        }
        Some((number, false)) => rows.push(Row::said(
            format!("   ! not the bytes of export {number}: the data or the program is another now"),
            theme.look,
        )),
        None => {}
    }
    rows.push(Row::default());
    rows
}

fn file_rows(file: &WrittenFile, is_named: bool, cells: usize, theme: &Theme) -> Vec<Row> {
    let records = file.records.map_or_else(|| "goes with it".to_owned(), |n| plural(n, "record"));
    let name = harmless(target::name(&file.name)).into_owned();
    let name = if is_named { format!("{}  ", pad(&truncate_middle(&name, 32), 32)) } else { String::new() };
    let first = format!("   {name}{records}, {}", bytes(file.bytes));
    let hash = format!("sha256 {}", file.sha256);
    let mut rows = vec![Row::said(first, theme.text)];
    rows.extend(told(&hash, INDENT.into(), cells, theme.faint));
    rows
}

/// What would be written, and what stands in its way.
pub(super) fn judged(screen: &Export, cells: usize, theme: &Theme) -> Vec<Row> {
    let Some(report) = &screen.report else { return Vec::new() };
    let mut rows = in_the_way(screen, report, cells, theme);
    let list = |pairs: Vec<(String, u64)>| {
        let pairs = pairs.into_iter().map(|(what, n)| format!("{} {what}", thousands(n)));
        pairs.collect::<Vec<_>>().join(" · ")
    };
    let mut part = |name: &str, about: &str, text: String| {
        if !text.is_empty() {
            rows.push(Row::heading(name, about, theme));
            rows.extend(told(&text, INDENT.into(), cells, theme.text));
            rows.push(Row::default());
        }
    };
    if !report.is_stopped() || screen.plan.skip_invalid {
        let about = "proposed; where to is asked when it is written";
        part("FILES", about, target::files(&screen.proposed, &screen.plan).join(" · "));
    }
    let mended = report.mended.iter().map(|(id, n)| {
        let title = mends::by_id(id).map_or(*id, |mend| mend.title());
        format!("{}: {title}", thousands(*n))
    });
    part("MENDED ON THE WAY", "the dataset stays as it is", mended.collect::<Vec<_>>().join(" · "));
    let left_out = report.left_out.iter().map(|(what, n)| ((*what).to_owned(), *n)).collect();
    let about = format!("{} has no place for it, in so many examples", screen.plan.format);
    part("STAYS BEHIND", &about, list(left_out));
    let others = report.other_statuses.iter().map(|(status, n)| (status.to_string(), *n)).collect();
    part("NOT ASKED FOR", "by their status", list(others));
    let balanced = report.balanced.iter().map(|value| {
        let name = value.value.as_deref().unwrap_or("(none)");
        format!("{name} {} of {}", thousands(value.out), thousands(value.there))
    });
    part("BALANCED", "", balanced.collect::<Vec<_>>().join(" · "));
    rows
}

fn in_the_way(screen: &Export, report: &ExportReport, cells: usize, theme: &Theme) -> Vec<Row> {
    if report.failures.is_empty() {
        return Vec::new();
    }
    let (name, about) = if screen.plan.skip_invalid && report.written > 0 {
        ("LEFT OUT", "these do not hold")
    } else {
        ("IN THE WAY", "no file as long as it is so")
    };
    let mut rows = vec![Row::heading(name, about, theme)];
    for (at, failure) in report.failures.iter().enumerate() {
        rows.extend(failure_rows(screen, at, failure, cells, theme));
    }
    rows.push(Row::default());
    rows
}

fn failure_rows(screen: &Export, at: usize, failure: &Failure, cells: usize, theme: &Theme) -> Vec<Row> {
    let stop = Stop::Failure(at);
    let is_here = screen.at == stop;
    let count = if failure.examples == 0 { "file".to_owned() } else { thousands(failure.examples) };
    let what = without_flags(failure.reason.unwrap_or(&failure.demand));
    let indent = usize::from(INDENT) + NUMBER + RULE;
    let mut rows = Vec::new();
    for (nth, row) in told(what, indent, cells, theme.text).into_iter().enumerate() {
        if nth > 0 {
            rows.push(row);
            continue;
        }
        let text: String = row.line.spans.iter().map(|span| span.content.as_ref()).collect();
        let style = if is_here { theme.accent } else { theme.text };
        let spans = vec![
            Span::styled(
                format!("   {}  ", pad_left(&count, NUMBER - 2)),
                if is_here { theme.accent } else { theme.look },
            ),
            Span::styled(pad(failure.rule, RULE), style),
            Span::styled(text.trim_start().to_owned(), style),
        ];
        rows.push(Row::of(spans).at(stop));
    }
    let indent = usize::from(INDENT) + NUMBER;
    let blanks = " ".repeat(indent);
    if failure.reason.is_some() {
        let numbers: Vec<String> = failure.places.iter().map(|(number, _)| format!("#{number}")).collect();
        let more = if failure.examples > failure.places.len() as u64 { " …" } else { "" };
        let text = format!("{blanks}{}{more}", numbers.join(" "));
        rows.push(Row::said(truncate(&text, cells).into_owned(), theme.faint));
    } else {
        let wide = failure.places.iter().map(|(number, _)| number.to_string().len() + 1).max().unwrap_or(0);
        for (nth, (number, what)) in failure.places.iter().enumerate() {
            let stop = Stop::Place(at, nth);
            let style = if screen.at == stop { theme.accent } else { theme.faint };
            let text = format!("{blanks}{}  {}", pad(&format!("#{number}"), wide), harmless(what));
            rows.push(Row::said(truncate(&text, cells.saturating_sub(1)).into_owned(), style).at(stop));
        }
        let more = failure.examples.saturating_sub(failure.places.len() as u64);
        if more > 0 && !failure.places.is_empty() {
            rows.push(Row::said(format!("{blanks}… {} more", thousands(more)), theme.faint));
        }
    }
    rows.extend(remedies(screen, failure, indent, cells, theme));
    rows
}

/// What would mend it.
fn remedies(screen: &Export, failure: &Failure, indent: usize, cells: usize, theme: &Theme) -> Vec<Row> {
    let mut rows = Vec::new();
    for id in &failure.mends {
        let title = mends::by_id(id).map_or(*id, |mend| mend.title());
        let is_taken = screen.plan.mends.iter().any(|taken| taken == id);
        let says = if is_taken {
            format!("{id} is taken, and does not do")
        } else {
            format!("{id} would do: {title}")
        };
        rows.extend(told(&says, indent, cells, if is_taken { theme.faint } else { theme.good }));
    }
    // What is said with options of the command line is done with keys here, which the lowest row names.
    if failure.mends.is_empty() && !failure.advice.contains("--") {
        rows.extend(told(failure.advice, indent, cells, theme.faint));
    }
    rows
}

/// Without the option of the command line that it names at its end.
fn without_flags(text: &str) -> &str {
    text.split_once(" (--").map_or(text, |(text, _)| text)
}

/// The exports of before.
pub(super) fn recent(screen: &Export, cells: usize, theme: &Theme) -> Vec<Row> {
    if screen.recent.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    if cells < 80 {
        rows.push(Row::default());
    }
    rows.push(Row::heading("EXPORTED BEFORE", "", theme));
    for kept in &screen.recent {
        rows.push(kept_row(screen, kept, cells, theme));
    }
    rows.push(Row::default());
    rows
}

fn kept_row(screen: &Export, kept: &Kept, cells: usize, theme: &Theme) -> Row {
    let stop = Stop::Recent(kept.number);
    let style = if screen.at == stop { theme.accent } else { theme.text };
    let left = format!("   {}  {}  ", pad_left(&kept.number.to_string(), 3), kept.at.local_minute());
    let what = format!("{}, {}  ", kept.plan.format, plural(kept.counts.records, "record"));
    let room = cells.saturating_sub(width(&left) + width(&what) + 1);
    let to = harmless(target::name(kept.target.trim_end_matches('/'))).into_owned();
    let to = if room < 8 { String::new() } else { truncate_middle(&to, room).into_owned() };
    Row::of(vec![
        Span::styled(left, if screen.at == stop { theme.accent } else { theme.faint }),
        Span::styled(what, style),
        Span::styled(to, theme.faint),
    ])
    .at(stop)
}

/// The first record.
pub(super) fn preview(screen: &mut Export, cells: usize, theme: &Theme) -> Vec<Row> {
    let is_line = screen.preview.is_line;
    let laid = screen.preview.shown();
    if laid.text().is_empty() {
        return Vec::new();
    }
    let about = if is_line { "as it is written" } else { "laid out" };
    let mut rows = vec![Row::heading("FIRST RECORD", about, theme)];
    rows.extend(columns::laid(0, laid, cells));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_of_the_command_line_are_left_out() {
        assert_eq!(without_flags("too few agree (--min-agreement)"), "too few agree");
        assert_eq!(without_flags("no response"), "no response");
    }
}
