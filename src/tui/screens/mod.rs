//! The screens, one file or folder each. To add one: implement [`Screen`] and say here which place
//! it is.

pub mod agreement;
pub mod balance;
pub mod browse;
pub mod changes;
pub mod coverage;
pub mod export;
pub mod failures;
pub mod history;
pub mod home;
pub mod import;
pub mod pace;
pub mod rank;
pub mod readiness;
pub mod review;
pub mod rules;
pub mod write;

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod hostile_tests;

use super::effect::Place;
use super::message::Draft;
use super::screen::Screen;
use crate::dataset::Verb;

/// What a verb that was not done would have written: typing that a screen takes up again.
pub fn drafts_of(verb: &Verb) -> Vec<Draft> {
    let mut drafts = write::drafts_of(verb);
    drafts.extend(rank::drafts_of(verb));
    drafts
}

/// The screen of a place.
pub fn open(place: &Place) -> Box<dyn Screen> {
    match place {
        Place::Home | Place::Back => Box::new(home::Home::default()),
        Place::Browse(filter) => Box::new(browse::Browse::new(filter.as_deref())),
        Place::Write(example) => Box::new(write::Write::new(*example)),
        Place::WriteNew(seed) => Box::new(write::Write::fresh(seed.clone())),
        Place::Rank(example) => Box::new(rank::Rank::new(*example)),
        Place::Review(sample) => Box::new(review::Review::new(sample.clone(), None)),
        Place::ReviewOf(example) => Box::new(review::Review::new(None, Some(*example))),
        Place::Changes(changing) => Box::new(changes::Changes::new(changing)),
        Place::Readiness => Box::new(readiness::Readiness::default()),
        Place::Balance(spot) => Box::new(balance::Balance::new(spot.clone())),
        Place::Coverage(value) => Box::new(coverage::Coverage::at(value.clone())),
        Place::Rules => Box::new(rules::Rules::default()),
        Place::Failures => Box::new(failures::Failures::default()),
        Place::Pace => Box::new(pace::Pace::default()),
        Place::Export => Box::new(export::Export::default()),
        Place::Import => Box::new(import::Import::default()),
        Place::Agreement => Box::new(agreement::Agreement::default()),
        Place::History(example) => Box::new(history::History::new(*example)),
    }
}
