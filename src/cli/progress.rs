//! Progress of long work on the standard error, and stopping it with Ctrl-C.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
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
    stop: Arc<AtomicBool>,
}

impl Meter {
    /// Begins; from now on a first Ctrl-C asks the work to stop, and a second ends the process.
    pub fn start() -> Self {
        Self {
            begun: Instant::now(),
            bar: None,
            step: "",
            draws: std::io::stderr().is_terminal(),
            stop: stop_on_signals(),
        }
    }

    /// Takes progress; answers whether to go on.
    pub fn hear(&mut self, progress: Progress) -> bool {
        if self.stop.load(Ordering::Relaxed) {
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
    }
}

#[cfg(unix)]
fn stop_on_signals() -> Arc<AtomicBool> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        // In this order: the first signal finds the flag unset and sets it, the next one ends the
        // process. Where handlers can't be set the signal does what it always does.
        let _ = flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop));
        let _ = flag::register(signal, Arc::clone(&stop));
    }
    stop
}

#[cfg(not(unix))]
fn stop_on_signals() -> Arc<AtomicBool> {
    Arc::new(AtomicBool::new(false))
}
