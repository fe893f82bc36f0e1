//! The order in which responses stand on the screen: shuffled, so that where one stands tells
//! nothing of who wrote it, and the same for an annotator each time they see the example.

use xxhash_rust::xxh3::xxh3_64;

use crate::example::{Example, Uuid};

/// The responses that say something, in the order in which this annotator sees them.
pub fn presented(example: &Example, annotator: &str) -> Vec<Uuid> {
    let mut keyed: Vec<(u64, Uuid)> = example
        .responses
        .iter()
        .filter(|response| !response.is_blank())
        .map(|response| (key(annotator, example.id, response.id), response.id))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, id)| id).collect()
}

fn key(annotator: &str, example: Uuid, response: Uuid) -> u64 {
    let mut bytes = Vec::with_capacity(annotator.len() + 32);
    // The ids have a fixed length, so that no two of these run together the same way.
    bytes.extend_from_slice(example.as_bytes());
    bytes.extend_from_slice(response.as_bytes());
    bytes.extend_from_slice(annotator.as_bytes());
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
        assert_eq!(presented(&example, "ana"), presented(&example, "ana"));
        let orders: HashSet<_> = (0..40).map(|n| presented(&example, &format!("annotator {n}"))).collect();
        assert!(orders.len() > 10, "{}", orders.len());
    }

    #[test]
    fn a_response_more_leaves_the_others_in_their_order() {
        let mut example = example();
        let before = presented(&example, "ana");
        example.responses.push(Response::new(None, "e"));
        let new = example.responses.last().map(|response| response.id);
        let after = presented(&example, "ana");
        assert_eq!(after.into_iter().filter(|id| Some(*id) != new).collect::<Vec<_>>(), before);
    }

    #[test]
    fn empty_responses_are_not_ranked() {
        let mut example = example();
        example.responses.push(Response::new(None, "  "));
        assert_eq!(presented(&example, "ana").len(), 4);
    }
}
