//! What Home says of the pace: how many an hour one does, and when the targets will be met.

use crate::curation::pace::Forecast;
use crate::dataset::Paced;
use crate::text::count::plural;
use crate::text::width::width;

/// What is known, the more important last; each in full and in short.
pub(super) fn parts(paced: &Paced, annotator: &str) -> Vec<[String; 2]> {
    let own = paced.own_speed(annotator).map(|(work, speed)| {
        let n = speed.per_hour;
        let n = if n < 9.95 { format!("{n:.1}") } else { format!("{n:.0}") };
        [format!("{n} {} an hour", work.done()), format!("{n} an hour")]
    });
    let when = match paced.forecast {
        Forecast::MetBy(arrival) => {
            let days = plural(arrival.days, "day");
            Some([format!("done in about {days}"), format!("done in {days}")])
        }
        Forecast::NotAtThisRate => Some(["not done at this rate".to_owned(), "never done so".to_owned()]),
        Forecast::NoTargets | Forecast::SharesOfNothing | Forecast::Met | Forecast::TooEarly { .. } => None,
    };
    own.into_iter().chain(when).collect()
}

/// As much of it as fits into so many cells, the last part first; `None` where nothing is known, or fits.
pub(super) fn fitting(parts: &[[String; 2]], cells: usize) -> Option<String> {
    let joined = |parts: &[[String; 2]], form: usize| {
        let told: Vec<&str> = parts.iter().filter_map(|part| part.get(form)).map(String::as_str).collect();
        told.join(" · ")
    };
    let last = parts.get(parts.len().saturating_sub(1)..).unwrap_or_default();
    let ways = [joined(parts, 0), joined(parts, 1), joined(last, 0), joined(last, 1)];
    ways.into_iter().find(|told| !told.is_empty() && width(told) <= cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_pace_gets_shorter_with_the_room() {
        let part = |long: &str, short: &str| [long.to_owned(), short.to_owned()];
        let parts = [part("14 ranked an hour", "14 an hour"), part("done in about 9 days", "done in 9 days")];
        let fitting = |cells| fitting(&parts, cells).unwrap_or_default();
        assert_eq!(fitting(50), "14 ranked an hour · done in about 9 days");
        assert_eq!(fitting(27), "14 an hour · done in 9 days");
        assert_eq!(fitting(20), "done in about 9 days");
        assert_eq!(fitting(10), "");
        assert_eq!(super::fitting(&[], 50), None);
    }
}
