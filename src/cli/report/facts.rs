//! All that the page tells, read from the dataset by the same readers and measures as the subcommands use.

use super::Args;
use crate::cli::cost;
use crate::cli::failure::{Failure, Result};
use crate::cli::gaps::nothing_missing;
use crate::cli::near::neighbours;
use crate::cli::progress::Meter;
use crate::cli::session::{self, Session};
use crate::curation::agreement::{Report, intervals};
use crate::curation::bias::{AnnotatorReport, PairLengths, over_all, over_usable, reports};
use crate::curation::coverage::{Coverage, FacetCoverage};
use crate::curation::gaps::cards;
use crate::curation::judged::Judgements;
use crate::curation::readiness::{Advice, Answers};
use crate::curation::tway::{Names, TupleCoverage, pair_coverage};
use crate::dataset::{Assessment, Counts, Judged, Paced, Reader, Survey};
use crate::example::{Facet, Timestamp};
use crate::tui::surveying::{Crossed, Crossing, Overall};

/// Pairs of values that are missing, and examples to write next, that are listed.
const MISSING: usize = 40;
const CARDS: usize = 10;
/// The list of what to write next is that of `goldset gaps`.
const SEED: u64 = 1;

/// All that the page tells.
pub(super) struct Facts {
    /// The file, as it is called where it lies.
    pub name: String,
    /// The counts.
    pub counts: Counts,
    /// What the dataset is ready for, and what is left to do.
    pub assessment: Assessment,
    /// Facets with targets.
    pub coverage: Vec<FacetCoverage>,
    /// Two facets crossed.
    pub crossing: Crossing,
    /// Pairs of values of all facets, and those that no usable example carries.
    pub pairs: TupleCoverage,
    /// How facets and values are called.
    pub names: Names,
    /// What to write next, and why.
    pub to_write: Vec<(String, String)>,
    /// What is said where nothing is.
    pub nothing_missing: &'static str,
    /// What is said of all facets together.
    pub overall: Overall,
    /// The estimated tokens of usable examples.
    pub lengths: Vec<u64>,
    /// What rankings tell; `None` without any.
    pub judged: Option<Judgement>,
    /// How fast it grows, and what the work costs.
    pub paced: Paced,
    /// The moment that the page states.
    pub moment: Moment,
    /// What training costs.
    pub cost: cost::Told,
}

/// What rankings tell.
pub(super) struct Judgement {
    /// The rankings.
    pub judgements: Judgements,
    /// How far annotators agree.
    pub report: Report,
    /// What each of them prefers.
    pub annotators: Vec<AnnotatorReport>,
    /// The same over all.
    pub everybody: AnnotatorReport,
    /// The same over all, of usable examples only.
    pub usable: AnnotatorReport,
    /// The pairs of a better and a worse response of usable examples.
    pub pairs: PairLengths,
}

impl Facts {
    /// Reads them.
    pub fn gather(args: &Args, session: &Session) -> Result<Self> {
        let reader = session::reader(&args.dataset)?;
        let facets = reader.definitions()?.facets;
        let crossed = crossed(&facets, &args.cross)?;
        let moment = match args.at {
            Some(at) => Moment::Given(at),
            None => reader.last_moment()?.map_or(Moment::NothingDone, Moment::LastDone),
        };
        let counts = reader.counts()?;
        let survey = Survey::counted(session.tagged(&reader)?)?;
        let name = args.dataset.file_name().unwrap_or(args.dataset.as_os_str());
        let names = survey.tagged().names();
        Ok(Self {
            name: name.to_string_lossy().into_owned(),
            assessment: assessment(&reader, args, session)?,
            coverage: Coverage::of(&counts).facets,
            crossing: Crossing::of(&survey, None, &crossed),
            pairs: pair_coverage(survey.usable(), survey.tagged().forbidden(), 1, MISSING),
            to_write: to_write(&survey, &names)?,
            nothing_missing: nothing_missing(survey.tagged()),
            overall: Overall::of(&survey),
            names,
            lengths: reader.tokens_of(&reader.usable()?)?,
            judged: judged(&reader)?,
            paced: reader.paced(args.weeks, moment.at().unwrap_or_default())?,
            cost: cost::usual(&args.dataset, session)?,
            counts,
            moment,
        })
    }

    /// Whether it is ready to fine-tune on.
    pub fn is_ready(&self) -> bool {
        self.assessment.readiness.advice == Advice::FineTune
    }
}

/// The two facets that are meant: those that were named, or else those with targets that have most values.
fn crossed(facets: &[Facet], named: &[String]) -> Result<Crossed> {
    let known = |name: &String| {
        let found = facets.iter().find(|facet| facet.name == name.trim());
        found.map(|facet| facet.name.clone()).ok_or_else(|| {
            let all: Vec<&str> = facets.iter().map(|facet| facet.name.as_str()).collect();
            Failure::Said(format!("there is no facet “{name}”; there are: {}", all.join(", ")))
        })
    };
    match named {
        [] => {
            let mut usual: Vec<&Facet> = facets.iter().collect();
            usual.sort_by_key(|facet| (!facet.has_targets(), std::cmp::Reverse(facet.values.len())));
            let mut usual = usual.into_iter().map(|facet| facet.name.clone());
            Ok(Crossed { rows: usual.next(), columns: usual.next() })
        }
        [rows, columns] if rows.trim() != columns.trim() => {
            Ok(Crossed { rows: Some(known(rows)?), columns: Some(known(columns)?) })
        }
        _ => {
            Err(Failure::Said("two different facets are crossed: --cross intent --cross language".to_owned()))
        }
    }
}

fn assessment(reader: &Reader, args: &Args, session: &Session) -> Result<Assessment> {
    let mut neighbours = neighbours(reader, &args.dataset, session)?;
    let mut meter = Meter::start();
    let measured = reader.measure(&mut neighbours, &mut |progress| meter.hear(progress))?;
    meter.clear();
    Ok(reader.assess(&measured, Answers::default(), &session.annotator)?)
}

fn to_write(survey: &Survey, names: &Names) -> Result<Vec<(String, String)>> {
    let queued = survey.queued();
    let found = cards(&survey.tagged().wanted(1), survey.usable(), Some(&queued), CARDS, SEED);
    let found = found.map_err(|error| Failure::Said(error.to_string()))?;
    Ok(found.cards.iter().map(|card| (card.told(names), card.reason(names))).collect())
}

fn judged(reader: &Reader) -> Result<Option<Judgement>> {
    let judged = Judged::load(reader, None)?;
    let judgements = judged.judgements();
    if judgements.examples.is_empty() {
        return Ok(None);
    }
    Ok(Some(Judgement {
        report: intervals(judgements),
        annotators: reports(judgements),
        everybody: over_all(judgements),
        usable: over_usable(judgements),
        pairs: PairLengths::of(judgements),
        judgements: judgements.clone(),
    }))
}

/// The moment that a page states.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// When something was done last.
    LastDone(Timestamp),
    /// One that was asked for: the pace is told up to then, and all else as it is.
    Given(Timestamp),
    /// None: nothing was ever done.
    NothingDone,
}

impl Moment {
    /// When that is; `None` where nothing was done.
    pub fn at(self) -> Option<Timestamp> {
        match self {
            Self::LastDone(at) | Self::Given(at) => Some(at),
            Self::NothingDone => None,
        }
    }

    /// What it says of the page.
    pub fn told(self) -> String {
        match self {
            Self::LastDone(at) => format!("as of {}", stated(at)),
            Self::Given(at) => format!("as it is now, with the pace told up to {}", stated(at)),
            Self::NothingDone => "nothing was done yet".to_owned(),
        }
    }
}

/// A moment as the page states it: in UTC, wherever it is made.
fn stated(at: Timestamp) -> String {
    at.to_string()
        .replacen('T', " ", 1)
        .split('.')
        .next()
        .map_or_else(String::new, |minute| format!("{minute} UTC"))
}
