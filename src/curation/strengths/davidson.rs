//! Bradley–Terry with ties of their own (Davidson 1970): with `π = e^θ`, `a` is preferred with a chance
//! in proportion to `π_a`, a tie has `ν √(π_a π_b)`.

use super::{Wins, chance};

/// Strengths, and how much is tied.
#[derive(Debug, Clone, PartialEq)]
pub struct Ties {
    /// The strengths, their mean 0.
    pub strengths: Vec<f64>,
    /// ν: 0 where nothing is tied; 2 where equals tie half of the time.
    pub ties: f64,
}

/// Fits both to whole wins and to ties (`ties[a][b] == ties[b][a]`), by small steps up the likelihood.
/// `None` where there is nobody or nothing was compared.
#[allow(clippy::cast_precision_loss, clippy::indexing_slicing, clippy::needless_range_loop)]
// a few hundred; every index is below their number
pub fn davidson(wins: &Wins, ties: &Wins) -> Option<Ties> {
    let n = wins.len();
    let games: f64 = wins.iter().flatten().sum::<f64>() + ties.iter().flatten().sum::<f64>() / 2.0;
    if n == 0 || games <= 0.0 {
        return None;
    }
    let equal: f64 = ties.iter().flatten().sum::<f64>() / 2.0;
    let mut theta = vec![0.0; n];
    let mut nu = (2.0 * equal / (games - equal).max(1e-9)).max(1e-9);
    for _ in 0..20_000 {
        // Each in turn by a Newton step of its own.
        let mut change = 0.0_f64;
        for a in 0..n {
            let (mut slope, mut curve) = (0.0, 0.0);
            for b in 0..n {
                let met = wins[a][b] + wins[b][a] + ties[a][b];
                if a == b || met <= 0.0 {
                    continue;
                }
                let (win, tie) = chances(theta[a] - theta[b], nu);
                let expected = win + tie / 2.0;
                slope += wins[a][b] + ties[a][b] / 2.0 - met * expected;
                curve += met * (win + tie / 4.0 - expected * expected);
            }
            if curve > 0.0 {
                let step = (slope / curve).clamp(-1.0, 1.0);
                theta[a] += step;
                change = change.max(step.abs());
            }
        }
        let mean = theta.iter().sum::<f64>() / n as f64;
        for strength in &mut theta {
            *strength -= mean;
        }
        // ν solves `ties = Σ met · p_tie`; p_tie / ν falls as ν grows, so that the ratio leads there.
        let mut share = 0.0;
        for a in 0..n {
            for b in a + 1..n {
                let met = wins[a][b] + wins[b][a] + ties[a][b];
                share += met * chances(theta[a] - theta[b], nu).1 / nu;
            }
        }
        let next = if share > 0.0 { equal / share } else { 0.0 };
        change = change.max((next - nu).abs());
        nu = next.max(1e-12);
        if change < 1e-12 {
            break;
        }
    }
    Some(Ties { strengths: theta, ties: if equal > 0.0 { nu } else { 0.0 } })
}

/// The chance to win and to tie at that difference.
fn chances(difference: f64, nu: f64) -> (f64, f64) {
    // With everything divided by √(π_a π_b): e^(d/2), e^(−d/2) and ν.
    let (up, down) = ((difference / 2.0).exp(), (-difference / 2.0).exp());
    let all = up + down + nu;
    if all.is_finite() { (up / all, nu / all) } else { (chance(difference), 0.0) }
}
