//! The page of values: each facet with its balance, each value with its counts by status against what is
//! wanted. All of it are live counts, so it costs the same however many examples there are.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::sheet::{Lead, Stack, Writer, left, right, share_of, stacked};
use super::view::{below, cut, sentences};
use super::{Balance, Order};
use crate::curation::balance::Verdict;
use crate::curation::diversity::{self, Measure};
use crate::dataset::{Counts, FacetCount, ValueCount};
use crate::example::{Status, Tag};
use crate::query::Filter;
use crate::text::count::{plural, short, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{truncate_middle, width};
use crate::tui::effect::Shared;
use crate::tui::paint;
use crate::tui::theme::Theme;
use crate::tui::values;

/// From this width on what is said of a facet stands beside its values, and takes so many cells there.
const BESIDE: u16 = 170;
const ASIDE: u16 = 46;
/// The rows that it takes below them otherwise.
const BELOW: u16 = 6;
/// From this many cells on every status has a column.
const COLUMNS: usize = 136;
/// The narrowest and the widest column of names.
const NAMES: (usize, usize) = (10, 28);
/// The cells of a count, and of what is missing.
const COUNT: usize = 10;
const FAR: usize = 12;

/// The statuses in the order in which they are stacked, with what fills their part of a bar.
const STACKED: [(Status, &str); 5] = [
    (Status::Approved, "█"),
    (Status::Submitted, "▓"),
    (Status::Draft, "▒"),
    (Status::Pending, "░"),
    (Status::Discarded, "·"),
];

fn style_of(status: Status, theme: &Theme) -> Style {
    match status {
        Status::Approved => theme.good,
        Status::Submitted => theme.text,
        Status::Draft => theme.look,
        Status::Pending | Status::Discarded => theme.faint,
    }
}

pub(super) fn view(
    screen: &mut Balance,
    frame: &mut Frame<'_>,
    area: Rect,
    top: u16,
    shared: &Shared,
    theme: &Theme,
) {
    if shared.counts.facets.is_empty() {
        let says = " There are no facets yet: what must be covered is told on the screen of coverage.";
        paint::line(frame, area, 0, Line::styled(says, theme.text));
        return;
    }
    let (list, aside) = if area.width >= BESIDE {
        let wide = area.width - ASIDE - 2;
        (Rect { width: wide, ..area }, Rect { x: area.x + wide + 2, width: ASIDE, ..area })
    } else {
        let (list, aside) = cut(area, BELOW.min(area.height / 3));
        (list, below(aside, 1))
    };
    let columns = Columns::of(&shared.counts, list.width.into());
    paint::line(frame, list, 0, columns.head(screen.order, theme));
    if !screen.sheet().is_for(list.width) {
        let mut writer = Writer::new(list.width, theme);
        rows(&shared.counts, screen.order, &columns, &mut writer);
        screen.sheet().take(writer);
    }
    if let Some(facet) = screen.wanted.take()
        && let Some(at) = shared.counts.facets.iter().position(|known| known.name == facet)
    {
        screen.sheet().go_to_facet(at);
    }
    screen.sheet().draw(frame, below(list, 1), top, theme);
    let said = about(screen.lead(), &shared.counts, area.width >= BESIDE, theme);
    sentences(frame, aside, &said);
}

/// How many cells each column has.
struct Columns {
    name: usize,
    bar: usize,
    has_statuses: bool,
}

impl Columns {
    fn of(counts: &Counts, cells: usize) -> Self {
        let values = counts.facets.iter().flat_map(|facet| &facet.values);
        let longest = values.map(|value| width(&value.name)).max().unwrap_or(0);
        let name = (longest + 1).clamp(NAMES.0, NAMES.1);
        let has_statuses = cells >= COLUMNS;
        let statuses = STACKED.iter().map(|(status, _)| titled(*status)).sum();
        let numbers = if has_statuses { statuses } else { COUNT } + COUNT + FAR;
        Self { name, bar: cells.saturating_sub(name + numbers + 6).clamp(6, 48), has_statuses }
    }

    fn head(&self, order: Order, theme: &Theme) -> Line<'static> {
        let mut spans = vec![Span::raw("   ")];
        let legend = if self.has_statuses { "" } else { "█▓ usable  ▒░ not yet" };
        spans.push(left(legend, self.name + self.bar, theme.faint));
        if self.has_statuses {
            for (status, fill) in STACKED {
                let blank = titled(status) - status.as_str().len() - 2;
                spans.push(Span::styled(format!("{}{fill} ", " ".repeat(blank)), style_of(status, theme)));
                spans.push(Span::styled(status.as_str(), theme.faint));
            }
        } else {
            spans.push(right("not yet", COUNT, theme.faint));
        }
        spans.push(right("usable", COUNT, theme.faint));
        let by = match order {
            Order::Made => "",
            Order::Count => "  by count",
            Order::Missing => "  by missing",
        };
        spans.push(Span::styled(by, theme.look));
        Line::from(spans)
    }
}

fn by_status(value: &ValueCount, status: Status) -> u64 {
    value.by_status.iter().filter(|(is, _)| *is == status).map(|(_, n)| n).sum()
}

fn missing(value: &ValueCount) -> u64 {
    u64::from(value.target.unwrap_or(0)).saturating_sub(value.usable())
}

fn rows(counts: &Counts, order: Order, columns: &Columns, writer: &mut Writer<'_>) {
    for (at, facet) in counts.facets.iter().enumerate() {
        writer.blank();
        heading(facet, writer);
        let mut values: Vec<&ValueCount> = facet.values.iter().collect();
        match order {
            Order::Made => {}
            Order::Count => values.sort_by_key(|value| std::cmp::Reverse(value.usable())),
            Order::Missing => values.sort_by_key(|value| std::cmp::Reverse(missing(value))),
        }
        let largest = |value: &ValueCount| value.all().max(u64::from(value.target.unwrap_or(0)));
        let untagged = untagged(facet, counts);
        let scale = facet.values.iter().chain(&untagged).map(largest).max().unwrap_or(0);
        for value in values {
            let tag = Tag::new(facet.name.as_str(), value.name.as_str());
            let filter = if value.usable() > 0 {
                values::usable(std::slice::from_ref(&tag))
            } else {
                Filter::tag(facet.name.as_str(), Some(&value.name))
            };
            let lead = Lead { filter: Some(filter), tags: vec![tag], facet: Some(at) };
            writer.lead(row(value, scale, columns, writer.theme), lead);
        }
        if let Some(value) = untagged {
            let filter = Filter::tag(facet.name.as_str(), None);
            let lead = Lead { facet: Some(at), ..Lead::to(filter) };
            writer.lead(row(&value, scale, columns, writer.theme), lead);
        }
        if facet.values.is_empty() {
            writer.sentence("no values yet", writer.theme.faint);
        }
    }
}

/// The examples that have no value of a facet of which each has one.
fn untagged(facet: &FacetCount, counts: &Counts) -> Option<ValueCount> {
    if facet.several {
        return None;
    }
    let rest = |status: Status| {
        let tagged: u64 = facet.values.iter().map(|value| by_status(value, status)).sum();
        (status, counts.count(|count| count.status == status).saturating_sub(tagged))
    };
    let by_status: Vec<(Status, u64)> = Status::ALL.iter().map(|status| rest(*status)).collect();
    let name = "(none)".to_owned();
    by_status.iter().any(|(_, n)| *n > 0).then_some(ValueCount { name, target: None, share: None, by_status })
}

fn heading(facet: &FacetCount, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let name = harmless(&facet.name).to_uppercase();
    // targets are whole numbers, so there is a balance
    let Ok(balance) = diversity::Balance::of_facet(facet) else { return writer.heading(&name, "") };
    let Some(verdict) = balance.verdict() else {
        return writer.heading(&name, &plural(facet.values.len() as u64, "value"));
    };
    let [_, effective, _] = balance.hill;
    let mut said = vec![
        format!("{effective:.1} of {} carry the weight", balance.kinds),
        format!("evenness {:.2}", balance.evenness),
    ];
    if let Some(far) = &balance.divergence {
        said.push(format!("{} misplaced", percent::up(far.total_variation)));
    }
    let (word, style) = verdict_of(verdict, theme);
    writer.spans(vec![
        Span::styled(format!(" {name}  "), theme.heading),
        Span::styled(format!("{}  ", said.join(" · ")), theme.faint),
        Span::styled(word, style),
    ]);
}

/// The word for a verdict, and its colour.
pub(super) fn verdict_of(verdict: Verdict, theme: &Theme) -> (&'static str, Style) {
    match verdict {
        Verdict::Good => ("good", theme.good),
        Verdict::Look => ("look", theme.look),
        Verdict::Bad => ("bad", theme.bad),
    }
}

fn row(value: &ValueCount, scale: u64, columns: &Columns, theme: &Theme) -> Vec<Span<'static>> {
    let name = truncate_middle(&harmless(&value.name), columns.name.saturating_sub(1)).into_owned();
    let mut spans = vec![left(&name, columns.name, theme.text)];
    let part = |(status, fill): (Status, &'static str)| Stack {
        n: by_status(value, status),
        fill,
        style: style_of(status, theme),
    };
    spans.extend(stacked(&STACKED.map(part), scale, columns.bar, columns.bar));
    let usable = value.usable();
    let count = |n: u64, cells: usize| match n {
        0 => right("·", cells, theme.faint),
        n => right(&thousands(n), cells, theme.text),
    };
    if columns.has_statuses {
        spans.extend(STACKED.map(|(status, _)| count(by_status(value, status), titled(status))));
    } else {
        spans.push(right(&plus(value.kept() - usable), COUNT, theme.faint));
    }
    let target = u64::from(value.target.unwrap_or(0));
    let told = if target == 0 {
        thousands(usable)
    } else if usable + target >= 10_000 {
        format!("{}/{}", short(usable), short(target))
    } else {
        format!("{usable}/{target}")
    };
    spans.push(right(&told, COUNT, if usable == 0 { theme.faint } else { theme.text }));
    let (far, style) = how_far(usable, target, theme);
    spans.push(Span::styled(format!("  {far}"), style));
    spans
}

/// The cells of a column of a status: its word, what fills its bars, and a gap.
fn titled(status: Status) -> usize {
    status.as_str().len() + 4
}

fn plus(n: u64) -> String {
    if n == 0 { String::new() } else { format!("+{}", short(n)) }
}

/// How far a value is from what is wanted of it.
fn how_far(usable: u64, target: u64, theme: &Theme) -> (String, Style) {
    match target {
        0 => (String::new(), theme.text),
        _ if usable == 0 => ("none yet".to_owned(), theme.bad),
        _ if usable < target => (format!("{} more", short(target - usable)), theme.look),
        _ if usable * 2 > target * 3 => {
            (format!("over, {}", percent::near(share_of(usable, target))), theme.look)
        }
        _ => ("✓ enough".to_owned(), theme.good),
    }
}

/// What is said of what one is at: the value, and the balance of its facet.
fn about(lead: Option<&Lead>, counts: &Counts, is_long: bool, theme: &Theme) -> Vec<(String, Style)> {
    let Some(facet) = lead.and_then(|lead| counts.facets.get(lead.facet?)) else { return Vec::new() };
    let mut said = Vec::new();
    let value = lead.and_then(Lead::value);
    if let Some(value) = value.and_then(|tag| facet.values.iter().find(|value| value.name == tag.value)) {
        said.push((of_value(value), theme.text));
    }
    let names: Vec<String> = facet.values.iter().map(|value| harmless(&value.name).into_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let Ok(balance) = diversity::Balance::of_facet(facet) else { return said };
    let wanted = [
        Measure::Effective,
        Measure::Largest,
        Measure::Smallest,
        Measure::TotalVariation,
        Measure::Missing,
        Measure::Evenness,
        Measure::Imbalance,
        Measure::Psi,
    ];
    let told = balance.told(&names);
    let sentences = wanted.iter().filter_map(|measure| told.iter().find(|told| told.measure == *measure));
    let sentences: Vec<String> = sentences.map(|told| told.sentence.clone()).collect();
    if is_long {
        said.push((String::new(), theme.text));
        said.push((harmless(&facet.name).to_uppercase(), theme.heading));
        said.extend(sentences.into_iter().map(|sentence| (sentence, theme.text)));
    } else if !sentences.is_empty() {
        let facet = harmless(&facet.name);
        said.push((format!("{facet}: {}", sentences.join(" · ")), theme.faint));
    }
    said
}

fn of_value(value: &ValueCount) -> String {
    let counted: Vec<String> = STACKED
        .iter()
        .map(|(status, _)| (by_status(value, *status), status))
        .filter(|(n, _)| *n > 0)
        .map(|(n, status)| format!("{} {status}", thousands(n)))
        .collect();
    let counted = if counted.is_empty() { "no examples".to_owned() } else { counted.join(", ") };
    let wanted = value.target.map(|target| format!("; {} wanted", thousands(target.into())));
    format!("{}: {counted}{}", harmless(&value.name), wanted.unwrap_or_default())
}
