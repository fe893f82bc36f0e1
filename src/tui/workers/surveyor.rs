//! The surveyor: keeps the tags of all examples counted while somebody looks at the coverage.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::surveying::{Crossing, Lacking, Overall, Question};
use super::{failed, guarded};
use crate::dataset::{Derived, Reader, Result, Survey, TagFile, Tagged};

/// A question for the surveyor.
#[derive(Debug)]
pub struct SurveyJob {
    /// Who asks.
    pub screen: ScreenId,
    /// Its generation there.
    pub generation: Generation,
    /// What; `None` where nobody looks any more.
    pub question: Option<Question>,
}

/// What counts crossed facets.
pub struct Surveyor {
    reader: Reader,
    /// Where the tags are kept from one time to the next.
    file: Option<TagFile>,
    survey: Option<Survey>,
    /// What is read off the examples, from when it was first asked for.
    derived: Option<Derived>,
}

impl Surveyor {
    /// A surveyor of that dataset, which keeps tags in that file.
    pub fn new(reader: Reader, file: Option<TagFile>) -> Self {
        Self { reader, file, survey: None, derived: None }
    }

    /// Answers a question: at once with what is crossed, then with what is said of all facets together, unless
    /// something newer `is_waiting` by then.
    pub fn handle(&mut self, job: &SurveyJob, is_waiting: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let Some(question) = &job.question else {
            self.forget();
            return;
        };
        let mut answer = |answer| emit(Message::Answer(job.screen, answer));
        let crossing = |crossing| Answer::Crossing(job.generation, Box::new(crossing));
        let done = guarded("counting the coverage", || {
            let survey = match (self.survey.take(), question) {
                (Some(mut survey), _) => {
                    survey.refresh(&self.reader)?;
                    survey
                }
                (None, Question::Lacking) => Survey::counted(self.tagged()?)?,
                (None, Question::Cross(crossed)) => {
                    let tagged = self.tagged()?;
                    if !crossed.names_derived(&tagged.facets) {
                        answer(crossing(Crossing::first(&tagged, crossed)?));
                    }
                    Survey::counted(tagged)?
                }
            };
            let survey = self.survey.insert(survey);
            match question {
                Question::Lacking => answer(Answer::Lacking(job.generation, Box::new(Lacking::of(survey)))),
                Question::Cross(crossed) => {
                    if crossed.names_derived(&survey.tagged().facets) {
                        match &mut self.derived {
                            Some(derived) => {
                                derived.refresh(&self.reader)?;
                            }
                            derived @ None => *derived = Some(self.reader.derived()?),
                        }
                    }
                    let mut crossed = Crossing::of(survey, self.derived.as_ref(), crossed);
                    answer(crossing(crossed.clone()));
                    if !is_waiting() {
                        crossed.overall = Some(Overall::of(survey));
                        answer(crossing(crossed));
                    }
                }
            }
            Ok(())
        });
        if let Err(sentence) = done {
            emit(failed(job.screen, job.generation, sentence));
        }
    }

    fn tagged(&self) -> Result<Tagged> {
        match &self.file {
            Some(file) => file.tagged(&self.reader),
            None => self.reader.tagged(),
        }
    }

    /// Nobody looks any more: of a large dataset what was counted is large.
    fn forget(&mut self) {
        self.derived = None;
        if let (Some(survey), Some(file)) = (self.survey.take(), &self.file) {
            file.keep(&self.reader, survey.tagged());
        }
    }
}
