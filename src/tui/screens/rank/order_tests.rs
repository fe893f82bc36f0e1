//! What typing an order promises.

use std::collections::{BTreeSet, HashSet};

use proptest::prelude::*;

use super::*;

fn typed(responses: usize, keys: &str) -> (Order, Effect) {
    let mut order = Order::new(responses);
    let mut last = Effect::Changed;
    for key in keys.chars().filter(|c| *c != ' ') {
        last = order.press(match key {
            '=' => Key::Tie,
            '0' => Key::Bad,
            '<' => Key::Back,
            digit => Key::Place(digit as usize - '0' as usize),
        });
    }
    (order, last)
}

/// The order in a form to compare: `3>1=2|4`.
fn told(order: &Order) -> String {
    let places = order.places();
    let numbers = |tier: &[usize]| tier.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join("=");
    let tiers: Vec<String> = places.tiers.iter().map(|tier| numbers(tier)).collect();
    let bad = if places.bad.is_empty() { String::new() } else { format!("|{}", numbers(&places.bad)) };
    format!("{}{bad}", tiers.join(">"))
}

fn complete(responses: usize, keys: &str) -> String {
    let (order, last) = typed(responses, keys);
    assert_eq!(last, Effect::Complete, "{responses}: {keys}");
    told(&order)
}

#[test]
fn digits_rank_and_the_last_one_places_itself() {
    assert_eq!(complete(3, "3 1"), "3>1>2");
    assert_eq!(complete(4, "2 4 1"), "2>4>1>3");
    assert_eq!(typed(3, "3").1, Effect::Changed);
}

#[test]
fn with_two_responses_one_key_decides() {
    assert_eq!(["1", "2", "=", "0"].map(|key| complete(2, key)), ["1>2", "2>1", "1=2", "|1=2"]);
}

#[test]
fn a_tie_ties_with_the_one_before_and_twice_ties_the_rest() {
    assert_eq!(complete(3, "3 = 1"), "3=1>2");
    assert_eq!(complete(4, "3 1 = 4"), "3>1=4>2");
    assert_eq!(complete(3, "3 = ="), "3>1=2");
    assert_eq!(complete(3, "= ="), "1=2=3");
    assert_eq!(complete(4, "4 = 1 = ="), "4=1>2=3");
}

#[test]
fn zero_calls_the_rest_bad() {
    assert_eq!(complete(3, "0"), "|1=2=3");
    assert_eq!(complete(3, "3 0"), "3|1=2");
    assert_eq!(complete(4, "3 = 1 0"), "3=1|2=4");
    assert_eq!(complete(3, "3 = 0"), "3|1=2");
}

#[test]
fn one_response_is_kept_or_bad() {
    assert_eq!(complete(1, "1"), "1");
    assert_eq!(complete(1, "0"), "|1");
    assert!(matches!(typed(1, "=").1, Effect::Refused(_)));
}

#[test]
fn keys_that_do_nothing_say_why() {
    let why = |responses, keys| match typed(responses, keys).1 {
        Effect::Refused(why) => why,
        other => panic!("{other:?}"),
    };
    assert_eq!(why(3, "4"), "there is no response 4: they are 1 to 3");
    assert_eq!(why(3, "3 3"), "3 has its place already; backspace takes keys back");
    assert!(why(3, "<").contains("undo"));
    assert!(why(0, "1").contains("no response"));
}

#[test]
fn the_line_grows_with_the_keys() {
    let line = |keys| {
        let order = typed(3, keys).0;
        format!("{} / {}", order.line(), order.gives())
    };
    assert_eq!(line(""), "best _ / ");
    assert_eq!(line("1"), "best 1  then _ / once placed  1>2 1>3");
    assert_eq!(line("1="), "best 1 = _ / ");
    assert_eq!(line("13"), "best 1  then 3  then 2 / gives  1>3 1>2 3>2");
    assert_eq!(line("10"), "best 1  bad 2 = 3 / gives  1>2 1>3");
    assert_eq!(line("0"), "best none  bad 1 = 2 = 3 / ");
    assert_eq!(line("="), "best = _ / ");
    let order = typed(4, "21").0;
    assert_eq!(order.gives(), "gives  2>1  once placed  2>3 2>4 1>3 1>4");
    assert_eq!(typed(4, "21=").0.gives(), "gives  2>1  once placed  2>3 2>4");
}

/// All sequences of keys up to a length, by walking them.
fn walk(order: &Order, keys: &[Key], depth: usize, see: &mut impl FnMut(&Order, Key, &Effect, &Order)) {
    for &key in keys {
        let mut next = order.clone();
        let effect = next.press(key);
        see(order, key, &effect, &next);
        if depth > 1 && effect == Effect::Changed && key != Key::Back {
            walk(&next, keys, depth - 1, see);
        }
    }
}

fn all_keys(responses: usize) -> Vec<Key> {
    (1..=responses + 1).map(Key::Place).chain([Key::Tie, Key::Bad, Key::Back]).collect()
}

#[test]
fn no_key_is_swallowed_whatever_was_typed_before() {
    for responses in 0..=4 {
        let mut seen = 0;
        walk(&Order::new(responses), &all_keys(responses), 8, &mut |before, key, effect, after| {
            seen += 1;
            match effect {
                Effect::Refused(why) => assert!(!why.is_empty() && before == after, "{key:?}"),
                _ => assert_ne!(before, after, "{key:?} after {before:?}"),
            }
        });
        assert!(seen >= 3);
    }
}

#[test]
fn every_order_with_ties_and_a_line_can_be_typed() {
    // Orders of n with ties and an optional set below the line: all ways to number responses with
    // tiers 0.., no gaps, and a last class that may be bad.
    fn orders(n: usize) -> HashSet<(Vec<BTreeSet<usize>>, BTreeSet<usize>)> {
        let mut all = HashSet::new();
        for code in 0..(n + 1).pow(u32::try_from(n).unwrap_or(0)) {
            let (mut code, mut classes) = (code, vec![BTreeSet::new(); n + 1]);
            for response in 0..n {
                classes[code % (n + 1)].insert(response);
                code /= n + 1;
            }
            // The class of number n is below the line.
            let bad = classes.pop().unwrap_or_default();
            let used = classes.iter().take_while(|tier| !tier.is_empty()).count();
            if classes[used..].iter().all(BTreeSet::is_empty) {
                all.insert((classes[..used].to_vec(), bad));
            }
        }
        all
    }
    for n in 1..=4 {
        let mut reached = HashSet::new();
        walk(&Order::new(n), &all_keys(n), 9, &mut |_, _, effect, after| {
            if *effect == Effect::Complete {
                let places = after.places();
                let tiers: Vec<BTreeSet<usize>> =
                    places.tiers.iter().map(|tier| tier.iter().copied().collect()).collect();
                reached.insert((tiers, places.bad.iter().copied().collect::<BTreeSet<_>>()));
            }
        });
        let missing: Vec<_> = orders(n).into_iter().filter(|order| !reached.contains(order)).collect();
        // With one left the order is complete before it could be called bad: it is the worst anyway.
        assert!(
            missing.iter().all(|(tiers, bad)| bad.len() == 1 && tiers.iter().map(BTreeSet::len).sum::<usize>() == n - 1),
            "{n}: {missing:?}"
        );
    }
}

fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![(1..=10usize).prop_map(Key::Place), Just(Key::Tie), Just(Key::Bad), Just(Key::Back)]
}

proptest! {
    #[test]
    fn responses_are_placed_once_and_none_is_lost(n in 0..=12usize, keys in prop::collection::vec(any_key(), 0..40)) {
        let mut order = Order::new(n);
        for key in keys {
            let before = order.clone();
            let effect = order.press(key);
            let places = order.places();
            let mut all: Vec<usize> =
                places.tiers.iter().flatten().chain(&places.bad).chain(&places.rest).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..n).collect::<Vec<_>>());
            prop_assert!(places.tiers.iter().all(|tier| !tier.is_empty()));
            prop_assert_eq!(places.is_complete(), effect == Effect::Complete || before == order && before.places().is_complete());
            if let Effect::Refused(why) = effect {
                prop_assert!(!why.is_empty());
                prop_assert_eq!(&before, &order);
            } else {
                prop_assert_ne!(&before, &order);
            }
        }
    }

    #[test]
    fn tiers_make_the_order_that_typing_them_makes(worth in prop::collection::vec(0usize..4, 2..=8)) {
        let mut tiers: Vec<Vec<usize>> = (0..4).map(|of| (0..worth.len()).filter(|at| worth[*at] == of).collect()).collect();
        tiers.retain(|tier: &Vec<usize>| !tier.is_empty());
        prop_assert_eq!(Order::of(worth.len(), &tiers).places().tiers, tiers);
    }

    #[test]
    fn backspace_takes_back_exactly_one_key(n in 2..=9usize, keys in prop::collection::vec(any_key(), 0..20), key in any_key()) {
        let mut order = Order::new(n);
        for key in keys { order.press(key); }
        let before = order.clone();
        if key != Key::Back && !matches!(order.press(key), Effect::Refused(_)) {
            prop_assert_eq!(order.press(Key::Back), Effect::Changed);
            prop_assert_eq!(order, before);
        }
    }
}
