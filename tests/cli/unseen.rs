//! `goldset coverage --unseen`: what is estimated of kinds that nobody has seen.

use serde_json::Value;

use crate::support::World;

#[test]
fn kinds_that_were_seen_once_and_twice_tell_of_those_never_seen() {
    let world = World::with_dataset();
    // the open facet `topic`: two kinds seen once, one twice, one four times
    let topics = ["a", "b", "c", "c", "d", "d", "d", "d"];
    let line = |(n, topic): (usize, &&str)| {
        format!(r#"{{"prompt": "question {n}", "response": "answer", "tags": "{topic}"}}"#)
    };
    world.write("t.jsonl", topics.iter().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    world.ok(&["import", "d.goldset", "t.jsonl", "--map", "prompt=prompt,response=response,tag:topic=tags"]);
    let told = world.json(&["coverage", "d.goldset", "--unseen", "--json"]);
    let topic = &told["facets"][0];
    assert_eq!(
        (&topic["name"], topic["seen"].as_u64(), topic["observed"].as_u64()),
        (&"topic".into(), Some(4), Some(8))
    );
    // Chao 1984: 7/8 · 2² / (2 · 1)
    assert_eq!((topic["unseen"].as_f64(), topic["at_least"].as_f64()), (Some(1.75), Some(5.75)));
    let ends: Vec<f64> = topic["interval"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    assert!(matches!(ends[..], [low, high] if 4.0 < low && low < 5.75 && 5.75 < high), "{ends:?}");
    // question, answer, and eight numbers
    assert_eq!((told["words"]["seen"].as_u64(), told["words"]["once"].as_u64()), (Some(10), Some(8)));
    let run = world.run(&["coverage", "d.goldset", "--unseen"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("topic") && run.out.contains("by chance"), "{}", run.out);
}
