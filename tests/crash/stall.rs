//! How long the machine itself stands still: what a test may not blame the program for.

use std::io::Write as _;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Between two looks, and how long a stall is remembered.
const PAUSE: Duration = Duration::from_millis(25);
const MEMORY: Duration = Duration::from_secs(4);

/// Watches by sleeping and by writing to the same disk, as the program does.
pub struct Stalls {
    seen: Arc<Mutex<Vec<(Instant, Duration)>>>,
}

impl Stalls {
    pub fn watch(folder: &Path) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (ours, mut file) = (Arc::downgrade(&seen), std::fs::File::create(folder.join("stalls")).unwrap());
        std::thread::spawn(move || {
            while let Some(seen) = ours.upgrade() {
                let start = Instant::now();
                std::thread::sleep(PAUSE);
                let _ = file.write_all(b".");
                let _ = file.sync_data();
                let stalled = start.elapsed().saturating_sub(PAUSE);
                let mut seen = seen.lock().unwrap();
                seen.retain(|(at, _): &(Instant, Duration)| at.elapsed() < MEMORY);
                seen.push((Instant::now(), stalled));
            }
        });
        Self { seen }
    }

    /// The longest of the last seconds.
    pub fn longest(&self) -> Duration {
        self.seen.lock().unwrap().iter().map(|(_, stalled)| *stalled).max().unwrap_or_default()
    }
}
