//! What public datasets say of responses (scores, ranks, a winner, a strength), as rankings and ratings.

use serde_json::Value;

use crate::example::{Example, Flag, Ranking, Rating, Tag, Timestamp, Uuid, new_id};

/// Which number is the best.
#[derive(Clone, Copy)]
pub(super) enum Best {
    Highest,
    Lowest,
}

/// The order that a number for each response gives; equal ones are tied.
pub(super) fn tiers(mut scored: Vec<(Uuid, f64)>, best: Best) -> Vec<Vec<Uuid>> {
    scored.sort_by(|(_, one), (_, other)| match best {
        Best::Highest => other.total_cmp(one),
        Best::Lowest => one.total_cmp(other),
    });
    let tied = scored.chunk_by(|(_, one), (_, other)| one.total_cmp(other).is_eq());
    tied.map(|tier| tier.iter().map(|(id, _)| *id).collect()).collect()
}

/// Which of two responses is the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preferred {
    First,
    Second,
    /// They are as good as each other.
    Tie,
    /// Neither is any good.
    Neither,
}

impl Preferred {
    /// A number below zero means the first, above it the second.
    pub fn by_sign(number: i64) -> Self {
        match number.signum() {
            -1 => Self::First,
            0 => Self::Tie,
            _ => Self::Second,
        }
    }

    /// The ranking that says so.
    pub fn ranking(self, annotator: impl Into<String>, first: Uuid, second: Uuid) -> Ranking {
        let mut ranking = Ranking::new(annotator, Vec::new());
        match self {
            Self::First => ranking.tiers = vec![vec![first], vec![second]],
            Self::Second => ranking.tiers = vec![vec![second], vec![first]],
            Self::Tie => ranking.tiers = vec![vec![first, second]],
            Self::Neither => ranking.bad = vec![first, second],
        }
        ranking
    }
}

/// A rating, where the value is one that can be kept: a whole number from 1 to 100.
pub(super) fn rating(response: Uuid, criterion: &str, value: f64) -> Option<Rating> {
    let whole = (1..=100_u8).find(|whole| (f64::from(*whole) - value).abs() < f64::EPSILON)?;
    Some(Rating { response, criterion: criterion.to_owned(), value: whole })
}

/// A number, which some files write as text. `N/A` and the like are none.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    number.filter(|number: &f64| number.is_finite())
}

/// A name that may be written as a number.
pub(super) fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(name) if !name.trim().is_empty() => Some(name.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A moment as files write it: a date with or without a zone, or seconds since 1970.
pub(super) fn moment(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{text}Z"))),
        Value::Number(seconds) => {
            seconds.as_i64().and_then(|seconds| seconds.checked_mul(1_000)).map(Timestamp)
        }
        _ => None,
    }
}

/// Tags an example, once with each value; a blank one says nothing.
pub(super) fn tag(example: &mut Example, facet: &str, value: &str) {
    let tag = Tag::new(facet_name(facet), value.trim());
    if !tag.value.is_empty() && !tag.facet.is_empty() && !example.tags.contains(&tag) {
        example.tags.push(tag);
    }
}

/// A name as the name of a facet, which is one word.
fn facet_name(name: &str) -> String {
    let is_strange = |c: char| c.is_whitespace() || ":()\"<>=,~".contains(c);
    name.trim().replace(is_strange, "-").trim_matches('-').to_owned()
}

/// A flag that came along.
pub(super) fn flag(kind: &str, note: impl Into<String>, response: Option<Uuid>, by: Option<String>) -> Flag {
    Flag {
        id: new_id(),
        kind: kind.to_owned(),
        note: note.into(),
        response,
        by,
        resolved: false,
        at: Timestamp::now(),
    }
}

/// Adds a line to an example's note.
pub(super) fn note(example: &mut Example, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        if !example.note.is_empty() {
            example.note.push('\n');
        }
        example.note.push_str(text);
    }
}

/// Whether a text is the name of a category, and not something that somebody wrote.
pub(super) fn is_category(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= 40
        && text.split_whitespace().count() <= 3
        && !text.contains('\n')
        && !text.ends_with(['.', '!', '?', '…', '。'])
}
