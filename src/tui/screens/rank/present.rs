//! The order in which responses stand on the screen: shuffled, so that where one stands tells
//! nothing of who wrote it, and the same for an annotator each time they see the example.

use xxhash_rust::xxh3::xxh3_64;

use crate::example::{Example, Uuid};

/// How many other shuffles are looked at for one that differs from the first.
const TRIES: u8 = 16;

/// The responses that say something, in the order in which this annotator sees them; where they see
/// the example `again`, in another one.
pub fn presented(example: &Example, annotator: &str, again: bool) -> Vec<Uuid> {
    let first = shuffled(example, annotator, 0);
    if !again {
        return first;
    }
    // One of two orders is often the same as the other shuffle's: then the next one.
    (1..=TRIES).map(|salt| shuffled(example, annotator, salt)).find(|other| *other != first).unwrap_or(first)
}

fn shuffled(example: &Example, annotator: &str, salt: u8) -> Vec<Uuid> {
    let mut keyed: Vec<(u64, Uuid)> = example
        .responses
        .iter()
        .filter(|response| !response.is_blank())
        .map(|response| (key(annotator, example.id, response.id, salt), response.id))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, id)| id).collect()
}

fn key(annotator: &str, example: Uuid, response: Uuid, salt: u8) -> u64 {
    let mut bytes = Vec::with_capacity(annotator.len() + 32);
    // The ids have a fixed length, so that no two of these run together the same way.
    bytes.extend_from_slice(example.as_bytes());
    bytes.extend_from_slice(response.as_bytes());
    bytes.extend_from_slice(annotator.as_bytes());
    if salt > 0 {
        // No name ends like this: a control character is in none.
        bytes.extend_from_slice(&[0, salt]);
    }
    xxh3_64(&bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::example::{Kind, Prompt, Response};

    fn example() -> Example {
        let responses = ["a", "b", "c", "d"].map(|text| Response::new(None, text));
        Example { responses: responses.to_vec(), ..Example::new(Kind::Preference, Prompt::user("?")) }
    }

    #[test]
    fn the_order_is_the_same_each_time_and_another_for_each_annotator() {
        let example = example();
        assert_eq!(presented(&example, "ana", false), presented(&example, "ana", false));
        let orders: HashSet<_> =
            (0..40).map(|n| presented(&example, &format!("annotator {n}"), false)).collect();
        assert!(orders.len() > 10, "{}", orders.len());
    }

    #[test]
    fn a_response_more_leaves_the_others_in_their_order() {
        let mut example = example();
        let before = presented(&example, "ana", false);
        example.responses.push(Response::new(None, "e"));
        let new = example.responses.last().map(|response| response.id);
        let after = presented(&example, "ana", false);
        assert_eq!(after.into_iter().filter(|id| Some(*id) != new).collect::<Vec<_>>(), before);
    }

    #[test]
    fn again_the_order_is_another_one_and_the_same_each_time() {
        let mut example = example();
        assert_ne!(presented(&example, "ana", true), presented(&example, "ana", false));
        assert_eq!(presented(&example, "ana", true), presented(&example, "ana", true));
        example.responses.truncate(2);
        for n in 0..40 {
            let name = format!("annotator {n}");
            assert_ne!(presented(&example, &name, true), presented(&example, &name, false));
        }
    }

    #[test]
    fn empty_responses_are_not_ranked() {
        let mut example = example();
        example.responses.push(Response::new(None, "  "));
        assert_eq!(presented(&example, "ana", false).len(), 4);
    }
}
