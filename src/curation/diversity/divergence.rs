//! How far counts are from the shares that are wanted of each kind.

use statrs::distribution::{ChiSquared, ContinuousCDF};
use thiserror::Error;

use super::super::numbers::{at_least, float, length};

/// Why shares can't be a target.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum TargetError {
    /// As many shares as kinds are needed.
    #[error("target shares: {given}, kinds: {kinds}: give one for each, 0 for what is not wanted")]
    Length {
        /// Shares given.
        given: usize,
        /// Kinds there are.
        kinds: usize,
    },
    /// A share is below 0, or no number.
    #[error("the target share of kind {kind} is {share}: give a number from 0 on")]
    Share {
        /// Which kind, counted from 1.
        kind: usize,
        /// What was given.
        share: f64,
    },
    /// All shares are 0.
    #[error("no kind has a target share above 0: give at least one")]
    Nothing,
}

/// How well counts fit a target: a statistic, and how likely one so large is by mere chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// The statistic; infinite where there are examples of a kind that is not wanted.
    pub statistic: f64,
    /// Its chance; `None` where fewer than two kinds are wanted.
    pub p: Option<f64>,
}

/// How far shares p are from a target q.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Divergence {
    /// Total variation ½ Σ |p − q|: the share of examples that would have to be of another kind.
    pub total_variation: f64,
    /// Kullback and Leibler's divergence Σ p ln(p / q) in nats (1951); infinite where q = 0 < p.
    pub kl: f64,
    /// Jensen and Shannon's divergence to base 2 (Lin 1991): always finite, from 0 to 1.
    pub js: f64,
    /// The population stability index Σ (p − q) ln(p / q); infinite where only one of both is 0.
    pub psi: f64,
    /// Pearson's χ² = Σ (n − Nq)² / Nq.
    pub chi_square: Fit,
    /// The likelihood ratio G = 2 Σ n ln(n / Nq).
    pub g: Fit,
}

/// A target as shares that add up to 1.
///
/// # Errors
/// Where it isn't one share from 0 on for each kind, or all are 0.
pub fn shares(target: &[f64], kinds: usize) -> Result<Vec<f64>, TargetError> {
    if target.len() != kinds {
        return Err(TargetError::Length { given: target.len(), kinds });
    }
    let is_bad = |share: &f64| !share.is_finite() || *share < 0.0;
    if let Some(at) = target.iter().position(is_bad) {
        return Err(TargetError::Share { kind: at + 1, share: target[at] });
    }
    // By the largest first, so that the sum of huge ones stays finite.
    let largest = target.iter().copied().fold(0.0, f64::max);
    let sum: f64 = target.iter().map(|share| share / largest).sum();
    if largest > 0.0 {
        Ok(target.iter().map(|share| share / largest / sum).collect())
    } else {
        Err(TargetError::Nothing)
    }
}

/// How far counts are from a target; `None` of nothing.
///
/// # Errors
/// Where the target isn't one share from 0 on for each kind, or all are 0.
pub fn divergence(counts: &[u64], target: &[f64]) -> Result<Option<Divergence>, TargetError> {
    let wanted = shares(target, counts.len())?;
    let total: u64 = counts.iter().sum();
    if total == 0 {
        return Ok(None);
    }
    let all = float(total);
    let pairs = || counts.iter().zip(&wanted).map(|(&n, &q)| (float(n) / all, q));
    let kl = relative(pairs());
    let wanted_kinds = wanted.iter().filter(|&&q| q > 0.0).count();
    let chi_square =
        pairs().filter(|&(p, q)| p > 0.0 || q > 0.0).map(|(p, q)| all * (p - q).powi(2) / q).sum();
    let fit = |statistic: f64| Fit { statistic, p: chance(statistic, wanted_kinds) };
    Ok(Some(Divergence {
        total_variation: pairs().map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0,
        kl,
        js: f64::midpoint(
            relative(pairs().map(|(p, q)| (p, f64::midpoint(p, q)))),
            relative(pairs().map(|(p, q)| (q, f64::midpoint(p, q)))),
        ) / std::f64::consts::LN_2,
        psi: kl + relative(pairs().map(|(p, q)| (q, p))),
        chi_square: fit(chi_square),
        g: fit(2.0 * all * kl),
    }))
}

/// Σ p ln(p / q).
fn relative(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
    pairs.filter(|&(p, _)| p > 0.0).map(|(p, q)| p * (p / q).ln()).sum()
}

/// The chance of a statistic so large, with one degree of freedom less than there are kinds.
fn chance(statistic: f64, kinds: usize) -> Option<f64> {
    if kinds < 2 {
        return None;
    }
    if statistic.is_infinite() {
        return Some(0.0);
    }
    ChiSquared::new(length(kinds - 1)).ok().map(|of| of.sf(statistic.max(0.0)))
}

/// How many of each kind are still to be written so that the shares are those of the target and nothing is
/// taken away: with N' = max nᵢ / qᵢ these are ⌈N' qᵢ⌉ − nᵢ. Kinds that are not wanted have no say.
///
/// # Errors
/// Where the target isn't one share from 0 on for each kind, or all are 0.
pub fn missing(counts: &[u64], target: &[f64]) -> Result<Vec<u64>, TargetError> {
    let wanted = shares(target, counts.len())?;
    let all = counts.iter().zip(&wanted).filter(|(_, q)| **q > 0.0).map(|(&n, q)| float(n) / q);
    let all = all.fold(0.0, f64::max);
    Ok(counts.iter().zip(&wanted).map(|(&n, q)| at_least(all * q).saturating_sub(n)).collect())
}
