//! Setting a protocol, changing parts of it, and taking it away.

use serde_json::json;

use super::{Args, form};
use crate::cli::failure::{Ending, Result};
use crate::cli::out::Out;
use crate::cli::session::{self, Session};
use crate::dataset::Verb;
use crate::example::{Criterion, Protocol};
use crate::text::harmless::harmless;

/// Parts of a protocol that are changed one by one.
#[derive(Debug, clap::Args)]
#[group(multiple = true)]
pub(super) struct Parts {
    /// Ask for so many independent rankings of an example
    #[arg(long, value_name = "N")]
    rankings: Option<u32>,
    /// Hide who wrote a response until one has submitted
    #[arg(long, value_name = "YES|NO", hide_possible_values = true)]
    blind: Option<Switch>,
    /// Let people review their own work
    #[arg(long, value_name = "YES|NO", hide_possible_values = true)]
    own_work: Option<Switch>,
    /// Ask by how much the best is better
    #[arg(long, value_name = "YES|NO", hide_possible_values = true)]
    strength: Option<Switch>,
    /// Have each response rated by these, with commas between them
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    criteria: Vec<String>,
    /// The best rating; 1 is the worst
    #[arg(long, value_name = "N")]
    scale: Option<u8>,
    /// Offer a reason for a ranking; again for more of them
    #[arg(long, value_name = "TEXT")]
    reasons: Vec<String>,
    /// Offer a reason why something can't be judged; again for more of them
    #[arg(long, value_name = "TEXT")]
    cannot: Vec<String>,
    /// Offer a reason why work is sent back; again for more of them
    #[arg(long, value_name = "TEXT")]
    returns: Vec<String>,
    /// Show people their own earlier examples again, in so many of 100 turns
    #[arg(long, value_name = "PERCENT")]
    repeats: Option<u8>,
    /// Show people gold examples, in so many of 100 turns
    #[arg(long, value_name = "PERCENT")]
    gold: Option<u8>,
    /// Have a part as it is without a protocol
    #[arg(long, value_name = "PART", hide_possible_values = true)]
    drop: Vec<Part>,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Switch {
    Yes,
    No,
}

impl Switch {
    fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

/// A part that can be dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Rankings,
    Blind,
    OwnWork,
    Strength,
    Criteria,
    Scale,
    Reasons,
    Cannot,
    Returns,
    Repeats,
    Gold,
}

impl Parts {
    /// Whether none is given.
    pub(super) fn is_empty(&self) -> bool {
        self.rankings.is_none()
            && [self.blind, self.own_work, self.strength].iter().all(Option::is_none)
            && [self.scale, self.repeats, self.gold].iter().all(Option::is_none)
            && [&self.criteria, &self.reasons, &self.cannot, &self.returns].iter().all(|list| list.is_empty())
            && self.drop.is_empty()
    }

    /// First drops, then sets.
    fn change(&self, protocol: &mut Protocol) {
        let usual = Protocol::default();
        for part in &self.drop {
            match part {
                Part::Rankings => protocol.rankings = usual.rankings,
                Part::Blind => protocol.blind = usual.blind,
                Part::OwnWork => protocol.own_work = usual.own_work,
                Part::Strength => protocol.strength = usual.strength,
                Part::Criteria => protocol.criteria.clone_from(&usual.criteria),
                Part::Scale => protocol.scale = usual.scale,
                Part::Reasons => protocol.reasons.clone_from(&usual.reasons),
                Part::Cannot => protocol.cannot.clone_from(&usual.cannot),
                Part::Returns => protocol.returns.clone_from(&usual.returns),
                Part::Repeats => protocol.repeats = usual.repeats,
                Part::Gold => protocol.gold = usual.gold,
            }
        }
        protocol.rankings = self.rankings.unwrap_or(protocol.rankings);
        let switches = [
            (self.blind, &mut protocol.blind),
            (self.own_work, &mut protocol.own_work),
            (self.strength, &mut protocol.strength),
        ];
        for (given, switch) in switches {
            *switch = given.map_or(*switch, Switch::is_yes);
        }
        let numbers = [
            (self.scale, &mut protocol.scale),
            (self.repeats, &mut protocol.repeats),
            (self.gold, &mut protocol.gold),
        ];
        for (given, number) in numbers {
            *number = given.unwrap_or(*number);
        }
        let lists = [
            (&self.reasons, &mut protocol.reasons),
            (&self.cannot, &mut protocol.cannot),
            (&self.returns, &mut protocol.returns),
        ];
        for (given, list) in lists.into_iter().filter(|(given, _)| !given.is_empty()) {
            list.clone_from(given);
        }
        if !self.criteria.is_empty() {
            // One that stays keeps what it asks.
            let before = std::mem::take(&mut protocol.criteria);
            let about = |name: &str| before.iter().find(|criterion| criterion.name == name);
            let named = self.criteria.iter().map(|name| name.trim());
            protocol.criteria = named
                .map(|name| {
                    let new = || Criterion { name: name.to_owned(), about: String::new() };
                    about(name).cloned().unwrap_or_else(new)
                })
                .collect();
        }
    }
}

pub(super) fn set(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let mut protocol = match &args.file {
        Some(path) => form::protocol(path)?,
        None => session::reader(&args.dataset)?.protocol()?.unwrap_or_default(),
    };
    args.parts.change(&mut protocol);
    perform(args, Some(protocol), session, out)
}

/// Sets it, or says what that would do; the dataset refuses what can't be kept.
pub(super) fn perform(
    args: &Args,
    protocol: Option<Protocol>,
    session: &Session,
    out: &mut Out,
) -> Result<Ending> {
    let verb = Verb::SetProtocol(protocol.map(Box::new));
    let mut dataset = session.dataset(&args.dataset)?;
    let done = if args.dry_run { dataset.rehearse(&verb)? } else { dataset.perform(&verb)? };
    if args.json {
        let Verb::SetProtocol(protocol) = verb else { return Ok(Ending::Done) };
        out.json(&json!({
            "protocol": protocol, "examples": done.examples, "dry_run": args.dry_run,
            "action": done.action, "sentence": done.sentence,
        }))?;
        return Ok(Ending::Done);
    }
    out.line(harmless(&done.sentence))?;
    if args.dry_run {
        out.line("this was a dry run: nothing was changed")?;
    }
    Ok(Ending::Done)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        parts: Parts,
    }

    fn changed(protocol: &Protocol, options: &str) -> Protocol {
        let line = Line::try_parse_from(std::iter::once("x").chain(options.split_whitespace())).unwrap();
        let mut protocol = protocol.clone();
        line.parts.change(&mut protocol);
        protocol
    }

    #[test]
    fn only_what_is_named_changes_and_a_criterion_that_stays_keeps_what_it_asks() {
        let usual = Protocol::default();
        assert_eq!(changed(&usual, ""), usual);
        let two =
            changed(&usual, "--rankings 2 --blind no --criteria helpful,correct --reasons a --reasons b");
        assert_eq!((two.rankings, two.blind, two.own_work, two.gold), (2, false, false, usual.gold));
        assert_eq!(two.reasons, ["a", "b"]);
        let mut asked = two;
        asked.criteria[0].about = "is it of use?".to_owned();
        let more = changed(&asked, "--criteria kind,helpful");
        let asks: Vec<&str> = more.criteria.iter().map(|criterion| criterion.about.as_str()).collect();
        assert_eq!(asks, ["", "is it of use?"]);
        assert_eq!((more.rankings, &more.reasons), (2, &asked.reasons));
    }

    #[test]
    fn a_dropped_part_is_as_without_a_protocol() {
        let given = Protocol { own_work: true, scale: 7, returns: Vec::new(), ..Protocol::default() };
        let all = "--drop own-work --drop scale --drop returns";
        assert_eq!(changed(&given, all), Protocol::default());
        assert_eq!(changed(&given, "--drop scale --scale 3").scale, 3);
    }
}
