//! What changed in the data since an export: from the journal.

use std::collections::BTreeMap;

use rusqlite::params;

use super::super::{Reader, Result};

/// What changed of an example.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Its prompt, or its note.
    Prompt,
    /// Its responses.
    Responses,
    /// Its rankings, or what was rated.
    Rankings,
    /// What reviewers said.
    Reviews,
    /// Its tags.
    Tags,
    /// Its flags.
    Flags,
    /// Its status, split or kind.
    State,
}

impl What {
    /// The words for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Prompt => "prompt or note",
            Self::Responses => "responses",
            Self::Rankings => "rankings",
            Self::Reviews => "reviews",
            Self::Tags => "tags",
            Self::Flags => "flags",
            Self::State => "status, split or kind",
        }
    }

    fn of(table: &str, op: &str) -> Option<Self> {
        Some(match (table, op) {
            ("example", "insert" | "import") => Self::Added,
            ("example", "delete") => Self::Removed,
            ("example", _) => Self::State,
            ("prompt", _) => Self::Prompt,
            ("response", _) => Self::Responses,
            ("ranking" | "placement" | "rating" | "repeat", _) => Self::Rankings,
            ("review" | "sent_back", _) => Self::Reviews,
            ("tag", _) => Self::Tags,
            ("flag", _) => Self::Flags,
            _ => return None,
        })
    }
}

/// An example that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedExample {
    /// Its number.
    pub number: i64,
    /// What changed of it.
    pub what: Vec<What>,
}

/// What changed since an action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangedSince {
    /// How many actions there were.
    pub actions: u64,
    /// The examples that are others now, by number. What was changed and changed back again is among them.
    pub examples: Vec<ChangedExample>,
}

impl ChangedSince {
    /// How many examples have each kind of change.
    pub fn counts(&self) -> BTreeMap<What, u64> {
        let mut counts = BTreeMap::new();
        for what in self.examples.iter().flat_map(|example| &example.what) {
            *counts.entry(*what).or_default() += 1;
        }
        counts
    }
}

impl Reader {
    /// What changed after an action of the journal.
    pub fn changed_since(&self, action: i64) -> Result<ChangedSince> {
        let actions = "SELECT count(*) FROM action WHERE id > ?1";
        let actions = self.connection.prepare_cached(actions)?.query_row([action], |row| row.get(0))?;
        let mut changed: BTreeMap<i64, Changes> = BTreeMap::new();
        let mut statement = self.connection.prepare_cached(
            "SELECT example, tbl, op, min(id), max(id) FROM change
             WHERE action_id > ?1 AND example NOT NULL GROUP BY example, tbl, op
             UNION ALL
             SELECT e.id, 'example', 'import', c.id, c.id FROM example e JOIN import i ON i.id = e.import_id
               JOIN change c ON c.op = 'import' AND c.row = lower(hex(i.uuid))
             WHERE c.action_id > ?1",
        )?;
        let mut rows = statement.query(params![action])?;
        while let Some(row) = rows.next()? {
            let (number, table, op): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if let Some(what) = What::of(&table, &op) {
                changed.entry(number).or_default().note(what, row.get(3)?, row.get(4)?);
            }
        }
        let examples = changed.into_iter().filter_map(|(number, changes)| {
            let what = changes.settled();
            (!what.is_empty()).then_some(ChangedExample { number, what })
        });
        Ok(ChangedSince { actions, examples: examples.collect() })
    }
}

/// What happened to one example: each kind of change with the first and the last line of the journal.
#[derive(Default)]
struct Changes(BTreeMap<What, (i64, i64)>);

impl Changes {
    fn note(&mut self, what: What, first: i64, last: i64) {
        let there = self.0.entry(what).or_insert((first, last));
        *there = (there.0.min(first), there.1.max(last));
    }

    /// What is another in the end: of what is new or gone the rest does not matter, and what came and went,
    /// or went and came back, is as it was.
    fn settled(self) -> Vec<What> {
        match (self.0.get(&What::Added), self.0.get(&What::Removed)) {
            (Some(_), None) => vec![What::Added],
            (None, Some(_)) => vec![What::Removed],
            (Some(added), Some(removed)) => match (added.0 < removed.0, added.1 > removed.1) {
                (true, true) => vec![What::Added],
                (false, false) => vec![What::Removed],
                (true, false) => Vec::new(),
                (false, true) => {
                    self.0.into_keys().filter(|what| !matches!(what, What::Added | What::Removed)).collect()
                }
            },
            (None, None) => self.0.into_keys().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(changes: &[(What, i64, i64)]) -> Vec<What> {
        let mut all = Changes::default();
        for &(what, first, last) in changes {
            all.note(what, first, last);
        }
        all.settled()
    }

    #[test]
    fn what_came_and_went_is_no_change() {
        use What::{Added, Prompt, Removed, Tags};
        assert_eq!(settled(&[(Added, 1, 1), (Prompt, 2, 3)]), [Added]);
        assert_eq!(settled(&[(Prompt, 2, 3), (Removed, 4, 4)]), [Removed]);
        assert_eq!(settled(&[(Added, 1, 1), (Removed, 2, 2)]), []);
        assert_eq!(settled(&[(Added, 1, 3), (Removed, 2, 2)]), [Added]);
        assert_eq!(settled(&[(Removed, 1, 1), (Added, 2, 2)]), []);
        assert_eq!(settled(&[(Removed, 1, 3), (Added, 2, 2)]), [Removed]);
        assert_eq!(settled(&[(Tags, 1, 1), (Prompt, 2, 2), (Tags, 3, 3)]), [Prompt, Tags]);
    }
}
