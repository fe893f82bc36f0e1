//! What the forms that are only read have in common.

use std::collections::HashSet;

use serde_json::Value;

use crate::example::{Example, Facet, FlagKind, new_id};
use crate::formats::{
    Carries, Definitions, Fit, Format, Item, Misfit, ReadOptions, Reader, WriteOptions, Writer, container,
};

/// A form that is only read.
pub(super) struct Source {
    pub id: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub container: container::Kind,
    pub carries: Carries,
    pub fit: fn(&Value) -> Fit,
    pub reading: Reading,
}

/// How its records become examples.
pub(super) enum Reading {
    /// Each for itself.
    Each(fn(Value) -> Result<Vec<Example>, Misfit>),
    /// By a reader that remembers.
    By(fn() -> Box<dyn Reader>),
    /// The same, with one reader for all files of an import.
    Joined(fn() -> Box<dyn Reader>),
}

impl Format for Source {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        self.title
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn container(&self) -> container::Kind {
        self.container
    }

    fn carries(&self) -> Carries {
        self.carries
    }

    fn joins_files(&self) -> bool {
        matches!(self.reading, Reading::Joined(_))
    }

    fn fit(&self, record: &Value) -> Fit {
        (self.fit)(record)
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(match self.reading {
            Reading::Each(make) => Box::new(Each { make, introduced: Introduced::default() }),
            Reading::By(begin) | Reading::Joined(begin) => begin(),
        })
    }

    fn writer(&self, _: &WriteOptions) -> Option<Box<dyn Writer>> {
        None
    }
}

struct Each {
    make: fn(Value) -> Result<Vec<Example>, Misfit>,
    introduced: Introduced,
}

impl Reader for Each {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        Ok(self.introduced.items((self.make)(record)?))
    }
}

/// The facets and kinds of flags that a file's examples have named so far. A dataset takes tags and flags
/// only of those that it knows, so each is defined before the first example that has it.
#[derive(Default)]
pub(super) struct Introduced {
    facets: HashSet<String>,
    flags: HashSet<String>,
}

impl Introduced {
    /// The examples as items, behind the definitions of what they are the first to name.
    pub fn items(&mut self, examples: Vec<Example>) -> Vec<Item> {
        let mut definitions = Definitions::default();
        for example in &examples {
            for tag in &example.tags {
                if self.facets.insert(tag.facet.clone()) {
                    // several: a later record may have two values of it
                    let facet = Facet {
                        id: new_id(),
                        name: tag.facet.clone(),
                        several: true,
                        open: true,
                        required: false,
                        values: Vec::new(),
                    };
                    definitions.facets.push(facet);
                }
            }
            for flag in &example.flags {
                if self.flags.insert(flag.kind.clone()) {
                    definitions.flag_kinds.push(FlagKind { name: flag.kind.clone(), about: String::new() });
                }
            }
        }
        let defined = definitions != Definitions::default();
        let defined = defined.then(|| Item::Definitions(Box::new(definitions)));
        defined
            .into_iter()
            .chain(examples.into_iter().map(|example| Item::Example(Box::new(example))))
            .collect()
    }
}
