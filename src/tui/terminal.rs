//! The terminal: taken over while the program runs, and given back as it was, whatever happens.

use std::io::{self, Stdout, Write, stdout};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use crossterm::cursor::{Hide, RestorePosition, SavePosition, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{
    BeginSynchronizedUpdate, DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};

use super::steady::{self, Uncertain};

/// Whether the terminal is ours at the moment.
static TAKEN: AtomicBool = AtomicBool::new(false);
static HOOK: Once = Once::new();

/// The terminal while it is ours; dropping it gives it back.
pub struct Guard {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    uncertain: Uncertain,
    mouse: bool,
}

impl Guard {
    /// Takes the terminal over. Must be called on the screen's thread: a panic of that thread, and
    /// of no other, gives the terminal back before it is told.
    pub fn take(mouse: bool) -> io::Result<Self> {
        hook(std::thread::current().id());
        let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
        let guard = Self { terminal, uncertain: Uncertain::default(), mouse };
        guard.enter()?;
        Ok(guard)
    }

    fn enter(&self) -> io::Result<()> {
        enable_raw_mode()?;
        TAKEN.store(true, Ordering::SeqCst);
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, DisableLineWrap, Hide)?;
        if self.mouse {
            execute!(stdout(), EnableMouseCapture)?;
        }
        Ok(())
    }

    /// Takes it over again after [`give_back`], and forgets what was on it: the next picture is
    /// painted whole.
    pub fn retake(&mut self) -> io::Result<()> {
        self.enter()?;
        self.repaint()
    }

    /// Forgets what is on the screen: the next picture is painted whole.
    ///
    /// By resizing, not by clearing: that asks the terminal where its cursor is, and waits for an
    /// answer which the thread that reads keys would take.
    pub fn repaint(&mut self) -> io::Result<()> {
        self.uncertain.forget();
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Draws a picture, all of it at once.
    pub fn draw(&mut self, picture: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        queue!(stdout(), BeginSynchronizedUpdate)?;
        let drawn = self.draw_steadily(picture);
        execute!(stdout(), EndSynchronizedUpdate)?;
        drawn
    }

    fn draw_steadily(&mut self, picture: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let rows = self.uncertain.changed(self.terminal.draw(picture)?.buffer);
        if !rows.is_empty() {
            queue!(stdout(), SavePosition)?;
            steady::paint(self.terminal.backend_mut(), &rows)?;
            queue!(stdout(), RestorePosition)?;
        }
        Ok(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back as it was. Does nothing where it is not ours, so it can be called
/// wherever the program may end.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    // Each on its own: where one fails, the others still count.
    let _ = execute!(out, EndSynchronizedUpdate);
    let _ = execute!(out, DisableMouseCapture);
    let _ = execute!(out, DisableBracketedPaste, EnableLineWrap);
    let _ = execute!(out, LeaveAlternateScreen, Show);
    let _ = disable_raw_mode();
    let _ = out.flush();
}

/// A panic of the screen's thread gives the terminal back and is told as ever; one of a worker
/// becomes a message there, and must not write over the picture.
fn hook(screen: ThreadId) {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if std::thread::current().id() == screen {
                give_back();
                before(info);
            } else if !TAKEN.load(Ordering::SeqCst) {
                before(info);
            }
        }));
    });
}

/// Whether somebody could bring the program back once it is stopped.
///
/// # Errors
/// Where nobody could: it is the first process of its session, or the system has no such thing.
pub fn can_stop() -> Result<(), String> {
    if !cfg!(unix) {
        return Err("this system can't suspend programs".to_owned());
    }
    if leads_session() {
        return Err("there is no shell behind this program that could bring it back".to_owned());
    }
    Ok(())
}

/// Stops the process until it is told to go on, as the terminal's suspend key does. The terminal
/// must have been given back.
pub fn stop_process() -> Result<(), String> {
    #[cfg(unix)]
    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)
        .map_err(|error| format!("the system doesn't suspend this program: {error}"))?;
    Ok(())
}

/// Whether the terminal is ours at the moment.
pub fn is_taken() -> bool {
    TAKEN.load(Ordering::SeqCst)
}

/// Whether this process is the first of its session, by what Linux says of it (elsewhere unknown).
fn leads_session() -> bool {
    let Ok(stat) = std::fs::read_to_string("/proc/self/stat") else { return false };
    // Behind the name, which is in parentheses and may hold anything: state, parent, group, session.
    let session = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(3));
    session.and_then(|id| id.parse::<u32>().ok()) == Some(std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_back_what_was_not_taken_does_nothing() {
        give_back();
        give_back();
        assert!(!TAKEN.load(Ordering::SeqCst));
    }
}
