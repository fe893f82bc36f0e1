//! Proposing: what a mend would make of the texts of many examples, handed over in portions.

use super::super::{Error, Progress, Reader, Result, Selection};
use super::{TextChange, Texts, texts};
use crate::curation::mend::Mend;
use crate::store;

/// Examples that are read at a time.
const PORTION: usize = 256;

/// What is to be mended.
pub struct Proposing<'a> {
    /// Of which examples.
    pub on: &'a Selection,
    /// Which of their texts.
    pub texts: Texts,
    /// How.
    pub mend: &'a dyn Mend,
}

impl Reader {
    /// Hands over what a mend would change, in the order of the examples, in portions (also empty
    /// ones) with how far it has come. The receiver answers `false` to stop; the error then is
    /// [`Error::Stopped`]. Nothing is changed.
    pub fn propose(
        &self,
        wanted: &Proposing<'_>,
        receive: &mut dyn FnMut(Vec<TextChange>, Progress) -> bool,
    ) -> Result<()> {
        // One snapshot: no example is seen half changed.
        let snapshot = self.connection.unchecked_transaction().map_err(store::Error::from)?;
        let mut progress = Progress { step: "comparing", done: 0, total: None };
        let mut outcome = Ok(());
        let mut take =
            |ids: &[i64], progress: &mut Progress| {
                for portion in ids.chunks(PORTION) {
                    let changes = self.propose_portion(portion, wanted);
                    progress.done += portion.len() as u64;
                    outcome = changes.and_then(|changes| {
                        if receive(changes, *progress) { Ok(()) } else { Err(Error::Stopped) }
                    });
                    if outcome.is_err() {
                        return false;
                    }
                }
                true
            };
        match wanted.on {
            Selection::One(id) => {
                progress.total = Some(1);
                take(&[*id], &mut progress);
            }
            Selection::These(ids) => {
                let mut ids = ids.clone();
                ids.sort_unstable();
                ids.dedup();
                progress.total = Some(ids.len() as u64);
                take(&ids, &mut progress);
            }
            Selection::Matching(filter) => {
                progress.total = Some(self.count(filter)?);
                self.ids(filter, |ids| take(&ids, &mut progress))?;
            }
        }
        drop(snapshot);
        outcome
    }

    fn propose_portion(&self, ids: &[i64], wanted: &Proposing<'_>) -> Result<Vec<TextChange>> {
        let mut changes = Vec::new();
        for (id, example) in store::examples(&self.connection, ids)? {
            texts::for_each(&example, wanted.texts, |field, text| {
                if let Some(after) = wanted.mend.mend(text) {
                    changes.push(TextChange { example: id, field, before: text.to_owned(), after });
                }
            });
        }
        Ok(changes)
    }
}
