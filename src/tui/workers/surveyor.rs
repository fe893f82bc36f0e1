//! The surveyor: keeps the tags of all examples counted while somebody looks at the coverage.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::surveying::{Crossed, Crossing};
use super::{failed, guarded};
use crate::dataset::{Reader, Survey};

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
    survey: Option<Survey>,
}

impl Surveyor {
    /// A surveyor of that dataset.
    pub fn new(reader: Reader) -> Self {
        Self { reader, survey: None }
    }

    /// Answers a question.
    pub fn handle(&mut self, job: &SurveyJob, emit: &mut dyn FnMut(Message)) {
        let Some(crossed) = &job.crossed else {
            // of a large dataset it is large
            self.survey = None;
            return;
        };
        let done = guarded("counting the coverage", || {
            let survey = match self.survey.take() {
                Some(mut survey) => {
                    survey.refresh(&self.reader)?;
                    survey
                }
                None => Survey::of(&self.reader)?,
            };
            let crossing = Crossing::of(&survey, crossed);
            self.survey = Some(survey);
            Ok(crossing)
        });
        emit(match done {
            Ok(crossing) => Message::Answer(job.screen, Answer::Crossing(job.generation, Box::new(crossing))),
            Err(sentence) => failed(job.screen, job.generation, sentence),
        });
    }
}
