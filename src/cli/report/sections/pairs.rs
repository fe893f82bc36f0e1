//! The pairs of a better and a worse response: how long both are, where the better one stood, how many are tied.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use super::super::plots::{self, Dot};
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::{Interval, Share};
use crate::curation::spread::{Quantiles, Rule};
use crate::text::count::thousands;
use crate::text::percent;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let Some(judged) = facts.judged.as_ref().filter(|judged| judged.usable.judgements > 0) else {
        page.paragraph("No usable example is ranked yet.");
        return;
    };
    page.paragraph(
        "Counted are usable examples, and of each ranking every two responses that it places. Lengths are in \
         characters.",
    );
    lengths(page, facts);
    let all = &judged.usable;
    let dots: Vec<Dot> = shares(all).into_iter().filter_map(|(name, share)| dot(name, share)).collect();
    if dots.is_empty() {
        return;
    }
    let says = "Of decided pairs, and of all pairs those tied; the table below has the same figures";
    plots::dots(page, says, &dots, 0.0);
    let row = |(name, share): (&str, Share)| {
        let interval = share.interval().map(range).unwrap_or_default();
        let value = share.share().map_or_else(|| "–".to_owned(), percent::near);
        vec![name.to_owned(), value, interval, format!("{:.0}", share.n)]
    };
    let heads = [
        Head::Text("what wins"),
        Head::Number("share"),
        Head::Text("95 % interval"),
        Head::Number("of pairs"),
    ];
    page.table("What is chosen", &heads, &shares(all).into_iter().map(row).collect::<Vec<_>>());
    for told in Rule::ALL.iter().filter_map(|rule| rule.told(rule.share(all))) {
        page.paragraph(&format!("{told}."));
    }
}

/// How long chosen and rejected responses are.
fn lengths(page: &mut Page, facts: &Facts) {
    let Some(pairs) = facts.judged.as_ref().map(|judged| &judged.pairs) else { return };
    let row = |name: &str, quantiles: Option<Quantiles>| {
        let numbers = quantiles.map(|it| [it.p5, it.p50, it.p95, it.largest]);
        let cells = numbers.map(|numbers| numbers.map(|number| thousands(number.into())));
        Some(std::iter::once(name.to_owned()).chain(cells?).collect::<Vec<String>>())
    };
    let rows: Vec<Vec<String>> =
        [row("chosen", pairs.chosen), row("rejected", pairs.rejected)].into_iter().flatten().collect();
    if rows.is_empty() {
        return;
    }
    let heads = [
        Head::Text("response"),
        Head::Number("P5"),
        Head::Number("P50"),
        Head::Number("P95"),
        Head::Number("longest"),
    ];
    let caption = format!("Lengths of the responses of {} decided pairs", thousands(pairs.decided));
    page.table(&caption, &heads, &rows);
}

fn shares(all: &AnnotatorReport) -> [(&'static str, Share); 3] {
    let last = Share { x: all.first_wins.n - all.first_wins.x, n: all.first_wins.n };
    [("the one shown earlier", all.first_wins), ("the one shown later", last), ("neither: tied", all.ties)]
}

fn dot(name: &str, share: Share) -> Option<Dot> {
    let (at, interval) = (share.share()?, share.interval());
    Some(Dot {
        name: name.to_owned(),
        at,
        interval,
        said: format!("{} of {:.0}", percent::near(at), share.n),
    })
}

fn range(Interval { low, high }: Interval) -> String {
    format!("{:.0}–{:.0} %", low * 100.0, high * 100.0)
}
