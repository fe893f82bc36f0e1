//! Times as people say them.

/// A time at work: `40 s`, `3 min`, `2.5 h`, `31 h`.
pub fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 90.0 * 60.0 => format!("{:.0} min", s / 60.0),
        s if s < 10.0 * 3_600.0 => format!("{:.1} h", s / 3_600.0),
        s => format!("{:.0} h", s / 3_600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_the_unit_that_fits() {
        let told = [0.4, 89.0, 90.0, 3_540.0, 5_400.0, 111_600.0].map(duration);
        assert_eq!(told, ["0 s", "89 s", "2 min", "59 min", "1.5 h", "31 h"]);
    }
}
