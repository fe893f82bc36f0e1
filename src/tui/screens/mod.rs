//! The screens, one file or folder each. To add one: implement [`Screen`] and say here which place
//! it is.

pub mod browse;
pub mod history;
pub mod home;

use super::effect::Place;
use super::screen::Screen;

/// The screen of a place.
pub fn open(place: &Place) -> Box<dyn Screen> {
    match place {
        Place::Home | Place::Back => Box::new(home::Home::default()),
        Place::Browse(filter) => Box::new(browse::Browse::new(filter.as_deref())),
        Place::Write(_) | Place::WriteNew | Place::Rank(_) => Box::new(home::Home::default()),
        Place::History(example) => Box::new(history::History::new(*example)),
    }
}
