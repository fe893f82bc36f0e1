//! The whole example in the annotator's own editor: as a page, read back with errors at its lines. A
//! page that can't be read is kept, and opened again for another try.

use super::{PAGE, Write};
use crate::dataset::Verb;
use crate::example::{Changes, Template};
use crate::formats::page::{self, Context};
use crate::tui::effect::{Effect, Prompting, Purpose, Shared, Tone};

/// The name under which a page is kept that could not be read.
pub const NAME: &str = "page";

/// Pages that are neither the example nor on disk as a part of it.
#[derive(Debug, Default)]
pub struct Page {
    /// Left in the editor, and could not be read.
    pub left: Option<String>,
    /// Read, and on its way to disk.
    pub sent: Option<String>,
}

impl Write {
    /// Opens the example as a page; what is typed is written first.
    pub(super) fn open_page(&mut self) -> Vec<Effect> {
        let mut effects = self.shut();
        effects.extend(self.write());
        let Some(subject) = &self.subject else { return effects };
        let Some(id) = subject.id else {
            effects.push(Effect::look(
                "the example is not made yet: write its prompt, and leave it with “done”",
            ));
            return effects;
        };
        let page =
            self.page.left.clone().unwrap_or_else(|| page::write_of(id, &subject.example, &subject.example));
        effects.push(Effect::External(page, PAGE));
        effects
    }

    /// The page as the annotator's own editor left it.
    pub(super) fn page_came(&mut self, text: String, shared: &Shared) -> Vec<Effect> {
        let Some(subject) = self.subject.as_mut().filter(|subject| !subject.is_done) else {
            return vec![Effect::look(
                "the example was not open any more; what your editor left is not used",
            )];
        };
        let Some(id) = subject.id else { return Vec::new() };
        let context =
            Context { facets: &shared.definitions.facets, annotator: &shared.annotator, values: None };
        let read = match page::read_onto(&text, id, &subject.example, &context) {
            Ok(read) => read,
            Err(errors) => return self.page_is_wrong(&text, &errors),
        };
        let mut effects: Vec<Effect> = read.remarks.into_iter().map(Effect::look).collect();
        effects.extend(self.end_page());
        let Some(subject) = &mut self.subject else { return effects };
        let changes = Changes::between(&subject.example, &read.example);
        if changes.is_empty() {
            effects.push(Effect::look("the page says what the example says: nothing is changed"));
            return effects;
        }
        subject.example = read.example;
        self.page.sent = Some(text);
        self.rebuild();
        effects.push(Effect::Perform(Box::new(Verb::Edit { example: id, changes: Box::new(changes) })));
        effects
    }

    fn page_is_wrong(&mut self, text: &str, errors: &[page::PageError]) -> Vec<Effect> {
        let (page, _) = page::with_errors(text, errors);
        self.page.left = Some(page);
        let more = match errors.len() {
            0 | 1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        let said = errors.first().map(ToString::to_string).unwrap_or_default();
        let says = format!("{said}{more}; the page is kept: E opens it again");
        let mut effects: Vec<Effect> = self.typing.changed(NAME).into_iter().collect();
        effects.push(Effect::Say(Tone::Bad, says));
        effects
    }

    /// Nothing is left of a page that could not be read.
    fn end_page(&mut self) -> Option<Effect> {
        self.page.left = None;
        let was_kept = self.typing.ended(NAME);
        was_kept.then(|| Effect::DropDraft { example: self.number(), field: NAME.to_owned() })
    }

    /// What the page said is on disk.
    pub(super) fn page_is_written(&mut self) {
        self.page.sent = None;
    }

    /// What the page said could not be written: it is kept for another try.
    pub(super) fn page_is_refused(&mut self) -> Vec<Effect> {
        self.page.left = self.page.sent.take();
        let mut effects: Vec<Effect> = self.typing.changed(NAME).into_iter().collect();
        effects.push(Effect::look("the page is kept: E opens it again"));
        effects
    }

    /// A page that was left comes back from disk.
    pub(super) fn restore_page(&mut self, kept: Option<&String>) -> Option<Effect> {
        self.page = Page { left: kept.cloned(), sent: None };
        self.page.left.as_ref()?;
        self.typing.restored(NAME);
        Some(Effect::look("a page that could not be read was left of this example: E opens it again"))
    }

    /// Asks for the name under which the example is kept as a template.
    pub(super) fn ask_template() -> Vec<Effect> {
        vec![Effect::Enter(Prompting {
            title: "Keep it as a template, under the name".to_owned(),
            text: String::new(),
            purpose: Purpose::TemplateName,
        })]
    }

    /// Keeps the example as a template of that name.
    pub(super) fn keep_template(&self, name: &str) -> Vec<Effect> {
        let name = name.trim();
        let Some(subject) = self.subject.as_ref().filter(|_| !name.is_empty()) else { return Vec::new() };
        let template = Template { name: name.to_owned(), page: page::write_template(&subject.example) };
        vec![Effect::Perform(Box::new(Verb::PutTemplate(template)))]
    }
}
