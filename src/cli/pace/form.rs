//! The pace as JSON.

use serde_json::{Map, Value, json};

use crate::curation::pace::{By, Day, Forecast, Rate, Week, rates};
use crate::dataset::Paced;
use crate::example::{day_name, zone_name};

pub(super) fn as_json(paced: &Paced, by: By) -> Value {
    let pace = &paced.pace;
    let day = |day: &Day| {
        let people: Map<String, Value> =
            day.by.iter().map(|(person, n)| (pace.name(*person).to_owned(), json!(n))).collect();
        json!({
            "day": day_name(day.day), "finished": day.finished.len(), "hours": day.seconds / 3_600.0,
            "people": people,
        })
    };
    let rate = |rate: &Rate| {
        json!({
            "person": rate.person.map(|person| pace.name(person)), "kind": rate.work,
            "examples": rate.examples.len(), "hours": rate.hours, "speed": rate.speed,
        })
    };
    let week = |week: &Week| {
        json!({
            "from": day_name(week.from), "finished": week.finished, "hours": week.hours,
            "worked": week.worked,
        })
    };
    json!({
        "weeks": pace.days.len() / 7,
        "at": paced.at.to_string(),
        "zone": zone_name(paced.at),
        "finished": pace.finished(),
        "hours": pace.hours(),
        "worked": pace.worked(),
        "cut": paced.is_cut,
        "days": pace.days.iter().map(day).collect::<Vec<_>>(),
        "by_week": pace.weeks().iter().map(week).collect::<Vec<_>>(),
        "rates": rates(&pace.timed, by).iter().map(rate).collect::<Vec<_>>(),
        "remaining": paced.remaining,
        "to_hold_out": paced.to_hold_out,
        "forecast": forecast(paced),
        "wage": paced.wage,
        "spending": paced.spending,
    })
}

/// The forecast with the days as dates.
fn forecast(paced: &Paced) -> Value {
    let mut value = json!(paced.forecast);
    if let (Forecast::MetBy(arrival), Some(object), Some(today)) =
        (paced.forecast, value.as_object_mut(), paced.pace.today())
    {
        for (name, days) in [("on", arrival.days), ("from", arrival.earliest), ("to", arrival.latest)] {
            object.insert(name.to_owned(), json!(day_name(today.day.saturating_add_unsigned(days))));
        }
    }
    value
}
