//! The little of linear algebra that fitting takes: solving with, and inverting, a symmetric positive
//! matrix.

/// A square matrix, row by row.
pub(super) type Matrix = Vec<Vec<f64>>;

/// The lower triangle `L` with `L Lᵀ` the matrix (Cholesky); `None` where it is not positive.
#[allow(clippy::needless_range_loop, clippy::indexing_slicing)] // every index is below the order of the matrix
fn cholesky(matrix: &Matrix) -> Option<Matrix> {
    let n = matrix.len();
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = matrix[i][j] - known;
            if i == j {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                lower[i][i] = rest.sqrt();
            } else {
                lower[i][j] = rest / lower[j][j];
            }
        }
    }
    Some(lower)
}

/// `x` with `L Lᵀ · x = b`.
#[allow(clippy::needless_range_loop, clippy::indexing_slicing)] // every index is below the order of the matrix
fn solve_by(lower: &Matrix, b: &[f64]) -> Vec<f64> {
    let n = b.len();
    let mut y = vec![0.0; n];
    for i in 0..n {
        let known: f64 = (0..i).map(|k| lower[i][k] * y[k]).sum();
        y[i] = (b[i] - known) / lower[i][i];
    }
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| lower[k][i] * x[k]).sum();
        x[i] = (y[i] - known) / lower[i][i];
    }
    x
}

/// `x` with `matrix · x = b`.
pub(super) fn solve(matrix: &Matrix, b: &[f64]) -> Option<Vec<f64>> {
    Some(solve_by(&cholesky(matrix)?, b))
}

/// The inverse.
pub(super) fn inverse(matrix: &Matrix) -> Option<Matrix> {
    let (n, lower) = (matrix.len(), cholesky(matrix)?);
    // Symmetric, so that its columns are its rows.
    let unit = |column| (0..n).map(|row| if row == column { 1.0 } else { 0.0 }).collect::<Vec<_>>();
    Some((0..n).map(|column| solve_by(&lower, &unit(column))).collect())
}
