//! Commands: everything that a key can do. [`table`](self::table) is the one list; footers, the
//! overlay with the keys, the palette and the printed key table are drawn from it.

#[macro_use]
mod declare;
mod context;
mod elsewhere;
mod table;

pub use context::{Context, Group};
pub use table::Command;

/// What the table says of a command.
#[derive(Debug)]
pub(crate) struct Entry {
    id: &'static str,
    group: Group,
    short: &'static str,
    title: &'static str,
    help: &'static str,
    /// Where it does something, with its place in the footer there (the lower, the earlier).
    places: &'static [(Context, Option<u8>)],
}

impl Command {
    /// Its name in keymap files; it never changes.
    pub fn id(self) -> &'static str {
        self.entry().id
    }

    /// What it does, in one to four words: for the palette.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// What it does, in one or two words: for the footer, behind its key.
    pub fn short(self) -> &'static str {
        self.entry().short
    }

    /// What it does, in a sentence.
    pub fn help(self) -> &'static str {
        self.entry().help
    }

    /// What it belongs to in the list of keys.
    pub fn group(self) -> Group {
        self.entry().group
    }

    /// Where the table declares it. It holds in the contexts that fall back to those too.
    pub fn contexts(self) -> impl Iterator<Item = Context> {
        self.entry().places.iter().map(|&(context, _)| context)
    }

    /// Whether it does something in a context.
    pub fn is_valid_in(self, context: Context) -> bool {
        context.chain().any(|near| self.contexts().any(|declared| declared == near))
    }

    /// Its place in the footer of a context: the lower, the earlier. Nothing where it has none.
    pub fn footer_place(self, context: Context) -> Option<u8> {
        context.chain().find_map(|near| {
            self.entry().places.iter().find(|&&(declared, _)| declared == near).and_then(|&(_, place)| place)
        })
    }

    /// The command of that id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.id() == id)
    }

    /// The place that a ranking key gives to the response of that number (1 to 9).
    pub fn placed_response(self) -> Option<usize> {
        Self::PLACES.iter().position(|&place| place == self).map(|at| at + 1)
    }

    /// The keys that rank, in the order of the responses.
    pub const PLACES: [Self; 9] = [
        Self::RankPlace1,
        Self::RankPlace2,
        Self::RankPlace3,
        Self::RankPlace4,
        Self::RankPlace5,
        Self::RankPlace6,
        Self::RankPlace7,
        Self::RankPlace8,
        Self::RankPlace9,
    ];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_is_found_by_its_id_and_no_other() {
        let ids: BTreeSet<_> = Command::ALL.iter().map(|c| c.id()).collect();
        assert_eq!(ids.len(), Command::ALL.len());
        for &command in Command::ALL {
            assert_eq!(Command::from_id(command.id()), Some(command));
        }
        assert_eq!(Command::from_id("example.aprove"), None);
    }

    #[test]
    fn every_command_tells_what_it_does() {
        for &command in Command::ALL {
            let id = command.id();
            assert!(command.help().ends_with('.') && command.help().len() < 110, "{id}");
            assert!(!command.title().is_empty() && command.title().split(' ').count() <= 7, "{id}");
            assert!(command.short().chars().count() <= 16, "{id}");
            assert!(command.contexts().next().is_some(), "{id} is valid nowhere");
            assert!(id.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()), "{id}");
        }
    }

    #[test]
    fn titles_tell_commands_apart_where_both_are_offered() {
        for &context in Context::ALL {
            let valid: Vec<_> = Command::ALL.iter().filter(|c| c.is_valid_in(context)).collect();
            let titles: BTreeSet<_> = valid.iter().map(|c| c.title()).collect();
            assert_eq!(titles.len(), valid.len(), "two commands with one title in {}", context.name());
        }
    }

    #[test]
    fn nothing_that_types_can_discard() {
        for context in Context::ALL.iter().filter(|context| context.types_text()) {
            assert!(!Command::ExampleDiscard.is_valid_in(*context));
        }
    }

    #[test]
    fn contexts_are_found_by_name_and_all_lead_to_global() {
        for &context in Context::ALL {
            assert_eq!(Context::from_name(context.name()), Some(context));
            assert_eq!(context.chain().last(), Some(Context::Global));
        }
    }

    #[test]
    fn ranking_keys_know_their_response() {
        assert_eq!(Command::RankPlace3.placed_response(), Some(3));
        assert_eq!(Command::RankTie.placed_response(), None);
    }
}
