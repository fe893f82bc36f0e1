//! Changing many texts at once, wherever they still say what they said.

use rusqlite::{Connection, params};

use super::super::changes::{TextChange, TextField, text_mut};
use super::super::{Done, Result, Selection, count_examples};
use super::{fill, tell};
use crate::example::{Example, Uuid};
use crate::store;
use crate::text::count::plural;

/// Examples that are read at a time.
const PORTION: usize = 256;

/// What became of the changes.
#[derive(Default)]
struct Tally {
    texts: u64,
    examples: u64,
    /// The first of the changed examples.
    first: Option<i64>,
    left: u64,
}

pub(super) fn replace(connection: &Connection, changes: &[TextChange], what: &str) -> Result<Done> {
    let mut changes: Vec<&TextChange> = changes.iter().collect();
    // Usually they are in this order; to sort what is sorted costs nothing.
    changes.sort_by_key(|change| change.example);
    let groups: Vec<&[&TextChange]> = changes.chunk_by(|a, b| a.example == b.example).collect();
    let mut tally = Tally::default();
    for portion in groups.chunks(PORTION) {
        // A group is never empty.
        let ids: Vec<i64> = portion.iter().filter_map(|group| Some(group.first()?.example)).collect();
        let mut examples = store::examples(connection, &ids)?.into_iter().peekable();
        for (id, group) in ids.into_iter().zip(portion) {
            match examples.next_if(|(there, _)| *there == id) {
                Some((_, example)) => change(connection, id, example, group, &mut tally)?,
                None => tally.left += group.len() as u64,
            }
        }
    }
    Ok(told(&tally, what))
}

fn change(
    connection: &Connection,
    id: i64,
    mut example: Example,
    changes: &[&TextChange],
    tally: &mut Tally,
) -> Result<()> {
    let (mut prompt, mut note, mut responses) = (false, false, Vec::<Uuid>::new());
    let mut made = 0;
    for change in changes {
        match text_mut(&mut example, &change.field) {
            Some(text) if *text == change.before && change.before != change.after => {
                text.clone_from(&change.after);
            }
            _ => continue,
        }
        made += 1;
        match change.field {
            TextField::Prompt { .. } => prompt = true,
            TextField::Response { id, .. } if responses.contains(&id) => {}
            TextField::Response { id, .. } => responses.push(id),
            TextField::Note => note = true,
        }
    }
    if prompt {
        store::update_prompt(connection, id, &example.prompt)?;
    }
    for response in example.responses.iter().filter(|response| responses.contains(&response.id)) {
        store::update_response(connection, id, response)?;
    }
    if note {
        connection
            .prepare_cached("UPDATE prompt SET note = ?2 WHERE example_id = ?1")?
            .execute(params![id, example.note])?;
    }
    tally.texts += made;
    tally.left += changes.len() as u64 - made;
    if made > 0 {
        tally.examples += 1;
        tally.first = tally.first.or(Some(id));
    }
    Ok(())
}

fn told(tally: &Tally, what: &str) -> Done {
    let Tally { texts, examples, first, left } = *tally;
    let example = first.filter(|_| examples == 1);
    let of = example.map_or_else(|| count_examples(examples), |id| format!("#{id}"));
    // Only a word of our own may have such a colon: a text that was replaced stands in quotes.
    let is_word = |word: &str| word.chars().all(char::is_alphabetic);
    let (what, end) = match what.split_once(": ") {
        Some((word, end)) if is_word(word) => (word, format!(": {end}")),
        _ => (what, String::new()),
    };
    let sentence = match (texts, left) {
        (0, 0) => "nothing to change: it is so already".to_owned(),
        (0, left) => format!("nothing was changed: {} changed meanwhile", plural(left, "text")),
        (texts, 0) => format!("{what} in {} of {of}{end}", plural(texts, "text")),
        (texts, left) => format!(
            "{what} in {} of {of}; {} changed meanwhile and left{end}",
            plural(texts, "text"),
            if left == 1 { "1 was".to_owned() } else { format!("{left} were") }
        ),
    };
    Done { action: None, sentence, examples, example }
}

pub(super) fn set_note(connection: &Connection, on: &Selection, note: &str) -> Result<Done> {
    fill(connection, on)?;
    let n = connection
        .prepare_cached(
            "UPDATE prompt SET note = ?1 WHERE example_id IN (SELECT id FROM temp.selected) AND note <> ?1",
        )?
        .execute([note])?;
    let sentence = if note.is_empty() { "took the note off {}" } else { "wrote the note of {}" };
    Ok(tell(on, n as u64, sentence))
}
