//! A histogram whose buckets double in width: what lengths are shown in.

/// Numbers from one to another, both included, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The smallest number of it.
    pub from: u32,
    /// The largest number of it.
    pub to: u32,
    /// How many usable examples.
    pub usable: u64,
    /// How many others.
    pub others: u64,
}

impl Bucket {
    /// How many there are together.
    pub fn all(self) -> u64 {
        self.usable + self.others
    }
}

/// What so many of all numbers reach at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantiles {
    /// Five of a hundred are not larger.
    pub p5: u32,
    /// Half are not larger.
    pub p50: u32,
    /// Ninety-five of a hundred are not larger.
    pub p95: u32,
    /// None is larger.
    pub largest: u32,
}

/// Numbers in buckets: 0, 1, 2 to 3, 4 to 7, 8 to 15 and so on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Histogram {
    /// From the first bucket that has a number to the last, the empty ones between them too.
    pub buckets: Vec<Bucket>,
    /// How many numbers there are.
    pub counted: u64,
    /// How many of them are of usable examples.
    pub usable: u64,
    /// Of the numbers of usable examples themselves, not of the buckets; `None` where there are none.
    pub quantiles: Option<Quantiles>,
}

impl Histogram {
    /// The histogram of the numbers of usable examples and of others.
    pub fn of(usable: &[u32], others: &[u32]) -> Self {
        let mut counts = [(0_u64, 0_u64); 33];
        for &number in usable {
            counts[bucket_of(number)].0 += 1;
        }
        for &number in others {
            counts[bucket_of(number)].1 += 1;
        }
        let is_there = |(usable, others): &(u64, u64)| usable + others > 0;
        let first = counts.iter().position(is_there);
        let last = counts.iter().rposition(is_there);
        let buckets = match (first, last) {
            (Some(first), Some(last)) => (first..=last).zip(&counts[first..=last]).map(bucket).collect(),
            _ => Vec::new(),
        };
        let counted = (usable.len() + others.len()) as u64;
        Self { buckets, counted, usable: usable.len() as u64, quantiles: quantiles(&mut usable.to_vec()) }
    }

    /// The largest count of a bucket.
    pub fn most(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.all()).max().unwrap_or(0)
    }
}

/// The bucket of a number, from 0 to 32.
fn bucket_of(number: u32) -> usize {
    // at most 32
    (u32::BITS - number.leading_zeros()) as usize
}

fn bucket((at, &(usable, others)): (usize, &(u64, u64))) -> Bucket {
    let from = if at == 0 { 0 } else { 1_u32 << (at - 1) };
    let to = if at == 0 { 0 } else { u32::MAX >> (32 - at) };
    Bucket { from, to, usable, others }
}

/// By nearest rank: the smallest of the numbers that is not below so many of them.
fn quantiles(numbers: &mut [u32]) -> Option<Quantiles> {
    let mut at = |percent: usize| {
        let rank = (numbers.len() * percent).div_ceil(100).checked_sub(1)?;
        (rank < numbers.len()).then(|| *numbers.select_nth_unstable(rank).1)
    };
    Some(Quantiles { p5: at(5)?, p50: at(50)?, p95: at(95)?, largest: at(100)? })
}
