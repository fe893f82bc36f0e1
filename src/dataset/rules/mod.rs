//! Rules that propose tags: where their conditions hold, and what is open of that.
//!
//! Where a condition holds is kept (table `proposal`), since filters, lists and counts ask for it of any
//! number of examples, and looking through all texts takes a minute where there are a million. It follows
//! what is written inside the same transaction where few examples changed; the rest waits in a queue and is
//! taken up a portion at a time. What is *open* of it is no table: whether an example carries the value,
//! or another, or somebody said no is asked when it is read, so a tag costs nothing more than before.

mod catching_up;
mod file;
mod read;
mod ready;

pub use file::{RulesFileError, parse_rules_file, rules_file};
pub use read::{Proposal, ReadyRules, RuleCounts, Standings, Tried};

pub(super) use catching_up::{catch_up, wrong_proposals};
pub(super) use ready::{Ready, check};
