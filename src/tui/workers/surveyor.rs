//! The surveyor: keeps the tags of all examples counted while somebody looks at the coverage.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::surveying::{Crossed, Crossing, Lacking, Overall, Question};
use super::{failed, guarded};
use crate::dataset::{Derived, Reader, Result, Survey, TagFile, Tagged};

/// What the surveyor is told.
#[derive(Debug)]
pub enum SurveyTask {
    /// Somebody asks.
    Asked(SurveyJob),
    /// The dataset was just changed here: who looks on is told before they ask.
    Changed,
}

/// A question for the surveyor.
#[derive(Debug, Clone)]
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
    /// What was asked last.
    asked: Option<SurveyJob>,
    /// What is read off the examples, from when it was first asked for.
    derived: Option<Derived>,
}

impl Surveyor {
    /// A surveyor of that dataset, which keeps tags in that file.
    pub fn new(reader: Reader, file: Option<TagFile>) -> Self {
        Self { reader, file, survey: None, asked: None, derived: None }
    }

    /// Answers a question: at once with what is crossed, then with what is said of all facets together, unless
    /// something newer `is_waiting` by then.
    pub fn handle(&mut self, job: SurveyJob, is_waiting: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let (screen, generation) = (job.screen, job.generation);
        self.asked = Some(job.clone());
        let Some(question) = &job.question else {
            self.forget();
            return;
        };
        let mut answer = |answer| emit(Message::Answer(screen, answer));
        let crossing = |crossing| Answer::Crossing(generation, Box::new(crossing));
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
            match question {
                Question::Lacking => answer(Answer::Lacking(generation, Box::new(Lacking::of(&survey)))),
                Question::Cross(crossed) => {
                    let mut crossed = self.cross(&survey, crossed)?;
                    answer(crossing(crossed.clone()));
                    if !is_waiting() {
                        crossed.overall = Some(Overall::of(&survey));
                        answer(crossing(crossed));
                    }
                }
            }
            self.survey = Some(survey);
            Ok(())
        });
        if let Err(sentence) = done {
            emit(failed(screen, generation, sentence));
        }
    }

    /// The dataset was changed here: whoever asked last sees their table as it is now, before they ask again.
    pub fn changed(&mut self, emit: &mut dyn FnMut(Message)) {
        let Some(SurveyJob { screen, generation, question: Some(Question::Cross(crossed)) }) =
            self.asked.clone()
        else {
            return;
        };
        let now = guarded("counting the coverage", || {
            let Some(mut survey) = self.survey.take() else { return Ok(None) };
            let is_changed = survey.refresh(&self.reader)?;
            let now = if is_changed { Some(self.cross(&survey, &crossed)?) } else { None };
            self.survey = Some(survey);
            Ok(now)
        });
        // where it fails, the next question does too, and says so
        if let Ok(Some(now)) = now {
            emit(Message::Answer(screen, Answer::Crossing(generation, Box::new(now))));
        }
    }

    /// What is crossed, with what is read off the examples where that is asked for.
    fn cross(&mut self, survey: &Survey, crossed: &Crossed) -> Result<Crossing> {
        if crossed.names_derived(&survey.tagged().facets) {
            match &mut self.derived {
                Some(derived) => {
                    derived.refresh(&self.reader)?;
                }
                derived @ None => *derived = Some(self.reader.derived()?),
            }
        }
        Ok(Crossing::of(survey, self.derived.as_ref(), crossed))
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
