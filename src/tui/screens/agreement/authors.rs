//! The lines of authors: whose responses are preferred, how strong they are, and in what circles.

use ratatui::text::Span;

use super::lines::{Figure, NAME, Writer, percents, signed};
use crate::curation::proportion::Interval;
use crate::curation::ranks::AuthorRank;
use crate::text::harmless::harmless;
use crate::text::percent;
use crate::tui::board::Board;

/// Circles that are shown.
const CIRCLES: usize = 3;

pub(super) fn rows(board: &Board, writer: &mut Writer<'_>) {
    let authors = &board.ranks.authors;
    if authors.len() < 2 {
        return;
    }
    let theme = writer.theme;
    let name =
        |author: usize| board.authors.get(author).map(|name| harmless(name).into_owned()).unwrap_or_default();
    writer.blank();
    writer.heading("AUTHORS", "win rate against the others; strength".to_owned());
    let figure = |rank: &AuthorRank| {
        let (rate, interval) = (rank.wins.rate(), rank.wins.interval());
        let style = match interval {
            Some(Interval { low, .. }) if low > 0.5 => theme.good,
            Some(Interval { high, .. }) if high < 0.5 => theme.look,
            _ => theme.text,
        };
        let strength = rank.strength.map_or_else(|| "–".to_owned(), |strength| format!("{strength:+.2}"));
        let range = rank.interval.map(|Interval { low, high }| format!("  {low:+.2} to {high:+.2}"));
        Figure {
            name: name(rank.author),
            value: rate.map(percent::near).unwrap_or_default(),
            range: interval.map(percents).unwrap_or_default(),
            at: rate,
            interval,
            beside: signed(&format!("{strength}{}", range.unwrap_or_default())),
            style,
        }
    };
    let figures: Vec<Figure> = authors.iter().map(figure).collect();
    writer.figures(&figures);
    let circles = &board.ranks.circles;
    for circle in circles.iter().take(CIRCLES) {
        let mut names: Vec<String> = circle.iter().map(|&author| name(author)).collect();
        names.extend(names.first().cloned());
        writer.spans(vec![
            Span::styled(format!("   {:<1$}", "circle", NAME - 1), theme.look),
            Span::styled(names.join(" over "), theme.text),
        ]);
    }
    if circles.len() > CIRCLES {
        writer.sentence(format!("… {} more circles: goldset ranks", circles.len() - CIRCLES), theme.faint);
    }
}
