use proptest::prelude::*;

use super::*;

fn ones(kinds: &[u16], rows: &[&[u16]]) -> Columns {
    let column = |(facet, &kinds): (usize, &u16)| {
        Column::one(kinds, rows.iter().map(|row| row[facet]).collect()).unwrap()
    };
    Columns::new(kinds.iter().enumerate().map(column).collect()).unwrap()
}

fn boolean() -> Columns {
    ones(&[2; 4], &[&[0, 0, 0, 0], &[0, 1, 1, 0], &[1, 0, 0, 1], &[0, 1, 1, 1]])
}

fn cell(one: (usize, u16), other: (usize, u16)) -> Cell {
    Cell::new(At::new(one.0, one.1), At::new(other.0, other.1)).unwrap()
}

/// The example of Kuhn, Mendoza, Kacker & Lei: 19 of 24, and 2 of 6 subsets.
#[test]
fn coverage_is_that_of_the_paper() {
    let counts = PairCounts::of(&boolean()).unwrap();
    let pairs = pair_coverage(&counts, &Forbidden::default(), 1, 100);
    assert_eq!((pairs.satisfied(), pairs.possible(), pairs.full()), (19, 24, 2));
    let shares: Vec<f64> = pairs.subsets.iter().map(Subset::share).collect();
    assert_eq!(shares, [0.75, 0.75, 0.75, 0.5, 1.0, 1.0]);
    let missing: Vec<[(usize, u16); 2]> = pairs
        .missing
        .iter()
        .map(|tuple| [0, 1].map(|at| (tuple.values[at].facet, tuple.values[at].value)))
        .collect();
    assert_eq!(
        missing,
        [[(0, 1), (1, 1)], [(0, 1), (2, 1)], [(0, 1), (3, 0)], [(1, 0), (2, 1)], [(1, 1), (2, 0)]]
    );
    assert_eq!(
        pairs.told(),
        "19 of 24 combinations (79 %) have enough examples; 2 of 6 groups of facets have all of theirs"
    );
    let wanted = |of| TupleWish { of, least: 1, listed: 3 };
    let triples = tuple_coverage(&boolean(), &wanted(Of::Strength(3)), &Forbidden::default()).unwrap();
    assert_eq!((triples.satisfied(), triples.possible(), triples.full()), (15, 32, 0));
    let shares: Vec<f64> = triples.subsets.iter().map(Subset::share).collect();
    assert_eq!((shares, triples.missing.len()), (vec![0.375, 0.5, 0.5, 0.5], 3));
    let named =
        tuple_coverage(&boolean(), &wanted(Of::Facets(vec![0, 2, 3])), &Forbidden::default()).unwrap();
    assert_eq!(named.subsets, triples.subsets[2..3]);
}

#[test]
fn what_cannot_be_is_not_missing_and_enough_is_more_than_one() {
    let counts = PairCounts::of(&boolean()).unwrap();
    let forbidden = Forbidden::new(counts.grid(), &[cell((1, 1), (0, 1)), cell((0, 1), (3, 0))]).unwrap();
    let pairs = pair_coverage(&counts, &forbidden, 1, 100);
    assert_eq!((pairs.satisfied(), pairs.possible(), pairs.missing.len()), (19, 22, 3));
    let twice = pair_coverage(&counts, &Forbidden::default(), 2, 100);
    // Four examples have 24 pairs, of which 19 are different and 5 come twice.
    assert_eq!((twice.satisfied(), twice.possible()), (5, 24));
    let wanted = TupleWish { of: Of::Strength(3), least: 1, listed: 0 };
    let triples = tuple_coverage(&boolean(), &wanted, &forbidden).unwrap();
    // Of 8 triples each: with facets 0 and 1, or 0 and 3, two cannot be; with 0, 1 and 3 three.
    assert_eq!(triples.subsets.iter().map(|subset| subset.possible).collect::<Vec<_>>(), [6, 5, 6, 8]);
}

#[test]
fn facets_with_several_values_count_each_of_them_once() {
    let tags = Column::several(3, [vec![0, 2, 2], vec![], vec![1, NONE], vec![2]]).unwrap();
    let kind = Column::one(2, vec![0, 1, NONE, 1]).unwrap();
    let columns = Columns::new(vec![kind, tags]).unwrap();
    let counts = PairCounts::of(&columns).unwrap();
    assert_eq!(counts.cells(), [1, 0, 1, 0, 0, 1]);
    assert_eq!([0, 1, 2].map(|value| counts.single(At::new(1, value))), [1, 1, 2]);
    assert_eq!([0, 1].map(|value| counts.single(At::new(0, value))), [1, 2]);
    assert_eq!(counts, PairCounts::of_those(&columns, |_| true).unwrap());
    let wanted = TupleWish { of: Of::Strength(2), least: 1, listed: 9 };
    let pairs = tuple_coverage(&columns, &wanted, &Forbidden::default()).unwrap();
    assert_eq!(pairs, pair_coverage(&counts, &Forbidden::default(), 1, 9));
}

#[test]
fn bad_input_is_refused_with_the_reason() {
    assert_eq!(Column::one(2, vec![0, 2]), Err(ColumnError::Code { row: 2, code: 2, kinds: 2 }));
    assert!(Column::several(2, [[0, 1], [0, 7]]).is_err());
    let short = Columns::new(vec![Column::one(2, vec![0]).unwrap(), Column::one(2, vec![]).unwrap()]);
    assert_eq!(short, Err(ColumnError::Length { facet: 2, rows: 0, first: 1 }));
    assert!(
        PairCounts::empty(vec![60_000, 60_000]).unwrap_err().to_string().contains("3600000000 combinations")
    );
    let wide = ones(&[60_000, 60_000, 2], &[]);
    let all = TupleWish { of: Of::Strength(3), least: 1, listed: 0 };
    let refused = |wish: &TupleWish| tuple_coverage(&wide, wish, &Forbidden::default()).unwrap_err();
    assert!(matches!(refused(&all), TupleError::TooLarge(_)));
    for facets in [vec![], vec![1, 1], vec![0, 9]] {
        let named = TupleWish { of: Of::Facets(facets.clone()), ..all.clone() };
        assert_eq!(refused(&named), TupleError::Facets(facets));
    }
    assert_eq!(Cell::new(At::new(1, 0), At::new(1, 1)), Err(CellError::OneFacet(2)));
    let grid = Grid::new(vec![2, 2]).unwrap();
    assert_eq!(
        Forbidden::new(&grid, &[cell((0, 1), (1, 2))]),
        Err(CellError::Unknown { facet: 2, value: 3 })
    );
    let mut counts = PairCounts::empty(vec![2, 2]).unwrap();
    assert_eq!(counts.add(&[&[0]]), Err(CountError::Facets { given: 1, facets: 2 }));
    assert_eq!(counts.add(&[&[0], &[2]]), Err(CountError::Unknown { facet: 2, value: 3 }));
    counts.add(&[&[0], &[1]]).unwrap();
    counts.add(&[&[1], &[0]]).unwrap();
    let before = counts.clone();
    assert_eq!(counts.remove(&[&[0], &[0]]), Err(CountError::NotThere));
    assert_eq!(counts, before);
}

#[test]
fn what_is_tested_and_never_trained_is_told() {
    let train = PairCounts::of(&ones(&[2, 2], &[&[0, 0], &[1, 1]])).unwrap();
    let test = PairCounts::of(&ones(&[2, 2], &[&[0, 0], &[0, 1], &[1, 0], &[1, 1]])).unwrap();
    let unseen = unseen_pairs(&test, &train).unwrap();
    assert_eq!((unseen.untrained, unseen.share()), (2, 0.5));
    assert_eq!(unseen.told(), "50 % of the 4 combinations tested were never trained");
    assert_eq!(unseen_pairs(&test, &PairCounts::empty(vec![2]).unwrap()), None);
}

type Example = Vec<Vec<u16>>;

const KINDS: [u16; 4] = [3, 2, 4, 1];

fn example() -> impl Strategy<Value = Example> {
    KINDS.map(|kinds| prop::collection::vec(0..kinds, 0..3)).to_vec()
}

proptest! {
    #[test]
    fn what_is_kept_up_is_what_is_counted_anew(
        steps in prop::collection::vec((example(), any::<prop::sample::Index>(), 0..3_u8), 0..60),
    ) {
        let mut kept = PairCounts::empty(KINDS.to_vec()).unwrap();
        let mut there: Vec<Example> = Vec::new();
        for (new, which, what) in steps {
            if what == 0 && !there.is_empty() {
                let gone = there.swap_remove(which.index(there.len()));
                kept.remove(&gone.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
            } else {
                kept.add(&new.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
                there.push(new);
            }
        }
        let column = |facet: usize| Column::several(KINDS[facet], there.iter().map(|row| &row[facet])).unwrap();
        let columns = Columns::new((0..KINDS.len()).map(column).collect()).unwrap();
        let anew = PairCounts::of(&columns).unwrap();
        prop_assert_eq!(&kept, &anew);
        // And all by one is as much as both halves.
        let mut halves = PairCounts::of_those(&columns, |row| row % 2 == 0).unwrap();
        halves.merge(&PairCounts::of_those(&columns, |row| row % 2 == 1).unwrap()).unwrap();
        prop_assert_eq!(halves, anew);
    }
}

#[test]
fn an_example_gets_other_values_and_a_new_one_its_first() {
    let mut one = Column::one(3, vec![0, NONE]).unwrap();
    one.put(1, &[2]);
    one.put(3, &[1, 7]);
    assert_eq!(one, Column::one(3, vec![0, 2, NONE, 1]).unwrap());
    let mut several = Column::several(4, [vec![0, 1], vec![], vec![3]]).unwrap();
    several.put(1, &[2, 2, 0]);
    several.put(0, &[]);
    several.put(4, &[1]);
    assert_eq!(several, Column::several(4, [vec![], vec![0, 2], vec![3], vec![], vec![1]]).unwrap());
}

#[test]
fn some_examples_and_what_is_left_without_them() {
    let columns = Columns::new(vec![
        Column::one(2, vec![0, 1, NONE, 0]).unwrap(),
        Column::several(3, [vec![0, 2], vec![1], vec![0], vec![2]]).unwrap(),
    ])
    .unwrap();
    let all = PairCounts::of(&columns).unwrap();
    let some = PairCounts::of(&columns.of_rows(&[1, 3])).unwrap();
    assert_eq!(some, PairCounts::of_those(&columns, |row| row == 1 || row == 3).unwrap());
    assert_eq!(all.without(&some), PairCounts::of(&columns.of_rows(&[0, 2])).unwrap());
}
