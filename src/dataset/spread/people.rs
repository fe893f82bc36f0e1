//! Where examples came from, and whether who worked on them and which kind they are hang together.

use rusqlite::Connection;

use super::super::{Error, OnProgress, Progress, Reader, Result, Tagged};
use crate::curation::spread::{Association, Tie, association, strongest};
use crate::example::Status;
use crate::text::percent;

/// After so many rows it is told how far it has come.
const PORTION: u64 = 4_096;

/// What came in together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceCount {
    /// The file, as it was named; `None`: made here.
    pub source: Option<String>,
    /// Its format; empty where it was made here.
    pub format: String,
    /// Usable examples.
    pub usable: u64,
    /// Others that are not discarded.
    pub others: u64,
}

/// How a facet hangs together with who worked.
#[derive(Debug, Clone, PartialEq)]
pub struct Linked {
    /// The facet.
    pub facet: String,
    /// How strongly.
    pub association: Association,
    /// Who comes together with which value more than with any other, and how often.
    pub tie: Option<(String, String, Tie)>,
}

impl Linked {
    /// What it says; `did` is what they do: "writes", "ranks".
    pub fn told(&self, did: &str) -> String {
        let v = format!("{:.2}", self.association.v);
        let Some((who, value, tie)) = &self.tie else {
            return format!("{}: {v}", self.facet);
        };
        let (of_value, of_all) = (percent::near(tie.of_column), percent::near(tie.of_all));
        format!("{who} {did} {of_value} of {}:{value}, and {of_all} of all", self.facet)
    }
}

/// Who worked on what, and where it came from. Discarded examples are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// By what came in together, the most first.
    pub sources: Vec<SourceCount>,
    /// Of people's responses: each facet of which two values and two people have something, the most linked first.
    pub written: Vec<Linked>,
    /// The same of rankings.
    pub ranked: Vec<Linked>,
}

impl Reader {
    /// Reads who worked on what, and where it came from.
    pub fn people(&self, on_progress: OnProgress<'_>) -> Result<People> {
        let sources = sources(&self.connection)?;
        let people = self.counts()?.authors;
        let writers = people.iter().filter(|author| author.written > 0);
        let rankers = people.iter().filter(|author| author.rankings > 0);
        if writers.clone().count() < 2 && rankers.clone().count() < 2 {
            // one person can't be told from another, so the tags need not be read
            return Ok(People { sources, ..People::default() });
        }
        let tagged = self.tagged()?;
        let total = people.iter().map(|author| author.written + author.rankings).sum();
        let mut count = Counting { tagged: &tagged, done: 0, total, on_progress };
        let written = count.linked(
            &self.connection,
            "SELECT example_id FROM response WHERE author = ?1",
            writers.map(|author| author.name.as_str()),
        )?;
        let ranked = count.linked(
            &self.connection,
            "SELECT r.example_id FROM annotator a JOIN ranking r ON r.annotator_id = a.id WHERE a.name = ?1",
            rankers.map(|author| author.name.as_str()),
        )?;
        Ok(People { sources, written, ranked })
    }
}

fn sources(connection: &Connection) -> Result<Vec<SourceCount>> {
    let mut statement = connection.prepare_cached(
        "SELECT i.source, coalesce(i.format, ''), sum(c.n * (c.status IN ('submitted', 'approved'))),
           sum(c.n * (c.status NOT IN ('submitted', 'approved')))
         FROM (SELECT import_id, status, count(*) AS n FROM example WHERE status <> 'discarded'
               GROUP BY import_id, status) c LEFT JOIN import i ON i.id = c.import_id
         GROUP BY c.import_id ORDER BY sum(c.n) DESC, c.import_id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(SourceCount { source: row.get(0)?, format: row.get(1)?, usable: row.get(2)?, others: row.get(3)? })
    })?;
    Ok(rows.collect::<std::result::Result<_, _>>()?)
}

/// Counting on its way.
struct Counting<'a> {
    tagged: &'a Tagged,
    done: u64,
    total: u64,
    on_progress: OnProgress<'a>,
}

impl Counting<'_> {
    /// Counts for each facet how often each of these people comes together with each value; `sql` finds the
    /// examples of one.
    fn linked<'p>(
        &mut self,
        connection: &Connection,
        sql: &str,
        people: impl Iterator<Item = &'p str>,
    ) -> Result<Vec<Linked>> {
        let facets = &self.tagged.facets;
        let mut names = Vec::new();
        let mut tables: Vec<Vec<Vec<u64>>> = vec![Vec::new(); facets.len()];
        let mut statement = connection.prepare_cached(sql)?;
        for name in people {
            names.push(name);
            for (table, facet) in tables.iter_mut().zip(facets) {
                table.push(vec![0; facet.values.len()]);
            }
            let mut rows = statement.query([name])?;
            while let Some(row) = rows.next()? {
                self.step()?;
                self.count(row.get(0)?, &mut tables);
            }
        }
        let linked = facets.iter().zip(&tables).filter_map(|(facet, table)| {
            let value = |at: usize| facet.values.get(at).map(|value| value.name.clone());
            let tie = |tie: Tie| Some(((*names.get(tie.row)?).to_owned(), value(tie.column)?, tie));
            Some(Linked {
                facet: facet.name.clone(),
                association: association(table)?,
                tie: strongest(table).and_then(tie),
            })
        });
        let mut linked: Vec<Linked> = linked.collect();
        linked.sort_by(|one, other| other.association.v.total_cmp(&one.association.v));
        Ok(linked)
    }

    fn step(&mut self) -> Result<()> {
        if self.done.is_multiple_of(PORTION) {
            let progress =
                Progress { step: "counting who did what", done: self.done, total: Some(self.total) };
            if !(self.on_progress)(progress) {
                return Err(Error::Stopped);
            }
        }
        self.done += 1;
        Ok(())
    }

    /// Counts an example for the last person of each table.
    fn count(&self, example: i64, tables: &mut [Vec<Vec<u64>>]) {
        let Some((status, values)) = self.tagged.coded(example) else { return };
        if status == Status::Discarded {
            return;
        }
        for (table, codes) in tables.iter_mut().zip(values) {
            let Some(counts) = table.last_mut() else { continue };
            for &code in codes {
                if let Some(n) = counts.get_mut(usize::from(code)) {
                    *n += 1;
                }
            }
        }
    }
}
