//! Examples in the order in which completing them helps the gaps: all of them, weighed one by one.

use super::{Error, Reader, Result};
use crate::curation::gaps::Worths;
use crate::example::Status;

impl Reader {
    /// These examples, first those whose completion fills most of what is missing to targets and of pairs of
    /// values; what fills nothing, or is usable already, stays in its order behind. Reads the tags of all
    /// examples, which of a million takes seconds.
    pub fn by_worth(&self, ids: Vec<i64>) -> Result<Vec<i64>> {
        let uncountable = |error: crate::curation::gaps::GapError| Error::Uncountable(error.to_string());
        let tagged = self.tagged()?;
        let (wanted, usable) = (tagged.wanted(1), tagged.counts(Status::is_usable)?);
        let worths = Worths::new(&wanted, &usable).map_err(uncountable)?;
        let worth = |id: i64| match tagged.coded(id) {
            Some((status, values)) if !status.is_usable() => worths.of(&values),
            _ => 0.0,
        };
        let mut weighed: Vec<(f64, i64)> = ids.into_iter().map(|id| (worth(id), id)).collect();
        weighed.sort_by(|one, other| other.0.total_cmp(&one.0));
        Ok(weighed.into_iter().map(|(_, id)| id).collect())
    }
}
