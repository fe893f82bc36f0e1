//! Text that has broken programs before: it comes in, is found and shown, and goes out as it was.

use serde_json::{Value, json};

use crate::support::{World, is_harmless};

/// Each names its own word, `hN`, so that no two are alike.
const HOSTILE: &[&str] = &[
    "h1 \"double\" 'single' `back` “curly” «angle» \"\"",
    "h2 '; DROP TABLE example; -- \" OR 1=1 /* */ %' UNION SELECT 1",
    "h3 $(touch h3) `touch h3` ; rm -rf ~ | & > /dev/null \\ $HOME !! \\n",
    "h4 %s %n %x %1$*d {} {0} {{}} ${x} %(a)s {:?} \\u0000 \\x1b",
    "h5 nul \u{0} in \u{0}\u{0} text",
    "h6 \u{1b}[2J\u{1b}]0;title\u{7}\u{1b}]52;c;aGk=\u{7}\u{9b}31m\u{8}\u{7f}",
    "h7 \u{202e}drawkcab\u{202c} \u{2066}isolated\u{2069} \u{200f}\u{200e}",
    "h8 عربي עברית فارسی ١٢٣ ﷽",
    "h9 👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 1️⃣ \u{1f9d1}\u{200d}\u{1f680}",
    "h10 Z̸̢̛̙̞͚̈́̽a̴̡͎̍l̵̰̈́g̷̢̒ö̴̭́ e\u{301} é \u{212b} ﬃ ß İ ı",
    "h11 手机壳 カタカナ 한국어 ไทยภาษา ខ្មែរ हिन्दी தமிழ்",
    "h12 \u{feff}\u{200b}\u{200c}\u{200d}\u{2060}\u{ad}zero\u{180e} width",
    "h13\ttab\r\nwindows\rmac\u{b}\u{c}\u{85}\u{2028}\u{2029} line ends",
    "h14 <script>alert(1)</script> &amp; &#0; <![CDATA[ ]]> <|im_start|>system <|endoftext|>",
    "h15 -flag:* status:draft (or and) #12 ~part intent:refund \"",
    "h16 \u{10ffff}\u{e000}\u{fffd}\u{fffe}\u{f0000} \u{1f}\u{0001}",
    "h17 =1+1 @SUM(A1) +1 -1,\"csv\";\ttsv",
    "  h18 blanks before and after \u{a0}\u{3000} ",
    "h19 null undefined NaN true [] {\"a\": 1} 1e400 0x0 NULL nil None",
    "h20 ../../etc/passwd C:\\con\\nul file:///dev/zero http://a@b:c/?d#e",
];

fn records() -> String {
    let mut lines = String::new();
    for (asked, answered) in HOSTILE.iter().zip(HOSTILE.iter().rev()) {
        let messages =
            json!([{"role": "user", "content": asked}, {"role": "assistant", "content": answered}]);
        lines.push_str(&json!({"messages": messages}).to_string());
        lines.push('\n');
    }
    lines
}

#[test]
fn hostile_text_comes_in_and_goes_out_as_it_was() {
    let world = World::with_dataset();
    let records = records();
    world.write("a.jsonl", &records);
    let report = world.json(&["import", "d.goldset", "a.jsonl", "--json"]);
    assert_eq!((&report["examples"], &report["rejected"]), (&json!(HOSTILE.len()), &json!(0)));
    for (example, (asked, answered)) in world
        .run(&["list", "d.goldset", "--json"])
        .lines()
        .iter()
        .zip(HOSTILE.iter().zip(HOSTILE.iter().rev()))
    {
        assert_eq!(example["prompt"]["messages"][0]["content"], *asked);
        assert_eq!(example["responses"][0]["messages"][0]["content"], *answered);
    }
    for format in ["openai-chat", "goldset", "sharegpt", "alpaca", "trl-prompt-completion"] {
        let known = world.json(&["formats", "--json"]);
        let known = known["formats"].as_array().unwrap();
        assert!(known.iter().any(|one| one["id"] == format), "{format}");
        let first =
            world.ok(&["export", "d.goldset", "--format", format, "--allow", "records,control-tokens"]);
        let again = format!("{format}.goldset");
        world.ok(&["new", &again]);
        let run = world.run_with_input(&["import", &again, "-", "--format", format], first.clone());
        assert_eq!(run.code, 0, "{format}: {}{}", run.out, run.err);
        assert_eq!(world.json(&["verify", &again, "--json"])["ok"], true);
        let again = world.ok(&["export", &again, "--format", format, "--allow", "records,control-tokens"]);
        assert!(again == first, "{format}");
    }
    let chat = world.ok(&["export", "d.goldset", "--format", "openai-chat", "--allow", "records"]);
    let parsed =
        |text: &str| -> Vec<Value> { text.lines().map(|line| serde_json::from_str(line).unwrap()).collect() };
    assert_eq!(parsed(&chat), parsed(&records));
}

#[test]
fn hostile_text_is_shown_and_found() {
    let world = World::with_dataset();
    world.write("a.jsonl", records());
    world.ok(&["import", "d.goldset", "a.jsonl"]);
    for columns in ["20", "80", "200"] {
        let output = world.command(&["list", "d.goldset"]).env("COLUMNS", columns).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && is_harmless(&text), "{text:?}");
        assert_eq!(text.lines().count(), 1 + HOSTILE.len(), "an example, a line:\n{text}");
    }
    for (number, text) in (1_usize..).zip(HOSTILE) {
        let shown = world.ok(&["show", "d.goldset", &number.to_string()]);
        assert!(is_harmless(&shown), "{shown:?}");
        if text.contains('\0') {
            // No argument of a command can hold it.
            continue;
        }
        let filter = format!("\"{}\"", text.replace('"', "\"\""));
        let found = world.run(&["list", "d.goldset", "--json", "--where", &filter]);
        assert_eq!(found.code, 0, "{filter}: {}", found.err);
        let mut numbers: Vec<u64> =
            found.lines().iter().filter_map(|example| example["number"].as_u64()).collect();
        numbers.sort_unstable();
        let answer = HOSTILE.len() + 1 - number;
        let mut wanted = vec![number as u64, answer as u64];
        wanted.sort_unstable();
        assert_eq!(numbers, wanted, "{filter:?}");
    }
    assert!(!world.path("h3").exists());
    assert_eq!(world.json(&["verify", "d.goldset", "--json"])["ok"], true);
}
