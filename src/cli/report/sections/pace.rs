//! How fast the dataset grows, when the targets will be met, and what the work costs.

use super::super::facts::Facts;
use super::super::page::{Head, Page};
use super::super::plots;
use crate::curation::pace::{Day, Rate, Week, Work};
use crate::example::{day_name, short_day_name, zone_name};
use crate::text::count::thousands;
use crate::text::spoken::duration;

pub(super) fn write(page: &mut Page, facts: &Facts) {
    let paced = &facts.paced;
    if facts.moment.at().is_none() {
        return page.paragraph("Nothing was done yet, so there is no pace to tell.");
    }
    let measured = &paced.pace;
    page.paragraph(&format!("{}.", paced.forecast_told()));
    if let Some(told) = paced.hold_out_told() {
        page.paragraph(&format!("{told}."));
    }
    page.paragraph(&format!("{}.", paced.spending_told()));
    page.paragraph(&format!("Days are those of {}.", zone_name(paced.at)));
    if paced.is_cut {
        page.paragraph("More was done than is looked at: the first days are missing.");
    }
    let column = |day: &Day| (short_day_name(day.day), day.finished.len() as u64);
    let columns: Vec<(String, u64)> = measured.days.iter().map(column).collect();
    let says = "Examples finished each day; the table below has them by week";
    plots::columns(page, says, &columns, columns.len().div_ceil(56).max(1) * 7);
    let row = |week: &Week| {
        vec![
            day_name(week.from),
            thousands(week.finished),
            format!("{:.1}", week.hours),
            week.worked.to_string(),
        ]
    };
    let heads = [
        Head::Text("week from"),
        Head::Number("finished"),
        Head::Number("hours"),
        Head::Number("days worked"),
    ];
    page.table("Examples finished, by week", &heads, &measured.weeks().iter().map(row).collect::<Vec<_>>());
    if paced.rates.is_empty() {
        return;
    }
    let row = |rate: &Rate| {
        let speed = rate.speed;
        vec![
            rate.person.map_or("", |person| measured.name(person)).to_owned(),
            rate.work.map_or("", Work::as_str).to_owned(),
            thousands(rate.examples.len() as u64),
            format!("{:.1}", rate.hours),
            speed.map_or_else(|| "too few".to_owned(), |speed| format!("{:.1}", speed.per_hour)),
            speed.map(|speed| duration(speed.median)).unwrap_or_default(),
        ]
    };
    let heads = [
        Head::Text("who"),
        Head::Text("kind of work"),
        Head::Number("examples"),
        Head::Number("hours"),
        Head::Number("an hour"),
        Head::Number("one takes"),
    ];
    page.table(
        "How fast people are, by their last fifty",
        &heads,
        &paced.rates.iter().map(row).collect::<Vec<_>>(),
    );
}
