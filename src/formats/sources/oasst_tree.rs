//! `oasst-tree`: a whole tree of messages a record, the replies inside the message that they answer.

use serde_json::Value;

use super::oasst::{author, moderated, ranked, role};
use super::source::{Reading, Source};
use super::turns::{inside, take_list};
use crate::example::{Example, Message, Metadata, Prompt, Ranking, Response, Role};
use crate::formats::build::{preference, sft};
use crate::formats::fields::Fields;
use crate::formats::{Carries, Fit, Misfit, container};

pub(super) const OASST_TREE: Source = Source {
    id: "oasst-tree",
    title: "Open Assistant trees",
    about: "{message_tree_id, tree_state, prompt: {message_id, text, role: prompter|assistant, rank?, deleted?, \
            review_result?, replies: […]}}: one example for each user message that was answered, whose responses are \
            its replies; rank 0 is the best, replies without a rank are not placed. Read only. Source: \
            LAION-AI/Open-Assistant, OpenAssistant/oasst2.",
    container: container::Kind::JsonLines,
    carries: Carries::Order,
    fit,
    reading: Reading::Each(read),
};

fn fit(record: &Value) -> Fit {
    let root = record.get("prompt");
    let has = |name: &str| root.is_some_and(|root| root.get(name).is_some());
    if has("text") && has("replies") { Fit::Certain } else { Fit::No }
}

fn read(record: Value) -> Result<Vec<Example>, Misfit> {
    let mut fields = Fields::of(record)?;
    let root = fields.take("prompt").ok_or_else(|| Misfit::missing("prompt"))?;
    let mut tree = Tree { rest: fields.rest(), examples: Vec::new(), path: Vec::new() };
    let root = node(root).map_err(|misfit| inside("prompt", misfit))?;
    tree.walk(root, "prompt")?;
    Ok(tree.examples)
}

/// A message with what hangs on it.
struct Node {
    message: Message,
    rank: Option<f64>,
    rest: Metadata,
    replies: Vec<Value>,
}

fn node(value: Value) -> Result<Node, Misfit> {
    let mut fields = Fields::of(value)?;
    let message = Message::new(role(&fields.text("role")?)?, fields.text("text")?);
    let replies = take_list(&mut fields, "replies")?.unwrap_or_default();
    let rank = fields.0.get("rank").and_then(Value::as_f64);
    Ok(Node { message, rank, rest: fields.rest(), replies })
}

/// The way through a tree, from its root to the message at hand. It can be no deeper than JSON may be.
struct Tree {
    /// What is said of the tree as a whole.
    rest: Metadata,
    examples: Vec<Example>,
    path: Vec<Message>,
}

impl Tree {
    fn walk(&mut self, node: Node, place: &str) -> Result<(), Misfit> {
        let mut replies = Vec::new();
        for (index, reply) in node.replies.into_iter().enumerate() {
            let place = format!("{place}.replies[{index}]");
            replies.push((self::node(reply).map_err(|misfit| inside(&place, misfit))?, place));
        }
        let asks = node.message.role == Role::User;
        self.path.push(node.message);
        if asks {
            self.answered(&node.rest, &replies);
        }
        for (reply, place) in replies {
            self.walk(reply, &place)?;
        }
        self.path.pop();
        Ok(())
    }

    /// The example that the message at the end of the path is with its replies.
    fn answered(&mut self, rest: &Metadata, replies: &[(Node, String)]) {
        let answers =
            replies.iter().map(|(node, _)| node).filter(|node| node.message.role == Role::Assistant);
        let (mut responses, mut ranks) = (Vec::new(), Vec::new());
        for answer in answers {
            let mut response = Response::of(author(&answer.rest), vec![answer.message.clone()]);
            response.metadata = answer.rest.clone();
            responses.push(response);
            ranks.push(answer.rank);
        }
        if responses.is_empty() {
            return;
        }
        let prompt = Prompt { messages: self.path.clone(), tools: Vec::new() };
        let mut metadata = self.rest.clone();
        metadata.0.extend(rest.0.clone());
        let mut example = if responses.len() == 1 {
            sft(prompt, responses.pop(), metadata)
        } else {
            let order = ranked(responses.iter().zip(ranks));
            preference(prompt, responses, order.map(|tiers| Ranking::new("open-assistant", tiers)), metadata)
        };
        moderated(&mut example);
        self.examples.push(example);
    }
}
