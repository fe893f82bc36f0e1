//! How each gauge is measured.

use super::gauge::{Gauge, Reading, Value, Word};
use crate::curation::balance::Verdict;
use crate::curation::coverage::{Coverage, SHARES_OF_NOTHING};
use crate::curation::diversity::{Weighed, worst};
use crate::curation::proportion::upper_bound;
use crate::curation::readiness::{Counted, Thresholds};
use crate::example::Facet;
use crate::store::Counts;
use crate::text::count::{plural, thousands};
use crate::text::percent;

/// A share below this part of its threshold is bad.
const BAD_BELOW: f64 = 0.75;
/// Where the threshold allows hardly anything to be wrong, it is bad where so many times as much is.
const BAD_TIMES: f64 = 2.0;
const CONFIDENCE: f64 = 0.95;
/// What is off by rounding only makes no difference.
const ROUNDING: f64 = 1e-9;

/// A share that should come near to its threshold.
fn reached(share: f64, threshold: f64) -> Verdict {
    match share + ROUNDING {
        share if share >= threshold => Verdict::Good,
        share if share >= threshold * BAD_BELOW => Verdict::Look,
        _ => Verdict::Bad,
    }
}

/// A share of what is right, of which nearly all should be.
fn nearly_all(share: f64, threshold: f64) -> Verdict {
    match share + ROUNDING {
        share if share >= threshold => Verdict::Good,
        share if 1.0 - share <= (1.0 - threshold) * BAD_TIMES => Verdict::Look,
        _ => Verdict::Bad,
    }
}

fn unmeasured(word: Word, n: u64, of: impl Into<String>, sentence: impl Into<String>) -> Gauge {
    Gauge { word, reading: None, n, of: of.into(), sentence: sentence.into() }
}

/// Σ min(n, t) / Σ t over all values and cells with a target, of usable examples.
pub fn coverage(counts: &Counts, thresholds: &Thresholds) -> Gauge {
    let all = Coverage::of(counts);
    let (reached_n, wanted) = (all.reached(), all.wanted());
    let Some(share) = all.share() else {
        if all.has_shares_of_nothing {
            return unmeasured(Word::Coverage, 0, "no examples yet", SHARES_OF_NOTHING);
        }
        let says = "no value of a facet has a target: targets say which cases must be covered";
        return unmeasured(Word::Coverage, 0, "no targets yet", says);
    };
    let short = [(all.short_values(), "value"), (all.short_cells(), "cell")];
    let short = short.into_iter().filter(|(n, _)| *n > 0);
    let short: Vec<String> = short.map(|(n, what)| plural(n as u64, what)).collect();
    let sentence = if short.is_empty() {
        format!("all {} that targets ask for are there", thousands(wanted))
    } else {
        format!(
            "{} of {} that targets ask for are there; short: {}",
            thousands(reached_n),
            thousands(wanted),
            short.join(" and ")
        )
    };
    let verdict = reached(share, thresholds.coverage);
    let reading = Some(Reading { value: Value::Share(share), verdict });
    Gauge {
        word: Word::Coverage,
        reading,
        n: wanted,
        of: format!("of {} wanted", thousands(wanted)),
        sentence,
    }
}

/// The worst facet's 1 − TV(observed, target), or where no facet has targets for all its values the effective
/// kinds of the least even one, by the rule of [`crate::curation::diversity::weighed`].
pub fn balance(counts: &Counts, facets: &[Facet], thresholds: &Thresholds) -> Gauge {
    let Some(Weighed { facet, balance, goodness }) = worst(counts, facets) else {
        let says = "no facet has usable examples of several values that should be in balance";
        return unmeasured(Word::Balance, 0, "no facet to weigh", says);
    };
    let (name, n) = (&facet.name, thousands(balance.counted));
    if balance.divergence.is_some() {
        // as the board of balance has it
        let verdict = balance.verdict().unwrap_or_else(|| reached(goodness, thresholds.balance));
        return Gauge {
            word: Word::Balance,
            reading: Some(Reading { value: Value::Share(goodness), verdict }),
            n: balance.counted,
            of: format!("of {n}, {name}"),
            sentence: format!(
                "{} of {n} would have to have another value of {name} to be as its targets have it",
                percent::up(1.0 - goodness)
            ),
        };
    }
    let [_, effective, _] = balance.hill;
    let largest = balance.largest.and_then(|largest| {
        Some(format!("; “{}” is {} of it", facet.values.get(largest.at)?.name, percent::near(largest.share)))
    });
    Gauge {
        word: Word::Balance,
        reading: Some(Reading {
            value: Value::Kinds { effective, of: balance.kinds },
            verdict: reached(goodness, thresholds.balance),
        }),
        n: balance.counted,
        of: format!("kinds of {n}, {name}"),
        sentence: format!(
            "{name} is as varied as {effective:.1} kinds of equal size would be, of {}{}",
            balance.kinds,
            largest.unwrap_or_default()
        ),
    }
}

/// The share of usable examples in which nothing inconsistent was found. `clean` are those without a finding,
/// of the usable ones; `None` where nobody looked yet.
pub fn consistency(clean: Option<Counted>, thresholds: &Thresholds) -> Gauge {
    let Some(clean) = clean else {
        return unmeasured(Word::Consistency, 0, "not looked at yet", "nobody compared the answers yet");
    };
    let n = thousands(clean.n);
    let Some(share) = clean.share() else {
        return unmeasured(Word::Consistency, 0, "nothing to compare", "no usable example has an answer yet");
    };
    let found = clean.n.saturating_sub(clean.x);
    Gauge {
        word: Word::Consistency,
        reading: Some(Reading {
            value: Value::Share(share),
            verdict: nearly_all(share, thresholds.contract),
        }),
        n: clean.n,
        of: format!("of {n} usable"),
        sentence: match found {
            0 => format!("none of {n} usable examples breaks the contract or contradicts a like one"),
            found => format!(
                "{} of {n} usable examples break the contract or contradict a like one",
                thousands(found)
            ),
        },
    }
}

/// 1 − the upper 95 % bound (Clopper & Pearson) of the share of wrong ones, by the blind sample; not measured
/// before as many were reviewed as the thresholds say. `defects` are the wrong ones of those reviewed.
pub fn quality(defects: Counted, thresholds: &Thresholds) -> Gauge {
    let Counted { x, n } = defects;
    if n == 0 || n < thresholds.reviewed {
        let of = format!("{} of {} reviewed", thousands(n), thousands(thresholds.reviewed.max(1)));
        let says =
            format!("{of} in a blind sample: before that nothing can be said of the answers themselves");
        return unmeasured(Word::Quality, n, of, says);
    }
    let bound = upper_bound(x, n, CONFIDENCE);
    let share = 1.0 - bound;
    Gauge {
        word: Word::Quality,
        reading: Some(Reading {
            value: Value::Share(share),
            verdict: nearly_all(share, 1.0 - thresholds.defects),
        }),
        n,
        of: format!("of {} reviewed", thousands(n)),
        sentence: format!(
            "{} wrong in {} reviewed: at least {} are right, 95 % sure",
            thousands(x),
            thousands(n),
            percent::down(share)
        ),
    }
}
