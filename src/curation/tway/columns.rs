//! The values of all examples, a column a facet.

use thiserror::Error;

/// The code of an example that has no value.
pub const NONE: u16 = u16::MAX;

/// Why codes can't be a column, or columns can't stand beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ColumnError {
    /// A code stands for no value.
    #[error("example {row} has the value number {code}, but there are only {kinds}: read the facets anew")]
    Code {
        /// Which example, counted from 1.
        row: usize,
        /// Its code.
        code: u16,
        /// How many values the facet has.
        kinds: u16,
    },
    /// Rows that end before they begin, or not where the codes do.
    #[error("the values of examples don't follow each other: read the facets anew")]
    Ends,
    /// Columns of different length.
    #[error("facet {facet} has values of {rows} examples, the first one of {first}: read both anew")]
    Length {
        /// Which facet, counted from 1.
        facet: usize,
        /// How many examples it knows.
        rows: usize,
        /// How many the first facet knows.
        first: usize,
    },
}

/// The values of one facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    kinds: u16,
    codes: Codes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Codes {
    One(Vec<u16>),
    /// Those of a row end where `ends` says, and begin where those of the row before end.
    Several {
        ends: Vec<usize>,
        codes: Vec<u16>,
    },
}

impl Column {
    /// A facet with that many values of which an example has one, or [`NONE`].
    ///
    /// # Errors
    /// Where a code stands for no value.
    pub fn one(kinds: u16, codes: Vec<u16>) -> Result<Self, ColumnError> {
        let bad = codes.iter().position(|&code| code >= kinds && code != NONE);
        match bad {
            Some(at) => Err(ColumnError::Code { row: at + 1, code: codes[at], kinds }),
            None => Ok(Self { kinds, codes: Codes::One(codes) }),
        }
    }

    /// A facet with that many values of which an example has any number; one told twice counts once.
    ///
    /// # Errors
    /// Where a code stands for no value.
    pub fn several<Row: AsRef<[u16]>>(
        kinds: u16,
        rows: impl IntoIterator<Item = Row>,
    ) -> Result<Self, ColumnError> {
        let (mut ends, mut codes) = (Vec::new(), Vec::new());
        for (at, row) in rows.into_iter().enumerate() {
            let row = distinct(row.as_ref());
            if let Some(&code) = row.iter().find(|&&code| code >= kinds) {
                return Err(ColumnError::Code { row: at + 1, code, kinds });
            }
            codes.extend(row);
            ends.push(codes.len());
        }
        Ok(Self { kinds, codes: Codes::Several { ends, codes } })
    }

    /// A facet with that many values of which an example has any number: those of a row end where `ends` says,
    /// and begin where those of the row before end.
    ///
    /// # Errors
    /// Where a code stands for no value, or the ends are not in order.
    pub fn parted(kinds: u16, ends: Vec<usize>, codes: Vec<u16>) -> Result<Self, ColumnError> {
        let bad = codes.iter().position(|&code| code >= kinds);
        let is_in_order = ends.is_sorted() && ends.last().copied().unwrap_or(0) == codes.len();
        match bad {
            Some(at) => Err(ColumnError::Code {
                row: ends.partition_point(|end| *end <= at) + 1,
                code: codes[at],
                kinds,
            }),
            None if !is_in_order => Err(ColumnError::Ends),
            None => Ok(Self { kinds, codes: Codes::Several { ends, codes } }),
        }
    }

    /// The codes one after the other; of a facet that takes one value one for each row.
    pub fn codes(&self) -> &[u16] {
        match &self.codes {
            Codes::One(codes) | Codes::Several { codes, .. } => codes,
        }
    }

    /// Where the codes of each row end, of a facet that takes several values.
    pub fn ends(&self) -> Option<&[usize]> {
        match &self.codes {
            Codes::One(_) => None,
            Codes::Several { ends, .. } => Some(ends),
        }
    }

    /// A facet with that many values of which no example has one.
    pub fn blank(kinds: u16, several: bool, rows: usize) -> Self {
        let codes = if several {
            Codes::Several { ends: vec![0; rows], codes: Vec::new() }
        } else {
            Codes::One(vec![NONE; rows])
        };
        Self { kinds, codes }
    }

    /// The column of a facet that has other values now: `codes` says for each value of before which it is,
    /// or [`NONE`].
    #[must_use]
    pub fn recoded(&self, kinds: u16, codes: &[u16]) -> Self {
        let code =
            |was: &u16| codes.get(usize::from(*was)).copied().filter(|code| *code < kinds).unwrap_or(NONE);
        match &self.codes {
            Codes::One(was) => Self { kinds, codes: Codes::One(was.iter().map(code).collect()) },
            Codes::Several { .. } => {
                let (mut ends, mut all) = (Vec::with_capacity(self.rows()), Vec::new());
                for row in 0..self.rows() {
                    all.extend(distinct(&self.row(row).iter().map(code).collect::<Vec<_>>()));
                    ends.push(all.len());
                }
                Self { kinds, codes: Codes::Several { ends, codes: all } }
            }
        }
    }

    /// How many values the facet has.
    pub fn kinds(&self) -> u16 {
        self.kinds
    }

    /// How many examples it knows.
    pub fn rows(&self) -> usize {
        match &self.codes {
            Codes::One(codes) => codes.len(),
            Codes::Several { ends, .. } => ends.len(),
        }
    }

    /// The values of an example; none of one that isn't there.
    pub fn row(&self, row: usize) -> &[u16] {
        match &self.codes {
            Codes::One(codes) => match codes.get(row..=row) {
                Some(code) if code[0] != NONE => code,
                _ => &[],
            },
            Codes::Several { ends, codes } => {
                let begin = if row == 0 { 0 } else { ends.get(row - 1).copied().unwrap_or(codes.len()) };
                let end = ends.get(row).copied().unwrap_or(codes.len());
                &codes[begin..end]
            }
        }
    }

    /// The column of these examples only.
    #[must_use]
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        let codes = match &self.codes {
            Codes::One(codes) => {
                Codes::One(rows.iter().map(|&row| codes.get(row).copied().unwrap_or(NONE)).collect())
            }
            Codes::Several { .. } => {
                let (mut ends, mut codes) = (Vec::with_capacity(rows.len()), Vec::new());
                for &row in rows {
                    codes.extend_from_slice(self.row(row));
                    ends.push(codes.len());
                }
                Codes::Several { ends, codes }
            }
        };
        Self { kinds: self.kinds, codes }
    }

    /// Gives an example other values, or the next example its first ones; of a facet that takes one value
    /// the first counts. Codes that stand for no value are left out.
    pub fn put(&mut self, row: usize, values: &[u16]) {
        let kinds = self.kinds;
        let values: Vec<u16> = distinct(values).into_iter().filter(|&code| code < kinds).collect();
        match &mut self.codes {
            Codes::One(codes) => {
                codes.resize(codes.len().max(row + 1), NONE);
                codes[row] = values.first().copied().unwrap_or(NONE);
            }
            Codes::Several { ends, codes } => {
                ends.resize(ends.len().max(row + 1), codes.len());
                let begin = if row == 0 { 0 } else { ends[row - 1] };
                let (was, is) = (ends[row] - begin, values.len());
                codes.splice(begin..ends[row], values);
                ends[row..].iter_mut().for_each(|end| *end = *end + is - was);
            }
        }
    }

    /// The codes themselves where an example has one at most.
    pub(super) fn singles(&self) -> Option<&[u16]> {
        match &self.codes {
            Codes::One(codes) => Some(codes),
            Codes::Several { .. } => None,
        }
    }
}

/// Each code once, ascending, without [`NONE`].
pub(super) fn distinct(codes: &[u16]) -> Vec<u16> {
    let mut codes: Vec<u16> = codes.iter().copied().filter(|&code| code != NONE).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Columns of the same examples.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// Puts columns beside each other.
    ///
    /// # Errors
    /// Where they know different numbers of examples.
    pub fn new(columns: Vec<Column>) -> Result<Self, ColumnError> {
        let first = columns.first().map_or(0, Column::rows);
        match columns.iter().position(|column| column.rows() != first) {
            Some(at) => Err(ColumnError::Length { facet: at + 1, rows: columns[at].rows(), first }),
            None => Ok(Self(columns)),
        }
    }

    /// The columns, in their order.
    pub fn as_slice(&self) -> &[Column] {
        &self.0
    }

    /// Some of the columns.
    #[must_use]
    pub fn only(&self, places: &[usize]) -> Self {
        Self(places.iter().filter_map(|at| self.0.get(*at).cloned()).collect())
    }

    /// The columns of these examples only.
    #[must_use]
    pub fn of_rows(&self, rows: &[usize]) -> Self {
        Self(self.0.iter().map(|column| column.of_rows(rows)).collect())
    }

    /// How many examples there are.
    pub fn rows(&self) -> usize {
        self.0.first().map_or(0, Column::rows)
    }

    /// How many values each facet has.
    pub fn kinds(&self) -> Vec<u16> {
        self.0.iter().map(Column::kinds).collect()
    }

    /// Gives an example other values, facet by facet, or the next example its first ones.
    pub fn put(&mut self, row: usize, values: &[Vec<u16>]) {
        for (column, values) in self.0.iter_mut().zip(values) {
            column.put(row, values);
        }
    }

    /// The values of an example, facet by facet.
    pub fn row(&self, row: usize) -> Vec<&[u16]> {
        self.0.iter().map(|column| column.row(row)).collect()
    }
}
