//! Tasks of labelling tools: fields that were shown, and what annotators answered to the questions about them.
//!
//! The tools let everybody name fields and questions as they like, so what is a prompt and what a response is
//! told by their names; and what an answer means by what it is: the name of a response is a choice, a list of
//! them an order, a number a rating, a word a category, more than that a text.

use serde_json::{Map, Value};

use super::judged::{Best, is_category, note, number, rating, tag, tiers};
use crate::example::{
    Author, Example, Kind, Message, Metadata, Prompt, Ranking, Rating, Response, Role, Standing, Status,
    Timestamp, Uuid,
};
use crate::formats::Misfit;
use crate::formats::messages::{read_messages, split};

/// What fields that hold the prompt are called, the surest first.
const PROMPTS: [&str; 9] =
    ["prompt", "messages", "conversation", "chat", "instruction", "question", "input", "query", "text"];
const SYSTEMS: [&str; 2] = ["system", "system_prompt"];
/// What the names of fields that hold a response begin with.
const RESPONSES: [&str; 13] = [
    "response",
    "answer",
    "completion",
    "output",
    "generation",
    "candidate",
    "reply",
    "summary",
    "chosen",
    "rejected",
    "model",
    "option",
    "item",
];
/// What questions are called whose answer is a remark.
const REMARKS: [&str; 8] =
    ["comment", "remark", "note", "reason", "rationale", "why", "feedback", "explanation"];
/// Answers that prefer neither of two, and those that call both bad.
const TIES: [&str; 6] = ["tie", "equal", "same", "both", "both_good", "draw"];
const NEITHER: [&str; 5] = ["neither", "none", "both_bad", "bothbad", "both bad"];

/// A task as it was shown, and what came of it so far.
pub(super) struct Task {
    prompt: Vec<Message>,
    responses: Vec<(String, Response)>,
    rest: Map<String, Value>,
    /// What the prompt's field was called.
    asked_in: String,
    tags: Vec<(String, String)>,
    notes: Vec<String>,
    opinions: Vec<Opinion>,
    statuses: Vec<Status>,
}

/// What one annotator said.
#[derive(Debug)]
pub(super) struct Opinion {
    pub annotator: String,
    pub tiers: Vec<Vec<Uuid>>,
    pub bad: Vec<Uuid>,
    pub ratings: Vec<Rating>,
    pub standing: Standing,
    pub millis: Option<u32>,
    pub at: Option<Timestamp>,
}

impl Opinion {
    pub fn of(annotator: impl Into<String>) -> Self {
        Self {
            annotator: annotator.into(),
            tiers: Vec::new(),
            bad: Vec::new(),
            ratings: Vec::new(),
            standing: Standing::Own,
            millis: None,
            at: None,
        }
    }

    /// The ranking that it is; ratings alone give the order of their means.
    fn ranking(mut self, responses: &[(String, Response)]) -> Option<Ranking> {
        if self.tiers.is_empty() && self.bad.is_empty() {
            let mean = |id: Uuid| {
                let values: Vec<f64> = self
                    .ratings
                    .iter()
                    .filter(|rating| rating.response == id)
                    .map(|rating| rating.value.into())
                    .collect();
                let count = u32::try_from(values.len()).ok().filter(|count| *count > 0)?;
                Some((id, values.iter().sum::<f64>() / f64::from(count)))
            };
            self.tiers = tiers(
                responses.iter().filter_map(|(_, response)| mean(response.id)).collect(),
                Best::Highest,
            );
        }
        if self.tiers.is_empty() && self.bad.is_empty() {
            return None;
        }
        let mut ranking = Ranking { bad: self.bad, ..Ranking::new(self.annotator, self.tiers) };
        ranking.details.ratings = self.ratings;
        ranking.details.standing = self.standing;
        ranking.details.millis = self.millis;
        ranking.at = self.at.unwrap_or(ranking.at);
        Some(ranking)
    }
}

/// Whether a name is `word`, or `word` with a number or a letter behind it.
fn begins(name: &str, word: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.strip_prefix(word).is_some_and(|rest| {
        let rest = rest.trim_start_matches(['s', '-', '_', ' ', '.']);
        rest.is_empty() || rest.len() < 4 || rest.starts_with("text")
    })
}

impl Task {
    /// Lays out the fields that were shown.
    pub fn of(mut fields: Map<String, Value>) -> Result<Self, Misfit> {
        let is_shown = |value: &Value| {
            value.is_string() || value.get(0).is_some_and(|first| first.get("role").is_some())
        };
        let named = |name: &&&str| fields.get(**name).is_some_and(is_shown);
        let asked_in = PROMPTS.iter().find(named).map(|name| (*name).to_owned());
        let first = || fields.iter().find(|(_, value)| is_shown(value)).map(|(name, _)| name.clone());
        let Some(asked_in) = asked_in.or_else(first) else {
            return Err(Misfit::new("", "shows no text that could be a prompt"));
        };
        let mut prompt = Vec::new();
        let mut responses = Vec::new();
        match fields.shift_remove(&asked_in) {
            Some(list @ Value::Array(_)) => {
                let (asked, answered) = split(read_messages(list, &asked_in)?);
                prompt = asked;
                if !answered.is_empty() {
                    responses.push(("response".to_owned(), Response::of(None, answered)));
                }
            }
            Some(Value::String(text)) => prompt.push(Message::new(Role::User, text)),
            _ => {}
        }
        for name in SYSTEMS {
            if let Some(text) = fields.get(name).and_then(Value::as_str)
                && !prompt.iter().any(|message| message.role == Role::System)
            {
                prompt.insert(0, Message::new(Role::System, text));
                fields.shift_remove(name);
            }
        }
        if let Some(context) = fields.get("context").and_then(Value::as_str)
            && let [Message { role: Role::User, .. }] = prompt.as_slice()
        {
            let question = prompt.iter().map(|message| message.text()).collect::<String>();
            prompt = vec![Message::new(Role::User, format!("{question}\n\n{context}"))];
            fields.shift_remove("context");
        }
        let mut rest = Map::new();
        for (name, value) in fields {
            let answers = RESPONSES.iter().any(|word| begins(&name, word));
            match value {
                Value::String(text) if answers => responses.push((name, Response::new(None, text))),
                Value::Array(list) if answers && !list.is_empty() && list.iter().all(is_item) => {
                    responses
                        .extend(list.into_iter().enumerate().map(|(index, item)| read_item(item, index)));
                }
                Value::Array(list)
                    if answers && list.first().is_some_and(|first| first.get("role").is_some()) =>
                {
                    let turns = read_messages(Value::Array(list), &name)?;
                    responses.push((name, Response::of(None, turns)));
                }
                value => {
                    rest.insert(name, value);
                }
            }
        }
        let (tags, notes, opinions, statuses) = Default::default();
        Ok(Self { prompt, responses, rest, asked_in, tags, notes, opinions, statuses })
    }

    /// The fields that are neither prompt nor response.
    pub fn take_rest(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.rest)
    }

    /// The responses that were shown, with their names; what annotators wrote since has none.
    fn shown(&self) -> impl Iterator<Item = &(String, Response)> {
        self.responses.iter().filter(|(name, _)| !name.is_empty())
    }

    /// The ids of the responses that were shown.
    pub fn ids(&self) -> Vec<Uuid> {
        self.shown().map(|(_, response)| response.id).collect()
    }

    /// Whether nobody answered yet.
    pub fn is_unanswered(&self) -> bool {
        self.responses.is_empty()
    }

    /// The response of that name: of a field, or of an item.
    pub fn response(&self, name: &str) -> Option<Uuid> {
        let name = name.trim();
        let same = |(known, _): &&(String, Response)| known.eq_ignore_ascii_case(name);
        self.shown().find(same).map(|(_, response)| response.id)
    }

    /// The response that a choice means: by its name, or by the letter or the number of its place.
    fn choice(&self, word: &str) -> Option<Uuid> {
        let word = word.trim();
        let by_place = |(at, (name, response)): (usize, &(String, Response))| {
            let letter = u8::try_from(at).ok().and_then(|at| b'a'.checked_add(at)).map(char::from)?;
            let last = word.rsplit([' ', '_', '-']).next().unwrap_or_default();
            let placed = last.eq_ignore_ascii_case(&letter.to_string()) || last == (at + 1).to_string();
            let prefixed = RESPONSES.iter().any(|known| begins(word, known)) || word == last;
            (placed && prefixed && !name.eq_ignore_ascii_case(word)).then_some(response.id)
        };
        let several = self.shown().nth(1).is_some();
        self.response(word).or_else(|| several.then(|| self.shown().enumerate().find_map(by_place)).flatten())
    }

    /// The response that a question is about, where its name ends with that of a response.
    fn about(&self, question: &str) -> Option<Uuid> {
        let question = question.to_ascii_lowercase();
        let named = |(name, _): &&(String, Response)| question.contains(&name.to_ascii_lowercase());
        let named = || self.shown().filter(named).max_by_key(|(name, _)| name.len()).map(|(_, one)| one.id);
        self.only().or_else(named)
    }

    /// The one response that was shown, where it is one.
    fn only(&self) -> Option<Uuid> {
        match self.ids().as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// Takes what somebody answered to a question. What can't be told apart is given back.
    pub fn answer(
        &mut self,
        by: &mut Opinion,
        question: &str,
        about: Option<Uuid>,
        value: Value,
    ) -> Option<Value> {
        match value {
            Value::String(text) => self.said(by, question, about, text).map(Value::String),
            Value::Number(points) => {
                let response = about.or_else(|| self.about(question));
                let rated =
                    response.zip(points.as_f64()).and_then(|(one, points)| rating(one, question, points));
                match rated {
                    Some(rated) => by.ratings.push(rated),
                    None => return Some(Value::Number(points)),
                }
                None
            }
            Value::Array(list) => self.listed(by, question, about, list),
            other => Some(other),
        }
    }

    fn said(
        &mut self,
        by: &mut Opinion,
        question: &str,
        about: Option<Uuid>,
        text: String,
    ) -> Option<String> {
        let word = text.trim().to_ascii_lowercase();
        let ids = self.ids();
        if word.is_empty() {
            return None;
        }
        if ids.len() > 1 {
            if let Some(best) = self.choice(&text) {
                let others: Vec<Uuid> = ids.into_iter().filter(|id| *id != best).collect();
                by.tiers = vec![vec![best], others];
                return None;
            }
            if TIES.contains(&word.as_str()) {
                by.tiers = vec![ids];
                return None;
            }
            if NEITHER.contains(&word.as_str()) {
                by.bad = ids;
                return None;
            }
        }
        let name = question.to_ascii_lowercase();
        if REMARKS.iter().any(|remark| name.contains(remark)) {
            self.notes.push(text);
        } else if is_category(&text) && about.is_none() {
            self.tags.push((question.to_owned(), text));
        } else {
            self.wrote(by, about, text);
        }
        None
    }

    /// Takes what somebody typed into a box: remarks, or responses.
    pub fn typed(&mut self, by: &mut Opinion, question: &str, about: Option<Uuid>, texts: Vec<String>) {
        let name = question.to_ascii_lowercase();
        for text in texts.into_iter().filter(|text| !text.trim().is_empty()) {
            if REMARKS.iter().any(|remark| name.contains(remark)) {
                self.notes.push(text);
            } else {
                self.wrote(by, about, text);
            }
        }
    }

    /// A text that somebody wrote: a response, which is better than the one it was written for.
    pub fn wrote(&mut self, by: &mut Opinion, about: Option<Uuid>, text: String) {
        let mut response = Response::new(Some(Author::person(by.annotator.clone())), text);
        let origin = about.or_else(|| self.only());
        response.origin = origin;
        if let Some(origin) = origin {
            by.tiers = vec![vec![response.id], vec![origin]];
        }
        self.responses.push((String::new(), response));
    }

    /// A list: an order of responses, several categories, or lists of one.
    fn listed(
        &mut self,
        by: &mut Opinion,
        question: &str,
        about: Option<Uuid>,
        list: Vec<Value>,
    ) -> Option<Value> {
        let named = |value: &Value| {
            let name = value.get("value").unwrap_or(value);
            self.choice(name.as_str()?)
        };
        let ranked: Option<Vec<(Uuid, f64)>> = list
            .iter()
            .zip(1_u32..)
            .map(|(value, place)| {
                Some((named(value)?, value.get("rank").and_then(number).unwrap_or_else(|| f64::from(place))))
            })
            .collect();
        if let Some(ranked) = ranked.filter(|ranked| ranked.len() > 1) {
            by.tiers = tiers(ranked, Best::Lowest);
            return None;
        }
        if list.len() > 1 && list.iter().any(|value| !value.is_string()) {
            // marks in a text, and whatever else there may be
            return Some(Value::Array(list));
        }
        let mut left = Vec::new();
        for value in list {
            left.extend(self.answer(by, question, about, value));
        }
        (!left.is_empty()).then_some(Value::Array(left))
    }

    /// Takes a response that was not shown as a field.
    pub fn offered(&mut self, name: String, response: Response) {
        self.responses.push((name, response));
    }

    /// Takes an annotator's opinion, and how far they had come with it.
    pub fn judged(&mut self, opinion: Opinion, status: Status) {
        self.statuses.push(status);
        self.opinions.push(opinion);
    }

    /// Somebody set the task aside, or left it unfinished.
    pub fn left(&mut self, status: Status) {
        self.statuses.push(status);
    }

    /// A remark on the whole.
    pub fn remark(&mut self, text: impl Into<String>) {
        self.notes.push(text.into());
    }

    /// A category of the whole.
    pub fn categorise(&mut self, facet: &str, value: impl Into<String>) {
        self.tags.push((facet.to_owned(), value.into()));
    }

    /// The example that came of it. A category is the response to a text that has none.
    pub fn example(mut self, mut metadata: Metadata) -> Example {
        let categorised = self.responses.is_empty() && self.asked_in == "text" && !self.tags.is_empty();
        if categorised {
            let values: Vec<&str> = self.tags.iter().map(|(_, value)| value.as_str()).collect();
            let author = self.opinions.first().map(|opinion| Author::person(opinion.annotator.clone()));
            self.responses.push((String::new(), Response::new(author, values.join(", "))));
        }
        let kind = if self.responses.len() > 1 { Kind::Preference } else { Kind::Sft };
        for (name, value) in self.rest {
            metadata.0.entry(name).or_insert(value);
        }
        let prompt = Prompt { messages: self.prompt, tools: Vec::new() };
        let mut example = Example { metadata, ..Example::new(kind, prompt) };
        for opinion in self.opinions {
            let same = |ranking: &Ranking| ranking.annotator == opinion.annotator;
            // one ranking each, and one that decides
            let taken = example.rankings.iter().any(same);
            let decided = example.rankings.iter().any(|ranking| ranking.details.standing != Standing::Own);
            if let Some(mut ranking) = opinion.ranking(&self.responses).filter(|_| !taken) {
                if decided {
                    ranking.details.standing = Standing::Own;
                }
                example.rankings.push(ranking);
            }
        }
        example.responses = self.responses.into_iter().map(|(_, response)| response).collect();
        for (facet, value) in self.tags {
            tag(&mut example, &facet, &value);
        }
        for said in self.notes {
            note(&mut example, &said);
        }
        let all = |status| !self.statuses.is_empty() && self.statuses.iter().all(|said| *said == status);
        example.status = if all(Status::Discarded) {
            Status::Discarded
        } else if self.statuses.contains(&Status::Submitted) {
            Status::Submitted
        } else if self.statuses.contains(&Status::Draft) {
            Status::Draft
        } else {
            Status::Pending
        };
        example
    }
}

/// Whether it is one of several candidates in a list: text, or an object with a text.
fn is_item(value: &Value) -> bool {
    let text = |name: &str| value.get(name).is_some_and(Value::is_string);
    value.is_string() || (text("body") || text("text") || text("html")) && value.get("role").is_none()
}

/// A candidate with its name: its id, or the number of its place.
fn read_item(value: Value, index: usize) -> (String, Response) {
    let place = (index + 1).to_string();
    match value {
        Value::String(text) => (place, Response::new(None, text)),
        other => {
            let text = |name: &str| other.get(name).and_then(Value::as_str);
            let body = text("body").or_else(|| text("text")).or_else(|| text("html")).unwrap_or_default();
            let mut response = Response::new(text("model").map(Author::model), body);
            if let Some(title) = other.get("title") {
                response.metadata.insert("title", title.clone());
            }
            (other.get("id").and_then(super::judged::name).unwrap_or(place), response)
        }
    }
}
