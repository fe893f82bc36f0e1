//! From where on a dataset is ready: listed, and set one by one.

use serde_json::{Map, Value, json};

use super::Args;
use crate::cli::failure::{Ending, Failure, Result};
use crate::cli::out::{Column, Out};
use crate::cli::session::{self, Session};
use crate::curation::readiness::Thresholds;
use crate::dataset::{Done, Verb};
use crate::text::harmless::harmless;

/// The thresholds by name, with what they mean.
const MEANINGS: [(&str, &str); 15] = [
    ("fewest", "with fewer examples one writes more"),
    ("few_shot", "with fewer, a prompt with some examples is all there is to it"),
    ("fine_tune", "from so many examples on fine-tuning is worth it"),
    ("coverage", "the least share of all targets that is reached"),
    ("per_required", "the fewest examples of a value of a facet that is required"),
    ("contract", "the least share that keeps to the contract"),
    ("defects", "the share of wrong ones that the blind sample may leave possible"),
    ("reviewed", "the fewest reviews of a sample that say anything"),
    ("agreement", "the least agreement of annotators (Krippendorff's alpha)"),
    ("held_out", "the fewest examples that are kept from training"),
    ("balance", "the least balance; advice"),
    ("new_facts", "the largest share of answers with facts that prompts don't have; advice"),
    ("pairs", "the fewest pairs for preference tuning"),
    ("same_again", "how often at least one judges a pair the same again"),
    ("longer_wins", "how often at most the longer of a pair wins"),
];

fn fields(thresholds: &Thresholds) -> Map<String, Value> {
    match json!(thresholds) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

pub(super) fn list(thresholds: &Thresholds, args: &Args, out: &mut Out) -> Result<Ending> {
    if args.json {
        out.json(&json!({ "thresholds": thresholds }))?;
        return Ok(Ending::Done);
    }
    let (now, usual) = (fields(thresholds), fields(&Thresholds::default()));
    let row = |(name, meaning): &(&str, &str)| {
        let told = |value: Option<&Value>| value.map(Value::to_string).unwrap_or_default();
        let usual = if now.get(*name) == usual.get(*name) { String::new() } else { told(usual.get(*name)) };
        vec![(*name).to_owned(), told(now.get(*name)), usual, (*meaning).to_owned()]
    };
    let columns =
        [Column::text("threshold"), Column::number("is"), Column::number("usually"), Column::text("")];
    out.table(&columns, &MEANINGS.iter().map(row).collect::<Vec<_>>())?;
    Ok(Ending::Done)
}

/// The thresholds with those changes.
fn changed(thresholds: &Thresholds, changes: &[String]) -> std::result::Result<Thresholds, String> {
    let (mut now, usual) = (fields(thresholds), fields(&Thresholds::default()));
    for change in changes {
        let (name, text) = change
            .split_once('=')
            .ok_or_else(|| format!("“{change}”: say it as NAME=VALUE, such as coverage=0.9"))?;
        let (name, text) = (name.trim().replace('-', "_"), text.trim());
        let usual = usual.get(&name).ok_or_else(|| {
            let all = MEANINGS.map(|(name, _)| name).join(", ");
            format!("there is no threshold “{name}”; there are: {all}")
        })?;
        let value = match text {
            "default" => usual.clone(),
            _ if usual.is_u64() => json!(text.parse::<u64>().map_err(|_| {
                format!("{name} is a number of examples, such as {usual}, and not “{text}”")
            })?),
            _ => {
                let share = text.parse::<f64>().ok().filter(|share| share.is_finite());
                json!(share.ok_or_else(|| format!("{name} is a share, such as {usual}, and not “{text}”"))?)
            }
        };
        now.insert(name, value);
    }
    let thresholds: Thresholds = serde_json::from_value(now.into()).map_err(|error| error.to_string())?;
    thresholds.check().map_err(|error| error.to_string())?;
    Ok(thresholds)
}

pub(super) fn set(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let before = session::reader(&args.dataset)?.thresholds()?.unwrap_or_default();
    let after = changed(&before, &args.set).map_err(Failure::Said)?;
    let kept = (after != Thresholds::default()).then(|| Box::new(after.clone()));
    let mut dataset = session.dataset(&args.dataset)?;
    let Done { action, sentence, .. } = dataset.perform(&Verb::SetThresholds(kept))?;
    if args.json {
        out.json(&json!({"thresholds": after, "action": action, "sentence": sentence}))?;
    } else {
        out.line(harmless(&sentence))?;
    }
    Ok(Ending::Done)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_has_a_meaning() {
        let names: Vec<String> = fields(&Thresholds::default()).keys().cloned().collect();
        assert_eq!(names, MEANINGS.map(|(name, _)| name));
    }

    #[test]
    fn thresholds_are_set_by_name() {
        let set = |changes: &[&str]| {
            let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
            changed(&Thresholds { coverage: 0.5, ..Thresholds::default() }, &changes)
        };
        let expected = Thresholds { coverage: 0.9, fine_tune: 300, ..Thresholds::default() };
        assert_eq!(set(&["coverage=0.9", "fine-tune = 300"]), Ok(expected));
        assert_eq!(set(&["coverage=default"]), Ok(Thresholds::default()));
        for (change, reason) in [
            ("coverage", "NAME=VALUE"),
            ("covrage=1", "there is no threshold “covrage”"),
            ("fine_tune=many", "such as 500"),
            ("fine_tune=-3", "such as 500"),
            ("coverage=80", "give a share from 0 to 1"),
            ("coverage=NaN", "coverage"),
            ("few_shot=900", "ascending order"),
        ] {
            assert!(set(&[change]).unwrap_err().contains(reason), "{change}");
        }
    }
}
