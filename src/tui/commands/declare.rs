//! How a row of the table becomes a command and what is said of it.

/// Declares all commands: name, id, group, short and full title, help, where it is valid.
macro_rules! commands {
    ($($name:ident = $id:literal, $group:ident, $short:literal, $title:literal, $help:literal,
        [$($context:ident $(@ $place:literal)?),+];)+) => {
        /// Everything that a key can do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $(#[doc = $help] $name),+ }

        impl Command {
            /// Every command, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(super) fn entry(self) -> &'static Entry {
                match self { $(Self::$name => const { &Entry {
                    id: $id,
                    group: Group::$group,
                    short: $short,
                    title: $title,
                    help: $help,
                    places: &[$((Context::$context, commands!(@place $($place)?))),+],
                } }),+ }
            }
        }
    };
    (@place) => { None };
    (@place $place:literal) => { Some($place) };
}
