//! Which turns are learned from.

use super::{Offence, Rule};
use crate::example::{Message, Role};
use crate::formats::mends::{Mend, SplitWeights};
use crate::formats::{Carries, Outgoing};

/// What a consumer makes of weights.
pub enum Weights {
    /// It has them, 0 or 1, on assistant turns.
    Carried,
    /// It has none, and learns from every assistant turn.
    LearnsAll,
    /// It has none, and learns from the response alone.
    LearnsLast,
}

impl Rule for Weights {
    fn id(&self) -> &'static str {
        "weights"
    }

    fn demand(&self) -> &'static str {
        match self {
            Self::Carried => "weights are 0 or 1, and something is learned from",
            Self::LearnsAll => {
                "no turn that is not to be learned from: the consumer learns from every assistant turn"
            }
            Self::LearnsLast => "nothing before the response is to be learned from, and the response is",
        }
    }

    fn check(&self, outgoing: &Outgoing<'_>) -> Option<Offence> {
        // a comparison has no weights: what it learns from is the difference
        if outgoing.carries != Carries::Answer {
            return None;
        }
        outgoing.conversations().find_map(|conversation| {
            let spoken = conversation.messages().enumerate();
            let assistant: Vec<_> = spoken.filter(|(_, message)| message.role == Role::Assistant).collect();
            let (last, before) = assistant.split_last()?;
            let wrong = match self {
                Self::Carried => {
                    let usual = [None, Some(0.0), Some(1.0)];
                    let odd = assistant.iter().find(|(_, turn)| !usual.contains(&weight(turn)));
                    if let Some((at, _)) = odd {
                        return Some(Offence::new(
                            conversation.place(*at),
                            "has a weight that is neither 0 nor 1",
                        ));
                    }
                    let is_silent = assistant.iter().all(|(_, turn)| weight(turn) == Some(0.0));
                    return is_silent
                        .then(|| Offence::new("", "has no turn to learn from (every weight is 0)"));
                }
                Self::LearnsAll => assistant.iter().find(|(_, turn)| weight(turn) == Some(0.0)),
                Self::LearnsLast if weight(last.1) == Some(0.0) => Some(last),
                Self::LearnsLast => before.iter().find(|(_, turn)| weight(turn).is_some_and(|w| w > 0.0)),
            };
            let (at, turn) = wrong?;
            let is_masked = weight(turn) == Some(0.0);
            let reason = if is_masked {
                "is not to be learned from (weight 0)"
            } else {
                "is to be learned from (weight 1)"
            };
            Some(Offence::new(conversation.place(*at), reason))
        })
    }

    fn mends(&self) -> &'static [&'static dyn Mend] {
        match self {
            Self::LearnsLast => &[&SplitWeights],
            Self::Carried | Self::LearnsAll => &[],
        }
    }

    fn advice(&self) -> &'static str {
        match self {
            Self::LearnsAll => {
                "choose a format that learns from the response alone (trl-prompt-completion) or has weights"
            }
            Self::Carried | Self::LearnsLast => "edit the example's weights",
        }
    }
}

fn weight(turn: &Message) -> Option<f64> {
    turn.weight.as_ref()?.as_f64()
}
