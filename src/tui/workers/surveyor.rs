//! The surveyor: keeps the tags of all examples counted while somebody looks at the coverage.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::surveying::{Crossed, Crossing, Overall};
use super::{failed, guarded};
use crate::dataset::{Reader, Survey, TagFile};

/// A question for the surveyor.
#[derive(Debug)]
pub struct SurveyJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// Which facets; `None` where nobody looks any more.
    pub crossed: Option<Crossed>,
}

/// What counts crossed facets.
pub struct Surveyor {
    reader: Reader,
    /// Where the tags are kept from one time to the next.
    file: Option<TagFile>,
    survey: Option<Survey>,
}

impl Surveyor {
    /// A surveyor of that dataset, which keeps tags in that file.
    pub fn new(reader: Reader, file: Option<TagFile>) -> Self {
        Self { reader, file, survey: None }
    }

    /// Answers a question: at once with what is crossed, then with what is said of all facets together, unless
    /// something newer `is_waiting` by then.
    pub fn handle(&mut self, job: &SurveyJob, is_waiting: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let Some(crossed) = &job.crossed else {
            self.forget();
            return;
        };
        let answer =
            |crossing| Message::Answer(job.screen, Answer::Crossing(job.generation, Box::new(crossing)));
        let done = guarded("counting the coverage", || {
            let survey = match self.survey.take() {
                Some(mut survey) => {
                    survey.refresh(&self.reader)?;
                    survey
                }
                None => {
                    let tagged = match &self.file {
                        Some(file) => file.tagged(&self.reader)?,
                        None => self.reader.tagged()?,
                    };
                    emit(answer(Crossing::first(&tagged, crossed)?));
                    Survey::counted(tagged)?
                }
            };
            let survey = self.survey.insert(survey);
            let mut crossing = Crossing::of(survey, crossed);
            emit(answer(crossing.clone()));
            if !is_waiting() {
                crossing.overall = Some(Overall::of(survey));
                emit(answer(crossing));
            }
            Ok(())
        });
        if let Err(sentence) = done {
            emit(failed(job.screen, job.generation, sentence));
        }
    }

    /// Nobody looks any more: of a large dataset what was counted is large.
    fn forget(&mut self) {
        if let (Some(survey), Some(file)) = (self.survey.take(), &self.file) {
            file.keep(&self.reader, survey.tagged());
        }
    }
}
