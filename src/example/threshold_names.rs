//! Thresholds by their names, as people set them one by one.

use serde_json::{Map, Value, json};

use super::thresholds::{ThresholdError, Thresholds};

/// The thresholds by name, with what they mean.
const MEANINGS: [(&str, &str); 15] = [
    ("fewest", "with fewer examples one writes more"),
    ("few_shot", "with fewer, a prompt with some examples is all there is to it"),
    ("fine_tune", "from so many examples on fine-tuning is worth it"),
    ("coverage", "the least share of all targets that is reached"),
    ("per_required", "the fewest examples of a value of a facet that is required"),
    ("contract", "the least share that keeps to the contract"),
    ("defects", "the share of wrong ones that the blind sample may leave possible"),
    ("reviewed", "the fewest reviews of a sample that say anything"),
    ("agreement", "the least agreement of annotators (Krippendorff's alpha)"),
    ("held_out", "the fewest examples that are kept from training"),
    ("balance", "the least balance; advice"),
    ("new_facts", "the largest share of answers with facts that prompts don't have; advice"),
    ("pairs", "the fewest pairs for preference tuning"),
    ("same_again", "how often at least one judges a pair the same again"),
    ("longer_wins", "how often at most the longer of a pair wins"),
];

/// The most examples that a threshold asks for; so many may be wanted of a value, too.
const MOST: u64 = 4_294_967_295;

/// What stands for a threshold as it usually is.
const USUAL: &str = "default";

impl Thresholds {
    /// The names of all, with what they mean.
    pub const fn meanings() -> &'static [(&'static str, &'static str)] {
        &MEANINGS
    }

    /// What the threshold of that name means.
    pub fn meaning(name: &str) -> Option<&'static str> {
        MEANINGS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
    }

    fn fields(&self) -> Map<String, Value> {
        match json!(self) {
            Value::Object(fields) => fields,
            _ => Map::new(),
        }
    }

    /// The threshold of that name, as it is written; `None` where there is none.
    pub fn named(&self, name: &str) -> Option<String> {
        self.fields().get(name).map(Value::to_string)
    }

    /// The same with the threshold of that name as it is typed: a number, a share such as `0.9` or `90 %`, or
    /// `default` for what it usually is.
    ///
    /// # Errors
    /// Where there is no such threshold, what was typed is no number of its kind, or the thresholds don't
    /// agree with it.
    pub fn with_named(&self, name: &str, typed: &str) -> Result<Self, ThresholdError> {
        self.with_all(&[(name, typed)])
    }

    /// The same with several of them, which need to agree only when all are set.
    ///
    /// # Errors
    /// Those of [`Thresholds::with_named`].
    pub fn with_all(&self, changes: &[(&str, &str)]) -> Result<Self, ThresholdError> {
        let (mut fields, usual) = (self.fields(), Self::default().fields());
        for (name, typed) in changes {
            set(&mut fields, &usual, name, typed)?;
        }
        // The fields are those that were just written.
        let thresholds: Self = serde_json::from_value(fields.into())
            .map_err(|error| ThresholdError::Unknown(error.to_string()))?;
        thresholds.check()?;
        Ok(thresholds)
    }

    /// The names of all, for a sentence.
    pub(super) fn all_names() -> String {
        MEANINGS.map(|(name, _)| name).join(", ")
    }
}

/// Sets one field as it is typed.
fn set(
    fields: &mut Map<String, Value>,
    usual: &Map<String, Value>,
    name: &str,
    typed: &str,
) -> Result<(), ThresholdError> {
    let (name, typed) = (name.trim().replace('-', "_"), typed.trim());
    let usual = usual.get(&name).ok_or_else(|| ThresholdError::Unknown(name.clone()))?;
    let wrong = || (name.clone(), usual.to_string(), typed.to_owned());
    let value = if typed == USUAL || typed.is_empty() {
        usual.clone()
    } else if usual.is_u64() {
        let count = typed.replace(',', "").parse::<u64>().map_err(|_| {
            let (name, usual, typed) = wrong();
            ThresholdError::NoCount { name, usual, typed }
        })?;
        if count > MOST {
            return Err(ThresholdError::TooMany { name, typed: typed.to_owned() });
        }
        count.into()
    } else {
        let share = share(typed).ok_or_else(|| {
            let (name, usual, typed) = wrong();
            ThresholdError::NoShare { name, usual, typed }
        })?;
        share.into()
    };
    fields.insert(name, value);
    Ok(())
}

/// `0.9`, or `90 %`.
fn share(typed: &str) -> Option<f64> {
    let (number, of) = match typed.strip_suffix('%') {
        Some(percent) => (percent.trim_end(), 100.0),
        None => (typed, 1.0),
    };
    number.parse::<f64>().ok().filter(|share| share.is_finite()).map(|share| share / of)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_set_by_its_name_and_taken_back() {
        let usual = Thresholds::default();
        let set = usual.with_named("fine-tune", "1,200").unwrap();
        assert_eq!(set, Thresholds { fine_tune: 1_200, ..usual.clone() });
        assert_eq!(set.named("fine_tune").as_deref(), Some("1200"));
        assert_eq!(set.with_named("fine_tune", "default").unwrap(), usual);
        assert_eq!(set.with_named("fine_tune", "").unwrap(), usual);
        assert!((usual.with_named("coverage", "90 %").unwrap().coverage - 0.9).abs() < 1e-12);
        assert!((usual.with_named("coverage", "0.85").unwrap().coverage - 0.85).abs() < 1e-12);
    }

    #[test]
    fn every_threshold_has_a_meaning() {
        let usual = Thresholds::default();
        assert_eq!(usual.fields().len(), MEANINGS.len());
        for (name, meaning) in Thresholds::meanings() {
            assert!(usual.named(name).is_some() && Thresholds::meaning(name) == Some(meaning), "{name}");
        }
    }

    #[test]
    fn what_is_no_threshold_is_refused_with_what_would_be_one() {
        let refused = |name, typed| Thresholds::default().with_named(name, typed).unwrap_err().to_string();
        assert!(refused("covrage", "1").contains("there are: fewest, few_shot"));
        assert!(refused("fine_tune", "18446744073709551615").contains("give a number up to 4,294,967,295"));
        assert!(refused("fine_tune", "many").contains("such as 500, and not “many”"));
        assert!(refused("coverage", "NaN").contains("such as 0.8, and not “NaN”"));
        assert!(refused("coverage", "80").starts_with("`coverage` is 80: give a share from 0 to 1"));
        assert!(refused("few_shot", "600").contains("more than `fine_tune`"));
    }
}
