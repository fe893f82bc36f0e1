//! Rewriting a response: a text begun with the best one's, that goes on top of all others.

use super::Rank;
use crate::dataset::Verb;
use crate::example::{Author, Content, Example, Message, Response, Uuid};
use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Purpose, Shared, Tone};
use crate::tui::message::Draft;
use crate::tui::widgets::document::{Block, Document};
use crate::tui::widgets::editor::{Editor, NOTHING_SELECTED, Outcome};
use crate::tui::widgets::menus;

/// What comes back from the annotator's own editor.
const EXTERNAL: Purpose = Purpose::Own(1);

/// A response being rewritten.
#[derive(Debug)]
pub struct Rewriting {
    /// Of which example.
    example: i64,
    /// The one it begins with.
    origin: Uuid,
    /// Its turn.
    message: Message,
    /// The text.
    pub editor: Editor,
    /// How it is drawn.
    pub document: Document,
}

impl Rewriting {
    /// Whether there is nothing to write.
    fn says_nothing_new(&self) -> bool {
        let text = self.editor.text();
        text == self.message.text() || text.trim().is_empty()
    }
}

/// The name under which a rewriting of a response is kept.
pub fn field(origin: Uuid) -> String {
    format!("rewrite/{origin}")
}

/// The response that the field of a draft is a rewriting of.
pub fn origin_of(field: &str) -> Option<Uuid> {
    field.strip_prefix("rewrite/")?.parse().ok()
}

/// What a verb would have rewritten, as typing that can be taken up again.
pub fn drafts_of(verb: &Verb) -> Vec<Draft> {
    let (example, origin, messages) = match verb {
        Verb::Rewrite { example, origin, messages, .. } => (example, origin, messages),
        Verb::AddResponse { example, response } => match &response.origin {
            Some(origin) => (example, origin, &response.messages),
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let text = messages.iter().map(Message::text).collect::<Vec<_>>().join("\n\n");
    vec![Draft { example: *example, field: field(*origin), text }]
}

impl Rank {
    /// Whether the text that is open rewrites a response of this example.
    pub(super) fn is_rewriting(&self, example: i64) -> bool {
        self.rewriting.as_ref().is_some_and(|rewriting| rewriting.example == example)
    }

    /// Begins with the best response: as typed, as ranked before, or else the one looked at.
    pub(super) fn rewrite_best(&mut self, annotator: &str) -> Vec<Effect> {
        let Some(shown) = &self.shown else { return Vec::new() };
        let typed = shown.order.places().tiers;
        let best = match typed.first().map(Vec::as_slice) {
            Some(&[only]) => shown.presented.get(only).copied(),
            // Of several best ones, that which is looked at.
            Some(tied) if !tied.is_empty() => {
                let at = shown.focused().filter(|at| tied.contains(at)).or(tied.first().copied());
                at.and_then(|at| shown.presented.get(at).copied())
            }
            _ => {
                let before = shown.own(annotator).and_then(crate::example::Ranking::best);
                before.or_else(|| shown.presented.get(shown.focused().unwrap_or(0)).copied())
            }
        };
        let Some(origin) = best else {
            return vec![Effect::Say(Tone::Look, "there is no response to rewrite".to_owned())];
        };
        let (id, is_typed) = (shown.id, !typed.is_empty());
        // What was set aside is gone on with, unless the keys name another response.
        let begun = self.set_aside.as_ref().filter(|draft| draft.example == id).and_then(|draft| {
            let of = origin_of(&draft.field)?;
            (of == origin || !is_typed).then(|| (of, draft.text.clone()))
        });
        let (origin, text) = begun.map_or((origin, None), |(of, text)| (of, Some(text)));
        match self.begin_rewriting(origin, text.as_deref()) {
            Ok(()) => Vec::new(),
            Err(why) => vec![Effect::Say(Tone::Look, why.to_owned())],
        }
    }

    /// The order typed so far, where the rewriting alone would not say it: the new response goes on
    /// top of it.
    fn ranking_below(&self, origin: Uuid, annotator: &str) -> Option<Effect> {
        let shown = self.shown.as_ref()?;
        let (tiers, bad) = shown.ranking();
        let is_said =
            !shown.again && shown.own(annotator).is_none() && tiers == [vec![origin]] && bad.is_empty();
        (!tiers.is_empty() && !is_said).then(|| Effect::Perform(Box::new(shown.verb(false))))
    }

    /// Opens the editor; `draft` is what was typed before.
    pub(super) fn begin_rewriting(&mut self, origin: Uuid, draft: Option<&str>) -> Result<(), &'static str> {
        let shown = self.shown.as_ref().ok_or("there is nothing to rewrite")?;
        let response = shown.example.response(origin).ok_or("the response is gone")?;
        let [message] = response.messages.as_slice() else {
            return Err("this response has several turns; only one of plain text can be rewritten here");
        };
        if !matches!(message.content, Content::Text(_)) || !message.tool_calls.is_empty() {
            return Err("this response calls tools or has parts; only plain text can be rewritten here");
        }
        let label = shown.presented.iter().position(|id| *id == origin).map_or(0, |at| at + 1);
        let mut document = Document::default();
        document.shows_focus = true;
        document.set(vec![Block {
            heading: "REWRITE".to_owned(),
            notes: vec![format!("of {label}"), String::new()],
            ..Block::default()
        }]);
        let mut editor = Editor::open(draft.unwrap_or(&message.text()), self.has_modes);
        editor.type_at_end();
        self.rewriting =
            Some(Rewriting { example: shown.id, origin, message: message.clone(), editor, document });
        if draft.is_some() {
            self.typing.restored(&field(origin));
        }
        Ok(())
    }

    /// A command while one rewrites.
    pub(super) fn command_in_editor(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let Some(rewriting) = &mut self.rewriting else { return Vec::new() };
        match command {
            Command::EditorDone if rewriting.editor.cancel_pending() => return Vec::new(),
            Command::EditorDone => return self.set_rewriting_aside(),
            Command::EditorSaveAndNext => return self.end_rewriting(shared),
            Command::WriteExternal => return vec![Effect::External(rewriting.editor.text(), EXTERNAL)],
            _ => {}
        }
        match rewriting.editor.command(command) {
            Outcome::Changed => self.rewritten().into_iter().collect(),
            Outcome::Cut(text) => self.rewritten().into_iter().chain([Effect::Copy(text)]).collect(),
            Outcome::Copied(text) => vec![Effect::Copy(text)],
            Outcome::NothingSelected => vec![Effect::Say(Tone::Look, NOTHING_SELECTED.to_owned())],
            Outcome::Same => Vec::new(),
            Outcome::NotMine => vec![Effect::Say(Tone::Look, "there is only this one text here".to_owned())],
        }
    }

    /// Text typed while one rewrites.
    pub(super) fn type_text(&mut self, text: &str) -> Vec<Effect> {
        let Some(rewriting) = &mut self.rewriting else { return Vec::new() };
        match rewriting.editor.insert(text) {
            Outcome::Changed => self.rewritten().into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The text as the annotator's own editor left it.
    pub(super) fn external(&mut self, purpose: &Purpose, text: &str) -> Option<Vec<Effect>> {
        let rewriting = self.rewriting.as_mut().filter(|_| *purpose == EXTERNAL)?;
        rewriting.editor.replace(text);
        Some(self.rewritten().into_iter().collect())
    }

    /// A rewriting of this example that was undone: its text is a draft again, and is gone on with.
    pub(super) fn undone_rewriting(&mut self, id: i64, example: &Example) -> Option<Effect> {
        let at = self.rewrites.iter().position(|draft| draft.example == id)?;
        let is_there = self.rewrites.get(at).is_some_and(|draft| {
            let text =
                |messages: &[Message]| messages.iter().map(Message::text).collect::<Vec<_>>().join("\n\n");
            let is_it =
                |response: &Response| response.origin.is_some() && text(&response.messages) == draft.text;
            example.responses.iter().any(is_it)
        });
        if is_there {
            return None;
        }
        let draft = self.rewrites.remove(at);
        self.set_aside = Some(draft.clone());
        Some(draft.keep())
    }

    fn rewritten(&mut self) -> Option<Effect> {
        let origin = self.rewriting.as_ref()?.origin;
        self.typing.changed(&field(origin))
    }

    /// Puts what is typed and not on its way yet on its way to disk.
    pub(super) fn keep(&mut self) -> Vec<Effect> {
        let Some(rewriting) = &self.rewriting else { return Vec::new() };
        self.typing.keep(rewriting.example, |_| Some(rewriting.editor.text()))
    }

    /// Ends typing and keeps the text as a draft: nothing is submitted.
    fn set_rewriting_aside(&mut self) -> Vec<Effect> {
        let Some(rewriting) = &self.rewriting else { return Vec::new() };
        let (example, text) = (rewriting.example, rewriting.editor.text());
        if rewriting.says_nothing_new() {
            return self.drop_rewriting();
        }
        let field = field(rewriting.origin);
        let mut effects = self.keep();
        self.set_aside = Some(Draft { example, field, text });
        self.rewriting = None;
        self.typing.clear();
        effects
            .push(Effect::Say(Tone::Look, "what you wrote is kept as a draft; nothing is ranked".to_owned()));
        effects
    }

    /// Ends typing where nothing new was said.
    fn drop_rewriting(&mut self) -> Vec<Effect> {
        let Some(rewriting) = self.rewriting.take() else { return Vec::new() };
        let field = field(rewriting.origin);
        let mut effects = vec![Effect::Say(Tone::Look, "nothing was rewritten".to_owned())];
        if self.typing.ended(&field) {
            effects.push(Effect::DropDraft { example: rewriting.example, field });
        }
        self.set_aside = None;
        effects
    }

    /// The new response goes on top, and the next example comes.
    fn end_rewriting(&mut self, shared: &Shared) -> Vec<Effect> {
        if self.rewriting.as_ref().is_some_and(Rewriting::says_nothing_new) {
            return self.drop_rewriting();
        }
        let Some(rewriting) = self.rewriting.take() else { return Vec::new() };
        self.typing.ended(&field(rewriting.origin));
        self.set_aside = None;
        let mut effects: Vec<Effect> =
            self.ranking_below(rewriting.origin, &shared.annotator).into_iter().collect();
        let text = rewriting.editor.text();
        let message = Message { content: Content::Text(text), ..rewriting.message };
        // A hidden repeat touches no ranking: the new response is one more.
        let again = self.shown.as_ref().is_some_and(|shown| shown.again);
        let (example, origin, messages) = (rewriting.example, rewriting.origin, vec![message]);
        let verb = if again {
            let mut response = Response::of(Some(Author::person(&shared.annotator)), messages);
            response.origin = Some(origin);
            Verb::AddResponse { example, response: Box::new(response) }
        } else {
            Verb::Rewrite { example, origin, messages, submit: true }
        };
        let tags = self.shown.as_ref().map(|shown| shown.example.tags.as_slice());
        let says = menus::lacking(tags.unwrap_or_default(), shared);
        self.afterwards.extend(says.filter(|_| !again).map(|says| (rewriting.example, says)));
        self.rewrites.retain(|draft| draft.example != example);
        self.rewrites.extend(drafts_of(&verb));
        effects.push(Effect::Perform(Box::new(verb)));
        if again {
            effects.push(Effect::DropDraft { example, field: field(origin) });
        }
        effects.extend(self.go_on(false, shared));
        effects
    }

    /// Whether what is typed is on disk, for the picture.
    pub(super) fn saved_word(&self) -> &'static str {
        if self.typing.is_empty() {
            ""
        } else if self.typing.is_unsaved() {
            "typing …"
        } else {
            "saved ✓"
        }
    }
}
