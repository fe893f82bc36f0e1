//! `goldset model` and `goldset tokens`.

use serde_json::json;

use crate::support::World;

/// A vocabulary of bytes without merges, and the markers of a form.
fn tokenizer(special: &[&str]) -> String {
    let letters = (0_u32..256).map(|byte| match byte {
        33..=126 | 161..=172 | 174..=255 => char::from_u32(byte).unwrap(),
        // As GPT-2 writes the other bytes: from U+0100 on, in order.
        0..=32 => char::from_u32(256 + byte).unwrap(),
        127..=160 => char::from_u32(256 + 33 + byte - 127).unwrap(),
        _ => char::from_u32(256 + 67).unwrap(),
    });
    let vocabulary: serde_json::Map<String, serde_json::Value> =
        letters.enumerate().map(|(id, letter)| (letter.to_string(), json!(id))).collect();
    let added: Vec<_> = special
        .iter()
        .enumerate()
        .map(|(id, word)| {
            json!({"id": 256 + id, "content": word, "single_word": false, "lstrip": false, "rstrip": false,
                   "normalized": false, "special": true})
        })
        .collect();
    json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": added, "normalizer": null,
        "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
        "post_processor": null, "decoder": null,
        "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
            "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
            "vocab": vocabulary, "merges": []},
    })
    .to_string()
}

#[test]
fn a_model_is_chosen_shown_changed_and_cleared() {
    let world = World::with_examples();
    assert!(world.ok(&["model", "d.goldset"]).contains("no model is chosen"));
    assert_eq!(world.json(&["model", "d.goldset", "--json"]), json!({"model": null}));
    let out = world.ok(&["model", "d.goldset", "gpt-4o"]);
    assert!(out.contains("o200k_base, built in") && out.contains("65,536 tokens an example"), "{out}");
    world.ok(&["model", "d.goldset", "--limit", "20"]);
    assert_eq!(
        world.json(&["model", "d.goldset", "--json"])["model"],
        json!({"name": "gpt-4o", "vocabulary": "o200k", "stands_in": false, "form": "open-ai", "limit": 20})
    );
    let out = world.ok(&["model", "d.goldset", "claude-3-haiku"]);
    assert!(out.contains("not public") && out.contains("32,000"), "{out}");
    world.ok(&["model", "d.goldset", "--clear"]);
    assert_eq!(world.json(&["model", "d.goldset", "--json"]), json!({"model": null}));
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}

#[test]
fn known_models_are_listed_without_a_dataset() {
    let world = World::new();
    let out = world.ok(&["model", "--list"]);
    assert!(out.contains("gpt-4o-mini") && out.contains("qwen2.5") && out.contains("131,072"), "{out}");
    let models = world.json(&["model", "--list", "--json"])["models"].clone();
    assert!(models.as_array().unwrap().iter().all(|model| model["as_of"].is_string()));
}

#[test]
fn what_can_not_count_is_refused_with_a_reason() {
    let world = World::with_examples();
    world.write("broken.json", "{\"model\": ");
    for (arguments, reason) in [
        (&["model", "d.goldset", "nonesuch"][..], "not known by name"),
        (&["model", "d.goldset", "qwen3"], "--tokenizer"),
        (&["model", "d.goldset", "--limit", "5"], "no model is chosen yet"),
        (&["model", "d.goldset", "x", "--tokenizer", "none.json"], "none.json"),
        (&["model", "d.goldset", "x", "--tokenizer", "broken.json"], "JSON is broken"),
        (&["model", "d.goldset", "x", "--form", "yaml"], "yaml"),
        (&["model"], "DATASET"),
        (&["tokens"], "DATASET"),
        (&["tokens", "--text", "none.txt"], "none.txt"),
        (&["tokens", "d.goldset", "--lines"], "--lines"),
    ] {
        let sentence = world.refused(arguments);
        assert!(sentence.contains(reason), "{arguments:?}: {sentence}");
    }
    assert_eq!(world.json(&["model", "d.goldset", "--json"]), json!({"model": null}));
}

#[test]
fn a_dataset_is_counted_and_what_is_over_the_limit_is_listed() {
    let world = World::with_examples();
    world.ok(&["model", "d.goldset", "gpt-4o"]);
    let told = world.json(&["tokens", "d.goldset", "--json"]);
    assert_eq!((&told["model"], &told["limit"]), (&json!("gpt-4o"), &json!(65_536)));
    assert_eq!((&told["examples"], &told["about"], &told["over"]), (&json!(4), &json!(0), &json!([])));
    let longest = told["conversation"]["max"].as_u64().unwrap();
    assert!(longest > told["prompt"]["min"].as_u64().unwrap());
    let out = world.ok(&["tokens", "d.goldset"]);
    assert!(out.contains("4 examples for gpt-4o") && out.contains("conversation"), "{out}");

    world.ok(&["model", "d.goldset", "--limit", &(longest - 1).to_string()]);
    let run = world.run(&["tokens", "d.goldset"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("over the limit") && run.out.contains("too many"), "{}", run.out);
    let over = world.json(&["tokens", "d.goldset", "--json"])["over"].clone();
    assert_eq!(over[0]["over"], 1);
    let number = over[0]["number"].as_i64().unwrap();
    let run = world.run(&["tokens", "d.goldset", "--where", &format!("-#{number}"), "--json"]);
    assert!(run.out.contains("\"examples\":3"), "{}", run.out);
}

#[test]
fn a_tokenizer_below_the_dataset_moves_with_it() {
    let world = World::with_examples();
    std::fs::create_dir(world.path("models")).unwrap();
    world.write("models/tokenizer.json", tokenizer(&["<|im_start|>", "<|im_end|>"]));
    world.ok(&["model", "d.goldset", "qwen3", "--tokenizer", "models/tokenizer.json", "--limit", "1000"]);
    assert_eq!(world.json(&["model", "d.goldset", "--json"])["model"]["vocabulary"], "models/tokenizer.json");
    let told = world.json(&["tokens", "d.goldset", "--where", "#1", "--json"]);
    // A token for every byte of `user\n…\n` and `assistant\n`, and one for each of three markers.
    let bytes = "user\nWhere is my refund?\nassistant\n".len() as u64;
    assert_eq!((told["prompt"]["max"].as_u64(), &told["about"]), (Some(bytes + 3), &json!(0)));

    let elsewhere = world.path("elsewhere");
    std::fs::create_dir(&elsewhere).unwrap();
    for name in ["d.goldset", "models"] {
        std::fs::rename(world.path(name), elsewhere.join(name)).unwrap();
    }
    assert_eq!(world.json(&["tokens", "elsewhere/d.goldset", "--where", "#1", "--json"]), told);
    std::fs::remove_dir_all(elsewhere.join("models")).unwrap();
    assert!(world.refused(&["tokens", "elsewhere/d.goldset"]).contains("can't be read"));
}

#[test]
fn markers_that_a_vocabulary_lacks_are_told() {
    let world = World::with_examples();
    world.write("plain.json", tokenizer(&[]));
    let run = world.run(&["model", "d.goldset", "x", "--tokenizer", "plain.json", "--form", "llama3"]);
    assert_eq!(run.code, 0);
    assert!(run.err.contains("counted about"), "{}", run.err);
    assert_eq!(world.json(&["tokens", "d.goldset", "--json"])["about"], 4);
}

#[test]
fn a_text_is_counted_without_a_dataset() {
    let world = World::new();
    world.write("a.txt", "Where is my parcel?\n\nOn its way.\n");
    assert_eq!(world.ok(&["tokens", "--text", "a.txt", "--lines"]), "5\n0\n4\n");
    assert_eq!(world.ok(&["tokens", "--text", "a.txt"]), "9\n");
    let run = world.run_with_input(&["tokens", "--text", "-", "--json", "--vocabulary", "cl100k"], "parcel");
    assert_eq!(run.out, "{\"tokens\":1,\"about\":false}\n");
    world.write("t.json", tokenizer(&["<x>"]));
    assert_eq!(world.ok(&["tokens", "--text", "a.txt", "--tokenizer", "t.json"]), "33\n");
    world.write("latin1.txt", b"caf\xe9");
    assert!(world.refused(&["tokens", "--text", "latin1.txt"]).contains("line 1"));
    assert!(world.run_with_input(&["tokens", "--text", "-"], "x".repeat(200_000)).out.starts_with("about "));
}
