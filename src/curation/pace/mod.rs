//! Pace: how many examples get finished, by whom and how fast, when the targets will be met at this rate, and
//! what that costs.
//!
//! All are functions of acts: what the journal tells of who did what when. Times are those between one act of a
//! person and the next; who does nothing for longer than [`BREAK_SECONDS`] took a break, and so did who changed many
//! examples at once, as with an import.

mod act;
mod days;
mod forecast;
mod rates;
mod spending;
#[cfg(test)]
mod tests;
mod timing;
mod wage;

pub use act::{Act, Did, Work};
pub use days::{Day, Pace, Week};
pub use forecast::{Arrival, Forecast, forecast};
pub use rates::{By, Rate, Speed, rates};
pub use spending::{Band, Spending, spending};
pub use timing::{BREAK_SECONDS, Timed, timed};
pub use wage::{Money, Wage};

use super::numbers::{float, length, whole};
