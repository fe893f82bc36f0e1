//! Examples and pictures for the tests of screens.

#![allow(clippy::expect_used)]

use std::collections::HashMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::dataset::{Counts, Done, ExampleCount, FacetCount, Handed, ValueCount, Verb};
use crate::example::{
    Author, Example, FlagKind, Kind, Message, Prompt, Response, Role, STANDARD_FLAGS, Status, Timestamp, Uuid,
};
use crate::formats::Definitions;
use crate::tui::beside::Work;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Generation, Request, Shared};
use crate::tui::screen::{Input, Screen};
use crate::tui::theme::Theme;

/// An id that is the same in every run.
pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

/// A prompt of a system and a user turn.
pub fn prompt(system: &str, user: &str) -> Prompt {
    Prompt {
        messages: vec![Message::new(Role::System, system), Message::new(Role::User, user)],
        tools: Vec::new(),
    }
}

/// An example whose ids are the same in every run.
pub fn example(n: u128, prompt: Prompt, responses: &[&str]) -> Example {
    let responses = (1..).zip(responses).map(|(at, text)| Response {
        id: id(n * 100 + at),
        created_at: Timestamp(0),
        ..Response::new(Some(Author::model("llama")), *text)
    });
    let responses: Vec<Response> = responses.collect();
    let kind = if responses.len() > 1 { Kind::Preference } else { Kind::Sft };
    Example { id: id(n), responses, created_at: Timestamp(0), ..Example::new(kind, prompt) }
}

/// What screens may read: one facet, the standard flags, some examples waiting.
pub fn shared() -> Shared {
    let value = |name: &str, target, n| ValueCount {
        name: name.to_owned(),
        target,
        share: None,
        by_status: vec![(Status::Submitted, n)],
    };
    let count =
        |answered, n| ExampleCount { status: Status::Pending, kind: Kind::Sft, split: None, answered, n };
    let counts = Counts {
        examples: vec![count(0, 212), count(2, 38)],
        facets: vec![
            FacetCount {
                name: "intent".to_owned(),
                several: false,
                open: false,
                values: vec![value("refund", Some(150), 286), value("cancel", Some(150), 126)],
            },
            FacetCount {
                name: "tone".to_owned(),
                several: false,
                open: true,
                values: vec![value("warm", None, 4)],
            },
        ],
        ..Counts::default()
    };
    let flag_kinds = STANDARD_FLAGS
        .iter()
        .map(|(name, about)| FlagKind { name: (*name).to_owned(), about: (*about).to_owned() })
        .collect();
    Shared {
        dataset: "support".to_owned(),
        annotator: "ana".to_owned(),
        counts,
        definitions: Definitions { flag_kinds, ..Definitions::default() },
        ..Shared::default()
    }
}

/// A screen with what it asked for, as the shell would drive it.
pub struct Driven<S> {
    pub screen: S,
    pub shared: Shared,
    /// Everything it asked for since this was last looked at, but what it asked of the companion.
    pub effects: Vec<Effect>,
    /// What it asked of the companion last.
    pub beside: Option<(Generation, Work)>,
}

impl<S: Screen> Driven<S> {
    pub fn new(mut screen: S) -> Self {
        let shared = shared();
        let effects = screen.enter(&shared);
        Self { screen, shared, effects, beside: None }
    }

    pub fn give(&mut self, input: Input) -> &mut Self {
        for effect in self.screen.update(input, &self.shared) {
            match effect {
                Effect::Ask(generation, Request::Beside(work)) => self.beside = Some((generation, *work)),
                effect => self.effects.push(effect),
            }
        }
        self
    }

    pub fn press(&mut self, command: Command) -> &mut Self {
        let digit = command.placed_response().and_then(|digit| u8::try_from(digit).ok());
        self.give(Input::Command { command, digit })
    }

    pub fn type_text(&mut self, text: &str) -> &mut Self {
        self.give(Input::Text(text.to_owned()))
    }

    pub fn take(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The last question that was asked, which is then answered.
    pub fn asked(&mut self) -> (Generation, Request) {
        let at = self
            .effects
            .iter()
            .rposition(|effect| matches!(effect, Effect::Ask(..)))
            .expect("nothing was asked");
        match self.effects.remove(at) {
            Effect::Ask(generation, request) => (generation, request),
            other => panic!("{other:?}"),
        }
    }

    /// Answers a question for an example.
    pub fn answer_example(&mut self, example: &Example, drafts: &[(&str, &str)]) -> &mut Self {
        let (generation, request) = self.asked();
        let Request::Example(id) = request else { panic!("{request:?}") };
        let drafts: HashMap<String, String> =
            drafts.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect();
        self.give(Input::Answer(Answer::Example(generation, id, Some(Box::new(example.clone())), drafts)))
    }

    /// Answers a question for the next example of a queue.
    pub fn answer_queue(&mut self, found: Option<(i64, u64)>) -> &mut Self {
        let (generation, request) = self.asked();
        let Request::Next(queue, _) = request else { panic!("{request:?}") };
        let handed = found.map(|(example, place)| Handed { example, place, stands_for: None, again: false });
        self.give(Input::Answer(Answer::Queued(generation, queue, handed)))
    }

    /// Says that a verb was done.
    pub fn performed(&mut self, verb: Verb, example: Option<i64>) -> &mut Self {
        let done = Done { action: Some(1), sentence: String::new(), examples: 1, example };
        self.give(Input::Answer(Answer::Performed(Box::new(verb), done)))
    }

    /// The verbs that were asked for since this was last looked at; other effects stay.
    pub fn verbs(&mut self) -> Vec<Verb> {
        let mut verbs = Vec::new();
        let mut rest = Vec::new();
        for effect in self.take() {
            match effect {
                Effect::Perform(verb) => verbs.push(*verb),
                other => rest.push(other),
            }
        }
        self.effects = rest;
        verbs
    }

    /// What was said since this was last looked at; other effects stay.
    pub fn said(&mut self) -> Vec<String> {
        let mut said = Vec::new();
        let mut rest = Vec::new();
        for effect in self.take() {
            match effect {
                Effect::Say(_, sentence) | Effect::Refuse(sentence) => said.push(sentence),
                other => rest.push(other),
            }
        }
        self.effects = rest;
        said
    }

    /// The picture, with the cells that are styled by their own (bold, faint, reversed, underlined)
    /// left out: text only.
    pub fn picture(&mut self, width: u16, height: u16) -> String {
        let mut terminal =
            Terminal::new(TestBackend::new(width, height)).expect("a test terminal can be made");
        let Self { screen, shared, .. } = self;
        terminal
            .draw(|frame| screen.view(frame, frame.area(), shared, &Theme::plain()))
            .expect("it can be drawn to");
        let buffer = terminal.backend().buffer();
        let rows = (0..height).map(|y| {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    row.push_str(symbol);
                    skip = crate::text::width::width(symbol).max(1);
                }
                skip -= 1;
            }
            row.trim_end().to_owned()
        });
        format!("{}\n[{}]", rows.collect::<Vec<_>>().join("\n").trim_end(), self.screen.title(&self.shared))
    }

    /// The texts that are underlined in the picture: words that differ.
    pub fn underlined(&mut self, width: u16, height: u16) -> Vec<String> {
        let mut terminal =
            Terminal::new(TestBackend::new(width, height)).expect("a test terminal can be made");
        let Self { screen, shared, .. } = self;
        terminal
            .draw(|frame| screen.view(frame, frame.area(), shared, &Theme::plain()))
            .expect("it can be drawn to");
        let buffer = terminal.backend().buffer();
        let mut found: Vec<String> = Vec::new();
        let mut was = false;
        for y in 0..height {
            for x in 0..width {
                let cell = &buffer[(x, y)];
                let is = cell.modifier.contains(ratatui::style::Modifier::UNDERLINED);
                if is && !was {
                    found.push(String::new());
                }
                if is && let Some(last) = found.last_mut() {
                    last.push_str(cell.symbol());
                }
                was = is;
            }
        }
        found
    }
}
