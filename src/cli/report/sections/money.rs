//! What training costs, with the day of each price.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use crate::cli::cost::{Told, price_row};
use crate::curation::cost::usual_range;
use crate::text::count::{plural, thousands};

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let Told { training, about, model, costs, .. } = &facts.cost;
    let counted = model
        .as_ref()
        .map_or_else(|| "; no model is chosen".to_owned(), |model| format!(", as {model} counts them"));
    page.paragraph(&format!(
        "{} to train on, {}{} tokens{counted}.",
        plural(training.examples, "example"),
        if *about > 0 { "about " } else { "" },
        thousands(training.tokens)
    ));
    if costs.is_empty() {
        let [low, high] = usual_range(training.billed());
        page.paragraph(&format!("No price is known; usually it is between ${low:.2} and ${high:.2}."));
        return;
    }
    let heads = [
        Head::Text("provider"),
        Head::Text("model"),
        Head::Number("epochs"),
        Head::Number("tokens"),
        Head::Number("$ a million"),
        Head::Number("$"),
        Head::Text("as of"),
    ];
    page.table("What training costs", &heads, &costs.iter().map(price_row).collect::<Vec<_>>());
    if facts.cost.prices.file.is_none() {
        page.line("p", &[("class", "faint")], "The prices are those that are built in, and unchecked.");
    }
}
