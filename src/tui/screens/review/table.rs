//! Everybody's rankings beside each other: a row for each annotator, a column for each response, in
//! it the place that the response was given; what differs from what most say is marked.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::example::{Agreed, Consensus, Example, Ranking, STRENGTHS, Standing, Uuid};
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::text::width::{pad, truncate, width};
use crate::tui::theme::Theme;

/// The cells of a response's column, and the most of a name.
const COLUMN: usize = 6;
const NAME: usize = 14;

/// The place that somebody gave a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// The first is 1.
    Place(usize),
    /// Below the line.
    Bad,
    /// It was not placed.
    Nothing,
}

impl Given {
    fn word(self) -> String {
        match self {
            Self::Place(place) => place.to_string(),
            Self::Bad => "bad".to_owned(),
            Self::Nothing => "·".to_owned(),
        }
    }
}

/// What one person said.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who.
    pub name: String,
    /// The places by response, each with whether it is another than most say.
    pub given: Vec<(Given, bool)>,
    /// Why it can't be judged.
    pub cannot: Option<String>,
    /// What it stands for: one that is no judgement of its own counts in the place of all others.
    pub standing: Standing,
    /// The strength, reasons and time, in a few words.
    pub about: String,
}

/// The responses that have room beside each other, and how they are drawn.
#[derive(Clone, Copy)]
struct Block<'a> {
    first: usize,
    /// Behind the last.
    end: usize,
    /// The cells of a name.
    wide: usize,
    cells: usize,
    with_all: bool,
    theme: &'a Theme,
}

impl Block<'_> {
    /// Those of a list that belong to it.
    fn of<'b, T>(&self, all: &'b [T]) -> impl Iterator<Item = &'b T> + use<'b, T> {
        all.iter().take(self.end).skip(self.first)
    }
}

/// What everybody said.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// A row for each annotator.
    pub rows: Vec<Row>,
    /// The means of the ratings by criterion, a number for each response that was rated.
    pub ratings: Vec<(String, Vec<Option<f64>>)>,
    /// What comes of it, where anybody ranked.
    pub consensus: Option<Consensus>,
    together: Vec<Given>,
    responses: usize,
}

fn given(tiers: &[Vec<Uuid>], bad: &[Uuid], presented: &[Uuid]) -> Vec<Given> {
    let place = |id: &Uuid| match tiers.iter().position(|tier| tier.contains(id)) {
        _ if bad.contains(id) => Given::Bad,
        Some(at) => Given::Place(at + 1),
        None => Given::Nothing,
    };
    presented.iter().map(place).collect()
}

/// What more than half of those who placed a response say of it.
fn usual(column: &[Given]) -> Option<Given> {
    let said: Vec<Given> = column.iter().copied().filter(|given| *given != Given::Nothing).collect();
    said.iter().copied().find(|one| 2 * said.iter().filter(|other| *other == one).count() > said.len())
}

fn about(ranking: &Ranking) -> String {
    let details = &ranking.details;
    let strength =
        details.strength.and_then(|step| STRENGTHS.get(usize::from(step).checked_sub(1)?).copied());
    let time = details.millis.map(|millis| match millis.div_ceil(1_000) {
        seconds @ ..120 => format!("{seconds} s"),
        seconds => format!("{} min", seconds / 60),
    });
    let reasons = (!details.reasons.is_empty()).then(|| details.reasons.join(", "));
    let parts = strength.map(str::to_owned).into_iter().chain(reasons).chain(time);
    parts.collect::<Vec<_>>().join(" · ")
}

/// The mean rating of each response by each criterion, in the order in which they were first named.
fn ratings(example: &Example, presented: &[Uuid]) -> Vec<(String, Vec<Option<f64>>)> {
    let all = || example.rankings.iter().flat_map(|ranking| &ranking.details.ratings);
    let mut names: Vec<&str> = Vec::new();
    for rating in all() {
        if !names.contains(&rating.criterion.as_str()) {
            names.push(&rating.criterion);
        }
    }
    let mean = |name: &str, id: &Uuid| {
        let of = all().filter(|rating| rating.criterion == name && rating.response == *id);
        let (sum, n) = of.fold((0.0, 0.0), |(sum, n), rating| (sum + f64::from(rating.value), n + 1.0));
        (n > 0.0).then_some(sum / n)
    };
    names
        .into_iter()
        .map(|name| (name.to_owned(), presented.iter().map(|id| mean(name, id)).collect()))
        .collect()
}

impl Table {
    /// What was said of an example whose responses stand in this order.
    pub fn of(example: &Example, presented: &[Uuid]) -> Self {
        if example.rankings.is_empty() {
            return Self { responses: presented.len(), ..Self::default() };
        }
        let places: Vec<Vec<Given>> =
            example.rankings.iter().map(|one| given(&one.tiers, &one.bad, presented)).collect();
        let column = |at: usize| -> Vec<Given> {
            let own = example.rankings.iter().zip(&places);
            let own = own.filter(|(ranking, _)| ranking.details.standing == Standing::Own);
            own.filter_map(|(_, row)| row.get(at).copied()).collect()
        };
        let usual: Vec<Option<Given>> = (0..presented.len()).map(|at| usual(&column(at))).collect();
        let differs = |at: usize, given: Given| {
            given != Given::Nothing && usual.get(at).is_none_or(|one| *one != Some(given))
        };
        let rows = example.rankings.iter().zip(&places).map(|(ranking, row)| Row {
            name: ranking.annotator.clone(),
            given: row.iter().enumerate().map(|(at, &given)| (given, differs(at, given))).collect(),
            cannot: ranking.details.cannot.clone(),
            standing: ranking.details.standing,
            about: about(ranking),
        });
        let consensus = Consensus::of(&example.rankings);
        Self {
            rows: rows.collect(),
            ratings: ratings(example, presented),
            together: given(&consensus.tiers, &consensus.bad, presented),
            consensus: Some(consensus),
            responses: presented.len(),
        }
    }

    /// The table as lines; `with_all`: what does not fit beside a row stands below it. Where not all
    /// responses have room beside each other, the rest stand in further blocks.
    pub fn lines(&self, cells: usize, with_all: bool, theme: &Theme) -> Vec<Line<'static>> {
        let Some(consensus) = &self.consensus else { return Vec::new() };
        let names = self.rows.iter().map(|row| width(&harmless(&row.name)));
        let criteria = self.ratings.iter().map(|(name, _)| width(&harmless(name)));
        let wide = names.chain(criteria).max().unwrap_or(0).clamp("together".len(), NAME);
        let most = (cells.saturating_sub(wide + 3) / COLUMN).max(1);
        let mut lines = Vec::new();
        for first in (0..self.responses.max(1)).step_by(most) {
            let block =
                Block { first, end: (first + most).min(self.responses), wide, cells, with_all, theme };
            lines.extend(self.block(consensus, &block));
        }
        lines
    }

    fn block(&self, consensus: &Consensus, block: &Block<'_>) -> Vec<Line<'static>> {
        let Block { first, end, wide, cells, with_all, theme } = *block;
        let numbers: String = (first + 1..=end).map(|n| pad(&n.to_string(), COLUMN)).collect();
        let mut lines = vec![Line::styled(format!(" {}  {numbers}", pad("RANKINGS", wide)), theme.heading)];
        for row in &self.rows {
            let mut spans = vec![Span::styled(format!(" {}  ", pad(&harmless(&row.name), wide)), theme.text)];
            if let Some(why) = &row.cannot {
                if first > 0 {
                    continue;
                }
                let said =
                    if why.is_empty() { "can't judge".to_owned() } else { format!("can't judge · {why}") };
                let room = cells.saturating_sub(wide + 4);
                spans.push(Span::styled(truncate(&harmless(&said), room).into_owned(), theme.look));
                lines.push(Line::from(spans));
                continue;
            }
            spans.extend(block.of(&row.given).map(|&(given, differs)| {
                let sign = if differs { " ≠" } else { "" };
                let style = match (differs, given) {
                    (true, _) => theme.look,
                    (false, Given::Nothing) => theme.faint,
                    (false, _) => theme.text,
                };
                Span::styled(pad(&format!("{}{sign}", given.word()), COLUMN), style)
            }));
            if end < self.responses {
                lines.push(Line::from(spans));
                continue;
            }
            let decides = match row.standing {
                Standing::Own => "",
                Standing::Final => "decides",
                Standing::Gold => "gold: decides",
            };
            let parts = [decides, row.about.as_str()].into_iter().filter(|part| !part.is_empty());
            let about = parts.collect::<Vec<_>>().join(" · ");
            let about = harmless(&about);
            let room = cells.saturating_sub(wide + 3 + (end - first) * COLUMN + 1);
            if width(&about) <= room || !with_all {
                spans.push(Span::styled(truncate(&about, room).into_owned(), theme.faint));
                lines.push(Line::from(spans));
            } else {
                lines.push(Line::from(spans));
                let below = cells.saturating_sub(wide + 4);
                let said = truncate(&about, below).into_owned();
                lines.push(Line::styled(format!("{}{said}", " ".repeat(wide + 3)), theme.faint));
            }
        }
        lines.extend(self.consensus_lines(consensus, block));
        for (name, means) in &self.ratings {
            let numbers: String = block
                .of(means)
                .map(|mean| pad(&mean.map_or("·".to_owned(), |mean| format!("{mean:.1}")), COLUMN))
                .collect();
            lines.push(Line::styled(format!(" {}  {numbers}", pad(&harmless(name), wide)), theme.faint));
        }
        lines
    }

    /// What comes of it all: the places, and behind the last of them the sentence that says how far people
    /// agree.
    fn consensus_lines(&self, consensus: &Consensus, block: &Block<'_>) -> Vec<Line<'static>> {
        let Block { first, end, wide, cells, theme, .. } = *block;
        let (sign, style): (&str, Style) = match consensus.state {
            Agreed::Unanimous | Agreed::Adjudicated => ("✓ ", theme.good),
            Agreed::Unresolved => ("≠ ", theme.look),
            Agreed::Majority | Agreed::Single | Agreed::Unranked => ("", theme.text),
        };
        let share = match (consensus.state, consensus.agreement) {
            (Agreed::Majority | Agreed::Unresolved, Some(share)) => {
                format!(" · pairs agree {}", percent::near(share))
            }
            _ => String::new(),
        };
        let is_last = end >= self.responses;
        let says =
            if is_last { format!("{sign}{}{share}", consensus.state.sentence()) } else { String::new() };
        let below = |says: &str| {
            let says = truncate(says, cells.saturating_sub(wide + 4)).into_owned();
            Line::from(vec![Span::raw(" ".repeat(wide + 3)), Span::styled(says, style)])
        };
        if consensus.state == Agreed::Single || consensus.tiers.is_empty() && consensus.bad.is_empty() {
            return if is_last { vec![below(&says)] } else { Vec::new() };
        }
        let numbers: String = block.of(&self.together).map(|given| pad(&given.word(), COLUMN)).collect();
        let mut spans = vec![Span::styled(format!(" {}  {numbers}", pad("together", wide)), theme.heading)];
        let room = cells.saturating_sub(wide + 4 + (end - first) * COLUMN);
        if width(&says) <= room {
            spans.push(Span::styled(says, style));
            return vec![Line::from(spans)];
        }
        vec![Line::from(spans), below(&says)]
    }
}
