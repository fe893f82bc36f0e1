//! Ratings of a response as the text that `SteerLM` takes: `helpfulness:4,correctness:3`.

use super::Unwritable;
use crate::example::{Example, Rating, Uuid};

/// The order in which attributes are usually told.
const USUAL: [&str; 5] = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"];
/// The highest that an attribute can be.
const MOST: u32 = 4;

/// What a label says, one higher.
pub(super) fn read(label: &str) -> Result<Vec<(String, u8)>, String> {
    let each = |part: &str| {
        let read = part.trim().split_once(':').and_then(|(name, value)| {
            let value = value.trim().parse::<u8>().ok().filter(|value| *value < 100)?;
            (!name.trim().is_empty()).then(|| (name.trim().to_owned(), value + 1))
        });
        read.ok_or_else(|| {
            format!("says “{part}”; it should be a name and a whole number, as in helpfulness:4")
        })
    };
    label.split(',').map(each).collect()
}

/// The label of a response: the mean of what it was rated by each criterion, one lower.
pub(super) fn write(example: &Example, response: Uuid) -> Result<String, Unwritable> {
    let ratings = example.rankings.iter().flat_map(|ranking| &ranking.details.ratings);
    let ratings: Vec<&Rating> = ratings.filter(|rating| rating.response == response).collect();
    let mut names: Vec<&str> = Vec::new();
    for name in USUAL.into_iter().chain(ratings.iter().map(|rating| rating.criterion.as_str())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let mut told = Vec::new();
    for name in names {
        let values =
            ratings.iter().filter(|rating| rating.criterion == name).map(|rating| u32::from(rating.value));
        let (sum, count) = values.fold((0, 0), |(sum, count), value| (sum + value, count + 1));
        if count == 0 {
            continue;
        }
        if name.contains([',', ':']) {
            return Err(Unwritable(
                "is rated by a criterion whose name has a comma or a colon, which part attributes",
            ));
        }
        // the nearest whole number, and of two that are as near the higher one
        let mean = ((2 * sum + count) / (2 * count)).saturating_sub(1);
        if mean > MOST {
            return Err(Unwritable("is rated above 5, and attributes go from 0 to 4"));
        }
        told.push(format!("{name}:{mean}"));
    }
    if told.is_empty() {
        return Err(Unwritable("is not rated by any criterion"));
    }
    Ok(told.join(","))
}
