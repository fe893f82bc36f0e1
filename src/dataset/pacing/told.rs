//! The pace in sentences, the same on every face.

use std::fmt::Write as _;

use super::Paced;
use crate::curation::coverage::SHARES_OF_NOTHING;
use crate::curation::pace::{Arrival, Band, Forecast};
use crate::example::day_name;
use crate::text::count::{plural, thousands};

impl Paced {
    /// When the targets will be met.
    pub fn forecast_told(&self) -> String {
        let left = self.remaining.unwrap_or(0);
        match self.forecast {
            Forecast::NoTargets => "there are no targets to be met".to_owned(),
            Forecast::SharesOfNothing => SHARES_OF_NOTHING.to_owned(),
            Forecast::Met => "every target is met".to_owned(),
            Forecast::TooEarly { worked } => format!(
                "{} until all targets are reached; too early to tell when they are met: before today {} worked",
                missing(left),
                match worked {
                    0 => "no day was".to_owned(),
                    1 => "1 day was".to_owned(),
                    n => format!("{n} days were"),
                }
            ),
            Forecast::NotAtThisRate => {
                format!("{} until all targets are reached; at this rate they are not met", missing(left))
            }
            Forecast::MetBy(arrival) => {
                let Arrival { per_day, worked, of, days, .. } = arrival;
                let (earliest, on, latest) = self.dates(arrival);
                let range = if earliest == latest {
                    String::new()
                } else {
                    format!("; {earliest} to {latest} with chance")
                };
                format!(
                    "{} until all targets are reached; at this rate they are met in about {} (on {on}{range}), by {per_day:.1} a day on {worked} of the last {}",
                    missing(left),
                    plural(days, "day"),
                    plural(of, "day")
                )
            }
        }
    }

    /// What is left besides the targets; `None` where nothing is.
    pub fn hold_out_told(&self) -> Option<String> {
        let n = self.to_hold_out;
        (n > 0).then(|| format!("{} to be held out to test on (`goldset split`)", more_are(n)))
    }

    /// The earliest, the likeliest and the latest day on which the targets will be met.
    pub fn dates(&self, arrival: Arrival) -> (String, String, String) {
        let today = self.pace.today().map_or(0, |day| day.day);
        let on = |days: u64| day_name(today.saturating_add_unsigned(days));
        (on(arrival.earliest), on(arrival.days), on(arrival.latest))
    }

    /// What the work costs.
    pub fn spending_told(&self) -> String {
        let Some((wage, spending)) = self.wage.zip(self.spending) else {
            return "nobody said what work costs".to_owned();
        };
        let weeks = plural(self.pace.days.len() as u64 / 7, "week");
        let mut told = format!("at {wage}: {} in {weeks}", money(spending.so_far));
        if let Some(each) = spending.each {
            // Writing to a string can't fail.
            let _ = write!(told, ", {} for each finished", money(each));
        }
        let _ = match spending.to_targets {
            Some(Band { low, about, high }) if high > low => write!(
                told,
                "; about {} more to the targets, {} to {} with chance",
                money(about),
                money(low),
                money(high)
            ),
            Some(Band { about, .. }) => write!(told, "; about {} more to the targets", money(about)),
            None => Ok(()),
        };
        told
    }
}

fn missing(left: u64) -> String {
    let examples =
        if left == 1 { "1 example is".to_owned() } else { format!("{} examples are", thousands(left)) };
    format!("at least {examples} missing")
}

fn more_are(n: u64) -> String {
    if n == 1 { "1 more is".to_owned() } else { format!("{} more are", thousands(n)) }
}

/// An amount with commas between the thousands: `1,284.50`.
pub fn money(amount: f64) -> String {
    let text = format!("{:.2}", amount.max(0.0));
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    whole.parse().map_or_else(|_| text.clone(), |whole| format!("{}.{cents}", thousands(whole)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_told_to_the_cent() {
        let told = [0.0, 2.5, 1_284.504, 1e12].map(money);
        assert_eq!(told, ["0.00", "2.50", "1,284.50", "1,000,000,000,000.00"]);
    }
}
