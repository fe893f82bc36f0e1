//! Shares in percent, as people read them: the one place that rounds them.
//!
//! What is not reached must not read as reached, and what is not nothing not as nothing. So there are three
//! roundings. [`down`] is for what has to come up to something, [`up`] for what has to stay below something and
//! for what is lacking: `down` of a share and `up` of the rest make a hundred. [`near`] is for what is only
//! told. None says 0 of what is more than nothing, nor 100 of what is less than all.

/// What is off by rounding only is the number next to it.
const ROUNDING: f64 = 1e-9;

/// In whole percent, rounded down: `74 %`.
pub fn down(share: f64) -> String {
    told(share, 0, |number| (number + ROUNDING).floor())
}

/// In whole percent, rounded up: `26 %`.
pub fn up(share: f64) -> String {
    told(share, 0, |number| (number - ROUNDING).ceil())
}

/// In whole percent, to the nearest: `74 %`.
pub fn near(share: f64) -> String {
    told(share, 0, f64::round)
}

/// To a tenth of a percent, rounded down: `74.9 %`.
pub fn down_to_tenths(share: f64) -> String {
    told(share, 1, |number| (number + ROUNDING).floor())
}

/// To a tenth of a percent, rounded up: `25.1 %`.
pub fn up_to_tenths(share: f64) -> String {
    told(share, 1, |number| (number - ROUNDING).ceil())
}

/// To the nearest tenth of a percent: `74.9 %`.
pub fn near_to_tenths(share: f64) -> String {
    told(share, 1, f64::round)
}

/// A threshold, with all the digits that somebody gave it: `75 %`, `99.95 %`.
pub fn given(share: f64) -> String {
    // A millionth of a percent is what multiplying leaves.
    format!("{} %", (share * 100.0 * 1e6).round() / 1e6)
}

/// How likely something is by mere chance: `3.1 %`, `less than 0.1 %`.
pub fn chance(p: f64) -> String {
    if p < 0.001 { "less than 0.1 %".to_owned() } else { near_to_tenths(p) }
}

/// A share with so many decimals, rounded to whole numbers of the last one.
fn told(share: f64, decimals: u8, round: fn(f64) -> f64) -> String {
    let steps = if decimals == 0 { 1.0 } else { 10.0 };
    // Nothing is added so that nothing is not a negative one.
    let number = round(share * 100.0 * steps) / steps + 0.0;
    let (least, decimals) = (1.0 / steps, usize::from(decimals));
    if share > 0.0 && number < least {
        return format!("<{least:.decimals$} %");
    }
    if share < 1.0 - ROUNDING && number >= 100.0 {
        return format!(">{:.decimals$} %", 100.0 - least);
    }
    format!("{number:.decimals$} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_reached_is_not_told_as_reached() {
        let share = 416.0 / 555.0;
        assert_eq!((down(share).as_str(), down_to_tenths(share).as_str()), ("74 %", "74.9 %"));
        assert_eq!((down(0.75).as_str(), given(0.75).as_str()), ("75 %", "75 %"));
        assert_eq!([down(0.29), up(0.07), up_to_tenths(0.35)], ["29 %", "7 %", "35.0 %"], "of rounding only");
        assert_eq!([up_to_tenths(0.0501), up(0.0501)], ["5.1 %", "6 %"]);
        assert_eq!(
            [down(0.999), near(0.999), up(0.999), near_to_tenths(0.9999)],
            ["99 %", ">99 %", ">99 %", ">99.9 %"]
        );
        assert_eq!(
            [down(1.0), near(1.0), up(1.0), down_to_tenths(1.0)],
            ["100 %", "100 %", "100 %", "100.0 %"]
        );
    }

    #[test]
    fn what_is_not_nothing_is_not_told_as_nothing() {
        assert_eq!([down(0.001), near(0.001), up(0.001)], ["<1 %", "<1 %", "1 %"]);
        assert_eq!([near_to_tenths(0.0001), near_to_tenths(0.0)], ["<0.1 %", "0.0 %"]);
        assert_eq!([down(0.0), near(0.0), up(0.0)], ["0 %", "0 %", "0 %"]);
        assert_eq!([chance(0.0001), chance(0.0312)], ["less than 0.1 %", "3.1 %"]);
    }

    #[test]
    fn a_share_and_the_rest_make_a_hundred() {
        for x in 0..=555_u32 {
            let share = f64::from(x) / 555.0;
            let (is, rest) = (down(share), up(1.0 - share));
            match (is.as_str(), rest.as_str()) {
                ("<1 %", rest) => assert_eq!(rest, ">99 %", "{x}"),
                (is, rest) => {
                    let whole = |told: &str| told.trim_end_matches(" %").parse::<u32>().unwrap_or_default();
                    assert_eq!(whole(is) + whole(rest), 100, "{x}: {is} and {rest}");
                }
            }
        }
    }

    #[test]
    fn a_threshold_is_told_as_it_was_given() {
        assert_eq!([0.95, 0.9995, 0.07, 1.0].map(given), ["95 %", "99.95 %", "7 %", "100 %"]);
    }
}
