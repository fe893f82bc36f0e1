//! What can be done by itself to an example that a consumer would refuse. The data stays as it is: only
//! what goes out is another.

use crate::example::Example;

mod drop_greeting;
mod drop_reasoning;
mod drop_tools;
mod merge_turns;
mod split_weights;
mod system_first;
mod system_to_user;

pub use drop_greeting::DropGreeting;
pub use drop_reasoning::DropReasoning;
pub use drop_tools::DropTools;
pub use merge_turns::MergeTurns;
pub use split_weights::SplitWeights;
pub use system_first::SystemFirst;
pub use system_to_user::SystemToUser;

/// Every mend, in the order in which they are made.
pub const ALL: &[&dyn Mend] =
    &[&SystemFirst, &SystemToUser, &DropGreeting, &DropReasoning, &DropTools, &MergeTurns, &SplitWeights];

/// The mend of that id.
pub fn by_id(id: &str) -> Option<&'static dyn Mend> {
    ALL.iter().copied().find(|mend| mend.id() == id)
}

/// One way to make an example fit.
pub trait Mend: Sync {
    /// The word for it on the command line.
    fn id(&self) -> &'static str;
    /// What it does, as an order: “join neighbouring turns of one speaker”.
    fn title(&self) -> &'static str;
    /// The examples in the place of this one; just itself where there is nothing to mend.
    fn apply(&self, example: Example) -> Vec<Example>;
}

#[cfg(test)]
mod tests;
