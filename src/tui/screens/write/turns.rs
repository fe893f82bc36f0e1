//! Turns and responses as a whole: put in, taken away, parted, joined, moved, given another role or weight.

use super::Write;
use super::field::{Field, Whose};
use crate::dataset::Verb;
use crate::example::{Content, Example, Message, Role};
use crate::text::json;
use crate::tui::effect::{Effect, Picker, PickerItem, Purpose};
use crate::tui::widgets::readable;

const NOT_MADE: &str = "the example is not made yet: write its prompt, and leave it with “done”";
const NO_TURN: &str = "this is no turn: choose one above or below";

/// The turn that is put in at this place: after the user speaks the assistant, a tool answers a call,
/// and the assistant goes on after the tool.
fn turn_at(messages: &[Message], at: usize, whose: Whose) -> Message {
    let Some(before) = at.checked_sub(1).and_then(|before| messages.get(before)) else {
        return Message::new(if whose == Whose::Prompt { Role::User } else { Role::Assistant }, "");
    };
    if before.role == Role::Assistant
        && let Some(call) = before.tool_calls.first()
    {
        let answer = Message::new(Role::Tool, "");
        return Message { tool_call_id: call.id.clone(), name: Some(call.name.clone()), ..answer };
    }
    let role = match (before.role, whose) {
        (Role::User | Role::Tool, _) | (_, Whose::Response(_)) => Role::Assistant,
        _ => Role::User,
    };
    Message::new(role, "")
}

/// Puts a blank turn in; `false` where there is no such place.
pub fn insert_blank(example: &mut Example, place: Field) -> bool {
    let Some((whose, at)) = place.turn() else { return false };
    let Some(messages) = whose.messages_mut(example).filter(|messages| at <= messages.len()) else {
        return false;
    };
    let blank = turn_at(messages, at, whose);
    messages.insert(at, blank);
    true
}

impl Write {
    /// Begins a response.
    pub(super) fn add_response(&mut self) {
        self.open_field(Field::New);
    }

    /// Begins the response that is to beat the focused one, with its words.
    pub(super) fn rewrite(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        if subject.id.is_none() {
            return Effect::only_look(NOT_MADE);
        }
        let focused = self.focused().and_then(Field::response);
        let Some(origin) = focused.or_else(|| Some(subject.example.responses.first()?.id)) else {
            return Effect::only_look("there is no response to rewrite yet");
        };
        let field = Field::Rewrite(origin);
        if let Some(why) = field.obstacle(&subject.example) {
            return Effect::only_look(why);
        }
        self.open_field(field);
        self.type_at_once();
        Vec::new()
    }

    /// Types the tools that may be called, as JSON.
    pub(super) fn edit_tools(&mut self) {
        self.open_field(Field::Tools);
    }

    /// Types the tool calls of the focused turn, as JSON.
    pub(super) fn edit_calls(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Some((whose, at)) = self.focused().and_then(Field::turn) else {
            return Effect::only_look(NO_TURN);
        };
        if subject.inserted == Some(whose.turn(at)) {
            return Effect::only_look("end typing in the new turn first; then it can call tools");
        }
        let role = whose.messages(&subject.example).and_then(|turns| turns.get(at)).map(|turn| turn.role);
        if role != Some(Role::Assistant) {
            return Effect::only_look("only the assistant calls tools");
        }
        self.open_field(whose.calls(at));
        Vec::new()
    }

    /// Puts an empty turn after the focused one, or before it, and types in it. It is on disk when
    /// something is.
    pub(super) fn add_turn(&mut self, after: bool) -> Vec<Effect> {
        let focused = self.focused();
        let Some(subject) = &mut self.subject else { return Vec::new() };
        if subject.inserted.is_some() {
            return Effect::only_look("write the new turn that is there first");
        }
        let turns = subject.example.prompt.messages.len();
        let (whose, at) = match focused.and_then(|field| Some((field, field.turn()?))) {
            Some((_, (whose, at))) => (whose, at + usize::from(after)),
            None if focused == Some(Field::Tools) => (Whose::Prompt, 0),
            None => (Whose::Prompt, turns),
        };
        let field = whose.turn(at);
        if insert_blank(&mut subject.example, field) {
            subject.inserted = Some(field);
            // What is typed further down has another number now.
            self.stretch.rename(|other| other.shifted(field, 1));
            self.open_field(field);
        }
        Vec::new()
    }

    /// Takes the focused turn or response away.
    pub(super) fn delete_turn(&mut self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Some(id) = subject.id else {
            return Effect::only_look("it is not made yet: there is nothing to delete");
        };
        match self.focused() {
            Some(Field::TurnCalls(_) | Field::ResponseCalls(..)) if self.says_something_beside_calls() => {
                self.restructure(|messages, at| {
                    messages.get_mut(at)?.tool_calls.clear();
                    Some(at)
                })
            }
            Some(Field::Turn(_) | Field::TurnCalls(_)) => {
                if subject.example.prompt.messages.len() < 2 {
                    return Effect::only_look("a prompt has one turn at least");
                }
                self.remove_focused()
            }
            Some(Field::Response(response, _) | Field::ResponseCalls(response, _)) => {
                let turns = subject.example.response(response).map_or(0, |response| response.messages.len());
                if turns > 1 {
                    return self.remove_focused();
                }
                vec![Effect::Perform(Box::new(Verb::RemoveResponse { example: id, response }))]
            }
            Some(Field::Tools) => self.change(|example| example.prompt.tools.clear()),
            _ => Effect::only_look("there is nothing to delete here"),
        }
    }

    fn says_something_beside_calls(&self) -> bool {
        let message = self.subject.as_ref().and_then(|subject| self.focused()?.message(&subject.example));
        message.is_some_and(|message| !readable::said(message).is_empty())
    }

    fn remove_focused(&mut self) -> Vec<Effect> {
        self.restructure(|messages, at| {
            (at < messages.len()).then(|| messages.remove(at))?;
            Some(at.min(messages.len().saturating_sub(1)))
        })
    }

    /// Moves the focused turn up or down.
    pub(super) fn move_turn(&mut self, down: bool) -> Vec<Effect> {
        let mut moved = false;
        let effects = self.restructure(|messages, at| {
            let to = if down { at + 1 } else { at.checked_sub(1)? };
            (to < messages.len()).then(|| messages.swap(at, to))?;
            moved = true;
            Some(to)
        });
        if moved || !effects.is_empty() {
            return effects;
        }
        Effect::only_look(
            "there is no turn to change places with; responses stand in the order in which they came",
        )
    }

    /// Joins the focused turn and the next one.
    pub(super) fn join_turns(&mut self) -> Vec<Effect> {
        let mut why = "there is no turn after this one to join";
        let effects = self.restructure(|messages, at| {
            let (one, other) = (messages.get(at)?, messages.get(at + 1)?);
            if one.role != other.role {
                why = "only turns of the same role are joined; c changes the role";
                return None;
            }
            if !readable::is_plain(one) || !readable::is_plain(other) {
                why = "only turns of plain text are joined";
                return None;
            }
            let texts = [one.text(), other.text()];
            let said: Vec<&str> = texts.iter().map(AsRef::as_ref).filter(|text| !text.is_empty()).collect();
            let joined = said.join("\n\n");
            let other = messages.remove(at + 1);
            let one = messages.get_mut(at)?;
            if !joined.is_empty() {
                one.content = Content::Text(joined);
            }
            one.tool_calls.extend(other.tool_calls);
            Some(at)
        });
        if effects.is_empty() { Effect::only_look(why) } else { effects }
    }

    /// Parts the turn that is being typed at the cursor: what stands after it becomes the next turn.
    pub(super) fn split_turn(&mut self) -> Vec<Effect> {
        let Some((field, (whose, at))) =
            self.open.as_ref().and_then(|open| Some((open.field, open.field.turn()?)))
        else {
            return Effect::only_look("a turn is parted at the cursor while one types in it");
        };
        if self.subject.as_ref().is_none_or(|subject| subject.id.is_none()) {
            return Effect::only_look(NOT_MADE);
        }
        if field.is_json() {
            return Effect::only_look("only a turn of text is parted");
        }
        let Some(open) = &self.open else { return Vec::new() };
        let text = open.editor.text();
        let (before, after) = text.split_at_checked(open.editor.cursor_byte()).unwrap_or((&text, ""));
        let (before, after) = (before.trim_end().to_owned(), after.trim_start().to_owned());
        if before.is_empty() || after.is_empty() {
            return Effect::only_look(
                "there is nothing to part here: the cursor stands at an end of the text",
            );
        }
        let mut effects = self.shut();
        self.stretch.set(field, before);
        effects.extend(self.write_with(|example| {
            if let Some(messages) = whose.messages_mut(example) {
                let blank = turn_at(messages, at + 1, whose);
                let next = at + 1;
                messages.insert(next.min(messages.len()), Message { content: Content::Text(after), ..blank });
            }
        }));
        self.open_field(whose.turn(at + 1));
        effects
    }

    /// Lays the JSON of the focused text out over lines, or puts it on one where it is laid out so.
    pub(super) fn format_json(&mut self) -> Vec<Effect> {
        let Some(field) = self.open.as_ref().map(|open| open.field).or(self.focused()) else {
            return Vec::new();
        };
        let Some(subject) = &self.subject else { return Vec::new() };
        let text = match &self.open {
            Some(open) => open.editor.text(),
            None => self.stretch.get(field).map_or_else(|| field.text(&subject.example), str::to_owned),
        };
        let laid = match json::format(&text) {
            Ok(laid) if laid == text.trim_end() => json::compact(&text).unwrap_or(laid),
            Ok(laid) => laid,
            Err(error) => return Effect::only_look(format!("this is not JSON: {error}")),
        };
        if let Some(open) = &mut self.open {
            open.editor.replace(&laid);
            return self.touched();
        }
        if subject.id.is_none() || field.obstacle(&subject.example).is_some() {
            return Effect::only_look(NOT_MADE);
        }
        self.stretch.set(field, laid);
        self.write()
    }

    /// Asks for the role of the focused turn.
    pub(super) fn ask_role(&self) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        let Some((whose, at)) = self.focused().and_then(Field::turn) else {
            return Effect::only_look(NO_TURN);
        };
        let turn = whose.messages(&subject.example).and_then(|turns| turns.get(at));
        let roles = match whose {
            Whose::Prompt => Role::ALL,
            Whose::Response(_) if at == 0 => return Effect::only_look("a response is the assistant's"),
            Whose::Response(_) => &[Role::Assistant, Role::Tool],
        };
        let about = |role| match role {
            Role::System => "instructions above the conversation",
            Role::User => "the person",
            Role::Assistant => "the model",
            Role::Tool => "the result of a tool call",
        };
        let items = roles.iter().map(|&role| PickerItem {
            group: String::new(),
            value: role.as_str().to_owned(),
            detail: about(role).to_owned(),
            chosen: turn.is_some_and(|turn| turn.role == role),
        });
        vec![Effect::Pick(Picker {
            title: "Who says this?".to_owned(),
            items: items.collect(),
            several: false,
            open: false,
            purpose: Purpose::Role,
        })]
    }

    /// Gives the focused turn a role.
    pub(super) fn set_role(&mut self, values: &[String]) -> Vec<Effect> {
        let Some(role) = values.first().and_then(|word| Role::parse(word)) else { return Vec::new() };
        let Some(subject) = &mut self.subject else { return Vec::new() };
        if subject.id.is_some() {
            return self.restructure(|messages, at| {
                messages.get_mut(at)?.role = role;
                Some(at)
            });
        }
        let turn = self.parts.get(self.document.focus()).and_then(|field| field.turn());
        let message = turn.and_then(|(whose, at)| whose.messages_mut(&mut subject.example)?.get_mut(at));
        if let Some(message) = message {
            message.role = role;
            self.rebuild();
        }
        Vec::new()
    }

    /// How much the focused turn counts in training: as the trainer has it, not at all, fully.
    pub(super) fn change_weight(&mut self) -> Vec<Effect> {
        self.restructure(|messages, at| {
            let message = messages.get_mut(at)?;
            message.weight = match message.weight.as_ref().and_then(serde_json::Number::as_f64) {
                None => Some(0.into()),
                Some(0.0) => Some(1.into()),
                Some(_) => None,
            };
            Some(at)
        })
    }

    /// Changes the conversation of the focused turn and writes it at once, with what is typed; the
    /// change answers which turn is to be focused, or `None` where there is nothing to change.
    fn restructure(&mut self, change: impl FnOnce(&mut Vec<Message>, usize) -> Option<usize>) -> Vec<Effect> {
        let Some((whose, at)) = self.focused().and_then(Field::turn) else {
            return Effect::only_look(NO_TURN);
        };
        let mut focus = None;
        let effects = self.change(|example| {
            if let Some(messages) = whose.messages_mut(example) {
                focus = change(messages, at);
            }
        });
        if let Some(focus) = focus {
            self.focus_field(whose.turn(focus));
        }
        effects
    }

    /// Changes the example as a whole and writes it at once, with what is typed.
    fn change(&mut self, change: impl FnOnce(&mut Example)) -> Vec<Effect> {
        let Some(subject) = &self.subject else { return Vec::new() };
        if subject.id.is_none() {
            return Effect::only_look(NOT_MADE);
        }
        let applied = self.stretch.applied(&subject.example, &self.annotator);
        if let Some((field, why)) = applied.broken.first() {
            return Effect::only_look(format!("{}: {why}; mend that first", super::edit::what(*field)));
        }
        self.write_with(change)
    }
}
