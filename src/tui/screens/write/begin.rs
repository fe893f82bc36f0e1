//! New examples: from nothing, like another one, from a template, for what the coverage lacks most.

use std::collections::HashMap;

use super::field::Field;
use super::{Next, Subject, UNBORN, Write, gaps};
use crate::curation::coverage::Coverage;
use crate::dataset::{Counts, Verb};
use crate::example::{CellTarget, CellWish, Example, Kind, Message, Prompt, Role, Tag};
use crate::formats::page::{self, Context};
use crate::tui::effect::{Effect, Request, Seed, Shared, Tone};

/// The tags of the example that the coverage lacks most: of each facet with targets the value of
/// which most are missing, of those that can be beside the values before it.
fn lacking_most(counts: &Counts, cells: &[CellTarget]) -> Vec<Tag> {
    let is_never = |one: &Tag, other: &Tag| {
        cells.iter().any(|cell| cell.wish == CellWish::Never && cell.is_of(one, other))
    };
    let mut tags: Vec<Tag> = Vec::new();
    for facet in Coverage::of(counts).facets {
        let mut lacking: Vec<_> = facet.values.iter().filter(|value| value.missing() > 0).collect();
        lacking.sort_by_key(|value| std::cmp::Reverse(value.missing()));
        let mut lacking = lacking.into_iter().map(|value| Tag::new(&facet.name, &value.name));
        let allowed = lacking.find(|tag| !tags.iter().any(|other| is_never(tag, other)));
        tags.extend(allowed);
    }
    tags
}

impl Write {
    /// Begins an example that is to be made, with what was typed of it before.
    pub(super) fn begin(&mut self, seed: Seed, shared: &Shared) -> Vec<Effect> {
        self.tags_of_new.clear();
        self.gaps.forget_guess();
        match seed {
            Seed::Blank(like) => self.begin_blank(like),
            Seed::Gap(like) => {
                let tags = self
                    .gaps
                    .card()
                    .unwrap_or_else(|| lacking_most(&shared.counts, &shared.definitions.cells));
                if tags.is_empty() {
                    return vec![Effect::look(
                        "every target is reached, or none is set: there is no gap to write for",
                    )];
                }
                let said = Effect::look(gaps::said(&tags));
                self.gaps.guessed(&tags);
                self.tags_of_new = tags;
                let mut effects = self.begin_blank(like);
                effects.push(said);
                effects
            }
            Seed::Tagged(tags) => {
                self.tags_of_new = tags;
                self.begin_blank(None)
            }
            Seed::Template(name) => self.make_of_template(&name, shared),
            Seed::Variant(of) => {
                let ask = self.ask(Request::Example(of));
                self.next = Next::Varying(self.generation);
                vec![ask]
            }
        }
    }

    /// The same while another example is shown.
    pub(super) fn begin_here(&mut self, seed: Seed, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.put_down();
        effects.extend(self.begin(seed, shared));
        effects
    }

    /// Makes an example of a template at once; what is to be filled in is marked in it.
    fn make_of_template(&mut self, name: &str, shared: &Shared) -> Vec<Effect> {
        let Some(template) = shared.definitions.templates.iter().find(|template| template.name == name)
        else {
            return vec![Effect::look(format!("there is no template “{name}” any more"))];
        };
        let context =
            Context { facets: &shared.definitions.facets, annotator: &shared.annotator, values: Some(&[]) };
        match page::read_template(&template.page, &context) {
            Ok(read) => {
                let mut effects = self.make(read.example, shared);
                effects.extend(read.remarks.into_iter().map(Effect::look));
                effects
            }
            Err(errors) => {
                let said = errors.first().map(ToString::to_string).unwrap_or_default();
                vec![Effect::Say(Tone::Bad, format!("the template “{name}” can't be used: {said}"))]
            }
        }
    }

    fn begin_blank(&mut self, like: Option<i64>) -> Vec<Effect> {
        self.inherits_from = like;
        let ask = self.ask(Request::Example(UNBORN));
        self.next = Next::Unborn(self.generation);
        vec![ask]
    }

    /// A page for an example that is to be made: the system turn of the one before, and a question.
    pub(super) fn show_new(&mut self, drafts: &HashMap<String, String>, shared: &Shared) -> Vec<Effect> {
        let messages = vec![Message::new(Role::System, ""), Message::new(Role::User, "")];
        let mut example = Example::new(Kind::Sft, Prompt { messages, tools: Vec::new() });
        example.tags = std::mem::take(&mut self.tags_of_new);
        let mut effects = self.show(None, None, example, drafts, shared);
        if let Some(like) = self.inherits_from.take() {
            effects.push(self.ask(Request::Example(like)));
            self.inheriting = Some(self.generation);
        }
        effects
    }

    /// Takes the system turn of another example over, where none is typed yet.
    pub(super) fn inherit(&mut self, from: Option<&Example>) {
        let system = from
            .and_then(|example| example.prompt.messages.iter().find(|message| message.role == Role::System));
        let Some(text) = system.map(|message| message.text().into_owned()) else { return };
        if let Some(subject) = &mut self.subject
            && subject.id.is_none()
            && !subject.is_creating
            && let Some(first) = subject.example.prompt.messages.first_mut()
            && first.is_blank()
        {
            *first = Message::new(Role::System, text);
            self.rebuild();
        }
    }

    /// Makes an example like another one at once, and begins to change what is asked.
    pub(super) fn vary(&mut self, of: Option<(i64, Example)>, shared: &Shared) -> Vec<Effect> {
        let Some((id, example)) = of else {
            self.next = Next::Still;
            return vec![Effect::look("the example is gone")];
        };
        let mut effects = self.make(Example::variant_of(&example), shared);
        effects.push(Effect::look(format!(
            "a variant of #{id}: change what differs, or take it back with undo"
        )));
        effects
    }

    /// Makes an example at once, so that nothing of it can be lost, and begins to type in what it asks.
    fn make(&mut self, example: Example, shared: &Shared) -> Vec<Effect> {
        let mut effects = self.show(None, None, example.clone(), &HashMap::new(), shared);
        if let Some(Subject { is_creating, .. }) = &mut self.subject {
            *is_creating = true;
        }
        effects.push(Effect::Perform(Box::new(Verb::Create(Box::new(example)))));
        effects
    }

    /// The turn that a new example begins to be typed in: what is asked last.
    pub(super) fn first_of_new(&self) -> Field {
        let messages = self.subject.as_ref().map(|subject| subject.example.prompt.messages.as_slice());
        let asks = messages.unwrap_or_default().iter().rposition(|message| message.role == Role::User);
        Field::Turn(asks.unwrap_or(0))
    }
}
