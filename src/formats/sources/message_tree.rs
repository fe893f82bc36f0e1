//! `message-tree`: conversations as a tree of messages, each with the id of the one it answers.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::oasst;
use super::source::{Introduced, Reading, Source};
use crate::example::{Message, Metadata, Prompt, Response, Role};
use crate::formats::build::{preference, ranking, sft};
use crate::formats::fields::{Fields, has_text};
use crate::formats::{Carries, Finished, Fit, Item, Misfit, Reader, container};

pub(super) const MESSAGE_TREE: Source = Source {
    id: "message-tree",
    title: "Message tree",
    about: "{message_id, parent_id, text, role: prompter|assistant, rank?, deleted?, review_result?}, one record for \
            each message: one example for each user message, whose responses are its replies; ranks order them, 0 is \
            best. Open Assistant's flat files. Read only. Source: LAION-AI/Open-Assistant.",
    container: container::Kind::JsonLines,
    carries: Carries::Order,
    fit,
    reading: Reading::By(|| Box::<Tree>::default()),
};

/// What the id of a message is called, and that of the message it answers.
const IDS: &[&str] = &["message_id", "user_message_id", "id"];
const PARENTS: &[&str] = &["parent_id", "parent_message_id"];

fn fit(record: &Value) -> Fit {
    let parent = PARENTS.iter().any(|name| record.get(name).is_some());
    if parent && has_text(record, "text") && has_text(record, "role") { Fit::Certain } else { Fit::No }
}

/// A message and where it hangs.
struct Node {
    parent: Option<String>,
    message: Message,
    rank: Option<f64>,
    rest: Metadata,
}

/// All messages of the file, by their order; a tree is whole only at the end.
#[derive(Default)]
struct Tree {
    nodes: Vec<Option<Node>>,
    by_id: HashMap<String, usize>,
}

impl Reader for Tree {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let number = self.nodes.len();
        // every call counts, so that late misfits name the right record
        self.nodes.push(None);
        let mut fields = Fields::of(record)?;
        let role = oasst::role(&fields.text("role")?)?;
        let message = Message::new(role, fields.text("text")?);
        let mut parent = None;
        for name in PARENTS {
            parent = parent.or(fields.optional_text(name)?);
            fields.0.shift_remove(*name);
        }
        let id = IDS.iter().find_map(|name| fields.0.get(*name)?.as_str());
        let id = id.ok_or_else(|| Misfit::missing(&IDS.join(" or ")))?.to_owned();
        let rank = fields.0.get("rank").and_then(Value::as_f64);
        if self.by_id.contains_key(&id) {
            return Err(Misfit::new("", format!("has the id “{id}”, which another message has already")));
        }
        self.by_id.insert(id, number);
        if let Some(place) = self.nodes.last_mut() {
            *place = Some(Node { parent, message, rank, rest: fields.rest() });
        }
        Ok(Vec::new())
    }

    fn refuses_late(&self) -> bool {
        true
    }

    fn finish(&mut self) -> Finished {
        let mut examples = Vec::new();
        let mut finished = Finished::default();
        let nodes = std::mem::take(&mut self.nodes);
        let mut replies: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, node) in nodes.iter().enumerate() {
            if let Some(parent) = node.as_ref().and_then(|node| self.parent(node)) {
                replies.entry(parent).or_default().push(number);
            }
        }
        let mut answering = HashSet::new();
        for (number, node) in nodes.iter().enumerate() {
            let Some(node) = node.as_ref().filter(|node| node.message.role == Role::User) else { continue };
            let Some(messages) = self.path(&nodes, number) else {
                let reason = "hangs on a message that is not in the file, or on itself";
                finished.misfits.push((number, Misfit::new("parent_id", reason)));
                continue;
            };
            let mut responses = responses(&nodes, &replies, number, &mut answering);
            let prompt = Prompt { messages, tools: Vec::new() };
            let mut example = if responses.len() < 2 {
                sft(prompt, responses.pop().map(|(_, one)| one), node.rest.clone())
            } else {
                let ranks = responses
                    .iter()
                    .map(|(at, one)| (one, nodes.get(*at).and_then(|node| node.as_ref()?.rank)));
                let ranking = oasst::ranked(ranks).map(|tiers| ranking(&node.rest, tiers));
                let responses = responses.into_iter().map(|(_, one)| one).collect();
                preference(prompt, responses, ranking, node.rest.clone())
            };
            oasst::moderated(&mut example);
            examples.push(example);
        }
        for (number, node) in nodes.iter().enumerate() {
            let alone = |node: &Node| node.message.role == Role::Assistant && !answering.contains(&number);
            if node.as_ref().is_some_and(alone) {
                let reason = "leads to no user message, so there is nothing that it answers";
                finished.misfits.push((number, Misfit::new("parent_id", reason)));
            }
        }
        finished.items = Introduced::default().items(examples);
        finished.misfits.sort_by_key(|(number, _)| *number);
        self.by_id.clear();
        finished
    }
}

impl Tree {
    fn parent(&self, node: &Node) -> Option<usize> {
        self.by_id.get(node.parent.as_ref()?).copied()
    }

    /// The messages from the root to this one; `None` where a parent is missing or comes again.
    fn path(&self, nodes: &[Option<Node>], number: usize) -> Option<Vec<Message>> {
        let mut path = Vec::new();
        let mut at = number;
        loop {
            let node = nodes.get(at)?.as_ref()?;
            path.push(node.message.clone());
            if node.parent.is_none() {
                path.reverse();
                return Some(path);
            }
            if path.len() > nodes.len() {
                return None;
            }
            at = self.parent(node)?;
        }
    }
}

/// The replies to a user message. A reply that the assistant itself goes on from is one response,
/// and with what follows it another.
fn responses(
    nodes: &[Option<Node>],
    replies: &HashMap<usize, Vec<usize>>,
    number: usize,
    answering: &mut HashSet<usize>,
) -> Vec<(usize, Response)> {
    let mut found = Vec::new();
    let mut open: Vec<(usize, Vec<Message>)> = vec![(number, Vec::new())];
    while let Some((at, said)) = open.pop() {
        let mut next = Vec::new();
        for &reply in replies.get(&at).into_iter().flatten() {
            let Some(Some(node)) = nodes.get(reply) else { continue };
            if node.message.role == Role::Assistant && answering.insert(reply) {
                let mut messages = said.clone();
                messages.push(node.message.clone());
                let mut response = Response::of(oasst::author(&node.rest), messages.clone());
                response.metadata = node.rest.clone();
                found.push((reply, response));
                next.push((reply, messages));
            }
        }
        open.extend(next.into_iter().rev());
    }
    found
}
