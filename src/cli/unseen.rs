//! What `goldset coverage --unseen` tells: how many kinds nobody has seen yet, of open facets and of words.

use serde_json::{Value, json};

use super::failure::{Ending, Result};
use super::out::Out;
use crate::curation::richness::Richness;
use crate::dataset::Reader;
use crate::text::harmless::harmless;

/// So many more are asked about.
const MORE: u64 = 100;

pub(super) fn run(reader: &Reader, is_json: bool, out: &mut Out) -> Result<Ending> {
    let facets = reader.counts()?.kinds_seen();
    let words = reader.words_seen()?;
    let all = facets.iter().map(|(name, seen)| (name.as_str(), *seen)).chain([("words", words)]);
    if is_json {
        let words = as_json("words", words);
        let facets: Vec<Value> = facets.iter().map(|(name, seen)| as_json(name, *seen)).collect();
        out.json(&json!({ "facets": facets, "words": words }))?;
        return Ok(Ending::Done);
    }
    for (name, seen) in all {
        out.heading(&harmless(name))?;
        for sentence in seen.told() {
            out.sentence(format!("  {sentence}"))?;
        }
    }
    out.line("")?;
    out.sentence(
        "this holds of examples that came by chance, such as a sample of a log; of a set that somebody composed \
         it is an indication at most",
    )?;
    Ok(Ending::Done)
}

fn as_json(name: &str, seen: Richness) -> Value {
    let estimate = seen.chao1();
    let interval = estimate.interval(0.95).map(|interval| [interval.low, interval.high]);
    json!({
        "name": name, "seen": seen.seen, "observed": seen.observed, "once": seen.once, "twice": seen.twice,
        "at_least": estimate.kinds(), "interval": interval, "unseen": estimate.unseen(), "covered": seen.coverage(),
        "new_in_next_100": seen.new_kinds(MORE), "is_enough": seen.is_enough(),
    })
}
