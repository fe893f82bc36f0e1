//! Listens to the terminal and to signals, on threads of their own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use crossterm::event;

use super::ground::Hearing;
use super::message::Message;
#[cfg(unix)]
use super::message::Signal;
#[cfg(unix)]
use super::terminal;

/// The thread that reads keys. It reads on only when it is told to, so that it never takes a key
/// from a program that has the terminal meanwhile.
pub struct Keyboard {
    go_on: Sender<()>,
}

impl Keyboard {
    /// Begins to listen, to the terminal's answer too where it was asked something.
    pub fn listen(out: Sender<Message>, mut hearing: Hearing) -> std::io::Result<Self> {
        let (go_on, told) = bounded(1);
        thread::Builder::new().name("keyboard".to_owned()).spawn(move || {
            let read = catch_unwind(AssertUnwindSafe(|| read_all(&out, &told, &mut hearing)));
            let why = match read {
                Ok(Ok(())) => return,
                Ok(Err(error)) => error.to_string(),
                Err(_) => "reading keys failed inside the program".to_owned(),
            };
            let _ = out.send(Message::TerminalGone(why));
        })?;
        Ok(Self { go_on })
    }

    /// What was read has been taken up: read on.
    pub fn go_on(&self) {
        let _ = self.go_on.try_send(());
    }
}

fn read_all(out: &Sender<Message>, told: &Receiver<()>, hearing: &mut Hearing) -> std::io::Result<()> {
    loop {
        let mut events = vec![event::read()?];
        // What is there already comes along: pasted text, a held key.
        while events.len() < 4_096 && event::poll(Duration::ZERO)? {
            events.push(event::read()?);
        }
        let (events, ground) = hearing.sift(events);
        if ground.is_some_and(|ground| out.send(Message::Ground(ground)).is_err()) {
            return Ok(());
        }
        if events.is_empty() {
            continue;
        }
        if out.send(Message::Terminal(events)).is_err() || told.recv().is_err() {
            return Ok(());
        }
    }
}

/// Begins to listen to the signals that end or suspend a program.
#[cfg(unix)]
pub fn signals(out: Sender<Message>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
    let mut signals = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            // While another program has the terminal, its suspend key is meant for both.
            if !terminal::is_taken() && matches!(signal, SIGTSTP | SIGINT) {
                if signal == SIGTSTP {
                    let _ = terminal::stop_process();
                }
                continue;
            }
            let meant = if signal == SIGTSTP { Signal::Suspend } else { Signal::End };
            if out.send(Message::Signal(meant)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

/// Begins to listen to signals: this system has none.
#[cfg(not(unix))]
pub fn signals(_: Sender<Message>) -> std::io::Result<()> {
    Ok(())
}
