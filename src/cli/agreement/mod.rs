//! `goldset agreement`: how far annotators say the same, and how sure that is.

mod form;
mod print;

use std::path::PathBuf;

use serde_json::json;

use super::failure::{Ending, Result};
use super::out::Out;
use super::session::{self, Session};
use crate::curation::agreement::{Report, intervals, units};
use crate::curation::bias::{AnnotatorReport, over_all, reports};
use crate::curation::judged::Judgements;
use crate::dataset::Judged;

const EXAMPLES: &str = "\
Examples:
  goldset agreement support.goldset
  goldset agreement support.goldset --where 'intent:refund'
  goldset agreement support.goldset --json | jq '.all.alpha_ordinal'
  goldset agreement support.goldset --units > units.jsonl

Counted are all ranked examples, whatever their status, since it is people that are told of. What is
counted of them are pairs of responses: each annotator says that the first is better, that they are
the same, or that the second is. Which of two is the first is drawn by a hash, so that a better model
that always stands first is no habit of the annotators; --units tells. Rankings by review and known
right ones are left out.

same answer      the share of two annotators who say the same of a pair; chance is in it
alpha, ordinal   Krippendorff's: 1 is full agreement, 0 is what chance gives; a tie lies between the
                 two sides. 0.8 and more is reliable, from 0.667 on tentative. Begin with this one
alpha, nominal   the same where a tie is as far from each side as they are from each other
Gwet's AC1       chance counted otherwise: look at it where nearly all pairs go one way
Cohen's kappa    of two annotators, each with habits of their own; Fleiss' kappa: of all together
Kendall's tau-b  of two orders of one example, from -1 to 1, the mean over the examples
Kendall's W      of the orders of three or more, from 0 to 1

Where it is low: read what is not agreed together, mend the guideline, rank anew. Every figure has
its 95 % interval, by drawing the examples again; where that is wide, more has to be ranked by two.

Of each annotator, what they prefer besides the better response, and how careful they are:
first shown      the share of decided pairs that the response shown earlier wins; near a half: no bias
longer           the same of the longer one; it may be better: look where annotators differ
ties             the share of pairs that are called the same
with themselves  of hidden repeats, how many pairs are judged the same again
right            of gold examples, how many pairs are judged as they are known to be
time             the median spent on a ranking, pauses left out

--json prints one object:
  examples, judgements    with a ranking, and how many of those there are
  all           {examples, pairs, remarks, and of each measure {value, interval: [low, high]} or
                {value: null, why}}: percent, alpha_ordinal, alpha_nominal, ac1, fleiss_kappa, tau_b, w
  pairs         the same with annotators: [a, b], and cohen_kappa for fleiss_kappa and w
  annotators    [{name, rankings, cannot, median_seconds, log_ratio, and {n, share, interval, by_chance}
                or null of: first_wins, first_best, longer_wins, more_markdown_wins,
                fewer_refusals_win, ties, own, gold, hasty}]; by_chance is how likely a share so far
                from a half is by mere chance, where that means something
  everybody     the same over all, without a name
--units prints a JSON line for each thing said: {example, first, second, annotator, value}; first and
second are places of responses from 1, value is 1 (the first is better), 0 or -1.";

/// Measure how far annotators agree
///
/// Over all of them and for each two: shares, Krippendorff's alpha, kappas, AC1, Kendall's tau-b and W,
/// each with its interval, or the reason why it is not defined. Two people who rank the same examples
/// are what it takes: `goldset protocol DATASET --rankings 2` asks for them.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Print what was counted, for other programs
    #[arg(long, conflicts_with = "json")]
    units: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// All that is told.
struct Told<'a> {
    judgements: &'a Judgements,
    report: Report,
    annotators: Vec<AnnotatorReport>,
    everybody: AnnotatorReport,
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = args.filter.as_deref().map(|filter| reader.filter(filter)).transpose()?;
    let judged = Judged::load(&reader, filter)?;
    let judgements = judged.judgements();
    if args.units {
        return print_units(judgements, out);
    }
    let told = Told {
        report: intervals(judgements),
        annotators: reports(judgements),
        everybody: over_all(judgements),
        judgements,
    };
    if args.json {
        out.json(&form::as_json(&told))?;
    } else {
        print::print(&told, out)?;
    }
    Ok(Ending::Done)
}

fn name(judgements: &Judgements, at: usize) -> &str {
    judgements.annotators.get(at).map_or("", String::as_str)
}

fn made(judgements: &Judgements) -> u64 {
    judgements.examples.iter().map(|example| example.judgements.len() as u64).sum()
}

fn print_units(judgements: &Judgements, out: &mut Out) -> Result<Ending> {
    for example in &judgements.examples {
        for unit in units(example) {
            for (who, value) in &unit.values {
                let (first, second) = (unit.first + 1, unit.second + 1);
                let value = i64::from(*value as u8) - 1;
                out.json(&json!({
                    "example": example.id, "first": first, "second": second,
                    "annotator": name(judgements, *who), "value": value,
                }))?;
            }
        }
    }
    Ok(Ending::Done)
}
