//! What training costs, and the work before it, for people.

use super::Told;
use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::cost::{Cost, Price, usual_range};
use crate::dataset::Left;
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;

pub(super) fn print(name: &str, told: &Told, wage: f64, out: &mut Out) -> Result<()> {
    let training = &told.training;
    let about = if told.about > 0 { "about " } else { "" };
    let counted = told.model.as_ref().map_or_else(
        || "; no model is chosen (`goldset model`)".to_owned(),
        |model| format!(" as {model} counts them"),
    );
    let examples = plural(training.examples, "example");
    let tokens = thousands(training.tokens);
    out.sentence(harmless(&format!("{name}: {examples} to train on, {about}{tokens} tokens{counted}")))?;
    let left_out =
        [(told.held_out, "held out for validation or test"), (told.unanswered, "without an answer")];
    let left_out: Vec<String> =
        left_out.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{} {why}", thousands(*n))).collect();
    if !left_out.is_empty() {
        out.sentence(format!("left out: {}", left_out.join(", ")))?;
    }
    if told.validation > 0 {
        let (tokens, times) = training.validation;
        let paid = if times == 0 { String::new() } else { format!(", paid for {times} times") };
        let examples = plural(told.validation, "example");
        out.sentence(format!("and {examples} to validate on, {} tokens{paid}", thousands(tokens)))?;
    }
    out.line("")?;
    costs(told, out)?;
    out.line("")?;
    out.heading("work that is left")?;
    let row = |work: &Left| {
        let mut cells = vec![work.what.to_owned(), thousands(work.count)];
        match work.known {
            _ if work.count == 0 => cells.extend([String::new(), String::new(), "nothing".to_owned()]),
            Some(known) => {
                let money =
                    if wage > 0.0 { format!(", {:.2} of wages", known.hours * wage) } else { String::new() };
                cells.extend([
                    format!("{:.1}", known.hours),
                    format!("{:.1}", known.per_hour),
                    format!(
                        "{:.1} to {:.1} hours with chance, by the last {}{money}",
                        known.band.low, known.band.high, known.of
                    ),
                ]);
            }
            None => {
                cells.extend([String::new(), String::new(), "not known: fewer than 5 were timed".to_owned()]);
            }
        }
        cells
    };
    let columns = [
        Column::text(""),
        Column::number("left"),
        Column::number("hours"),
        Column::number("an hour"),
        Column::text(""),
    ];
    out.table_in_full(&columns, &told.labour.iter().map(row).collect::<Vec<_>>())?;
    out.sentence("to write is what is queued, or what all targets take at the least, whichever is more")?;
    Ok(())
}

/// What training costs by a price, cell by cell: provider, model, epochs, tokens, dollars for a million, dollars,
/// and the day that the price is of.
pub(in crate::cli) fn price_row((price, cost): &(Price, Cost)) -> Vec<String> {
    vec![
        price.provider.clone(),
        price.model.clone(),
        cost.epochs.to_string(),
        thousands(cost.tokens),
        format!("{:.2}", price.per_million),
        format!("{:.2}", cost.money),
        price.noted.clone(),
    ]
}

fn costs(told: &Told, out: &mut Out) -> Result<()> {
    if told.costs.is_empty() {
        let [low, high] = usual_range(told.training.billed());
        out.sentence(format!("no price is known of that; usually it is between ${low:.2} and ${high:.2}"))?;
        return Ok(());
    }
    let columns = [
        Column::text("provider"),
        Column::text("model"),
        Column::number("epochs"),
        Column::number("tokens"),
        Column::number("$ a million"),
        Column::number("$"),
        Column::text("as of"),
    ];
    out.table_in_full(&columns, &told.costs.iter().map(price_row).collect::<Vec<_>>())?;
    let from = told.prices.file.as_ref().map_or_else(
        || "prices are built in and unchecked: --write-prices makes a file to put right".to_owned(),
        |path| format!("prices are from {}", path.display()),
    );
    out.sentence(harmless(&from))?;
    Ok(())
}
