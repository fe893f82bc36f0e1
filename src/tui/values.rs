//! What several screens do with values of facets: list their examples, write one with them, set a target.

use super::effect::{Effect, Place, Prompting, Purpose, Seed, Shared};
use crate::dataset::{FacetChange, Verb};
use crate::example::{Status, Tag, Target};
use crate::query::Filter;

/// The usable examples that carry all these tags.
pub fn usable(tags: &[Tag]) -> Filter {
    let usable = Filter::status(Status::Submitted).or(Filter::status(Status::Approved));
    tags.iter().fold(usable, |filter, tag| Filter::tag(tag.facet.as_str(), Some(&tag.value)).and(filter))
}

/// Goes to the list of what a filter finds.
pub fn list(filter: &Filter) -> Vec<Effect> {
    vec![Effect::Go(Place::Browse(Some(filter.to_string())))]
}

/// Begins an example with these tags.
pub fn write(tags: Vec<Tag>) -> Vec<Effect> {
    vec![Effect::Go(Place::WriteNew(Seed::Tagged(tags)))]
}

/// Asks how many of a value are wanted, with what was said so far.
pub fn ask_target(value: &Tag, now: Option<Target>, purpose: Purpose) -> Vec<Effect> {
    let text = now.map_or_else(String::new, |target| target.to_string());
    let title =
        format!("How many of {}:{} are wanted? (150, 12.5%; empty: no target)", value.facet, value.value);
    vec![Effect::Enter(Prompting { title, text, purpose })]
}

/// The target that somebody set for a value.
pub fn target_of(shared: &Shared, value: &Tag) -> Option<Target> {
    let facet = shared.definitions.facets.iter().find(|facet| facet.name == value.facet)?;
    facet.values.iter().find(|there| there.name == value.value)?.target
}

/// Sets the target that was answered.
pub fn set_target(value: Tag, answer: &str) -> Vec<Effect> {
    let target = match answer {
        "" => None,
        typed => match typed.parse::<Target>() {
            Ok(target) => Some(target).filter(|target| *target != Target::Count(0)),
            Err(error) => return Effect::refuse(error.to_string()),
        },
    };
    vec![Effect::Perform(Box::new(Verb::ChangeFacets(FacetChange::Target { value, target })))]
}
