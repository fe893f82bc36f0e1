//! What is one word each: kind, status and split of an example, the standing of a ranking, the verdict
//! of a review, the outcome of many rankings.

use std::fmt;
use std::str::FromStr;

/// A word that is none of those allowed in its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not a {what}; it is one of: {allowed}")]
pub struct UnknownWord {
    what: &'static str,
    word: String,
    allowed: String,
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the order in which people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for it on the screen, in files and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <String as serde::Deserialize>::deserialize(deserializer)?;
                word.parse().map_err(serde::de::Error::custom)
            }
        }

        impl FromStr for $name {
            type Err = UnknownWord;

            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|v| v.as_str() == word).ok_or_else(|| UnknownWord {
                    what: $what,
                    word: word.to_owned(),
                    allowed: Self::ALL.iter().map(|v| v.as_str()).collect::<Vec<_>>().join(", "),
                })
            }
        }
    };
}

words! {
    /// What is wanted of an example.
    Kind, "kind" {
        /// One response is wanted.
        Sft = "sft",
        /// Two or more responses are wanted, ranked.
        Preference = "preference",
    }
}

words! {
    /// How far the work on an example has come. Any can go back to any.
    Status, "status" {
        /// Nobody has worked on it.
        Pending = "pending",
        /// Work has begun.
        Draft = "draft",
        /// Its annotator calls it done.
        Submitted = "submitted",
        /// A reviewer agreed.
        Approved = "approved",
        /// Set aside: it is in no export unless asked for.
        Discarded = "discarded",
    }
}

words! {
    /// The part of the dataset that an example is used for.
    Split, "split" {
        /// Learned from.
        Train = "train",
        /// Watched while training.
        Validation = "validation",
        /// Kept for the end.
        Test = "test",
    }
}

words! {
    /// What a ranking stands for.
    Standing, "standing of a ranking" {
        /// One annotator's own judgement.
        Own = "own",
        /// What review decided: it counts in the place of all others.
        Final = "final",
        /// The known right answer of a gold example: it counts in the place of all others, and
        /// annotators are measured against it.
        Gold = "gold",
    }
}

words! {
    /// What a reviewer says of submitted work.
    Verdict, "verdict" {
        /// It is right as it is.
        Approved = "approved",
        /// It is right after the reviewer changed its texts.
        Edited = "edited",
        /// The reviewer's own ranking counts in its place.
        Overruled = "overruled",
        /// Back to who made it, with a reason.
        Returned = "returned",
    }
}

words! {
    /// Where a rule looks for what it asks for.
    #[derive(Default)]
    Place, "place" {
        /// In what is asked, the system's turns excepted: many prompts share those.
        #[default]
        Prompt = "prompt",
        /// In any of the responses.
        Response = "response",
        /// In one or the other.
        Both = "both",
    }
}

words! {
    /// How far the people who judged an example agree.
    Agreed, "outcome" {
        /// Nobody ranked it.
        Unranked = "none",
        /// One person did.
        Single = "single",
        /// All say the same of every pair.
        Unanimous = "unanimous",
        /// More than half say the same of every pair, and the pairs make an order.
        Majority = "majority",
        /// Review decided, or the right ranking is known.
        Adjudicated = "adjudicated",
        /// A pair without a majority, a cycle, or too many who can't judge.
        Unresolved = "unresolved",
    }
}

impl Agreed {
    /// What it means, in a few words.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unranked => "nobody ranked it",
            Self::Single => "one person ranked it",
            Self::Unanimous => "all agree",
            Self::Majority => "more than half agree on every pair",
            Self::Adjudicated => "decided by one ranking",
            Self::Unresolved => "no majority",
        }
    }
}

impl Verdict {
    /// Whether the work had a defect.
    pub const fn is_defect(self) -> bool {
        !matches!(self, Self::Approved)
    }
}

impl Status {
    /// Whether an example in this status counts as one to train on.
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Submitted | Self::Approved)
    }

    /// Whether an example in this status waits for an annotator.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Draft)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_as_itself() {
        for &status in Status::ALL {
            assert_eq!(status.as_str().parse(), Ok(status));
        }
        for &split in Split::ALL {
            assert_eq!(split.as_str().parse(), Ok(split));
        }
        for &kind in Kind::ALL {
            assert_eq!(kind.as_str().parse(), Ok(kind));
        }
    }

    #[test]
    fn an_unknown_word_is_told_with_those_allowed() {
        let error = "trian".parse::<Split>().unwrap_err().to_string();
        assert_eq!(error, "“trian” is not a split; it is one of: train, validation, test");
    }
}
