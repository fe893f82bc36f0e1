//! The surveyor: keeps the tags of all examples counted while somebody looks at the coverage.

use super::super::effect::{Answer, Generation};
use super::super::message::{Message, ScreenId};
use super::super::surveying::{Crossed, Crossing, Lacking, Overall, Question};
use super::{failed, guarded};
use crate::dataset::{ColumnFiles, Derived, Reader, Result, Survey, Tagged};

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
    /// Where the tags and the derived facets are kept from one time to the next.
    files: Option<ColumnFiles>,
    survey: Option<Survey>,
    /// What was asked last.
    asked: Option<SurveyJob>,
    /// What is read off the examples, from when it was first asked for.
    derived: Option<Derived>,
}

impl Surveyor {
    /// A surveyor of that dataset, which keeps its columns in those files.
    pub fn new(reader: Reader, files: Option<ColumnFiles>) -> Self {
        Self { reader, files, survey: None, asked: None, derived: None }
    }

    /// Brings what is kept from one time to the next up to date, so that who asks need not wait for it; who asks
    /// meanwhile waits for the tags at the most.
    pub fn prepare(&self, is_waiting: impl Fn() -> bool) {
        // where it fails, whoever asks tries again, and hears of it
        let _ = guarded("counting the coverage", || match &self.files {
            Some(files) => {
                files.tagged(&self.reader)?;
                if !is_waiting() {
                    files.derived(&self.reader)?;
                }
                Ok(())
            }
            None => Ok(()),
        });
    }

    /// Answers a question: at once with what is crossed, then with what is said of all facets together, unless
    /// something newer `is_waiting` by then.
    pub fn handle(&mut self, job: SurveyJob, is_waiting: impl Fn() -> bool, emit: &mut dyn FnMut(Message)) {
        let (screen, generation, question) = (job.screen, job.generation, job.question.clone());
        self.asked = Some(job);
        let Some(question) = &question else {
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
                    self.derive(&tagged, crossed)?;
                    answer(crossing(Crossing::first(&tagged, self.derived.as_ref(), crossed)?));
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
        self.derive(survey.tagged(), crossed)?;
        Ok(Crossing::of(survey, self.derived.as_ref(), crossed))
    }

    /// Brings the derived facets up to date, where one of them is crossed.
    fn derive(&mut self, tagged: &Tagged, crossed: &Crossed) -> Result<()> {
        if crossed.names_derived(&tagged.facets) {
            let known = self.derived.take();
            self.derived = Some(derived(&self.reader, self.files.as_ref(), known)?);
        }
        Ok(())
    }

    fn tagged(&self) -> Result<Tagged> {
        match &self.files {
            Some(files) => files.tagged(&self.reader),
            None => self.reader.tagged(),
        }
    }

    /// Nobody looks any more: of a large dataset what was counted is large.
    fn forget(&mut self) {
        let (survey, derived) = (self.survey.take(), self.derived.take());
        let Some(files) = &self.files else { return };
        if let Some(survey) = survey {
            files.keep_tags(&self.reader, survey.tagged());
        }
        if let Some(derived) = derived {
            files.keep_derived(&self.reader, &derived);
        }
    }
}

/// The derived facets as they are now, from those that are known where there are any.
fn derived(reader: &Reader, files: Option<&ColumnFiles>, known: Option<Derived>) -> Result<Derived> {
    match (known, files) {
        (Some(mut known), _) => {
            known.refresh(reader)?;
            Ok(known)
        }
        (None, Some(files)) => files.derived(reader),
        (None, None) => reader.derived(),
    }
}
