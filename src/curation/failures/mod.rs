//! Where a model fails: slices of one value and of two that fail more than the rest, whether that is
//! chance, and what two runs of the same tests say.

mod cause;
mod evidence;
mod queue;
mod runs;
mod slices;

pub use cause::{Cause, Known, cause};
pub use evidence::{Fisher, benjamini_hochberg, fisher, newcombe};
pub use queue::{Need, share_out};
pub use runs::{Runs, Worse, worse_slices};
pub use slices::{Found, Options, Slice, SliceError, slice_score, slices};

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
