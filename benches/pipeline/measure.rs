//! Time by the clock and by the processor, and memory at most, as the system tells them.

use std::path::Path;
use std::time::{Duration, Instant};

/// What something took.
#[derive(Debug, Clone, Copy)]
pub struct Took {
    pub wall: Duration,
    /// Of all threads; zero where the system does not tell.
    processor: Duration,
}

/// Does something and prints how long it took.
pub fn timed<T>(what: &str, work: impl FnOnce() -> T) -> (T, Took) {
    let (start, processor) = (Instant::now(), processor_time());
    let result = work();
    let took = Took { wall: start.elapsed(), processor: processor_time().saturating_sub(processor) };
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("{what:<58} {:>10.1} ms {:>10.0} ms cpu", millis(took.wall), millis(took.processor));
    (result, took)
}

/// The same, with the most memory that was in use meanwhile.
pub fn timed_with_memory<T>(what: &str, work: impl FnOnce() -> T) -> (T, Took) {
    // "5" sets the peak back to what is in use now (proc(5)).
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let (result, took) = timed(what, work);
    if let Some(peak) = peak_memory() {
        println!("{:<58} {peak:>10} MiB", "  memory at most (VmHWM)");
    }
    (result, took)
}

/// Prints how many times as long ours took.
pub fn ratio(what: &str, ours: Took, best: Took) {
    println!("{what:<58} {:>10.2} x", ours.wall.as_secs_f64() / best.wall.as_secs_f64());
}

/// Prints how large a file came out, and how fast that is.
pub fn size(what: &str, path: &Path, took: Took) {
    #[allow(clippy::cast_precision_loss)]
    let megabytes = path.metadata().map_or(0.0, |file| file.len() as f64 / 1e6);
    println!("{what:<58} {megabytes:>10.0} MB {:>10.0} MB/s", megabytes / took.wall.as_secs_f64());
}

fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes / 1024)
}

/// User and system time of this process; Linux counts it in hundredths of a second.
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in parentheses, which may hold blanks: the 14th and 15th field of all.
    let fields = told.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<u64>().ok());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}
