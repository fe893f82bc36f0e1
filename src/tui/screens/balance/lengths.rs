//! The page of lengths: of examples, prompts, responses and turns; and what of the lengths, and of the place on
//! the screen, goes into what people choose.

use ratatui::text::Span;

use super::sheet::{Lead, Stack, Writer, left, right, share_of, stacked};
use super::values::verdict_of;
use crate::curation::balance::Verdict;
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::Share;
use crate::curation::spread::{Bucket, Histogram, Quantiles, Rule, Slot};
use crate::dataset::Lengths;
use crate::query::{Filter, Vocabulary};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::tui::board::Board;

/// The cells of a bucket's ends, of a count, and of a share.
const ENDS: usize = 16;
const COUNT: usize = 11;
const SHARE: usize = 8;
/// The longest bar.
const BAR: usize = 64;
/// The cells of a name.
const NAME: usize = 18;

pub(super) fn rows(
    lengths: Option<&Lengths>,
    board: Option<&Board>,
    vocabulary: &Vocabulary,
    writer: &mut Writer<'_>,
) {
    let Some(lengths) = lengths else { return };
    let lead = |field: &str, bucket: &Bucket| {
        Lead::to_field(field, &format!("{}..{}", bucket.from, bucket.to), vocabulary)
    };
    histogram("WHOLE EXAMPLES", "tokens, estimated", &lengths.whole, &|it| lead("tokens", it), writer);
    histogram("PROMPTS", "tokens, estimated", &lengths.prompts, &|it| lead("prompt_tokens", it), writer);
    let (title, unit) = ("RESPONSES", "tokens; of several the best or first");
    histogram(title, unit, &lengths.responses, &|it| lead("response_tokens", it), writer);
    histogram("TURNS", "the user's, of prompts", &lengths.turns, &|it| lead("turns", it), writer);
    if let Some(board) = board {
        pairs(board, writer);
    } else {
        writer.blank();
        writer.heading("PAIRS", "reading what people chose …");
    }
}

fn histogram(
    name: &str,
    unit: &str,
    histogram: &Histogram,
    lead: &dyn Fn(&Bucket) -> Lead,
    writer: &mut Writer<'_>,
) {
    let theme = writer.theme;
    writer.blank();
    if histogram.counted == 0 {
        return writer.heading(name, "nothing yet");
    }
    let of = format!("of {} usable", thousands(histogram.usable));
    match histogram.quantiles {
        None => writer.heading(name, &format!("{unit} · {of}")),
        Some(Quantiles { p5, p50, p95, largest }) => {
            let [p5, p50, p95, largest] = [p5, p50, p95, largest].map(|number| thousands(number.into()));
            let said = format!("{unit} · P5 {p5} · P50 {p50} · P95 {p95} · longest {largest} · {of}");
            writer.heading(name, &said);
        }
    }
    let room = writer.width.saturating_sub(ENDS + COUNT + SHARE + 6).min(BAR);
    let most = histogram.most();
    for bucket in &histogram.buckets {
        let ends = if bucket.from == bucket.to {
            thousands(bucket.from.into())
        } else {
            format!("{}–{}", thousands(bucket.from.into()), thousands(bucket.to.into()))
        };
        let parts = [
            Stack { n: bucket.usable, fill: "█", style: theme.text },
            Stack { n: bucket.others, fill: "░", style: theme.faint },
        ];
        let mut spans = vec![left(&ends, ENDS, theme.text)];
        spans.extend(stacked(&parts, most, room, room));
        spans.push(right(&thousands(bucket.all()), COUNT, theme.text));
        spans.push(right(&percent::near(share_of(bucket.all(), histogram.counted)), SHARE, theme.faint));
        writer.lead(spans, lead(bucket));
    }
}

/// What people choose besides the better response.
fn pairs(board: &Board, writer: &mut Writer<'_>) {
    let theme = writer.theme;
    let all = &board.usable;
    writer.blank();
    if all.judgements == 0 {
        return writer.heading("PAIRS", "no usable example is ranked yet");
    }
    let said = format!(
        "rules that know nothing of an answer, on {} of usable examples",
        plural(all.judgements, "ranking")
    );
    writer.heading("PAIRS", &said);
    for rule in Rule::ALL {
        let share = rule.share(all);
        let (Some(told), Some(verdict)) = (rule.told(share), rule.verdict(share)) else {
            let says = format!("{}: no two responses that were ranked differ in it", rule.name());
            writer.sentence(&says, theme.faint);
            continue;
        };
        let (word, style) = verdict_of(verdict, theme);
        writer
            .sentence(&format!("{told}  {word}"), if verdict == Verdict::Good { theme.text } else { style });
    }
    if let Some(ratio) = all.log_ratio {
        let times = ratio.exp();
        writer.sentence(
            &format!(
                "chosen responses are {times:.2} times as long as rejected ones (mean ln ratio {ratio:.2})"
            ),
            theme.text,
        );
    }
    position(board, writer);
}

/// Whether the place on the screen decides, for each annotator.
fn position(board: &Board, writer: &mut Writer<'_>) {
    let told = |report: &&AnnotatorReport| report.first_wins.n > 0.0;
    if !told(&&board.everybody) {
        return;
    }
    writer.blank();
    writer.heading("POSITION", "how often the response shown earlier is chosen; an even chance is 50 %");
    let reports = board.habits.iter().filter(told);
    let everybody = (board.habits.len() > 1).then_some(&board.everybody);
    for report in reports.chain(everybody) {
        let name = report.annotator.and_then(|at| board.annotators.get(at));
        let shown = name.map_or_else(|| "all".to_owned(), |name| harmless(name).into_owned());
        let lead = name.map_or_else(Lead::default, |name| Lead::to(Filter::by(name.as_str())));
        writer.lead(slot(&shown, report.first_wins, writer), lead);
    }
}

fn slot(name: &str, share: Share, writer: &Writer<'_>) -> Vec<Span<'static>> {
    let theme = writer.theme;
    let (Some(is), Some(interval), Some(p)) = (share.share(), share.interval(), share.by_chance()) else {
        return vec![left(name, NAME, theme.text)];
    };
    let decides = Slot(share).decides();
    let style = if decides { theme.bad } else { theme.text };
    let (low, high) = (interval.low * 100.0, interval.high * 100.0);
    let chance = percent::chance(p);
    vec![
        left(name, NAME, theme.text),
        right(&percent::near(is), 6, style),
        left(&format!("  {low:.0} to {high:.0} %"), 16, theme.faint),
        left(&format!("of {:.0}", share.n), 10, theme.faint),
        Span::styled(format!("by chance {chance}"), theme.faint),
        Span::styled(if decides { "  the place decides" } else { "" }, style),
    ]
}
