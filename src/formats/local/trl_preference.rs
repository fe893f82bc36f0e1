//! `trl-preference` and `trl-preference-text`: a chosen and a rejected answer, as messages or as
//! bare text, with the prompt beside them or at the beginning of both.

use serde_json::{Map, Value};

use crate::example::{Content, Example, Message, Prompt, Role};
use crate::formats::build::{one, pair};
use crate::formats::calls::CallIds;
use crate::formats::chat::{Style, write_messages};
use crate::formats::extra::write_extra;
use crate::formats::fields::{Fields, Hints, has_list_of, has_text};
use crate::formats::judgement::Judgement;
use crate::formats::left_out::{LeftOut, bare_prompt, one_text};
use crate::formats::messages::take_turns;
use crate::formats::rules::{
    CallsAnswered, Ends, NoEmptyTurns, OneQuestion, OneText, Reserved, Rule, System, TextOnly, ToolNames,
};
use crate::formats::{
    Carries, Fit, Format, Item, Misfit, ReadOptions, Reader, Unwritable, WriteOptions, Writer, Written,
    container, tools,
};

/// The format, in one of its two forms.
pub(super) struct Preference {
    id: &'static str,
    text: bool,
}

impl Preference {
    pub const MESSAGES: Self = Self { id: "trl-preference", text: false };
    pub const TEXT: Self = Self { id: "trl-preference-text", text: true };
}

/// The names of the two answers: TRL's, and those of LLaMA-Factory's pairs of message lists.
const NAMES: [[&str; 2]; 2] = [["chosen", "rejected"], ["chosen_messages", "rejected_messages"]];

impl Format for Preference {
    fn id(&self) -> &'static str {
        self.id
    }

    fn title(&self) -> &'static str {
        if self.text { "TRL preference, text" } else { "TRL preference" }
    }

    fn about(&self) -> &'static str {
        if self.text {
            "{prompt: text, chosen: text, rejected: text}, one record for each pair. No chat template is applied; \
             trainers join the prompt and an answer with nothing between, so a space there must be in one of them. \
             Also read: transcripts without a prompt field, which begin alike (hh-rlhf). Source: trl 1.16 data_utils."
        } else {
            "{prompt: [messages], chosen: [messages], rejected: [messages], tools?}, one record for each pair. \
             Taken by TRL (DPO, ORPO, CPO, reward), OpenRLHF, Axolotl, NeMo-RL. Also read: without a prompt field, \
             where both conversations begin alike, and chosen_messages/rejected_messages. Source: trl 1.16 data_utils."
        }
    }

    fn container(&self) -> container::Kind {
        container::Kind::JsonLines
    }

    fn carries(&self) -> Carries {
        Carries::Pairs
    }

    fn rules(&self) -> &'static [&'static dyn Rule] {
        if self.text {
            &[&OneQuestion::BARE, &OneText, &NoEmptyTurns, &TextOnly]
        } else {
            &[&Ends, &NoEmptyTurns, &TextOnly, &System, &CallsAnswered, &ToolNames, &Reserved::CONTROL_TOKENS]
        }
    }

    fn fit(&self, record: &Value) -> Fit {
        // a text form has no place for these, which are prompt as well
        let more = ["conversations", "instruction", "system"];
        if more.iter().any(|key| record.get(key).is_some()) {
            return Fit::No;
        }
        let has =
            |key: &&str| if self.text { has_text(record, key) } else { has_list_of(record, key, "role") };
        let prompt = match record.get("prompt") {
            None | Some(Value::Null) => true,
            Some(prompt) => prompt.is_string() || prompt.is_array() && !self.text,
        };
        if !prompt || !NAMES.iter().any(|names| names.iter().all(has)) {
            return Fit::No;
        }
        // a transcript in one line is more than a text
        if self.text && super::deepspeed::CHAT.fit(record) > Fit::No { Fit::Likely } else { Fit::Certain }
    }

    fn reader(&self, _: &ReadOptions) -> Option<Box<dyn Reader>> {
        Some(Box::new(Pairs { id: self.id }))
    }

    fn writer(&self, options: &WriteOptions) -> Option<Box<dyn Writer>> {
        Some(Box::new(Answers { text: self.text, options: options.clone() }))
    }
}

struct Pairs {
    id: &'static str,
}

impl Reader for Pairs {
    fn read(&mut self, record: Value) -> Result<Vec<Item>, Misfit> {
        let mut fields = Fields::of(record)?;
        let mut hints = Hints::new(self.id);
        let asked = take_turns(&mut fields, "prompt", Role::User)?;
        let chosen = answer(&mut fields, 0)?;
        let rejected = answer(&mut fields, 1)?;
        let (messages, chosen, rejected) = match asked {
            Some(prompt) => {
                let (chosen, rejected) = (without(&prompt, chosen), without(&prompt, rejected));
                (prompt, chosen, rejected)
            }
            None => part(chosen, rejected)?,
        };
        let prompt = Prompt { messages, tools: tools::read(&mut fields, &mut hints)? };
        let mut metadata = fields.rest();
        hints.keep(&mut metadata);
        Ok(one(pair(prompt, chosen, rejected, metadata)))
    }
}

fn answer(fields: &mut Fields, which: usize) -> Result<Vec<Message>, Misfit> {
    for names in NAMES {
        let name = names[which.min(1)]; // two names each
        match take_turns(fields, name, Role::Assistant)? {
            Some(turns) if turns.is_empty() => return Err(Misfit::new(name, "is an empty list")),
            Some(turns) => return Ok(turns),
            None => {}
        }
    }
    let [[chosen, rejected], _] = NAMES;
    Err(Misfit::missing(if which == 0 { chosen } else { rejected }))
}

/// An answer without the prompt that it repeats, as in the pairs of `UltraFeedback`.
fn without(prompt: &[Message], mut answer: Vec<Message>) -> Vec<Message> {
    if answer.len() > prompt.len() && answer.starts_with(prompt) {
        answer.split_off(prompt.len())
    } else {
        answer
    }
}

type Parted = (Vec<Message>, Vec<Message>, Vec<Message>);

/// Parts two conversations, or two transcripts, where they stop being alike.
fn part(mut chosen: Vec<Message>, mut rejected: Vec<Message>) -> Result<Parted, Misfit> {
    if let ([one], [other]) = (chosen.as_mut_slice(), rejected.as_mut_slice())
        && let (Content::Text(one), Content::Text(other)) = (&mut one.content, &mut other.content)
    {
        let at = common_beginning(one, other);
        if at == 0 {
            return Err(no_prompt());
        }
        let prompt = Message::new(Role::User, one.drain(..at).collect::<String>());
        other.drain(..at);
        return Ok((vec![prompt], chosen, rejected));
    }
    let shorter = chosen.len().min(rejected.len());
    let alike = chosen.iter().zip(&rejected).take_while(|(one, other)| one == other).count();
    // both must keep an answer, even where they are the same; and what answers the last user turn
    // belongs to the answers, even where it begins alike
    let mut at = alike.min(shorter.saturating_sub(1));
    if let Some(last) = chosen.iter().take(at).rposition(|message| message.role == Role::User) {
        at = last + 1;
    }
    if at == 0 {
        return Err(no_prompt());
    }
    let answers = (chosen.split_off(at), rejected.split_off(at));
    Ok((chosen, answers.0, answers.1))
}

fn no_prompt() -> Misfit {
    Misfit::new("chosen", "and rejected don't begin alike, and there is no prompt")
}

/// What stands before an answer in a transcript (hh-rlhf).
const ANSWERS: &str = "\n\nAssistant:";

/// How many bytes of a transcript are the prompt: up to the answer, where speakers are named, or
/// else up to the end of a word.
fn common_beginning(one: &str, other: &str) -> usize {
    let alike: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(one, other)| one == other)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let common = one.get(..alike).unwrap_or_default();
    match (common.rfind(ANSWERS), common.rfind(char::is_whitespace)) {
        (Some(at), _) => at + ANSWERS.len(),
        (None, Some(at)) => at,
        (None, None) => 0,
    }
}

struct Answers {
    text: bool,
    options: WriteOptions,
}

impl Writer for Answers {
    fn write(&mut self, example: &Example) -> Result<Written, Unwritable> {
        let pairs = self.options.choice.pairs(example)?;
        let mut left_out = LeftOut::beside_pairs(example, &pairs);
        let style = Style::template(self.options.extra());
        let mut base = Map::new();
        let answers =
            pairs.iter().flat_map(|(chosen, rejected)| chosen.messages.iter().chain(&rejected.messages));
        let mut ids = CallIds::of(example.prompt.messages.iter().chain(answers));
        let prompt = if self.text {
            bare_prompt(&example.prompt, &mut left_out)?.into()
        } else {
            write_messages(&example.prompt.messages, &style, &mut ids, &mut left_out)?
        };
        base.insert("prompt".to_owned(), prompt);
        let judgement = Judgement::of(example, self.options.judged());
        let mut records = Vec::with_capacity(pairs.len());
        for (chosen, rejected) in pairs {
            let mut record = base.clone();
            let [names, _] = NAMES;
            let mut at = ids.clone();
            for (name, response) in names.into_iter().zip([chosen, rejected]) {
                let answer = if self.text {
                    one_text(response, &mut left_out)?.into()
                } else {
                    at = at.again_from(&ids);
                    write_messages(&response.messages, &style, &mut at, &mut left_out)?
                };
                record.insert(name.to_owned(), answer);
            }
            if self.text {
                left_out.tools_of(example);
            } else if let Some(tools) = tools::text(example)? {
                record.insert("tools".to_owned(), tools);
            }
            if let Some(judgement) = &judgement {
                judgement.put(&mut record, Some((chosen.id, rejected.id)), &mut left_out);
            }
            write_extra(&mut record, example, self.options.extra(), &[], &mut left_out);
            records.push(Value::Object(record));
        }
        Ok(Written { records, left_out: left_out.list() })
    }
}
