//! Bias and care of annotators.

use super::*;
use crate::curation::judged::{JudgedExample, Judgement};
use crate::example::Standing;

fn ranked(annotator: usize, places: &[u8], shown: &[u8]) -> Judgement {
    Judgement {
        annotator,
        places: places.iter().copied().map(Some).collect(),
        bad: vec![false; places.len()],
        shown: (0..places.len()).map(|at| shown.get(at).copied()).collect(),
        strength: None,
        certainty: None,
        millis: None,
        standing: Standing::Own,
    }
}

fn example(id: i64, lengths: &[u32], judgements: Vec<Judgement>) -> JudgedExample {
    let lengths = lengths.to_vec();
    JudgedExample { id, authors: vec![None; lengths.len()], lengths, judgements, ..JudgedExample::default() }
}

fn dataset(examples: Vec<JudgedExample>) -> Judgements {
    Judgements { annotators: vec!["anna".into(), "ben".into()], authors: Vec::new(), examples }
}

// Values of scipy 1.17.1 and numpy 2.4.6.
#[test]
fn length_bias_is_that_of_other_software() {
    let chosen = [120, 340, 80, 400, 220, 510, 90, 310, 150, 260];
    let rejected = [100, 200, 95, 310, 225, 330, 60, 300, 180, 120];
    let pair =
        |(id, (won, lost)): (i64, (u32, u32))| example(id, &[lost, won], vec![ranked(0, &[2, 1], &[])]);
    let all = dataset((1..).zip(chosen.into_iter().zip(rejected)).map(pair).collect());
    let is = over_all(&all);
    assert_eq!(is.longer_wins, Share { x: 7.0, n: 10.0 });
    assert!((is.longer_wins.by_chance().unwrap() - 0.343_75).abs() < 1e-9);
    assert!((is.log_ratio.unwrap() - 0.223_796_027_833_472_47).abs() < 1e-9);
    assert_eq!(is.first_wins, Share::default());
    assert_eq!((is.own, is.gold, is.median_millis), (None, None, None));
}

#[test]
fn position_counts_where_responses_stood_on_the_screen() {
    let all = dataset(vec![
        // The second response was shown first, and wins.
        example(1, &[5, 5, 5], vec![ranked(0, &[2, 1, 3], &[1, 0, 2])]),
        // Shown last, and wins; the other two are tied.
        example(2, &[5, 5, 5], vec![ranked(0, &[2, 2, 1], &[0, 1, 2])]),
        // Two are the best: no sole best.
        example(3, &[5, 5, 5], vec![ranked(0, &[1, 1, 2], &[0, 1, 2])]),
        // In the middle, and wins: neither first nor last.
        example(4, &[5, 5, 5], vec![ranked(0, &[2, 1, 3], &[0, 1, 2])]),
    ]);
    let is = &reports(&all)[0];
    assert_eq!(is.first_best, Share { x: 1.0, n: 2.0 });
    assert_eq!(is.first_wins, Share { x: 3.0 + 0.0 + 2.0 + 2.0, n: 3.0 + 2.0 + 2.0 + 3.0 });
    assert_eq!(is.ties, Share { x: 2.0, n: 12.0 });
    // Equal lengths are left out.
    assert_eq!(is.longer_wins, Share::default());
}

#[test]
fn repeats_and_gold_tell_how_reliable_and_how_right_one_is() {
    let mut gold = ranked(1, &[1, 2, 2], &[]);
    gold.standing = Standing::Gold;
    let mut once = example(1, &[5, 6, 7], vec![gold, ranked(0, &[1, 2, 3], &[])]);
    once.repeats = vec![ranked(0, &[1, 3, 2], &[]), ranked(1, &[3, 2, 1], &[])];
    let is = reports(&dataset(vec![once]));
    assert_eq!(is.len(), 1, "the one who made the gold ranking is not measured by it");
    assert_eq!(is[0].own, Some(Share { x: 2.0, n: 3.0 }));
    assert_eq!(is[0].gold, Some(Share { x: 2.0, n: 2.0 }), "what gold ties decides nothing");
}

#[test]
fn time_and_abstentions_are_counted() {
    let timed = |millis, places: &[u8]| Judgement { millis, ..ranked(0, places, &[]) };
    let all = dataset(vec![
        example(1, &[5, 6], vec![timed(Some(1_000), &[1, 2])]),
        example(2, &[5, 6], vec![timed(Some(4_000), &[1, 2])]),
        example(3, &[5, 6], vec![timed(None, &[1, 2])]),
        example(4, &[5, 6], vec![timed(Some(10), &[])]),
    ]);
    let is = over_all(&all);
    assert_eq!((is.judgements, is.abstentions, is.median_millis), (4, 1, Some(2_500)));
    assert_eq!(is.hasty, Share { x: 1.0, n: 2.0 });
    assert_eq!(is.ties, Share { x: 0.0, n: 3.0 });
}

#[test]
fn over_all_is_the_sum_of_each() {
    let all = dataset(vec![
        example(1, &[5, 6], vec![ranked(0, &[1, 2], &[0, 1]), ranked(1, &[2, 1], &[1, 0])]),
        example(2, &[9, 6], vec![ranked(1, &[1, 2], &[0, 1])]),
    ]);
    let each = reports(&all);
    let mut sum = each[0].longer_wins;
    sum.merge(each[1].longer_wins);
    let is = over_all(&all);
    assert_eq!((is.longer_wins, is.judgements, is.annotator), (sum, 3, None));
    assert_eq!(each.iter().map(|report| report.annotator).collect::<Vec<_>>(), [Some(0), Some(1)]);
}

#[test]
fn a_model_learns_of_usable_examples_only() {
    let ranking = || vec![ranked(0, &[1, 2, 2], &[0, 1, 2])];
    let usable = JudgedExample { is_usable: true, ..example(1, &[9, 5, 4], ranking()) };
    let all = dataset(vec![usable, example(2, &[1, 5, 50], ranking())]);
    assert_eq!(over_all(&all).longer_wins, Share { x: 2.0, n: 4.0 });
    assert_eq!(over_usable(&all).longer_wins, Share { x: 2.0, n: 2.0 });
    let pairs = PairLengths::of(&all);
    let [chosen, rejected] = [pairs.chosen, pairs.rejected].map(|lengths| lengths.unwrap().largest);
    assert_eq!((pairs.decided, chosen, rejected), (2, 9, 5), "the tied pair has no better one");
    assert_eq!(PairLengths::of(&dataset(Vec::new())), PairLengths::default());
}
