//! Text as people, terminals and indexes see it.

pub mod search_form;
