//! Whole numbers in proportion to shares: Hamilton's method of the largest remainders.

/// So much of the whole for each weight of `per`, in whole numbers: each gets what it is owed without the
/// fraction, and those with the largest fractions get one more, until all together have what they are owed
/// together, rounded to the nearest. So each is within one of what it is owed, and weights that add up to `per`
/// share out exactly the whole. Of equal fractions the smaller weight goes first, as what is rare is lacking sooner,
/// then the name that comes first: in which order they are given makes no difference. Nothing is owed of a `per` of 0.
///
/// Weights times the whole have to fit into 128 bits.
pub fn apportion(weights: &[(&str, u128)], per: u128, whole: u128) -> Vec<u128> {
    if per == 0 {
        return vec![0; weights.len()];
    }
    let mut parts: Vec<u128> = weights.iter().map(|(_, weight)| weight * whole / per).collect();
    let mut rest: Vec<(usize, u128)> = weights
        .iter()
        .map(|(_, weight)| weight * whole % per)
        .enumerate()
        .filter(|(_, rest)| *rest > 0)
        .collect();
    let owed: u128 = rest.iter().map(|(_, rest)| rest).sum();
    let more = (2 * owed + per) / (2 * per);
    rest.sort_by_key(|(at, rest)| {
        (std::cmp::Reverse(*rest), weights.get(*at).map(|(name, weight)| (*weight, *name)))
    });
    for (at, _) in rest.into_iter().take(usize::try_from(more).unwrap_or(usize::MAX)) {
        if let Some(part) = parts.get_mut(at) {
            *part += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_fractions_get_what_is_left() {
        // 1.5, 2.25 and 1.25 of 5.
        assert_eq!(apportion(&[("a", 30), ("b", 45), ("c", 25)], 100, 5), [2, 2, 1]);
        // Two thirds of 4 are 2.67: three.
        assert_eq!(apportion(&[("a", 1), ("b", 1)], 3, 4), [2, 1]);
        assert_eq!(apportion(&[("b", 1), ("a", 1)], 2, 3), [1, 2], "of equals the first by name");
        assert_eq!(
            apportion(&[("much", 7), ("little", 1)], 8, 4),
            [3, 1],
            "half a one of the rare kind is one"
        );
        assert_eq!(apportion(&[("a", 1)], 0, 3), [0]);
    }

    proptest! {
        #[test]
        fn the_sum_is_right_each_is_within_one_and_the_order_makes_no_difference(
            weights in prop::collection::vec(0..1_000_u128, 0..20), more in 0..2_000_u128, whole in 0..1_000_000_u128,
        ) {
            let names: Vec<String> = (0..weights.len()).map(|at| format!("v{at}")).collect();
            let named: Vec<(&str, u128)> = names.iter().map(String::as_str).zip(weights.iter().copied()).collect();
            let sum: u128 = weights.iter().sum();
            let per = sum + more;
            let parts = apportion(&named, per, whole);
            if per == 0 {
                return Ok(());
            }
            prop_assert_eq!(parts.iter().sum::<u128>(), (2 * sum * whole + per) / (2 * per));
            for (part, weight) in parts.iter().zip(&weights) {
                prop_assert!((part * per).abs_diff(weight * whole) < per);
            }
            let turned: Vec<_> = named.iter().rev().copied().collect();
            let mut again = apportion(&turned, per, whole);
            again.reverse();
            prop_assert_eq!(again, parts);
        }
    }
}
