use proptest::prelude::*;

use super::*;
use crate::curation::tway::At;

fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-6, "{a} is not {b}");
}

/// A table of how like things are.
struct Matrix<'a>(&'a [Vec<f64>]);

impl Similarity for Matrix<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn row(&self, of: usize, row: &mut [f64]) {
        row.copy_from_slice(&self.0[of]);
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

const TEXTS: [&str; 5] = [
    "the cat sat on the mat",
    "the cat sat on the hat",
    "dogs chase cats",
    "refund policy for late orders",
    "what is the refund policy",
];

/// Values of scikit-learn 1.9.1 (`TfidfVectorizer`).
#[test]
fn cosines_are_those_of_others() {
    let texts: Vec<Vec<&str>> = TEXTS.iter().map(|text| words(text)).collect();
    let weights = TfIdf::of(&texts);
    let vectors: Vec<Sparse> = texts.iter().map(|text| weights.vector(text)).collect();
    let expected = [
        [1.0, 0.789_331_895_3, 0.0, 0.0, 0.212_603_026_6],
        [0.789_331_895_3, 1.0, 0.0, 0.0, 0.212_603_026_6],
        [0.0, 0.0, 1.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 1.0, 0.324_110_129_8],
        [0.212_603_026_6, 0.212_603_026_6, 0.0, 0.324_110_129_8, 1.0],
    ];
    let pool = Pool::new(vectors.iter().cloned().map(|vector| (vector, Vec::new())), Pool::BONUS);
    let mut row = vec![0.0; 5];
    for (at, expected) in expected.iter().enumerate() {
        pool.row(at, &mut row);
        for other in 0..5 {
            close(vectors[at].cosine(&vectors[other]), expected[other]);
            close(row[other], expected[other]);
        }
    }
    close(vectors[0].cosine(&weights.vector(&["unknown"])), 0.0);
    let sum = Sparse::new(vec![(3, 1.0), (1, 4.0), (3, 2.0), (9, f64::NAN)]);
    assert_eq!(sum.entries(), [(1, 0.8), (3, 0.6)]);
}

#[test]
fn a_value_that_both_have_makes_them_more_alike() {
    let values =
        [vec![At::new(0, 1), At::new(1, 0), At::new(1, 0)], vec![At::new(1, 0)], vec![At::new(0, 2)]];
    let pool = Pool::new(values.map(|values| (Sparse::default(), values)), 0.2);
    let mut row = vec![9.0; 3];
    pool.row(0, &mut row);
    assert_eq!(row, [0.4, 0.2, 0.0]);
}

/// The ranking of apricot 0.6.1; the best choice of five is worth 17.524958.
#[test]
fn the_choice_is_that_of_others() {
    let table = super::table::ALIKE.map(|row| row.to_vec());
    let candidates = vec![Candidate { tokens: 1, ..Candidate::default() }; 20];
    let wish = Wish { budget: 100, at_most: 5, required: Vec::new() };
    let picked = pick(&Matrix(&table), &candidates, &wish);
    let chosen: Vec<usize> = picked.chosen.iter().map(|chosen| chosen.candidate).collect();
    assert_eq!(chosen, [18, 5, 14, 6, 7]);
    let gains = [11.423_229, 3.341_798, 1.337, 0.597_663, 0.548_715];
    picked.chosen.iter().zip(gains).for_each(|(chosen, gain)| close(chosen.gain, gain));
    close(picked.value, 17.248_405);
    // The most typical is the one that would be chosen alone.
    assert_eq!((picked.order.len(), picked.order.last()), (5, Some(&18)));
}

#[test]
fn the_budget_is_kept_and_what_is_required_comes_first() {
    let table = super::table::ALIKE.map(|row| row.to_vec());
    let mut candidates: Vec<Candidate> =
        (0..20).map(|at| Candidate { tokens: 10, values: vec![At::new(0, u16::from(at == 3))] }).collect();
    candidates[18].tokens = 1_000;
    let wish = Wish { budget: 35, at_most: 9, required: vec![At::new(0, 1), At::new(0, 0)] };
    let picked = pick(&Matrix(&table), &candidates, &wish);
    assert_eq!((picked.chosen.len(), picked.tokens, picked.lacking.len()), (3, 30, 0));
    // Both values are there after two.
    assert!(picked.chosen[..2].iter().any(|chosen| chosen.candidate == 3));
    assert!(picked.chosen.iter().all(|chosen| chosen.candidate != 18));
    let picked = pick(&Matrix(&table), &candidates, &Wish { required: vec![At::new(7, 7)], ..wish.clone() });
    assert_eq!((picked.lacking, picked.chosen.len()), (vec![At::new(7, 7)], 3));
    assert_eq!(pick(&Matrix(&table), &[], &wish).chosen, []);
    assert_eq!(pick(&Matrix(&[]), &candidates, &wish).chosen, []);
}

#[test]
fn many_cheap_ones_are_chosen_over_a_dear_one() {
    // The first is a little like all, the others like themselves only; all of these fit into the budget.
    let mut table = vec![vec![0.0; 6]; 6];
    table[0] = vec![1.0, 0.3, 0.3, 0.3, 0.3, 0.3];
    (1..6).for_each(|at| table[at][at] = 1.0);
    let tokens = |at: usize| Candidate { tokens: if at == 0 { 50 } else { 10 }, values: Vec::new() };
    let candidates: Vec<Candidate> = (0..6).map(tokens).collect();
    let picked = pick(&Matrix(&table), &candidates, &Wish { budget: 50, at_most: 9, required: Vec::new() });
    assert_eq!((picked.value, picked.tokens, picked.chosen.len()), (5.0, 50, 5));
}

fn worth(table: &[Vec<f64>], chosen: &[usize]) -> f64 {
    let nearest = |at: usize| chosen.iter().map(|&one| table[one][at]).fold(0.0, f64::max);
    (0..table.len()).map(nearest).sum()
}

proptest! {
    #[test]
    fn a_choice_is_nearly_the_best_and_the_lazy_way_changes_nothing(
        table in prop::collection::vec(prop::collection::vec(0.0_f64..1.0, 7), 7),
    ) {
        let candidates = vec![Candidate { tokens: 1, ..Candidate::default() }; 7];
        let picked = pick(&Matrix(&table), &candidates, &Wish { budget: 3, at_most: 9, required: Vec::new() });
        let mut best = 0.0_f64;
        for a in 0..7 {
            for b in 0..7 {
                (0..7).for_each(|c| best = best.max(worth(&table, &[a, b, c])));
            }
        }
        prop_assert!(picked.value >= (1.0 - (-1.0_f64).exp()) * best);
        let mut chosen: Vec<usize> = Vec::new();
        for one in &picked.chosen {
            let with = |at: usize| worth(&table, &[chosen.as_slice(), &[at]].concat());
            prop_assert!((0..7).all(|at| with(at) <= with(one.candidate) + 1e-9));
            chosen.push(one.candidate);
        }
        prop_assert!((picked.value - worth(&table, &chosen)).abs() < 1e-9);
    }
}
