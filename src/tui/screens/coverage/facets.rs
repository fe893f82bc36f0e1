//! Choosing the facets that are crossed, and changing facets: menus and questions, and what is done with the
//! answers.

use super::{At, Coverage};
use crate::dataset::{FacetChange, Verb};
use crate::example::Tag;
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Prompting, Purpose, Shared, Tone};
use crate::tui::surveying::Axis;

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// Which facet stands down the side?
    Rows,
    /// Which stands along the top?
    Columns,
    /// How many are wanted of the value?
    Target,
    /// What is the new value called?
    Value,
    /// What is the value called from now on?
    Rename,
    /// Which value does it become?
    Merge,
    /// What is the new facet called?
    Facet,
}

impl Asked {
    const ALL: &'static [Self] =
        &[Self::Rows, Self::Columns, Self::Target, Self::Value, Self::Rename, Self::Merge, Self::Facet];

    fn purpose(self) -> Purpose {
        Purpose::Own(self as u8)
    }

    /// The question that was answered.
    pub fn of(purpose: &Purpose) -> Option<Self> {
        Self::ALL.iter().copied().find(|asked| asked.purpose() == *purpose)
    }
}

fn look(sentence: impl Into<String>) -> Vec<Effect> {
    vec![Effect::Say(Tone::Look, sentence.into())]
}

fn pick(asked: Asked, title: String, values: Vec<String>, now: &str) -> Vec<Effect> {
    let item = |value: String| PickerItem {
        group: String::new(),
        chosen: value == now,
        value,
        detail: String::new(),
    };
    let items = values.into_iter().map(item).collect();
    vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose: asked.purpose() })]
}

fn ask(asked: Asked, title: String, text: String) -> Vec<Effect> {
    vec![Effect::Enter(Prompting { title, text, purpose: asked.purpose() })]
}

fn change(change: FacetChange) -> Vec<Effect> {
    vec![Effect::Perform(Box::new(Verb::ChangeFacets(change)))]
}

/// What a command about facets does; `None` where it is another one.
pub(super) fn command(screen: &mut Coverage, command: Command, _: &Shared) -> Option<Vec<Effect>> {
    let crossing = screen.crossing.as_deref()?;
    let value = screen.value();
    let needs = || look("go to a row or a column first: this is for one value");
    Some(match command {
        Command::CoverageRows | Command::CoverageColumns if crossing.facets.is_empty() => {
            look("there are no facets yet: one is made with “new facet”")
        }
        Command::CoverageRows => pick(
            Asked::Rows,
            "Which facet down the side?".to_owned(),
            crossing.facets.clone(),
            &crossing.rows.facet,
        ),
        Command::CoverageColumns => pick(
            Asked::Columns,
            "Which facet along the top?".to_owned(),
            crossing.facets.clone(),
            &crossing.columns.facet,
        ),
        Command::CoverageTarget => match &value {
            Some(value) => {
                let wanted = wanted(&[&crossing.rows, &crossing.columns], value);
                let now = if wanted == 0 { String::new() } else { wanted.to_string() };
                let title =
                    format!("How many of {}:{} are wanted? (empty: no target)", value.facet, value.value);
                ask(Asked::Target, title, now)
            }
            None => needs(),
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
                let others = axis.values.iter().map(|line| line.name.clone());
                let others = others.filter(|name| *name != value.value).collect();
                let title = format!("Which value does {}:{} become?", value.facet, value.value);
                pick(Asked::Merge, title, others, "")
            }
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

fn wanted(axes: &[&Axis], value: &Tag) -> u32 {
    let of = |axis: &&&Axis| axis.facet == value.facet;
    let line = axes.iter().find(of).and_then(|axis| axis.values.iter().find(|line| line.name == value.value));
    line.map_or(0, |line| line.count.wanted)
}

impl Coverage {
    /// Does what an answer asks for.
    pub(super) fn answered(&mut self, asked: Asked, answer: &str) -> Vec<Effect> {
        let answer = answer.trim();
        match (asked, self.value()) {
            (Asked::Rows | Asked::Columns, _) => self.cross(asked, answer),
            (Asked::Target, Some(value)) => match answer {
                "" => change(FacetChange::Target { value, target: None }),
                number => match number.parse::<u32>() {
                    Ok(target) => {
                        change(FacetChange::Target { value, target: Some(target).filter(|n| *n > 0) })
                    }
                    Err(_) => look(format!("“{number}” is no number of examples")),
                },
            },
            (Asked::Value, _) if !answer.is_empty() => match facet_here(self) {
                Some(facet) => {
                    change(FacetChange::AddValue { value: Tag::new(&facet, answer), target: None })
                }
                None => look("there is no facet yet: one is made with “new facet”"),
            },
            (Asked::Rename, Some(value)) if !answer.is_empty() && answer != value.value => {
                change(FacetChange::RenameValue { value, to: answer.to_owned() })
            }
            (Asked::Merge, Some(Tag { facet, value })) => {
                change(FacetChange::MergeValues { facet, values: vec![value], into: answer.to_owned() })
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
