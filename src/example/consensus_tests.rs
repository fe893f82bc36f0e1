use proptest::prelude::*;

use super::*;
use crate::example::{Details, new_id};

fn ids<const N: usize>() -> [Uuid; N] {
    std::array::from_fn(|_| new_id())
}

fn ranked(name: &str, tiers: &[&[Uuid]], bad: &[Uuid]) -> Ranking {
    Ranking { bad: bad.to_vec(), ..Ranking::new(name, tiers.iter().map(|tier| tier.to_vec()).collect()) }
}

fn cannot(name: &str) -> Ranking {
    let details = Details { cannot: Some("not my subject".to_owned()), ..Details::default() };
    Ranking { details, ..Ranking::new(name, Vec::new()) }
}

fn chosen(consensus: &Consensus) -> HashSet<(Uuid, Uuid)> {
    consensus.pairs.iter().map(|decided| (decided.pair.chosen, decided.pair.rejected)).collect()
}

#[test]
fn one_ranking_is_what_it_says() {
    let [a, b, c] = ids();
    let one = ranked("ana", &[&[b], &[a]], &[c]);
    let consensus = Consensus::of(std::slice::from_ref(&one));
    assert_eq!(consensus.state, Agreed::Single);
    assert_eq!(consensus.agreement, None);
    assert_eq!(chosen(&consensus), one.pairs().iter().map(|pair| (pair.chosen, pair.rejected)).collect());
    assert_eq!((consensus.best, consensus.bad.clone()), (Some(b), vec![c]));
    assert!((consensus.strength - 1.0).abs() < 1e-12);
}

#[test]
fn more_than_half_decide_each_pair() {
    let [a, b] = ids();
    let two_of_three = [
        ranked("ana", &[&[a], &[b]], &[]),
        ranked("bo", &[&[a], &[b]], &[]),
        ranked("cy", &[&[b], &[a]], &[]),
    ];
    let consensus = Consensus::of(&two_of_three);
    assert_eq!((consensus.state, consensus.best), (Agreed::Majority, Some(a)));
    assert!((consensus.strength - 1.0 / 3.0).abs() < 1e-12);
    assert!((consensus.agreement.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    let split = Consensus::of(two_of_three.get(1..).unwrap());
    assert_eq!((split.state, split.best, split.pairs.len()), (Agreed::Unresolved, None, 0));
}

#[test]
fn a_tie_is_a_vote_and_never_a_pair() {
    let [a, b] = ids();
    let tied =
        [ranked("ana", &[&[a, b]], &[]), ranked("bo", &[&[a, b]], &[]), ranked("cy", &[&[a], &[b]], &[])];
    let consensus = Consensus::of(&tied);
    assert_eq!((consensus.state, consensus.pairs.len(), consensus.best), (Agreed::Majority, 0, None));
    assert_eq!(consensus.tiers.len(), 1);
}

#[test]
fn a_circle_of_majorities_is_unresolved() {
    let [a, b, c] = ids();
    let circle = [
        ranked("ana", &[&[a], &[b], &[c]], &[]),
        ranked("bo", &[&[b], &[c], &[a]], &[]),
        ranked("cy", &[&[c], &[a], &[b]], &[]),
    ];
    let consensus = Consensus::of(&circle);
    assert_eq!(consensus.state, Agreed::Unresolved);
    assert!(consensus.tiers.is_empty() && consensus.best.is_none() && consensus.is_circular);
}

#[test]
fn a_tie_closes_a_circle_too() {
    let [a, b, c] = ids();
    // Most say: a over b, c over a, b and c the same.
    let circle = [
        ranked("ana", &[&[a], &[b, c]], &[]),
        ranked("bo", &[&[c], &[a], &[b]], &[]),
        ranked("cy", &[&[b, c], &[a]], &[]),
    ];
    let consensus = Consensus::of(&circle);
    assert_eq!((consensus.state, consensus.is_circular), (Agreed::Unresolved, true));
    assert!(consensus.tiers.is_empty());
}

#[test]
fn orders_of_parts_agree_only_where_somebody_judged_what_another_did() {
    let [a, b, c] = ids();
    let apart = [ranked("ana", &[&[a], &[b]], &[]), ranked("bo", &[&[b], &[c]], &[])];
    let consensus = Consensus::of(&apart);
    assert_eq!((consensus.state, consensus.is_circular), (Agreed::Unresolved, false));
    let [one, two] = apart;
    let third = ranked("cy", &[&[a], &[b]], &[]);
    assert_eq!(Consensus::of(&[one, two, third]).state, Agreed::Unanimous);
}

#[test]
fn the_best_may_be_plain_where_the_rest_is_not_agreed() {
    let [a, b, c] = ids();
    let two = [ranked("ana", &[&[a], &[b], &[c]], &[]), ranked("bo", &[&[a], &[c], &[b]], &[])];
    let consensus = Consensus::of(&two);
    assert_eq!(
        (consensus.state, consensus.best, consensus.is_circular),
        (Agreed::Unresolved, Some(a), false)
    );
    assert_eq!(chosen(&consensus), HashSet::from([(a, b), (a, c)]));
    // Who was not held against every other is not known to be the best.
    let apart = [ranked("ana", &[&[a], &[b]], &[]), ranked("bo", &[&[b], &[c]], &[])];
    assert_eq!(Consensus::of(&apart).best, None);
}

#[test]
fn pairs_of_those_that_win_most_come_first() {
    let [a, b, c] = ids();
    let one = ranked("ana", &[&[c], &[a], &[b]], &[]);
    let consensus = Consensus::of(std::slice::from_ref(&one));
    let pairs: Vec<Pair> = consensus.pairs.iter().map(|decided| decided.pair).collect();
    assert_eq!(pairs, one.pairs());
}

#[test]
fn who_cannot_judge_agrees_with_nobody() {
    let [a, b] = ids();
    let one = Consensus::of(&[ranked("ana", &[&[a], &[b]], &[]), cannot("bo")]);
    assert_eq!((one.state, one.agreement, one.abstentions), (Agreed::Unresolved, Some(0.0), 1));
    let two =
        Consensus::of(&[ranked("ana", &[&[a], &[b]], &[]), ranked("cy", &[&[a], &[b]], &[]), cannot("bo")]);
    assert_eq!(two.state, Agreed::Majority);
    assert_eq!(Consensus::of(&[cannot("bo")]).state, Agreed::Unresolved);
    assert_eq!(Consensus::of(&[]).state, Agreed::Unranked);
}

#[test]
fn what_review_decided_counts_alone() {
    let [a, b] = ids();
    let mut last = ranked("rita", &[&[b], &[a]], &[]);
    last.details.standing = Standing::Final;
    let consensus =
        Consensus::of(&[ranked("ana", &[&[a], &[b]], &[]), ranked("bo", &[&[a], &[b]], &[]), last]);
    assert_eq!((consensus.state, consensus.best), (Agreed::Adjudicated, Some(b)));
    assert_eq!((consensus.judgements, consensus.agreement), (2, Some(1.0)));
}

#[test]
fn all_bad_gives_no_pair_and_no_best() {
    let [a, b] = ids();
    let bad = Consensus::of(&[ranked("ana", &[], &[a, b]), ranked("bo", &[], &[a, b])]);
    assert_eq!((bad.state, bad.best, bad.pairs.len(), bad.bad.len()), (Agreed::Unanimous, None, 0, 2));
}

/// Rankings of four responses by so many people; a place of 4 is bad, of 5 not placed.
fn rankings() -> impl Strategy<Value = (Vec<Uuid>, Vec<Ranking>)> {
    prop::collection::vec(prop::collection::vec(0_usize..6, 4), 1..5).prop_map(|people| {
        let responses: Vec<Uuid> = ids::<4>().to_vec();
        let of = |(who, places): (usize, Vec<usize>)| {
            let at = |place: usize| -> Vec<Uuid> {
                responses
                    .iter()
                    .zip(&places)
                    .filter(|(_, there)| **there == place)
                    .map(|(id, _)| *id)
                    .collect()
            };
            let tiers: Vec<Vec<Uuid>> = (0..4).map(at).filter(|tier| !tier.is_empty()).collect();
            Ranking { bad: at(4), ..Ranking::new(format!("{who}"), tiers) }
        };
        let rankings =
            people.into_iter().enumerate().map(of).filter(|one| one.check(&responses).is_ok()).collect();
        (responses, rankings)
    })
}

proptest! {
    #[test]
    fn the_order_of_the_rankings_changes_nothing((_, rankings) in rankings()) {
        let mut turned = rankings.clone();
        turned.reverse();
        prop_assert_eq!(Consensus::of(&rankings), Consensus::of(&turned));
    }

    #[test]
    fn no_pair_is_tied_or_unplaced((_, rankings) in rankings()) {
        let consensus = Consensus::of(&rankings);
        for decided in &consensus.pairs {
            let Pair { chosen, rejected } = decided.pair;
            // More than half of those who placed both put the one above the other.
            let votes: Vec<_> = rankings.iter().filter_map(|one| vote(&places(one), (chosen, rejected))).collect();
            let won = votes.iter().filter(|vote| **vote == Vote::First).count();
            prop_assert!(2 * won > votes.len());
        }
        if let [only] = rankings.as_slice() {
            let pairs: HashSet<_> = only.pairs().iter().map(|pair| (pair.chosen, pair.rejected)).collect();
            prop_assert_eq!(chosen(&consensus), pairs);
        }
    }
}
