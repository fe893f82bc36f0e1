//! What reading and writing files promises.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read};
use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn records(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Record> {
    open(Cursor::new(bytes.into()), name, None).unwrap().map(Result::unwrap).collect()
}

/// Each record as its line and its JSON text, or `!line:column reason`.
fn told(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<String> {
    let tell = |record: Record| match record.value {
        Ok(value) => format!("{} {value}", record.line),
        Err(bad) => format!("!{}:{} {}", bad.line, bad.column, bad.reason),
    };
    records(name, bytes).into_iter().map(tell).collect()
}

fn write_all(kind: Kind, name: &str, records: &[Value]) -> Vec<u8> {
    let mut sink = Sink::new(Vec::new(), kind, name).unwrap();
    for record in records {
        sink.write(record).unwrap();
    }
    sink.finish().unwrap()
}

/// Gives one byte at a time, so that every border falls between reads.
struct Trickle(Cursor<Vec<u8>>);

impl Read for Trickle {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let end = buffer.len().min(1);
        self.0.read(&mut buffer[..end])
    }
}

#[test]
fn json_lines_keep_their_line_numbers_over_blank_lines() {
    assert_eq!(told("a.jsonl", "\u{feff}{\"a\":1}\r\n\n  \n[2]\n\"x\""), ["1 {\"a\":1}", "4 [2]", "5 \"x\""]);
}

#[test]
fn a_bad_line_costs_no_other() {
    assert_eq!(
        told("a.jsonl", b"{\"a\": 1,}\n{\"\xc3\xa4\": x}\n{\"a\":\"\xff\"}\n{\"a\": 1\n{}\n".to_vec()),
        [
            "!1:9 is not JSON: trailing comma",
            "!2:7 is not JSON: expected value",
            "!3:7 byte 0xFF (“ÿ” in Latin-1) is not UTF-8: save the file as UTF-8",
            "!4:7 is not JSON: it is cut off (EOF while parsing an object)",
            "5 {}",
        ]
    );
}

#[test]
fn what_json_does_not_have_is_told_by_its_name() {
    assert_eq!(
        told(
            "a.jsonl",
            b"{\"a\": NaN}\n{\"a\": [1, -Infinity]}\n{\"a\": \"\\ud800\"}\n{\"a\": \"\0\"}\n\0\0\0".to_vec()
        ),
        [
            "!1:7 is not JSON: NaN and Infinity are no numbers there; write null",
            "!2:12 is not JSON: NaN and Infinity are no numbers there; write null",
            "!3:14 is not JSON: unexpected end of hex escape",
            "!4:8 is not JSON: it holds NUL bytes (the file was not written to its end, or is UTF-16)",
            "!5:1 is not JSON: it holds NUL bytes (the file was not written to its end, or is UTF-16)",
        ]
    );
    assert_eq!(told("a.jsonl", r#"{"a": "\u0000", "b": 1, "b": 2}"#), [r#"1 {"a":"\u0000","b":2}"#]);
}

#[test]
fn commas_between_lines_part_the_records_as_lines_do() {
    assert_eq!(told("a.jsonl", "{\"a\":1},\n{\"a\":2} , \n{\"a\":3,},\n").len(), 3);
    assert_eq!(told("a.jsonl", "{\"a\":1},\n{\"a\":2} , \n"), ["1 {\"a\":1}", "2 {\"a\":2}"]);
    assert_eq!(told("a.jsonl", "{\"a\":1},\n{\"a\":2,},\n")[1], "!2:8 is not JSON: trailing comma");
}

#[test]
fn lines_that_end_in_carriage_returns_alone_are_lines() {
    assert_eq!(told("a.jsonl", "{\"a\":1}\r{\"a\":\r\r[2]\r")[0], "1 {\"a\":1}");
    assert_eq!(told("a.jsonl", "{\"a\":1}\r\r[2]\r"), ["1 {\"a\":1}", "3 [2]"]);
    assert_eq!(told("a.txt", "one\rtwo"), ["1 \"one\"", "2 \"two\""]);
    assert_eq!(told("a.csv", "a,b\r1,2\r"), ["2 {\"a\":\"1\",\"b\":\"2\"}"]);
}

#[test]
fn a_file_in_utf_16_is_told() {
    for bytes in [b"\xff\xfe{\0}\0", b"\xfe\xff\0{\0}"] {
        let error = open(Cursor::new(bytes.to_vec()), "a.jsonl", None).unwrap_err().to_string();
        assert_eq!(error, "can't open a.jsonl: it is UTF-16: save it as UTF-8");
    }
}

#[test]
fn an_object_around_the_array_of_records_is_taken_off() {
    let file =
        "{\n \"version\": \"1\",\n \"data\": [\n  {\"a\": 1},\n  {\"a\" 2}\n ],\n \"n\": [0, \"]}\"]\n}\n";
    let wanted = ["4 {\"a\":1}", "!5:8 is not JSON: expected `:`"];
    assert_eq!(told("a.json", file), wanted);
    let behind = "!9:1 is not JSON: something stands behind the end of the array";
    assert_eq!(told("a.json", format!("{file}x")).last().unwrap(), behind);
    let cut = told("a.json", &file[..file.len() - 8]);
    assert_eq!(cut.len(), 3);
    assert!(
        cut[2].ends_with("the file ends inside the object around the array: it was cut off"),
        "{}",
        cut[2]
    );
    let whole = "{\"data\": [{\"a\": 1}]}";
    assert_eq!(told("a.json", whole), ["1 {\"a\":1}"]);
}

#[test]
fn a_file_that_is_cut_off_in_a_line_gives_what_came_before() {
    let cut = told("a.jsonl", "{\"a\":1}\n{\"a\":\"tw");
    assert_eq!(cut, ["1 {\"a\":1}", "!2:8 is not JSON: it is cut off (EOF while parsing a string)"]);
}

#[test]
fn an_array_is_cut_into_its_elements() {
    assert_eq!(
        told("a.json", "[\n {\"a\": \"],[\\\"\"},\n\n {\"b\": [1, {\"c\": 2}]}, 3 ,null]\n"),
        ["2 {\"a\":\"],[\\\"\"}", "4 {\"b\":[1,{\"c\":2}]}", "4 3", "4 null"]
    );
    assert_eq!(told("a.json", "[]"), [""; 0]);
    assert_eq!(told("a.json", "\n"), [""; 0]);
}

#[test]
fn what_is_wrong_in_an_array_is_told_with_its_place() {
    assert_eq!(
        told("a.json", "[1,\n  ,{\"a\" 1},\n{\"ä\":[1 2]},\n3,]\nx\n"),
        [
            "1 1",
            "!2:3 is not JSON: a value is missing before the comma",
            "!2:9 is not JSON: expected `:`",
            "!3:9 is not JSON: expected `,` or `]`",
            "4 3",
            "!4:3 is not JSON: a comma stands before the end of the array",
            "!5:1 is not JSON: something stands behind the end of the array",
        ]
    );
}

#[test]
fn a_file_that_was_cut_off_is_told() {
    let cut = "the file ends inside the array: it was cut off";
    assert_eq!(told("a.json", "[{\"a\":1},\n"), ["1 {\"a\":1}".to_owned(), format!("!2:1 {cut}")]);
    assert_eq!(told("a.json", "[{\"a\":1}"), ["1 {\"a\":1}".to_owned(), format!("!1:9 {cut}")]);
    assert_eq!(told("a.json", "[1, 23"), ["1 1".to_owned(), format!("!1:5 {cut}")]);
    assert_eq!(
        told("a.json", "[1, {\"a\": [2"),
        ["1 1", "!1:12 is not JSON: it is cut off (EOF while parsing a list)"]
    );
}

#[test]
fn values_over_several_lines_are_records() {
    assert_eq!(told("a.json", "{\n \"a\": 1\n}\n"), ["1 {\"a\":1}"]);
    assert_eq!(told("a.json", "{\n \"a\": 1\n}\n{\n \"b\": \"}\"\n}"), ["1 {\"a\":1}", "4 {\"b\":\"}\"}"]);
    assert_eq!(told("a.jsonl", "{\n \"a\": 1\n}\n"), ["1 {\"a\":1}"]);
    assert_eq!(told("a.json", "\"text\""), ["1 \"text\""]);
    assert_eq!(told("a.json", "{\"a\":1}\n{bad}\n{\"a\":2}\n").len(), 3);
}

#[test]
fn what_follows_a_value_is_told() {
    let behind = "is not JSON: something stands behind the end of the value";
    assert_eq!(told("a.json", "{\"a\":1} x\n"), ["1 {\"a\":1}".to_owned(), format!("!1:9 {behind}")]);
    assert_eq!(told("a.json", "{\"a\":1}{\"b\""), ["1 {\"a\":1}".to_owned(), format!("!1:8 {behind}")]);
}

#[test]
fn what_is_nested_too_deep_is_refused_without_a_crash() {
    let deep = format!("[{}1{}]", "[".repeat(200), "]".repeat(200));
    assert_eq!(told("a.json", deep), ["!1:129 is nested more than 127 deep"]);
}

#[test]
fn rows_become_objects_and_keep_their_lines_and_bytes() {
    let table = "a,b,,a\r\n1,\"x\ny \"\"z\"\"\",3,4\r\n\r\n5,6,7,8";
    let rows = records("a.csv", table);
    assert_eq!(rows[0].value, Ok(json!({"a": "1", "b": "x\ny \"z\"", "column_3": "3", "a_4": "4"})));
    assert_eq!((rows[0].line, rows[0].raw.as_slice()), (2, b"1,\"x\ny \"\"z\"\"\",3,4".as_slice()));
    assert_eq!((rows[1].line, rows[1].raw.as_slice()), (5, b"5,6,7,8".as_slice()));
    let mut reading = open(Cursor::new(table), "a.csv", None).unwrap();
    reading.next();
    assert_eq!(reading.header(), Some(b"a,b,,a".as_slice()));
}

#[test]
fn rows_that_do_not_fit_the_header_are_told() {
    assert_eq!(
        told("a.tsv", b"a\tb\n1\n1\t2\t3\n\xff\t1\n1\t\"2\n".to_vec()),
        [
            "!2:1 has 1 fields where the header has 2",
            "!3:1 has 3 fields where the header has 2",
            "!4:1 byte 0xFF (“ÿ” in Latin-1) is not UTF-8: save the file as UTF-8",
            "!5:1 a quote that opens here is never closed",
        ]
    );
}

#[test]
fn lines_of_text_are_taken_as_they_are() {
    assert_eq!(told("a.txt", " a \r\n\n{b\u{2028}\r\r\n"), ["1 \" a \"", "3 \"{b\u{2028}\\r\""]);
}

#[test]
fn a_file_without_records_is_known_by_its_count() {
    let mut empty = open(Cursor::new(" \n"), "a.jsonl", None).unwrap();
    assert!(empty.next().is_none());
    assert_eq!(empty.seen(), 0);
}

#[test]
fn compressed_files_are_read_and_written() {
    let wanted = [json!({"a": 1}), json!({"a": 2})];
    for name in ["a.jsonl.gz", "a.jsonl.zst"] {
        let packed = write_all(Kind::JsonLines, name, &wanted);
        assert_ne!(packed[0], b'{');
        assert_eq!(packed, write_all(Kind::JsonLines, name, &wanted), "the same bytes from the same data");
        // the bytes tell, whatever the name is
        for name in [name, "a.jsonl"] {
            assert_eq!(told(name, packed.clone()), ["1 {\"a\":1}", "2 {\"a\":2}"]);
        }
        let mut cut = open(Cursor::new(packed[..packed.len() - 9].to_vec()), name, None);
        if let Ok(records) = &mut cut {
            let last = records.last().unwrap();
            assert!(last.unwrap_err().to_string().starts_with(&format!("can't read {name} beyond line ")));
        }
    }
}

#[test]
fn progress_counts_the_bytes_on_the_disk() {
    let mut reading = open(Cursor::new("{}\n{}\n"), "a.jsonl", None).unwrap();
    while reading.next().is_some() {}
    assert_eq!(reading.bytes_read(), 6);
}

#[test]
fn a_missing_file_and_a_folder_are_told_in_a_sentence() {
    let missing = open_path(&PathBuf::from("/no/such/file.jsonl"), None).unwrap_err().to_string();
    assert!(missing.starts_with("can't open /no/such/file.jsonl: "), "{missing}");
    let folder = tempfile::tempdir().unwrap();
    assert!(open_path(folder.path(), None).unwrap_err().to_string().ends_with("it is a folder"));
}

#[test]
fn lines_are_written_so_that_no_reader_tears_them() {
    let record = json!({"a\u{2028}": "x\u{2029}y\u{85}\nä"});
    let bytes = write_all(Kind::JsonLines, "a.jsonl", std::slice::from_ref(&record));
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), "{\"a\\u2028\":\"x\\u2029y\\u0085\\nä\"}\n");
    assert_eq!(records("a.jsonl", bytes)[0].value, Ok(record));
}

#[test]
fn arrays_have_an_element_a_line() {
    let written =
        |records: &[Value]| String::from_utf8(write_all(Kind::JsonArray, "a.json", records)).unwrap();
    assert_eq!(written(&[]), "[]\n");
    assert_eq!(written(&[json!({"a": 1}), json!(2)]), "[\n{\"a\":1},\n2\n]\n");
}

#[test]
fn tables_have_all_columns_that_any_row_has() {
    let rows = [json!({"a": "=1,2", "b": null}), json!({"a": "x\ny", "c": {"d": [1]}})];
    let written = String::from_utf8(write_all(Kind::Csv, "a.csv", &rows)).unwrap();
    assert_eq!(written, "a,b,c\n\"=1,2\",,\n\"x\ny\",,\"{\"\"d\"\":[1]}\"\n");
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_or_stop_short(bytes in prop::collection::vec(prop::sample::select(b"{}[]\",:\\ \n\r1atrue\xff\t".to_vec()), 0..60)) {
        for name in ["a.json", "a.jsonl", "a.csv", "a.txt", "-"] {
            let whole = told(name, bytes.clone());
            let trickled: Vec<_> = open(Trickle(Cursor::new(bytes.clone())), name, None).unwrap().map(Result::unwrap).collect();
            prop_assert_eq!(trickled, records(name, bytes.clone()));
            // a file that is one JSON value is read without complaint, and no other
            if name == "a.json" && serde_json::from_slice::<Value>(&bytes).is_ok() {
                prop_assert!(whole.iter().all(|record| !record.starts_with('!')), "{:?}", whole);
            }
        }
    }

    #[test]
    fn an_array_gives_what_the_whole_would(values in prop::collection::vec("[\\[\\]{}\",\\\\a-c\n]{0,8}", 0..6)) {
        let values: Vec<Value> = values.into_iter().map(|text| json!({text.clone(): [text]})).collect();
        let pretty = serde_json::to_string_pretty(&values).unwrap();
        for bytes in [pretty.into_bytes(), write_all(Kind::JsonArray, "a.json", &values)] {
            let read: Vec<Value> = records("a.json", bytes).into_iter().map(|record| record.value.unwrap()).collect();
            prop_assert_eq!(&read, &values);
        }
    }
}

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("GOLDSET_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: GOLDSET_DATA does not name the folder of real files");
    }
    folder
}

#[test]
fn json_that_must_parse_does_and_json_that_must_not_is_told() {
    let Some(data) = data() else { return };
    let (mut good, mut bad) = (0, 0);
    for entry in std::fs::read_dir(data.join("hard/JSONTestSuite/test_parsing")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // what may or may not parse may be refused as a whole: UTF-16 is
        if name.starts_with('i') && open(Cursor::new(std::fs::read(&path).unwrap()), &name, None).is_err() {
            continue;
        }
        let told = told(&name, std::fs::read(&path).unwrap());
        let complaints = told.iter().filter(|record| record.starts_with('!')).count();
        match name.as_bytes()[0] {
            b'y' => {
                good += 1;
                assert_eq!(complaints, 0, "{name}: {told:?}");
            }
            b'n' => {
                bad += 1;
                assert!(complaints > 0 || told.is_empty(), "{name}: {told:?}");
                let empty = std::fs::read(&path).unwrap().trim_ascii_start().is_empty();
                assert!(!told.is_empty() || empty || name == "n_structure_UTF8_BOM_no_data.json", "{name}");
            }
            _ => {}
        }
    }
    assert_eq!((good, bad), (95, 188));
}

#[test]
fn tables_of_every_dialect_are_read_as_expected() {
    let Some(data) = data() else { return };
    let folder = data.join("hard/csv-spectrum");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let expected = std::fs::read(folder.join("json").join(format!("{stem}.json"))).unwrap();
        let mut expected: Value = serde_json::from_slice(&expected).unwrap();
        if stem == "location_coordinates" {
            // this one's expectation has another telephone number than the table
            expected = json!([expected]);
            expected[0]["Contact Phone Number"] = json!("2095257564");
        }
        let mut table = std::fs::read(&path).unwrap();
        if stem.ends_with("_crlf") && !table.contains(&b'\r') {
            // its line ends were lost on the way into the folder
            table = String::from_utf8(table).unwrap().replace('\n', "\r\n").into_bytes();
        }
        let rows = records("a.csv", table).into_iter().map(|row| row.value.unwrap());
        assert_eq!(rows.collect::<Value>(), expected, "{stem}");
        seen += 1;
    }
    assert_eq!(seen, 12);
}

#[test]
fn every_line_of_a_file_of_naughty_strings_is_a_record() {
    let Some(data) = data() else { return };
    let count = |name: &str| {
        open_path(&data.join("hard").join(name), None)
            .unwrap()
            .filter(|r| r.as_ref().unwrap().value.is_ok())
            .count()
    };
    let text = std::fs::read_to_string(data.join("hard/blns.txt")).unwrap();
    assert_eq!(count("blns.txt"), text.split('\n').filter(|line| !line.is_empty() && *line != "\r").count());
    assert_eq!(count("blns.json"), 515);
}

#[test]
fn a_name_tells_what_is_in_the_file() {
    assert_eq!(Kind::of_name("a.jsonl"), Some(Kind::JsonLines));
    assert_eq!(Kind::of_name("a.b.NDJSON.gz"), Some(Kind::JsonLines));
    assert_eq!(Kind::of_name("a.json.zst"), Some(Kind::JsonArray));
    assert_eq!(Kind::of_name("a.csv"), Some(Kind::Csv));
    assert_eq!(Kind::of_name("-"), None);
    assert_eq!(Compression::of_name("x.jsonl.gz"), Compression::Gzip);
    assert_eq!(Compression::of_name("x.jsonl"), Compression::None);
}

#[test]
fn what_comes_before_a_cut_in_a_short_compressed_file_is_there() {
    use std::io::Write;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    for n in 0..500 {
        writeln!(gzip, "{{\"a\": {n}, \"b\": \"{:x}\"}}", n * 7_919_u64).unwrap();
    }
    let mut bytes = gzip.finish().unwrap();
    bytes.truncate(bytes.len() / 2);
    let read: Vec<_> = open(Cursor::new(bytes), "a.jsonl.gz", None).unwrap().collect();
    let good = read.iter().filter(|record| record.as_ref().is_ok_and(|record| record.value.is_ok())).count();
    assert!(good > 100, "{good}");
    assert!(read.last().unwrap().is_err(), "that it is cut is told");
}

#[test]
fn a_picture_or_a_program_is_no_list_of_texts() {
    let error = |name: &str, bytes: &[u8]| open(Cursor::new(bytes.to_vec()), name, None).err();
    let said = error("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR").unwrap().to_string();
    assert!(said.contains("it is no text"), "{said}");
    assert!(error("other.goldset", b"SQLite format 3\x00\x10\x00\nx").is_some());
    assert!(error("a.txt", b"one\nt\x00wo\n").is_none(), "what is called a text is read as one");
}

#[test]
fn a_second_list_in_the_object_around_the_records_is_told() {
    let told = told("a.json", "{\"train\": [{\"a\": 1}], \"test\": [ {\"a\": 2}], \"columns\": [\"a\"]}");
    assert_eq!(told[0], "1 {\"a\":1}");
    assert!(told[1].contains("other lists of records"), "{told:?}");
    assert_eq!(told.len(), 2);
    assert_eq!(records("a.json", "{\"data\": [{\"a\": 1}], \"columns\": [\"a\", \"[{\"]}").len(), 1);
}
