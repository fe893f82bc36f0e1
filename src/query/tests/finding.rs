//! Which examples a filter finds.

use rusqlite::Connection;

use super::fixture::{Row, empty, found, insert, read, run};

fn dataset() -> Connection {
    let db = empty();
    for row in [
        Row { id: 1, status: "pending", prompt: "I want a Refund for the late fees", ..Row::default() },
        Row {
            id: 2,
            split: Some("train"),
            tokens: 400,
            prompt: "late payment, refunds and fees",
            response: Some(("Ana", "Ärger vermeiden: C:\\new \"quoted\"\nnation 100% a_b")),
            note: "Call BACK Über",
            tags: &[("intent", "refund"), ("topic", "late fees")],
            ..Row::default()
        },
        Row {
            id: 3,
            status: "submitted",
            split: Some("test"),
            tokens: 120,
            prompt: "我想退款，手机坏了",
            response: Some(("gpt-4", "ขอคืนเงินที่นี่ 👍 !!!")),
            tags: &[("intent", "none"), ("intent", "cancel")],
            ..Row::default()
        },
        Row { id: 4, status: "discarded", prompt: "iPhone手机壳 NEAR café", ..Row::default() },
    ] {
        insert(&db, &row);
    }
    db.execute_batch(
        "INSERT INTO flag VALUES (1, randomblob(16), 1, NULL, 1, '', NULL, 0, 0),
                                 (2, randomblob(16), 2, NULL, 2, '', NULL, 1, 0);
         INSERT INTO ranking (uuid, example_id, annotator_id, at) VALUES (randomblob(16), 4, 1, 0);
         INSERT INTO rule VALUES (1, randomblob(16), 'money back', 100, '{}', 1);
         INSERT INTO proposal VALUES (1, 1), (1, 2), (1, 3), (1, 4);
         INSERT INTO declined VALUES (4, 100);
         INSERT INTO outcome VALUES (4, 'unresolved', 0.5, 0, 2, 1);",
    )
    .unwrap();
    db
}

#[test]
fn each_term_finds_its_examples() {
    let db = dataset();
    let cases: &[(&str, &[i64])] = &[
        ("", &[1, 2, 3, 4]),
        ("-*", &[]),
        ("refu", &[1, 2]),
        ("is:ranked", &[4]),
        ("is:circular", &[4]),
        ("outcome:unresolved agreement<60 rankings>=2", &[4]),
        ("outcome:none", &[1, 2, 3]),
        // 2 carries it, to 4 somebody said no; the facet takes several here
        ("proposed:*", &[1, 3]),
        ("proposed:refund", &[1, 3]),
        ("proposed:intent:refund,none", &[1, 2, 3, 4]),
        ("proposed:\"money back\" status:submitted", &[3]),
        ("proposed:none", &[2, 4]),
        ("REFUND", &[1, 2]),
        ("\"refund\"", &[1]),
        ("refu late", &[1, 2]),
        ("\"late fees\"", &[1]),
        ("efund", &[]),
        ("~efund", &[1, 2]),
        ("cafe", &[4]),
        ("CAFÉ", &[4]),
        ("refu*", &[1, 2]),
        ("refu!", &[]),
        ("arger", &[2]),
        ("status:draft,submitted", &[2, 3]),
        ("-status:draft", &[1, 3, 4]),
        ("kind:sft", &[1, 2, 3, 4]),
        ("kind:preference", &[]),
        ("split:train", &[2]),
        ("-split:train", &[1, 3, 4]),
        ("split:none", &[1, 4]),
        ("split:*", &[2, 3]),
        ("-split:*", &[1, 4]),
        ("split:none,test", &[1, 3, 4]),
        ("flag:wrong", &[1]),
        ("flag:unsafe", &[]),
        ("flag:*", &[1]),
        ("flag:none", &[2, 3, 4]),
        ("-flag:*", &[2, 3, 4]),
        ("by:ana", &[2, 4]),
        ("by:gpt-4", &[3]),
        ("by:nobody", &[]),
        ("by:*", &[2, 3, 4]),
        ("by:none", &[1]),
        ("-by:ana", &[1, 3]),
        ("intent:refund", &[2]),
        ("intent:refund,cancel", &[2, 3]),
        ("-intent:refund", &[1, 3, 4]),
        ("intent:*", &[2, 3]),
        ("intent:none", &[1, 4]),
        ("intent:\"none\"", &[3]),
        ("intent:none,refund", &[1, 2, 4]),
        ("topic:\"late fees\"", &[2]),
        ("topic:unheard", &[]),
        ("tokens>120", &[2]),
        ("tokens>=120", &[2, 3]),
        ("tokens:120..400", &[2, 3]),
        ("tokens<=20", &[1, 4]),
        ("tokens:10,400", &[1, 2, 4]),
        ("responses>=1", &[2, 3]),
        ("responses:0", &[1, 4]),
        ("id:2..3", &[2, 3]),
        ("#4,1", &[1, 4]),
        ("note:*", &[2]),
        ("note:none", &[1, 3, 4]),
        ("note:back", &[2]),
        ("note:über", &[2]),
        ("-note:back", &[1, 3, 4]),
        ("is:blank", &[1, 4]),
        ("is:ranked", &[4]),
        ("is:ranked,blank", &[1, 4]),
    ];
    for (text, ids) in cases {
        assert_eq!(found(&db, text), *ids, "{text}");
    }
}

#[test]
fn joining_and_negating_follow_the_tree() {
    let db = dataset();
    let cases: &[(&str, &[i64])] = &[
        ("refund status:draft", &[2]),
        ("refund status:draft or status:discarded", &[2, 4]),
        ("status:discarded or refund status:draft", &[2, 4]),
        ("refund (status:draft or status:discarded)", &[2]),
        ("-(status:draft or status:pending)", &[3, 4]),
        ("-(refund split:train)", &[1, 3, 4]),
        ("late -refunds", &[1]),
        ("(refunds or 退款) -split:train", &[3]),
        ("iphone or want or split:test", &[1, 3, 4]),
        ("-refund -split:test", &[4]),
        ("-(-refund)", &[1, 2]),
    ];
    for (text, ids) in cases {
        assert_eq!(found(&db, text), *ids, "{text}");
    }
}

#[test]
fn scripts_without_blanks_are_found_anywhere_in_a_run() {
    let db = dataset();
    let cases: &[(&str, &[i64])] = &[
        ("手机", &[3, 4]),
        ("\"手机\"", &[3, 4]),
        ("机", &[3, 4]),
        ("壳", &[4]),
        ("了", &[3]),
        ("我想退款", &[3]),
        ("退款手机", &[]),
        ("退款，手机", &[3]),
        ("手款", &[]),
        ("iPhone手机", &[4]),
        ("iph", &[4]),
        ("iphone手", &[4]),
        ("คืนเงิน", &[3]),
        ("ที่", &[3]),
        ("ที", &[3]),
        ("เงน", &[]),
    ];
    for (text, ids) in cases {
        assert_eq!(found(&db, text), *ids, "{text}");
    }
}

#[test]
fn what_the_index_does_not_keep_is_found_by_reading() {
    let db = dataset();
    let cases: &[(&str, &[i64])] = &[
        ("👍", &[3]),
        ("\"!!!\"", &[3]),
        ("!!! 退款", &[3]),
        ("-👍", &[1, 2, 4]),
        ("👍 or refund", &[1, 2, 3]),
        // neither names nor escapes of the JSON are text
        ("~role", &[]),
        ("~user", &[]),
        ("~content", &[]),
        ("~nnation", &[]),
        ("~NATION", &[2]),
        ("\":\"", &[2]),
        ("{", &[]),
        ("\"[\"", &[]),
        ("~\"C:\\NEW \"\"q\"", &[2]),
        ("~\"\n\"", &[2]),
        ("~100%", &[2]),
        ("~1%0", &[]),
        ("~a_b", &[2]),
        ("~a_", &[2]),
        ("~x_b", &[]),
        ("~ÄRGER", &[2]),
        ("~ärger", &[2]),
        ("~机坏", &[3]),
        // alone, or among few
        ("~efund late -~vermeiden", &[1]),
        ("note:back intent:refund", &[2]),
        ("note:none (by:ana ~shell or #4 👍 or by:ana ~手机)", &[4]),
    ];
    for (text, ids) in cases {
        assert_eq!(found(&db, text), *ids, "{text}");
    }
}

#[test]
fn tool_calls_are_read_and_damaged_json_breaks_nothing() {
    let db = dataset();
    let calls = r#"[{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
        "function":{"name":"find_order","arguments":{"order_type":"paper"}}}]}]"#;
    db.execute("UPDATE prompt SET messages = ?1 WHERE example_id = 1", [calls]).unwrap();
    db.execute("UPDATE prompt SET messages = 'damaged [{' WHERE example_id = 4", []).unwrap();
    assert_eq!(found(&db, "~find_order"), [1]);
    assert_eq!(found(&db, "~order_type"), [1]);
    assert_eq!(found(&db, "~paper"), [1]);
    assert_eq!(found(&db, "~function"), [] as [i64; 0]);
    assert_eq!(found(&db, "~damaged"), [4]);
}

#[test]
fn nothing_that_is_typed_is_syntax_below() {
    let db = dataset();
    for text in [
        "'; DROP TABLE example; --",
        "\"a\"\"b\"",
        "\"\"\"\"",
        "NEAR",
        "NEAR(a b)",
        "^refund",
        "refund*",
        "text:x",
        "\"text:refund\"",
        "-\"--\"",
        "\"*\"",
        "\"a\" NOT b",
        "\"(\"",
        "a\0b",
        "\0",
        "\"\0\"",
        "~\0",
        "note:\0",
        "by:'",
        "\"\u{301}\"",
        "Ⓐ",
        "\u{F0E34}",
        "\u{10FFFF}",
        "\u{FFFE}",
        "{text}",
        "a+b",
        "+",
        "?1",
        ":x",
        "@x",
    ] {
        if let Ok(filter) = crate::query::parse(text, &super::fixture::vocabulary()) {
            run(&db, &filter).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        }
    }
    assert_eq!(found(&db, "NEAR"), [4]);
    assert_eq!(found(&db, "^refund*"), [1, 2]);
}

#[test]
fn long_filters_stay_within_what_sqlite_takes() {
    let db = dataset();
    let many = |each: &str, count: usize| vec![each; count].join(" or ");
    for text in [
        many("refund", 400),
        many("#1", 400),
        many("-refund", 400),
        format!("id:{}", vec!["1"; 9000].join(",")),
        "手".repeat(6000),
        format!("{}a{}", "(b or (c ".repeat(16), "))".repeat(16)),
        format!("{}a{}", "-(b or -(c ".repeat(16), "))".repeat(16)),
    ] {
        run(&db, &read(&text)).unwrap_or_else(|error| panic!("{}: {error}", &text[..30]));
    }
}

#[test]
fn words_of_one_and_are_one_search() {
    let sql = read("late status:draft \"late fees\" 手机 -x (a or b)").to_sql();
    assert_eq!(sql.clause.matches("MATCH").count(), 2);
    let expected = r#"("late"* AND "late fees" AND "手机" AND ("a"* OR "b"*))"#.to_owned();
    assert!(sql.params.contains(&rusqlite::types::Value::Text(expected)));
}

#[test]
fn rare_things_are_found_from_their_index() {
    let db = dataset();
    for (text, index) in [
        ("intent:refund", "tag_by_value"),
        ("by:ana", "response_by_author"),
        ("by:ana", "ranking_by_annotator"),
        ("flag:wrong", "flag_by_kind"),
        ("flag:*", "flag_by_kind"),
    ] {
        let sql = read(text).to_sql();
        let mut plan = db
            .prepare(&format!("EXPLAIN QUERY PLAN SELECT e.id FROM example e WHERE {}", sql.clause))
            .unwrap();
        let steps =
            plan.query_map(rusqlite::params_from_iter(sql.params), |row| row.get::<_, String>(3)).unwrap();
        let steps: Vec<String> = steps.map(Result::unwrap).collect();
        assert!(steps.iter().any(|step| step.contains(index)), "{text}: {steps:?}");
    }
}

#[test]
fn what_is_read_off_examples_is_found() {
    let db = dataset();
    db.execute_batch(
        "INSERT INTO import VALUES (1, randomblob(16), '/work of ana/old tickets.jsonl', 'goldset', 0);
         UPDATE example SET import_id = 1 WHERE id = 3;
         INSERT INTO trait (example_id, turns, prompt_tokens, language, tools, response_tokens, refusal, json) VALUES
           (1, 1, 20, 'en', 0, NULL, NULL, NULL),
           (2, 3, 90, 'de', 1, 500, 1, 0),
           (3, 8, 10, 'unknown', 0, 40, 0, 1);",
    )
    .unwrap();
    for (text, ids) in [
        ("turns>=3", &[2, 3][..]),
        ("turns:1", &[1]),
        ("-turns:1", &[2, 3, 4]),
        ("prompt_tokens<64", &[1, 3]),
        ("response_tokens:0..100", &[3]),
        ("lang:de", &[2]),
        ("lang:DE,en", &[1, 2]),
        ("lang:*", &[1, 2]),
        ("lang:unknown", &[3]),
        ("lang:none", &[3, 4]),
        ("has:tools", &[2]),
        ("-has:tools", &[1, 3, 4]),
        ("is:refusal", &[2]),
        ("-is:refusal", &[1, 3, 4]),
        ("is:json,refusal", &[2, 3]),
        ("source:\"old tickets.jsonl\"", &[3]),
        ("-source:\"old tickets.jsonl\"", &[1, 2, 4]),
        ("source:\"/work of ana/old tickets.jsonl\"", &[3]),
        ("source:tickets.jsonl", &[]),
        ("source:none", &[1, 2, 4]),
        ("source:*", &[3]),
        ("author:ana", &[2]),
        ("author:none", &[1, 4]),
        ("annotator:ana", &[4]),
        ("annotator:*", &[4]),
        ("lang:de tokens>100", &[2]),
        ("intent:refund turns>2", &[2]),
    ] {
        assert_eq!(found(&db, text), ids, "{text}");
    }
}
