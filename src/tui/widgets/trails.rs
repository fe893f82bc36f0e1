//! The list that a person works through, as Write and Rank follow it: where to go from an example,
//! and how its place is told.

use crate::dataset::{Queue, Returned};
use crate::text::count::plural;
use crate::text::harmless::harmless;
use crate::text::width::truncate;
use crate::tui::effect::{Effect, Place, Shared, Trail};

/// The cells that a filter takes in a title.
const FILTER: usize = 24;

/// Where the list leads from an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// To this one.
    To(i64),
    /// Nowhere: it ends here; the sentence says so.
    End(String),
}

/// The step from an example; `None` where it is in no list that one follows.
pub fn step(shared: &Shared, from: i64, forward: bool) -> Option<Step> {
    let trail = shared.trail.as_ref().filter(|trail| trail.place(from).is_some())?;
    let to = if forward { trail.next(from) } else { trail.previous(from) };
    Some(to.map_or_else(|| Step::End(end(trail, forward)), Step::To))
}

fn end(trail: &Trail, forward: bool) -> String {
    let which = if forward { "last" } else { "first" };
    let all = plural(trail.ids.len() as u64, "example");
    match filter(trail) {
        None => format!("this is the {which} of {all}"),
        Some(filter) => format!("this is the {which} of {all} · {filter}"),
    }
}

fn filter(trail: &Trail) -> Option<String> {
    let filter = trail.filter.trim();
    (!filter.is_empty()).then(|| truncate(&harmless(filter), FILTER).into_owned())
}

/// `3 of 78 · status:submitted`; `None` where the example is in no list that one follows.
pub fn told(shared: &Shared, id: i64) -> Option<String> {
    let trail = shared.trail.as_ref()?;
    let place = format!("{} of {}", trail.place(id)?, trail.ids.len());
    Some(match filter(trail) {
        None => place,
        Some(filter) => format!("{place} · {filter}"),
    })
}

/// What came back to the annotator, one after the other: the list to follow, and its first example
/// where it is worked on. Nothing where nothing came back.
pub fn go_to_returned(shared: &Shared) -> Vec<Effect> {
    let mut ids: Vec<i64> = shared.returned.iter().map(|returned| returned.example).collect();
    ids.sort_unstable();
    let Some(&first) = ids.first() else { return Vec::new() };
    let is_ranked = shared.returned.iter().any(|one| one.example == first && one.answered >= 2);
    let place = if is_ranked { Place::Rank(Some(first)) } else { Place::Write(Some(first)) };
    let trail = Trail { filter: Queue::Returned.filter().to_owned(), ids: std::sync::Arc::new(ids) };
    vec![Effect::Follow(Some(trail)), Effect::Go(place)]
}

/// `by rita · ambiguous · which card?`: who sent it back, and why.
pub fn sent_back(returned: &Returned) -> String {
    let by = format!("by {}", returned.by);
    let parts = [by.as_str(), &returned.reason, &returned.note];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Whether an example is in the list that one follows.
pub fn holds(shared: &Shared, id: i64) -> bool {
    shared.trail.as_ref().is_some_and(|trail| trail.place(id).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_leads_on_and_says_where_it_ends() {
        let ids = std::sync::Arc::new(vec![3, 5, 9]);
        let trail = Trail { filter: "status:submitted".to_owned(), ids };
        let shared = Shared { trail: Some(trail), ..Shared::default() };
        assert_eq!(step(&shared, 5, true), Some(Step::To(9)));
        assert_eq!(step(&shared, 5, false), Some(Step::To(3)));
        let end = "this is the last of 3 examples · status:submitted".to_owned();
        assert_eq!(step(&shared, 9, true), Some(Step::End(end)));
        assert_eq!(step(&shared, 4, true), None, "it is not in the list: the queue leads on");
        assert_eq!(told(&shared, 5).as_deref(), Some("2 of 3 · status:submitted"));
        assert_eq!(told(&Shared::default(), 5), None);
    }
}
