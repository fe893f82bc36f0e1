//! How many examples of each kind go out where an export is to be balanced.

/// How the kinds are to be balanced.
#[derive(Debug, Clone, PartialEq)]
pub enum Aim {
    /// At most so many of each.
    Cap(u64),
    /// As many of each as there are of the rarest that there is.
    Fewest,
    /// As many of each as there are of the most frequent: the rarer ones are repeated.
    Most,
    /// So many of each; kinds without a number stay as they are.
    Numbers(Vec<Option<u64>>),
    /// In these proportions, with as many in all as can be had without repeating one; kinds without one
    /// stay away.
    Shares(Vec<f64>),
}

/// How many of each kind go out, of so many that there are. A kind that there is nothing of stays at nothing.
pub fn quotas(have: &[u64], aim: &Aim) -> Vec<u64> {
    let there = || have.iter().copied().filter(|&n| n > 0);
    match aim {
        Aim::Cap(most) => have.iter().map(|&n| n.min(*most)).collect(),
        Aim::Fewest => {
            let fewest = there().min().unwrap_or(0);
            have.iter().map(|&n| n.min(fewest)).collect()
        }
        Aim::Most => {
            let most = there().max().unwrap_or(0);
            have.iter().map(|&n| if n == 0 { 0 } else { most }).collect()
        }
        Aim::Numbers(numbers) => {
            let number = |(at, &n): (usize, &u64)| match numbers.get(at).copied().flatten() {
                Some(number) if n > 0 => number,
                _ => n,
            };
            have.iter().enumerate().map(number).collect()
        }
        Aim::Shares(shares) => in_shares(have, shares),
    }
}

/// The kind that is scarcest for its share says how many there can be in all.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn in_shares(have: &[u64], shares: &[f64]) -> Vec<u64> {
    let share = |at: usize| shares.get(at).copied().filter(|share| *share > 0.0).unwrap_or(0.0);
    let sum: f64 = (0..have.len()).map(share).sum();
    if sum <= 0.0 {
        return vec![0; have.len()];
    }
    let wanted = have.iter().enumerate().filter(|(at, _)| share(*at) > 0.0);
    let all = wanted.map(|(at, &n)| n as f64 * sum / share(at)).fold(f64::INFINITY, f64::min);
    // numbers of examples are far below what an f64 counts exactly
    have.iter().enumerate().map(|(at, &n)| ((all * share(at) / sum + 1e-9).floor() as u64).min(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_aim_gives_its_numbers() {
        let have = [90, 10, 0, 40];
        assert_eq!(quotas(&have, &Aim::Cap(30)), [30, 10, 0, 30]);
        assert_eq!(quotas(&have, &Aim::Fewest), [10, 10, 0, 10]);
        assert_eq!(quotas(&have, &Aim::Most), [90, 90, 0, 90]);
        assert_eq!(quotas(&have, &Aim::Numbers(vec![Some(50), Some(20), Some(5), None])), [50, 20, 0, 40]);
        assert_eq!(quotas(&have, &Aim::Shares(vec![0.5, 0.25, 0.0, 0.25])), [20, 10, 0, 10]);
    }

    #[test]
    fn shares_are_kept_and_nothing_is_repeated() {
        let have = [1000, 33, 7];
        let given = quotas(&have, &Aim::Shares(vec![3.0, 1.0, 1.0]));
        assert_eq!(given, [21, 7, 7]);
        assert_eq!(quotas(&[0, 5], &Aim::Shares(vec![1.0, 1.0])), [0, 0]);
        assert_eq!(quotas(&[3, 5], &Aim::Shares(vec![0.0, 0.0])), [0, 0]);
    }
}
