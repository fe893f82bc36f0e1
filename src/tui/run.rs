//! The loop: hears messages, lets the shell turn them into orders, carries those out, draws.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::effect::{Moment, Shared, Tone};
use super::ground::{self, Hearing};
use super::keymap;
use super::listen::{self, Keyboard};
use super::message::{Message, Order};
use super::person::NameFrom;
use super::screens;
use super::shell::Shell;
use super::terminal::{self, Guard};
use super::theme::{Choice, Theme};
use super::workers::{Files, PACE_WEEKS, Quick, Workers};
use crate::dataset::{self, ColumnFiles, Dataset, Reader};
use crate::example::Timestamp;
use crate::external::{self, Opening};
use crate::formats::{SavedMappings, page};

/// The shortest time between two pictures that no key asked for: so short that what an answer brings
/// after a key is seen with the key.
const FRAME: Duration = Duration::from_millis(5);

/// How long the end waits for what is being saved: longer than the writer waits for another process.
const LAST_WAIT: Duration = Duration::from_secs(12);

/// What the program is started with.
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// The dataset's file.
    pub path: PathBuf,
    /// Who is at the keyboard.
    pub annotator: String,
    /// Where that name comes from.
    pub name_from: NameFrom,
    /// The file of settings in which the name is kept.
    pub settings: Option<PathBuf>,
    /// The file in which mappings are saved.
    pub mappings: Option<PathBuf>,
    /// The folder in which the tags and the derived facets of large datasets are kept from one time to the next.
    pub columns: Option<PathBuf>,
    /// The file with what training costs.
    pub prices: Option<PathBuf>,
    /// The name of a built-in keymap.
    pub keymap: String,
    /// The user's own keymap file, with what stands in it.
    pub user_keys: Option<(PathBuf, String)>,
    /// Whether to greet one who is here for the first time.
    pub welcome: bool,
    /// Which theme is wanted; a terminal that has no colours gets none.
    pub theme: Choice,
    /// How long a completed ranking stays, in milliseconds.
    pub moment: Option<u64>,
    /// Whether the mouse is ours (text is then selected with shift held).
    pub mouse: bool,
}

/// Why the program could not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The dataset can't be opened.
    #[error(transparent)]
    Dataset(#[from] dataset::Error),
    /// There is no terminal to draw on.
    #[error("this needs a terminal, and there is none here; `goldset --help` lists what works without")]
    NoTerminal,
    /// The terminal can't be used.
    #[error("the terminal can't be used: {0}")]
    Terminal(#[from] std::io::Error),
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What could not be saved, in sentences; to be printed.
    pub lost: Vec<String>,
}

/// Runs the program on a dataset until the user leaves it. To be called once in a process, on the
/// thread that is to be the screen's.
pub fn run(options: &RunOptions) -> Result<Outcome, RunError> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(RunError::NoTerminal);
    }
    let dataset = Dataset::open(&options.path, &options.annotator)?;
    let (send, messages) = unbounded();
    let mut shell = shell(options);
    // The theme decides, and nobody after it.
    crossterm::style::force_color_output(true);
    listen::signals(send.clone())?;
    let mut guard = Guard::take(options.mouse)?;
    let mappings = options.mappings.clone().map(SavedMappings::in_file);
    let columns = options.columns.as_ref().map(|folder| ColumnFiles::of(folder, &options.path));
    let files = Files { mappings, prices: options.prices.clone(), columns };
    let workers = Workers::start(dataset, files, &send)?;
    let hearing = if options.theme == Choice::Auto && ground::can_be_asked() {
        ground::ask(&mut std::io::stdout())?;
        Hearing::default()
    } else {
        Hearing::nothing()
    };
    let keyboard = Keyboard::listen(send.clone(), hearing)?;
    let ended = Loop {
        shell: &mut shell,
        guard: &mut guard,
        workers: &workers,
        keyboard: &keyboard,
        messages: &messages,
        send: &send,
    }
    .run();
    // First the work, then the terminal: what still fails is told below.
    let mut workers = workers;
    let finished = workers.finish(LAST_WAIT);
    drop(guard);
    ended?;
    // What was answered meanwhile is heard too: what was refused is told, what was saved needs no telling.
    for message in messages.try_iter() {
        shell.update(message, Instant::now());
    }
    let mut lost = shell.lost();
    if !finished && lost.is_empty() {
        lost.push("the last change was still being saved when the program ended".to_owned());
    }
    Ok(Outcome { lost })
}

fn shell(options: &RunOptions) -> Shell {
    let user = options.user_keys.as_ref().map(|(path, text)| (path.as_path(), text.as_str()));
    let (keymap, errors) = keymap::load(user, &options.keymap);
    let shared = Shared {
        dataset: dataset_name(&options.path),
        path: options.path.clone(),
        annotator: options.annotator.clone(),
        moment: options.moment.map(Moment).unwrap_or_default(),
        ..Shared::default()
    };
    let mut shell = Shell::new(shared, keymap, Theme::of_terminal(options.theme));
    let now = Instant::now();
    // The first one is shown, all of them can be read again.
    for error in errors.iter().rev() {
        shell.say(Tone::Bad, error.to_string(), now);
    }
    if options.welcome {
        shell.welcome();
    }
    shell.name_comes(options.name_from, options.settings.clone());
    shell
}

/// Home as plain text of so many cells a row, for where there is no terminal.
pub fn home_as_text(path: &Path, annotator: &str, cells: u16) -> dataset::Result<String> {
    let paced = Reader::open(path)?.paced(PACE_WEEKS, Timestamp::now())?;
    let fresh = Quick::new(Reader::open(path)?, annotator).shared()?;
    let shared = Shared {
        dataset: dataset_name(path),
        path: path.to_owned(),
        annotator: annotator.to_owned(),
        counts: fresh.counts,
        returned: fresh.returned,
        samples: fresh.samples,
        order: fresh.order,
        thresholds: fresh.thresholds,
        own: fresh.own,
        definitions: fresh.definitions,
        vocabulary: fresh.vocabulary,
        today: fresh.today,
        days: fresh.days,
        drafted: fresh.drafted,
        search_pending: fresh.search_pending,
        rules_pending: fresh.rules_pending,
        trail: None,
        now: None,
        has_modes: false,
        moment: Moment::default(),
    };
    Ok(screens::home::as_text(&shared, paced, cells))
}

/// The file's name without its ending.
pub fn dataset_name(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// How long the next picture waits for what else may come, so long after the last one.
fn rest(urgent: bool, since: Duration) -> Duration {
    if urgent { Duration::ZERO } else { FRAME.saturating_sub(since) }
}

struct Loop<'a> {
    shell: &'a mut Shell,
    guard: &'a mut Guard,
    workers: &'a Workers,
    keyboard: &'a Keyboard,
    messages: &'a Receiver<Message>,
    send: &'a Sender<Message>,
}

impl Loop<'_> {
    fn run(&mut self) -> std::io::Result<()> {
        let orders = self.shell.start(Instant::now());
        if self.carry_out(orders)? {
            return Ok(());
        }
        let mut drawn = self.draw()?;
        loop {
            let Some(first) = self.wait(self.shell.deadline()) else {
                let orders = self.shell.wake(Instant::now());
                if self.carry_out(orders)? {
                    return Ok(());
                }
                drawn = self.draw()?;
                continue;
            };
            let mut urgent = false;
            if self.take(first, &mut urgent)? {
                return Ok(());
            }
            // All that has come by now goes into one picture; what no key asked for waits for its
            // frame, and takes in what comes until then.
            loop {
                let next = match self.messages.try_recv() {
                    Ok(next) => next,
                    Err(_) => match self.messages.recv_timeout(rest(urgent, drawn.elapsed())) {
                        Ok(next) => next,
                        Err(_) => break,
                    },
                };
                if self.take(next, &mut urgent)? {
                    return Ok(());
                }
            }
            drawn = self.draw()?;
        }
    }

    fn wait(&self, deadline: Option<Instant>) -> Option<Message> {
        match deadline {
            None => self.messages.recv().ok(),
            Some(deadline) => self.messages.recv_deadline(deadline).ok(),
        }
    }

    /// Takes up a message; `true` ends the loop.
    fn take(&mut self, message: Message, urgent: &mut bool) -> std::io::Result<bool> {
        let from_terminal = matches!(message, Message::Terminal(_));
        *urgent |= from_terminal;
        let orders = self.shell.update(message, Instant::now());
        let ends = self.carry_out(orders)?;
        if from_terminal {
            self.keyboard.go_on();
        }
        Ok(ends)
    }

    fn draw(&mut self) -> std::io::Result<Instant> {
        let shell = &mut *self.shell;
        self.guard.draw(|frame| shell.view(frame))?;
        Ok(Instant::now())
    }

    fn carry_out(&mut self, orders: Vec<Order>) -> std::io::Result<bool> {
        for order in orders {
            let handed_over = match order {
                Order::Write(job) => self.workers.write(job),
                Order::Read(screen, generation, request) => {
                    if !self.workers.read(screen, generation, request) {
                        let why = "the thread that reads has ended; leave the program and start it again";
                        let _ = self.send.send(Message::Trouble(why.to_owned()));
                    }
                    true
                }
                Order::Annotator(name) => self.workers.annotator(name),
                Order::Copy(text) => {
                    let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(&text);
                    crossterm::execute!(std::io::stdout(), copy)?;
                    true
                }
                Order::Edit(screen, purpose, text) => {
                    let opening = Opening { name: "goldset", text: &text, line: page::line_to_mend(&text) };
                    let edited = self.aside(|| external::edit(&opening))?.map_err(|why| why.to_string());
                    self.send.send(Message::Edited(screen, purpose, edited)).is_ok()
                }
                Order::Suspend => {
                    let stopped = match terminal::can_stop() {
                        Ok(()) => self.aside(terminal::stop_process)?,
                        Err(why) => Err(why),
                    };
                    self.send.send(Message::Resumed(stopped)).is_ok()
                }
                Order::Repaint => {
                    self.guard.repaint()?;
                    true
                }
                Order::Quit => return Ok(true),
            };
            if !handed_over {
                // Nobody else holds the other end, so this can't fail while the loop runs.
                let _ = self.send.send(Message::WorkerGone);
            }
        }
        Ok(false)
    }

    /// Gives the terminal back while something else has it. The keyboard is not read meanwhile:
    /// it reads on when the message that led here has been taken up.
    fn aside<T>(&mut self, work: impl FnOnce() -> T) -> std::io::Result<T> {
        terminal::give_back();
        let done = work();
        self.guard.retake()?;
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_drawn_at_once_and_answers_within_five_milliseconds() {
        let ms = Duration::from_millis;
        assert_eq!(rest(true, ms(0)), ms(0));
        assert_eq!(rest(false, ms(1)), ms(4), "what comes close together goes into one picture");
        assert_eq!(rest(false, ms(20)), ms(0));
        assert!((0..50).all(|since| rest(false, ms(since)) <= ms(5)));
    }
}
