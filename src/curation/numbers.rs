//! Counts as numbers that can be divided, and back.

/// A count as a number.
#[allow(clippy::cast_precision_loss)] // counts of examples are far below 2^52
pub(super) fn float(n: u64) -> f64 {
    n as f64
}

/// A length as a number.
pub(super) fn length(n: usize) -> f64 {
    float(n as u64)
}

/// The count that a number stands for: nothing where it is negative or none, the largest where it is
/// larger than that.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // such casts saturate
pub(super) fn whole(n: f64) -> u64 {
    n as u64
}

/// A count rounded up; what is off by rounding only doesn't count as one more.
pub(super) fn at_least(n: f64) -> u64 {
    whole((n - 1e-9 * n.abs().max(1.0)).ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_counts_without_wrapping() {
        assert_eq!((whole(-3.0), whole(f64::NAN), whole(2.9)), (0, 0, 2));
        assert_eq!(whole(f64::INFINITY), u64::MAX);
        assert_eq!((at_least(54.000_000_000_1), at_least(54.1), at_least(0.0)), (54, 55, 0));
    }
}
