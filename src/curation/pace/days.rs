//! Day by day: what was finished, and how long people were at work.

use std::collections::{BTreeMap, HashMap};

use super::timing::active_seconds;
use super::{Act, Timed, float, timed};

/// What was done on a day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Day {
    /// Which, as days since 1970-01-01.
    pub day: i64,
    /// The examples that became usable on it, ascending: each counts once, on the last such day, and not where
    /// it is usable no longer.
    pub finished: Vec<i64>,
    /// How long all people together were at work, in seconds.
    pub seconds: f64,
    /// Who finished how many: places in the list of people, ascending.
    pub by: Vec<(usize, u64)>,
}

impl Day {
    /// Whether anybody worked.
    pub fn is_worked(&self) -> bool {
        self.seconds > 0.0 || !self.finished.is_empty()
    }
}

/// Seven days, or those of them that are over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    /// Its first day.
    pub from: i64,
    /// How many examples were finished.
    pub finished: u64,
    /// How long all people together were at work, in hours.
    pub hours: f64,
    /// On how many days anybody worked.
    pub worked: u64,
}

/// What was done over some weeks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pace {
    /// The people, as acts number them.
    pub people: Vec<String>,
    /// Every day, today last.
    pub days: Vec<Day>,
    /// How long the examples took.
    pub timed: Vec<Timed>,
}

impl Pace {
    /// The pace of those weeks that end with `today`. Acts are in the order in which they were done; what lies
    /// outside of the weeks is passed over.
    pub fn of(acts: &[Act], people: Vec<String>, today: i64, weeks: u32) -> Self {
        let first = today - i64::from(weeks.max(1)) * 7 + 1;
        let within = || acts.iter().filter(|act| (first..=today).contains(&act.day));
        let mut days: Vec<Day> = (first..=today).map(|day| Day { day, ..Day::default() }).collect();
        let mut day_of = |day: i64, change: &mut dyn FnMut(&mut Day)| {
            let at = usize::try_from(day - first).ok();
            if let Some(day) = at.and_then(|at| days.get_mut(at)) {
                change(day);
            }
        };
        let mut last: HashMap<usize, Option<i64>> = HashMap::new();
        for act in within() {
            let before = last.insert(act.person, act.began_next()).flatten();
            if let Some(seconds) = before.and_then(|before| active_seconds(before, act.at)) {
                day_of(act.day, &mut |day| day.seconds += seconds);
            }
        }
        for (example, (day, person)) in finished(within()) {
            day_of(day, &mut |day| {
                day.finished.push(example);
                match day.by.iter_mut().find(|(there, _)| *there == person) {
                    Some((_, n)) => *n += 1,
                    None => day.by.push((person, 1)),
                }
            });
        }
        let mut pace = Self { people, days, timed: timed(within()) };
        pace.sort_people();
        pace
    }

    /// Numbers people by their names, whoever did something first.
    fn sort_people(&mut self) {
        let mut people: Vec<(String, usize)> =
            std::mem::take(&mut self.people).into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        people.sort();
        let places: HashMap<usize, usize> =
            people.iter().enumerate().map(|(place, (_, before))| (*before, place)).collect();
        let place = |person: usize| places.get(&person).copied().unwrap_or(person);
        for day in &mut self.days {
            day.by.iter_mut().for_each(|(person, _)| *person = place(*person));
            day.by.sort_unstable();
        }
        self.timed.iter_mut().for_each(|one| one.person = place(one.person));
        self.people = people.into_iter().map(|(name, _)| name).collect();
    }

    /// How many examples were finished.
    pub fn finished(&self) -> u64 {
        self.days.iter().map(|day| day.finished.len() as u64).sum()
    }

    /// How long all people together were at work, in hours.
    pub fn hours(&self) -> f64 {
        self.days.iter().map(|day| day.seconds).sum::<f64>() / 3_600.0
    }

    /// How long all people together were at work for each example that was finished, in hours.
    pub fn hours_each(&self) -> Option<f64> {
        (self.finished() > 0).then(|| self.hours() / float(self.finished()))
    }

    /// On how many days anybody worked.
    pub fn worked(&self) -> u64 {
        self.days.iter().filter(|day| day.is_worked()).count() as u64
    }

    /// Today.
    pub fn today(&self) -> Option<&Day> {
        self.days.last()
    }

    /// The name of a person.
    pub fn name(&self, person: usize) -> &str {
        self.people.get(person).map_or("", String::as_str)
    }

    /// Week by week, the last one ending today.
    pub fn weeks(&self) -> Vec<Week> {
        let week = |days: &[Day]| Week {
            from: days.first().map_or(0, |day| day.day),
            finished: days.iter().map(|day| day.finished.len() as u64).sum(),
            hours: days.iter().map(|day| day.seconds).sum::<f64>() / 3_600.0,
            worked: days.iter().filter(|day| day.is_worked()).count() as u64,
        };
        self.days.chunks(7).map(week).collect()
    }
}

/// Which examples are finished, on which day and by whom, in the order of their numbers.
fn finished<'a>(acts: impl Iterator<Item = &'a Act>) -> BTreeMap<i64, (i64, usize)> {
    let mut finished = BTreeMap::new();
    for act in acts.filter(|act| act.stands) {
        for (example, usable) in &act.turned {
            if *usable {
                finished.insert(*example, (act.day, act.person));
            } else {
                finished.remove(example);
            }
        }
    }
    finished
}
