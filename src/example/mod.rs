//! The domain: what an example is made of. No input, no output, no database.

mod apportion;
mod cell;
mod changes;
mod consensus;
mod contract;
mod example;
mod facet;
mod flag;
mod message;
mod metadata;
mod model;
mod protocol;
mod queue_order;
mod ranking;
mod reading;
mod response;
mod review;
mod round;
mod rule;
mod sample;
mod shares;
mod split_plan;
mod state;
mod target;
mod template;
mod threshold_names;
mod thresholds;
mod traits;
mod when;

pub use apportion::apportion;
pub use cell::{CellTarget, CellWish, CellWishError};
pub use changes::Changes;
pub use consensus::{Consensus, Decided};
pub use contract::{Bounds, Contract, Pattern};
pub use example::{Example, Tag};
pub use facet::{Facet, FacetValue};
pub use flag::{Flag, FlagKind, STANDARD_FLAGS};
pub use message::{Arguments, Content, Message, Prompt, Role, ToolCall, plain_text};
pub use metadata::Metadata;
pub use model::{ChatForm, Model, Vocabulary};
pub use protocol::{CANNOT_REASONS, Criterion, Protocol, ProtocolError, RETURN_REASONS};
pub use queue_order::QueueOrder;
pub use ranking::{Details, Pair, Ranking, RankingError, Rating, STRENGTHS};
pub use response::{Author, AuthorKind, Response};
pub use review::{Review, SentBack};
pub use round::{Round, TestResult, TestTag, Tested};
pub use rule::{Condition, TagRule};
pub use sample::{Plan, PlanError};
pub use shares::{Shares, SharesError};
pub use split_plan::SplitPlan;
pub use state::{Agreed, Kind, Place, Split, Standing, Status, UnknownWord, Verdict};
pub use target::{Basis, Goal, Share, Target, TargetError};
pub use template::{Template, fill, placeholders};
pub use thresholds::{ThresholdError, Thresholds};
pub use traits::{Answer, Band, Traits};
pub use when::{Timestamp, day_name, short_day_name, zone_name};

pub use uuid::Uuid;

/// A new identifier, unique across copies of a dataset and ordered by time (`UUIDv7`).
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
