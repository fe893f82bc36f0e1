//! What can be set of an export: a row each, what stands in it, what is asked to change it, and what an
//! answer makes of the plan.

use std::path::Path;

use crate::dataset::Plan;
use crate::example::{Split, Status};
use crate::formats::{self, Carries, Choice, Format, PairMode, WriteOptions, mends};
use crate::query::{self, Vocabulary};
use crate::text::harmless::harmless;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose};

/// A row of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// The form of the file.
    Format,
    /// Which examples.
    Filter,
    /// In which statuses.
    Status,
    /// Of which split.
    Split,
    /// How often which.
    Balance,
    /// Which pairs of a ranking.
    Pairs,
    /// How many pairs of an example.
    AtMost,
    /// How good a response must be.
    Only,
    /// What may be mended on the way.
    Mends,
    /// What becomes of examples that do not hold.
    Invalid,
    /// Which rules need not hold.
    Pass,
    /// What stands in a record beside what the format demands.
    Records,
    /// Which files go with it.
    Beside,
}

/// The rows in groups, each with its heading.
pub(super) const GROUPS: &[(&str, &[Setting])] = &[
    ("WHAT GOES OUT", &[Setting::Format, Setting::Filter, Setting::Status, Setting::Split, Setting::Balance]),
    ("WHICH RESPONSES", &[Setting::Pairs, Setting::AtMost, Setting::Only]),
    ("WHAT DOES NOT HOLD", &[Setting::Mends, Setting::Invalid, Setting::Pass]),
    ("WHAT GOES WITH IT", &[Setting::Records, Setting::Beside]),
];

/// A question about the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Format,
    Filter,
    Status,
    Split,
    Balance,
    Pairs,
    AtMost,
    Only,
    Agreement,
    Strength,
    Rating,
    Mends,
    Pass,
    Records,
    Beside,
    /// Where it is to be written to; it changes nothing of the plan.
    To,
    /// Whether it is to be written over what is there; nor does it.
    Over,
}

impl Asked {
    const ALL: &'static [Self] = &[
        Self::Format,
        Self::Filter,
        Self::Status,
        Self::Split,
        Self::Balance,
        Self::Pairs,
        Self::AtMost,
        Self::Only,
        Self::Agreement,
        Self::Strength,
        Self::Rating,
        Self::Mends,
        Self::Pass,
        Self::Records,
        Self::Beside,
        Self::To,
        Self::Over,
    ];

    /// What tells the answer to this question from others.
    pub fn purpose(self) -> Purpose {
        Purpose::Own(self as u8)
    }

    /// The question that was answered.
    pub fn of(purpose: &Purpose) -> Option<Self> {
        Self::ALL.iter().copied().find(|asked| asked.purpose() == *purpose)
    }
}

/// What is said of nothing in particular.
const ANY: &str = "any";
const ALL: &str = "all";
const USUAL: &str = "what is usual";
const CARD: &str = "data card";
const MANIFEST: &str = "manifest";
const OWN_FILES: &str = "the format's own files";
const EXTRA: &str = "fields that came along";
const JUDGEMENTS: &str = "what people said";
const BOM: &str = "byte order mark";
const AGREEMENT: &str = "agreement";
const STRENGTH: &str = "strength";
const RATING: &str = "rating";
const KEEP: &str = "leave it";
/// The answer that writes over a file.
pub(super) const OVER: &str = "write over it";
const WITHOUT_BAD: &str = "without bad ones";

/// The choices of statuses that are offered; any others can be typed.
const STATUSES: &[&str] = &["approved", "submitted, approved", "draft, submitted, approved", "pending"];

/// The formats that can be written.
pub(super) fn writable() -> impl Iterator<Item = (&'static str, &'static dyn Format)> {
    let of_family =
        |family: &'static formats::Family| family.formats.iter().map(move |format| (family.title, *format));
    formats::FAMILIES
        .iter()
        .flat_map(of_family)
        .filter(|(_, format)| format.writer(&WriteOptions::default()).is_some())
}

/// The format that one begins with: the first that carries that.
pub(super) fn first_of(carries: Carries) -> &'static str {
    let mut all = writable().map(|(_, format)| format);
    all.find(|format| format.carries() == carries).map_or("goldset", Format::id)
}

impl Setting {
    /// Whether it does something for the format.
    pub fn is_there(self, plan: &Plan) -> bool {
        let carries = plan.format().map(Format::carries).ok();
        match self {
            Self::Pairs | Self::AtMost => carries == Some(Carries::Pairs),
            Self::Only => carries != Some(Carries::Everything),
            _ => true,
        }
    }

    /// Its name on the screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Format => "format",
            Self::Filter => "examples",
            Self::Status => "status",
            Self::Split => "split",
            Self::Balance => "balance",
            Self::Pairs => "pairs",
            Self::AtMost => "at most",
            Self::Only => "only where",
            Self::Mends => "mends",
            Self::Invalid => "invalid",
            Self::Pass => "let pass",
            Self::Records => "in records",
            Self::Beside => "beside it",
        }
    }

    /// What it is set to; `false` where that is what it is without being told.
    pub fn value(self, plan: &Plan) -> (String, bool) {
        let list = |parts: Vec<String>, none: &str| {
            if parts.is_empty() { (none.to_owned(), false) } else { (parts.join(", "), true) }
        };
        match self {
            Self::Format => {
                let carries = plan.format().map(|format| format.carries().as_str()).unwrap_or_default();
                (format!("{}  {carries}", plan.format), true)
            }
            Self::Filter if plan.filter.trim().is_empty() => (ALL.to_owned(), false),
            Self::Filter => (plan.filter.clone(), true),
            Self::Status => match &plan.statuses {
                Some(statuses) if statuses.as_slice() == Status::ALL => (ALL.to_owned(), true),
                Some(statuses) => list(statuses.iter().map(ToString::to_string).collect(), "none"),
                None => (usual(plan), false),
            },
            Self::Split => match plan.split {
                Some(split) => (split.to_string(), true),
                None => (ALL.to_owned(), false),
            },
            Self::Balance => match &plan.balance {
                Some(balance) => (balance.to_string(), true),
                None => ("each once".to_owned(), false),
            },
            Self::Pairs => {
                let (name, about) = pairs(plan.choice.pairs);
                (format!("{name}: {about}"), plan.choice.pairs != PairMode::default())
            }
            Self::AtMost => match plan.choice.max_pairs {
                Some(most) => (format!("{most} of an example"), true),
                None => ("any number of an example".to_owned(), false),
            },
            Self::Only => list(only(&plan.choice), ANY),
            Self::Mends => list(plan.mends.clone(), "none"),
            Self::Invalid if plan.skip_invalid => ("are left out".to_owned(), true),
            Self::Invalid => ("stop the export".to_owned(), false),
            Self::Pass => list(plan.allow.clone(), "no rule"),
            Self::Records => list(set(&in_records(plan)), "only what the format has"),
            Self::Beside => list(set(&beside(plan)), "nothing"),
        }
    }

    /// What is asked where it is to be changed; `None` where it is turned round at once.
    pub fn ask(self, plan: &Plan) -> Option<Effect> {
        Some(match self {
            Self::Format => pick(Asked::Format, "Format", formats_of(plan)),
            Self::Filter => ask(Asked::Filter, "Examples that", plan.filter.clone()),
            Self::Status => {
                let now = plan.statuses.as_ref().map(|_| self.value(plan).0);
                let about = usual(plan);
                let usual = item(USUAL, &about, now.is_none());
                let others = STATUSES.iter().chain([&ALL]);
                let others = others.map(|words| item(words, "", now.as_deref() == Some(*words)));
                let items = [usual].into_iter().chain(others).collect();
                let title = "Which statuses?".to_owned();
                Effect::Pick(Picker { open: true, ..picker(Asked::Status, &title, items) })
            }
            Self::Split => {
                let splits =
                    Split::ALL.iter().map(|split| item(split.as_str(), "", plan.split == Some(*split)));
                let all = item(ALL, "into a folder: a file for each", plan.split.is_none());
                pick(Asked::Split, "Which split?", [all].into_iter().chain(splits).collect())
            }
            Self::Balance => {
                let now = plan.balance.as_ref().map(ToString::to_string).unwrap_or_default();
                ask(Asked::Balance, "Balance by (intent=cap:200, under, over, targets)", now)
            }
            Self::Pairs => {
                let items = PairMode::ALL.iter().map(|mode| {
                    let (name, about) = pairs(*mode);
                    item(name, about, *mode == plan.choice.pairs)
                });
                pick(Asked::Pairs, "Which pairs of a ranking?", items.collect())
            }
            Self::AtMost => {
                let now = plan.choice.max_pairs.map(|most| most.to_string()).unwrap_or_default();
                ask(Asked::AtMost, "At most so many pairs of an example (empty: any)", now)
            }
            Self::Only => {
                let Choice { min_agreement, min_strength, min_rating, without_bad, .. } = &plan.choice;
                let items = vec![
                    item(AGREEMENT, "that share of the votes is for it, ½ to 1", min_agreement.is_some()),
                    item(
                        STRENGTH,
                        "the preference is that strong on average, 1 to 4",
                        min_strength.is_some(),
                    ),
                    item(RATING, "it is rated that high on average", min_rating.is_some()),
                    item(WITHOUT_BAD, "what was called bad stays out of pairs altogether", *without_bad),
                ];
                pick(Asked::Only, "Only where", items)
            }
            Self::Mends => {
                let is_set = |id: &str| plan.mends.iter().any(|set| set == id);
                let items = mends::ALL.iter().map(|mend| item(mend.id(), mend.title(), is_set(mend.id())));
                pick(Asked::Mends, "May be mended on the way", items.collect())
            }
            Self::Pass => {
                let is_set = |id: &str| plan.allow.iter().any(|set| set == id);
                let items = rules(plan).into_iter().map(|(id, demand)| item(id, demand, is_set(id)));
                pick(Asked::Pass, "Need not hold", items.collect())
            }
            Self::Records => pick(Asked::Records, "In each record also", items(in_records(plan))),
            Self::Beside => pick(Asked::Beside, "Beside the file", items(beside(plan))),
            Self::Invalid => return None,
        })
    }
}

/// What a choice among some is answered with, what it means, whether it is set.
type Chosen = (&'static str, &'static str, bool);

fn in_records(plan: &Plan) -> Vec<Chosen> {
    vec![
        (EXTRA, "what the imported records had beyond their format", plan.extra_fields),
        (JUDGEMENTS, "outcome, agreement, rankings and reviews, as one field", plan.judgements),
        (BOM, "at the beginning of the file, as some versions of Azure want it", plan.bom),
    ]
}

fn beside(plan: &Plan) -> Vec<Chosen> {
    let mut all = vec![
        (CARD, "what it is, how it was made, counts, agreement, limits", plan.card),
        (MANIFEST, "the hashes of all files, and how they were made", plan.manifest),
    ];
    let has_own = plan.format().is_ok_and(|format| !format.side_files(&["a".to_owned()]).is_empty());
    if has_own {
        all.push((OWN_FILES, "what its trainers want beside it", !plan.bare));
    }
    all
}

fn set(all: &[Chosen]) -> Vec<String> {
    all.iter().filter(|(.., is_set)| *is_set).map(|(name, ..)| (*name).to_owned()).collect()
}

fn items(all: Vec<Chosen>) -> Vec<PickerItem> {
    all.into_iter().map(|(name, about, is_set)| item(name, about, is_set)).collect()
}

/// The rules of a plan's format, with those about length, number and size.
fn rules(plan: &Plan) -> Vec<(&'static str, &'static str)> {
    let Ok(format) = plan.format() else { return Vec::new() };
    let mut all: Vec<_> = format.rules().iter().map(|rule| (rule.id(), rule.demand())).collect();
    let limits = format.limits();
    all.push(("tokens", "how long a record may be"));
    if limits.min_records.is_some() || limits.max_records.is_some() {
        all.push(("records", "how many records a file may have"));
    }
    if limits.max_bytes.is_some() {
        all.push(("size", "how large a file may be"));
    }
    all
}

/// The statuses that go out where nobody says which.
fn usual(plan: &Plan) -> String {
    match plan.usual_statuses() {
        Ok(Some(statuses)) => statuses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        _ => ALL.to_owned(),
    }
}

fn pairs(mode: PairMode) -> (&'static str, &'static str) {
    let about = match mode {
        PairMode::All => "every pair that is decided",
        PairMode::BestWorst => "the best against the worst",
        PairMode::Adjacent => "each against the next one down",
        PairMode::BestRest => "the best against each of the others",
    };
    (mode.as_str(), about)
}

fn only(choice: &Choice) -> Vec<String> {
    let least = |name: &str, least: Option<f64>| least.map(|least| format!("{name} ≥ {least}"));
    let bad = choice.without_bad.then(|| WITHOUT_BAD.to_owned());
    [
        least(AGREEMENT, choice.min_agreement),
        least(STRENGTH, choice.min_strength),
        least(RATING, choice.min_rating),
        bad,
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn formats_of(plan: &Plan) -> Vec<PickerItem> {
    let item = |(family, format): (&'static str, &'static dyn Format)| PickerItem {
        group: family.to_owned(),
        ..item(
            format.id(),
            &format!("{} · {}", format.carries().as_str(), format.title()),
            format.id() == plan.format,
        )
    };
    writable().map(item).collect()
}

fn item(value: &str, detail: &str, chosen: bool) -> PickerItem {
    PickerItem { group: String::new(), value: value.to_owned(), detail: detail.to_owned(), chosen }
}

fn picker(asked: Asked, title: &str, items: Vec<PickerItem>) -> Picker {
    Picker { title: title.to_owned(), items, several: false, open: false, purpose: asked.purpose() }
}

fn pick(asked: Asked, title: &str, items: Vec<PickerItem>) -> Effect {
    Effect::Pick(picker(asked, title, items))
}

/// Whether a file that is there is to be written over.
pub(super) fn ask_over(path: &Path) -> Effect {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let items =
        vec![item(KEEP, "another name is asked for", false), item(OVER, "what stands in it is lost", false)];
    pick(Asked::Over, &format!("{} is there, and no export of this dataset made it", harmless(&name)), items)
}

/// A question for a line.
pub(super) fn ask(asked: Asked, title: &str, text: String) -> Effect {
    Effect::Enter(Prompting { title: title.to_owned(), text, purpose: asked.purpose() })
}

/// The question that a choice leads on to, where it is about a number.
pub(super) fn further(asked: Asked, answer: &str, plan: &Plan) -> Option<Effect> {
    if asked != Asked::Only {
        return None;
    }
    let choice = &plan.choice;
    let (asked, title, now) = match answer {
        AGREEMENT => {
            (Asked::Agreement, "At least that share agrees, ½ to 1 (empty: any)", choice.min_agreement)
        }
        STRENGTH => (Asked::Strength, "At least that strong, 1 to 4 (empty: any)", choice.min_strength),
        RATING => (Asked::Rating, "Rated at least (empty: any)", choice.min_rating),
        _ => return None,
    };
    Some(ask(asked, title, now.map(|least| least.to_string()).unwrap_or_default()))
}

/// Changes the plan as it was answered; a sentence where that can't be.
pub(super) fn answer(
    plan: &mut Plan,
    asked: Asked,
    answer: &str,
    vocabulary: &Vocabulary,
) -> Result<(), String> {
    let words = answer.trim();
    match asked {
        Asked::Format => {
            words.clone_into(&mut plan.format);
            // what another consumer demands, and what would mend it, is another thing
            plan.allow.clear();
        }
        Asked::Filter => {
            query::parse(words, vocabulary)
                .map_err(|error| format!("the filter can't be understood: {error}"))?;
            words.clone_into(&mut plan.filter);
        }
        Asked::Status => {
            plan.statuses = match words {
                USUAL => None,
                ALL => Some(Status::ALL.to_vec()),
                words => {
                    let statuses = words.split([',', ' ']).filter(|word| !word.is_empty());
                    let parse = |word: &str| {
                        word.parse().map_err(|error: crate::example::UnknownWord| error.to_string())
                    };
                    Some(statuses.map(parse).collect::<Result<_, _>>()?)
                }
            }
        }
        Asked::Split => plan.split = words.parse().ok(),
        Asked::Balance => {
            plan.balance = match words {
                "" => None,
                words => {
                    Some(words.parse().map_err(|error: crate::dataset::BalanceError| error.to_string())?)
                }
            }
        }
        Asked::Pairs => {
            let mode = PairMode::ALL.iter().copied().find(|mode| mode.as_str() == words);
            plan.choice.pairs = mode.unwrap_or_default();
        }
        Asked::AtMost => {
            plan.choice.max_pairs = match words {
                "" => None,
                words => {
                    let most = words.parse().ok().filter(|most| *most > 0);
                    Some(most.ok_or_else(|| format!("“{words}” is no number of pairs"))?)
                }
            }
        }
        Asked::Only => plan.choice.without_bad ^= words == WITHOUT_BAD,
        Asked::Agreement => plan.choice.min_agreement = least(words, 0.5, 1.0)?,
        Asked::Strength => plan.choice.min_strength = least(words, 1.0, 4.0)?,
        Asked::Rating => plan.choice.min_rating = least(words, 1.0, 100.0)?,
        Asked::Mends => turn(&mut plan.mends, words),
        Asked::Pass => turn(&mut plan.allow, words),
        Asked::Records => {
            plan.extra_fields ^= words == EXTRA;
            plan.judgements ^= words == JUDGEMENTS;
            plan.bom ^= words == BOM;
        }
        Asked::Beside => {
            plan.card ^= words == CARD;
            plan.manifest ^= words == MANIFEST;
            plan.bare ^= words == OWN_FILES;
        }
        Asked::To | Asked::Over => {}
    }
    Ok(())
}

/// A number within bounds; none where nothing was typed.
fn least(words: &str, from: f64, to: f64) -> Result<Option<f64>, String> {
    if words.is_empty() {
        return Ok(None);
    }
    // some write a decimal comma
    let number = words.replace(',', ".").parse().ok().filter(|number| (from..=to).contains(number));
    number.map(Some).ok_or_else(|| format!("“{words}” is no number from {from} to {to}"))
}

/// Puts a word into a list, or takes it out.
pub(super) fn turn(list: &mut Vec<String>, word: &str) {
    if let Some(at) = list.iter().position(|there| there == word) {
        list.remove(at);
    } else {
        list.push(word.to_owned());
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn answered(plan: &mut Plan, asked: Asked, words: &str) -> Result<(), String> {
        answer(plan, asked, words, &Vocabulary::default())
    }

    #[test]
    fn questions_are_told_apart() {
        for (at, asked) in Asked::ALL.iter().enumerate() {
            assert_eq!(Asked::of(&asked.purpose()), Some(*asked));
            assert_eq!(usize::from(*asked as u8), at);
        }
        assert_eq!(Asked::of(&Purpose::Tag), None);
    }

    #[test]
    fn every_setting_is_asked_for_or_turned_round() {
        let plan = Plan::of(first_of(Carries::Pairs));
        for (_, settings) in GROUPS {
            for setting in *settings {
                assert!(setting.is_there(&plan));
                assert_eq!(setting.ask(&plan).is_none(), *setting == Setting::Invalid);
                assert!(!setting.value(&plan).0.is_empty());
            }
        }
        let copy = Plan::of("goldset");
        assert!(!Setting::Pairs.is_there(&copy) && !Setting::Only.is_there(&copy));
        assert_eq!(Setting::Status.value(&copy), ("all".to_owned(), false));
    }

    #[test]
    fn statuses_are_chosen_or_typed() {
        let mut plan = Plan::of("alpaca");
        answered(&mut plan, Asked::Status, "draft approved").unwrap();
        assert_eq!(plan.statuses, Some(vec![Status::Draft, Status::Approved]));
        assert!(answered(&mut plan, Asked::Status, "finished").is_err());
        assert_eq!(plan.statuses, Some(vec![Status::Draft, Status::Approved]), "it stays");
        answered(&mut plan, Asked::Status, USUAL).unwrap();
        assert_eq!(plan.statuses, None);
    }

    #[test]
    fn numbers_are_held_to_their_bounds() {
        let mut plan = Plan::of("trl-preference");
        answered(&mut plan, Asked::Agreement, "0,75").unwrap();
        assert_eq!(plan.choice.min_agreement, Some(0.75));
        assert!(answered(&mut plan, Asked::Agreement, "75").unwrap_err().contains("from 0.5 to 1"));
        answered(&mut plan, Asked::Agreement, "").unwrap();
        assert_eq!(plan.choice.min_agreement, None);
        answered(&mut plan, Asked::AtMost, "3").unwrap();
        assert_eq!(plan.choice.max_pairs, Some(3));
        assert!(answered(&mut plan, Asked::AtMost, "0").is_err());
    }

    #[test]
    fn what_is_on_is_turned_off() {
        let mut plan = Plan::of("alpaca");
        for (asked, word) in
            [(Asked::Mends, "merge-turns"), (Asked::Beside, CARD), (Asked::Records, JUDGEMENTS)]
        {
            let before = plan.clone();
            answered(&mut plan, asked, word).unwrap();
            assert_ne!(plan, before);
            answered(&mut plan, asked, word).unwrap();
            assert_eq!(plan, before);
        }
    }
}
