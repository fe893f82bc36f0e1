//! Rules that know nothing of an answer, and how often the one that people chose follows them. Where one does
//! much better than a coin, that is what a model learns of the pairs.

use crate::curation::balance::Verdict;
use crate::curation::bias::AnnotatorReport;
use crate::curation::proportion::{Interval, Share};
use crate::text::percent;

/// From these shares on, at the end of the interval that is nearer to a half, one should look, and act.
const LOOK: f64 = 0.6;
const BAD: f64 = 0.7;

/// A rule that knows nothing of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The longer one is chosen.
    Longer,
    /// The one with more Markdown is.
    MoreMarkdown,
    /// The one that does not refuse is.
    FewerRefusals,
}

impl Rule {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Longer, Self::MoreMarkdown, Self::FewerRefusals];

    /// What it is called, in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Longer => "longer",
            Self::MoreMarkdown => "more markdown",
            Self::FewerRefusals => "fewer refusals",
        }
    }

    /// How many of the decided pairs that differ in it it would get right.
    pub fn share(self, report: &AnnotatorReport) -> Share {
        match self {
            Self::Longer => report.longer_wins,
            Self::MoreMarkdown => report.more_markdown_wins,
            Self::FewerRefusals => report.fewer_refusals_win,
        }
    }

    /// What to make of that, whichever way people lean; `None` where no pair differs in it.
    pub fn verdict(self, share: Share) -> Option<Verdict> {
        let Interval { low, high } = share.interval()?;
        Some(match low.max(1.0 - high) {
            sure if sure > BAD => Verdict::Bad,
            sure if sure > LOOK => Verdict::Look,
            _ => Verdict::Good,
        })
    }

    /// What it says, of the way in which people lean; `None` where no pair differs in it.
    pub fn told(self, share: Share) -> Option<String> {
        let is = share.share()?;
        let follows = is >= 0.5;
        let leaning = if follows { share } else { Share { x: share.n - share.x, n: share.n } };
        let (is, Interval { low, high }) = (leaning.share()?, leaning.interval()?);
        let chosen = match (self, follows) {
            (Self::Longer, true) => "the longer response is chosen",
            (Self::Longer, false) => "the shorter response is chosen",
            (Self::MoreMarkdown, true) => "the one with more Markdown is chosen",
            (Self::MoreMarkdown, false) => "the one with less Markdown is chosen",
            (Self::FewerRefusals, true) => "the one that does not refuse is chosen",
            (Self::FewerRefusals, false) => "the one that refuses is chosen",
        };
        let so = match self.verdict(share)? {
            Verdict::Good => "",
            Verdict::Look => ": a model could learn just that",
            Verdict::Bad => ": a model will learn just that",
        };
        let (is, low, high) = (percent::near(is), low * 100.0, high * 100.0);
        Some(format!("{chosen} in {is} of {:.0} pairs ({low:.0} to {high:.0} %){so}", share.n))
    }
}

/// Whether the place on the screen decides: how often the response shown first is the one chosen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Slot(pub Share);

impl Slot {
    /// Below this chance a share is told not to be an even one.
    const CHANCE: f64 = 0.05;

    /// Whether it decides more than chance would, by the exact binomial test.
    pub fn decides(self) -> bool {
        self.0.by_chance().is_some_and(|p| p < Self::CHANCE)
    }

    /// What it says; `None` where no pair tells.
    pub fn told(self) -> Option<String> {
        let (is, p) = (percent::near(self.0.share()?), self.0.by_chance()?);
        let of = format!("the response shown earlier is chosen in {is} of {:.0} pairs", self.0.n);
        let chance = percent::chance(p);
        Some(if self.decides() {
            format!("{of}: the place decides more than chance would ({chance})")
        } else {
            format!("{of}, which chance could give ({chance})")
        })
    }
}
