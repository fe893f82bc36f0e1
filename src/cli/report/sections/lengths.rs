//! How long examples are.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use super::super::plots;
use crate::curation::tokens::Spread;
use crate::text::count::thousands;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let Some(spread) = Spread::of(facts.lengths.clone()) else {
        page.paragraph("Nothing is usable yet.");
        return;
    };
    page.paragraph(&format!(
        "Half of the usable examples have at most {} tokens, 95 of 100 at most {}, the longest {} (estimates, of \
         prompt and responses).",
        thousands(spread.median),
        thousands(spread.p95),
        thousands(spread.max)
    ));
    let bins = bins(&facts.lengths);
    let says = "Usable examples by estimated tokens; the table has the same figures";
    plots::columns(page, says, &bins, bins.len().div_ceil(10));
    let rows: Vec<Vec<String>> = bins.into_iter().map(|(name, n)| vec![name, thousands(n)]).collect();
    let heads = [Head::Text("tokens"), Head::Number("examples")];
    page.table("Usable examples by estimated tokens", &heads, &rows);
}

/// How many lengths lie in each of some bins, from the first that has any to the last: 1, 2 and 5 times the powers
/// of ten, because few are long.
fn bins(lengths: &[u64]) -> Vec<(String, u64)> {
    let ends =
        (0..19).flat_map(|power| [1, 2, 5].map(|by: u64| by.saturating_mul(10_u64.saturating_pow(power))));
    let mut bins = Vec::new();
    let mut from = 0;
    for to in ends {
        let n = lengths.iter().filter(|length| (from..to).contains(*length)).count() as u64;
        let name = if from + 1 == to {
            from.to_string()
        } else {
            format!("{}–{}", thousands(from), thousands(to - 1))
        };
        if n > 0 || !bins.is_empty() {
            bins.push((name, n));
        }
        from = to;
    }
    while bins.last().is_some_and(|(_, n)| *n == 0) {
        bins.pop();
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_lies_in_one_bin() {
        let bins = bins(&[0, 12, 13, 19, 20, 160, 1_999]);
        let told: Vec<String> = bins.iter().map(|(name, n)| format!("{name}: {n}")).collect();
        assert_eq!(bins.iter().map(|(_, n)| n).sum::<u64>(), 7);
        assert_eq!(told.first().map(String::as_str), Some("0: 1"));
        assert!(told.contains(&"10–19: 3".to_owned()) && told.contains(&"20–49: 1".to_owned()), "{told:?}");
        assert_eq!(told.last().map(String::as_str), Some("1,000–1,999: 1"));
    }
}
