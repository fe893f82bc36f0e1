//! Numbers as people read them.

/// A number with commas between the thousands: `1,284`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A number in no more than four characters up to 999 billion: `912`, `1.3k`, `48k`, `2.0M`.
pub fn short(number: u64) -> String {
    const UNITS: [(u64, char); 3] = [(1_000, 'k'), (1_000_000, 'M'), (1_000_000_000, 'G')];
    if number < 1_000 {
        return number.to_string();
    }
    for (unit, letter) in UNITS {
        let tenths = rounded(number, unit / 10);
        if tenths < 100 {
            return format!("{}.{}{letter}", tenths / 10, tenths % 10);
        }
        let whole = rounded(number, unit);
        if whole < 1_000 {
            return format!("{whole}{letter}");
        }
    }
    format!("{}G", thousands(rounded(number, 1_000_000_000)))
}

/// Bytes: `912 bytes`, `1.2 kB`, `1,234.5 MB`.
pub fn bytes(number: u64) -> String {
    match number {
        0..1_000 => plural(number, "byte"),
        1_000..1_000_000 => format!("{}.{} kB", number / 1_000, number % 1_000 / 100),
        _ => format!("{}.{} MB", thousands(number / 1_000_000), number % 1_000_000 / 100_000),
    }
}

/// `number / by`, rounded half up.
fn rounded(number: u64, by: u64) -> u64 {
    number / by + u64::from(number % by >= by.div_ceil(2))
}

/// A number and its noun: `1 example`, `1,284 examples`, `3 entries`, `2 boxes`.
pub fn plural(number: u64, noun: &str) -> String {
    let count = thousands(number);
    if number == 1 {
        return format!("{count} {noun}");
    }
    if let Some(stem) = noun.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'i', 'o', 'u'])
    {
        return format!("{count} {stem}ies");
    }
    let is_hard = noun.ends_with("epoch");
    let ending = if !is_hard && ["s", "x", "z", "ch", "sh"].iter().any(|end| noun.ends_with(end)) {
        "es"
    } else {
        "s"
    };
    format!("{count} {noun}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_told_in_the_unit_that_fits() {
        assert_eq!(bytes(1), "1 byte");
        assert_eq!(bytes(999), "999 bytes");
        assert_eq!(bytes(1_250), "1.2 kB");
        assert_eq!(bytes(1_234_567_890), "1,234.5 MB");
    }

    #[test]
    fn thousands_are_parted() {
        let shown = [0, 999, 1_000, 1_284, 1_234_567].map(thousands);
        assert_eq!(shown, ["0", "999", "1,000", "1,284", "1,234,567"]);
    }

    #[test]
    fn short_numbers_are_short() {
        let shown = [0, 999, 1_000, 1_284, 9_949, 9_950, 48_200, 999_499, 999_500, 2_000_000].map(short);
        assert_eq!(shown, ["0", "999", "1.0k", "1.3k", "9.9k", "10k", "48k", "999k", "1.0M", "2.0M"]);
        assert_eq!(short(u64::MAX).chars().last(), Some('G'));
    }

    #[test]
    fn one_is_not_many() {
        let shown =
            [(1, "example"), (0, "example"), (1_284, "example"), (2, "entry"), (2, "day"), (2, "box")];
        assert_eq!(
            shown.map(|(n, noun)| plural(n, noun)),
            ["1 example", "0 examples", "1,284 examples", "2 entries", "2 days", "2 boxes"]
        );
    }
}
