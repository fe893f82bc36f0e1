//! From where on a dataset is ready: what `curation::readiness` holds it to.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The thresholds. The defaults are judgements, made from what providers document and practitioners report;
/// no law of nature is among them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// With fewer examples than these one writes more.
    pub fewest: u64,
    /// With fewer a prompt with some examples is all there is to it.
    pub few_shot: u64,
    /// From so many on fine-tuning is worth it.
    pub fine_tune: u64,
    /// The least coverage of targets.
    pub coverage: f64,
    /// The fewest examples of a value that is required.
    pub per_required: u64,
    /// The least share that keeps to the contract.
    pub contract: f64,
    /// The largest share of wrong examples that the blind sample may leave possible, 95 % sure.
    pub defects: f64,
    /// The fewest reviews that say anything of quality.
    pub reviewed: u64,
    /// The least agreement of annotators, where several judged the same.
    pub agreement: f64,
    /// The fewest examples that are kept from training: with fewer nobody can tell what training did.
    pub held_out: u64,
    /// The least balance; it gives advice and stops nothing.
    pub balance: f64,
    /// Above this share of outputs with new facts a model would have to learn facts by heart.
    pub new_facts: f64,
    /// The fewest pairs for preference tuning.
    pub pairs: u64,
    /// How often at least the same person judges the same pair the same.
    pub same_again: f64,
    /// How often the longer one may win at most, 95 % sure.
    pub longer_wins: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            fewest: 10,
            few_shot: 50,
            fine_tune: 500,
            coverage: 0.8,
            per_required: 30,
            contract: 0.99,
            defects: 0.05,
            reviewed: 30,
            agreement: 0.667,
            held_out: 30,
            balance: 0.8,
            new_facts: 0.3,
            pairs: 500,
            same_again: 0.8,
            longer_wins: 0.7,
        }
    }
}

/// Why thresholds can't be used.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ThresholdError {
    /// A share that is none.
    #[error("`{field}` is {value}: give a share from 0 to 1")]
    Share {
        /// Which.
        field: &'static str,
        /// What was given.
        value: f64,
    },
    /// No share of wrong examples can be shown to be so small.
    #[error("`defects` is 0, which no sample can show: give a share such as 0.05")]
    NoDefects,
    /// There is none of that name.
    #[error("there is no threshold “{0}”; there are: {all}", all = Thresholds::all_names())]
    Unknown(String),
    /// What was typed is no number of examples.
    #[error("{name} is a number of examples, such as {usual}, and not “{typed}”")]
    NoCount {
        /// Which.
        name: String,
        /// What it usually is.
        usual: String,
        /// What was typed.
        typed: String,
    },
    /// More examples than any dataset has.
    #[error("{name} is {typed}, which no dataset has: give a number up to 4,294,967,295")]
    TooMany {
        /// Which.
        name: String,
        /// What was typed.
        typed: String,
    },
    /// What was typed is no share.
    #[error("{name} is a share, such as {usual}, and not “{typed}”")]
    NoShare {
        /// Which.
        name: String,
        /// What it usually is.
        usual: String,
        /// What was typed.
        typed: String,
    },
    /// Numbers of examples in the wrong order.
    #[error("`{low}` is {low_is} and more than `{high}`, which is {high_is}: give them in ascending order")]
    Order {
        /// Which should be lower.
        low: &'static str,
        /// What it is.
        low_is: u64,
        /// Which should be higher.
        high: &'static str,
        /// What it is.
        high_is: u64,
    },
}

impl Thresholds {
    /// Whether they can be used.
    ///
    /// # Errors
    /// Where a share is none, or numbers of examples do not ascend.
    pub fn check(&self) -> Result<(), ThresholdError> {
        let shares = [
            ("coverage", self.coverage),
            ("contract", self.contract),
            ("defects", self.defects),
            ("agreement", self.agreement),
            ("balance", self.balance),
            ("new_facts", self.new_facts),
            ("same_again", self.same_again),
            ("longer_wins", self.longer_wins),
        ];
        if let Some((field, value)) = shares.into_iter().find(|(_, share)| !(0.0..=1.0).contains(share)) {
            return Err(ThresholdError::Share { field, value });
        }
        if self.defects <= 0.0 {
            return Err(ThresholdError::NoDefects);
        }
        let numbers = [("fewest", self.fewest), ("few_shot", self.few_shot), ("fine_tune", self.fine_tune)];
        match numbers.windows(2).find(|two| two[0].1 > two[1].1) {
            Some(two) => {
                let [(low, low_is), (high, high_is)] = [two[0], two[1]];
                Err(ThresholdError::Order { low, low_is, high, high_is })
            }
            None => Ok(()),
        }
    }
}
