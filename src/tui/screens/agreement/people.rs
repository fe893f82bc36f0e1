//! The lines of annotators: what they prefer besides the better response, and how careful they are.

use ratatui::style::Style;
use ratatui::text::Span;

use super::lines::{Figure, NAME, Writer, percents};
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::{Interval, Share};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, pad_left, truncate};
use crate::tui::board::Board;
use crate::tui::theme::Theme;

/// From this width on an annotator is one line.
const TABLE: u16 = 124;
/// The cells of a share in the table.
const CELL: usize = 15;

/// A share of an annotator's judgements: its heading, what it is of, and whether a half is what to wish for.
struct Habit {
    title: &'static str,
    sentence: &'static str,
    of: fn(&AnnotatorReport) -> Option<Share>,
    is_choice: bool,
}

const HABITS: [Habit; 5] = [
    Habit {
        title: "first shown",
        sentence: "the response shown earlier wins",
        of: |report| Some(report.first_wins),
        is_choice: true,
    },
    Habit {
        title: "longer",
        sentence: "the longer one wins",
        of: |report| Some(report.longer_wins),
        is_choice: true,
    },
    Habit { title: "ties", sentence: "called the same", of: |report| Some(report.ties), is_choice: false },
    Habit {
        title: "themselves",
        sentence: "the same again in hidden repeats",
        of: |report| report.own,
        is_choice: false,
    },
    Habit { title: "right", sentence: "as gold examples say", of: |report| report.gold, is_choice: false },
];

impl Habit {
    /// Where there is something to look at: a choice whose whole interval lies on one side of a half.
    fn style(&self, interval: Interval, theme: &Theme) -> Style {
        if self.is_choice && !interval.contains(0.5) { theme.look } else { theme.text }
    }
}

pub(super) fn rows(board: &Board, width: u16, writer: &mut Writer<'_>) {
    if board.annotators.is_empty() {
        return;
    }
    writer.blank();
    if width >= TABLE {
        table(board, writer);
    } else {
        blocks(board, writer);
    }
}

fn name(board: &Board, report: &AnnotatorReport) -> String {
    let name = report.annotator.and_then(|at| board.annotators.get(at));
    name.map_or_else(|| "all".to_owned(), |name| harmless(name).into_owned())
}

fn reports(board: &Board) -> impl Iterator<Item = &AnnotatorReport> {
    board.habits.iter().chain((board.habits.len() > 1).then_some(&board.everybody))
}

fn time(report: &AnnotatorReport) -> String {
    report.median_millis.map(|millis| format!("{:.1} s", f64::from(millis) / 1e3)).unwrap_or_default()
}

fn table(board: &Board, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let titles: String = HABITS.iter().map(|habit| pad(habit.title, CELL)).collect();
    writer.heading("ANNOTATORS", format!("{}  {titles}{}", pad_left("rankings", 8), pad_left("time", 8)));
    for report in reports(board) {
        let who = name(board, report);
        let mut spans = vec![
            Span::styled(format!("   {} ", pad(&truncate(&who, NAME - 2), NAME - 2)), theme.text),
            Span::styled(format!("{}  ", pad_left(&thousands(report.judgements), 7)), theme.text),
        ];
        for habit in &HABITS {
            let told = (habit.of)(report).and_then(|share| Some((share.share()?, share.interval()?)));
            let Some((share, interval)) = told else {
                spans.push(Span::styled(pad("–", CELL), theme.faint));
                continue;
            };
            let style = habit.style(interval, theme);
            let mark = if style == theme.text { " " } else { "!" };
            let range = format!("{:.0}–{:.0}", interval.low * 100.0, interval.high * 100.0);
            spans.push(Span::styled(format!("{}{mark} ", pad_left(&percent::near(share), 5)), style));
            spans.push(Span::styled(pad(&range, CELL - 7), theme.faint));
        }
        spans.push(Span::styled(pad_left(&time(report), 8), theme.text));
        writer.spans(spans);
    }
    legend(board, writer);
}

fn blocks(board: &Board, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    writer.heading("ANNOTATORS", "what they prefer, and how careful they are".to_owned());
    for report in reports(board) {
        let of = plural(report.judgements, "ranking");
        let time = Some(time(report)).filter(|time| !time.is_empty()).map(|time| format!(" · {time} each"));
        let who = name(board, report);
        writer.spans(vec![
            Span::styled(format!("   {}  ", truncate(&who, NAME)), theme.accent),
            Span::styled(format!("{of}{}", time.unwrap_or_default()), theme.faint),
        ]);
        let figure = |habit: &Habit| {
            let counted = (habit.of)(report)?;
            let (share, interval) = (counted.share()?, counted.interval()?);
            let style = habit.style(interval, theme);
            let mark = if style == theme.text { "" } else { " !" };
            Some(Figure {
                name: format!("  {}{mark}", habit.title),
                value: percent::near(share),
                range: percents(interval),
                at: Some(share),
                interval: Some(interval),
                beside: format!("of {:.0}", counted.n),
                style,
            })
        };
        let figures: Vec<Figure> = HABITS.iter().filter_map(figure).collect();
        writer.figures(&figures);
    }
    legend(board, writer);
}

/// What the words mean that are not plain, where they stand above.
fn legend(board: &Board, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let is_there = |habit: &&Habit| {
        board.habits.iter().any(|report| (habit.of)(report).is_some_and(|share| share.n > 0.0))
    };
    let told: Vec<String> =
        HABITS.iter().filter(is_there).map(|habit| format!("{}: {}", habit.title, habit.sentence)).collect();
    if !told.is_empty() {
        for line in told.chunks(2) {
            writer.sentence(line.join(" · "), theme.faint);
        }
    }
    let is_biased = |report: &&AnnotatorReport| {
        report.first_wins.interval().is_some_and(|interval| !interval.contains(0.5))
    };
    if board.habits.iter().any(|report| is_biased(&report)) {
        let says = "! the place on the screen decides more than chance would";
        writer.sentence(says, theme.look);
    }
}
