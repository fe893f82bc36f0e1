//! The pace for people.

use crate::cli::failure::Result;
use crate::cli::out::{Column, Out};
use crate::curation::pace::{By, Rate, Week, rates};
use crate::dataset::Paced;
use crate::example::{day_name, short_day_name, zone_name};
use crate::text::count::{plural, thousands};
use crate::text::harmless::harmless;
use crate::text::spoken::duration;

pub(super) fn print(name: &str, paced: &Paced, by: By, out: &mut Out) -> Result<()> {
    let pace = &paced.pace;
    let (finished, weeks) = (plural(pace.finished(), "example"), plural(pace.days.len() as u64 / 7, "week"));
    out.heading(&harmless(&format!("{name}: {finished} finished in {weeks}")))?;
    if paced.is_cut {
        out.sentence("the weeks have more actions than are looked at: the first days are missing")?;
    }
    out.line("")?;
    let row = |week: &Week| {
        vec![
            short_day_name(week.from),
            thousands(week.finished),
            format!("{:.1}", week.hours),
            week.worked.to_string(),
        ]
    };
    let columns = [
        Column::text("week from"),
        Column::number("finished"),
        Column::number("hours"),
        Column::number("days worked"),
    ];
    out.table(&columns, &pace.weeks().iter().map(row).collect::<Vec<_>>())?;
    if let Some(today) = pace.today() {
        let done = plural(today.finished.len() as u64, "example");
        out.sentence(format!("today, {}: {done} in {}", day_name(today.day), duration(today.seconds)))?;
        out.sentence(harmless(&format!("days are those of {}", zone_name(paced.at))))?;
    }
    rates_told(paced, by, out)?;
    out.line("")?;
    out.sentence(paced.forecast_told())?;
    if let Some(told) = paced.hold_out_told() {
        out.sentence(told)?;
    }
    out.sentence(paced.spending_told())?;
    Ok(())
}

fn rates_told(paced: &Paced, by: By, out: &mut Out) -> Result<()> {
    let found = rates(&paced.pace.timed, by);
    if found.is_empty() {
        return Ok(());
    }
    out.line("")?;
    let row = |rate: &Rate| {
        let speed =
            |tell: &dyn Fn(crate::curation::pace::Speed) -> String| rate.speed.map(tell).unwrap_or_default();
        vec![
            rate.person.map_or_else(String::new, |person| paced.pace.name(person).to_owned()),
            rate.work.map_or("", crate::curation::pace::Work::as_str).to_owned(),
            thousands(rate.examples.len() as u64),
            format!("{:.1}", rate.hours),
            speed(&|speed| format!("{:.1}", speed.per_hour)),
            speed(&|speed| duration(speed.median)),
            speed(&|speed| duration(speed.mean)),
        ]
    };
    let columns = [
        Column::text("who"),
        Column::text("kind"),
        Column::number("examples"),
        Column::number("hours"),
        Column::number("an hour"),
        Column::number("one takes"),
        Column::number("on average"),
    ];
    // A column that says nothing is left out.
    let said = |at: usize| !(at == 0 && by == By::Kind || at == 1 && by == By::Person);
    let rows = found.iter().map(|rate| {
        let cells = row(rate).into_iter().enumerate();
        cells.filter(|(at, _)| said(*at)).map(|(_, cell)| cell).collect::<Vec<_>>()
    });
    let shown: Vec<Column> =
        columns.into_iter().enumerate().filter(|(at, _)| said(*at)).map(|(_, column)| column).collect();
    out.table(&shown, &rows.collect::<Vec<_>>())?;
    Ok(())
}
