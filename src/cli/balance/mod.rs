//! `goldset balance`: whether some values of a facet drown the others.

mod lengths;
mod people;
mod splits;

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::failure::{Ending, Failure, Result};
use super::out::{Column, Out};
use super::session::{self, Session};
use super::tokens::ESTIMATED;
use crate::curation::balance::Verdict;
use crate::curation::diversity::{Balance, Measure, Told, weighed};
use crate::dataset::{DerivedFacet, FacetCount, Reader};
use crate::text::count::thousands;
use crate::text::harmless::harmless;
use crate::text::percent;

const EXAMPLES: &str = "\
Examples:
  goldset balance support.goldset                    each facet in a line
  goldset balance support.goldset --facet intent     every measure of it, with what it says
  goldset balance support.goldset --facet lang       of what is read off the examples
  goldset balance support.goldset --lengths          of examples, prompts, responses; what people choose
  goldset balance support.goldset --people           who made what, and whether one person is one kind
  goldset balance support.goldset --splits           what is held out beside what is trained on

Counted are usable examples: those submitted or approved; kept are all that are not discarded. What
is said of single people is of all that they ranked, and --people counts all responses and rankings
that were made, in discarded examples too. Where every value of a facet has a
target, the shares of the targets are what the balance is compared with. Weighed, as on Home and by
`goldset ready`, are the facets of which every value has a target; where there is none, the closed
ones that every example should have, or else all closed ones. The others are told and stop nothing.

What is read off the examples (turns, prompt_tokens, response_tokens, lang, tools, refusal, json,
source; author and annotator by --facet) is told below the facets, and never makes the exit code 1.

--json prints one object: weighed (names); facets and derived [{name, kinds, counted, entropy, effective, dominant, seen,
evenness, largest, smallest, imbalance, gini, target: {total_variation, kl, js, psi, missing}}];
what is infinite is null.
With --lengths: whole, prompts, responses, turns, each {counted, usable, quantiles (of the usable):
{p5, p50, p95, largest}, buckets: [{from, to, usable, others}]}; pairs: {rules: {longer, more_markdown, fewer_refusals},
log_ratio, position: [{name, first_wins}]}; a share is {n, share, interval}.
With --people: responses, rankings [{name, is, n, share}], sources [{source, format, usable,
others}], written, ranked [{facet, v, by_chance, n, strong, strongest: {name, value, n,
share_of_value, share_of_all}}]; v is Cramér's V.
With --splits: sizes, facets [{name, values: [{name, train, validation, test}]}], held_out [{split,
facets: [{name, total_variation, js}], prompts, responses: {distance, by_chance}, combinations:
{tested, untrained, share}, never_trained: [{tags, n}]}].
Exit code: 0 all is even enough, 1 a facet that is weighed is not (evenness below 0.8, or a tenth in the wrong
place); with --lengths, where people
choose by length, form or place; with --people, where one person stands for a value; with --splits,
where what is held out is another thing than what is trained on.";

/// Tell whether some kinds of examples drown the others
///
/// How even the values of each facet are, how many of them carry the weight, and how far their shares
/// are from those of the targets; of one facet every measure, each with what it says.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The dataset
    dataset: PathBuf,
    /// Tell every measure of this facet
    #[arg(long, value_name = "FACET")]
    facet: Option<String>,
    #[command(flatten)]
    page: Page,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What else can be told; without any of these it is the values of facets.
#[derive(Debug, Clone, Copy, clap::Args)]
#[group(multiple = false, conflicts_with = "facet")]
struct Page {
    /// Tell how long examples are, and what people choose besides the better response
    #[arg(long)]
    lengths: bool,
    /// Tell who made what, where it came from, and whether who and what hang together
    #[arg(long)]
    people: bool,
    /// Compare what is held out with what is trained on
    #[arg(long)]
    splits: bool,
}

/// Whether it is one to look at.
fn is_uneven(balance: &Balance) -> bool {
    balance.verdict().is_some_and(|verdict| verdict != Verdict::Good)
}

pub(super) fn run(args: &Args, session: &Session, out: &mut Out) -> Result<Ending> {
    let reader = session::reader_of_traits(&args.dataset, session)?;
    match args.page {
        Page { lengths: true, .. } => return lengths::run(&reader, args.json, out),
        Page { people: true, .. } => return people::run(&reader, args.json, out),
        Page { splits: true, .. } => return splits::run(&reader, args.json, out),
        Page { .. } => {}
    }
    let counts = reader.counts()?;
    let weighed: Vec<String> = match &args.facet {
        None => {
            let weighed = weighed(&counts, &reader.definitions()?.facets);
            weighed.into_iter().map(|one| one.facet.name.clone()).collect()
        }
        Some(name) => vec![name.clone()],
    };
    let (own, derived) = match &args.facet {
        None => {
            let derived = reader.derived_counts()?.into_iter().map(|(_, count)| count);
            // of one value there is nothing to balance
            (counts.facets, derived.filter(|count| count.values.len() > 1).collect())
        }
        Some(name) => named(&reader, counts.facets, name)?,
    };
    let own = balances(own)?;
    let derived = balances(derived)?;
    let is_weighed = |facet: &FacetCount| weighed.contains(&facet.name);
    let ending =
        Ending::with_findings(own.iter().any(|(facet, balance)| is_weighed(facet) && is_uneven(balance)));
    if args.json {
        let told = |balances: &[(FacetCount, Balance)]| -> Vec<Value> {
            balances.iter().map(|(facet, balance)| as_json(facet, balance)).collect()
        };
        out.json(&json!({ "facets": told(&own), "derived": told(&derived), "weighed": weighed }))?;
        return Ok(ending);
    }
    if args.facet.is_some() {
        for (facet, balance) in own.iter().chain(&derived) {
            whole(facet, balance, out)?;
        }
        estimates(&derived, out)?;
        return Ok(ending);
    }
    if own.is_empty() {
        out.sentence("there are no facets yet; `goldset facets DATASET --add NAME` makes one")?;
    } else {
        lines("facet", &own, out)?;
        if weighed.is_empty() {
            out.sentence(
                "weighed: none, as no facet with usable examples has targets for all its values or is closed",
            )?;
        } else {
            out.sentence(harmless(&format!("weighed: {}", weighed.join(", "))))?;
        }
    }
    if !derived.is_empty() {
        out.line("")?;
        lines("read off them", &derived, out)?;
        estimates(&derived, out)?;
    }
    Ok(ending)
}

/// Says that tokens are estimated, where there are any.
fn estimates(derived: &[(FacetCount, Balance)], out: &mut Out) -> Result<()> {
    let is_estimated =
        |facet: &FacetCount| DerivedFacet::named(&facet.name, []).is_some_and(DerivedFacet::is_estimated);
    if derived.iter().any(|(facet, _)| is_estimated(facet)) {
        out.sentence(ESTIMATED)?;
    }
    Ok(())
}

/// The facet of that name: of the dataset's own, or a derived one.
fn named(reader: &Reader, own: Vec<FacetCount>, name: &str) -> Result<(Vec<FacetCount>, Vec<FacetCount>)> {
    let derived = DerivedFacet::named(name, own.iter().map(|facet| facet.name.as_str()));
    match (own.into_iter().find(|facet| facet.name == name), derived) {
        (Some(found), _) => Ok((vec![found], Vec::new())),
        (None, Some(derived)) => Ok((Vec::new(), vec![reader.derived_count(derived)?])),
        (None, None) => Err(crate::dataset::Error::NoFacet(name.to_owned()).into()),
    }
}

fn balances(facets: Vec<FacetCount>) -> Result<Vec<(FacetCount, Balance)>> {
    let mut balances = Vec::with_capacity(facets.len());
    for facet in facets {
        let balance = Balance::of_facet(&facet);
        let balance = balance.map_err(|error| Failure::Said(format!("{}: {error}", facet.name)))?;
        balances.push((facet, balance));
    }
    Ok(balances)
}

fn lines(head: &'static str, balances: &[(FacetCount, Balance)], out: &mut Out) -> Result<()> {
    let columns = [
        Column::text(head),
        Column::number("usable"),
        Column::number("kinds"),
        Column::number("carry the weight"),
        Column::number("evenness"),
        Column::number("misplaced"),
        Column::text("the most"),
        Column::text("the least"),
    ];
    let name = |facet: &FacetCount, at: usize| {
        facet.values.get(at).map(|value| value.name.clone()).unwrap_or_default()
    };
    let row = |(facet, balance): &(FacetCount, Balance)| {
        let member = |member: Option<crate::curation::diversity::Member>| {
            member
                .map_or_else(String::new, |it| format!("{} {}", name(facet, it.at), percent::near(it.share)))
        };
        let [_, effective, _] = balance.hill;
        // Of nothing there is no measure.
        let measure = |told: String| if balance.counted == 0 { "–".to_owned() } else { told };
        let misplaced = balance.divergence.as_ref().map(|far| percent::up(far.total_variation));
        vec![
            facet.name.clone(),
            thousands(balance.counted),
            thousands(balance.kinds as u64),
            measure(format!("{effective:.1}")),
            measure(format!("{:.2}", balance.evenness)),
            misplaced.unwrap_or_default(),
            member(balance.largest),
            member(balance.smallest),
        ]
    };
    out.table_in_full(&columns, &balances.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn whole(facet: &FacetCount, balance: &Balance, out: &mut Out) -> Result<()> {
    let names: Vec<&str> = facet.values.iter().map(|value| value.name.as_str()).collect();
    let told = balance.told(&names);
    if told.is_empty() {
        out.sentence(format!("{}: nothing is usable yet", harmless(&facet.name)))?;
        return Ok(());
    }
    out.heading(&harmless(&facet.name))?;
    let row = |told: &Told| vec![word(told.measure).to_owned(), number(told.value), told.sentence.clone()];
    let columns = [Column::text("measure"), Column::number(""), Column::text("what it says")];
    out.table_in_full(&columns, &told.iter().map(row).collect::<Vec<_>>())?;
    Ok(())
}

fn number(value: f64) -> String {
    if value.is_infinite() { "∞".to_owned() } else { format!("{value:.4}") }
}

/// The word for a measure.
const fn word(measure: Measure) -> &'static str {
    match measure {
        Measure::Seen => "seen",
        Measure::Effective => "effective kinds",
        Measure::Dominant => "dominant kinds",
        Measure::Entropy => "entropy",
        Measure::Evenness => "evenness",
        Measure::Largest => "largest share",
        Measure::Smallest => "smallest share",
        Measure::Imbalance => "imbalance",
        Measure::Gini => "Gini",
        Measure::TotalVariation => "misplaced",
        Measure::Kl => "Kullback-Leibler",
        Measure::Js => "Jensen-Shannon",
        Measure::Psi => "stability index",
        Measure::ChiSquare => "chi-square p",
        Measure::G => "G p",
        Measure::Missing => "missing",
    }
}

fn as_json(facet: &FacetCount, balance: &Balance) -> Value {
    let share = |member: Option<crate::curation::diversity::Member>| {
        member.map(|it| {
            let name = facet.values.get(it.at).map(|value| value.name.as_str());
            json!({"value": name, "share": it.share})
        })
    };
    let [seen, effective, dominant] = balance.hill;
    let mut object = Map::new();
    let mut put = |name: &str, value: Value| object.insert(name.to_owned(), value);
    put("name", json!(facet.name));
    put("kinds", json!(balance.kinds));
    put("counted", json!(balance.counted));
    put("entropy", json!(balance.entropy));
    put("seen", json!(seen));
    put("effective", json!(effective));
    put("dominant", json!(dominant));
    put("evenness", json!(balance.evenness));
    put("largest", json!(share(balance.largest)));
    put("smallest", json!(share(balance.smallest)));
    put("imbalance", json!(balance.imbalance));
    put("gini", json!(balance.gini));
    let target = balance.divergence.as_ref().map(|far| {
        json!({
            "total_variation": far.total_variation, "kl": far.kl, "js": far.js, "psi": far.psi,
            "missing": balance.missing,
        })
    });
    put("target", json!(target));
    Value::Object(object)
}
