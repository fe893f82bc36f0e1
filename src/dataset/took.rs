//! How long examples took so far, by the journal: from one action of a person to the next.

use std::collections::HashMap;

use super::{Reader, Result};
use crate::curation::cost::labour;

/// Who does nothing for longer took a break; how long the work on what came after it took is not known.
const BREAK_SECONDS: f64 = 15.0 * 60.0;
/// What took less was done by a script.
const BY_HAND_SECONDS: f64 = 1.0;
/// So many actions, the last ones, are looked at.
const ACTIONS: u64 = 20_000;

/// The seconds that each example took, by what was done with it; the last one last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Took {
    /// Those that were written.
    pub write: Vec<f64>,
    /// Those of which something was mended.
    pub mend: Vec<f64>,
    /// Those that were ranked.
    pub rank: Vec<f64>,
    /// Those that were reviewed.
    pub review: Vec<f64>,
}

/// What an action is, as work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Work {
    Write,
    Mend,
    Rank,
    Review,
}

impl Work {
    fn of(verb: &str) -> Option<Self> {
        match verb {
            "create" | "write" | "respond" => Some(Self::Write),
            "edit" | "rewrite" | "replace" => Some(Self::Mend),
            "rank" => Some(Self::Rank),
            "review" => Some(Self::Review),
            _ => None,
        }
    }
}

impl Took {
    /// How many minutes one takes, by the last ones; `None` where they are too few to tell.
    pub fn minutes(&self, seconds: &[f64]) -> Option<f64> {
        labour(1, seconds).map(|one| one.hours * 60.0)
    }

    fn push(&mut self, work: Work, seconds: f64) {
        if seconds < BY_HAND_SECONDS {
            return;
        }
        match work {
            Work::Write => &mut self.write,
            Work::Mend => &mut self.mend,
            Work::Rank => &mut self.rank,
            Work::Review => &mut self.review,
        }
        .push(seconds);
    }
}

/// An example that somebody is at.
struct Turn {
    example: i64,
    work: Work,
    seconds: f64,
}

/// What is known of one person while the journal is read.
#[derive(Default)]
struct Person {
    /// When they did something last, in milliseconds.
    last: Option<i64>,
    turn: Option<Turn>,
}

impl Reader {
    /// How long the examples took that people worked on last.
    pub fn took(&self) -> Result<Took> {
        // Only what is about one example says how long that took; anything else ends a pause all the same.
        let mut statement = self.connection.prepare_cached(
            "SELECT annotator, at, verb, one FROM (
               SELECT a.id, a.annotator, a.at, a.verb,
                 (SELECT CASE WHEN min(c.example) = max(c.example) THEN min(c.example) END
                    FROM change c WHERE c.action_id = a.id AND a.verb IN
                      ('create', 'write', 'respond', 'edit', 'rewrite', 'replace', 'rank', 'review')) AS one
               FROM action a WHERE a.mode = 'do' ORDER BY a.id DESC LIMIT ?1)
             ORDER BY id",
        )?;
        let mut rows = statement.query([ACTIONS])?;
        let mut people: HashMap<String, Person> = HashMap::new();
        let mut took = Took::default();
        while let Some(row) = rows.next()? {
            let (name, at, verb): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let person = people.entry(name).or_default();
            let seconds = person.last.replace(at).map(|last| seconds_between(last, at));
            let done = row.get::<_, Option<i64>>(3)?.zip(Work::of(&verb));
            person.go_on(done, seconds, &mut took);
        }
        for person in people.into_values() {
            if let Some(turn) = person.turn {
                took.push(turn.work, turn.seconds);
            }
        }
        Ok(took)
    }
}

impl Person {
    /// They did something with one example, or something else; so long after what they did before.
    fn go_on(&mut self, done: Option<(i64, Work)>, seconds: Option<f64>, took: &mut Took) {
        let seconds = seconds.filter(|seconds| (0.0..=BREAK_SECONDS).contains(seconds));
        let turn = self.turn.take();
        match (done, turn) {
            (Some((example, work)), Some(turn)) if turn.example == example && turn.work == work => {
                let seconds = turn.seconds + seconds.unwrap_or(0.0);
                self.turn = Some(Turn { seconds, ..turn });
            }
            (done, turn) => {
                if let Some(turn) = turn {
                    took.push(turn.work, turn.seconds);
                }
                self.turn =
                    done.zip(seconds).map(|((example, work), seconds)| Turn { example, work, seconds });
            }
        }
    }
}

#[allow(clippy::cast_precision_loss)] // years of milliseconds are far below 2^52
fn seconds_between(before: i64, after: i64) -> f64 {
    after.saturating_sub(before) as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_an_example_is_that_of_all_its_actions_without_breaks() {
        let (mut person, mut took) = (Person::default(), Took::default());
        let mut act = |example, verb, seconds| {
            person.go_on(Work::of(verb).map(|work| (example, work)), seconds, &mut took);
        };
        act(1, "write", None);
        act(2, "write", Some(60.0));
        act(2, "write", Some(30.0));
        act(2, "tag", Some(5.0));
        act(3, "write", Some(2_000.0));
        act(4, "rank", Some(8.0));
        act(4, "review", Some(7.0));
        act(5, "review", Some(0.2));
        act(6, "flag", Some(1.0));
        assert_eq!((took.write, took.rank, took.review), (vec![90.0], vec![8.0], vec![7.0]));
    }
}
