//! What is wanted where the values of two facets meet: the same whichever of them stands down the side.

/// What is wanted of each cell, row by row, of facets whose values want so many each (0 where nobody said).
///
/// A cell of which something is said in particular (`said`) wants that. The others share what their row and their
/// column want beyond it, in proportion to both: `r · c / max(Σ r, Σ c)`, so that together they ask of no row and no
/// column more than it wants itself, but one at least of each. Where nothing is wanted of a row or a column, an
/// example of the two together is.
pub(super) fn wanted(rows: &[u32], columns: &[u32], said: &[Vec<Option<u32>>]) -> Vec<Vec<u32>> {
    let row_rests: Vec<u64> =
        rows.iter().zip(said).map(|(wanted, said)| rest(*wanted, said.iter().copied())).collect();
    let said_below = |column: usize| said.iter().map(move |row| row.get(column).copied().flatten());
    let column_rests: Vec<u64> =
        columns.iter().enumerate().map(|(column, wanted)| rest(*wanted, said_below(column))).collect();
    let all = row_rests.iter().sum::<u64>().max(column_rests.iter().sum()).max(1);
    let fair = |row: u64, column: u64| {
        let share = (u128::from(row) * u128::from(column) + u128::from(all / 2)) / u128::from(all);
        u32::try_from(share).unwrap_or(u32::MAX).max(1)
    };
    let cell = |row: (u32, u64), column: (u32, u64), said: Option<u32>| match (said, row, column) {
        (Some(said), ..) => said,
        (None, (0, _), _) | (None, _, (0, _)) => 1,
        (None, (_, 0), _) | (None, _, (_, 0)) => 0,
        (None, (_, row), (_, column)) => fair(row, column),
    };
    let across = || columns.iter().copied().zip(column_rests.iter().copied());
    let down = rows.iter().copied().zip(row_rests).zip(said);
    down.map(|(row, said)| across().zip(said).map(|(column, said)| cell(row, column, *said)).collect())
        .collect()
}

/// What is wanted beyond what was said of some cells.
fn rest(wanted: u32, said: impl Iterator<Item = Option<u32>>) -> u64 {
    u64::from(wanted).saturating_sub(said.flatten().map(u64::from).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn turned(cells: &[Vec<u32>], columns: usize) -> Vec<Vec<u32>> {
        (0..columns).map(|column| cells.iter().map(|row| row[column]).collect()).collect()
    }

    #[test]
    fn cells_share_what_their_row_and_column_want() {
        let nothing = vec![vec![None; 3]; 2];
        assert_eq!(wanted(&[60, 40], &[50, 30, 20], &nothing), [[30, 18, 12], [20, 12, 8]]);
        assert_eq!(
            wanted(&[60, 40], &[5, 3, 2], &nothing),
            [[3, 2, 1], [2, 1, 1]],
            "the smaller facet limits"
        );
        assert_eq!(wanted(&[0, 40], &[5, 3, 2], &nothing)[0], [1, 1, 1], "nothing was said of the row");
        assert_eq!(wanted(&[0, 0], &[0, 0, 0], &nothing), [[1, 1, 1], [1, 1, 1]]);
    }

    #[test]
    fn what_is_said_of_a_cell_holds_and_its_row_and_column_want_the_rest() {
        let said = vec![vec![Some(20), None, None], vec![None; 3]];
        assert_eq!(wanted(&[60, 40], &[50, 30, 20], &said), [[20, 15, 10], [15, 15, 10]]);
        let never = vec![vec![Some(0), None, None], vec![None; 3]];
        assert_eq!(wanted(&[60, 40], &[50, 30, 20], &never)[0][0], 0);
        let all = vec![vec![Some(300), None, None], vec![None; 3]];
        assert_eq!(wanted(&[60, 40], &[50, 30, 20], &all), [[300, 0, 0], [0, 24, 16]]);
    }

    proptest! {
        #[test]
        fn turning_the_table_changes_no_cell_and_no_row_is_asked_for_more_than_it_wants(
            rows in prop::collection::vec(0_u32..500, 1..6),
            columns in prop::collection::vec(0_u32..500, 1..6),
        ) {
            let nothing = vec![vec![None; columns.len()]; rows.len()];
            let cells = wanted(&rows, &columns, &nothing);
            let other = vec![vec![None; rows.len()]; columns.len()];
            prop_assert_eq!(turned(&cells, columns.len()), wanted(&columns, &rows, &other));
            for (row, cells) in rows.iter().zip(&cells).filter(|(row, _)| **row > 0) {
                // one of each, and half a one for rounding
                let slack = u32::try_from(cells.len()).unwrap();
                prop_assert!(cells.iter().sum::<u32>() <= row + slack, "{cells:?} of {row}");
            }
        }
    }
}
