//! What people did, as far as it matters to how fast they are.

use serde::Serialize;

/// A kind of work on an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Work {
    /// It was written.
    Write,
    /// Something of it was mended.
    Mend,
    /// Its responses were ranked.
    Rank,
    /// It was reviewed.
    Review,
}

impl Work {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Write, Self::Mend, Self::Rank, Self::Review];

    /// What an action of that verb is, as work.
    pub fn of_verb(verb: &str) -> Option<Self> {
        match verb {
            "create" | "write" | "respond" => Some(Self::Write),
            "edit" | "rewrite" | "replace" => Some(Self::Mend),
            "rank" => Some(Self::Rank),
            "review" => Some(Self::Review),
            _ => None,
        }
    }

    /// The word for doing it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Mend => "mend",
            Self::Rank => "rank",
            Self::Review => "review",
        }
    }

    /// The word for having done it.
    pub const fn done(self) -> &'static str {
        match self {
            Self::Write => "written",
            Self::Mend => "mended",
            Self::Rank => "ranked",
            Self::Review => "reviewed",
        }
    }
}

/// What an action was, as far as it tells how long examples take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    /// Work on one example.
    Work(i64, Work),
    /// A change of many examples, such as an import. How long one looks at what came of it before one goes on is
    /// time for no example, so with what follows it a new stretch of work begins.
    Bulk,
    /// Something else.
    Other,
}

/// One action of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The day of that on the clock of who looks, as days since 1970-01-01.
    pub day: i64,
    /// Who: a place in the list of people.
    pub person: usize,
    /// Whether it still holds. One that was undone is no work done, but it took time and ended a pause.
    pub stands: bool,
    /// What it was.
    pub did: Did,
    /// Examples that became usable with it (`true`), or are so no longer.
    pub turned: Vec<(i64, bool)>,
}

impl Act {
    /// The example that it worked on, and how, where that holds.
    pub(super) fn work(&self) -> Option<(i64, Work)> {
        match self.did {
            Did::Work(example, work) if self.stands => Some((example, work)),
            _ => None,
        }
    }

    /// When what follows it began; `None` where that is not known.
    pub(super) fn began_next(&self) -> Option<i64> {
        (self.did != Did::Bulk).then_some(self.at)
    }
}
