//! `goldset pace`: how fast a dataset grows, when its targets will be met, and what that costs.

mod form;
mod print;

use std::path::PathBuf;

use serde_json::json;

use super::failure::{Ending, Result};
use super::out::Out;
use super::session::{self, Session};
use crate::curation::pace::{By, Money, Wage};
use crate::dataset::{Done, Verb};
use crate::example::Timestamp;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset pace support.goldset
  goldset pace support.goldset --weeks 4 --by person
  goldset pace support.goldset --per-hour 40          what an hour of work costs, kept in the dataset
  goldset pace support.goldset --per-example 2.50
  goldset pace support.goldset --json | jq '.forecast'

An example is finished on the day on which it last became usable (submitted or approved), by who made
it so, if it has an answer; what was undone, or is usable no longer, is not counted, and neither is
what an import or a change of more than 500 rows brought. Time at work is that from one action of a person to the next; a
pause of more than 15 minutes is a break, and so is what follows an import or a change of several
examples at once, which is time for no example. How many examples the targets still take is a bound:
no plan can do with less, as one fills a value of each facet at the most, or several where the facet
takes several. How fast somebody is goes by the median of their last fifty.
When the targets will be met goes by the last four weeks, today not counted: R more take R times the
mean time of one, give or take 1.64 times the root of R times its deviation (nine times of ten).

Days begin and end in the time zone of this machine, which is told; TZ=UTC asks for another.

--json prints one object: weeks, at, zone, finished, hours, worked, cut (true: the weeks have more actions
than are looked at); days [{day, finished, hours, people}]; by_week [{from, finished, hours, worked}];
rates [{person, kind, examples, hours, speed}], speed {per_hour, median, mean (seconds), of} or null;
remaining; to_hold_out; forecast {state: no_targets, shares_of_nothing, met, too_early, not_at_this_rate or met_by, per_day, worked,
of, days, earliest, latest, on, from, to}; wage {per_hour} or {per_example} or null; spending {so_far,
each, to_targets: {low, about, high}} or null.";

/// Tell how fast a dataset grows, when its targets will be met, and what that costs
///
/// Examples finished each day, how many an hour by person and by kind of work, and how long one takes,
/// all by the journal of what was done. Work has a price once it is said: --per-hour or --per-example.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Look at so many weeks
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    weeks: u32,
    /// Tell rates by person or by kind of work only [default: by both]
    #[arg(long, value_name = "WHAT", value_enum)]
    by: Option<Grouped>,
    /// From now on an hour of work costs so much
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true, group = "wage")]
    per_hour: Option<Money>,
    /// From now on each finished example costs so much
    #[arg(long, value_name = "MONEY", allow_negative_numbers = true, group = "wage")]
    per_example: Option<Money>,
    /// From now on nothing is said of what work costs
    #[arg(long, group = "wage")]
    no_wage: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// By what rates are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Grouped {
    Person,
    Kind,
}

impl Args {
    fn by(&self) -> By {
        match self.by {
            None => By::PersonAndKind,
            Some(Grouped::Person) => By::Person,
            Some(Grouped::Kind) => By::Kind,
        }
    }

    /// What people are to be paid by from now on.
    fn wage(&self) -> Option<Wage> {
        self.per_hour.map(Wage::PerHour).or(self.per_example.map(Wage::PerExample))
    }
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let wage = args.wage();
    if wage.is_some() || args.no_wage {
        let Done { action, sentence, .. } = session.dataset(&args.dataset)?.perform(&Verb::SetWage(wage))?;
        if args.json {
            out.json(&json!({"wage": wage, "action": action, "sentence": sentence}))?;
        } else {
            out.line(harmless(&sentence))?;
        }
        return Ok(Ending::Done);
    }
    let paced = session::reader(&args.dataset)?.paced(args.weeks, Timestamp::now())?;
    if args.json {
        out.json(&form::as_json(&paced, args.by()))?;
    } else {
        print::print(&args.dataset.display().to_string(), &paced, args.by(), out)?;
    }
    Ok(Ending::Done)
}
