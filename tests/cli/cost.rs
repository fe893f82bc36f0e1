//! `goldset cost`: tokens, prices, and the work that is left.

use serde_json::json;

use crate::support::{World, keys};

#[test]
fn the_cost_is_tokens_by_epochs_by_price() {
    let world = World::with_samples();
    let out = world.ok(&["cost", "demo.goldset"]);
    assert!(out.contains("as of") && out.contains("unchecked"), "{out}");
    assert!(out.contains("fewer than 5 were timed"), "{out}");
    let told = world.json(&["cost", "demo.goldset", "--epochs", "2", "--json"]);
    let fields = [
        "model",
        "examples",
        "tokens",
        "about",
        "limit",
        "validation",
        "prices",
        "training",
        "usual",
        "labour",
    ];
    assert_eq!(keys(&told), fields);
    assert_eq!(told["prices"], json!(null));
    let tokens = told["tokens"].as_u64().unwrap();
    let first = &told["training"][0];
    assert_eq!((first["tokens"].as_u64(), first["epochs"].as_u64()), (Some(tokens * 2), Some(2)));
    #[allow(clippy::cast_precision_loss)]
    let money = tokens as f64 * 2.0 / 1e6 * first["per_million"].as_f64().unwrap();
    assert!((first["money"].as_f64().unwrap() - money).abs() < 1e-9);
    let usable = "(status:submitted or status:approved) -split:validation,test";
    let counted = world.json(&["tokens", "demo.goldset", "--where", usable, "--json"]);
    assert_eq!(
        (&counted["conversation"]["total"], &counted["examples"]),
        (&told["tokens"], &told["examples"])
    );
    assert!(told["labour"]["rank"]["left"].as_u64() > Some(0), "{told}");
    let some = world.json(&["cost", "demo.goldset", "--provider", "4o-mini", "--json"]);
    assert_eq!(some["training"].as_array().unwrap().len(), 1);
    assert!(world.ok(&["cost", "demo.goldset", "--provider", "nobody"]).contains("no price is known"));
}

#[test]
fn prices_are_written_once_and_read_from_then_on() {
    let world = World::with_examples();
    world.ok(&["set", "d.goldset", "--where", "#1", "--status", "approved"]);
    let out = world.ok(&["cost", "--write-prices"]);
    assert!(out.contains("prices.toml"), "{out}");
    assert!(world.refused(&["cost", "--write-prices"]).contains("there already"));
    let file = "home/config/goldset/prices.toml";
    assert!(world.read(file).contains("noted = \"20"));
    world.write(
        file,
        "[[price]]\nprovider = \"Mine\"\nmodel = \"m\"\nper_million = 1e6\nnoted = \"2026-11-30\"\n",
    );
    let told = world.json(&["cost", "d.goldset", "--json"]);
    assert!(told["prices"].as_str().unwrap().ends_with("prices.toml"));
    assert_eq!(told["training"][0]["money"].as_f64(), told["tokens"].as_f64().map(|tokens| tokens * 3.0));
    world.write(file, "[[price]]\nprovider = \"Mine\"\n");
    let said = world.refused(&["cost", "d.goldset"]);
    assert!(said.contains("prices.toml, line 1: model is missing"), "{said}");
    assert!(world.refused(&["cost"]).contains("DATASET"));
    assert!(world.refused(&["cost", "d.goldset", "--wage", "much"]).contains("no number"));
}
