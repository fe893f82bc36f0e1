//! What the measures of balance and the list of gaps say of a labelled dataset, and of a copy of it that was
//! thinned out: held against figures that are worked out here, from the rows alone.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::World;

/// A text and its label.
type Rows = Vec<(String, String)>;

/// What the copy keeps of a label: the n-th label by name, and so many in a hundred.
const THINNED: [(usize, usize); 6] = [(70, 5), (3, 15), (41, 30), (12, 45), (55, 60), (28, 75)];

fn count(rows: &Rows) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for (_, label) in rows {
        *counts.entry(label.clone()).or_insert(0) += 1;
    }
    counts
}

/// Labels of very different sizes, as real ones are.
fn made_up() -> Rows {
    let texts = |label: usize| (0..20 + label * 7 % 83 * 2).map(move |n| (label, n));
    let row =
        |(label, n)| (format!("Question {n} about matter {label}, please?"), format!("matter_{label:02}"));
    (0..77).flat_map(texts).map(row).collect()
}

fn real(folder: &Path) -> Rows {
    let mut reader = csv::Reader::from_path(folder.join("intent/banking77_train.csv")).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The first so many in a hundred of the thinned labels, all of the others; and what is kept of each.
fn thin(rows: &Rows) -> (Rows, Vec<(String, f64)>) {
    let counts = count(rows);
    let labels: Vec<&String> = counts.keys().collect();
    let keep: BTreeMap<&String, u32> = THINNED
        .iter()
        .map(|(nth, percent)| (labels[*nth], counts[labels[*nth]] * u32::try_from(*percent).unwrap() / 100))
        .collect();
    let mut seen: BTreeMap<&String, u32> = BTreeMap::new();
    let left = rows.iter().filter(|(_, label)| {
        let seen = seen.entry(label).or_insert(0);
        *seen += 1;
        keep.get(label).is_none_or(|most| *seen <= *most)
    });
    let left: Rows = left.cloned().collect();
    let mut missing: Vec<(String, f64)> = keep
        .iter()
        .map(|(label, kept)| ((*label).clone(), 1.0 - f64::from(*kept) / f64::from(counts[*label])))
        .collect();
    missing.sort_by(|one, other| other.1.total_cmp(&one.1));
    (left, missing)
}

/// A dataset of the rows, with a target for each label.
fn dataset(rows: &Rows, targets: &BTreeMap<String, u32>) -> World {
    let world = World::new();
    let values: Vec<String> =
        targets.iter().map(|(label, n)| format!("{{ name = {label:?}, target = {n} }}")).collect();
    world.write("facets.toml", format!("[[facet]]\nname = \"intent\"\nvalues = [{}]\n", values.join(", ")));
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["text", "category"]).unwrap();
    for (text, label) in rows {
        csv.write_record([text, label]).unwrap();
    }
    world.write("rows.csv", String::from_utf8(csv.into_inner().unwrap()).unwrap());
    world.ok(&["new", "d.goldset", "--facets", "facets.toml"]);
    let map = "prompt=text,response=category,tag:intent=category";
    world.ok(&["import", "d.goldset", "rows.csv", "--map", map, "--status", "approved"]);
    world
}

fn close(told: &Value, worked_out: f64, what: &str) {
    let told = told.as_f64().unwrap_or_else(|| panic!("{what} is told as {told}"));
    assert!((told - worked_out).abs() < 1e-6 * worked_out.abs().max(1.0), "{what}: {told}, not {worked_out}");
}

/// Holds what is told of the balance against what follows from the counts.
fn balance_is_right(world: &World, counts: &BTreeMap<String, u32>, targets: &BTreeMap<String, u32>) {
    let told = world.json(&["balance", "d.goldset", "--json"])["facets"][0].clone();
    let counts: Vec<f64> =
        targets.keys().map(|label| f64::from(counts.get(label).copied().unwrap_or(0))).collect();
    let n: f64 = counts.iter().sum();
    let shares: Vec<f64> = counts.iter().map(|count| count / n).collect();
    let wanted: f64 = targets.values().map(|target| f64::from(*target)).sum();
    let aims: Vec<f64> = targets.values().map(|target| f64::from(*target) / wanted).collect();
    let kinds = f64::from(u32::try_from(counts.len()).unwrap());
    let entropy: f64 = -shares.iter().filter(|p| **p > 0.0).map(|p| p * p.ln()).sum::<f64>();
    close(&told["entropy"], entropy, "entropy");
    close(&told["effective"], entropy.exp(), "effective kinds");
    close(&told["dominant"], 1.0 / shares.iter().map(|p| p * p).sum::<f64>(), "dominant kinds");
    close(&told["evenness"], entropy / kinds.ln(), "evenness");
    let largest = shares.iter().copied().fold(0.0, f64::max);
    close(&told["largest"]["share"], largest, "largest share");
    close(&told["smallest"]["share"], shares.iter().copied().fold(1.0, f64::min), "smallest share");
    let variation = shares.iter().zip(&aims).map(|(p, q)| (p - q).abs()).sum::<f64>() / 2.0;
    close(&told["target"]["total_variation"], variation, "distance from the target");
    let js = shares.iter().zip(&aims).map(|(p, q)| {
        let part = |x: f64| if x > 0.0 { x * (x / f64::midpoint(*p, *q)).log2() } else { 0.0 };
        f64::midpoint(part(*p), part(*q))
    });
    close(&told["target"]["js"], js.sum(), "Jensen-Shannon divergence");
    // Gini as the mean difference of all pairs, over twice the mean: the area by trapezoids.
    let pairs: f64 = counts.iter().flat_map(|a| counts.iter().map(move |b| (a - b).abs())).sum();
    close(&told["gini"], pairs / (2.0 * kinds * n), "Gini");
}

fn holds_of(rows: &Rows) {
    let targets = count(rows);
    assert_eq!(targets.len(), 77);
    let whole = dataset(rows, &targets);
    balance_is_right(&whole, &targets, &targets);
    let nothing = whole.json(&["gaps", "d.goldset", "--single", "--json"]);
    assert_eq!(nothing["gaps"], Value::Array(Vec::new()));

    let (left, missing) = thin(rows);
    let counts = count(&left);
    let thinned = dataset(&left, &targets);
    balance_is_right(&thinned, &counts, &targets);
    let told = thinned.json(&["coverage", "d.goldset", "--json"])["facets"][0].clone();
    assert_eq!(told["wanted"], targets.values().sum::<u32>());
    assert_eq!(told["reached"], counts.values().sum::<u32>());

    let gaps = thinned.json(&["gaps", "d.goldset", "--single", "--json", "--limit", "50"]);
    let named: Vec<&str> =
        gaps["gaps"].as_array().unwrap().iter().map(|gap| gap["gap"].as_str().unwrap()).collect();
    let expected: Vec<String> = missing.iter().map(|(label, _)| format!("intent: {label}")).collect();
    assert_eq!(named, expected, "the thinned labels, those first that lack most of what is wanted");
    for (gap, (label, _)) in gaps["gaps"].as_array().unwrap().iter().zip(&missing) {
        assert_eq!(gap["have"], counts[label]);
        assert_eq!(gap["missing"], targets[label] - counts[label]);
    }
    let cards = thinned.json(&["gaps", "d.goldset", "--json", "--limit", "6"]);
    let first: Vec<&str> = cards["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["values"]["intent"].as_str().unwrap())
        .collect();
    let labels: Vec<&str> = missing.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(first, labels);
}

#[test]
fn figures_and_gaps_are_those_that_follow_from_the_rows() {
    holds_of(&made_up());
}

#[test]
fn figures_and_gaps_of_banking77_are_those_that_follow_from_its_rows() {
    match std::env::var_os("GOLDSET_DATA") {
        Some(folder) => holds_of(&real(Path::new(&folder))),
        None => eprintln!("skipped: GOLDSET_DATA names no folder of public datasets"),
    }
}
