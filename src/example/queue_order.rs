//! In which order the queues hand out what waits. Data only.

use serde::{Deserialize, Serialize};

/// The order of the queues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QueueOrder {
    /// What came first is handed out first.
    #[default]
    AsTheyCame,
    /// What helps the gaps of the coverage most is handed out first.
    LargestGap,
}

impl QueueOrder {
    /// What the screens say of it.
    pub const fn told(self) -> &'static str {
        match self {
            Self::AsTheyCame => "as they came",
            Self::LargestGap => "largest gap first",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::AsTheyCame => Self::LargestGap,
            Self::LargestGap => Self::AsTheyCame,
        }
    }
}
