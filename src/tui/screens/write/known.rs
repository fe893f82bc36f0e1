//! What is known beside the shown example: asked of the companion whenever something changed and it
//! has answered the question before, so that however fast one types it is never more than one behind.

use super::Write;
use super::field::{Applied, Field};
use crate::dataset::Proposal;
use crate::example::{Author, Response, Uuid};
use crate::tui::beside::{Beside, Length, Nearest, Remark, Suggested, Work};
use crate::tui::effect::{Effect, Generation, Request, Shared, Tone};
use crate::tui::widgets::diff::DifferenceView;
use crate::tui::widgets::editor::{Mark, MarkKind};

/// What the companion said of the shown example.
#[derive(Debug, Default)]
pub struct Known {
    /// Grows with every change of what is shown or typed.
    revision: u64,
    /// The question under way, and what it is about.
    asked: Option<(Generation, u64)>,
    /// What the last question was about.
    last: u64,
    /// What is to be mended; whether that is known.
    pub remarks: Vec<Remark>,
    pub is_judged: bool,
    /// How long it is.
    pub length: Option<Length>,
    /// The tags that rules propose.
    pub proposed: Vec<Proposal>,
    /// The tags that the words suggest.
    pub suggested: Vec<Suggested>,
    /// The nearest examples that are there already.
    pub nearest: Option<Nearest>,
    /// In what the rewriting differs from what it is to beat.
    pub difference: Option<DifferenceView>,
}

impl Known {
    /// Something that is shown or typed is another.
    pub fn touch(&mut self) {
        self.revision += 1;
    }

    /// Another example is shown.
    pub fn forget(&mut self) {
        *self = Self { revision: self.revision + 1, last: self.last, ..Self::default() };
    }
}

impl Write {
    /// Asks what is known, where that is not under way.
    pub(super) fn ask_companion(&mut self, shared: &Shared) -> Option<Effect> {
        if self.known.asked.is_some() || self.known.last == self.known.revision {
            return None;
        }
        let work = self.work(shared)?;
        if work.rewriting.is_none() {
            self.known.difference = None;
        }
        let ask = self.ask(Request::Beside(Box::new(work)));
        self.known.last = self.known.revision;
        self.known.asked = Some((self.generation, self.known.revision));
        Some(ask)
    }

    /// The example as it is at this moment.
    fn work(&self, shared: &Shared) -> Option<Work> {
        let subject = self.subject.as_ref().filter(|subject| !subject.is_done)?;
        let mut stretch = self.stretch.clone();
        if let Some(open) = &self.open {
            stretch.set(open.field, open.editor.text());
        }
        let Applied { mut example, rewrites, broken } = stretch.applied(&subject.example, &self.annotator);
        let is_new = |id: Uuid| subject.example.response(id).is_none();
        let mut names: Vec<String> = example
            .responses
            .iter()
            .map(|response| if is_new(response.id) { Field::New } else { Field::Response(response.id, 0) })
            .map(Field::name)
            .collect();
        for (origin, messages) in rewrites {
            example.responses.push(Response::of(Some(Author::person(&self.annotator)), messages));
            names.push(Field::Rewrite(origin).name());
        }
        let json = broken.into_iter().filter_map(|(field, _)| {
            let text = stretch.get(field).filter(|_| field.is_json())?;
            Some((field.name(), text.to_owned()))
        });
        let rewriting = stretch.fields().find_map(|(field, text)| match field {
            Field::Rewrite(origin) => Some((subject.example.response(origin)?.text(), text.to_owned())),
            _ => None,
        });
        Some(Work {
            id: subject.id,
            rewriting,
            json: json.collect(),
            example,
            names,
            contract: shared.definitions.contract.clone(),
            model: shared.definitions.model.clone(),
            rules: shared.definitions.rules.clone(),
        })
    }

    /// A part of what is known came.
    pub(super) fn told(&mut self, generation: Generation, part: Beside) {
        let Some((_, revision)) = self.known.asked.filter(|(asked, _)| *asked == generation) else { return };
        match part {
            Beside::Remarks(remarks) => {
                self.known.remarks = remarks;
                self.known.is_judged = true;
                if revision == self.known.revision {
                    self.mark();
                }
            }
            Beside::Counted(length) => self.known.length = Some(length),
            Beside::Proposed(proposed) => self.known.proposed = proposed,
            Beside::Suggested(suggested) => self.known.suggested = suggested,
            Beside::Near(nearest) => self.known.nearest = Some(nearest),
            Beside::Differs(difference) => self.known.difference = Some(difference.into()),
            Beside::All => self.known.asked = None,
        }
    }

    /// The remarks on a field.
    fn remarks_on(&self, field: Field) -> impl Iterator<Item = &Remark> {
        let name = field.name();
        self.known.remarks.iter().filter(move |remark| remark.field == name)
    }

    /// Shows what is to be mended at its place.
    pub(super) fn mark(&mut self) {
        let marks = |field: Field| -> Vec<Mark> {
            let kind = |is_wrong| if is_wrong { MarkKind::Bad } else { MarkKind::Look };
            self.remarks_on(field)
                .filter_map(|remark| Some(Mark { range: remark.range.clone()?, kind: kind(remark.is_wrong) }))
                .collect()
        };
        let open = self.open.as_ref().map(|open| open.field);
        let of_open = open.map(marks);
        let of_blocks: Vec<Vec<Mark>> = self
            .parts
            .iter()
            .map(|field| if Some(*field) == open || field.is_json() { Vec::new() } else { marks(*field) })
            .collect();
        if let (Some(open), Some(marks)) = (&mut self.open, of_open) {
            open.editor.set_marks(marks);
        }
        for (at, marks) in of_blocks.into_iter().enumerate() {
            self.document.mark(at, marks);
        }
    }

    /// Goes to the next thing to be mended after the cursor, around the end, and says what it is.
    pub(super) fn next_remark(&mut self) -> Vec<Effect> {
        let here = match &self.open {
            Some(open) => Some((open.field, open.editor.cursor_byte())),
            None => self.focused().map(|field| (field, usize::MAX)),
        };
        let order = |remark: &Remark| {
            let field = Field::parse(&remark.field)?;
            let at = self.parts.iter().position(|other| *other == field)?;
            Some((at, remark.range.as_ref().map_or(0, |range| range.start), field))
        };
        let mut places: Vec<(usize, usize, Field, &Remark)> = self
            .known
            .remarks
            .iter()
            .filter_map(|remark| order(remark).map(|(at, byte, field)| (at, byte, field, remark)))
            .collect();
        places.sort_by_key(|(at, byte, ..)| (*at, *byte));
        let from =
            here.and_then(|(field, byte)| Some((self.parts.iter().position(|other| *other == field)?, byte)));
        let next = places.iter().find(|(at, byte, ..)| from.is_none_or(|from| (*at, *byte) > from));
        let Some(&(_, byte, field, remark)) = next.or(places.first()) else {
            return vec![Effect::Say(Tone::Good, "there is nothing to mend here".to_owned())];
        };
        let says = Effect::Say(Tone::Look, remark.sentence.clone());
        let mut effects = Vec::new();
        if self.open.as_ref().is_none_or(|open| open.field != field) {
            effects.extend(self.shut());
            self.open_field(field);
        }
        if let Some(open) = &mut self.open {
            open.editor.go_to_byte(byte);
        }
        effects.push(says);
        effects
    }
}
