//! The lines of the board: agreement, and what came of it. Annotators and authors have files of their own.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{authors, people};
use crate::curation::agreement::{self as measures, Measure, Measured, Remark};
use crate::curation::proportion::Interval;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, pad_left, truncate, width};
use crate::text::wrap::wrap;
use crate::tui::board::Board;
use crate::tui::effect::Shared;
use crate::tui::theme::Theme;

/// The cells of a name.
pub(super) const NAME: usize = 24;
/// The cells of a figure without its line and the words beside it.
const FIGURE: usize = 3 + NAME - 1 + 7 + 18;
/// The cells of a line: fewer say nothing, more say no more.
const LEAST: usize = 12;
const MOST: usize = 44;
/// Pairs of annotators that are shown, the least agreed first.
const PAIRS: usize = 15;

/// A line, and the filter of the examples behind it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: Line<'static>,
    pub(super) lead: Option<String>,
}

pub(super) struct Writer<'a> {
    rows: Vec<Row>,
    pub(super) theme: &'a Theme,
    /// The cells of the screen.
    width: usize,
}

impl Writer<'_> {
    pub(super) fn blank(&mut self) {
        self.spans(Vec::new());
    }

    pub(super) fn spans(&mut self, spans: Vec<Span<'static>>) {
        self.rows.push(Row { line: Line::from(spans), lead: None });
    }

    /// A line that leads to the examples behind it.
    pub(super) fn lead(&mut self, spans: Vec<Span<'static>>, lead: Option<String>) {
        self.rows.push(Row { line: Line::from(spans), lead });
    }

    pub(super) fn heading(&mut self, name: &'static str, rest: String) {
        let theme = self.theme;
        self.spans(vec![
            Span::styled(format!(" {}", pad(name, NAME)), theme.heading),
            Span::styled(rest, theme.faint),
        ]);
    }

    pub(super) fn sentence(&mut self, sentence: impl Into<String>, style: Style) {
        self.spans(vec![Span::styled(format!("   {}", sentence.into()), style)]);
    }

    /// Figures on lines of one scale, which are drawn where there is room beside the words.
    pub(super) fn figures(&mut self, figures: &[Figure]) {
        let words = figures.iter().map(|figure| width(&figure.beside)).max().unwrap_or(0);
        let room = self.width.saturating_sub(FIGURE + words + 4);
        let cells = if room < LEAST { 0 } else { room.min(MOST) };
        for figure in figures {
            self.figure(figure, cells);
        }
    }

    /// A name, a figure, the interval as figures and as a line with a dot.
    fn figure(&mut self, figure: &Figure, cells: usize) {
        let theme = self.theme;
        let mut spans = vec![
            Span::styled(format!("   {} ", pad(&truncate(&figure.name, NAME - 2), NAME - 2)), theme.text),
            Span::styled(pad_left(&figure.value, 7), figure.style),
            Span::styled(format!("  {}", pad(&figure.range, 16)), theme.faint),
        ];
        if cells > 0 {
            spans.push(Span::styled(drawn(figure.at, figure.interval, cells), figure.style));
        }
        spans.push(Span::styled(format!("  {}", figure.beside), theme.faint));
        self.spans(spans);
    }
}

/// A figure with its interval.
pub(super) struct Figure {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) range: String,
    pub(super) at: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) beside: String,
    pub(super) style: Style,
}

/// All lines of the board.
pub(super) fn rows(board: &Board, shared: &Shared, cells: u16, theme: &Theme) -> Vec<Row> {
    let mut writer = Writer { rows: Vec::new(), theme, width: cells.into() };
    let all = &board.report.all;
    let ranked = plural(board.rankings, "ranking");
    let beside = format!("{} with {ranked}", plural(board.examples, "example"));
    writer.heading("AGREEMENT", beside);
    if all.examples == 0 {
        nothing_shared(board, shared, &mut writer);
    } else {
        over_all(board, &mut writer);
        pairs(board, &mut writer);
    }
    outcomes(board, shared, &mut writer);
    people::rows(board, cells, &mut writer);
    authors::rows(board, &mut writer);
    writer.rows
}

fn nothing_shared(board: &Board, shared: &Shared, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let said = match board.annotators.len() {
        0 => "Nothing is ranked yet.",
        1 => "One person ranked: what it takes is a second one who ranks the same examples.",
        _ => "No two people ranked the same example yet.",
    };
    writer.sentence(said, theme.text);
    let wanted = shared.definitions.protocol.as_ref().map_or(1, |protocol| protocol.rankings);
    if wanted > 1 {
        let says = format!("{wanted} rankings of each example are asked for: figures come with the second");
        return writer.sentence(says, theme.faint);
    }
    let file = harmless(&shared.dataset);
    writer.sentence(
        format!("goldset protocol {file}.goldset --rankings 2   asks for two of each"),
        theme.faint,
    );
}

fn over_all(board: &Board, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let all = &board.report.all;
    for remark in &all.remarks {
        let style = style_of(*remark, theme);
        let sentence = remark.sentence();
        let mut title = remark.title();
        for row in wrap(sentence, writer.width.saturating_sub(NAME + 2)) {
            writer.spans(vec![
                Span::styled(format!("   {}", pad(std::mem::take(&mut title), NAME - 2)), style),
                Span::styled(sentence.get(row.start..row.shown_end).unwrap_or_default(), theme.text),
            ]);
        }
    }
    let shared = format!(
        "{} by two or more, {}",
        plural(all.examples as u64, "example"),
        plural(all.pairs as u64, "pair"),
    );
    writer.sentence(format!("{shared} of responses"), theme.faint);
    writer.blank();
    let style = all.remarks.first().map_or(theme.text, |remark| style_of(*remark, theme));
    let figure = |(measure, measured): &(Measure, Measured)| {
        let style = if *measure == Measure::AlphaOrdinal { style } else { theme.text };
        coefficient(measure.title(), *measure, measured, board.is_whole, style)
    };
    let figures: Vec<Figure> = all.measured.iter().map(figure).collect();
    writer.figures(&figures);
}

fn coefficient(name: &str, measure: Measure, measured: &Measured, is_whole: bool, style: Style) -> Figure {
    let is_share = measure == Measure::Percent;
    let range = match (measured.interval, measured.value) {
        (Some(interval), _) if is_share => percents(interval),
        (Some(Interval { low, high }), _) => signed(&format!("{low:.2} to {high:.2}")),
        (None, Ok(_)) if !is_whole => "…".to_owned(),
        _ => String::new(),
    };
    let value = match measured.value {
        Ok(value) if is_share => percent::near(value),
        Ok(value) => signed(&format!("{value:.2}")),
        Err(_) => "–".to_owned(),
    };
    let why = measured.value.err().map(|why: measures::Undefined| why.to_string());
    Figure {
        name: name.to_owned(),
        value,
        range,
        at: measured.value.ok(),
        interval: measured.interval,
        beside: why.unwrap_or_default(),
        style,
    }
}

fn pairs(board: &Board, writer: &mut Writer<'_>) {
    let mut pairs: Vec<&measures::Agreement> = board.report.pairs.iter().collect();
    if pairs.len() < 2 {
        return;
    }
    let alpha = |pair: &measures::Agreement| {
        pair.get(Measure::AlphaOrdinal).and_then(|measured| measured.value.ok()).unwrap_or(2.0)
    };
    pairs.sort_by(|a, b| alpha(a).total_cmp(&alpha(b)));
    writer.blank();
    writer.heading("EACH TWO", "alpha, ordinal; the least agreed first".to_owned());
    let name =
        |at: usize| board.annotators.get(at).map(|name| harmless(name).into_owned()).unwrap_or_default();
    let mut figures = Vec::new();
    for pair in pairs.iter().take(PAIRS) {
        let Some(((a, b), measured)) = pair.of.zip(pair.get(Measure::AlphaOrdinal)) else { continue };
        let remark = pair.remarks.first().copied();
        let style = remark.map_or(writer.theme.text, |remark| style_of(remark, writer.theme));
        let named = format!("{} · {}", name(a), name(b));
        let mut figure = coefficient(&named, Measure::AlphaOrdinal, measured, board.is_whole, style);
        let words = remark.map_or("", Remark::title);
        figure.beside = format!("{words} · {}", plural(pair.examples as u64, "example"));
        figures.push(figure);
    }
    writer.figures(&figures);
    let more = pairs.len().saturating_sub(PAIRS);
    if more > 0 {
        writer.sentence(format!("… {more} more"), writer.theme.faint);
    }
}

fn outcomes(board: &Board, shared: &Shared, writer: &mut Writer<'_>) {
    let counts = &shared.counts.outcomes;
    if counts.is_empty() {
        return;
    }
    let theme = writer.theme;
    writer.blank();
    writer.heading("OUTCOMES", "what came of the rankings of each example".to_owned());
    for count in counts {
        let filter = format!("outcome:{}", count.state.as_str());
        // Where the filter line knows the word, the line leads there.
        let lead = crate::query::parse(&filter, &shared.vocabulary).ok().map(|_| filter);
        let spans = vec![
            Span::styled(format!("   {} ", pad(count.state.as_str(), NAME - 2)), theme.text),
            Span::styled(pad_left(&thousands(count.n), 7), theme.text),
            Span::styled(format!("  {}", count.state.sentence()), theme.faint),
        ];
        writer.lead(spans, lead);
    }
    if board.circular > 0 {
        let spans = vec![
            Span::styled(format!("   {} ", pad("in a circle", NAME - 2)), theme.look),
            Span::styled(pad_left(&thousands(board.circular), 7), theme.look),
            Span::styled("  most say a over b, b over c and c over a".to_owned(), theme.faint),
        ];
        writer.lead(spans, Some("is:circular".to_owned()));
    }
}

fn style_of(remark: Remark, theme: &Theme) -> Style {
    match remark {
        Remark::Reliable => theme.good,
        Remark::Tentative | Remark::Few | Remark::Skewed => theme.look,
        Remark::Unreliable => theme.bad,
    }
}

pub(super) fn percents(Interval { low, high }: Interval) -> String {
    format!("{:.0} to {:.0} %", low * 100.0, high * 100.0)
}

/// Numbers with a minus that is one.
pub(super) fn signed(numbers: &str) -> String {
    numbers.replace('-', "−")
}

/// A value as a dot, its interval as a line through it, on a line from 0 to 1.
fn drawn(at: Option<f64>, interval: Option<Interval>, cells: usize) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    // a screen has some hundred cells, and the share is held between 0 and 1
    let cell = |value: f64| {
        let share = value.clamp(0.0, 1.0);
        (share * cells.saturating_sub(1) as f64).round() as usize
    };
    let dot = at.map(cell);
    let ends = interval.map(|interval| (cell(interval.low), cell(interval.high)));
    (0..cells)
        .map(|at| {
            if dot == Some(at) {
                '●'
            } else if ends.is_some_and(|(low, high)| (low..=high).contains(&at)) {
                '━'
            } else {
                '·'
            }
        })
        .collect()
}
