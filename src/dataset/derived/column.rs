//! The values of one derived facet, and which of them each example has.

use std::collections::HashMap;

use super::super::{Error, Result};
use crate::curation::tway::NONE;

/// A column: the number of a list of codes for each example, since the same few lists come again and again.
#[derive(Debug, Clone)]
pub(super) struct Column {
    name: &'static str,
    /// All values that there are or were, in the order in which people see them.
    pub values: Vec<String>,
    by_name: HashMap<String, u16>,
    /// Each list of codes that an example has; the first one is empty.
    pub lists: Vec<Vec<u16>>,
    by_list: HashMap<Vec<u16>, u32>,
    /// The list that has only that code; 0 where no example has it.
    alone: Vec<u32>,
    /// By the number of the example.
    pub rows: Vec<u32>,
}

impl Column {
    /// A facet with these values, of which no example has one.
    pub fn new(name: &'static str, values: Vec<String>) -> Self {
        Self {
            name,
            by_name: (0..).zip(&values).map(|(code, value)| (value.clone(), code)).collect(),
            values,
            lists: vec![Vec::new()],
            by_list: HashMap::from([(Vec::new(), 0)]),
            alone: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// A facet of which examples have those lists of its values; `None` where they don't fit each other.
    pub fn with(
        name: &'static str,
        values: Vec<String>,
        lists: Vec<Vec<u16>>,
        rows: Vec<u32>,
    ) -> Option<Self> {
        let mut column = Self::new(name, values);
        let is_known = |code: &u16| usize::from(*code) < column.values.len();
        let fits = lists.first().is_some_and(Vec::is_empty)
            && column.by_name.len() == column.values.len()
            && lists.iter().flatten().all(is_known)
            && rows.iter().max().is_none_or(|list| (*list as usize) < lists.len());
        for list in lists.into_iter().skip(1) {
            column.list(list);
        }
        column.rows = rows;
        fits.then_some(column)
    }

    /// The name of the facet.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The codes of an example's values.
    pub fn codes(&self, example: i64) -> &[u16] {
        let row = usize::try_from(example).ok().and_then(|at| self.rows.get(at));
        row.and_then(|list| self.lists.get(*list as usize)).map_or(&[], Vec::as_slice)
    }

    /// The code of a value, which gets one where it is new.
    pub fn code(&mut self, value: &str) -> Result<u16> {
        if let Some(code) = self.by_name.get(value) {
            return Ok(*code);
        }
        let code = u16::try_from(self.values.len()).ok().filter(|code| *code < NONE).ok_or_else(|| {
            let name = self.name;
            Error::Uncountable(format!(
                "{name} has more than {NONE} values, more than can be counted together"
            ))
        })?;
        self.values.push(value.to_owned());
        self.by_name.insert(value.to_owned(), code);
        Ok(code)
    }

    /// Gives an example one value, or none: [`NONE`].
    pub fn put_code(&mut self, example: i64, code: u16) {
        let known = if code == NONE { Some(0) } else { self.alone.get(usize::from(code)).copied() };
        let list = match known {
            Some(list) if list > 0 || code == NONE => list,
            _ => self.list(vec![code]),
        };
        self.put_list(example, list);
    }

    /// The same by its name.
    pub fn put_one(&mut self, example: i64, value: &str) -> Result<()> {
        let code = self.code(value)?;
        self.put_code(example, code);
        Ok(())
    }

    /// Gives an example any number of values, in whichever order.
    pub fn put(&mut self, example: i64, mut codes: Vec<u16>) {
        codes.sort_unstable();
        codes.dedup();
        let list = self.list(codes);
        self.put_list(example, list);
    }

    /// The values of many examples, in whichever order they come.
    pub fn put_all(&mut self, mut coded: Vec<(i64, u16)>) {
        coded.sort_unstable();
        coded.dedup();
        for codes in coded.chunk_by(|one, other| one.0 == other.0) {
            match codes {
                [(example, code)] => self.put_code(*example, *code),
                [(example, _), ..] => self.put(*example, codes.iter().map(|(_, code)| *code).collect()),
                [] => {}
            }
        }
    }

    /// The number of a list of codes, which gets one where it is new.
    fn list(&mut self, codes: Vec<u16>) -> u32 {
        if let Some(list) = self.by_list.get(&codes) {
            return *list;
        }
        let list = u32::try_from(self.lists.len()).unwrap_or(0);
        if let [code] = codes.as_slice() {
            let at = usize::from(*code);
            self.alone.resize(self.alone.len().max(at + 1), 0);
            if let Some(alone) = self.alone.get_mut(at) {
                *alone = list;
            }
        }
        self.lists.push(codes.clone());
        self.by_list.insert(codes, list);
        list
    }

    fn put_list(&mut self, example: i64, list: u32) {
        let Ok(at) = usize::try_from(example) else { return };
        if at >= self.rows.len() {
            self.rows.resize(at + 1, 0);
        }
        if let Some(row) = self.rows.get_mut(at) {
            *row = list;
        }
    }
}
