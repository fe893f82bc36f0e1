//! A moment, as the dataset keeps it: milliseconds since 1970 in UTC.

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The present moment; 0 where the clock stands before 1970.
    pub fn now() -> Self {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX))
    }

    /// Reads RFC 3339 (`2026-03-01T09:30:00.250Z`).
    pub fn parse(text: &str) -> Option<Self> {
        let instant: jiff::Timestamp = text.parse().ok()?;
        Some(Self(instant.as_millisecond()))
    }

    /// The calendar day in the given zone, as days since 1970-01-01.
    pub fn local_day(self) -> i64 {
        let Ok(instant) = jiff::Timestamp::from_millisecond(self.0) else { return 0 };
        let local = instant.to_zoned(jiff::tz::TimeZone::system());
        let epoch = jiff::civil::date(1970, 1, 1);
        local.date().since(epoch).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The moment on the clock of the person at the keyboard: `2026-03-01 10:30`.
    pub fn local_minute(self) -> String {
        let Ok(instant) = jiff::Timestamp::from_millisecond(self.0) else { return "?".to_owned() };
        instant.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// What the time zone is called in which days begin and end here: `Europe/Berlin`, `UTC`, or where it has no
/// name how far it is from UTC (`UTC+02:00`) at that moment.
pub fn zone_name(at: Timestamp) -> String {
    named(&jiff::tz::TimeZone::system(), at)
}

fn named(zone: &jiff::tz::TimeZone, at: Timestamp) -> String {
    // A zone that can't be found out is taken for UTC.
    if zone.is_unknown() {
        return "UTC".to_owned();
    }
    if let Some(name) = zone.iana_name() {
        return match name {
            "Etc/UTC" | "Etc/UCT" | "UCT" | "Zulu" | "Etc/Zulu" | "Universal" | "Etc/Universal" => "UTC",
            name => name,
        }
        .to_owned();
    }
    let Ok(instant) = jiff::Timestamp::from_millisecond(at.0) else { return "UTC".to_owned() };
    let seconds = zone.to_offset(instant).seconds();
    if seconds == 0 {
        return "UTC".to_owned();
    }
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// A day counted from 1970-01-01, as `2026-03-01`.
pub fn day_name(day: i64) -> String {
    civil(day).map_or_else(|| "?".to_owned(), |date| date.strftime("%Y-%m-%d").to_string())
}

/// A day counted from 1970-01-01, as `1 Mar`.
pub fn short_day_name(day: i64) -> String {
    civil(day).map_or_else(|| "?".to_owned(), |date| date.strftime("%-d %b").to_string())
}

fn civil(day: i64) -> Option<jiff::civil::Date> {
    jiff::civil::date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(day.checked_mul(24)?)).ok()
}

impl fmt::Display for Timestamp {
    /// RFC 3339 with milliseconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => write!(f, "{}", instant.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")),
            Err(_) => f.write_str("?"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_to_the_millisecond() {
        let moment = Timestamp(1_772_357_400_250);
        assert_eq!(moment.to_string(), "2026-03-01T09:30:00.250Z");
        assert_eq!(Timestamp::parse(&moment.to_string()), Some(moment));
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn a_zone_has_its_name_or_says_how_far_it_is_from_utc() {
        let at = Timestamp(1_772_357_400_250);
        let name = |text: &str| named(&jiff::tz::TimeZone::posix(text).unwrap(), at);
        assert_eq!([name("UTC0"), name("CET-1"), name("<-0330>3:30")], ["UTC", "UTC+01:00", "UTC-03:30"]);
        assert_eq!(named(&jiff::tz::TimeZone::UTC, at), "UTC");
        assert_eq!(named(&jiff::tz::TimeZone::unknown(), at), "UTC");
    }

    #[test]
    fn days_have_their_names() {
        assert_eq!((day_name(0).as_str(), day_name(20_513).as_str()), ("1970-01-01", "2026-03-01"));
        assert_eq!((short_day_name(20_513).as_str(), short_day_name(-1).as_str()), ("1 Mar", "31 Dec"));
        assert_eq!(day_name(i64::MAX), "?");
    }
}
