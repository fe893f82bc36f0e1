//! Columns over the days of some weeks, several rows high.

/// What a cell of a column can be filled to, in eighths.
const LEVELS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The columns row by row, the highest first: a character for each number. What is there at all can be seen.
pub(super) fn columns(numbers: &[u64], rows: usize) -> Vec<Vec<char>> {
    let largest = numbers.iter().copied().max().unwrap_or(0).max(1);
    let eighths = |number: u64| {
        let all = u128::from(number) * (rows as u128) * 8;
        usize::try_from(all.div_ceil(u128::from(largest))).unwrap_or(usize::MAX)
    };
    let heights: Vec<usize> = numbers.iter().map(|&number| eighths(number)).collect();
    let row = |row: usize| {
        let below = (rows - 1 - row) * 8;
        let cell = |height: &usize| LEVELS.get(height.saturating_sub(below).min(8)).copied().unwrap_or('█');
        heights.iter().map(cell).collect()
    };
    (0..rows).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_on_each_other_in_proportion() {
        let drawn: Vec<String> =
            columns(&[0, 1, 8, 16], 2).into_iter().map(|row| row.into_iter().collect()).collect();
        assert_eq!(drawn, ["   █", " ▁██"]);
        assert_eq!(columns(&[0, 0], 1), [[' ', ' ']]);
        assert_eq!(columns(&[u64::MAX, 1], 1), [['█', '▁']]);
    }
}
