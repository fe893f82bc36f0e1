//! Values that belong below others (`billing/refund` below `billing`) stand with them.

use std::collections::HashMap;

use super::{Axis, Crossing};

/// What parts the levels of a value's name.
const BELOW: char = '/';

/// The nearest value that this one belongs below, of those that there are.
fn parent(name: &str, places: &HashMap<&str, usize>) -> Option<usize> {
    let mut above = name;
    while let Some((shorter, _)) = above.rsplit_once(BELOW) {
        if let Some(place) = places.get(shorter) {
            return Some(*place);
        }
        above = shorter;
    }
    None
}

/// The places in the order in which each value stands right behind what it belongs below; otherwise as they were.
fn in_families(names: &[&str]) -> Vec<usize> {
    let places: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut below: HashMap<Option<usize>, Vec<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        below.entry(parent(name, &places)).or_default().push(at);
    }
    // a value comes off the heap before what is below it goes onto it
    let mut waiting = below.remove(&None).unwrap_or_default();
    waiting.reverse();
    let mut order = Vec::with_capacity(names.len());
    while let Some(at) = waiting.pop() {
        order.push(at);
        waiting.extend(below.remove(&Some(at)).unwrap_or_default().into_iter().rev());
    }
    order
}

/// The order of an axis; what is read off the examples has its own.
fn order_of(axis: &Axis) -> Vec<usize> {
    if axis.derived.is_some() {
        return (0..axis.values.len()).collect();
    }
    in_families(&axis.values.iter().map(|line| line.name.as_str()).collect::<Vec<_>>())
}

fn reordered<T: Clone>(all: &[T], order: &[usize]) -> Vec<T> {
    order.iter().filter_map(|at| all.get(*at).cloned()).collect()
}

impl Crossing {
    /// The same table, each value right behind what it belongs below.
    pub(super) fn in_families(mut self) -> Self {
        let (rows, columns) = (order_of(&self.rows), order_of(&self.columns));
        if !rows.is_sorted() {
            self.rows.values = reordered(&self.rows.values, &rows);
            self.cells = reordered(&self.cells, &rows);
        }
        if !columns.is_sorted() {
            self.columns.values = reordered(&self.columns.values, &columns);
            self.cells.iter_mut().for_each(|cells| *cells = reordered(cells, &columns));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Count, Line};
    use super::*;

    fn ordered<'a>(names: &[&'a str]) -> Vec<&'a str> {
        reordered(names, &in_families(names))
    }

    #[test]
    fn a_value_stands_right_behind_what_it_belongs_below() {
        assert_eq!(
            ordered(&["billing", "login", "billing/refund", "login/2fa", "billing/refund/late", "other"]),
            ["billing", "billing/refund", "billing/refund/late", "login", "login/2fa", "other"]
        );
        assert_eq!(ordered(&["a/b/c", "x", "a"]), ["x", "a", "a/b/c"], "also where a level is missing");
        assert_eq!(ordered(&["b", "a", "a/z", "c/d"]), ["b", "a", "a/z", "c/d"]);
    }

    #[test]
    fn cells_go_where_their_values_go() {
        let line = |name: &&str| Line { name: (*name).to_owned(), count: Count::default() };
        let axis = |names: &[&str]| Axis { values: names.iter().map(line).collect(), ..Axis::default() };
        let count = |usable| Count { usable, ..Count::default() };
        let crossing = Crossing {
            rows: axis(&["a", "b", "a/x"]),
            columns: axis(&["p/q", "r", "p"]),
            cells: (0..3).map(|row| (0..3).map(|column| count(10 * row + column)).collect()).collect(),
            ..Crossing::default()
        };
        let usable: Vec<Vec<u32>> = crossing
            .in_families()
            .cells
            .iter()
            .map(|cells| cells.iter().map(|count| count.usable).collect())
            .collect();
        assert_eq!(usable, [[1, 2, 0], [21, 22, 20], [11, 12, 10]]);
    }
}
