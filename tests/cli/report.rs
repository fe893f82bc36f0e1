//! `goldset report`: one page, well formed, with the figures that the other subcommands tell.

use serde_json::{Value, json};

use crate::support::{Run, World, is_harmless};

/// The text of a page without its tags, and whether every tag is closed where it should be.
fn parse(html: &str) -> String {
    let rest = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let (mut open, mut text, mut rest) = (Vec::new(), String::new(), rest);
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = &comment[comment.find("-->").unwrap() + 3..];
            continue;
        }
        let end = rest.find('>').unwrap();
        let (tag, after) = (&rest[1..end], &rest[end + 1..]);
        assert!(!tag.contains('<'), "{tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed where another one is open");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
        rest = after;
    }
    assert_eq!(open, Vec::<&str>::new());
    text.push_str(rest);
    // What is escaped is one of five.
    for part in text.split('&').skip(1) {
        assert!(["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| part.starts_with(name)), "&{part}");
    }
    text
}

fn report(world: &World, dataset: &str) -> String {
    world.ok(&["report", dataset, "-o", "r.html"]);
    world.read("r.html")
}

#[test]
fn the_page_has_the_figures_of_the_other_subcommands() {
    let world = World::with_samples();
    let html = report(&world, "demo.goldset");
    let text = parse(&html);
    let coverage = world.json(&["coverage", "demo.goldset", "--json"]);
    let cell = |value: &Value| format!("<td class=\"n\">{value}</td>");
    for facet in coverage["facets"].as_array().unwrap() {
        let said = format!("{} of {} wanted are there", facet["reached"], facet["wanted"]);
        assert!(text.contains(&said), "{said}");
        for value in facet["values"].as_array().unwrap() {
            let cells = [&value["usable"], &value["target"], &value["missing"]].map(cell).concat();
            let row = format!("<th scope=\"row\">{}</th>{cells}", value["name"].as_str().unwrap());
            assert!(html.contains(&row), "{row}");
        }
    }
    let balance = world.json(&["balance", "demo.goldset", "--json"]);
    for facet in balance["facets"].as_array().unwrap().iter().filter(|facet| facet["counted"] != json!(0)) {
        for name in ["evenness", "gini", "entropy"] {
            let figure = format!("<td class=\"n\">{:.4}</td>", facet[name].as_f64().unwrap());
            assert!(html.contains(&figure), "{} {name} {figure}", facet["name"]);
        }
    }
    let ready = world.json(&["ready", "demo.goldset", "--json"]);
    let unescaped = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let plain = unescaped(&text);
    assert!(plain.contains(ready["sentence"].as_str().unwrap()));
    for line in ready["lines"].as_array().unwrap() {
        assert!(plain.contains(line["sentence"].as_str().unwrap()), "{line}");
    }
    for line in ready["pairs"]["lines"].as_array().unwrap() {
        assert!(plain.contains(line["sentence"].as_str().unwrap()), "{line}");
    }
    let wide = |command: &str| Run::of(world.command(&[command, "demo.goldset"]).env("COLUMNS", "400")).out;
    let printed = wide("ready");
    let (_, left) = printed.split_once("what is left to do\n").unwrap();
    for line in left.lines().filter_map(|line| line.strip_prefix("  ")) {
        let (gate, work) = line.split_once(": ").unwrap();
        let work = work.split("  (").next().unwrap();
        let row = format!("<th scope=\"row\">{gate}</th><td>{}</td>", work.replace('\'', "&#39;"));
        assert!(html.contains(&row), "{row}");
    }
    assert!(left.contains("held out: hold out "), "{left}");
    let lengths = ["balance", "demo.goldset", "--lengths"];
    let lengths = Run::of(world.command(&lengths).env("COLUMNS", "400")).out;
    let longer = lengths.lines().find(|line| line.starts_with("the longer response")).unwrap();
    assert!(plain.contains(longer), "{longer}");
    for card in wide("gaps").lines().filter(|line| line.contains(" more with ")) {
        let told = card.trim_start().split_once("  ").unwrap().1;
        assert!(plain.contains(told), "{told}");
    }
    let stats = world.json(&["stats", "demo.goldset", "--json"]);
    assert!(plain.contains(&format!("{} examples, {} usable", stats["examples"], stats["usable"])));
    for id in [
        "ready",
        "left",
        "counts",
        "coverage",
        "balance",
        "crossed",
        "next",
        "lengths",
        "agreement",
        "pairs",
        "splits",
        "pace",
        "cost",
    ] {
        assert!(
            html.contains(&format!("<h2 id=\"{id}\">")) && html.contains(&format!("href=\"#{id}\"")),
            "{id}"
        );
    }
    assert!(
        !html.contains("<script") && !html.contains("src=") && !html.contains("@import"),
        "nothing is fetched or run"
    );
    assert!(!html.contains("NaN") && !html.contains(">inf"));
}

#[test]
fn the_same_dataset_gives_the_same_bytes() {
    let world = World::with_samples();
    let first = report(&world, "demo.goldset");
    assert_eq!(world.ok(&["report", "demo.goldset"]), first);
    // An unchanged page is written over, and is what it was.
    assert_eq!(report(&world, "demo.goldset"), first);
    let told =
        world.json(&["report", "demo.goldset", "-o", "r.html", "--at", "2030-01-02T03:04:05Z", "--json"]);
    assert_eq!((&told["at"], &told["ready"]), (&json!("2030-01-02T03:04:05.000Z"), &json!(false)));
    assert!(world.read("r.html").contains("as it is now, with the pace told up to 2030-01-02 03:04:05 UTC"));
    let empty = World::new();
    empty.ok(&["new", "e.goldset"]);
    let html = empty.ok(&["report", "e.goldset"]);
    assert!(html.contains("nothing was done yet") && !html.contains("1970") && !html.contains("1969"));
}

#[test]
fn a_file_of_somebody_elses_is_written_over_only_where_that_is_said() {
    let world = World::with_examples();
    world.write("notes.html", "my own");
    let said = world.refused(&["report", "d.goldset", "-o", "notes.html"]);
    assert!(said.contains("notes.html is there already") && said.contains("--force"), "{said}");
    assert_eq!(world.read("notes.html"), "my own");
    world.ok(&["report", "d.goldset", "-o", "notes.html", "--force"]);
    world.write("notes.html", world.read("notes.html").replace("<h1>", "<h1>My "));
    world.refused(&["report", "d.goldset", "-o", "notes.html"]);
    world.refused(&["report", "d.goldset", "-o", "d.goldset", "--force"]);
    assert!(world.refused(&["report", "d.goldset", "-o", "none/r.html"]).contains("none/r.html"));
    assert!(
        world
            .refused(&["report", "d.goldset", "--cross", "intent,nothing"])
            .contains("there is no facet “nothing”")
    );
    assert!(world.refused(&["report", "d.goldset", "--cross", "intent"]).contains("two different facets"));
    assert!(world.refused(&["report", "d.goldset", "--at", "noon"]).contains("2026-03-01T09:00:00Z"));
}

#[test]
fn hostile_text_is_shown_and_not_obeyed() {
    let world = World::new();
    let evil = "</td><script>alert(1)</script> \\\"&'<!-- \\u202e";
    world.write(
        "f.toml",
        format!(
            "[[facet]]\nname = \"a&lt\"\nvalues = [{{ name = \"{evil} a\", target = 3 }}, {{ name = \"{evil} b\", target = 2 }}]\n\
             [[facet]]\nname = \"topic\"\nopen = true\nvalues = [{{ name = \"-->\", target = 1 }}]\n"
        ),
    );
    world.ok(&["new", "<i>.goldset", "--facets", "f.toml"]);
    world.ok(&[
        "add",
        "<i>.goldset",
        "--user",
        "hi",
        "--response",
        "<script>",
        "--tag",
        "topic:--> \u{1b}[2J",
        "--status",
        "approved",
        "--as",
        "<u>eva",
    ]);
    let html = report(&world, "<i>.goldset");
    parse(&html);
    assert!(
        is_harmless(&html) && !html.contains("<script") && !html.contains("<u>") && !html.contains("<i>"),
        "{html}"
    );
    assert!(html.contains("&lt;/td&gt;&lt;script&gt;alert(1)"), "{html}");
    assert!(html.contains("&lt;i&gt;.goldset") && html.contains(">a&amp;lt<"), "{html}");
}

#[test]
fn an_empty_dataset_has_a_page_too() {
    let world = World::new();
    world.ok(&["new", "e.goldset"]);
    let html = report(&world, "e.goldset");
    parse(&html);
    assert!(html.contains("There are no facets yet.") && html.contains("Nothing is ranked yet."), "{html}");
    assert!(!html.contains("NaN"), "{html}");
}

#[test]
fn the_time_zone_of_its_days_is_named() {
    let world = World::with_examples();
    let of = |zone: &str, arguments: &[&str]| {
        let output = world.command(arguments).env("TZ", zone).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(of("UTC", &["report", "d.goldset"]).contains("Days are those of UTC."));
    assert!(of("<+02>-2", &["report", "d.goldset"]).contains("Days are those of UTC+02:00."));
    let told: Value = serde_json::from_str(&of("<+02>-2", &["pace", "d.goldset", "--json"])).unwrap();
    assert_eq!(told["zone"], "UTC+02:00");
    assert!(of("<-03>3", &["pace", "d.goldset"]).contains("days are those of UTC-03:00"));
}

#[cfg(unix)]
mod pipes {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};

    use super::*;

    fn with_pipe() -> World {
        let world = World::with_examples();
        assert!(Command::new("mkfifo").arg(world.path("pipe")).status().unwrap().success());
        world
    }

    #[test]
    fn a_pipe_that_nobody_reads_from_is_refused_and_leaves_nothing_behind() {
        let world = with_pipe();
        let before = world.names();
        for arguments in [
            &["report", "d.goldset", "-o", "pipe"][..],
            &["export", "d.goldset", "-o", "pipe", "--format", "openai-chat", "--allow", "records"],
        ] {
            let said = world.refused(arguments);
            assert!(said.contains("pipe: it is a pipe that nobody reads from"), "{said}");
            assert_eq!(world.names(), before);
        }
    }

    #[test]
    fn a_pipe_that_somebody_reads_from_gets_all_of_it() {
        let world = with_pipe();
        let plain = world.ok(&["report", "d.goldset"]);
        let pipe = world.path("pipe");
        let reading = std::thread::spawn(move || {
            let mut text = String::new();
            std::fs::File::open(pipe).unwrap().read_to_string(&mut text).unwrap();
            text
        });
        world.ok(&["report", "d.goldset", "-o", "pipe"]);
        assert_eq!(reading.join().unwrap(), plain);
    }

    #[test]
    fn who_waits_for_a_slow_reader_ends_at_a_signal() {
        let world = World::with_samples();
        assert!(Command::new("mkfifo").arg(world.path("pipe")).status().unwrap().success());
        let output = world.path("pipe");
        let mut report = world.process(&["report", "demo.goldset", "-o", "pipe"]).spawn().unwrap();
        let mut reader = std::fs::File::open(output).unwrap();
        let mut first = [0];
        reader.read_exact(&mut first).unwrap();
        assert!(report.try_wait().unwrap().is_none(), "the page is more than a pipe holds");
        assert!(Command::new("kill").arg(report.id().to_string()).status().unwrap().success());
        assert_eq!(report.wait().unwrap().code(), Some(130));
    }

    #[test]
    fn whoever_reads_the_first_line_only_is_not_told_of_it() {
        let world = World::with_examples();
        let mut report = world
            .process(&["report", "d.goldset"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, report.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "<!DOCTYPE html>\n");
        let output = report.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}
