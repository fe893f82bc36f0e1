//! Progress of long work on the standard error, and stopping it with Ctrl-C.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::dataset::Progress;

/// What is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// Hears of progress and draws a bar, where there is a terminal to draw it on.
pub(super) struct Meter {
    begun: Instant,
    bar: Option<ProgressBar>,
    step: &'static str,
    draws: bool,
}

impl Meter {
    /// Begins; until it is dropped a first Ctrl-C asks the work to stop, and a second ends the process.
    pub fn start() -> Self {
        SIGNALS.begin();
        Self { begun: Instant::now(), bar: None, step: "", draws: std::io::stderr().is_terminal() }
    }

    /// Takes progress; answers whether to go on.
    pub fn hear(&mut self, progress: Progress) -> bool {
        if SIGNALS.stop.load(Ordering::Relaxed) {
            return false;
        }
        if self.draws && self.begun.elapsed() >= PATIENCE {
            self.draw(progress);
        }
        true
    }

    fn draw(&mut self, progress: Progress) {
        if self.step != progress.step {
            self.clear();
            self.step = progress.step;
        }
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(progress.total, ProgressDrawTarget::stderr());
            let template = match progress.total {
                Some(_) => "{msg} {bar:30} {percent:>3} %  {elapsed} gone, {eta} to go",
                None => "{spinner} {msg}  {elapsed} gone",
            };
            // The template is our own, and a bar without it is a bar too.
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar.set_message(progress.step);
            bar
        });
        if bar.length() != progress.total
            && let Some(total) = progress.total
        {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
    }

    /// Takes the bar off the terminal, so that lines can follow.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.clear();
        SIGNALS.end();
    }
}

/// What a signal means, which is different while something is at work.
struct Signals {
    /// Somebody asks the work to stop.
    stop: Arc<AtomicBool>,
    /// The next signal ends the process.
    ends: Arc<AtomicBool>,
    /// How many meters hear of work.
    at_work: AtomicUsize,
}

static SIGNALS: LazyLock<Signals> = LazyLock::new(|| {
    let signals = Signals { stop: Arc::default(), ends: Arc::default(), at_work: AtomicUsize::new(0) };
    #[cfg(unix)]
    {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::flag;
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // In this order: the first signal finds the flag unset and sets it, the next one ends the
            // process. Where handlers can't be set the signal does what it always does.
            let _ = flag::register_conditional_shutdown(signal, 130, Arc::clone(&signals.ends));
            let _ = flag::register(signal, Arc::clone(&signals.ends));
            let _ = flag::register(signal, Arc::clone(&signals.stop));
        }
    }
    signals
});

impl Signals {
    fn begin(&self) {
        if self.at_work.fetch_add(1, Ordering::SeqCst) == 0 {
            self.stop.store(false, Ordering::SeqCst);
            self.ends.store(false, Ordering::SeqCst);
        }
    }

    /// Where nothing is left that could be asked to stop, a signal does what it does everywhere.
    fn end(&self) {
        if self.at_work.fetch_sub(1, Ordering::SeqCst) == 1 {
            self.ends.store(true, Ordering::SeqCst);
        }
    }
}
