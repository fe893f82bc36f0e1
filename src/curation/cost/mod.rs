//! What fine-tuning costs, in tokens and money, and what the work before it does, in hours.
//!
//! Prices and token counts come from elsewhere; whoever reads a price keeps the day on which it was noted.

mod labour;
mod prices;
mod training;

pub use labour::{Labour, active_seconds, labour};
pub use prices::{Prices, PricesError};
pub use training::{Cost, Epochs, Price, Training, openai_epochs, usual_range};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
