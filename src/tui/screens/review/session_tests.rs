//! Whole sessions of review.
