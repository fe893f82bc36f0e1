//! The queues: what waits for a person, in the order in which it came.

use super::Counts;
use crate::example::Status;

/// A kind of work that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Open examples that want a response, or whose one response is not submitted.
    Write,
    /// Open examples with two or more responses.
    Rank,
}

impl Queue {
    /// Both, in the order in which Home shows them.
    pub const ALL: &'static [Self] = &[Self::Write, Self::Rank];

    /// The name on the screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Write => "Write",
            Self::Rank => "Rank",
        }
    }

    /// How many examples wait.
    pub fn len(self, counts: &Counts) -> u64 {
        counts.count(|count| {
            count.status.is_open() && (count.answered >= 2) == matches!(self, Self::Rank)
        })
    }

    /// The filter that lists what waits.
    pub const fn filter(self) -> &'static str {
        match self {
            Self::Write => "status:pending,draft responses<2",
            Self::Rank => "status:pending,draft responses>=2",
        }
    }

    /// The condition over table `example`, in the very words of its index `example_open`.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Write => "(answered >= 2) = 0 AND status IN ('pending', 'draft')",
            Self::Rank => "(answered >= 2) = 1 AND status IN ('pending', 'draft')",
        }
    }
}

const _: () = assert!(Status::Pending.is_open() && Status::Draft.is_open(), "Queue::sql says which statuses are open");
