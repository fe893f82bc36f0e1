//! `goldset ranks`: whose responses are preferred, by how much, and how sure that is.

mod form;
mod print;

use std::path::PathBuf;

use super::failure::{Ending, Failure, Result};
use super::out::Out;
use super::session::{self, Session};
use crate::curation::judged::Judgements;
use crate::curation::ranks::{Model, Ranks, ranks};
use crate::curation::wins::Table;
use crate::dataset::{Judged, OutcomeCount};
use crate::query::{Filter, Is};
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset ranks support.goldset
  goldset ranks support.goldset --where 'intent:refund'
  goldset ranks support.goldset --by plackett-luce
  goldset ranks support.goldset --against gpt-4o --json | jq '.authors[] | [.name, .win_rate]'

win rate   The share of comparisons won, ties as half a win. Above one half with its whole interval:
           preferred. An interval that holds one half says nothing yet: rank more. Its interval takes
           comparisons as independent; that of the strength draws whole examples, and is the surer one.
strength   Who is stronger by 1 is preferred in 73 of 100, by 2 in 88, by 0.5 in 62; the mean is 0. It
           takes into account whom each met: where some met only weak ones, look at this.
  --by bradley-terry   comparisons of two, a tie is half a win of both (Bradley & Terry 1952)
  --by davidson        ties have a chance of their own (Davidson 1970)
  --by plackett-luce   whole rankings; those with ties are left out (Plackett 1975)
circles    A is preferred to B, B to C and C to A: mostly by chance where the shares are near one half;
           where they last, people judge by several things at once. Of single examples: is:circular

--json prints one object:
  examples, judgements, comparisons    numbers; a comparison is two responses that one ranking places
  against       the author that win rates are against, or null: against all others
  by            how strengths were fitted; ties: Davidson's nu or null; left_out: rankings with ties
  authors       [{name, comparisons, win_rate, standard_error, interval: [low, high], strength,
                strength_interval, group}], best first; strengths of different groups can't be compared
  table         [{author, other, comparisons, win_rate}]
  circles       [[name, …]], each preferred to the next and the last to the first
  consistency   1 where no three make a circle, 0 where as many do as can; null of fewer than three
  circular_examples   {n, ids}: where what most say of one example's responses is a circle; 100 ids at most
  outcomes      what came of the examples, numbers by name; of the whole dataset";

/// Ids of examples that are listed.
const IDS: usize = 100;

/// Say whose responses are preferred
///
/// Authors are models and people. Each ranking is taken apart into comparisons of two responses by
/// different authors. Where review decided an example, its decision counts alone. Everything has its
/// 95 % interval: two authors whose intervals overlap much can't be told apart yet.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Only the examples that this filter finds
    #[arg(long = "where", value_name = "FILTER", allow_hyphen_values = true)]
    filter: Option<String>,
    /// Win rates against this author only
    #[arg(long, value_name = "AUTHOR")]
    against: Option<String>,
    /// How strengths are fitted: bradley-terry, davidson or plackett-luce
    #[arg(long, value_name = "MODEL", default_value = "bradley-terry", hide_possible_values = true)]
    by: By,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How strengths are fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum By {
    BradleyTerry,
    Davidson,
    PlackettLuce,
}

impl By {
    const fn model(self) -> Model {
        match self {
            Self::BradleyTerry => Model::BradleyTerry,
            Self::Davidson => Model::Davidson,
            Self::PlackettLuce => Model::PlackettLuce,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::BradleyTerry => "bradley-terry",
            Self::Davidson => "davidson",
            Self::PlackettLuce => "plackett-luce",
        }
    }
}

/// All that is told.
struct Told<'a> {
    judgements: &'a Judgements,
    table: Table,
    ranks: Ranks,
    against: Option<&'a str>,
    by: By,
    outcomes: Vec<OutcomeCount>,
    /// Examples of which most say a circle.
    circular: Vec<i64>,
}

impl Told<'_> {
    fn name(&self, author: usize) -> &str {
        self.judgements.authors.get(author).map_or("", String::as_str)
    }
}

pub(super) fn run(args: &Args, _: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader(&args.dataset)?;
    let filter = args.filter.as_deref().map(|filter| reader.filter(filter)).transpose()?;
    let in_circles = Filter::is(Is::Circular).and(filter.clone().unwrap_or_default());
    let circular = reader.all_ids(&in_circles)?;
    let judged = Judged::load(&reader, filter)?;
    let judgements = judged.judgements();
    let against = args.against.as_deref().map(|name| author(judgements, name)).transpose()?;
    let told = Told {
        table: Table::of(judgements),
        ranks: ranks(judgements, against, args.by.model(), true),
        against: args.against.as_deref(),
        by: args.by,
        outcomes: reader.counts()?.outcomes,
        circular,
        judgements,
    };
    if args.json {
        out.json(&form::as_json(&told))?;
    } else {
        print::print(&told, out)?;
    }
    Ok(Ending::Done)
}

fn author(judgements: &Judgements, name: &str) -> Result<usize> {
    judgements.authors.iter().position(|author| author == name).ok_or_else(|| {
        let known = judgements.authors.iter().take(10).map(|name| harmless(name).into_owned());
        let known = match known.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => "no response of a known author was ranked".to_owned(),
            names => format!("ranked are responses of {names}"),
        };
        Failure::Said(format!("no ranked response is by {}; {known}", harmless(name)))
    })
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count, kept as a number with parts
fn whole(n: f64) -> u64 {
    n.round() as u64
}
