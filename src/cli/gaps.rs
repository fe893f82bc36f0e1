//! `goldset gaps`: what to write next, and why.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use crate::curation::coverage::SHARES_OF_NOTHING;
use crate::curation::gaps::{Card, Gap, Place, Wanted, cards, open_gaps};
use crate::curation::tway::{At, Column as Codes, Columns, Names};
use crate::dataset::{Tagged, Verb};
use crate::example::{QueueOrder, Status};
use crate::text::count::thousands;
use crate::text::harmless::harmless;

const EXAMPLES: &str = "\
Examples:
  goldset gaps support.goldset                       which examples to write next, and why
  goldset gaps support.goldset --single              which values and pairs lack most
  goldset gaps support.goldset --per-pair 3          every pair of values is wanted three times
  goldset gaps support.goldset --only intent,language
  goldset gaps support.goldset --queues largest-gap  Enter brings what helps the gaps most

Counted are usable examples; queued are those that are pending or a draft, since they fill the gap
once they are done, and what the list itself asks for above a line is told as proposed. Values are
wanted as often as their targets say, and so are cells of two values that have one; what is never
together is not proposed. An example fills several gaps at once, so the list proposes whole examples:
a value for each facet, how many more, and what they fill.

With --queues Write and Rank hand out what waits in that order, for everybody: largest-gap first
what helps the gaps most, as-they-came first what came first.

--json prints one object: cards [{values: {facet: value}, more, gain, waiting, fills: [{gap, have,
queued, proposed, wanted, missing}]}], unreachable, queues; with --single gaps [{gap, have, queued,
proposed, wanted, missing, weight}].
Exit code: 0 nothing is missing, 1 something is.";

/// What is said where every target is met.
const NOTHING_MISSING: &str =
    "nothing is missing: every target is met, and of facets with targets every pair of values is there";

/// What is said where there are none.
const NOTHING_ASKED: &str = "nothing is asked for: no value has a target, and no facet is required";

/// As many as anybody reads.
const ALL: usize = 1_000;

/// List what to write next: the combinations of values that lack examples most
///
/// One example fills several gaps at once: of a value, and of pairs of values. So whole examples are
/// proposed, first the place that lacks most; a facet in which nothing is missing is left open.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// List single values and pairs of values instead of examples
    #[arg(long)]
    single: bool,
    /// How often each pair of values is wanted; 0: pairs don't matter
    #[arg(long, value_name = "N", default_value_t = 1)]
    per_pair: u32,
    /// Only the pairs of these facets matter [default: of all that have targets or are required]
    #[arg(long, value_name = "FACETS", value_delimiter = ',')]
    only: Vec<String>,
    /// So many are listed; 0 stands for all
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Another list of equally good ones
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Set in which order the queues hand out what waits
    #[arg(long, value_name = "ORDER", conflicts_with_all = ["single", "only"])]
    queues: Option<Queues>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// An order of the queues.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Queues {
    /// First what helps the gaps most
    LargestGap,
    /// First what came first
    AsTheyCame,
}

/// Sets the order of the queues.
fn set_order(args: &Args, queues: Queues, session: &Session, out: &mut Out) -> Result<Ending> {
    let order = match queues {
        Queues::LargestGap => QueueOrder::LargestGap,
        Queues::AsTheyCame => QueueOrder::AsTheyCame,
    };
    let done = session.dataset(&args.dataset)?.perform(&Verb::SetQueueOrder(order))?;
    if args.json {
        out.json(&json!({"queues": order, "action": done.action, "sentence": done.sentence}))?;
    } else {
        out.line(harmless(&done.sentence))?;
    }
    Ok(Ending::Done)
}

/// What is wanted, by the targets and what was asked.
fn wanted(tagged: &Tagged, args: &Args) -> Result<Wanted> {
    let mut wanted = tagged.wanted(args.per_pair);
    if !args.only.is_empty() {
        wanted.paired.clear();
    }
    for name in &args.only {
        let place = tagged.facet(name.trim());
        wanted.paired.push(place.ok_or_else(|| crate::dataset::Error::NoFacet(name.clone()))?);
    }
    Ok(wanted)
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    if let Some(queues) = args.queues {
        return set_order(args, queues, session, out);
    }
    let reader = session::reader(&args.dataset)?;
    let tagged = session.tagged(&reader)?;
    let names = tagged.names();
    let have = tagged.counts(Status::is_usable)?;
    let queued = tagged.counts(Status::is_open)?;
    let wanted = wanted(&tagged, args)?;
    let limit = if args.limit == 0 { ALL } else { args.limit };
    let said = |error: crate::curation::gaps::GapError| Failure::Said(error.to_string());
    if args.single {
        let gaps = open_gaps(&wanted, &have, Some(&queued), limit).map_err(said)?;
        single(&gaps, &tagged, args, out)?;
        return Ok(Ending::with_findings(!gaps.is_empty() || tagged.has_shares_of_nothing()));
    }
    let found = cards(&wanted, &have, Some(&queued), limit, args.seed).map_err(said)?;
    let open = tagged.those(Status::is_open);
    let waiting: Vec<u64> = found.cards.iter().map(|card| waiting(card, &open)).collect();
    if args.json {
        let cards = found.cards.iter().zip(&waiting);
        let cards: Vec<Value> =
            cards.map(|(card, waiting)| card_as_json(card, *waiting, &tagged, &names)).collect();
        let unreachable: Vec<String> = found.unreachable.iter().map(|place| place.told(&names)).collect();
        let order = reader.queue_order()?;
        out.json(&json!({"cards": cards, "unreachable": unreachable, "queues": order}))?;
    } else if found.cards.is_empty() && found.unreachable.is_empty() {
        out.line(nothing_missing(&tagged))?;
    }
    if !args.json {
        for (at, (card, waiting)) in (1..).zip(found.cards.iter().zip(&waiting)) {
            out.item(&format!("{at:>3}  "), &harmless(&card.told(&names)))?;
            out.item("     ", &harmless(&card.reason(&names)))?;
            if *waiting > 0 {
                let wait = if *waiting == 1 { "waits" } else { "wait" };
                out.line(format!("     {} like it {wait} in the queues", thousands(*waiting)))?;
            }
        }
        if !found.unreachable.is_empty() {
            let places: Vec<String> = found.unreachable.iter().map(|place| place.told(&names)).collect();
            let says = "can't be filled, since what is never together leaves no example for it";
            out.sentence(harmless(&format!("{says}: {}", places.join(", "))))?;
        }
    }
    let is_any_open = !found.cards.is_empty() || !found.unreachable.is_empty();
    Ok(Ending::with_findings(is_any_open || tagged.has_shares_of_nothing()))
}

/// What is said where no gap is found.
pub(super) fn nothing_missing(tagged: &Tagged) -> &'static str {
    match (tagged.has_shares_of_nothing(), tagged.is_asked_for()) {
        (true, _) => SHARES_OF_NOTHING,
        (false, true) => NOTHING_MISSING,
        (false, false) => NOTHING_ASKED,
    }
}

fn single(gaps: &[Gap], tagged: &Tagged, args: &Args, out: &mut Out) -> Result<()> {
    let names = &tagged.names();
    if args.json {
        let gaps: Vec<Value> = gaps
            .iter()
            .map(|gap| {
                let mut json = gap_as_json(gap, names);
                json.insert("weight".to_owned(), json!(gap.weight));
                Value::Object(json)
            })
            .collect();
        out.json(&json!({ "gaps": gaps }))?;
        return Ok(());
    }
    if gaps.is_empty() {
        out.line(nothing_missing(tagged))?;
        return Ok(());
    }
    let columns = [
        Column::text("gap"),
        Column::number("usable"),
        Column::number("queued"),
        Column::number("wanted"),
        Column::number("missing"),
    ];
    let row = |gap: &Gap| {
        vec![
            told(gap.place, names),
            gap.have.to_string(),
            gap.queued.to_string(),
            gap.wanted.to_string(),
            gap.missing().to_string(),
        ]
    };
    out.table(&columns, &gaps.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

/// A place with the names of its facets.
fn told(place: Place, names: &Names) -> String {
    match place {
        Place::Value(at) => names.told(at),
        Place::Pair(cell) => format!("{} × {}", names.told(cell.first), names.told(cell.second)),
    }
}

fn gap_as_json(gap: &Gap, names: &Names) -> Map<String, Value> {
    let fields = [
        ("gap", json!(told(gap.place, names))),
        ("have", json!(gap.have)),
        ("queued", json!(gap.queued)),
        ("proposed", json!(gap.proposed)),
        ("wanted", json!(gap.wanted)),
        ("missing", json!(gap.missing())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// How many of the open examples carry all of its values.
fn waiting(card: &Card, open: &Columns) -> u64 {
    let chosen = card.chosen();
    let columns: Vec<(&Codes, u16)> =
        chosen.iter().filter_map(|at| Some((open.as_slice().get(at.facet)?, at.value))).collect();
    let carries = |row: &usize| columns.iter().all(|(column, value)| column.row(*row).contains(value));
    (0..open.rows()).filter(carries).count() as u64
}

fn card_as_json(card: &Card, waiting: u64, tagged: &Tagged, names: &Names) -> Value {
    let name = |at: &At| {
        let facet = tagged.facets.get(at.facet).map(|facet| facet.name.clone()).unwrap_or_default();
        (facet, json!(names.value(*at)))
    };
    let values: Map<String, Value> = card.chosen().iter().map(name).collect();
    let fills: Vec<Value> = card.fills.iter().map(|gap| Value::Object(gap_as_json(gap, names))).collect();
    json!({"values": values, "more": card.more, "gain": card.gain, "waiting": waiting, "fills": fills})
}
