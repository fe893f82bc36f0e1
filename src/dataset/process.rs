//! Which process this is, and whether another one is gone: so that what a crash leaves held is free
//! at once. Told from Linux's /proc; elsewhere nothing is known, and a lease ends by itself.

use std::fs;

/// This process, by the machine's start, its namespace of processes, its number and its own start.
/// Empty where that is not known.
pub(super) fn this() -> String {
    describe().unwrap_or_default()
}

fn describe() -> Option<String> {
    let id = std::process::id();
    Some(format!("{} {id} {}", machine()?, begun(id)?))
}

/// Numbers of processes mean something only on one machine since it was started, and within one
/// namespace: two containers may share a file.
fn machine() -> Option<String> {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let namespace = fs::read_link("/proc/self/ns/pid").ok()?;
    Some(format!("{} {}", boot.trim(), namespace.display()))
}

/// When that process was started, in ticks since the machine's start: a number is given again.
fn begun(id: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The name before it stands in parentheses and may hold anything; proc(5) counts from 1.
    let (_, after_name) = stat.rsplit_once(')')?;
    after_name.split_whitespace().nth(19)?.parse().ok()
}

/// Whether that process is known to be gone.
pub(super) fn is_gone(process: &str) -> bool {
    let known = || {
        let (place, begun_then) = process.rsplit_once(' ')?;
        let (place, id) = place.rsplit_once(' ')?;
        let (id, begun_then): (u32, u64) = (id.parse().ok()?, begun_then.parse().ok()?);
        // Where other people's processes are hidden nothing can be said of them.
        let sees_others = begun(1).is_some();
        (machine()? == place && sees_others).then(|| begun(id) != Some(begun_then))
    };
    known().unwrap_or(false)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    #[test]
    fn who_runs_is_not_gone_and_who_ended_is() {
        assert!(!this().is_empty() && !is_gone(&this()));
        let mut child = std::process::Command::new("sleep").arg("30").spawn().unwrap();
        let described = format!("{} {} {}", machine().unwrap(), child.id(), begun(child.id()).unwrap());
        assert!(!is_gone(&described));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(is_gone(&described));
    }

    #[test]
    fn of_what_is_not_understood_nothing_is_said() {
        for other in ["", "elsewhere 1 2", "a b c d"] {
            assert!(!is_gone(other), "{other}");
        }
    }
}
