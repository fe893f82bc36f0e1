//! The pupil: learns from the tagged examples which tags words suggest, on a thread of its own, since
//! that takes seconds where there are many; and keeps up with what is changed while one works.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, bounded};

use crate::curation::suggest::{Suggester, asked, words_of};
use crate::dataset::{Reader, Result};
use crate::tui::beside::{Suggested, Work};

/// The examples that are learned from at most, evenly spread over the dataset.
const LESSONS: usize = 50_000;

/// What was learned, or is being learned.
pub struct Pupil {
    wanted: Arc<AtomicBool>,
    learned: Option<Suggester>,
    learning: Option<Receiver<Suggester>>,
    /// The example that was asked about last: it may have been changed since.
    last: Option<i64>,
}

impl Pupil {
    /// Begins to learn. Where that fails nothing is suggested: it is only a help.
    pub fn begin(path: &Path) -> Self {
        let wanted = Arc::new(AtomicBool::new(true));
        let (send, learning) = bounded(1);
        let (path, is_wanted) = (path.to_owned(), Arc::clone(&wanted));
        let learn = move || {
            let learned = Reader::open(&path)
                .and_then(|reader| reader.learn_suggestions(LESSONS, &|| is_wanted.load(Ordering::Relaxed)));
            if let Ok(learned) = learned {
                // Nobody listens any more where the program ends.
                let _ = send.send(learned);
            }
        };
        let thread = std::thread::Builder::new().name("pupil".to_owned()).spawn(learn);
        Self { wanted, learned: None, learning: thread.ok().map(|_| learning), last: None }
    }

    /// The tags that the words of the prompt suggest; none while it still learns.
    pub fn suggest(&mut self, reader: &Reader, work: &Work) -> Result<Vec<Suggested>> {
        if let Some(learned) = self.learning.as_ref().and_then(|learning| learning.try_recv().ok()) {
            (self.learned, self.learning) = (Some(learned), None);
        }
        let Some(learned) = &mut self.learned else { return Ok(Vec::new()) };
        if let Some(last) = std::mem::replace(&mut self.last, work.id).filter(|last| Some(*last) != work.id) {
            match reader.lesson(last)? {
                Some((words, tags)) => learned.learn(last, &words, &tags),
                None => {
                    learned.forget(last);
                }
            }
        }
        let words = words_of(&asked(&work.example.prompt));
        let numbers: Vec<u32> = words.iter().map(|(number, _)| *number).collect();
        let name = |number: &u32| {
            let at = words.binary_search_by_key(number, |(known, _)| *known).ok()?;
            words.get(at).map(|(_, word)| word.clone())
        };
        let suggested = learned.suggest(&numbers, work.id).into_iter().map(|suggestion| Suggested {
            because: suggestion.because.iter().filter_map(name).collect(),
            percent: percent(suggestion.probability),
            tag: crate::example::Tag::new(suggestion.facet, suggestion.value),
        });
        Ok(suggested.collect())
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 100
fn percent(probability: f32) -> u8 {
    (probability.clamp(0.0, 1.0) * 100.0).round() as u8
}

impl Drop for Pupil {
    fn drop(&mut self) {
        self.wanted.store(false, Ordering::Relaxed);
    }
}
