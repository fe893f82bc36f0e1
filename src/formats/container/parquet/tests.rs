//! What goes into a Parquet file comes out of it.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::{Kind, Records, Sink, open, open_path};

fn written(name: &str, records: &[Value]) -> Vec<u8> {
    let mut sink = Sink::new(Vec::new(), Kind::Parquet, name).unwrap();
    for record in records {
        sink.write(record).unwrap();
    }
    sink.finish().unwrap()
}

fn values(records: Records) -> Vec<Value> {
    records.map(|record| record.unwrap().value.unwrap()).collect()
}

fn read(bytes: Vec<u8>) -> Vec<Value> {
    values(open(Cursor::new(bytes), "-", None).unwrap())
}

#[test]
fn rows_come_back_as_they_were_written() {
    let rows = [
        json!({"text": "ä\u{2028}", "n": 3, "share": 0.25, "yes": true, "tags": ["a", null, "b"]}),
        json!({"text": "", "n": -1, "tags": [], "deep": [[{"a": [1, 2]}, {"b": "x"}], []]}),
        json!({"messages": [{"role": "user", "content": "?"}, {"role": "assistant", "weight": 0}]}),
        json!({"either": "text", "share": 2.5}),
        json!({"either": {"an": ["object"]}, "none": {}}),
    ];
    assert_eq!(read(written("a.parquet", &rows)), rows);
}

#[test]
fn the_number_of_a_row_is_its_line_and_its_json_what_is_rejected() {
    let bytes = written("a.parquet", &[json!({"a": 1}), json!({"a": 2})]);
    let records: Vec<_> = open(Cursor::new(bytes), "-", None).unwrap().map(Result::unwrap).collect();
    assert_eq!((records[1].line, records[1].raw.as_slice()), (2, &b"{\"a\":2}"[..]));
}

#[test]
fn many_rows_are_several_groups() {
    let rows: Vec<Value> = (0..25_000).map(|n| json!({"n": n, "list": vec![n; n % 3]})).collect();
    assert_eq!(read(written("a.parquet", &rows)), rows);
}

#[test]
fn a_file_is_known_by_its_first_bytes_whatever_it_is_called_and_packed_or_not() {
    let rows = [json!({"a": "x"})];
    for name in ["a.parquet", "a.parquet.gz", "a.parquet.zst"] {
        let bytes = written(name, &rows);
        assert_eq!(values(open(Cursor::new(bytes.clone()), "a.bin", None).unwrap()), rows);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let mut records = open_path(file.path(), None).unwrap();
        assert_eq!(records.kind(), Kind::Parquet);
        while records.next().is_some() {}
        if name == "a.parquet" {
            assert_eq!(Some(records.bytes_read()), records.total_bytes());
        }
    }
}

#[test]
fn what_is_no_whole_parquet_file_is_told() {
    let error = |bytes: &[u8]| open(Cursor::new(bytes.to_vec()), "a.parquet", None).unwrap_err().to_string();
    assert_eq!(error(b"{\"a\":1}"), "can't open a.parquet: it is no Parquet file: those begin with PAR1");
    let whole = written("a.parquet", &[json!({"a": "x"})]);
    assert_eq!(
        error(&whole[..whole.len() - 9]),
        "can't open a.parquet: the file is cut off: a Parquet file has its table of contents at its end"
    );
    assert!(Sink::new(Vec::new(), Kind::Parquet, "a").unwrap().write(&json!(1)).is_err());
}

#[test]
fn files_by_pyarrow_are_read() {
    let Some(folder) = std::env::var_os("GOLDSET_PARQUET").map(std::path::PathBuf::from) else {
        eprintln!("skipped: GOLDSET_PARQUET does not name a folder of files and what is in them");
        return;
    };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "parquet") {
            let wanted: Vec<Value> = values(open_path(&path.with_extension("jsonl"), None).unwrap());
            assert_eq!(values(open_path(&path, None).unwrap()), wanted, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 0);
}

/// JSON of which nothing is null and no object empty: neither can be told from what is missing.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000i32..1000).prop_map(|n| Value::from(f64::from(n) / 8.0)),
        "[a-c\u{e4}\"\n]{0,4}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map("[ab]", inner, 1..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Whole numbers among others come back as floating point numbers of the same worth.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, value)| other.get(name).is_some_and(|other| alike(value, other)))
        }
        (one, other) => one == other,
    }
}

proptest! {
    #[test]
    fn whatever_fits_a_row_comes_back(
        rows in prop::collection::vec(prop::collection::btree_map("[a-d.]", value(), 1..4), 1..6)
    ) {
        let rows: Vec<Value> = rows.into_iter().map(|map| Value::Object(map.into_iter().collect())).collect();
        let back = read(written("a.parquet", &rows));
        prop_assert_eq!(back.len(), rows.len());
        for (back, row) in back.iter().zip(&rows) {
            prop_assert!(alike(back, row), "{} became {}", row, back);
        }
    }

    #[test]
    fn a_damaged_file_ends_in_a_sentence(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = written("a.parquet", &[json!({"a": ["x", "y"], "b": 1}), json!({"a": [], "c": {"d": true}})]);
        let place = at.index(bytes.len());
        bytes[place] = byte;
        if let Ok(records) = open(Cursor::new(bytes), "-", None) {
            records.take(100).for_each(drop);
        }
    }
}
