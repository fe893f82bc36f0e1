//! What the filter language promises.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod completing;
mod finding;
mod fixture;
mod properties;
mod reading;
mod refusing;
