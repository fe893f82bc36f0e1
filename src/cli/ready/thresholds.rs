//! From where on a dataset is ready: listed, and set one by one; and the answers that are kept with it.

use serde_json::json;

use super::Args;
use crate::cli::failure::{Ending, Failure, Result};
use crate::cli::out::{Column, Out};
use crate::cli::session::{self, Session};
use crate::curation::readiness::{Answers, Thresholds};
use crate::dataset::{Done, Verb};
use crate::text::harmless::harmless;

pub(super) fn list(thresholds: &Thresholds, args: &Args, out: &mut Out) -> Result<Ending> {
    if args.json {
        out.json(&json!({ "thresholds": thresholds }))?;
        return Ok(Ending::Done);
    }
    let usual = Thresholds::default();
    let row = |(name, meaning): &(&str, &str)| {
        let (is, usually) = (thresholds.named(name), usual.named(name));
        let usually = usually.filter(|usually| is.as_ref() != Some(usually)).unwrap_or_default();
        vec![(*name).to_owned(), is.unwrap_or_default(), usually, (*meaning).to_owned()]
    };
    let columns =
        [Column::text("threshold"), Column::number("is"), Column::number("usually"), Column::text("")];
    out.table(&columns, &Thresholds::meanings().iter().map(row).collect::<Vec<_>>())?;
    Ok(Ending::Done)
}

/// The thresholds with those changes.
fn changed(thresholds: &Thresholds, changes: &[String]) -> std::result::Result<Thresholds, String> {
    let parted = changes.iter().map(|change| {
        change
            .split_once('=')
            .ok_or_else(|| format!("“{change}”: say it as NAME=VALUE, such as coverage=0.9"))
    });
    let parted = parted.collect::<std::result::Result<Vec<_>, _>>()?;
    thresholds.with_all(&parted).map_err(|error| error.to_string())
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

/// Keeps what was answered on the command line, over what was answered before.
pub(super) fn keep(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let said = args.answers();
    if said == Answers::default() {
        let says =
            "--keep keeps answers: say --facts-change, --must-cite, --long-prompts-hurt, --tuned or --wage";
        return Err(Failure::Said(says.to_owned()));
    }
    let answers = said.over(session::reader(&args.dataset)?.answers()?.unwrap_or_default());
    let mut dataset = session.dataset(&args.dataset)?;
    let Done { action, sentence, .. } = dataset.perform(&Verb::SetAnswers(Some(Box::new(answers))))?;
    if args.json {
        out.json(&json!({"answers": answers, "action": action, "sentence": sentence}))?;
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
    fn thresholds_are_set_by_name() {
        let set = |changes: &[&str]| {
            let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
            changed(&Thresholds { coverage: 0.5, ..Thresholds::default() }, &changes)
        };
        let expected = Thresholds { coverage: 0.9, fine_tune: 300, ..Thresholds::default() };
        assert_eq!(set(&["coverage=0.9", "fine-tune = 300"]), Ok(expected));
        assert_eq!(set(&["coverage=default"]), Ok(Thresholds::default()));
        // In between they would not ascend.
        assert_eq!(set(&["few_shot=900", "fine_tune=2000"]).map(|set| set.few_shot), Ok(900));
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
