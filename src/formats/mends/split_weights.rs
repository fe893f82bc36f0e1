//! For consumers that can't be told which turns to learn from: a conversation becomes several, each
//! of which ends with a turn to learn from.

use super::Mend;
use crate::example::{Example, Message, Response, Role};

/// Parts a conversation so that only the last turn of each part is to be learned from. Trainers that
/// learn from every assistant turn still learn from those before it: formats that carry prompt and answer
/// apart are the ones where this says what was meant.
#[derive(Debug)]
pub struct SplitWeights;

impl Mend for SplitWeights {
    fn id(&self) -> &'static str {
        "split-weights"
    }

    fn title(&self) -> &'static str {
        "part the conversation, so that each part ends with a turn to learn from"
    }

    fn apply(&self, example: Example) -> Vec<Example> {
        let Some(best) = example.best_response() else { return vec![example] };
        let turns: Vec<Message> = example.prompt.messages.iter().chain(&best.messages).cloned().collect();
        if turns.iter().all(|message| message.weight.is_none()) {
            return vec![example];
        }
        let learned = turns.iter().enumerate().filter(|(_, turn)| is_learned(turn));
        let parts: Vec<Example> = learned.map(|(at, _)| part(&example, best, &turns, at)).collect();
        // where nothing is to be learned from, the rule goes on saying so
        if parts.is_empty() { vec![example] } else { parts }
    }
}

fn is_learned(turn: &Message) -> bool {
    turn.role == Role::Assistant && turn.weight.as_ref().and_then(serde_json::Number::as_f64) != Some(0.0)
}

/// The conversation up to and with the turn at a place.
fn part(example: &Example, best: &Response, turns: &[Message], at: usize) -> Example {
    let bare = |turn: &Message| Message { weight: None, ..turn.clone() };
    let mut part = example.clone();
    part.prompt.messages = turns.iter().take(at).map(bare).collect();
    let answer = turns.get(at).map(bare).into_iter().collect();
    part.responses = vec![Response { messages: answer, ..best.clone() }];
    part.rankings.clear();
    part
}
