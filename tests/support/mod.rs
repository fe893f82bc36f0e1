//! Drives the real program in a pseudo-terminal, as a person would.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, dead_code)]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long to wait for something on the screen. Long on purpose: it is only waited for where
/// something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A folder that stands for a person's home, so that tests touch nobody's own.
pub struct Home {
    folder: tempfile::TempDir,
}

impl Home {
    pub fn new() -> Self {
        let home = Self::nameless();
        let settings = home.path().join("settings");
        std::fs::create_dir(&settings).unwrap();
        std::fs::write(settings.join("config.toml"), "annotator = \"ana\"\n").unwrap();
        home
    }

    /// The home of somebody who has not said their name yet.
    pub fn nameless() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A dataset made by the command line.
    pub fn dataset(&self, name: &str) -> PathBuf {
        let path = self.path().join(name);
        self.run(&["new", path.to_str().unwrap()], 0);
        path
    }

    /// A dataset that holds one of the samples.
    pub fn sample(&self, name: &str) -> PathBuf {
        let path = self.path().join(format!("{name}.goldset"));
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let facets = samples.join("facets.toml");
        let (path_text, facets) = (path.to_str().unwrap(), facets.to_str().unwrap().to_owned());
        self.run(&["new", path_text, "--facets", &facets], 0);
        self.run(&["import", path_text, samples.join(format!("{name}.jsonl")).to_str().unwrap()], 0);
        path
    }

    /// A dataset that holds all samples.
    pub fn sample_of_all(&self, name: &str) -> PathBuf {
        let path = self.path().join(format!("{name}.goldset"));
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let facets = samples.join("facets.toml");
        self.run(&["new", path.to_str().unwrap(), "--facets", facets.to_str().unwrap()], 0);
        for job in ["support-intents", "sql-questions", "legal-answers", "support-replies"] {
            let file = samples.join(format!("{job}.jsonl"));
            self.run(&["import", path.to_str().unwrap(), file.to_str().unwrap()], 0);
        }
        path
    }

    /// A file with so many prompts.
    pub fn prompts(&self, n: usize) -> PathBuf {
        let path = self.path().join(format!("prompts-{n}.txt"));
        let lines: Vec<String> = (1..=n).map(|at| format!("What is rule {at}?")).collect();
        std::fs::write(&path, lines.join("\n")).unwrap();
        path
    }

    /// Runs the program without a terminal; returns what it wrote to the standard output.
    pub fn run(&self, arguments: &[&str], code: i32) -> String {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_goldset"))
            .args(arguments)
            .env_clear()
            .envs(self.variables())
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn variables(&self) -> Vec<(String, String)> {
        let home = self.path().to_str().unwrap();
        [
            ("HOME", home.to_owned()),
            ("XDG_DATA_HOME", format!("{home}/data")),
            ("XDG_CONFIG_HOME", format!("{home}/config")),
            ("XDG_STATE_HOME", format!("{home}/state")),
            ("GOLDSET_CONFIG_DIR", format!("{home}/settings")),
            ("USER", "ana".to_owned()),
            ("TERM", "xterm-256color".to_owned()),
            ("TZ", "UTC".to_owned()),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// Starts the program in a terminal of that many columns and rows.
    pub fn start(&self, arguments: &[&str], columns: u16, rows: u16) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_goldset"));
        command.args(arguments);
        self.start_command(command, columns, rows)
    }

    /// Starts a script of a shell with job control; the program is `$GOLDSET`.
    pub fn start_in_shell(&self, script: &str, columns: u16, rows: u16) -> Terminal {
        let mut command = CommandBuilder::new("sh");
        command.args(["-m", "-c", script]);
        self.start_command(command, columns, rows)
    }

    fn start_command(&self, mut command: CommandBuilder, columns: u16, rows: u16) -> Terminal {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.env_clear();
        command.env("GOLDSET", env!("CARGO_BIN_EXE_goldset"));
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        command.cwd(self.path());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(Seen { parser: parser(rows, columns), bytes: Vec::new() }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let seen = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                let mut seen = seen.lock().unwrap();
                seen.parser.process(&buffer[..count]);
                seen.bytes.extend_from_slice(&buffer[..count]);
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Terminal { master: pair.master, child, writer, screen }
    }
}

fn cells(n: u16) -> NonZero<u16> {
    NonZero::new(n).unwrap()
}

fn parser(rows: u16, columns: u16) -> vt100::Parser {
    vt100::Parser::new(cells(rows), cells(columns), 0)
}

struct Seen {
    parser: vt100::Parser,
    bytes: Vec<u8>,
}

/// The program in its terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    screen: Arc<Mutex<Seen>>,
}

impl Terminal {
    /// Sends bytes as a keyboard would: `"\r"` is Enter, `"\x1b"` Esc.
    pub fn send(&mut self, bytes: &str) {
        self.writer.write_all(bytes.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// What stands on the screen.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().parser.screen().contents()
    }

    /// Every byte that the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.screen.lock().unwrap().bytes.clone()
    }

    /// Looks at the screen.
    pub fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.screen.lock().unwrap().parser.screen())
    }

    /// Looks at the last picture that was painted whole: a program that was killed may have been
    /// painting another.
    pub fn with_last_picture<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        const PAINTED: &[u8] = b"\x1b[?2026l";
        // What it wrote last may still be on its way to us.
        std::thread::sleep(Duration::from_millis(100));
        let seen = self.screen.lock().unwrap();
        let whole = seen.bytes.windows(PAINTED.len()).rposition(|bytes| bytes == PAINTED).unwrap_or(0);
        let (rows, columns) = seen.parser.screen().size();
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&seen.bytes[..whole]);
        look(parser.screen())
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let start = Instant::now();
        loop {
            let screen = self.screen();
            if wanted(&screen) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "waited in vain for {what}; the screen:\n{screen}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows a text.
    pub fn wait_for(&self, text: &str) {
        self.wait(&format!("“{text}”"), |screen| screen.contains(text));
    }

    /// Resizes the program's terminal and our picture of it as one: what is painted for the new
    /// size is read only once the picture has that size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut seen = self.screen.lock().unwrap();
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        seen.parser.screen_mut().set_size(cells(rows), cells(columns));
    }

    /// Sends a signal by the shell's `kill`, whose numbers are the same everywhere that matters.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-s", name, &id]).status().unwrap().success());
    }

    /// Ends it on the spot, as a power cut would.
    pub fn kill(&mut self) {
        self.signal("KILL");
        let _ = self.child.wait();
    }

    /// Waits for the program's end and returns its exit code.
    pub fn end(&mut self) -> u32 {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last may still be on its way to us.
                std::thread::sleep(Duration::from_millis(50));
                return status.exit_code();
            }
            assert!(start.elapsed() < PATIENCE, "it did not end; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the terminal is as a shell wants it: no alternate screen, mouse, paste mode, hidden cursor.
    pub fn is_given_back(&self) -> bool {
        self.with_screen(|screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        })
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}
