//! Following the journal with the tags that are in memory: what changed since is read, nothing else.

use super::tagged::{Reshaped, Tagged};
use super::wishes::Wishes;
use super::{Reader, Result};
use crate::example::Status;
use crate::store;

/// So many changed examples are looked at one by one; where there are more, all is read anew.
const ONE_BY_ONE: usize = 5_000;

/// So many new examples are added to what is there; where there are more, all is read anew.
const ADDED: i64 = 100_000;

/// What came of following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Followed {
    /// Nothing had changed.
    Nothing,
    /// Every change was told.
    Told,
    /// More is different than was told: whoever counts counts anew.
    Anew,
}

/// An example that counts no more as it was, or counts now as it is.
pub(super) enum Change<'a> {
    /// As it was.
    Out(Status, Vec<&'a [u16]>),
    /// As it is.
    In(Status, Vec<&'a [u16]>),
}

impl Tagged {
    /// Takes in what was changed since, and tells of each example how it counted before and how it counts now.
    /// At the price of what changed; of a great many changes, at that of reading everything.
    pub(super) fn follow(&mut self, reader: &Reader, mut tell: impl FnMut(Change<'_>)) -> Result<Followed> {
        let Some(changed) = store::tags_changed_since(&reader.connection, self.seen, ONE_BY_ONE)? else {
            return self.read_anew(reader);
        };
        if changed.last == self.seen {
            return Ok(Followed::Nothing);
        }
        let mut followed = Followed::Told;
        if changed.facets {
            match self.reshape(store::definitions(&reader.connection)?.0)? {
                Reshaped::Same => {}
                Reshaped::Moved => followed = Followed::Anew,
                Reshaped::Unfit => return self.read_anew(reader),
            }
            self.wishes = Wishes::read(&reader.connection, &self.facets)?;
        }
        if changed.imported {
            if store::count_examples_after(&reader.connection, self.rows.last(), ADDED + 1)? > ADDED {
                return self.read_anew(reader);
            }
            for (example, now) in reader.tagged_after(self, self.rows.last())? {
                if !self.take(example, &now, &mut tell) {
                    return self.read_anew(reader);
                }
            }
        }
        for example in changed.examples {
            let now = self.read(reader, example)?;
            if !now.is_some_and(|now| self.take(example, &now, &mut tell)) {
                return self.read_anew(reader);
            }
        }
        self.seen = changed.last;
        Ok(followed)
    }

    fn take(
        &mut self,
        example: i64,
        now: &super::tagged::Carried,
        tell: &mut impl FnMut(Change<'_>),
    ) -> bool {
        if let Some((status, values)) = self.coded(example) {
            tell(Change::Out(status, values));
        }
        if !self.put(example, now) {
            return false;
        }
        if let Some((status, values)) = self.coded(example) {
            tell(Change::In(status, values));
        }
        true
    }

    fn read_anew(&mut self, reader: &Reader) -> Result<Followed> {
        *self = reader.tagged()?;
        Ok(Followed::Anew)
    }
}
