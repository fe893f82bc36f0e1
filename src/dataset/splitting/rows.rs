//! The examples as splitting sees them: read once, dealt in memory.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::params_from_iter;

use super::super::{Error, Reader, Result};
use super::{Dealing, Dealt, Splitting};
use crate::curation::splits::compare;
use crate::example::{Kind, Split, Status, Uuid};

/// An example that is split.
#[derive(Debug)]
pub(super) struct Row {
    /// Its id, which is hashed.
    pub uuid: Uuid,
    /// The split that it is in.
    before: Option<Split>,
    /// The split that it has so far.
    pub split: Option<Split>,
    /// Its kind, status, lengths and tags; the split in it means nothing.
    what: compare::Row,
}

/// One that the filter does not find, but that others may be like.
#[derive(Debug)]
struct Other {
    uuid: Uuid,
    split: Option<Split>,
}

/// All of them.
#[derive(Debug)]
pub(super) struct Rows {
    /// Those that are split.
    own: BTreeMap<i64, Row>,
    /// Those that are only reckoned with.
    others: HashMap<i64, Other>,
    /// The facets with their values.
    pub facets: Vec<(String, Vec<String>)>,
}

impl Rows {
    pub fn read(reader: &Reader, splitting: &Splitting<'_>) -> Result<Self> {
        let (facets, places) = facets(reader)?;
        let mut all = Self { own: BTreeMap::new(), others: HashMap::new(), facets };
        for name in &splitting.plan.by {
            if !all.facets.iter().any(|(facet, _)| facet == name) {
                return Err(Error::NoFacet(name.clone()));
            }
        }
        let sql = splitting.filter.to_sql();
        let mut statement = reader.connection.prepare(&format!(
            "SELECT e.id, e.uuid, e.split, e.kind, e.status, e.answered, e.tokens, p.tokens
             FROM example e JOIN prompt p ON p.example_id = e.id WHERE {}",
            sql.clause
        ))?;
        let mut found = statement.query(params_from_iter(sql.params))?;
        while let Some(row) = found.next()? {
            let (kind, status): (String, String) = (row.get(3)?, row.get(4)?);
            let before = split_of(row.get(2)?);
            let (tokens, prompt_tokens): (u64, u64) = (row.get(6)?, row.get(7)?);
            let what = compare::Row {
                split: Split::Train,
                kind: kind.parse().unwrap_or(Kind::Sft),
                status: status.parse().unwrap_or(Status::Pending),
                prompt_tokens,
                response_tokens: tokens.saturating_sub(prompt_tokens),
                responses: row.get(5)?,
                tags: Vec::new(),
            };
            let split = if splitting.dealing == Dealing::Again { None } else { before };
            all.own.insert(row.get(0)?, Row { uuid: Uuid::from_bytes(row.get(1)?), before, split, what });
        }
        all.read_others(reader)?;
        all.read_tags(reader, &places)?;
        Ok(all)
    }

    fn read_others(&mut self, reader: &Reader) -> Result<()> {
        let mut statement =
            reader.connection.prepare("SELECT id, uuid, split FROM example WHERE status <> 'discarded'")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let id = row.get(0)?;
            if !self.own.contains_key(&id) {
                let other = Other { uuid: Uuid::from_bytes(row.get(1)?), split: split_of(row.get(2)?) };
                self.others.insert(id, other);
            }
        }
        Ok(())
    }

    fn read_tags(&mut self, reader: &Reader, places: &HashMap<i64, (usize, usize)>) -> Result<()> {
        let mut statement = reader.connection.prepare("SELECT example_id, value_id FROM tag")?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            if let (Some(of), Some(place)) =
                (self.own.get_mut(&row.get(0)?), places.get(&row.get::<_, i64>(1)?))
            {
                of.what.tags.push(*place);
            }
        }
        Ok(())
    }

    /// How many examples are split.
    pub fn len(&self) -> u64 {
        self.own.len() as u64
    }

    /// Whether an example has a part in this, be it only that others may be like it.
    pub fn contains(&self, id: i64) -> bool {
        self.own.contains_key(&id) || self.others.contains_key(&id)
    }

    /// One of the examples that are split.
    pub fn get(&self, id: i64) -> Option<&Row> {
        self.own.get(&id)
    }

    /// The split that an example has so far, whether it is one of those that are split or not.
    pub fn split(&self, id: i64) -> Option<Split> {
        self.own.get(&id).map_or_else(|| self.others.get(&id).and_then(|other| other.split), |row| row.split)
    }

    /// The id of an example.
    pub fn uuid(&self, id: i64) -> Option<Uuid> {
        self.own.get(&id).map(|row| row.uuid).or_else(|| self.others.get(&id).map(|other| other.uuid))
    }

    /// Puts one of the examples that are split somewhere; answers whether it was elsewhere.
    pub fn put(&mut self, id: i64, split: Split) -> bool {
        self.own.get_mut(&id).is_some_and(|row| row.split.replace(split) != Some(split))
    }

    /// Leaves one of the examples that are split where it was.
    pub fn leave(&mut self, id: i64) {
        if let Some(row) = self.own.get_mut(&id) {
            row.split = row.before;
        }
    }

    /// What is split together, by the first number of each: groups of like prompts, and every other example
    /// by itself. Nothing in which no example is split.
    pub fn components(&self, groups: &[Vec<i64>]) -> Vec<Vec<i64>> {
        let has_rows = |group: &&Vec<i64>| group.iter().any(|id| self.own.contains_key(id));
        let mut components: Vec<Vec<i64>> = groups.iter().filter(has_rows).cloned().collect();
        let grouped: HashSet<i64> = components.iter().flatten().copied().collect();
        components.extend(self.own.keys().filter(|id| !grouped.contains(id)).map(|id| vec![*id]));
        components.sort_by_key(|component| component.first().copied());
        components
    }

    /// The values that an example has of these facets: `intent:refund`, `intent:none`.
    pub fn values(&self, id: i64, by: &[String]) -> Vec<String> {
        let tags = self.own.get(&id).map(|row| row.what.tags.as_slice()).unwrap_or_default();
        let of = |name: &String| {
            let facet = self.facets.iter().position(|(facet, _)| facet == name)?;
            let (_, values) = self.facets.get(facet)?;
            let mut places: Vec<usize> =
                tags.iter().filter(|(of, _)| *of == facet).map(|(_, value)| *value).collect();
            places.sort_unstable();
            let names: Vec<&str> =
                places.iter().filter_map(|place| values.get(*place).map(String::as_str)).collect();
            let names = if names.is_empty() { "none".to_owned() } else { names.join("+") };
            Some(format!("{name}:{names}"))
        };
        by.iter().filter_map(of).collect()
    }

    /// Those that have a split, as they are compared.
    pub fn compared(&self) -> Vec<compare::Row> {
        let row = |row: &Row| Some(compare::Row { split: row.split?, ..row.what.clone() });
        self.own.values().filter_map(row).collect()
    }

    /// How many of the examples that are split are in each, and in none.
    pub fn counts(&self) -> ([u64; 3], u64) {
        let (mut counts, mut none) = ([0; 3], 0);
        for row in self.own.values() {
            match row.split.and_then(|split| counts.get_mut(split as usize)) {
                Some(count) => *count += 1,
                None => none += 1,
            }
        }
        (counts, none)
    }

    /// What is elsewhere than it was.
    pub fn changes(&self) -> Vec<Dealt> {
        let change = |(id, row): (&i64, &Row)| {
            let after = row.split.filter(|split| Some(*split) != row.before)?;
            Some(Dealt { example: *id, before: row.before, after })
        };
        self.own.iter().filter_map(change).collect()
    }
}

fn split_of(word: Option<String>) -> Option<Split> {
    word.and_then(|word| word.parse().ok())
}

/// The facets with their values, and the places of the values by their row.
type Facets = (Vec<(String, Vec<String>)>, HashMap<i64, (usize, usize)>);

fn facets(reader: &Reader) -> Result<Facets> {
    let (mut facets, mut places): Facets = (Vec::new(), HashMap::new());
    let mut statement = reader.connection.prepare(
        "SELECT f.name, v.id, v.name FROM facet f LEFT JOIN facet_value v ON v.facet_id = f.id
         ORDER BY f.position, f.id, v.position, v.id",
    )?;
    let mut found = statement.query([])?;
    while let Some(row) = found.next()? {
        let name: String = row.get(0)?;
        if facets.last().is_none_or(|(last, _)| *last != name) {
            facets.push((name, Vec::new()));
        }
        let facet = facets.len() - 1;
        if let (Some(id), Some((_, values))) = (row.get::<_, Option<i64>>(1)?, facets.last_mut()) {
            places.insert(id, (facet, values.len()));
            values.push(row.get(2)?);
        }
    }
    Ok((facets, places))
}
