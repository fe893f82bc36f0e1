//! A private home for each test, and the program run in it.

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// A folder with a home of its own and nothing else.
pub struct World {
    folder: tempfile::TempDir,
}

/// What a run of the program gave.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl World {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("home")).unwrap();
        Self { folder }
    }

    /// A world with `d.goldset`, which knows the facets `intent` (closed) and `topic` (open).
    pub fn with_dataset() -> Self {
        let world = Self::new();
        world.write(
            "facets.toml",
            "[[facet]]\nname = \"intent\"\nvalues = [{ name = \"refund\", target = 3 }, \"cancel\"]\n\
             [[facet]]\nname = \"topic\"\nseveral = true\nopen = true\n",
        );
        world.ok(&["new", "d.goldset", "--facets", "facets.toml"]);
        world
    }

    /// A world with `d.goldset`, which holds three SFT examples (the third unanswered) and a pair.
    pub fn with_examples() -> Self {
        let world = Self::with_dataset();
        world.write("sft.jsonl", SFT);
        world.write("pair.jsonl", PAIR);
        world.ok(&["import", "d.goldset", "sft.jsonl", "pair.jsonl"]);
        world
    }

    /// A world with `demo.goldset`, which holds the four samples.
    pub fn with_samples() -> Self {
        let world = Self::new();
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let path = |name: &str| samples.join(name).to_str().unwrap().to_owned();
        world.ok(&["new", "demo.goldset", "--facets", &path("facets.toml")]);
        for job in ["support-intents", "sql-questions", "legal-answers", "support-replies"] {
            world.ok(&["import", "demo.goldset", &path(&format!("{job}.jsonl"))]);
        }
        world
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The names in the folder, without the home.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "home")
            .collect();
        names.sort();
        names
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let home = self.path("home");
        let mut command = Command::cargo_bin("goldset").unwrap();
        command
            .env_clear()
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_STATE_HOME", home.join("state"))
            .env("USER", "ana")
            .env("COLUMNS", "80")
            .env("TZ", "UTC")
            .current_dir(self.folder.path())
            .args(arguments);
        command
    }

    /// The same as a process that one can let run, signal and kill.
    pub fn process(&self, arguments: &[&str]) -> std::process::Command {
        let command = self.command(arguments);
        let mut process = std::process::Command::new(command.get_program());
        process.env_clear().args(command.get_args()).current_dir(self.folder.path());
        process.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        process
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    pub fn run_with_input(&self, arguments: &[&str], input: impl Into<Vec<u8>>) -> Run {
        Run::of(self.command(arguments).write_stdin(input))
    }

    /// Runs what must end well; gives what it printed.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}\n{}{}", run.out, run.err);
        run.out
    }

    /// Runs what must not be done; gives the sentence.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}\n{}{}", run.out, run.err);
        assert_eq!(run.out, "", "{arguments:?}");
        assert!(run.err.starts_with("goldset: "), "{}", run.err);
        run.err
    }

    /// The one object that is printed.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(arguments);
        serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}{}", run.out, run.err))
    }
}

impl Run {
    /// What it printed in one line, however it was broken to fit the width.
    pub fn flowing(&self) -> String {
        self.out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn of(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let run = Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        assert!(!run.err.contains("panicked"), "{}", run.err);
        run
    }

    /// The objects that are printed, one a line.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Whether nothing in the text could drive a terminal, reorder it or hide in it.
pub fn is_harmless(text: &str) -> bool {
    let bad = |c: char| {
        (c.is_control() && c != '\n')
            || ('\u{202a}'..='\u{202e}').contains(&c)
            || ('\u{2066}'..='\u{2069}').contains(&c)
            || ['\u{200b}', '\u{feff}'].contains(&c)
    };
    !text.contains(bad)
}

/// The names of the fields of an object, in order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Opens a dataset past the program, as damage does.
pub fn sql(path: &Path, statements: &str) {
    rusqlite::Connection::open(path).unwrap().execute_batch(statements).unwrap();
}

pub const SFT: &str = r#"{"messages":[{"role":"user","content":"Where is my refund?"},{"role":"assistant","content":"On its way."}]}
{"messages":[{"role":"user","content":"Cancel my order"},{"role":"assistant","content":"Done."}]}
{"messages":[{"role":"user","content":"Are you open on Sunday?"}]}
"#;

pub const PAIR: &str = r#"{"input":{"messages":[{"role":"user","content":"Late fees?"}]},"preferred_output":[{"role":"assistant","content":"2 a day."}],"non_preferred_output":[{"role":"assistant","content":"Some."}]}
"#;
