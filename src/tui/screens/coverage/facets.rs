//! Choosing the facets that are crossed, and changing facets: menus and questions, and what is done with the
//! answers.

use super::{At, Coverage};
use crate::dataset::{FacetChange, Verb};
use crate::example::{CellWishError, Goal, Tag, Target};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Request, Shared};
use crate::tui::surveying::{Axis, Crossing, Line};
use crate::tui::values;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Which facet stands down the side?
    Rows,
    /// Which stands along the top?
    Columns,
    /// How many are wanted of the value?
    Target,
    /// How many are wanted of both values of the cell?
    Cell,
    /// How many are wanted altogether?
    Goal,
    /// What is the new value called?
    Value,
    /// What is the value called from now on?
    Rename,
    /// Which value does it become?
    Merge,
    /// What is the new facet called?
    Facet,
    /// Which combination is gone to?
    Missing,
}

impl Asked {
    const ALL: &'static [Self] = &[
        Self::Rows,
        Self::Columns,
        Self::Target,
        Self::Cell,
        Self::Goal,
        Self::Value,
        Self::Rename,
        Self::Merge,
        Self::Facet,
        Self::Missing,
    ];

    pub fn purpose(self) -> Purpose {
        Purpose::Own(self as u8)
    }

    /// The question that was answered.
    pub fn of(purpose: &Purpose) -> Option<Self> {
        Self::ALL.iter().copied().find(|asked| asked.purpose() == *purpose)
    }
}

/// The values that a value can become, with what is wanted of both together then.
fn pick_merged(value: &Tag, axis: &Axis, shared: &Shared) -> Vec<Effect> {
    let own = values::target_of(shared, value);
    let item = |line: &Line| {
        let there = values::target_of(shared, &Tag::new(&value.facet, &line.name));
        let detail = wanted_together(own, there);
        PickerItem { group: String::new(), chosen: false, value: line.name.clone(), detail }
    };
    let others = axis.values.iter().filter(|line| line.name != value.value).map(item).collect();
    let along =
        if own.is_some() { " Its examples and its target go along" } else { " Its examples go along" };
    menu(Asked::Merge, format!("Which value does {}:{} become?{along}", value.facet, value.value), others)
}

/// What is wanted of two values that become one.
pub(super) fn wanted_together(going: Option<Target>, stays: Option<Target>) -> String {
    match (going, stays) {
        (Some(Target::Count(going)), Some(Target::Count(stays))) => {
            format!("target {stays} + {going} = {}", stays.saturating_add(going))
        }
        (Some(Target::Share(going)), Some(Target::Share(stays))) => {
            format!("target {stays} + {going} = {}", stays.plus(going))
        }
        (Some(going), Some(stays)) => format!("target {stays} + {going}, as a number"),
        (Some(target), None) => format!("target {target}, which goes along"),
        (None, Some(target)) => format!("target {target}, as it is"),
        (None, None) => String::new(),
    }
}

/// The facets of the dataset, and below them those that are read off the examples.
fn pick_facet(asked: Asked, title: &str, crossing: &Crossing, now: &str) -> Vec<Effect> {
    let item = |group: &str, value: &String, detail: &str| PickerItem {
        group: group.to_owned(),
        chosen: value == now,
        value: value.clone(),
        detail: detail.to_owned(),
    };
    let own = crossing.facets.iter().map(|name| item("", name, ""));
    let derived = crossing.derived.iter().map(|(name, about)| item("derived", name, about));
    menu(asked, title.to_owned(), own.chain(derived).collect())
}

fn menu(asked: Asked, title: String, items: Vec<PickerItem>) -> Vec<Effect> {
    vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose: asked.purpose() })]
}

fn read_off() -> Vec<Effect> {
    Effect::only_look("this is read off the examples, so its values can't be set or changed")
}

fn ask(asked: Asked, title: String, text: String) -> Vec<Effect> {
    vec![Effect::Enter(Prompting { title, text, purpose: asked.purpose() })]
}

pub(super) fn change(change: FacetChange) -> Vec<Effect> {
    vec![Effect::Perform(Box::new(Verb::ChangeFacets(change)))]
}

/// What a command about facets does; `None` where it is another one.
pub(super) fn command(screen: &mut Coverage, command: Command, shared: &Shared) -> Option<Vec<Effect>> {
    let crossing = screen.crossing.as_deref()?;
    let value = screen.value();
    let needs = || Effect::only_look("go to a row or a column first: this is for one value");
    Some(match command {
        Command::CoverageRows => {
            pick_facet(Asked::Rows, "Which facet down the side?", crossing, &crossing.rows.facet)
        }
        Command::CoverageColumns => {
            pick_facet(Asked::Columns, "Which facet along the top?", crossing, &crossing.columns.facet)
        }
        Command::CoverageTarget
        | Command::CoverageRename
        | Command::CoverageMerge
        | Command::CoveragePart
            if value.as_ref().is_some_and(|value| screen.derived(&value.facet).is_some()) =>
        {
            read_off()
        }
        Command::CoverageAddValue
            if facet_here(screen).is_some_and(|facet| screen.derived(&facet).is_some()) =>
        {
            read_off()
        }
        Command::CoverageTarget => match (screen.cell(), &value) {
            (Some((one, other)), _) => {
                let now = screen.wish().map_or_else(String::new, |wish| wish.to_string());
                let title = format!("Target (40, never, or empty) of {} × {}", one.value, other.value);
                ask(Asked::Cell, title, now)
            }
            (None, Some(value)) => {
                let now =
                    values::target_of(shared, value).map_or_else(String::new, |target| target.to_string());
                let title = format!("Target (150, 12.5%, or a file) of {}:{}", value.facet, value.value);
                ask(Asked::Target, title, now)
            }
            (None, None) if matches!(screen.at, At::Cell(..)) => {
                let now = shared.counts.goal.map_or_else(String::new, |goal| goal.to_string());
                let title = "Goal (1200, or empty): how many altogether?";
                ask(Asked::Goal, title.to_owned(), now)
            }
            (None, None) => needs(),
        },
        Command::CoverageAddValue => {
            let facet = facet_here(screen)?;
            ask(Asked::Value, format!("What is the new value of {facet} called?"), String::new())
        }
        Command::CoverageRename => match value {
            Some(value) => {
                ask(Asked::Rename, format!("What is {}:{} called?", value.facet, value.value), value.value)
            }
            None => needs(),
        },
        Command::CoverageMerge => match value {
            Some(value) => {
                let axis =
                    if crossing.rows.facet == value.facet { &crossing.rows } else { &crossing.columns };
                pick_merged(&value, axis, shared)
            }
            None => needs(),
        },
        Command::CoveragePart => match value {
            Some(value) => screen.begin_parting(value, shared),
            None => needs(),
        },
        Command::CoverageAddFacet => {
            ask(Asked::Facet, "What is the new facet called?".to_owned(), String::new())
        }
        _ => return None,
    })
}

/// The facet whose value one is at; at neither, the one down the side.
fn facet_here(screen: &Coverage) -> Option<String> {
    let crossing = screen.crossing.as_deref()?;
    let is_column = matches!(screen.at, At::Cell(row, _) if row >= crossing.rows.values.len());
    let axis =
        if is_column && !crossing.columns.facet.is_empty() { &crossing.columns } else { &crossing.rows };
    (!axis.facet.is_empty()).then(|| axis.facet.clone())
}

impl Coverage {
    /// Does what an answer asks for.
    pub(super) fn answered(&mut self, asked: Asked, answer: &str, shared: &Shared) -> Vec<Effect> {
        let answer = answer.trim();
        match (asked, self.value()) {
            (Asked::Rows | Asked::Columns, _) => self.cross(asked, answer),
            (Asked::Missing, _) => self.go_missing(answer),
            (Asked::Target, Some(value)) => {
                // a file has an ending, or lies in a folder
                let ending = answer.rsplit_once('.').map_or("", |(_, ending)| ending);
                let is_file = answer.contains(['/', '\\'])
                    || ending.starts_with(|letter: char| letter.is_ascii_alphabetic());
                let production = is_file.then(|| self.production(&value.facet, answer, shared)).flatten();
                production.unwrap_or_else(|| values::set_target(value, answer))
            }
            (Asked::Cell, _) => match (self.cell(), answer) {
                (None, _) => Vec::new(),
                (Some((one, other)), "") => change(FacetChange::Cell { one, other, wish: None }),
                (Some((one, other)), wish) => match wish.parse() {
                    Ok(wish) => change(FacetChange::Cell { one, other, wish: Some(wish) }),
                    Err(error) => Effect::refuse(CellWishError::to_string(&error)),
                },
            },
            (Asked::Goal, _) => match answer {
                "" | "0" => change(FacetChange::Goal(None)),
                goal => match goal.parse() {
                    Ok(goal) => change(FacetChange::Goal(Some(Goal(goal)))),
                    Err(_) => Effect::refuse(format!("“{goal}” is no number of examples")),
                },
            },
            (Asked::Value, _) if !answer.is_empty() => match facet_here(self) {
                Some(facet) => {
                    change(FacetChange::AddValue { value: Tag::new(&facet, answer), target: None })
                }
                None => Effect::only_look("there is no facet yet: one is made with “new facet”"),
            },
            (Asked::Rename, Some(value)) if !answer.is_empty() && answer != value.value => {
                change(FacetChange::RenameValue { value, to: answer.to_owned() })
            }
            (Asked::Merge, Some(Tag { facet, value })) => {
                // both are named, so that what was wanted of them is added up
                let values = vec![value, answer.to_owned()];
                change(FacetChange::MergeValues { facet, values, into: answer.to_owned() })
            }
            (Asked::Facet, _) if !answer.is_empty() => change(FacetChange::Add {
                facet: answer.to_owned(),
                several: false,
                open: true,
                required: false,
            }),
            _ => Vec::new(),
        }
    }

    /// Asks for the shares of a facet as a file has them.
    fn production(&self, facet: &str, path: &str, shared: &Shared) -> Option<Vec<Effect>> {
        let facet = shared.definitions.facets.iter().find(|there| there.name == facet)?;
        let request = Request::Production(Box::new(facet.clone()), path.to_owned());
        Some(vec![Effect::Ask(self.waiting.generation(), request)])
    }

    /// Another facet in the place of one; where it stands on the other side, they change places.
    fn cross(&mut self, asked: Asked, facet: &str) -> Vec<Effect> {
        let Some(crossing) = self.crossing.as_deref() else { return Vec::new() };
        let name = |axis: &Axis| Some(axis.facet.clone()).filter(|name| !name.is_empty());
        let (mut rows, mut columns) = (name(&crossing.rows), name(&crossing.columns));
        let (this, that) =
            if asked == Asked::Rows { (&mut rows, &mut columns) } else { (&mut columns, &mut rows) };
        if that.as_deref() == Some(facet) {
            that.clone_from(this);
        }
        *this = Some(facet.to_owned());
        (self.crossed.rows, self.crossed.columns) = (rows, columns);
        (self.top, self.left) = (0, 0);
        self.at = At::Cell(0, 0);
        self.ask()
    }
}
