//! Rounds of results as the screen of failures shows them: their rates, the slices of one that fail, and what
//! got worse against another.

use crate::curation::failures::{Options, Worse};
use crate::dataset::{Compared, Failing, FailingSlice, KeptRound, Reader, Result};
use crate::example::Tag;

/// Which round is looked at, and against which.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked {
    /// Its name; `None`: the one that was kept last.
    pub round: Option<String>,
    /// Against which other one.
    pub against: Against,
}

/// Against which round another is held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Against {
    /// The one that was kept before it.
    #[default]
    Before,
    /// None.
    Nothing,
    /// The one of that name.
    Round(String),
}

/// What is told of a slice.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// It fails more than the rest; where it got worse too, that.
    Fails(Box<FailingSlice>, Option<Worse>),
    /// It does not, but it got worse.
    GotWorse(Worse),
}

/// A slice.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its values.
    pub tags: Vec<Tag>,
    /// The filter of its training examples; `None` where the dataset has no such tag.
    pub filter: Option<String>,
    /// What is told of it.
    pub told: Told,
}

/// A round, looked at.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Which one, by its place.
    pub round: usize,
    /// Against which, and what that says.
    pub against: Option<(usize, String)>,
    /// Its slices: those that fail more than the rest, what mending promises most first, then those that only
    /// got worse.
    pub lines: Vec<Line>,
    /// Where it fails, in numbers.
    pub failing: Failing,
    /// Whether contradictions were looked for too.
    pub is_whole: bool,
}

/// All rounds, and one looked at.
#[derive(Debug, Clone, Default)]
pub struct Rounds {
    /// In the order in which they were kept.
    pub rounds: Vec<KeptRound>,
    /// The one that is looked at; `None` where there is none.
    pub shown: Option<Shown>,
}

impl Rounds {
    /// Reads the rounds and looks at the one that is asked for; contradictions are not looked for yet.
    pub fn of(reader: &Reader, asked: &Asked) -> Result<Self> {
        let rounds = reader.rounds()?;
        let place = |name: &str| rounds.iter().position(|round| round.name == name);
        let named = asked.round.as_deref().and_then(place);
        let Some(round) = named.or(rounds.len().checked_sub(1)) else { return Ok(Self::default()) };
        let against = match &asked.against {
            Against::Before => round.checked_sub(1),
            Against::Nothing => None,
            Against::Round(name) => place(name).filter(|other| *other != round),
        };
        let shown = Shown::of(reader, &rounds, round, against)?;
        Ok(Self { rounds, shown: Some(shown) })
    }
}

impl Shown {
    fn of(reader: &Reader, rounds: &[KeptRound], round: usize, against: Option<usize>) -> Result<Self> {
        let options = Options::default();
        let results = |at: usize| match rounds.get(at) {
            Some(round) => reader.round(&round.name).map(|round| round.results),
            None => Ok(Vec::new()),
        };
        let now = results(round)?;
        let failing = reader.failing(&now, &options)?;
        let names = failing.coded.names();
        let (against, worse) = match against {
            None => (None, Vec::new()),
            Some(other) => {
                match reader.compare_rounds(&failing.coded, &results(other)?, &now, options.false_share)? {
                    None => (Some((other, "no test is in both".to_owned())), Vec::new()),
                    Some(Compared { runs, worse }) => (Some((other, runs.told(&worse, &names))), worse),
                }
            }
        };
        let mut shown = Self { round, against, lines: Vec::new(), failing, is_whole: false };
        shown.lines = shown.lines_of(reader, worse)?;
        Ok(shown)
    }

    fn lines_of(&self, reader: &Reader, mut worse: Vec<Worse>) -> Result<Vec<Line>> {
        let filter = |tags: &[Tag]| -> Result<Option<String>> {
            let has_all = self.failing.has_all(tags);
            has_all.then(|| reader.trained_in(tags).map(|filter| filter.to_string())).transpose()
        };
        let mut lines = Vec::new();
        for slice in &self.failing.slices {
            let same = worse.iter().position(|worse| worse.values == slice.slice.values);
            let same = same.map(|at| worse.remove(at));
            lines.push(Line {
                tags: slice.tags.clone(),
                filter: filter(&slice.tags)?,
                told: Told::Fails(Box::new(slice.clone()), same),
            });
        }
        for worse in worse {
            let tags = self.failing.tags(&worse.values);
            lines.push(Line { filter: filter(&tags)?, tags, told: Told::GotWorse(worse) });
        }
        Ok(lines)
    }

    /// Takes over what was found out of the slices since.
    pub fn learned(&mut self) {
        self.is_whole = true;
        let slices = self.failing.slices.iter();
        for (line, slice) in self.lines.iter_mut().zip(slices) {
            if let Told::Fails(told, _) = &mut line.told {
                told.as_mut().clone_from(slice);
            }
        }
    }
}
