//! Reading a dataset, by a connection of its own that can't change it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params, params_from_iter};

use super::told::{ToldChange, told};
use super::{ActionRow, ChangeRow, Counts, Error, Outcome, Result, View};
use crate::example::{Example, Kind, Message, Prompt, Split, Status, Tag, TagRule, Timestamp, Uuid};
use crate::formats::Definitions;
use crate::query::{FacetWords, Filter, Vocabulary};
use crate::store;

/// Ids that one call of [`Reader::ids`] hands over at a time.
const PORTION: usize = 4_096;

/// A line of a list of examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListRow {
    /// The example's number.
    pub id: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its status.
    pub status: Status,
    /// Its split.
    pub split: Option<Split>,
    /// How many of its responses say something.
    pub answered: u32,
    /// Estimated tokens of prompt and responses.
    pub tokens: u32,
    /// How many of its flags are open.
    pub flags: u32,
    /// What is asked: the last user turn.
    pub question: String,
    /// Its tags, `facet:value`.
    pub tags: Vec<String>,
}

/// The field of the draft that keeps what was answered of a ranking by questions.
pub const ANSWERS_FIELD: &str = "pairs";
/// The field of the draft that keeps an order that was half typed.
pub const ORDER_FIELD: &str = "order";

/// A connection that only reads.
#[derive(Debug)]
pub struct Reader {
    path: PathBuf,
    view: View,
    pub(super) connection: Connection,
}

impl Reader {
    /// Opens a dataset whose schema is up to date.
    pub fn open(path: &Path) -> Result<Self> {
        let (connection, view) = store::open_reader(path)?;
        Ok(Self { path: path.to_owned(), view, connection })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether what others write is seen, or only the file as it lies there.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The live counts.
    pub fn counts(&self) -> Result<Counts> {
        Ok(store::read_counts(&self.connection)?)
    }

    /// Facets and what is wanted of them, kinds of flags, the contract, the model, the thresholds, the templates and the rules.
    pub fn definitions(&self) -> Result<Definitions> {
        let (facets, flag_kinds) = store::definitions(&self.connection)?;
        Ok(Definitions {
            facets,
            cells: store::cells(&self.connection)?,
            flag_kinds,
            contract: self.contract()?.map(Box::new),
            model: store::setting(&self.connection)?,
            protocol: store::setting(&self.connection)?,
            goal: store::setting(&self.connection)?,
            thresholds: self.thresholds()?.map(Box::new),
            templates: store::templates(&self.connection)?,
            rules: self.rules()?,
        })
    }

    /// The names that a filter may use.
    pub fn vocabulary(&self) -> Result<Vocabulary> {
        vocabulary(&self.connection)
    }

    /// Understands a filter with this dataset's names.
    pub fn filter(&self, text: &str) -> Result<Filter> {
        Ok(crate::query::parse(text, &self.vocabulary()?)?)
    }

    /// The numbers of the examples that the filter finds, in order, handed over in portions; the
    /// receiver answers `false` to hear no more.
    pub fn ids(&self, filter: &Filter, mut receive: impl FnMut(Vec<i64>) -> bool) -> Result<()> {
        let sql = filter.to_sql();
        let mut statement = self
            .connection
            .prepare(&format!("SELECT e.id FROM example e WHERE {} ORDER BY e.id", sql.clause))?;
        let mut rows = statement.query(params_from_iter(sql.params))?;
        // A small first portion: the screen fills before the rest is known.
        let mut portion = Vec::with_capacity(256);
        let mut size = 256;
        while let Some(row) = rows.next()? {
            portion.push(row.get(0)?);
            if portion.len() == size {
                size = PORTION;
                if !receive(std::mem::replace(&mut portion, Vec::with_capacity(size))) {
                    return Ok(());
                }
            }
        }
        receive(portion);
        Ok(())
    }

    /// The same all at once.
    pub fn all_ids(&self, filter: &Filter) -> Result<Vec<i64>> {
        let mut all = Vec::new();
        self.ids(filter, |ids| {
            all.extend(ids);
            true
        })?;
        Ok(all)
    }

    /// How many examples the filter finds.
    pub fn count(&self, filter: &Filter) -> Result<u64> {
        let sql = filter.to_sql();
        let query = format!("SELECT count(*) FROM example e WHERE {}", sql.clause);
        Ok(self.connection.query_row(&query, params_from_iter(sql.params), |row| row.get(0))?)
    }

    /// How many of the examples that carry a value each of these filters finds and none before it, and last how
    /// many none of them does: what parting the value by them would do.
    pub fn parted(&self, value: &Tag, filters: &[Filter]) -> Result<Vec<u64>> {
        let mut left = Filter::tag(value.facet.as_str(), Some(&value.value));
        let mut counts = Vec::with_capacity(filters.len() + 1);
        for filter in filters {
            counts.push(self.count(&left.clone().and(filter.clone()))?);
            left = left.and(filter.clone().negated());
        }
        counts.push(self.count(&left)?);
        Ok(counts)
    }

    /// The list lines of these examples; those that are gone are passed over.
    pub fn rows(&self, ids: &[i64]) -> Result<Vec<ListRow>> {
        let mut tags = self.connection.prepare_cached(
            "SELECT f.name || ':' || v.name FROM tag t JOIN facet f ON f.id = t.facet_id
               JOIN facet_value v ON v.id = t.value_id
             WHERE t.example_id = ?1 ORDER BY f.position, f.id, v.position, v.id",
        )?;
        let mut statement = self.connection.prepare_cached(
            "SELECT e.kind, e.status, e.split, e.answered, e.tokens, p.messages,
               (SELECT count(*) FROM flag g WHERE g.example_id = e.id AND g.resolved = 0)
             FROM example e JOIN prompt p ON p.example_id = e.id WHERE e.id = ?1",
        )?;
        let mut found = Vec::with_capacity(ids.len());
        for &id in ids {
            let mut rows = statement.query([id])?;
            let Some(row) = rows.next()? else { continue };
            let (kind, status): (String, String) = (row.get(0)?, row.get(1)?);
            let split: Option<String> = row.get(2)?;
            let messages: String = row.get(5)?;
            found.push(ListRow {
                id,
                kind: kind.parse().unwrap_or(Kind::Sft),
                status: status.parse().unwrap_or(Status::Pending),
                split: split.and_then(|split| split.parse().ok()),
                answered: row.get(3)?,
                tokens: row.get(4)?,
                flags: row.get(6)?,
                question: question(&messages),
                tags: tags.query_map([id], |row| row.get(0))?.collect::<std::result::Result<_, _>>()?,
            });
        }
        Ok(found)
    }

    /// One example, whole.
    pub fn example(&self, id: i64) -> Result<Option<Example>> {
        Ok(store::example(&self.connection, id)?)
    }

    /// The number of the example that a person means by `412`, `#412` or a UUID.
    pub fn find(&self, text: &str) -> Result<i64> {
        let none = || Error::NoExample(text.to_owned());
        let id = if let Ok(number) = text.trim_start_matches('#').parse::<i64>() {
            number
        } else {
            let uuid = Uuid::try_parse(text).map_err(|_| none())?;
            store::example_id_of(&self.connection, uuid)?.ok_or_else(none)?
        };
        let there: bool = self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM example WHERE id = ?1)",
            [id],
            |row| row.get(0),
        )?;
        if there { Ok(id) } else { Err(none()) }
    }

    /// What this annotator was typing in an example when it was last kept, by field.
    pub fn drafts(&self, example: i64, annotator: &str) -> Result<HashMap<String, String>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT field, text FROM draft WHERE example_id = ?1 AND annotator = ?2")?;
        let drafts =
            statement.query_map(params![example, annotator], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(drafts.collect::<std::result::Result<_, _>>()?)
    }

    /// The examples in which this annotator was typing what belongs to no action yet, newest first; 0
    /// stands for the one that is not made yet. Examples that are gone or discarded are left out, and so
    /// are answers of a ranking: its queue leads there.
    pub fn drafted(&self, annotator: &str) -> Result<Vec<i64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT example_id FROM draft
             WHERE annotator = ?1 AND field NOT IN ('place', ?2, ?3)
               AND (example_id = 0 OR EXISTS (
                 SELECT 1 FROM example e WHERE e.id = example_id AND e.status <> 'discarded'))
             GROUP BY example_id ORDER BY max(at) DESC, example_id DESC",
        )?;
        let drafted = statement.query_map([annotator, ANSWERS_FIELD, ORDER_FIELD], |row| row.get(0))?;
        Ok(drafted.collect::<std::result::Result<_, _>>()?)
    }

    /// The journal before an action (from the newest where `None`), newest first.
    pub fn actions(&self, before: Option<i64>, limit: usize) -> Result<Vec<ActionRow>> {
        Ok(store::actions(&self.connection, before, limit)?)
    }

    /// The journal of one example, newest first.
    pub fn actions_of(&self, example: i64, limit: usize) -> Result<Vec<ActionRow>> {
        Ok(store::actions_of_example(&self.connection, example, limit)?)
    }

    /// The rows that an action changed, at most `limit`.
    pub fn changes_of(&self, action: i64, limit: usize) -> Result<Vec<ChangeRow>> {
        Ok(store::changes_of(&self.connection, action, limit)?)
    }

    /// What an action did, as people are told: at most `limit` rows, with the words that changed.
    pub fn told_changes_of(&self, action: i64, limit: usize) -> Result<Vec<ToldChange>> {
        Ok(told(self.changes_of(action, limit)?))
    }

    /// This annotator's actions since a moment that still hold, by verb.
    pub fn done_since(&self, annotator: &str, since: Timestamp) -> Result<HashMap<String, u64>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.verb, count(*) FROM action a
             WHERE a.annotator = ?1 AND a.mode = 'do' AND a.at >= ?2
               AND coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'redo'
             GROUP BY a.verb",
        )?;
        let verbs = statement.query_map(params![annotator, since.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(verbs.collect::<std::result::Result<_, _>>()?)
    }

    /// When this annotator did something that still holds, since a moment: for the bars of the last days.
    pub fn moments_since(&self, annotator: &str, since: Timestamp) -> Result<Vec<Timestamp>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.at FROM action a
             WHERE a.annotator = ?1 AND a.mode = 'do' AND a.at >= ?2 AND a.verb <> 'import'
               AND coalesce((SELECT b.mode FROM action b WHERE b.target = a.id ORDER BY b.id DESC LIMIT 1), 'redo') = 'redo'",
        )?;
        let moments = statement.query_map(params![annotator, since.0], |row| row.get(0).map(Timestamp))?;
        Ok(moments.collect::<std::result::Result<_, _>>()?)
    }

    /// What came of the rankings of an example; `None` where there are none.
    pub fn outcome(&self, example: i64) -> Result<Option<Outcome>> {
        Ok(store::outcome(&self.connection, example)?)
    }

    /// How many examples wait for the search index.
    pub fn search_pending(&self) -> Result<u64> {
        Ok(store::pending(&self.connection)?)
    }

    /// How many prompts wait for the sketches by which their like are found.
    pub fn sketch_pending(&self) -> Result<u64> {
        Ok(store::waiting_for_sketch(&self.connection)?)
    }

    /// A number that changes when another connection has committed (`PRAGMA data_version`).
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?)
    }

    /// A handle by which another thread stops a query of this reader.
    pub fn interrupt_handle(&self) -> rusqlite::InterruptHandle {
        self.connection.get_interrupt_handle()
    }
}

/// The names that a filter may use.
pub(super) fn vocabulary(connection: &Connection) -> Result<Vocabulary> {
    let (facets, flag_kinds) = store::definitions(connection)?;
    let facets = facets.into_iter().map(|facet| FacetWords {
        name: facet.name,
        open: facet.open,
        values: facet.values.into_iter().map(|value| value.name).collect(),
    });
    let mut proposed: Vec<String> = Vec::new();
    for TagRule { name, tag: Tag { facet, value }, .. } in
        store::rules(connection)?.into_iter().map(|row| row.rule)
    {
        for word in [format!("{facet}:{value}"), facet, value, name] {
            if !proposed.contains(&word) {
                proposed.push(word);
            }
        }
    }
    let traits = store::read_trait_counts(connection)?;
    Ok(Vocabulary {
        facets: facets.collect(),
        flag_kinds: flag_kinds.into_iter().map(|kind| kind.name).collect(),
        people: store::people(connection)?,
        languages: traits.language.into_iter().map(|count| count.value).collect(),
        sources: traits.source.into_iter().filter_map(|count| count.value).collect(),
        proposed,
    })
}

fn question(messages: &str) -> String {
    let values: Vec<serde_json::Value> = serde_json::from_str(messages).unwrap_or_default();
    let messages = values.iter().filter_map(|value| Message::from_json(value).ok()).collect();
    Prompt { messages, tools: Vec::new() }.question().into_owned()
}
